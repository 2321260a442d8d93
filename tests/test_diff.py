"""What a new edition changes: found, told, rated, refused, and applied to the old one byte for byte."""

import io
import json
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import Bench
from damaged import plandata
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import HEALTH, WOMEN

from plandata.export import export
from plandata.files import PackageError
from plandata.package.canonical import table_csv
from plandata.package.folder import Folder
from plandata.package.published import Published, read_edition
from plandata.read import changes as kinds
from plandata.read.changes import COLUMNS, LEVELS, Changes, changes, demanded, kept_as, kept_changes
from plandata.read.diff import apply, difference, longest_rising, lost, moved, places, read_difference

ROOT = Path(__file__).parents[1]
FIRST = "e39dedd"
CELLS = st.text(st.sampled_from('ab1,"\n 孕≤-=\r'), max_size=4)
KEYS = st.sampled_from(["a", "b", "c", "d", "", "孕,产"])
NAMES = ("id", "plan_id", "one", "two", "three")


def told(old: Path | Published, new: Path | Published) -> dict[str, Any]:
    """The difference of two editions, by way of its JSON; that it makes the new one of the old one is checked."""
    before, after = (read_edition(side) if isinstance(side, Path) else side for side in (old, new))
    made = read_difference(json.dumps(difference(before, after)))
    assert apply(made, before.files) == after.files
    return made


def lines(old: Path, new: Path, *kinds: str) -> list[tuple[str, ...]]:
    """The changes of some kinds: table, row, column, old, new."""
    frame = changes(told(old, new)).of(*kinds)
    return frame.select("table", "row_id", "column", "old", "new").rows()


def edited(bench: Bench, tmp_path: Path) -> tuple[Path, Path]:
    """The small package as it was, and as a test left it."""
    bench.settle()
    return tmp_path / "old", bench.root


@pytest.fixture
def old(small_package: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_package, tmp_path / "old")
    return tmp_path / "old"


def version(bench: Bench, stated: str) -> None:
    bench.describe(lambda descriptor: descriptor.update(version=stated))


def edition_of(tables: dict[str, bytes], keys: object = None) -> Published:
    schema = {"primaryKey": keys} if keys else {}
    listed = [{"name": name, "path": f"data/{name}.csv", "schema": schema} for name in tables]
    return Published({"resources": listed}, {f"data/{name}.csv": content for name, content in tables.items()})


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """A file of a table: any columns in any order, keys that stand several times, cells of any sort."""
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, len(NAMES)))]
    cell = {name: KEYS if name == "id" else CELLS for name in names}
    rows = draw(st.lists(st.tuples(*(cell[name] for name in names)), max_size=8))
    frame = pl.DataFrame([[c or None for c in row] for row in rows], dict.fromkeys(names, pl.String), orient="row")
    return table_csv(frame)


# A file as no command writes it: other line ends, needless quotes, ragged rows, no table at all.
FILES = st.one_of(
    tables(),
    tables().map(lambda content: content.replace(b"\n", b"\r\n")),
    tables().map(lambda content: b"\xef\xbb\xbf" + content),
    st.text(st.sampled_from('id,"\nrow a\0'), max_size=12).map(str.encode),
    st.binary(max_size=12),
)


@settings(deadline=None, max_examples=150)
@given(old=FILES, new=FILES, keys=st.sampled_from([None, "id", ["id", "one"], ["nosuch"], {"a": 1}]))
def test_any_table_becomes_any_other(old: bytes, new: bytes, keys: object) -> None:
    told(edition_of({"t": old}, keys), edition_of({"t": new}, keys))


# A CR ends a line for those who read, wherever it stands.
INNER = CELLS.map(lambda cell: cell.replace("\r", ""))
ROWS = st.lists(st.tuples(KEYS, INNER, INNER), max_size=8)


@settings(deadline=None, max_examples=100)
@given(rows=ROWS, edits=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["drop", "double", "edit"]), INNER)))
def test_random_edits_are_told_and_applied(rows: list[tuple[str, ...]], edits: list[tuple[int, str, str]]) -> None:
    new = list(rows)
    for place, kind, cell in edits:
        if place < len(new):
            new[place : place + 1] = {"drop": [], "double": [new[place]] * 2, "edit": [(*new[place][:2], cell)]}[kind]
    made = told(*(edition_of({"t": content(side)}, "id") for side in (rows, new)))
    (table,) = made["tables"] or [{"removed": [], "added": [], "changed": []}]
    assert len(table["added"]) - len(table["removed"]) == len(new) - len(rows)
    # A key that stands as often as before has neither a new row nor one that is gone.
    keys = [[row[0] for row in side] for side in (rows, new)]
    touched = {row["cells"].get("id", "") for name in ("added", "removed") for row in table[name]}
    assert touched == {key for key in {*keys[0], *keys[1]} if keys[0].count(key) != keys[1].count(key)}


