"""What a person must look at in a drafted row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """One cell of a draft that may be wrong: its table, row and column, the drafted value, and why it is doubted."""

    table: str
    row: str
    column: str
    value: str
    why: str
