"""The synthetic packages of the benchmark are valid, canonical, as large as wanted, and the same again."""

from collections import Counter
from pathlib import Path

import pytest
from synthetic import BROKEN, tables, write_package

from plandata.package.canonical import canonical_frames, package_files
from plandata.package.folder import Folder
from plandata.rules import validate
from plandata.schema import edition, home


@pytest.mark.parametrize(("rows", "seed"), [(60, 0), (50_000, 7)])
def test_synthetic_packages_are_valid_and_canonical(tmp_path: Path, rows: int, seed: int) -> None:
    written = write_package(tmp_path, rows, seed)
    report = validate(Folder(tmp_path))
    assert report.findings == []
    assert report.unchecked == {}
    shipped = sum(frame.height for frame in Folder(home()).tables.values())
    assert sum(report.rows.values()) == written == pytest.approx(max(rows, 2 * shipped), abs=shipped / 2)
    files = package_files(tmp_path, edition(), canonical_frames(tmp_path, edition()))
    assert [path for path, content in files.items() if (tmp_path / path).read_bytes() != content] == []


def test_a_seed_makes_the_same_package_again_and_another_seed_another() -> None:
    first, again, other = tables(60, 1), tables(60, 1), tables(60, 2)
    assert all(first[name].equals(again[name]) for name in first)
    assert not all(first[name].equals(other[name]) for name in first)


def test_a_broken_package_has_a_finding_in_every_cell_that_was_broken(tmp_path: Path) -> None:
    write_package(tmp_path, 60, broken=True)
    report = validate(Folder(tmp_path))
    found = Counter((finding.table, finding.column) for finding in report.findings)
    cells = {(name, column): report.rows[name] for name, columns in BROKEN.items() for column in columns}
    assert {cell: found[cell] for cell in cells if found[cell] < cells[cell]} == {}
