"""A package on disk: what it states of itself, findings on its files, its canonical form, its editions, its doubts."""

import hashlib
import json
import re
from dataclasses import make_dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import Bench

from plandata.files import PackageError
from plandata.package.about import address, author_name, doi, faults, is_day, is_list, is_text
from plandata.package.canonical import canonical_frame, composed, described, in_utc, tidy_cell
from plandata.package.doubts import COLUMNS, doubts_text, read_doubts
from plandata.package.folder import Folder, find, is_date, misstated, numbers
from plandata.package.order import moved_rows, ordered, rising
from plandata.package.published import Held, Published, cells_of, read_edition
from plandata.schema import edition, home

ABOUT: dict[str, Any] = {
    **dict.fromkeys(("name", "title", "title_zh", "description", "description_zh", "version"), "x"),
    "created": "2026-11-24T00:00:00Z",
    "keywords": ["a"],
    "contributors": [{"title": "A"}],
    "licenses": [{"name": "CC0", "path": "LICENSE"}],
}


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("name", "a", True),
        ("name", "a" * 100, True),
        ("name", "a" * 101, False),
        ("name", "a.b_c-1", True),
        ("name", "a.", False),
        ("name", "A", False),
        ("name", "", False),
        ("version", "0.2.0", True),
        ("version", "999999.0.10", True),
        ("version", "1000000.0.0", False),
        ("version", "01.0.0", False),
        ("version", "1.0", False),
        ("version", "1.0.0-draft.1+x", True),
        ("version", "1.0.0-a+b-c", True),
        ("version", 1, False),
        ("created", "1980-01-01", True),
        ("created", "1979-12-31", False),
        ("created", "2107-12-31T23:59:59Z", True),
        ("created", "2108-01-01", False),
        ("created", "2021-02-30", False),
        ("created", "2021-02-03T10:00", False),
    ],
)
def test_names_versions_and_days_are_such_as_files_can_have(key: str, value: object, fits: bool) -> None:
    assert (misstated(key, value) == "") == fits


def test_a_version_has_three_numbers() -> None:
    assert [numbers(version) for version in ("1.20.300", "1.2.3-draft.4", "1.2", None)] == [
        *((1, 20, 300), (1, 2, 3), None, None)
    ]
    assert [is_date(text) for text in ("2021-02-03", "x")] == [True, False]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"title": " "}, ["title must be a text"]),
        ({"version": 1}, ["version must be a text"]),
        ({"method": None, "doi": "10.1/x", "feedback": None}, []),
        ({"method": ""}, ["method must be a text, or left out"]),
        ({"homepage": 5}, ["homepage must be a text, or left out"]),
        (
            {"feedback": "http://a.org"},
            ["feedback must be an address that begins with https:// or mailto:, or left out"],
        ),
        ({"feedback": "https://a.org/?q={title}"}, []),
        ({"created": "2026-13-01"}, ["created must be a day and time such as 2026-11-24T00:00:00Z"]),
        ({"created": None}, ["created must be a day and time such as 2026-11-24T00:00:00Z"]),
        ({"keywords": []}, ["keywords must be a list of texts"]),
        ({"keywords": ["a", ""]}, ["keywords must be a list of texts"]),
        ({"contributors": [{}]}, ["contributors must be a list of objects with title"]),
        ({"licenses": [{"name": "a"}]}, ["licenses must be a list of objects with name and path"]),
        ({"responsible_ai": {"dataBiases": ["a"], "annotationsPerItem": "2"}}, []),
        ({"published": {"d": "https://a.org/1"}}, []),
        ({"published": {"d": "https://a"}}, ["published must give d an address that begins with https://"]),
        ({"published": {"e": "https://a.org/1"}}, ["published names e, which is no document_id"]),
        ({"published": ["https://a.org/1"]}, ["published must give addresses by document_id, or be left out"]),
    ],
)
def test_what_a_package_tells_of_itself_is_of_its_kind(changes: dict[str, Any], told: list[str]) -> None:
    assert [f"{name} {what}" for name, what in faults(ABOUT | changes, ["d"])] == told


def test_a_page_is_published_of_any_document_where_none_is_known() -> None:
    assert list(faults(ABOUT | {"published": {"e": "https://a.org/1"}})) == []


