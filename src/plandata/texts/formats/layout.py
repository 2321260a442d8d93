"""From signs at their places on pages to lines, tables and paragraphs: what a PDF and an OFD file do not say.

All lengths are in the unit of the file (points, millimetres), and y counts from the top of a page. A paragraph is
joined only where the geometry says so: its lines reach the right margin, and the next one begins at the left one. Where
it does not, lines stay apart and none of them is called whole.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median, mode
from typing import NamedTuple

from plandata.text import normalise
from plandata.texts.formats.document import Document, Line, Place
from plandata.texts.formats.furniture import SENTENCE_END, at_edges, page_number
from plandata.texts.formats.numbering import STARTS

# The upper and the lower part of a page in which its furniture stands.
MARGIN = 0.15
# More lines than this are a drawing, no table; no table of a plan has more columns.
EDGES, COLUMNS, ROWS = 5_000, 60, 300
# So many lines stand side by side on a page of two columns.
TWO_COLUMNS = 8
CONTINUED = re.compile(r"\(?(?:续表?|接上(?:页|表)|.{0,20}表?\(续(?:表|\d*)?\))[\d一二三四五六七八九十]*\)?")
# What leads in a table of contents from a heading to its page.
LEADER = re.compile(r"(?:[.．·…•‧]\s?){3,}[0-9]{0,3}$")
# The radicals that fonts of PDF files give in place of the characters; NFKC knows those of Kangxi only.
RADICALS = (
    "⺟母⺠民⺩王⺼肉⻁虎⻄西⻅见⻆角⻉贝⻋车⻌辶⻑長⻓长⻔门⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)


# a b c d e f of a change of coordinates, as PDF and OFD write it.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Glyph(NamedTuple):
    """A sign: what it is, its left and right end, its base line, the size of its font, and its turn in the file."""

    sign: str
    left: float
    right: float
    y: float
    size: float
    turn: int = 0


class Edge(NamedTuple):
    """A line that is drawn, from left to right or from top to bottom: its place across, its begin and its end."""

    at: float
    begin: float
    end: float


class Columns(NamedTuple):
    """Two columns of text: where they part, and how far the right one begins from the left one."""

    gutter: float
    apart: float


@dataclass
class Sheet:
    """A page as a file describes it: its size, its signs, and the lines that are drawn across and downwards."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Edge] = field(default_factory=list)
    down: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A printed line; it is parted where wide gaps or a row of dots divide it, as lines of lists and contents are."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    is_parted: bool = False


@dataclass
class Box:
    """A cell: its text, its page, and in which row and column it begins and how many it spans, from 0."""

    text: str
    page: int
    row: int
    column: int
    rows: int
    columns: int


@dataclass
class Grid:
    """A table: the places of its vertical lines, its cells, its rows, and where it stands."""

    lines: list[float]
    boxes: list[Box]
    rows: int
    top: float
    bottom: float
    page: int


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point in the coordinates that a matrix leads to."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def multiplied(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does what the first does, and then what the second does."""
    a, b = applied((*second[:4], 0, 0), first[0], first[1])
    c, d = applied((*second[:4], 0, 0), first[2], first[3])
    return (a, b, c, d, *applied(second, first[4], first[5]))


