"""Writes a package in its canonical form: the tables and datapackage.json.

The descriptor follows Data Package 2.0 (Frictionless); it is made from the Table Schemas, package.yaml
and the files themselves, so it is never edited by hand.
"""

import contextlib
import csv
import hashlib
import io
import json
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from plandata.order import sort_keys
from plandata.package import DESCRIPTOR, PackageError, unsafe
from plandata.reader import ROW, Sheet
from plandata.schema import TABLES, Table, schemas, table_schema

METADATA = "package.yaml"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PLAIN = ("name", "title", "title_zh", "description", "description_zh", "version")
OPTIONAL = ("homepage", "repository", "doi")
LISTS = ("keywords", "contributors", "licenses")
REQUIRED: dict[str, type] = {**dict.fromkeys(PLAIN, str), "created": datetime, **dict.fromkeys(LISTS, list)}


def canonical_files(root: Path) -> dict[str, bytes]:
    """Path and content of every file of a package as they should be, from the files as they are.

    Raises PackageError where a table cannot be read safely; then nothing may be written.
    """
    files = {f"data/{name}.csv": canonical_table(root, table) for name, table in schemas().tables.items()}
    files[DESCRIPTOR] = descriptor_text(describe(root, files)).encode("utf-8")
    return files


def canonical_table(root: Path, table: Table) -> bytes:
    """The CSV of a table in canonical form: sorted, LF, NFC, quoted where needed, no stray white space."""
    from plandata.reader import read_sheet

    shown = f"data/{table.name}.csv"
    path = root / shown
    reason = unsafe(root, shown)
    if reason:
        raise PackageError(f"{path}: {reason}; plandata fmt writes inside the package only")
    if not path.is_file():
        raise PackageError(f"{path}: not found; plandata fmt needs every table")
    sheet = read_sheet(path, shown, table)
    lost = [problem for problem in sheet.problems if problem[0] in LOSSY]
    if lost or not sheet.usable:
        rule, line, *_ = lost[0] if lost else sheet.problems[0]
        place = f"{path}:{line}" if line else str(path)
        raise PackageError(f"{place}: breaks {rule}; mend it first (plandata explain {rule} tells how)")
    return table_csv(clean(sheet))


# Problems that a rewrite would make worse or hide.
LOSSY = ("row_has_every_cell", "quotes_are_closed", "file_has_no_nul")


def clean(sheet: Sheet) -> pl.DataFrame:
    """The cells of a sheet without stray white space, in NFC, in canonical order."""
    tidy = sheet.frame.drop(ROW).with_columns(pl.all().map_elements(tidy_cell, return_dtype=pl.String, skip_nulls=True))
    return tidy.sort(sort_keys(sheet.table), maintain_order=True)


def tidy_cell(cell: str) -> str | None:
    return " ".join(unicodedata.normalize("NFC", cell).split()) or None


def table_csv(frame: pl.DataFrame) -> bytes:
    r"""A text frame as CSV in canonical form: commas, LF, quotes only where they are needed, empty for null.

    >>> table_csv(pl.DataFrame({"a": ["x,y"], "b": [None]}))
    b'a,b\n"x,y",\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.iter_rows())
    return text.getvalue().encode("utf-8")


def metadata(root: Path) -> Mapping[str, Any]:
    """The content of package.yaml. Raises PackageError with its line where it is not plain YAML."""
    path = root / METADATA
    if not path.is_file():
        raise PackageError(f"{path}: not found; it names title, version, licences and contributors")
    content = plain_yaml(path)
    about = content if isinstance(content, dict) else {}
    missing = [key for key, kind in REQUIRED.items() if not about.get(key)]
    if missing:
        raise PackageError(f"{path}: lacks {', '.join(missing)}")
    wrong = [f"{key} is no {kind.__name__}" for key, kind in REQUIRED.items() if not isinstance(about[key], kind)]
    if wrong:
        raise PackageError(f"{path}: {', '.join(wrong)}")
    return about


def plain_yaml(path: Path) -> Any:
    """The content of a YAML file from a stranger; tags and aliases are refused, odd nesting is survived."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise PackageError(f"{path}{line}: is not plain YAML ({error.problem})") from None
    except UnicodeDecodeError:
        raise PackageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, ValueError) as error:
        raise PackageError(f"{path}: is not plain YAML ({' '.join(str(error).split())})") from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply") from None


class PlainLoader(yaml.SafeLoader):
    """YAML without aliases, whose text could multiply; in Python, since the C parser overflows its stack."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; raises ComposerError for an alias."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "an alias", self.peek_event().start_mark)  # type: ignore[no-untyped-call]
        return super().compose_node(parent, index)


def describe(root: Path, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor of a package whose tables have the given contents."""
    about = metadata(root)
    described: dict[str, Any] = {"$schema": PROFILE, **{key: str(about[key]).strip() for key in PLAIN}}
    described |= {key: about[key] for key in OPTIONAL if about.get(key)}
    created = about["created"].replace(tzinfo=about["created"].tzinfo or UTC)
    described["created"] = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    described |= {key: about[key] for key in LISTS}
    described["sources"] = list(sources(files["data/documents.csv"]))
    described["resources"] = [resource(name, files[f"data/{name}.csv"]) for name in TABLES]
    return described


def sources(documents: bytes) -> Iterator[dict[str, str]]:
    """The government documents as sources of the package."""
    for row in csv.DictReader(io.StringIO(documents.decode("utf-8"), newline="")):
        yield {"title": row["title_zh"], "title_en": row["title_en"]}


def resource(name: str, content: bytes) -> dict[str, Any]:
    table = schemas().tables[name]
    return {
        "name": name,
        "path": f"data/{name}.csv",
        "type": "table",
        "title": table.title,
        "title_zh": table.title_zh,
        "description": table.description,
        "description_zh": table.description_zh,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": table_schema(table, schemas().codes),
    }


def descriptor_text(descriptor: Mapping[str, Any]) -> str:
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def stale_files(root: Path) -> dict[str, bytes]:
    """The canonical content of each file that is not in its canonical form."""
    files = canonical_files(root)
    return {path: content for path, content in files.items() if not same(root / path, content)}


def same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, also when the writing is cut off.

    A link is written through; what is there and is no regular file (a device, a pipe) is written to as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def format_package(root: Path) -> list[str]:
    """Brings the files of a package into canonical form; returns the paths that were rewritten."""
    stale = stale_files(root)
    for path, content in stale.items():
        write_whole(root / path, content)
    return list(stale)
