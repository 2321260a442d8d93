"""plandata monitor collect: what is read of whatever offices send, and what is refused with the cell and a reason."""

import csv
import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from messy import (
    ANAEMIA,
    FILES,
    HEAD,
    MORTALITY,
    NURSERY,
    RETENTION,
    UNDER5,
    UPPER,
    VENUES,
    Messy,
    book,
    protected,
    separated,
)  # fmt: skip
from openpyxl.worksheet.datavalidation import DataValidation
from refused_files import GOOD, REFUSED, bomb, claiming
from typer.testing import CliRunner

from plandata.assess import assess
from plandata.assess.model import load_targets
from plandata.cli import app
from plandata.files import PackageError, write_folder
from plandata.monitor.cells import (
    PLAIN_YEAR,
    STRIPPED_UNIT,
    WIDTH,
    Cell,
    Dated,
    figure,
    masked,
    plain,
    unit_words,
)
from plandata.monitor.collect import (
    A_COUNT,
    CARRIED,
    CODE_PLAIN,
    CORRECTED,
    NUMBERS_COVERED,
    REVISED,
    SOURCE_FILLED,
    TIDIED,
    UNIT_FILLED,
    UNIT_PLAIN,
    YEAR_FILLED,
    Setting,
    carry_on,
    collect,
    merge,
    missing,
    read_grids,
)
from plandata.monitor.forms import INDEX, forms
from plandata.monitor.headers import SYNONYMS, Vocabulary, blocks
from plandata.monitor.matching import place_of
from plandata.monitor.reporting import reporting
from plandata.monitor.returns import EMPTY_FORM, NOTHING_RETURNED, Collected, Line, Results, Returned
from plandata.monitor.sheets import Grid, Reader
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.text import Text, normalise

PLACE, YEAR = "weining", 2023
SECRETS = ("13800000000", "13900000000", "6220000", "199001011234", "某甲", "某乙", "某丙", "某丁", "〔姓名〕")
Row = dict[str, str]
Collect = Callable[..., tuple[Collected, Path]]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


@pytest.fixture
def collected(reader: Reader, package: Folder, tmp_path: Path) -> Collect:
    """Collects files by name and content, and gives what was found and the folder that was written."""

    def run(**files: bytes) -> tuple[Collected, Path]:
        folder = tmp_path / "in"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
        found = collect(package, [folder], PLACE, YEAR, reader)
        write_folder(Results(found, reader, "zh"), tmp_path / "out")
        return found, tmp_path / "out"

    return run


def rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def values(out: Path) -> dict[tuple[str, str, str, str, str, int], str]:
    """The values by key, the highest revision of each."""
    listed = sorted(rows(out / "observations.csv"), key=lambda row: int(row["revision"] or 0))
    parts = ("indicator_id", "scope", "sex", "age_group", "area")
    return {(*(row[part] for part in parts), int(row["year"])): row["value"] for row in listed}  # type: ignore[misc]


