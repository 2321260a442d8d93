"""Lines, tables and paragraphs from the places of signs and drawn lines: each bound is asked at both its sides."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, replace
from typing import Any

import pytest

from plandata.texts.formats import layout
from plandata.texts.formats.document import Document
from plandata.texts.formats.layout import (
    Body,
    Box,
    Columns,
    Edge,
    Glyph,
    Grid,
    Row,
    Sheet,
    Writer,
    applied,
    between,
    cell_text,
    columns_of,
    continue_table,
    draw,
    edge_of,
    glue,
    goes_on,
    in_reading_order,
    is_drawn,
    meet,
    merged,
    multiplied,
    on_lines,
    parted_at,
    places,
    printed_line,
    read_grid,
    read_sheets,
    repeated_header,
    right_of,
    serial_column,
    sides,
    spans_over,
    take_tables,
    together,
    usual_columns,
    with_whole_tables,
    without_furniture,
)

COLUMNS = Columns(100, 110)


def row(text: str = "坚持以人民为中心", left: float = 0, right: float = 100, y: float = 0, **more: Any) -> Row:
    return replace(Row(text, left, right, y, 10, 1), **more)


def sign(left: float, right: float, y: float = 0, size: float = 10, text: str = "字", turn: int = 0) -> Glyph:
    return Glyph(text, left, right, y, size, turn)


def signs(text: str, left: float, y: float) -> list[Glyph]:
    """Signs side by side, as wide as high."""
    return [sign(left + 10 * n, left + 10 * n + 10, y, text=each, turn=n) for n, each in enumerate(text)]


def test_a_matrix_moves_a_point_and_two_do_so_one_after_the_other() -> None:
    first, second = (1, 2, 3, 4, 5, 6), (7, 8, 9, 10, 11, 12)
    assert applied(first, 10, 100) == (315, 426)
    for point in ((0, 0), (1, 0), (0, 1), (13, 14)):
        assert applied(multiplied(first, second), *point) == applied(second, *applied(first, *point))


@pytest.mark.parametrize(
    ("points", "is_stroked", "across", "down"),
    [
        ([(0, 0)], True, [], []),
        ([(40, 5), (10, 5)], True, [Edge(5, 10, 40)], []),
        ([(5, 40), (5, 10)], True, [], [Edge(5, 10, 40)]),
        ([(0, 0), (40, 0), (40, 3), (0, 3)], False, [Edge(1.5, 0, 40)], []),
        ([(0, 0), (3, 0), (3, 40), (0, 40)], False, [], [Edge(1.5, 0, 40)]),
        ([(0, 0), (40, 0), (40, 4), (0, 4)], False, [], []),
        ([(0, 0), (3, 0), (3, 3), (0, 3)], False, [], []),
        ([(0, 0), (4, 0), (4, 3), (0, 3)], False, [Edge(1.5, 0, 4)], []),
        ([(0, 0), (3, 0), (3, 4), (0, 4)], False, [], [Edge(1.5, 0, 4)]),
        ([(0, 0), (40, 0), (40, 20)], True, [Edge(0, 0, 40)], [Edge(40, 0, 20)]),
        ([(0, 0), (40, 1), (41, 20)], True, [Edge(0.5, 0, 40)], [Edge(40.5, 1, 20)]),
        ([(0, 0), (40, 1.2), (41.2, 20)], True, [], []),
        ([(0, 0), (40, 20)], True, [], []),
    ],
)
def test_what_is_thin_and_what_is_stroked_upright_or_level_is_a_line(
    points: list[tuple[float, float]], is_stroked: bool, across: list[Edge], down: list[Edge]
) -> None:
    sheet = Sheet(1, 600, 800)
    draw(sheet, [(x + 100, y + 200) for x, y in points], is_stroked, 3)
    assert sheet.across == [Edge(at + 200, begin + 100, end + 100) for at, begin, end in across]
    assert sheet.down == [Edge(at + 100, begin + 200, end + 200) for at, begin, end in down]


@pytest.mark.parametrize(
    ("places", "lines"),
    [
        ([(0, 10), (4.4, 10)], 1),
        ([(0, 10), (4.5, 10)], 2),
        ([(0, 10), (4.4, 5)], 1),
        ([(0, 5), (4.4, 10)], 1),
        ([(0, 5), (4.4, 5)], 2),
        ([(0, 10), (4, 10), (8, 10)], 2),
        ([(0, 10), (20, 10), (40, 10), (44, 10)], 3),
    ],
)
def test_a_raised_sign_stands_on_the_line_of_the_highest_one(places: list[tuple[float, float]], lines: int) -> None:
    assert len(on_lines([sign(0, 10, y, size) for y, size in places])) == lines


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ([sign(10, 20, text="乙"), sign(0, 10, text="甲")], "甲乙"),
        ([sign(20, 30), sign(21.9, 31.9, turn=1)], "字"),
        ([sign(20, 30), sign(22, 32, turn=1)], "字字"),
        ([sign(0, 10, text="—", turn=3), sign(1, 11, text="—", turn=4)], "——"),
        ([sign(0, 10, text="—", turn=4), sign(1, 11, text="—", turn=3)], "——"),
        ([sign(0, 10, text="—", turn=3), sign(1, 11, text="—", turn=5)], "—"),
        ([sign(0, 10, text="甲"), sign(1, 11, text="乙")], "甲乙"),
        ([sign(0, 10), sign(19, 29)], "字字"),
        ([sign(0, 10), sign(19.1, 29)], "字 字"),
        ([sign(0, 10, text="a"), sign(12, 22, text="b")], "ab"),
        ([sign(0, 10, text="a"), sign(12.1, 22, text="b")], "a b"),
        ([sign(0, 10, text="a"), sign(15, 25)], "a字"),
        ([sign(0, 10), sign(15, 25, text="b")], "字b"),
        ([sign(0, 10, text="⼀"), sign(10, 20, text=" ")], "一"),
    ],
)
def test_a_line_has_its_signs_from_the_left_with_spaces_where_there_is_room(group: list[Glyph], text: str) -> None:
    assert printed_line(group, 1).text == text


@pytest.mark.parametrize(
    ("group", "is_parted"),
    [
        ([sign(0, 10), sign(35, 45)], False),
        ([sign(0, 10), sign(36, 46), sign(46, 56)], True),
        (signs("前言...3", 0, 0), True),
        (signs("前言..3", 0, 0), False),
        (signs("前言...", 0, 0), True),
    ],
)
def test_a_wide_gap_and_a_row_of_dots_part_a_line(group: list[Glyph], is_parted: bool) -> None:
    assert printed_line(group, 1).is_parted is is_parted


def test_a_line_is_where_most_of_its_signs_are_and_as_wide_as_all() -> None:
    made = printed_line([sign(5, 15, 20), sign(15, 40, 21), sign(25, 30, 15, 5)], 3)
    assert made == Row("字字字", 5, 40, 20, 10, 3)
    assert printed_line([sign(0, 10, size=0)], 1).size == 1


@pytest.mark.parametrize(
    ("found", "usual"),
    [
        ([], None),
        ([COLUMNS, None], None),
        ([COLUMNS, None, Columns(104, 120)], Columns(102, 115)),
        ([None, None, COLUMNS], None),
    ],
)
def test_a_document_has_two_columns_where_most_of_its_pages_do(
    found: list[Columns | None], usual: Columns | None
) -> None:
    assert usual_columns(found) == usual


@pytest.mark.parametrize(
    ("left", "right", "is_aside"),
    [(87, 97, True), (88, 98, False), (103, 113, True), (102, 112, False), (50, 150, False)],
)
def test_a_line_is_on_one_side_of_a_gutter_where_none_of_its_signs_is_near_it(
    left: float, right: float, is_aside: bool
) -> None:
    assert (sides([sign(left, right)], 100) is not None) is is_aside


def test_the_sides_of_a_gutter_have_their_signs_from_the_left() -> None:
    one, two, three, four = (sign(left, left + 10) for left in (0, 20, 120, 140))
    assert sides([four, two, three, one], 100) == ([one, two], [three, four])


@pytest.mark.parametrize(("crossing", "parted"), [(2, 2), (3, 0)])
def test_a_gutter_that_most_lines_cross_is_none(crossing: int, parted: int) -> None:
    lines = [[sign(90, 110)]] * crossing + [[sign(0, 10), sign(120, 130)]] * (4 - crossing)
    assert len(parted_at(lines, 100)) == parted
    assert len(parted_at(lines[::-1], 100)) == parted


def two_columns(gutter: float, left: Sequence[float], alone: int = 0) -> list[list[Glyph]]:
    """Lines of two columns on a page 1,000 wide, the left ones with these ends, and some that have one column only."""
    both = [
        [*pair, sign(gutter + 10, gutter + 20), sign(gutter + 30, 960)]
        for pair in ([sign(100, 110), sign(end - 10, end)] for end in left)
    ]
    return both + [[sign(100, 300) if n % 2 else sign(600, 960)] for n in range(alone)]


@pytest.mark.parametrize(
    ("gutter", "left", "alone", "columns"),
    [
        *((gutter, [gutter - 10.0] * 8, 0, Columns(gutter, gutter - 90)) for gutter in range(400, 620, 20)),
        *((gutter, [gutter - 10.0] * 8, 0, None) for gutter in (380, 620)),
        (500, [490] * 8, 8, Columns(500, 410)),
        (500, [490] * 8, 9, None),
        (500, [490] * 7, 0, None),
        (500, [490] * 6 + [381] + [300] * 3, 0, Columns(500, 410)),
        (500, [490] * 6 + [380] + [300] * 3, 0, None),
    ],
)
def test_a_page_has_two_columns_where_enough_long_lines_stand_side_by_side(
    gutter: float, left: Sequence[float], alone: int, columns: Columns | None
) -> None:
    assert columns_of(two_columns(gutter, left, alone), 1000) == columns


@pytest.mark.parametrize(("crossing", "order"), [(5, "甲丙戊乙丁己"), (6, "甲乙丙丁戊己")])
def test_a_page_whose_lines_cross_the_usual_gutter_has_one_column(crossing: int, order: str) -> None:
    lines = [[sign(90, 110, text="头")]] * crossing
    lines += [[sign(0, 10, text=a), sign(115, 125, text=b)] for a, b in ("甲乙", "丙丁", "戊己")]
    lines += [[sign(0, 10, text="左")]] * (9 - crossing)
    made = in_reading_order(lines, None, COLUMNS, 1)
    assert "".join(row.text.replace(" ", "") for row in made).replace("头", "").replace("左", "") == order


def test_a_line_across_both_columns_ends_them_and_the_right_one_moves_to_the_left() -> None:
    lines = [
        [sign(0, 10, text="甲"), sign(115, 125, text="乙")],
        [sign(90, 110, 20, text="题")],
        [sign(0, 10, 40, text="丙"), sign(120, 130, 40, text="丁")],
        [sign(0, 10, 60, text=" ")],
    ]
    made = [(row.text, row.left, row.right, row.page) for row in in_reading_order(lines, COLUMNS, None, 2)]
    assert made == [("甲", 0, 10, 2), ("乙", 5, 15, 2), ("题", 90, 110, 2), ("丙", 0, 10, 2), ("丁", 10, 20, 2)]
    assert [row.text for row in in_reading_order(lines, None, None, 2)] == ["甲 乙", "题", "丙 丁"]
    assert [row.text for row in in_reading_order(lines, None, COLUMNS, 2)] == ["甲", "乙", "题", "丙", "丁"]


@pytest.mark.parametrize(
    ("edges", "lines"),
    [
        ([], []),
        ([(0, 0, 10), (0, 10, 20)], [(0, 0, 20)]),
        ([(0, 0, 10), (0, 12, 20)], [(0, 0, 20)]),
        ([(0, 0, 10), (0, 13, 20)], [(0, 0, 10), (0, 13, 20)]),
        ([(0, 12, 20), (1, 0, 10)], [(0, 0, 20)]),
        ([(0, 13, 20), (1, 0, 10)], [(0, 13, 20), (1, 0, 10)]),
        ([(2, 5, 30), (0, 0, 40)], [(0, 0, 40)]),
        ([(3, 0, 10), (0, 0, 10)], [(0, 0, 10), (3, 0, 10)]),
        ([(0, 0, 10), (1, 50, 60), (2, 5, 20)], [(0, 0, 20), (1, 50, 60)]),
        ([(0, 0, 10), (1, 50, 60), (3, 5, 20)], [(0, 0, 10), (1, 50, 60), (3, 5, 20)]),
        ([(0, 0, 10), (1, 50, 60), (2, 80, 90)], [(0, 0, 10), (1, 50, 60), (2, 80, 90)]),
    ],
)
def test_a_line_in_pieces_or_drawn_twice_is_one(
    edges: Sequence[tuple[float, float, float]], lines: Sequence[tuple[float, float, float]]
) -> None:
    made = merged([Edge(at + 100, begin, end) for at, begin, end in edges], 2)
    assert made == [Edge(at + 100, begin, end) for at, begin, end in lines]


@pytest.mark.parametrize(
    ("at", "begin", "end", "do"),
    [
        (12, 0, 9, True), (13, 0, 9, False), (-2, 0, 9, True), (-3, 0, 9, False),
        (5, 7, 9, True), (5, 8, 9, False), (5, 0, 3, True), (5, 0, 2, False),
    ],
)  # fmt: skip
def test_lines_meet_where_one_nearly_reaches_the_other(at: float, begin: float, end: float, do: bool) -> None:
    assert meet(Edge(5, 0, 10), Edge(at, begin, end), 2) is do


def test_lines_that_meet_are_together_however_long_the_way_from_one_to_the_other() -> None:
    across = [Edge(0, 0, 10), Edge(20, 10, 20), Edge(40, 20, 30), Edge(0, 70, 80), Edge(60, 0, 90)]
    down = [Edge(10, 0, 20), Edge(20, 20, 40), Edge(75, 0, 9)]
    made = list(together(across, down, 1))
    assert made == [(across[:3], down[:2]), ([across[3]], [down[2]])]


def test_values_near_another_are_one_with_it() -> None:
    assert places([6, 3, 1, 4], 2) == [1, 4]
    assert places([], 2) == []


@pytest.mark.parametrize(("through", "is_one"), [(9.9, False), (10, True), (20, True), (20.1, False)])
def test_a_line_is_drawn_from_its_begin_to_its_end(through: float, is_one: bool) -> None:
    assert is_drawn([Edge(0, 10, 20)], through) is is_one


def sheet_of(xs: Iterable[float], ys: Iterable[float], *glyphs: Glyph) -> Sheet:
    """A sheet with lines over its whole table, and signs."""
    (left, *_, right), (top, *_, bottom) = xs, ys = sorted(xs), sorted(ys)
    return Sheet(1, 400, 600, [*glyphs], [Edge(y, left, right) for y in ys], [Edge(x, top, bottom) for x in xs])


@pytest.mark.parametrize(
    ("xs", "ys", "size"),
    [
        ((0, 50, 100), (0, 20), (1, 2)),
        ((0, 50, 54, 100), (0, 20), (1, 2)),
        ((0, 50, 55, 100), (0, 20), (1, 3)),
        ((0, 50, 100), (0, 20, 22, 40), (2, 2)),
        ((0, 50, 100), (0, 20, 23, 40), (3, 2)),
        ((0, 100), (0, 20, 40), None),
        ((0, 50, 100), (0, 2), None),
    ],
)
def test_a_table_has_two_columns_and_its_lines_stand_apart(
    xs: tuple[float, ...], ys: tuple[float, ...], size: tuple[int, int] | None
) -> None:
    grids = take_tables(sheet_of(xs, ys))
    assert [(grid.rows, len(grid.lines) - 1, len(grid.boxes)) for grid in grids] == (
        [] if size is None else [(*size, size[0] * size[1])]
    )


@pytest.mark.parametrize(
    ("limit", "xs", "ys", "enough"),
    [("EDGES", 4, 3, 4), ("EDGES", 3, 4, 4), ("COLUMNS", 4, 3, 3), ("ROWS", 3, 4, 3)],
)
def test_more_lines_than_a_table_has_are_a_drawing(
    monkeypatch: pytest.MonkeyPatch, limit: str, xs: int, ys: int, enough: int
) -> None:
    for most in (enough, enough - 1):
        monkeypatch.setattr(layout, limit, most)
        grids = take_tables(sheet_of(range(0, 50 * xs, 50), range(0, 20 * ys, 20)))
        assert len(grids) == (most == enough)


def cells(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(box.text, box.row, box.column, box.rows, box.columns) for box in grid.boxes]


@pytest.mark.parametrize(
    ("glyph", "cell"),
    [
        (sign(-10, 10, 13), (0, 0)),
        (sign(-12, 10, 13), None),
        (sign(44, 54, 13), (0, 0)),
        (sign(46, 56, 13), (0, 1)),
        (sign(89, 109, 13), (0, 1)),
        (sign(91, 109, 13), None),
        (sign(0, 10, 23), (0, 0)),
        (sign(0, 10, 24), (1, 0)),
        (sign(0, 10, 3), None),
        (sign(0, 10, 43), (1, 0)),
        (sign(0, 10, 44), None),
    ],
)
def test_a_sign_is_in_the_cell_that_holds_its_middle(glyph: Glyph, cell: tuple[int, int] | None) -> None:
    sheet = sheet_of((0, 50, 100), (0, 20, 40), glyph)
    (grid,) = take_tables(sheet)
    assert [(box.row, box.column) for box in grid.boxes if box.text] == ([cell] if cell else [])
    assert sheet.glyphs == ([] if cell else [glyph])
    assert (grid.top, grid.bottom, grid.page, grid.lines) == (0, 40, 1, [0, 50, 100])


@pytest.mark.parametrize(("aside", "is_line"), [(-1.5, True), (1.5, True), (-2, False), (2, False)])
def test_fields_without_a_line_between_them_are_one_cell(aside: float, is_line: bool) -> None:
    xs, ys = [100.0, 150, 200, 250], [200.0, 220, 240, 260]
    across = [Edge(200, 100, 250), Edge(220, 100, 250), Edge(240 + aside, 100, 150), Edge(240, 150, 200)]
    down = [Edge(100, 200, 260), Edge(150, 220, 260), Edge(200, 200, 260), Edge(250, 200, 260)]
    wide = [*signs("健全妇女权益保障", 110, 210), *signs("制度", 110, 218)]
    sheet = Sheet(1, 200, 300, [*wide, *signs("丙", 220, 245), *signs("丁", 220, 255)])
    made = cells(read_grid(sheet, xs, ys, [*across, Edge(260, 100, 250)], down))
    lower = [("", 1, 0, 1, 1), ("", 1, 1, 1, 1)] if is_line else [("", 1, 0, 2, 1), ("", 1, 1, 1, 1)]
    last = [("", 2, 0, 1, 1)] if is_line else []
    upper = [("健全妇女权益保障制度", 0, 0, 1, 2), ("", 0, 2, 1, 1)]
    assert made == [*upper, *lower, ("丙\n丁", 1, 2, 2, 1), *last, ("", 2, 1, 1, 1)]


def test_the_rows_of_one_column_are_a_table_and_a_frame_is_none_and_keeps_its_text() -> None:
    ticks = [Edge(50, 0, 5), Edge(50, 36, 40)]
    stacked = Sheet(1, 200, 300, signs("甲", 20, 15), [Edge(y, 0, 100) for y in (0, 20, 40)], sides_of(100, 40) + ticks)
    (grid,) = take_tables(stacked)
    assert cells(grid) == [("甲", 0, 0, 1, 2), ("", 1, 0, 1, 2)]
    for tick in ([], [Edge(20, 0, 5)]):
        framed = Sheet(1, 200, 300, signs("甲", 20, 15), [Edge(0, 0, 100), *tick, Edge(40, 0, 100)], sides_of(100, 40))
        framed.down += ticks
        assert (take_tables(framed), framed.glyphs) == ([], signs("甲", 20, 15))


def sides_of(width: float, height: float) -> list[Edge]:
    return [Edge(0, 0, height), Edge(width, 0, height)]


@pytest.mark.parametrize(("wide", "between"), [((75, 75), ("", "")), ((74, 75), ("\n", "")), ((75, 74), ("", "\n"))])
def test_a_line_that_fills_its_cell_goes_on_in_the_next(wide: tuple[float, float], between: tuple[str, str]) -> None:
    rows = [row("甲", 10, 10 + wide[0]), row("乙", 10, 10 + wide[1]), row("丙", 10, 100)]
    assert cell_text(rows, 100) == f"甲{between[0]}乙{between[1]}丙"
    assert cell_text([], 100) == ""


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("health", "care", " "),
        ("health,", "care", " "),
        ("规划health", "care", " "),
        ("规划health,", "care", ""),
        ("health", "保健", ""),
        ("保健", "health", ""),
        ("health 1", "care", ""),
        ("health,", "1", ""),
        ("", "care", ""),
    ],
)
def test_two_latin_words_of_a_paragraph_stand_apart(before: str, after: str, between: str) -> None:
    assert glue(before, after) == between


def grid_of(rows: Sequence[Sequence[str]], page: int = 1, lines: Sequence[float] = (), top: float = 0) -> Grid:
    boxes = [Box(text, page, at, column, 1, 1) for at, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Grid([*lines], boxes, len(rows), top, top + 10, page)


def test_a_table_stands_before_the_first_line_below_its_head() -> None:
    first, second = grid_of([["甲"]], top=15), grid_of([["乙"]], top=16)
    lines = [row(y=15), row(y=16), row(y=17)]
    assert between(lines, [second, first]) == [lines[0], first, lines[1], second, lines[2]]
    assert between(lines[:1], [second]) == [lines[0], second]


@pytest.mark.parametrize(
    ("text", "y", "is_furniture"),
    [
        *(("青禾区人民政府公报", y, is_one) for y, is_one in ((15, True), (16, False), (84, False), (85, True))),
        *(("{}", y, is_one) for y, is_one in ((15, True), (16, False), (84, False), (85, True))),
        *(("— {} —", y, True) for y in (15, 50, 85)),
    ],
)
def test_what_runs_over_pages_is_furniture_in_their_margins(text: str, y: float, is_furniture: bool) -> None:
    flow: list[Row | Grid] = []
    for page in range(1, 6):
        own = [row(f"第{n}段，到{2020 + page}年", y=50 + n, page=page) for n in (-1, 1)]
        flow += sorted([*own, row(text.format(page), y=y, page=page)], key=lambda row: row.y)
    if y == 50:
        flow = [item for item in flow if not isinstance(item, Row) or "段" not in item.text]
    document = Document("pdf")
    left = without_furniture(flow, dict.fromkeys(range(1, 6), (300, 100)), document, 7)
    gone = [(line.text, line.place.file, line.place.page) for line in document.furniture]
    assert gone == ([(text.format(page), 7, page) for page in range(1, 6)] if is_furniture else [])
    assert len(left) == len(flow) - len(gone)


@pytest.mark.parametrize(
    ("page", "lines", "do"),
    [
        (2, (100, 130, 160), True),
        (1, (100, 130, 160), False),
        (3, (100, 130, 160), False),
        (2, (100, 160), False),
        (2, (101, 131, 159), True),
        (2, (100, 131.1, 160), False),
        (2, (100, 128.9, 160), False),
    ],
)
def test_a_table_goes_on_in_one_of_the_same_columns_on_the_next_page(
    page: int, lines: tuple[float, ...], do: bool
) -> None:
    assert goes_on(grid_of([["甲", "乙"]], 1, (100, 130, 160)), grid_of([["丙", "丁"]], page, lines)) is do


@pytest.mark.parametrize(
    ("said", "tables", "gone"),
    [
        ([], 1, []),
        (["续表"], 1, ["续表"]),
        (["（续表）"], 1, ["（续表）"]),
        (["继续"], 2, []),
        (["甲表", "续表"], 2, []),
    ],
)
def test_a_table_that_a_page_cut_is_one_and_a_line_that_says_so_is_furniture(
    said: list[str], tables: int, gone: list[str]
) -> None:
    parts = [grid_of([[str(n), "率"], [str(n + 1), "率"]], page, (0, 30, 60)) for page, n in ((1, 1), (2, 3), (3, 5))]
    document = Document("pdf")
    flow = [row("续表"), parts[0], *(row(text, page=2) for text in said), *parts[1:]]
    made = with_whole_tables(flow, document, 7)
    grids = [item for item in made if isinstance(item, Grid)]
    assert (len(grids), len(made)) == (tables, 1 + tables + (len(said) - len(gone)))
    assert [(line.text, line.place.file, line.place.page, line.whole) for line in document.furniture] == [
        (text, 7, 2, True) for text in gone
    ]
    assert [box.text for box in grids[-1].boxes][-4:] == ["5", "率", "6", "率"]


@pytest.mark.parametrize(
    ("above", "below", "header"),
    [
        ([["指标", "单位"], ["甲", "率"]], [["指标", "单位"], ["乙", "率"]], 1),
        ([["指标", "单位"], ["甲", "率"]], [["指标", "单位"]], 0),
        ([["指标", "单位"], ["甲", "率"]], [["指标", "单位"], ["甲", "率"]], 1),
        ([["指标"], ["单位"], ["值"], ["甲"], ["乙"]], [["指标"], ["单位"], ["值"], ["甲"], ["丙"]], 3),
        ([["1", "单位"], ["甲", "率"]], [["1", "单位"], ["乙", "率"]], 0),
        ([["", ""], ["甲", "率"]], [["", ""], ["乙", "率"]], 0),
    ],
)
def test_a_table_that_goes_on_repeats_at_most_three_rows_and_not_all(
    above: list[list[str]], below: list[list[str]], header: int
) -> None:
    assert repeated_header(grid_of(above), grid_of(below)) == header


HEAD = ["序号", "指标"]


@pytest.mark.parametrize(
    ("above", "below", "rows", "gone"),
    [
        ([HEAD, ["1", "甲"]], [["2", "乙"]], [HEAD, ["1", "甲"], ["2", "乙"]], []),
        ([HEAD, ["1", "甲"]], [HEAD, ["2", "乙"]], [HEAD, ["1", "甲"], ["2", "乙"]], HEAD),
        ([HEAD, ["1", "甲"]], [["", "乙"], ["2", "丙"]], [HEAD, ["1", "甲乙"], ["2", "丙"]], []),
        ([HEAD, ["1", "甲"]], [HEAD, ["", "乙"], ["2", "丙"]], [HEAD, ["1", "甲乙"], ["2", "丙"]], HEAD),
        ([HEAD, ["1", "gas"]], [["", "and oil"]], [HEAD, ["1", "gas and oil"]], []),
        ([HEAD, ["1", "甲"]], [["", ""], ["2", "丙"]], [HEAD, ["1", "甲"], ["", ""], ["2", "丙"]], []),
        ([["领域", *HEAD], ["健", "1", "甲"]], [["康", "", "乙"]], [["领域", *HEAD], ["健康", "1", "甲乙"]], []),
        ([["领域", "指标"], ["健康", "甲"]], [["", "乙"]], [["领域", "指标"], ["健康", "甲"], ["", "乙"]], []),
    ],
)
def test_the_rest_of_a_table_goes_below_it_and_a_row_that_was_cut_is_one(
    above: list[list[str]], below: list[list[str]], rows: list[list[str]], gone: list[str]
) -> None:
    first = grid_of(above)
    assert continue_table(first, grid_of(below, 2)) == gone
    made = [[box.text for box in first.boxes if box.row == at] for at in range(first.rows)]
    assert (made, sum(map(len, made))) == (rows, len(first.boxes))
    assert all(box.rows == 1 for box in first.boxes)


def test_a_cell_that_spans_the_end_of_a_page_is_one() -> None:
    first = grid_of([["领域", "序号", "指标"], ["健康", "1", "甲"], ["", "2", "乙"]])
    first.boxes[3].rows = 2
    del first.boxes[6]
    second = grid_of([["", "3", "丙"], ["教育", "4", "丁"]], 2)
    assert continue_table(first, second) == []
    assert first.rows == 5
    assert [made for made in cells(first) if made[2] == 0] == [
        ("领域", 0, 0, 1, 1),
        ("健康", 1, 0, 3, 1),
        ("教育", 4, 0, 1, 1),
    ]
    assert [made for made in cells(first) if made[0] in "丙丁"] == [("丙", 3, 2, 1, 1), ("丁", 4, 2, 1, 1)]


def test_a_cell_of_another_width_goes_on_in_none() -> None:
    first, second = grid_of([HEAD, ["1", "甲"]]), grid_of([["", "乙"]], 2)
    second.boxes[1].columns = 2
    continue_table(first, second)
    assert [made[0] for made in cells(first)] == ["序号", "指标", "1", "甲", "乙"]


@pytest.mark.parametrize(
    ("upper", "lower", "column", "serial", "do"),
    [
        (("甲", 2), ("", 1), 0, None, True),
        (("", 1), ("甲", 2), 0, None, True),
        (("甲", 2), ("乙", 2), 0, 1, False),
        (("甲", 1), ("", 1), 0, 1, True),
        (("", 1), ("", 1), 0, 1, True),
        (("甲", 1), ("", 1), 1, 1, False),
        (("甲", 1), ("", 1), 0, None, False),
    ],
)
def test_two_cells_are_one_over_a_page_where_one_has_no_text_and_one_spans_rows_or_stands_before_the_number(
    upper: tuple[str, int], lower: tuple[str, int], column: int, serial: int | None, do: bool
) -> None:
    boxes = [Box(text, 1, 0, column, rows, 1) for text, rows in (upper, lower)]
    assert spans_over(boxes[0], boxes[1], serial) is do


@pytest.mark.parametrize(
    ("columns", "serial"),
    [
        (["领域", "序号", "指标"], 1),
        (["编号", "指标"], 0),
        (["甲", "乙", "序号"], 2),
        (["甲", "乙", "丙", "序号"], None),
        (["1", "甲"], None),
        (["1 2", "甲 乙"], 0),
        (["甲 乙", "1. 2、"], 1),
        (["1000 1001", "甲 乙"], None),
    ],
)
def test_a_column_counts_the_lines_of_a_table(columns: list[str], serial: int | None) -> None:
    assert serial_column(grid_of([*zip(*(column.split() for column in columns), strict=True)])) == serial


BODY = Body(0, 100, False, 15, 10)


@pytest.mark.parametrize(("left", "flush", "indented"), [
    (-8, False, False), (-7, True, False), (7, True, False), (8, False, False), (11, False, False),
    (12, False, True), (45, False, True), (46, False, False),
])  # fmt: skip
def test_a_line_begins_at_the_margin_or_is_indented(left: float, flush: bool, indented: bool) -> None:
    moved, body = row(left=left + 50, right=150), replace(BODY, left=50, right=150)
    assert (BODY.is_flush(row(left=left)), BODY.is_indented(row(left=left))) == (flush, indented)
    assert (body.is_flush(moved), body.is_indented(moved)) == (flush, indented)


@pytest.mark.parametrize(
    ("left", "right", "is_one"),
    [(26, 74, True), (25, 75, False), (30, 84, True), (30, 85, False), (30, 56, True), (30, 55, False)],
)
def test_a_line_far_from_both_margins_is_centred_and_so_not_indented(left: float, right: float, is_one: bool) -> None:
    line = row(left=left, right=right)
    assert (BODY.is_centred(line), BODY.is_indented(line)) == (is_one, not is_one)
    aside = replace(BODY, left=50, right=150)
    assert aside.is_centred(row(left=left + 50, right=right + 50)) is is_one


@pytest.mark.parametrize(
    ("following", "room"),
    [("健全制度", 17), ("2025年", 29), ("A-B", 12.5), ("健，全", 27), ("（健全", 27), ("健（全", 17), ("“健全", 27)],
)
def test_a_line_is_full_where_the_next_word_has_no_room(following: str, room: float) -> None:
    for left, is_full in ((room - 0.1, True), (room + 0.1, False)):
        assert BODY.is_full(row(right=100 - left), row(following)) is is_full


ENDED = "健全制度。"


@pytest.mark.parametrize(
    ("last", "line", "indented", "spaced"),
    [
        (row(), row(y=15), (True, True), True),
        (row(ENDED), row(y=15), (None, True), True),
        (row(ENDED), row(page=2), (None, True), None),
        (row(), row(page=2), (True, True), True),
        (row(), row(y=18), (True, True), True),
        (row(), row(y=19), (None, None), None),
        (row(ENDED), row(y=19), (False, False), False),
        (row(), row(y=19, left=20), (False, False), False),
        (row(), row("一、总则", y=15), (None, None), None),
        (row(ENDED), row("一、总则", y=15), (False, False), False),
        (row(), row("一、总则", y=15, left=20), (False, False), False),
        (row(right=80), row(y=15), (False, False), False),
        (row(), row(y=15, size=10.7), (True, True), True),
        (row(), row(y=15, size=10.9), (False, False), False),
        (row(size=10.9), row(y=15), (False, False), False),
        (row(is_parted=True), row(y=15), (False, False), False),
        (row(), row(y=15, is_parted=True), (False, False), False),
        (row(), row(y=15, left=20), (None, False), None),
        (row(ENDED), row(y=15, left=20), (False, False), False),
        (row(), row(y=15, left=50), (None, None), None),
        (row("1.健全"), row(y=15, left=20), (True, True), True),
        (row("1.健全"), row(y=15, left=44), (True, True), True),
        (row("1.健全"), row(y=15, left=46), (None, None), None),
        (row("1.健全。"), row(y=15, left=20), (False, False), False),
        (row("1.健全", left=20), row(y=15, left=40), (None, False), None),
        (row(right=60, size=12), row(right=60, y=15, size=12), (None, None), None),
        (row(right=60, size=11), row(right=60, y=15, size=11), (False, False), False),
        (row(ENDED, right=60, size=12), row(right=60, y=15, size=12), (False, False), False),
        (row(right=60, size=12), row("一、总则", right=60, y=15, size=12), (False, False), False),
        (row(right=60, size=12), row(right=60, y=19, size=12), (False, False), False),
    ],
)
def test_a_line_goes_on_where_the_one_before_is_full_and_it_begins_as_one_that_does(
    last: Row, line: Row, indented: tuple[bool | None, bool | None], spaced: bool | None
) -> None:
    told = [replace(BODY, indented=one).joins([last], line) for one in (False, True)]
    assert (tuple(told), replace(BODY, spaced=True).joins([last], line)) == (indented, spaced)


@pytest.mark.parametrize(("left", "does"), [(17.1, True), (22.9, True), (17, None), (23, None), (0, True)])
def test_the_third_line_of_a_paragraph_begins_where_the_second_does(left: float, does: bool | None) -> None:
    assert BODY.joins([row("1.健全"), row(left=20)], row(left=left)) is does


@pytest.mark.parametrize(
    ("last", "line", "does"),
    [
        (row(left=14, right=86), row(left=30, right=70, y=15), True),
        (row(left=15, right=85), row(left=30, right=70, y=15), False),
        (row(left=15, right=85, size=12), row(left=30, right=70, y=15, size=12), None),
        (row(left=15, right=85, size=11), row(left=30, right=70, y=15, size=11), False),
        (row(left=14, right=86), row("一、总则", left=30, right=70, y=15), False),
        (row(left=14, right=86), row(left=30, right=70, y=19), False),
        (row(left=14, right=86), row(left=30, right=70, page=2), True),
        (row(left=0, right=86), row(left=30, right=70, y=15), True),
        (row(left=0, right=85), row(left=30, right=70, y=15), False),
        (row(left=14, right=100), row(left=30, right=70, y=15), True),
        (row(left=15, right=100), row(left=30, right=70, y=15), False),
    ],
)
def test_a_centred_line_goes_on_below_a_wide_one_in_the_middle(last: Row, line: Row, does: bool | None) -> None:
    assert BODY.joins([last], line) is does


@pytest.mark.parametrize(
    ("ends", "wide", "is_one"),
    [(3, 3, True), (2, 2, False), (10, 7, True), (10, 6, False), (4, 3, True), (3, 2, False)],
)
def test_a_text_is_spaced_where_most_of_its_paragraphs_have_space_behind_them(
    ends: int, wide: int, is_one: bool
) -> None:
    assert BODY.is_spaced(paragraphs(ends, wide)) is is_one


def paragraphs(ends: int, wide: int, right: float = 60, gaps: tuple[float, float] = (15, 20), **more: Any) -> list[Row]:
    """Full lines, each with a short one behind it that ends a paragraph, and wide gaps behind some of these."""
    rows: list[Row] = []
    y = 0.0
    for n in range(ends + 1):
        rows += [row(y=y, **more), row(y=y + 15, right=right)]
        y += 15 + gaps[n < wide]
    return rows[:-1]


@pytest.mark.parametrize(
    ("rows", "is_one"),
    [
        (paragraphs(3, 3, 69), True),
        (paragraphs(3, 3, 70), False),
        (paragraphs(3, 3, gaps=(15, 18.4)), True),
        (paragraphs(3, 3, gaps=(15, 18.2)), False),
        (paragraphs(3, 3, size=10.7), True),
        (paragraphs(3, 3, size=10.9), False),
        ([replace(line, page=n) for n, line in enumerate(paragraphs(3, 3))], False),
    ],
)
def test_space_counts_behind_short_lines_of_the_same_size_and_page(rows: list[Row], is_one: bool) -> None:
    assert BODY.is_spaced(rows) is is_one


@pytest.mark.parametrize(
    ("values", "edge"),
    [
        ([20, 5], 5),
        ([0] + [20] * 19, 20),
        ([0, 0] + [20] * 18, 0),
        ([0] + [20] * 9, 0),
        ([0, 4.9] + [20] * 18, 0),
        ([0, 5] + [20] * 18, 20),
        ([10.0 * n for n in range(11)], 0),
    ],
)
def test_the_left_margin_is_where_a_tenth_of_the_lines_begin(values: list[float], edge: float) -> None:
    assert edge_of(values, 10) == edge


@pytest.mark.parametrize(
    ("ends", "width", "right"),
    [
        ([100, 100, 100, 50, 40], 110, 100),
        ([100, 90, 89, 50, 40], 110, 100),
        ([100, 100, 80, 60, 40], 120, 110),
        ([100, 95, 88, 60, 40], 120, 110),
        ([118, 100, 100, 100], 120, 100),
        ([118, 60, 60, 60], 120, 118),
        ([80, 80, 80], 120, 110),
        ([88, 88, 88], 120, 88),
        ([90] * 6 + [20] * 13, 200, 90),
        ([90] * 6 + [20] * 14, 200, 190),
        ([90] * 5 + [20] * 5, 200, 190),
        ([90] * 3 + [79] * 3 + [20] * 9, 200, 90),
        ([90] * 3 + [78] * 3 + [20] * 9, 200, 190),
        ([85] * 9, 200, 190),
        ([86] * 9, 200, 86),
        ([100] * 3 + [80 - n / 4 for n in range(196)], 120, 100),
        ([100] * 3 + [80 - n / 4 for n in range(197)], 120, 110),
    ],
)
def test_the_right_margin_is_where_enough_lines_end_that_are_long_or_many(
    ends: list[float], width: float, right: float
) -> None:
    assert right_of([row(left=5, right=end) for end in ends], 5, width, 10) == right


def test_a_body_is_set_as_most_of_its_lines_are() -> None:
    rows = [row(right=40, size=16), row(left=20, y=40), *(row(y=40 + 15 * n) for n in range(1, 4))]
    assert Body.of(rows, 110) == Body(0, 100, False, 15, 10)
    rows[2] = row(left=20, y=55)
    assert Body.of(rows, 110) == Body(0, 100, True, 15, 10)
    assert Body.of([row(left=20, y=15 * n) for n in range(4)], 110).left == 20
    long = [row("坚持" * 20, size=12), *(row("坚持", y=10.0 * n, size=10) for n in (1, 3, 4))]
    assert (Body.of(long, 110).size, Body.of(long, 110).leading) == (12, 10)
    assert Body.of([row(), row(page=2, y=30), row(page=3)], 110).leading == 0
    assert Body.of([row(), row(), row(), row(y=15)], 110).leading == 15
    for indented, told in ((3, False), (4, True)):
        many = [row(left=20 if n < indented else 0, y=15.0 * n) for n in range(50)]
        assert Body.of(many, 110).indented is told


@pytest.mark.parametrize(
    ("flow", "lines"),
    [
        ([row(ENDED, right=60)], [(ENDED, True)]),
        ([row("坚持"), row(ENDED, y=15)], [("坚持" + ENDED, True)]),
        ([row("in all"), row("towns.", y=15)], [("in all towns.", True)]),
        ([row("坚持"), row("以", y=15), row(ENDED, y=30)], [("坚持以" + ENDED, True)]),
        ([row("坚持", right=60), row(ENDED, y=15)], [("坚持", True), (ENDED, True)]),
        ([row("坚持"), row(ENDED, y=40)], [("坚持", False), (ENDED, False)]),
        ([row("坚持"), row(ENDED, y=40), row("以", y=80)], [("坚持", False), (ENDED, False), ("以", True)]),
        ([row("坚持"), row(ENDED, y=40), row("以", y=55)], [("坚持", False), (ENDED, False), ("以", False)]),
        ([row("坚持"), grid_of([["甲"]]), row(ENDED, y=60)], [("坚持", False), ("甲", True), (ENDED, False)]),
        ([row(ENDED), grid_of([["甲"]]), row(ENDED, y=60)], [(ENDED, True), ("甲", True), (ENDED, True)]),
        ([row("坚持", right=60), grid_of([["甲"]]), row("以", y=60)], [("坚持", True), ("甲", True), ("以", True)]),
        ([grid_of([["甲"]]), row("坚持", right=60)], [("甲", True), ("坚持", True)]),
        ([row("坚持"), row(ENDED, y=40), grid_of([["甲"]])], [("坚持", False), (ENDED, False), ("甲", True)]),
        (
            [row("坚持"), grid_of([["甲"]]), row("以", right=60), row(ENDED, y=60)],
            [("坚持", False), ("甲", True), ("以", False), (ENDED, True)],
        ),
    ],
)
def test_a_paragraph_is_whole_where_the_places_of_its_lines_say_so(
    flow: list[Row | Grid], lines: list[tuple[str, bool]]
) -> None:
    document = Document("pdf")
    Writer(document, 1).write(flow, BODY)
    assert [(line.text, line.whole) for line in document.lines] == lines


def test_paragraphs_and_cells_are_counted_together_and_a_cell_tells_its_place() -> None:
    first, second = grid_of([["甲", "乙"], ["丙", ""]], 3), grid_of([["", "丁"]], 4)
    first.boxes[0].columns, first.boxes[2].rows = 2, 3
    first.boxes.reverse()
    document = Document("pdf")
    Writer(document, 7).write([row(ENDED, page=2), first, second, row(ENDED, page=5)], BODY)
    assert [(line.text, *astuple(line.place)) for line in document.lines] == [
        (ENDED, 7, 2, 1, 0, 0, 0, 1, 1),
        ("甲", 7, 3, 2, 1, 1, 1, 1, 2),
        ("乙", 7, 3, 3, 1, 1, 2, 1, 1),
        ("丙", 7, 3, 4, 1, 2, 1, 3, 1),
        ("丁", 7, 4, 5, 2, 1, 2, 1, 1),
        (ENDED, 7, 5, 6, 0, 0, 0, 1, 1),
    ]  # fmt: skip


def test_the_paragraphs_of_pages_of_two_columns_are_whole() -> None:
    text = "坚持以人民为中心的发展思想健全妇女权益保障制度机制持续改善。"
    sheets = [Sheet(page, 400, 600) for page in (1, 2)]
    for sheet in sheets:
        for column in (0, 170):
            for n in range(6):
                for line, left in enumerate((70, 50, 50)):
                    part = text[(0, 11, 24)[line] : (11, 24, 30)[line]]
                    sheet.glyphs += signs(part, left + column, 60 + 80 * n + 20 * line)
    document = read_sheets(sheets, "pdf", 7)
    assert [(line.text, line.whole) for line in document.lines] == [(text, True)] * 24
    assert [line.place.page for line in document.lines] == [1] * 12 + [2] * 12
    assert (document.format, document.lines[-1].place.file, document.lines[-1].place.paragraph) == ("pdf", 7, 24)


def test_lines_that_are_short_for_their_page_are_paragraphs() -> None:
    sheets = [Sheet(1, 400, 600, [glyph for n in range(3) for glyph in signs("坚持以人民为中心的", 50, 100 + 20 * n)])]
    document = read_sheets([*sheets, Sheet(2, 400.04, 600), Sheet(3, 100, 600)], "pdf", 1)
    assert [(line.text, line.whole) for line in document.lines] == [("坚持以人民为中心的", True)] * 3


def test_what_has_no_text_has_no_lines() -> None:
    assert read_sheets([Sheet(1, 400, 600)], "pdf", 1) == Document("pdf")
