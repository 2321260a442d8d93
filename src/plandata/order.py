"""The canonical order of rows, told once for the check and for `plandata fmt`."""

import polars as pl

from plandata.schema import Table


def sort_keys(table: Table) -> list[pl.Expr]:
    """Expressions that sort a table by its key columns: empty cells last, t2 before t10."""
    return [expression for column in table.sorted_by for expression in natural(column)]


def natural(column: str) -> list[pl.Expr]:
    stem = pl.col(column).str.replace("[0-9]{1,9}$", "")
    number = pl.col(column).str.extract("([0-9]{1,9})$").cast(pl.Int64, strict=False).fill_null(-1)
    return [
        pl.col(column).is_null().alias(f"{column}.empty"),
        stem.alias(f"{column}.stem"),
        number.alias(f"{column}.number"),
    ]
