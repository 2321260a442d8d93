"""The dataset in the forms that people use. Each format is one module here, and nothing else tells of it.

A format is named as its module (with - for _) and declares TITLE (a Text that says what it is), files(package), which
gives paths and contents, and, where it has a file for each table, PER_TABLE (the path, {} being the table).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from plandata.files import PackageError, check_folder, write_folder
from plandata.package.folder import Folder
from plandata.rules import validate
from plandata.text import Text

Files = Callable[[Folder], dict[str, bytes]]


@dataclass(frozen=True)
class Format:
    """One format: what it is, its files (paths and contents), the path of the file of a table ({}) where it has one."""

    name: str
    title: Text
    files: Files
    per_table: str = ""


def format_of(module_name: str) -> Format:
    """The format that a module declares. Raises TypeError that says what it lacks."""
    module = import_module(f"{__name__}.{module_name}")
    lacking = [name for name in ("TITLE", "files") if not hasattr(module, name)]
    if lacking:
        raise TypeError(f"export/{module_name}.py: a format declares {' and '.join(lacking)}; see plandata.export")
    return Format(module_name.replace("_", "-"), module.TITLE, module.files, getattr(module, "PER_TABLE", ""))


FORMATS: dict[str, Format] = {made.name: made for made in (format_of(module.name) for module in iter_modules(__path__))}


def export(package: Folder, formats: Iterable[str], out: Path) -> list[Path]:
    """Writes a package in the named FORMATS into a new or empty folder; returns what was written.

    Every format holds all tables and the flat one; those of several files become folders of their name there, the
    others one file each. Raises PackageError for an unknown format, a package that is not valid (its broken cells
    would be lost), and a folder that holds other files or cannot be written. Each format is there whole or not at all.
    """
    chosen = list(dict.fromkeys(formats))
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise PackageError(f"no format {(unknown or [''])[0]!r}; formats: {', '.join(FORMATS)}")
    try:
        check_folder(out)
        check_package(package)
        return write_folder(format_files(package, chosen), out)
    except OSError as error:
        # A full disk names no file of its own.
        raise PackageError(f"{out}: cannot be written ({error.strerror or error})") from None


def format_files(package: Folder, formats: Iterable[str]) -> dict[str, bytes]:
    """Path and content of every file of some formats.

    >>> from plandata.schema import home
    >>> sorted(format_files(Folder(home()), ["excel-csv"]))[0]
    'excel-csv/anomalies.csv'
    """
    return {path: content for name in formats for path, content in FORMATS[name].files(package).items()}


def check_package(package: Folder) -> None:
    report = validate(package)
    if not report.valid:
        count = len(report.findings)
        raise PackageError(
            f"{package.root}: is not valid ({count:,} findings); run plandata validate and mend it first"
        )
