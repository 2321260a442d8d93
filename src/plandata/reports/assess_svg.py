"""Charts of an assessment as inline SVG, drawn by hand so that the page needs no library and no network.

Colours come from the page's style by class, so the charts follow its light and dark forms; every fact that
a colour shows stands beside it in words.
"""

from collections.abc import Iterator, Sequence
from html import escape

from plandata.assess.codes import codes
from plandata.assess.counting import Count
from plandata.assess.judgement import Judgement
from plandata.assess.reasons import figure

BAR, HIGH, GAP = 640, 22, 8
WIDE, TALL, EDGE, SIDE = 300, 110, 16, 34


def status_bars(counts: Sequence[Count], names: Sequence[str], lang: str) -> str:
    """A bar for each group, as long as it has targets, parted by status."""
    longest = max(count.total for count in counts)
    high = len(counts) * (2 * HIGH + GAP)
    parts = [f'<svg viewBox="0 0 {BAR} {high}" width="100%" role="img" class="bars">']
    for i, (count, name) in enumerate(zip(counts, names, strict=True)):
        top = i * (2 * HIGH + GAP)
        rate = "" if count.rate is None else f" · {count.met}/{count.measurable} = {count.rate}%"
        parts.append(f'<text x="0" y="{top + 15}">{escape(name)}{rate}</text>')
        parts += bar(count, top + HIGH, BAR / longest, lang)
    return "".join([*parts, "</svg>"])


def bar(count: Count, top: int, scale: float, lang: str) -> Iterator[str]:
    """The parts of one bar, each with its name for readers; a part wide enough carries its number."""
    left = 0.0
    for code, number in count.by_status.items():
        if not number:
            continue
        width, label = number * scale, codes()["status"][code]
        title = f"<title>{label.label_zh if lang == 'zh' else label.label_en}: {number}</title>"
        place = f'x="{left:.1f}" y="{top}" width="{width:.1f}" height="{HIGH}"'
        yield f'<rect class="s-{code}" {place}>{title}</rect>'
        if width > 24:
            yield f'<text class="n" x="{left + width / 2:.1f}" y="{top + 15}">{number}</text>'
        left += width


def course(judgement: Judgement, title: str) -> str:
    """The course of one target: band that meets it, line from the baseline, points, trend to the target year."""
    levels = levels_of(judgement)
    if not levels or judgement.band is None:
        return ""
    plot = Plot(judgement, levels)
    band = judgement.band
    low = plot.low if band.low is None else float(band.low)
    high = plot.high if band.high is None else float(band.high)
    size = f'viewBox="0 0 {WIDE} {TALL}" width="{WIDE}" height="{TALL}"'
    parts = [f'<svg {size} role="img" class="course"><title>{escape(title)}</title>']
    top, bottom = plot.y(high), plot.y(low)
    parts.append(
        f'<rect class="band" x="{SIDE}" y="{top:.1f}" width="{WIDE - 2 * SIDE}" height="{max(bottom - top, 1):.1f}"/>'
    )
    parts += plot.lines()
    parts += plot.dots()
    return "".join([*parts, "</svg>"])


def levels_of(judgement: Judgement) -> list[float]:
    """Every level that the chart must hold."""
    if judgement.band is None:
        return []
    found = [*(judgement.points or {}).values(), judgement.band.low, judgement.band.high]
    found += [judgement.base[1]] if judgement.base else []
    found += [answer.projected for answer in judgement.answers if answer.method == "linear"]  # type: ignore[misc]
    return [float(level) for level in found if level is not None]


class Plot:
    """The scales of one chart and what is drawn on them."""

    def __init__(self, judgement: Judgement, levels: Sequence[float]) -> None:
        self.judgement = judgement
        years = [judgement.target.target_year, judgement.year, *(judgement.points or {})]
        self.first = min([*years, judgement.base[0]] if judgement.base else years)
        self.last = max(years)
        spread = max(levels) - min(levels) or abs(levels[0]) or 1.0
        self.low, self.high = min(levels) - spread / 10, max(levels) + spread / 10

    def x(self, year: int) -> float:
        return SIDE + (WIDE - 2 * SIDE) * (year - self.first) / max(self.last - self.first, 1)

    def y(self, level: float) -> float:
        return TALL - EDGE - (TALL - 2 * EDGE) * (level - self.low) / (self.high - self.low)

    def lines(self) -> Iterator[str]:
        """The line from the baseline to the target, and the trend from the judged year on."""
        judged, target = self.judgement, self.judgement.target
        if judged.base is not None and judged.band is not None and judged.base[0] < target.target_year:
            goal = judged.band.nearest(judged.base[1])
            start = goal if judged.band.contains(judged.base[1]) else judged.base[1]
            yield self.line("path", judged.base[0], float(start), target.target_year, float(goal))
        for answer in judged.answers:
            if answer.method == "linear" and answer.projected is not None and answer.observed is not None:
                end = float(answer.projected)
                begin = end - float(answer.observed) * (target.target_year - judged.year)
                yield self.line("trend", judged.year, begin, target.target_year, end)

    def line(self, name: str, from_year: int, start: float, to_year: int, end: float) -> str:
        first = f'x1="{self.x(from_year):.1f}" y1="{self.y(start):.1f}"'
        return f'<line class="{name}" {first} x2="{self.x(to_year):.1f}" y2="{self.y(end):.1f}"/>'

    def dots(self) -> Iterator[str]:
        """The points with their values, and the years at both ends."""
        points = self.judgement.points or {}
        for year, level in points.items():
            x, y = self.x(year), self.y(float(level))
            title = f"<title>{year}: {figure(level)}</title>"
            yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5">{title}</circle>'
            if year in (min(points), max(points)):
                yield f'<text class="n" x="{x:.1f}" y="{max(y - 7, 9):.1f}">{figure(level)}</text>'
        for year in (self.first, self.last):
            yield f'<text class="n" x="{self.x(year):.1f}" y="{TALL - 3}">{year}</text>'
