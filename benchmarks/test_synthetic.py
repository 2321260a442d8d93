"""The synthetic packages of the benchmark are valid, canonical, as large as wanted, and the same again."""

from pathlib import Path

import pytest
from synthetic import tables, write_package

from plandata.package.canonical import canonical_frames, package_files
from plandata.package.folder import Folder
from plandata.rules import validate
from plandata.schema import edition


@pytest.mark.parametrize("rows", [60, 5000])
@pytest.mark.parametrize("seed", [0, 7])
def test_synthetic_packages_are_valid_and_canonical(tmp_path: Path, rows: int, seed: int) -> None:
    write_package(tmp_path, rows, seed)
    report = validate(Folder(tmp_path))
    assert report.findings == []
    assert report.unchecked == {}
    assert sum(report.rows.values()) == pytest.approx(rows, rel=0.1, abs=60)
    files = package_files(tmp_path, canonical_frames(tmp_path, edition()))
    assert [path for path, content in files.items() if (tmp_path / path).read_bytes() != content] == []


def test_a_seed_makes_the_same_package_again_and_another_seed_another() -> None:
    first, again, other = tables(60, 1), tables(60, 1), tables(60, 2)
    assert all(first[name].equals(again[name]) for name in first)
    assert not all(first[name].equals(other[name]) for name in first)