@pytest.mark.parametrize(
    ("told", "where", "number"),
    [
        ({"homepage": "https://a.org", "doi": "10.1234/a.b"}, "https://a.org/", "10.1234/a.b"),
        ({"homepage": "https://a.org/b/", "doi": "10.123/a"}, "https://a.org/b/", ""),
        ({"homepage": "https://a.org:80/b?c", "doi": "doi:10.1234/a"}, "", ""),
        ({"homepage": None, "doi": None}, "", ""),
    ],
)
def test_only_an_address_that_a_page_may_have_is_told(told: dict[str, Any], where: str, number: str) -> None:
    assert (address(told), doi(told)) == (where, number)


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ({"name": "A Group", "family-names": "Bee"}, "A Group"),
        ({"family-names": "Bee", "given-names": "Ada"}, "Bee, Ada"),
        ({"family-names": "Bee", "given-names": 5}, "Bee"),
        ({"given-names": "Ada"}, "Ada"),
        ({"name": " "}, ""),
        ({}, ""),
    ],
)
def test_an_author_has_a_name_of_texts(author: dict[str, Any], told: str) -> None:
    assert author_name(author) == told


def test_kinds_of_values() -> None:
    assert [is_text(value) for value in ("a", " ", "", 5, None)] == [True, False, False, False, False]
    assert [is_day(value) for value in ("2021-02-03T00", "2021-02-3", 20210203, None)] == [True, False, False, False]
    assert [is_list(value, ()) for value in (["a"], [], "a", ["a", 1])] == [True, False, False, False]
    assert [is_list(value, ("a", "b")) for value in ([{"a": "x", "b": "y"}], [{"a": "x"}], ["a"])] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("time", "told"),
    [
        (datetime(2021, 2, 3, 4, 5, 6), "2021-02-03T04:05:06Z"),
        (datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC), "2021-02-03T04:05:06Z"),
        (datetime(2021, 2, 3, 4, tzinfo=timezone(timedelta(hours=8))), "2021-02-02T20:00:00Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), ""),
    ],
)
def test_a_time_is_told_in_utc(time: datetime, told: str) -> None:
    assert in_utc(time) == told


@pytest.mark.parametrize(
    ("cell", "tidy"),
    [
        ("a  b", "a b"),
        (" a\t", "a"),
        ("a\u3000b\xa0c", "a b c"),
        (" ", None),
        ("", None),
        ("e\u0301", "é"),
        ("x\u0301", "x\u0301"),
        ("1\u0301", "1\u0301"),
        ("o\u0302\u0301", "ố"),
        ("e\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301"),
        ("ａ", "ａ"),
    ],
)
def test_a_cell_loses_stray_spaces_and_nothing_else(cell: str, tidy: str | None) -> None:
    assert tidy_cell(cell) == tidy


def test_accents_that_are_no_own_form_stay() -> None:
    for written, made in (("a\u0300", "à"), ("a\u0340", "a\u0340")):
        found = re.match(".+", written)
        assert found
        assert composed(found) == made


PLACES = edition().tables["places"]
SERVES = edition().tables["serves"]


@pytest.mark.parametrize(
    ("ids", "sorted_ids", "moved", "is_rising"),
    [
        (["t1", "t2", "t10"], ["t1", "t2", "t10"], [], True),
        (["t1", "t10", "t2"], ["t1", "t2", "t10"], [1, 2], False),
        (["t", "t1"], ["t", "t1"], [], True),
        (["b1", "a2"], ["a2", "b1"], [0, 1], False),
        (["a", "a"], ["a", "a"], [], False),
        ([None, "a"], ["a", None], [0, 1], False),
        (["a", None], ["a", None], [], True),
        ([None, None], [None, None], [], False),
        ([], [], [], True),
        (["a"], ["a"], [], True),
    ],
)
def test_rows_stand_in_order_by_stem_and_number_empty_ones_last(
    ids: list[str | None], sorted_ids: list[str | None], moved: list[int], is_rising: bool
) -> None:
    frame = pl.DataFrame({"place_id": ids}, schema={"place_id": pl.String})
    assert ordered(frame, PLACES)["place_id"].to_list() == sorted_ids
    assert moved_rows(frame, PLACES).to_list() == moved
    assert rising(frame, PLACES) == is_rising


