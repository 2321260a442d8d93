"""The process that opens the files of offices: asked in lines of JSON, it answers with grids or with a copy with notes.

python -m plandata.monitor.reading
"""

import base64
import contextlib
import csv
import io
import itertools
import json
import os
import re
import struct
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

from plandata.files import PackageError, is_utf16, need, read_file
from plandata.monitor.cells import ERROR, NO_RESULT, PERCENT_FORMAT, masked
from plandata.monitor.sheets import (
    FILE_BYTES,
    MEMORY_BYTES,
    MOST_CELLS,
    MOST_PARTS,
    TEXTS,
    UNPACKED_BYTES,
    WORKBOOKS,
    Position,
    UnreadableError,
)

SEPARATORS = "\t；;,"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams of a compound file, as they stand in it.
ENCRYPTED, WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
PERCENT_STYLE = re.compile(rb'numFmtId=["\'](?:9|10)["\']|formatCode=["\'][^"\']*%')
# A cell with an error, and a formula beside which no result stands.
TROUBLE = re.compile(
    rb'\st=["\']e["\']|<(?:\w+:)?f\b[^>]*/>\s*</(?:\w+:)?c>|</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>'
)
# What a format of numbers shows as it stands: no percent sign in it multiplies.
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
OTHER_KINDS: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".docx", ".wps", ".pdf", ".ofd", ".rtf", ".ppt", ".pptx"), "document"),
    **dict.fromkeys((".jpg", ".jpeg", ".png"), "document"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "archive"),
}


def serve(questions: Iterable[bytes], answer: Callable[[bytes], object]) -> None:
    """Answers each question with one line of JSON."""
    known: Mapping[str, Callable[..., dict[str, Any]]] = {"read": read, "annotate": annotate}
    for line in questions:
        what, path, *rest = json.loads(line)
        answer(json.dumps(answered(known[what], Path(path), rest)).encode() + b"\n")


def answered(work: Callable[..., dict[str, Any]], path: Path, rest: Sequence[object]) -> dict[str, Any]:
    """What a piece of work gives, or why it gives nothing."""
    try:
        return work(path, *rest)
    except UnreadableError as error:
        return {"refused": error.code}
    except OSError as error:
        return {"missing": error.strerror or str(error), "errno": error.errno or 0}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except (KeyboardInterrupt, SystemExit):
        raise
    # The libraries die of broken files in every way there is, panics of native code among them.
    except BaseException:
        return {"refused": "broken"}


def read(path: Path) -> dict[str, Any]:
    """The sheets of a file as JSON can hold them."""
    content = content_of(path)
    kind = kind_of(path, content)
    if kind == "text":
        return {"grids": [told_grid("", table_rows(content))]}
    return {"grids": list(workbook_grids(content, kind))}


def content_of(path: Path) -> bytes:
    """The bytes of a regular file of bounded size."""
    if path.is_symlink():
        raise UnreadableError("link")
    if path.stat().st_size > FILE_BYTES:
        raise UnreadableError("large")
    try:
        content = read_file(path, FILE_BYTES)
    except PackageError:
        raise UnreadableError("no_file") from None
    if not content:
        raise UnreadableError("empty")
    return content


def kind_of(path: Path, content: bytes) -> str:
    """What a file is by its content: text, xls, xlsx or ods. Raises UnreadableError for anything else."""
    if content.startswith(COMPOUND):
        return compound_kind(content)
    if content.startswith(b"PK"):
        return zip_kind(content)
    suffix = path.suffix.lower()
    if content.startswith(b"%PDF"):
        raise UnreadableError("document")
    if suffix in TEXTS:
        return "text"
    if suffix in OTHER_KINDS:
        raise UnreadableError(OTHER_KINDS[suffix])
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnreadableError("page")
    raise UnreadableError("broken" if suffix in WORKBOOKS else "unknown")


def compound_kind(content: bytes) -> str:
    """What a compound file is: an old workbook, an encrypted new one, an old document."""
    if ENCRYPTED in content:
        raise UnreadableError("locked")
    if WORD in content:
        raise UnreadableError("document")
    return "xls"


