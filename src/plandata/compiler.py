"""Compiles a Table Schema into a Pandera schema for Polars.

Every constraint becomes a named Pandera check that is a rule id, on text columns: types are checked by
their written form, so nothing is guessed. Pandera runs data checks on a DataFrame only, never on a
LazyFrame, and wraps no pattern in a group; both are minded here.

Loading Pandera takes longer than checking a table of a hundred thousand rows. So one scan with the same
tests first proves the clean columns clean, and Pandera judges those that are left.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from plandata.schema import LEXICAL, Code, Field, Table

if TYPE_CHECKING:
    import pandera.polars as pa

Codes = Mapping[str, Mapping[str, Code]]
INVISIBLE = r"[\p{Cf}\x{7f}-\x{9f}]"
# All but Latin, punctuation, arrows, mathematical signs, ideographs and full-width forms, which NFC keeps as they are.
DOUBTFUL = (
    r"[^\x00-\x{2ff}\x{2010}-\x{2027}\x{2030}-\x{205e}\x{2190}-\x{2328}"
    r"\x{2460}-\x{26ff}\x{3000}-\x{3029}\x{4e00}-\x{9fff}\x{ff00}-\x{ffef}]"
)
STRAY_SPACE = r"^\s|\s$|\s\s|[\t\n\r\x{a0}\x{3000}]"
FULL_WIDTH = r"[０-９Ａ-Ｚａ-ｚ％]"
FORMULA = "^[=+@-]"
ODD_FORM = "|".join((INVISIBLE, DOUBTFUL, STRAY_SPACE, FULL_WIDTH, FORMULA))
Test = Callable[[pl.Expr], pl.Expr]


class Failure(NamedTuple):
    """The rows (from 0) whose cell in a column fails a rule."""

    rule: str
    column: str
    rows: pl.Series


def compile_schema(table: Table, codes: Codes, columns: Collection[str] | None = None) -> "pa.DataFrameSchema":
    """The Pandera schema of a table whose columns are all text; with columns, of these alone.

    >>> from plandata.schema import schemas
    >>> compiled = compile_schema(schemas().tables["assignments"], schemas().codes)
    >>> [check.name for check in compiled.columns["role"].checks]
    ['cell_is_present', 'code_is_known']
    """
    import pandera.polars as pa

    compiled = {
        name: pa.Column(pl.String, checks=[named_check(*test) for test in found.items()], nullable=True)
        for name, found in table_tests(table, codes).items()
        if columns is None or name in columns
    }
    return pa.DataFrameSchema(compiled, name=table.name)


def named_check(name: str, test: Test) -> "pa.Check":
    """A Pandera check by the id of its rule."""
    import pandera.polars as pa

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(test(pl.col(data.key)))

    return pa.Check(check, name=name, ignore_na=False)


def table_tests(table: Table, codes: Codes) -> dict[str, dict[str, Test]]:
    """The tests of each column by the ids of their rules. An empty cell fails only where a cell must be present."""
    referring = {key.field for key in table.foreign_keys}
    return {
        field.name: {
            name: test if name == "cell_is_present" else or_empty(test)
            for name, test in field_tests(field, codes, field.name in referring).items()
        }
        for field in table.fields
    }


def or_empty(test: Test) -> Test:
    return lambda cell: cell.is_null() | test(cell)


def field_tests(field: Field, codes: Codes, referring: bool) -> dict[str, Test]:
    """The tests of one column. Free text is also tested for its written form; elsewhere a pattern says it all."""
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
    return tests


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


def in_normal_form(cell: pl.Expr) -> pl.Expr:
    """Whether a text is in normal form C. What cannot be otherwise is not normalised, which is slow."""
    doubtful = pl.when(cell.str.contains(DOUBTFUL)).then(cell)
    return ~cell.str.contains(INVISIBLE) & (doubtful.is_null() | (doubtful.str.normalize("NFC") == doubtful))


FORM_TESTS: dict[str, Test] = {
    "cell_has_no_stray_space": lambda cell: ~cell.str.contains(STRAY_SPACE),
    "cell_is_in_normal_form": in_normal_form,
    "figures_are_half_width": lambda cell: ~cell.str.contains(FULL_WIDTH),
    "cell_does_not_run_in_a_spreadsheet": lambda cell: ~cell.str.contains(FORMULA),
}


def table_failures(frame: pl.DataFrame, table: Table, codes: Codes) -> list[Failure]:
    """Every failing cell of a text frame, as its table's schema judges them."""
    tests = table_tests(table, codes)
    doubtful = failing_columns(frame, {column: quick(found) for column, found in tests.items()})
    columns = failing_columns(frame, {column: tests[column] for column in doubtful})
    return failures(frame.select(columns), compile_schema(table, codes, columns)) if columns else []


def quick(tests: Mapping[str, Test]) -> dict[str, Test]:
    """Tests that no bad cell passes, though some good ones fail: those of the written form as one pattern."""
    if not FORM_TESTS.keys() <= tests.keys():
        return dict(tests)
    kept = {name: test for name, test in tests.items() if name not in FORM_TESTS}
    return {**kept, "form": lambda cell: ~cell.str.contains(ODD_FORM)}


def failing_columns(frame: pl.DataFrame, tests: Mapping[str, Mapping[str, Test]]) -> list[str]:
    """The columns of a text frame in which some cell fails a test."""
    passed = [
        pl.all_horizontal(test(pl.col(column)).all() for test in found.values()).alias(column)
        for column, found in tests.items()
        if found
    ]
    return [column for column, fine in frame.select(passed).row(0, named=True).items() if not fine] if passed else []


def failing_cells(frame: pl.DataFrame, schema: "pa.DataFrameSchema") -> list[tuple[str, str, int]]:
    """Every failing cell of a text frame as (rule, column, row number)."""
    return [(rule, column, row) for rule, column, rows in failures(frame, schema) for row in rows]


def failures(frame: pl.DataFrame, schema: "pa.DataFrameSchema") -> list[Failure]:
    """What fails in a text frame."""
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [failure(error) for error in errors.schema_errors]
    return []


def failure(error: Any) -> Failure:
    """The failing rows that one Pandera error names."""
    if error.check_output is None:
        raise error
    outcome = error.check_output.lazy().collect()
    return Failure(str(error.check.name), str(error.schema.name), outcome.select(pl.arg_where(~pl.last())).to_series())
