"""Croissant 1.0, the metadata of MLCommons that data loaders and dataset searches read, with the tables as CSV.

What its extension for responsible AI (RAI 1.0) asks is told as far as it is known: by package.yaml, by the tables, and
by what the package keeps of its two codings, its verification and the mistakes made on purpose.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from plandata.files import csv_text, inside, is_file, json_text, read_json
from plandata.package.about import CITATION, address, doi
from plandata.package.folder import MISTAKES, Folder
from plandata.read.cite import bibtex, citation
from plandata.read.flat import all_tables
from plandata.schema import Field, Table
from plandata.text import Text
from plandata.texts.agreement import CODING
from plandata.texts.agreement import figures as agreement_of
from plandata.texts.reliability import Figure
from plandata.texts.verify import read_record, tables_hash

TITLE = Text("Croissant: tables with the metadata of MLCommons", "Croissant：表与元数据")
METADATA = "croissant.json"
CONFORMS = ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"]
COLLECTED = (
    "{documents} published government documents with {plans} plans of {places} places, {first} to {last}: {titles}."
)
NOT_STATED = "An empty cell means that the document does not state it. Nothing was imputed."
RAW = "The texts are not part of the dataset; the table documents has the SHA-256 of the normalised text of each."
AGREED = "Two codings, {group}, {what}: {value:.3f} (95 % interval {low:.3f} to {high:.3f}; {rows:,} rows)."
PROVEN = "Compared with the texts on {day}: {gaps:,} gaps."
CAUGHT = "Of {made:,} mistakes made on purpose, validate finds {alone:.1%}, with verify {both:.1%}."
DAMAGED = "{n:,} anomalies of the documents are recorded in the table anomalies."
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
    described |= {"url": address(about)} if address(about) else {}
    described |= {"identifier": f"https://doi.org/{doi(about)}"} if doi(about) else {}
    described |= {f"rai:{name}": told for name, told in responsible(package).items()}
    described |= {"citeAs": bibtex(citation(package))} if package.beside(CITATION) is not None else {}
    described["distribution"] = [file_object(path, content) for path, content in contents.items()]
    described["recordSet"] = [record_set(table) for table in tables]
    return described


def responsible(package: Folder) -> dict[str, Any]:
    """The terms of the extension for responsible AI, each a text or a list of texts."""
    about = package.descriptor
    stated: Mapping[str, Any] = about.get("responsible_ai") or {}
    limits = [*stated.get("dataLimitations", ()), *known_limits(package)]
    figures = (found._asdict() | {"group": found.group.en, "what": found.what.en} for found in agreement(package))
    told = {
        "dataCollection": collected(package),
        "dataCollectionMissingData": NOT_STATED,
        "dataCollectionRawData": RAW,
        "dataAnnotationProtocol": [about["method"]] if about.get("method") else [],
        "dataAnnotationAnalysis": [AGREED.format(**figure) for figure in figures],
    }
    return {name: value for name, value in {**told, **stated, "dataLimitations": limits}.items() if value}


def collected(package: Folder) -> str:
    """Which texts the rows were taken from."""
    plans, documents = package["plans"], package["documents"]
    return COLLECTED.format(
        documents=documents.height,
        plans=plans.height,
        places=plans["place_id"].n_unique(),
        first=plans["start_year"].min(),
        last=plans["end_year"].max(),
        titles="; ".join(documents["title_en"].drop_nulls()),
    )


def agreement(package: Folder) -> list[Figure]:
    """How far two codings agree; nothing for a package that keeps none."""
    folder = package.root / CODING
    return agreement_of(folder) if is_file(folder / "second_targets.csv") else []


def known_limits(package: Folder) -> Iterator[str]:
    """What is known of what is wrong: in the documents, and as the package keeps it of this edition of its tables."""
    yield DAMAGED.format(n=package["anomalies"].height)
    proven = read_record(package.root)
    if proven and proven["tables_sha256"] == tables_hash(package.descriptor):
        yield PROVEN.format(day=proven["verified_on"], gaps=proven["gaps"])
    path = inside(package.root, MISTAKES)
    if is_file(path):
        mistakes = read_json(path)
        yield CAUGHT.format(made=mistakes["made"], alone=mistakes["by_validate"][0], both=mistakes["by_either"][0])


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
