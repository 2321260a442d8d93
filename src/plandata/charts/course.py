"""The charts of an assessment: the course of one target towards its year, and how targets stand by status."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from plandata.assess.count import Count
from plandata.assess.model import Band, Judgement
from plandata.charts import BLUE, FONT_SIZE, GREEN, ORANGE, PAGE_INK, PURPLE, Spec, altair, in_page, width
from plandata.text import Text
from plandata.words import COLON, Words, number

# The one table of the colours of statuses, from the best on, which the pages take too.
COLOURS = {
    "met_early": "#00664b",
    "met": GREEN,
    "basically_met": "#8fd3b6",
    "on_track": BLUE,
    "behind": "#e69f00",
    "off_track": ORANGE,
    "regressed": "#b5432a",
    "fell_back": "#8c510a",
    "not_met": "#7a1f1f",
    "cannot_be_judged": PURPLE,
    "not_reported": "#8a8a8a",
    "no_data": "#c9ccd1",
}
DARK_INK, LIGHT_INK = "#1a1a1a", "#ffffff"
# Sizes in pixels: of a course, of a bar and of its caption.
WIDE, TALL = 300, 92
LONG, BAR, CAPTION, GAP = 620, 20, 22, 10
MARGIN = 0.14
BAND, PATH, TREND, POINT, END, YEAR = "band", "path", "trend", "point", "end", "year"
COURSE = Text("{name}: {points}; wanted {band} by {year}", "{name}：{points}；{year}年目标{band}")
BARS = Text("Targets by status: {bars}", "目标值的状态：{bars}")


def ink_on(colour: str) -> str:
    """The ink, dark or light, that stands out more on a colour.

    >>> ink_on("#00664b") == LIGHT_INK, ink_on("#e69f00") == DARK_INK
    (True, True)
    """
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return DARK_INK if (luminance + 0.05) ** 2 > 1.05 * 0.06 else LIGHT_INK


def course(judgement: Judgement, say: Words) -> str:
    """The course of one target as SVG: the band that meets it, the line from the baseline, the values, the trend.

    Empty where the target has no band. Raises PackageError where the library is not installed.
    """
    if judgement.band is None:
        return ""
    marks = [*values(judgement), *lines(judgement)]
    low, high = span([mark["level"] for mark in marks] + [float(end) for end in judgement.band.ends])
    first, last = years(judgement)
    axis = [{"kind": YEAR, "year": year, "text": str(year)} for year in sorted({first, last})]
    rows = [within(judgement.band, low, high), *marks, *axis]
    ends = {"low": low, "high": high, "first": first, "last": last}
    params = [{"name": name, "value": value} for name, value in ends.items()]
    return in_page(course_form() | {"params": params}, rows, course_text(judgement, say))


def span(levels: Sequence[float]) -> tuple[float, float]:
    """The ends of the scale that holds some levels, with a margin."""
    margin = (max(levels) - min(levels) or abs(levels[0]) or 1.0) * MARGIN
    return min(levels) - margin, max(levels) + margin


def within(band: Band, low: float, high: float) -> dict[str, Any]:
    """The part of a band that a scale shows."""
    bottom, top = (end if limit is None else float(limit) for limit, end in ((band.low, low), (band.high, high)))
    return {"kind": BAND, "level": bottom, "to": top}


def course_text(judgement: Judgement, say: Words) -> str:
    """What a course shows, for those who do not see it."""
    target, band = judgement.target, judgement.band
    points = ", ".join(f"{year}: {say.amount(value, target.unit)}" for year, value in judgement.points.items())
    wanted = say.band(band, target.unit) if band else ""
    return say(COURSE, name=say(target.name), points=points, band=wanted, year=target.target_year)


def years(judgement: Judgement) -> tuple[int, int]:
    """The first and the last year of a course."""
    held = [judgement.year, judgement.target.target_year, *judgement.points]
    start = [judgement.base[0]] if judgement.base else []
    return min(held + start), max(held)


def values(judgement: Judgement) -> Iterator[dict[str, Any]]:
    """The observed values, the first and the last with their figures."""
    for year, level in judgement.points.items():
        yield {"kind": POINT, "year": year, "level": float(level)}
        if year in (min(judgement.points), max(judgement.points)):
            yield {"kind": END, "year": year, "level": float(level), "text": number(level)}


def lines(judgement: Judgement) -> Iterator[dict[str, Any]]:
    """The ends of the line from the baseline to the target, and of the trend from the judged year on."""
    due, band, answer = judgement.target.target_year, judgement.band, judgement.linear
    if judgement.base is not None and band is not None and judgement.base[0] < due:
        start, base = judgement.base
        goal = band.nearest(base)
        yield {"kind": PATH, "year": start, "level": float(goal if band.contains(base) else base)}
        yield {"kind": PATH, "year": due, "level": float(goal)}
    if answer is not None and answer.projected is not None and answer.observed is not None:
        end = float(answer.projected)
        yield {"kind": TREND, "year": judgement.year, "level": end - float(answer.observed) * (due - judgement.year)}
        yield {"kind": TREND, "year": due, "level": end}


@cache
def course_form() -> Spec:
    """The chart of a course without its values; made once, for Altair checks and copies what it is given many times."""
    alt = altair()
    x = alt.X("year:Q", axis=None, scale=alt.Scale(domainMin=alt.expr("first"), domainMax=alt.expr("last"), nice=False))
    heights = alt.Scale(domainMin=alt.expr("low"), domainMax=alt.expr("high"), zero=False, nice=False)
    y = alt.Y("level:Q", axis=None, scale=heights)
    base = alt.Chart(alt.InlineData(values=[]))
    text = base.mark_text(baseline="bottom", dy=-7).encode(alt.Text("text:N"), x, y)
    layers = [
        base.mark_rect(color=GREEN, opacity=0.2).encode(y, y2="to:Q").transform_filter(kind(BAND)),
        base.mark_line(color=PAGE_INK, strokeDash=[4, 3], opacity=0.6, strokeWidth=1.2)
        .encode(x, y)
        .transform_filter(kind(PATH)),
        base.mark_line(color=ORANGE, strokeDash=[1, 4], strokeWidth=2.4, strokeCap="round")
        .encode(x, y)
        .transform_filter(kind(TREND)),
        base.mark_point(color=BLUE, filled=True, size=46, opacity=1).encode(x, y).transform_filter(kind(POINT)),
        text.transform_filter(kind(END)),
        base.mark_text(baseline="top")
        .encode(alt.Text("text:N"), x, y=alt.value(TALL + 5))
        .transform_filter(kind(YEAR)),
    ]
    padding = {"left": 36, "right": 36, "top": FONT_SIZE + 2, "bottom": FONT_SIZE + 10}
    form: Spec = alt.layer(*layers).properties(width=WIDE, height=TALL).to_dict(validate=False)
    return form | {"padding": padding}


def kind(name: str) -> str:
    return f"datum.kind == '{name}'"


def status_bars(counts: Sequence[Count], names: Sequence[str], say: Words) -> str:
    """A bar for each group as long as it has targets, parted by status, as SVG; its name stands above it.

    Raises PackageError where the library is not installed.
    """
    captions = [f"{name}{rate_text(count)}" for name, count in zip(names, counts, strict=True)]
    longest = max(count.total for count in counts)
    rows = [row for place, count in enumerate(counts) for row in parts(count, place, longest)]
    step = BAR + CAPTION + GAP
    rows += [{"text": caption, "y": place * step + CAPTION - 6} for place, caption in enumerate(captions)]
    told = "; ".join(
        f"{caption}{say(COLON)}{status_text(count, say)}" for caption, count in zip(captions, counts, strict=True)
    )
    room = max(width(captions, 200) - LONG, 0) + 4
    own = {"height": step * len(counts), "padding": {"left": 1, "right": room, "top": 2, "bottom": 2}}
    return in_page(bars_form() | own, rows, say(BARS, bars=told))


def rate_text(count: Count) -> str:
    return "" if count.rate is None else f" · {count.met}/{count.measurable} = {count.rate}%"


def status_text(count: Count, say: Words) -> str:
    """The statuses of a group that has them, with their numbers."""
    return ", ".join(f"{say.label('status', code)} {times}" for code, times in count.by_status.items() if times)


def parts(count: Count, place: int, longest: int) -> Iterator[Mapping[str, Any]]:
    """The parts of one bar; a part wide enough carries its number."""
    left, top = 0.0, place * (BAR + CAPTION + GAP) + CAPTION
    for code in COLOURS:
        times = count.by_status.get(code, 0)
        right = left + LONG * times / longest
        if times:
            text = f"{times:,}"
            room = right - left > width([text], 20) + 4
            yield {
                "left": left, "right": right, "middle": (left + right) / 2,
                "top": top, "bottom": top + BAR, "centre": top + BAR / 2,
                "status": code, "figure": text if room else "", "ink": ink_on(COLOURS[code]),
            }  # fmt: skip
        left = right


@cache
def bars_form() -> Spec:
    """The chart of bars without its values; positions are in pixels."""
    alt = altair()
    plain = {"axis": None, "scale": None}
    base = alt.Chart(alt.InlineData(values=[]))
    colour = alt.Color("status:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    bar = base.transform_filter("isValid(datum.status)")
    layers = [
        bar.mark_rect(stroke=PAGE_INK, strokeWidth=0.5).encode(
            alt.X("left:Q", **plain), alt.Y("top:Q", **plain), colour, x2="right:Q", y2="bottom:Q"
        ),
        bar.mark_text().encode(
            alt.X("middle:Q", **plain), alt.Y("centre:Q", **plain), alt.Text("figure:N"), alt.Color("ink:N", scale=None)
        ),
        base.transform_filter("isValid(datum.text)")
        .mark_text(align="left", baseline="alphabetic", color=PAGE_INK)
        .encode(alt.Y("y:Q", **plain), alt.Text("text:N"), x=alt.value(0)),
    ]
    form: Spec = alt.layer(*layers).properties(width=LONG).resolve_scale(color="independent").to_dict(validate=False)
    return form
