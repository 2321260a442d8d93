"""The dataset in the forms that people use. Each form is a module whose `files` gives paths and contents.

Contents are made in memory and written under a temporary name, so that nothing half-written ever stands
under a final name.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path

import polars as pl

from plandata.flat import flat, flat_table
from plandata.package import Package, PackageError
from plandata.schema import TABLES, Table, schemas

FORMS = ("parquet", "sqlite", "xlsx", "excel-csv", "csvw", "croissant", "zip")
MODULES = {"excel-csv": "excel_csv", "zip": "zip_archive"}
PARTIAL = ".plandata-partial-"


def export(package: Package, forms: Iterable[str], out: Path) -> list[Path]:
    """Writes a package in the named FORMS into a new or empty folder; returns what was written.

    parquet, excel-csv, csvw and croissant become folders of their name there, sqlite, xlsx and zip one file
    each. Every form holds all tables and the flat one. Raises PackageError for an unknown form, a package
    that is not valid (its broken cells would be lost), and a folder that holds other files or cannot be
    written. Each form is there whole or not at all.
    """
    chosen = list(dict.fromkeys(forms))
    unknown = [form for form in chosen if form not in FORMS]
    if unknown or not chosen:
        raise PackageError(f"no form {(unknown or [''])[0]!r}; forms: {', '.join(FORMS)}")
    try:
        check_folder(out)
        check_package(package)
        return write(form_files(package, chosen), out)
    except OSError as error:
        # A full disk names no file of its own.
        raise PackageError(f"{out}: cannot be written ({error.strerror or error})") from None


def form_files(package: Package, forms: Iterable[str]) -> dict[str, bytes]:
    """Path and content of every file of the forms.

    >>> from plandata.package import open_package
    >>> sorted(form_files(open_package(), ["excel-csv"]))[0]
    'excel-csv/anomalies.csv'
    """
    made: dict[str, bytes] = {}
    for form in forms:
        module = import_module(f"plandata.export.{MODULES.get(form, form)}")
        made |= module.files(package)
    return made


def all_tables(package: Package) -> list[tuple[Table, pl.DataFrame]]:
    """Every table of a package with its typed rows, the flat one last."""
    tables = [(schemas().tables[name], package[name]) for name in TABLES]
    return [*tables, (flat_table(), flat(package))]


def check_package(package: Package) -> None:
    report = package.validate()
    if not report.valid:
        count = len(report.findings)
        raise PackageError(
            f"{package.root}: is not valid ({count:,} findings); run plandata validate and mend it first"
        )


def check_folder(out: Path) -> None:
    """Raises PackageError unless a folder is new or empty; what an interrupted export left does not count."""
    if out.exists() and not out.is_dir():
        raise PackageError(f"{out}: is a file; name a new or empty folder")
    held = sorted(path.name for path in out.iterdir() if not path.name.startswith(PARTIAL)) if out.exists() else []
    if held:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        raise PackageError(f"{out}: already holds {held[0]}{more}; name a new or empty folder")


def write(files: Mapping[str, bytes], out: Path) -> list[Path]:
    """Writes files below a folder: all of them under a temporary name there first, then each moved in one step."""
    made = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=out, prefix=PARTIAL) as name:
            partial = Path(name)
            for path, content in files.items():
                target = partial / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            tops = sorted({path.split("/")[0] for path in files})
            return [(partial / top).rename(out / top) for top in tops]
    except BaseException:
        if made:
            with contextlib.suppress(OSError):
                shutil.rmtree(out)
        raise
