"""Apache Parquet: one typed file a table."""

import io

from plandata.export import all_tables
from plandata.package import Package


def files(package: Package) -> dict[str, bytes]:
    """One file a table, in the folder parquet."""
    made = {}
    for table, frame in all_tables(package):
        content = io.BytesIO()
        frame.write_parquet(content)
        made[f"parquet/{table.name}.parquet"] = content.getvalue()
    return made