def draw(sheet: Sheet, points: Sequence[tuple[float, float]], is_stroked: bool, thin: float) -> None:
    """Puts the lines of a path on a sheet: those that are stroked, and what is filled and so thin that it is a line."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if min(right - left, bottom - top) <= thin:
        draw_line(sheet, (left, top), (right, bottom), thin)
    elif is_stroked:
        for one, other in pairwise(points):
            draw_line(sheet, one, other, thin / 3)


def draw_line(sheet: Sheet, one: tuple[float, float], other: tuple[float, float], thin: float) -> None:
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if bottom - top <= thin and right - left > thin:
        sheet.across.append(Edge((top + bottom) / 2, left, right))
    elif right - left <= thin and bottom - top > thin:
        sheet.down.append(Edge((left + right) / 2, top, bottom))


def folded(text: str) -> str:
    """A text with the characters in place of the radicals that look like them; all else as it is.

    >>> folded("⼀⺠㈠")
    '一民㈠'
    """
    return text.translate(FOLDS)


def folds() -> dict[int, str]:
    kangxi = {code: normalise(chr(code)) or chr(code) for code in range(0x2E80, 0x2FD6)}
    return kangxi | {ord(radical): sign for radical, sign in zip(RADICALS[::2], RADICALS[1::2], strict=True)}


FOLDS = folds()


def printed_lines(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    """Signs as lines, from the top."""
    return [row for group in on_lines(glyphs) if (row := printed_line(group, page)).text]


def on_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Signs by the lines that they stand on; a raised or lowered one stands on its neighbours' line."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y, glyph.left)):
        first = groups[-1][0] if groups else None
        if first and glyph.y - first.y < 0.45 * max(first.size, glyph.size):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return groups


def usual_columns(found: Sequence[Columns | None]) -> Columns | None:
    """The columns of a document of which most pages have two; found are those of each page."""
    parted = [columns for columns in found if columns]
    if len(parted) <= len(found) / 2:
        return None
    return Columns(median(columns.gutter for columns in parted), median(columns.apart for columns in parted))


def in_reading_order(groups: list[list[Glyph]], columns: Columns | None, usual: Columns | None, page: int) -> list[Row]:
    """The lines of a page; of two columns the left one first, and the right one moved to where the left one is.

    groups are its signs by lines. usual is what other pages have; it tells better than a page of few or short lines
    does.
    """
    if usual:
        # A header and a footer cross the gutter on each page.
        crossing = sum(sides(group, usual.gutter) is None for group in groups)
        if crossing <= 2 + 0.3 * (len(groups) - 2):
            columns = usual
    if not columns:
        return [row for group in groups if (row := printed_line(group, page)).text]
    rows: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for group in groups:
        parts = sides(group, columns.gutter)
        if parts:
            left += printed_lines(parts[0], page)
            right += printed_lines(parts[1], page)
        else:
            rows += [*left, *moved(right, columns.apart), printed_line(group, page)]
            left, right = [], []
    return [row for row in [*rows, *left, *moved(right, columns.apart)] if row.text]


def moved(rows: list[Row], by: float) -> list[Row]:
    """Lines of a right column as if they stood where the left one does."""
    return [replace(row, left=row.left - by, right=row.right - by) for row in rows]


def sides(group: list[Glyph], gutter: float) -> tuple[list[Glyph], list[Glyph]] | None:
    """The signs of a line left and right of a gutter; None where the line crosses it."""
    near = 0.3 * group[0].size
    if any(glyph.left < gutter + near and glyph.right > gutter - near for glyph in group):
        return None
    ordered = sorted(group, key=lambda glyph: glyph.left)
    return [g for g in ordered if g.left < gutter], [g for g in ordered if g.left >= gutter]


def parted_at(groups: list[list[Glyph]], gutter: float) -> list[tuple[list[Glyph], list[Glyph]]]:
    """The sides of the lines that do not cross a gutter; none where most of the lines do."""
    parted = []
    for seen, group in enumerate(groups, 1):
        parts = sides(group, gutter)
        if parts:
            parted.append(parts)
        elif seen - len(parted) > 0.5 * len(groups):
            return []
    return parted


def columns_of(groups: list[list[Glyph]], width: float) -> Columns | None:
    """The two columns of a page; None for a page of one, and for a table without lines, whose cells are short."""
    for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5):
        gutter = width * (0.5 + 0.02 * step)
        both = [parts for parts in parted_at(groups, gutter) if parts[0] and parts[1]]
        if len(both) < TWO_COLUMNS or len(both) < 0.5 * len(groups):
            continue
        begin = min(left[0].left for left, _ in both)
        wide = sum(max(glyph.right for glyph in left) - begin > 0.7 * (gutter - begin) for left, _ in both)
        if wide > 0.6 * len(both):
            end, second = max(left[-1].right for left, _ in both), min(right[0].left for _, right in both)
            return Columns((end + second) / 2, second - begin)
    return None


def printed_line(group: list[Glyph], page: int) -> Row:
    """A line of signs from the left; a sign that is printed twice in one place, to look bold, is one."""
    group.sort(key=lambda glyph: glyph.left)
    text: list[str] = []
    last: Glyph | None = None
    is_parted = False
    for glyph in group:
        if last:
            gap = glyph.left - last.right
            # Two signs of one glyph (——, ff) stand in one place too, but follow each other in the file.
            again = glyph.sign == last.sign and glyph.left - last.left < 0.2 * glyph.size
            if again and (glyph.sign >= "\u2e80" or abs(glyph.turn - last.turn) != 1):
                continue
            is_parted = is_parted or gap > 2.5 * glyph.size
            latin = glyph.sign.isascii() and last.sign.isascii()
            if gap > (0.2 if latin else 0.9) * glyph.size:
                text.append(" ")
        text.append(glyph.sign)
        last = glyph
    sizes = Counter(round(glyph.size, 2) for glyph in group)
    size, base = sizes.most_common(1)[0][0], median(glyph.y for glyph in group)
    right = max(glyph.right for glyph in group)
    line = folded("".join(text)).strip()
    is_parted = is_parted or LEADER.search(line) is not None
    return Row(line, group[0].left, right, base, size or 1.0, page, is_parted)


def merged(edges: Iterable[Edge], near: float) -> list[Edge]:
    """Lines that are drawn in pieces, or twice, as one."""
    made: list[Edge] = []
    for edge in sorted(edges):
        at = len(made) - 1
        while at >= 0 and edge.at - made[at].at <= near and not overlap(edge, made[at], near):
            at -= 1
        if at >= 0 and edge.at - made[at].at <= near:
            other = made[at]
            made[at] = Edge(other.at, min(edge.begin, other.begin), max(edge.end, other.end))
        else:
            made.append(edge)
    return made


def overlap(one: Edge, other: Edge, near: float) -> bool:
    return one.begin <= other.end + near and other.begin <= one.end + near


def together(across: list[Edge], down: list[Edge], near: float) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """The groups of lines that meet."""
    waiting_down = set(range(len(down)))
    waiting = set(range(len(across)))
    while waiting:
        heads, tails, fresh = {waiting.pop()}, set[int](), True
        while fresh:
            more = {d for d in waiting_down if any(meet(across[a], down[d], near) for a in heads)}
            waiting_down -= more
            tails |= more
            others = {a for a in waiting if any(meet(across[a], down[d], near) for d in more)}
            waiting -= others
            heads |= others
            fresh = bool(others)
        if tails:
            yield [across[a] for a in sorted(heads)], [down[d] for d in sorted(tails)]


def meet(across: Edge, down: Edge, near: float) -> bool:
    return across.begin - near <= down.at <= across.end + near and down.begin - near <= across.at <= down.end + near


def places(values: Iterable[float], near: float) -> list[float]:
    """Values without those that are nearly one of the others."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > near:
            made.append(value)
    return made


