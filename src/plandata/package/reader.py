"""Reads one CSV file strictly: every cell as text, every row with its true line number.

The fast path leaves the parsing to Polars and proves by counting bytes that it had nothing to guess;
where the bytes do not add up, the file is read again row by row with Python's csv module, which tells
the line of each row, and every ragged row and broken quote becomes a finding.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from plandata.files import encoding_of, is_utf16
from plandata.finding import Finding, Rule
from plandata.package.order import rising
from plandata.schema import Table

ROW = "row"
FIELD_LIMIT = 2**31 - 1
# A cell in quotes between separators: it holds a comma or a doubled quote, which it is quoted for, and no line end.
QUOTED = re.compile(rb'(?<=[,\n])"(?=[^"\n]*(?:,|""))[^"\n]*(?:""[^"\n]*)*"(?=[,\n])')
BOM = b"\xef\xbb\xbf"
TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}
GROUP = "files"
file_is_plain_utf8 = Rule("file_is_plain_utf8", GROUP, "A file is UTF-8 text.")
file_has_no_byte_order_mark = Rule("file_has_no_byte_order_mark", GROUP, "A file has no byte order mark.")
file_has_no_nul = Rule("file_has_no_nul", GROUP, "A file has no NUL bytes.")
line_ends_are_lf = Rule("line_ends_are_lf", GROUP, "Lines end with LF alone.")
file_ends_with_a_line_end = Rule("file_ends_with_a_line_end", GROUP, "The last line of a file ends with LF.")
file_is_not_empty = Rule("file_is_not_empty", GROUP, "A file has a header.")
table_has_rows = Rule("table_has_rows", GROUP, "A table has at least one row.")
column_is_present = Rule("column_is_present", GROUP, "A table has every column of its schema.")
column_is_known = Rule("column_is_known", GROUP, "A table has no column beyond its schema.")
column_stands_once = Rule("column_stands_once", GROUP, "A column stands once.")
columns_are_in_order = Rule("columns_are_in_order", GROUP, "The columns stand in the order of the schema.")
row_has_every_cell = Rule("row_has_every_cell", GROUP, "A row has as many cells as the header.")
quotes_are_closed = Rule("quotes_are_closed", GROUP, "A quoted cell is closed by a quote.")


@dataclass
class Sheet:
    """A table as read: its text cells (empty = null), a row number from 0 in column `row`, what is wrong with its form.

    usable is False where the columns are not those of the schema; no rule can then judge its rows. size and
    sha256 are those of the file.
    """

    table: Table
    path: str
    frame: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    usable: bool = True
    lines: list[int] | None = None
    size: int = 0
    sha256: str = ""

    @cached_property
    def rising(self) -> bool:
        """Whether its rows stand in the order of their key and no two have one key."""
        return rising(self.frame, self.table)

    def line(self, row: int) -> int:
        """The line of the file on which a row starts."""
        return self.lines[row] if self.lines is not None else row + 2

    def told(self, rule: Rule, line: int, column: str = "", value: str = "", detail: str = "") -> None:
        """Adds a finding about a line of the file."""
        self.findings.append(rule.finding(self.table.name, self.path, line, "", column, value, detail))


def read_sheet(content: bytes, shown: str, table: Table) -> Sheet:
    """The table in the content of a file. Never raises for what is in it; shown is the path that findings name.

    Optional columns that the file leaves out are empty.
    """
    csv.field_size_limit(FIELD_LIMIT)
    digest = hashlib.sha256(content).hexdigest()
    sheet = Sheet(table, shown, empty_frame(table), size=len(content), sha256=digest)
    columns = columns_of(content, table)
    frame = read_regular(content, columns)
    if frame is not None and not frame.is_empty():
        sheet.frame = widened(frame, table)
        return sheet
    text = plain_utf8(content, sheet)
    if text is None:
        sheet.usable = False
    elif not text or text.isspace():
        sheet.told(file_is_not_empty, 0)
        sheet.usable = False
    elif check_header(text, sheet, columns):
        read_rows(text, sheet, columns)
    return sheet


def columns_of(content: bytes, table: Table) -> list[str]:
    """The columns that a file must have: those of its schema without the optional ones that its header leaves out."""
    if table.needed == table.columns:
        return table.columns
    first = io.BytesIO(content.removeprefix(BOM)).readline().replace(b"\r", b"\n").partition(b"\n")[0]
    given = next(csv.reader([first.decode("utf-8", "replace").replace("\0", "")]), [])
    return [field.name for field in table.fields if not field.optional or field.name in given]


def widened(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The rows of a file with their numbers and all columns of the schema; those that were left out are empty."""
    lacking = [pl.lit(None, pl.String).alias(name) for name in table.columns if name not in frame.columns]
    return frame.with_columns(lacking).select(table.columns).with_row_index(ROW)


