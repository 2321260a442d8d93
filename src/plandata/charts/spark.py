"""The course of one target as a small SVG that is written here: a page of hundreds does not wait for Vega.

It shows what plandata.charts.course shows, from the same marks and in the same colours. A course takes 30 ms, this one
half of one, so that the 200 charts of a place stand in its page at once.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from rich.cells import cell_len

from plandata.assess.model import Band, Judgement
from plandata.charts import BLUE, GREEN, ORANGE, PAGE_INK
from plandata.charts.course import BAND, PATH, POINT, TREND, course_text, lines, span, values, within, years
from plandata.charts.drawing import Scale, scale, short
from plandata.text import printable
from plandata.words import Words, number

Mark = Mapping[str, Any]
# The picture, the plot inside it, the height at which years stand; in pixels of a card on a wide screen.
WIDE, TALL, LEFT, TOP, BOTTOM, YEARS = 260, 104, 16, 20, 80, 99
# Between the plot and what is wanted, which stands at its right.
GAP = 6
# The height of a bar with its room.
STEP = 22
# How wide a figure is at most at this size.
LETTER = 7.4
LETTERS = {"font-size": "12", "fill": PAGE_INK}
STROKES = {
    PATH: {"stroke": PAGE_INK, "stroke-dasharray": "4 3", "opacity": ".55", "stroke-width": "1.2"},
    TREND: {"stroke": ORANGE, "stroke-dasharray": "0.1 4", "stroke-linecap": "round", "stroke-width": "2.2"},
    POINT: {"stroke": BLUE, "stroke-width": "1.6"},
}


def spark(judgement: Judgement, say: Words) -> str:
    """The course of a target as SVG; empty where the target has no band."""
    if judgement.band is None:
        return ""
    marks = [*values(judgement), *lines(judgement)]
    low, high = span([mark["level"] for mark in marks] + [float(end) for end in judgement.band.ends])
    wanted = wanted_text(judgement.band)
    right = WIDE - len(wanted) * LETTER - GAP
    x, y = scale(years(judgement), (LEFT, right - GAP)), scale((low, high), (BOTTOM, TOP))
    told = {"role": "img", "aria-label": printable(course_text(judgement, say))}
    svg = Element("svg", {"viewBox": f"0 0 {WIDE} {TALL}", **told})
    draw_band(svg, judgement.band, within(judgement.band, low, high), right, y)
    for kind in (PATH, TREND, POINT):
        draw_line(svg, kind, [mark for mark in marks if mark["kind"] == kind], x, y)
    draw_points(svg, [mark for mark in marks if mark["kind"] == POINT], x, y)
    ends = [y(float(end)) for end in judgement.band.ends]
    write(svg, WIDE, sum(ends) / len(ends) + 4, wanted)
    for year in sorted(set(years(judgement))):
        write(svg, x(year), YEARS, str(year))
    return tostring(svg, encoding="unicode")


def draw_band(svg: Element, band: Band, shown: Mark, right: float, y: Scale) -> None:
    """The levels that meet the target as a surface with a line at each of its ends."""
    top, bottom = sorted((y(shown["level"]), y(shown["to"])))
    size = {"x": "0", "width": short(right), "y": short(top), "height": short(bottom - top)}
    SubElement(svg, "rect", {**size, "fill": GREEN, "opacity": ".14", "data-of": BAND})
    for end in {float(end) for end in band.ends}:
        SubElement(svg, "path", {"d": f"M0 {short(y(end))}H{short(right)}", "stroke": GREEN, "stroke-width": "1.2"})


def draw_line(svg: Element, kind: str, marks: Sequence[Mark], x: Scale, y: Scale) -> None:
    """A line through marks, where there are two or more."""
    if len(marks) > 1:
        way = "L".join(f"{short(x(mark['year']))} {short(y(mark['level']))}" for mark in marks)
        SubElement(svg, "path", {"d": f"M{way}", "fill": "none", **STROKES[kind]})


def draw_points(svg: Element, marks: Sequence[Mark], x: Scale, y: Scale) -> None:
    """The observed values as dots, the first and the last with their figures."""
    for place, mark in enumerate(marks):
        last = place == len(marks) - 1
        at = {"cx": short(x(mark["year"])), "cy": short(y(mark["level"]))}
        SubElement(svg, "circle", {**at, "r": "4" if last else "3", "fill": BLUE})
        if last or place == 0:
            write(svg, x(mark["year"]), y(mark["level"]) - 8, number(mark["level"]), "600" if last else "400")


def part_bars(levels: Sequence[tuple[str, Fraction]], unit: str, say: Words) -> str:
    """The values of the parts of a population as bars from 0 with their figures, as SVG; the first stands on top."""
    figures = [say.amount(level, unit) for _, level in levels]
    names = [printable(name) for name, _ in levels]
    start = max(cell_len(name) for name in names) * LETTER + GAP
    room = WIDE - start - GAP - max(cell_len(figure) for figure in figures) * LETTER
    longest = max(max(level for _, level in levels), Fraction(0)) or Fraction(1)
    told = "; ".join(f"{name} {figure}" for name, figure in zip(names, figures, strict=True))
    svg = Element("svg", {"viewBox": f"0 0 {WIDE} {len(levels) * STEP}", "role": "img", "aria-label": told})
    for place, ((_, level), name, figure) in enumerate(zip(levels, names, figures, strict=True)):
        top, long = place * STEP, float(max(level, Fraction(0)) / longest) * max(room, 0.0)
        size = {"x": short(start), "y": short(top + 4), "width": short(long), "height": str(STEP - 8)}
        SubElement(svg, "rect", {**size, "fill": BLUE, "opacity": ".75"})
        for x, text in ((0.0, name), (start + long + GAP, printable(figure))):
            SubElement(svg, "text", {"x": short(x), "y": short(top + STEP / 2 + 4), **LETTERS}).text = text
    return tostring(svg, encoding="unicode")


def wanted_text(band: Band) -> str:
    """The limits of a band in a few signs, without its unit.

    >>> from fractions import Fraction
    >>> wanted_text(Band(high=Fraction(7), high_open=True)), wanted_text(Band(Fraction(1), Fraction(2)))
    ('< 7', '1–2')
    """
    if band.low is not None and band.high is not None:
        return "–".join(dict.fromkeys((number(band.low), number(band.high))))
    if band.high is not None:
        return f"{'<' if band.high_open else '≤'} {number(band.high)}"
    return "" if band.low is None else f"{'>' if band.low_open else '≥'} {number(band.low)}"


def write(svg: Element, x: float, y: float, text: str, weight: str = "400") -> None:
    """A text about a point; none runs out of the picture at its sides."""
    half = len(text) * LETTER / 2
    where = {"x": short(min(max(x, half), WIDE - half)), "y": short(y), "text-anchor": "middle"}
    bold = {} if weight == "400" else {"font-weight": weight}
    SubElement(svg, "text", {**where, **LETTERS, **bold}).text = text
