"""Heat maps and bars: counts by two codes, and counts by one."""

from typing import Any

from plandata.site import svg

CELL, LABEL_ROOM, BAR = 30, 26, 200


def heat_map(counts: dict[tuple[str, str], int], rows: list[str], columns: list[str], alt_text: str) -> str:
    """Counts as squares whose blue deepens with the count, the number inside; rows and columns are labels in order."""
    import altair as alt

    values = [
        {"row": svg.shortened(row, LABEL_ROOM), "column": column, "count": counts[row, column]}
        for row in rows
        for column in columns
        if counts.get((row, column))
    ]
    heads = alt.Axis(orient="top", labelAngle=-50, labelAlign="left", domain=False, ticks=False, labelLimit=0)
    x = alt.X("column:N", sort=columns, title=None, axis=heads, scale=alt.Scale(domain=columns))
    y = alt.Y("row:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=0, labelPadding=8))
    deep = alt.Opacity("count:Q", legend=None, scale=alt.Scale(type="sqrt", range=[0.12, 0.72]))
    base = alt.Chart(alt.InlineData(values=[])).encode(x, y)
    squares = base.mark_rect(color=svg.BLUE, cornerRadius=3).encode(deep)
    layered = alt.layer(squares, base.mark_text().encode(alt.Text("count:Q")))
    sized = layered.properties(width=CELL * len(columns), height=24 * len(rows))
    padding = {"left": width(rows) + 12, "right": 64, "top": 0.75 * width(columns) + 24, "bottom": 4}
    return svg.svg(sized.to_dict(validate=False) | {"padding": padding}, values, alt_text)


def bars(values: list[dict[str, Any]], parts: list[str], alt_text: str) -> str:
    """Stacked bars: each value has label, part and count; the parts take their colours in order."""
    import altair as alt

    labels = list(dict.fromkeys(value["label"] for value in values))
    shown = [value | {"label": svg.shortened(value["label"], LABEL_ROOM)} for value in values]
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=0, labelPadding=8))
    x = alt.X("count:Q", title=None, axis=alt.Axis(tickCount=4), stack="zero")
    colours = alt.Scale(domain=parts, range=[svg.BLUE, svg.ORANGE, svg.GREEN][: len(parts)])
    chart = (
        alt.Chart(alt.InlineData(values=[]))
        .mark_bar(cornerRadius=2, height=16)
        .encode(x, y, alt.Color("part:N", scale=colours, legend=None))
    )
    chart = chart.encode(alt.Order("rank:Q"))
    padding = {"left": width(labels) + 12, "right": 16, "top": 4, "bottom": 24}
    sized = chart.properties(width=BAR, height=24 * len(labels)).to_dict(validate=False)
    return svg.svg(sized | {"padding": padding}, shown, alt_text)


def width(labels: list[str]) -> float:
    """The room in pixels that the longest of some labels takes."""
    return max(min(svg.cells(label), LABEL_ROOM) for label in labels) * svg.CELL
