"""Pandera judges the cells: with a scan before it and without, on text and on typed columns."""

from pathlib import Path

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.api import Package, open_package
from plandata.rules.cells import failures
from plandata.schema import edition, home

TABLES = edition().tables
NEVER = 2**40
# Each is amiss in some column, or in none though it looks so.
ODD = [
    *(
        "",
        "x",
        "-1",
        "0",
        "1e400",
        "１２",
        " a ",
        "a  b",
        "9" * 40,
        "=1",
        "NaN",
        "true",
        "True",
        "2021-02-30",
        "percent",
    ),
    *("a,b", 'a"b', "\n", "Cafe\u0301", "Café", "\u200b", "\u0080", "理", "％", "Ｋ", "很" * 400, "520526"),
]
CELL = st.sampled_from(ODD) | st.text(max_size=6)
SPOTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), CELL), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(TABLES)), SPOTS)
def test_the_scan_before_pandera_changes_no_verdict(
    small_package: Path, name: str, spots: list[tuple[int, int, str]]
) -> None:
    table, package = TABLES[name], open_package(small_package)
    rows = [list(row) for row in package.text(name).select(table.columns).iter_rows()]
    for row, column, cell in spots:
        rows[row % len(rows)][column % len(table.columns)] = cell or None
    frame = pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String), orient="row")
    scanned, judged = (verdicts(frame, name, first) for first in (0, NEVER))
    assert scanned == judged


def verdicts(frame: pl.DataFrame, name: str, scanned_first: int) -> set[tuple[str, str, int]]:
    """The rule, the column and the row of every failing cell."""
    failed = failures(frame, TABLES[name], edition().codes, scanned_first)
    return {(failure.rule.id, failure.column, row) for failure in failed for row in failure.rows}


@pytest.mark.parametrize("cell", ODD)
def test_an_odd_cell_in_every_row_is_judged_alike(small_package: Path, cell: str) -> None:
    package = open_package(small_package)
    for name in TABLES:
        frame = package.text(name).with_columns(pl.lit(cell or None, pl.String).alias(c) for c in TABLES[name].columns)
        assert verdicts(frame, name, 0) == verdicts(frame, name, NEVER)


@pytest.fixture(scope="module")
def shipped() -> Package:
    return open_package(home())


@pytest.mark.parametrize("name", TABLES)
def test_the_typed_schema_of_a_table_takes_its_typed_frame(shipped: Package, name: str) -> None:
    judged = shipped.pandera(name).validate(shipped[name], lazy=True)
    assert judged.equals(shipped[name])


@pytest.mark.parametrize("name", TABLES)
def test_the_typed_schema_of_a_table_refuses_a_missing_cell(shipped: Package, name: str) -> None:
    column = next(field.name for field in TABLES[name].fields if field.required)
    kind = shipped[name].schema[column]
    with pytest.raises(pandera.errors.SchemaErrors, match="cell_is_present"):
        shipped.pandera(name).validate(shipped[name].with_columns(pl.lit(None, kind).alias(column)), lazy=True)


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("comparator", ">=", "code_is_known"),
        ("target_id", "t1", "cell_matches_its_pattern"),
        ("target_year", 2101, "number_is_within_bounds"),
        ("value", -0.5, "number_is_within_bounds"),
        ("value_text", "约" * 25, "cell_is_within_its_length"),
        ("value_text", "１２%", "characters_belong_to_the_column"),
        ("value_text", "=1", "cell_does_not_run_in_a_spreadsheet"),
        ("target_year", "2025", "dtype"),
    ],
)
def test_the_typed_schema_refuses_a_wrong_cell(shipped: Package, column: str, cell: object, rule: str) -> None:
    wrong = shipped["targets"].with_columns(pl.lit(cell).alias(column))
    with pytest.raises(pandera.errors.SchemaErrors, match=rule):
        shipped.pandera("targets").validate(wrong, lazy=True)


def test_a_table_that_is_none_has_no_schema(shipped: Package) -> None:
    with pytest.raises(KeyError):
        shipped.pandera("towns")