def take_tables(sheet: Sheet) -> list[Grid]:
    """The tables with lines of a page; their signs are taken from it."""
    near = sheet.width / 200
    if len(sheet.across) > EDGES or len(sheet.down) > EDGES:
        return []
    grids = []
    for across, down in together(merged(sheet.across, near), merged(sheet.down, near), near):
        xs = places([*(e.at for e in down), min(e.begin for e in across), max(e.end for e in across)], 2 * near)
        ys = places([*(e.at for e in across), min(e.begin for e in down), max(e.end for e in down)], near)
        if 3 <= len(xs) <= COLUMNS + 1 and 2 <= len(ys) <= ROWS + 1:
            signs, grid = sheet.glyphs, read_grid(sheet, xs, ys, across, down)
            if len(grid.boxes) > 1:
                grids.append(grid)
            else:
                # One cell is a frame around text of the page.
                sheet.glyphs = signs
    return grids


def read_grid(sheet: Sheet, xs: list[float], ys: list[float], across: list[Edge], down: list[Edge]) -> Grid:
    """The cells between lines: fields without a line between them are one cell, that spans them."""
    owner = joined_fields(xs, ys, across, down)
    held: dict[tuple[int, int], list[Glyph]] = {}
    left: list[Glyph] = []
    for glyph in sheet.glyphs:
        column = bisect_right(xs, (glyph.left + glyph.right) / 2) - 1
        row = bisect_right(ys, glyph.y - 0.35 * glyph.size) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            held.setdefault(owner[row, column], []).append(glyph)
        else:
            left.append(glyph)
    sheet.glyphs = left
    boxes = []
    cells: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at, root in owner.items():
        cells.setdefault(root, []).append(at)
    for root, fields in sorted(cells.items()):
        last_row, last_column = max(row for row, _ in fields), max(column for _, column in fields)
        first_row, first_column = min(row for row, _ in fields), min(column for _, column in fields)
        text = cell_text(printed_lines(held.get(root, []), sheet.number), xs[last_column + 1] - xs[first_column])
        size = (last_row - first_row + 1, last_column - first_column + 1)
        boxes.append(Box(text, sheet.number, first_row, first_column, *size))
    return Grid(xs, boxes, len(ys) - 1, ys[0], ys[-1], sheet.number)


