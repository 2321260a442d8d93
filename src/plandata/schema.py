"""The Table Schemas and code lists: the one definition of every table, column and code.

`schemas/<table>.yaml` holds a Frictionless Table Schema with Chinese titles beside the English ones;
a field with `codes: LIST` takes its values from that list of `schemas/codes.yaml`. Everything else
(validation, descriptor, dictionary, exports, site) is made from what this module returns.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLES = (
    "places", "documents", "plans", "domains", "goals", "measures",
    "indicators", "targets", "units", "assignments", "non_targets", "anomalies",
)  # fmt: skip
PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
# What the lexical form of each type is in our files: stricter than what readers accept.
LEXICAL = {
    "integer": r"(?:0|[1-9][0-9]*)",
    "number": r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?",
    "boolean": "(?:true|false)",
    "date": r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
}


@dataclass(frozen=True)
class Code:
    """One coded value with its labels and definitions in both languages; symbol only for comparators."""

    code: str
    label_zh: str
    label_en: str
    definition_zh: str
    definition_en: str
    symbol: str = ""


@dataclass(frozen=True)
class Field:
    """One column. codes names its code list; constraints are those of the Table Schema."""

    name: str
    type: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    constraints: Mapping[str, Any]
    codes: str = ""
    example: str = ""
    bad_example: str = ""

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required", False))


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values are keys of another table."""

    field: str
    table: str
    reference: str


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, keys, and the columns that its rows are sorted by."""

    name: str
    title: str
    title_zh: str
    description: str
    description_zh: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    sorted_by: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row to a reader: the primary key, else the first unique key."""
        return self.primary_key or self.unique_keys[0]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True)
class Schemas:
    """All tables and all code lists."""

    tables: Mapping[str, Table]
    codes: Mapping[str, Mapping[str, Code]]


def home() -> Path:
    """The folder of the shipped edition: inside an installed wheel, else the root of the checkout."""
    shipped = Path(__file__).parent / "edition"
    return shipped if shipped.is_dir() else Path(__file__).parents[2]


@cache
def schemas() -> Schemas:
    """The tables and code lists of the shipped edition, read once.

    >>> schemas().tables["goals"].primary_key
    ('goal_id',)
    >>> schemas().codes["comparator"]["ge"].symbol
    '≥'
    """
    folder = home() / "schemas"
    lists = read_yaml(folder / "codes.yaml")
    codes = {
        name: {str(code): Code(str(code), **entry) for code, entry in entries.items()}
        for name, entries in lists.items()
    }
    return Schemas({name: read_table(name, read_yaml(folder / f"{name}.yaml")) for name in TABLES}, codes)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; object tags are refused, as yaml.safe_load does."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader


def read_table(name: str, source: Mapping[str, Any]) -> Table:
    """A table from its YAML source."""
    primary = tuple(source.get("primaryKey", ()))
    unique = tuple(tuple(key) for key in source.get("uniqueKeys", ()))
    return Table(
        name=name,
        **{key: source[key] for key in ("title", "title_zh", "description", "description_zh")},
        fields=tuple(read_field(field) for field in source["fields"]),
        primary_key=primary,
        unique_keys=unique,
        foreign_keys=tuple(
            ForeignKey(key["fields"], key["reference"]["resource"], key["reference"]["fields"])
            for key in source.get("foreignKeys", ())
        ),
        sorted_by=tuple(source.get("sortedBy", primary)),
    )


def read_field(source: Mapping[str, Any]) -> Field:
    return Field(**{"constraints": {}, **source})


def table_schema(table: Table, codes: Mapping[str, Mapping[str, Code]]) -> dict[str, Any]:
    """The published Table Schema of a table, its code lists written out as enumerations.

    >>> described = table_schema(schemas().tables["assignments"], schemas().codes)
    >>> [f["constraints"]["enum"] for f in described["fields"] if f["name"] == "role"]
    [['lead', 'responsible']]
    """
    described: dict[str, Any] = {"$schema": PROFILE}
    described["fields"] = [field_descriptor(field, codes) for field in table.fields]
    described["missingValues"] = [""]
    if table.primary_key:
        described["primaryKey"] = list(table.primary_key)
    if table.unique_keys:
        described["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.foreign_keys:
        described["foreignKeys"] = [
            {"fields": [key.field], "reference": {"resource": key.table, "fields": [key.reference]}}
            for key in table.foreign_keys
        ]
    return described


def field_descriptor(field: Field, codes: Mapping[str, Mapping[str, Code]]) -> dict[str, Any]:
    described: dict[str, Any] = {
        key: getattr(field, key) for key in ("name", "type", "title", "title_zh", "description", "description_zh")
    }
    constraints = dict(field.constraints)
    if field.codes:
        constraints["enum"] = list(codes[field.codes])
        described["categories"] = [{"value": c.code, "label": c.label_en} for c in codes[field.codes].values()]
    if constraints:
        described["constraints"] = constraints
    if field.example:
        described["example"] = field.example
    return described
