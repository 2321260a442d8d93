"""plandata monitor responsibilities: the bodies of a place, and who is responsible, as workbook and document."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from conftest import Bench
from packages import HEALTH
from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.files import PackageError
from plandata.monitor.bodies import LEAD, assigned, item_names, standing
from plandata.monitor.responsibilities import OVERVIEW, dated, parts, responsibilities
from plandata.report.workbook import NAME_LENGTH, sheet_name
from plandata.schema import edition
from plandata.tables import Tables
from plandata.words import Words

ROOT = Path(__file__).parents[1]
PLACES = ("baodi", "changping", "jiaxing", "liaocheng", "weining")


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open(ROOT)


@pytest.fixture(scope="module")
def tables(package: plandata.Package) -> Tables:
    return Tables.of(package)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def texts(page: Any) -> list[str]:
    return [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell is not None]


def numbered(page: Any) -> list[tuple[Any, ...]]:
    """The rows of items of a sheet: those that begin with a number."""
    return [row for row in page.iter_rows(values_only=True) if isinstance(row[0], int | float)]


@pytest.mark.parametrize("place", PLACES)
def test_every_item_and_every_assignment_of_a_place_is_there_once(tables: Tables, place: str) -> None:
    found = assigned(tables, place)
    items = tables.placed.filter(tables.placed["place_id"] == place)["item_id"]
    assert sorted(item.item_id for item in found.items) == sorted(items)
    rows = [row for row in tables.rows("assignments") if row["place_id"] == place]
    held = [(item.item_id, body.unit.unit_id, role) for body in found.bodies for role, item in body.duties]
    assert sorted(held) == sorted((row["item_id"], row["unit_id"], row["role"]) for row in rows)
    targets = [aim.target.target_id for item in found.items for aim in item.aims]
    assert sorted(targets) == sorted(row["target_id"] for row in tables.rows("targets") if row["place_id"] == place)


def test_items_stand_plan_by_plan_and_the_whole_before_its_parts(tables: Tables) -> None:
    found = assigned(tables, "weining")
    plans = [item.plan_id for item in found.items]
    assert plans == sorted(plans)
    kinds = [item.kind for item in found.items if item.plan_id == plans[0]]
    assert kinds[0] == "overall"
    assert kinds[-1] == "monitoring"
    health = [item for item in found.items if item.domain.zh == "儿童与健康"]
    assert [item.table for item in health] == sorted(item.table for item in health)
    assert health[0].kind_codes == "goal_kind"


def test_the_plan_as_a_whole_comes_first_and_what_stands_in_no_domain_last() -> None:
    domains = {
        f"p.{population}{position}": {"population": population, "position": position}
        for population in ("children", "women")
        for position in ("2", "10")
    }

    def row(kind: str, domain: str, position: str, key: str = "goal_id") -> dict[str, str]:
        return {"plan_id": "p", "kind": kind, "domain_id": domain, "position": position, key: "x"}

    wanted = [
        row("overall", "", "1"),
        row("goal", "", "1"),
        row("goal", "p.children2", "2"),
        row("goal", "p.children2", "10"),
        row("indicator", "p.children2", "1"),
        row("measure", "p.children2", "1", "measure_id"),
        row("goal", "p.children10", "1"),
        row("goal", "p.women2", "1"),
        row("project", "p.women10", "1", "measure_id"),
        row("project", "", "1", "measure_id"),
        row("implementation", "", "1", "measure_id"),
        row("monitoring", "", "1", "measure_id"),
    ]
    mixed = wanted[::-1]
    assert sorted(mixed, key=lambda row: standing(row, domains)) == wanted


def test_the_lead_of_an_item_is_the_first_of_its_lead_units(tables: Tables) -> None:
    items = assigned(tables, "weining").items
    led = [item for item in items if item.leads]
    assert any(len(item.leads) > 1 for item in led)
    assert [item.lead for item in led] == [item.leads[0] for item in led]
    assert {item.lead for item in items if not item.leads} == {None}


def test_an_item_is_called_by_its_printed_number_and_without_one_by_its_place(bench: Bench) -> None:
    goals = bench.rows("goals")[:2]
    bench.patch("goals", 0, number="7", position="1")
    bench.patch("goals", 1, number="", position="2")
    bench.patch("measures", 0, number="9")
    names = item_names(Tables.of(plandata.open(bench.root)))
    assert [names[goal["goal_id"]].zh for goal in goals] == ["目标7", "目标2"]
    assert names[bench.rows("measures")[0]["measure_id"]].en == "Measure 9"


def test_collective_units_are_kept_and_marked(tables: Tables) -> None:
    units = {body.unit.unit_id: body.unit.collective for body in assigned(tables, "weining").bodies}
    assert True in units.values()
    assert False in units.values()
    known = {row["unit_id"]: row["collective"] == "true" for row in tables.rows("units")}
    assert all(known[unit] == collective for unit, collective in units.items())


@pytest.mark.parametrize("place", PLACES)
def test_the_workbook_lists_led_items_first_and_counts_the_others(
    package: plandata.Package, tables: Tables, place: str
) -> None:
    found, book = assigned(tables, place), opened(responsibilities(package, place)["responsibilities.xlsx"])
    page = book[OVERVIEW.zh]
    rows = numbered(page)
    assert [row[0] for row in rows] == list(range(1, len(found.items) + 1))
    assert [bool(row[5]) for row in rows] == [True] * len(found.led) + [False] * len(found.leaderless)
    assert [row[3] for row in rows] == [item.label.zh for item in (*found.led, *found.leaderless)]
    assert any(f"共{len(found.items)}条" in text for text in texts(page))
    assert any(f"{len(found.leaderless)}条" in text for text in texts(page))
    assert len(book.sheetnames) == 1 + len(found.bodies)
    said = [text for text in texts(page) if text.startswith("未明确牵头单位、有待分解")]
    assert len(said) == bool(found.led and found.leaderless)
    for body, name in zip(found.bodies, book.sheetnames[1:], strict=True):
        assert [row[0] for row in numbered(book[name])] == list(range(1, len(body.duties) + 1))
        assert any("为多个单位的统称" in text for text in texts(book[name])) == body.unit.collective


def test_a_place_without_any_lead_says_so(bench: Bench) -> None:
    bench.write("assignments", [row for row in bench.rows("assignments") if row["role"] != LEAD])
    book = opened(responsibilities(plandata.open(bench.root), "weining")["responsibilities.xlsx"])
    said = texts(book[OVERVIEW.zh])
    assert any("没有为任何一条目标、措施明确牵头单位" in text for text in said)
    assert not any(text.startswith("未明确牵头单位、有待分解") for text in said)
    items = [*bench.rows("goals"), *bench.rows("measures")]
    assert len(numbered(book[OVERVIEW.zh])) == sum(row["plan_id"].startswith("weining-") for row in items)


@pytest.mark.parametrize(("role", "told"), [("responsible", "自治县妇联"), ("cooperating", "自治县妇联（配合单位）")])
def test_a_unit_that_shares_stands_with_its_role_unless_it_is_simply_responsible(
    bench: Bench, role: str, told: str
) -> None:
    shared = {"goal_id": f"{HEALTH}.g01", "unit_id": "weining.womens-federation"}
    bench.patch("assignments", bench.find("assignments", **shared), role=role)
    book = opened(responsibilities(plandata.open(bench.root), "weining")["responsibilities.xlsx"])
    (row,) = [row for row in numbered(book[OVERVIEW.zh]) if row[3] == "孕产妇死亡率"]
    assert row[5:7] == ("自治县卫生健康局", told)


def test_what_a_body_leads_and_shares_is_summed_up_in_both_files(small_package: Path) -> None:
    made = responsibilities(plandata.open(small_package), "weining")
    said = "牵头2条，参与3条；所牵头的目标和措施含目标值3项。"
    assert said in texts(opened(made["responsibilities.xlsx"])["自治县妇联"])
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(made["responsibilities.docx"])).paragraphs]
    assert said in paragraphs
    led = "共10条目标和措施，其中明确牵头单位的3条，未明确的7条；目标值8项，其中有牵头单位的4项；涉及单位3个。"
    assert led in texts(opened(made["responsibilities.xlsx"])[OVERVIEW.zh])
    assert led in paragraphs


def test_the_items_with_a_lead_and_those_without_stand_in_parts_of_their_own(bench: Bench) -> None:
    rows = [row for row in bench.rows("assignments") if row["role"] != LEAD or row["goal_id"] == f"{HEALTH}.g01"]
    bench.write("assignments", rows)
    found = assigned(Tables.of(plandata.open(bench.root)), "weining")
    titled = [(title, len(items)) for title, items in parts(found, Words(edition().labels, "zh"))]
    assert titled == [(found.led[0].plan.zh, 1), ("未明确牵头单位、有待分解的目标和措施：9条", 9)]


def test_only_a_lead_that_is_missing_is_to_be_filled_in(small_package: Path) -> None:
    page = opened(responsibilities(plandata.open(small_package), "weining")["responsibilities.xlsx"])[OVERVIEW.zh]
    rows = [row for row in page.iter_rows() if isinstance(row[0].value, int | float)]
    assert [row[5].protection.locked for row in rows] == [bool(row[5].value) for row in rows]
    assert all(cell.protection.locked for row in rows for cell in row if cell.column != 6)


@pytest.mark.parametrize(
    ("years", "year"),
    [
        (("2021", "2016"), 2021),
        (("1989", ""), 1990),
        (("1991", "x"), 1991),
        (("9999", ""), 9999),
        (("10000", ""), 9999),
    ],
)
def test_the_files_are_dated_by_the_newest_plan_of_the_place(bench: Bench, years: tuple[str, str], year: int) -> None:
    bench.patch("plans", 0, start_year=years[0])
    bench.add("plans", plan_id="weining-children-2021", place_id="weining", start_year=years[1])
    bench.patch("plans", bench.find("plans", place_id="xuyou"), start_year="2050")
    assert dated(Tables.of(plandata.open(bench.root)), "weining") == datetime(year, 1, 1)


def test_the_document_holds_the_same_bodies_and_items(package: plandata.Package, tables: Tables) -> None:
    made = docx.Document(io.BytesIO(responsibilities(package, "weining")["responsibilities.docx"]))
    found = assigned(tables, "weining")
    headings = [p.text for p in made.paragraphs if p.style.name.lower() == "heading 1"]
    assert all(any(body.unit.name.zh in heading for heading in headings) for body in found.bodies)
    plans = {item.plan_id for item in found.led}
    rows = [len(table.rows) - 1 for table in made.tables]
    assert sum(rows[: len(plans) + 1]) == len(found.items)
    assert rows[len(plans) + 1 :] == [len(body.duties) for body in found.bodies]


def test_the_same_data_makes_the_same_bytes(package: plandata.Package) -> None:
    assert responsibilities(package, "jiaxing") == responsibilities(plandata.open(ROOT), "jiaxing")


def test_english_has_english_names(package: plandata.Package) -> None:
    book = opened(responsibilities(package, "weining", "en")["responsibilities.xlsx"])
    assert book.sheetnames[0] == OVERVIEW.en
    head = next(row for row in book[OVERVIEW.en].iter_rows(values_only=True) if row[0] == "No.")
    assert all(text.isascii() for text in head)
    assert "Lead unit" in head


def test_hostile_names_do_no_harm(bench: Bench) -> None:
    names = ["=cmd|'/c calc'!A1", "a/b\\c:d*e?f[g]\x01" + "长" * 60, "history", "'", "长" * 60, "@x"]
    rows = bench.rows("units")
    for row, name in zip(rows, names, strict=False):
        row["name_zh"] = name
    bench.write("units", rows)
    bench.patch("goals", 0, label_zh="+1\x07+HYPERLINK")
    book = opened(responsibilities(plandata.open(bench.root), "weining")["responsibilities.xlsx"])
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert any(cell.value == names[0] for page in book for row in page.iter_rows() for cell in row)
    assert all(len(name) <= NAME_LENGTH and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("自治县卫生健康局", "自治县卫生健康局"),
        ("HISTORY", "HISTORY x"),
        ("''", "x"),
        ("\x00", "x"),
        ("a" * 40, "a" * 31),
        ("𠀀" * 20, "𠀀" * 15),
        ("taken", "taken (2)"),
        ("TAKEN", "TAKEN (2)"),
    ],
)
def test_sheet_names_are_legal(name: str, legal: str) -> None:
    assert sheet_name(name, {"taken"}, "x") == legal


def test_a_long_name_that_is_taken_is_cut_for_its_number() -> None:
    long = "长" * 40
    assert sheet_name(long, {"长" * 31}, "x") == "长" * 27 + " (2)"


def test_the_command_writes_both_files_and_says_what_is_next(tmp_path: Path) -> None:
    arguments = ["monitor", "responsibilities", "--place", "jiaxing", "--package", str(ROOT), "--out"]
    done = CliRunner().invoke(app, [*arguments, str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "responsibilities.docx",
        "responsibilities.xlsx",
    ]
    assert "monitor forms" in done.stdout
    again = CliRunner().invoke(app, [*arguments, str(tmp_path / "out")])
    assert again.exit_code == 2
    assert "already holds" in again.stderr


def test_an_unknown_place_is_told_with_those_that_there_are(package: plandata.Package) -> None:
    with pytest.raises(PackageError, match=r"no place 'nowhere'.*weining"):
        responsibilities(package, "nowhere")