@pytest.mark.parametrize(
    ("rows", "places", "is_rising"),
    [
        ([("m1", "g2"), ("m1", "g10"), ("m2", "g1")], [0, 1, 2], True),
        ([("m1", "g10"), ("m1", "g2")], [1, 0], False),
        ([("m2", "g1"), ("m10", "g2")], [1, 0], False),
        ([("m1", "g1"), ("m1", "g1")], [0, 1], False),
        ([(None, "g1"), (None, "g2")], [0, 1], True),
        ([(None, "g2"), (None, "g1"), ("m1", None)], [2, 1, 0], False),
        ([("m1", None), ("m1", "g1")], [1, 0], False),
    ],
)
def test_rows_stand_in_order_by_each_column_of_their_key_and_the_last_one_is_counted(
    rows: list[tuple[str | None, str | None]], places: list[int], is_rising: bool
) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("measure_id", "goal_id"), pl.String), orient="row")
    assert ordered(frame, SERVES).rows() == [rows[place] for place in places]
    assert moved_rows(frame, SERVES).to_list() == [n for n, place in enumerate(places) if n != place]
    assert rising(frame, SERVES) == is_rising


ASSIGNMENTS = edition().tables["assignments"]


@pytest.mark.parametrize(
    ("positions", "places", "is_rising"),
    [
        (["1", "2", "10"], [0, 1, 2], True),
        (["10", "2"], [1, 0], False),
        (["1", "01"], [0, 1], False),
        ([None, "1"], [1, 0], False),
        (["1", None], [0, 1], True),
        (["-1", "0"], [0, 1], True),
        # Of what is no number the stem goes first.
        (["x", "10", "2"], [2, 1, 0], False),
        (["2", "10", "x"], [0, 1, 2], True),
        (["x2", "x10", None], [0, 1, 2], True),
    ],
)
def test_whole_numbers_are_sorted_by_what_they_are_worth(
    positions: list[str | None], places: list[int], is_rising: bool
) -> None:
    cells: dict[str, list[str | None]] = {"goal_id": [None] * len(positions), "measure_id": ["m"] * len(positions)}
    frame = pl.DataFrame(cells | {"position": positions}, schema=dict.fromkeys(ASSIGNMENTS.sorted_by, pl.String))
    assert ordered(frame, ASSIGNMENTS)["position"].to_list() == [positions[place] for place in places]
    assert rising(frame, ASSIGNMENTS) == is_rising


def test_rows_of_one_key_stay_in_their_order() -> None:
    frame = pl.DataFrame({"place_id": ["b", "a"] * 500, "n": range(1000)})
    assert ordered(frame, PLACES)["n"].to_list() == [*range(1, 1000, 2), *range(0, 1000, 2)]


def listed(bench: Bench) -> set[tuple[str, str, int]]:
    return {(found.rule, found.path, found.line) for found in Folder(bench.root).file_findings()}


def test_an_id_of_the_list_is_in_its_table_or_retired(bench: Bench) -> None:
    path = bench.root / "docs/data/ids.txt"
    path.parent.mkdir(parents=True)
    path.write_text("places weining\nplaces gone\ngoals weining\nnothing gone\ntargets gone\n", encoding="utf-8")
    assert listed(bench) == {("id_is_kept_or_retired", "docs/data/ids.txt", line) for line in (2, 3, 5)}
    bench.add("retired_ids", old_id="gone", table_name="targets", version="0.1.0")
    bench.settle()
    assert listed(bench) == {("id_is_kept_or_retired", "docs/data/ids.txt", line) for line in (2, 3)}


@pytest.mark.parametrize(
    ("version", "found"),
    [("0.2.0", False), ("0.2.1", True), ("0.10.0", True), ("0.1.9", False), ("soon", False), ("", False)],
)
def test_an_id_is_retired_by_a_version_that_is_out(bench: Bench, version: str, found: bool) -> None:
    bench.describe(lambda d: d.update(version="0.2.0"))
    bench.patch("retired_ids", 0, version=version)
    bench.settle()
    assert listed(bench) == ({("id_is_retired_by_a_release", "data/retired_ids.csv", 2)} if found else set())


