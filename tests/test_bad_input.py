"""Bad input: a clear finding or one line that names the file, never a traceback, nothing written or lost."""

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from damaged import change, change_descriptor, contents, copy_package, found, plandata, put
from hypothesis import given, settings
from hypothesis import strategies as st

from plandata.api import Package, PackageError, open_package
from plandata.files import (
    JSON_BYTES,
    OBSERVATIONS_BYTES,
    TABLE_BYTES,
    YAML_BYTES,
    csv_text,
    encoding_of,
    read_file,
    unsafe_name,
    write_whole,
)
from plandata.package.about import CITATION
from plandata.package.folder import BESIDE, DOUBTS, LICENCE, MISTAKES, SCORES, STATED
from plandata.package.reader import read_sheet
from plandata.schema import edition, table_of
from plandata.text import fingerprint
from plandata.texts.formats import FILE_BYTES

DOCUMENTS = Path(__file__).parent / "texts"
PLACES, COLUMNS = "data/places.csv", edition().tables["places"].columns
LAST = edition().tables["places"].fields[-1]
# The commas of a row of places beyond its first seven columns.
REST = "," * (len(COLUMNS) - 7)
Damage = Callable[[bytes], bytes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_package(tmp_path)


def header(change_header: Damage) -> Damage:
    """A damage to the first line alone."""

    def damage(content: bytes) -> bytes:
        first, _, rest = content.partition(b"\n")
        return change_header(first) + b"\n" + rest

    return damage


def line_two(change_line: Damage) -> Damage:
    """A damage to the second line alone, which is the first row."""

    def damage(content: bytes) -> bytes:
        first, second, rest = content.split(b"\n", 2)
        return b"\n".join((first, change_line(second), rest))

    return damage


def province(change_cell: Damage) -> Damage:
    """A damage to the province's English name in a row without quotes."""

    def damage(line: bytes) -> bytes:
        cells, place = line.split(b","), COLUMNS.index("province_en")
        return b",".join([*cells[:place], change_cell(cells[place]), *cells[place + 1 :]])

    return damage


def every_line(change_line: Damage) -> Damage:
    return lambda content: b"".join(change_line(line) + b"\n" for line in content.splitlines())


def recode(encoding: str) -> Damage:
    return lambda content: content.decode("utf-8").encode(encoding)


# Damage to places.csv, and all that is found then: rule, line, column.
FILES: dict[str, tuple[Damage, list[tuple[str, int, str]]]] = {
    "wrong column": (
        header(lambda line: line.replace(b"gb_code", b"gbcode")),
        [("column_is_known", 1, "gbcode"), ("column_is_present", 1, "gb_code")],
    ),
    "missing column": (
        every_line(lambda line: line.rpartition(b",")[0]),
        [("column_is_present", 1, LAST.name)],
    ),
    "repeated column": (
        header(lambda line: line.replace(b"gb_code,level", b"level,level")),
        [("column_is_present", 1, "gb_code"), ("column_stands_once", 1, "level")],
    ),
    "extra column": (every_line(lambda line: line + b",x"), [("column_is_known", 1, "x")]),
    "extra column without a name": (every_line(lambda line: line + b","), [("column_is_known", 1, "")]),
    "columns in another order": (
        header(lambda line: line.replace(b"name_zh,name_en", b"name_en,name_zh")),
        [("columns_are_in_order", 1, "")],
    ),
    "a cell too many": (line_two(lambda line: line + b",x"), [("row_has_every_cell", 2, "")]),
    "a cell too few": (
        line_two(lambda line: line.rpartition(b",")[0]),
        [("row_has_every_cell", 2, ""), *[("cell_is_present", 2, LAST.name)] * LAST.required],
    ),
    "a quote that never closes": (
        line_two(province(lambda cell: b'"' + cell)),
        [("quotes_are_closed", 2, "")],
    ),
    "text after a closing quote": (
        line_two(province(lambda cell: b'"a"b')),
        [
            ("quotes_are_closed", 2, ""),
            ("province_has_its_english_name", 2, "province_en"),
            ("texts_use_the_glossary", 2, "province_en"),
        ],
    ),
    "a quote inside a cell without quotes": (
        line_two(province(lambda cell: cell + b' 5" wide')),
        [
            ("quotes_are_closed", 2, ""),
            ("province_has_its_english_name", 2, "province_en"),
            ("texts_name_the_same_numbers", 2, "province_en"),
        ],
    ),
    "NUL": (line_two(lambda line: line + b"\0\0"), [("file_has_no_nul", 2, "")]),
    "only NUL": (lambda content: b"\0\0\0", [("file_is_not_empty", 0, ""), ("file_has_no_nul", 1, "")]),
    "UTF-16": (recode("utf-16"), [("file_is_plain_utf8", 1, "")]),
    "UTF-16 without a mark": (recode("utf-16-le"), [("file_is_plain_utf8", 1, "")]),
    "UTF-32": (recode("utf-32"), [("file_is_plain_utf8", 1, "")]),
    "GBK": (recode("gbk"), [("file_is_plain_utf8", 2, "")]),
    "Latin-1": (line_two(lambda line: line + b"\xe9"), [("file_is_plain_utf8", 2, "")]),
    "byte order mark": (lambda content: b"\xef\xbb\xbf" + content, [("file_has_no_byte_order_mark", 1, "")]),
    "CRLF": (lambda content: content.replace(b"\n", b"\r\n"), [("line_ends_are_lf", 1, "")]),
    "CR": (lambda content: content.replace(b"\n", b"\r"), [("line_ends_are_lf", 1, "")]),
    "one CRLF": (line_two(lambda line: line + b"\r"), [("line_ends_are_lf", 2, "")]),
    "empty": (lambda content: b"", [("file_is_not_empty", 0, "")]),
    "blank": (lambda content: b" \n\n", [("file_is_not_empty", 0, "")]),
    "a header of ten megabytes": (
        lambda content: b"x" * 10_000_000,
        [("column_is_known", 1, "x" * 1000 + "… (10,000,000)")]
        + [("column_is_present", 1, column) for column in edition().tables["places"].columns],
    ),
    "no last line end": (lambda content: content[:-1], [("file_ends_with_a_line_end", -1, "")]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file(root: Path, name: str) -> None:
    damage, expected = FILES[name]
    lines = (root / PLACES).read_bytes().count(b"\n")
    change(root, PLACES, damage)
    before = contents(root)
    assert found(root) == unordered([(rule, PLACES, line % (lines + 1), column) for rule, line, column in expected])
    assert contents(root) == before


class unordered(list[Any]):  # noqa: N801 - reads as a word in an assertion
    """A list that equals every list with the same members."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and sorted(self) == sorted(other)


def test_a_header_alone_leaves_orphans(root: Path) -> None:
    change(root, PLACES, lambda content: content.split(b"\n")[0] + b"\n")
    findings = found(root)
    assert ("table_has_rows", PLACES, 1, "") in findings
    assert ("reference_exists", "data/documents.csv", 2, "place_id") in findings


def test_blank_lines_between_rows(root: Path) -> None:
    change(root, PLACES, lambda content: content.replace(b"\n", b"\n\n", 2))
    ragged = [(line, column) for rule, _, line, column in found(root) if rule == "row_has_every_cell"]
    assert ragged == [(2, ""), (4, "")]


# One damaged cell each: table, column, row from 0, cell, rule. All stand in one package.
CELLS = {
    "a comma in a number": ("targets", "value", 0, '"9,300"', "cell_has_its_type"),
    "an underscore in a number": ("targets", "value", 1, "9_3", "cell_has_its_type"),
    "full-width digits": ("targets", "value", 2, "９３", "cell_has_its_type"),
    "Arabic digits": ("targets", "value", 3, "٩٣", "cell_has_its_type"),
    "NaN": ("targets", "value", 4, "NaN", "cell_has_its_type"),
    "inf": ("targets", "value", 5, "inf", "cell_has_its_type"),
    "1e400": ("targets", "value", 6, "1e400", "cell_has_its_type"),
    "a plus sign": ("targets", "value", 7, "+93", "cell_has_its_type"),
    "a negative number": ("targets", "value", 8, "-93", "cell_has_its_type"),
    "a space before a number": ("targets", "value", 9, " 93", "cell_has_its_type"),
    "400 digits": ("targets", "target_year", 10, "9" * 400, "number_is_within_bounds"),
    "a number below its bounds": ("assignments", "position", 0, "0", "number_is_within_bounds"),
    "a wrong year": ("plans", "end_year", 0, "20225", "number_is_within_bounds"),
    "30 February": ("documents", "issued_on", 0, "2021-02-30", "cell_has_its_type"),
    "month 13": ("documents", "issued_on", 1, "2021-13-01", "cell_has_its_type"),
    "a date with slashes": ("documents", "issued_on", 2, "2021/12/03", "cell_has_its_type"),
    "the year 0": ("documents", "issued_on", 3, "0000-00-00", "cell_has_its_type"),
    "an orphan": ("documents", "place_id", 0, "nowhere", "reference_exists"),
    "an unknown code": ("places", "level", 0, "planet", "code_is_known"),
    "an empty key": ("places", "place_id", 1, "", "cell_is_present"),
    "=": ("places", "name_zh", 0, "=cmd|' /C calc'!A0", "cell_does_not_run_in_a_spreadsheet"),
    "+": ("places", "name_zh", 1, "+1", "cell_does_not_run_in_a_spreadsheet"),
    "-": ("places", "name_zh", 2, "-1", "cell_does_not_run_in_a_spreadsheet"),
    "@": ("places", "name_zh", 3, "@SUM(A1)", "cell_does_not_run_in_a_spreadsheet"),
    "a tab before =": ("places", "name_zh", 4, "\t=1", "cell_has_no_stray_space"),
    "a line end in a cell": ("anomalies", "description_en", 0, '"one\ntwo"', "cell_has_no_stray_space"),
    "a field of 10 MB": ("places", "name_en", 0, "宝" * 3_500_000, "cell_is_within_its_length"),
}


@pytest.fixture(scope="module")
def cell_findings(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, int, str]]:
    """What is found in a package with every damage of CELLS, in one run."""
    root = copy_package(tmp_path_factory.mktemp("cells"))
    for table, column, row, cell, _ in CELLS.values():
        put(root, table, column, row, cell)
    return found(root)


@pytest.mark.slow
@pytest.mark.parametrize("name", CELLS)
def test_a_damaged_cell(cell_findings: list[tuple[str, str, int, str]], name: str) -> None:
    table, column, row, _, rule = CELLS[name]
    assert cell_findings.count((rule, f"data/{table}.csv", row + 2, column)) == 1


def test_a_repeated_row(root: Path) -> None:
    change(root, PLACES, lambda content: content + content.split(b"\n")[1] + b"\n")
    last = (root / PLACES).read_bytes().count(b"\n")
    doubled = [(line, column) for rule, _, line, column in found(root) if rule == "key_is_unique"]
    assert doubled == [(last, "gb_code"), (last, "place_id")]


def bad_rows(count: int, row: str) -> Damage:
    """A damage that adds rows, each with an id of its own for {}."""
    letters = str.maketrans("0123456789", "abcdefghij")
    return lambda content: content + "".join(row.format(str(n).translate(letters)) for n in range(count)).encode()


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"{{}},某地,Somewhere,,planet,某省,Province{REST}\n", "code_is_known"),
        ("{},某地,Somewhere,,county,某省\n", "row_has_every_cell"),
        ('{},某地,Somewhere,,county,某省,"Province\n', "quotes_are_closed"),
        (f"{{}},某地,Somewhere,,county,某省,=1{REST}\n", "cell_does_not_run_in_a_spreadsheet"),
    ],
)
def test_5000_bad_rows_are_5000_findings(root: Path, row: str, rule: str) -> None:
    rows = (root / PLACES).read_bytes().count(b"\n")
    change(root, PLACES, bad_rows(5000, row))
    report = json.loads(plandata("validate", root, "--format", "json").stdout)
    assert report["counts"][rule] == 5000
    assert [f["line"] for f in report["findings"] if f["rule"] == rule] == list(range(rows + 1, rows + 5001))


def test_the_text_report_counts_5000_findings_and_lists_the_first(root: Path) -> None:
    rule = "code_is_known"
    change(root, PLACES, bad_rows(5000, f"{{}},某地,Somewhere,,planet,某省,Province{REST}\n"))
    text = plandata("validate", root, "--lang", "en").stdout
    assert f"    5,000  {rule}:" in text
    assert text.count(f": {rule}: ") == 100
    assert "first 100 of 5,000" in text


def listed(**changes: object) -> Callable[[Any], object]:
    """A change of the first resource of the descriptor."""
    return lambda descriptor: descriptor["resources"][0].update(changes)


DESCRIPTORS: dict[str, tuple[Callable[[Any], object], list[tuple[str, str]]]] = {
    "a table left out": (
        lambda d: d["resources"].pop(0),
        [("table_is_listed", "datapackage.json"), ("file_is_listed", PLACES)],
    ),
    "a table listed twice": (
        lambda d: d["resources"].append(d["resources"][0]),
        [("table_is_listed", "datapackage.json")],
    ),
    "entries that are no objects": (
        lambda d: d["resources"].extend([1, "x", None, []]),
        [("table_is_known", "datapackage.json")] * 4,
    ),
    "an unknown table": (
        lambda d: d["resources"].append(d["resources"][0] | {"name": "towns"}),
        [("table_is_known", "datapackage.json")],
    ),
    "a name that is no text": (
        listed(name=["places"]),
        [("table_is_known", "datapackage.json"), ("table_is_listed", "datapackage.json")],
    ),
    "a wrong hash": (listed(hash="sha256:00"), [("file_matches_its_hash", PLACES)]),
    "no hash": (lambda d: d["resources"][0].pop("hash"), [("file_matches_its_hash", PLACES)]),
    "a wrong size": (listed(bytes=1), [("file_matches_its_hash", PLACES)]),
    "a listed file that is missing": (
        listed(path="data/towns.csv"),
        [("listed_file_exists", "data/towns.csv"), ("file_is_listed", PLACES)],
    ),
}
UNSAFE = [
    *("{outside}", "~/secret.csv", "data/../../secret.csv", "..", "http://127.0.0.1:9/secret.csv", "file://{outside}"),
    *("//127.0.0.1/secret.csv", "C:\\secret.csv", "..\\secret.csv", "data/pla\0ces.csv", "data/\ud800.csv", ""),
]


@pytest.mark.slow
@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_damaged_descriptor(root: Path, name: str) -> None:
    damage, expected = DESCRIPTORS[name]
    change_descriptor(root, damage)
    assert [(rule, path) for rule, path, _, _ in found(root)] == unordered(expected)


def test_paths_that_lead_out_are_never_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = root.parent / "secret.csv"
    outside.write_text("place_id\nsecret\n", encoding="utf-8")
    paths = [path.format(outside=outside) for path in UNSAFE]

    def lead_out(descriptor: Any) -> None:
        for resource, path in zip(descriptor["resources"], cycle(paths), strict=False):
            resource["path"] = path
        descriptor["resources"] += [{"name": "units", "path": path} for path in (5, None, ["data/places.csv"], {})]

    change_descriptor(root, lead_out)
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was opened"))
    before = contents(root)
    rules = [rule for rule, _, _, _ in found(root)]
    assert rules.count("path_stays_in_the_package") == max(len(edition().tables), len(UNSAFE)) + 4
    assert open_package(root).sheets == {}
    assert contents(root) == before


@pytest.mark.parametrize("target", ["outside.csv", "places.csv"], ids=["out of the package", "in a circle"])
def test_a_link_that_leads_out_is_not_followed(root: Path, target: str) -> None:
    (root.parent / "outside.csv").write_bytes((root / PLACES).read_bytes())
    (root / PLACES).unlink()
    (root / PLACES).symlink_to(root.parent / target if target == "outside.csv" else target)
    assert ("path_stays_in_the_package", "datapackage.json", 0, "") in found(root)
    refused = plandata("fmt", root)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "places.csv" in refused.stderr


def test_a_linked_data_folder_is_neither_read_nor_written(root: Path) -> None:
    elsewhere = (root / "data").rename(root.parent / "elsewhere")
    (root / "data").symlink_to(elsewhere)
    before = contents(elsewhere)
    assert {rule for rule, _, _, _ in found(root)} == {"path_stays_in_the_package"}
    assert plandata("fmt", root).exit_code == 2
    assert contents(elsewhere) == before


@pytest.mark.slow
@pytest.mark.parametrize("path", BESIDE)
def test_a_file_beside_the_tables_that_links_out_is_found_and_never_exported(root: Path, path: str) -> None:
    secret = root.parent / "secret.txt"
    secret.write_text("title: SECRET\nauthors: [{name: SECRET}]\n", encoding="utf-8")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(secret)
    assert ("path_stays_in_the_package", path, 0, "") in found(root)
    out = root.parent / "out"
    refused = plandata("export", "--to", "zip", "--out", out, "--package", root)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert not out.exists()
    assert plandata("fmt", root).exit_code == (0 if path in (LICENCE, CITATION, MISTAKES, SCORES, DOUBTS) else 2)
    assert "SECRET" not in plandata("cite", "--package", root).output
    assert secret.read_text(encoding="utf-8").startswith("title: SECRET")


def test_a_descriptor_that_links_out_is_neither_read_nor_written(root: Path) -> None:
    (root / "datapackage.json").rename(root.parent / "elsewhere.json")
    (root / "datapackage.json").symlink_to("../elsewhere.json")
    (root.parent / "elsewhere.json").write_bytes(before := b'{"resources": []}')
    for command in ("validate", "fmt"):
        refused = plandata(command, root)
        assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
        assert "datapackage.json: leads out of the package over a link" in refused.stderr
    assert (root.parent / "elsewhere.json").read_bytes() == before


def sparse(path: Path, size: int) -> Path:
    """A file of a size that takes no room on the disk."""
    path.unlink(missing_ok=True)
    path.touch()
    os.truncate(path, size)
    return path


@pytest.mark.parametrize(
    ("path", "limit", "command"),
    [
        ("data/units.csv", TABLE_BYTES, ("validate",)),
        ("data/units.csv", TABLE_BYTES, ("fmt",)),
        ("datapackage.json", JSON_BYTES, ("validate",)),
        ("package.yaml", YAML_BYTES, ("fmt",)),
        ("CITATION.cff", YAML_BYTES, ("cite", "--package")),
    ],
)
def test_a_file_that_is_too_large_is_refused_and_not_read(
    root: Path, path: str, limit: int, command: tuple[str, ...]
) -> None:
    sparse(root / path, limit + 1)
    refused = plandata(*command, root)
    told = f"plandata: {root / path}: is larger than {limit // 2**20:,} MiB, the most that such a file may have\n"
    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", told)


def test_a_file_is_read_up_to_its_limit_and_not_a_byte_more(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abcd")
    assert read_file(tmp_path / "a", 4) == b"abcd"
    with pytest.raises(PackageError, match="is larger than"):
        read_file(tmp_path / "a", 3)
    with pytest.raises(PackageError, match="is larger than"):
        read_file(sparse(tmp_path / "larger than any memory", 2**42), 3)


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="a file that the system makes up")
def test_a_file_that_states_no_size_is_read_up_to_its_limit() -> None:
    content = Path("/proc/version").read_bytes()
    assert read_file(Path("/proc/version"), len(content)) == content
    with pytest.raises(PackageError, match="is larger than"):
        read_file(Path("/proc/version"), len(content) - 1)


@pytest.fixture
def strange(tmp_path: Path) -> dict[str, Path]:
    """What is no file, by what it is called."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(tmp_path / "socket"))
    made.close()
    named = {"a folder": "folder", "a pipe": "pipe", "a device": "zero", "a socket or a device": "socket"}
    return {kind: tmp_path / name for kind, name in named.items()}


def test_what_is_no_file_is_refused_at_once_as_observations(root: Path, strange: dict[str, Path]) -> None:
    for kind, path in strange.items():
        refused = plandata("assess", path, "--package", root)
        assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", f"plandata: {path}: is {kind}, no file\n")
    large = sparse(root.parent / "large.csv", OBSERVATIONS_BYTES + 1)
    assert "is larger than 256 MiB" in plandata("assess", large, "--package", root).stderr


@pytest.mark.parametrize("path", ["datapackage.json", "CITATION.cff", "LICENSE-DATA"])
def test_what_is_no_file_is_refused_at_once_in_a_package(root: Path, path: str) -> None:
    (root / path).unlink(missing_ok=True)
    os.mkfifo(root / path)
    command = ("cite", "--package", root) if path == "CITATION.cff" else EXPORT
    refused = plandata(*command, *([root.parent / "out", "--package", root] if command == EXPORT else []))
    assert (refused.exit_code, refused.stderr) == (2, f"plandata: {root / path}: is a pipe, no file\n")


EXPORT = ("export", "--to", "zip", "--out")


def test_what_is_no_text_among_the_sources_is_passed_over_and_told(root: Path, strange: dict[str, Path]) -> None:
    folder = root.parent / "sources"
    folder.mkdir()
    for path in strange.values():
        (folder / path.name).symlink_to(path)
    refused = plandata("verify", root, "--sources", folder)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert f"; {folder / 'pipe'}: is a pipe, no file; " in refused.stderr
    assert f"; {folder / 'zero'}: is a device, no file" in refused.stderr


def test_texts_in_any_encoding_are_read_and_other_files_told(root: Path) -> None:
    folder = root.parent / "sources"
    folder.mkdir()
    text = "第一章\u3000妇女发展规划\n"
    for number, encoding in enumerate(("gbk", "gb18030", "utf-16", "utf-16-le")):
        (folder / f"{number}.txt").write_bytes((text * 40).encode(encoding))
    (folder / "4.pdf").write_bytes(b"%PDF-1.7\n\xff\x00\x81")
    for number in range(5, 12):
        sparse(folder / f"{number}.pdf", FILE_BYTES + 1)
    refused = plandata("verify", root, "--sources", folder)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert ".txt" not in refused.stderr
    assert f"; {folder / '4.pdf'}: " in refused.stderr
    assert refused.stderr.endswith("; and 3 more files cannot be read\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_known_with_and_without_its_mark(encoding: str) -> None:
    assert encoding_of(("plan" * 5).encode(encoding)) == "UTF-16"
    assert encoding_of(b"PK\x03\x04" + b"\0" * 20 + b"\xd8" * 5) == "unknown"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab./~\\:\0", max_size=8))
def test_a_name_that_is_safe_stays_below_every_folder(name: str) -> None:
    if not unsafe_name(name):
        assert Path(os.path.normpath(Path("/root/package") / name)).is_relative_to("/root/package")


def test_a_path_too_long_for_any_file_system(root: Path) -> None:
    change_descriptor(root, listed(path=f"data/{'a' * 5000}.csv"))
    assert "listed_file_exists" in {rule for rule, _, _, _ in found(root)}


def test_a_folder_and_a_pipe_where_a_file_should_be(root: Path) -> None:
    (root / PLACES).unlink()
    (root / PLACES).mkdir()
    (root / "data/units.csv").unlink()
    os.mkfifo(root / "data/units.csv")
    findings = found(root)
    assert ("listed_file_exists", PLACES, 0, "") in findings
    assert ("listed_file_exists", "data/units.csv", 0, "") in findings


def test_a_missing_table_names_the_rules_that_were_not_checked(root: Path) -> None:
    (root / "data/units.csv").unlink()
    report = json.loads(plandata("validate", root, "--format", "json").stdout)
    assert report["unchecked"]
    assert all("units" in missing for missing in report["unchecked"].values())
    assert [finding["rule"] for finding in report["findings"]] == ["listed_file_exists"]


def test_a_file_that_is_not_listed(root: Path) -> None:
    (root / "data/deep").mkdir()
    for path in ("data/notes.csv", "data/deep/notes.csv"):
        (root / path).write_text("a\n", encoding="utf-8")
    assert found(root) == unordered(("file_is_listed", p, 0, "") for p in ("data/notes.csv", "data/deep/notes.csv"))


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "broken JSON": (b'{"resources": [', ":1:16: is not JSON"),
    "empty": (b"", ":1:1: is not JSON"),
    "a list": (b"[]", "has no list of resources"),
    "no resources": (b"{}", "has no list of resources"),
    "resources that are no list": (b'{"resources": {}}', "has no list of resources"),
    "deep JSON": (b"[" * 100_000, "is nested too deeply"),
    "a number too long": (b'{"resources": [], "x": ' + b"9" * 6000 + b"}", "is no descriptor"),
    "NaN": (b'{"resources": [], "x": NaN}', "is no descriptor (NaN is no number)"),
    "an infinite number": (b'{"resources": [], "x": -1e999}', "is no descriptor (-1e999 is no number)"),
    "a name that stands twice": (
        b'{"resources": [{"name": "a", "path": "b", "name": "c"}]}',
        "is no descriptor ('name' stands 2 times in one object)",
    ),
    "UTF-16": ('{"resources": []}'.encode("utf-16"), "is not UTF-8"),
    "byte order mark": (b'\xef\xbb\xbf{"resources": []}', "is not JSON"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_descriptor(root: Path, name: str) -> None:
    content, message = UNREADABLE[name]
    (root / "datapackage.json").write_bytes(content)
    before = contents(root)
    result = plandata("validate", root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"plandata: {root / 'datapackage.json'}")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(root) == before


@pytest.mark.parametrize("path", ["", "nowhere", "data/places.csv"])
def test_no_descriptor(root: Path, path: str) -> None:
    (root / "datapackage.json").unlink()
    for command in (("validate",), ("verify", "--sources", root)):
        result = plandata(*command, root / path)
        assert result.exit_code == 2
        assert "datapackage.json: not found" in result.stderr


def test_a_file_that_may_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: Any, *rest: Any, **named: Any) -> int:
        if Path(path).name == "units.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    result = plandata("validate", root)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"plandata: {root / 'data/units.csv'}: Permission denied\n"


BOMB = b"a: &a [x]\n" + b"".join(b"%c: &%c [*%c%s]\n" % (n + 1, n + 1, n, b",*%c" % n * 9) for n in range(97, 117))
YAML: dict[str, tuple[bytes, str]] = {
    "an object tag": (b'!!python/object/apply:os.system ["touch {root}/run"]', ":1:1: is not plain YAML"),
    "broken": (b"name: [\n", ":2:1: is not plain YAML"),
    "a harmless tag": (b"name: !!binary abc\n", ":1:7: is not plain YAML (the tag tag:yaml.org,2002:binary)"),
    "an alias": (b"a: &a [x]\nb: *a\n", ":2:4: is not plain YAML (an alias)"),
    "an alias bomb": (BOMB, ":2:8: is not plain YAML (an alias)"),
    "a merge key": (b"a: 1\n<<: {b: 1}\n", ":2:1: is not plain YAML (a key << that merges others)"),
    "a key that stands twice": (b"a: 1\nb: {c: 1,\n c: 2}\n", ":3:2: is not plain YAML (the key 'c' stands twice)"),
    "a number twice as a key": (b"1: a\n0x1: b\n", ":2:1: is not plain YAML (the key '0x1' stands twice)"),
    "deep": (b"[" * 100_000, "is nested too deeply"),
    "deep in braces": (b"{a: " * 100_000, "is nested too deeply"),
    "deep by indents": (b"".join(b" " * depth + b"-\n" for depth in range(1500)), "is nested too deeply"),
    "long": (b"[" + b"a," * 200_000 + b"]", "longer than any file of a package"),
    "large": (b"#" * (YAML_BYTES + 1), "is larger than 4 MiB"),
    "directives": (b"".join(b"%%TAG !a%d! b\n" % n for n in range(100_000)), ":1:1: is not plain YAML (a line begins"),
    "a number too long": (b"a: 1\nb: 0x" + b"f" * 70 + b"\n", ":2:4: is not plain YAML (a number too long"),
    "a number of many parts": (b"a: 1" + b":1" * 200_000 + b"\n", ":1:4: is not plain YAML (a number too long"),
    "no finite number": (b"keywords: [.nan]\n", ":1:12: is not plain YAML (a number that is not finite"),
    "NUL": (b"a\0b: 1\n", "is not plain YAML"),
    "GBK": ("name: 规划".encode("gbk"), "is not UTF-8"),
    "empty": (b"", "lacks name, title"),
    "a list": (b"- name\n", "lacks name, title"),
    "a date that does not exist": (b"created: 2026-13-45\n", ":1:10: is not plain YAML (month must be in 1..12)"),
    "a list as a key": (b"{[a]: b}\n", ":1:2: is not plain YAML (a list or a mapping as a key)"),
    "a second document": (b"name: a\n---\nname: b\n", ":2:1: is not plain YAML (a second document)"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", YAML)
def test_unreadable_metadata(root: Path, name: str) -> None:
    content, message = YAML[name]
    (root / "package.yaml").write_bytes(content.replace(b"{root}", bytes(root)))
    before = contents(root)
    result = plandata("fmt", root)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"plandata: {root / 'package.yaml'}")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(root) == before


NO_CITATION = "lacks title or authors"


@pytest.mark.parametrize("name", YAML)
def test_an_unreadable_citation(root: Path, name: str) -> None:
    content, message = YAML[name]
    (root / "CITATION.cff").write_bytes(content.replace(b"{root}", bytes(root)))
    result = plandata("cite", "--package", root)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"plandata: {root / 'CITATION.cff'}")
    assert (NO_CITATION if message.startswith("lacks") else message) in result.stderr


@pytest.mark.parametrize("author", ["5", "[a]", "null", "{orcid: x}"])
def test_an_author_without_a_name(root: Path, author: str) -> None:
    (root / "CITATION.cff").write_text(f"title: A\nauthors: [{{name: B}}, {author}]\n", encoding="utf-8")
    result = plandata("cite", "--package", root)
    refused = (
        f"plandata: {root / 'CITATION.cff'}: author 2 must have a name, or family-names and given-names, as texts\n"
    )
    assert (result.exit_code, result.stderr) == (2, refused)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"created:", b"made:", "lacks created"),
        (b"name: china-women", b"name: ../../china-women", f"name {STATED['name'][1]}"),
        (b"version: 0.2.0", b"version: 0.2.0/../..", f"version {STATED['version'][1]}"),
        (b"2026-11-24T00:00:00Z", b"1979-12-31T23:00:00Z", f"created {STATED['created'][1]}"),
        (b"2026-11-24T00:00:00Z", b"0001-01-01T00:00:00+08:00", f"created {STATED['created'][1]}"),
        (b"keywords: [", b"keywords: 5 # [", "keywords is no list"),
        (b"2026-11-24T00:00:00Z", b"tomorrow", "created is no datetime"),
        (b"version: 0.2.0", b"version: 0.1", "version is no str"),
    ],
)
def test_metadata_of_another_kind(root: Path, old: bytes, new: bytes, message: str) -> None:
    path = root / "package.yaml"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    result = plandata("fmt", root)
    assert (result.exit_code, result.stderr) == (2, f"plandata: {path}: {message}\n")


RECORD_OF = b'{"verified_on": "2026-01-02", "tables_sha256": "0", "gaps": 0, "plans": %b}'
LOSSY = [
    *("wrong column", "missing column", "extra column", "a cell too many", "a quote that never closes"),
    *("text after a closing quote", "NUL", "UTF-16", "GBK", "empty"),
]


@pytest.mark.parametrize("name", LOSSY)
def test_fmt_writes_nothing_where_a_rewrite_would_lose_something(root: Path, name: str) -> None:
    change(root, PLACES, FILES[name][0])
    before = contents(root)
    result = plandata("fmt", root)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"plandata: {root / PLACES}")
    assert result.stderr.count("\n") == 1
    assert contents(root) == before


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("docs/data/ids.txt", b"codes level.county\n\xff\n", "is not UTF-8"),
        ("docs/data/verification.json", b'["x"]', "is no record of a verification"),
        ("docs/data/verification.json", b'{"plans": 5}', "is no record of a verification"),
        ("docs/data/verification.json", b'{"plans": {}}', "is no record of a verification"),
        ("docs/data/verification.json", RECORD_OF % b'{"a": {"names": [1, "x"]}}', "is no record of a verification"),
        ("docs/data/verification.json", RECORD_OF % b'{"a": {"names": [1]}}', "is no record of a verification"),
        ("docs/data/verification.json", b"\xff", "is not UTF-8"),
    ],
)
def test_fmt_says_what_is_wrong_with_a_derived_file(root: Path, path: str, content: bytes, message: str) -> None:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(content)
    result = plandata("fmt", root)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert f"{path}: {message}" in result.stderr


