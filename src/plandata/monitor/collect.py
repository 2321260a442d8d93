"""Reads back the workbooks of a year, whatever offices send, into one file of observations.

Each row is taken exactly or refused with the reason and how to mend it; one bad row costs one row, a bad file one
file. What was changed on the way is told beside what was taken.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import polars as pl

from plandata.assess.model import Target, load_targets
from plandata.assess.observations import observe, sound_rows
from plandata.files import RUNS, PackageError
from plandata.finding import Finding
from plandata.monitor.cells import (
    FROM_PERCENT,
    Cell,
    Figure,
    Unit,
    figure,
    is_blank,
    masked,
    plain,
    prose,
    tidy,
    unit_of,
    unnamed,
    written,
    year_of,
)
from plandata.monitor.forms import INDEX
from plandata.monitor.headers import BODY, INDICATOR, UNIT, VALUE, YEAR, Block, Meaning, Vocabulary, blocks
from plandata.monitor.matching import OTHER_INDICATOR, Named, Of, Place, RefusedError, key, place_of, years_in
from plandata.monitor.reporting import AGE, Series, reporting
from plandata.monitor.returns import (
    CHANGED,
    EMPTY_FORM,
    NOT_REPORTED,
    NOT_RETURNED,
    NOTHING_RETURNED,
    READ,
    REFUSED,
    SKIPPED,
    TAKEN,
    Collected,
    Line,
    Returned,
)
from plandata.monitor.sheets import Grid, Reader, UnreadableError, address
from plandata.package.canonical import table_csv
from plandata.package.folder import Folder
from plandata.package.order import ordered
from plandata.rules import RULES
from plandata.schema import Table
from plandata.tables import Tables
from plandata.text import Text, paired
from plandata.words import number

# What offices and their programs leave beside the files that are meant.
LEFT_BEHIND = ("~$", ".~lock", ".", "Thumbs.db", "desktop.ini")
COUNTS = ("numerator", "denominator")
PARTS = ("scope", "sex", "age_group", "area")
# Units of which a count is none.
RATES = frozenset({"percent", "percentage_point", "per_mille", "per_10k", "per_100k", "per_1000"})
PER = {"percent": 100, "per_mille": 1000, "per_10k": 10_000, "per_100k": 100_000, "per_1000": 1000, "ratio": 1}
LONGEST_SHOWN = 40
# The highest share that a gross rate may be, and the targets beside which no percentage is as low as that.
SHARE, FAR = Decimal("1.5"), 20
# What the name of a file may have that no source has, also where a spreadsheet would run it.
NO_SOURCE = re.compile(r"[^\w .,()（）《》、，；：-]|^\W+")

LOCK = Text("is a lock or a hidden file of a program, no data", "是程序的临时文件或隐藏文件，不是数据")
NO_TABLE = Text(
    "has no table with a header for an indicator (指标名称) and a value (数值); use the form, or name the columns so",
    "没有找到表头含“指标名称”和“数值”的数据表；请使用填报表，或按此命名表头",
)
IN_CELL = Text("“{cell}” {fault}", "“{cell}”{fault}")
THE_CELL = Text("the cell {fault}", "单元格{fault}")
NOT_FILLED = Text("no value is reported{note}", "未填报数值{note}")
WITH_NOTE = Text("; note: {note}", "；备注：{note}")
NO_VALUE = Text(
    "numerator and denominator without a value; write the value ({value}, if they are right)",
    "填了分子、分母而未填数值；请填数值（按分子、分母推算为{value}）",
)
ONE_COUNT = Text("numerator and denominator go together; fill both or neither", "分子、分母须同时填写，或都不填")
A_COUNT = Text("{column}: {fault}", "{column}：{fault}")
RATE_AS_COUNT = Text("is a rate, no count", "是比率，不是计数")
NEGATIVE = Text("is negative", "是负数")
YEAR_FILLED = Text("no year is given: {year}, as asked", "表中未写年份，按要求记为{year}年")
OTHER_YEAR = Text(
    "the table has no year, and its title or file speaks of {years}, not of {year}; add a column for the year",
    "表中没有年份列，而标题或文件名写的是{years}年，不是{year}年；请增加“年份”列",
)
LATER = Text(
    "the year {year} is after the one that is collected; is it a target?", "{year}年晚于本次收集的年份；是否为目标值？"
)
LATER_COLUMN = Text("column of {year}, later than the year that is collected", "{year}年一列晚于本次收集的年份，未读取")
YEAR_FAULT = Text(
    "the year “{year}” is none; write four digits such as 2023", "年份“{year}”不明确；请写四位数字，如2023"
)
UNIT_FILLED = Text("no unit is given: that of the target", "未写计量单位，按目标值的单位")
UNIT_PLAIN = Text("the unit “{unit}” as its code", "计量单位“{unit}”记为代码")
UNIT_TIMES = Text("the unit “{unit}” multiplies by {times:,}", "计量单位“{unit}”，数值乘以{times:,}")
TWICE = Text(
    "both the cell and its unit multiply (万, 亿); write the whole number",
    "单元格和单位都含“万”“亿”等倍数；请写完整数字",
)
ASK_SHARE = Text(
    "{value} without a percent sign, and the target is {target}%: is {times}% meant? Write it with its sign",
    "填的是{value}，没有百分号，而目标为{target}%：是否指{times}%？请带百分号填写",
)
SOURCE_FILLED = Text("no source is given: the file", "未写来源，以文件名为来源")
NUMBERS_COVERED = Text("{column}: what is personal left out", "{column}：已略去个人信息")
TIDIED = Text("{column}: characters made plain", "{column}：字符规范化")
RUNS_IN_SHEET = Text("{column} begins like a formula; write it in words", "{column}以公式符号开头；请改用文字")
REVISION = Text("the revision is a whole number from 0 to 99", "修订次数为0至99的整数")
CODE_PLAIN = Text("{column}: label as code", "{column}：名称记为代码")
LED_BY = Text("{body} reports this series; the row is not read", "该项由{body}填报，本行不采用")
SAME_TWICE = Text("the same value stands in {place}", "与 {place} 的数值相同，只记一次")
REVISED = Text("a later revision stands in {place}", "已有更高修订次数的数值：{place}")
CONFLICT = Text(
    "another value of the same series and year stands in {place} ({value}); settle it, or number the revision",
    "同一指标同一年在 {place} 另有数值（{value}）；请核定，或填写修订次数",
)
CARRIED = Text("stands in the earlier observations already", "此前的监测值中已有")
CORRECTED = Text(
    "revision {n} of {value} in the earlier observations, which is kept",
    "此前的监测值为 {value}，予以保留；本次作为第{n}次修订",
)
NO_AGES = Text(
    "the age group is empty, and the value for all ages stands in {place}; fill in the ages",
    "未填年龄组，而合计数值已在 {place}；请填写年龄组",
)
NOTHING_TO_FILL = Text("a form in which nothing is to be filled in", "填报文件中没有需要填写的内容")
PART_AT_ODDS = Text("row and column name two different parts of the people", "行与列写明的分组不一致")
RULE = Text("{must} {mend}", "{must}{mend}")


@dataclass(frozen=True)
class Setting:
    """What holds for all files of one run."""

    place: Place
    words: Vocabulary
    year: int
    targets: Sequence[Target]

    @property
    def table(self) -> Table:
        return self.words.table

    def cell(self, line: Line, column: str) -> str:
        """A cell of the observation of a line."""
        return line.values[self.table.columns.index(column)]

    def key(self, line: Line) -> tuple[str, ...]:
        """The cells by which its observation is told apart from all others but its own revisions."""
        return tuple(self.cell(line, column) for column in self.table.key if column != "revision")


@dataclass(frozen=True)
class Source:
    """The file that is read and the body that sent it, "" where nothing tells."""

    name: str
    stem: str
    body: str = ""


@dataclass
class Draft:
    """A row that may be taken, with what is still to be looked at once all of its column is read.

    stated: its cell says what its number counts; formatted: what cells are shown in percent is known.
    """

    line: Line
    series: tuple[Series, ...]
    value: Decimal
    unit: str
    stated: bool
    formatted: bool


def collect(
    package: Folder,
    paths: Iterable[Path],
    place_id: str,
    year: int,
    reader: Reader,
    progress: Callable[[str], None] = lambda step: None,
    last: Path | None = None,
) -> Collected:
    """All that the files (and the files in the folders) tell of a place, with what became of each row.

    last is a file of observations that was collected before: its rows are kept, and a value that is reported otherwise
    now becomes a revision. progress is told the name of each file before it is read.

    Raises PackageError for a place or a year for which there is no plan, for a path where nothing is, and for earlier
    observations that are not sound.
    """
    t = Tables.of(package)
    place = place_of(t, reporting(t, place_id, year))
    setting = Setting(place, Vocabulary(t.schemas.observations), year, load_targets(t))
    earlier = [] if last is None else earlier_lines(last, setting)
    files = []
    for path in files_in(paths):
        progress(path.name)
        files.append(returned(path, setting, reader))
    merge(files, setting)
    carry_on(files, earlier, setting)
    text = sound(files, earlier, setting)
    for file in files:
        file.settle()
    return Collected(place_id, year, files, missing(files, setting), body_texts(place), text)


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are named, and those below folders that are named, sorted; no folder is entered over a link.

    Raises PackageError for a path where nothing is.
    """
    named = list(paths)
    for path in named:
        if not path.is_symlink() and not path.exists():
            raise PackageError(f"{path}: not found; name the files or folders that came back")
    for path in named:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=unreadable):
                folders.sort()
                yield from (Path(folder, name) for name in sorted(names))
        else:
            yield path


