"""Counts as pictures: by two codes as a matrix, by one as bars, by a row and a column as a bar in each cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plandata.charts.drawing import LINE, PARTS, Drawing, broken, cut, head_room, heads, room, widest
from plandata.charts.figure import Figure
from plandata.text import Text
from plandata.words import Words

# The height of a row, and between what is drawn; how wide a cell with a number is at least and at most, and one with
# two; the room for labels, and the longest bar; in pixels.
ROW, GAP = 26.0, 12.0
CELLS, WIDER = (25.0, 46.0), (60.0, 84.0)
LABELS, BAR = 260.0, 300.0
# So many rows are drawn at most; their table has all.
MOST = 20
# On a phone labels stand above their rows, and heads again after so many.
AGAIN = 8
# How deep the colour of the smallest and of the largest count is.
PALE, DEEP = 0.12, 0.72
Counts = Mapping[tuple[str, str], int]
Draw = Callable[[float], Drawing]
FEWER = Text("The first {n} of {all} are drawn; the table has all", "图中为前{n}项，全部{all}项见表")
ALL = Text("All", "合计")


def matrix(counts: Counts, rows: Sequence[str], columns: Sequence[str]) -> Draw:
    """Counts as squares whose colour deepens with the count, the number inside; rows and columns are labels."""

    def draw(width: float) -> Drawing:
        frame = Frame.of(width, rows, columns, CELLS)
        most = max(counts.values(), default=1) or 1
        drawing = frame.ground()
        for row, label in enumerate(rows):
            for column, head in enumerate(columns):
                n = counts.get((label, head), 0)
                if n:
                    x, y = frame.corner(row, column)
                    depth = PALE + (DEEP - PALE) * (n / most) ** 0.5
                    drawing.block(
                        "count", x + 1, y + 1, max(frame.cell - 2, 1), ROW - 2, rx="3", opacity=f"{depth:.2f}"
                    )
                    if room(str(n)) <= frame.cell:
                        drawing.text(x + frame.cell / 2, y + 18, str(n), anchor="middle")
        return drawing

    return draw


def counted(
    key: str, title: str, counts: Counts, rows: Mapping[str, int], columns: Sequence[str], head: Text, say: Words
) -> Figure:
    """A matrix as a figure; rows are labels with their totals, the largest first, and head says what they are."""
    drawn = list(rows)[:MOST]
    table = [[label, *(counts.get((label, column), 0) for column in columns), total] for label, total in rows.items()]
    note = say(FEWER, n=len(drawn), all=len(rows)) if len(drawn) < len(rows) else ""
    return Figure(key, title, matrix(counts, drawn, columns), [say(head), *columns, say(ALL)], table, note=note)


def pairs(counts: Counts, others: Counts, rows: Sequence[str], columns: Sequence[str]) -> Draw:
    """In each cell two counts as numbers above one bar of both: the first deep, the other pale."""

    def draw(width: float) -> Drawing:
        frame = Frame.of(width, rows, columns, WIDER)
        both = {cell: counts.get(cell, 0) + others.get(cell, 0) for cell in counts.keys() | others.keys()}
        long = frame.cell * 0.85 / (max(both.values(), default=1) or 1)
        drawing = frame.ground()
        for row, label in enumerate(rows):
            for column, head in enumerate(columns):
                x, y = frame.corner(row, column)
                first, second = counts.get((label, head), 0), others.get((label, head), 0)
                if first or second:
                    drawing.text(x, y + 14, f"{first} · {second}", "" if first else "muted")
                    drawing.block("count", x, y + 18, first * long, 5)
                    drawing.block("count", x + first * long, y + 18, second * long, 5, opacity=str(PARTS["second"]))
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
            for part, depth in zip(parts, PARTS.values(), strict=False):
                size = long * counts.get((label, part), 0) / (max(totals.values()) or 1)
                drawing.block("count", x, y + 5, size, ROW - 10, opacity=str(depth))
                x += size
            drawing.text(x + GAP / 2, y + 18, figures[label])
        return drawing

    return draw


@dataclass(frozen=True)
class Frame:
    """Where the rows, columns and labels of a table of marks stand.

    left: the room for labels beside their rows; 0 where they stand above them, as on a phone. cell: a column's width.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    left: float
    cell: float
    width: float

    @classmethod
    def of(cls, width: float, rows: Sequence[str], columns: Sequence[str], cells: tuple[float, float]) -> "Frame":
        """The frame for a width: cells are as wide as there is room, between two limits."""
        (least, most), n = cells, max(len(columns), 1)
        reach = head_room(columns, least)[1]
        # Heads stand level where that makes no cell much wider.
        most = max(most, min(widest(columns, WIDER[1]) + 4, WIDER[1]))
        left = widest([line for row in rows for line in broken(row, LABELS - GAP)], LABELS) + GAP
        beside = min((width - left - reach) / n, most)
        if beside >= least:
            return cls(rows, columns, left, beside, width)
        return cls(rows, columns, 0.0, min((width - reach) / n, most), width)

    @cached_property
    def heads(self) -> tuple[float, float]:
        """The height of the heads of columns, and how far they reach beyond the last one."""
        return head_room(self.columns, self.cell)

    @cached_property
    def labels(self) -> list[list[str]]:
        """The label of each row in lines."""
        return [broken(label, (self.left or self.width) - GAP) for label in self.rows]

    @cached_property
    def tops(self) -> list[float]:
        """Where the cells of each row begin, and the end of the last one."""
        top, tops = 0.0, []
        for row, lines in enumerate(self.labels):
            top += self.heads[0] if self.headed(row) else 0
            tops.append(top + (0 if self.left else LINE * len(lines)))
            top = tops[-1] + (max(ROW, LINE * len(lines) + 6) if self.left else ROW)
        return [*tops, top]

    def headed(self, row: int) -> bool:
        """Whether the heads of the columns stand above a row: the first, on a phone again and again."""
        return row == 0 or (not self.left and row % AGAIN == 0)

    def ground(self) -> Drawing:
        """A drawing with the labels of rows and columns."""
        drawing = Drawing(
            self.left + self.cell * len(self.columns) + self.heads[1] if self.left else self.width, self.tops[-1]
        )
        middles = {self.left + self.cell * (n + 0.5): head for n, head in enumerate(self.columns)}
        for row, lines in enumerate(self.labels):
            above = self.tops[row] - (0 if self.left else LINE * len(lines))
            if self.headed(row):
                heads(drawing, middles, above - 6, self.cell)
            for n, line in enumerate(lines):
                at = (self.left - GAP, "end") if self.left else (0, "start")
                drawing.text(at[0], above + (18 if self.left else 15) + n * LINE, line, anchor=at[1])
        return drawing

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """The upper left corner of a cell."""
        return self.left + self.cell * column, self.tops[row]
