"""The dot plot of targets side by side: a dot each, a line towards the values that meet it, a cross for the baseline.

What stands on one axis, and in which order, is what plandata.read.compare puts side by side: targets of one indicator
with a number and the same basis, unit and scope, the strictest first; those that its rank leaves out (an indicator
without a direction, a limit on the other side) stand on an axis of their own. Rows are those of a comparison.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from itertools import groupby
from math import ceil, floor, log10
from typing import Any

import polars as pl

from plandata.charts import POPULATIONS
from plandata.charts.drawing import LINE, Drawing, Scale, cut, scale, short, sign, widest
from plandata.charts.figure import Figure
from plandata.files import PackageError
from plandata.read.compare import Row, comparable, rank_class, strictness
from plandata.text import Text
from plandata.words import Words, number

# The height of a row, the room about the plot, its greatest width, and that of the names of places; in pixels.
STEP, GAP, PLOT, LABELS = 26, 12, 380.0, 160.0
RIGHT, LEFT, OPEN = ("ge", "gt"), ("le", "lt"), ("gt", "lt")
# A headline names so many groups of equally strict targets, the last among them.
GROUPS = 4
ALIKE = Text("{name}: {figures} in {places}", "{name}：{places}为{figures}")
APART = Text("{name}. Strictest: {groups}", "{name}。最严：{groups}")
GROUP = Text("{places}, {figures}", "{places}，{figures}")
NEXT, LAST = Text("; then {group}", "；其后：{group}"), Text("; least strict: {group}", "；最宽：{group}")
OR = Text(" or ", "或")
UNRANKED = Text("{name}: from {least} in {first} to {most} in {last}", "{name}：从{first}的{least}到{last}的{most}")
TOWARD = Text("The line leads to the values that meet the target", "线条指向满足目标的数值")
HOLLOW = Text("a hollow dot does not include its own value", "空心点不含本数")
CROSS = Text("a cross is the baseline, from which dots lead to the target", "叉号为基期值，点线由此通向目标值")
PARTED = Text("; ", "；")
LEFT_OUT = Text("targets without a number: {n}", "没有数值的目标值：{n}个")
UNIT = Text("unit: {unit}", "单位：{unit}")
HIGHER, LOWER = Text("higher is better →", "越高越好 →"), Text("← lower is better", "← 越低越好")
COLUMNS = (
    Text("Place", "地方"), Text("Population", "人群"), Text("Scope", "范围"), Text("Target", "目标值"),
    Text("Value", "数值"), Text("Unit of measure", "计量单位"), Text("Baseline", "基期值"), Text("By", "年份"),
    Text("Id", "标识"),
)  # fmt: skip


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
    return {"places": say.series(places), "figures": say.series(dict.fromkeys(map(say.phrase, group)), OR)}


def ends_of(axis: list[Row]) -> tuple[Row, Row]:
    """The targets with the least and with the most."""
    return min(axis, key=lambda row: row["value"]), max(axis, key=lambda row: row["value"])


def legend(axis: list[Row], say: Words) -> str:
    """What the marks of an axis mean."""
    points = [point(row, say) for row in axis]
    told = [(TOWARD, any(p["side"] for p in points)), (HOLLOW, any(p["open"] for p in points))]
    told.append((CROSS, any(p["baseline"] is not None for p in points)))
    return say(PARTED).join(say(text) for text, stands in told if stands)


def short_place(row: Row, say: Words, stem: str = "place") -> str:
    """A place's name where room is scarce: in English the word or words that its id is made of."""
    return Text(str(row["place_id"]).replace("-", " ").title(), row[f"{stem}_zh"])[say.lang]


def dots(axis: list[Row], say: Words, key: str) -> Figure:
    """One axis as a figure."""
    columns = [say(head) for head in COLUMNS]
    rows = [[say.of(row, "place"), *cells(row, say)] for row in axis]
    told = [legend(axis, say), say(UNIT, unit=say.label("unit_of_measure", axis[0]["unit_of_measure"]))]
    note = say(PARTED).join(filter(None, told))
    drawn = {row["population"] for row in axis}
    signs = [(code, say.label("plan_population", code)) for code in POPULATIONS if code in drawn]
    return Figure(key, headline(axis, say), partial(plot, axis, say), columns, rows, signs, note)


def cells(row: Row, say: Words) -> list[object]:
    """What the table of a figure tells of a target, beside its place."""
    population, unit = (
        say.label(*told)
        for told in (("plan_population", row["population"]), ("unit_of_measure", row["unit_of_measure"]))
    )
    figures = [row["value"], unit, row["baseline_value"], row["target_year"]]
    return [population, say.of(row, "scope"), say.figure(row), *figures, row["target_id"]]


