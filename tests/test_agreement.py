"""The agreement between the two codings, and the record of what was decided."""

import csv
import math
import runpy
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

import plandata
from plandata.text import Text
from plandata.texts.agreement import (
    CODED,
    DIRECTED,
    GROUPS,
    NAMED,
    NAMED_WEIGHTS,
    OWED,
    OWED_WEIGHTS,
    RECODED,
    SETS,
    WORDED,
    Row,
    by_code,
    code_sets,
    compare,
    figures,
    mistaken_for,
    of_assignments,
    read,
    sets_of,
    table,
)
from plandata.texts.reliability import Codes, alpha, confusions, counted, interval, masi, of_sets, percentiles, share

ROOT = Path(__file__).parents[1]
CODING = ROOT / "coding"
CODERS = ("first", "second")
RIGHT, NOT_CODED = ("first", "second", "wording", "neither"), "not coded"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize("named", [[], [str(CODING)]])
def test_the_table_is_printed_for_the_folder_that_is_named_or_coding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, named: list[str]
) -> None:
    monkeypatch.chdir(tmp_path if named else ROOT)
    monkeypatch.setattr(sys, "argv", ["agreement", *named])
    runpy.run_module("plandata.texts.agreement", run_name="__main__")
    assert capsys.readouterr().out == table(CODING) + "\n"


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


@pytest.mark.parametrize(
    ("shared", "paired"),
    [
        ("indicator_id", True),
        ("value scope_zh", True),
        ("value comparator value_text", True),
        ("scope_zh comparator value_text", True),
        ("value comparator", False),
        ("value value_text", False),
        ("scope_zh comparator", False),
        ("comparator value_text", False),
    ],
)
def test_two_targets_are_the_same_by_their_indicator_or_by_enough_of_the_rest(shared: str, paired: bool) -> None:
    columns = ("indicator_id", "value", "comparator", "scope_zh", "value_text")
    other = {column: "a" if column in shared.split() else "b" for column in columns}
    assert compare([target(**dict.fromkeys(columns, "a"))], [target(**other)]).f1 == paired


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
    assert all(row["reason"] and row["right"] in RIGHT for row in decided)


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


def test_rows_that_one_coder_has_lower_the_share_of_those_that_both_have() -> None:
    told = counted(["x", "y"], ["x"])
    assert told == [("x", (2, 2)), ("y", (2, 2)), ("x", (0, 1))]
    assert (share([pair for _, pair in told]), share([])) == (4 / 5, 1)


def test_of_400_draws_ten_lie_outside_each_end_of_an_interval() -> None:
    figures = iter(range(400))
    assert percentiles(["x", "y"], lambda drawn: next(figures) if len(drawn) == 2 else 0) == (10, 389)


def test_sets_that_nobody_coded_have_no_figure() -> None:
    found = of_sets(Text("", ""), Text("", ""), [])
    assert (found.rows, found.differ) == (0, 0)
    assert all(map(math.isnan, (found.value, found.low, found.high)))


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


def codes(text: str) -> Codes:
    return frozenset(text)


def pairs(*told: tuple[str, str]) -> list[tuple[Codes, Codes]]:
    return [(codes(first), codes(second)) for first, second in told]


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("ab", "ab", 0),
        ("", "", 0),
        ("a", "b", 1),
        ("", "a", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("abc", "ab", 1 - 2 / 3 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("abc", "bcd", 1 - 2 / 4 * 1 / 3),
    ],
)
def test_the_masi_distance_of_two_sets(first: str, second: str, distance: float) -> None:
    assert masi(codes(first), codes(second)) == pytest.approx(distance)
    assert masi(codes(second), codes(first)) == pytest.approx(distance)


def alpha_of(*told: tuple[str, str]) -> tuple[int, int, float]:
    """Rows, differing rows and alpha of pairs of sets, all in one domain."""
    found = of_sets(Text("", ""), Text("", ""), [("d", pair) for pair in pairs(*told)])
    return found.rows, found.differ, found.value


def test_alpha_of_sets_by_hand() -> None:
    """Observed: 2/3 in one of three. By chance, of {a} 3 times, {b} twice, {a, b} once: 2 (3*2*1 + 3*1*2/3 + 2*1*2/3)
    / 30 = 28/45. 1 - (2/9) / (28/45) = 9/14.
    """
    rows, differ, value = alpha_of(("a", "a"), ("ab", "a"), ("b", "b"))
    assert (rows, differ) == (3, 1)
    assert value == pytest.approx(9 / 14)


