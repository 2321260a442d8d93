"""A data package as it lies on disk: finds it, reads its descriptor, its schemas and its tables.

Only files below the package's own folder are read: a resource path that is absolute, climbs out, leads
out over a link or is an address is a finding, and is never opened.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from plandata.files import TABLE_BYTES, PackageError, inside, is_file, read_file, read_json, read_yaml, unsafe, utf8
from plandata.finding import Finding, Rule
from plandata.package.about import CITATION
from plandata.package.reader import GROUP, ROW, Sheet, read_sheet, typed
from plandata.parallel import mapped
from plandata.schema import FOLDER, Schemas, home, schemas_of, yaml_files

DESCRIPTOR, METADATA = "datapackage.json", "package.yaml"
# What package.yaml and the descriptor of a draft say of it, and the file of what a person must look at in it.
DRAFT, DOUBTS = "draft", "doubts.csv"
LICENCE, IDS = "LICENSE-DATA", "docs/data/ids.txt"
# Where a package keeps the figures of its last verification, for the texts are not in it; an example of observations.
RECORD, EXAMPLE = "docs/data/verification.json", "examples/observations.csv"
# How many mistakes made on purpose the commands found (benchmarks/mistakes.py writes it).
MISTAKES = "docs/data/mistakes.json"
# How near drafts of the documents come to their rows (benchmarks/draft_score.py writes it).
SCORES = "docs/data/drafts.json"
# What is published of a package beside its descriptor, tables and schemas.
PUBLISHED = (METADATA, LICENCE, CITATION)
# What is read and written in a package beside its tables and schemas.
BESIDE = (METADATA, LICENCE, CITATION, IDS, RECORD, MISTAKES, SCORES, EXAMPLE, DOUBTS)
NUMBER = "(?:0|[1-9][0-9]{0,5})"
# The years that the date of a file in an archive can have.
FIRST_YEAR, LAST_YEAR = 1980, 2107
# What goes into names and dates of files, its form, and what is said of another: a name as Data Package 2.0 has it that
# is no hidden file and no folder above, a semantic version, a day.
STATED = {
    "name": (
        re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?"),
        "is not of small letters and digits, with . _ - between them, at most 100",
    ),
    "version": (
        re.compile(rf"{NUMBER}(?:\.{NUMBER}){{2}}(?:[-+][0-9A-Za-z]{{1,20}}(?:[.-][0-9A-Za-z]{{1,20}}){{0,4}}){{0,2}}"),
        "is no version such as 1.2.0 or 1.2.0-draft.1",
    ),
    "created": (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:]{8}Z)?"),
        f"is no day of {FIRST_YEAR} to {LAST_YEAR} such as 2026-11-24T00:00:00Z",
    ),
}
table_is_listed = Rule("table_is_listed", GROUP, "Every table of the package is listed once in datapackage.json.")
table_is_known = Rule("table_is_known", GROUP, "Every listed table is one of the tables that the schemas describe.")
path_stays_in_the_package = Rule(
    "path_stays_in_the_package", GROUP, "Every file that a package names or keeps lies inside it."
)
listed_file_exists = Rule("listed_file_exists", GROUP, "Every listed file exists.")
file_is_listed = Rule("file_is_listed", GROUP, "Every file in data/ is listed in datapackage.json.")
file_matches_its_hash = Rule(
    "file_matches_its_hash", GROUP, "The size and SHA-256 of a file are those that datapackage.json states."
)
id_is_kept_or_retired = Rule(
    "id_is_kept_or_retired", GROUP, "An id that the package ever had is in its table, or in retired_ids."
)
id_is_retired_by_a_release = Rule(
    "id_is_retired_by_a_release", GROUP, "The version that retired an id is not later than that of the package."
)
metadata_fits_file_names = Rule(
    "metadata_fits_file_names",
    GROUP,
    "Name, version and time of a package are such as names and dates of files can be.",
)


def find(path: str | Path | None = None) -> Path:
    """The folder of a package, or that of a datapackage.json; without a path this folder, else the shipped edition."""
    if path is None:
        here = Path.cwd()
        return here if (here / DESCRIPTOR).is_file() else home()
    root = Path(path)
    return root.parent if root.name == DESCRIPTOR else root


@dataclass
class Folder:
    """A data package on disk. `folder["targets"]` is a Polars frame of the table with typed columns.

    Raises PackageError where there is no readable descriptor.
    """

    root: Path
    descriptor: Mapping[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.descriptor = read_descriptor(self.root)

    @cached_property
    def schemas(self) -> Schemas:
        """The tables, columns and codes that the package describes; without schemas/ those of the shipped edition."""
        return schemas_of(self.root)

    @property
    def is_draft(self) -> bool:
        """Whether the package is a draft, of which a person has yet to judge the rows."""
        return self.descriptor.get(DRAFT) is True

    @cached_property
    def left_out(self) -> list[str]:
        """The tables and TABLE.COLUMNs of the edition that package.yaml says the package leaves out."""
        path = self.root / METADATA
        about = read_yaml(path) if is_file(path) and not unsafe(self.root, METADATA) else {}
        named = about.get("leaves_out") if isinstance(about, dict) else None
        return [str(name) for name in named] if isinstance(named, list) else []

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each known table as the descriptor states it."""
        named = {str_or_kind(r.get("name")): r.get("path") for r in resources(self.descriptor)}
        return {name: path for name, path in named.items() if name in self.schemas.tables and isinstance(path, str)}

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """The tables as text, with the findings on their form; those that are unsafe or missing are left out."""
        readable = {name: path for name, path in self.paths.items() if not unsafe(self.root, path)}
        sizes = {
            name: (self.root / path).stat().st_size for name, path in readable.items() if is_file(self.root / path)
        }
        # The largest first leaves no thread behind with it at the end.
        largest_first = sorted(sizes, key=sizes.__getitem__, reverse=True)
        read = dict(zip(largest_first, mapped(self.read, largest_first), strict=True))
        return {name: read[name] for name in sizes}

    def read(self, name: str) -> Sheet:
        """The table in the file that the descriptor names for it."""
        path = self.paths[name]
        return read_sheet(read_file(inside(self.root, path), TABLE_BYTES), path, self.schemas.tables[name])

    @cached_property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables as text frames with the column `row`, without those that could not be read."""
        return {name: sheet.frame for name, sheet in self.sheets.items() if sheet.usable}

    def __getitem__(self, name: str) -> pl.DataFrame:
        """A table with typed columns (integers, decimals as floats, dates, booleans; empty cells are null).

        Raises KeyError for a name that is no table, PackageError for a table that cannot be read.
        """
        if name not in self.schemas.tables:
            raise KeyError(f"no table {name!r}; tables: {', '.join(self.schemas.tables)}")
        return typed(self.text(name), self.schemas.tables[name]).drop(ROW)

    def text(self, name: str) -> pl.DataFrame:
        """A table as a text frame with the column `row`. Raises PackageError for one that cannot be read."""
        if name not in self.tables:
            path = self.root / self.paths.get(name, name)
            raise PackageError(f"{path}: cannot be read as table {name}; run plandata validate")
        return self.tables[name]

    def beside(self, name: str) -> bytes | None:
        """The content of a file of the package (a table, a licence, a citation); None where it is missing.

        Raises PackageError for one that leads out of the package over a link, and as files.read_file does.
        """
        path = inside(self.root, name)
        return read_file(path, TABLE_BYTES) if path.exists() else None

    def published(self) -> dict[str, bytes]:
        """Path and content of what is published of a package: descriptor, tables, schemas, metadata, licence, citation.

        Raises PackageError as `beside` does.
        """
        tables = [path for entry in resources(self.descriptor) if isinstance(path := entry.get("path"), str)]
        schemas = [f"{FOLDER}/{path.name}" for path in yaml_files(self.root / FOLDER)]
        paths = dict.fromkeys([DESCRIPTOR, *tables, *schemas, *PUBLISHED])
        return {path: content for path in paths if (content := self.beside(path)) is not None}

    def stated(self, key: str) -> str:
        """What the descriptor states under one of STATED. Raises PackageError if no file can be named or dated so."""
        value = self.descriptor.get(key)
        if not isinstance(value, str) or misstated(key, value):
            raise PackageError(f"{self.root / DESCRIPTOR}: {key} {misstated(key, value)}; run plandata validate")
        return value

    def file_findings(self) -> Iterator[Finding]:
        """What is wrong with the package's files, apart from the content of the tables."""
        yield from self.metadata_findings()
        yield from self.link_findings()
        yield from self.listing_findings()
        for resource in resources(self.descriptor):
            yield from self.resource_findings(resource)
        listed = {str_or_kind(resource.get("path")) for resource in resources(self.descriptor)}
        for path in [] if unsafe(self.root, "data") else sorted(self.root.glob("data/**/*")):
            shown = path.relative_to(self.root).as_posix()
            if path.is_file() and shown not in listed:
                yield file_is_listed.finding("", shown, value=shown)
        yield from self.lost_ids()
        yield from self.retired_later()

    def lost_ids(self) -> Iterator[Finding]:
        """The ids of docs/data/ids.txt that are in no table any more, and not retired either."""
        path = self.root / IDS
        known = utf8(path, TABLE_BYTES).splitlines() if not unsafe(self.root, IDS) and is_file(path) else []
        frames, retired = self.tables, set()
        if "retired_ids" in frames:
            retired = set(frames["retired_ids"].select("table_name", "old_id").iter_rows())
        held = {name: set(frame[self.schemas.tables[name].key[0]]) for name, frame in frames.items()} if known else {}
        for line, entry in enumerate(known, 1):
            table, _, row_id = entry.partition(" ")
            if table in held and row_id not in held[table] and (table, row_id) not in retired:
                yield id_is_kept_or_retired.finding(table, IDS, line, row_id, value=row_id)

    def retired_later(self) -> Iterator[Finding]:
        """The retired ids whose version is later than the package's, where both are versions."""
        current = numbers(self.descriptor.get("version"))
        sheet = self.sheets.get("retired_ids")
        if sheet is None or not sheet.usable or current is None or "version" not in sheet.frame.columns:
            return
        key = pl.concat_str(sheet.table.key, separator="/", ignore_nulls=True)
        for row, retired, version in sheet.frame.select(ROW, key.alias("key"), "version").iter_rows():
            past = numbers(version)
            if past is not None and past > current:
                yield id_is_retired_by_a_release.finding(
                    "retired_ids", sheet.path, sheet.line(row), retired, column="version", value=version
                )

    def metadata_findings(self) -> Iterator[Finding]:
        """What the descriptor states of the whole that no name or date of a file can hold."""
        for key in STATED:
            value = self.descriptor.get(key)
            if misstated(key, value):
                yield metadata_fits_file_names.finding(
                    "", DESCRIPTOR, column=key, value=str_or_kind(value), detail=misstated(key, value)
                )

    def link_findings(self) -> Iterator[Finding]:
        """The files beside the tables that are links out of the package; they are not opened."""
        for path in BESIDE:
            if unsafe(self.root, path):
                yield path_stays_in_the_package.finding("", path, value=path, detail=unsafe(self.root, path))

    def listing_findings(self) -> Iterator[Finding]:
        """Tables that the descriptor leaves out or lists twice, and entries that are no objects."""
        times = Counter(str_or_kind(resource.get("name")) for resource in resources(self.descriptor))
        for name in self.schemas.tables:
            if name not in self.paths:
                yield table_is_listed.finding(name, DESCRIPTOR, value=name)
            elif times[name] > 1:
                yield table_is_listed.finding(name, DESCRIPTOR, value=name, detail=f"{times[name]} x")
        for entry in self.descriptor["resources"]:
            if not isinstance(entry, dict):
                yield table_is_known.finding("", DESCRIPTOR, value=str_or_kind(entry))

    def resource_findings(self, resource: Mapping[str, Any]) -> Iterator[Finding]:
        name, path = str_or_kind(resource.get("name")), resource.get("path")
        if name not in self.schemas.tables:
            yield table_is_known.finding(name, DESCRIPTOR, value=name)
        reason = unsafe(self.root, path)
        if reason:
            yield path_stays_in_the_package.finding(name, DESCRIPTOR, value=str_or_kind(path), detail=reason)
            return
        shown = str(path)
        if not is_file(self.root / shown):
            yield listed_file_exists.finding(name, shown, value=shown)
            return
        size, digest = self.size_and_hash(name, shown)
        stated = str(resource.get("hash", ""))
        if stated != digest or resource.get("bytes") != size:
            yield file_matches_its_hash.finding(name, shown, value=stated, detail=f"{digest}, {size} bytes")

    def size_and_hash(self, name: str, path: str) -> tuple[int, str]:
        """The size and the hash of a file, as the descriptor writes it; of a table that was read, as it was then."""
        sheet = self.sheets.get(name)
        if sheet is not None and sheet.path == path:
            return sheet.size, f"sha256:{sheet.sha256}"
        content = read_file(inside(self.root, path), TABLE_BYTES)
        return len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"


