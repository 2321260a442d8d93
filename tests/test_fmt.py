"""plandata fmt: all that follows from the tables is renewed by it and found stale; nothing else is touched."""

import json
import os
import re
import shutil
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from damaged import change, contents, copy_package, plandata, put
from hypothesis import given
from hypothesis import strategies as st

from plandata import fmt
from plandata.api import open_package
from plandata.files import json_text
from plandata.package.canonical import tidy_cell
from plandata.package.folder import DESCRIPTOR, EXAMPLE, IDS, RECORD, Folder
from plandata.schema import home
from plandata.text import SPACES
from plandata.texts.verify import tables_hash

SOURCES = os.environ.get("PLANDATA_SOURCES")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped package with all that is made from its tables alone."""
    root = copy_package(tmp_path)
    for path in fmt.DERIVED:
        if (home() / path).is_file():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(home() / path, root / path)
    return root


def test_the_shipped_package_is_as_fmt_writes_it() -> None:
    assert list(fmt.stale(home())) == [], "run plandata fmt"


@pytest.mark.parametrize("path", fmt.DERIVED)
def test_each_derived_file_is_found_stale_and_renewed(root: Path, path: str) -> None:
    before = contents(root)
    (root / path).write_text("old\n", encoding="utf-8")
    told = plandata("fmt", root, "--check")
    assert (told.exit_code, told.stdout.splitlines()[0]) == (1, f"differs: {path}")
    assert plandata("fmt", root).stdout == f"rewritten: {path}\n"
    after = contents(root)
    # The list of ids keeps every line that it ever had.
    assert {name for name in before if before[name] != after[name]} <= {IDS}


@pytest.mark.parametrize("path", fmt.DERIVED)
def test_a_derived_file_that_is_lost_is_made_anew_where_its_folder_is(root: Path, path: str) -> None:
    before = contents(root)
    (root / path).unlink()
    assert plandata("fmt", root).stdout == f"rewritten: {path}\n"
    assert contents(root) == before
    shutil.rmtree((root / path).parent)
    assert plandata("fmt", root).exit_code == 0
    assert not (root / path).exists()


def test_a_changed_table_makes_what_follows_from_it_stale(root: Path) -> None:
    change(root, "data/places.csv", lambda content: content.replace(b"\nweining,", b"\nweining-county,"))
    changed = fmt.renew(root)
    assert set(changed) == {DESCRIPTOR, *fmt.DERIVED} - {EXAMPLE}
    assert {"places weining", "places weining-county"} <= set((root / IDS).read_text(encoding="utf-8").splitlines())


def with_record(root: Path) -> bytes:
    """Gives a package a record of its verification, as of its tables now."""
    known = {"tables_sha256": tables_hash(Folder(root).descriptor), "version": "0.1.0", "plans": {}, "gaps": 0}
    (root / RECORD).write_bytes(content := json_text(known).encode())
    return content


def test_a_record_older_than_the_tables_is_told_in_one_line_and_is_no_failure(root: Path) -> None:
    with_record(root)
    assert fmt.unproven(root) == ""
    change(
        root,
        "data/units.csv",
        lambda content: content.replace(b"Weining Autonomous County Health Bureau", b"Health Bureau"),
    )
    fmt.renew(root)
    told = plandata("fmt", root, "--check")
    assert told.exit_code == 0
    assert (
        told.stdout.splitlines()[1]
        == f"{root / RECORD}: older than the tables; renew it with plandata fmt --sources FOLDER"
    )


@pytest.mark.skipif(not SOURCES, reason="PLANDATA_SOURCES names no folder with the documents' texts")
def test_the_record_is_renewed_with_the_texts_and_keeps_its_day_where_nothing_changed(root: Path) -> None:
    fmt.renew(root, Path(SOURCES or ""))
    before = (root / RECORD).read_bytes()
    assert "in canonical form" in plandata("fmt", root, "--sources", SOURCES).stdout
    change(
        root,
        "data/units.csv",
        lambda content: content.replace(b"Weining Autonomous County Health Bureau", b"Health Bureau"),
    )
    assert set(fmt.renew(root, Path(SOURCES or ""))) == {DESCRIPTOR, RECORD}
    old, new = json.loads(before), json.loads((root / RECORD).read_bytes())
    assert new["plans"] == old["plans"]
    assert new["tables_sha256"] != old["tables_sha256"]


def test_fmt_executes_nothing_that_a_package_contains(root: Path) -> None:
    (root / "docs/guide.en.md").write_text("```python\nopen('made', 'w')\n```\n\n```text\n\n```\n", encoding="utf-8")
    (root / "setup.py").write_text("raise SystemExit('run')\n", encoding="utf-8")
    before = contents(root)
    assert plandata("fmt", root).exit_code == 0
    assert contents(root) == before


def test_a_descriptor_that_frictionless_refuses_is_one_line(root: Path) -> None:
    pytest.importorskip("frictionless")
    path = root / "package.yaml"
    text = re.sub(r"- \{name: CC-BY.*", "- {title: none}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    result = plandata("fmt", root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "package.yaml" in result.stderr


def test_derived_files_are_not_written_through_a_link_that_leads_out(root: Path) -> None:
    outside = root.parent / "outside"
    (root / "docs").rename(outside)
    (root / "docs").symlink_to(outside)
    before = contents(outside)
    change(root, "data/places.csv", lambda content: content.replace(b"\nweining,", b"\nweining-county,"))
    assert IDS not in fmt.renew(root)
    assert contents(outside) == before


# Characters that a careless tidying drops or changes, beside letters, accents and spaces that it may join.
TOUCHY = (
    "\u2028\u2029\x0b\x0c\x1c\x1f\x85\u1680\u2003\u205f\u200b"
    "\u2126\u212a\u212b\uf900\ufa0e\u2f00\u0340\u0344\u0374\u0958\u1100\u1161\uac00"
)
CELL = st.text(
    st.sampled_from(f"{TOUCHY}{SPACES}aeAÅế妇\u0301\u0302\u0323\u030a\ufffd\x1b") | st.characters(), max_size=12
)


def written(text: str) -> Counter[str]:
    """What is written in a text apart from its spaces: characters, an accented letter as letter and accents."""
    return Counter("".join(parts(c) for c in text if c not in SPACES))


def parts(character: str) -> str:
    """A letter with accents in its parts; a character that only stands for another one as it is."""
    apart = unicodedata.normalize("NFD", character)
    stands = unicodedata.normalize("NFC", character) != character
    return character if stands or any(not "\u0300" <= mark <= "\u036f" for mark in apart[1:]) else apart


@given(CELL)
def test_fmt_neither_removes_nor_replaces_a_character_other_than_spaces(cell: str) -> None:
    tidy = tidy_cell(cell) or ""
    assert written(tidy) == written(cell)
    assert tidy_cell(tidy) == (tidy or None)


@given(CELL)
def test_fmt_leaves_no_stray_space_and_keeps_words_apart(cell: str) -> None:
    tidy = tidy_cell(cell) or ""
    assert not re.search(f"^ | $|  |[{SPACES[1:]}]", tidy)
    assert len(tidy.split(" ")) == len(re.split(f"[{SPACES}]+", cell.strip(SPACES)))


@pytest.mark.parametrize(
    ("cell", "tidy"),
    [
        (" Cafe\u0301\u3000\xa0de\tla\nvie ", "Café de la vie"),
        ("Lu\u0308\u030cliang, \u1ea1\u0302", "L\u01daliang, \u1ead"),
        ("a" + "\u0301" * 40, "a" + "\u0301" * 40),
        (" ", None),
    ],
)
def test_fmt_mends_what_loses_nothing(cell: str, tidy: str | None) -> None:
    assert tidy_cell(cell) == tidy


@pytest.mark.parametrize("odd", ["\u2028", "\x1b", "\x85", "\u3164", "\uf900", "\u2126", "\ufb01", "\uff11"], ids=ascii)
def test_fmt_leaves_a_character_that_only_a_person_can_judge_to_the_rule(root: Path, odd: str) -> None:
    put(root, "units", "name_en", 0, f"Women{odd} and {odd}men")
    fmt.renew(root)
    assert (root / "data/units.csv").read_bytes().count(odd.encode()) == 2
    assert "characters_belong_to_the_column" in {finding.rule for finding in open_package(root).validate().findings}
