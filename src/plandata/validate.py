"""Validation: all findings of a package in one run, in the order of the tables and of the lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import polars as pl

from plandata.compiler import table_failures
from plandata.finding import Finding, Report
from plandata.order import moved_rows
from plandata.package import Package
from plandata.reader import ROW, Sheet
from plandata.rules import Rule, all_rules
from plandata.rules.tables import Tables, alike
from plandata.schema import TABLES, schemas

Check = Callable[[], Iterable[Finding]]


def validate(package: Package, progress: Callable[[str], None] = lambda step: None) -> Report:
    """Everything that is wrong with a package.

    progress is told each step whose result is waited for. A table that cannot be read is a finding, and the
    rules that need it are listed in report.unchecked with the tables that they miss.

    >>> from plandata.package import open_package
    >>> validate(open_package()).valid
    True
    """
    report = Report(str(package.root))
    with ThreadPoolExecutor() as threads:
        files = threads.submit(list, package.file_findings())
        progress("files")
        report.rows = {name: sheet.frame.height for name, sheet in package.sheets.items()}
        report.unchecked = unchecked(package)
        steps = list(checks(package, report.unchecked))
        for step, found in zip(steps, threads.map(lambda step: list(step[1]()), steps), strict=True):
            progress(step[0])
            report.findings += found
        report.findings += files.result()
    order = {name: i for i, name in enumerate(TABLES)}
    report.findings.sort(key=lambda f: (order.get(f.table, -1), f.path, f.line, f.column, f.rule))
    return report


def unchecked(package: Package) -> dict[str, list[str]]:
    """The rules that need tables which cannot be read, and these tables."""
    missing = {rule.id: [name for name in rule.needs if name not in package.tables] for rule in all_rules().values()}
    return {rule: names for rule, names in missing.items() if names}


def checks(package: Package, left_out: Mapping[str, list[str]]) -> Iterator[tuple[str, Check]]:
    """All that is checked once the tables are read: what progress calls it, and the check."""
    tables = Tables(package.tables)
    for name, sheet in package.sheets.items():
        yield name, partial(sheet_findings, sheet)
        if sheet.usable:
            yield name, partial(cell_findings, sheet)
            yield name, partial(key_findings, sheet, tables)
    for rule in all_rules().values():
        if rule.id not in left_out:
            yield rule.group, partial(rule_findings, rule, tables, package)


def sheet_findings(sheet: Sheet) -> Iterator[Finding]:
    for rule, line, column, value, detail in sheet.problems:
        yield Finding(rule, "error", sheet.table.name, sheet.path, line, "", column, value, detail)


def finding(rule: str, severity: str, sheet: Sheet, row: int, column: str, detail: str = "") -> Finding:
    """A finding about one row of a sheet."""
    return next(findings(rule, severity, sheet, column, [row], [detail]))


def findings(
    rule: str, severity: str, sheet: Sheet, column: str, rows: Sequence[int] | pl.Series, details: Iterable[str | None]
) -> Iterator[Finding]:
    """A finding about each of several rows of a sheet, in the column "" of the row as a whole."""
    key = pl.concat_str(sheet.table.key, separator="/", ignore_nulls=True)
    cell = pl.col(column).fill_null("") if column else pl.lit("")
    named = sheet.frame[rows].select(key.alias("key"), cell.alias("cell"), ROW)
    for (name, value, row), detail in zip(named.iter_rows(), details, strict=True):
        yield Finding(rule, severity, sheet.table.name, sheet.path, sheet.line(row), name, column, value, detail or "")


def cell_findings(sheet: Sheet) -> Iterator[Finding]:
    """What the Table Schema finds, and rows out of order."""
    for rule, column, rows in table_failures(sheet.frame, sheet.table, schemas().codes):
        yield from findings(rule, "error", sheet, column, rows, [""] * len(rows))
    moved = moved_rows(sheet.frame, sheet.table)
    if len(moved):
        detail = f"{len(moved)} rows, to line {sheet.line(moved[-1])}"
        yield finding("rows_are_sorted", "error", sheet, moved[0], sheet.table.key[0], detail)


def key_findings(sheet: Sheet, tables: Mapping[str, pl.DataFrame] | Tables) -> Iterator[Finding]:
    """Doubled keys and orphans; tables are those that the sheet may refer to."""
    table = sheet.table
    if not isinstance(tables, Tables):
        tables = Tables({**tables, table.name: sheet.frame})
    unique = [(field.name,) for field in table.fields if field.constraints.get("unique")]
    for key in [*filter(None, [table.primary_key]), *table.unique_keys, *unique]:
        rows = doubled(sheet.frame, key)
        yield from findings("key_is_unique", "error", sheet, key[-1], rows, [" + ".join(key)] * len(rows))
    for foreign in table.foreign_keys:
        if foreign.table in tables.frames:
            unknown = sheet.frame[foreign.field].is_not_null() & tables.resolved(table.name, foreign).is_null()
            rows = unknown.arg_true()
            details = [f"not in {foreign.table}"] * len(rows)
            yield from findings("reference_exists", "error", sheet, foreign.field, rows, details)


def doubled(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.Series:
    """The rows whose key stands in a row before them; a key without any cell does not count."""
    named = frame.select(ROW, *key).filter(pl.any_horizontal(pl.col(key).is_not_null()))
    return alike(named, key).filter(~pl.struct(key).is_first_distinct())[ROW]


def rule_findings(rule: Rule, tables: Tables, package: Package) -> Iterator[Finding]:
    """What one rule finds."""
    for name in rule.tables:
        if rule.check is not None:
            broken = rule.check(tables)
        elif rule.frame_check is not None and name in tables.frames:
            broken = rule.frame_check(tables[name])
        else:
            continue
        if not broken.is_empty():
            detail = pl.col("detail") if "detail" in broken.columns else pl.lit("", pl.String)
            told = broken.select(ROW, detail.fill_null("").alias("detail")).unique().sort(ROW, "detail")
            yield from findings(rule.id, rule.severity, package.sheets[name], rule.column, told[ROW], told["detail"])
