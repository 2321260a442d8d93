"""CSV on the Web: the tables as CSV with their metadata (W3C Recommendation of 17 December 2015)."""

from typing import Any

from plandata.files import csv_text, json_text
from plandata.package.folder import Folder
from plandata.read.flat import all_tables
from plandata.schema import LEXICAL, Field, Table
from plandata.text import Text

TITLE = Text("CSV on the Web: tables with their metadata", "CSVW：表与元数据")
METADATA = "csv-metadata.json"
NAMESPACE = "http://www.w3.org/ns/csvw"
DATATYPES = {"integer": "integer", "number": "decimal", "date": "date", "boolean": "boolean"}


def files(package: Folder) -> dict[str, bytes]:
    """The tables and csv-metadata.json in the folder csvw."""
    tables = all_tables(package)
    made = {f"csvw/{table.name}.csv": csv_text(frame.columns, frame.iter_rows()) for table, frame in tables}
    made[f"csvw/{METADATA}"] = json_text(metadata(package, [table for table, _ in tables]))
    return {path: text.encode("utf-8") for path, text in made.items()}


def metadata(package: Folder, tables: list[Table]) -> dict[str, Any]:
    """The table group that describes all the tables."""
    about = package.descriptor
    return {
        "@context": [NAMESPACE, {"@language": "en"}],
        "dc:title": {"en": about["title"], "zh": about["title_zh"]},
        "dc:description": {"en": about["description"], "zh": about["description_zh"]},
        "dc:license": {"@id": about["licenses"][0]["path"]},
        "dc:creator": "; ".join(person["title"] for person in about["contributors"]),
        "dc:created": about["created"][:10],
        "schema:version": about["version"],
        "dialect": {"lineTerminators": ["\n"], "encoding": "utf-8"},
        "tables": [table_metadata(table) for table in tables],
    }


def table_metadata(table: Table) -> dict[str, Any]:
    """A table with its columns and keys.

    Strict readers (the csvw library's default) take an empty cell of a foreign key for an orphan, so only
    keys that are never empty are stated as such; the others are links of their column.
    """
    schema: dict[str, Any] = {"columns": [column(field) | links(table, field) for field in table.fields]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    schema["foreignKeys"] = [
        {
            "columnReference": [key.field],
            "reference": {"resource": f"{key.table}.csv", "columnReference": [key.reference]},
        }
        for key in table.foreign_keys
        if table.field(key.field).required
    ]
    return {
        "url": f"{table.name}.csv",
        **titles(table),
        "tableSchema": schema,
    }


def titles(thing: Table | Field) -> dict[str, Any]:
    """Title and description in both languages."""
    told = {"dc:title": thing.title, "dc:description": thing.description}
    return {name: {"en": text.en, "zh": text.zh} for name, text in told.items()}


def links(table: Table, field: Field) -> dict[str, str]:
    """Where the values of an optional foreign key are found."""
    optional = [key for key in table.foreign_keys if key.field == field.name and not field.required]
    return {"dc:references": f"{optional[0].table}.csv#{optional[0].reference}"} if optional else {}


def column(field: Field) -> dict[str, Any]:
    """A column with its name, titles, type and limits.

    >>> value = Field("value", "number", Text("Value", "数值"), Text("The value.", "数值。"), {"minimum": 0})
    >>> column(value)["datatype"]
    {'base': 'decimal', 'minimum': 0}
    """
    described: dict[str, Any] = {
        "name": field.name,
        "titles": [field.name],
        **titles(field),
        "datatype": datatype(field),
        "null": [""],
    }
    return described | ({"required": True} if field.required else {})


def datatype(field: Field) -> dict[str, Any]:
    """The CSVW datatype: the base type with the limits that Table Schema states."""
    limits = {
        key: field.constraints[key]
        for key in ("minimum", "maximum", "minLength", "maxLength")
        if key in field.constraints
    }
    described: dict[str, Any] = {"base": DATATYPES.get(field.type, "string"), **limits}
    if field.type == "boolean":
        described["format"] = "true|false"
    if field.type not in LEXICAL and "pattern" in field.constraints:
        described["format"] = field.constraints["pattern"]
    return described
