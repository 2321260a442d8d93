"""The download page: every table and every form of the whole, with sizes, hashes and how to load them."""

import hashlib
from collections.abc import Iterator
from functools import cache

from plandata.export import FORMATS
from plandata.files import JSON_BYTES, TABLE_BYTES, csv_text, inside, read_file
from plandata.package.folder import DESCRIPTOR
from plandata.read.flat import CODE_TABLE, codes, codes_table, flat_table
from plandata.read.flat import NAME as FLAT
from plandata.site.edition import Edition
from plandata.site.jsonld import dataset_json
from plandata.site.page import DATA, Files, Nav, Values, kind
from plandata.text import Text
from plandata.words import Words

FOLDER, SUMS = "downloads", "SHA256SUMS"
PLAIN, PLAIN_TITLE = "{}.csv", Text("CSV", "CSV")
DESCRIPTOR_TITLE = Text(
    "Descriptor (Data Package 2.0); names the CSV files beside it", "描述文件（Data Package 2.0），对应同目录CSV"
)


def files(edition: Edition) -> Files:
    """Every file that the page offers, and the list of their hashes."""
    offered = {path: content for form in forms(edition).values() for path, content in form.items()}
    sums = "".join(f"{digest(content)}  {path}\n" for path, content in offered.items())
    return {f"{FOLDER}/{path}": content for path, content in (offered | {SUMS: sums.encode()}).items()}


@cache
def forms(edition: Edition) -> dict[str, Files]:
    """The package's own files under "", and the files of each export format; made once, for it takes seconds."""
    package = edition.package
    read = {name: read_file(inside(package.root, sheet.path), TABLE_BYTES) for name, sheet in package.sheets.items()}
    tables = {PLAIN.format(name): content for name, content in read.items()}
    derived = {FLAT: edition.flat, CODE_TABLE: codes(edition.schemas)}
    made = {PLAIN.format(name): csv_text(frame.columns, frame.iter_rows()).encode() for name, frame in derived.items()}
    own = {**tables, **made, DESCRIPTOR: read_file(inside(package.root, DESCRIPTOR), JSON_BYTES)}
    return {"": own} | {name: form.files(package) for name, form in FORMATS.items()}


@kind(
    "download", "download.md.j2", Text("Download", "下载"),
    Text("The dataset as CSV, Parquet, SQLite, XLSX and zip.", "以 CSV、Parquet、SQLite、XLSX 和 zip 下载数据。"),
    nav=Nav(50, Text("Download", "下载"), DATA), hide=(), files=files,
)  # fmt: skip
def download(edition: Edition, say: Words) -> Iterator[Values]:
    """The files of the whole and of each table."""
    contents = {path: content for form in forms(edition).values() for path, content in form.items()}
    per_table = [(PLAIN_TITLE, PLAIN)] + [(form.title, form.per_table) for form in FORMATS.values() if form.per_table]
    tables = [*edition.schemas.tables.values(), flat_table(edition.schemas), codes_table(edition.schemas)]
    yield {
        "whole": list(whole(edition)),
        "forms": [title for title, _ in per_table],
        "tables": [(table, [path.format(table.name) for _, path in per_table]) for table in tables],
        "sizes": {path: size(len(content)) for path, content in contents.items()},
        "hashes": {path: digest(content) for path, content in contents.items()},
        "about": edition.about, "sums": SUMS,
        "json_ld": dataset_json(edition, say.lang, "download"),
    }  # fmt: skip


def whole(edition: Edition) -> Iterator[tuple[str, Text]]:
    """The files that hold or describe the whole dataset, and what they are; those of one table stand apart."""
    yield DESCRIPTOR, DESCRIPTOR_TITLE
    for name, form in FORMATS.items():
        for path in () if form.per_table else forms(edition)[name]:
            if not path.endswith(".csv"):
                yield path, form.title


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def size(count: int) -> str:
    """A number of bytes for readers.

    >>> size(900), size(2_449_408)
    ('900 B', '2.4 MB')
    """
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}"
    return f"{count} B"
