"""Rules about single cells, which follow from the Table Schemas, and the Pandera schema that judges by them.

A rule here is a function that gives, for a column, the test that its cells must pass, or None where the column asks
for nothing of the kind. Every test becomes a Pandera check that is named for its rule, on text columns: types are
checked by their written form, so nothing is guessed. Pandera runs data checks on a DataFrame only, never on a
LazyFrame, and wraps no pattern in a group; both are minded here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from plandata.alphabet import STRANGE, strangers
from plandata.files import FORMULA
from plandata.finding import Rule, rule
from plandata.package.reader import TYPES
from plandata.schema import LEXICAL, CodeLists, Field, Table
from plandata.tables import AT_ONCE
from plandata.text import STRAY_SPACE

# A pattern that only letters and digits of ASCII and - _ . can match: it has no classes of others, and no flags.
PLAIN = re.compile(r"(?:\[[\w.-]+\]|[\w){}?*+|,:-]|\(\?:|\((?!\?)|\\\.)*", re.ASCII)
Test = Callable[[pl.Expr], pl.Expr]
# Where so many cells of a column have at most a fourth as many values, the others are alike too; that is asked of
# tables of so many rows.
SAMPLE, OFTEN, LARGE = 2000, 4, 10_000


class Column(NamedTuple):
    """A column as the rules here see it: its schema, the code lists, whether its cells are keys of another table."""

    field: Field
    codes: CodeLists
    refers: bool

    @property
    def free(self) -> bool:
        """Whether it holds free text, which no code list, pattern or type describes."""
        return not (self.field.codes or self.patterned or self.field.type in LEXICAL or self.refers)

    @property
    def patterned(self) -> bool:
        return "pattern" in self.field.constraints and not self.field.codes


class Failure(NamedTuple):
    """The rows (from 0) whose cell in a column fails a rule."""

    rule: Rule
    column: str
    rows: pl.Series


@rule()
def cell_is_present(column: Column) -> Test | None:
    """A required cell is not empty."""
    return (lambda cell: cell.is_not_null()) if column.field.required else None


@rule()
def cell_has_its_type(column: Column) -> Test | None:
    """A cell is written in the plain form of its type."""
    kind = column.field.type
    if kind not in LEXICAL or column.field.codes or column.patterned:
        return None
    form = whole(LEXICAL[kind])
    if kind == "date":
        return lambda cell: form(cell) & cell.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return form


@rule()
def cell_matches_its_pattern(column: Column) -> Test | None:
    """A cell has the form that its column prescribes."""
    return whole(column.field.constraints["pattern"]) if column.patterned else None


@rule()
def code_is_known(column: Column) -> Test | None:
    """A coded cell holds one of the codes of its list."""
    if not column.field.codes:
        return None
    known = list(column.codes.get(column.field.codes, ()))
    return lambda cell: cell.is_in(known)


@rule()
def number_is_within_bounds(column: Column) -> Test | None:
    """A number lies within the bounds of its column."""
    low, high = (column.field.constraints.get(name) for name in ("minimum", "maximum"))
    if column.field.type not in LEXICAL or (low is None and high is None):
        return None

    def within(cell: pl.Expr) -> pl.Expr:
        figure = cell.cast(pl.Float64, strict=False)
        above = figure >= low if low is not None else pl.lit(True)
        return above & (figure <= high if high is not None else pl.lit(True))

    return within


@rule()
def cell_is_within_its_length(column: Column) -> Test | None:
    """A text is neither shorter nor longer than its column allows."""
    shortest, longest = (column.field.constraints.get(*limit) for limit in (("minLength", 0), ("maxLength", 2**31)))
    return (lambda cell: cell.str.len_chars().is_between(shortest, longest)) if column.free else None


@rule()
def cell_has_no_stray_space(column: Column) -> Test | None:
    """A cell has no space at its ends, no two in a row, no tab and no line end."""
    return without(STRAY_SPACE) if column.free else None


@rule()
def characters_belong_to_the_column(column: Column) -> Test | None:
    """A text has only characters of its column's script: none that is invisible, full width, a compatibility form or
    of another script that looks alike.
    """
    written = column.free or (column.patterned and column.field.type not in LEXICAL)
    return without(STRANGE[column.field.script]) if written else None


@rule()
def cell_does_not_run_in_a_spreadsheet(column: Column) -> Test | None:
    """A text does not begin with = + - or @ in any form, also behind spaces and quotes."""
    return without(FORMULA) if column.free else None


FORM_RULES = (
    cell_has_no_stray_space, characters_belong_to_the_column, cell_does_not_run_in_a_spreadsheet,
)  # fmt: skip
CELL_RULES = (
    cell_is_present, cell_has_its_type, cell_matches_its_pattern, code_is_known, number_is_within_bounds,
    cell_is_within_its_length, *FORM_RULES,
)  # fmt: skip
BY_ID = {cell_rule.id: cell_rule for cell_rule in CELL_RULES}


def whole(pattern: str) -> Test:
    return lambda cell: cell.str.contains(f"^(?:{pattern})$")


def without(pattern: str) -> Test:
    return lambda cell: ~cell.str.contains(pattern)


def or_empty(test: Test) -> Test:
    return lambda cell: cell.is_null() | test(cell)


def column_tests(table: Table, codes: CodeLists, rules: Sequence[Rule] = CELL_RULES) -> dict[str, dict[str, Test]]:
    """The tests of each column by the ids of their rules. An empty cell fails only where a cell must be present."""
    referring = {key.field for key in table.foreign_keys}
    return {
        field.name: {
            cell_rule.id: test if cell_rule is cell_is_present else or_empty(test)
            for cell_rule, test in tests_of(Column(field, codes, field.name in referring), rules)
        }
        for field in table.fields
    }


def tests_of(column: Column, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Test]]:
    for cell_rule in rules:
        test = cell_rule(column)
        if test is not None:
            yield cell_rule, test


def typed_schema(table: Table, codes: CodeLists) -> Any:
    """The pandera.polars.DataFrameSchema of a table with the typed columns of its schema, for pipelines of others.

    Its checks are those that still say something of a typed cell: presence, codes, patterns, bounds, lengths, form.

    >>> from plandata.schema import edition
    >>> typed_schema(edition().tables["plans"], edition().codes).columns["end_year"].dtype
    DataType(Int64)
    """
    types = {field.name: TYPES.get(field.type, pl.String()) for field in table.fields}
    tests = column_tests(table, codes)
    for field in table.fields:
        if field.type in TYPES:
            kept = (cell_is_present.id, number_is_within_bounds.id)
            tests[field.name] = {name: test for name, test in tests[field.name].items() if name in kept}
    return compiled(table.name, tests, types)


def compiled(name: str, tests: Mapping[str, Mapping[str, Test]], types: Mapping[str, pl.DataType]) -> Any:
    """The Pandera schema with a named check for each test; columns are text unless types says otherwise.

    >>> from plandata.schema import edition
    >>> table = edition().tables["assignments"]
    >>> judge = compiled(table.name, column_tests(table, edition().codes), {})
    >>> [check.name for check in judge.columns["role"].checks]
    ['cell_is_present', 'code_is_known']
    """
    import pandera.polars as pa

    columns = {
        column: pa.Column(
            types.get(column, pl.String()), checks=[named_check(*test) for test in own.items()], nullable=True
        )
        for column, own in tests.items()
    }
    return pa.DataFrameSchema(columns, name=name)


def named_check(name: str, test: Test) -> Any:
    """A Pandera check by the id of its rule."""
    import pandera.polars as pa

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(test(pl.col(data.key)))

    return pa.Check(check, name=name, ignore_na=False)


def failures(frame: pl.DataFrame, table: Table, codes: CodeLists, rules: Sequence[Rule] = CELL_RULES) -> list[Failure]:
    """Every cell of a text frame that fails one of some rules, as the Pandera schema of its table judges them.

    Columns in which every cell passes the same tests in one scan are not given to Pandera, which looks at each column
    several times. Verdicts are the same with and without the scan: a property test holds them together.
    """
    tests = column_tests(table, codes, rules)
    doubtful = failing_columns(frame, {name: quick(table.field(name), own) for name, own in tests.items()})
    tests = {column: tests[column] for column in doubtful}
    return by_pandera(frame.select(list(tests)), compiled(table.name, tests, {})) if tests else []


def details(failure: Failure, frame: pl.DataFrame, table: Table) -> list[str]:
    """What a rule has to add about each cell that fails it: which characters do not belong, else nothing."""
    if failure.rule is not characters_belong_to_the_column:
        return [""] * len(failure.rows)
    return strangers(frame[failure.column][failure.rows], table.field(failure.column).script)


def quick(field: Field, tests: Mapping[str, Test]) -> dict[str, Test]:
    """The tests of a column, those of the written form as one pattern, which takes the time of one.

    What matches a plain pattern has a form that every script allows.
    """
    form = {cell_rule.id for cell_rule in FORM_RULES}
    if PLAIN.fullmatch(str(field.constraints.get("pattern"))) and cell_matches_its_pattern.id in tests:
        return {name: test for name, test in tests.items() if name not in form}
    if not form <= tests.keys():
        return dict(tests)
    kept = {name: test for name, test in tests.items() if name not in form}
    return {**kept, "form": without("|".join((STRANGE[field.script], STRAY_SPACE, FORMULA)))}


def failing_columns(frame: pl.DataFrame, tests: Mapping[str, Mapping[str, Test]]) -> list[str]:
    """The columns of a text frame in which some cell fails a test."""
    passed = {
        column: pl.all_horizontal(test(pl.col(column)).all() for test in own.values())
        for column, own in tests.items()
        if own
    }
    if not passed:
        return []
    if frame.height < LARGE:
        fine = frame.select(**passed).row(0, named=True)
    else:
        fine = {name: told_once(frame[name]).to_frame().select(told).item() for name, told in passed.items()}
    return [column for column, right in fine.items() if not right]


def told_once(cells: pl.Series) -> pl.Series:
    """The cells of a column, each once or a few times, where the first ones are often the same; else as they are.

    To find that cells are the same takes a fifth of the time of looking at what they say.
    """
    first = cells.head(SAMPLE)
    if first.n_unique() * OFTEN > len(first):
        return cells
    return pl.concat(cells.slice(start, AT_ONCE).unique() for start in range(0, len(cells), AT_ONCE))


def by_pandera(frame: pl.DataFrame, schema: Any) -> list[Failure]:
    """What a Pandera schema finds in a text frame."""
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return [failure(error) for error in errors.schema_errors]
    return []


def failure(error: Any) -> Failure:
    """The failing rows that one Pandera error names. Raises ComputeError for a check that could not be run."""
    if error.check_output is None:
        raise pl.exceptions.ComputeError(f"{error.schema.name}, {getattr(error.check, 'name', error.check)}")
    outcome = error.check_output.lazy().collect()
    rows = outcome.select(pl.arg_where(~pl.last())).to_series()
    return Failure(BY_ID[error.check.name], str(error.schema.name), rows)
