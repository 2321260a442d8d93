"""What a new edition changes, row by row: complete enough that the old edition and the difference make the new one.

Editions are read as they are published, each by its own descriptor, so that an old one needs no schema of today and one
with findings can be compared too. Rows are matched by the id or the first key of their table, rows of one key in their
order; Polars does it, so that large tables take seconds.

What there is was looked at first. csv-diff compares two files by one key column and keeps neither order nor duplicates;
daff writes a tabular patch ("highlighter" format), but guesses which rows are one, holds every cell in Python and
escapes values in a sheet; datasemver rates the change of one file by profiles of its columns, needs pandas and knows
neither ids nor packages; the recipe of Data Package on versions is what `plandata.read.changes` follows, except that a
new column breaks nothing here. None of them knows ids that a release retires, which is the point of ours.
"""

import base64
import contextlib
import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import polars as pl

from plandata.files import PackageError
from plandata.package.published import PLAN, Held, Published, cells_of, written
from plandata.package.reader import ROW

FORM = "plandata-difference-1"
# What the descriptor says of an edition, and the difference of both.
STATED = ("name", "version", "created")
RETIRED = "retired_ids"
# Own columns beside those of a file, which has no NUL in it: the how-manieth row of its key, the row in each edition,
# what the row is called, the plan it stands in.
NTH, OLD_ROW, NEW_ROW, ID, HOME = (f"\0{name}" for name in ("nth", "old", "new", "id", "plan"))
# A column whose cells nearly all stand unchanged in a new one was renamed; under a name that goes on (note, note_en)
# it is enough that some do.
MOSTLY = 0.9
Json = dict[str, Any]


def difference(old: Published, new: Published) -> Json:
    """What must be done to the old edition to get the new one, as it is written to JSON.

    files: each path with its SHA-256 in both editions (null where it is not there). texts: the new content of what is
    no table, and of tables that are new or not in canonical form; "base64" stands before what is no text. tables: for
    each the rows removed, added, changed (their cells: old, new) and moved, by their number from 0, and the cells of
    new columns. replaced: what the new edition says of the ids that it withdraws.
    """
    names = dict.fromkeys([*old.tables, *new.tables])
    tables = [compared(name, old, new) for name in names]
    paths = sorted({*old.files, *new.files})
    readable = {name for name, held in old.tables.items() if held.frame is not None}
    told = {held.path for name, held in new.tables.items() if name in readable and held.exact}
    changed = [path for path in new.files if path not in told and old.files.get(path) != new.files[path]]
    return {
        "format": FORM,
        "old": {key: old.descriptor.get(key) for key in STATED},
        "new": {key: new.descriptor.get(key) for key in STATED},
        "files": {path: [digest(old.files.get(path)), digest(new.files.get(path))] for path in paths},
        "tables": [table for table in tables if table],
        "replaced": list(replaced(old, new)),
        "texts": {path: as_text(new.files[path]) for path in changed},
    }


def digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def as_text(content: bytes) -> str | Json:
    """Bytes as JSON can hold them."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


def as_bytes(text: Any) -> bytes:
    return base64.b64decode(text["base64"], validate=True) if isinstance(text, dict) else str(text).encode("utf-8")


def replaced(old: Published, new: Published) -> Iterator[Json]:
    """The rows of retired_ids about ids that only the old edition has, one for each replacement."""
    held = new.tables.get(RETIRED)
    rows = held.frame.drop(ROW).to_dicts() if held and held.frame is not None else []
    gone = {(name, row_id) for name in old.tables for row_id in withdrawn(name, old, new)}
    yield from (row for row in rows if (row.get("table_name"), row.get("old_id")) in gone)


def withdrawn(name: str, old: Published, new: Published) -> list[str]:
    """The ids of a table that only the old edition has, in its order."""
    before, after = old.tables[name], new.tables.get(name)
    if (
        not before.own_id
        or before.frame is None
        or (after and (after.frame is None or before.own_id not in after.columns))
    ):
        return []
    ids = before.frame.select(before.own_id).drop_nulls().unique(maintain_order=True)
    left = after.frame.select(before.own_id).drop_nulls() if after and after.frame is not None else ids.clear()
    return ids.join(left, on=before.own_id, how="anti", maintain_order="left").to_series().to_list()


def lost(old: Published, new: Published) -> list[tuple[str, str]]:
    """The ids (table, id) that the new edition neither has nor names in retired_ids."""
    told = {(row["table_name"], row["old_id"]) for row in replaced(old, new)}
    gone = ((name, row_id) for name in old.tables for row_id in withdrawn(name, old, new))
    return [entry for entry in gone if entry not in told]


def compared(name: str, old: Published, new: Published) -> Json:
    """What became of one table; empty where nothing did."""
    before, after = old.tables.get(name, NO_TABLE), new.tables.get(name, NO_TABLE)
    if (before.path, before.content) == (after.path, after.content) and not any(declared(before, after).values()):
        return {}
    made: Json = {
        "table": name,
        "path": [before.path or None, after.path or None],
        "rows": [before.height, after.height],
        "columns": [before.columns, after.columns],
        "id": before.own_id or after.own_id,
        "read": all(held.frame is not None for held in (before, after) if held.path),
        "removed": [],
    }
    if before.frame is not None and after.frame is not None:
        return made | declared(before, after) | Pair(before, after, old, new).whole()
    if before.frame is not None and not after.path:
        made["removed"] = told_rows(before, before.frame, ROW, before.key, old)
    return made


NO_TABLE = Held("", b"", None)


def declared(before: Held, after: Held) -> Json:
    """What the descriptors say of the columns that both editions have: other types, codes that came or went."""
    shared = [name for name in before.columns if name in after.columns]
    types = {name: [held.fields.get(name, {}).get("type") for held in (before, after)] for name in shared}
    codes = {name: (before.codes(name), after.codes(name)) for name in shared}
    return {
        "retyped": {name: both for name, both in types.items() if both[0] != both[1] and all(both)},
        "codes": {
            name: {"added": [c for c in others if c not in own], "removed": [c for c in own if c not in others]}
            for name, (own, others) in codes.items()
            if own and others and set(own) != set(others)
        },
    }


def told_rows(held: Held, rows: pl.DataFrame, number: str, key: Sequence[str], edition: Published) -> list[Json]:
    """Rows as they are listed: number, what the row is called (its key, else all of it), its plan, its cells."""
    by = [name for name in key if name in rows.columns] or [
        name for name in rows.columns if name != ROW and "\0" not in name
    ]
    named = rows.select(
        pl.col(number).alias(ROW),
        pl.concat_str(pl.col(by), separator="/", ignore_nulls=True).alias(ID),
        plan_of(rows, edition.homes).alias(HOME),
        *(pl.col(name).alias(f"\0\0{name}") for name in held.columns),
    )
    return [
        {
            "row": row.pop(ROW), "id": row.pop(ID), "plan": row.pop(HOME) or "",
            "cells": {name[2:]: cell for name, cell in row.items() if cell is not None},
        }
        for row in named.iter_rows(named=True)
    ]  # fmt: skip


def plan_of(rows: pl.DataFrame, homes: Mapping[str, pl.DataFrame]) -> pl.Series:
    """The plan that each row stands in, over the goal, measure or domain that it names; null where there is none."""
    if PLAN in rows.columns:
        return rows[PLAN]
    linked = [key for key in homes if key in rows.columns]
    found = (rows.select(key).join(homes[key], on=key, how="left", maintain_order="left")[PLAN] for key in linked)
    return reduce(lambda one, other: one.fill_null(other), found, pl.Series([None] * rows.height, dtype=pl.String))


@dataclass(frozen=True)
class Pair:
    """One table in both editions, its rows matched."""

    before: Held
    after: Held
    old: Published
    new: Published

    @cached_property
    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        if self.before.frame is None or self.after.frame is None:
            raise PackageError(f"{self.before.path}: cannot be read as a table")
        return self.before.frame, self.after.frame

    @cached_property
    def key(self) -> list[str]:
        """The key of the newer edition where both have its columns, else that of the older one, else all columns."""
        both = [name for name in self.before.columns if name in self.after.columns]
        return next((key for key in (self.after.key, self.before.key) if key and {*key} <= {*both}), both)

    @cached_property
    def matched(self) -> pl.DataFrame:
        """The number of each row in both editions; null where an edition does not have it."""
        sides = [self.numbered(frame, name) for frame, name in zip(self.frames, (OLD_ROW, NEW_ROW), strict=True)]
        return sides[0].join(sides[1], on=[*self.key, NTH], how="full", nulls_equal=True, coalesce=True)

    def numbered(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """The key of each row with the how-manieth of that key it is, and its number under a name."""
        if not self.key:
            return frame.select(pl.col(ROW).alias(NTH), pl.col(ROW).alias(name))
        twice = frame.select(self.key).is_duplicated().any()
        nth = pl.int_range(pl.len()).over(self.key) if twice else pl.lit(0, pl.Int64)
        return frame.select(*self.key, nth.alias(NTH), pl.col(ROW).alias(name))

    @cached_property
    def kept(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows that both editions have, side by side, in the order of the older one."""
        rows = self.matched.drop_nulls([OLD_ROW, NEW_ROW]).sort(OLD_ROW)
        old, new = self.frames
        return old[rows[OLD_ROW]], new[rows[NEW_ROW]]

    @cached_property
    def renamed(self) -> dict[str, str]:
        """The columns of the older edition that stand under another name in the newer one."""
        left = [name for name in self.before.columns if name not in self.after.columns]
        free = [name for name in self.after.columns if name not in self.before.columns]
        made: dict[str, str] = {}
        for name in left:
            shares = {other: self.share(name, other) for other in free if other not in made.values()}
            best = max(shares, key=shares.__getitem__, default="")
            if best and shares[best] >= (MOSTLY if not best.startswith(f"{name}_") else 1 - MOSTLY):
                made[name] = best
        return made

    def share(self, name: str, other: str) -> float:
        """The share of a column's cells that stand unchanged in a column of the newer edition."""
        old, new = self.kept
        there = old[name].is_not_null()
        same = old[name].filter(there & (old[name] == new[other]).fill_null(value=False))
        return same.len() / max(1, old[name].len() - old[name].null_count())

    @cached_property
    def shared(self) -> dict[str, str]:
        """Each column of the older edition that the newer one has, with its name there."""
        both = {name: name for name in self.before.columns if name in self.after.columns}
        return both | self.renamed

    def whole(self) -> Json:
        gone, came = (self.matched.filter(pl.col(side).is_null()) for side in (NEW_ROW, OLD_ROW))
        (old, new), (first, second) = self.frames, self.kept
        removed, added = old[gone[OLD_ROW].sort()], new[came[NEW_ROW].sort()]
        own = [name for name in self.after.columns if name not in self.shared.values()]
        return {
            "key": self.key,
            "renamed": self.renamed,
            "removed": told_rows(self.before, removed, ROW, self.key, self.old),
            "added": told_rows(self.after, added, ROW, self.key, self.new),
            "changed": self.changed(),
            "moved": [] if second[ROW].is_sorted() else moved(first[ROW].to_list(), second[ROW].to_list()),
            "filled": {name: second[name].to_list() for name in own},
        }

    def changed(self) -> list[Json]:
        """The rows that both editions have with their cells that differ: old and new, by the column's newer name."""
        old, new = self.kept
        cells: dict[int, dict[str, list[str | None]]] = {}
        for name, other in self.shared.items():
            differing = old[name].ne_missing(new[other]).arg_true()
            pairs = zip(differing, old[name].gather(differing), new[other].gather(differing), strict=True)
            for row, was, now in pairs:
                cells.setdefault(row, {})[other] = [was, now]
        places = sorted(cells)
        rows = new[places].with_columns(old[places][ROW].alias(OLD_ROW))
        listed = told_rows(NO_TABLE, rows, OLD_ROW, self.key, self.new)
        return [row | {"cells": cells[place]} for row, place in zip(listed, places, strict=True)]


