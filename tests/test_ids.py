"""Ids are promises: one that vanishes stays in the list of fmt, and retired_ids or CHANGELOG.md tells of it."""

import re
from pathlib import Path

import plandata
from plandata.fmt import current_ids, ids_list
from plandata.package.folder import IDS
from plandata.tables import Tables

ROOT = Path(__file__).parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"


def current() -> set[str]:
    """Each id of the shipped edition with its table, and each code of each list."""
    return set(current_ids(Tables.of(plandata.open(ROOT))))


def listed() -> list[str]:
    return (ROOT / IDS).read_text(encoding="utf-8").splitlines()


def named(row_id: str, changelog: str) -> bool:
    """Whether a changelog names an id, whole and in backticks."""
    return f"`{row_id}`" in changelog


def test_no_id_changed_or_vanished_without_a_word() -> None:
    changelog = CHANGELOG.read_text(encoding="utf-8")
    retired = {f"{row['table_name']} {row['old_id']}" for row in plandata.open(ROOT)["retired_ids"].to_dicts()}
    gone = sorted(set(listed()) - current() - retired)
    silent = [entry for entry in gone if not named(entry.split(" ")[1], changelog)]
    assert not silent, f"give these ids a row in retired_ids, or name them in backticks in CHANGELOG.md: {silent}"


def test_every_id_is_listed() -> None:
    missing = sorted(current() - set(listed()))
    assert not missing, f"run plandata fmt to list the new ids: {missing}"
    assert all(re.fullmatch(r"[a-z_]+ [a-z0-9_.-]+", entry) for entry in listed())


def test_an_id_that_vanishes_stays_listed(tmp_path: Path) -> None:
    (tmp_path / IDS).parent.mkdir(parents=True)
    (tmp_path / IDS).write_text("goals gone-2021.health.g01\n", encoding="utf-8")
    entries = ids_list(tmp_path, Tables.of(plandata.open(ROOT))).splitlines()
    assert "goals gone-2021.health.g01" in entries
    assert entries == sorted({*entries})
    assert current() <= set(entries)


def test_a_word_in_the_changelog_is_the_whole_id() -> None:
    assert named("a.g1", "- `a.g1` is now `a.g2`")
    assert not named("a.g1", "- `a.g12` is gone, a.g1 stays")