def test_alpha_of_sets_that_never_overlap_is_that_of_single_codes() -> None:
    told = [("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]
    assert alpha_of(*told) == (4, 1, pytest.approx(alpha(told)))


def test_alpha_of_sets_is_one_in_full_agreement_and_where_nothing_varies() -> None:
    assert alpha_of(("ab", "ab"), ("c", "c"), ("", "")) == (3, 0, 1)
    assert alpha_of(("ab", "ab"), ("ab", "ab")) == (2, 0, 1)
    assert alpha_of(("", "")) == (1, 0, 1)


def test_alpha_of_sets_of_systematic_disagreement_is_negative() -> None:
    assert alpha_of(("a", "b"), ("b", "a")) == (2, 2, -0.5)


def test_the_interval_of_sets_holds_the_value_and_is_none_within_one_domain() -> None:
    told = [("x", pair) for pair in pairs(("a", "b"), ("b", "bc"))]
    told += [(name, pair) for name in "yzuvw" for pair in pairs(("a", "a"), ("b", "b"))]
    found = of_sets(Text("", ""), Text("", ""), told)
    assert found.low < found.value < found.high == 1
    alone = of_sets(Text("", ""), Text("", ""), [("x", pair) for _, pair in told])
    assert alone.low == alone.value == alone.high == pytest.approx(found.value)


def test_a_code_is_confused_with_those_that_only_the_other_has() -> None:
    seen = confusions(pairs(("ab", "ac"), ("b", "c"), ("b", ""), ("ad", "ad"), ("a", "ax")))
    assert seen == {"b": {"c": 2, "": 1}, "c": {"b": 2}, "x": {"": 1}}


def test_a_code_is_confused_with_each_of_several_that_stand_in_its_stead() -> None:
    assert confusions(pairs(("a", "bc"))) == {"a": {"b": 1, "c": 1}, "b": {"a": 1}, "c": {"a": 1}}
    assert confusions(pairs(("ab", "ab"))) == {}


def coded(folder: Path, coder: str, name: str, rows: Iterable[tuple[str, str]]) -> None:
    """Writes one coding: items and their codes."""
    with (folder / f"{coder}_{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("item_id", SETS[name]), *rows])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five items that both coders saw, and one that each saw alone."""
    first = [("p.d.m01", "a"), ("p.d.m02", "a"), ("p.d.m02", "b"), ("p.d.m03", "b"), ("p.e.m04", ""), ("p.e.m05", "b")]
    second = [("p.d.m01", "a"), ("p.d.m02", "a"), ("p.d.m03", "c"), ("p.e.m04", ""), ("p.e.m05", "c")]
    coded(tmp_path, "first", "instruments", [*first, ("p.d.m06", "a")])
    coded(tmp_path, "second", "instruments", [*second, ("p.d.m07", "a")])
    coded(tmp_path, "again", "instruments", [("p.d.m02", "a")])
    return tmp_path


def test_an_item_without_codes_was_seen_and_has_none() -> None:
    rows = [{"item_id": item, "instrument": code} for item, code in (("m1", "a"), ("m1", "b"), ("m2", ""))]
    assert code_sets(rows, "instrument") == {"m1": {"a", "b"}, "m2": set()}


def test_the_sets_of_an_item_stand_with_its_domain_where_both_coders_saw_it(folder: Path) -> None:
    assert sets_of(folder, "instruments") == [
        ("p.d", (codes("a"), codes("a"))),
        ("p.d", (codes("ab"), codes("a"))),
        ("p.d", (codes("b"), codes("c"))),
        ("p.e", (codes(""), codes(""))),
        ("p.e", (codes("b"), codes("c"))),
    ]
    assert sets_of(folder, "instruments", ("first", "again")) == [("p.d", (codes("ab"), codes("a")))]


def test_codes_are_told_one_by_one_those_that_fewest_agree_on_first(folder: Path) -> None:
    """Of b: 3 of 5 differ, by chance 2*3*7/90 = 7/15, so 1 - 9/7. Of c: 2 of 5 differ, by chance 2*2*8/90 = 16/45."""
    found = by_code(folder, "instruments")
    assert [(told.what.en, told.rows, told.differ) for told in found] == [("b", 3, 3), ("c", 2, 2), ("a", 2, 0)]
    assert [told.value for told in found] == pytest.approx([-2 / 7, -1 / 8, 1])
    assert {told.group for told in found} == {GROUPS["instruments"]}


def test_what_a_code_is_mistaken_for_stands_the_commonest_first(folder: Path) -> None:
    assert mistaken_for(folder, "instruments") == {"b": [("c", 2), ("", 1)], "c": [("b", 2)]}


def citation(title: str, kind: str) -> Row:
    return {"item_id": "p.d.m01", "title_zh": title, "kind": kind, "level": "national"}


def test_citations_are_paired_by_their_titles_whatever_is_coded_of_them() -> None:
    found = compare([citation("甲法", "law")], [citation("甲法", "other")], NAMED_WEIGHTS)
    assert (found.f1, found.alpha("level")) == (1, 1)
    assert compare([citation("甲法", "law")], [citation("乙法", "law")], NAMED_WEIGHTS).f1 == 0


@pytest.mark.parametrize(
    ("changes", "f1"),
    [
        ({"frequency": "once", "deadline_text": "x", "from_unit": "b", "to_unit": "d"}, 1),
        ({"kind": "funding", "from_unit": "b"}, 1),
        ({"kind": "funding", "to_unit": "d"}, 1),
        ({"kind": "funding", "from_unit": "b", "frequency": "once"}, 0),
        ({"kind": "funding", "to_unit": "d", "deadline_text": "x"}, 0),
        ({"kind": "funding", "frequency": "once", "deadline_text": "x"}, 1),
        ({"kind": "funding", "frequency": "once", "deadline_text": "x", "to_unit": "d"}, 0),
    ],
)
def test_duties_are_paired_by_their_kind_or_by_all_else(changes: dict[str, str], f1: float) -> None:
    duty = {"item_id": "m01", "kind": "reporting", "frequency": "yearly", "deadline_text": ""}
    duty |= {"from_unit": "a", "to_unit": "c"}
    assert compare([duty], [duty | changes], OWED_WEIGHTS).f1 == f1


CODE_OF = {"instruments": "instrument", "target_groups": "target_group"}


def coded_pairs(coder: str, name: str) -> set[tuple[str, str]]:
    """The codes of a committed coding, each with its item."""
    return {(row["item_id"], row[SETS[name]]) for row in read(CODING / f"{coder}_{name}.csv") if row[SETS[name]]}


def decisions(name: str) -> dict[tuple[str, str], Row]:
    """The decided codes of a table, each with its item. What a measure serves is told in the cells, not by `what`."""
    rows = read(CODING / "adjudication.csv")
    if name != "serves":
        named = ((row, *row["what"].partition(" ")[::2]) for row in rows)
        return {(row["item_id"], code): row for row, what, code in named if what == CODE_OF[name]}
    served = [(row, {row[column] for column in (*CODERS, "adjudicated")}) for row in rows if row["what"] == "serves"]
    return {(row["item_id"], goal): row for row, goals in served for goal in goals - {NOT_CODED}}


@pytest.mark.parametrize("name", SETS)
def test_every_difference_of_sets_is_adjudicated(name: str) -> None:
    first, second = (coded_pairs(coder, name) for coder in CODERS)
    assert first ^ second
    assert first ^ second <= decisions(name).keys()


@pytest.mark.parametrize("name", SETS)
def test_a_decision_tells_what_the_coders_coded_and_who_is_right(name: str) -> None:
    held = {coder: coded_pairs(coder, name) for coder in CODERS}
    for pair, row in decisions(name).items():
        given = {coder: pair in held[coder] for coder in CODERS}
        assert given == {coder: row[coder] != NOT_CODED for coder in CODERS}, pair
        right = row["adjudicated"] != NOT_CODED
        assert {given[coder] == right for coder in CODERS if row["right"] in (coder, "neither")} == {
            row["right"] != "neither"
        }, pair


@pytest.mark.parametrize(
    ("name", "columns", "weights", "what"),
    [
        ("citations", NAMED, NAMED_WEIGHTS, "citation {title_zh}"),
        ("duties", OWED, OWED_WEIGHTS, "duty {kind}"),
    ],
)
def test_every_difference_of_citations_and_duties_is_adjudicated(
    name: str, columns: tuple[str, ...], weights: dict[str, int], what: str
) -> None:
    found = compare(*(read(CODING / f"{coder}_{name}.csv") for coder in CODERS), weights)
    differing = [
        row for pair in found.pairs if any(pair[0][c] != pair[1][c] for c in (*columns, "kind")) for row in pair
    ]
    differing += [*found.only_first, *found.only_second]
    decided = {(row["item_id"], row["what"]) for row in read(CODING / "adjudication.csv")}
    assert differing
    assert {(row["item_id"], what.format(**row)) for row in differing} <= decided


def test_the_codings_of_sets_cover_every_item_that_they_are_about() -> None:
    package = plandata.open(ROOT)
    measures, goals = set(package["measures"]["measure_id"]), set(package["goals"]["goal_id"])
    for coder in CODERS:
        seen = {name: {row["item_id"] for row in read(CODING / f"{coder}_{name}.csv")} for name in SETS}
        assert seen["instruments"] == measures
        assert seen["target_groups"] == measures | goals
        assert seen["serves"] <= measures


@pytest.mark.parametrize("name", RECODED)
def test_what_was_coded_again_was_coded_first(name: str) -> None:
    again, first = ({row["item_id"] for row in read(CODING / f"{coder}_{name}.csv")} for coder in ("again", "first"))
    assert again < first
    assert len(again) == pytest.approx(len(first) / 5, rel=0.02)


@pytest.mark.parametrize("name", SETS)
def test_the_dataset_holds_what_both_coders_have_corrected_by_what_was_decided(name: str) -> None:
    decided = decisions(name)
    agreed = (coded_pairs("first", name) & coded_pairs("second", name)) - decided.keys()
    right = {pair for pair, row in decided.items() if row["adjudicated"] != NOT_CODED}
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    item = ("measure_id",) if name == "serves" else ("measure_id", "goal_id")
    held = [(next(filter(None, (row.get(column) for column in item))), row[SETS[name]]) for row in rows]
    assert len(held) == len(set(held))
    assert set(held) == agreed | right
