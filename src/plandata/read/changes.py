"""What a difference between two editions means: its changes as one flat table, and the version that they demand.

The flat table tells every change in a line, in COLUMNS; it is what people read as CSV and what a package keeps of its
earlier editions, so that a page and the changelog are made from it when those are gone. What a row that came held, and
what one that went had held, stands in the editions and in the difference itself.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from plandata.files import TABLE_BYTES, PackageError, csv_text, inside, read_file
from plandata.package.folder import numbers, resources
from plandata.text import LANGS

# table, plan and row are "" where a change is about more than one; old and new are texts as the files have them.
COLUMNS = ("table", "plan_id", "row_id", "change", "column", "old", "new")
VERSION, CREATED, FILE, SAME_FILE, ROWS = "version", "created", "file_changed", "file_same", "rows"
TABLE_ADDED, TABLE_REMOVED, TABLE_UNREAD = "table_added", "table_removed", "table_unread"
COLUMN_ADDED, COLUMN_REMOVED, COLUMN_RENAMED, COLUMN_RETYPED = (
    "column_added", "column_removed", "column_renamed", "column_retyped",
)  # fmt: skip
CODE_ADDED, CODE_REMOVED = "code_added", "code_removed"
# An id that is gone has its replacement as new value, one row for each; rows without an id of their own just go.
ROW_ADDED, ROW_REMOVED, ID_REMOVED, CELL = "row_added", "row_removed", "id_removed", "cell_changed"
EQUAL, PATCH, MINOR, MAJOR = LEVELS = ("equal", "patch", "minor", "major")
LEVEL = {
    **dict.fromkeys((TABLE_REMOVED, COLUMN_REMOVED, COLUMN_RENAMED, COLUMN_RETYPED, CODE_REMOVED, ID_REMOVED), MAJOR),
    **dict.fromkeys((TABLE_ADDED, COLUMN_ADDED, CODE_ADDED, ROW_ADDED), MINOR),
    **dict.fromkeys((FILE, TABLE_UNREAD, ROW_REMOVED, CELL), PATCH),
}
# Where a package keeps the changes since an earlier edition.
KEPT, NAMED = "docs/data", re.compile(r"changes-([0-9A-Za-z.+-]+?)-to-([0-9A-Za-z.+-]+)\.csv")


@dataclass(frozen=True)
class Changes:
    """Every change between two editions, as a frame of COLUMNS, all texts."""

    frame: pl.DataFrame

    def of(self, *kinds: str) -> pl.DataFrame:
        """The changes of some kinds."""
        return self.frame.filter(pl.col("change").is_in(kinds))

    def cells(self, wording: bool) -> pl.DataFrame:
        """The changed cells: the wording in either language, or all else (figures, codes, names of other rows)."""
        worded = pl.any_horizontal(pl.col("column").str.ends_with(f"_{lang}") for lang in LANGS)
        return self.of(CELL).filter(worded if wording else ~worded)

    def edition(self, key: str) -> tuple[str, str]:
        """What the old and the new edition state: version, created."""
        rows = self.of(key).select("old", "new").rows()
        return rows[0] if rows else ("", "")

    @cached_property
    def level(self) -> str:
        """The weightiest change: one of LEVELS."""
        found = {LEVEL.get(kind, EQUAL) for kind in self.frame["change"].unique()}
        return max(found, key=LEVELS.index, default=EQUAL)

    @property
    def differ(self) -> bool:
        """Whether the editions differ in any file."""
        return self.level != EQUAL

    @property
    def demanded(self) -> str:
        """The lowest version that the new edition may bear; "" where that of the old one is none."""
        return demanded(self.edition(VERSION)[0], self.level)

    @property
    def satisfied(self) -> bool:
        """Whether the new edition bears a version that is high enough; a pre-release counts as its release."""
        least, borne = numbers(self.demanded), numbers(self.edition(VERSION)[1])
        return least is not None and borne is not None and borne >= least

    def counts(self, by: str) -> pl.DataFrame:
        """For each table or plan (by: table, plan_id) how many rows came, went, changed, and how many cells.

        Ids that are gone stand in removed, those that another took the place of also in replaced.
        """
        kind, gone = pl.col("change"), pl.col("change").is_in([ROW_REMOVED, ID_REMOVED])
        row = pl.struct("table", "row_id")
        rows = self.of(ROW_ADDED, ROW_REMOVED, ID_REMOVED, CELL)
        return rows.group_by(by, maintain_order=True).agg(
            (kind == ROW_ADDED).sum().alias("added"),
            ((kind == ROW_REMOVED).sum() + row.filter(kind == ID_REMOVED).n_unique()).alias("removed"),
            row.filter(gone & (pl.col("new") != "")).n_unique().alias("replaced"),
            row.filter(kind == CELL).n_unique().alias("changed"),
            (kind == CELL).sum().alias("cells"),
        )

    def leads_to(self, descriptor: Mapping[str, Any]) -> bool:
        """Whether the tables of an edition are those that the changes lead to, by the hashes that it states."""
        made = dict(self.of(FILE, SAME_FILE).select("column", "new").iter_rows())
        return all(f"sha256:{made.get(str(entry.get('path')))}" == entry.get("hash") for entry in resources(descriptor))

    @property
    def csv(self) -> str:
        """The changes as CSV that a spreadsheet can open."""
        return csv_text(COLUMNS, self.frame.iter_rows(), safe=True)


def changes(difference: Mapping[str, Any]) -> Changes:
    """The changes that a difference tells."""
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in told(difference)]
    return Changes(pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))


def told(difference: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Each change as a row of COLUMNS."""
    for key in (VERSION, CREATED):
        yield "", "", "", key, "", difference["old"].get(key), difference["new"].get(key)
    for path, (was, now) in difference["files"].items():
        yield "", "", "", SAME_FILE if was == now else FILE, path, was, now
    for table in difference["tables"]:
        yield from told_of_table(table, replacements(difference, table["table"]))