def test_fmt_without_a_table_writes_nothing(root: Path) -> None:
    (root / PLACES).unlink()
    before = contents(root)
    result = plandata("fmt", root)
    assert (result.exit_code, contents(root)) == (2, before)
    assert "places.csv: not found" in result.stderr


# Commands that look at broken cells of a package which they do not validate, and what they say: "" for nothing.
COMPUTED = {
    "an indicator without an id": (
        "indicators",
        "indicator_id",
        "",
        ("compare", "死亡率", "--package"),
        "no indicator is named",
    ),
    "no name": ("indicators", "name_zh", "", ("compare", "maternal-mortality", "--package"), ""),
    "a target without an id": ("targets", "target_id", "", ("compare", "maternal-mortality", "--package"), ""),
    "an unknown basis": ("targets", "basis", "x", ("compare", "maternal-mortality", "--package"), ""),
    "no basis": ("targets", "basis", "", ("compare", "maternal-mortality", "--package"), ""),
    "an unknown comparator": ("targets", "comparator", "x", ("compare", "maternal-mortality", "--package"), ""),
    "no number": ("targets", "value", "NaN", ("compare", "maternal-mortality", "--package"), ""),
    "no finite number": ("targets", "value", "9" * 400, ("show", "maternal-mortality", "--package"), ""),
    "a number too long": (
        "targets",
        "value",
        "9" * 400,
        ("assess", "--example", "--package"),
        "no number of at most 30",
    ),
    "no place in a list": (
        "assignments",
        "position",
        "x",
        ("verify", "--sources", DOCUMENTS),
        "position 'x' is no whole",
    ),
    "no position": ("domains", "position", "", ("verify", "--sources", DOCUMENTS), "position '' is no whole number"),
    "a name without an id": (
        "units",
        "unit_id",
        "",
        ("show", "nothing", "--package"),
        "no row has the id or name 'nothing'",
    ),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_a_command_that_computes_with_a_broken_cell(root: Path, name: str) -> None:
    table, column, cell, command, message = COMPUTED[name]
    rows = list(csv.DictReader((root / f"data/{table}.csv").open(encoding="utf-8")))
    spoilt = csv_text(list(rows[0]), ((row | {column: cell}).values() for row in rows)).encode()
    change(root, f"data/{table}.csv", lambda content: spoilt)
    known = fingerprint((DOCUMENTS / "damaged.txt").read_text(encoding="utf-8")).encode()
    change(root, "data/documents.csv", lambda content: re.sub(rb"[0-9a-f]{64}", known, content))
    result = plandata(*command, root)
    if message:
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert message in result.stderr
    else:
        assert (result.exit_code, result.stderr) == (0, "")


MENDED: dict[str, Damage] = {
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "no last line end": lambda content: content[:-1],
    "another order": lambda content: b"\n".join([*content.split(b"\n")[:1], *content.split(b"\n")[-2:0:-1], b""]),
    "needless quotes": line_two(lambda line: b'"' + line.replace(b",", b'","') + b'"'),
    "stray space": line_two(lambda line: line.replace(b",", b" , ")),
}


@pytest.mark.parametrize("name", MENDED)
def test_fmt_mends_form_and_nothing_else(root: Path, name: str) -> None:
    before = contents(root)
    change(root, PLACES, MENDED[name])
    assert plandata("fmt", root, "--check").exit_code == 1
    assert plandata("fmt", root).exit_code == 0
    assert contents(root) == before


def test_a_full_disk_is_one_line(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, *_: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    before = contents(root)
    monkeypatch.setattr(Path, "replace", fail)
    result = plandata("validate", root, "--output", root / "report.txt")
    assert result.exit_code == 2
    assert result.stderr.endswith(": No space left on device\n")
    assert result.stderr.count("\n") == 1
    assert contents(root) == before


def test_an_output_that_is_no_file_is_written_to_and_not_replaced(root: Path) -> None:
    """A pipe stands for devices: a rename over /dev/null would take it from the whole machine."""
    pipe = root / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert plandata("validate", root, "--output", pipe, "--lang", "en").exit_code == 0
    assert pipe.is_fifo()
    assert b": valid. " in os.read(reader, 10_000)
    os.close(reader)


def test_a_folder_as_output_is_one_line(root: Path) -> None:
    result = plandata("validate", root, "--output", root / "data")
    assert (result.exit_code, result.stderr) == (2, f"plandata: {root / 'data'}: Is a directory\n")


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "report.txt").write_text("old", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "report.txt", b"new")
    assert contents(tmp_path) == {"report.txt": b"old"}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The installed command as a process of its own."""
    program = [sys.executable, "-c", "from plandata.cli import run; run()", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, env={**os.environ, **environment}, timeout=60, check=False)


def test_the_real_command_shows_no_traceback(root: Path) -> None:
    change(root, PLACES, recode("utf-16"))
    (root / "data/units.csv").write_bytes(b'unit_id,"\n\0')
    damaged = run("validate", root, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert (damaged.returncode, damaged.stderr) == (1, b"")
    assert b"data/places.csv:1: file_is_plain_utf8" in damaged.stdout

    (root / "datapackage.json").write_bytes(b"{" * 200_000)
    (root / "package.yaml").write_bytes(b"[" * 200_000)
    for command in ("validate", "fmt"):
        refused = run(command, root)
        assert (refused.returncode, refused.stdout) == (2, b"")
        assert refused.stderr.startswith(b"plandata: ")
        assert refused.stderr.count(b"\n") == 1


TEXTS = dict.fromkeys(("title", "title_zh", "description", "description_zh"), "")
SMALL = table_of(
    "small",
    {
        **TEXTS,
        "primaryKey": ["a"],
        "fields": [{**TEXTS, "name": name, "type": "string"} for name in "abc"],
    },
)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet='ab,"\n\r ', max_size=40))
def test_what_is_read_without_a_finding_is_what_the_standard_reader_reads(text: str) -> None:
    """Polars reads most files, Python's csv module the rest; both must agree on rows and lines."""
    sheet = read_sheet(f"a,b,c\n{text}".encode(), "small.csv", SMALL)
    if {finding.rule for finding in sheet.findings} <= {"table_has_rows"}:
        reader = csv.reader(io.StringIO(f"a,b,c\n{text}", newline=""), strict=True)
        expected = [[cell or None for cell in row] for row in reader][1:]
        assert [list(row) for row in sheet.frame.drop("row").iter_rows()] == expected
        for row, cells in enumerate(expected):
            line = f"a,b,c\n{text}".split("\n")[sheet.line(row) - 1]
            assert (cells[0] or "").split("\n")[0] in line


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    for prefix in (b"", b"a,b,c\n"):
        assert read_sheet(prefix + content, "small.csv", SMALL).path == "small.csv"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(list(edition().tables)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "path", "hash"]), inner),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(JSON | st.fixed_dictionaries({"resources": st.lists(JSON, max_size=3)}))
def test_no_descriptor_makes_the_package_fail(tmp_path_factory: Any, descriptor: object) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    try:
        package: Package = open_package(folder)
    except PackageError as error:
        assert str(folder / "datapackage.json") in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert list(package.file_findings())
