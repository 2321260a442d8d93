"""Rules about keys, the relations between tables, and the order of rows, as the Table Schemas state them.

Each is a function that yields what breaks it in one sheet: the column, the rows and, for each, a detail.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import polars as pl

from plandata.finding import rule
from plandata.package.order import moved_rows
from plandata.package.reader import ROW, Sheet
from plandata.schema import ForeignKey
from plandata.tables import Tables, alike

Broken = tuple[str, Sequence[int] | pl.Series, Iterable[str]]


@rule()
def rows_are_sorted(sheet: Sheet, t: Tables) -> Iterator[Broken]:
    """Rows stand in the order of their key."""
    if not sheet.rising:
        moved = moved_rows(sheet.frame, sheet.table)
        if len(moved):
            yield sheet.table.key[0], [moved[0]], [f"{len(moved)} rows, to line {sheet.line(moved[-1])}"]


@rule()
def key_is_unique(sheet: Sheet, t: Tables) -> Iterator[Broken]:
    """The key of a row stands in no other row of its table."""
    unique = [(field.name,) for field in sheet.table.fields if field.constraints.get("unique")]
    for key in [*filter(None, [sheet.table.primary_key]), *sheet.table.unique_keys, *unique]:
        if set(key) == set(sheet.table.sorted_by) and sheet.rising:
            continue
        rows = doubled(sheet.frame, key)
        yield key[-1], rows, [" + ".join(key)] * len(rows)


@rule()
def id_is_unique_in_the_package(sheet: Sheet, t: Tables) -> Iterator[Broken]:
    """The id of a row is that of no row of another table, and no retired one."""
    shared = t.shared_ids
    own = shared.filter(pl.col("table") == sheet.table.name)
    if not own.is_empty():
        others = shared.join(own.select("id"), on="id", how="semi").filter(pl.col("table") != sheet.table.name)
        named = others.group_by("id").agg(pl.col("table").unique(maintain_order=True).str.join(", "))
        told = own.select(ROW, "id").join(named, on="id", maintain_order="left")
        yield sheet.table.key[0], told[ROW], [f"also in {tables}" for tables in told["table"]]


@rule()
def reference_exists(sheet: Sheet, t: Tables) -> Iterator[Broken]:
    """A cell that refers to another table holds a key of that table."""
    for foreign in sheet.table.foreign_keys:
        if foreign.table in t.frames:
            rows = (sheet.frame[foreign.field].is_not_null() & row_meant(sheet, foreign, t).is_null()).arg_true()
            yield foreign.field, rows, [f"not in {foreign.table}"] * len(rows)


KEY_RULES = (rows_are_sorted, key_is_unique, id_is_unique_in_the_package, reference_exists)


def row_meant(sheet: Sheet, foreign: ForeignKey, t: Tables) -> pl.Series:
    """For each row of a sheet the row that a foreign key names; of a file of users nothing is kept."""
    if sheet.table.name in t.frames:
        return t.resolved(sheet.table.name, foreign)
    return t.rows_named(sheet.frame[foreign.field], foreign)


def doubled(frame: pl.DataFrame, key: tuple[str, ...]) -> pl.Series:
    """The rows whose key stands in a row before them; a key without any cell does not count."""
    again = alike(frame.select(ROW, *key), key)
    if again.is_empty():
        return again[ROW]
    named = again.filter(pl.any_horizontal(pl.col(key).is_not_null()))
    return named.filter(~pl.struct(key).is_first_distinct())[ROW]


def asked_by_several(t: Tables) -> list[Callable[[], object]]:
    """What the rules of several tables ask for, each to be found by itself: the rows that foreign keys name, those of
    one column together, the longest first, and the ids that tables share.
    """
    named: dict[tuple[str, str], list[tuple[str, ForeignKey]]] = defaultdict(list)
    for name in t.frames:
        for key in t.foreign_keys(name):
            if key.table in t.frames:
                named[key.table, key.reference].append((name, key))
    longest = sorted(named.values(), key=lambda asking: sum(t[name].height for name, _ in asking), reverse=True)
    return [*(partial(t.resolved, *asking[0], asking) for asking in longest), lambda: t.shared_ids]
