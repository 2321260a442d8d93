"""The register of warnings: which targets a place has been warned of, since when, and whether the warning still stands.

The rule, told once:

- A target gives grounds for a warning where the standing of its verdict is `missed`, or where the assessment warns of
  it early, which it may of a target that is met now.
- A warning is opened in the judged year, one line for each lead unit of the target, and one without a unit for a target
  that has none.
- It stays open while the target gives grounds, also where these change: `kind` tells those of the last such year.
- It stays open, and its note says why, while nothing new can be said: the target was not reported, cannot be judged, or
  is judged by the value of an earlier year.
- It is closed in the first year whose own value gives no grounds: the target is met, or on its way and not warned of.
- It is closed too where the unit leads the target no longer; the new lead gets a line of its own.
- A closed line is never changed. Grounds that come back open a new line, w2 after w1.

Dates are those that the caller gives, never those of the clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

from plandata.assess import Assessment
from plandata.assess.model import Judgement
from plandata.files import MIB, PackageError, csv_text, read_file
from plandata.finding import Finding
from plandata.package.reader import Sheet, line_ends_are_lf, read_sheet, table_has_rows
from plandata.package.reader import file_ends_with_a_line_end as ends_with_a_line
from plandata.package.reader import file_has_no_byte_order_mark as has_no_mark
from plandata.report.assessment import target_name
from plandata.report.findings import one, prose
from plandata.report.workbook import Book, Cell, Column, fitted
from plandata.rules import sheet_findings
from plandata.rules.keys import rows_are_sorted
from plandata.schema import Table, edition
from plandata.tables import Tables
from plandata.text import Text, visible
from plandata.words import Words

TABLE = "warnings"
# 300 bytes a line: every target of every county of China is a thousand files of this size.
REGISTER_BYTES = 4 * MIB
# The standings of verdicts that are bad by themselves, and of those that say nothing.
STANDING, BAD, UNJUDGED = "standing", "missed", "unknown"
OPEN, CLOSED = "open", "closed"
# What spreadsheets write and what changes no line is let pass.
HARMLESS = {rule.id for rule in (has_no_mark, line_ends_are_lf, ends_with_a_line, rows_are_sorted, table_has_rows)}
KEPT = Text("{year}: {status}; the warning stays open.", "{year}年{status}，预警保留。")
STALE = Text("{year}: judged by the value of {of}; the warning stays open.", "{year}年沿用{of}年数值，预警保留。")
PASSED_ON = Text("{year}: the unit leads the target no longer.", "{year}年起不再牵头该目标。")
BODY, NOBODY = Text("Body", "牵头单位"), Text("none named", "未明确")
STATES = Text(
    "Warnings, one for each lead body of a target: {open} open, {closed} closed.",
    "未解除{open}项，已解除{closed}项（一项目标有几个牵头单位的分别计）。",
)
# What the workbook shows, with the widest that each column becomes, in Latin characters, and its look.
SHOWN = {
    "indicator": (34, "text"), "unit_id": (28, "text"), "kind": (22, "text"), "status": (10, "middle"),
    "opened_year": (10, "middle"), "opened_on": (12, "middle"), "last_seen_year": (12, "middle"),
    "closed_year": (10, "middle"), "note": (30, "text"), "warning_id": (60, "text"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the register; the columns are those of schemas/warnings.yaml. unit_id is "" for no lead unit."""

    warning_id: str
    place_id: str
    target_id: str
    indicator: str
    unit_id: str
    kind: str
    opened_year: int
    opened_on: str
    status: str
    last_seen_year: int
    closed_year: int | None
    note: str

    @property
    def open(self) -> bool:
        return self.status == OPEN

    @property
    def about(self) -> tuple[str, str]:
        """What the line is about: a target and a unit."""
        return self.target_id, self.unit_id


def grounds(judgement: Judgement, say: Words) -> tuple[str, ...]:
    """Why a target is warned of: the code of its verdict where that is bad, then those of its early warnings."""
    bad = (judgement.status,) if standing(judgement, say) == BAD else ()
    return tuple(dict.fromkeys((*bad, *(warning.code for warning in judgement.warnings))))


