"""Drawings and figures: lines of text, arcs, bands, tiles, and the files that are made of them."""

import csv
import io
import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_assess_method import judged, target

from plandata.assess.model import Band
from plandata.charts import BLUE, POPULATIONS, SVG, drawable, in_page, page_png, shortened, width
from plandata.charts.arcs import arcs, nearest, told_apart, ways
from plandata.charts.course import DARK_INK, LIGHT_INK, course, ink_on, lines, span, values, within, years
from plandata.charts.drawing import (
    COLOURS,
    NARROW,
    STYLE,
    WIDE,
    Drawing,
    broken,
    cut,
    head_room,
    inline,
    levelled,
    page_style,
    room,
    scale,
    short,
    sign,
    standalone,
    widest,
)
from plandata.charts.figure import Figure, credit, png_file, svg_file
from plandata.charts.flow import flow
from plandata.charts.spark import part_bars, spark, wanted_text
from plandata.charts.tiles import grid, tiles
from plandata.rules.official import provinces
from plandata.schema import edition
from plandata.words import Words

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


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("bodies", [3, 40])
def test_the_arc_between_the_farthest_bodies_reaches_furthest_and_none_leaves_the_ground(
    width: float, bodies: int
) -> None:
    names = {f"b{n}": f"Body {n}" for n in range(bodies)}
    shared = {("b0", f"b{n}"): 1 for n in range(1, bodies)}
    drawing = arcs(dict.fromkeys(names, 1), shared, names)(width)
    told = [[float(part) for part in re.findall(r"[\d.]+", way)] for way in ends(drawing, "way")]
    (dots, *_) = (float(mark.get("cx", "")) for mark in drawing.marks if mark.tag == "circle")
    reach = [wide for stem, _, wide, *_ in told if stem == dots]
    assert reach == sorted(reach)
    assert len({*reach}) == len(told) == bodies - 1
    assert reach[-1] > 20
    assert dots + reach[-1] < drawing.width <= width
    if bodies == 40:
        assert dots + reach[-1] > drawing.width - 10


def test_no_other_place_of_a_body_makes_the_arcs_shorter() -> None:
    shared = {("a", "c"): 2, ("b", "d"): 2, ("c", "d"): 1, ("a", "e"): 3}
    order = nearest(list("abcde"), shared)
    for key in order:
        rest = [other for other in order if other != key]
        moved = ([*rest[:n], key, *rest[n:]] for n in range(len(order)))
        assert min(ways(own, shared) for own in moved) == ways(order, shared)


def test_ways_are_as_long_as_bodies_stand_apart_and_weigh_what_they_share() -> None:
    shared = {("a", "c"): 2, ("c", "b"): 1}
    assert [ways(order, shared) for order in (["a", "b", "c"], ["b", "c", "a"], ["c", "b", "a"])] == [5, 3, 5]
    assert nearest(["a", "b", "c"], {("a", "b"): 1, ("b", "c"): 1}) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["A City Court", "A City Bureau", "Offices"], ["Court", "Bureau", "Offices"]),
        (["A x", "A y", "B z", "C z"], ["A x", "A y", "B z", "C z"]),
        (["A x", "A y", "B z"], ["x", "y", "B z"]),
        (["A B x", "A B y", "A C z"], ["x", "y", "A C z"]),
        (["AB x", "A y", "A z"], ["AB x", "y", "z"]),
        (["A", "A x", "A y"], ["A", "x", "y"]),
        (["x", "x"], ["x", "x"]),
        ([], []),
    ],
)
def test_names_lose_the_words_with_which_most_of_them_begin(names: list[str], told: list[str]) -> None:
    assert told_apart(names) == told


def test_bands_carry_what_goes_from_one_to_the_other() -> None:
    counts = {("n", "x"): 3, ("n", "y"): 1, ("p", "y"): 2}
    drawing = flow(counts, ["n", "p"], ["x", "y"])(WIDE)
    highs = [abs(float(found)) for way in ends(drawing, "count") for found in re.findall(r"v([\d.-]+)C", way)]
    assert [round(high / min(highs)) for high in highs] == [3, 1, 2]
    shown = [mark.text for mark in drawing.marks if mark.tag == "text"]
    assert shown == ["n", "4", "p", "2", "x", "3", "y", "3"]


