"""Reads an observations file with the findings of `plandata validate`, and matches its rows to targets.

A file with a finding in its form, keys or values is not assessed at all. A row that is sound but fits no
target (another scope, another unit, no such target) is refused with the reason, and the rest is assessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from plandata.assess.codes import observation_table
from plandata.assess.targets import Target
from plandata.finding import Finding, Report
from plandata.package import Package
from plandata.reader import ROW, Sheet, read_sheet
from plandata.validate import cell_findings, finding, key_findings, sheet_findings

# What spreadsheets write and what changes no value is let pass; the package's own tables must be free of it.
HARMLESS = ("file_has_no_byte_order_mark", "line_ends_are_lf", "file_ends_with_a_line_end", "rows_are_sorted")
HIGHEST = {"per_mille": 1000, "per_100k": 100000, "hour_per_day": 24}
# A gross rate (毛入学率) counts pupils of every age, so it may pass 100 percent.
GROSS = "毛入"


@dataclass(frozen=True)
class Observation:
    """One reported value; row counts from 0 in the file as read, line is its line."""

    row: int
    line: int
    place_id: str
    indicator_id: str
    scope: str
    year: int
    value: Fraction
    unit: str
    source: str


@dataclass(frozen=True)
class Matched:
    """The observations of each target by year, and the findings on rows that were refused."""

    series: Mapping[str, Mapping[int, Fraction]]
    refused: Sequence[Finding]


def read_observations(path: Path, package: Package) -> tuple[Sheet, Report]:
    """The rows of a file as text, and what is wrong with it.

    Raises OSError for a file that cannot be opened.
    """
    sheet = read_sheet(path, str(path), observation_table())
    report = Report(str(path), rows={"observations": sheet.frame.height})
    report.findings += [found for found in sheet_findings(sheet) if found.rule not in HARMLESS]
    if sheet.usable:
        cells = [found for found in cell_findings(sheet) if found.rule not in HARMLESS]
        report.findings += cells
        report.findings += key_findings(sheet, package.tables)
        if not cells:
            report.findings += value_findings(sheet, package)
    report.findings.sort(key=lambda found: (found.line, found.column, found.rule))
    return sheet, report


def value_findings(sheet: Sheet, package: Package) -> Iterator[Finding]:
    """Values that their unit does not allow."""
    names = dict(package.tables["indicators"].select("indicator_id", "name_zh").iter_rows())
    for seen in observations(sheet):
        gross = GROSS in (names.get(seen.indicator_id) or "")
        if seen.unit in ("percent", "percentage_point") and abs(seen.value) > 100 and not gross:
            yield finding("percent_is_within_100", "error", sheet, seen.row, "value")
        elif seen.value > HIGHEST.get(seen.unit, seen.value) or (seen.value < 0 and seen.unit != "percentage_point"):
            yield finding("value_is_possible_in_its_unit", "error", sheet, seen.row, "value", seen.unit)


def observations(sheet: Sheet) -> list[Observation]:
    """The rows of a sheet without findings in its cells."""
    return [
        Observation(
            row=cells[ROW],
            line=sheet.line(cells[ROW]),
            place_id=cells["place_id"],
            indicator_id=cells["indicator_id"],
            scope=cells["scope"] or "",
            year=int(cells["year"]),
            value=Fraction(cells["value"]),
            unit=cells["unit_of_measure"],
            source=cells["source"],
        )
        for cells in sheet.frame.iter_rows(named=True)
    ]


def match(sheet: Sheet, targets: Iterable[Target]) -> Matched:
    """Which observations each target has, and which rows fit none.

    Two rows for one target and year, one with the Chinese and one with the English scope, are a doubled key.
    """
    measured: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        measured.setdefault((target.place_id, target.indicator_id), []).append(target)
    series: dict[str, dict[int, Fraction]] = {}
    refused = []
    for seen in observations(sheet):
        candidates = measured.get((seen.place_id, seen.indicator_id), [])
        fitting = [t for t in candidates if seen.scope in scopes(t) and seen.unit == t.unit]
        if not fitting:
            refused.append(refusal(sheet, seen, candidates))
        elif any(seen.year in series.get(t.target_id, {}) for t in fitting):
            refused.append(finding("key_is_unique", "error", sheet, seen.row, "scope", "same scope in both languages"))
        else:
            for target in fitting:
                series.setdefault(target.target_id, {})[seen.year] = seen.value
    return Matched(series, refused)


def scopes(target: Target) -> tuple[str, ...]:
    """How the scope of a target may be written."""
    return (target.scope_zh or "", target.scope_en or "") if target.scope_zh else ("",)


def refusal(sheet: Sheet, seen: Observation, candidates: Sequence[Target]) -> Finding:
    """Why an observation fits no target."""
    if not candidates:
        detail = f"{seen.place_id} has no target on {seen.indicator_id}"
        return finding("observation_has_a_target", "error", sheet, seen.row, "indicator_id", detail)
    in_scope = [target for target in candidates if seen.scope in scopes(target)]
    if not in_scope:
        known = dict.fromkeys(target.scope_zh or "(empty)" for target in candidates)
        return finding(
            "observation_has_the_scope_of_a_target", "error", sheet, seen.row, "scope", f"targets: {', '.join(known)}"
        )
    units = dict.fromkeys(target.unit for target in in_scope)
    return finding(
        "observation_has_the_unit_of_its_target",
        "error",
        sheet,
        seen.row,
        "unit_of_measure",
        f"target: {', '.join(units)}",
    )