def unreadable(error: OSError) -> None:
    """Raises PackageError for a folder that cannot be read: what it holds would seem not to have come back."""
    raise PackageError(f"{error.filename}: cannot be read ({error.strerror}); open it for reading")


# One file


def returned(path: Path, setting: Setting, reader: Reader) -> Returned:
    """A file with what became of each of its rows."""
    name = masked(str(path))
    file = Returned(path, Line(name, "", "", "", "", READ))
    if path.name.startswith(LEFT_BEHIND):
        file.line.what, file.line.why = SKIPPED, (LOCK,)
        return file
    try:
        grids = reader.grids(path)
    except UnreadableError as error:
        file.line.what, file.line.why = REFUSED, (error.why,)
        return file
    except OSError as error:
        file.line.what, file.line.why = REFUSED, (Text(*[str(error.strerror)] * 2),)
        return file
    read_grids(file, grids, setting)
    return file


def read_grids(file: Returned, grids: Sequence[Grid], setting: Setting) -> None:
    """Reads the tables of a file; the body that sent it is told by its name, else by titles and sheet."""
    place, stem = setting.place, masked(file.path.stem)
    found = [(grid, list(blocks(grid, setting.words))) for grid in grids]
    sources = []
    for grid, tables in found:
        file.skipped["hidden_sheets" if grid.hidden else "other_sheets"] += not tables
        for block in tables:
            sources.append(Source(file.line.file, stem, place.body([stem, *block.titles, grid.sheet])))
            file.skipped.update(block.skipped)
            file.people.setdefault(grid.sheet, {}).update(block.people)
            read_block(file, block, sources[-1], setting)
    bodies = {source.body for source in sources}
    file.line.body = bodies.pop() if len(bodies) == 1 else place.body([stem])
    if not sources:
        file.line.what, file.line.why = without_table(stem, setting)