def test_files_are_listed_once_and_are_what_is_stated(bench: Bench) -> None:
    assert listed(bench) == set()
    (bench.root / "data/deep").mkdir()
    (bench.root / "data/deep/odd.csv").write_text("")
    bench.path("places").write_bytes(bench.path("places").read_bytes() + b" ")
    assert listed(bench) == {
        ("file_is_listed", "data/deep/odd.csv", 0),
        ("file_matches_its_hash", "data/places.csv", 0),
    }
    bench.settle()
    bench.describe(lambda d: d["resources"].append(d["resources"][0]))
    bench.describe(lambda d: d["resources"].extend([5, {"name": "odd", "path": "data/none.csv"}]))
    found = {(one.rule, one.value, one.detail) for one in Folder(bench.root).file_findings()}
    assert found == {
        ("file_is_listed", "data/deep/odd.csv", ""),
        ("table_is_listed", "places", "2 x"),
        ("table_is_known", "(int)", ""),
        ("table_is_known", "odd", ""),
        ("listed_file_exists", "data/none.csv", ""),
    }


def test_size_and_hash_are_both_stated(bench: Bench) -> None:
    first = json.loads((bench.root / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    for change in ({"bytes": first["bytes"] + 1}, {"hash": "sha256:0"}):
        bench.settle()
        bench.describe(lambda d, change=change: d["resources"][0].update(change))
        (found,) = Folder(bench.root).file_findings()
        assert (found.rule, found.table) == ("file_matches_its_hash", first["name"])
        assert found.detail == f"{first['hash']}, {first['bytes']} bytes"


def test_a_package_is_found_by_its_folder_its_descriptor_or_where_one_is(
    small_package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find(small_package) == find(small_package / "datapackage.json") == small_package
    monkeypatch.chdir(small_package)
    assert find() == small_package
    monkeypatch.chdir(tmp_path)
    assert find() == home()


@pytest.mark.parametrize(("stated", "draft"), [(True, True), ("true", False), (1, False), (False, False)])
def test_a_draft_says_so(bench: Bench, stated: object, draft: bool) -> None:
    bench.describe(lambda d: d.update(draft=stated))
    assert Folder(bench.root).is_draft == draft


def held(content: bytes, **schema: object) -> Held:
    return Held("a.csv", content, cells_of(content), schema)


@pytest.mark.parametrize(
    ("schema", "key", "own_id"),
    [
        ({"primaryKey": "a"}, ["a"], "a"),
        ({"primaryKey": ["a", "b"]}, ["a", "b"], ""),
        ({"primaryKey": ["c"]}, ["c"], ""),
        ({"primaryKey": [], "uniqueKeys": [["b"], ["a"]]}, ["b"], ""),
        ({"uniqueKeys": []}, [], ""),
        ({"primaryKey": [1], "uniqueKeys": "b"}, [], ""),
    ],
)
def test_the_key_of_an_old_table_is_the_one_that_it_states(
    schema: dict[str, object], key: list[str], own_id: str
) -> None:
    table = held(b"a,b\n1,2\n", **schema)
    assert (table.key, table.own_id) == (key, own_id)


@pytest.mark.parametrize(
    ("content", "rows", "exact"),
    [
        (b"a,b\n1,2\n", [("1", "2")], True),
        (b"a,b\r\n1,2\r\n", [("1", "2")], False),
        (b'a,b\n"1",2\n', [("1", "2")], False),
        (b"a,a\n1,2\n", None, False),
        (b"row,a\n1,2\n", None, False),
        (b"", None, False),
        ("a,b\n".encode("utf-16"), None, False),
    ],
)
def test_an_old_table_is_read_by_its_own_header(
    content: bytes, rows: list[tuple[str, ...]] | None, exact: bool
) -> None:
    table = held(content)
    assert (table.frame.drop("row").rows() if table.frame is not None else None) == rows
    assert (table.exact, table.height) == (exact, len(rows or []))


def test_an_edition_holds_each_table_once_and_tells_its_codes_and_homes() -> None:
    fields = [{"name": "goal_id", "constraints": {"enum": ["x", 1]}}, 5, {"name": "plan_id", "constraints": []}]
    entries = [
        {"name": "goals", "path": "a.csv", "schema": {"primaryKey": "goal_id", "fields": fields}},
        {"name": "goals", "path": "b.csv"},
        {"name": "plans", "path": "b.csv", "schema": {"primaryKey": "plan_id"}},
        {"name": "places", "path": "d.csv", "schema": {"primaryKey": "place_id"}},
        {"name": "serves", "path": "e.csv"},
        {"name": "lost", "path": "c.csv"},
        {"name": 5, "path": "b.csv"},
        "odd",
    ]
    files = {"a.csv": b"goal_id,plan_id\ng1,p1\ng2,p1\n", "b.csv": b"plan_id\np1\n"}
    files |= {"d.csv": b"place_id\nx\n", "e.csv": b"goal_id,plan_id\ng1,p1\n"}
    told = Published({"resources": entries}, files)
    assert {name: table.path for name, table in told.tables.items()} == {
        "goals": "a.csv", "plans": "b.csv", "places": "d.csv", "serves": "e.csv"
    }  # fmt: skip
    assert [told.tables["goals"].codes(name) for name in ("goal_id", "plan_id", "none")] == [["x", "1"], [], []]
    assert {key: sorted(frame.rows()) for key, frame in told.homes.items()} == {"goal_id": [("g1", "p1"), ("g2", "p1")]}


def test_an_edition_is_read_from_a_folder_or_its_descriptor_and_a_lost_zip_is_told(
    small_package: Path, tmp_path: Path
) -> None:
    told = read_edition(small_package)
    assert read_edition(str(small_package / "datapackage.json")).files == told.files
    assert {"datapackage.json", "package.yaml", "data/places.csv"} <= told.files.keys()
    with pytest.raises(PackageError, match=r"none\.zip: not found"):
        read_edition(tmp_path / "none.zip")


Doubt = make_dataclass("Doubt", [(name, str) for name in COLUMNS[:-1]])


def test_doubts_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read_doubts(tmp_path) == []
    made = [Doubt("goals", "g1", "label", "=A1", "why, so"), Doubt("goals", "g2", "label", "two\nlines", "b")]
    text = doubts_text(made)
    assert "goals,g1,label,'=A1," in text
    path = tmp_path / "doubts.csv"
    path.write_text(text.replace("b,\n", "b,yes\n"), encoding="utf-8-sig")
    first, second = read_doubts(tmp_path)
    assert (first.line, first.value, first.is_open, second.is_open) == (2, "=A1", True, False)
    assert str(first) == "doubts.csv:2: g1 label: why, so"
    assert (second.line, second.value) == (4, "two\nlines")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", ":1: its columns must be table, row, column, value, why, settled"),
        ("table,row\n", ":1: its columns must be"),
        (f"{','.join(COLUMNS)}\n\na,b,c,d,e\n", ":3: has 5 cells, not 6; mend the line"),
        (f"{','.join(COLUMNS)}\na,b,c,d,e,f,g\n", ":2: has 7 cells, not 6; mend the line"),
    ],
)
def test_doubts_that_draft_did_not_write_are_told_with_their_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "doubts.csv").write_text(content, encoding="utf-8")
    with pytest.raises(PackageError) as error:
        read_doubts(tmp_path)
    assert f"doubts.csv{told}" in str(error.value)