def moved(old: Sequence[int], new: Sequence[int]) -> list[list[int]]:
    """The rows that no longer stand in the order of the others, as few as possible: old and new number.

    >>> moved([0, 1, 2, 3], [0, 3, 1, 2])
    [[1, 3]]
    """
    stays = set(longest_rising(new))
    return [[was, now] for i, (was, now) in enumerate(zip(old, new, strict=True)) if i not in stays]


def longest_rising(numbers: Sequence[int]) -> Iterator[int]:
    """The places of a longest rising part of some different numbers, from the last to the first.

    >>> sorted(longest_rising([0, 3, 1, 2]))
    [0, 2, 3]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    place = ends[-1] if ends else -1
    while place >= 0:
        yield place
        place = before[place]


def apply(difference: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the new edition, byte for byte, from those of the old one and a difference.

    Raises PackageError where the files are not those that the difference was made from, or the result is not what it
    was made to; nothing is then returned.

    >>> from plandata.package.published import read_edition
    >>> edition = read_edition()
    >>> apply(difference(edition, edition), edition.files) == edition.files
    True
    """
    with well_formed():
        hashes = {str(path): (was, now) for path, (was, now) in difference["files"].items()}
        for path, (was, _) in hashes.items():
            if digest(files.get(path)) != was:
                raise PackageError(f"{path}: is not the file that the difference was made from")
        texts = {str(path): as_bytes(text) for path, text in difference["texts"].items()}
        tables = {entry["path"][1]: entry for entry in difference["tables"]}
        made = {
            path: files[path] if was == now else changed_file(path, files, texts, tables)
            for path, (was, now) in hashes.items()
            if now
        }
    for path, content in made.items():
        if digest(content) != hashes[path][1]:
            raise PackageError(f"{path}: does not become what the difference was made to; it was changed since")
    return made