@pytest.mark.parametrize("width", [WIDE, NARROW, 2 * WIDE])
def test_blocks_stand_in_two_columns_about_one_middle_and_bands_are_paler_from_block_to_block(width: float) -> None:
    left, right = [f"body {n}" for n in range(7)], ["x", "never", "a name that needs lines of its own in its room"]
    counts = {(one, other): 1000 for one in left for other in right[::2]} | {(left[0], right[0]): 1}
    drawing = flow(counts, left, right)(width)
    blocks = [mark for mark in drawing.marks if mark.tag == "rect"]
    places = [tuple(float(mark.get(side, "")) for side in ("x", "y", "width", "height")) for mark in blocks]
    for column in (places[:7], places[7:]):
        assert len({x for x, *_ in column}) == 1
        gaps = [below[1] - (above[1] + above[3]) for above, below in pairwise(column)]
        assert min(gaps) > 20
        middle = (column[0][1] + column[-1][1] + column[-1][3]) / 2
        assert middle == pytest.approx(drawing.height / 2, abs=1)
    assert 0 < places[0][0] < places[7][0] < drawing.width <= width
    assert [round(high) for *_, high in places[7:]][1] == 1
    depths = [float(mark.get("opacity", "")) for mark in drawing.marks if mark.tag == "path"]
    assert depths == sorted(depths, reverse=True)
    assert len({*depths}) == 5
    texts = [mark for mark in drawing.marks if mark.tag == "text"]
    for mark in texts:
        x, wide = float(mark.get("x", "")), room(mark.text or "")
        assert (x - wide if mark.get("text-anchor") == "end" else x) >= -1
        assert (x if mark.get("text-anchor") == "end" else x + wide) <= drawing.width + 1
    assert [mark.text for mark in texts if mark.get("class") == "muted"] == ["1001", *["2000"] * 6, "6001", "0", "7000"]


def test_tiles_grow_no_wider_than_their_texts_need_and_a_count_of_nothing_has_no_part() -> None:
    wide, wider = (tiles({"11": (0, 0), "52": (4, 4)}, "zh")(width) for width in (2000, 3000))
    assert wide.width == wider.width < 2000
    part = [float(mark.get("width", "")) for mark in wide.marks if mark.get("class") == "ink"]
    assert sorted([part[0] / part[1], part[2] / part[3]]) == [0, 1]
    assert tiles({}, "en")(WIDE).width <= WIDE
    empty, filled = (
        {(mark.get("x"), mark.get("y")) for mark in wide.marks if mark.get("class") == kind}
        for kind in ("tile", "count")
    )
    assert (len(empty) + len(filled), len(filled)) == (len(grid()), 2)


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
    made = svg_file([FIGURE, replace(FIGURE, title="Another")], "The source")
    root = ElementTree.fromstring(made)
    assert (root.findtext(f"{{{SVG}}}title") or "").startswith("A sentence")
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


@pytest.mark.parametrize(
    ("text", "characters", "told"),
    [
        ("villages and towns", 18, "villages and towns"),
        ("villages and towns", 17, "villages and tow…"),
        ("villages and towns", 10, "villages…"),
        ("村村村", 6, "村村村"),
        ("村村村", 5, "村村…"),
        ("a\x07", 5, r"a\x07"),
        ("a\x07", 4, r"a\x…"),
    ],
)
def test_a_text_is_shortened_only_where_it_has_no_room(text: str, characters: int, told: str) -> None:
    assert shortened(text, characters) == told


def test_a_text_is_cut_to_its_pixels_and_one_sign_is_left_at_least() -> None:
    texts = (("abc", 24), ("abc", 23.9), ("村村", 28), ("村村", 27), ("abcdef", 3))
    assert [cut(text, pixels) for text, pixels in texts] == ["abc", "a…", "村村", "村…", "a…"]
    assert [widest(["a", "abc"], most) for most in (100, 20)] == [24, 20]
    assert widest([], 100) == 0


@pytest.mark.parametrize(
    ("text", "pixels", "lines"),
    [
        ("aa bb", 40, ["aa bb"]),
        ("aa bb", 39, ["aa", "bb"]),
        (" aa  bb ", 40, ["aa", "bb"]),
        ("村村。村", 42, ["村村。", "村"]),
        ("村村。村", 28, ["村", "村。", "村"]),
        ("aaaaaaaa bb", 24, ["aaaaaaaa", "bb"]),
        ("a村b", 15, ["a", "村", "b"]),
        ("村ab", 30, ["村ab"]),
        ("", 10, []),
        ("  ", 10, []),
    ],
)
def test_a_line_is_as_long_as_its_room_and_a_closing_sign_begins_none(
    text: str, pixels: float, lines: list[str]
) -> None:
    assert broken(text, pixels) == lines


