"""The overview of indicators by places, and a page for each indicator that two or more plans have a target for."""

from collections.abc import Iterator

from plandata.charts.dots import axes, dots
from plandata.site.edition import Edition
from plandata.site.jsonld import indicator_json
from plandata.site.page import DATA, Nav, Values, kind
from plandata.tables import Row, grouped
from plandata.text import Text
from plandata.words import Words

Line = tuple[Row, dict[str, list[Row]]]


@kind(
    "compare/index", "matrix.md.j2", Text("Compare indicators", "指标对比"),
    Text("Which place sets which target: all indicators by places.", "各地设定了哪些指标：指标与地方对照。"),
    nav=Nav(20, Text("Compare", "指标对比")),
)  # fmt: skip
def matrix(edition: Edition, say: Words) -> Iterator[Values]:
    """Per theme its indicators, each with the targets of each place; the widest shared first."""
    by_theme = grouped(edition.indicators.values(), "theme")
    themes = [(theme, [line(edition, row) for row in by_theme[theme]]) for theme in edition.schemas.codes["theme"]]
    yield {"themes": [(theme, sorted(lines, key=shared, reverse=True)) for theme, lines in themes if lines]}


def line(edition: Edition, indicator: Row) -> Line:
    by_place = grouped(edition.targets_for[indicator["indicator_id"]], "place_id")
    return indicator, {place: by_place[place] for place in edition.places}


def shared(line: Line) -> int:
    """How many places have a target for the indicator of a line."""
    return sum(map(bool, line[1].values()))


@kind(
    "compare/{indicator[indicator_id]}", "indicator.md.j2", Text("{indicator[name_en]}", "{indicator[name_zh]}"),
    Text("Targets for {indicator[name_en]} side by side.", "各地“{indicator[name_zh]}”目标值对比。"),
)  # fmt: skip
def indicator(edition: Edition, say: Words) -> Iterator[Values]:
    """The targets of an indicator in the order of `plandata compare`, and a chart of those that can be compared."""
    targets = {row["target_id"]: row for row in edition.targets}
    for key in edition.compared:
        rows = edition.comparisons[key]
        drawn = [axis for axis in axes(rows) if len(axis) > 1]
        named = {row["place_id"] for row in rows}
        yield {
            "indicator": edition.indicators[key],
            "targets": [targets[row["target_id"]] | {"rank": row["rank"]} for row in rows],
            "figures": [dots(axis, say, f"{key}.{n}") for n, axis in enumerate(drawn, start=1)],
            "left_out": len(rows) - sum(map(len, drawn)),
            "no_target": tuple(say.of(place) for place_id, place in edition.places.items() if place_id not in named),
            "json_ld": indicator_json(edition, edition.indicators[key], say.lang, f"compare/{key}"),
        }


@kind(
    "indicators", "indicators.md.j2", Text("Indicators", "指标定义"),
    Text(
        "Who is counted, numerator, denominator and reporting body of every indicator.",
        "每项指标的统计对象、分子、分母与填报部门。",
    ),
    nav=Nav(51, Text("Indicators", "指标定义"), DATA), hide=(),
)  # fmt: skip
def indicators(edition: Edition, say: Words) -> Iterator[Values]:
    """Every indicator by theme with all that defines it, and the sources outside the documents."""
    by_theme = grouped(edition.indicators.values(), "theme")
    yield {"themes": [(theme, by_theme[theme]) for theme in edition.schemas.codes["theme"] if by_theme[theme]]}
