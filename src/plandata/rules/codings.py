"""Rules about the two codings that a package may keep beside its tables, in coding/."""

import csv
from collections.abc import Iterator, Mapping

import polars as pl

from plandata.files import PackageError, is_file, unsafe
from plandata.finding import Finding, rule
from plandata.package.folder import Folder
from plandata.package.reader import ROW, Sheet
from plandata.tables import ITEM_TABLES
from plandata.texts.agreement import CODING, SETS, code_sets, read
from plandata.texts.reliability import Codes

DECISIONS = f"{CODING}/adjudication.csv"


@rule()
def what_both_coders_gave_stands(package: Folder) -> Iterator[Finding]:
    """A code that two coders gave an item independently is in its table, and one that neither gave is not, unless the
    adjudication says why.
    """
    try:
        decisions = read(package.root / DECISIONS) if kept(package, DECISIONS) else []
        told = {(row["item_id"], row["what"]) for row in decisions}
        for name, column in SETS.items():
            paths = [f"{CODING}/{coder}_{name}.csv" for coder in ("first", "second")]
            if name in package.tables and all(kept(package, path) for path in paths):
                first, second = (code_sets(read(package.root / path), column) for path in paths)
                yield from disputed(package.sheets[name], column, first, second, told)
    except (PackageError, OSError, KeyError, csv.Error) as error:
        words = f"{type(error).__name__}: {error}".replace(f"{package.root}/", "")
        yield what_both_coders_gave_stands.finding("", CODING, detail=f"cannot be read ({words})")


def kept(package: Folder, path: str) -> bool:
    """Whether a package has a file; links out of it are told of elsewhere."""
    return not unsafe(package.root, path) and is_file(package.root / path)


def disputed(
    sheet: Sheet, column: str, first: Mapping[str, Codes], second: Mapping[str, Codes], told: set[tuple[str, str]]
) -> Iterator[Finding]:
    """The codes of a table that stand against both codings; told are the items, each with what was decided."""
    name, tell = sheet.table.name, what_both_coders_gave_stands.finding
    keys = [key for key in ITEM_TABLES.values() if key in sheet.frame.columns and key != column]
    if not keys or column not in sheet.frame.columns:
        return
    rows = sheet.frame.select(pl.coalesce(keys).alias("item_id"), column, ROW)
    own = {(item, code): row for item, code, row in rows.iter_rows()}

    def decided(item: str, code: str) -> bool:
        return bool({(item, f"{column} {code}"), (item, name)} & told)

    for item in sorted(filter(None, first.keys() & second.keys())):
        for code in sorted(first[item] & second[item]):
            if (item, code) not in own and not decided(item, code):
                yield tell(name, sheet.path, 0, item, column, code, "both coders gave it")
    for (item, code), row in own.items():
        seen = item in first and item in second
        if seen and code not in first[item] | second[item] and not decided(item, code):
            yield tell(name, sheet.path, sheet.line(row), item, column, code or "", "neither coder gave it")


CODING_RULES = [what_both_coders_gave_stands]
