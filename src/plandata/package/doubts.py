"""The doubts of a draft on disk: doubts.csv, a line for each cell that a person must look at."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from plandata.files import TABLE_BYTES, PackageError, csv_text, inside, is_file, utf8
from plandata.package.folder import DOUBTS

COLUMNS = ("table", "row", "column", "value", "why", "settled")
# What stands under settled once somebody has judged the cell; anything written there counts.
SETTLED = "yes"
# Before a cell that a spreadsheet would run stands an apostrophe in the file.
APOSTROPHE = "'"


@dataclass(frozen=True)
class Listed:
    """A line of doubts.csv with its number: table, row and column of a cell, its drafted value, why it is doubted."""

    line: int
    table: str
    row: str
    column: str
    value: str
    why: str
    settled: str

    @property
    def is_open(self) -> bool:
        return not self.settled.strip()

    def __str__(self) -> str:
        return f"{DOUBTS}:{self.line}: {self.row} {self.column}: {self.why}"


def doubts_text(doubts: Iterable[object]) -> str:
    """doubts.csv of some doubts, each a dataclass with the first five of COLUMNS; none of them is settled yet."""
    return csv_text(COLUMNS, ((*astuple(doubt), "") for doubt in doubts), safe=True)  # type: ignore[call-overload]


def read_doubts(root: Path) -> list[Listed]:
    """The doubts of a draft, none where it has no such file.

    Raises PackageError with its line for a file that is not what draft wrote, with marks of judgement.
    """
    path = inside(root, DOUBTS)
    return list(parsed(path)) if is_file(path) else []


def parsed(path: Path) -> Iterator[Listed]:
    reader = csv.reader(io.StringIO(utf8(path, TABLE_BYTES).removeprefix("\ufeff"), newline=""))
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise PackageError(f"{path}:1: its columns must be {', '.join(COLUMNS)}; take the file that draft wrote")
        for cells in reader:
            if cells and len(cells) != len(COLUMNS):
                raise PackageError(
                    f"{path}:{reader.line_num}: has {len(cells)} cells, not {len(COLUMNS)}; mend the line"
                )
            if cells:
                yield Listed(reader.line_num, *(cell.removeprefix(APOSTROPHE) for cell in cells))
    except csv.Error as error:
        raise PackageError(f"{path}:{reader.line_num}: is no CSV ({error}); take the file that draft wrote") from None
