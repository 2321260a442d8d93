"""Croissant 1.0, the metadata of MLCommons that data loaders and dataset searches read, with the tables as CSV."""

import hashlib
from collections.abc import Mapping
from typing import Any

from plandata.files import csv_text, json_text
from plandata.package.about import CITATION
from plandata.package.folder import Folder
from plandata.read.cite import bibtex, citation
from plandata.read.flat import all_tables
from plandata.schema import Field, Table
from plandata.text import Text

TITLE = Text("Croissant: tables with the metadata of MLCommons", "Croissant：表与元数据")
METADATA = "croissant.json"
CONFORMS = "http://mlcommons.org/croissant/1.0"
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date", "boolean": "sc:Boolean"}
# The context that the specification prescribes: plain names stand for terms of Croissant.
TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {term: f"cr:{term}" for term in TERMS}


def files(package: Folder) -> dict[str, bytes]:
    """The tables and croissant.json in the folder croissant."""
    tables = all_tables(package)
    made = {f"{table.name}.csv": csv_text(frame.columns, frame.iter_rows()).encode("utf-8") for table, frame in tables}
    made[METADATA] = json_text(metadata(package, [table for table, _ in tables], made)).encode("utf-8")
    return {f"croissant/{path}": content for path, content in made.items()}


def metadata(package: Folder, tables: list[Table], contents: Mapping[str, bytes]) -> dict[str, Any]:
    """The description of the dataset, its files, and a record set for each table."""
    about = package.descriptor
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": about["name"],
        "alternateName": [about["title"], about["title_zh"]],
        "description": f"{about['description']}\n{about['description_zh']}",
        "conformsTo": CONFORMS,
        "license": about["licenses"][0]["path"],
        "creator": [{"@type": "sc:Organization", "name": person["title"]} for person in about["contributors"]],
        "datePublished": about["created"][:10],
        "version": about["version"],
        "keywords": list(about["keywords"]),
        "inLanguage": ["zh", "en"],
    }
    described |= {"url": about["homepage"]} if about.get("homepage") else {}
    described |= {"citeAs": bibtex(citation(package))} if package.beside(CITATION) is not None else {}
    described["distribution"] = [file_object(path, content) for path, content in contents.items()]
    described["recordSet"] = [record_set(table) for table in tables]
    return described


def file_object(path: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "text/csv",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def record_set(table: Table) -> dict[str, Any]:
    """A table as a record set; its fields are TABLE/COLUMN."""
    described: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description.en} {table.description.zh}",
    }
    if table.primary_key:
        described["key"] = [{"@id": f"{table.name}/{column}"} for column in table.primary_key]
    return described | {"field": [field_object(table, field) for field in table.fields]}


def field_object(table: Table, field: Field) -> dict[str, Any]:
    """A column as a field. Where it leads is told in words: mlcroissant cannot load `references` that chain."""
    leads = [f" Key of {key.table}." for key in table.foreign_keys if key.field == field.name]
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": f"{field.description.en} {field.description.zh}{''.join(leads)}",
        "dataType": TYPES.get(field.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"{table.name}.csv"}, "extract": {"column": field.name}},
    }
