"""The front page: what this is, live counts, three questions with their answers as charts."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from plandata.site.dots import COLOURS, dot_plot, drawable, finding
from plandata.site.edition import Edition, Row, grouped
from plandata.site.heat import bars
from plandata.site.jsonld import dataset_json
from plandata.site.page import Page, make, pick, ways
from plandata.site.words import code, short_place


def pages(edition: Edition, lang: str) -> Iterator[Page]:
    about = edition.about
    title, described = about[pick(lang, "title", "title_zh")], about[pick(lang, "description", "description_zh")]
    yield make(
        edition, lang, "index", title, described, "home.md.j2",
        about=about, described=described, counts=counts(edition, lang), colours=COLOURS,
        first=promise(edition, lang), second=leaders(edition, lang), third=numbered(edition, lang),
        json_ld=dataset_json(edition, lang, ways("index", lang)[1]),
    )  # fmt: skip


def counts(edition: Edition, lang: str) -> list[tuple[int, str, str]]:
    """The live counts: number, word, and the page that lists them."""
    goals = sum(item["table"] == "goals" for item in edition.items.values())
    return [
        (len(edition.places), pick(lang, "places", "个地方"), "places/"),
        (len(edition.plans), pick(lang, "plans", "个规划"), "plans/"),
        (goals, pick(lang, "goals", "条目标"), "explore/goals/"),
        (len(edition.targets), pick(lang, "targets", "个目标值"), "explore/"),
        (len(edition.items) - goals, pick(lang, "measures", "条措施"), "explore/measures/"),
        (len(edition.assignments), pick(lang, "duties", "项责任"), "explore/assignments/"),
        (len(edition.indicators), pick(lang, "indicators", "个指标"), "compare/"),
        (len(edition.anomalies), pick(lang, "anomalies", "处异常"), "quality/"),
    ]


def promise(edition: Edition, lang: str) -> dict[str, Any]:
    """What places promise on the indicator that most of them give a number for; one of the UN first."""

    def reach(indicator: str) -> tuple[int, bool, int, int]:
        drawn = drawable(edition.targets_for[indicator])
        plain = [row for row in drawn if not row["scope_en"]]
        places = len({row["place_id"] for row in plain})
        known = bool(edition.indicators[indicator]["sdg_indicator"])
        return places, known, len({row["value"] for row in plain}), -len(drawn)

    indicator = edition.indicators[max(edition.compared, key=reach)]
    drawn = drawable(edition.targets_for[indicator["indicator_id"]])
    seen = finding(edition, indicator, drawn, lang)
    return {
        "indicator": indicator,
        "title": seen,
        "drawn": drawn,
        "chart": picture(dot_plot(edition, drawn, seen, lang)),
    }


def leaders(edition: Edition, lang: str) -> dict[str, Any]:
    """Which functions lead most duties."""
    found = [row for row in edition.assignments if row["role"] == "lead"]
    tally = Counter(row["function"] for row in found)
    label = pick(lang, "lead duties", "牵头事项")
    values = [
        {"label": code("function", f, lang), "part": label, "count": n, "rank": 0} for f, n in tally.most_common(8)
    ]
    first = values[0]["label"]
    title = pick(
        lang,
        f"Bodies of {first} lead most: {values[0]['count']} of {len(found)} lead duties",
        f"{first}牵头最多：{len(found)}项牵头事项中的{values[0]['count']}项",
    )
    return {
        "title": title,
        "rows": [(v["label"], v["count"]) for v in values],
        "chart": picture(bars(values, [label], title)),
    }


def numbered(edition: Edition, lang: str) -> dict[str, Any]:
    """How many of each place's targets have a number."""
    parts = [pick(lang, "with a number", "有数值"), pick(lang, "without", "无数值")]
    by_place = grouped(edition.targets, "place_id")
    rows = [(short_place(place, lang), *split(by_place.get(key, []))) for key, place in edition.places.items()]
    values = [
        {"label": label, "part": part, "count": count, "rank": rank}
        for label, *found in rows
        for rank, (part, count) in enumerate(zip(parts, found, strict=True))
    ]
    total, all_of = sum(row[1] for row in rows), len(edition.targets)
    title = pick(lang, f"{total} of {all_of} targets have a number", f"{all_of}个目标值中{total}个有数值")
    return {"title": title, "parts": parts, "rows": rows, "chart": picture(bars(values, parts, title))}


def split(targets: list[Row]) -> tuple[int, int]:
    numeric = sum(bool(row["value"]) for row in targets)
    return numeric, len(targets) - numeric


def picture(drawn: str) -> Markup:
    return Markup(drawn)  # noqa: S704 - made by svg, escaped there