def standing(judgement: Judgement, say: Words) -> str:
    """The class of a verdict."""
    return say.codes["status"][judgement.status].classes[STANDING]


def carried_on(
    path: Path | None, done: Assessment, place: str, day: date | None, lang: str
) -> tuple[list[Line], list[Line]]:
    """The register in a file as it was (nothing without a file), and as it is after the judged year.

    day is the date of the notices. Raises PackageError as read_register and check do.
    """
    before = read_register(path, place, lang) if path else []
    if path:
        check(before, done.judgements, done.year, path)
    told = day.isoformat() if day else ""
    return before, renewed(before, done.judgements, done.year, told, Words(done.schemas.labels, lang))


def renewed(old: Sequence[Line], judgements: Sequence[Judgement], year: int, day: str, say: Words) -> list[Line]:
    """The register after a judged year, by warning_id; day is the date of the notices, "" for none.

    The old lines are those that `check` lets pass.
    """
    judged = {judgement.target.target_id: judgement for judgement in judgements}
    lines = [named(aged(line, judged[line.target_id], year, say), judged[line.target_id], say) for line in old]
    open_ones = {line.about for line in lines if line.open}
    taken = {line.warning_id for line in lines}
    warned = [(judgement, unit) for judgement in judgements if grounds(judgement, say) for unit in bodies(judgement)]
    new = [(judgement, unit) for judgement, unit in warned if (judgement.target.target_id, unit) not in open_ones]
    lines += [opened(judgement, unit, year, day, taken, say) for judgement, unit in new]
    return sorted(lines, key=lambda line: line.warning_id)


def bodies(judgement: Judgement) -> tuple[str, ...]:
    """The lead units of a target, "" where it has none."""
    return judgement.target.leads or ("",)


def aged(line: Line, judgement: Judgement, year: int, say: Words) -> Line:
    """A line a year on, by the rule above."""
    if not line.open:
        return line
    why, new = grounds(judgement, say), noted(line, unsaid(judgement, say))
    if line.unit_id not in bodies(judgement):
        return replace(noted(line, say(PASSED_ON, year=year)), status=CLOSED, closed_year=year)
    if why:
        return replace(new, kind="; ".join(why), last_seen_year=year)
    return new if unsaid(judgement, say) else replace(line, status=CLOSED, closed_year=year)


def unsaid(judgement: Judgement, say: Words) -> str:
    """Why a year says nothing new of a target; "" where it does."""
    if standing(judgement, say) == UNJUDGED:
        return say(KEPT, year=judgement.year, status=say.label("status", judgement.status))
    if judgement.lags:
        return say(STALE, year=judgement.year, of=judgement.value_year)
    return ""


def noted(line: Line, told: str) -> Line:
    """A line with a sentence in its note, once."""
    return line if not told or told in line.note else replace(line, note=f"{line.note} {told}".strip())


def named(line: Line, judgement: Judgement, say: Words) -> Line:
    """A line with the name of its indicator in the language of the run."""
    return replace(line, indicator=target_name(judgement.target, say))


def opened(judgement: Judgement, unit: str, year: int, day: str, taken: Iterable[str], say: Words) -> Line:
    """A new line."""
    target = judgement.target
    stem = ".".join(filter(None, (target.target_id, unit.removeprefix(f"{target.place_id}."))))
    name = next(name for name in (f"{stem}.w{n}" for n in count(1)) if name not in taken)
    why = "; ".join(grounds(judgement, say))
    about = (target.place_id, target.target_id, target_name(target, say), unit)
    return Line(name, *about, why, year, day, OPEN, year, None, unsaid(judgement, say))


# Reading


def check(lines: Sequence[Line], judgements: Sequence[Judgement], year: int, path: Path) -> None:
    """Refuses a register that an assessment cannot carry on.

    Raises PackageError for a line of a year after the judged one, and for one of a target that was not judged.
    """
    known = {judgement.target.target_id for judgement in judgements}
    for line in lines:
        if line.target_id not in known:
            raise PackageError(f"{path}: {line.warning_id}: {line.target_id} is no target of {line.place_id}; mend it")
        latest = max(line.last_seen_year, line.closed_year or 0)
        if latest > year:
            raise PackageError(f"{path}: {line.warning_id}: is of {latest}; name the register as it was before {year}")


