"""A small valid package that a test may change, and what validation finds in it then."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from packages import write_package

from plandata.finding import Finding, Rule
from plandata.package.folder import Folder
from plandata.package.reader import GROUP
from plandata.rules import PACKAGE_RULES, RULES, TABLE_RULES, rule_findings, sheet_findings
from plandata.schema import edition
from plandata.tables import Tables


class Where(NamedTuple):
    """Where a finding is: its table, the line in its file (0 for the file as a whole), its row and column."""

    table: str
    line: int = 0
    row: str = ""
    column: str = ""


def where(finding: Finding) -> Where:
    return Where(finding.table, finding.line, finding.row, finding.column)


class Bench:
    """A package on disk whose cells, files and schemas a test changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.touched: set[str] = set()

    def path(self, table: str) -> Path:
        return self.root / "data" / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        self.touched.add(table)
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, edition().tables[table].columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def patch(self, table: str, row: int, **cells: str) -> None:
        """Changes cells of a row (from 0)."""
        rows = self.rows(table)
        rows[row].update(cells)
        self.write(table, rows)

    def apply(self, cells: Mapping[str, Mapping[str, str]]) -> None:
        """Changes cells of several rows, each named as in `row`."""
        for name, own in cells.items():
            self.patch(*self.row(name), **own)

    def row(self, name: str) -> tuple[str, int]:
        """The table and the row (from 0) that "TABLE" (its first row) or "TABLE KEY" names."""
        table, _, key = name.partition(" ")
        column = edition().tables[table].key[0]
        return table, self.find(table, **{column: key}) if key else 0

    def add(self, table: str, **cells: str) -> None:
        """Adds a row; columns that are not given are empty."""
        self.write(table, [*self.rows(table), dict.fromkeys(edition().tables[table].columns, "") | cells])

    def find(self, table: str, **cells: str) -> int:
        """The first row (from 0) with these cells."""
        return next(i for i, row in enumerate(self.rows(table)) if cells.items() <= row.items())

    def damage(self, table: str, change: Callable[[bytes], bytes]) -> None:
        """Changes the bytes of a table's file."""
        self.touched.add(table)
        self.path(table).write_bytes(change(self.path(table).read_bytes()))

    def describe(self, change: Callable[[Any], object]) -> None:
        """Changes the descriptor in place."""
        path = self.root / "datapackage.json"
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        change(descriptor)
        path.write_text(json.dumps(descriptor, indent=1), encoding="utf-8")

    def settle(self) -> None:
        """Brings sizes and hashes in the descriptor up to date with the files."""

        def state(descriptor: Any) -> None:
            for resource in descriptor["resources"]:
                content = (self.root / resource["path"]).read_bytes()
                resource |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}

        self.describe(state)

    def schema(self, name: str, change: Callable[[Any], object]) -> None:
        """Changes a file of the package's own schemas in place; a new one is changed from {}."""
        folder = self.root / "schemas"
        if not folder.exists():
            shutil.copytree(edition().folder, folder)
        path = folder / f"{name}.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        change(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def leave_out(self, *names: str) -> None:
        """Names in package.yaml what the package leaves out."""
        with (self.root / "package.yaml").open("a", encoding="utf-8") as file:
            file.write(f"leaves_out: [{', '.join(names)}]\n")

    def at(self, table: str, row: int, column: str) -> Where:
        """Where a finding about a row (from 0, one line each) must be."""
        cells = self.rows(table)[row]
        return Where(table, row + 2, "/".join(cells[k] for k in edition().tables[table].key if cells[k]), column)

    def findings(self, rule: str) -> list[Finding]:
        """What is found by one rule."""
        return findings_by(RULES[rule], Folder(self.root), self.touched)


def findings_by(rule: Rule, package: Folder, touched: Collection[str]) -> list[Finding]:
    """What one rule finds, asked alone for speed; on cells and keys only in touched tables."""
    tables = Tables.of(package)
    if rule in TABLE_RULES:
        return list(rule_findings(rule, tables, package.sheets))
    if rule in PACKAGE_RULES:
        return list(rule(package))
    files = [*package.file_findings(), *(f for sheet in package.sheets.values() for f in sheet.findings)]
    sheets = [package.sheets[name] for name in touched if name in package.tables and rule.group != GROUP]
    findings = [*files, *(f for sheet in sheets for f in sheet_findings(sheet, tables))]
    return [finding for finding in findings if finding.rule == rule.id]


@pytest.fixture(scope="session")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small package; tests do not change it."""
    return write_package(tmp_path_factory.mktemp("small") / "package")


@pytest.fixture
def bench(small_package: Path, tmp_path: Path) -> Bench:
    shutil.copytree(small_package, tmp_path / "package")
    return Bench(tmp_path / "package")