def everything(content: bytes) -> str:
    """The text of a file, or of all parts of a workbook."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(html.unescape(book.read(name).decode()) for name in book.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_messy_files_are_read_as_they_are_meant(file: Messy, collected: Collect, package: Folder) -> None:
    _, out = collected(**{file.name: file.content()})
    told = {row["cell"]: row for row in rows(out / "returns.csv") if row["cell"]}
    refused = {cell: row["why_zh"] for cell, row in told.items() if row["what"] == "refused"}
    assert values(out) == dict(file.taken)
    assert refused.keys() == file.refused.keys()
    assert [cell for cell, words in file.refused.items() if words not in refused[cell]] == []
    assert {cell: told[cell]["what"] for cell in file.what} == dict(file.what)
    if file.taken:
        assert assess(package, out / "observations.csv").report.findings == []


def test_every_file_at_once_gives_the_same_bytes_twice_and_no_person(
    collected: Collect,
    reader: Reader,
    package: Folder,
    tmp_path: Path,
) -> None:
    files = {file.name: file.content() for file in FILES}
    found, out = collected(**files)
    write_folder(Results(collect(package, [tmp_path / "in"], PLACE, YEAR, reader), reader, "zh"), tmp_path / "again")
    written = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert written == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert {path.name for path in (out / "annotated").iterdir()} < files.keys()
    for content in written.values():
        assert not [secret for secret in SECRETS if secret in everything(content)]
    assert all((tmp_path / "in" / name).read_bytes() == content for name, content in files.items())
    assert not found.clean


def test_what_cannot_be_read_costs_one_line_each_and_the_rest_goes_on(collected: Collect, tmp_path: Path) -> None:
    _, out = collected(**{name: content for name, (content, _) in REFUSED.items()}, **{"好.xlsx": GOOD})
    told = {Path(row["file"]).name: row for row in rows(out / "returns.csv") if row["file"] and not row["cell"]}
    assert {name for name, row in told.items() if row["what"] == "refused"} == REFUSED.keys()
    assert [name for name, (_, words) in REFUSED.items() if words not in told[name]["why_zh"]] == []
    assert list(values(out).values()) == ["97"]


def test_a_bomb_is_not_unpacked_and_a_claim_of_cells_is_not_believed(collected: Collect) -> None:
    _, out = collected(**{"炸弹.xlsx": bomb(), "虚报.xlsx": claiming()})
    told = {Path(row["file"]).name: row["why_zh"] for row in rows(out / "returns.csv") if not row["cell"]}
    assert "200 MiB" in told["炸弹.xlsx"]
    assert list(values(out).values()) == ["97"]


def test_links_pipes_loops_and_lock_files_are_told_and_not_opened(
    reader: Reader, package: Folder, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(GOOD)
    (folder / "~$a.xlsx").write_bytes(b"x")
    (folder / ".~lock.a.xlsx#").write_bytes(b"x")
    (folder / "b.xlsx").symlink_to(folder / "a.xlsx")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "c.xlsx")
    found = collect(package, [folder, Path("/dev/null")], PLACE, YEAR, reader)
    assert {file.path.name: file.line.what for file in found.files} == {
        "a.xlsx": "read",
        "~$a.xlsx": "skipped",
        ".~lock.a.xlsx#": "skipped",
        "b.xlsx": "refused",
        "c.xlsx": "refused",
        "null": "refused",
    }
    with pytest.raises(PackageError, match="nowhere"):
        collect(package, [tmp_path / "nowhere"], PLACE, YEAR, reader)


def test_a_reading_process_that_dies_is_started_anew(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(GOOD)
    first = reader.grids(tmp_path / "a.xlsx")
    assert reader.process is not None
    reader.process.kill()
    reader.process.wait()
    assert reader.grids(tmp_path / "a.xlsx") == first


def test_control_characters_reach_no_output(collected: Collect) -> None:
    row = [RETENTION, "%", "2023", "97\x07", "年\x1b[31m报\u202e", "\x00"]
    found, out = collected(**{"控制.csv": separated([HEAD, row], "utf-8")})
    assert rows(out / "observations.csv")[0]["source"] == "年[31m报"
    text = (out / "returns.csv").read_text(encoding="utf-8") + "".join(found.summary("zh"))
    assert not set("\x07\x1b\u202e\x00") & set(text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_filled_forms_come_back_as_they_were_filled(lang: str, reader: Reader, package: Folder, tmp_path: Path) -> None:
    filled = write_forms(package, tmp_path / "in", lang, only="" if lang == "zh" else "health")
    found = collect(package, [tmp_path / "in"], PLACE, YEAR, reader)
    write_folder(Results(found, reader, lang), tmp_path / "out")
    written = rows(tmp_path / "out" / "observations.csv")
    assert len(written) > (150 if lang == "zh" else 50)
    assert {tuple(row[name] for name in ("indicator_id", "scope", "sex", "area", "value")) for row in written} == filled
    assert {row.what for row in found.rows} == {"taken"}
    assert found.clean == (lang == "zh")


@pytest.mark.slow
def test_filled_forms_come_back_from_libreoffice(reader: Reader, package: Folder, tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice (soffice)")
    filled = write_forms(package, tmp_path / "in", "zh", only="health")
    home_of_office = f"-env:UserInstallation=file://{tmp_path}/office"
    for form in ("ods", "xls"):
        command = ["soffice", home_of_office, "--headless", "--convert-to", form, "--outdir", tmp_path / form]
        subprocess.run([*command, *(tmp_path / "in").iterdir()], check=True, capture_output=True, timeout=120)
        found = collect(package, [tmp_path / form], PLACE, YEAR, reader)
        kept = {(line.indicator, *line.values[2:4], line.values[5], line.values[7]) for line in found.rows if line.kept}
        assert kept == filled


def write_forms(package: Folder, folder: Path, lang: str, only: str = "") -> set[tuple[str, ...]]:
    """Writes the forms of the year, every yellow cell of the first sheets filled, and tells what was filled in."""
    folder.mkdir()
    filled = set()
    observations = package.schemas.observations
    targets = load_targets(Tables.of(package))
    scopes = {text[lang]: text.zh for target in targets for text in (target.scope, target.benchmark)}
    parts = {code.label[lang]: code.code for name in ("sex", "area") for code in package.schemas.codes[name].values()}
    for name, content in forms(package, PLACE, YEAR, lang=lang).items():
        if only not in name:
            continue
        book = openpyxl.load_workbook(io.BytesIO(content))
        for sheet in book.worksheets:
            heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
            at = {field.name: heads.get(field.title[lang]) for field in observations.fields}
            if not at["value"] or at["age_group"]:
                continue
            for row in sheet.iter_rows(min_row=4):
                told = {name: row[place - 1].value or "" for name, place in at.items() if place}
                if told["indicator_id"] and told["place_id"] == PLACE:
                    value = f"{len(filled) % 9 + 2}.{len(filled) % 7 + 1}"
                    row[at["value"] - 1].value = float(value)
                    row[at["source"] - 1].value = "年报"
                    key = (
                        scopes[told["scope"]],
                        parts.get(told.get("sex", ""), ""),
                        parts.get(told.get("area", ""), ""),
                    )
                    filled.add((told["indicator_id"], *key, value))
        book.save(folder / name)
    return filled


DECIMALS = st.decimals(min_value=0, max_value=999_999, places=3, allow_nan=False, allow_infinity=False)
WORDS = unit_words(edition().codes)


@settings(max_examples=200, deadline=None)
@given(DECIMALS, st.sampled_from(["", "%", "‰", "/10万", "万", " 人", "％", "万人次"]), st.booleans(), st.booleans())
def test_a_number_that_is_taken_is_the_one_that_is_written(
    number: Decimal, unit: str, wide: bool, groups: bool
) -> None:
    text = f"{number:,f}" if groups else f"{number:f}"
    if wide:
        text = text.translate({ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789.,"})
    found = figure(text + unit, WORDS)
    assert found.value == number * (10_000 if unit.startswith("万") else 1)
    assert figure(float(number), WORDS).value == number


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,，-—~/%‰万亿约以上 \t'（）()人年月日eE+=１２", max_size=9))
def test_whatever_else_is_written_is_read_exactly_or_refused(text: str) -> None:
    found = figure(text, WORDS)
    if found.value is not None:
        digits = normalise(text).lstrip("'").replace(",", "")
        shown = re.match(r"[+-]?[0-9]*(?:\.[0-9]+)?", digits)
        assert shown is not None
        assert found.value == Decimal(shown[0]) * found.times


def test_the_command_tells_what_became_of_each_row_and_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(GOOD)
    asked = ["monitor", "collect", str(tmp_path / "in"), "--place", PLACE, "--year", "2023", "--out"]
    done = CliRunner().invoke(app, [*asked, str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "读取 1 行" in done.stdout
    assert "个单位尚未报送：自治县卫生健康局" in done.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["observations.csv", "returns.csv"]
    again = CliRunner().invoke(app, [*asked, str(tmp_path / "out")])
    assert (again.exit_code, "already holds" in again.output) == (2, True)
    nowhere = CliRunner().invoke(app, ["monitor", "collect", str(tmp_path / "x"), *asked[3:], str(tmp_path / "o")])
    assert (nowhere.exit_code, "not found" in nowhere.output, (tmp_path / "o").exists()) == (2, True, False)


def test_an_interrupted_run_leaves_no_half_folder(
    reader: Reader, package: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.xlsx").write_bytes(protected())
    found = collect(package, [tmp_path / "a.xlsx"], PLACE, YEAR, reader)

    def interrupt(*about: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reader, "annotated", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_folder(Results(found, reader, "zh"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_copy_keeps_its_protection_and_lists_and_bears_the_notes(collected: Collect) -> None:
    made = openpyxl.load_workbook(io.BytesIO(protected()))
    allowed = DataValidation(type="list", formula1='"是,否"')
    allowed.add("F2:F9")
    made.active.add_data_validation(allowed)
    content = io.BytesIO()
    made.save(content)
    _, out = collected(**{"保护.xlsx": content.getvalue()})
    copy = openpyxl.load_workbook(out / "annotated" / "保护.xlsx").active
    assert copy.protection.sheet
    assert [str(rule.sqref) for rule in copy.data_validations.dataValidation] == ["F2:F9"]
    assert "约数" in copy["D3"].comment.text
    assert copy["D2"].comment is None
    assert copy["A9"].value == "备查"


def test_what_assess_would_find_fault_with_is_refused_row_by_row(collected: Collect, package: Folder) -> None:
    lines = [HEAD, [RETENTION, "%", "2023", "120", "年报", ""], [UPPER, "%", "2023", "101", "年报", ""]]
    lines += [[UNDER5, "‰", "2023", "-1", "年报", ""], [NURSERY, "%", "2023", "92", "Отчёт", "★3×2"]]
    _, out = collected(**{"a.csv": separated([*lines, [MORTALITY, "/10万", "2023", "9", "年报", "★3×2"]], "utf-8")})
    told = {row["cell"]: row["what"] for row in rows(out / "returns.csv") if row["cell"]}
    assert told == {"D2": "refused", "D3": "taken", "D4": "refused", "D5": "refused", "D6": "changed"}
    assert [row["note"] for row in rows(out / "observations.csv")] == ["3x2", ""]
    assert assess(package, out / "observations.csv").clean


@pytest.mark.parametrize(
    ("numbers", "refused"),
    [
        (["0.964", "1.01"], ["C2", "C3"]),
        (["0.964", "96"], ["C2"]),
        (["0.964%", "96"], []),
        (["1.6", "96"], []),
    ],
)
def test_what_may_be_a_share_is_asked_for(numbers: list[str], refused: list[str], collected: Collect) -> None:
    lines = [[RETENTION, "%", numbers[0], "年报"], [UPPER, "%", numbers[1], "年报"], [ANAEMIA, "%", "0.5%", "年报"]]
    _, out = collected(**{"a.csv": separated([["指标名称", "单位", "数值", "来源"], *lines], "utf-8")})
    assert [row["cell"] for row in rows(out / "returns.csv") if row["what"] == "refused"] == refused


def test_hidden_sheets_are_told_and_not_read(collected: Collect) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(明=[HEAD, [UPPER, "%", 2023, 95, "年报"]], 暗=[HEAD])))
    made["暗"].append([RETENTION, "%", 2023, 97, "年报"])
    made["暗"].sheet_state = "hidden"
    content = io.BytesIO()
    made.save(content)
    _, out = collected(**{"a.xlsx": content.getvalue()})
    assert list(values(out).values()) == ["95"]
    assert "隐藏的工作表1" in rows(out / "returns.csv")[0]["why_zh"]


def test_a_workbook_of_one_sheet_a_body_tells_which_body_has_sent_nothing(collected: Collect) -> None:
    head = ["指标名称", "数值", "来源", "责任单位"]
    rows_of = [head, [UPPER, 95, "年报", "自治县教育科技局"], [MORTALITY, "", "", "自治县卫生健康局"]]
    found, out = collected(
        **{"汇总2023.xlsx": book(汇总=rows_of, 自治县残联=[head[:3], ["残疾儿童基本康复服务覆盖率", 90, ""]])}
    )
    told = {row["cell"]: row for row in rows(out / "returns.csv") if row["sheet"] == "汇总"}
    assert told["B2"]["body"] == "weining.education-science-bureau"
    missing = {line.body for line in found.missing}
    assert {"weining.health-bureau"} <= missing
    assert not missing & {"weining.education-science-bureau", "weining.disabled-persons-federation"}


def test_a_percent_sign_that_only_stands_in_a_format_multiplies_nothing(collected: Collect) -> None:
    made = openpyxl.load_workbook(
        io.BytesIO(book(Sheet1=[HEAD, [UPPER, "%", 2023, 95.5, "年报"], [NURSERY, "%", 2023, 0.9, "年报"]]))
    )
    made.active["D2"].number_format, made.active["D3"].number_format = '0.0"%"', "0%"
    content = io.BytesIO()
    made.save(content)
    _, out = collected(**{"a.xlsx": content.getvalue()})
    assert sorted(values(out).values()) == ["90", "95.5"]


def test_no_indicator_is_taken_for_a_signature_or_a_total(package: Folder) -> None:
    names = [row["name_zh"] for row in Tables.of(package).rows("indicators")]
    head = ["指标名称", "数值"]
    grid = Grid("", [head, *([name, ""] for name in names), ["合 计："], ["填表人", "x"], ["y"]])
    (block,) = blocks(grid, Vocabulary(package.schemas.observations))
    assert len(block.rows) == len(names)
    assert block.skipped == {"total": 1, "signature": 2}
    assert set(block.people.values()) == {"填表人：", ""}


def test_all_names_of_columns_mean_one_thing() -> None:
    words = [word for listed in SYNONYMS.values() for word in listed.split()]
    titles = [name for field in edition().observations.fields for name in (field.title.zh, field.title.en, field.name)]
    assert len({plain(word) for word in words}) == len(words)
    assert not {plain(word) for word in words} & {plain(title) for title in titles}


def test_earlier_observations_are_kept_and_corrected_by_a_revision(tmp_path: Path) -> None:
    head = "place_id,indicator_id,scope,year,value,unit_of_measure,source"
    earlier = tmp_path / "earlier.csv"
    kept = "weining,compulsory-retention,,2022,96,percent,report"
    again = "weining,compulsory-retention,,2023,97.5,percent,report"
    other = "weining,maternal-mortality,,2023,11,per_100k,report"
    earlier.write_text("\n".join([head, kept, again, other, ""]), encoding="utf-8")
    new = tmp_path / "new.csv"
    new.write_text(f"{head}\n{again.replace('97.5', '97.50')}\n{other.replace(',11,', ',12,')}\n", encoding="utf-8")
    with Reader() as reader:
        found = collect(Folder(home()), [new], "weining", 2023, reader, last=earlier)
    lines = list(csv.DictReader(found.observations.splitlines()))
    told = [(row["indicator_id"], row["year"], row["value"], row["revision"]) for row in lines]
    assert sorted(told) == [
        ("compulsory-retention", "2022", "96", ""),
        ("compulsory-retention", "2023", "97.5", ""),
        ("maternal-mortality", "2023", "11", ""),
        ("maternal-mortality", "2023", "12", "1"),
    ]
    assert [row.what for row in found.rows] == ["skipped", "changed"]
    earlier.write_text(f"{head}\n{other.replace(',11,', ',-11,')}\n", encoding="utf-8")
    with Reader() as reader, pytest.raises(PackageError, match=r"earlier\.csv:2: value -11"):
        collect(Folder(home()), [new], "weining", 2023, reader, last=earlier)


@pytest.mark.parametrize(
    "note",
    [
        "填表人 某甲", "138.0000.0000", "微信account1", "座机0000000", "经办：某乙（转0000）",
        "手机一三八〇〇〇〇〇〇〇〇", "联系人：某丙、某丁", "审核人：某戊",
    ],
)  # fmt: skip
def test_persons_in_a_note_are_covered_however_they_are_told(note: str) -> None:
    told = masked(f"口径不变；{note}；年报")
    assert told.startswith("口径不变；")
    assert told.endswith("；年报")
    assert not [secret for secret in ("某", "0000", "〇〇〇", "account") if secret in told]


def test_words_of_a_note_that_name_nobody_stay() -> None:
    for note in ("由民政局负责统计", "联系实际情况核定", "2023年9月底数", "全县12345件"):
        assert masked(note) == note


# Single rows, without files


SOUND: Mapping[str, Cell] = {"指标": RETENTION, "单位": "%", "年份": "2023", "数值": "97", "来源": "年报"}
HEALTH, EDUCATION = "weining.health-bureau", "weining.education-science-bureau"
EYES = "0—6岁儿童眼保健和视力检查覆盖率"
TITLES = {field.name: field.title for field in edition().observations.fields}


@pytest.fixture(scope="module")
def setting(package: Folder) -> Setting:
    t = Tables.of(package)
    return Setting(place_of(t, reporting(t, PLACE, YEAR)), Vocabulary(t.schemas.observations), YEAR, load_targets(t))


def read(setting: Setting, *grids: Grid, name: str = "a.xlsx") -> Returned:
    """A file of these sheets with what became of its rows."""
    file = Returned(Path(name), Line(name, "", "", "", "", "read"))
    read_grids(file, grids, setting)
    return file


def table(*rows: Mapping[str, Cell], sheet: str = "") -> Grid:
    """A sheet of a table whose columns are those of its first row."""
    return Grid(sheet, [list(rows[0]), *(list(row.values()) for row in rows)])


def revised(value: str, revision: str = "", sheet: str = "") -> Grid:
    return table({**SOUND, "数值": value, "修订": revision}, sheet=sheet)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, ()),
        ({"单位": ""}, (UNIT_FILLED,)),
        ({"单位": "", "数值": "97%"}, (STRIPPED_UNIT.format(sign="%"),)),
        ({"单位": "", "指标": f"{RETENTION}（%）"}, ()),
        ({"单位": "百分比"}, (UNIT_PLAIN.format(unit="百分比"),)),
        ({"单位": "自治县教育科技局"}, (UNIT_FILLED,)),
        ({"年份": ""}, (YEAR_FILLED.format(year=2023),)),
        ({"年份": "2023年"}, (PLAIN_YEAR,)),
        ({"来源": "年报 0857-6222222"}, (NUMBERS_COVERED.format(column=TITLES["source"]),)),
        ({"来源": "年报３"}, (TIDIED.format(column=TITLES["source"]),)),
        ({"来源": "—"}, (SOURCE_FILLED,)),
        ({"来源": 12.0}, ()),
        ({"备注": "经办：某乙"}, (NUMBERS_COVERED.format(column=TITLES["note"]),)),
        ({"状态": "初步数"}, ()),
        ({"状态": "FINAL"}, (CODE_PLAIN.format(column=TITLES["status"]),)),
        (
            {"分子": "97人", "分母": 100.0},
            (A_COUNT.format(column=TITLES["numerator"], fault=STRIPPED_UNIT.format(sign="人")),),
        ),
        ({"分子": "0", "分母": "１００"}, (A_COUNT.format(column=TITLES["denominator"], fault=WIDTH),)),
    ],
)
def test_a_row_is_taken_as_it_is_or_with_all_that_was_changed(
    setting: Setting, cells: dict[str, Cell], told: tuple[Text, ...]
) -> None:
    (line,) = read(setting, table({**SOUND, **cells})).rows
    assert (line.what, line.why) == ("changed" if told else "taken", told)
    assert (line.after, line.at) == ("97 percent", "")


@pytest.mark.parametrize(
    ("cells", "column", "kept"),
    [
        ({"来源": 12.0}, "source", "12"),
        ({"来源": ""}, "source", "a.xlsx 表1"),
        ({"来源": "年报 0857-6222222"}, "source", "年报 〔略〕"),
        ({"状态": "初步数"}, "status", "preliminary"),
        ({"修订": "0"}, "revision", ""),
        ({"修订": 1.0}, "revision", "1"),
        ({"修订": "099"}, "revision", "99"),
        ({"指标": VENUES, "单位": "万个", "数值": 1.5}, "value", "15000"),
        ({"分子": "1,940", "分母": "2000"}, "numerator", "1940"),
        ({"城乡": "农村"}, "area", "rural"),
    ],
)
def test_an_observation_holds_what_its_row_says(
    setting: Setting, cells: dict[str, Cell], column: str, kept: str
) -> None:
    (line,) = read(setting, table({**SOUND, **cells}, sheet="表1")).rows
    assert setting.cell(line, column) == kept


@pytest.mark.parametrize(
    ("cells", "at", "why"),
    [
        ({"数值": "某某"}, "", "单元格不是数值；"),
        ({"数值": "约９"}, "", "“约９”是界限或约数"),
        ({"数值": "9年级"}, "", "“9年级”带有无法识别的单位"),
        ({"来源": "+年报"}, "E2", "来源以公式符号开头"),
        ({"修订": "100"}, "F2", "修订次数为0至99的整数"),
        ({"修订": Dated("2023-05-06")}, "F2", "修订次数为0至99的整数"),
        ({"状态": "初步"}, "F2", "数据状态：“初步”不在可选范围内"),
        ({"单位": "某物"}, "B2", "无法识别的计量单位（某物）"),
        ({"指标": VENUES, "单位": "万个", "数值": "1万"}, "", "单元格和单位都含“万”“亿”"),
        ({"年份": "去年"}, "C2", "年份“去年”不明确"),
        ({"年份": "2024"}, "C2", "2024年晚于本次收集的年份"),
        ({"指标": ""}, "A2", "本行没有写指标名称"),
        ({"分子": "-1", "分母": "9"}, "F2", "分子：是负数"),
        ({"分子": "9", "分母": ""}, "G2", "分子、分母须同时填写"),
        ({"分子": "", "分母": "9"}, "F2", "分子、分母须同时填写"),
    ],
)
def test_a_row_that_cannot_be_taken_names_the_cell_to_mend(
    setting: Setting, cells: dict[str, Cell], at: str, why: str
) -> None:
    (line,) = read(setting, table({**SOUND, **cells})).rows
    assert (line.what, line.at, line.after) == ("refused", at, "")
    assert line.reason.zh.startswith(why)


def test_a_count_that_its_sheet_shows_in_percent_is_a_rate(setting: Setting) -> None:
    grid = table({**SOUND, "分子": 0.9, "分母": 100.0})
    marked = Grid("", grid.rows, marks={(1, 5): "percent"})
    assert [read(setting, sheet).rows[0].what for sheet in (grid, marked)] == ["taken", "refused"]


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("under5-anaemia-prevalence", "0.15"),
        ("infant-mortality", "1.5"),
        ("childcare-places-per-1000", "1.5"),
        ("neural-tube-defect-incidence", "15"),
        ("maternal-mortality", "150"),
        ("vocational-general-enrolment-ratio", "0.0015"),
        ("life-expectancy-women", "0.0015"),
    ],
)
def test_counts_without_their_value_are_refused_with_what_they_give(
    setting: Setting, indicator: str, value: str
) -> None:
    (line,) = read(setting, table({"指标": indicator, "数值": None, "分子": 3.0, "分母": 2000.0})).rows
    assert (line.what, line.at) == ("refused", "B2")
    assert f"推算为{value}）" in line.reason.zh


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({}, ["not_reported"]),
        ({"指标": "某率"}, []),
        ({"地区": "嘉兴市"}, []),
        ({"年份": "2024"}, []),
        ({"年龄": ""}, []),
        ({"年龄": "6-12"}, ["not_reported"]),
        ({"分子": "x", "分母": ""}, ["refused"]),
    ],
)
def test_a_row_without_a_value_is_told_where_it_was_meant(
    setting: Setting, cells: dict[str, Cell], what: list[str]
) -> None:
    file = read(setting, table({**SOUND, "数值": None, **cells}))
    assert [line.what for line in file.rows] == what
    assert file.skipped.total() == (not what)


@pytest.mark.parametrize(
    ("code", "name", "what"),
    [
        (None, RETENTION, "taken"),
        ("compulsory-retention", RETENTION, "taken"),
        ("compulsory-retention", "某率", "taken"),
        ("compulsory-retention", None, "taken"),
        ("compulsory-retention", MORTALITY, "refused"),
    ],
)
def test_of_two_columns_for_the_indicator_either_names_it_and_both_must_agree(
    setting: Setting, code: Cell, name: Cell, what: str
) -> None:
    (line,) = read(setting, table({"indicator_id": code, **SOUND, "指标": name})).rows
    assert (line.what, "旁边的名称却是" in line.reason.zh) == (what, what == "refused")


@pytest.mark.parametrize(
    ("indicator", "body", "what"),
    [
        (EYES, "自治县卫生健康局", "taken"),
        (EYES, "自治县教育科技局", "skipped"),
        (EYES, "自治县民政局", "taken"),
        (EYES, "", "taken"),
        ("childcare-places-per-1000", "自治县发展改革局", "skipped"),
        ("childcare-places-per-1000", "自治县住房城乡建设局", "skipped"),
        ("neural-tube-defect-incidence", "自治县卫生健康局", "taken"),
    ],
)
def test_a_row_of_a_body_that_leads_too_is_left_to_the_one_that_reports(
    setting: Setting, indicator: str, body: str, what: str
) -> None:
    units = setting.place.series[setting.place.indicator(indicator).indicator_id][""]
    row = {**SOUND, "指标": indicator, "单位": units[0].unit, "数值": 9.0, "部门": body}
    (line,) = read(setting, table(row)).rows
    assert line.what in (what, "changed" if what == "taken" else what)
    assert ("该项由自治县卫生健康局填报" in line.reason.zh) == (what == "skipped")


@pytest.mark.parametrize(
    ("title", "sheet", "name", "years"),
    [
        ("", "", "a.xlsx", ""),
        ("2023年监测表", "", "a.xlsx", ""),
        ("2022年、2023年", "", "a.xlsx", ""),
        ("2022年、2021年", "2020", "a.xlsx", "2020、2021、2022"),
        ("", "2020年", "a.xlsx", "2020"),
        ("", "", "2021年.xlsx", "2021"),
    ],
)
def test_a_table_without_years_is_of_the_year_that_is_asked_for_unless_its_titles_name_others(
    setting: Setting, title: str, sheet: str, name: str, years: str
) -> None:
    (line,) = read(setting, Grid(sheet, [[title], ["指标", "数值"], [RETENTION, "97"]]), name=name).rows
    assert (line.what, line.at) == ("refused" if years else "changed", "")
    assert (f"写的是{years}年，不是2023年" in line.reason.zh) == bool(years)


def test_lines_stand_as_the_cells_do_and_a_column_of_a_later_year_before_them(setting: Setting) -> None:
    head, row = ["指标", "实际值", "2022年", "数值", "2024年"], [RETENTION, "1", "96", "97", "98"]
    file = read(setting, Grid("", [head, row, row]))
    assert [line.cell for line in file.rows] == ["E1", "C2", "D2", "C3", "D3"]
    assert [line.what for line in file.rows] == ["skipped", *["changed"] * 4]


def test_a_column_of_a_part_may_not_be_of_another_part_than_its_row(setting: Setting) -> None:
    rows = [["指标", "性别", "数值", None], [None, None, "男", "女"], [RETENTION, "女", "97", "98"]]
    odd, even = read(setting, Grid("", rows)).rows
    assert (odd.what, odd.at, setting.cell(even, "sex")) == ("refused", "B3", "female")


@pytest.mark.parametrize(
    ("name", "what"), [(INDEX, "skipped"), ("weining.housing-bureau", "skipped"), (HEALTH, "refused"), ("x", "refused")]
)
def test_a_file_without_a_table_is_skipped_where_nothing_is_to_be_filled_in(
    setting: Setting, name: str, what: str
) -> None:
    file = read(setting, Grid("", [["x"]]), Grid("", [], hidden=True), name=f"{name}.xlsx")
    assert (file.line.what, file.skipped) == (what, {"other_sheets": 1, "hidden_sheets": 1})


@pytest.mark.parametrize(
    ("sheets", "name", "bodies", "body"),
    [
        (["自治县卫生健康局"], "a.xlsx", [HEALTH], HEALTH),
        (["自治县卫生健康局", "自治县教育科技局"], "a.xlsx", [HEALTH, EDUCATION], ""),
        (["自治县卫生健康局", "自治县卫生健康局"], "a.xlsx", [HEALTH, HEALTH], HEALTH),
        (["自治县卫生健康局"], "自治县教育科技局.xlsx", [EDUCATION], EDUCATION),
    ],
)
def test_a_file_is_of_the_body_that_its_name_tells_else_of_that_of_all_its_sheets(
    setting: Setting, sheets: Sequence[str], name: str, bodies: list[str], body: str
) -> None:
    file = read(setting, *(table(SOUND, sheet=sheet) for sheet in sheets), name=name)
    assert ([line.body for line in file.rows], file.line.body) == (bodies, body)
    assert file.skipped.total() == 0


# All rows together


@pytest.mark.parametrize(
    ("reported", "kept"),
    [
        ([("97", ""), ("97.0", "")], ["taken", "skipped"]),
        ([("97", ""), ("96", "")], ["refused", "refused"]),
        ([("97", ""), ("96", "1")], ["taken", "taken"]),
        ([("97", ""), ("96", ""), ("95", "1")], ["skipped", "skipped", "taken"]),
        ([("97", ""), ("96", ""), ("95", "1"), ("94", "2")], ["skipped", "skipped", "taken", "taken"]),
        ([("97", ""), ("96", "1"), ("95", "1")], ["taken", "refused", "refused"]),
        ([("97", "1"), ("96", ""), ("97", "1")], ["taken", "taken", "skipped"]),
    ],
)
def test_of_one_revision_one_value_is_taken_and_what_a_later_one_replaced_may_differ(
    setting: Setting, reported: list[tuple[str, str]], kept: list[str]
) -> None:
    file = read(setting, *(revised(*told, sheet=f"表{n}") for n, told in enumerate(reported)))
    merge([file], setting)
    assert [line.what for line in file.rows] == kept
    latest = max(range(len(reported)), key=lambda n: reported[n][1])
    replaced = [line for line in file.rows if line.what == "skipped" and len(reported) > 2 and not reported[0][1]]
    assert {line.why for line in replaced} <= {(REVISED.format(place=file.rows[latest].place()),)}


def test_values_that_differ_are_each_told_with_another_one(setting: Setting) -> None:
    file = read(setting, *(revised(value, sheet=f"表{n}") for n, value in enumerate(("97", "97", "96"))))
    merge([file], setting)
    assert [line.reason.en.partition("stands in ")[2].partition(";")[0] for line in file.rows] == [
        "a.xlsx 表2 D2 (96)",
        "a.xlsx 表2 D2 (96)",
        "a.xlsx 表0 D2 (97)",
    ]


@pytest.mark.parametrize(
    ("earlier", "now", "why", "revision"),
    [
        ([], ("97", ""), (), ""),
        ([("97", "")], ("97.0", ""), (CARRIED,), ""),
        ([("96", "")], ("97", ""), (CORRECTED.format(n=1, value="96"),), "1"),
        ([("96", "")], ("97", "5"), (CORRECTED.format(n=5, value="96"),), "5"),
        ([("96", "1")], ("97", "1"), (CORRECTED.format(n=2, value="96"),), "2"),
        ([("95", ""), ("96", "1")], ("97", ""), (CORRECTED.format(n=2, value="96"),), "2"),
        ([("96", "1"), ("95", "")], ("97", ""), (CORRECTED.format(n=2, value="96"),), "2"),
    ],
)
def test_another_value_than_the_newest_of_before_becomes_its_next_revision(
    setting: Setting, earlier: list[tuple[str, str]], now: tuple[str, str], why: tuple[Text, ...], revision: str
) -> None:
    before = [line for told in earlier for line in read(setting, revised(*told)).rows]
    file = read(setting, revised(*now))
    carry_on([file], before, setting)
    (line,) = file.rows
    assert (line.why, setting.cell(line, "revision")) == (why, revision)
    assert line.what == ("taken" if not why else "skipped" if why == (CARRIED,) else "changed")


def test_a_body_of_which_no_value_came_back_is_told_with_what_it_owes(setting: Setting) -> None:
    bodies = {form.unit.unit_id: len(form.own) for form in setting.place.found.forms if form.unit}
    assert {line.body for line in missing([], setting)} == {body for body, own in bodies.items() if own}
    blank = {**SOUND, "数值": None}
    files = [
        read(setting, table(blank), name="自治县卫生健康局.xlsx"),
        read(setting, table({**SOUND, "数值": "约9"}), name="自治县民政局.xlsx"),
        read(setting, table(SOUND)),
        read(setting, Grid("", [["x"]]), name="自治县妇联.xlsx"),
    ]
    told = {line.body: line.why for line in missing(files, setting)}
    assert not {EDUCATION, "weining.civil-affairs-bureau"} & told.keys()
    assert told[HEALTH] == (EMPTY_FORM.format(n=bodies[HEALTH]),)
    assert told["weining.womens-federation"] == (NOTHING_RETURNED.format(n=bodies["weining.womens-federation"]),)


def test_a_file_that_is_gone_before_it_is_read_costs_one_line(reader: Reader, package: Folder, tmp_path: Path) -> None:
    gone = tmp_path / "a.xlsx"
    gone.write_bytes(GOOD)
    found = collect(package, [gone], PLACE, YEAR, reader, progress=lambda name: (tmp_path / name).unlink())
    assert [(file.line.what, file.line.reason.zh) for file in found.files] == [("refused", os.strerror(2))]


def test_what_was_collected_before_is_kept_also_where_it_fits_no_target(
    reader: Reader, package: Folder, tmp_path: Path
) -> None:
    head = "place_id,indicator_id,scope,year,value,unit_of_measure,source"
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(f"{head}\nweining,compulsory-retention,某村,2022,96,percent,report\n", encoding="utf-8")
    found = collect(package, [], PLACE, YEAR, reader, last=earlier)
    assert [row["scope"] for row in csv.DictReader(found.observations.splitlines())] == ["某村"]
