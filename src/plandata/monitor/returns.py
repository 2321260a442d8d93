"""What comes of the workbooks that offices send back: the observations, a line on each row read, copies with notes.

returns.csv says of each row what became of it and why, in both languages; a copy of each workbook that has something
to mend bears the same on its cells. Nothing of a person stands in either.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from plandata.files import csv_text, unsafe_name
from plandata.monitor.cells import masked
from plandata.monitor.sheets import ANNOTATED, Reader, UnreadableError
from plandata.report.workbook import Book, Column
from plandata.text import LANGS, Text, visible

OBSERVATIONS, RETURNS, COPIES = "observations.csv", "returns.csv", "annotated"
COLUMNS = ("file", "sheet", "cell", "body", "indicator", "what", "why_zh", "why_en", "before", "after")
TAKEN, CHANGED, NOT_REPORTED, SKIPPED, REFUSED = "taken", "changed", "not_reported", "skipped", "refused"
READ, NOT_RETURNED = "read", "not_returned"
WHAT: Mapping[str, Text] = {
    READ: Text("read", "已读取"),
    TAKEN: Text("taken as it is", "直接采用"),
    CHANGED: Text("taken with a change", "整理后采用"),
    NOT_REPORTED: Text("not reported", "未填报"),
    SKIPPED: Text("skipped", "跳过"),
    REFUSED: Text("refused", "退回"),
    NOT_RETURNED: Text("body that has returned nothing", "未报送单位"),
}
# How a skipped line is called.
LINES: Mapping[str, Text] = {
    "empty": Text("empty", "空行"),
    "signature": Text("from the signatures on", "签字栏及以下"),
    "remark": Text("remarks", "注释"),
    "total": Text("totals", "合计行"),
    "numbering": Text("numbering of columns", "栏次行"),
    "unused": Text("parts that were not used", "未使用的分组"),
    "unnamed": Text("without indicator and value", "无指标无数值"),
    "hidden_sheets": Text("hidden sheets", "隐藏的工作表"),
    "other_sheets": Text("sheets without a table", "无数据表的工作表"),
}
COUNTED, JOIN, SEMICOLON = Text("{what}: {n}", "{what}{n}"), Text(", ", "，"), Text("; ", "；")
SKIPPED_LINES = Text("lines skipped: {lines}", "略过的行：{lines}")
NO_COPY = Text("the workbook cannot be written again, its notes stand in a list", "原工作簿无法改写，批注另列成表")
LISTED = Text("What to mend", "需修改事项")
NOTE_COLUMNS = (
    ("sheet", Text("Sheet", "工作表"), 20),
    ("cell", Text("Cell", "单元格"), 10),
    ("note", Text("What to mend", "需修改事项"), 80),
)
# A workbook of ours that no data dates.
DAY = datetime(1980, 1, 1)
WORKBOOK = "workbook"
LOST = Text("the copy has lost: {lost}", "批注副本缺少：{lost}")
NOTE = Text("{what}: {why}", "【{what}】{why}")
EMPTY_FORM = Text("has sent a form without any value; series that it reports: {n}", "所报表格没有数值；应报{n}项")
NOTHING_RETURNED = Text("has returned nothing; series that it reports: {n}", "尚未报送；应报{n}项")
# How many problems are printed; returns.csv has all.
MOST_PRINTED = 30
HEAD = Text("{files} files, {rows} rows read", "共 {files} 个文件，读取 {rows} 行")
MORE = Text("… and {n} more in returns.csv", "……另有{n}处，见 returns.csv")
PROBLEM = Text("{where}{body}: {why}", "{where}{body}：{why}")
OF_BODY = Text(" ({body})", "（{body}）")
MISSING = Text("Not returned by {n} bodies: {names}", "{n}个单位尚未报送：{names}")
WRITTEN = Text(
    "{values} values written to {out}. returns.csv says what became of each row; annotated holds "
    "{copies} workbooks to send back. Next: plandata monitor report {out}/observations.csv {asked}",
    "已在 {out} 写入{values}个数值。returns.csv 列明每行的处理结果；annotated 内有{copies}个带批注的工作簿，可退回。"
    "下一步：plandata monitor report {out}/observations.csv {asked}",
)


@dataclass(slots=True)
class Line:
    """What became of one row, or of a file as a whole (no cell).

    cell is that of the value, at the one to be mended, "" where it is the same; values are the cells of the row of
    observations, where it is taken. ageless tells that its table has a column for ages, which the row leaves empty.
    """

    file: str
    sheet: str
    cell: str
    body: str
    indicator: str
    what: str
    why: tuple[Text, ...] = ()
    before: str = ""
    after: str = ""
    at: str = ""
    values: tuple[str, ...] = ()
    ageless: bool = False

    @property
    def kept(self) -> bool:
        return self.what in (TAKEN, CHANGED)

    @property
    def reason(self) -> Text:
        """Why, as one text."""
        return joined(self.why, SEMICOLON) or Text("", "")

    def place(self) -> str:
        """Where it is, for another line that speaks of it."""
        return " ".join(filter(None, (self.file, self.sheet, self.cell)))

    def cells(self) -> list[str]:
        """The cells of its row of returns.csv."""
        fixed = (self.file, self.sheet, self.at or self.cell, self.body, self.indicator, self.what)
        return [
            visible(masked(cell), 400) for cell in (*fixed, self.reason.zh, self.reason.en, self.before, self.after)
        ]


@dataclass
class Returned:
    """One file that was read: its line, the lines of its rows, and the cells of its sheets that may name persons."""

    path: Path
    line: Line
    rows: list[Line] = field(default_factory=list)
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)

    def settle(self) -> None:
        """Sums the lines of its rows up in that of the file."""
        if self.line.what == READ:
            counts = Counter(row.what for row in self.rows)
            told = [COUNTED.format(what=WHAT[what], n=n) for what, n in counts.items()]
            self.line.why = tuple(filter(None, (joined(told), self.skipped_lines())))

    def skipped_lines(self) -> Text | None:
        told = [COUNTED.format(what=LINES[kind], n=n) for kind, n in self.skipped.items() if n]
        return SKIPPED_LINES.format(lines=joined(told)) if told else None

    @property
    def to_annotate(self) -> bool:
        """Whether a copy of it bears notes: a workbook of the new format with something to tell of its rows."""
        noted = (CHANGED, NOT_REPORTED, REFUSED)
        return self.path.suffix.lower() in ANNOTATED and any(row.what in noted for row in self.rows)

    def notes(self, lang: str) -> dict[str, dict[str, tuple[str, str]]]:
        """What is to be written on its cells, by sheet and address."""
        notes: dict[str, dict[str, tuple[str, str]]] = {}
        for row in self.rows:
            if row.what in (CHANGED, NOT_REPORTED, REFUSED):
                text = NOTE.format(what=WHAT[row.what], why=row.reason)[lang]
                notes.setdefault(row.sheet, {})[row.at or row.cell] = (row.what, masked(text))
        return notes


@dataclass
class Collected:
    """All that was read of a place for a year: each file with its rows, the bodies that have returned nothing, the
    names of all bodies, the observations as CSV.
    """

    place_id: str
    year: int
    files: Sequence[Returned]
    missing: Sequence[Line]
    names: Mapping[str, Text]
    observations: str

    @property
    def rows(self) -> Iterator[Line]:
        for file in self.files:
            yield from file.rows

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of returns.csv in their order."""
        for file in self.files:
            yield file.line
            yield from file.rows
        yield from self.missing

    @property
    def values(self) -> int:
        return sum(row.kept for row in self.rows)

    @property
    def clean(self) -> bool:
        """Whether all was taken, and nothing is missing."""
        wrong = (REFUSED, NOT_REPORTED)
        return not self.missing and not any(line.what in wrong for line in self.lines)

    def summary(self, lang: str) -> Iterator[str]:
        """What is printed: how many rows became what, the problems, and who has returned nothing."""
        counts = Counter(row.what for row in self.rows)
        yield HEAD.format(files=len(self.files), rows=sum(counts.values()))[lang]
        yield from (f"{n:>7,}  {WHAT[what][lang]}" for what in WHAT if (n := counts[what]))
        problems = [line for line in self.lines if line.what == REFUSED]
        yield from (self.problem(line, lang) for line in problems[:MOST_PRINTED])
        if len(problems) > MOST_PRINTED:
            yield MORE.format(n=len(problems) - MOST_PRINTED)[lang]
        if self.missing:
            names = joined([self.names[line.body] for line in self.missing], Text(", ", "、"))
            yield MISSING.format(n=len(self.missing), names=names)[lang]

    def problem(self, line: Line, lang: str) -> str:
        """A refusal as one line: file, sheet, cell, body, why and how to mend it."""
        where = " ".join(filter(None, (masked(line.file), line.sheet, line.at or line.cell)))
        body = OF_BODY.format(body=self.names[line.body]) if line.body in self.names else Text("", "")
        return visible(PROBLEM.format(where=where, body=body, why=line.reason)[lang], 400)

    def written(self, out: Path, copies: int, lang: str) -> str:
        """What is said at the end."""
        asked = f"--place {self.place_id} --year {self.year} --out report"
        return WRITTEN.format(values=self.values, out=out, copies=copies, asked=asked)[lang]


