"""The download page: every table and every form of the whole, with sizes, hashes and how to load them."""

import hashlib
from collections.abc import Iterator
from functools import cache

from plandata.export import FORMATS
from plandata.files import JSON_BYTES, TABLE_BYTES, csv_text, inside, read_file
from plandata.package.folder import DESCRIPTOR
from plandata.read.flat import LANGUAGES, derived
from plandata.site.edition import Edition
from plandata.site.jsonld import dataset_json
from plandata.site.page import DATA, Files, Nav, Values, kind
from plandata.text import LANGS, Text
from plandata.words import Words

FOLDER, SUMS = "downloads", "SHA256SUMS"
PLAIN, PLAIN_TITLE = "{}.csv", Text("CSV", "CSV")
# Not offered: csv is the package's own files, and those of statistics are large and made by a command in no time.
LEFT_OUT = ("csv", "spss", "stata")
OFFERED = {name: form for name, form in FORMATS.items() if name not in LEFT_OUT}
# What is told first: to read, the whole as it is.
FIRST = ("excel", "zip")
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
    made = {
        PLAIN.format(table.name): csv_text(frame.columns, frame.iter_rows()).encode()
        for table, frame in derived(package)
    }
    own = {**tables, **made, DESCRIPTOR: read_file(inside(package.root, DESCRIPTOR), JSON_BYTES)}
    return {"": own} | {name: form.files(package) for name, form in OFFERED.items()}


@kind(
    "download", "download.md.j2", Text("Download", "下载"),
    Text("The dataset as CSV, Parquet, SQLite, XLSX and zip.", "以 CSV、Parquet、SQLite、XLSX 和 zip 下载数据。"),
    nav=Nav(50, Text("Download", "下载"), DATA), hide=(), files=files,
)  # fmt: skip
def download(edition: Edition, say: Words) -> Iterator[Values]:
    """The files of the whole and of each table."""
    contents = {path: content for form in forms(edition).values() for path, content in form.items()}
    per_table = [(PLAIN_TITLE, PLAIN)] + [(form.title, form.per_table) for form in OFFERED.values() if form.per_table]
    tables = [*edition.schemas.tables.values(), *(table for table, _ in derived(edition.package))]
    yield {
        "whole": list(whole(edition, say.lang)),
        "workbooks": list(in_languages(edition, "excel", say.lang)),
        "forms": [title for title, _ in per_table],
        "tables": [(table, [path.format(table.name) for _, path in per_table]) for table in tables],
        "sizes": {path: size(len(content)) for path, content in contents.items()},
        "hashes": {path: digest(content) for path, content in contents.items()},
        "about": edition.about, "sums": SUMS,
        "json_ld": dataset_json(edition, say.lang, "download"),
    }  # fmt: skip


def whole(edition: Edition, lang: str) -> Iterator[tuple[str, Text]]:
    """The files that hold or describe the whole dataset, and what they are; those of one table stand apart.

    Of the files that are in one language that of the page comes first.
    """
    named = sorted(OFFERED.items(), key=lambda entry: FIRST.index(entry[0]) if entry[0] in FIRST else len(FIRST))
    for name, form in named:
        if not form.bilingual:
            for path, language in in_languages(edition, name, lang):
                yield path, Text(*(form.title[told] + language[told] for told in LANGS))
        elif not form.per_table:
            yield from ((path, form.title) for path in forms(edition)[name] if not path.endswith(".csv"))
    yield DESCRIPTOR, DESCRIPTOR_TITLE


def in_languages(edition: Edition, name: str, lang: str) -> Iterator[tuple[str, Text]]:
    """The file of a format in each language, with the name of the language; that of the page first."""
    paths = dict(zip(LANGS, forms(edition)[name], strict=True))
    for own in sorted(LANGS, key=lambda told: told != lang):
        yield paths[own], LANGUAGES[own]


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