def test_heads_of_columns_stand_level_where_each_has_room_in_three_lines() -> None:
    assert levelled(["a b c"], 8) == [["a", "b", "c"]]
    assert levelled(["a", "a b c d"], 8) is None
    assert (levelled(["ab"], 16), levelled(["ab"], 15.9)) == ([["ab"]], None)
    one, two, three = (head_room(names, 8) for names in (["a", "b"], ["a", "b c"], ["a b c"]))
    assert [reach for _, reach in (one, two, three)] == [0, 0, 0]
    assert two[0] - one[0] == three[0] - two[0] > 0
    assert head_room([], 8) == one
    tilted, longer = head_room(["abcdefgh", "ab"], 8), head_room(["abcdefgh", "abcdef"], 8)
    assert tilted[0] == longer[0]
    assert 0 < tilted[1] < longer[1]


def test_values_stand_in_their_room_in_proportion_and_beyond_it() -> None:
    place = scale((2, 4), (100, 0))
    assert [place(value) for value in (2, 3, 4, 5)] == [100, 50, 0, -50]
    assert [short(value) for value in (12.0, 12.04, 0.06, -1.0, 10)] == ["12", "12", "0.1", "-1", "10"]


def test_control_characters_are_escapes_wherever_they_stand_in_a_chart() -> None:
    chart = {"a": ["x\x07", ("y\x1b", 5)], "b": {"c": None, "d": True}}
    assert drawable(chart) == {"a": [r"x\x07", [r"y\x1b", 5]], "b": {"c": None, "d": True}}


def test_a_chart_in_a_page_is_one_picture_with_its_text_and_takes_the_ink_of_the_page() -> None:
    pytest.importorskip("vl_convert")
    encoding = {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "t", "type": "nominal"}}
    spec: dict[str, Any] = {"mark": "point", "width": 100, "height": 50, "padding": 10, "encoding": encoding}
    root = ElementTree.fromstring(in_page(spec, [{"a": 1, "t": "x\x07"}], "told\x07"))
    assert root.attrib == {
        "version": "1.1",
        "viewBox": "0 0 120 70",
        "role": "img",
        "aria-label": r"told\x07",
        "style": "max-width:144px",
    }
    inside = {name for mark in root.iter() if mark is not root for name in mark.attrib}
    assert not [name for name in inside if name.startswith("aria-") or name in ("role", "class", "font-family")]
    assert "currentColor" in {mark.get("stroke") for mark in root.iter()}
    assert r"x\x07" in "".join(root.itertext())


def test_pictures_have_two_or_three_pixels_for_each() -> None:
    pytest.importorskip("vl_convert")
    made = (page_png(inline(Drawing(20, 10))), png_file(b'<svg xmlns="%s" width="20" height="10"/>' % SVG.encode()))
    assert [struct.unpack(">II", png[16:24]) for png in made] == [(60, 30), (40, 20)]


@pytest.mark.parametrize(
    ("levels", "ends"),
    [([1, 3, 2], (0.72, 3.28)), ([5], (4.3, 5.7)), ([-5, -5], (-5.7, -4.3)), ([0], (-0.14, 0.14))],
)
def test_a_scale_holds_all_levels_with_a_margin(levels: Sequence[float], ends: tuple[float, float]) -> None:
    assert span(levels) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("band", "shown", "wanted"),
    [
        (Band(Fraction(2), Fraction(3)), (2, 3), "2–3"),
        (Band(low=Fraction(2)), (2, 9), "≥ 2"),
        (Band(low=Fraction(2), low_open=True), (2, 9), "> 2"),
        (Band(high=Fraction(3)), (1, 3), "≤ 3"),
        (Band(high=Fraction(3), high_open=True), (1, 3), "< 3"),
        (Band(Fraction(2), Fraction(2)), (2, 2), "2"),
        (Band(), (1, 9), ""),
    ],
)
def test_what_is_wanted_is_shown_as_far_as_the_scale_goes_and_told_in_a_few_signs(
    band: Band, shown: tuple[float, float], wanted: str
) -> None:
    part = within(band, 1.0, 9.0)
    assert ((part["level"], part["to"]), wanted_text(band)) == (shown, wanted)


def test_a_course_leads_from_the_baseline_to_the_target_with_figures_at_its_ends() -> None:
    made = judged(target(baseline="50", baseline_year=2020), {2021: "52", 2022: "53", 2023: "56"}, 2023)
    assert years(made) == (2020, 2025)
    assert [(mark["year"], mark["level"]) for mark in values(made) if "text" not in mark] == [
        (2021, 52), (2022, 53), (2023, 56)
    ]  # fmt: skip
    assert [(mark["year"], mark["text"]) for mark in values(made) if "text" in mark] == [(2021, "52"), (2023, "56")]
    first, last, now, then = lines(made)
    assert [(mark["year"], mark["level"]) for mark in (first, last)] == [(2020, 50), (2025, 60)]
    assert (now["year"], then["year"]) == (2023, 2025)
    # Two a year since the baseline.
    assert (now["level"], then["level"]) == (56, 60)


