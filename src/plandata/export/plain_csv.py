"""Typed frames as CSV, for the forms whose files are CSV."""

import csv
import io

import polars as pl


def plain_csv(frame: pl.DataFrame, line_end: str = "\n", quote: str = "") -> bytes:
    r"""A frame as UTF-8 CSV with the values as the tables write them: true, 12 and not 12.0, empty for null.

    quote is put before a text that a spreadsheet would run.

    >>> plain_csv(pl.DataFrame({"a": [12.0, None], "b": [True, None], "c": ["=A1", "目标"]}), quote="'")
    b"a,b,c\n12,true,'=A1\n,,\xe7\x9b\xae\xe6\xa0\x87\n"
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(frame.columns)
    writer.writerows([cell(value, quote) for value in row] for row in frame.iter_rows())
    return text.getvalue().encode("utf-8")


def cell(value: object, quote: str = "") -> str:
    """A typed value as it is written in the tables."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    text = str(value)
    return quote + text if text.startswith(("=", "+", "-", "@", "\t")) else text
