"""The dot plot: what stands on one axis, its headline, and the chart that the command writes."""

from xml.etree import ElementTree

import polars as pl
import pytest

from plandata.charts import as_svg
from plandata.charts.dots import axes, comparison, headline, legend
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
    "better": "lower", "target_year": 2025,
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
    rows = [
        row(place_id=place, value=value) for place, value in zip("abcdef", (5.0, 5.0, 6.0, 7.0, 8.0, 9.0), strict=True)
    ]
    rows[0]["comparator"] = "lt"
    assert headline(rows, WORDS["en"]) == (
        "Rate. Strictest: A, less than 5%; then B, at most 5%; then C, at most 6%; least strict: F, at most 9%"
    )


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


def squeezed(text: str) -> str:
    """A text without spaces: a headline is broken into lines."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", WORDS)
def test_a_file_has_a_panel_with_headline_for_each_axis(lang: str) -> None:
    frame = compare(Folder(home()), "parent-school-coverage")
    panels = axes(frame.to_dicts())
    assert len(panels) > 1
    drawn = ElementTree.fromstring(as_svg(comparison(frame, WORDS[lang])))
    text = squeezed("".join(drawn.itertext()))
    assert all(squeezed(headline(axis, WORDS[lang])) in text for axis in panels)


def test_without_a_number_there_is_no_chart() -> None:
    frame = compare(Folder(home()), "maternal-mortality").filter(pl.col("value").is_null())
    with pytest.raises(PackageError, match="no target of this indicator has a number to draw"):
        comparison(frame, WORDS["en"])


def test_panels_of_a_file_share_the_colours_of_all() -> None:
    frame = pl.DataFrame([row(), row(scope_en="rural", scope_zh="农村", population="children")])
    drawn = comparison(frame, WORDS["en"])
    scales = [panel["layer"][0]["encoding"]["color"]["scale"] for panel in drawn["vconcat"]]
    assert [list(scale["domain"]) for scale in scales] == [["women", "children"]] * 2
    assert len({tuple(scale["range"]) for scale in scales}) == 1
