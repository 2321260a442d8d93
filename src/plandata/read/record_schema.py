"""The JSON Schema of the static API, made from the Table Schemas: what a record holds, table by table."""

from collections.abc import Mapping
from typing import Any

from plandata.read.record import CITED_IN, CURRENT, RETIRED, RETIRED_IDS, STATUSES
from plandata.schema import CodeLists, Field, Schemas, Table, titled
from plandata.text import LANGS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {"string": "string", "date": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
LIMITS = ("minimum", "maximum", "minLength", "maxLength")
HEAD = ("$schema", "id", "table", "status", "version")
OF_CURRENT = ("text", "cells", "labels", "names", "related", "neighbours", "citation")
Described = dict[str, Any]


def closed(properties: Mapping[str, Any], required: tuple[str, ...] | None = None, **more: str) -> Described:
    """An object with these properties and no others; all are required where it is not said which."""
    needed = list(properties) if required is None else list(required)
    return {"type": "object", **more, "properties": dict(properties), "required": needed, "additionalProperties": False}


def ref(name: str) -> Described:
    return {"$ref": f"#/$defs/{name}"}


def or_null(described: Described) -> Described:
    return {"oneOf": [described, {"type": "null"}]}


def record_schema(schemas: Schemas) -> Described:
    """The JSON Schema (2020-12) that every record of a package keeps.

    >>> from plandata.schema import edition
    >>> sorted(record_schema(edition())["$defs"])[:2]
    ['cells.anomalies', 'cells.assignments']
    """
    tables = {name: table for name, table in schemas.tables.items() if name != RETIRED_IDS}
    whole = closed(properties(tables), HEAD, title="Record", description="One id of the dataset, with all that it has.")
    return {
        "$schema": DIALECT,
        **whole,
        "allOf": [*(cells_of(table) for table in tables.values() if table.primary_key), *map(needed, STATUSES)],
        "$defs": {
            "text": closed({lang: {"type": "string"} for lang in LANGS}, title="A text in English and in Chinese"),
            "link": closed({"id": {"type": "string"}, "text": ref("text")}, title="Another id and what it stands for"),
            "texts": {"type": "object", "additionalProperties": ref("text")},
            "related": closed({name: entries(table) for name, table in tables.items()}, ()),
            **{f"cells.{name}": cells(table, schemas.codes) for name, table in tables.items()},
        },
    }


def properties(tables: Mapping[str, Table]) -> Described:
    """All properties of records."""
    text = {"type": "string"}
    replaced = {"replaced_by": or_null(ref("link")), "reason": ref("text"), "since": text}
    return {
        "$schema": {"const": "schema.json"},
        "id": text | {"description": "The id."},
        "table": {"enum": list(tables), "description": "The table in which the row stands, or stood."},
        "status": {"enum": list(STATUSES), "description": "Whether the id is in use; a retired one has no cells."},
        "version": text | {"description": "The version of the dataset."},
        "text": ref("text") | {"description": "The row in a few words."},
        "figure": ref("text") | {"description": "Of a target: what is to be reached, in words."},
        "baseline": or_null(ref("text")) | {"description": "Of a target: its printed baseline with the year."},
        "cells": {"type": "object", "description": "The row by its columns, typed; null is an empty cell."},
        "labels": ref("texts") | {"description": "What the codes among the cells are called, by column."},
        "names": ref("texts") | {"description": "What the ids among the cells stand for, by column."},
        "related": ref("related") | {"description": "The rows of other tables that name this one, by table."},
        "of_item": ref("related") | {"description": "Of a target: what hangs on its goal or measure, by table."},
        "neighbours": closed(dict.fromkeys(("previous", "next"), or_null(ref("link"))))
        | {"description": "The rows before and after with the same parent."},
        "citation": closed(dict.fromkeys(CITED_IN, text)) | {"description": "How to cite the row, by style."},
        "retired": {"type": "array", "minItems": 1, "items": closed(replaced)}
        | {"description": "Of a retired id: what took its place (several after a split), why, since which version."},
    }


def needed(status: str) -> Described:
    """What a record of a status must have, and a retired one must not."""
    has = OF_CURRENT if status == CURRENT else (RETIRED,)
    lacks = (RETIRED,) if status == CURRENT else OF_CURRENT
    then = {"required": list(has), "properties": dict.fromkeys(lacks, False)}
    return {"if": {"properties": {"status": {"const": status}}}, "then": then}


def cells_of(table: Table) -> Described:
    """That a record of a table has its cells."""
    given = {"table": {"const": table.name}, "status": {"const": CURRENT}}
    return {"if": {"properties": given}, "then": {"properties": {"cells": ref(f"cells.{table.name}")}}}


def entries(table: Table) -> Described:
    """The rows of a table as another one lists them."""
    about = {
        "id": {"type": "string"},
        "text": ref("text"),
        "by": {"type": "array", "items": {"enum": table.columns}},
        "plan": ref("link"),
    }
    if table.primary_key:
        return {"type": "array", "minItems": 1, "items": closed(about, ("id", "text"))}
    own = {"cells": ref(f"cells.{table.name}"), "labels": ref("texts")}
    return {"type": "array", "minItems": 1, "items": closed(about | own, ("text", *own))}


def cells(table: Table, codes: CodeLists) -> Described:
    """The cells of a table."""
    return closed({field.name: cell(field, codes) for field in table.fields}) | titled(table)


def cell(field: Field, codes: CodeLists) -> Described:
    """One cell: its type, its limits, its codes; null where it may be empty."""
    described: Described = {"type": [TYPES[field.type]], **titled(field)}
    described |= {name: field.constraints[name] for name in LIMITS if name in field.constraints}
    if "pattern" in field.constraints:
        described["pattern"] = f"^(?:{field.constraints['pattern']})$"
    if field.codes:
        described["enum"] = list(codes[field.codes])
    if not field.required:
        described["type"].append("null")
        described |= {"enum": [*described["enum"], None]} if field.codes else {}
    return described
