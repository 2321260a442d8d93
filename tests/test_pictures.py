"""Drawings and figures: lines of text, arcs, bands, tiles, and the files that are made of them."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from plandata.charts import POPULATIONS, SVG
from plandata.charts.arcs import arcs, nearest, ways
from plandata.charts.drawing import COLOURS, NARROW, STYLE, WIDE, Drawing, inline, room, sign, standalone
from plandata.charts.figure import Figure, png_file, svg_file
from plandata.charts.flow import flow
from plandata.charts.tiles import grid, tiles
from plandata.rules.official import provinces

ROOT = Path(__file__).parents[1]
HOSTILE = '</svg><script>alert(1)</script>"\x07'
BODIES = {"a": "Bureau of this", "b": "Bureau of that", "c": "卫生健康局", "d": "Office"}
SHARED = {("a", "d"): 4, ("b", "c"): 1}


def drawn(width: float) -> Drawing:
    made = Drawing(width, 20)
    made.text(0, 14, HOSTILE)
    made.block("count", 0, 0, width, 5)
    return made


FIGURE = Figure("a.b", "A sentence " + HOSTILE, drawn, ["=Name", "n"], [["=1+1", 3]], [("women", "women")], "A note")


def ends(drawing: Drawing, kind: str) -> list[str]:
    """The ways of the marks of a class."""
    return [mark.get("d", "") for mark in drawing.marks if mark.get("class") == kind]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bodies_that_share_most_stand_together_and_have_the_thickest_arc(width: float) -> None:
    order = nearest(list(BODIES), SHARED)
    assert abs(order.index("a") - order.index("d")) == 1
    drawing = arcs({"a": 5, "b": 2, "c": 1, "d": 4}, SHARED, {key: BODIES[key] for key in order})(width)
    assert len(ends(drawing, "way")) == len(SHARED)
    thick = [float(mark.get("stroke-width", "")) for mark in drawing.marks if mark.get("class") == "way"]
    assert thick == sorted(thick)
    assert thick[-1] > 2 * thick[0]
    assert drawing.width <= width
    assert {mark.text for mark in drawing.marks if mark.tag == "text"} >= set(BODIES.values())


def test_no_other_place_of_a_body_makes_the_arcs_shorter() -> None:
    shared = {("a", "c"): 2, ("b", "d"): 2, ("c", "d"): 1, ("a", "e"): 3}
    order = nearest(list("abcde"), shared)
    for key in order:
        rest = [other for other in order if other != key]
        moved = ([*rest[:n], key, *rest[n:]] for n in range(len(order)))
        assert min(ways(own, shared) for own in moved) == ways(order, shared)


def test_bands_carry_what_goes_from_one_to_the_other() -> None:
    counts = {("n", "x"): 3, ("n", "y"): 1, ("p", "y"): 2}
    drawing = flow(counts, ["n", "p"], ["x", "y"])(WIDE)
    highs = [abs(float(found)) for way in ends(drawing, "count") for found in re.findall(r"v([\d.-]+)C", way)]
    assert [round(high / min(highs)) for high in highs] == [3, 1, 2]
    shown = [mark.text for mark in drawing.marks if mark.tag == "text"]
    assert shown == ["n", "4", "p", "2", "x", "3", "y", "3"]


def test_a_tile_for_every_province_each_at_its_own_place() -> None:
    assert provinces().keys() <= grid().keys()
    for code, division in provinces().items():
        assert division.name_zh.startswith(grid()[code].name.zh)
        assert division.name_en == grid()[code].name.en
    assert len({(place.column, place.row) for place in grid().values()}) == len(grid())


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tiles_hold_their_names_and_counts(width: float, lang: str) -> None:
    drawing = tiles({"11": (10, 4)}, lang)(width)
    shown = {mark.text for mark in drawing.marks if mark.tag == "text"}
    assert {"10 · 4", "10"} & shown
    assert (grid()["11"].name[lang] if width == WIDE or lang == "zh" else "BJ") in shown
    full, rest = (mark for mark in drawing.marks if mark.get("class") == "ink")
    assert float(full.get("width", "")) == pytest.approx(0.4 * float(rest.get("width", "")), abs=0.1)
    assert drawing.width <= width


def test_populations_are_told_apart_by_shape_too() -> None:
    shapes = set()
    for population in POPULATIONS:
        drawing = Drawing(20, 20)
        sign(drawing, population, 10, 10)
        shapes.add(drawing.marks[0].tag)
    assert len(shapes) == len(POPULATIONS)


def test_the_colours_of_charts_are_those_of_the_pages() -> None:
    css = "".join((ROOT / "docs/assets" / name).read_text(encoding="utf-8") for name in ("site.css", "pictures.css"))
    for name in (*POPULATIONS, "count"):
        told = re.findall(rf"--pd-{name}: (#[0-9a-f]+)", css)
        assert set(told) == {COLOURS[name]}, name


def test_a_page_shows_a_figure_for_a_desktop_and_one_for_a_phone() -> None:
    pictures = FIGURE.pictures
    assert re.findall(r'viewBox="0 0 ([\d.]+)', pictures) == ["680", "328"]
    assert re.findall(r"width:([\d.]+)rem", pictures) == ["34.00", "16.40"]
    assert "<script" not in pictures
    assert 'aria-label="A sentence &lt;/svg' in pictures


def test_a_file_has_its_title_key_note_source_and_style() -> None:
    made = svg_file([FIGURE, FIGURE], "The source")
    root = ElementTree.fromstring(made)
    told = "".join(root.itertext())
    assert all(part in told for part in ("A sentence", "women", "A note", "The source", r"\x07"))
    assert root.find(f"{{{SVG}}}style") is not None
    assert STYLE.substitute(COLOURS) in told
    assert b"var(" not in made
    assert b"<script" not in made
    bottom = max(float(mark.get("y", 0)) for mark in root.iter(f"{{{SVG}}}text"))
    assert bottom < float(root.get("height", "0"))


def test_a_file_becomes_a_picture() -> None:
    pytest.importorskip("vl_convert")
    assert png_file(standalone(drawn(50), "t")).startswith(b"\x89PNG")


def test_the_table_of_a_figure_runs_in_no_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(FIGURE.table.decode("utf-8-sig"), newline="")))
    assert rows == [["'=Name", "n"], ["'=1+1", "3"]]


def test_an_ornament_says_nothing() -> None:
    assert 'aria-hidden="true"' in inline(Drawing(5, 5))
    assert room("a") < room("字")
