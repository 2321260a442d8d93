"""The canonical order of rows, told once for the check and for `plandata fmt`."""

import polars as pl

from plandata.reader import ROW
from plandata.schema import Table


def sort_keys(table: Table) -> list[pl.Expr]:
    """Expressions that sort a table by its key columns: empty cells last, t2 before t10."""
    return [expression for column in table.sorted_by for expression in natural(column)]


def natural(column: str) -> list[pl.Expr]:
    stem = pl.col(column).str.strip_chars_end("0123456789")
    number = pl.col(column).str.slice(stem.str.len_chars()).cast(pl.Int64, strict=False).fill_null(-1)
    return [
        pl.col(column).is_null().alias(f"{column}.empty"),
        stem.alias(f"{column}.stem"),
        number.alias(f"{column}.number"),
    ]


def moved_rows(frame: pl.DataFrame, table: Table) -> pl.Series:
    """The places (from 0) that hold another row once a text frame is sorted."""
    keys = frame.lazy().select(sort_keys(table)).collect()
    ordered = keys.with_row_index(ROW).sort(keys.columns, maintain_order=True)[ROW]
    return (ordered != pl.int_range(len(ordered), eager=True)).arg_true()
