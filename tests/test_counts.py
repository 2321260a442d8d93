"""Heat maps and bars of counts: what stands in them, in which order, and that their labels have room."""

import math
from xml.etree import ElementTree

import pytest

from plandata.charts import BLUE, GREEN, ORANGE, SVG, shortened, width
from plandata.charts.counts import LABEL_ROOM, PARTS, bars, heat_map

pytest.importorskip("vl_convert")
ROWS, COLUMNS = ["甲县", "A district with a name that is far too long"], ["Health", "Education and training"]
ROOM = width(ROWS, LABEL_ROOM)


def drawn(svg: str) -> tuple[list[float], list[str], list[tuple[str, float]]]:
    """The size of a chart, its texts, and the colours of its marks with the place where each begins."""
    root = ElementTree.fromstring(svg)
    size = [float(part) for part in root.attrib["viewBox"].split()[2:]]
    texts = [element.text or "" for element in root.iter(f"{{{SVG}}}text")]
    marks = [(element.get("fill", "").lower(), element.get("d", "")) for element in root.iter(f"{{{SVG}}}path")]
    return size, texts, [(fill, float(path[1:].split(",")[0])) for fill, path in marks if fill in PARTS]


def test_a_heat_map_has_a_square_for_each_count_and_room_for_its_labels() -> None:
    counts = {(ROWS[0], COLUMNS[0]): 3, (ROWS[1], COLUMNS[1]): 1, (ROWS[0], COLUMNS[1]): 0}
    (wide, tall), texts, squares = drawn(heat_map(counts, ROWS, COLUMNS, "Counts"))
    assert [text for text in texts if text.isdigit()] == ["3", "1"]
    assert len(squares) == 2
    assert {ROWS[0], shortened(ROWS[1], LABEL_ROOM), *COLUMNS} <= set(texts)
    slanted = math.sin(math.radians(50)) * width(COLUMNS, LABEL_ROOM)
    assert slanted + 2 * 24 < tall < slanted + 2 * 24 + 60
    assert ROOM + 2 * 30 < wide < ROOM + 2 * 30 + 120


def test_bars_are_stacked_in_the_order_of_their_parts() -> None:
    counts = {(ROWS[0], "c"): 1, (ROWS[0], "a"): 2, (ROWS[1], "b"): 4}
    (wide, tall), texts, marks = drawn(bars(counts, ["a", "b", "c"], "Counts"))
    begins = dict(marks)
    assert sorted(begins) == sorted(PARTS)
    assert begins[BLUE] == begins[ORANGE] == begins[GREEN] - 2 / 4 * 200
    assert [text for text in texts if text in ROWS or text.endswith("…")] == [ROWS[0], shortened(ROWS[1], LABEL_ROOM)]
    assert 2 * 24 < tall < 2 * 24 + 60
    assert ROOM + 200 < wide < ROOM + 200 + 60