class Results(Mapping[str, bytes]):
    """The files to write by their path, each made when it is asked for: copies of 3,000 workbooks are not held at once.

    returns.csv comes last, as it tells of copies that could not be made.
    """

    def __init__(self, collected: Collected, reader: Reader, lang: str) -> None:
        self.collected, self.reader, self.lang = collected, reader, lang

    @cached_property
    def copies(self) -> dict[str, Returned]:
        """The files that get a copy, by its path; the second of one name is numbered."""
        named: dict[str, Returned] = {}
        times: Counter[str] = Counter()
        for file in self.collected.files:
            if file.to_annotate:
                stem = masked(file.path.stem)
                stem = WORKBOOK if unsafe_name(stem) else stem
                while times[stem.casefold()]:
                    times[stem.casefold()] += 1
                    stem = f"{stem} ({times[stem.casefold()]})"
                times[stem.casefold()] += 1
                named[f"{COPIES}/{stem}.xlsx"] = file
        return named

    def __iter__(self) -> Iterator[str]:
        yield from (*self.copies, OBSERVATIONS, RETURNS)

    def __len__(self) -> int:
        return len(self.copies) + 2

    def __getitem__(self, path: str) -> bytes:
        if path in self.copies:
            return self.copy(self.copies[path])
        if path == OBSERVATIONS:
            return self.collected.observations.encode()
        if path == RETURNS:
            return csv_text(COLUMNS, (line.cells() for line in self.collected.lines), safe=True).encode()
        raise KeyError(path)

    def copy(self, file: Returned) -> bytes:
        """A copy with notes; a list of them where the workbook cannot be written, which the line of the file tells."""
        notes = file.notes(self.lang)
        try:
            content, lost = self.reader.annotated(file.path, notes, file.people)
        except (UnreadableError, OSError):
            file.line.why = (*file.line.why, NO_COPY)
            return listed(notes, self.lang)
        if lost:
            file.line.why = (*file.line.why, LOST.format(lost=SEMICOLON["en"].join(lost)))
        return content


def listed(notes: Mapping[str, Mapping[str, tuple[str, str]]], lang: str) -> bytes:
    """A workbook that lists notes with the sheet and the cell that each is about."""
    book = Book(LISTED[lang], DAY, lang)
    columns = [Column(key, title[lang], width) for key, title, width in NOTE_COLUMNS]
    sheet = book.sheet(LISTED[lang], columns)
    sheet.head()
    for name, cells in notes.items():
        for cell, (_, text) in cells.items():
            sheet.row({"sheet": name, "cell": cell, "note": text})
    return book.content()


def joined(texts: Iterable[Text], sign: Text = JOIN) -> Text | None:
    """Texts one after the other; None for none."""
    listed = list(texts)
    return Text(*(sign[lang].join(text[lang] for text in listed) for lang in LANGS)) if listed else None
