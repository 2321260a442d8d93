"""plandata export: each form is read back by a library that others use, and gives the same tables."""

import csv
import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import Bench
from damaged import KILLED, PROGRAM, change_descriptor, contents, copy_package, found, put, started
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import plandata
from plandata import export as formats
from plandata.cli import app, read
from plandata.export import FORMATS, croissant, export, format_files, format_of
from plandata.export.zip import archive
from plandata.files import PARTIAL, RUNS, cell_text, check_folder, csv_text, write_folder
from plandata.package.about import RESPONSIBLE, address, doi
from plandata.package.folder import MISTAKES, Folder
from plandata.read.flat import all_tables
from plandata.schema import Table, edition
from plandata.text import LANGS
from plandata.texts.agreement import CODING, figures

ROOT = Path(__file__).parents[1]
TABLES = list(edition().tables)
NAMES = [*TABLES, "flat", "codes", "labels"]
METADATA, CROISSANT = "csvw/csv-metadata.json", "croissant/croissant.json"


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open(ROOT)


@pytest.fixture(scope="module")
def tables(package: plandata.Package) -> dict[str, tuple[Table, pl.DataFrame]]:
    return {table.name: (table, frame) for table, frame in all_tables(package)}


@pytest.fixture(scope="module")
def out(package: plandata.Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "deep" / "out"
    export(package, FORMATS, folder)
    return folder


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["export", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.slow
def test_every_form_is_there_and_nothing_else(out: Path, package: plandata.Package) -> None:
    name, version = package.descriptor["name"], package.descriptor["version"]
    written = {path.name for path in out.iterdir()}
    assert written == {path.split("/")[0] for path in format_files(package, FORMATS)}
    assert {"csv", "parquet", "excel-csv", "csvw", "croissant", "stata", "spss"} <= written
    assert {f"{name}.sqlite", f"{name}.xlsx", f"{name}-zh.xlsx", f"{name}-en.xlsx", f"{name}-{version}.zip"} <= written


def test_the_command_offers_the_forms_of_the_library() -> None:
    help_text = " ".join(CliRunner().invoke(app, ["export", "--help"]).stdout.split())
    assert all(name in help_text for name in FORMATS)
    assert list(FORMATS) == read.FORMATS
    alone = ", ".join(name for name, made in FORMATS.items() if not made.bilingual)
    assert f"Language of what is in one: {alone}." in help_text


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
def test_every_format_says_what_it_is_and_has_its_file_of_each_table(out: Path, made: formats.Format) -> None:
    assert made.title.en
    assert made.title.zh
    assert all((out / made.path(name, lang)).is_file() for name in NAMES for lang in LANGS if made.per_table)


def test_a_format_that_lacks_something_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "plandata.export.pdf", type(formats)("plandata.export.pdf"))
    with pytest.raises(TypeError, match=r"export/pdf\.py: a format declares TITLE and files"):
        format_of("pdf")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_parquet_gives_the_same_typed_table(out: Path, tables: dict[str, Any], name: str) -> None:
    read = pl.read_parquet(out / "parquet" / f"{name}.parquet")
    assert read.equals(tables[name][1])
    assert read.schema == tables[name][1].schema


def test_parquet_keeps_numbers_dates_and_truth(out: Path) -> None:
    targets = pl.read_parquet(out / "parquet" / "targets.parquet")
    assert (targets.schema["value"], targets.schema["target_year"]) == (pl.Float64, pl.Int64)
    assert pl.read_parquet(out / "parquet" / "documents.parquet").schema["issued_on"] == pl.Date
    assert pl.read_parquet(out / "parquet" / "units.parquet").schema["collective"] == pl.Boolean


@pytest.fixture(scope="module")
def database(out: Path, package: plandata.Package) -> sqlite3.Connection:
    return sqlite3.connect(out / f"{package.descriptor['name']}.sqlite")


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_gives_the_same_table(database: sqlite3.Connection, tables: dict[str, Any], name: str) -> None:
    cursor = database.execute(f'SELECT * FROM "{name}"')
    frame = tables[name][1]
    assert [column[0] for column in cursor.description] == frame.columns
    assert cursor.fetchall() == [
        tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row) for row in frame.iter_rows()
    ]


