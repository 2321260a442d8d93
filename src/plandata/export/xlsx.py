"""One Excel workbook: a sheet a table, a dictionary of all columns, the codes. Needs the extra `export`.

Every cell is written as text, number, date or truth value, never as a formula or a link.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.cells import cell_len

from plandata.export import all_tables
from plandata.export.sqlite import coded
from plandata.extras import need
from plandata.package import Package
from plandata.schema import Table

DICTIONARY = ("table", "column", "type", "codes", "title", "title_zh", "description", "description_zh", "example")
CODES = ("list", "code", "label_zh", "label_en", "definition_zh", "definition_en")
NARROWEST, WIDEST = 8, 48


def files(package: Package) -> dict[str, bytes]:
    """One workbook, named as the dataset; its first sheet is the flat table."""
    content = io.BytesIO()
    book = need("xlsxwriter", "export").Workbook(content, {"in_memory": True})
    about = package.descriptor
    # The day of the version, so that the same data makes the same bytes.
    book.set_properties({"title": about["title"], "created": datetime.fromisoformat(about["created"][:10])})
    formats = {"head": book.add_format({"bold": True}), "date": book.add_format({"num_format": "yyyy-mm-dd"})}
    tables = all_tables(package)
    for table, frame in [tables[-1], *tables[:-1]]:
        sheet(book, formats, table.name, frame.columns, frame.iter_rows())
    sheet(book, formats, "dictionary", DICTIONARY, (row for table, _ in tables for row in dictionary(table)))
    sheet(book, formats, "codes", CODES, coded())
    book.close()
    return {f"{about['name']}.xlsx": content.getvalue()}


def dictionary(table: Table) -> list[tuple[str, ...]]:
    """What each column of a table means."""
    return [
        (table.name, f.name, f.type, f.codes, f.title, f.title_zh, f.description, f.description_zh, f.example)
        for f in table.fields
    ]


def sheet(book: Any, formats: dict[str, Any], name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A sheet with a frozen, filtered header and columns as wide as their content."""
    page = book.add_worksheet(name)
    widths = [cell_len(title) + 2 for title in head]
    for i, title in enumerate(head):
        page.write_string(0, i, title, formats["head"])
    line = 0
    for line, row in enumerate(rows, 1):
        for i, value in enumerate(row):
            write(page, line, i, value, formats["date"])
            widths[i] = max(widths[i], cell_len(str(value if value is not None else "")[:WIDEST]))
    for i, width in enumerate(widths):
        page.set_column(i, i, min(max(width, NARROWEST), WIDEST))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, line, len(head) - 1)


def write(page: Any, line: int, column: int, value: Any, date_format: Any) -> None:
    """One cell by the type of its value; an empty one is left out."""
    if isinstance(value, bool):
        page.write_boolean(line, column, value)
    elif isinstance(value, int | float):
        page.write_number(line, column, value)
    elif isinstance(value, date):
        page.write_datetime(line, column, value, date_format)
    elif value:
        page.write_string(line, column, value)
