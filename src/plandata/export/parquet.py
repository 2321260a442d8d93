"""Apache Parquet: one typed file a table."""

import io

from plandata.package.folder import Folder
from plandata.read.flat import all_tables
from plandata.text import Text

TITLE = Text("Parquet", "Parquet")
PER_TABLE = "parquet/{}.parquet"


def files(package: Folder) -> dict[str, bytes]:
    """One file a table."""
    made = {}
    for table, frame in all_tables(package):
        content = io.BytesIO()
        frame.write_parquet(content)
        made[PER_TABLE.format(table.name)] = content.getvalue()
    return made
