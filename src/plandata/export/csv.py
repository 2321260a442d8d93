"""Plain CSV: UTF-8 without a mark, commas, LF, empty for not stated. A table of the package as its own file has it."""

from plandata.files import csv_text
from plandata.package.folder import Folder
from plandata.read.flat import all_tables
from plandata.text import Text

TITLE = Text("CSV", "CSV")
PER_TABLE = "csv/{}.csv"


def files(package: Folder) -> dict[str, bytes]:
    """One file a table, in canonical form."""
    return {
        PER_TABLE.format(table.name): csv_text(frame.columns, frame.iter_rows()).encode("utf-8")
        for table, frame in all_tables(package)
    }
