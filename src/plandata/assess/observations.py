"""Reads an observations file with the findings of `plandata validate`, and matches its rows to targets.

A file with a finding in its form, keys or values is not assessed at all. A row that is sound but fits no
target (another scope, another unit, no such target) is refused with the reason, and the rest is assessed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import Any

import polars as pl

from plandata.assess.model import PARTS, WHOLE, Part, Reported, Seen, Target, load_targets
from plandata.files import OBSERVATIONS_BYTES, PackageError, csv_text, read_file
from plandata.finding import Finding, Rule
from plandata.package.reader import (
    ROW,
    Sheet,
    file_ends_with_a_line_end,
    file_has_no_byte_order_mark,
    line_ends_are_lf,
    read_sheet,
)
from plandata.rules import RULES, broken_rows, row_findings, sheet_findings
from plandata.rules.guard import guarded
from plandata.rules.keys import key_is_unique, rows_are_sorted
from plandata.rules.observations import FITS, VALUES, Find, in_scope
from plandata.tables import Row, Tables, as_rows
from plandata.text import visible
from plandata.words import plain

# What spreadsheets write and what changes no value is let pass; the package's own tables must be free of it.
HARMLESS = {
    rule.id for rule in (file_has_no_byte_order_mark, line_ends_are_lf, file_ends_with_a_line_end, rows_are_sorted)
}
CELLS = "cells"
MEASURED = ("target_id", "place_id", "indicator_id", "name_zh", "scope_zh", "scope_en", "unit", "of")
# What tells the series of a target apart: what they are of, and the part of the population.
OF = ("target_id", "of")
# What an observation is of: the target itself, or the quantity that it is compared with.
LEVEL, BENCHMARK = "level", "benchmark"


@dataclass(frozen=True)
class Observed:
    """What a file holds: the years of its whole values, what was seen of each target, and what is wrong.

    years has the number of values of each year. sound tells whether the file may be judged by; its findings are then on
    rows that fit no target.
    """

    rows: int
    findings: list[Finding]
    sound: bool = False
    years: Mapping[int, int] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)


def observe(path: Path, t: Tables, targets: Sequence[Target]) -> Observed:
    """The observations in a file, matched to targets.

    Raises OSError for a file that cannot be opened, PackageError for what is no file, or too large a one.
    """
    known = measured(targets)
    sheet, findings = read_observations(path, t, known)
    rows = sheet.frame.height
    if findings:
        return Observed(rows, findings)
    fits = in_scope(sheet.frame, known).filter(pl.col("unit_of_measure") == pl.col("unit"))
    fits = fits.with_columns(pl.col("revision").fill_null("0").cast(pl.Int64), pl.col(PARTS).fill_null(""))
    strange, twice = rule_findings(FITS, sheet, known), doubled(sheet, fits)
    newest = fits.sort("revision", maintain_order=True).unique([*OF, *PARTS, "year"], keep="last", maintain_order=True)
    years = years_of(newest.filter(whole())) or years_of(newest) or years_of(sheet.frame)
    return Observed(rows, in_order([*strange, *twice]), not twice, years, seen_of(newest, targets, sheet.frame))


def years_of(rows: pl.DataFrame) -> Counter[int]:
    """How many values there are of each year, those of several targets once."""
    return Counter(map(int, rows.select(ROW, "year").unique()["year"]))


def measured(targets: Iterable[Target]) -> pl.DataFrame:
    """What is measured, as the rules about observations look at it: a row for each target and for its benchmark.

    An observation of a benchmark has the benchmark's name as its scope.
    """
    rows = [
        (t.target_id, t.place_id, t.indicator_id, t.name.zh, scope.zh or None, scope.en or None, t.unit, what)
        for t in targets
        for what, scope in ((LEVEL, t.scope), (BENCHMARK, t.benchmark))
        if what == LEVEL or scope.zh
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(MEASURED, pl.String), orient="row")


def read_observations(path: Path, t: Tables, targets: pl.DataFrame) -> tuple[Sheet, list[Finding]]:
    """The rows of a file as text, and what is wrong with its form, keys and values; targets is what is measured."""
    sheet = read_sheet(read_file(path, OBSERVATIONS_BYTES), str(path), t.schemas.observations)
    findings = [*sheet.findings, *(sheet_findings(sheet, t) if sheet.usable else ())]
    findings = [finding for finding in findings if finding.rule not in HARMLESS]
    if sheet.usable and not any(RULES[finding.rule].group == CELLS for finding in findings):
        findings += rule_findings(VALUES, sheet, targets)
    return sheet, in_order(findings)


def sound_rows(path: Path, t: Tables, targets: Iterable[Target]) -> list[Row]:
    """The rows of a file of observations that was collected before, as text cells.

    Raises PackageError with its first finding for one that is not sound, OSError where it cannot be opened.
    """
    sheet, findings = read_observations(path, t, measured(targets))
    if findings:
        first = findings[0]
        told = f"{path}:{first.line}: {first.column} {visible(first.value)}: {first.rule}"
        raise PackageError(f"{told}; run plandata assess on it and mend it")
    return as_rows(sheet.frame.drop(ROW))


def rule_findings(rules: Sequence[tuple[Rule, Find]], sheet: Sheet, targets: pl.DataFrame) -> Iterator[Finding]:
    """What some rules about observations find."""
    for rule, find in rules:
        found = partial(observed_findings, rule, find, sheet, targets)
        yield from guarded(rule, sheet.path, [sheet.table.name], found)


def observed_findings(rule: Rule, find: Find, sheet: Sheet, targets: pl.DataFrame) -> Iterator[Finding]:
    """What one rule about observations finds."""
    return broken_rows(rule, sheet, find(sheet.frame, targets))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings on one file by line."""
    return sorted(findings, key=attrgetter("line", "column", "rule"))