def test_a_course_without_a_baseline_or_after_its_year_has_no_line_from_it() -> None:
    assert list(lines(judged(target(), {2025: "61"}, 2025))) == []
    assert years(judged(target(), {2022: "61", 2023: "62"}, 2023)) == (2022, 2025)
    late = target(baseline="50", baseline_year=2025)
    assert [mark for mark in lines(judged(late, {2025: "61"}, 2025)) if mark["kind"] == "path"] == []


def test_a_baseline_that_meets_the_target_stays_at_what_is_wanted() -> None:
    kept = judged(target(baseline="70", baseline_year=2020), {2021: "71"}, 2021)
    path = [(mark["year"], mark["level"]) for mark in lines(kept) if mark["kind"] == "path"]
    assert len({level for _, level in path}) == 1


@pytest.mark.parametrize(
    ("colour", "ink"), [("#000000", LIGHT_INK), ("#ffffff", DARK_INK), ("#00664b", LIGHT_INK), ("#8fd3b6", DARK_INK)]
)
def test_a_figure_on_a_colour_is_dark_or_light(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_the_style_of_a_page_names_its_colours_and_those_of_files_where_it_has_none() -> None:
    assert set(re.findall(r"var\(--pd-([a-z]+),([^)]+)\)", page_style())) == {
        *(COLOURS | {"ink": "currentColor"}).items()
    }
    assert "$" not in page_style()


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "Source: Plans, version 1.2.0, CC0"), ("zh", "来源：规划，版本1.2.0，CC0")]
)
def test_a_figure_tells_where_it_is_from_and_how_it_may_be_used(lang: str, told: str) -> None:
    about = {"title": "Plans", "title_zh": "规划", "version": "1.2.0", "licenses": [{"name": "CC0"}, {"name": "MIT"}]}
    assert credit(about, Words(edition().labels, lang)) == told
    assert "Plans" in credit(about | {"title_zh": ""}, Words(edition().labels, lang))


def test_the_longest_label_takes_its_room_up_to_a_limit() -> None:
    assert width(["a", "abc"], 10) == 3 * width(["a"], 10)
    assert width(["村"], 10) == 2 * width(["a"], 10)
    assert width(["abcdef"], 4) == width(["abcd"], 10)


def elements(svg: str, tag: str) -> list[ElementTree.Element]:
    return [mark for mark in ElementTree.fromstring(svg).iter() if mark.tag.rpartition("}")[2] == tag]


@pytest.mark.parametrize(
    ("observed", "line", "figures", "dots"),
    [
        ({2023: "55"}, 0, ["55"], ["4"]),
        ({2022: "54", 2023: "55"}, 1, ["54", "55"], ["3", "4"]),
        ({2021: "53", 2022: "54", 2023: "55"}, 1, ["53", "55"], ["3", "3", "4"]),
    ],
)
def test_a_small_course_joins_its_values_and_tells_the_first_and_the_last(
    observed: dict[int, str], line: int, figures: list[str], dots: list[str]
) -> None:
    made = spark(judged(target(), observed, 2023), Words(edition().labels, "en"))
    assert [mark.get("stroke") for mark in elements(made, "path")].count(BLUE) == line
    assert [mark.get("r") for mark in elements(made, "circle")] == dots
    texts = elements(made, "text")
    first = min(observed)
    assert [mark.text for mark in texts] == [*figures, "≥ 60", str(first), "2025"]
    bold = [mark.text for mark in texts if mark.get("font-weight") == "600"]
    assert bold == figures[-1:]


def test_a_target_without_a_measure_has_no_course() -> None:
    made = judged(target("increase", None), {2022: "54", 2023: "55"}, 2023)
    say = Words(edition().labels, "en")
    assert (made.band, spark(made, say), course(made, say)) == (None, "", "")


def test_bars_of_parts_are_as_long_as_their_values_and_none_is_below_zero() -> None:
    levels = [("all", Fraction(40)), ("women", Fraction(20)), ("men", Fraction(-3)), ("none", Fraction(0))]
    made = part_bars(levels, "percent", Words(edition().labels, "en"))
    whole, half, *rest = (float(bar.get("width", "")) for bar in elements(made, "rect"))
    assert whole == pytest.approx(2 * half, abs=0.2)
    assert (whole > 0, rest) == (True, [0, 0])
    assert 'aria-label="all 40%; women 20%; men ' in made
    (alone,) = elements(part_bars([("none", Fraction(0))], "percent", Words(edition().labels, "en")), "rect")
    assert float(alone.get("width", "")) == 0
