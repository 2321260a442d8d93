"""plandata show: a row with all that hangs on it, near ids, and the original wording."""

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len
from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.files import json_text
from plandata.read.ids import Ids
from plandata.read.record import Records
from plandata.read.record_schema import record_schema
from plandata.read.show import LONGEST, ManyNamedError, Shown, key_column, show
from plandata.report.rows import show_text
from plandata.schema import edition
from plandata.tables import Tables
from plandata.texts.original import Mark, marked, marks, original
from plandata.texts.verify import Coded

GOAL = "weining-women-2021.health.g03"
SOURCES = os.environ.get("PLANDATA_SOURCES")
needs_texts = pytest.mark.skipif(not SOURCES, reason="PLANDATA_SOURCES names no folder with the documents' texts")


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open()


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["show", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("table", [t for t in edition().tables.values() if t.primary_key], ids=lambda table: table.name)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_row_can_be_shown(package: plandata.Package, table: object, lang: str) -> None:
    name = table.name  # type: ignore[attr-defined]
    key = table.primary_key[0]  # type: ignore[attr-defined]
    row_id = package[name][key][-1]
    found = next(shown for shown in show(package, row_id, lang) if shown.table == name)
    assert found.id == row_id
    assert row_id in show_text(found).splitlines()[0]
    assert len(found.fields) >= 3


def test_a_goal_shows_its_targets_in_words_its_bodies_and_its_neighbours(package: plandata.Package) -> None:
    found = show(package, GOAL, "en")[0]
    assert (f"{GOAL}.t1", "Maternal mortality ratio: at most 12 per 100,000, by 2025") in found.related["Targets"]
    assert any(text.startswith("lead unit: ") for _, text in found.related["Assignments"])
    assert [key for key, _ in found.related["Neighbours"]] == [
        "weining-women-2021.health.g02",
        "weining-women-2021.health.g04",
    ]


def test_the_first_of_its_siblings_has_one_neighbour(package: plandata.Package) -> None:
    first = "weining-women-2021.health.g01"
    assert [key for key, _ in show(package, first)[0].related["Neighbours"]] == ["weining-women-2021.health.g02"]


def test_a_target_shows_the_bodies_and_anomalies_of_its_item(package: plandata.Package) -> None:
    found = show(package, f"{GOAL}.t1", "zh")[0]
    assert found.related["责任分工"] == show(package, GOAL, "zh")[0].related["责任分工"]
    damaged = package["anomalies"]["goal_id"].drop_nulls().to_list()
    target = next(t for t, g in package["targets"].select("target_id", "goal_id").iter_rows() if g in damaged)
    assert "异常" in show(package, target, "zh")[0].related


def test_codes_and_keys_are_shown_with_what_they_stand_for(package: plandata.Package) -> None:
    fields = dict(show(package, f"{GOAL}.t1", "zh")[0].fields)
    assert fields["比较方式"] == "不高于 (le)"
    assert fields["指标标识"] == "maternal-mortality  孕产妇死亡率"
    assert "备注" not in fields, "an empty cell is left out"


def test_a_long_list_tells_how_many_more_there_are(package: plandata.Package) -> None:
    place = package["units"]["place_id"].value_counts(sort=True)["place_id"][0]
    count = package["units"].filter(package["units"]["place_id"] == place).height
    listed = show(package, place, "en")[0].related["Units"]
    assert len(listed) == LONGEST + 1
    assert listed[-1] == ("", f"… {count - LONGEST} more")


def test_wide_characters_align(package: plandata.Package) -> None:
    found = show(package, "weining", "zh")[0]
    lines = show_text(found).split("\n\n")[1].splitlines()
    starts = {cell_len(line.rpartition(text)[0]) for line, (_, text) in zip(lines, found.fields, strict=True)}
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("weining-woman-2021.health.g03", GOAL),
        ("maternal-mortalty", "maternal-mortality"),
    ],
)
def test_near_ids_are_suggested(package: plandata.Package, wrong: str, near: str) -> None:
    assert near in Ids(Tables.of(package)).near(wrong)
    code, out, err = run(wrong)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert near in err


@pytest.mark.parametrize(
    ("name", "row_id"),
    [
        ("WEINING", "weining"),
        ("聊城", "liaocheng"),
        ("聊城市", "liaocheng"),
        ("孕产妇死亡率", "maternal-mortality"),
        ("Maternal mortality ratio", "maternal-mortality"),
        ("MMR", "maternal-mortality"),
        ("聊城卫健委", "liaocheng.health-commission"),
        ("聊城 妇联", "liaocheng.womens-federation"),
        ("聊城市“十四五”妇女发展规划", "liaocheng-women-2021"),
    ],
)
def test_a_row_is_shown_by_its_name(package: plandata.Package, name: str, row_id: str) -> None:
    assert [row.id for row in show(package, name)] == [row_id]
    code, out, err = run(*name.split(), "--lang", "zh")
    assert (code, err) == (0, "")
    assert f"（{row_id}）" in out.splitlines()[0]