def without_table(stem: str, setting: Setting) -> tuple[str, tuple[Text, ...]]:
    """What becomes of a file without a table: nothing is wrong with one of the forms that has nothing to fill in."""
    forms = setting.place.found.forms
    ours = stem == INDEX or any(form.unit and form.unit.unit_id == stem and not form.own for form in forms)
    return (SKIPPED, (NOTHING_TO_FILL,)) if ours else (REFUSED, (NO_TABLE,))


def read_block(file: Returned, block: Block, source: Source, setting: Setting) -> None:
    """Reads a table, one column of values after the other, into the lines of its file, row by row."""
    lines: list[tuple[int, int, Line]] = []
    for meaning, at in block.values:
        if meaning.year and meaning.year > setting.year:
            why = (LATER_COLUMN.format(year=meaning.year),)
            cell = address(block.header, at)
            lines.append((-1, at, Line(source.name, block.grid.sheet, cell, source.body, "", SKIPPED, why)))
            continue
        drafts = []
        for row in block.rows:
            read = read_row(Reading(block, row, meaning, at, source, setting))
            if isinstance(read, str):
                file.skipped[read] += 1
                continue
            drafts += [read] if isinstance(read, Draft) else []
            lines.append((row, at, read.line if isinstance(read, Draft) else read))
        ask_shares(drafts)
    file.rows += [line for _, _, line in sorted(lines, key=lambda each: each[:2])]


