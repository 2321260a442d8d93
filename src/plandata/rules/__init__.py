"""The rules, and the validation of a package by them.

A rule is defined beside its check: those on files in plandata.package, all others in a module here, named for what
they are about. RULES has every rule by its id, in the order in which they are told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat

import polars as pl

from plandata.finding import COLUMN, Finding, Report, Rule
from plandata.package import folder, reader
from plandata.package.folder import Folder
from plandata.package.reader import ROW, Sheet
from plandata.parallel import mapped
from plandata.rules import (
    cells,
    codings,
    drafts,
    exceptions,
    guard,
    indicators,
    items,
    keys,
    observations,
    official,
    policy,
    schemas,
    sources,
    spelling,
    targets,
    titles,
    units,
    wording,
)
from plandata.rules.cells import CELL_RULES, failures
from plandata.rules.codings import CODING_RULES
from plandata.rules.drafts import DRAFT_RULES
from plandata.rules.guard import FAULTS, OTHERS, guarded
from plandata.rules.keys import KEY_RULES, asked_by_several
from plandata.rules.schemas import SCHEMA_RULES
from plandata.schema import FOLDER
from plandata.tables import Tables

# A rule of a module that does not stand here is in no list; a test names every such rule.
MODULES = (
    folder, reader, schemas, cells, keys, items, wording, spelling, official, titles, targets, indicators, units,
    policy, sources, exceptions, codings, observations, drafts, guard,
)  # fmt: skip
RULES: dict[str, Rule] = {
    rule.id: rule for module in MODULES for rule in vars(module).values() if isinstance(rule, Rule)
}
# So far apart in their modules are rules that are asked one after the other: modules have about as many rules.
STRIDE = 7
Step = tuple[str, Callable[[], Iterable[Finding]]]
# The rules that are asked of a package as a whole.
PACKAGE_RULES = (*SCHEMA_RULES, *CODING_RULES, *DRAFT_RULES)
# The groups of rules that a draft must keep as well.
ERRORS_IN_DRAFTS = (reader.GROUP, schemas.__name__.rpartition(".")[2], guard.__name__.rpartition(".")[2])
# What the validation asks of the joined tables; the other rules are asked where files, schemas and sheets are read.
TABLE_RULES = [
    rule
    for module in (items, wording, spelling, official, titles, targets, indicators, units, policy, sources, exceptions)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
]


def rules_of(table: str) -> list[Rule]:
    """The rules that judge the rows of a table, those on its meaning first.

    >>> [rule.id for rule in rules_of("serves")][-1]
    'reference_exists'
    """
    return [*(rule for rule in TABLE_RULES if table in rule.tables), *CELL_RULES, *KEY_RULES]


def validate(package: Folder, progress: Callable[[str], None] = lambda step: None) -> Report:
    """Everything that is wrong with a package, in the order of the tables and of the lines.

    progress is told each step before it is taken. A table that cannot be read is a finding, and the rules that
    need it are listed in report.unchecked with the tables that they miss.

    >>> from plandata.schema import home
    >>> validate(Folder(home())).valid
    True
    """
    report = Report(str(package.root))
    progress("files")
    report.rows = {name: sheet.frame.height for name, sheet in package.sheets.items()}
    report.unchecked = unchecked(package)
    asked = [rule for rule in TABLE_RULES if rule.id not in report.unchecked]

    def taken(step: Step) -> list[Finding]:
        progress(step[0])
        return list(step[1]())

    for found in mapped(taken, steps(package, asked)):
        report.findings += found
    if package.is_draft:
        report.findings = [*as_warnings(report.findings)]
    order = {name: i for i, name in enumerate(package.schemas.tables)}
    report.findings.sort(key=lambda f: (order.get(f.table, -1), f.path, f.line, f.column, f.rule))
    return report


def as_warnings(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What is found in a draft: it is unfinished, so only what is wrong with its files and schemas is an error.

    Tables in which nothing was drafted are no finding.
    """
    for found in findings:
        group = RULES[found.rule].group
        if found.rule != reader.table_has_rows.id:
            yield found if group in ERRORS_IN_DRAFTS else replace(found, severity="warning")


def steps(package: Folder, asked: Iterable[Rule]) -> Iterator[Step]:
    """What is to be done with a package, each step with its name: files, schemas, what several tables ask for, sheet by
    sheet, the largest first, then rule by rule.
    """
    yield "files", package.file_findings
    for rule in PACKAGE_RULES:
        yield rule.group, partial(guarded, rule, FOLDER, [], partial(rule, package))
    tables = Tables.of(package)
    for find in asked_by_several(tables):
        yield keys.reference_exists.group, partial(found_early, find)
    for name, sheet in sorted(package.sheets.items(), key=lambda named: -named[1].frame.height):
        yield name, partial(sheet_findings, sheet, tables)
    for rule in apart(list(asked)):
        find = partial(rule_findings, rule, tables, package.sheets)
        yield rule.group, partial(guarded, rule, package.paths.get(rule.tables[0], ""), rule.tables, find)


