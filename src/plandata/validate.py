"""Validation: all findings of a package in one run, in the order of the tables and of the lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from plandata.compiler import compile_schema, failing_cells
from plandata.finding import Finding, Report
from plandata.order import sort_keys
from plandata.package import Package
from plandata.reader import ROW, Sheet
from plandata.rules import Rule, all_rules
from plandata.rules.tables import Tables
from plandata.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable


def validate(package: Package, progress: "Callable[[str], None]" = lambda step: None) -> Report:
    """Everything that is wrong with a package.

    progress is told each step before it is taken. A table that cannot be read is a finding, and the rules
    that need it are listed in report.unchecked with the tables that they miss.

    >>> from plandata.package import open_package
    >>> validate(open_package()).valid
    True
    """
    rules = all_rules()
    report = Report(str(package.root))
    progress("files")
    report.findings += package.file_findings()
    for name, sheet in package.sheets.items():
        progress(name)
        report.rows[name] = sheet.frame.height
        report.findings += sheet_findings(sheet)
        if sheet.usable:
            report.findings += cell_findings(sheet)
            report.findings += key_findings(sheet, package.tables)
    tables = Tables(package.tables)
    for rule in rules.values():
        progress(rule.group)
        missing = [name for name in rule.needs if name not in package.tables]
        if missing:
            report.unchecked[rule.id] = missing
        else:
            report.findings += rule_findings(rule, tables, package)
    order = {name: i for i, name in enumerate(TABLES)}
    report.findings.sort(key=lambda f: (order.get(f.table, -1), f.path, f.line, f.column, f.rule))
    return report


def sheet_findings(sheet: Sheet) -> Iterator[Finding]:
    for rule, line, column, value, detail in sheet.problems:
        yield Finding(rule, "error", sheet.table.name, sheet.path, line, "", column, value, detail)


def finding(rule: str, severity: str, sheet: Sheet, row: int, column: str, detail: str = "") -> Finding:
    """A finding about one row of a sheet."""
    cells = sheet.frame.row(row, named=True)
    key = "/".join(str(cells[name]) for name in sheet.table.key if cells[name] is not None)
    value = cells[column] or "" if column else ""
    return Finding(rule, severity, sheet.table.name, sheet.path, sheet.line(row), key, column, value, detail)


def cell_findings(sheet: Sheet) -> Iterator[Finding]:
    """What the compiled Table Schema finds, and rows out of order."""
    schema = compile_schema(sheet.table, schemas().codes)
    for rule, column, row in failing_cells(sheet.frame.drop(ROW), schema):
        yield finding(rule, "error", sheet, row, column)
    keys = sheet.frame.select(sort_keys(sheet.table))
    ordered = keys.with_row_index(ROW).sort(keys.columns, maintain_order=True)[ROW]
    moved = (ordered != pl.int_range(len(ordered), eager=True)).arg_true()
    if len(moved):
        first, last = moved[0], moved[-1]
        detail = f"{len(moved)} rows, to line {sheet.line(last)}"
        yield finding("rows_are_sorted", "error", sheet, first, sheet.table.key[0], detail)


def key_findings(sheet: Sheet, tables: dict[str, pl.DataFrame]) -> Iterator[Finding]:
    """Doubled keys and orphans."""
    table = sheet.table
    unique = [(field.name,) for field in table.fields if field.constraints.get("unique")]
    for key in [*filter(None, [table.primary_key]), *table.unique_keys, *unique]:
        named = sheet.frame.filter(pl.any_horizontal(pl.col(*key).is_not_null()))
        column = pl.col(key[0]) if len(key) == 1 else pl.struct(*key)
        if named.select(column.n_unique()).item() != named.height:
            for row in named.filter(column.is_duplicated() & ~column.is_first_distinct())[ROW]:
                yield finding("key_is_unique", "error", sheet, row, key[-1], " + ".join(key))
    for foreign in table.foreign_keys:
        if foreign.table not in tables:
            continue
        keys = tables[foreign.table].select(pl.col(foreign.reference).alias(foreign.field))
        orphans = sheet.frame.filter(pl.col(foreign.field).is_not_null()).join(keys, on=foreign.field, how="anti")
        for row in orphans[ROW]:
            yield finding("reference_exists", "error", sheet, row, foreign.field, f"not in {foreign.table}")


def rule_findings(rule: Rule, tables: Tables, package: Package) -> Iterator[Finding]:
    """What one rule finds."""
    for name in rule.tables:
        if rule.check is not None:
            broken = rule.check(tables)
        elif rule.frame_check is not None and name in tables.frames:
            broken = rule.frame_check(tables[name])
        else:
            continue
        details = broken["detail"] if "detail" in broken.columns else [None] * broken.height
        for row, detail in sorted(set(zip(broken[ROW], details, strict=True))):
            yield finding(rule.id, rule.severity, package.sheets[name], row, rule.column, detail or "")
