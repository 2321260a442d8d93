"""The dot plot of targets side by side: a dot each, a line towards the values that meet it, a cross for the baseline.

What stands on one axis, and in which order, is what plandata.read.compare puts side by side: targets of one indicator
with a number and the same basis, unit and scope, the strictest first; those that its rank leaves out (an indicator
without a direction, a limit on the other side) stand on an axis of their own. Rows are those of a comparison.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from textwrap import wrap
from typing import Any

import polars as pl

from plandata.charts import FILE_INK, PAGE_INK, POPULATIONS, Spec, altair, in_page, shortened, width
from plandata.files import PackageError
from plandata.read.compare import Row, comparable, rank_class, strictness
from plandata.text import Text
from plandata.words import COMMA, Words, number

Colours = tuple[tuple[str, str], ...]
STEP, ROOM = 26, 23
# In points; a headline in a file is broken after so many Latin characters.
PAGE_WIDTH, FILE_WIDTH, GAP, LINE_ROOM = 230, 480, 110, 80
RIGHT, LEFT, OPEN = ("ge", "gt"), ("le", "lt"), ("gt", "lt")
# A headline names so many groups of equally strict targets, the last among them.
GROUPS = 4
ALIKE = Text("{name}: {figures} in {places}", "{name}：{places}为{figures}")
APART = Text("{name}. Strictest: {groups}", "{name}。最严：{groups}")
GROUP = Text("{places}, {figures}", "{places}，{figures}")
NEXT, LAST = Text("; then {group}", "；其后：{group}"), Text("; least strict: {group}", "；最宽：{group}")
AND, OR = Text(" and ", "和"), Text(" or ", "或")
UNRANKED = Text("{name}: from {least} in {first} to {most} in {last}", "{name}：从{first}的{least}到{last}的{most}")
LINE = Text("The line leads to the values that meet the target", "线条指向满足目标的数值")
HOLLOW = Text("a hollow dot does not include its own value", "空心点不含本数")
CROSS = Text("a cross is the baseline", "叉号为基期值")
PARTED = Text("; ", "；")
LEFT_OUT = Text("targets without a number: {n}", "没有数值的目标值：{n}个")


def axes(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of a comparison by the axis that they stand on, in their order; those without a number are left out."""
    alike: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["value"] is not None:
            alike[row["indicator_id"], comparable(row), *rank_class(row)].append(row)
    return list(alike.values())


def headline(axis: list[Row], say: Words) -> str:
    """What an axis shows: who is strictest, who comes next, who last; without a rank, from the least to the most."""
    name = say.of(axis[0], "indicator") + say.bracketed(say.of(axis[0], "scope"))
    groups = [list(group) for _, group in groupby(axis, strictness)]
    if len(groups) == 1:
        return say(ALIKE, name=name, **ends_met(groups[0], say))
    if not comparable(axis[0]):
        least, most = ends_of(axis)
        ends = {"first": short_place(least, say), "last": short_place(most, say)}
        return say(UNRANKED, name=name, least=say.phrase(least), most=say.phrase(most), **ends)
    first, *others, last = (say(GROUP, **ends_met(group, say)) for group in groups)
    then = "".join(say(NEXT, group=group) for group in others[: GROUPS - 2])
    return say(APART, name=name, groups=first + then + say(LAST, group=last))


def ends_met(group: list[Row], say: Words) -> dict[str, str]:
    """The places and the figures of equally strict targets, each named once."""
    places = dict.fromkeys(short_place(row, say) for row in group)
    return {"places": joined(places, AND, say), "figures": joined(dict.fromkeys(map(say.phrase, group)), OR, say)}


def joined(names: Iterable[str], word: Text, say: Words) -> str:
    """Names one after the other, the last one after a word.

    >>> joined(["A", "B", "C"], AND, Words({}, "en"))
    'A, B and C'
    """
    *others, last = names
    return say(COMMA).join(others) + (say(word) if others else "") + last


def ends_of(axis: list[Row]) -> tuple[Row, Row]:
    """The targets with the least and with the most."""
    return min(axis, key=lambda row: row["value"]), max(axis, key=lambda row: row["value"])


def legend(axis: list[Row], say: Words) -> str:
    """What the marks of an axis mean."""
    points = points_of(axis, say)
    told = [(LINE, any(p["side"] for p in points)), (HOLLOW, any(p["open"] for p in points))]
    told.append((CROSS, any(p["baseline"] is not None for p in points)))
    return say(PARTED).join(say(text) for text, stands in told if stands)


def short_place(row: Row, say: Words, stem: str = "place") -> str:
    """A place's name where room is scarce: in English the word or words that its id is made of."""
    return Text(str(row["place_id"]).replace("-", " ").title(), row[f"{stem}_zh"])[say.lang]


def dot_plot(axis: list[Row], say: Words) -> str:
    """One axis as SVG for a page, whose alt text is its headline; the unit of measure stands in the page's legend."""
    points = points_of(axis, say)
    room, side = (width([point[name] for point in points], ROOM) + 14 for name in ("label", "figure"))
    padding = {"left": room, "right": side, "top": 4, "bottom": 26}
    return in_page(plot(points, colours_of([axis], say)) | {"padding": padding}, points, headline(axis, say))