def content(rows: list[tuple[str, ...]]) -> bytes:
    """Rows as the file of a table."""
    cells = [[cell or None for cell in row] for row in rows]
    return table_csv(pl.DataFrame(cells, dict.fromkeys(("id", "one", "two"), pl.String), orient="row"))


@settings(deadline=None)
@given(st.permutations(range(9)))
def test_as_few_rows_as_possible_are_moved(order: list[int]) -> None:
    places = dict(moved(range(9), order))
    stay = [now for was, now in enumerate(order) if was not in places]
    assert stay == sorted(stay)
    assert all(order[was] == now for was, now in places.items())
    # No longer rising part exists: every one of them is tried.
    longest = max(
        bits.bit_count()
        for bits in range(1 << 9)
        if (part := [order[i] for i in range(9) if bits >> i & 1]) == sorted(part)
    )
    assert len(stay) == longest


def test_a_package_equals_itself_as_folder_descriptor_and_zip(tmp_path: Path) -> None:
    (path,) = export(Folder(ROOT), ["zip"], tmp_path / "out")
    for one, other in ((ROOT, ROOT / "datapackage.json"), (path, ROOT), (ROOT, path)):
        result = plandata("diff", one, other, "--lang", "en")
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "The editions are equal.")
    assert plandata("diff", ROOT, "--lang", "zh").stdout.endswith("两版相同。\n")


def test_a_changed_cell_is_told_and_is_a_patch(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("targets", bench.find("targets", target_id=f"{HEALTH}.g01.t1"), value="11", value_text="11/10万以下")
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.CELL) == [
        ("targets", f"{HEALTH}.g01.t1", "value", "12", "11"),
        ("targets", f"{HEALTH}.g01.t1", "value_text", "12/10万以下", "11/10万以下"),
    ]
    made = changes(told(*sides))
    assert (made.level, made.demanded, made.satisfied) == (kinds.PATCH, "0.2.1", False)
    assert made.counts("plan_id").rows() == [(WOMEN, 0, 0, 0, 1, 2)]
    result = plandata("diff", *sides, "--lang", "en")
    assert result.exit_code == 1
    assert f"  ~ {HEALTH}.g01.t1  value: 12 → 11\n" in result.stdout
    assert "Corrections (patch) demand version 0.2.1 or higher. 0.2.0 is too low." in result.stdout


def test_a_new_row_is_told_with_its_plan_and_is_minor(old: Path, bench: Bench, tmp_path: Path) -> None:
    row = bench.rows("targets")[0]
    bench.add("targets", **row | {"target_id": f"{row['target_id']}9"})
    version(bench, "0.2.1")
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.ROW_ADDED) == [("targets", f"{row['target_id']}9", "", "", "")]
    made = changes(told(*sides))
    assert (made.level, made.demanded, made.satisfied) == (kinds.MINOR, "0.2.1", True)
    assert made.of(kinds.ROW_ADDED)["plan_id"].to_list() == [row["target_id"].partition(".")[0]]


def test_ids_that_are_gone_are_refused_one_by_one_until_they_are_retired(
    old: Path, bench: Bench, tmp_path: Path
) -> None:
    gone = [f"{HEALTH}.g01.t1", f"{HEALTH}.g02.t2"]
    bench.write("targets", [row for row in bench.rows("targets") if row["target_id"] not in gone])
    sides = edited(bench, tmp_path)
    result = plandata("diff", *sides, "--lang", "en", "-o", tmp_path / "made.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split(" is gone")[0] for line in result.stderr.splitlines()] == [
        f"targets: {row_id}" for row_id in gone
    ]
    assert not (tmp_path / "made.txt").exists()
    for target in (f"{HEALTH}.g02.t1", f"{HEALTH}.g03.t1"):
        bench.add("retired_ids", old_id=gone[0], table_name="targets", replaced_by=target)
    bench.add("retired_ids", old_id=gone[1], table_name="targets")
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.ID_REMOVED) == [
        ("targets", gone[0], "", "", f"{HEALTH}.g02.t1"),
        ("targets", gone[0], "", "", f"{HEALTH}.g03.t1"),
        ("targets", gone[1], "", "", ""),
    ]
    made = changes(told(*sides))
    assert (made.level, made.demanded) == (kinds.MAJOR, "0.3.0")
    assert made.counts("table").rows()[0] == ("targets", 0, 2, 1, 0, 0)