@contextlib.contextmanager
def well_formed() -> Iterator[None]:
    """Turns what a difference from elsewhere may lack into one line."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise PackageError(f"is no difference as plandata diff writes it ({type(error).__name__}: {error})") from None


def changed_file(
    path: str, files: Mapping[str, bytes], texts: Mapping[str, bytes], tables: Mapping[str, Json]
) -> bytes:
    """The new content of a file: told as a whole, or as the changes of a table."""
    return texts[path] if path in texts else changed_table(files[tables[path]["path"][0]], tables[path])


def changed_table(content: bytes, change: Json) -> bytes:
    """The new content of a table."""
    frame = cells_of(content)
    if frame is None:
        raise ValueError("a table that cannot be read")
    removed = [row["row"] for row in change["removed"]]
    kept = with_cells(frame.filter(~pl.col(ROW).is_in(removed)).rename(change["renamed"]), change["changed"])
    kept = kept.with_columns(pl.Series(name, cells, pl.String) for name, cells in change["filled"].items())
    columns = change["columns"][1]
    came = [[row["cells"].get(name) for name in columns] for row in change["added"]]
    added = pl.DataFrame(came, dict.fromkeys(columns, pl.String), orient="row")
    order = pl.Series(NEW_ROW, places(kept[ROW].to_list(), change["moved"], [row["row"] for row in change["added"]]))
    return written(pl.concat([kept.select(columns), added]).with_columns(order).sort(order.name).drop(order.name))


def with_cells(frame: pl.DataFrame, changed: Iterable[Json]) -> pl.DataFrame:
    """Rows with their changed cells."""
    cells: dict[str, tuple[list[int], list[str | None]]] = {}
    for row in changed:
        for name, (_, now) in row["cells"].items():
            rows, values = cells.setdefault(name, ([], []))
            rows.append(row["row"])
            values.append(now)
    for name, (rows, values) in cells.items():
        at = frame[ROW].search_sorted(pl.Series(rows, dtype=frame.schema[ROW]))
        frame = frame.with_columns(frame[name].scatter(at, pl.Series(values, dtype=pl.String)))
    return frame


def places(kept: Sequence[int], moved: Iterable[tuple[int, int]], added: Sequence[int]) -> list[int]:
    """The number in the new table of each row that is kept (by its old number) and of each added: the added and the
    moved have their own, the others stand between them in their old order.

    >>> places([0, 1, 3], [(3, 0)], [2])
    [1, 3, 0, 2]
    """
    own = {was: now for was, now in moved}  # noqa: C416 - pairs come from JSON as lists
    taken = {*own.values(), *added}
    free = (n for n in range(len(kept) + len(added)) if n not in taken)
    return [own[row] if row in own else next(free) for row in kept] + list(added)


def read_difference(text: str | bytes) -> Json:
    """A difference as `plandata diff --format json` writes it. Raises PackageError for anything else."""
    try:
        made = json.loads(text)
    except ValueError as error:
        raise PackageError(f"is no difference as plandata diff writes it ({error})") from None
    if not isinstance(made, dict) or made.get("format") != FORM:
        raise PackageError(f"is no difference as plandata diff writes it (its format is not {FORM})")
    return made