def joined_fields(
    xs: list[float], ys: list[float], across: list[Edge], down: list[Edge]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field of a grid the first field of its cell: no line is drawn between those of one."""
    near = (xs[-1] - xs[0]) / 100
    right_of_column = [[edge for edge in down if abs(edge.at - x) <= near] for x in xs[1:-1]]
    below_row = [[edge for edge in across if abs(edge.at - y) <= near] for y in ys[1:-1]]
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    for row, column in list(owner):
        middle_y, middle_x = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
        if column < len(right_of_column) and not is_drawn(right_of_column[column], middle_y):
            join(owner, (row, column), (row, column + 1))
        if row < len(below_row) and not is_drawn(below_row[row], middle_x):
            join(owner, (row, column), (row + 1, column))
    return {at: root_of(owner, at) for at in owner}


def root_of(owner: dict[tuple[int, int], tuple[int, int]], at: tuple[int, int]) -> tuple[int, int]:
    """The first field of a cell; the way to it is shortened for those that come later."""
    while owner[at] != at:
        owner[at] = at = owner[owner[at]]
    return at


def join(owner: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = sorted((root_of(owner, one), root_of(owner, other)))
    owner[second] = first


def is_drawn(edges: list[Edge], through: float) -> bool:
    return any(edge.begin <= through <= edge.end for edge in edges)


def cell_text(rows: list[Row], width: float) -> str:
    """The lines of a cell; one that fills the cell was broken, and goes on in the next."""
    text = ""
    for row, following in pairwise([*rows, None]):
        assert row is not None
        text += row.text
        if following:
            full = width - (row.right - row.left) < 2.4 * row.size + width / 50
            text += glue(row.text, following.text) if full else "\n"
    return text


def glue(before: str, after: str) -> str:
    """What stands between two pieces of a paragraph: a space where a Latin word ends and another begins."""
    return (
        " "
        if re.search(r"[A-Za-z,.;]$", before) and re.match("[A-Za-z]", after) and before.isascii()
        else (" " if re.search("[A-Za-z]$", before) and re.match("[A-Za-z]", after) else "")
    )


def read_sheets(sheets: Sequence[Sheet], form: str, file: int) -> Document:
    """The document on pages: furniture aside, tables over several pages as one, paragraphs joined."""
    flow: list[Row | Grid] = []
    sizes: dict[int, tuple[float, float]] = {}
    tables = [take_tables(sheet) for sheet in sheets]
    lined = [on_lines(sheet.glyphs) for sheet in sheets]
    parted = [columns_of(groups, sheet.width) for groups, sheet in zip(lined, sheets, strict=True)]
    usual = usual_columns(parted)
    for sheet, grids, groups, columns in zip(sheets, tables, lined, parted, strict=True):
        rows = in_reading_order(groups, columns, usual, sheet.number)
        flow += between(rows, grids)
        sizes[sheet.number] = (sheet.width, sheet.height)
    document = Document(form)
    flow = without_furniture(flow, sizes, document, file)
    flow = with_whole_tables(flow, document, file)
    width = mode(round(sheet.width, 1) for sheet in sheets)
    rows = [item for item in flow if isinstance(item, Row)]
    if usual and rows:
        width = usual.gutter + edge_of([row.left for row in rows], 1.0)
    Writer(document, file).write(flow, Body.of(rows, width))
    return document


def between(rows: list[Row], grids: list[Grid]) -> list[Row | Grid]:
    """The lines and tables of a page from its top; a table stands before the first line that is below its head."""
    made: list[Row | Grid] = []
    waiting = sorted(grids, key=lambda grid: grid.top)
    for row in rows:
        while waiting and waiting[0].top < row.y:
            made.append(waiting.pop(0))
        made.append(row)
    return made + list(waiting)


def without_furniture(
    flow: list[Row | Grid], sizes: dict[int, tuple[float, float]], document: Document, file: int
) -> list[Row | Grid]:
    """The flow without page numbers, headers and footers, which go to the document's furniture."""
    rows = [row for row in flow if isinstance(row, Row)]
    pages: dict[int, list[int]] = {page: [] for page in sizes}
    for index, row in enumerate(rows):
        pages[row.page].append(index)

    def is_in_margin(index: int) -> bool:
        row, height = rows[index], sizes[rows[index].page][1]
        number = page_number(row.text)
        return not MARGIN * height < row.y < (1 - MARGIN) * height or (number is not None and number[1])

    dropped = at_edges([row.text for row in rows], list(pages.values()), is_in_margin)
    document.furniture += [Line(rows[i].text, Place(file, rows[i].page)) for i in sorted(dropped)]
    gone = {id(rows[i]) for i in dropped}
    return [item for item in flow if id(item) not in gone]


def with_whole_tables(flow: list[Row | Grid], document: Document, file: int) -> list[Row | Grid]:
    """The flow with each table that a page break cut made one again; a line that only says so (续表) is furniture."""
    made: list[Row | Grid] = []
    for item in flow:
        said = (
            made[-1] if made and isinstance(made[-1], Row) and CONTINUED.fullmatch(normalise(made[-1].text)) else None
        )
        last = made[-2] if said and len(made) > 1 else made[-1] if made else None
        if isinstance(item, Grid) and isinstance(last, Grid) and goes_on(last, item):
            texts = [said.text] if isinstance(said, Row) else []
            del made[len(made) - len(texts) :]
            texts += continue_table(last, item)
            document.furniture += [Line(text, Place(file, item.page), whole=True) for text in texts]
        else:
            made.append(item)
    return made


def goes_on(first: Grid, second: Grid) -> bool:
    """Whether a table is the rest of one on the page before: its columns are the same."""
    near = (first.lines[-1] - first.lines[0]) / 60
    return (
        second.page == max(box.page for box in first.boxes) + 1
        and len(first.lines) == len(second.lines)
        and all(abs(a - b) <= near for a, b in zip(first.lines, second.lines, strict=True))
    )


def continue_table(first: Grid, second: Grid) -> list[str]:
    """Puts the rows of a table's rest below it; returns the texts of the header that was printed again."""
    header = repeated_header(first, second)
    gone = [box.text for box in second.boxes if box.row < header and box.text]
    rest = [box for box in second.boxes if box.row >= header]
    for box in rest:
        box.row -= header
    serial = serial_column(first)
    opening = [box for box in rest if box.row == 0]
    cut = serial is not None and not any(box.text for box in opening if box.column <= serial < box.column + box.columns)
    offset = first.rows - (1 if cut and any(box.text for box in opening) else 0)
    above = {box.column: box for box in first.boxes if box.row + box.rows == first.rows}
    for box in rest:
        box.row += offset
        upper = above.get(box.column) if box in opening and above.get(box.column, box).columns == box.columns else None
        spans_on = upper is not None and spans_over(upper, box, serial)
        if upper is not None and (offset < first.rows or spans_on):
            upper.text += glue(upper.text, box.text) + box.text
            upper.rows = box.row + box.rows - upper.row
        else:
            first.boxes.append(box)
    first.rows = offset + second.rows - header
    return gone


def spans_over(upper: Box, lower: Box, serial: int | None) -> bool:
    """Whether two cells above and below a page break are one that spans it: one of them has no text."""
    if upper.text and lower.text:
        return False
    return upper.rows > 1 or lower.rows > 1 or (serial is not None and lower.column < serial)


def repeated_header(first: Grid, second: Grid) -> int:
    """How many rows of a table's rest repeat the first ones of the table."""
    count = 0
    while count < min(3, second.rows - 1) and row_texts(first, count) == row_texts(second, count) != []:
        count += 1
    digits = any(re.fullmatch(r"\d+", text) for row in range(count) for text in row_texts(second, row))
    return 0 if digits else count


def row_texts(grid: Grid, row: int) -> list[str]:
    return [normalise(box.text) for box in grid.boxes if box.row == row and box.text]


def serial_column(grid: Grid) -> int | None:
    """The column of a table that counts its lines, among the first three."""
    for column in range(3):
        texts = [normalise(box.text) for box in grid.boxes if box.column == column]
        if sum(re.fullmatch(r"\d{1,3}[.、]?", text) is not None for text in texts) >= 2 or {"序号", "编号"} & set(
            texts
        ):
            return column
    return None


# So many characters may the first line of a paragraph be indented; what begins further in is no line of text.
DEEPEST = 4.5


@dataclass
class Body:
    """How the text of a document is set: its margins, whether paragraphs are indented or spaced, leading, size."""

    left: float
    right: float
    indented: bool
    leading: float
    size: float
    spaced: bool = False

    @staticmethod
    def of(rows: list[Row], width: float) -> "Body":
        """How these lines are set on pages, or columns, of a width."""
        if not rows:
            return Body(0, 0, False, 0, 1)
        size = Counter(round(row.size, 1) for row in rows for _ in range(1 + len(row.text) // 10)).most_common(1)[0][0]
        left = edge_of([row.left for row in rows], size)
        gaps = [b.y - a.y for a, b in pairwise(rows) if a.page == b.page and b.y > a.y]
        body = Body(left, right_of(rows, left, width, size), False, median(gaps) if gaps else 0.0, size)
        indents = sum(body.is_indented(row) for row in rows)
        body.indented = indents >= max(2, 0.08 * len(rows)) and any(body.is_flush(row) for row in rows)
        body.spaced = body.is_spaced(rows)
        return body

    def is_spaced(self, rows: list[Row]) -> bool:
        """Whether there is more space behind lines that end a paragraph, those that end early."""
        gaps = [
            b.y - a.y
            for a, b in pairwise(rows)
            if a.page == b.page and self.right - a.right > 3 * a.size and abs(a.size - b.size) < 0.08 * a.size
        ]
        wide = sum(gap > 1.15 * self.leading + 0.1 * self.size for gap in gaps)
        return len(gaps) >= 3 and wide >= 0.7 * len(gaps)

    def is_flush(self, row: Row) -> bool:
        return abs(row.left - self.left) < 0.8 * row.size

    def is_indented(self, row: Row) -> bool:
        return 1.2 * row.size <= row.left - self.left <= DEEPEST * row.size and not self.is_centred(row)

    def is_centred(self, row: Row) -> bool:
        aside = row.left - self.left
        middle = abs((row.left + row.right) - (self.left + self.right)) / 2
        return aside > 2.5 * row.size and middle < 0.75 * row.size

    def is_full(self, row: Row, following: Row) -> bool:
        """Whether a line ends because the first word of the next had no room."""
        word = re.match(r"[0-9A-Za-z.%‰/]+", following.text)
        need = len(word[0]) * 0.55 * row.size if word else row.size
        if re.match(r".[，。、；：！？）》”’]", following.text) or re.match(r"[（《“‘]", following.text):
            need += row.size
        return self.right - row.right < need + 0.7 * row.size

    def joins(self, paragraph: list[Row], row: Row) -> bool | None:
        """Whether a line continues a paragraph; None where the geometry does not say."""
        last = paragraph[-1]
        if abs(last.size - row.size) > 0.08 * last.size or last.is_parted or row.is_parted:
            return False
        if self.is_centred(row):
            return self.joins_title(last, row)
        if not self.is_full(last, row):
            in_title = row.size > 1.1 * self.size and self.is_near(last, row) and last.text[-1] not in SENTENCE_ENDS
            return None if in_title and not STARTS.match(row.text) else False
        if last.left - self.left > DEEPEST * last.size and self.is_flush(row):
            return False
        ended = last.text[-1] in SENTENCE_ENDS
        if STARTS.match(row.text) or not self.is_near(last, row):
            return False if ended or not self.is_flush(row) else None
        if self.is_flush(row) or self.stays(paragraph, row):
            told = self.indented or (self.spaced and last.page == row.page)
            return True if told or not ended else None
        return False if ended or (self.indented and self.is_indented(row)) else None

    def joins_title(self, last: Row, row: Row) -> bool | None:
        """Whether a centred line continues the line before: a wide one in the middle, too, was broken."""
        in_middle = abs((last.left + last.right) - (self.left + self.right)) / 2 < 0.75 * last.size
        if not in_middle or STARTS.match(row.text) or not self.is_near(last, row):
            return False
        if last.right - last.left > 0.7 * (self.right - self.left):
            return True
        return None if row.size > 1.1 * self.size else False

    def is_near(self, last: Row, row: Row) -> bool:
        """Whether no more than the usual leading is between two lines; over the end of a page nobody can say."""
        return last.page != row.page or row.y - last.y <= 1.15 * self.leading + 0.1 * self.size

    def stays(self, paragraph: list[Row], row: Row) -> bool:
        """Whether a line begins where the last one of its paragraph does, or hangs below a number."""
        last = paragraph[-1]
        if len(paragraph) > 1:
            return abs(row.left - last.left) < 0.3 * row.size
        hangs = STARTS.match(last.text) is not None and self.is_flush(last) and last.text[-1] not in SENTENCE_ENDS
        return hangs and 0 < row.left - last.left < DEEPEST * row.size


SENTENCE_ENDS = set(SENTENCE_END) | set("。；！？：）】")


def edge_of(values: list[float], size: float) -> float:
    """The left margin: the leftmost place where a tenth of the lines begin."""
    places_of = sorted(values)
    for value in places_of:
        if sum(abs(other - value) < 0.5 * size for other in places_of) >= max(1, len(places_of) / 10):
            return value
    return places_of[0]


def right_of(rows: list[Row], left: float, width: float, size: float) -> float:
    """The right margin: the rightmost place where some lines end, where that can be one; else as wide as the left one.

    Short lines may end in one place by chance; many of them do not.
    """
    ends = sorted((row.right for row in rows), reverse=True)
    enough = max(3, len(ends) // 50)
    runs = zip(ends, ends[enough - 1 :], strict=False)
    right = next((end for end, other in runs if end - other < 1.2 * size), 0.0)
    agreeing = sum(right - 1.2 * size < end <= right for end in ends) if right - left > 8 * size else 0
    if right - left > 0.75 * (width - 2 * left) or (agreeing >= 6 and agreeing > 0.3 * len(ends)):
        return right
    return max(ends[0], width - left - 0.5 * size)


@dataclass
class Writer:
    """Writes the flow of a document into its lines, and counts them."""

    document: Document
    file: int
    paragraphs: int = 0
    tables: int = 0

    def write(self, flow: list[Row | Grid], body: Body) -> None:
        paragraph: list[Row] = []
        certain = True
        for item in flow:
            if isinstance(item, Grid):
                # A table may stand within a sentence.
                begins = (
                    not paragraph
                    or paragraph[-1].text[-1] in SENTENCE_ENDS
                    or not body.is_full(paragraph[-1], paragraph[-1])
                )
                self.write_paragraph(paragraph, certain and begins)
                paragraph, certain = [], begins
                self.write_table(item)
                continue
            answer = body.joins(paragraph, item) if paragraph else False
            if answer:
                paragraph.append(item)
            else:
                self.write_paragraph(paragraph, certain and answer is not None)
                paragraph, certain = [item], (certain if not paragraph else True) and answer is not None
        self.write_paragraph(paragraph, certain)

    def write_paragraph(self, rows: list[Row], whole: bool) -> None:
        if rows:
            self.paragraphs += 1
            text = rows[0].text
            for last, row in pairwise(rows):
                text += glue(last.text, row.text) + row.text
            self.document.lines.append(Line(text, Place(self.file, rows[0].page, self.paragraphs), whole=whole))

    def write_table(self, grid: Grid) -> None:
        self.tables += 1
        for box in sorted(grid.boxes, key=lambda box: (box.row, box.column)):
            if box.text:
                self.paragraphs += 1
                at = (self.tables, box.row + 1, box.column + 1, box.rows, box.columns)
                self.document.lines.append(Line(box.text, Place(self.file, box.page, self.paragraphs, *at), whole=True))
