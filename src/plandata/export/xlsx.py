"""One Excel workbook for programs: a sheet a table, a dictionary of all columns, the codes. Needs the extra `export`.

It has the names, codes and ids of the tables, so that they can be read back from it; to read and to print there is the
format `excel`.

Every cell is written as text, number, date or truth value, never as a formula or a link.
"""

import io
from datetime import datetime
from typing import Any

import polars as pl

from plandata.files import need
from plandata.package.folder import Folder
from plandata.read.flat import CODE_TABLE, LABEL_TABLE, NAME, all_tables
from plandata.report.workbook import A4, OPTIONS, breadth
from plandata.schema import Table
from plandata.text import Text

TITLE = Text("Workbook of all tables as they are, with codes and ids", "全部数据表工作簿（原样，含代码和标识）")
NARROWEST, WIDEST, PIXELS = 8, 48, 7
PLAIN_NUMBERS: Any = {pl.Float64: "General", pl.Int64: "0", pl.Date: "yyyy-mm-dd"}


def files(package: Folder) -> dict[str, bytes]:
    """One workbook, named as the dataset; its first sheet is the flat table."""
    content = io.BytesIO()
    book = need("xlsxwriter", "export").Workbook(content, OPTIONS)
    about = package.descriptor
    # The day of the version, so that the same data makes the same bytes.
    book.set_properties({"title": about["title"], "created": datetime.fromisoformat(about["created"][:10])})
    tables = all_tables(package)
    sheets = {table.name: frame for table, frame in tables}
    last = {name: sheets.pop(name) for name in (CODE_TABLE, LABEL_TABLE)}
    for name, frame in {NAME: sheets[NAME], **sheets}.items():
        write_sheet(book, name, frame)
    write_sheet(book, "dictionary", pl.concat(dictionary(table) for table, _ in tables))
    for name, frame in last.items():
        write_sheet(book, name, frame)
    book.close()
    return {f"{package.stated('name')}.xlsx": content.getvalue()}


def dictionary(table: Table) -> pl.DataFrame:
    """What each column of a table means."""
    return pl.DataFrame(
        {
            "table": table.name,
            "column": field.name,
            "type": field.type,
            "codes": field.codes,
            "title": field.title.en,
            "title_zh": field.title.zh,
            "description": field.description.en,
            "description_zh": field.description.zh,
            "example": field.example,
        }
        for field in table.fields
    )


def write_sheet(book: Any, name: str, frame: pl.DataFrame) -> None:
    """A sheet with a frozen, filtered header and columns as wide as their content, printed as wide as a page."""
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")
    frame.write_excel(
        book,
        name,
        table_name=f"table_{name}",
        table_style="Table Style Light 1",
        dtype_formats=PLAIN_NUMBERS,
        column_widths={column: width(frame[column]) for column in frame.columns},
        freeze_panes=(1, 1),
    )


def width(column: pl.Series) -> int:
    """The width of a column in pixels."""
    cells = column.drop_nulls().cast(pl.String).str.slice(0, WIDEST).unique()
    return PIXELS * breadth([f"{column.name}  ", *cells], NARROWEST, WIDEST)
