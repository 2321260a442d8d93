"""Every rule is seen to fail and to pass, and says what it is for in both languages."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from conftest import Bench, Where, where
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import CASES

from plandata.assess import assess
from plandata.assess.codes import observation_table
from plandata.explain import explained
from plandata.finding import Finding
from plandata.order import moved_rows, sort_keys
from plandata.package import open_package
from plandata.rules import Rule, all_rules
from plandata.schema import schemas
from plandata.validate import validate

RULES = all_rules()
OBSERVED = [rule for rule in RULES if RULES[rule].group == "observations"]
EXAMPLES = [rule for rule in RULES if rule not in CASES and rule not in OBSERVED]
TEXTS = ("must", "must_zh", "why", "why_zh", "mend", "mend_zh")


def written(bench: Bench, rule: Rule, example: object) -> Where:
    """Writes a rule's example into the first row of its tables; where the finding must then be."""
    assert isinstance(example, Mapping), f"{rule.id}: its example is a text, so it needs a case of its own"
    for table, cells in example.items():
        bench.patch(table, 0, **cells)
    table = rule.tables[0] if rule.check else next(iter(example))
    return bench.at(table, 0, rule.column or next(iter(example[table])))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_bad_example_of_a_rule_breaks_it(bench: Bench, rule: str) -> None:
    expected = written(bench, RULES[rule], RULES[rule].bad)
    assert expected in map(where, bench.findings(rule))


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_good_example_of_a_rule_keeps_it(bench: Bench, rule: str) -> None:
    written(bench, RULES[rule], RULES[rule].good)
    assert bench.findings(rule) == []


@pytest.mark.parametrize("rule", CASES)
def test_what_breaks_a_rule_is_found_where_it_is(bench: Bench, rule: str) -> None:
    expected = CASES[rule](bench, True)
    assert expected in map(where, bench.findings(rule))


@pytest.mark.parametrize("rule", CASES)
def test_what_is_like_it_but_breaks_nothing_is_not_found(bench: Bench, rule: str) -> None:
    CASES[rule](bench, False)
    assert bench.findings(rule) == []


def observed(rule: str, example: object, folder: Path) -> set[Finding]:
    """What is found by a rule in an observations file that holds one line, the rule's example."""
    file = folder / "observations.csv"
    line = str(example).replace("…", "report")
    file.write_text(f"{','.join(observation_table().columns)}\n{line}\n", encoding="utf-8")
    done = assess(open_package(), file)
    return {found for found in (*done.report.findings, *done.refused) if found.rule == rule}


@pytest.mark.parametrize("rule", OBSERVED)
def test_the_examples_of_rules_about_observations(rule: str, tmp_path: Path) -> None:
    assert [(found.table, found.line) for found in observed(rule, RULES[rule].bad, tmp_path)] == [("observations", 2)]
    assert not observed(rule, RULES[rule].good, tmp_path)


def test_no_case_is_left_of_a_rule_that_is_gone() -> None:
    assert set(CASES) <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_explains_itself_in_both_languages(rule: Rule) -> None:
    texts = {name: getattr(rule, name) for name in TEXTS}
    assert all(texts.values())
    assert len(set(texts.values())) == len(TEXTS)
    assert all(any("一" <= c <= "鿿" for c in texts[name]) for name in TEXTS if name.endswith("_zh"))
    assert rule.bad != rule.good
    for lang in ("en", "zh"):
        assert len(explained(rule, lang).splitlines()) >= 5


def test_validation_tells_its_steps_and_what_it_could_not_check(bench: Bench) -> None:
    bench.path("units").unlink()
    steps: list[str] = []
    report = validate(open_package(bench.root), steps.append)
    assert {"files", "targets", "items"} <= set(steps)
    assert report.unchecked["unit_has_assignments"] == ["units"]
    assert "percent_is_within_100" not in report.unchecked


def test_every_bad_row_is_counted(bench: Bench) -> None:
    rows = bench.rows("assignments")
    many = [rows[0] | {"role": "boss", "position": str(n), "unit_id": f"nowhere.u{n}"} for n in range(1, 5001)]
    bench.write("assignments", [*rows, *many])
    counts = open_package(bench.root).validate().counts
    assert (counts["code_is_known"], counts["reference_exists"]) == (5000, 5000)


COLUMNS = [(name, field) for name, table in schemas().tables.items() for field in table.fields]
ODD = st.sampled_from(["", "x", "-1", "1e400", "１２", " a ", "9" * 40, "=1", "NaN", "a,b", 'a"b', "\n", "Cafe\u0301"])
PLACES = st.tuples(st.sampled_from(range(len(COLUMNS))), st.integers(0, 40))
CHANGES = st.dictionaries(PLACES, ODD, min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(CHANGES)
def test_no_cell_stops_the_validation(small_package: Path, changes: dict[tuple[int, int], str]) -> None:
    package = open_package(small_package)
    missing = set()
    for (column, row), cell in changes.items():
        table, field = COLUMNS[column]
        sheet = package.sheets[table]
        here = pl.int_range(pl.len()) == row % sheet.frame.height
        changed = pl.when(here).then(pl.lit(cell or None)).otherwise(field.name)
        sheet.frame = sheet.frame.with_columns(changed.alias(field.name))
        place = (table, sheet.line(row % sheet.frame.height), field.name)
        missing = missing | {place} if field.required and not cell else missing - {place}
    found = package.validate().findings
    assert missing == {(f.table, f.line, f.column) for f in found if f.rule == "cell_is_present"}


def natural(cell: str) -> tuple[str, int]:
    stem = cell.rstrip("0123456789")
    return stem, int(cell[len(stem) :] or -1)


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-c.]{0,2}[0-9]{0,3}", fullmatch=True).filter(bool), min_size=1, max_size=12))
def test_rows_are_sorted_by_their_stems_and_then_by_their_numbers(ids: list[str]) -> None:
    table, frame = schemas().tables["places"], pl.DataFrame({"place_id": ids})
    order = sorted(range(len(ids)), key=lambda i: natural(ids[i]))
    assert frame.sort(sort_keys(table), maintain_order=True)["place_id"].to_list() == [ids[i] for i in order]
    assert moved_rows(frame, table).to_list() == [i for i, old in enumerate(order) if i != old]
