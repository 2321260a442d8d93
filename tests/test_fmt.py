"""plandata fmt: all that follows from the tables is renewed by it and found stale; nothing else is touched."""

import json
import os
import re
import shutil
import signal
import unicodedata
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from conftest import Bench
from damaged import KILLED, PROGRAM, change, contents, copy_package, plandata, put, started
from hypothesis import given
from hypothesis import strategies as st

from plandata import fmt
from plandata.api import open_package
from plandata.files import PackageError, json_text
from plandata.package.canonical import tidy, tidy_cell
from plandata.package.folder import DESCRIPTOR, EXAMPLE, IDS, RECORD, Folder
from plandata.schema import home, schemas_of
from plandata.tables import Tables
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
    known = {"verified_on": "2026-01-02", "version": "0.1.0", "plans": {}, "gaps": 0}
    known |= {"tables_sha256": tables_hash(Folder(root).descriptor)}
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


WEINING = (b"\nweining,", b"\nweining-county,")


@pytest.mark.parametrize("path", ["docs", "docs/data", "examples", IDS, EXAMPLE, "docs/codes.zh.md", RECORD])
def test_nothing_is_written_through_a_link_that_leads_out(root: Path, path: str) -> None:
    outside = root.parent / "outside"
    with_record(root)
    (root / path).rename(outside)
    (root / path).symlink_to(outside)
    change(root, "data/places.csv", lambda content: content.replace(*WEINING))
    before = contents(root), contents(root.parent)
    for arguments in ((), ("--check",)):
        refused = plandata("fmt", root, *arguments)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert "leads out of the package over a link" in refused.stderr
    assert (contents(root), contents(root.parent)) == before


def saving(root: Path, path: str, content: bytes) -> fmt.Maker:
    """What makes the page of codes, while somebody saves a file of the package."""
    real = fmt.DERIVED["docs/codes.en.md"]

    def make(_: Path, t: Tables) -> str:
        (root / path).write_bytes(content)
        return real(root, t)

    return make


