"""Whatever file an office sends, as grids of cells with the name of their sheet and the address of each cell.

Workbooks come from strangers, and the libraries that read them can be made to fill the memory, to run for ever or to
die. So they run in a process of their own with little memory (plandata.monitor.reading), which is asked in lines of
JSON and started anew where a file killed it.
"""

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plandata.files import MIB, need
from plandata.monitor.cells import Cell, Dated
from plandata.text import Text

# A workbook of one office has 20 to 200 kB, and unpacked ten times that.
FILE_BYTES, UNPACKED_BYTES, MOST_PARTS = 20 * MIB, 200 * MIB, 2000
# The cells of all sheets, each counted from A1: 5,000 rows of 200 columns.
MOST_CELLS = 1_000_000
# What the reading process may use, and how long it may take over one file.
MEMORY_BYTES, SECONDS = 2048 * MIB, 60.0
TEXTS = (".csv", ".tsv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
ANNOTATED = (".xlsx", ".xlsm")

LINK = Text("is a link; give the file itself", "是链接；请提供文件本身")
NO_FILE = Text("is no file but a device, a pipe or the like", "不是普通文件（设备、管道等）")
LARGE = Text("is larger than {limit} MiB; send only the filled sheet", "大于{limit} MiB；请只报送填好的表")
EMPTY = Text("is empty; send it again", "文件为空；请重新报送")
LOCKED = Text(
    "is locked with a password to open; save it without one and send it again", "设有打开密码；请取消密码后重新报送"
)
BROKEN = Text(
    "is broken or was not saved to its end; open it in Excel or WPS, save it, and send it again",
    "文件损坏或未保存完整；请用Excel或WPS打开，另存后重新报送",
)
BOMB = Text(
    "unpacks to more than {limit} MiB; save it anew with the filled sheet alone",
    "解压后大于{limit} MiB；请只保留填好的表另存后报送",
)
WIDE = Text(
    "claims more than {limit:,} cells; copy the table into a new workbook",
    "超过{limit:,}个单元格；请把表格复制到新工作簿",
)
HEAVY = Text(
    "cannot be read within {memory} MiB and {seconds} seconds; copy the table into a new workbook",
    "在{memory} MiB内存、{seconds}秒内无法读取；请把表格复制到新工作簿",
)
DOCUMENT = Text(
    "is a document, no table; send the workbook (.xlsx) or a CSV file",
    "是文档，不是表格；请报送工作簿（.xlsx）或CSV文件",
)
ARCHIVE = Text("is an archive; unpack it and give the files", "是压缩包；请解压后提供其中的文件")
PAGE = Text(
    "is a web page named as a workbook; open it in Excel or WPS and save it as .xlsx",
    "是以工作簿命名的网页；请用Excel或WPS打开，另存为.xlsx",
)
UNKNOWN = Text("is no workbook and no CSV file", "不是工作簿，也不是CSV文件")
ENCODING = Text("is a text in no known encoding; save it as UTF-8", "文本编码无法识别；请存为UTF-8")
NO_CSV = Text("cannot be read as CSV; save it as .xlsx", "无法按CSV读取；请另存为.xlsx")
REASONS: Mapping[str, Text] = {
    "link": LINK,
    "no_file": NO_FILE,
    "large": LARGE.format(limit=FILE_BYTES // MIB),
    "empty": EMPTY,
    "locked": LOCKED,
    "broken": BROKEN,
    "bomb": BOMB.format(limit=UNPACKED_BYTES // MIB),
    "wide": WIDE.format(limit=MOST_CELLS),
    "heavy": HEAVY.format(memory=MEMORY_BYTES // MIB, seconds=int(SECONDS)),
    "document": DOCUMENT,
    "archive": ARCHIVE,
    "page": PAGE,
    "unknown": UNKNOWN,
    "encoding": ENCODING,
    "no_csv": NO_CSV,
}
READING = "plandata.monitor.reading"
Position = tuple[int, int]


class UnreadableError(Exception):
    """A file that gives no grid; the code is one of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def why(self) -> Text:
        return REASONS[self.code]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from A1 on; sheet is "" for a text file.

    marks tell of single cells what cells.figure wants to know, merged gives for each cell under a merged one the
    position of that. A hidden sheet has no rows. formatted tells that the marks know what is shown in percent.
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    marks: Mapping[Position, str] = field(default_factory=dict)
    merged: Mapping[Position, Position] = field(default_factory=dict)
    hidden: bool = False
    formatted: bool = False

    def cell(self, row: int, column: int) -> Cell:
        """A cell by its position from 0; None outside the grid."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None

    def spread(self, row: int, column: int) -> Cell:
        """A cell, or where it is empty under a merged one what stands there."""
        own = self.cell(row, column)
        above = self.merged.get((row, column))
        return self.cell(*above) if above and own in (None, "") else own


def address(row: int, column: int) -> str:
    """The name of a cell by its position from 0.

    >>> address(6, 1), address(0, 701), address(0, 702)
    ('B7', 'ZZ1', 'AAA1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


class Reader:
    """The reading process: `with Reader() as reader`, then ask it about one file after the other."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        need("python_calamine", "office")
        need("openpyxl", "office")
        return self

    def __exit__(self, *error: object) -> None:
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def grids(self, path: Path) -> list[Grid]:
        """The sheets of a file, hidden ones empty. Raises UnreadableError where it gives none, and OSError."""
        answer = self.ask("read", str(path))
        return [grid_of(told) for told in answer["grids"]]

    def annotated(
        self, path: Path, notes: Mapping[str, Mapping[str, Sequence[str]]], covered: Mapping[str, Mapping[str, str]]
    ) -> tuple[bytes, list[str]]:
        """A copy of a workbook with a note on each cell, some cells covered, and what the copy has lost.

        notes (what and text) and covered (what may stay of a cell) are by sheet and address.
        Raises UnreadableError where the copy cannot be made.
        """
        answer = self.ask("annotate", str(path), notes, covered)
        return base64.b64decode(answer["book"]), answer["lost"]

    def ask(self, what: str, *about: object) -> dict[str, Any]:
        """What the process answers; a file that kills it, or keeps it for too long, is told as too heavy."""
        process = self.started()
        watch = threading.Timer(SECONDS, process.kill)
        watch.start()
        try:
            line = self.exchanged(process, json.dumps([what, *about]).encode() + b"\n")
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            self.__exit__()
            raise UnreadableError("heavy")
        answer: dict[str, Any] = json.loads(line)
        if "missing" in answer:
            raise OSError(answer["errno"], answer["missing"], str(about[0]))
        if "refused" in answer:
            raise UnreadableError(answer["refused"])
        return answer

    def exchanged(self, process: subprocess.Popen[bytes], question: bytes) -> bytes:
        """The line that answers a line; what is cut off where the process has died."""
        if process.stdin is None or process.stdout is None:
            return b""
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(question)
            process.stdin.flush()
        return process.stdout.readline()

    def started(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            # -P: or else a Python file that lies among those to be read would be taken for a library.
            command = [sys.executable, "-P", "-X", "utf8", "-m", READING]
            here = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
            self.process = subprocess.Popen(  # noqa: S603 - a module of ours
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": here},
            )
        return self.process


def grid_of(told: Mapping[str, Any]) -> Grid:
    """A grid from what the reading process tells of it."""
    rows = [[cell_of(cell) for cell in row] for row in told["rows"]]
    marks = {(row, column): mark for row, column, mark in told["marks"]}
    merged = {(row, column): (top, left) for row, column, top, left in told["merged"]}
    return Grid(told["sheet"], rows, marks, merged, told["hidden"], told["formatted"])


def cell_of(cell: Any) -> Cell:
    return Dated(cell[0]) if isinstance(cell, list) else cell
