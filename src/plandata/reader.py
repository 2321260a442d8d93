"""Reads one CSV file strictly: every cell as text, every row with its true line number.

The fast path leaves the parsing to Polars and proves by counting that it had nothing to guess; where
the counts do not add up, the file is read again row by row with Python's csv module, which tells the
line of each row, and every ragged row and broken quote becomes a finding.
"""

import csv
import io
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
    sheet = Sheet(table, shown, empty_frame(table))
    content = plain_utf8(path.read_bytes(), sheet.problems.append)
    if content is None:
        sheet.usable = False
    elif not content.strip():
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
    first = content.split(b"\n", 1)[0].decode("utf-8")
    header = next(csv.reader([first]), [])
    expected = sheet.table.columns
    problems = [("column_is_present", 1, name, "", "") for name in expected if name not in header]
    problems += [("column_is_known", 1, name, name, "") for name in dict.fromkeys(header) if name not in expected]
    repeated = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    problems += [("column_stands_once", 1, name, name, f"{header.count(name)} x") for name in repeated]
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
    """The rows as Polars reads them, or None where a count shows that it would have to guess.

    Without a line end inside a cell, a file of n rows has n line ends and n x (columns - 1) commas outside
    its quotes; Polars refuses longer rows, so equal sums leave no room for shorter ones.
    """
    outside = content.split(b'"')[::2] if b'"' in content else [content]
    lines = content.count(b"\n")
    commas = sum(part.count(b",") for part in outside)
    if content.count(b'"') % 2 or sum(part.count(b"\n") for part in outside) != lines:
        return None
    if commas != lines * (len(columns) - 1) or b"\n\n" in content:
        return None
    try:
        frame = pl.read_csv(content, infer_schema=False)
    except pl.exceptions.PolarsError:
        return None
    if b'""' in content:
        frame = frame.with_columns(pl.all().replace("", None))
    return frame if frame.height == lines - 1 else None


def read_irregular(
    content: bytes, columns: list[str], report: Callable[[Problem], None]
) -> tuple[pl.DataFrame, list[int]]:
    """The rows read one by one; ragged rows are reported and cut or filled so that the rest is checked too."""
    rows: list[list[str | None]] = []
    lines: list[int] = []
    for line, cells in numbered_rows(content.decode("utf-8"), report):
        if line == 1:
            continue
        if len(cells) != len(columns):
            report(("row_has_every_cell", line, "", ",".join(cells), f"{len(cells)} != {len(columns)}"))
        filled = [*cells, *[""] * len(columns)][: len(columns)]
        rows.append([cell or None for cell in filled])
        lines.append(line)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame, lines


def numbered_rows(text: str, report: Callable[[Problem], None]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on; a quote that never closes ends the reading with a finding."""
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            report(("quotes_are_closed", line, "", "", str(error)))
            return
        if cells is None:
            return
        yield line, cells
        line = reader.line_num + 1