def resources(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entries of the descriptor that are objects."""
    yield from (entry for entry in descriptor["resources"] if isinstance(entry, dict))


def misstated(key: str, value: object) -> str:
    """What is wrong with one of STATED, or "" where nothing is.

    >>> misstated("name", "../plans"), misstated("version", "0.2.0")
    ('is not of small letters and digits, with . _ - between them, at most 100', '')
    """
    form, wrong = STATED[key]
    fits = isinstance(value, str) and form.fullmatch(value) and (key != "created" or is_date(value))
    return "" if fits else wrong


def numbers(version: object) -> tuple[int, ...] | None:
    """The three numbers of a version; None for what is none.

    >>> numbers("0.10.2-draft.1"), numbers("soon")
    ((0, 10, 2), None)
    """
    form, _ = STATED["version"]
    if not isinstance(version, str) or not form.fullmatch(version):
        return None
    return tuple(map(int, re.findall("[0-9]+", version)[:3]))


def is_date(text: str) -> bool:
    """Whether a text is a day, or a day and a time, that the files of an archive can bear."""
    try:
        return FIRST_YEAR <= datetime.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


def str_or_kind(value: object) -> str:
    """A text of the descriptor, or the kind of what stands in its place."""
    return value if isinstance(value, str) else f"({type(value).__name__})"


def read_descriptor(root: Path) -> Mapping[str, Any]:
    path = inside(root, DESCRIPTOR)
    if not path.exists():
        raise PackageError(f"{path}: not found; name the folder that holds {DESCRIPTOR}")
    descriptor = read_json(path)
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise PackageError(f"{path}: has no list of resources; run plandata fmt to write it anew")
    return descriptor
