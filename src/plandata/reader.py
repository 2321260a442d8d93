"""Reads one CSV file strictly: every cell as text, every row with its true line number.

The fast path leaves the parsing to Polars and proves by counting bytes that it had nothing to guess;
where the bytes do not add up, the file is read again row by row with Python's csv module, which tells
the line of each row, and every ragged row and broken quote becomes a finding.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from plandata.schema import Table

ROW = "row"
FIELD_LIMIT = 2**31 - 1
# (rule, line, column, value, detail): a finding before table and path are known.
Problem = tuple[str, int, str, str, str]


@dataclass
class Sheet:
    """A table as read: its text cells (empty = null), a row number from 0 in column `row`, its problems.

    usable is False where the columns are not those of the schema; no rule can then judge its rows.
    """

    table: Table
    path: str
    frame: pl.DataFrame
    problems: list[Problem] = field(default_factory=list)
    usable: bool = True
    lines: list[int] | None = None

    def line(self, row: int) -> int:
        """The line of the file on which a row starts."""
        return self.lines[row] if self.lines is not None else row + 2


def read_sheet(path: Path, shown: str, table: Table) -> Sheet:
    """The table in a file. Never raises for what is in the file; shown is the path that findings name."""
    csv.field_size_limit(FIELD_LIMIT)
    sheet = Sheet(table, shown, empty_frame(table))
    raw = path.read_bytes()
    frame = read_regular(raw, table.columns)
    if frame is not None and not frame.is_empty():
        sheet.frame = frame.with_row_index(ROW)
        return sheet
    content = plain_utf8(raw, sheet.problems.append)
    if content is None:
        sheet.usable = False
    elif not content or content.isspace():
        sheet.problems.append(("file_is_not_empty", 0, "", "", ""))
        sheet.usable = False
    elif check_header(content, sheet):
        read_rows(content, sheet)
    return sheet


def empty_frame(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.UInt32, **dict.fromkeys(table.columns, pl.String)})


def plain_utf8(content: bytes, report: Callable[[Problem], None]) -> bytes | None:
    """The content as UTF-8 with LF line ends and without a mark; None where it cannot be read as text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:512].count(0) > 16:
        report(("file_is_plain_utf8", 1, "", "", "UTF-16"))
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        report(("file_has_no_byte_order_mark", 1, "", "", ""))
        content = content[3:]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report(("file_is_plain_utf8", line, "", "", likely_encoding(content)))
        return None
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        report(("file_has_no_nul", line, "", "", f"{content.count(0)} x NUL"))
        content = content.replace(b"\0", b"")
    if b"\r" in content:
        line = content.count(b"\n", 0, content.index(b"\r")) + 1
        report(("line_ends_are_lf", line, "", "", f"{content.count(13)} x CR"))
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return content


def likely_encoding(content: bytes) -> str:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "unknown encoding"
    return "GBK?"


def check_header(content: bytes, sheet: Sheet) -> bool:
    """Whether the header names the schema's columns in their order; says of each that it does not."""
    first = io.BytesIO(content).readline().decode("utf-8").rstrip("\n")
    header = next(csv.reader([first]), [])
    expected = sheet.table.columns
    problems = [("column_is_present", 1, name, "", "") for name in expected if name not in header]
    problems += [("column_is_known", 1, name, name, "") for name in dict.fromkeys(header) if name not in expected]
    repeated = {name: times for name, times in Counter(header).items() if times > 1}
    problems += [("column_stands_once", 1, name, name, f"{times} x") for name, times in repeated.items()]
    if not problems and header != expected:
        problems.append(("columns_are_in_order", 1, "", first, ",".join(expected)))
    sheet.problems += problems
    sheet.usable = not problems
    return sheet.usable


def read_rows(content: bytes, sheet: Sheet) -> None:
    columns = sheet.table.columns
    if not content.endswith(b"\n"):
        sheet.problems.append(("file_ends_with_a_line_end", content.count(b"\n") + 1, "", "", ""))
        content += b"\n"
    frame = read_regular(content, columns)
    if frame is None:
        frame, sheet.lines = read_irregular(content, columns, sheet.problems.append)
    sheet.frame = frame.with_row_index(ROW)
    if frame.is_empty():
        sheet.problems.append(("table_has_rows", 1, "", "", ""))


def read_regular(content: bytes, columns: list[str]) -> pl.DataFrame | None:
    """The rows as Polars reads them, or None where it had to guess, or a cell spans lines or has needless quotes."""
    if b"\r" in content or b"\0" in content or not content.endswith(b"\n"):
        return None
    try:
        frame = pl.read_csv(content, infer_schema=False)
    except pl.exceptions.PolarsError:
        return None
    if frame.columns != columns or not accounts_for(frame, content):
        return None
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all())) if b'"' in content else frame


def accounts_for(frame: pl.DataFrame, content: bytes) -> bool:
    """Whether the content says what a frame holds, and no more.

    Mostly it is enough to count: a row too short lacks the bytes of its commas, and Polars refuses a row too
    long. Where other cells have quotes than those with commas, the frame must be written with the same bytes.
    """
    quotes = content.count(b'"') if b'"' in content else 0
    if quotes and content.count(b"\n") != frame.height + 1:
        return False
    with_commas = total(frame, pl.all().str.contains(",", literal=True)) if quotes else 0
    if quotes != 2 * with_commas:
        return frame.write_csv() == content.decode("utf-8")
    separators = len(",".join(frame.columns)) + 1 + frame.width * frame.height
    return len(content) == total(frame, pl.all().str.len_bytes()) + separators + quotes


def total(frame: pl.DataFrame, figures: pl.Expr) -> int:
    """The sum of figures about every cell of a frame."""
    return sum(frame.select(figures.sum()).row(0))


def read_irregular(
    content: bytes, columns: list[str], report: Callable[[Problem], None]
) -> tuple[pl.DataFrame, list[int]]:
    """The rows read one by one; ragged rows are reported and cut or filled so that the rest is checked too."""
    rows: list[list[str | None]] = []
    lines: list[int] = []
    for line, cells, broken in numbered_rows(content.decode("utf-8")):
        if broken:
            report(("quotes_are_closed", line, "", "", broken))
        elif len(cells) != len(columns):
            report(("row_has_every_cell", line, "", ",".join(cells), f"{len(cells)} != {len(columns)}"))
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