def empty_frame(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(table.columns, pl.String)})


def plain_utf8(content: bytes, sheet: Sheet) -> bytes | None:
    """The content as UTF-8 with LF line ends and without a mark; None where it cannot be read as text."""
    if is_utf16(content):
        sheet.told(file_is_plain_utf8, 1, detail="UTF-16")
        return None
    if content.startswith(BOM):
        sheet.told(file_has_no_byte_order_mark, 1)
        content = content.removeprefix(BOM)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sheet.told(file_is_plain_utf8, line, detail=f"{encoding_of(content)}?")
        return None
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        sheet.told(file_has_no_nul, line, detail=f"{content.count(0)} x NUL")
        content = content.replace(b"\0", b"")
    if b"\r" in content:
        line = content.count(b"\n", 0, content.index(b"\r")) + 1
        sheet.told(line_ends_are_lf, line, detail=f"{content.count(13)} x CR")
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def check_header(content: bytes, sheet: Sheet, expected: Sequence[str]) -> bool:
    """Whether the header names the columns in their order; says of each that it does not."""
    first = io.BytesIO(content).readline().decode("utf-8").rstrip("\n")
    header = next(csv.reader([first]), [])
    before = len(sheet.findings)
    for name in expected:
        if name not in header:
            sheet.told(column_is_present, 1, name)
    for name, times in Counter(header).items():
        if name not in expected:
            sheet.told(column_is_known, 1, name, name)
        if times > 1:
            sheet.told(column_stands_once, 1, name, name, f"{times} x")
    if len(sheet.findings) == before and header != expected:
        sheet.told(columns_are_in_order, 1, "", first, ",".join(expected))
    sheet.usable = len(sheet.findings) == before
    return sheet.usable


def read_rows(content: bytes, sheet: Sheet, columns: Sequence[str]) -> None:
    if not content.endswith(b"\n"):
        sheet.told(file_ends_with_a_line_end, content.count(b"\n") + 1)
        content += b"\n"
    frame = read_regular(content, columns)
    if frame is None:
        frame, sheet.lines = read_irregular(content, sheet, columns)
    sheet.frame = widened(frame, sheet.table)
    if frame.is_empty():
        sheet.told(table_has_rows, 1)


def read_regular(content: bytes, columns: Sequence[str]) -> pl.DataFrame | None:
    """The rows as Polars reads them, or None where it had to guess, or a cell spans lines or has needless quotes."""
    if b"\r" in content or b"\0" in content or not content.endswith(b"\n"):
        return None
    try:
        frame = pl.read_csv(content, infer_schema=False)
    except pl.exceptions.PolarsError:
        return None
    return frame if frame.columns == list(columns) and accounts_for(frame, content) else None


