"""Matrices, bars and pairs of counts: what stands in them, in which order, and that nothing leaves its ground."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from plandata.charts.counts import CELLS, MOST, Frame, bars, counted, matrix, pairs
from plandata.charts.drawing import NARROW, WIDE, Drawing, room
from plandata.schema import edition
from plandata.text import Text
from plandata.words import Words

ROWS, COLUMNS = ["甲县", "A district with a name that is far too long"], ["Health", "Education and training"]
COUNTS = {(ROWS[0], COLUMNS[0]): 3, (ROWS[1], COLUMNS[1]): 1, (ROWS[0], COLUMNS[1]): 0}


def texts(drawing: Drawing) -> list[str]:
    return [mark.text or "" for mark in drawing.marks if mark.tag == "text"]


def blocks(drawing: Drawing) -> list[dict[str, float]]:
    """The rectangles of a drawing."""
    sides = ("x", "y", "width", "height", "opacity")
    rects = [mark for mark in drawing.marks if mark.tag == "rect"]
    return [{side: float(mark.get(side, "1")) for side in sides} for mark in rects]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_matrix_has_a_square_for_each_count_inside_its_ground(width: float) -> None:
    drawing = matrix(COUNTS, ROWS, COLUMNS)(width)
    assert [text for text in texts(drawing) if text.isdigit()] == ["3", "1"]
    squares = blocks(drawing)
    assert len(squares) == 2
    assert squares[0]["opacity"] > squares[1]["opacity"]
    assert drawing.width <= width
    assert all(square["x"] + square["width"] <= drawing.width for square in squares)
    assert all(square["y"] + square["height"] <= drawing.height for square in squares)


def test_rows_keep_their_height_however_many_there_are_and_however_wide_the_ground() -> None:
    few, many = ({(str(n), "a"): 1 for n in range(size)} for size in (3, 30))
    heights = [
        matrix(counts, [row for row, _ in counts], ["a"])(width).height / len(counts)
        for counts in (few, many)
        for width in (WIDE, 2 * WIDE)
    ]
    assert max(heights) - min(heights) < 10
    assert all(block["height"] == 24 for block in blocks(matrix(few, ["0", "1", "2"], ["a"])(2 * WIDE)))


def test_labels_stand_above_their_rows_on_a_phone_and_heads_again() -> None:
    rows = [f"A body with a long name of its own {n}" for n in range(9)]
    columns = ["social security", "decision-making", *"abcdefghij"]
    drawing = matrix({(row, "a"): 1 for row in rows}, rows, columns)(NARROW)
    shown = texts(drawing)
    assert shown.count("decision-making") == 2
    assert all(room(text) <= NARROW for text in shown)
    assert set(rows) <= set(shown)


def test_bars_are_stacked_in_the_order_of_their_parts_with_their_figures() -> None:
    counts = {(ROWS[0], "a"): 2, (ROWS[0], "b"): 1, (ROWS[1], "b"): 6}
    drawing = bars(counts, ["a", "b"])(WIDE)
    first, second, none, last = blocks(drawing)
    assert first["x"] + first["width"] == pytest.approx(second["x"], abs=0.2)
    assert (first["width"], none["width"]) == (pytest.approx(2 * second["width"], abs=0.2), 0)
    assert last["width"] == pytest.approx(6 * second["width"], abs=0.6)
    assert {"2 · 1", "0 · 6"} <= set(texts(drawing))


def test_a_pair_is_two_numbers_over_one_bar() -> None:
    drawing = pairs({("r", "c"): 2}, {("r", "c"): 4, ("r", "d"): 3}, ["r"], ["c", "d"])(WIDE)
    assert {"2 · 4", "0 · 3"} <= set(texts(drawing))
    led, shared, *_ = blocks(drawing)
    assert led["width"] * 2 == pytest.approx(shared["width"], abs=0.2)
    assert led["opacity"] > shared["opacity"]


@pytest.mark.parametrize(("lang", "said"), [("en", "The first 20 of 23"), ("zh", "图中为前20项，全部23项")])
def test_a_matrix_of_many_rows_draws_the_first_and_tells_all(lang: str, said: str) -> None:
    rows = {f"r{n}": 30 - n for n in range(MOST + 3)}
    counts = {(row, "c"): n for row, n in rows.items()}
    figure = counted("k", "t", counts, rows, ["c"], Text("Row", "行"), Words(edition().labels, lang))
    assert len(blocks(figure.draw(WIDE))) == MOST
    assert [list(row) for row in figure.rows] == [[row, n, n] for row, n in rows.items()]
    assert figure.note.startswith(said)


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("draw", [matrix, bars, pairs])
def test_names_and_columns_beyond_all_measure_leave_every_mark_in_its_place(width: float, draw: Any) -> None:
    rows, columns = ["r" * 400, "r"], [f"{n}{'c' * 300}" for n in range(40)]
    counts = {(row, column): 10**6 for row in rows for column in columns}
    drawing = {
        matrix: lambda: matrix(counts, rows, columns),
        pairs: lambda: pairs(counts, counts, rows, columns),
        bars: lambda: bars(counts, columns),
    }[draw]()(width)
    assert drawing.width <= width
    assert all(block["width"] >= 0 and block["height"] >= 0 for block in blocks(drawing))


@pytest.mark.parametrize(
    ("width", "columns", "left", "cell"),
    [
        (270, "a" * 10, 20, 25),
        (269, "a" * 10, 0, 26.9),
        (479, "a" * 10, 20, 45.9),
        (500, "a" * 10, 20, 46),
        (500, ["abcdefgh"] * 3, 20, 68),
        (500, ["a" * 20] * 2, 20, 84),
        (100, "", 20, 46),
    ],
)
def test_cells_are_as_wide_as_there_is_room_and_labels_stand_beside_them_where_that_leaves_enough(
    width: float, columns: Sequence[str], left: float, cell: float
) -> None:
    frame = Frame.of(width, ["a"], list(columns), CELLS)
    assert (frame.left, frame.cell) == (left, pytest.approx(cell))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_labels_and_heads_stand_by_their_cells_and_touch_no_others(width: float) -> None:
    """Beside cells a label begins in its row; above them it stands between them and the row before, heads above it."""
    rows = [f"A body with a long name of its own that takes {'a line more ' * (n % 3)}{n}" for n in range(18)]
    columns = [*"abcdefghij", "social security", "decision-making"]
    frame = Frame.of(width, rows, columns, CELLS)
    ground = frame.ground()
    marks = [mark for mark in ground.marks if mark.tag == "text"]
    heights = iter([float(mark.get("y", "")) for mark in marks if mark.text not in columns])
    heads = sorted({float(mark.get("y", "")) for mark in marks if mark.text in ("decision-making", "a")})
    assert (len(heads) > 1) is (width == NARROW)
    for row, lines in enumerate(frame.labels):
        top, before = frame.tops[row], frame.tops[row - 1] + 26 if row else 0
        places = [next(heights) for _ in lines]
        assert [below - above for above, below in pairwise(places)] == pytest.approx([20] * (len(lines) - 1))
        if width == WIDE:
            assert top < places[0] - 10 < places[-1] < frame.tops[row + 1]
        else:
            assert before < places[0] - 10 < places[-1] < top
            assert frame.headed(row) is (row in (0, 8, 16))
            between = [y for y in heads if before < y < top]
            assert bool(between) is frame.headed(row)
            assert all(y < places[0] - 10 for y in between)
    tilted = [mark for mark in marks if mark.get("transform")]
    assert {mark.text for mark in tilted} == {*columns}
    assert all(float(mark.get("x", "")) + 0.64 * room(mark.text or "") <= ground.width for mark in tilted)
    assert ground.width <= width
    assert frame.corner(2, 3) == (frame.left + 3 * frame.cell, frame.tops[2])
    ends = [float(mark.get("x", "")) for mark in marks if mark.get("text-anchor") == "end"]
    assert all(0 < x < frame.left for x in ends)
    assert bool(ends) is (width == WIDE)


@pytest.mark.parametrize(("figure", "is_told"), [(9_999, True), (10_000, False)])
def test_a_square_without_room_for_its_figure_has_none(figure: int, is_told: bool) -> None:
    columns = [f"{n}" for n in range(17)]
    drawing = matrix({("a", "0"): figure}, ["a"], columns)(620)
    (square,) = blocks(drawing)
    assert 32 <= square["width"] + 2 < 40
    assert (str(figure) in texts(drawing)) is is_told


def test_a_pair_without_a_first_count_is_muted_and_the_longest_bar_stays_in_its_cell() -> None:
    drawing = pairs({("r", "c"): 9}, {("r", "c"): 1, ("r", "d"): 3}, ["r"], ["c", "d"])(WIDE)
    assert [mark.get("class") for mark in drawing.marks if mark.text in ("9 · 1", "0 · 3")] == [None, "muted"]
    first, second, none, third = blocks(drawing)
    assert second["x"] == pytest.approx(first["x"] + first["width"], abs=0.2)
    assert second["x"] + second["width"] < none["x"] == third["x"]
    assert none["width"] == 0
    assert pairs({}, {("r", "c"): 0}, ["r"], ["c"])(WIDE).height > 0


def test_bars_grow_no_longer_than_a_page_and_counts_of_nothing_have_none() -> None:
    drawing = bars({("a", "x"): 0, ("b", "x"): 0}, ["x"])(WIDE)
    assert [block["width"] for block in blocks(drawing)] == [0, 0]
    lengths = [blocks(bars({("a", "x"): 1}, ["x"])(width))[0]["width"] for width in (NARROW, WIDE, 2 * WIDE)]
    assert lengths[0] < lengths[1] == lengths[2]
    for width in (NARROW, WIDE):
        drawing = bars({("l" * 99, "x"): 1, ("m", "x"): 10**40}, ["x"])(width)
        label, figure, *_ = (mark for mark in drawing.marks if mark.tag == "text")
        assert room(label.text or "") <= float(label.get("x", ""))
        assert float(figure.get("x", "")) > blocks(drawing)[0]["x"]
