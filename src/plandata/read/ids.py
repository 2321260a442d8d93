"""The rows of a package by their ids: looked up, named, and what an unknown id may have meant."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import polars as pl

from plandata.package.reader import ROW
from plandata.schema import Table
from plandata.tables import Tables
from plandata.text import LANGS

Row = dict[str, Any]
# What a row is called in a table: the first of these columns that it has, without their language.
NAMES = ("name", "title", "label")


class Ids:
    """The rows of a package by their ids."""

    def __init__(self, t: Tables) -> None:
        self.t = t

    @cached_property
    def keyed(self) -> list[Table]:
        """The tables whose rows have an id."""
        return [table for table in self.t.schemas.tables.values() if table.primary_key]

    @cached_property
    def frames(self) -> Mapping[str, pl.DataFrame]:
        """The tables with typed columns."""
        return {name: self.t.typed(name) for name in self.t.frames}

    def frame(self, table: str) -> pl.DataFrame:
        """A table with typed columns. Raises PackageError for one that cannot be read."""
        return self.frames[table] if table in self.frames else self.t[table].drop(ROW)

    def rows(self, table: Table, row_id: str) -> list[Row]:
        """The rows of a table with an id."""
        return self.frame(table.name).filter(pl.col(table.primary_key[0]) == row_id).to_dicts()

    def named(self, table: Table) -> Iterator[tuple[str, list[str]]]:
        """Each id of a table with all that its row is called, in lower case."""
        names = [f"{stem}_{lang}" for lang in LANGS for stem in NAMES if f"{stem}_{lang}" in table.columns]
        key = table.primary_key[0]
        for row in self.frame(table.name).select(key, *names).drop_nulls(key).iter_rows():
            yield row[0], [text.casefold() for text in row if text]

    def near(self, row_id: str) -> list[str]:
        """The ids that look like one, or that hold it in id or name, whole names first; at most five.

        >>> from plandata.package.folder import Folder
        >>> from plandata.schema import home
        >>> Ids(Tables.of(Folder(home()))).near("maternal-mortalty")[0]
        'maternal-mortality'
        """
        wanted = row_id.strip().casefold()
        names = {name: texts for table in self.keyed for name, texts in self.named(table)}
        close = difflib.get_close_matches(wanted, names, n=5, cutoff=0.6)
        held = [name for name, texts in names.items() if len(wanted) > 1 and any(wanted in text for text in texts)]
        held.sort(key=lambda name: wanted not in names[name])
        return list(dict.fromkeys([*close, *held]))[:5]

    def unknown(self, row_id: str) -> str:
        """What is said of an id that no row has."""
        return f"no row has the id or name {row_id!r}. Near: {', '.join(self.near(row_id)) or 'none'}"


def name_in(row: Mapping[str, Any], lang: str) -> str:
    """What a row is called in a language: its name, title or label, else ""."""
    return next((str(row[f"{stem}_{lang}"]) for stem in NAMES if row.get(f"{stem}_{lang}")), "")
