"""Rules about the schemas of a package: it may add tables, columns and codes to those of the edition, and weaken none.

A draft or another collection that has no use for a table or a column of the edition names it in package.yaml under
`leaves_out` (TABLE or TABLE.COLUMN).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from plandata.files import PackageError, json_text, unsafe
from plandata.finding import Finding, rule
from plandata.package.about import CITATION, citation_file, faults
from plandata.package.canonical import documents_in
from plandata.package.folder import DESCRIPTOR, METADATA, Folder
from plandata.schema import BOTH, FOLDER, Field, Table, edition

# Whether a package's own limit is weaker than that of the edition.
WEAKER: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda own, limit: own < limit,
    "minLength": lambda own, limit: own < limit,
    "maximum": lambda own, limit: own > limit,
    "maxLength": lambda own, limit: own > limit,
    "pattern": lambda own, limit: own != limit,
    "required": lambda own, limit: bool(limit) and not own,
    "unique": lambda own, limit: bool(limit) and not own,
}


def path_of(table: str) -> str:
    return f"{FOLDER}/{table}.yaml"


@rule()
def schema_describes_itself(package: Folder) -> Iterator[Finding]:
    """A table and each of its columns has a title and a description in both languages, and a column an example."""
    for table in package.schemas.described.values():
        things: list[tuple[str, Table | Field]] = [("", table), *((field.name, field) for field in table.fields)]
        for column, thing in things:
            missing = ", ".join(lacking(thing))
            if missing:
                yield schema_describes_itself.finding(table.name, path_of(table.name), column=column, detail=missing)


def lacking(thing: Table | Field) -> Iterator[str]:
    """What a table or a column does not tell of itself."""
    for name in ("title", "description"):
        text = getattr(thing, name)
        yield from ([] if text.en else [name]) + ([] if text.zh else [f"{name}_zh"])
    if isinstance(thing, Field) and not thing.example:
        yield "example"


@rule()
def code_list_is_there(package: Folder) -> Iterator[Finding]:
    """A column names a code list that schemas/codes.yaml has."""
    for table in package.schemas.described.values():
        for field in table.fields:
            if field.codes and field.codes not in package.schemas.codes:
                yield code_list_is_there.finding(table.name, path_of(table.name), column=field.name, value=field.codes)


@rule()
def edition_is_described(package: Folder) -> Iterator[Finding]:
    """Every table and column of the edition is described, unless package.yaml says that it is left out."""
    own = package.schemas.tables
    for name, table in edition().tables.items():
        if name not in own and name not in package.left_out:
            yield edition_is_described.finding(name, path_of(name), value=name)
        for column in table.columns if name in own else ():
            if column not in own[name].columns and f"{name}.{column}" not in package.left_out:
                yield edition_is_described.finding(name, path_of(name), column=column, value=column)


@rule()
def left_out_is_not_there(package: Folder) -> Iterator[Finding]:
    """What package.yaml leaves out is a table or a column of the edition that the package does not have."""
    own = {*names(package.schemas.tables)}
    for name in package.left_out:
        if name in own or name not in names(edition().tables):
            detail = "it is there" if name in own else "the edition has no such table or column"
            yield left_out_is_not_there.finding("", METADATA, value=name, detail=detail)


def names(tables: Mapping[str, Table]) -> set[str]:
    """The tables, and their columns as TABLE.COLUMN."""
    return {*tables, *(f"{name}.{column}" for name, table in tables.items() for column in table.columns)}


@rule()
def constraint_is_no_weaker_than_the_editions(package: Folder) -> Iterator[Finding]:
    """Type, keys and constraints of a table or column of the edition are no weaker than the edition's."""
    for name, table in package.schemas.tables.items():
        known = edition().tables.get(name)
        if known is not None:
            for column, detail in weaknesses(table, known):
                yield constraint_is_no_weaker_than_the_editions.finding(
                    name, path_of(name), column=column, detail=detail
                )


def weaknesses(table: Table, known: Table) -> Iterator[tuple[str, str]]:
    """Where a table of a package asks for less than that of the edition: the column, "" for the table, and what."""
    if table.primary_key != known.primary_key:
        yield "", f"primaryKey: {', '.join(known.primary_key) or 'none'}"
    for key in known.unique_keys:
        if key not in table.unique_keys and set(key) <= set(table.columns):
            yield "", f"uniqueKeys: {', '.join(key)}"
    for foreign in known.foreign_keys:
        if foreign not in table.foreign_keys and foreign.field in table.columns:
            yield foreign.field, f"foreign key of {foreign.table}"
    for field in known.fields:
        if field.name in table.columns:
            yield from ((field.name, detail) for detail in weaker(table.field(field.name), field))


def weaker(field: Field, known: Field) -> Iterator[str]:
    """What a column asks for less than the edition's."""
    if field.type != known.type:
        yield f"type: {known.type}"
    if field.codes != known.codes:
        yield f"codes: {known.codes or 'none'}"
    if field.script != known.script and known.script != BOTH:
        yield f"script: {known.script}"
    for name, limit in known.constraints.items():
        own: Any = field.constraints.get(name)
        if (own is None and limit) or (own is not None and WEAKER[name](own, limit)):
            yield f"{name}: {limit}"


@rule()
def package_tells_of_itself(package: Folder) -> Iterator[Finding]:
    """The descriptor tells name, titles, descriptions, version, day, keywords, contributors and licences; the
    addresses of published pages that it gives are https, and of documents of the package.
    """
    for name, what in faults(package.descriptor, documents_in(package.tables)):
        detail = f"{name} {what}"
        yield package_tells_of_itself.finding("", DESCRIPTOR, column=name, value=shown(package, name), detail=detail)


@rule()
def citation_file_can_be_cited(package: Folder) -> Iterator[Finding]:
    """CITATION.cff, where there is one, is plain YAML with a title and the names of its authors."""
    path = package.root / CITATION
    if unsafe(package.root, CITATION) or not path.exists():
        return
    try:
        citation_file(package.root)
    except (PackageError, OSError) as error:
        yield citation_file_can_be_cited.finding("", CITATION, detail=str(error).removeprefix(f"{path}").lstrip(": "))


def shown(package: Folder, name: str) -> str:
    """A property as it stands in the descriptor; "" where it is missing."""
    return json_text(package.descriptor[name], indent=None).rstrip() if name in package.descriptor else ""


SCHEMA_RULES = (
    package_tells_of_itself, citation_file_can_be_cited, schema_describes_itself, code_list_is_there,
    edition_is_described, left_out_is_not_there, constraint_is_no_weaker_than_the_editions,
)  # fmt: skip