def test_a_table_that_is_listed_under_two_paths_is_as_each_of_them_states(bench: Bench) -> None:
    content = bench.path("places").read_bytes() + b"x1,,,,,,\n"
    (bench.root / "data/copy.csv").write_bytes(content)
    stated = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    bench.describe(lambda d: d["resources"].append({"name": "places", "path": "data/copy.csv", **stated}))
    assert {found[0] for found in listed(bench)} == {"table_is_listed"}
    (bench.root / "data/copy.csv").write_bytes(content + b"x2,,,,,,\n")
    assert ("file_matches_its_hash", "data/copy.csv", 0) in listed(bench)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("leaves_out: [units, 5]", ["units", "5"]),
        ("leaves_out: units", []),
        ("leaves_out:", []),
        ("- units", []),
        ("", []),
    ],
)
def test_a_package_names_what_it_leaves_out_in_a_list(bench: Bench, told: str, names: list[str]) -> None:
    (bench.root / "package.yaml").write_text(f"{told}\n", encoding="utf-8")
    assert Folder(bench.root).left_out == names
    (bench.root / "package.yaml").unlink()
    assert Folder(bench.root).left_out == []


def test_what_is_published_is_each_file_once_and_none_from_outside(bench: Bench, tmp_path: Path) -> None:
    bench.schema("places", lambda schema: None)
    bench.describe(lambda d: d["resources"].append(d["resources"][0]))
    told = Folder(bench.root).published()
    assert next(iter(told)) == "datapackage.json"
    assert {f"data/{name}.csv" for name in edition().tables} <= told.keys()
    assert {"package.yaml", "schemas/places.yaml", "schemas/codes.yaml"} <= told.keys()
    assert all((bench.root / path).read_bytes() == content for path, content in told.items())
    assert Folder(bench.root).beside("none.txt") is None
    (tmp_path / "secret").write_text("x")
    (bench.root / "CITATION.cff").unlink(missing_ok=True)
    (bench.root / "CITATION.cff").symlink_to(tmp_path / "secret")
    with pytest.raises(PackageError, match="leads out of the package over a link"):
        Folder(bench.root).published()
    assert ("path_stays_in_the_package", "CITATION.cff", 0) in listed(bench)


