"""Matrices, bars and pairs of counts: what stands in them, in which order, and that nothing leaves its ground."""

from typing import Any

import pytest

from plandata.charts.counts import MOST, bars, counted, matrix, pairs
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