def test_a_name_of_several_rows_is_answered_with_the_list_of_them(package: plandata.Package) -> None:
    with pytest.raises(ManyNamedError, match=r"'卫健委' fits 2 rows; name one by its id: liaocheng\."):
        show(package, "卫健委")
    code, out, err = run("卫健委", "--lang", "zh")
    assert (code, out) == (2, "")
    told, _, *rows = err.splitlines()
    assert told.startswith("“卫健委”对应 2 行；请用标识")
    assert [row.split()[0] for row in rows] == ["liaocheng.health-commission", "weining.health-bureau"]


def test_words_that_only_stand_beside_names_show_no_row(package: plandata.Package) -> None:
    """371500 is the code of a place, and no name."""
    assert package.search("371500")["id"][0] == "liaocheng"
    code, out, err = run("371500")
    assert (code, out) == (2, "")
    assert err.startswith("plandata: no row has the id or name '371500'")


def test_a_body_shows_what_it_leads_apart_from_what_it_shares(package: plandata.Package) -> None:
    found = show(package, "liaocheng.health-commission", "zh")[0]
    roles = package["assignments"].filter(pl.col("unit_id") == found.id)["role"].value_counts()
    counts = dict(roles.iter_rows())
    words = package.words("zh")
    heads = [head for head in found.related if head.startswith("责任分工")]
    assert heads == [f"责任分工：{words.label('role', role)}（{counts[role]}）" for role in ("lead", "responsible")]
    assert ("liaocheng-women-2021.health.g02", "孕产妇死亡率及城乡区域差距") in found.related[heads[0]]
    assert not {key for key, _ in found.related[heads[0]]} & {key for key, _ in found.related[heads[1]]} - {""}


def test_the_targets_of_an_indicator_are_told_by_their_places(package: plandata.Package) -> None:
    listed = dict(show(package, "maternal-mortality", "zh")[0].related["目标值"])
    assert listed["liaocheng-women-2021.health.g02.t1"] == "聊城市：到2025年，不高于8.2/10万"
    assert listed["baodi-women-2021.health.g02.t2"].startswith("宝坻区（流动人口）：")


@pytest.mark.parametrize(("lang", "word"), [("en", "no"), ("zh", "否")])
def test_a_yes_or_no_is_said_in_words(package: plandata.Package, lang: str, word: str) -> None:
    found = show(package, "liaocheng.health-commission", lang)[0]
    assert word in dict(found.fields).values()
    assert "False" not in show_text(found)


def test_json_is_the_record_of_the_static_api(package: plandata.Package) -> None:
    code, out, _ = run("liaocheng.health-commission", "--json")
    (shown,) = json.loads(out)
    assert code == 0
    Draft202012Validator(record_schema(package.schemas)).validate(shown)
    assert shown == json.loads(json_text(Records(package)[shown["id"]]))
    count = package["assignments"].filter(pl.col("unit_id") == shown["id"]).height
    assert len(shown["related"]["assignments"]) == count > LONGEST
    goal = json.loads(run(GOAL, "--json")[1])[0]
    targets = [json.loads(run(row["id"], "--json")[1])[0] for row in goal["related"]["targets"]]
    assert [target["cells"]["value"] for target in targets] == [12, None, None]


def test_json_has_no_wording(tmp_path: Path) -> None:
    code, out, err = run(GOAL, "--json", "--sources", str(tmp_path))
    assert (code, out) == (2, "")
    assert "take --sources without it" in err