def zip_kind(content: bytes) -> str:
    """What a zip file is, looked over before anything in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise UnreadableError("broken") from None
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("locked")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise UnreadableError("bomb")
    names = {part.filename for part in parts}
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "word/document.xml" in names or any(name.startswith("ppt/") for name in names):
        raise UnreadableError("document")
    if "content.xml" in names:
        return "ods"
    raise UnreadableError("archive")


def workbook_grids(content: bytes, kind: str) -> Iterator[dict[str, Any]]:
    """The sheets of a workbook, with what a second look tells of cells that calamine cannot tell apart."""
    calamine: Any = need("python_calamine", "office")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise UnreadableError("locked") from None
    marks = marked_cells(content) if kind == "xlsx" and troubled(content) else {}
    room = MOST_CELLS
    for about in book.sheets_metadata:
        if about.typ == calamine.SheetTypeEnum.WorkSheet:
            if about.visible == calamine.SheetVisibleEnum.Visible:
                grid = sheet_grid(book.get_sheet_by_name(about.name), marks.get(about.name, []), room)
                room -= sum(map(len, grid["rows"]))
                yield {**grid, "formatted": kind == "xlsx"}
            else:
                yield {**told_grid(about.name, []), "hidden": True}


def sheet_grid(sheet: Any, marks: Sequence[tuple[int, int, str]], room: int) -> dict[str, Any]:
    """One sheet as JSON can hold it. Raises UnreadableError where it has more cells than there is room for."""
    if sheet.end is None:
        return told_grid(sheet.name, [])
    rows, columns = sheet.end[0] + 1, sheet.end[1] + 1
    if rows * columns > room:
        raise UnreadableError("wide")
    ranges = sheet.merged_cell_ranges or []
    return told_grid(sheet.name, sheet.to_python(skip_empty_area=False), marks, under(ranges, rows, columns))


def under(ranges: Iterable[tuple[Position, Position]], rows: int, columns: int) -> Iterator[tuple[int, int, int, int]]:
    """Each cell of merged ranges with the position of the one that shows, as far as the sheet has cells."""
    for (top, left), (bottom, right) in ranges:
        height, width = range(top, min(bottom + 1, rows)), range(left, min(right + 1, columns))
        yield from ((row, column, top, left) for row in height for column in width if (row, column) != (top, left))


def told_grid(
    sheet: str,
    rows: Iterable[Iterable[Any]],
    marks: Iterable[tuple[int, int, str]] = (),
    merged: Iterable[tuple[int, int, int, int]] = (),
) -> dict[str, Any]:
    told = [[told_cell(cell) for cell in row] for row in rows]
    # Ranges that overlap, of which no office has any, could name each cell often.
    shown = list(itertools.islice(merged, MOST_CELLS))
    return {"sheet": sheet, "rows": told, "marks": list(marks), "merged": shown, "hidden": False, "formatted": False}


def told_cell(cell: Any) -> Any:
    """A cell as JSON can hold it; a date is a list of its text."""
    if cell is None or isinstance(cell, str | bool | float):
        return cell
    if isinstance(cell, int):
        return float(cell)
    return [cell.isoformat() if isinstance(cell, datetime | date | time) else str(cell)]


def troubled(content: bytes) -> bool:
    """Whether a workbook has cells in percent, errors, or formulas without a result: openpyxl then looks at it.

    To look at every workbook with openpyxl would take ten times as long as all else.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in book.infolist():
            if part.filename == "xl/styles.xml" and PERCENT_STYLE.search(book.read(part)):
                return True
            if part.filename.startswith("xl/worksheets/") and TROUBLE.search(book.read(part)):
                return True
    return False


def marked_cells(content: bytes) -> dict[str, list[tuple[int, int, str]]]:
    """The marks of the cells of a workbook by sheet."""
    openpyxl: Any = need("openpyxl", "office")
    formulas = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    results = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    marks: dict[str, list[tuple[int, int, str]]] = {}
    for sheet in formulas.worksheets:
        # What a sheet claims to be as large as is not believed.
        sheet.reset_dimensions()
        results[sheet.title].reset_dimensions()
        pairs = zip(sheet.iter_rows(), results[sheet.title].iter_rows(), strict=False)
        for left, right in pairs:
            found = (mark_of(cell, result) for cell, result in zip(left, right, strict=False))
            marks.setdefault(sheet.title, []).extend(mark for mark in found if mark)
    return marks


def mark_of(cell: Any, result: Any) -> tuple[int, int, str] | None:
    """What must be told of a cell: its formula has no result, its value is an error or shown in percent."""
    if cell.value is None:
        return None
    mark = ""
    if result.data_type == "e":
        mark = f"{ERROR}{result.value}"
    elif cell.data_type == "f" and result.value is None:
        mark = NO_RESULT
    elif isinstance(result.value, int | float) and "%" in LITERAL.sub("", cell.number_format or ""):
        mark = PERCENT_FORMAT
    return (cell.row - 1, cell.column - 1, mark) if mark else None


