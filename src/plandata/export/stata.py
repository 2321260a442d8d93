"""Stata files of release 118 (Stata 14 and later), one a table, with variable and value labels.

They need the extra `stats`. Stata labels numbers only, so the cells of a coded column are the numbers of its codes in
the table `labels`, where the codes themselves stand; what is empty is missing. ReadStat, which writes the files, wants
a name in the file system.
"""

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import polars as pl

from plandata.files import PackageError, need
from plandata.package.folder import Folder
from plandata.read.cite import MONTHS
from plandata.read.flat import all_tables, coded
from plandata.schema import Schemas, Table
from plandata.text import Text

TITLE = Text("Stata, with value labels", "Stata（带值标签）")
PER_TABLE = "stata/{lang}/{}.dta"
VERSION = 14
STAMP = b"<timestamp>\x11"
# A truth value is a number too.
TRUTH = {0: Text("no", "否"), 1: Text("yes", "是")}
Write = Callable[..., None]
Labels = Mapping[str, Mapping[int, str]]


def files_in(package: Folder, lang: str) -> dict[str, bytes]:
    """One file a table, its variables and values labelled in a language."""
    write = partial(need("pyreadstat", "stats").write_dta, version=VERSION)
    day, month, year = day_of(package)
    stamp = f"{day} {month} {year} 00:00".encode("ascii")
    made = written(package, lang, write, PER_TABLE)
    return {path: overwritten(content, content.index(STAMP) + len(STAMP), stamp) for path, content in made.items()}


def written(package: Folder, lang: str, write: Write, path: str) -> dict[str, bytes]:
    """The tables of a package as a function of pyreadstat writes them, by their paths.

    Raises PackageError for a table that the format cannot hold.
    """
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table"
        for table, frame in all_tables(package):
            told = {
                "file_label": table.title[lang],
                "column_labels": [field.title[lang] for field in table.fields],
                "variable_value_labels": labels(package.schemas, table, lang),
            }
            try:
                write(numbered(frame, package.schemas, table), str(file), **told)
            except Exception as error:  # The library has an error of its own, and others for what it did not foresee.
                raise PackageError(f"table {table.name}: cannot be written as {path[-4:]} ({error})") from None
            made[path.format(table.name, lang=lang)] = file.read_bytes()
    return made


def numbered(frame: pl.DataFrame, schemas: Schemas, table: Table) -> pl.DataFrame:
    """A typed table with codes and truth values as numbers. Its texts have no null, which ReadStat cannot write.

    >>> from plandata.schema import edition
    >>> numbered(pl.DataFrame({"role": ["lead", None]}), edition(), edition().tables["assignments"])["role"].to_list()
    [1, None]
    """
    numbers = {
        column: pl.col(column).replace_strict(
            {c.code: number for number, c in enumerate(codes, start=1)}, return_dtype=pl.Int32
        )
        for column, codes in coded(schemas, table).items()
        if column in frame.columns
    }
    whole = frame.with_columns(numbers.values()).with_columns(pl.col(pl.Boolean).cast(pl.Int32))
    return whole.with_columns(pl.col(pl.String).fill_null(""))


def labels(schemas: Schemas, table: Table, lang: str) -> Labels:
    """What the numbers of each coded column, and of each of truth values, stand for.

    >>> from plandata.schema import edition
    >>> labels(edition(), edition().tables["units"], "zh")["collective"]
    {0: '否', 1: '是'}
    """
    made = {
        column: {number: c.label[lang] for number, c in enumerate(codes, start=1)}
        for column, codes in coded(schemas, table).items()
    }
    truth = {number: word[lang] for number, word in TRUTH.items()}
    return made | {field.name: truth for field in table.fields if field.type == "boolean"}


def day_of(package: Folder) -> tuple[str, str, str]:
    """Day, month and year of the version, as the heads of such files have them: the same data makes the same bytes."""
    year, month, day = package.stated("created")[:10].split("-")
    return day, MONTHS[int(month) - 1].capitalize(), year


def overwritten(content: bytes, start: int, stamp: bytes) -> bytes:
    """A file with other bytes in one place, the time of writing.

    >>> overwritten(b"abcd", 1, b"XY")
    b'aXYd'
    """
    return content[:start] + stamp + content[start + len(stamp) :]