@pytest.mark.parametrize("name", TABLES)
def test_sqlite_has_the_keys_and_indexes(database: sqlite3.Connection, name: str) -> None:
    table = edition().tables[name]
    columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
    assert tuple(c[1] for c in sorted(columns, key=lambda c: c[5]) if c[5]) == table.primary_key
    assert {c[1] for c in columns if c[3]} == {field.name for field in table.fields if field.required}
    keys = {(k[3], k[2], k[4]) for k in database.execute(f'PRAGMA foreign_key_list("{name}")')}
    assert keys == {(key.field, key.table, key.reference) for key in table.foreign_keys}
    indexes = [i[1] for i in database.execute(f'PRAGMA index_list("{name}")')]
    first = {database.execute(f'PRAGMA index_info("{index}")').fetchone()[2] for index in indexes}
    assert {key.field for key in table.foreign_keys} <= first


def test_sqlite_is_sound_and_refuses_an_orphan(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    copy = sqlite3.connect(":memory:")
    database.backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        copy.execute("UPDATE plans SET place_id = 'nowhere'")


def test_sqlite_describes_every_table_column_and_code(database: sqlite3.Connection, tables: dict[str, Any]) -> None:
    described = set(database.execute("SELECT table_name, column_name FROM descriptions"))
    assert described == {(n, c) for n, (table, _) in tables.items() for c in ("", *table.columns)}
    codes = set(database.execute("SELECT list, code FROM codes"))
    assert codes == {(name, code) for name, listed in edition().codes.items() for code in listed}


def test_a_database_indexes_what_joins_use_tells_code_lists_and_holds_tables_without_rows(bench: Bench) -> None:
    bench.write("serves", [])
    database = sqlite3.connect(":memory:")
    database.deserialize(next(iter(format_files(Folder(bench.root), ["sqlite"]).values())))
    assert database.execute("SELECT * FROM serves").fetchall() == []
    indexed = database.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%' AND tbl_name = 'flat'")
    names = {name.partition("_")[2].partition("_")[2] for (name,) in indexed}
    assert names == {f"{name}_id" for name in ("place", "plan", "domain", "goal", "measure", "indicator")}
    lists = dict(database.execute("SELECT column_name, code_list FROM descriptions WHERE table_name = 'units'"))
    assert (lists["kind"], lists["name_zh"], lists[""]) == ("unit_kind", None, None)


@pytest.fixture(scope="module")
def workbook(out: Path, package: plandata.Package) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(out / f"{package.descriptor['name']}.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_xlsx_gives_the_same_table(workbook: Any, tables: dict[str, Any], name: str) -> None:
    head, *rows = workbook[name].iter_rows(values_only=True)
    frame = tables[name][1]
    assert list(head) == frame.columns
    plain = [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]
    assert plain == frame.rows()


def test_xlsx_has_a_dictionary_and_frozen_headers_and_runs_nothing(workbook: Any, tables: dict[str, Any]) -> None:
    assert workbook.sheetnames == ["flat", *TABLES, "dictionary", "codes", "labels"]
    listed = {row[:2] for row in workbook["dictionary"].iter_rows(min_row=2, values_only=True)}
    assert listed == {(name, column) for name, (table, _) in tables.items() for column in table.columns}
    for sheet in workbook:
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
        assert all(table.autoFilter.ref for table in sheet.tables.values())
        assert len(sheet.tables) == 1
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_xlsx_writes_what_looks_like_a_formula_as_text() -> None:
    xlsxwriter, openpyxl = pytest.importorskip("xlsxwriter"), pytest.importorskip("openpyxl")
    from plandata.export.xlsx import OPTIONS, write_sheet

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    write_sheet(book, "a", pl.DataFrame({"=x": ["=1+1", "@SUM(A1)", "12"], "b": ["https://example.org", "-1", None]}))
    book.close()
    page = openpyxl.load_workbook(content)["a"]
    assert {cell.data_type for row in page for cell in row if cell.value is not None} == {"s"}
    assert page["A2"].value == "=1+1"
    assert all(cell.hyperlink is None for row in page for cell in row)


@pytest.mark.parametrize("name", NAMES)
def test_excel_csv_has_a_mark_and_gives_the_same_table(out: Path, tables: dict[str, Any], name: str) -> None:
    content = (out / "excel-csv" / f"{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert_same_text(content.decode("utf-8-sig"), tables[name])


def assert_same_text(text: str, described: tuple[Table, pl.DataFrame]) -> None:
    """Whether a CSV text holds a table, its cells cast by its schema."""
    table, frame = described
    casts: dict[str, Callable[[str], object]] = {
        "integer": int,
        "number": float,
        "boolean": lambda cell: {"true": True, "false": False}[cell],
        "date": date.fromisoformat,
    }
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == table.columns
    typed = [casts.get(field.type, str) for field in table.fields]
    assert [tuple(cast(c) if c else None for cast, c in zip(typed, row, strict=True)) for row in rows] == frame.rows()


# What a spreadsheet would run, or make a link of, and what only looks so.
RUN = [
    *(f"{sign}HYPERLINK(1)" for sign in "=+-@＝＋－＠﹢﹣﹦﹫"),
    " =1",
    "\u3000＝1",
    "'=1",
    '"=1"',
    "\t1",
    "\ufeff@1",
    "\x1b=1",
]
PLAIN = [
    "plain",
    "1=1",
    "妇女=1",
    "≥1",
    "—1",
    "'a'",
    '"a", b',
    "{=1+1}",
    "http://a.b/",
    "internal:units!A1",
    "mailto:a@b.c",
]


def test_a_cell_that_excel_would_run_gets_an_apostrophe_and_no_other() -> None:
    rows = [[cell, "=a"] for cell in (*RUN, *PLAIN, None, -1, -0.5, True)]
    read = list(csv.reader(io.StringIO(csv_text(["=a", "b"], rows, safe=True), newline="")))
    assert read[0] == ["'=a", "b"]
    assert [row[0] for row in read[1:]] == [*(f"'{cell}" for cell in RUN), *PLAIN, "", "-1", "-0.5", "true"]
    assert [row[0] for row in csv.reader(io.StringIO(csv_text(["=a", "b"], rows), newline=""))][1:-4] == [*RUN, *PLAIN]


@given(st.text(), st.text())
def test_two_texts_stay_two_when_they_are_made_safe(one: str, other: str) -> None:
    for text in (one, other):
        assert cell_text(text, safe=True) in (text, f"'{text}")
        assert not RUNS.match(text) or cell_text(text, safe=True) != text
    assert (cell_text(one, safe=True) == cell_text(other, safe=True)) == (one == other)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> plandata.Package:
    """A package with such texts as the names of its bodies."""
    root = copy_package(tmp_path_factory.mktemp("hostile"))
    for row, cell in enumerate((*RUN, *PLAIN)):
        put(root, "units", "name_en", row, '"{}"'.format(cell.replace('"', '""')))
    return plandata.open(root)


@pytest.mark.slow
def test_a_workbook_holds_every_text_as_a_text(hostile: plandata.Package) -> None:
    (content,) = format_files(hostile, ["xlsx"]).values()
    sheet = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(content))["units"]
    (column,) = (column for column in sheet.iter_cols() if column[0].value == "name_en")
    cells = column[1 : 1 + len(RUN + PLAIN)]
    assert [cell.value.replace("_x001B_", "\x1b") for cell in cells] == [*RUN, *PLAIN]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_csv_for_excel_holds_every_text_and_runs_none(hostile: plandata.Package) -> None:
    text = format_files(hostile, ["excel-csv"])["excel-csv/units.csv"].decode("utf-8-sig")
    names = [row["name_en"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert names[: len(RUN + PLAIN)] == [*(f"'{cell}" for cell in RUN), *PLAIN]


def test_csvw_is_accepted_and_gives_the_same_tables(out: Path, tables: dict[str, Any]) -> None:
    csvw = pytest.importorskip("csvw")
    path = str(out / "csvw" / "csv-metadata.json")
    read = csvw.CSVW(path, validate=True)
    assert read.is_valid, read.warnings
    group = csvw.TableGroup.from_file(path)
    assert sorted(group.tabledict) == sorted(f"{name}.csv" for name in NAMES)
    for name in NAMES:
        rows = [tuple(map(from_csvw, row.values())) for row in group.tabledict[f"{name}.csv"]]
        assert rows == tables[name][1].rows(), name


def from_csvw(cell: object) -> object:
    """A cell as the csvw library reads it, in the types of our frames."""
    if isinstance(cell, datetime):
        return cell.date()
    return float(cell) if isinstance(cell, Decimal) else cell


def test_csvw_tells_how_a_type_is_written(tables: dict[str, Any]) -> None:
    from plandata.export.csvw import datatype

    fields = {name: tables[table][0].field(name) for table, name in (("units", "collective"), ("goals", "position"))}
    assert datatype(fields["collective"]) == {"base": "boolean", "format": "true|false"}
    assert "format" not in datatype(fields["position"])


def test_csvw_requires_what_the_schema_requires(out: Path, tables: dict[str, Any]) -> None:
    described = json.loads((out / "csvw" / "csv-metadata.json").read_text(encoding="utf-8"))
    for told in described["tables"]:
        table = tables[told["url"].removesuffix(".csv")][0]
        needed = {field.name: field.required for field in table.fields}
        columns = told["tableSchema"]["columns"]
        assert {column["name"]: column.get("required", False) for column in columns} == needed
        keys = {key.field: f"{key.table}.csv" for key in table.foreign_keys}
        stated = {key["columnReference"][0]: key["reference"]["resource"] for key in told["tableSchema"]["foreignKeys"]}
        assert stated == {name: other for name, other in keys.items() if needed[name]}
        linked = {column["name"] for column in columns if "dc:references" in column}
        assert linked == {name for name in keys if not needed[name]}


def test_csvw_that_is_wrong_is_not_accepted(out: Path, tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    shutil.copytree(out / "csvw", tmp_path / "csvw")
    plans = tmp_path / "csvw" / "plans.csv"
    plans.write_text(plans.read_text(encoding="utf-8").replace(",2021,2025", ",never,2025"), encoding="utf-8")
    group = csvw.TableGroup.from_file(str(tmp_path / "csvw" / "csv-metadata.json"))
    with pytest.raises(ValueError, match="start_year"):
        list(group.tabledict["plans.csv"])


def test_stata_files_are_of_the_release_that_stata_14_reads(small_package: Path) -> None:
    made = format_files(Folder(small_package), ["stata"], ["en"])
    assert {content[:45] for content in made.values()} == {b"<stata_dta><header><release>118</release><byt"}


def test_croissant_is_accepted_and_gives_the_same_tables(out: Path, tables: dict[str, Any]) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    dataset = mlcroissant.Dataset(jsonld=out / "croissant" / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert not dataset.metadata.ctx.issues.warnings
    assert [record_set.id for record_set in dataset.metadata.record_sets] == NAMES
    for name in ("plans", "documents", "units", "targets"):
        rows = [tuple(map(from_croissant, record.values())) for record in dataset.records(name)]
        assert rows == tables[name][1].rows(), name


def test_croissant_tells_what_responsible_ai_asks_for_from_the_package(out: Path, package: plandata.Package) -> None:
    described = json.loads((out / "croissant" / "croissant.json").read_text(encoding="utf-8"))
    told = {name.removeprefix("rai:"): value for name, value in described.items() if name.startswith("rai:")}
    stated = package.descriptor["responsible_ai"]
    assert {name: value for name, value in told.items() if name in stated.keys() - {"dataLimitations"}} == {
        name: value for name, value in stated.items() if name != "dataLimitations"
    }
    assert told["dataAnnotationProtocol"] == [package.descriptor["method"]]
    assert f"{package['documents'].height} published government documents" in told["dataCollection"]
    assert f"{package['anomalies'].height} anomalies" in " ".join(told["dataLimitations"])
    mistakes = json.loads((ROOT / MISTAKES).read_text(encoding="utf-8"))
    assert f"{mistakes['made']:,} mistakes" in " ".join(told["dataLimitations"])
    agreed = figures(ROOT / CODING)
    assert len(told["dataAnnotationAnalysis"]) == len(agreed) > 10
    for line, figure in zip(told["dataAnnotationAnalysis"], agreed, strict=True):
        assert f"{figure.what.en}: {figure.value:.3f} (95 % interval {figure.low:.3f} to {figure.high:.3f}" in line
    assert RESPONSIBLE.keys() >= stated.keys()


def test_a_proof_is_told_of_the_tables_that_it_is_of(
    package: plandata.Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[str]:
        return [limit for limit in croissant.known_limits(package) if limit.startswith("Compared with the texts")]

    assert len(told()) == 1
    monkeypatch.setattr(croissant, "tables_hash", lambda descriptor: "of other tables")
    assert told() == []


def test_mlcroissant_reads_the_terms_of_responsible_ai(out: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    read = mlcroissant.Dataset(jsonld=out / "croissant" / "croissant.json").metadata
    described = json.loads((out / "croissant" / "croissant.json").read_text(encoding="utf-8"))
    for name in ("data_biases", "annotator_demographics", "data_limitations", "data_annotation_analysis"):
        parts = name.split("_")
        assert getattr(read, name) == described[f"rai:{parts[0]}{''.join(part.title() for part in parts[1:])}"]
    assert read.data_social_impact == described["rai:dataSocialImpact"]


def test_a_package_that_keeps_no_codings_tells_of_none(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: [descriptor.pop(name) for name in ("method", "responsible_ai")])
    made = format_files(plandata.open(root), ["croissant"])
    told = {name for name in json.loads(made["croissant/croissant.json"]) if name.startswith("rai:")}
    # What a copy of the tables alone can say.
    assert told == {
        f"rai:data{name}" for name in ("Collection", "CollectionMissingData", "CollectionRawData", "Limitations")
    }


@pytest.mark.parametrize("given", [{}, {"homepage": "https://example.org/plans", "doi": "10.1234/example"}])
def test_croissant_has_an_address_only_where_the_package_has(tmp_path: Path, given: dict[str, str]) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: descriptor.update(given))
    export(plandata.open(root), ["croissant"], tmp_path / "out")
    path = tmp_path / "out" / "croissant" / "croissant.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    wanted = {"url": "https://example.org/plans/", "identifier": "https://doi.org/10.1234/example"} if given else {}
    assert {name: described[name] for name in ("url", "identifier") if name in described} == wanted
    assert not mlcroissant.Dataset(jsonld=path).metadata.ctx.issues.errors


@pytest.mark.parametrize("given", ["javascript:x()", 'https://example.org/"><script>', "example.org", 5, " "])
def test_what_is_no_address_stands_in_no_description(tmp_path: Path, given: object) -> None:
    assert address({"homepage": given}) == ""
    assert doi({"doi": given}) == ""


def from_croissant(cell: Any) -> object:
    """A cell as mlcroissant reads it, in the types of our frames."""
    if isinstance(cell, bytes):
        return cell.decode("utf-8")
    return cell.date() if hasattr(cell, "date") else cell


@pytest.fixture
def described(bench: Bench) -> dict[str, Any]:
    """What the small package says of itself in CSVW and Croissant; it has a second licence, and knows its mistakes."""
    bench.describe(lambda about: about["licenses"].append({"name": "other", "path": "https://example.org/other"}))
    (bench.root / MISTAKES).parent.mkdir(parents=True)
    counts = {"made": 5086, "by_validate": [0.88, 0.87, 0.89], "by_either": [0.98, 0.97, 0.99]}
    (bench.root / MISTAKES).write_text(json.dumps(counts), encoding="utf-8")
    shutil.copy(ROOT / "CITATION.cff", bench.root)
    made = format_files(Folder(bench.root), ["csvw", "croissant"])
    return {name: json.loads(made[path]) for name, path in (("csvw", METADATA), ("croissant", CROISSANT))}


def test_both_descriptions_name_the_licence_the_day_and_the_keys_of_the_tables(described: dict[str, Any]) -> None:
    csvw, croissant = described["csvw"], described["croissant"]
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert (csvw["dc:license"], croissant["license"]) == ({"@id": licence}, licence)
    assert (csvw["dc:created"], croissant["datePublished"]) == ("2026-11-24", "2026-11-24")
    tables = {told["url"].removesuffix(".csv"): told["tableSchema"] for told in csvw["tables"]}
    sets = {told["name"]: told for told in croissant["recordSet"]}
    for name, table in edition().tables.items():
        assert tuple(tables[name].get("primaryKey", ())) == table.primary_key
        assert [key["@id"] for key in sets[name].get("key", ())] == [f"{name}/{key}" for key in table.primary_key]
        assert [told["name"] for told in tables[name]["columns"]] == table.columns


def test_csvw_tells_of_a_column_what_is_required_where_it_leads_and_how_it_is_written(
    described: dict[str, Any],
) -> None:
    tables = {told["url"]: told["tableSchema"] for told in described["csvw"]["tables"]}
    columns = {told["name"]: told for told in tables["goals.csv"]["columns"]}
    goal, plan, domain, position = (columns[name] for name in ("goal_id", "plan_id", "domain_id", "position"))
    assert [told.get("required") for told in (goal, plan, domain)] == [True, True, None]
    assert [told.get("dc:references") for told in (goal, plan, domain)] == [None, None, "domains.csv#domain_id"]
    assert tables["goals.csv"]["foreignKeys"] == [
        {"columnReference": ["plan_id"], "reference": {"resource": "plans.csv", "columnReference": ["plan_id"]}}
    ]
    assert goal["datatype"]["format"] == edition().tables["goals"].field("goal_id").constraints["pattern"]
    assert (position["datatype"]["base"], "format" in position["datatype"]) == ("integer", False)


def test_croissant_tells_how_to_cite_what_was_caught_and_where_a_column_leads(described: dict[str, Any]) -> None:
    croissant = described["croissant"]
    assert croissant["citeAs"].startswith("@")
    caught = "Of 5,086 mistakes made on purpose, validate finds 88.0%, with verify 98.0%."
    assert caught in croissant["rai:dataLimitations"]
    fields = {told["@id"]: told["description"] for table in croissant["recordSet"] for told in table["field"]}
    assert fields["goals/plan_id"].endswith(" Key of plans.")
    assert "Key of" not in fields["goals/goal_id"]


def test_a_package_without_a_citation_is_described_without_one(small_package: Path) -> None:
    (metadata,) = (
        content for path, content in format_files(Folder(small_package), ["croissant"]).items() if path == CROISSANT
    )
    assert "citeAs" not in json.loads(metadata)


def test_croissant_states_the_hash_of_every_file(out: Path) -> None:
    described = json.loads((out / "croissant" / "croissant.json").read_text(encoding="utf-8"))
    listed = {file["contentUrl"]: file["sha256"] for file in described["distribution"]}
    held = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (out / "croissant").glob("*.csv")}
    assert listed == held


def test_the_zip_is_a_valid_package_with_the_flat_table(
    out: Path, tmp_path: Path, package: plandata.Package, tables: dict[str, Any]
) -> None:
    name = f"{package.descriptor['name']}-{package.descriptor['version']}"
    with zipfile.ZipFile(out / f"{name}.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {name}
    read = plandata.open(tmp_path / name)
    assert read.validate().findings == []
    for table in TABLES:
        assert read[table].equals(tables[table][1])
        assert (read.root / read.paths[table]).read_bytes() == (ROOT / package.paths[table]).read_bytes()
    for made in ("flat", "codes", "labels"):
        assert_same_text((tmp_path / name / f"{made}.csv").read_text(encoding="utf-8"), tables[made])


def test_everything_in_the_zip_has_the_date_of_the_edition_and_the_rights_of_a_plain_file(
    out: Path, package: plandata.Package
) -> None:
    name = f"{package.descriptor['name']}-{package.descriptor['version']}"
    day = date.fromisoformat(package.descriptor["created"][:10])
    with zipfile.ZipFile(out / f"{name}.zip") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(day.year, day.month, day.day, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr >> 16, entry.compress_type) for entry in entries} == {
        (3, 0o644, zipfile.ZIP_STORED)
    }
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_the_same_data_makes_the_same_bytes(package: plandata.Package, out: Path, form: str) -> None:
    for path, content in format_files(plandata.open(ROOT), [form]).items():
        assert (out / path).read_bytes() == content, path


def test_forms_are_chosen_and_told(tmp_path: Path) -> None:
    code, told, err = run("--to", "zip, excel-csv,zip", "--out", str(tmp_path / "a"), "--package", str(ROOT))
    assert (code, err) == (0, "")
    assert sorted(Path(line).name for line in told.splitlines()) == sorted(p.name for p in (tmp_path / "a").iterdir())


@pytest.mark.parametrize("to", ["pdf", "zip,pdf", "", ","])
def test_an_unknown_form_is_refused_before_anything_is_made(tmp_path: Path, to: str) -> None:
    code, _, err = run("--to", to, "--out", str(tmp_path / "a"))
    assert code == 2
    assert f"formats: {', '.join(FORMATS)}" in err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(("named", "told"), [(["zip", "pdf", "odt"], "'pdf'"), (["pdf"], "'pdf'"), ([], "''")])
def test_the_first_unknown_form_is_named(
    package: plandata.Package, tmp_path: Path, named: list[str], told: str
) -> None:
    with pytest.raises(plandata.PackageError, match=f"^no format {told}; formats: "):
        export(package, named, tmp_path)


def test_no_file_is_written_outside_the_folder(tmp_path: Path) -> None:
    for path in ("../x", "/x", "a/../../x"):
        with pytest.raises(plandata.PackageError, match="nothing was written"):
            write_folder({"a.txt": b"1", path: b"2"}, tmp_path / "out")
    assert list(tmp_path.rglob("*")) == []


HOSTILE = [
    ("name", "../../climbed"),
    ("name", "/tmp/climbed"),
    ("name", ".."),
    ("version", "1.0.0/../../climbed"),
    ("created", "1979-12-31T00:00:00Z"),
    ("created", "2021-02-30T00:00:00Z"),
    ("created", ""),
]


@pytest.mark.parametrize(("key", "value"), HOSTILE)
def test_names_and_dates_that_no_file_can_have_are_refused(tmp_path: Path, key: str, value: str) -> None:
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: descriptor.update({key: value}))
    no_day = value == "" or value.startswith("2021-02-30")
    told = [("package_tells_of_itself", "datapackage.json", 0, key)] if no_day else []
    assert found(root) == [("metadata_fits_file_names", "datapackage.json", 0, key), *told]
    before = contents(tmp_path)
    code, said, err = run("--to", "zip,sqlite,xlsx", "--out", str(tmp_path / "a" / "b"), "--package", str(root))
    assert (code, said, err.count("\n")) == (2, "", 1)
    with pytest.raises(plandata.PackageError, match=rf"datapackage\.json: {key} is no"):
        format_files(plandata.open(root), ["zip"])
    assert contents(tmp_path) == before


@pytest.mark.parametrize("form", ["sqlite", "xlsx", "zip"])
def test_every_format_that_is_named_as_the_dataset_refuses_a_name_that_climbs(tmp_path: Path, form: str) -> None:
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: descriptor.update(name="../climbed"))
    with pytest.raises(plandata.PackageError, match="name is not of small letters"):
        format_files(plandata.open(root), [form])


@pytest.mark.parametrize("path", ["../x", "/x", "data/../../x", "a\\b"])
def test_no_entry_of_an_archive_climbs_out(path: str) -> None:
    with pytest.raises(plandata.PackageError, match="no archive was made"):
        archive("a-1.0.0", {"data/x.csv": b"", path: b""}, "2026-11-24")
    with pytest.raises(plandata.PackageError, match="no archive was made"):
        archive("../a", {"data/x.csv": b""}, "2026-11-24")


class Meanwhile(dict[str, bytes]):
    """Files beside which somebody else writes one while they are written."""

    other: Path

    def items(self) -> Any:
        self.other.parent.mkdir(parents=True)
        self.other.write_bytes(b"theirs")
        return super().items()


@pytest.mark.parametrize("path", ["c/x.txt", "b.txt/x.txt"])
def test_what_somebody_else_writes_meanwhile_is_neither_replaced_nor_removed(tmp_path: Path, path: str) -> None:
    files = Meanwhile({"a.txt": b"1", "b.txt": b"2", "c/x.txt": b"3"})
    files.other = tmp_path / "out" / path
    with pytest.raises(plandata.PackageError, match="was written by somebody else meanwhile"):
        write_folder(files, tmp_path / "out")
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [files.other]
    assert files.other.read_bytes() == b"theirs"


TO = ("export", "--to", "zip,excel-csv", "--package", ROOT, "--out")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a signal of POSIX")
@pytest.mark.parametrize("move", [1, 2])
def test_a_kill_leaves_each_format_whole_or_absent(
    package: plandata.Package, out: Path, tmp_path: Path, move: int
) -> None:
    killed = started(KILLED.format(move="rename"), move, *TO, tmp_path / "a")
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    written = {path for path in (tmp_path / "a").iterdir() if not path.name.startswith(PARTIAL)}
    assert len(written) == move - 1
    for path in written:
        told = [(made, out / made.relative_to(tmp_path / "a")) for made in path.rglob("*.csv")] or [
            (path, out / path.name)
        ]
        assert all(made.read_bytes() == right.read_bytes() for made, right in told)


def test_of_two_at_once_one_writes_all_and_the_other_nothing(out: Path, tmp_path: Path) -> None:
    both = [started(PROGRAM, *TO, tmp_path / "a") for _ in range(2)]
    errors = [process.communicate(timeout=120)[1] for process in both]
    assert sorted(process.returncode for process in both) in ([0, 2], [2, 2])
    assert all(error.count(b"\n") == (process.returncode == 2) for process, error in zip(both, errors, strict=True))
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.read_bytes() == (out / path.relative_to(tmp_path / "a")).read_bytes() for path in left)
    assert bool(left) == (0 in [process.returncode for process in both])


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, _, err = run("--to", "zip", "--out", str(tmp_path))
    assert code == 2
    assert "already holds mine.txt" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_and_what_an_interruption_left_are_written_into(tmp_path: Path) -> None:
    (tmp_path / f"{PARTIAL}x").mkdir()
    check_folder(tmp_path)
    write_folder({"a/b.txt": b"1", "c.txt": b"2"}, tmp_path)
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"1"
    assert (tmp_path / "c.txt").read_bytes() == b"2"


def test_a_file_or_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for out in (file, file / "deeper"):
        code, _, err = run("--to", "zip", "--out", str(out))
        assert code == 2
        assert err.count("\n") == 1
    assert file.read_text() == ""


@pytest.mark.parametrize("made_before", [False, True])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_and_an_interruption_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, made_before: bool
) -> None:
    out = tmp_path / "out"
    if made_before:
        out.mkdir()
    written = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "b.txt":
            written(path, content[:1])
            raise failure
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(type(failure)):
        write_folder({"a.txt": b"aa", "b.txt": b"bb"}, out)
    assert not out.exists() or not list(out.iterdir())
    assert out.exists() == made_before


def test_a_full_disk_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(files: object, out: Path) -> list[Path]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(formats, "write_folder", full)
    code, _, err = run("--to", "excel-csv", "--out", str(tmp_path / "a"), "--package", str(ROOT))
    assert (code, err) == (2, f"plandata: {tmp_path / 'a'}: cannot be written (No space left on device)\n")


def test_a_package_that_is_not_valid_is_not_exported(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": []}')
    code, _, err = run("--to", "parquet", "--out", str(tmp_path / "a"), "--package", str(tmp_path))
    assert code == 2
    assert re.search(r"is not valid \([0-9]+ findings\); run plandata validate and mend it first$", err)
    assert not (tmp_path / "a").exists()


def test_one_finding_is_told_as_one(bench: Bench) -> None:
    licence = bench.root / "LICENSE-DATA"
    licence.unlink(missing_ok=True)
    licence.symlink_to("/dev/null")
    _, _, err = run("--to", "csv", "--out", str(bench.root.parent / "a"), "--package", str(bench.root))
    assert err.endswith("is not valid (1 finding); run plandata validate and mend it first\n")


def test_a_missing_library_is_told_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    code, _, err = run("--to", "xlsx", "--out", str(tmp_path / "a"), "--package", str(ROOT))
    assert code == 2
    assert "plandata[export]" in err
    assert not (tmp_path / "a").exists()