# One row


@dataclass(frozen=True)
class Reading:
    """One row of a table, and the column of values that is read."""

    block: Block
    row: int
    meaning: Meaning
    at: int
    source: Source
    setting: Setting

    def cell(self, name: str) -> Cell:
        return self.block.cell(self.row, name, self.meaning.year)

    def mark(self, name: str) -> str:
        at = self.block.column(name, self.meaning.year)
        return "" if at is None else self.block.grid.marks.get((self.row, at), "")

    def where(self, name: str) -> str:
        """The address of a column's cell; "" where the table does not have the column."""
        at = self.block.column(name, self.meaning.year)
        return "" if at is None else address(self.row, at)

    @property
    def value(self) -> Figure:
        grid = self.block.grid
        mark = grid.marks.get((self.row, self.at), "")
        return figure(grid.cell(self.row, self.at), self.setting.place.units, mark)

    def line(self, what: str, *why: Text, indicator: str = "", before: str = "", at: str = "") -> Line:
        sheet, cell = self.block.grid.sheet, address(self.row, self.at)
        return Line(self.source.name, sheet, cell, self.body(), indicator, what, why, before, at=at)

    def body(self) -> str:
        """The body that the row names, else that of the file."""
        named = written(self.cell(BODY))
        return (self.setting.place.body([named]) if named else "") or self.source.body


def read_row(r: Reading) -> Draft | Line | str:
    """What becomes of a row: a draft of an observation, or a line that says why there is none.

    A row that nobody used is only counted, under the name that is returned.
    """
    indicator = ""
    value = r.value
    try:
        named = named_of(r, value)
        if named is None:
            return "unnamed"
        indicator = named.indicator_id
        return observation(r, named, value)
    except RefusedError as error:
        if value.blank and error.column not in (*COUNTS, VALUE):
            return "unused"
        return r.line(REFUSED, error.why, indicator=indicator, before=shown(r), at=r.where(error.column))


def named_of(r: Reading, value: Figure) -> Named | None:
    """The indicator of a row, by its id or its name; where both stand there they must agree.

    None where a row without a value names none. Raises RefusedError where one with a value does.
    """
    place, own = r.setting.place, r.cell(INDICATOR)
    beside = [r.block.grid.spread(r.row, at) for meaning, at in r.block.beside if meaning.field == INDICATOR]
    others = [cell for cell in beside if not is_blank(cell)]
    try:
        named = place.indicator(others[0] if is_blank(own) and others else own)
    except RefusedError:
        if value.blank:
            return None
        raise
    for cell in others:
        other = place.named(key(written(cell)))
        if other and other.indicator_id != named.indicator_id:
            names = {"own": place.text(named.indicator_id), "other": place.text(other.indicator_id)}
            raise RefusedError(OTHER_INDICATOR.format(**names), INDICATOR)
    return named


