"""Compiles a Table Schema into a Pandera schema for Polars.

Every constraint becomes a named Pandera check that is a rule id, on text columns: types are checked by
their written form, so nothing is guessed. Pandera runs data checks on a DataFrame only, never on a
LazyFrame, and wraps no pattern in a group; both are minded here.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pandera.polars as pa
import polars as pl

from plandata.schema import LEXICAL, Code, Field, Table

INVISIBLE = r"[\p{Cf}\x{7f}-\x{9f}]"
STRAY_SPACE = r"^\s|\s$|\s\s|[\t\n\r\x{a0}\x{3000}]"
FULL_WIDTH = r"[０-９Ａ-Ｚａ-ｚ％]"
FORMULA = "^[=+@-]"
Test = Callable[[pl.Expr], pl.Expr]


def compile_schema(table: Table, codes: Mapping[str, Mapping[str, Code]]) -> pa.DataFrameSchema:
    """The Pandera schema of a table whose columns are all text.

    >>> from plandata.schema import schemas
    >>> compiled = compile_schema(schemas().tables["assignments"], schemas().codes)
    >>> [check.name for check in compiled.columns["role"].checks]
    ['cell_is_present', 'code_is_known']
    """
    referring = {key.field for key in table.foreign_keys}
    columns = {
        field.name: pa.Column(pl.String, checks=checks(field, codes, field.name in referring), nullable=True)
        for field in table.fields
    }
    return pa.DataFrameSchema(columns, name=table.name)


def checks(field: Field, codes: Mapping[str, Mapping[str, Code]], referring: bool) -> list[pa.Check]:
    """The checks of one column. Free text is also checked for its written form; elsewhere a pattern says it all."""
    tests: dict[str, Test] = {}
    limits = field.constraints
    if field.required:
        tests["cell_is_present"] = lambda cell: cell.is_not_null()
    if field.codes:
        known = list(codes[field.codes])
        tests["code_is_known"] = lambda cell: cell.is_in(known)
    elif "pattern" in limits:
        tests["cell_matches_its_pattern"] = whole(limits["pattern"])
    elif field.type in LEXICAL:
        tests["cell_has_its_type"] = typed_test(field.type)
        tests |= bound_tests(limits)
    elif not referring:
        tests |= length_tests(limits) | FORM_TESTS
    return [named_check(name, test) for name, test in tests.items()]


def named_check(name: str, test: Test) -> pa.Check:
    """A Pandera check by the id of its rule. An empty cell fails only where a cell must be present."""

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        cell = pl.col(data.key)
        return data.lazyframe.select(test(cell) if name == "cell_is_present" else cell.is_null() | test(cell))

    return pa.Check(check, name=name, ignore_na=False)


def whole(pattern: str) -> Test:
    return lambda cell: cell.str.contains(f"^(?:{pattern})$")


def typed_test(kind: str) -> Test:
    form = whole(LEXICAL[kind])
    if kind == "date":
        return lambda cell: form(cell) & cell.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return form


def bound_tests(limits: Mapping[str, Any]) -> dict[str, Test]:
    low, high = limits.get("minimum"), limits.get("maximum")
    if low is None and high is None:
        return {}

    def within(cell: pl.Expr) -> pl.Expr:
        figure = cell.cast(pl.Float64, strict=False)
        above = figure >= low if low is not None else pl.lit(True)
        return above & (figure <= high if high is not None else pl.lit(True))

    return {"number_is_within_bounds": within}


def length_tests(limits: Mapping[str, Any]) -> dict[str, Test]:
    shortest, longest = limits.get("minLength", 0), limits.get("maxLength", 2**31)
    return {"cell_is_within_its_length": lambda cell: cell.str.len_chars().is_between(shortest, longest)}


FORM_TESTS: dict[str, Test] = {
    "cell_has_no_stray_space": lambda cell: ~cell.str.contains(STRAY_SPACE),
    "cell_is_in_normal_form": lambda cell: ~cell.str.contains(INVISIBLE) & (cell.str.normalize("NFC") == cell),
    "figures_are_half_width": lambda cell: ~cell.str.contains(FULL_WIDTH),
    "cell_does_not_run_in_a_spreadsheet": lambda cell: ~cell.str.contains(FORMULA),
}


def failing_cells(frame: pl.DataFrame, schema: pa.DataFrameSchema) -> list[tuple[str, str, int]]:
    """Every failing cell of a text frame as (rule, column, row number)."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return [found for error in errors.schema_errors for found in failing_rows(error)]
    return []


def failing_rows(error: Any) -> list[tuple[str, str, int]]:
    """The failing rows that one Pandera error names."""
    if error.check_output is None:
        raise error
    outcome = error.check_output.collect() if isinstance(error.check_output, pl.LazyFrame) else error.check_output
    rows = outcome.select(pl.arg_where(~pl.last())).to_series()
    return [(str(error.check.name), str(error.schema.name), row) for row in rows]