def test_an_id_is_retired_only_in_its_own_table(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.write("targets", bench.rows("targets")[1:])
    bench.add("retired_ids", old_id=f"{HEALTH}.g01.t1", table_name="goals")
    first = read_edition(old).tables["targets"].frame
    assert first is not None
    assert lost(*map(read_edition, edited(bench, tmp_path))) == [("targets", first["target_id"][0])]


def test_of_an_id_that_stood_twice_one_row_may_go(old: Path, bench: Bench, tmp_path: Path) -> None:
    rows = (old / "data/targets.csv").read_bytes().split(b"\n")
    (old / "data/targets.csv").write_bytes(b"\n".join([rows[0], rows[1], *rows[1:]]))
    sides = edited(bench, tmp_path)
    assert lost(*map(read_edition, sides)) == []
    assert [table["removed"][0]["row"] for table in told(*sides)["tables"]] == [1]


def test_a_row_without_an_id_of_its_own_may_go(old: Path, bench: Bench, tmp_path: Path) -> None:
    gone = bench.rows("serves")[0]
    bench.write("serves", bench.rows("serves")[1:])
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.ROW_REMOVED) == [("serves", f"{gone['measure_id']}/{gone['goal_id']}", "", "", "")]
    assert changes(told(*sides)).level == kinds.PATCH


def column_of(bench: Bench, table: str, change: Any) -> None:
    """Changes the columns of a table in its file and in the descriptor."""
    frame = pl.read_csv(bench.path(table), infer_schema=False)
    bench.path(table).write_bytes(table_csv(change(frame)))

    def fields(descriptor: Any) -> None:
        (schema,) = [entry["schema"] for entry in descriptor["resources"] if entry["name"] == table]
        known = {field["name"]: field for field in schema["fields"]}
        schema["fields"] = [known.get(name, {"name": name, "type": "string"}) for name in change(frame).columns]

    bench.describe(fields)


def test_columns_that_came_went_and_were_renamed_are_told_apart(old: Path, bench: Bench, tmp_path: Path) -> None:
    def one_alike(frame: pl.DataFrame) -> pl.DataFrame:
        first = pl.when(pl.int_range(pl.len()) == 0).then("collective").otherwise(pl.lit("x"))
        return frame.with_columns(first.alias("rank")).drop("collective")

    column_of(bench, "units", one_alike)
    column_of(bench, "goals", lambda frame: frame.rename({"label_zh": "name_zh"}))
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.COLUMN_REMOVED, kinds.COLUMN_ADDED, kinds.COLUMN_RENAMED) == [
        ("goals", "", "name_zh", "label_zh", "name_zh"),
        ("units", "", "collective", "", ""),
        ("units", "", "rank", "", ""),
    ]
    assert lines(*sides, kinds.CELL) == []
    assert changes(told(*sides)).level == kinds.MAJOR


def test_cells_of_a_renamed_column_are_compared_with_its_earlier_name(old: Path, bench: Bench, tmp_path: Path) -> None:
    def split(frame: pl.DataFrame) -> pl.DataFrame:
        texts = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("Another")).otherwise(pl.col("label_en"))
        return frame.with_columns(texts.alias("label_en_short"), pl.lit("长").alias("label_en_long")).drop("label_en")

    column_of(bench, "goals", split)
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.COLUMN_RENAMED) == [("goals", "", "label_en_short", "label_en", "label_en_short")]
    assert [(column, now) for _, _, column, _, now in lines(*sides, kinds.CELL)] == [("label_en_short", "Another")]


def restructure(bench: Bench) -> None:
    """Gives a column another type, a list another code, and takes out a table."""

    def change(descriptor: Any) -> None:
        named = {entry["name"]: entry["schema"] for entry in descriptor["resources"]}
        fields = {name: {field["name"]: field for field in schema["fields"]} for name, schema in named.items()}
        fields["plans"]["end_year"]["type"] = "string"
        fields["units"]["kind"]["constraints"]["enum"][0] = "club"
        descriptor["resources"] = [entry for entry in descriptor["resources"] if entry["name"] != "serves"]

    bench.describe(change)
    bench.path("serves").unlink()


def test_types_codes_and_tables_are_compared(old: Path, bench: Bench, tmp_path: Path) -> None:
    restructure(bench)
    sides = edited(bench, tmp_path)
    assert lines(*sides, kinds.COLUMN_RETYPED) == [("plans", "", "end_year", "integer", "string")]
    assert [line[2:] for line in lines(*sides, kinds.CODE_ADDED, kinds.CODE_REMOVED)] == [
        ("kind", "", "club"),
        ("kind", "party", ""),
    ]
    assert lines(*sides, kinds.TABLE_REMOVED) == [("serves", "", "", "", "")]
    assert [table for table, *_ in lines(*reversed(sides), kinds.TABLE_ADDED)] == ["serves"]


