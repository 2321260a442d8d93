"""A data package on disk: finds it, reads its descriptor and its tables.

Only files below the package's own folder are read: a resource path that is absolute, climbs out, leads
out over a link or is an address is a finding, and is never opened.
"""

import errno
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from plandata.finding import Finding
from plandata.schema import TABLES, home, schemas

if TYPE_CHECKING:
    import polars as pl

    from plandata.finding import Report
    from plandata.reader import Sheet

DESCRIPTOR = "datapackage.json"
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class PackageError(Exception):
    """The package cannot be read at all; the message names the file and says what to do."""


def open_package(path: str | Path | None = None) -> "Package":
    """The package in a folder, or that of a datapackage.json.

    Without a path it is the one in this folder, else the shipped edition.

    Raises PackageError where there is no readable descriptor.

    >>> open_package()["places"].columns[0]
    'place_id'
    """
    if path is None:
        here = Path.cwd()
        return Package(here if (here / DESCRIPTOR).is_file() else home())
    root = Path(path)
    return Package(root.parent if root.name == DESCRIPTOR else root)


@dataclass
class Package:
    """A data package. `package["targets"]` is a Polars frame of the table with typed columns."""

    root: Path
    descriptor: Mapping[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.descriptor = read_descriptor(self.root)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each known table as the descriptor states it."""
        named = {str_or_kind(r.get("name")): r.get("path") for r in resources(self.descriptor)}
        return {name: path for name, path in named.items() if name in TABLES and isinstance(path, str)}

    @cached_property
    def sheets(self) -> "dict[str, Sheet]":
        """The tables as text, with their line numbers and structural problems; unsafe and missing ones are left out."""
        from plandata.reader import read_sheet

        tables = schemas().tables
        readable = {name: path for name, path in self.paths.items() if not unsafe(self.root, path)}
        return {
            name: read_sheet(self.root / path, path, tables[name])
            for name, path in readable.items()
            if is_file(self.root / path)
        }

    @cached_property
    def tables(self) -> "dict[str, pl.DataFrame]":
        """The tables as text frames, without those that could not be read."""
        return {name: sheet.frame for name, sheet in self.sheets.items() if sheet.usable}

    def __getitem__(self, name: str) -> "pl.DataFrame":
        """A table with typed columns (integers, decimals as floats, dates, booleans; empty cells are null).

        Raises KeyError for a name that is no table, PackageError for a table that cannot be read.
        """
        from plandata.typed import typed

        if name not in TABLES:
            raise KeyError(f"no table {name!r}; tables: {', '.join(TABLES)}")
        if name not in self.tables:
            path = self.root / self.paths.get(name, name)
            raise PackageError(f"{path}: cannot be read as table {name}; run plandata validate")
        return typed(self.tables[name], schemas().tables[name])

    def targets_of(self, item_id: str) -> "pl.DataFrame":
        """The targets of a goal or a measure, with their indicators; see `plandata.joins.targets_of`."""
        from plandata.joins import targets_of

        return targets_of(self, item_id)

    def bodies_of(self, item_id: str) -> "pl.DataFrame":
        """The bodies that lead or share a goal or a measure; see `plandata.joins.bodies_of`."""
        from plandata.joins import bodies_of

        return bodies_of(self, item_id)

    def flat(self) -> "pl.DataFrame":
        """Every target with its place, plan, domain, item, indicator and lead bodies; see `plandata.flat`."""
        from plandata.flat import flat

        return flat(self)

    def validate(self) -> "Report":
        """All findings of one run: files, schema, keys, coding rules."""
        from plandata.validate import validate

        return validate(self)

    def file_findings(self) -> Iterator[Finding]:
        """What is wrong with the package's files, apart from the content of the tables."""
        yield from self.listing_findings()
        for resource in resources(self.descriptor):
            yield from self.resource_findings(resource)
        listed = {str_or_kind(resource.get("path")) for resource in resources(self.descriptor)}
        for path in [] if unsafe(self.root, "data") else sorted(self.root.glob("data/**/*")):
            shown = path.relative_to(self.root).as_posix()
            if path.is_file() and shown not in listed:
                yield whole("file_is_listed", "", shown, shown)

    def listing_findings(self) -> Iterator[Finding]:
        """Tables that the descriptor leaves out or lists twice, and entries that are no objects."""
        times = Counter(str_or_kind(resource.get("name")) for resource in resources(self.descriptor))
        for name in TABLES:
            if name not in self.paths:
                yield whole("table_is_listed", name, DESCRIPTOR, name)
            elif times[name] > 1:
                yield whole("table_is_listed", name, DESCRIPTOR, name, f"{times[name]} x")
        for entry in self.descriptor["resources"]:
            if not isinstance(entry, dict):
                yield whole("table_is_known", "", DESCRIPTOR, str_or_kind(entry))

    def resource_findings(self, resource: Mapping[str, Any]) -> Iterator[Finding]:
        name, path = str_or_kind(resource.get("name")), resource.get("path")
        if name not in TABLES:
            yield whole("table_is_known", name, DESCRIPTOR, name)
        reason = unsafe(self.root, path)
        if reason:
            yield whole("path_stays_in_the_package", name, DESCRIPTOR, str_or_kind(path), reason)
            return
        file = self.root / str(path)
        if not is_file(file):
            yield whole("listed_file_exists", name, str(path), str(path))
            return
        content = file.read_bytes()
        stated, found = str(resource.get("hash", "")), f"sha256:{hashlib.sha256(content).hexdigest()}"
        if stated != found or resource.get("bytes") != len(content):
            yield whole("file_matches_its_hash", name, str(path), stated, f"{found}, {len(content)} bytes")


def whole(rule: str, table: str, path: str, value: str, detail: str = "") -> Finding:
    """A finding about a file as a whole."""
    return Finding(rule, "error", table, path, 0, "", "", value, detail)


def resources(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entries of the descriptor that are objects."""
    yield from (entry for entry in descriptor["resources"] if isinstance(entry, dict))


def str_or_kind(value: object) -> str:
    """A text of the descriptor, or the kind of what stands in its place."""
    return value if isinstance(value, str) else f"({type(value).__name__})"


def is_file(path: Path) -> bool:
    """Whether a regular file can be reached there; a name that no file system takes reaches none."""
    try:
        return path.is_file()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return False
        raise


def read_descriptor(root: Path) -> Mapping[str, Any]:
    path = root / DESCRIPTOR
    if not path.is_file():
        raise PackageError(f"{path}: not found; name the folder that holds {DESCRIPTOR}")
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise PackageError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise PackageError(
            f"{path}:{error.lineno}:{error.colno}: is not JSON ({error.msg}); mend it, or run plandata fmt"
        ) from None
    except ValueError as error:
        raise PackageError(f"{path}: is no descriptor ({error})") from None
    except RecursionError:
        raise PackageError(f"{path}: is nested too deeply to be a descriptor") from None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise PackageError(f"{path}: has no list of resources; run plandata fmt to write it anew")
    return descriptor


def unsafe(root: Path, path: object) -> str:
    """Why a resource path may not be opened, or "" where it may."""
    if not isinstance(path, str) or not path:
        return "is no path"
    if ADDRESS.match(path) or path.startswith("//"):
        return "is an address"
    pure = PurePosixPath(path)
    if pure.is_absolute() or path.startswith("~"):
        return "is absolute"
    if "\\" in path or not path.isprintable():
        return "has a backslash or an invisible character"
    if ".." in pure.parts:
        return "climbs out of the package"
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except RuntimeError:
        return "is a link that leads in a circle"
    return "" if inside else "leads out of the package over a link"
