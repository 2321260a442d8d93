"""CSV for Microsoft Excel, which reads UTF-8 as such only behind a byte order mark, and wants CRLF."""

import codecs

from plandata.export import all_tables
from plandata.export.plain_csv import plain_csv
from plandata.package import Package


def files(package: Package) -> dict[str, bytes]:
    """One file a table, in the folder excel-csv; a text that Excel would run gets an apostrophe before it."""
    return {
        f"excel-csv/{table.name}.csv": codecs.BOM_UTF8 + plain_csv(frame, "\r\n", "'")
        for table, frame in all_tables(package)
    }