def observation(r: Reading, named: Named, value: Figure) -> Draft | Line | str:
    """The observation of a row, or why nothing is observed. Raises RefusedError."""
    place, changes = r.setting.place, [*named.changes]
    place.of_place(r.cell("place_id"))
    year = year_of_row(r, changes)
    of = part_of_column(r, place.of(named, {name: r.cell(name) for name in PARTS}))
    changes += of.changes
    series = place.series[named.indicator_id][of.scope]
    others = other_filler(r, series)
    if others:
        return r.line(SKIPPED, LED_BY.format(body=others), indicator=named.indicator_id)
    counts = counts_of(r, changes)
    if value.blank:
        return blank(r, named, of, series, counts)
    if value.fault:
        raise RefusedError(about(r, value.fault))
    unit, exact = unit_of_row(r, named, value, series, changes)
    cells = {
        "place_id": place.place_id,
        "indicator_id": named.indicator_id,
        **{name: getattr(of, name) for name in PARTS},
        "year": str(year),
        "value": f"{exact:f}",
        **counts,
        "unit_of_measure": unit,
        **described(r, changes),
    }
    told = (*value.changes, *changes)
    line = r.line(CHANGED if told else TAKEN, *told, indicator=named.indicator_id, before=shown(r))
    line.after, line.values = f"{exact:f} {unit}", tuple(cells.get(name, "") for name in r.setting.table.columns)
    line.ageless = r.block.column(AGE) is not None and not of.age_group
    return Draft(line, series, exact, unit, bool(value.units), r.block.grid.formatted)


def part_of_column(r: Reading, of: Of) -> Of:
    """What a value is of, with the part that its own column names. Raises RefusedError where the row names another."""
    parts = dict(r.meaning.parts)
    for column, code in parts.items():
        if getattr(of, column) not in ("", code):
            raise RefusedError(PART_AT_ODDS, column)
    return replace(of, sex=parts.get("sex", of.sex), area=parts.get("area", of.area))


def other_filler(r: Reading, series: Sequence[Series]) -> Text | None:
    """The body that is to report a series, where the row comes from another one that leads it too."""
    body = r.body()
    for one in series:
        leads = [unit.unit_id for unit in one.leads]
        if one.filler and body in leads[1:]:
            return one.filler.name
    return None


def year_of_row(r: Reading, changes: list[Text]) -> int:
    """The year that a value is of: that of its column, of its row, else the one that is asked for.

    Raises RefusedError where titles speak of another one, and for a year to come.
    """
    cell = r.cell(YEAR)
    if r.meaning.year:
        return r.meaning.year
    if is_blank(cell):
        told = years_in([*r.block.titles, r.block.grid.sheet, r.source.stem])
        if told and r.setting.year not in told:
            years = "、".join(map(str, sorted(told)))
            raise RefusedError(OTHER_YEAR.format(years=years, year=r.setting.year))
        changes.append(YEAR_FILLED.format(year=r.setting.year))
        return r.setting.year
    year, changed = year_of(cell)
    if year is None:
        raise RefusedError(YEAR_FAULT.format(year=masked(written(cell))[:20]), YEAR)
    if year > r.setting.year:
        raise RefusedError(LATER.format(year=year), YEAR)
    changes += [changed] if changed else []
    return year


def counts_of(r: Reading, changes: list[Text]) -> dict[str, str]:
    """Numerator and denominator: both or neither. Raises RefusedError."""
    found: dict[str, str] = {}
    for name in COUNTS:
        read = figure(r.cell(name), r.setting.place.units, r.mark(name))
        fault = read.fault
        if read.value is not None:
            fault = RATE_AS_COUNT if read.units & RATES else NEGATIVE if read.value < 0 else None
        if fault:
            raise RefusedError(A_COUNT.format(column=r.setting.place.title(name), fault=fault), name)
        changes += [A_COUNT.format(column=r.setting.place.title(name), fault=change) for change in read.changes]
        found[name] = "" if read.value is None else f"{read.value:f}"
    if bool(found["numerator"]) != bool(found["denominator"]):
        raise RefusedError(ONE_COUNT, "denominator" if found["numerator"] else "numerator")
    return found