def doubled(sheet: Sheet, fits: pl.DataFrame) -> list[Finding]:
    """A finding on each row whose target has that value already: one in Chinese, one with the English scope; or one
    without a revision, one with revision 0.
    """
    again = fits.filter(~pl.struct(*OF, *PARTS, "revision", "year").is_first_distinct())[ROW].unique().sort()
    return row_findings(
        key_is_unique, sheet, "scope", again, repeat("the same scope, or revision, written in two ways")
    )


def whole() -> pl.Expr:
    """Whether a row is of all sexes, ages and areas together."""
    return pl.all_horizontal(pl.col(part) == "" for part in PARTS)


def seen_of(fits: pl.DataFrame, targets: Iterable[Target], observations: pl.DataFrame) -> dict[str, Seen]:
    """What was seen of each target, from its rows and all rows of the file."""
    known = set(observations.select("place_id", "indicator_id").iter_rows())
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in fits.iter_rows(named=True):
        rows.setdefault(row["target_id"], []).append(row)
    return {
        target.target_id: seen(rows.get(target.target_id, ()), (target.place_id, target.indicator_id) in known)
        for target in targets
    }


def seen(rows: Iterable[Mapping[str, Any]], known: bool) -> Seen:
    """What some rows say of one target."""
    benchmark: dict[int, Reported] = {}
    parts: dict[Part, dict[int, Reported]] = {}
    for row in rows:
        part = (row["sex"], row["age_group"], row["area"])
        if row["of"] != BENCHMARK:
            parts.setdefault(part, {})[int(row["year"])] = reported(row)
        elif part == WHOLE:
            benchmark[int(row["year"])] = reported(row)
    return Seen(parts, benchmark, known)


def reported(row: Mapping[str, Any]) -> Reported:
    """The value in a row."""
    above, below = (Fraction(row[name]) if row[name] else None for name in ("numerator", "denominator"))
    return Reported(Fraction(row["value"]), above, below, row["status"] == "preliminary")


def baseline_observations(t: Tables) -> str:
    """The baselines that the plans print, as the text of an observations file: the shipped example.

    A value of two targets stands once, with the first as source.
    """
    rows: dict[tuple[str, str, str, int], tuple[str | None, str, str]] = {}
    for target in load_targets(t):
        if target.baseline is not None and target.baseline_year is not None:
            key = (target.place_id, target.indicator_id, target.scope.zh, target.baseline_year)
            rows.setdefault(key, (plain(target.baseline), target.unit, target.item_id))
    return csv_text(t.schemas.observations.needed, ([*key, *rows[key]] for key in sorted(rows)))
