"""The canonical order of the rows of a table: by its key, empty cells last, and t2 before t10."""

import polars as pl

from plandata.schema import Table

DIGITS = "0123456789"


def sort_keys(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """What the rows of a text frame are sorted by, column after column: whether a cell is empty, then what it holds; of
    the last column what `counted` makes of it.
    """
    *others, own = table.sorted_by
    empty = {column: pl.col(column).is_null().alias(f"{column}.empty") for column in table.sorted_by}
    keys = [key for column in others for key in (empty[column], pl.col(column))]
    return frame.select(*keys, empty[own], *counted(frame[own], table.field(own).type))


def counted(cells: pl.Series, kind: str) -> list[pl.Series]:
    """What stands before the number that a cell ends with, and the number, -1 for none; of whole numbers that alone.

    >>> [part.to_list() for part in counted(pl.Series("target_id", ["a.t10", "b"]), "string")]
    [['a.t', 'b'], [10, -1]]
    >>> [part.to_list() for part in counted(pl.Series("position", ["10", "2"]), "integer")]
    [[10, 2]]
    """
    stem, number = f"{cells.name}.stem", f"{cells.name}.number"
    if kind == "integer":
        whole = cells.cast(pl.Int64, strict=False).alias(number)
        if whole.null_count() == cells.null_count():
            return [whole.fill_null(-1)]
    parts = pl.DataFrame([cells, cells.str.strip_chars_end(DIGITS).alias(stem)])
    rest = pl.col(cells.name).str.strip_prefix(pl.col(stem)).cast(pl.Int64, strict=False).fill_null(-1)
    return parts.select(stem, rest.alias(number)).get_columns()


def ordered(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The rows of a text frame in the order of their table; rows of the same key stay in theirs.

    >>> from plandata.schema import edition
    >>> ordered(pl.DataFrame({"place_id": ["t10", "t2"]}), edition().tables["places"])["place_id"].to_list()
    ['t2', 't10']
    """
    return frame[places(sort_keys(frame, table))]


def moved_rows(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The places (from 0) that hold another row once a text frame is sorted."""
    now = places(sort_keys(frame, table))
    return (now != pl.int_range(len(now), eager=True)).arg_true()


def places(keys: pl.DataFrame) -> pl.Series:
    """The place (from 0) that each row of sorted keys had before."""
    return keys.select(pl.arg_sort_by(keys.columns, maintain_order=True)).to_series()


def rising(frame: pl.DataFrame, table: Table) -> bool:
    """Whether each row of a text frame comes after the one above it: they stand in order, and no two have one key.

    It takes two thirds of the time of sorting, and a third of the memory.
    """
    keys = sort_keys(frame, table)
    fine = pl.repeat(False, max(len(keys) - 1, 0), eager=True)
    for column in reversed(keys.get_columns()):
        above, below = column.head(-1), column.slice(1)
        before, same = above < below, above == below
        if column.has_nulls():
            before, same = before.fill_null(False), above.eq_missing(below)
        fine = before | (same & fine)
    return fine.all()