@pytest.mark.parametrize("path", ["data/places.csv", "data/units.csv", DESCRIPTOR, IDS])
def test_what_somebody_saves_while_fmt_runs_stays(root: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    change(root, "data/places.csv", lambda content: content.replace(*WEINING))
    change(root, "data/units.csv", lambda content: content.replace(b"\n", b"\r\n"))
    change(root, "data/places.csv", lambda content: content.replace(b"\n", b"\r\n"))
    saved = (root / path).read_bytes() + b"saved meanwhile\n"
    expected = {**contents(root), path: saved}
    monkeypatch.setattr(fmt, "DERIVED", {**fmt.DERIVED, "docs/codes.en.md": saving(root, path, saved)})
    refused = plandata("fmt", root)
    told = f"plandata: {root / path}: was saved by somebody while plandata fmt ran; run it again\n"
    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", told)
    assert contents(root) == expected


def test_what_somebody_saves_in_the_last_moment_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of two tables is saved while the first is written."""
    for path in ("data/places.csv", "data/units.csv"):
        change(root, path, lambda content: content.replace(b"\n", b"\r\n"))
    replace = os.replace

    def slow(source: str, target: str) -> None:
        (root / "data/units.csv").write_bytes(b"saved meanwhile\n")
        replace(source, target)

    monkeypatch.setattr(os, "replace", slow)
    refused = plandata("fmt", root)
    assert refused.exit_code == 2
    assert f"{root / 'data/units.csv'}: was saved by somebody" in refused.stderr
    assert (root / "data/units.csv").read_bytes() == b"saved meanwhile\n"
    assert [path.name for path in (root / "data").iterdir() if path.name.startswith(".")] == []


def test_what_another_fmt_wrote_meanwhile_is_no_edit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = contents(root)
    for path in ("data/places.csv", "data/units.csv"):
        change(root, path, lambda content: content.replace(b"\n", b"\r\n"))
    replace = os.replace

    def slow(source: str, target: str) -> None:
        (root / "data/units.csv").write_bytes(right["data/units.csv"] or b"")
        replace(source, target)

    monkeypatch.setattr(os, "replace", slow)
    assert plandata("fmt", root).exit_code == 0
    assert contents(root) == right


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a signal of POSIX")
@pytest.mark.parametrize("move", [1, 2, 3])
def test_a_kill_leaves_every_file_as_it_was_or_as_it_should_be(root: Path, move: int) -> None:
    right = contents(root)
    for path in ("data/places.csv", "data/units.csv"):
        change(root, path, lambda content: content.replace(b"\n", b"\r\n"))
    before = contents(root)
    killed = started(KILLED.format(move="replace"), move, "fmt", root)
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    after = contents(root)
    assert all(after[path] in (before[path], right[path]) for path in before)
    assert sum(after[path] != before[path] for path in before) == move - 1
    assert plandata("fmt", root).exit_code == 0
    left_over = [path for path in contents(root) if path not in right]
    assert all(Path(path).name.startswith(".") for path in left_over)
    assert {path: content for path, content in contents(root).items() if path in right} == right


def test_two_at_once_end_in_the_right_files(root: Path) -> None:
    right = contents(root)
    for path in ("data/places.csv", "data/units.csv", "data/goals.csv"):
        change(root, path, lambda content: content.replace(b"\n", b"\r\n"))
    both = [started(PROGRAM, "fmt", root) for _ in range(2)]
    told = [process.communicate(timeout=120) for process in both]
    assert [(process.returncode, err) for process, (_, err) in zip(both, told, strict=True)] == [(0, b"")] * 2
    assert contents(root) == right


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


def is_utf8(cell: str) -> bool:
    """Whether a file can hold a text: half of a surrogate pair is in none."""
    return cell.encode("utf-8", "replace").decode("utf-8") == cell


@given(st.lists(st.none() | CELL.filter(is_utf8)))
def test_a_column_is_tidied_cell_by_cell(cells: list[str | None]) -> None:
    column = pl.Series(cells, dtype=pl.String)
    assert tidy(column).to_list() == [None if cell is None else tidy_cell(cell) for cell in cells]


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


def test_a_descriptor_that_frictionless_refuses_is_told_with_what_to_mend(tmp_path: Path) -> None:
    pytest.importorskip("frictionless")
    with pytest.raises(PackageError, match=r"datapackage\.json: .*; mend package\.yaml or schemas/$"):
        fmt.check_descriptor(tmp_path, {"resources": [{"name": 1}]})


def test_the_list_of_ids_has_every_id_and_code_and_keeps_those_that_are_gone(bench: Bench) -> None:
    bench.add("places", place_id="")
    path = bench.root / IDS
    path.parent.mkdir(parents=True)
    path.write_text("places zzz\nplaces gone\n", encoding="utf-8")
    lines = fmt.ids_list(bench.root, Tables.of(Folder(bench.root))).splitlines()
    assert lines == sorted(set(lines))
    assert {"places weining", "places zzz", "places gone", "codes comparator.ge", "indicators maternal-mortality"} <= {
        *lines
    }
    (retired,) = (f"{row['table_name']} {row['old_id']}" for row in bench.rows("retired_ids"))
    assert retired in lines
    assert {line.split(" ")[0] for line in lines} >= {"codes", "goals", "targets", "units"}
    assert not [line for line in lines if line.split(" ")[0] in ("assignments", "retired_ids", "serves")]
    assert "places " not in lines


@pytest.mark.parametrize(
    ("name", "derived"), [("serves", True), ("targets", False), ("measures", False), ("plans", False)]
)
def test_files_are_derived_where_all_tables_are_there_that_they_are_made_from(
    bench: Bench, name: str, derived: bool
) -> None:
    bench.schema(name, lambda schema: None)
    assert fmt.readable(schemas_of(bench.root))
    (bench.root / "schemas" / f"{name}.yaml").unlink()
    assert fmt.readable(schemas_of(bench.root)) == derived


def test_a_file_is_unchanged_as_it_was_or_as_it_is_to_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    old = fmt.digest_in(tmp_path, "a")
    assert (old, fmt.digest_in(tmp_path, "b")) == (fmt.digest_of(b"old"), "")
    fmt.unchanged(tmp_path, "a", old, b"new")
    (tmp_path / "a").write_text("new")
    fmt.unchanged(tmp_path, "a", old, b"new")
    fmt.unchanged(tmp_path, "b", "", b"new")
    (tmp_path / "a").write_text("mine")
    with pytest.raises(PackageError, match="was saved by somebody while plandata fmt ran"):
        fmt.unchanged(tmp_path, "a", old, b"new")
