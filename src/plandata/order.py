"""The canonical order of rows, told once for the check and for `plandata fmt`."""

import polars as pl

from plandata.reader import ROW
from plandata.schema import Table


def sort_keys(table: Table) -> list[pl.Expr]:
    """Expressions that sort a table by its key columns: empty cells last; in the last column, t2 before t10."""
    *parents, own = table.sorted_by
    stem = pl.col(own).str.strip_chars_end("0123456789")
    number = pl.col(own).str.slice(stem.str.len_chars()).cast(pl.Int64, strict=False).fill_null(-1)
    empty = [pl.col(column).is_null().alias(f"{column}.empty") for column in table.sorted_by]
    cells = [*map(pl.col, parents), stem.alias(f"{own}.stem")]
    return [key for pair in zip(empty, cells, strict=True) for key in pair] + [number.alias(f"{own}.number")]


def moved_rows(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The places (from 0) that hold another row once a text frame is sorted."""
    keys = frame.lazy().select(sort_keys(table)).collect()
    ordered = keys.with_row_index(ROW).sort(keys.columns, maintain_order=True)[ROW]
    return (ordered != pl.int_range(len(ordered), eager=True)).arg_true()
