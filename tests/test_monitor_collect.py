"""plandata monitor collect: what is read of whatever offices send, and what is refused with the cell and a reason."""

import csv
import html
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from messy import ANAEMIA, FILES, HEAD, MORTALITY, NURSERY, RETENTION, UNDER5, UPPER, Messy, book, protected, separated
from openpyxl.worksheet.datavalidation import DataValidation
from refused_files import GOOD, REFUSED, bomb, claiming
from typer.testing import CliRunner

from plandata.assess import assess
from plandata.assess.model import load_targets
from plandata.cli import app
from plandata.files import PackageError, write_folder
from plandata.monitor.cells import figure, masked, plain, unit_words
from plandata.monitor.collect import collect
from plandata.monitor.forms import forms
from plandata.monitor.headers import SYNONYMS, Vocabulary, blocks
from plandata.monitor.returns import Collected, Results
from plandata.monitor.sheets import Grid, Reader
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.text import normalise

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