@pytest.mark.parametrize("room", [60, 80, 200])
@pytest.mark.parametrize("row_id", ["maternal-mortality", "liaocheng.health-commission", "liaocheng"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_row_fits_the_terminal(package: plandata.Package, row_id: str, lang: str, room: int) -> None:
    found = show(package, row_id, lang)[0]
    fitted, plain = show_text(found, room), show_text(found)
    assert max(map(cell_len, fitted.splitlines()[2:])) <= room
    letters = ["".join(text.split()) for text in (fitted, plain)]
    assert sorted(letters[0]) == sorted(letters[1]), "nothing is cut"


def test_names_and_ids_stay_whole_where_what_is_told_of_them_goes_on_below() -> None:
    row = Shown("goals", "an.id", "Heading", [("a name", "one two")], {"List": [("another.id", "three four")]})
    assert show_text(row, 17).splitlines() == [
        *("Heading", "", "  a name  one two", "", "List", "  another.id  thr", "              ee", "              fou"),
        "              r",
    ]
    assert show_text(row).splitlines()[-1] == "  another.id  three four"


@pytest.mark.skipif(os.name == "nt", reason="a terminal of a POSIX system")
def test_on_a_terminal_lines_are_as_wide_as_it_and_in_a_pipe_whole() -> None:
    import pty

    command = [
        sys.executable,
        "-c",
        "from plandata.cli import run; run()",
        "show",
        "maternal-mortality",
        "--lang",
        "zh",
    ]
    ours, theirs = pty.openpty()
    env = os.environ | {"COLUMNS": "70", "TERM": "dumb"}
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=env):
        os.close(theirs)
        shown = b""
        while chunk := read_from(ours):
            shown += chunk
    lines = shown.decode().splitlines()
    assert 60 < max(map(cell_len, lines)) <= 70
    piped = subprocess.run(command, capture_output=True, env=env, check=True, encoding="utf-8").stdout
    assert max(map(cell_len, piped.splitlines())) > 200


def read_from(descriptor: int) -> bytes:
    """What a terminal shows next; nothing once its program is gone."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def test_an_id_like_nothing_is_refused_without_suggestions() -> None:
    code, _, err = run("§§§")
    assert code == 2
    assert "Near: none" in err


def test_the_command_prints_the_row_plainly() -> None:
    code, out, err = run(GOAL, "--lang", "zh")
    assert (code, err) == (0, "")
    assert "到2025年，不高于12/10万" in out
    assert "\x1b" not in out


def test_show_needs_a_package(tmp_path: Path) -> None:
    code, _, err = run(GOAL, "--package", str(tmp_path))
    assert code == 2
    assert "datapackage.json" in err


def test_figures_are_marked_with_what_they_were_coded_as() -> None:
    assert marked("ab12cd", [Mark(2, 4, "t1")]) == "ab⟦12⟧t1cd"
    assert marked("1", [Mark(0, 1, "age")]) == "⟦1⟧age"
    assert marked("a12b", [Mark(0, 4, "t1"), Mark(1, 3, "t2")]) == "⟦a⟦12⟧t2b⟧t1"
    assert marked("none", []) == "none"


def test_targets_of_one_figure_share_a_mark(package: plandata.Package) -> None:
    phrases = package["targets"].group_by("goal_id", "value_text").len().filter(pl.col("len") > 1).drop_nulls()
    row = phrases.sort("goal_id").row(0, named=True)
    found = marks(Coded(Tables.of(package)), row["goal_id"], f"文中{row['value_text']}。")
    assert any(" " in mark.coded_as for mark in found)


@pytest.mark.parametrize("row_id", ["weining", "maternal-mortality"])
def test_a_row_without_wording_says_so(package: plandata.Package, tmp_path: Path, row_id: str) -> None:
    with pytest.raises(plandata.PackageError, match="no wording of its own"):
        original(package, tmp_path, row_id)


def test_a_folder_without_the_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("other", encoding="utf-8")
    code, out, err = run(GOAL, "--sources", str(tmp_path))
    assert (code, out) == (2, "")
    assert "weining-2021" in err


@needs_texts
def test_the_original_wording_is_printed_with_its_figures(package: plandata.Package) -> None:
    text, found = original(package, Path(SOURCES or ""), f"{GOAL}.t1")
    assert [text[mark.start : mark.end] for mark in found if mark.coded_as == "t1"] == ["下降到12/10万以下"]
    code, out, _ = run(GOAL, "--sources", SOURCES or "", "--lang", "en")
    assert code == 0
    assert "⟦下降到12/10万以下⟧t1" in out


@needs_texts
def test_every_target_is_marked_in_its_item(package: plandata.Package) -> None:
    for row in package["targets"].sample(5, seed=1).iter_rows(named=True):
        _, found = original(package, Path(SOURCES or ""), row["target_id"])
        name = row["target_id"].rpartition(".")[2]
        assert any(name in mark.coded_as.split() for mark in found), row["target_id"]


def test_the_tables_that_hang_together_are_those_of_the_schemas(package: plandata.Package) -> None:
    titles = {table.title.en for table in edition().tables.values()} | {"Neighbours"}
    for row_id in (GOAL, "weining", "maternal-mortality", "weining-women-2021"):
        assert set(show(package, row_id, "en")[0].related) <= titles


@pytest.mark.parametrize(
    ("table", "used", "column"),
    [
        ("units", [], "unit_id"),
        ("assignments", ["goal_id", "measure_id"], "unit_id"),
        ("assignments", ["unit_id"], "item_id"),
        ("non_targets", ["goal_id", "measure_id"], ""),
        ("citations", ["goal_id"], ""),
        ("citations", ["plan_id"], "item_id"),
        ("serves", ["measure_id"], "goal_id"),
        ("serves", ["goal_id"], "measure_id"),
        ("instruments", ["measure_id"], ""),
    ],
)
def test_a_row_without_an_id_is_told_by_its_other_end(table: str, used: list[str], column: str) -> None:
    assert key_column(edition().tables[table], used) == column
