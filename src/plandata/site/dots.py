"""The dot plot of one indicator: a dot per target, a line towards the values that meet it, a cross for the baseline."""

from functools import cache
from typing import Any

from plandata.schema import schemas
from plandata.site import svg, words
from plandata.site.edition import Edition, Row

WIDTH, STEP, ROOM = 230, 26, 21
RIGHT, LEFT, OPEN = ("ge", "gt"), ("le", "lt"), ("gt", "lt")
COLOURS = {"women": svg.ORANGE, "children": svg.BLUE, "both": svg.GREEN}


def drawable(targets: list[Row]) -> list[Row]:
    """The targets that can stand on one axis: levels with a number, in the unit that most of them have."""
    levels = [row for row in targets if row["value"] and row["basis"] in ("level", "rate_per_period", "cumulative")]
    kinds = [(row["basis"], row["unit_of_measure"]) for row in levels]
    common = max(kinds, key=kinds.count, default=None)
    found = [row for row, kind in zip(levels, kinds, strict=True) if kind == common]
    return sorted(found, key=lambda row: (float(row["value"]), row["place_id"], row["target_id"]))


def dot_plot(edition: Edition, targets: list[Row], title: str, lang: str) -> str:
    """The dot plot of drawable targets as SVG; their unit of measure stands in the page's legend."""
    points = [{"order": order, **point(edition, row, lang)} for order, row in enumerate(targets)]
    low, high = span(points)
    room, side = (max(svg.cells(p[name]) for p in points) * svg.CELL + 14 for name in ("label", "figure"))
    own = {
        "params": [{"name": "low", "value": low}, {"name": "high", "value": high}],
        "height": STEP * len(points),
        "padding": {"left": room, "right": side, "top": 4, "bottom": 26},
    }
    return svg.svg(form() | own, points, title)


@cache
def form() -> dict[str, Any]:
    """The chart without its points; made once, for Altair checks and copies what it is given many times."""
    import altair as alt

    ends = alt.Scale(domainMin=alt.expr("low"), domainMax=alt.expr("high"), zero=False, nice=True)
    x = alt.X("value:Q", scale=ends, title=None, axis=alt.Axis(tickCount=5, labelFlush=False))
    colour = alt.Color("population:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    base = alt.Chart(alt.InlineData(values=[])).encode(alt.Y("order:O", axis=None))
    line = base.mark_rule(strokeWidth=3, opacity=0.4).encode(x, colour)
    dot = base.mark_point(size=90, strokeWidth=2, opacity=1).encode(x, colour)
    cross = base.mark_point(shape="cross", size=70, color=svg.INK, filled=True, angle=45, opacity=1)
    layers = [
        line.transform_filter("datum.side == 1").encode(x2=alt.value(WIDTH)),
        line.transform_filter("datum.side == -1").encode(x2=alt.value(0)),
        dot.transform_filter("!datum.open").mark_point(size=90, filled=True, opacity=1),
        dot.transform_filter("datum.open"),
        cross.transform_filter("isValid(datum.baseline)").encode(alt.X("baseline:Q", title=None)),
        base.mark_text(align="right").encode(alt.Text("label:N"), x=alt.value(-12)),
        base.mark_text(align="left").encode(alt.Text("figure:N"), x=alt.value(WIDTH + 12)),
    ]
    made: dict[str, Any] = alt.layer(*layers).properties(width=WIDTH).to_dict(validate=False)
    return made


def point(edition: Edition, row: Row, lang: str) -> dict[str, Any]:
    place = words.short_place(edition.places[row["place_id"]], lang)
    scope = words.named(row, "scope", lang)
    symbol = schemas().codes["comparator"][row["comparator"]].symbol
    return {
        "label": svg.shortened(f"{place} · {scope}" if scope else place, ROOM + 2),
        "value": float(row["value"]),
        "baseline": float(row["baseline_value"]) if row["baseline_value"] else None,
        "side": (row["comparator"] in RIGHT) - (row["comparator"] in LEFT),
        "open": row["comparator"] in OPEN,
        "population": row["population"],
        "figure": f"{symbol} {words.number(row['value'])}",
    }


def span(points: list[dict[str, Any]]) -> list[float]:
    """The ends of the axis: all values and baselines with a margin, never below zero."""
    values = [v for p in points for v in (p["value"], p["baseline"]) if v is not None]
    low, high = min(values), max(values)
    margin = (high - low) * 0.15 or max(high * 0.1, 1)
    return [max(0.0, low - margin), high + margin]


def finding(edition: Edition, indicator: Row, targets: list[Row], lang: str) -> str:
    """What the dot plot shows, as its title: from where to where the targets run."""
    name = words.named(indicator, "name", lang)
    if not targets:
        return name
    low, high = targets[0], targets[-1]
    figures = [words.phrase(row, lang) for row in (low, high)]
    if {(row["comparator"], row["value"]) for row in targets} == {(low["comparator"], low["value"])}:
        many = len(targets) > 1
        same = f"{name}: all {len(targets)} aim for {figures[0]}" if many else f"{name}: {figures[0]}"
        return f"{name}：{len(targets)}个目标值都是 {figures[0]}" if lang == "zh" and many else same
    places = [words.short_place(edition.places[row["place_id"]], lang) for row in (low, high)]
    if lang == "zh":
        return f"{name}：从{places[0]}的 {figures[0]} 到{places[1]}的 {figures[1]}"
    return f"{name}: from {figures[0]} in {places[0]} to {figures[1]} in {places[1]}"
