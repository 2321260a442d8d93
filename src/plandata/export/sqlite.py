"""One SQLite database: the tables with keys and indexes, what their columns and codes mean, and the flat table."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from plandata.package.folder import Folder
from plandata.read.flat import all_tables
from plandata.schema import Field, Table, titled
from plandata.text import Text

TITLE = Text("Database with keys", "带主外键的SQLite数据库")
TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
DESCRIPTIONS = """
CREATE TABLE descriptions (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, type TEXT NOT NULL, code_list TEXT,
  title TEXT NOT NULL, title_zh TEXT NOT NULL, description TEXT NOT NULL, description_zh TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
)"""


def files(package: Folder) -> dict[str, bytes]:
    """One database, named as the dataset. descriptions has a row for each table (column_name '') and column."""
    return {f"{package.stated('name')}.sqlite": database(package)}


def database(package: Folder) -> bytes:
    """The content of the database file."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        tables = all_tables(package)
        for table, frame in tables:
            connection.execute(create(table))
            insert(connection, table.name, (map(plain, row) for row in frame.iter_rows()))
            for number, column in enumerate(indexed(table)):
                connection.execute(f'CREATE INDEX "{table.name}_{number}_{column}" ON "{table.name}" ("{column}")')
        connection.execute(DESCRIPTIONS)
        insert(connection, "descriptions", (row for table, _ in tables for row in descriptions(table)))
        connection.commit()
        return connection.serialize()


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[Iterable[Any]]) -> None:
    filled = [tuple(row) for row in rows]
    if filled:
        marks = ", ".join("?" * len(filled[0]))
        connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', filled)  # noqa: S608 - names of our schema


def create(table: Table) -> str:
    """The statement that creates a table.

    >>> from plandata.schema import edition
    >>> 'PRIMARY KEY ("plan_id")' in create(edition().tables["plans"])
    True
    """
    parts = [column(field) for field in table.fields]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({quoted(table.primary_key)})")
    parts += [f"UNIQUE ({quoted(key)})" for key in table.unique_keys]
    parts += [f'FOREIGN KEY ("{k.field}") REFERENCES "{k.table}" ("{k.reference}")' for k in table.foreign_keys]
    body = ",\n  ".join(parts)
    return f'CREATE TABLE "{table.name}" (\n  {body}\n)'


def column(field: Field) -> str:
    return f'"{field.name}" {TYPES.get(field.type, "TEXT")}' + (" NOT NULL" if field.required else "")


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def indexed(table: Table) -> list[str]:
    """The columns that joins use: foreign keys, and the ids of the flat table."""
    keys = [key.field for key in table.foreign_keys]
    return keys or [
        field.name for field in table.fields if field.name.endswith("_id") and field.name not in table.primary_key
    ]


def plain(value: Any) -> Any:
    """A value as SQLite keeps it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def descriptions(table: Table) -> Iterator[tuple[str | None, ...]]:
    """What a table and each of its columns means, as rows of the table descriptions."""
    yield table.name, "", "table", None, *titled(table).values()
    for field in table.fields:
        yield table.name, field.name, field.type, field.codes or None, *titled(field).values()
