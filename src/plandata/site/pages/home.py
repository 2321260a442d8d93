"""The front page: the search, the map of places by themes, three questions with their answers as charts."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from plandata.charts.counts import bars
from plandata.charts.dots import axes, dots, short_place
from plandata.charts.drawing import PARTS
from plandata.charts.figure import Figure
from plandata.site.edition import Edition
from plandata.site.jsonld import dataset_json
from plandata.site.page import Nav, Values, kind
from plandata.tables import Row, grouped
from plandata.text import Text, paired
from plandata.words import Words, number

LEAD_DUTIES = Text("lead duties", "牵头事项")
LEADERS = Text("Bodies of {first} lead most: {n} of {all} lead duties", "{first}牵头最多：{all}项牵头事项中的{n}项")
NUMBERED = Text("{n} of {all} targets have a number", "{all}个目标值中{n}个有数值")
FUNCTION, PLACE = Text("Function", "职能"), Text("Place", "地方")
WITH, WITHOUT = Text("with a number", "有数值"), Text("without", "无数值")


@kind(
    "index", "home.md.j2",
    Text("{about[title]}", "{about[title_zh]}"), Text("{about[description]}", "{about[description_zh]}"),
    nav=Nav(0, Text("Home", "首页")), hide=("navigation", "toc"),
)  # fmt: skip
def home(edition: Edition, say: Words) -> Iterator[Values]:
    """The live counts, the map of the whole and three charts."""
    yield {
        "about": edition.about, "method": paired(edition.about, "method")[say.lang],
        "counts": counts(edition), "whole": whole(edition),
        "first": promise(edition, say), "second": leaders(edition, say), "third": numbered(edition, say),
        "json_ld": dataset_json(edition, say.lang, "index"),
    }  # fmt: skip


class Cell(NamedTuple):
    """The targets of a place on a theme; "" stands for all places or themes."""

    place: str
    theme: str
    numeric: int
    targets: int


def whole(edition: Edition) -> dict[str, Any]:
    """All targets by theme and place: how many there are, and how many have a number. What has no theme is left out."""
    by_theme = grouped((row for row in edition.targets if row["theme"]), "theme")
    themes = [theme for theme in edition.schemas.codes["theme"] if by_theme[theme]]
    rows = {theme: cells(edition, theme, by_theme[theme]) for theme in themes}
    everything = cells(edition, "", [row for theme in themes for row in by_theme[theme]])
    most = max((cell.targets for row in rows.values() for cell in row[:-1]), default=1)
    return {"rows": rows, "all": everything, "most": most, "left_out": len(edition.targets) - everything[-1].targets}


def cells(edition: Edition, theme: str, targets: list[Row]) -> list[Cell]:
    """Some targets by place, and all of them at the end."""
    by_place = grouped(targets, "place_id")
    own = [Cell(place, theme, split(by_place[place])[0], len(by_place[place])) for place in edition.places]
    return [*own, Cell("", theme, split(targets)[0], len(targets))]


def counts(edition: Edition) -> list[tuple[int, Text, str]]:
    """The live counts: number, word, and the page that lists them."""
    goals = sum(item["item_table"] == "goals" for item in edition.items.values())
    return [
        (len(edition.places), Text("places", "个地方"), "places/"),
        (len(edition.plans), Text("plans", "个规划"), "plans/"),
        (goals, Text("goals", "条目标"), "explore/goals/"),
        (len(edition.targets), Text("targets", "个目标值"), "explore/"),
        (len(edition.items) - goals, Text("measures", "条措施"), "explore/measures/"),
        (len(edition.assignments), Text("assignments", "项责任分工"), "explore/assignments/"),
        (len(edition.indicators), Text("indicators", "个指标"), "compare/"),
        (len(edition.anomalies), Text("anomalies", "处异常"), "quality/"),
    ]


def promise(edition: Edition, say: Words) -> dict[str, Any]:
    """What places promise on the indicator that most of them give a comparable number for; one of the UN first.

    Nothing where no two targets can be compared.
    """

    def reach(axis: list[dict[str, Any]]) -> tuple[int, bool, int, int]:
        places, values = ({row[name] for row in axis} for name in ("place_id", "value"))
        known = bool(edition.indicators[axis[0]["indicator_id"]]["sdg_indicator"])
        return len(places), known, len(values), -len(axis)

    drawn = [axis for indicator in edition.compared for axis in axes(edition.comparisons[indicator])]
    axis = max((axis for axis in drawn if not axis[0]["scope_en"]), key=reach, default=None)
    if axis is None:
        return {}
    return {"indicator": edition.indicators[axis[0]["indicator_id"]], "figure": dots(axis, say, "home.promise")}


def leaders(edition: Edition, say: Words) -> Figure | None:
    """Which functions lead most duties; nothing where none is led."""
    duties = [row["function"] for row in edition.assignments if row["role"] == "lead"]
    tally = [(say.label("function", function), n) for function, n in Counter(duties).most_common(8)]
    if not tally:
        return None
    title = say(LEADERS, first=tally[0][0], n=tally[0][1], all=len(duties))
    part = say(LEAD_DUTIES)
    drawn = bars({(function, part): n for function, n in tally}, [part])
    return Figure("home.leaders", title[0].upper() + title[1:], drawn, [say(FUNCTION), part], tally)


def numbered(edition: Edition, say: Words) -> Figure:
    """How many of each place's targets have a number."""
    parts = [say(WITH), say(WITHOUT)]
    by_place = grouped(edition.targets, "place_id")
    rows = [(short_place(place, say, "name"), *split(by_place[key])) for key, place in edition.places.items()]
    tally = {(label, part): n for label, *split in rows for part, n in zip(parts, split, strict=True)}
    title = say(NUMBERED, n=number(sum(row[1] for row in rows)), all=number(len(edition.targets)))
    signs = list(zip(PARTS, parts, strict=True))
    return Figure("home.measured", title, bars(tally, parts), [say(PLACE), *parts], rows, signs)


def split(targets: list[Row]) -> tuple[int, int]:
    """How many targets have a number, and how many have none."""
    numeric = sum(bool(row["value"]) for row in targets)
    return numeric, len(targets) - numeric