def replacements(difference: Mapping[str, Any], table: str) -> dict[str, list[str]]:
    """What took the place of each id of a table that is gone; [""] where nothing did."""
    made: dict[str, list[str]] = {}
    for row in difference["replaced"]:
        if row.get("table_name") == table:
            made.setdefault(row["old_id"], []).append(row.get("replaced_by") or "")
    return made


def told_of_table(table: Mapping[str, Any], successors: Mapping[str, list[str]]) -> Iterator[tuple[object, ...]]:
    name, (before, after) = table["table"], table["path"]
    yield name, "", "", ROWS, "", *table["rows"]
    if not before or not after:
        yield name, "", "", TABLE_ADDED if after else TABLE_REMOVED, "", "", ""
    elif not table["read"]:
        yield name, "", "", TABLE_UNREAD, "", "", ""
    else:
        yield from told_of_columns(name, table)
    for row in table["removed"]:
        known = successors.get(row["id"]) if table["id"] else None
        for successor in known or [""]:
            yield name, row["plan"], row["id"], ID_REMOVED if table["id"] else ROW_REMOVED, "", "", successor
    for row in table.get("added", ()):
        yield name, row["plan"], row["id"], ROW_ADDED, "", "", ""
    for row in table.get("changed", ()):
        for column, (was, now) in row["cells"].items():
            yield name, row["plan"], row["id"], CELL, column, was, now


def told_of_columns(name: str, table: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """What became of the columns of a table and of their codes."""
    old, new = table["columns"]
    renamed = table["renamed"]
    for column, other in renamed.items():
        yield name, "", "", COLUMN_RENAMED, other, column, other
    for column in old:
        if column not in new and column not in renamed:
            yield name, "", "", COLUMN_REMOVED, column, "", ""
    for column in new:
        if column not in old and column not in renamed.values():
            yield name, "", "", COLUMN_ADDED, column, "", ""
    for column, (was, now) in table["retyped"].items():
        yield name, "", "", COLUMN_RETYPED, column, was, now
    for column, codes in table["codes"].items():
        yield from ((name, "", "", CODE_ADDED, column, "", code) for code in codes["added"])
        yield from ((name, "", "", CODE_REMOVED, column, code, "") for code in codes["removed"])


def demanded(version: str, level: str) -> str:
    """The lowest version that an edition may bear after changes of a level; "" after one that bears none.

    Below 1.0 the second number stands for the first, and the third for the others.

    >>> [demanded("1.4.2", level) for level in LEVELS], [demanded("0.1.0", level) for level in LEVELS]
    (['1.4.2', '1.4.3', '1.5.0', '2.0.0'], ['0.1.0', '0.1.1', '0.1.1', '0.2.0'])
    """
    known = numbers(version)
    if known is None:
        return ""
    first, second, third = known
    if level == MAJOR:
        known = (first + 1, 0, 0) if first else (0, second + 1, 0)
    elif level == MINOR and first:
        known = (first, second + 1, 0)
    elif level != EQUAL:
        known = (first, second, third + 1)
    return ".".join(map(str, known))


def kept_as(old: str, new: str) -> str:
    """The path under which a package keeps the changes between two versions.

    >>> kept_as("0.1.0", "0.2.0")
    'docs/data/changes-0.1.0-to-0.2.0.csv'
    """
    return f"{KEPT}/changes-{old}-to-{new}.csv"


def kept_changes(root: Path) -> list[Changes]:
    """The changes since earlier editions that a package keeps, the newest first.

    Raises PackageError for a file that is no such record, or bears another name than its versions give it.
    """
    paths = [f"{KEPT}/{path.name}" for path in (root / KEPT).glob("*.csv") if NAMED.fullmatch(path.name)]
    kept = [read_changes(inside(root, path)) for path in sorted(paths)]
    return sorted(
        kept, key=lambda made: [numbers(version) or () for version in reversed(made.edition(VERSION))], reverse=True
    )


def read_changes(path: Path) -> Changes:
    """The changes in a file that a package keeps."""
    try:
        frame = pl.read_csv(io.BytesIO(read_file(path, TABLE_BYTES)), infer_schema=False).fill_null("")
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{path}: cannot be read ({str(error).splitlines()[0]})") from None
    made = Changes(frame)
    if tuple(frame.columns) != COLUMNS or f"{KEPT}/{path.name}" != kept_as(*made.edition(VERSION)):
        raise PackageError(f"{path}: are no changes as its name tells; write it anew with plandata diff --format csv")
    return made