def test_editions_with_findings_are_compared(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.damage("goals", lambda content: content.replace(b"\n", b"\r\n"))
    bench.damage("targets", lambda content: content + b'"never closed\nragged,row\n')
    bench.damage("units", lambda content: content.decode().encode("utf-16"))
    bench.damage("plans", lambda content: b"")
    sides = edited(bench, tmp_path)
    assert [line[0] for line in lines(*sides, kinds.TABLE_UNREAD)] == ["plans", "units"]
    assert [line[0] for line in lines(*sides, kinds.ROW_ADDED)] == ["targets", "targets"]


def test_a_file_that_stays_as_it_is_need_not_be_in_canonical_form(old: Path, bench: Bench, tmp_path: Path) -> None:
    def change(descriptor: Any) -> None:
        fields = {e["name"]: {f["name"]: f for f in e["schema"]["fields"]} for e in descriptor["resources"]}
        fields["units"]["kind"]["constraints"]["enum"].append("club")

    bench.damage("units", lambda content: content.replace(b"\n", b"\r\n"))
    shutil.copy(bench.path("units"), old / "data/units.csv")
    bench.describe(change)
    assert lines(*edited(bench, tmp_path), kinds.CODE_ADDED) == [("units", "", "kind", "", "club")]


def test_a_table_may_lie_in_another_file(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.path("serves").rename(bench.root / "serves.csv")
    bench.describe(lambda d: [e.update(path="serves.csv") for e in d["resources"] if e["name"] == "serves"])
    sides = edited(bench, tmp_path)
    assert [table["path"] for table in told(*sides)["tables"]] == [["data/serves.csv", "serves.csv"]]
    assert lines(*sides, kinds.ROW_ADDED, kinds.ROW_REMOVED, kinds.CELL) == []


def test_a_new_order_of_rows_is_a_difference(old: Path, bench: Bench, tmp_path: Path) -> None:
    rows = bench.rows("goals")
    bench.write("goals", [rows[-1], *rows[:-1]])
    made = told(*edited(bench, tmp_path))
    assert [(table["table"], table["moved"]) for table in made["tables"]] == [("goals", [[len(rows) - 1, 0]])]
    assert changes(made).level == kinds.PATCH


def test_only_the_files_that_the_difference_was_made_from_are_changed(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("goals", 0, label_en="Another")
    sides = edited(bench, tmp_path)
    made, files = told(*sides), dict(read_edition(old).files)
    with pytest.raises(PackageError, match=r"data/plans.csv: is not the file"):
        apply(made, files | {"data/plans.csv": b"x\n"})
    (goals,) = (table for table in made["tables"] if table["table"] == "goals")
    goals["changed"][0]["cells"]["label_en"][1] = "Forged"
    with pytest.raises(PackageError, match="does not become"):
        apply(made, files)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "plandata-difference-1"}'])
def test_what_is_no_difference_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(PackageError, match="is no difference as plandata diff writes it"):
        apply(read_difference(text), {})


ZIPS = {
    "climbs": ([("../x", b"")], "climbs out"),
    "nothing in it": ([], "not found"),
    "no descriptor": ([("a/b.txt", b"")], "not found"),
    "a broken descriptor": ([("a/datapackage.json", b"{")], "is not JSON"),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_that_is_no_edition_is_one_line(tmp_path: Path, name: str) -> None:
    parts, said = ZIPS[name]
    path = tmp_path / "old.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts:
            archive.writestr(part, content)
    result = plandata("diff", path, ROOT)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"plandata: {path}")
    assert said in result.stderr
    assert [entry.name for entry in tmp_path.iterdir()] == ["old.zip"]


def test_what_is_no_zip_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "old.zip").write_bytes(b"PK\x03\x04 no archive")
    result = plandata("diff", tmp_path / "old.zip", ROOT)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "is no zip archive that can be read" in result.stderr


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plandata.files.ARCHIVE_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "old.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/data.csv", b"0" * 1001)
    assert "would unpack to more" in plandata("diff", tmp_path / "old.zip", ROOT).stderr


