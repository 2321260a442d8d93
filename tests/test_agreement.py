"""The agreement between the two codings, and the record of what was decided."""

from pathlib import Path

import pytest
import yaml

import plandata
from plandata.texts.agreement import (
    CODED,
    DIRECTED,
    WORDED,
    Row,
    alpha,
    compare,
    figures,
    interval,
    of_assignments,
    read,
    table,
)

ROOT = Path(__file__).parents[1]
CODING = ROOT / "coding"


def target(**cells: str) -> Row:
    blank = dict.fromkeys(
        ("indicator_id", "value", "comparator", "scope_zh", "value_text", "unit_of_measure", "basis"), ""
    )
    return {"item_id": "p.d.g01", **blank, **cells}


def test_alpha_of_full_agreement_is_one() -> None:
    assert alpha([("a", "a"), ("b", "b")]) == 1


def test_alpha_of_systematic_disagreement_is_negative() -> None:
    assert alpha([("a", "b"), ("b", "a")]) < 0


def test_alpha_of_a_published_example() -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part A: two observers, alpha 0.095."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha((str(a), str(b)) for a, b in zip(first, second, strict=True)) == pytest.approx(0.095, abs=5e-4)


def test_f1_counts_what_only_one_coder_has() -> None:
    first = [target(indicator_id="a", value="1"), target(indicator_id="b", value="2")]
    found = compare(first, first[:1])
    assert (len(found.pairs), found.only_first, found.f1) == (1, [first[1]], pytest.approx(2 / 3))


def test_rows_of_other_items_are_never_paired() -> None:
    row = target(indicator_id="a", value="1")
    assert compare([row], [{**row, "item_id": "p.d.g02"}]).f1 == 0


def test_each_row_is_paired_once_with_its_best_partner() -> None:
    exact, near = target(indicator_id="a", value="1"), target(indicator_id="a", value="9")
    assert compare([exact], [near, exact]).pairs == [(exact, exact)]


def test_assignments_differ_by_role() -> None:
    row = {"item_id": "p.d.g01", "unit": "县妇联", "role": "lead"}
    assert of_assignments([row], [{**row, "role": "responsible"}]).value == 0


def test_the_committed_codings_cover_the_drawn_domains() -> None:
    drawn = set(yaml.safe_load((CODING / "sample.yaml").read_text(encoding="utf-8"))["domains"])
    for coder in ("first", "second"):
        for name in ("targets", "directions", "words"):
            assert {row["item_id"].rsplit(".", 1)[0] for row in read(CODING / f"{coder}_{name}.csv")} <= drawn


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("targets", ("indicator_id", "comparator", "value", "unit_of_measure", "basis", "reference_year", "scope_zh")),
        ("directions", DIRECTED),
    ],
)
def test_every_difference_is_adjudicated(name: str, columns: tuple[str, ...]) -> None:
    found = compare(*(read(CODING / f"{coder}_{name}.csv") for coder in ("first", "second")))
    differing = {a["item_id"] for a, b in found.pairs if any(a[c] != b[c] for c in columns)}
    differing |= {row["item_id"] for row in (*found.only_first, *found.only_second)}
    decided = read(CODING / "adjudication.csv")
    assert differing <= {row["item_id"] for row in decided}
    assert all(row["reason"] and row["right"] in ("first", "second", "wording") for row in decided)


def test_every_difference_of_words_is_adjudicated() -> None:
    first, second = ({row["target_id"]: row for row in read(CODING / f"{c}_words.csv")} for c in ("first", "second"))
    assert first.keys() == second.keys()
    decided = {(row["item_id"], row["what"]) for row in read(CODING / "adjudication.csv")}
    for target, row in first.items():
        for column in WORDED:
            what = f"{column} of {target.rpartition('.')[2]}"
            assert row[column] == second[target][column] or (row["item_id"], what) in decided


def test_the_dataset_holds_the_adjudicated_rows() -> None:
    held = plandata.open(ROOT)["targets"]
    items = set(held["goal_id"].drop_nulls()) | set(held["measure_id"].drop_nulls())
    for coder in ("first", "second"):
        assert {row["item_id"] for row in read(CODING / f"{coder}_targets.csv")} <= items


def test_the_table_prints_every_figure() -> None:
    printed = table(CODING)
    assert all(figure.what.en in printed and figure.group.en in printed for figure in figures(CODING))
    assert "alpha comparator" in printed


def test_an_interval_holds_its_figure_and_is_none_where_nothing_differs() -> None:
    told = [(name, ("a", "b" if name == "x" else "a")) for name in "xyzuvw" for _ in range(3)]
    told += [(name, ("b", "b")) for name in "yz"]
    low, high = interval(told, alpha)
    assert low < alpha(pair for _, pair in told) < high == 1
    assert interval([("x", ("a", "a")), ("y", ("b", "b"))], alpha) == (1, 1)


def test_the_figures_of_the_codings_hold_their_values_and_every_new_column() -> None:
    found = figures(CODING)
    assert all(figure.low <= figure.value <= figure.high for figure in found)
    assert all(0 <= figure.differ <= figure.rows for figure in found)
    assert {f"alpha {column}" for column in (*CODED, *DIRECTED, *WORDED)} <= {figure.what.en for figure in found}
