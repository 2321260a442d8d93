"""CSV for Microsoft Excel, which reads UTF-8 as such only behind a byte order mark, and wants CRLF."""

import codecs

from plandata.files import csv_text
from plandata.package.folder import Folder
from plandata.read.flat import all_tables
from plandata.text import Text

TITLE = Text("CSV for Excel", "Excel用CSV")
PER_TABLE = "excel-csv/{}.csv"


def files(package: Folder) -> dict[str, bytes]:
    """One file a table; a text that Excel would run gets an apostrophe before it."""
    return {
        PER_TABLE.format(table.name): codecs.BOM_UTF8
        + csv_text(frame.columns, frame.iter_rows(), "\r\n", safe=True).encode("utf-8")
        for table, frame in all_tables(package)
    }
