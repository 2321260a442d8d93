"""An edition as it is published: its files, and its tables by its own descriptor.

Nothing here asks the schemas of today, so that an old edition can be read, and one with findings too.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from plandata.files import PackageError, is_file, unpacked
from plandata.package.folder import DESCRIPTOR, Folder, find, resources
from plandata.package.reader import BOM, ROW, read_sheet
from plandata.schema import Field, Table
from plandata.text import Text

# The column that names the plan of a row.
PLAN = "plan_id"
NOTHING = Text("", "")


@dataclass(frozen=True)
class Held:
    """One table of an edition: its rows as text with the column `row` from 0, and what the descriptor says of it.

    frame is None where the file cannot be read as a table.
    """

    path: str
    content: bytes
    frame: pl.DataFrame | None
    schema: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return [] if self.frame is None else [name for name in self.frame.columns if name != ROW]

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """The fields of the schema by the name of their column."""
        listed = self.schema.get("fields")
        entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
        return {str(entry.get("name")): entry for entry in entries}

    @property
    def height(self) -> int:
        return 0 if self.frame is None else self.frame.height

    def codes(self, column: str) -> list[str]:
        """The codes that a column may hold; none where it may hold anything."""
        constraints = self.fields.get(column, {}).get("constraints")
        listed = constraints.get("enum") if isinstance(constraints, dict) else None
        return [str(code) for code in listed] if isinstance(listed, list) else []

    @property
    def own_id(self) -> str:
        """The column of the id that the rows have; "" where they have none of their own."""
        key = columns_in(self.schema.get("primaryKey"))
        return key[0] if len(key) == 1 and key[0] in self.columns else ""

    @property
    def key(self) -> list[str]:
        """The columns that identify a row: the primary key, else the first unique key; none where neither is told."""
        unique = self.schema.get("uniqueKeys")
        first = unique[0] if isinstance(unique, list) and unique else None
        return columns_in(self.schema.get("primaryKey")) or columns_in(first)

    @property
    def exact(self) -> bool:
        """Whether the rows, written again, are the bytes of the file."""
        return self.frame is not None and written(self.frame.drop(ROW)) == self.content


@dataclass(frozen=True)
class Published:
    """An edition as it is published: its descriptor, and the content of each of its files by path."""

    descriptor: Mapping[str, Any]
    files: Mapping[str, bytes]

    @cached_property
    def tables(self) -> dict[str, Held]:
        """The tables that the descriptor lists, by name; of a name that stands twice the first."""
        made: dict[str, Held] = {}
        for entry in resources(self.descriptor):
            name, path, schema = (entry.get(key) for key in ("name", "path", "schema"))
            if isinstance(name, str) and isinstance(path, str) and path in self.files and name not in made:
                content = self.files[path]
                made[name] = Held(path, content, cells_of(content), schema if isinstance(schema, dict) else {})
        return made

    @cached_property
    def homes(self) -> dict[str, pl.DataFrame]:
        """For the id column of each table whose rows stand in a plan: each id with its plan."""
        inside = {held.own_id: held.frame for held in self.tables.values() if held.own_id and PLAN in held.columns}
        return {
            key: frame.select(key, PLAN).unique(key)
            for key, frame in inside.items()
            if frame is not None and key != PLAN
        }


def columns_in(key: object) -> list[str]:
    """The columns of a key as a descriptor states it: a name or a list of names.

    >>> columns_in("goal_id"), columns_in(["a", "b"]), columns_in({"a": 1})
    (['goal_id'], ['a', 'b'], [])
    """
    names = [key] if isinstance(key, str) else key
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else []


def cells_of(content: bytes) -> pl.DataFrame | None:
    """The rows of a file by its own header, with the column `row`; None for what cannot be read as a table."""
    first = io.BytesIO(content.removeprefix(BOM)).readline().decode("utf-8", "replace")
    try:
        header = next(csv.reader([first.rstrip("\r\n").replace("\0", "")]), [])
    except csv.Error:
        return None
    if not header or ROW in header or len(set(header)) < len(header):
        return None
    table = Table("", NOTHING, NOTHING, tuple(Field(name, "string", NOTHING, NOTHING) for name in header))
    sheet = read_sheet(content, "", table)
    return sheet.frame if sheet.usable else None


def written(frame: pl.DataFrame) -> bytes:
    r"""Text cells as a file in canonical form, by Polars: a million rows are compared in a quarter of the time of csv.

    >>> written(pl.DataFrame({"a": ["x,y"], "b": [None]}))
    b'a,b\n"x,y",\n'
    """
    return frame.write_csv().encode("utf-8")


def read_edition(path: str | Path | None = None) -> Published:
    """What is published of a package: of a folder, of the folder of a datapackage.json, or of a zip of `export`.

    Without a path it is that of this folder, else the shipped edition. Raises PackageError where there is none that can
    be read.

    >>> read_edition().tables["goals"].own_id
    'goal_id'
    """
    archive = Path(path) if path is not None else Path()
    if archive.suffix == ".zip" and not archive.exists():
        raise PackageError(f"{archive}: not found")
    if not is_file(archive) or archive.name == DESCRIPTOR:
        return published(Folder(find(path)))
    with unpacked(archive) as folder:
        try:
            return published(Folder(folder))
        except PackageError as error:
            raise PackageError(str(error).replace(str(folder), str(archive))) from None


def published(package: Folder) -> Published:
    return Published(package.descriptor, package.published())
