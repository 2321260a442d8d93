"""The download page: every table and every form of the whole, with sizes, hashes and how to load them."""

import hashlib
from collections.abc import Iterator, Mapping

from plandata.export import FORMS, form_files
from plandata.flat import flat_table
from plandata.schema import TABLES, schemas
from plandata.site.edition import Edition
from plandata.site.jsonld import dataset_json
from plandata.site.page import Maker, Page, make, pick, ways

SUMS = "SHA256SUMS"
PER_TABLE = {"csv": "{}.csv", "excel-csv": "excel-csv/{}.csv", "parquet": "parquet/{}.parquet"}


def downloads(edition: Edition) -> dict[str, bytes]:
    """Path below the folder `downloads` and content of every file that the page offers."""
    package = edition.package
    plain = {f"{name}.csv": (package.root / package.paths[name]).read_bytes() for name in TABLES}
    descriptor = {"datapackage.json": (package.root / "datapackage.json").read_bytes()}
    files = plain | descriptor | form_files(package, FORMS)
    files["flat.csv"] = files["csvw/flat.csv"]
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in files.items())
    return files | {SUMS: sums.encode()}


def maker(files: Mapping[str, bytes]) -> Maker:
    """What makes the page for some files."""

    def pages(edition: Edition, lang: str) -> Iterator[Page]:
        title = pick(lang, "Download", "下载")
        described = pick(
            lang,
            "The dataset as CSV, Parquet, SQLite, XLSX and zip.",
            "以 CSV、Parquet、SQLite、XLSX 和 zip 下载数据。",
        )
        tables = [*schemas().tables.values(), flat_table()]
        yield make(
            edition, lang, "download", title, described, "download.md.j2",
            tables=[(table, {form: path.format(table.name) for form, path in PER_TABLE.items()}) for table in tables],
            whole=[path for path in files if is_whole(path)],
            sizes={path: size(len(content)) for path, content in files.items()},
            hashes={path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
            hide=(), about=edition.about, json_ld=dataset_json(edition, lang, ways("download", lang)[1]), sums=SUMS,
        )  # fmt: skip

    return pages


def is_whole(path: str) -> bool:
    """Whether a file is the whole dataset, or describes it."""
    return path.endswith((".zip", ".xlsx", ".sqlite", ".json")) and path != SUMS


def size(count: int) -> str:
    """A number of bytes for readers.

    >>> size(900), size(2_449_408)
    ('900 B', '2.4 MB')
    """
    for unit, worth in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= worth:
            return f"{count / worth:.1f} {unit}"
    return f"{count} B"
