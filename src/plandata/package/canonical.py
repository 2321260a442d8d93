"""A package's tables and descriptor in their canonical form.

The descriptor follows Data Package 2.0 (Frictionless); it is made from the Table Schemas, package.yaml
and the files themselves, so it is never edited by hand.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from plandata.files import TABLE_BYTES, PackageError, csv_text, inside, json_text, read_file, read_yaml
from plandata.package.about import OPTIONAL, PUBLISHED, TEXTS, faults
from plandata.package.folder import DESCRIPTOR, DRAFT, METADATA, STATED, misstated
from plandata.package.order import ordered
from plandata.package.reader import ROW, Sheet, file_has_no_nul, quotes_are_closed, read_sheet, row_has_every_cell
from plandata.schema import Schemas, Table, table_schema, titled
from plandata.text import SPACES, STRAY_SPACE

STRAY = re.compile(f"[{SPACES}]+")
# No letter has more than three accents; beyond that it is no writing, and normalising would take long.
ACCENTS = re.compile(r"[^\W\d_][\u0300-\u036f]{1,3}")
# What a cell has in which either finds something, as Polars writes it.
UNTIDY = rf"^$|{STRAY_SPACE}|[\x{{300}}-\x{{36f}}]"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LISTS = ("keywords", "contributors", "licenses")
REQUIRED: dict[str, type] = {**dict.fromkeys(TEXTS, str), "created": datetime, **dict.fromkeys(LISTS, list)}
# What a rewrite would make worse or hide.
LOSSY = {rule.id for rule in (row_has_every_cell, quotes_are_closed, file_has_no_nul)}


def canonical_frames(root: Path, schemas: Schemas) -> dict[str, pl.DataFrame]:
    """The tables of a package as text frames in canonical form, from the files as they are.

    Raises PackageError where a table cannot be read safely; then nothing may be written.
    """
    return {name: canonical_frame(root, table) for name, table in schemas.tables.items()}


def canonical_frame(root: Path, table: Table) -> pl.DataFrame:
    """A table in canonical form: sorted, accents composed, no stray spaces."""
    shown = f"data/{table.name}.csv"
    path = inside(root, shown)
    if not path.exists():
        raise PackageError(f"{path}: not found; plandata fmt needs every table that schemas/ describes")
    sheet = read_sheet(read_file(path, TABLE_BYTES), shown, table)
    lost = [finding for finding in sheet.findings if finding.rule in LOSSY]
    if lost or not sheet.usable:
        first = (lost or sheet.findings)[0]
        place = f"{path}:{first.line}" if first.line else str(path)
        raise PackageError(f"{place}: breaks {first.rule}; mend it first (plandata explain {first.rule} tells how)")
    return clean(sheet)


def clean(sheet: Sheet) -> pl.DataFrame:
    """The cells of a sheet without stray spaces, accents composed, in canonical order."""
    return ordered(pl.DataFrame([tidy(column) for column in sheet.frame.drop(ROW)]), sheet.table)


def tidy(cells: pl.Series) -> pl.Series:
    """A column with tidy cells; Python looks only at those in which something may be to do."""
    doubtful = cells.str.contains(UNTIDY).arg_true()
    tidied = pl.Series([tidy_cell(cell) for cell in cells.gather(doubtful)], dtype=pl.String)
    return cells.scatter(doubtful, tidied)


def tidy_cell(cell: str) -> str | None:
    r"""A cell without stray spaces, its accents composed; every other character stays, for a person to judge.

    >>> tidy_cell(" Cafe\u0301\n ２ "), tidy_cell("\u2028")
    ('Café ２', '\u2028')
    """
    spaced = STRAY.sub(" ", cell).strip(" ")
    return ACCENTS.sub(composed, spaced) or None


def composed(written: re.Match[str]) -> str:
    """A letter and its accents as the one character that Unicode has for them, else as they are."""
    made = unicodedata.normalize("NFC", written[0])
    own = all(unicodedata.normalize("NFC", character) == character for character in written[0])
    return made if own and len(made) == 1 else written[0]


def table_csv(frame: pl.DataFrame) -> bytes:
    r"""A text frame as CSV in canonical form: commas, LF, quotes only where they are needed, empty for null.

    >>> table_csv(pl.DataFrame({"a": ["x,y"], "b": [None]}))
    b'a,b\n"x,y",\n'
    """
    return csv_text(frame.columns, frame.iter_rows()).encode("utf-8")


def package_files(root: Path, schemas: Schemas, frames: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """Path and content of the tables and the descriptor of a package whose tables are these."""
    files = {f"data/{name}.csv": table_csv(frame) for name, frame in frames.items()}
    files[DESCRIPTOR] = json_text(described(metadata(root, documents_in(frames)), schemas, files)).encode("utf-8")
    return files


def documents_in(frames: Mapping[str, pl.DataFrame]) -> set[str]:
    """The ids of the documents among the tables of a package."""
    return set(frames["documents"]["document_id"]) if "documents" in frames else set()


def metadata(root: Path, documents: Collection[str] | None = None) -> Mapping[str, Any]:
    """The content of package.yaml; documents are the ids of the package's documents, None where they are not known.

    Raises PackageError with its line where it is not plain YAML, lacks what the
    descriptor states, or states a name, a version or a time that no file can have.
    """
    path = inside(root, METADATA)
    if not path.exists():
        raise PackageError(f"{path}: not found; it names title, version, licences and contributors")
    content = read_yaml(path)
    about = content if isinstance(content, dict) else {}
    missing = [key for key, kind in REQUIRED.items() if not about.get(key)]
    if missing:
        raise PackageError(f"{path}: lacks {', '.join(missing)}")
    wrong = [f"{key} is no {kind.__name__}" for key, kind in REQUIRED.items() if not isinstance(about[key], kind)]
    if wrong:
        raise PackageError(f"{path}: {', '.join(wrong)}")
    unfit = [f"{key} {misstated(key, value)}" for key, value in stated(about).items() if misstated(key, value)]
    unfit += [f"{key} {what}" for key, what in faults({**about, "created": about["created"].isoformat()}, documents)]
    if unfit:
        raise PackageError(f"{path}: {'; '.join(unfit)}")
    return about


def stated(about: Mapping[str, Any]) -> dict[str, str]:
    """What goes into names and dates of files, as the descriptor states it."""
    return {key: in_utc(about[key]) if key == "created" else about[key].strip() for key in STATED}


def in_utc(time: datetime) -> str:
    """A time in UTC as the descriptor writes it; "" for one that is outside of all calendars there."""
    try:
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return ""


def described(about: Mapping[str, Any], schemas: Schemas, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor of tables of some schemas, with what package.yaml tells."""
    descriptor: dict[str, Any] = {"$schema": PROFILE, **{key: str(about[key]).strip() for key in TEXTS}}
    descriptor |= {key: about[key] for key in OPTIONAL if about.get(key)}
    descriptor |= {DRAFT: True} if about.get(DRAFT) is True else {}
    descriptor["created"] = in_utc(about["created"])
    descriptor |= {key: about[key] for key in LISTS}
    descriptor["sources"] = list(sources(files.get("data/documents.csv", b""), about.get(PUBLISHED) or {}))
    descriptor["resources"] = [
        resource(table, schemas, files[f"data/{table.name}.csv"]) for table in schemas.tables.values()
    ]
    return descriptor


def sources(documents: bytes, published: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The government documents as sources of the package, with the address of the published page where it is known."""
    for row in csv.DictReader(io.StringIO(documents.decode("utf-8"), newline="")):
        address = published.get(row["document_id"])
        yield {"title": row["title_zh"], "title_en": row["title_en"]} | ({"path": address} if address else {})


def resource(table: Table, schemas: Schemas, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "type": "table",
        **titled(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table_schema(table, schemas.codes),
    }