def blank(r: Reading, named: Named, of: Of, series: Sequence[Series], counts: Mapping[str, str]) -> Line | str:
    """The line of a row without a value; that of an unused age group is only counted. Raises RefusedError."""
    if counts["numerator"] and Fraction(counts["denominator"]):
        share = Fraction(counts["numerator"]) / Fraction(counts["denominator"]) * PER.get(series[0].unit, 1)
        raise RefusedError(NO_VALUE.format(value=number(share)), VALUE)
    if r.block.column(AGE) is not None and not of.age_group:
        return "unused"
    note = masked(prose(written(r.cell("note"))))
    told = WITH_NOTE.format(note=note[:200]) if note else ""
    return r.line(NOT_REPORTED, NOT_FILLED.format(note=told), indicator=named.indicator_id, before=shown(r))


def unit_of_row(
    r: Reading, named: Named, value: Figure, series: Sequence[Series], changes: list[Text]
) -> tuple[str, Decimal]:
    """The unit of a value and the value in it, as all that the row says of units allows. Raises RefusedError."""
    place, exact = r.setting.place, value.value or Decimal(0)
    stated: dict[str, Unit | None] = {}
    for text in (written(r.cell(UNIT)), r.meaning.unit, named.unit):
        if not is_blank(text) and not (unit_of(text, place.units) is None and place.body([text])):
            stated[text] = unit_of(text, place.units)
    for text, unit in stated.items():
        if unit and unit.times > 1:
            if value.times > 1:
                raise RefusedError(TWICE)
            exact = tidy(exact * unit.times)
            changes.append(UNIT_TIMES.format(unit=text, times=unit.times))
    sign = "%" if FROM_PERCENT in value.changes else shown(r)
    found = place.unit(series, {**stated, **({sign: Unit(value.units)} if value.units else {})})
    if not stated and not value.units:
        changes.append(UNIT_FILLED)
    labels = place.forms("unit_of_measure", found)
    changes += [UNIT_PLAIN.format(unit=text) for text in stated if text not in labels]
    return found, exact


def described(r: Reading, changes: list[Text]) -> dict[str, str]:
    """The cells of a row that describe its value: source, status, revision, note. Raises RefusedError."""
    place, status = r.setting.place, r.cell("status")
    code = place.code("status", status)
    if code and written(status) not in place.forms("status", code):
        changes.append(CODE_PLAIN.format(column=place.title("status")))
    source = words_of(r, "source", changes)
    if not source:
        named = (prose(Path(r.source.name).name), prose(r.block.grid.sheet))
        source = prose(NO_SOURCE.sub(" ", " ".join(named)))[:200] or r.setting.place.found.place.zh
        changes.append(SOURCE_FILLED)
    return {"source": source, "status": code, "revision": revision_of(r), "note": words_of(r, "note", changes)}


def words_of(r: Reading, name: str, changes: list[Text]) -> str:
    """The text of source or note, numbers of persons covered. Raises RefusedError for what a spreadsheet would run."""
    cell = r.cell(name)
    text = cell if isinstance(cell, str) else written(cell)
    if is_blank(text):
        return ""
    title, covered = r.setting.place.title(name), masked(text)
    tidied = prose(covered)
    if RUNS.match(tidied):
        raise RefusedError(RUNS_IN_SHEET.format(column=title), name)
    if covered != text:
        changes.append(NUMBERS_COVERED.format(column=title))
    elif tidied != text:
        changes.append(TIDIED.format(column=title))
    return tidied


def revision_of(r: Reading) -> str:
    """The revision of a row, "" for the first report. Raises RefusedError for none."""
    cell = r.cell("revision")
    if is_blank(cell):
        return ""
    text = plain(written(cell))
    if not text.isdecimal() or int(text) > 99:
        raise RefusedError(REVISION, "revision")
    return str(int(text)) if int(text) else ""