def comparison(frame: pl.DataFrame, say: Words) -> Spec:
    """A comparison as a chart for a file: a panel for each axis, with its headline above it.

    Raises PackageError where no target has a number, or Altair is not installed.
    """
    rows = frame.to_dicts()
    panels = axes(rows)
    if not panels:
        raise PackageError("no target of this indicator has a number to draw; --format text shows them")
    missing = len(rows) - sum(map(len, panels))
    last = [say(LEFT_OUT, n=missing)] if missing else []
    # All panels have the colours of all, for they share one legend.
    colours = colours_of(panels, say)
    plots = [panel(axis, say, colours, str(i)) for i, axis in enumerate(panels)]
    plots[-1]["title"]["subtitle"] += last
    # Parameters of a panel within others are not found by its scales.
    ends = [end for plot in plots for end in plot.pop("params")]
    return {"params": ends, "vconcat": plots, "bounds": "flush", "spacing": GAP}


def panel(axis: list[Row], say: Words, colours: Colours, suffix: str) -> Spec:
    """One axis of a chart for a file; suffix tells its parameters from those of the others."""
    points, row = points_of(axis, say), axis[0]
    stated = [("better", "better"), ("basis", "basis"), ("unit_of_measure", "unit_of_measure")]
    facts = say.listed(say.label(codes, row[column]) for codes, column in stated)
    told = [text for text in (facts, legend(axis, say)) if text]
    title = {"text": wrap(headline(axis, say), LINE_ROOM), "subtitle": told, "offset": 14, "frame": "group"}
    return plot(points, colours, suffix, in_file=True) | {"data": {"values": points}, "title": title}


def colours_of(axes: list[list[Row]], say: Words) -> Colours:
    """The populations of some axes, as they are called, with the colour of each."""
    drawn = {row["population"] for axis in axes for row in axis}
    return tuple((say.label("plan_population", code), colour) for code, colour in POPULATIONS.items() if code in drawn)


def plot(points: list[dict[str, Any]], colours: Colours, suffix: str = "", in_file: bool = False) -> Spec:
    """The chart of some points, without them."""
    low, high = span(points)
    ends = [{"name": f"low{suffix}", "value": low}, {"name": f"high{suffix}", "value": high}]
    return form(colours, suffix, in_file) | {"params": ends, "height": STEP * len(points)}


@cache
def form(colours: Colours, suffix: str, in_file: bool) -> Spec:
    """The chart without its points and ends; made once, for Altair checks and copies what it is given many times."""
    alt = altair()
    ends = alt.Scale(domainMin=alt.expr(f"low{suffix}"), domainMax=alt.expr(f"high{suffix}"), zero=False, nice=True)
    x = alt.X("value:Q", scale=ends, title=None, axis=alt.Axis(tickCount=5, labelFlush=False))
    names, hues = zip(*colours, strict=True)
    key = alt.Legend(title=None, orient="bottom", direction="horizontal", symbolOpacity=1) if in_file else None
    colour = alt.Color("population:N", legend=key, scale=alt.Scale(domain=names, range=hues))
    base = alt.Chart(alt.InlineData(values=[])).encode(alt.Y("order:O", axis=None))
    line = base.mark_rule(strokeWidth=3, opacity=0.4).encode(x, colour)
    dot = base.mark_point(size=90, strokeWidth=2, opacity=1).encode(x, colour)
    wide, ink = (FILE_WIDTH, FILE_INK) if in_file else (PAGE_WIDTH, PAGE_INK)
    cross = base.mark_point(shape="cross", size=70, color=ink, filled=True, angle=45, opacity=1)
    layers = [
        line.transform_filter("datum.side == 1").encode(x2=alt.value(wide)),
        line.transform_filter("datum.side == -1").encode(x2=alt.value(0)),
        dot.transform_filter("!datum.open").mark_point(size=90, filled=True, opacity=1),
        dot.transform_filter("datum.open"),
        cross.transform_filter("isValid(datum.baseline)").encode(alt.X("baseline:Q", title=None)),
        base.mark_text(align="right").encode(alt.Text("label:N"), x=alt.value(-12)),
        base.mark_text(align="left").encode(alt.Text("figure:N"), x=alt.value(wide + 12)),
    ]
    made: Spec = alt.layer(*layers).properties(width=wide).to_dict(validate=False)
    return {name: part for name, part in made.items() if name not in ("data", "datasets", "config", "$schema")}


def points_of(axis: list[Row], say: Words) -> list[dict[str, Any]]:
    return [{"order": order, **point(row, say)} for order, row in enumerate(axis)]


def point(row: Row, say: Words) -> dict[str, Any]:
    return {
        "label": shortened(short_place(row, say), ROOM),
        "value": row["value"],
        "baseline": row["baseline_value"] if row["basis"] == "level" else None,
        "side": (row["comparator"] in RIGHT) - (row["comparator"] in LEFT),
        "open": row["comparator"] in OPEN,
        "population": say.label("plan_population", row["population"]),
        "figure": f"{say.symbol(row['comparator'])} {number(row['value'])}",
    }


def span(points: list[dict[str, Any]]) -> list[float]:
    """The ends of an axis: all values and baselines with a margin, never below zero.

    >>> span([{"value": 90.0, "baseline": None}, {"value": 100.0, "baseline": 80.0}])
    [77.0, 103.0]
    """
    values = [value for point in points for value in (point["value"], point["baseline"]) if value is not None]
    low, high = min(values), max(values)
    margin = (high - low) * 0.15 or max(high * 0.1, 1)
    return [max(0.0, low - margin), high + margin]
