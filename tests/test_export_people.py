"""The forms for people and for programs of statistics: workbooks to read, value labels, files for Stata and SPSS."""

import csv
import importlib.metadata
import io
import re
import shutil
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from damaged import change, change_descriptor, copy_package, put
from typer.testing import CliRunner

import plandata
from plandata.cli import app
from plandata.export import FORMATS, export, format_files
from plandata.export.excel import ABOUT, HEADS, PARTS, SAID
from plandata.export.stata import TRUTH, labels, numbered
from plandata.files import installing
from plandata.read.flat import all_tables, coded, value_labels
from plandata.schema import Table, edition, home
from plandata.tables import Tables
from plandata.text import LANGS

ROOT = Path(__file__).parents[1]
CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def package() -> plandata.Package:
    return plandata.open(ROOT)


@pytest.fixture(scope="module")
def books(package: plandata.Package) -> dict[str, Any]:
    """The workbook of each language as openpyxl reads it."""
    openpyxl = pytest.importorskip("openpyxl")
    made = format_files(package, ["excel"])
    name = package.descriptor["name"]
    return {lang: openpyxl.load_workbook(io.BytesIO(made[f"{name}-{lang}.xlsx"])) for lang in LANGS}


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def keyed(sheet: Any, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a sheet by the keys of its columns."""
    return [dict(zip(columns, row, strict=True)) for row in list(sheet.iter_rows(values_only=True))[1:]]


# Plain CSV and value labels


def test_plain_csv_is_the_tables_as_they_are(package: plandata.Package) -> None:
    made = format_files(package, ["csv"])
    for name, path in package.paths.items():
        assert made[f"csv/{name}.csv"] == (ROOT / path).read_bytes()
    assert {path.rpartition("/")[2] for path in made} == {f"{table.name}.csv" for table, _ in all_tables(package)}


def test_every_coded_cell_of_every_table_has_its_label(package: plandata.Package) -> None:
    rows = csv.DictReader(io.StringIO(format_files(package, ["csv"])["csv/labels.csv"].decode()))
    known = {(row["table_name"], row["column_name"], row["code"]): row for row in rows}
    assert all(row["label_en"] and CHINESE.search(row["label_zh"] + "数") for row in known.values())
    met = 0
    for table, frame in all_tables(package):
        for field in table.fields:
            if field.codes:
                cells = frame[field.name].drop_nulls().unique().to_list()
                assert {(table.name, field.name, cell) for cell in cells} <= known.keys()
                met += len(cells)
    assert met > 200
    flat = package.flat()
    for column in ("item_kind", "comparator", "theme"):
        pairs = flat.select(column, f"{column}_zh").drop_nulls().unique().rows()
        assert {(code, known["flat", column, code]["label_zh"]) for code, _ in pairs} == set(pairs)


def test_the_number_of_a_code_is_its_place_in_its_list() -> None:
    frame = value_labels(edition())
    own = frame.filter(pl.col("table_name") == "targets", pl.col("column_name") == "basis")
    assert own["code"].to_list() == list(edition().codes["basis"])
    assert own["number"].to_list() == list(range(1, own.height + 1))
    assert frame.select("table_name", "column_name", "number").is_unique().all()


# Stata and SPSS


@pytest.fixture(scope="module")
def statistics(package: plandata.Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyreadstat")
    out = tmp_path_factory.mktemp("statistics") / "out"
    export(package, ["stata", "spss"], out)
    return out


READERS = {"stata": "read_dta", "spss": "read_sav"}
ENDINGS = {"stata": "dta", "spss": "sav"}


def read_back(folder: Path, form: str, lang: str, table: Table, frame: pl.DataFrame) -> tuple[pl.DataFrame, Any]:
    """A file as pyreadstat reads it, its numbers of codes turned back into codes, in the types of our frames."""
    read = getattr(__import__("pyreadstat"), READERS[form])
    made, meta = read(str(folder / form / lang / f"{table.name}.{ENDINGS[form]}"), output_format="polars")
    codes = coded(edition(), table)
    back = []
    for name, kind in frame.schema.items():
        cells = made[name]
        if name in codes:
            named = {float(number): code.code for number, code in enumerate(codes[name], start=1)}
            cells = cells.cast(pl.Float64).replace_strict(named, return_dtype=pl.String)
        elif kind == pl.String:
            cells = cells.replace("", None)
        elif kind == pl.Boolean:
            cells = cells.cast(pl.Float64).cast(pl.Boolean)
        back.append(cells.cast(kind).alias(name))
    return pl.DataFrame(back), meta


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("lang", LANGS)
def test_files_of_statistics_give_the_same_tables(
    package: plandata.Package, statistics: Path, form: str, lang: str
) -> None:
    for table, frame in all_tables(package):
        back, meta = read_back(statistics, form, lang, table, frame)
        assert back.equals(frame), table.name
        assert meta.column_names_to_labels == {field.name: field.title[lang] for field in table.fields}
        assert meta.file_label == table.title[lang]


@pytest.mark.parametrize("form", READERS)
def test_files_of_statistics_label_codes_and_truth_in_their_language(
    package: plandata.Package, statistics: Path, form: str
) -> None:
    for lang in LANGS:
        for table, frame in all_tables(package):
            _, meta = read_back(statistics, form, lang, table, frame)
            told = {name: dict(given) for name, given in labels(edition(), table, lang).items()}
            assert meta.variable_value_labels == told
    units = edition().tables["units"]
    assert labels(edition(), units, "en")["collective"] == {number: word.en for number, word in TRUTH.items()}


def test_a_missing_value_is_missing_for_stata_too(statistics: Path, package: plandata.Package) -> None:
    pandas = pytest.importorskip("pandas")
    read = pandas.read_stata(statistics / "stata" / "en" / "targets.dta")
    targets = package["targets"]
    for name in ("value", "baseline_value", "target_year"):
        assert read[name].isna().tolist() == targets[name].is_null().to_list()
    named = {code.code: code.label.en for code in edition().codes["comparator"].values()}
    assert read["comparator"].tolist() == [named[code] for code in targets["comparator"]]


def test_what_stata_cannot_hold_is_refused_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("pyreadstat")
    root = copy_package(tmp_path)
    shutil.copytree(home() / "schemas", root / "schemas")
    schema = root / "schemas" / "places.yaml"
    schema.write_text(schema.read_text(encoding="utf-8").replace("name: gb_code", "name: gb-code"), encoding="utf-8")
    change(root, "data/places.csv", lambda raw: raw.replace(b"gb_code", b"gb-code"))
    with pytest.raises(plandata.PackageError, match=r"table places: cannot be written as \.dta"):
        format_files(plandata.open(root), ["stata"])


def test_numbers_are_given_to_known_codes_only() -> None:
    frame = pl.DataFrame({"role": ["lead", "participating", None], "printed_as": [None, "x", ""]})
    made = numbered(frame, edition(), edition().tables["assignments"])
    assert made["role"].to_list() == [1, len(edition().codes["role"]), None]
    assert made["printed_as"].to_list() == ["", "x", ""]


# Workbooks to read


@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_begins_with_what_it_is_and_the_targets(books: dict[str, Any], lang: str) -> None:
    book = books[lang]
    assert book.sheetnames == [ABOUT[lang], *(part.title[lang] for part in PARTS)]
    said = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows(min_row=2)}
    assert {word[lang] for word in SAID.values()} <= said.keys()
    listed = {part.title[lang]: said[part.title[lang]] for part in PARTS}
    for part in PARTS:
        count = book[part.title[lang]].max_row - 1
        assert f"{count:,}" in listed[part.title[lang]]


def test_a_chinese_workbook_has_no_english_sentence(books: dict[str, Any]) -> None:
    shown = {name: head for name, head in HEADS.items() if head.look != "grey" and name != "code"}
    # Abbreviations and names that Chinese texts have themselves.
    word = re.compile(r"[a-z]{3,} [a-z]{2,}", re.IGNORECASE)
    for part in PARTS:
        columns = [place for place, name in enumerate(part.columns) if name in shown]
        for row in list(books["zh"][part.title.zh].iter_rows(values_only=True)):
            texts = [row[place] for place in columns if isinstance(row[place], str)]
            assert [text for text in texts if word.search(text) and not CHINESE.search(text)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_sheet_of_targets_says_each_target_with_its_number_and_ids(
    books: dict[str, Any], package: plandata.Package, lang: str
) -> None:
    part = PARTS[0]
    rows = keyed(books[lang][part.title[lang]], part.columns)
    flat = package.flat()
    for name in ("target_id", "goal_id", "measure_id", "indicator_id", "plan_id", "value", "baseline_value"):
        assert [row[name] for row in rows] == flat[name].to_list(), name
    for name in ("baseline_year", "target_year"):
        assert [row[name] for row in rows] == flat[name].to_list()
    assert [row["target"] for row in rows] == flat[f"target_{lang}"].to_list()
    assert [row["indicator"] for row in rows] == flat[f"indicator_{lang}"].to_list()
    assert [row["item"] for row in rows] == flat[f"item_{lang}"].to_list()
    assert [row["lead"] for row in rows] == flat[f"lead_{lang}"].to_list()


def test_every_row_of_a_table_stands_in_its_sheet(books: dict[str, Any], package: plandata.Package) -> None:
    keys = {"goal_id": "goals", "measure_id": "measures", "duty_id": "duties", "anomaly_id": "anomalies"}
    for part in PARTS:
        rows = keyed(books["en"][part.title.en], part.columns)
        key = next((name for name in keys if name in part.columns and part is not PARTS[0]), None)
        if key:
            assert {row[key] for row in rows} == set(package[keys[key]][key])
    assigned = next(part for part in PARTS if part.table == "assignments")
    rows = keyed(books["en"][assigned.title.en], assigned.columns)
    told = Counter((row["unit_id"], row["item_id"]) for row in rows)
    frame = package.bodies()
    assert told == Counter(zip(frame["unit_id"], frame["item_id"], strict=True))


def test_a_sheet_of_bodies_counts_what_each_leads_shares_and_owes(
    books: dict[str, Any], package: plandata.Package
) -> None:
    part = next(part for part in PARTS if part.table == "units")
    rows = keyed(books["zh"][part.title.zh], part.columns)
    assigned, owed = package["assignments"], Counter(package["duties"]["from_unit_id"].drop_nulls())
    roles = Counter(zip(assigned["unit_id"], assigned["role"] == "lead", strict=True))
    for row in rows:
        unit = row["unit_id"]
        assert (row["leads"], row["shares"], row["owes"]) == (roles[unit, True], roles[unit, False], owed[unit])
    assert sum(row["leads"] for row in rows) == assigned.filter(pl.col("role") == "lead").height


@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_is_ready_to_print_and_runs_nothing(books: dict[str, Any], lang: str) -> None:
    for part, sheet in zip(PARTS, books[lang].worksheets[1:], strict=True):
        printed = [name for name in part.columns if HEADS[name].printed]
        letters = sheet.cell(1, len(printed)).column_letter
        assert sheet.print_area.replace("$", "").endswith(f"!A1:{letters}{sheet.max_row}")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert {"&P" in sheet.oddFooter.center.text, "&N" in sheet.oddFooter.center.text} == {True}
        assert list(part.columns[: len(printed)]) == printed
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_days_and_numbers_of_a_workbook_are_days_and_numbers(books: dict[str, Any], package: plandata.Package) -> None:
    part = PARTS[1]
    rows = keyed(books["zh"][part.title.zh], part.columns)
    days = dict(package["documents"].select("document_id", "issued_on").iter_rows())
    told = dict(zip(package["plans"]["plan_id"], package["plans"]["document_id"], strict=True))
    for row in rows:
        issued = row["issued"].date() if isinstance(row["issued"], datetime) else row["issued"]
        assert issued == days[told[row["plan_id"]]]
    assert any(isinstance(row["issued"], datetime) for row in rows)


def test_a_text_that_would_run_is_a_text_in_the_workbook(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    put(root, "units", "name_zh", 0, "=HYPERLINK(1)")
    (content,) = format_files(plandata.open(root), ["excel"], ["zh"]).values()
    book = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_workbook_tells_how_it_was_made_only_where_the_package_does(tmp_path: Path) -> None:
    root = copy_package(tmp_path)
    change_descriptor(root, lambda descriptor: [descriptor.pop(name) for name in ("method", "method_zh")])
    (content,) = format_files(plandata.open(root), ["excel"], ["zh"]).values()
    first = pytest.importorskip("openpyxl").load_workbook(io.BytesIO(content)).worksheets[0]
    assert SAID["method"].zh not in {cell.value for row in first.iter_rows() for cell in row}


def test_measures_name_the_goals_that_they_serve(books: dict[str, Any], package: plandata.Package) -> None:
    part = next(part for part in PARTS if part.title.en == "Measures")
    rows = {row["measure_id"]: row for row in keyed(books["zh"][part.title.zh], part.columns)}
    numbers = dict(package["goals"].select("goal_id", "number").iter_rows())
    for measure, goals in package["serves"].group_by("measure_id").agg("goal_id").iter_rows():
        told = set((rows[measure]["serves"] or "").split("、")) - {""}
        assert told == {numbers[goal] for goal in goals if numbers[goal]}
    means = Tables.of(package).rows("instruments")
    say = package.words("zh")
    for row in means:
        assert say.label("instrument", row["instrument"]) in rows[row["measure_id"]]["instruments"]


# Languages and extras


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["export", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_language_is_chosen(tmp_path: Path, package: plandata.Package) -> None:
    code, _, err = run("--to", "excel,csv", "--lang", "zh", "--out", str(tmp_path / "a"), "--package", str(ROOT))
    assert (code, err) == (0, "")
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"csv", f"{package.descriptor['name']}-zh.xlsx"}


def test_a_language_is_refused_where_no_file_is_in_one(tmp_path: Path) -> None:
    code, _, err = run("--to", "csv,parquet", "--lang", "zh", "--out", str(tmp_path / "a"), "--package", str(ROOT))
    alone = ", ".join(name for name, made in FORMATS.items() if not made.bilingual)
    assert (code, err.count("\n")) == (2, 1)
    assert f"csv, parquet: each file is in both languages; only {alone} can be had in one" in err
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("form", "library", "extra"), [("excel", "xlsxwriter", "export"), ("stata", "pyreadstat", "stats")]
)
def test_a_missing_library_is_told_with_what_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    code, _, err = run("--to", form, "--out", str(tmp_path / "a"), "--package", str(ROOT))
    assert (code, err) == (2, f"plandata: needs {library}, which is not installed: {installing(extra)}\n")


def test_a_checkout_that_is_not_installed_is_named_by_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise importlib.metadata.PackageNotFoundError(name)

    assert installing("export") == "pip install 'plandata[export]'"
    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    assert installing("export") == f"pip install '{ROOT}[export]'"


EXTRA = re.compile(r"""pip install '[^'\[]*\[([a-z,]+)\]'|installing\(["']([a-z]+)["']\)|need\([^,()]+, "([a-z]+)"\)""")


def test_every_extra_that_is_told_of_exists() -> None:
    import tomllib

    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    pages = [*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("src/**/*.py")]
    told = {
        name
        for path in pages
        for found in EXTRA.findall(path.read_text(encoding="utf-8"))
        for name in "".join(found).split(",")
    }
    assert {"export", "charts", "office", "draft", "curate", "stats", "pandas"} <= told <= known.keys()