def shown(r: Reading) -> str:
    """The value's cell as it may be repeated: without digits it might be a name, and is not."""
    text = written(r.block.grid.cell(r.row, r.at))
    if not (any(sign.isdigit() for sign in text) or is_blank(text)):
        return ""
    return unnamed(text)[:LONGEST_SHOWN]


def about(r: Reading, fault: Text) -> Text:
    """What is wrong with the value's cell, which is repeated where it may be."""
    return IN_CELL.format(cell=shown(r), fault=fault) if shown(r) else THE_CELL.format(fault=fault)


def ask_shares(drafts: Sequence[Draft]) -> None:
    """Refuses bare numbers of a column that may be shares of cells that were shown in percent: 0.964 for 96.4%.

    Nobody but the office can know. In question is a number up to SHARE where all percentages of the column are such
    and the target is not; where formats are not known, beside a target of FAR and more too.
    """
    shares = [draft for draft in drafts if draft.unit == "percent" and draft.value]
    alike = all(0 < draft.value <= SHARE for draft in shares)
    for draft in shares:
        target = max((aim.target.value or 0 for one in draft.series for aim in one.aims), default=0)
        asked = target > SHARE if alike else target >= FAR and not draft.formatted
        if asked and 0 < draft.value <= SHARE and not draft.stated:
            told = {"target": number(target), "value": draft.value, "times": number(draft.value * 100)}
            drop([draft.line], REFUSED, ASK_SHARE.format(**told))


# All rows together


def merge(files: Iterable[Returned], setting: Setting) -> None:
    """Takes a value that stands twice once, and refuses those of one series, year and revision that differ.

    Where a later revision is at one with itself, what differs before it is not read.
    """
    alike: dict[tuple[str, ...], dict[int, list[Line]]] = {}
    for line in (line for file in files for line in file.rows if line.kept):
        alike.setdefault(setting.key(line), {}).setdefault(revision(line, setting), []).append(line)
    for revisions in alike.values():
        held: Line | None = None
        for n in sorted(revisions, reverse=True):
            lines = without_ageless(revisions[n])
            values = [Decimal(setting.cell(line, "value")) for line in lines]
            if len(set(values)) == 1:
                drop(lines[1:], SKIPPED, SAME_TWICE.format(place=lines[0].place()))
                held = held or lines[0]
            elif held:
                drop(lines, SKIPPED, REVISED.format(place=held.place()))
            else:
                refuse_all(lines, values)


def without_ageless(lines: list[Line]) -> list[Line]:
    """The lines of one value, without those of a table by age that do not say which, where others are of all ages."""
    whole = [line for line in lines if not line.ageless]
    if not whole:
        return lines
    drop([line for line in lines if line.ageless], REFUSED, NO_AGES.format(place=whole[0].place()))
    return whole


def refuse_all(lines: Sequence[Line], values: Sequence[Decimal]) -> None:
    """Refuses lines whose values differ, each with a cell that says otherwise."""
    for line, value in zip(lines, values, strict=True):
        other = next(at for at, one in enumerate(values) if one != value)
        drop([line], REFUSED, CONFLICT.format(place=lines[other].place(), value=values[other]))


def drop(lines: Iterable[Line], what: str, why: Text) -> None:
    """Takes lines back that were taken."""
    for line in lines:
        line.what, line.why, line.after = what, (why,), ""


def earlier_lines(path: Path, setting: Setting) -> list[Line]:
    """The rows of earlier observations as lines that were taken. Raises PackageError where the file is not sound."""
    rows = sound_rows(path, setting.place.t, setting.targets)
    columns = setting.table.columns
    return [Line(path.name, "", "", "", "", TAKEN, values=tuple(row[name] for name in columns)) for row in rows]


