"""Tables with typed columns, for those who compute with them."""

import polars as pl

from plandata.reader import ROW
from plandata.schema import Table

TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The text frame of a table with its columns cast to the types of its schema.

    A cell that is not of its type becomes null; `validate` names such cells.

    >>> from plandata.schema import schemas
    >>> typed(pl.DataFrame({"end_year": ["2025", None]}), schemas().tables["plans"])["end_year"].to_list()
    [2025, None]
    """
    fields = [field for field in table.fields if field.name in frame.columns]
    return frame.select(cast(field.name, field.type) for field in fields if field.name != ROW)


def cast(name: str, kind: str) -> pl.Expr:
    column = pl.col(name)
    if kind == "boolean":
        return column == "true"
    if kind == "date":
        return column.str.to_date("%Y-%m-%d", strict=False)
    return column.cast(TYPES[kind], strict=False) if kind in TYPES else column