def table_rows(content: bytes) -> list[list[str]]:
    """The rows of a text file, whatever its encoding and its separator."""
    text = decoded(content).replace("\0", "")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)))
    except csv.Error:
        raise UnreadableError("no_csv") from None
    if sum(map(len, rows)) > MOST_CELLS:
        raise UnreadableError("wide")
    return rows


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, with or without a mark, UTF-16 or GB 18030, which GBK is part of."""
    wide = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-16-le", "utf-16-be")
    for encoding in wide if is_utf16(content) else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "," in text or "\n" in text or "\t" in text:
                return text
    raise UnreadableError("encoding")


def separator(text: str) -> str:
    r"""The most frequent of the separators that stand in at least half of the lines, else a comma.

    >>> separator("指标；数值\n孕产妇死亡率；12,500\n")
    '；'
    """
    lines = [line for line in itertools.islice(text.splitlines(), 200) if line.strip()]
    fitting = [sign for sign in SEPARATORS if 2 * sum(sign in line for line in lines) >= len(lines)]
    return max(fitting, key=lambda sign: sum(line.count(sign) for line in lines), default=",")


# Copies with notes

FILL = {"refused": "FFC7CE", "changed": "FFEB9C", "not_reported": "DDEBF7"}
NOTE_WIDTH, NOTE_HEIGHT = 320, 120
OURS = "plandata"
# The day that a copy bears, so that the same file gives the same bytes.
DAY_OF_COPIES = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def annotate(
    path: Path, notes: Mapping[str, Mapping[str, Sequence[str]]], covered: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """A copy of a workbook with notes (what and text, by sheet and address), some cells covered.

    What the file says of who wrote it, comments of others and pictures are left out: they bear names and signatures.
    """
    openpyxl: Any = need("openpyxl", "office")
    with warnings.catch_warnings(record=True) as lost:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(io.BytesIO(content_of(path)))
        for sheet in book.worksheets:
            forget_people(sheet, covered.get(sheet.title, {}))
            for cell, (what, text) in notes.get(sheet.title, {}).items():
                write_note(sheet, cell, what, text)
        book.properties = openpyxl.packaging.core.DocumentProperties(creator=OURS)
        book.custom_doc_props = openpyxl.packaging.custom.CustomPropertyList()
        content = io.BytesIO()
        book.save(content)
    told = sorted({str(warning.message)[:120] for warning in lost if "not supported" in str(warning.message)})
    return {"book": base64.b64encode(dated(content.getvalue())).decode(), "lost": told}


def forget_people(sheet: Any, covered: Mapping[str, str]) -> None:
    """Leaves of some cells only what may stay, takes away pictures and the comments of others, covers numbers."""
    sheet._images = []
    for address, left in covered.items():
        write_text(sheet[address], left or None)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author != OURS:
                cell.comment = None
            if isinstance(cell.value, str) and masked(cell.value) != cell.value:
                write_text(cell, masked(cell.value))


def write_text(cell: Any, text: str | None) -> None:
    """Puts a text into a cell; one under a merged cell holds none."""
    with contextlib.suppress(AttributeError):
        cell.value = text


def write_note(sheet: Any, address: str, what: str, text: str) -> None:
    """Colours a cell and puts a note on it."""
    comments, styles = import_module("openpyxl.comments"), import_module("openpyxl.styles")
    cell = sheet[address]
    cell.fill = styles.PatternFill("solid", fgColor=FILL[what])
    # A cell under a merged one takes no comment.
    with contextlib.suppress(AttributeError):
        cell.comment = comments.Comment(text, OURS, height=NOTE_HEIGHT, width=NOTE_WIDTH)


def dated(book: bytes) -> bytes:
    """A workbook whose parts all bear the same day."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            inside = old.read(part)
            if part.filename == "docProps/core.xml":
                inside = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", inside)
            about = zipfile.ZipInfo(part.filename, DAY_OF_COPIES)
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, inside)
    return content.getvalue()


def limit_memory() -> None:
    """Bounds the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    limit_memory()
    # The libraries may print what they like, as long as it is no answer.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def reply(line: bytes) -> None:
        replies.write(line)
        replies.flush()

    serve(sys.stdin.buffer, reply)