def carry_on(files: Iterable[Returned], earlier: Iterable[Line], setting: Setting) -> None:
    """Leaves out what the earlier observations have already, and makes another value than theirs a revision of it."""
    newest: dict[tuple[str, ...], Line] = {}
    for line in earlier:
        held = newest.get(setting.key(line))
        if held is None or revision(held, setting) < revision(line, setting):
            newest[setting.key(line)] = line
    for line in (line for file in files for line in file.rows if line.kept):
        before = newest.get(setting.key(line))
        if before is None:
            continue
        value = setting.cell(before, "value")
        if Decimal(value) == Decimal(setting.cell(line, "value")):
            drop([line], SKIPPED, CARRIED)
        else:
            n = max(revision(before, setting) + 1, revision(line, setting))
            line.what, line.why = CHANGED, (*line.why, CORRECTED.format(n=n, value=value))
            told = {"revision": str(n)}
            line.values = tuple(
                told.get(name, cell) for name, cell in zip(setting.table.columns, line.values, strict=True)
            )


def revision(line: Line, setting: Setting) -> int:
    return int(setting.cell(line, "revision") or 0)


def sound(files: Sequence[Returned], earlier: Sequence[Line], setting: Setting) -> str:
    """The observations as the text of their file, without the rows that plandata assess would find fault with."""
    while True:
        kept = [line for file in files for line in file.rows if line.kept]
        kept += [line for line in earlier if line.kept]
        content, order = canonical(kept, setting)
        found = [(order[finding.line - 2], finding) for finding in findings(content, setting)] if kept else []
        # What was collected before is not taken back, also where it fits no target any more.
        wrong = [(line, finding) for line, finding in found if not any(line is one for one in earlier)]
        if not wrong:
            return content.decode()
        for line, finding in wrong:
            drop([line], REFUSED, rule_text(finding))


def canonical(kept: Sequence[Line], setting: Setting) -> tuple[bytes, list[Line]]:
    """Rows as a file in the order of their key, and the line of each."""
    table = setting.table
    order = "line"
    frame = pl.DataFrame(
        [(*line.values, str(at)) for at, line in enumerate(kept)],
        schema=dict.fromkeys([*table.columns, order], pl.String),
        orient="row",
    )
    frame = frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in table.columns)
    rows = ordered(frame, table)
    return table_csv(rows.drop(order)), [kept[int(at)] for at in rows[order]]


def findings(content: bytes, setting: Setting) -> list[Finding]:
    """What plandata assess finds in the rows of a file of observations."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "observations.csv")
        path.write_bytes(content)
        found = observe(path, setting.place.t, setting.targets).findings
    return [finding for finding in found if finding.line > 1]


def rule_text(finding: Finding) -> Text:
    """What must hold, and how to mend what does not."""
    prose = RULES[finding.rule].prose
    return RULE.format(must=prose.must, mend=prose.mend)


def missing(files: Sequence[Returned], setting: Setting) -> list[Line]:
    """A line on each body that is to report series and of which no value came back.

    A value is of the body that its row, table or file bears, else of the one that is to report it.
    """
    sent = {file.line.body for file in files if file.line.what == READ}
    rows = [row for file in files for row in file.rows if row.kept or row.what == REFUSED]
    heard = {body for row in rows for body in ([row.body] if row.body else fillers(row, setting))}
    lines = []
    for form in setting.place.found.forms:
        if form.unit and form.own and form.unit.unit_id not in heard:
            told = EMPTY_FORM if form.unit.unit_id in sent else NOTHING_RETURNED
            why = (told.format(n=len(form.own)),)
            lines.append(Line("", "", "", form.unit.unit_id, "", NOT_RETURNED, why))
    return lines


def fillers(row: Line, setting: Setting) -> set[str]:
    """The bodies that are to report what a row holds."""
    if not row.kept:
        return set()
    series = setting.place.series[row.indicator][setting.cell(row, "scope")]
    return {one.filler.unit_id for one in series if one.filler}


def body_texts(place: Place) -> dict[str, Text]:
    """The names of the bodies of a place."""
    rows = place.t.rows("units")
    return {row["unit_id"]: paired(row, "name") for row in rows if row["place_id"] == place.place_id}
