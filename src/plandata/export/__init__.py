"""The dataset in the forms that people use. Each format is one module here, and nothing else tells of it.

A format is named as its module (with - for _) and declares TITLE (a Text that says what it is), files(package), which
gives paths and contents, and, where it has a file for each table, PER_TABLE (the path, {} being the table). One whose
files are in one language declares files_in(package, lang) instead, and {lang} in PER_TABLE.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from plandata.files import PackageError, check_folder, write_folder
from plandata.package.folder import Folder
from plandata.report.findings import FINDING, FINDINGS, counted
from plandata.rules import validate
from plandata.text import LANGS, Text

Files = dict[str, bytes]


@dataclass(frozen=True)
class Format:
    """One format: what it is, how its files are made, the path of the file of a table ({}) where it has one.

    bilingual: a file holds both languages, else there is one for each, and {lang} stands in the path.
    """

    name: str
    title: Text
    make: Callable[..., Files]
    per_table: str
    bilingual: bool

    def files(self, package: Folder, langs: Sequence[str] = LANGS) -> Files:
        """Path and content of each file, of those in one language the ones in langs."""
        if self.bilingual:
            return self.make(package)
        return {path: content for lang in langs for path, content in self.make(package, lang).items()}

    def path(self, table: str, lang: str) -> str:
        """The path of the file of a table, in a language where it is in one."""
        return self.per_table.format(table, lang=lang)


def format_of(module_name: str) -> Format:
    """The format that a module declares. Raises TypeError that says what it lacks."""
    module = import_module(f"{__name__}.{module_name}")
    bilingual = not hasattr(module, "files_in")
    make = "files" if bilingual else "files_in"
    lacking = [name for name in ("TITLE", make) if not hasattr(module, name)]
    if lacking:
        raise TypeError(f"export/{module_name}.py: a format declares {' and '.join(lacking)}; see plandata.export")
    name, per_table = module_name.replace("_", "-"), getattr(module, "PER_TABLE", "")
    return Format(name, module.TITLE, getattr(module, make), per_table, bilingual)


FORMATS: dict[str, Format] = {made.name: made for made in (format_of(module.name) for module in iter_modules(__path__))}


def export(package: Folder, formats: Iterable[str], out: Path, langs: Sequence[str] = LANGS) -> list[Path]:
    """Writes a package in the named FORMATS into a new or empty folder; returns what was written.

    Every format but that for reading (excel) holds all tables and those made from them; those of several files become
    folders of their name there, the others one file each. langs: the languages of files that are in one language.
    Raises PackageError for an unknown format, for languages that no file of the formats is in alone, for a package
    that is not valid (its broken cells would be lost), and a folder that holds other files or cannot be written. Each
    format is there whole or not at all.
    """
    chosen = list(dict.fromkeys(formats))
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise PackageError(f"no format {(unknown or [''])[0]!r}; formats: {', '.join(FORMATS)}")
    if set(langs) != set(LANGS) and all(FORMATS[name].bilingual for name in chosen):
        alone = ", ".join(name for name, made in FORMATS.items() if not made.bilingual)
        raise PackageError(f"{', '.join(chosen)}: each file is in both languages; only {alone} can be had in one")
    try:
        check_folder(out)
        check_package(package)
        return write_folder(format_files(package, chosen, langs), out)
    except OSError as error:
        # A full disk names no file of its own.
        raise PackageError(f"{out}: cannot be written ({error.strerror or error})") from None


def format_files(package: Folder, formats: Iterable[str], langs: Sequence[str] = LANGS) -> Files:
    """Path and content of every file of some formats.

    >>> from plandata.schema import home
    >>> sorted(format_files(Folder(home()), ["excel-csv"]))[0]
    'excel-csv/anomalies.csv'
    """
    return {path: content for name in formats for path, content in FORMATS[name].files(package, langs).items()}


def check_package(package: Folder) -> None:
    report = validate(package)
    if not report.valid:
        found = counted(len(report.findings), FINDING, FINDINGS)["en"]
        raise PackageError(f"{package.root}: is not valid ({found}); run plandata validate and mend it first")