def comparison(frame: pl.DataFrame, say: Words) -> list[Figure]:
    """A comparison as figures, one for each axis; raises PackageError where no target has a number."""
    rows = frame.to_dicts()
    panels = axes(rows)
    if not panels:
        raise PackageError("no target of this indicator has a number to draw; --format text shows them")
    missing = len(rows) - sum(map(len, panels))
    drawn = [dots(axis, say, str(place)) for place, axis in enumerate(panels)]
    left_out = say(PARTED) + say(LEFT_OUT, n=missing) if missing else ""
    return [*drawn[:-1], replace(drawn[-1], note=drawn[-1].note + left_out)]


def plot(axis: list[Row], say: Words, width: float) -> Drawing:
    """An axis drawn: a row for each target with its place, its mark, its line and its figure."""
    points = [point(row, say) for row in axis]
    left, right = (
        widest([point[name] for point in points], most) + GAP + 4
        for name, most in (("label", LABELS), ("figure", width / 3))
    )
    wide = min(width - left - right, PLOT)
    marked = ticks(span(points), max(int(wide / 72), 2))
    x = scale((marked[0], marked[-1]), (left, left + wide))
    foot = STEP * len(points) + 6
    better = {"higher": HIGHER, "lower": LOWER}.get(axis[0]["better"])
    drawing = Drawing(left + wide + right, foot + LINE + (LINE if better else 0))
    for tick in marked:
        drawing.rule("line", x(tick), 0, x(tick), foot)
        drawing.text(x(tick), foot + 16, number(tick), "muted", "middle")
    if better:
        at, anchor = (left + wide, "end") if better is HIGHER else (left, "start")
        drawing.text(at, foot + 16 + LINE, say(better), "muted", anchor)
    for place, told in enumerate(points):
        draw_point(drawing, told, STEP * (place + 0.5), x, (left, left + wide))
    return drawing


def draw_point(drawing: Drawing, point: dict[str, Any], y: float, x: Scale, ends: tuple[float, float]) -> None:
    """One target: the way from its baseline, the line to the values that meet it, its sign and its texts."""
    at, (left, right) = x(point["value"]), ends
    drawing.text(left - GAP, y + 5, cut(point["label"], LABELS), anchor="end")
    drawing.text(right + GAP, y + 5, point["figure"])
    if point["side"]:
        end = right if point["side"] > 0 else left
        drawing.rule(point["population"], at, y, end, y, stroke_width="3", opacity="0.4")
    if point["baseline"] is not None:
        was = x(point["baseline"])
        drawing.rule("cross", was, y, at, y, stroke_dasharray="2 3")
        drawing.mark("path", "cross", d=f"M{short(was - 4)} {short(y - 4)}l8 8m0-8l-8 8", stroke_width="2")
    sign(drawing, point["population"], at, y, point["open"])


def point(row: Row, say: Words) -> dict[str, Any]:
    return {
        "label": short_place(row, say),
        "value": row["value"],
        "baseline": row["baseline_value"] if row["basis"] == "level" else None,
        "side": (row["comparator"] in RIGHT) - (row["comparator"] in LEFT),
        "open": row["comparator"] in OPEN,
        "population": row["population"],
        "figure": f"{say.symbol(row['comparator'])} {number(row['value'])}",
    }


def ticks(ends: tuple[float, float], count: int) -> list[float]:
    """Round numbers about so far apart that a range has so many parts, from below it to above it.

    >>> ticks((3.2, 11.5), 4), ticks((0.0, 0.7), 3)
    ([2.0, 4.0, 6.0, 8.0, 10.0, 12.0], [0.0, 0.2, 0.4, 0.6, 0.8])
    """
    low, high = ends
    rough = (high - low) / count
    power = 10.0 ** floor(log10(rough))
    step = power * min((1, 2, 5, 10), key=lambda size: abs(log10(size * power / rough)))
    return [round(n * step, 9) for n in range(floor(low / step), ceil(high / step) + 1)]


def span(points: list[dict[str, Any]]) -> tuple[float, float]:
    """The ends of an axis: all values and baselines with a margin, never below zero.

    >>> span([{"value": 90.0, "baseline": None}, {"value": 100.0, "baseline": 80.0}])
    (77.0, 103.0)
    """
    values = [value for point in points for value in (point["value"], point["baseline"]) if value is not None]
    low, high = min(values), max(values)
    margin = (high - low) * 0.15 or max(high * 0.1, 1)
    return max(0.0, low - margin), high + margin
