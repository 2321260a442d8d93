"""Counts as pictures: by two codes as a matrix, by one as bars, by a row and a column as a bar in each cell."""

from collections.abc import Callable, Mapping, Sequence

from plandata.charts.drawing import LINE, Drawing, cut, head_room, heads, widest

# The height of a row, the widest a cell is and the narrowest that holds a number; in pixels.
ROW, CELL, LEAST, GAP = 26.0, 46.0, 25.0, 12.0
LABELS, BAR = 260.0, 300.0
# On a phone labels stand above their rows, and heads again after so many.
AGAIN = 8
# How deep the colour of the smallest and of the largest count is, and of the parts of a bar.
PALE, DEEP, PARTS = 0.12, 0.72, (1.0, 0.35, 0.15)
Counts = Mapping[tuple[str, str], int]
Draw = Callable[[float], Drawing]


def matrix(counts: Counts, rows: Sequence[str], columns: Sequence[str]) -> Draw:
    """Counts as squares whose colour deepens with the count, the number inside; rows and columns are labels in order."""

    def draw(width: float) -> Drawing:
        frame = Frame.of(width, rows, columns, LEAST, CELL)
        most = max(counts.values(), default=1) or 1
        drawing = frame.ground()
        for row, label in enumerate(rows):
            frame.name(drawing, row, label)
            for column, head in enumerate(columns):
                n = counts.get((label, head), 0)
                if n:
                    x, y = frame.corner(row, column)
                    depth = PALE + (DEEP - PALE) * (n / most) ** 0.5
                    drawing.block("count", x + 1, y + 1, frame.cell - 2, ROW - 2, rx="3", opacity=f"{depth:.2f}")
                    drawing.text(x + frame.cell / 2, y + 18, str(n), anchor="middle")
        return drawing

    return draw


def pairs(counts: Counts, others: Counts, rows: Sequence[str], columns: Sequence[str]) -> Draw:
    """In each cell two counts as numbers above one bar of both: the first deep, the other pale."""

    def draw(width: float) -> Drawing:
        frame = Frame.of(width, rows, columns, 60.0, 84.0)
        both = {cell: counts.get(cell, 0) + others.get(cell, 0) for cell in counts.keys() | others.keys()}
        long = (frame.cell - GAP) / (max(both.values(), default=1) or 1)
        drawing = frame.ground()
        for row, label in enumerate(rows):
            frame.name(drawing, row, label)
            for column, head in enumerate(columns):
                x, y = frame.corner(row, column)
                first, second = counts.get((label, head), 0), others.get((label, head), 0)
                if first or second:
                    drawing.text(x, y + 14, f"{first} · {second}", "" if first else "muted")
                    drawing.block("count", x, y + 18, first * long, 5)
                    drawing.block("count", x + first * long, y + 18, second * long, 5, opacity=str(PARTS[1]))
        return drawing

    return draw


def bars(counts: Counts, parts: Sequence[str]) -> Draw:
    """Stacked bars of counts by label and part with their figures: bars and parts in the order of the counts."""
    labels = list(dict.fromkeys(label for label, _ in counts))
    figures = {label: " · ".join(str(counts.get((label, part), 0)) for part in parts) for label in labels}
    totals = {label: sum(counts.get((label, part), 0) for part in parts) for label in labels}

    def draw(width: float) -> Drawing:
        left, right = widest(labels, width * 0.55) + GAP, widest(list(figures.values()), width / 3) + GAP
        long = min(width - left - right, BAR)
        drawing = Drawing(left + long + right, ROW * len(labels))
        for row, label in enumerate(labels):
            x, y = left, ROW * row
            drawing.text(left - GAP, y + 18, cut(label, left - GAP), anchor="end")
            for part, depth in zip(parts, PARTS, strict=False):
                size = long * counts.get((label, part), 0) / (max(totals.values()) or 1)
                drawing.block("count", x, y + 5, size, ROW - 10, opacity=str(depth))
                x += size
            drawing.text(x + GAP / 2, y + 18, figures[label])
        return drawing

    return draw


class Frame:
    """Where the rows, columns and labels of a table of marks stand.

    above: whether labels stand above their rows, as on a phone. cell: the width of a column. top: the height of heads.
    """

    def __init__(self, rows: Sequence[str], columns: Sequence[str], left: float, cell: float, above: bool) -> None:
        self.rows, self.columns, self.left, self.cell, self.above = rows, columns, left, cell, above
        self.top, self.reach = head_room(columns, cell)
        self.step = ROW + LINE if above else ROW

    @classmethod
    def of(cls, width: float, rows: Sequence[str], columns: Sequence[str], least: float, most: float) -> "Frame":
        """The frame for a width: cells are as wide as there is room, between two limits."""
        left, n = widest(rows, LABELS) + GAP, max(len(columns), 1)
        beside = min((width - left - head_room(columns, least)[1]) / n, most)
        if beside >= least:
            return cls(rows, columns, left, beside, above=False)
        return cls(rows, columns, 0.0, min((width - head_room(columns, least)[1]) / n, most), above=True)

    def ground(self) -> Drawing:
        """An empty drawing with the heads of the columns."""
        blocks = -(-len(self.rows) // AGAIN) if self.above else 1
        width = self.left + self.cell * len(self.columns) + self.reach
        drawing = Drawing(max(width, widest(self.rows, LABELS) if self.above else 0), self.top * blocks + self.step * len(self.rows))
        middles = {self.left + self.cell * (n + 0.5): head for n, head in enumerate(self.columns)}
        for block in range(blocks):
            heads(drawing, middles, block * (self.top + AGAIN * self.step) + self.top - 6, self.cell)
        return drawing

    def base(self, row: int) -> float:
        """Where a row begins."""
        return self.top * (row // AGAIN + 1 if self.above else 1) + self.step * row

    def name(self, drawing: Drawing, row: int, label: str) -> None:
        """Writes the label of a row, beside it or above it."""
        if self.above:
            drawing.text(0, self.base(row) + 15, label)
        else:
            drawing.text(self.left - GAP, self.base(row) + 18, cut(label, LABELS), anchor="end")

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """The upper left corner of a cell."""
        return self.left + self.cell * column, self.base(row) + (LINE if self.above else 0)