def test_what_names_files_is_stated_or_refused(bench: Bench) -> None:
    bench.describe(lambda d: d.update(name="plans", version="1.0", created=5))
    package = Folder(bench.root)
    assert package.stated("name") == "plans"
    for key, told in (("version", "is no version such as 1.2.0"), ("created", "is no day of 1980 to 2107")):
        with pytest.raises(PackageError, match=f"{key} {told}"):
            package.stated(key)
    found = {(one.column, one.value) for one in package.file_findings() if one.rule == "metadata_fits_file_names"}
    assert found == {("version", "1.0"), ("created", "(int)")}


def test_a_table_is_asked_for_by_its_name(bench: Bench) -> None:
    bench.path("units").write_text("unit_id\nx\n", encoding="utf-8")
    package = Folder(bench.root)
    assert package["places"].columns == edition().tables["places"].columns
    with pytest.raises(KeyError, match="no table 'towns'; tables: places"):
        package["towns"]
    with pytest.raises(PackageError, match=r"data/units\.csv: cannot be read as table units"):
        package["units"]
    assert {"units"} == package.sheets.keys() - package.tables.keys()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, r"data/places\.csv: not found; plandata fmt needs every table"),
        ("{head}\nx,y\n", r"data/places\.csv:2: breaks row_has_every_cell; mend it first"),
        ("{head}\na,,,,,,\n\0,,,,,,\n", r"data/places\.csv:3: breaks file_has_no_nul; mend it first"),
        ("place_id\n", r"data/places\.csv:1: breaks column_is_present; mend it first"),
        ("", r"data/places\.csv: breaks file_is_not_empty; mend it first"),
    ],
)
def test_a_table_that_a_rewrite_would_make_worse_is_told_with_its_line(
    bench: Bench, content: str | None, told: str
) -> None:
    bench.path("places").unlink()
    if content is not None:
        bench.path("places").write_text(content.format(head=",".join(PLACES.columns)), encoding="utf-8")
    with pytest.raises(PackageError, match=told):
        canonical_frame(bench.root, PLACES)


def test_what_a_rewrite_mends_is_no_reason_against_it(bench: Bench) -> None:
    rows = bench.path("places").read_text(encoding="utf-8").splitlines()
    whole = canonical_frame(bench.root, PLACES)
    bench.path("places").write_text(
        "\ufeff" + "\r\n".join([rows[0], *reversed(rows[1:])]), encoding="utf-8", newline=""
    )
    assert canonical_frame(bench.root, PLACES).equals(whole)


def test_what_may_be_left_out_stands_in_a_descriptor_only_where_it_is_told() -> None:
    schemas = edition()
    files = {f"data/{name}.csv": b"" for name in schemas.tables}
    files["data/documents.csv"] = b"document_id,title_zh,title_en\nd1,\xe4\xb8\x80,One\nd2,\xe4\xba\x8c,Two\n"
    about = ABOUT | {"created": datetime(2026, 11, 24, tzinfo=UTC), "title": " T ", "doi": None, "draft": "yes"}
    told = described(about, schemas, files)
    assert not {"doi", "method", "draft", "published"} & told.keys()
    assert (told["title"], told["created"]) == ("T", "2026-11-24T00:00:00Z")
    assert told["sources"] == [{"title": "一", "title_en": "One"}, {"title": "二", "title_en": "Two"}]
    assert [entry["name"] for entry in told["resources"]] == list(schemas.tables)
    full = described(
        about | {"doi": "10.1234/a", "draft": True, "published": {"d2": "https://a.org/2"}}, schemas, files
    )
    assert (full["doi"], full["draft"]) == ("10.1234/a", True)
    assert [source.get("path") for source in full["sources"]] == [None, "https://a.org/2"]