def test_texts_that_a_terminal_or_a_page_would_run_stay_texts(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("goals", 0, label_en="\x1b[31m`*<b>\nA line of its own")
    bench.patch("units", 0, unit_id="a`|<b>", name_en="=1+1")
    bench.add("retired_ids", old_id="weining.health-bureau", table_name="units", replaced_by="a`|<b>")
    sides = edited(bench, tmp_path)
    assert "\x1b" not in plandata("diff", *sides).stdout
    assert "\\nA line of its own" in plandata("diff", *sides).stdout
    assert "`a&#96;&#124;&#60;b>`" in plandata("diff", *sides, "--format", "md").stdout
    column_of(bench, "goals", lambda frame: frame.with_columns(pl.lit("-1").alias("=x")))
    assert ",'=x," in plandata("diff", *edited(bench, tmp_path), "--format", "csv").stdout


def test_the_changelog_tells_each_table_with_its_own_columns(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("goals", 0, label_en="Another label", label_zh="另一标签")
    bench.patch("goals", 1, label_en="One more label")
    bench.patch("domains", 0, title_en="Another title")
    result = plandata("diff", *edited(bench, tmp_path), "--format", "md", "--lang", "en")
    told = [line for line in result.stdout.splitlines() if line.startswith(("- `goals`", "- `domains`"))]
    assert told == [
        "- `domains`: cells changed 1 (`title_en` 1).",
        "- `goals`: cells changed 3 (`label_en` 2, `label_zh` 1).",
    ]


@pytest.fixture
def much(old: Path, bench: Bench, tmp_path: Path) -> tuple[Path, Path]:
    """Two editions that differ in rows, cells, columns, a type, codes, a table and another file."""
    gone, kept = f"{HEALTH}.g02.t2", f"{HEALTH}.g02.t1"
    bench.write("targets", [row for row in bench.rows("targets") if row["target_id"] != gone])
    bench.add("retired_ids", old_id=gone, table_name="targets", replaced_by=kept)
    bench.patch("targets", bench.find("targets", target_id=f"{HEALTH}.g01.t1"), value="11", baseline_value="15")
    bench.patch("places", 0, name_en="")
    bench.write("units", bench.rows("units")[1:])
    bench.add("retired_ids", old_id="weining.health-bureau", table_name="units")
    column_of(bench, "goals", lambda frame: frame.rename({"label_zh": "name_zh"}))
    column_of(bench, "domains", lambda frame: frame.with_columns(pl.lit("x").alias("rank")))
    restructure(bench)
    version(bench, "0.3.0")
    return edited(bench, tmp_path)


def test_text_counts_by_table_and_plan_then_tells_each_change(much: tuple[Path, Path]) -> None:
    text = plandata("diff", *much, "--lang", "en").stdout
    head, tables, plans, *told, verdict = [part.splitlines() for part in text.split("\n\n")]
    assert head == ["china-women-children-plans 0.2.0 → 0.3.0"]
    assert tables == [
        "table        rows before  rows now  added  removed  replaced  rows changed  cells changed",
        "places                 2         2                                       1              1",
        "plans                  2         2",
        "domains                4         4",
        "goals                  9         9",
        "targets               12        11               1         1             1              2",
        "units                  4         3               1",
        "serves                 1         0               1",
        "retired_ids            1         3      2",
    ]
    assert plans == [
        "plan                added  removed  replaced  rows changed  cells changed",
        "weining-women-2021               2         1             1              2",
        "(no plan)               2        1                       1              1",
    ]
    assert told == [
        [
            "plans: column of another type end_year (integer → string)",
            "domains: new column rank",
            "goals: column renamed label_zh → name_zh",
            "units: new code kind=club",
            "units: code removed kind=party",
            "serves: table removed",
        ],
        ["Other files that differ: datapackage.json"],
        ["places", "  ~ weining  name_en: Weining Yi, Hui and Miao Autonomous County → (empty)"],
        [
            "targets",
            f"  - {HEALTH}.g02.t2 → {HEALTH}.g02.t1",
            f"  ~ {HEALTH}.g01.t1  value: 12 → 11",
            f"  ~ {HEALTH}.g01.t1  baseline_value: (empty) → 15",
        ],
        ["units", "  - weining.health-bureau"],
        ["serves", f"  - {HEALTH}.m01/{HEALTH}.g03"],
        ["retired_ids", f"  + {HEALTH}.g02.t2/{HEALTH}.g02.t1", "  + weining.health-bureau"],
    ]
    assert verdict == [
        "Removed or renamed ids, columns or codes (major) demand version 0.3.0 or higher. 0.3.0 satisfies it."
    ]


def test_the_changelog_tells_kinds_of_changes_counts_and_ids(much: tuple[Path, Path]) -> None:
    head, listed, _ = plandata("diff", *much, "--lang", "en", "--format", "md").stdout.split("\n\n")
    assert head == "Changes of the data since 0.2.0:"
    assert listed.splitlines() == [
        "- Table removed: `serves`.",
        "- New column: `domains.rank`.",
        "- Column renamed: `goals.label_zh → name_zh`.",
        "- Column of another type: `plans.end_year (integer → string)`.",
        "- New code: `units.kind=club`.",
        "- Code removed: `units.kind=party`.",
        "- `places`: cells changed 1 (`name_en` 1).",
        "- `targets`: rows removed 1, of them replaced 1, cells changed 2 (`baseline_value` 1, `value` 1).",
        "- `units`: rows removed 1.",
        "- `serves`: rows removed 1.",
        "- `retired_ids`: rows added 2.",
        f"- Ids withdrawn: `{HEALTH}.g02.t2` → `{HEALTH}.g02.t1`; `weining.health-bureau`.",
    ]


def test_an_edition_without_a_version_satisfies_nothing(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("goals", 0, label_zh="另一标签")
    bench.describe(lambda descriptor: descriptor.pop("version"))
    sides = edited(bench, tmp_path)
    for form in ("text", "md"):
        said = plandata("diff", *sides, "--lang", "en", "--format", form).stdout
        assert said.endswith("\n\nCorrections (patch) demand version 0.2.1 or higher. The new edition has none.\n")
    assert plandata("diff", *sides, "--lang", "zh").stdout.startswith("china-women-children-plans 0.2.0 → 无版本号\n")
    for lang, end in (("en", "Corrections (patch); the old edition has no version.\n"), ("zh", "旧版无版本号。\n")):
        assert plandata("diff", *reversed(sides), "--lang", lang).stdout.endswith(end)


@pytest.mark.parametrize("form", ["text", "md"])
def test_chinese_output_is_chinese(old: Path, bench: Bench, tmp_path: Path, form: str) -> None:
    bench.patch("goals", 0, label_zh="另一标签")
    bench.write("serves", [])
    result = plandata("diff", *edited(bench, tmp_path), "--format", form, "--lang", "zh")
    assert "版本号不得低于 0.2.1" in result.stdout
    for word in ("rows", "cells", "changed", "Corrections", ": ", ", data"):
        assert word not in result.stdout.replace("data/", "")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first edition, from the history of the repository."""
    done = subprocess.run(["git", "archive", FIRST], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"the history of this checkout does not hold {FIRST}")
    folder = tmp_path_factory.mktemp("first")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


def test_the_first_edition_becomes_this_one_and_back(first: Path) -> None:
    made = changes(told(first, ROOT))
    assert made.edition(kinds.VERSION)[0] == "0.1.0"
    assert (made.level, made.demanded, made.satisfied) == (kinds.MAJOR, "0.2.0", True)
    assert made.of(kinds.COLUMN_RENAMED).select("table", "old", "new").rows() == [
        ("targets", "note", "note_en"),
        ("anomalies", "resolution", "resolution_en"),
    ]
    assert made.of(kinds.ID_REMOVED).height >= 3
    told(ROOT, first)


def test_the_kept_changes_are_those_of_the_first_edition(first: Path) -> None:
    kept = {made.edition(kinds.VERSION): made for made in kept_changes(ROOT)}
    made = changes(told(first, ROOT))
    if made.edition(kinds.VERSION) not in kept:
        pytest.skip("this version was preceded by another one")
    own = kept[made.edition(kinds.VERSION)]
    assert own.leads_to(Folder(ROOT).descriptor), f"run make changes OLD={FIRST}"
    data = ~pl.col("change").is_in([kinds.FILE, kinds.SAME_FILE])
    assert own.frame.filter(data).equals(made.frame.filter(data)), f"run make changes OLD={FIRST}"


def test_kept_changes_are_read_as_they_were_written(old: Path, bench: Bench, tmp_path: Path) -> None:
    bench.patch("goals", 0, label_en="One, two\nthree")
    version(bench, "0.3.0")
    sides = edited(bench, tmp_path)
    made = changes(told(*sides))
    path = sides[1] / kept_as("0.2.0", "0.3.0")
    path.parent.mkdir(parents=True)
    path.write_text(made.csv, encoding="utf-8")
    (kept,) = kept_changes(sides[1])
    assert kept.frame.equals(made.frame)
    assert kept.leads_to(Folder(sides[1]).descriptor)
    assert not kept.leads_to(Folder(sides[0]).descriptor)
    path.rename(path.with_name("changes-0.1.0-to-0.3.0.csv"))
    with pytest.raises(PackageError, match="are no changes as its name tells"):
        kept_changes(sides[1])


def test_many_rows_are_compared_at_once() -> None:
    """A million cells in columns, where row by row would take minutes."""
    rows = pl.DataFrame({"id": [f"r{n:06}" for n in range(200_000)]})
    rows = rows.with_columns(pl.col("id").alias("one"), pl.lit("x").alias("two"))
    changed = rows.with_columns(pl.when(pl.col("id") == "r100000").then(pl.lit("y")).otherwise("two").alias("two"))
    made = told(edition_of({"t": table_csv(rows)}, "id"), edition_of({"t": table_csv(changed[:-1])}, "id"))
    (table,) = made["tables"]
    assert [(row["id"], row["cells"]) for row in table["changed"]] == [("r100000", {"two": ["x", "y"]})]
    assert [row["id"] for row in table["removed"]] == ["r199999"]


@pytest.mark.parametrize(
    ("version", "versions"),
    [
        ("1.4.2", ["1.4.2", "1.4.3", "1.5.0", "2.0.0"]),
        ("0.4.2", ["0.4.2", "0.4.3", "0.4.3", "0.5.0"]),
        ("0.0.0", ["0.0.0", "0.0.1", "0.0.1", "0.1.0"]),
        ("1.0.0-draft", ["1.0.0", "1.0.1", "1.1.0", "2.0.0"]),
        ("soon", [""] * 4),
    ],
)
def test_a_version_is_as_high_as_its_weightiest_change(version: str, versions: list[str]) -> None:
    assert [demanded(version, level) for level in LEVELS] == versions


def made_of(*rows: tuple[str, ...]) -> Changes:
    return Changes(pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))


@pytest.mark.parametrize(
    ("old", "new", "kind", "level", "satisfied"),
    [
        ("1.0.0", "1.0.0", kinds.SAME_FILE, kinds.EQUAL, True),
        ("1.0.0", "1.0.0", kinds.CELL, kinds.PATCH, False),
        ("1.0.0", "1.0.1", kinds.CELL, kinds.PATCH, True),
        ("1.0.0", "1.0.1-draft.1", kinds.TABLE_UNREAD, kinds.PATCH, True),
        ("1.0.0", "1.0.9", kinds.ROW_ADDED, kinds.MINOR, False),
        ("1.9.0", "1.10.0", kinds.CODE_ADDED, kinds.MINOR, True),
        ("1.0.0", "1.9.9", kinds.ID_REMOVED, kinds.MAJOR, False),
        ("1.0.0", "2.0.0", kinds.COLUMN_RENAMED, kinds.MAJOR, True),
        ("soon", "2.0.0", kinds.CELL, kinds.PATCH, False),
        ("1.0.0", "soon", kinds.CELL, kinds.PATCH, False),
        ("1.0.0", "1.0.1", kinds.ROW_REMOVED, kinds.PATCH, True),
        ("1.0.0", "1.0.1", kinds.FILE, kinds.PATCH, True),
    ],
)
def test_a_new_edition_bears_a_version_that_is_high_enough(
    old: str, new: str, kind: str, level: str, satisfied: bool
) -> None:
    made = made_of(("", "", "", kinds.VERSION, "", old, new), ("t", "p", "r", kind, "c", "1", "2"))
    assert (made.level, made.satisfied, made.differ) == (level, satisfied, level != kinds.EQUAL)
    assert made.edition(kinds.VERSION) == (old, new)
    assert made.edition(kinds.CREATED) == ("", "")


def test_the_weightiest_change_counts_and_no_change_is_none() -> None:
    rows = [("t", "p", "r", kind, "", "", "") for kind in (kinds.CELL, kinds.ID_REMOVED, kinds.ROW_ADDED)]
    assert made_of(*rows).level == kinds.MAJOR
    assert (made_of().level, made_of().differ) == (kinds.EQUAL, False)


def test_rows_and_cells_are_counted_by_table() -> None:
    made = made_of(
        ("t", "p", "a", kinds.ROW_ADDED, "", "", ""),
        ("t", "p", "b", kinds.ROW_REMOVED, "", "", ""),
        ("t", "p", "b", kinds.ROW_REMOVED, "", "", ""),
        ("t", "p", "c", kinds.ID_REMOVED, "", "", "d"),
        ("t", "p", "c", kinds.ID_REMOVED, "", "", "e"),
        ("t", "p", "f", kinds.ID_REMOVED, "", "", ""),
        ("t", "p", "g", kinds.CELL, "x_en", "1", "2"),
        ("t", "p", "g", kinds.CELL, "y", "1", "2"),
        ("u", "p", "g", kinds.CELL, "y_zh", "1", ""),
        ("t", "", "", kinds.COLUMN_ADDED, "z", "", ""),
    )
    assert made.counts("table").rows() == [("t", 1, 4, 1, 1, 2), ("u", 0, 0, 0, 1, 1)]
    assert made.counts("plan_id").rows() == [("p", 1, 4, 1, 2, 3)]
    assert made.cells(wording=True)["column"].to_list() == ["x_en", "y_zh"]
    assert made.cells(wording=False)["column"].to_list() == ["y"]


def test_the_newest_changes_that_a_package_keeps_come_first(tmp_path: Path) -> None:
    folder = tmp_path / "docs/data"
    folder.mkdir(parents=True)
    for old, new in (("0.1.0", "0.2.0"), ("0.9.0", "0.10.0"), ("0.2.0", "0.9.0")):
        made = made_of(("", "", "", kinds.VERSION, "", old, new))
        (tmp_path / kept_as(old, new)).write_text(made.csv, encoding="utf-8")
    (folder / "other.csv").write_text("x\n")
    assert [made.edition(kinds.VERSION)[1] for made in kept_changes(tmp_path)] == ["0.10.0", "0.9.0", "0.2.0"]
    (folder / "changes-0.1.0-to-0.2.0.csv").write_bytes(b"")
    with pytest.raises(PackageError, match=r"changes-0\.1\.0-to-0\.2\.0\.csv: cannot be read"):
        kept_changes(tmp_path)


@pytest.mark.parametrize(
    ("numbers", "stay"), [([], []), ([5], [0]), ([0, 1, 2], [0, 1, 2]), ([2, 1, 0], [2]), ([1, 2, 0, 3], [0, 1, 3])]
)
def test_a_longest_rising_part_stays(numbers: list[int], stay: list[int]) -> None:
    assert sorted(longest_rising(numbers)) == stay


@pytest.mark.parametrize(
    ("kept", "moves", "added", "told"),
    [
        ([0, 1, 2], [], [], [0, 1, 2]),
        ([0, 2], [], [1], [0, 2, 1]),
        ([0, 1], [], [0, 3], [1, 2, 0, 3]),
        ([0, 1, 2], [[2, 0]], [], [1, 2, 0]),
        ([], [], [0], [0]),
    ],
)
def test_each_row_has_its_place_in_the_new_table(
    kept: list[int], moves: list[tuple[int, int]], added: list[int], told: list[int]
) -> None:
    assert places(kept, moves, added) == told


def renamed(old: str, new: str) -> tuple[object, object]:
    """What became of the column x: its new name, or none, and the cells that changed."""
    made = told(*(edition_of({"t": f"id,{side}".encode()}, "id") for side in (old, new)))
    (table,) = made["tables"]
    return table["renamed"].get("x"), [row["cells"] for row in table["changed"]]


@pytest.mark.parametrize(
    ("alike", "name", "is_renamed"),
    [(9, "y", True), (8, "y", False), (1, "x_en", True), (0, "x_en", False), (1, "xen", False)],
)
def test_a_column_is_renamed_where_its_cells_go_on(alike: int, name: str, is_renamed: bool) -> None:
    old = "x\n" + "".join(f"{n},v{n}\n" for n in range(10))
    new = f"{name}\n" + "".join(f"{n},{'v' if n < alike else 'w'}{n}\n" for n in range(10))
    column, cells = renamed(old, new)
    assert column == (name if is_renamed else None)
    assert len(cells) == (10 - alike if is_renamed else 0)


def test_an_empty_column_is_renamed_to_none_but_what_it_held() -> None:
    assert renamed("x\n1,\n2,a\n", "y\n1,\n2,a\n") == ("y", [])
    assert renamed("x\n1,\n2,a\n", "y\n1,b\n2,a\n") == ("y", [{"y": [None, "b"]}])
    assert renamed("x\n1,\n2,\n", "y\n1,\n2,\n") == (None, [])


def test_rows_are_matched_by_the_newer_key_where_both_have_it() -> None:
    files = [b"id,one\na,1\nb,2\n", b"id,one\na,2\nb,1\n"]
    for keys, changed in (("id", 2), ("one", 2), (["id", "one"], 0), (["lost"], 0), (None, 0)):
        sides = [edition_of({"t": content}, keys) for content in files]
        (table,) = told(*sides)["tables"]
        assert len(table["changed"]) == changed
        assert len(table["added"]) == len(table["removed"]) == (0 if changed else 2)


def test_a_row_stands_in_the_plan_of_what_it_names() -> None:
    def edition(label: str) -> Published:
        schemas = {"goals": "goal_id", "targets": "target_id"}
        files = {
            "goals": b"goal_id,plan_id\ng1,p1\n",
            "targets": f"target_id,goal_id,label\nt1,g1,{label}\nt2,,{label}\n".encode(),
        }
        listed = [{"name": n, "path": n, "schema": {"primaryKey": key}} for n, key in schemas.items()]
        return Published({"resources": listed}, files)

    (table,) = told(edition("a"), edition("b"))["tables"]
    assert [(row["id"], row["plan"]) for row in table["changed"]] == [("t1", "p1"), ("t2", "")]


def test_what_is_no_text_is_kept_byte_for_byte() -> None:
    old, new = (Published({"resources": []}, {"a": content, "b": b"x"}) for content in (b"old", b"\xff\x00"))
    made = told(old, new)
    assert made["texts"] == {"a": {"base64": "/wA="}}
    assert list(made["files"]) == ["a", "b"]
    assert told(new, old)["texts"] == {"a": "old"}
    assert told(old, Published({"resources": []}, {"b": b"x"}))["files"]["a"][1] is None