def apart(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Some rules in an order in which neighbours are of different kinds.

    Rules that stand side by side ask the tables for the same, and those who begin together would wait for the first.
    """
    for first in range(STRIDE):
        yield from rules[first::STRIDE]


def found_early(find: Callable[[], object]) -> list[Finding]:
    """Has the tables find something that they keep. Where that fails, the rules that ask for it tell so."""
    try:
        find()
    except OTHERS:
        raise
    except FAULTS:
        pass
    return []


def unchecked(package: Folder) -> dict[str, list[str]]:
    """The rules that need tables which cannot be read, and these tables."""
    missing = {rule.id: [name for name in rule.needs if name not in package.tables] for rule in TABLE_RULES}
    return {rule: names for rule, names in missing.items() if names}


def sheet_findings(sheet: Sheet, tables: Tables) -> Iterator[Finding]:
    """What is wrong with the form, cells, keys, references and order of one sheet."""
    yield from sheet.findings
    if not sheet.usable:
        return
    yield from cell_findings(sheet, tables)
    for rule in KEY_RULES:
        yield from guarded(rule, sheet.path, [sheet.table.name], partial(key_findings, rule, sheet, tables))


def cell_findings(sheet: Sheet, tables: Tables) -> Iterator[Finding]:
    """What the rules on cells find in a sheet: all at once, and where that fails each by itself."""
    try:
        yield from failure_findings(sheet, tables, CELL_RULES)
    except OTHERS:
        raise
    except FAULTS:
        for rule in CELL_RULES:
            yield from guarded(rule, sheet.path, [sheet.table.name], partial(failure_findings, sheet, tables, [rule]))


def failure_findings(sheet: Sheet, tables: Tables, rules: Sequence[Rule]) -> list[Finding]:
    """What some rules on cells find in a sheet."""
    failed = failures(sheet.frame, sheet.table, tables.schemas.codes, rules=rules)
    told = ((f, cells.details(f, sheet.frame, sheet.table)) for f in failed)
    return [found for f, seen in told for found in row_findings(f.rule, sheet, f.column, f.rows, seen)]


def key_findings(rule: Rule, sheet: Sheet, tables: Tables) -> Iterator[Finding]:
    """What a rule on keys finds in a sheet."""
    for column, rows, details in rule(sheet, tables):
        if len(rows):
            yield from row_findings(rule, sheet, column, rows, details)


def rule_findings(rule: Rule, tables: Tables, sheets: Mapping[str, Sheet]) -> Iterator[Finding]:
    """What one rule on the joined tables finds."""
    for name in rule.tables:
        if name in tables.frames:
            broken = rule(tables[name], tables) if rule.alone else rule(tables)
            yield from broken_rows(rule, sheets[name], broken)


def broken_rows(rule: Rule, sheet: Sheet, broken: pl.DataFrame) -> Iterator[Finding]:
    """A finding about each row of a sheet that a frame of broken rows names; its columns may tell the column that is
    broken, and a detail.
    """
    if not broken.is_empty():
        detail = pl.col("detail") if "detail" in broken.columns else pl.lit("", pl.String)
        column = pl.col(COLUMN) if COLUMN in broken.columns else pl.lit(rule.column)
        told = broken.select(ROW, detail.fill_null("").alias("detail"), column.alias(COLUMN)).unique()
        for (name,), rows in told.sort(ROW, "detail").group_by(COLUMN, maintain_order=True):
            yield from row_findings(rule, sheet, str(name), rows[ROW], rows["detail"])


def row_findings(
    rule: Rule, sheet: Sheet, column: str, rows: Sequence[int] | pl.Series, details: Iterable[str] = repeat("")
) -> list[Finding]:
    """A finding about each of several rows of a sheet, in the column "" of the row as a whole.

    Built from columns: of a million findings each costs 2 microseconds.
    """
    key = pl.concat_str(sheet.table.key, separator="/", ignore_nulls=True)
    cell = pl.col(column).fill_null("") if column in sheet.frame.columns else pl.lit("")
    named = sheet.frame[rows].select(ROW, key.alias("key"), cell.alias("cell"))
    lines = map(sheet.line, named[ROW].to_list())
    told = map(repeat, (rule.id, rule.severity, sheet.table.name, sheet.path))
    cells = (named["key"].to_list(), repeat(column), named["cell"].to_list())
    return list(map(Finding, *told, lines, *cells, details))
