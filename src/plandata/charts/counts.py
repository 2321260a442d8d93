"""Heat maps and bars for pages: counts by two codes, and counts by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from plandata.charts import BLUE, GREEN, ORANGE, altair, in_page, shortened, width

CELL, LABEL_ROOM, BAR, ROW = 30, 26, 200, 24
PARTS = (BLUE, ORANGE, GREEN)
Counts = Mapping[tuple[str, str], int]


def heat_map(counts: Counts, rows: Sequence[str], columns: Sequence[str], alt_text: str) -> str:
    """Counts as squares whose blue deepens with the count, the number inside; rows and columns are labels in order."""
    alt = altair()
    heads = alt.Axis(orient="top", labelAngle=-50, labelAlign="left", domain=False, ticks=False, labelLimit=0)
    x = alt.X("column:N", sort=columns, title=None, axis=heads, scale=alt.Scale(domain=columns))
    deep = alt.Opacity("count:Q", legend=None, scale=alt.Scale(type="sqrt", range=[0.12, 0.72]))
    base = alt.Chart(alt.InlineData(values=[])).encode(x, row_axis(alt, "row:N"))
    squares = base.mark_rect(color=BLUE, cornerRadius=3).encode(deep)
    layered = alt.layer(squares, base.mark_text().encode(alt.Text("count:Q")))
    sized = layered.properties(width=CELL * len(columns), height=ROW * len(rows))
    top = 0.75 * width(columns, LABEL_ROOM) + 24
    padding = {"left": width(rows, LABEL_ROOM) + 12, "right": 64, "top": top, "bottom": 4}
    return in_page(sized.to_dict(validate=False) | {"padding": padding}, squares_of(counts, rows, columns), alt_text)


def squares_of(counts: Counts, rows: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    """A value for each square that is not empty."""
    return [
        {"row": shortened(row, LABEL_ROOM), "column": column, "count": counts[row, column]}
        for row in rows
        for column in columns
        if counts.get((row, column))
    ]


def bars(counts: Counts, parts: Sequence[str], alt_text: str) -> str:
    """Stacked bars of counts by label and part: bars in the order of the counts, parts in theirs, coloured as PARTS."""
    alt = altair()
    labels = list(dict.fromkeys(label for label, _ in counts))
    values = [
        {"label": shortened(label, LABEL_ROOM), "part": part, "count": count, "rank": parts.index(part)}
        for (label, part), count in counts.items()
    ]
    x = alt.X("count:Q", title=None, axis=alt.Axis(tickCount=4), stack="zero")
    colour = alt.Color("part:N", legend=None, scale=alt.Scale(domain=parts, range=PARTS[: len(parts)]))
    chart = alt.Chart(alt.InlineData(values=[])).mark_bar(cornerRadius=2, height=16)
    chart = chart.encode(x, row_axis(alt, "label:N"), colour, alt.Order("rank:Q"))
    padding = {"left": width(labels, LABEL_ROOM) + 12, "right": 16, "top": 4, "bottom": 24}
    sized = chart.properties(width=BAR, height=ROW * len(labels)).to_dict(validate=False)
    return in_page(sized | {"padding": padding}, values, alt_text)


def row_axis(alt: Any, field: str) -> Any:
    """The labels of rows, in the order of the values."""
    axis = alt.Axis(domain=False, ticks=False, labelLimit=0, labelPadding=8)
    return alt.Y(field, sort=None, title=None, axis=axis)