def accounts_for(frame: pl.DataFrame, content: bytes) -> bool:
    """Whether the content says what a frame holds, and no more.

    Its quotes must be those of cells that need them, none of which spans lines. For the rest it is enough to count:
    a row too short lacks the bytes of its commas, and Polars refuses a row too long.
    """
    quotes = needed_quotes(content)
    if quotes is None:
        return False
    separators = len(",".join(frame.columns)) + 1 + frame.width * frame.height
    cells: int = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
    return len(content) == cells + separators + quotes


def needed_quotes(content: bytes) -> int | None:
    r"""The bytes that a content spends on quoting: two around each quoted cell, one before each quote inside.

    None where a quote is of no quoted cell, or of one that spans lines or needs no quotes.

    >>> needed_quotes(b'a,b\n"1,5","5"" long"\n'), needed_quotes(b'a,b\n"1",2\n')
    (5, None)
    """
    spent, start = 0, content.find(b'"')
    while start >= 0:
        cell = QUOTED.match(content, start)
        if cell is None:
            return None
        end = cell.end()
        spent += 1 + content.count(b'"', start, end) // 2
        start = content.find(b'"', end)
    return spent


def read_irregular(content: bytes, sheet: Sheet, columns: Sequence[str]) -> tuple[pl.DataFrame, list[int]]:
    """The rows read one by one; ragged rows are reported and cut or filled so that the rest is checked too."""
    rows: list[list[str | None]] = []
    lines: list[int] = []
    for line, cells, broken in numbered_rows(content.decode("utf-8")):
        if broken:
            sheet.told(quotes_are_closed, line, detail=broken)
        elif len(cells) != len(columns):
            sheet.told(row_has_every_cell, line, "", ",".join(cells), f"{len(cells)} != {len(columns)}")
        if line == 1:
            continue
        filled = [*cells, *[""] * len(columns)][: len(columns)]
        rows.append([cell or None for cell in filled])
        lines.append(line)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame, lines


def numbered_rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Each row with the line it starts on and, where its quotes are broken, how.

    Strictly read, a quote that never closes would swallow the rest of the file: such a row is read again as
    a row of its one line, and the reading goes on with the next.
    """
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    start = read = 0
    reader = csv.reader(lines, strict=True)
    while start < len(lines):
        try:
            cells, broken = next(reader), ""
            end = read + reader.line_num
            if has_stray_quote("".join(lines[start:end])):
                broken = "a quote inside a cell without quotes"
        except csv.Error as error:
            cells, broken = next(csv.reader([lines[start].rstrip("\n")])), str(error)
            read = end = start + 1
            reader = csv.reader((lines[i] for i in range(end, len(lines))), strict=True)
        yield start + 1, cells, broken
        start = end


def has_stray_quote(row: str) -> bool:
    r"""Whether a quote of a row neither opens nor closes a cell, nor is doubled inside one.

    >>> has_stray_quote('a,5" pipe\n'), has_stray_quote('a,"5"" pipe"\n')
    (True, False)
    """
    outside = row.split('"')[::2]
    return (
        row.count('"') % 2 == 1
        or any(part[:1] not in ",\n" for part in outside[1:])
        or any(part[-1:] not in ",\n" for part in outside[:-1])
    )


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The text frame of a table with its columns cast to the types of its schema, other columns as they are.

    A cell that is not of its type becomes null; `validate` names such cells.

    >>> from plandata.schema import edition
    >>> typed(pl.DataFrame({"end_year": ["2025", None]}), edition().tables["plans"])["end_year"].to_list()
    [2025, None]
    """
    return frame.with_columns(cast(field.name, field.type) for field in table.fields if field.name in frame.columns)


def cast(name: str, kind: str) -> pl.Expr:
    column = pl.col(name)
    if kind == "boolean":
        return column == "true"
    if kind == "date":
        return column.str.to_date("%Y-%m-%d", strict=False)
    if kind == "number":
        figure = column.cast(pl.Float64, strict=False)
        return pl.when(figure.is_finite()).then(figure).alias(name)
    return column.cast(TYPES[kind], strict=False) if kind in TYPES else column
