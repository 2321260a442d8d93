"""The overview of indicators by places, and a page for each indicator that two or more plans have a target for."""

from collections.abc import Iterator

from markupsafe import Markup

from plandata.schema import schemas
from plandata.site.dots import COLOURS, dot_plot, drawable, finding
from plandata.site.edition import Edition, Row, grouped
from plandata.site.page import Page, make, pick
from plandata.site.words import code, named


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    title = pick(lang, "Compare indicators", "指标对比")
    described = pick(
        lang, "Which place sets which target: all indicators by places.", "各地设定了哪些指标：指标与地方对照。"
    )
    yield make(edition, lang, "compare/index", title, described, "matrix.md.j2", themes=matrix(edition, lang))
    for indicator in edition.compared:
        yield indicator_page(edition, lang, edition.indicators[indicator])


def matrix(edition: Edition, lang: str) -> list[tuple[str, str, list[tuple[Row, dict[str, list[Row]]]]]]:
    """Per theme its code, label and indicators, each with the targets of each place; the widest shared first."""
    by_theme = grouped(edition.indicators.values(), "theme")
    found = {theme: [by_place(edition, row) for row in by_theme[theme]] for theme in schemas().codes["theme"]}
    return [
        (theme, code("theme", theme, lang), sorted(rows, key=lambda entry: -shared(entry[1])))
        for theme, rows in found.items()
        if rows
    ]


def by_place(edition: Edition, indicator: Row) -> tuple[Row, dict[str, list[Row]]]:
    found = grouped(edition.targets_for[indicator["indicator_id"]], "place_id")
    return indicator, {place: found.get(place, []) for place in edition.places}


def shared(cells: dict[str, list[Row]]) -> int:
    return sum(bool(found) for found in cells.values())


def indicator_page(edition: Edition, lang: str, indicator: Row) -> Page:
    targets = sorted(edition.targets_for[indicator["indicator_id"]], key=lambda row: row["target_id"])
    drawn = drawable(targets)
    seen = finding(edition, indicator, drawn, lang)
    title = named(indicator, "name", lang)
    described = pick(lang, f"Targets for {title} side by side.", f"各地“{title}”目标值对比。")
    return make(
        edition, lang, f"compare/{indicator['indicator_id']}", title, described, "indicator.md.j2",
        indicator=indicator, targets=targets, drawn=drawn, finding=seen, colours=COLOURS,
        places=[place for key, place in edition.places.items() if key not in {row["place_id"] for row in targets}],
        chart=Markup(dot_plot(edition, drawn, seen, lang)) if drawn else "",  # noqa: S704 - made by svg, escaped there
    )  # fmt: skip