def read_register(path: Path, place: str, lang: str) -> list[Line]:
    """The lines of a register of a place.

    Raises PackageError with file, line and how to mend it for the first thing that is wrong; OSError where the file
    cannot be opened.
    """
    table = register_table()
    sheet = read_sheet(read_file(path, REGISTER_BYTES), str(path), table)
    found = [f for f in sheet_findings(sheet, Tables({}, edition())) if f.rule not in HARMLESS]
    if found:
        raise PackageError(mending(min(found, key=lambda finding: finding.line), lang))
    return [line_of(cells, sheet, n, place) for n, cells in enumerate(sheet.frame.iter_rows(named=True))]


def register_table() -> Table:
    """The schema of the register."""
    return edition().described[TABLE]


def mending(finding: Finding, lang: str) -> str:
    """A finding on one line, with what must hold and how to mend it."""
    rule = prose(finding.rule, lang)
    return f"{one(finding)}: {rule['must']} {rule['mend']}"


def line_of(cells: Mapping[str, Any], sheet: Sheet, row: int, place: str) -> Line:
    """A line from its cells. Raises PackageError for one of another place, and for what contradicts itself."""
    values = {field.name: cells[field.name] or "" for field in fields(Line)}
    if values["place_id"] != place:
        wrong(sheet, row, f"place_id is {visible(values['place_id'])}, not {place}; name the register of {place}")
    numbers = {name: int(values[name]) for name in ("opened_year", "last_seen_year")}
    closed = int(values["closed_year"]) if values["closed_year"] else None
    told: dict[str, Any] = {**values, **numbers, "closed_year": closed}
    line = Line(**told)
    if line.open != (closed is None):
        wrong(sheet, row, "an open warning has no closed_year, and a closed one has it; mend status or closed_year")
    if not line.opened_year <= line.last_seen_year <= (closed or line.last_seen_year):
        wrong(sheet, row, "opened_year, last_seen_year and closed_year do not follow each other; mend them")
    return line


def wrong(sheet: Sheet, row: int, what: str) -> NoReturn:
    """Raises PackageError about a line of the file."""
    raise PackageError(f"{sheet.path}:{sheet.line(row)}: {what}")


# Writing


def register_csv(lines: Sequence[Line]) -> bytes:
    """The register as the file that the next year reads."""
    columns = register_table().columns
    return csv_text(columns, ([asdict(line)[name] for name in columns] for line in lines), safe=True).encode()


def register_xlsx(lines: Sequence[Line], names: Mapping[str, Text], title: str, day: datetime, say: Words) -> bytes:
    """The register as a workbook to read, open warnings first; codes and units by their names.

    names are those of the units by their ids; day is told as that of its making. Raises PackageError where the library
    is not installed.
    """
    ordered = sorted(lines, key=lambda line: (not line.open, not line.unit_id, line.unit_id, line.warning_id))
    rows = [{name: cell(line, name, names, say) for name in SHOWN} for line in ordered]
    table, book = register_table(), Book(title, day, say.lang)
    heads = {name: say(BODY if name == "unit_id" else table.field(name).title) for name in SHOWN}
    columns = [Column(name, heads[name], *told) for name, told in SHOWN.items()]
    sheet = book.sheet(say(table.title), fitted(columns, rows), frozen=1)
    sheet.title(title)
    sheet.line(say(STATES, open=sum(line.open for line in lines), closed=sum(not line.open for line in lines)))
    sheet.head()
    for row in rows:
        sheet.row(row)
    sheet.page.autofilter(sheet.headed, 0, sheet.at - 1, len(columns) - 1)
    return book.content()


def cell(line: Line, name: str, names: Mapping[str, Text], say: Words) -> Cell:
    """A cell of a line as people read it."""
    value: Any = asdict(line)[name]
    if name == "kind":
        return say.listed(ground_label(code, say) for code in value.split("; "))
    if name == "status":
        return say.label("warning_status", value)
    return say(names.get(value, NOBODY)) if name == "unit_id" else value


def ground_label(code: str, say: Words) -> str:
    """What the code of a status or of an early warning is called."""
    return say.label("status" if code in say.codes["status"] else "warning", code)
