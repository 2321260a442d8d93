"""The dot plot: what stands on one axis, its headline, and the chart that the command writes."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import polars as pl
import pytest

from plandata.charts.dots import STEP, axes, comparison, dots, headline, legend, point, span, ticks
from plandata.charts.drawing import NARROW, WIDE
from plandata.charts.figure import svg_file
from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.read.compare import comparable, compare
from plandata.schema import edition, home
from plandata.words import Words

WORDS = {lang: Words(edition().labels, lang) for lang in ("en", "zh")}
ROW = {
    "indicator_id": "x", "indicator_en": "Rate", "indicator_zh": "率", "scope_en": None, "scope_zh": None,
    "place_id": "a-b", "place_en": "A B County", "place_zh": "甲县", "population": "women", "comparator": "le",
    "value": 7.0, "unit_of_measure": "percent", "basis": "level", "reference_year": None, "baseline_value": None,
    "better": "lower", "target_year": 2025, "target_id": "a-b.t1",
}  # fmt: skip


def row(**cells: object) -> dict[str, object]:
    return ROW | cells


def test_what_differs_in_scope_unit_or_basis_stands_on_another_axis() -> None:
    rows = [
        row(),
        row(scope_en="rural"),
        row(unit_of_measure="per_mille"),
        row(basis="relative_decrease"),
        row(value=8.0),
    ]
    rows[3]["comparator"] = "ge"
    assert [len(axis) for axis in axes(rows)] == [2, 1, 1, 1]


def test_what_has_no_number_stands_on_no_axis_and_what_has_no_rank_on_one_of_its_own() -> None:
    assert axes([row(value=None, comparator="decrease")]) == []
    rows = [row(), row(comparator="ge"), row(comparator="ge", value=9.0)]
    assert [[r["value"] for r in axis] for axis in axes(rows)] == [[7.0], [7.0, 9.0]]


def test_a_headline_without_a_rank_names_no_strictest() -> None:
    rows = [row(better="none", value=9.0), row(better="none", place_id="c", place_zh="丙市")]
    assert headline(rows, WORDS["en"]) == "Rate: from at most 7% in C to at most 9% in A B"
    assert headline(rows, WORDS["zh"]) == "率：从丙市的不高于7%到甲县的不高于9%"


def test_a_headline_names_the_first_groups_and_the_last() -> None:
    values = {"a": 5.0, "b": 5.0, "c": 6.0, "d": 7.0, "e": 8.0, "f": 9.0}
    rows = [row(place_id=place, value=value) for place, value in values.items()]
    rows[0]["comparator"] = "lt"
    assert headline(rows, WORDS["en"]) == (
        "Rate. Strictest: A, less than 5%; then B, at most 5%; then C, at most 6%; least strict: F, at most 9%"
    )


@pytest.mark.parametrize(
    ("better", "words", "anchor"), [("higher", "higher is better →", "end"), ("lower", "← lower is better", "start")]
)
def test_the_better_side_is_told_at_its_end_of_the_axis(better: str, words: str, anchor: str) -> None:
    rows = [row(better=better), row(better=better, place_id="c", value=9.0)]
    marks = dots(rows, WORDS["en"], "k").draw(WIDE).marks
    (told,) = [mark for mark in marks if mark.text == words]
    grid = [float(mark.attrib["x"]) for mark in marks if mark.attrib.get("text-anchor") == "middle"]
    assert told.attrib.get("text-anchor", "start") == anchor
    assert (float(told.attrib["x"]) > sum(grid) / len(grid)) is (anchor == "end")


def test_an_axis_holds_what_the_command_ranks() -> None:
    frame = compare(Folder(home()), "child-myopia-rate")
    ranked = [axis for axis in axes(frame.to_dicts()) if len(axis) > 1 and comparable(axis[0])]
    assert [r["target_id"] for axis in ranked for r in axis] == [
        r["target_id"] for r in frame.to_dicts() if r["rank"] is not None
    ]
    assert all(comparable(r) == comparable(axis[0]) for axis in axes(frame.to_dicts()) for r in axis)


@pytest.mark.parametrize(
    ("rows", "en", "zh"),
    [
        ([row()], "Rate: at most 7% in A B", "率：甲县为不高于7%"),
        ([row(), row(place_id="c", place_zh="丙市")], "Rate: at most 7% in A B and C", "率：甲县和丙市为不高于7%"),
        ([row(), row(population="children")], "Rate: at most 7% in A B", "率：甲县为不高于7%"),
        (
            [
                row(better="higher", comparator=comparator, place_id=place)
                for place, comparator in (("a", "ge"), ("b", "eq"))
            ],
            "Rate: at least 7% or 7% in A and B",
            "率：甲县为不低于7%或7%",
        ),
        (
            [row(comparator="lt"), row(place_id="c", place_zh="丙市")],
            "Rate. Strictest: A B, less than 7%; least strict: C, at most 7%",
            "率。最严：甲县，低于7%；最宽：丙市，不高于7%",
        ),
        ([row(scope_en="rural", scope_zh="农村")], "Rate (rural): at most 7% in A B", "率（农村）：甲县为不高于7%"),
    ],
)
def test_headlines(rows: list[dict[str, object]], en: str, zh: str) -> None:
    assert [headline(rows, WORDS[lang]) for lang in ("en", "zh")] == [en, zh]


def test_the_legend_tells_only_the_marks_that_are_drawn() -> None:
    say = WORDS["en"]
    assert legend([row(comparator="eq")], say) == ""
    assert legend([row()], say) == "The line leads to the values that meet the target"
    assert "hollow" in legend([row(comparator="lt")], say)
    assert "cross" in legend([row(baseline_value=9.0)], say)


@pytest.mark.parametrize("lang", WORDS)
def test_a_comparison_has_a_figure_with_headline_and_rows_for_each_axis(lang: str) -> None:
    frame = compare(Folder(home()), "parent-school-coverage")
    panels, drawn = axes(frame.to_dicts()), comparison(frame, WORDS[lang])
    assert len(panels) > 1
    assert [figure.title for figure in drawn] == [headline(axis, WORDS[lang]) for axis in panels]
    assert [[row[-1] for row in figure.rows] for figure in drawn] == [[r["target_id"] for r in axis] for axis in panels]
    text = "".join(ElementTree.fromstring(svg_file(drawn, "Source")).itertext())
    assert all(figure.note.split()[-1] in text for figure in drawn)


def test_without_a_number_there_is_no_chart() -> None:
    frame = compare(Folder(home()), "maternal-mortality").filter(pl.col("value").is_null())
    with pytest.raises(PackageError, match="no target of this indicator has a number to draw"):
        comparison(frame, WORDS["en"])


def marks(rows: list[dict[str, object]], kind: str, lang: str = "en", width: float = WIDE) -> list[Element]:
    """The marks of a class, of a drawing of some targets."""
    return [mark for mark in dots(rows, WORDS[lang], "k").draw(width).marks if mark.get("class") == kind]


def test_a_target_has_its_sign_its_line_and_the_way_from_its_baseline() -> None:
    rows = [row(baseline_value=9.0), row(comparator="lt"), row(comparator="eq", population="children")]
    # A line and a sign each; a bare value has no side.
    assert [mark.tag for mark in marks(rows, "women")] == ["path", "circle", "path"]
    assert [mark.tag for mark in marks(rows, "women open")] == ["circle"]
    assert [mark.tag for mark in marks(rows, "children")] == ["rect"]
    way, cross = marks(rows, "cross")
    assert "stroke-dasharray" in way.attrib
    assert "stroke-width" in cross.attrib


@pytest.mark.parametrize(("better", "en", "zh"), [("lower", "← lower", "← 越低"), ("higher", "higher", "越高")])
def test_the_direction_of_better_stands_at_its_end(better: str, en: str, zh: str) -> None:
    for lang, said in (("en", en), ("zh", zh)):
        *_, told = (mark.text for mark in marks([row(better=better)], "muted", lang))
        assert told.startswith(said)
        assert not any(said in mark.text for mark in marks([row(better="none")], "muted", lang))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_row_has_one_height_and_the_drawing_stays_inside_its_ground(width: float) -> None:
    one, many = ([row(value=float(n + 1)) for n in range(size)] for size in (1, 12))
    drawn = [dots(rows, WORDS["en"], "k").draw(width) for rows in (one, many)]
    assert drawn[1].height - drawn[0].height == 11 * STEP
    assert all(drawing.width <= width for drawing in drawn)


@pytest.mark.parametrize(
    ("ends", "parts", "told"),
    [
        ((0, 10), 5, [0, 2, 4, 6, 8, 10]),
        ((0, 10), 2, [0, 5, 10]),
        ((10, 14), 4, [10, 11, 12, 13, 14]),
        ((77, 103), 5, [75, 80, 85, 90, 95, 100, 105]),
        ((0, 1500), 4, [0, 500, 1000, 1500]),
        ((0.02, 0.05), 3, [0.02, 0.03, 0.04, 0.05]),
    ],
)
def test_an_axis_has_round_numbers_that_hold_its_range(
    ends: tuple[float, float], parts: int, told: list[float]
) -> None:
    assert ticks(ends, parts) == told


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([(5.0, None)], (4, 6)),
        ([(20.0, None)], (18, 22)),
        ([(0.0, None)], (0, 1)),
        ([(1.0, 9.0)], (0, 10.2)),
        ([(5.0, None), (6.0, 7.0)], (4.7, 7.3)),
    ],
)
def test_an_axis_holds_values_and_baselines_with_a_margin_and_nothing_below_zero(
    values: list[tuple[float, float | None]], ends: tuple[float, float]
) -> None:
    assert span([{"value": value, "baseline": baseline} for value, baseline in values]) == pytest.approx(ends)


@pytest.mark.parametrize(
    ("comparator", "side", "is_open"),
    [("ge", 1, False), ("gt", 1, True), ("le", -1, False), ("lt", -1, True), ("eq", 0, False)],
)
def test_a_point_has_the_side_that_meets_its_target_and_is_open_without_its_own_value(
    comparator: str, side: int, is_open: bool
) -> None:
    told = point(row(comparator=comparator, baseline_value=9.0), WORDS["en"])
    assert (told["side"], told["open"], told["baseline"]) == (side, is_open, 9.0)
    assert point(row(basis="relative_decrease", baseline_value=9.0), WORDS["en"])["baseline"] is None


def test_targets_without_a_number_are_counted_in_the_last_note() -> None:
    rows = [row(), row(scope_en="rural", scope_zh="农村"), row(value=None), row(value=None)]
    first, last = comparison(pl.DataFrame(rows), WORDS["en"])
    assert "without a number" not in first.note
    assert last.note.endswith("; targets without a number: 2")
    assert "without a number" not in comparison(pl.DataFrame(rows[:2]), WORDS["en"])[-1].note
    assert [figure.key for figure in (first, last)] == ["0", "1"]


@pytest.mark.parametrize(("comparator", "side"), [("ge", 1), ("gt", 1), ("le", -1), ("lt", -1)])
def test_the_line_of_a_target_leads_to_the_end_of_the_axis_that_meets_it(comparator: str, side: int) -> None:
    drawing = dots([row(comparator=comparator), row(value=9.0, population="children")], WORDS["en"], "k").draw(WIDE)
    grid = [float(mark.get("x", "")) for mark in drawing.marks if mark.get("text-anchor") == "middle"]
    (way,) = (mark.get("d", "") for mark in drawing.marks if mark.get("class") == "women" and mark.tag == "path")
    begin, y, end, same = (float(part) for part in way[1:].replace("L", " ").split())
    (dot,) = (mark for mark in drawing.marks if mark.tag == "circle")
    assert (begin, y) == (float(dot.get("cx", "")), float(dot.get("cy", "")))
    assert (end, same) == (grid[-1] if side > 0 else grid[0], y)


def test_an_axis_without_a_better_side_takes_no_line_for_it() -> None:
    ranked, without = (dots([row(better=better)], WORDS["en"], "k").draw(WIDE) for better in ("lower", "none"))
    assert ranked.height - without.height == 20
    assert all(float(mark.get("y", "0")) < without.height for mark in without.marks)
