"""A small valid package that a test may change, and what validation finds in it then."""

import csv
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from synthetic import write_package

from plandata.finding import Finding
from plandata.package import open_package
from plandata.schema import schemas


class Where(NamedTuple):
    """Where a finding is: its table, the line in its file (0 for the file as a whole), its row and column."""

    table: str
    line: int = 0
    row: str = ""
    column: str = ""


def where(finding: Finding) -> Where:
    return Where(finding.table, finding.line, finding.row, finding.column)


class Bench:
    """A package on disk whose cells and files a test changes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, table: str) -> Path:
        return self.root / "data" / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, schemas().tables[table].columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def patch(self, table: str, row: int, **cells: str) -> None:
        """Changes cells of a row (from 0)."""
        rows = self.rows(table)
        rows[row].update(cells)
        self.write(table, rows)

    def add(self, table: str, **cells: str) -> None:
        """Adds a row; columns that are not given are empty."""
        self.write(table, [*self.rows(table), dict.fromkeys(schemas().tables[table].columns, "") | cells])

    def find(self, table: str, **cells: str) -> int:
        """The first row (from 0) with these cells."""
        return next(i for i, row in enumerate(self.rows(table)) if cells.items() <= row.items())

    def damage(self, table: str, change: Callable[[bytes], bytes]) -> None:
        """Changes the bytes of a table's file."""
        self.path(table).write_bytes(change(self.path(table).read_bytes()))

    def describe(self, change: Callable[[Any], object]) -> None:
        """Changes the descriptor in place."""
        path = self.root / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    def at(self, table: str, row: int, column: str) -> Where:
        """Where a finding about a row (from 0, one line each) must be."""
        cells = self.rows(table)[row]
        return Where(table, row + 2, "/".join(cells[k] for k in schemas().tables[table].key if cells[k]), column)

    def findings(self, rule: str) -> list[Finding]:
        """What validation finds by one rule."""
        return [finding for finding in open_package(self.root).validate().findings if finding.rule == rule]


@pytest.fixture(scope="session")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest synthetic package; tests do not change it."""
    root = tmp_path_factory.mktemp("small") / "package"
    write_package(root, rows=60)
    return root


@pytest.fixture
def bench(small_package: Path, tmp_path: Path) -> Bench:
    shutil.copytree(small_package, tmp_path / "package")
    return Bench(tmp_path / "package")
