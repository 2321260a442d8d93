"""Notices to lead bodies and the register of warnings: when one opens, stays, closes, comes again; and who is told."""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import simulated
from observed import PLACE, Row, row, targets, write
from typer.testing import CliRunner, Result

from plandata.assess import Assessment, assess
from plandata.assess.model import Judgement, Target
from plandata.cli import app
from plandata.files import RUNS, PackageError
from plandata.monitor.notices import Letter, Notices, answers_of, document, gap_text, notices, untold, value_text
from plandata.monitor.register import (
    NOBODY,
    Line,
    carried_on,
    check,
    grounds,
    noted,
    read_register,
    register_csv,
    register_table,
    register_xlsx,
)
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words

DAY = date(2024, 5, 10)
HEAD = ",".join(register_table().columns)


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


@pytest.fixture(scope="module")
def maternal() -> Target:
    return next(target for target in targets() if target.indicator_id == "maternal-mortality")


@pytest.fixture(scope="module")
def whole(package: Folder, tmp_path_factory: pytest.TempPathFactory) -> Notices:
    """The notices of a year with many values."""
    file = simulated.write(tmp_path_factory.mktemp("whole") / "observations.csv", simulated.rows())
    return notices(package, file, PLACE, 2023, issued_on=DAY)


def cells(lines: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(lines.decode())))


def text_of(content: bytes) -> str:
    """All that a document says, tables and paragraphs."""
    paper = docx.Document(io.BytesIO(content))
    tables = (cell.text for table in paper.tables for line in table.rows for cell in line.cells)
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *tables])


class Years:
    """The register of one target year after year, each year's made from that of the year before."""

    def __init__(self, package: Folder, folder: Path, target: Target) -> None:
        self.package, self.folder, self.target = package, folder, target
        self.register: Path | None = None

    def file(self, levels: Mapping[int, float], year: int) -> Path:
        """Observations of the target, and of another one in every year."""
        other = next(target for target in targets() if target.indicator_id == "disabled-compulsory-enrolment")
        rows = [row(other, told, 99) for told in range(2020, year + 1)]
        return write(self.folder / f"{year}.csv", [*rows, *(row(self.target, *pair) for pair in levels.items())])

    def run(self, levels: Mapping[int, float], year: int) -> list[Row]:
        """The lines of the target after a year."""
        done = assess(self.package, self.file(levels, year), year, places=(PLACE,))
        _, lines = carried_on(self.register, done, PLACE, date(year + 1, 5, 10), "zh")
        self.register = self.folder / f"register-{year}.csv"
        self.register.write_bytes(register_csv(lines))
        return [line for line in cells(register_csv(lines)) if line["target_id"] == self.target.target_id]

    def notice(self, kind: str, levels: Mapping[int, float], year: int) -> str:
        """The notice to the lead body of the target, with the register of the year before."""
        made = notices(self.package, self.file(levels, year), PLACE, year, self.register)
        return text_of(made.files[f"{kind}/{self.target.leads[0]}.docx"])


@pytest.fixture
def years(package: Folder, tmp_path: Path, maternal: Target) -> Years:
    return Years(package, tmp_path, maternal)


def shown(line: Row) -> tuple[str, ...]:
    names = ("kind", "opened_year", "opened_on", "status", "last_seen_year", "closed_year")
    return tuple(line[name] for name in names)


BAD_2021 = {2020: 18, 2021: 19}
WARNED = "regressed; hardly_met"


def test_a_warning_opens_stays_while_nothing_is_reported_and_closes_when_the_target_is_met(years: Years) -> None:
    (line,) = years.run(BAD_2021, 2021)
    assert shown(line) == (WARNED, "2021", "2022-05-10", "open", "2021", "")
    assert line["warning_id"] == f"{years.target.target_id}.health-bureau.w1"
    (line,) = years.run({2020: 18}, 2022)
    assert shown(line) == (WARNED, "2021", "2022-05-10", "open", "2021", "")
    assert line["note"] == "2022年未填报，预警保留。"
    (line,) = years.run(BAD_2021 | {2022: 15, 2023: 11}, 2023)
    assert shown(line) == (WARNED, "2021", "2022-05-10", "closed", "2021", "2023")


def test_notices_follow_the_register(years: Years) -> None:
    years.run(BAD_2021, 2021)
    told = years.notice("warning", {2020: 18}, 2022)
    assert "本项预警自2021年度起，2022年5月10日首次提示。" in told
    assert "未填报" in told
    assert "没有处于预警状态的目标" in years.notice("feedback", BAD_2021 | {2022: 15, 2023: 11}, 2023)


def test_a_value_of_the_year_before_closes_nothing(years: Years) -> None:
    """A correction of the year before may be met, but the year itself has said nothing."""
    years.run(BAD_2021, 2021)
    (line,) = years.run({2020: 18, 2021: 11}, 2022)
    assert (line["status"], line["note"]) == ("open", "2022年沿用2021年数值，预警保留。")
    (line,) = years.run({2020: 18, 2021: 11, 2022: 11}, 2022)
    assert (line["status"], line["closed_year"]) == ("closed", "2022")


def test_a_warning_that_is_gone_closes_before_the_target_is_met(years: Years) -> None:
    years.run(BAD_2021, 2021)
    (line,) = years.run({2020: 18, 2021: 16, 2022: 14.5}, 2022)
    assert shown(line) == (WARNED, "2021", "2022-05-10", "closed", "2021", "2022")


def test_other_grounds_go_on_in_the_same_line(years: Years) -> None:
    years.run(BAD_2021, 2021)
    (line,) = years.run({2020: 18, 2021: 17.9, 2022: 17.8}, 2022)
    assert shown(line) == ("off_track; hardly_met", "2021", "2022-05-10", "open", "2022", "")


def test_a_warning_that_comes_again_has_a_line_of_its_own_and_the_closed_one_stays(years: Years) -> None:
    years.run(BAD_2021, 2021)
    (closed,) = years.run({2020: 18, 2021: 16, 2022: 14.5}, 2022)
    first, second = years.run({2020: 18, 2021: 16, 2022: 14.5, 2023: 20}, 2023)
    assert first == closed
    assert second["warning_id"].endswith(".w2")
    assert shown(second)[1:] == ("2023", "2024-05-10", "open", "2023", "")


def test_a_second_run_of_a_year_changes_nothing(years: Years) -> None:
    years.run(BAD_2021, 2021)
    years.run({2020: 18}, 2022)
    assert years.register is not None
    before = years.register.read_bytes()
    years.run({2020: 18}, 2022)
    assert years.register.read_bytes() == before


def test_a_note_of_the_office_is_kept(years: Years) -> None:
    years.run(BAD_2021, 2021)
    assert years.register is not None
    text = years.register.read_text(encoding="utf-8").rstrip("\n") + "已约谈\n"
    years.register.write_text(text, encoding="utf-8-sig", newline="\r\n")
    (line,) = years.run({2020: 18}, 2022)
    assert line["note"] == "已约谈 2022年未填报，预警保留。"


def test_a_lead_that_leads_no_longer_is_closed_and_the_new_one_opened(years: Years) -> None:
    years.run(BAD_2021, 2021)
    assert years.register is not None
    text = years.register.read_text(encoding="utf-8").replace("health-bureau", "education-science-bureau")
    years.register.write_text(text, encoding="utf-8")
    old, new = years.run(BAD_2021 | {2022: 20}, 2022)
    assert (old["status"], old["closed_year"], old["note"]) == ("closed", "2022", "2022年起不再牵头该目标。")
    assert (new["unit_id"], new["opened_year"]) == ("weining.health-bureau", "2022")


def test_without_a_day_no_date_is_made_up(package: Folder, tmp_path: Path, maternal: Target) -> None:
    file = write(tmp_path / "o.csv", [row(maternal, year, level) for year, level in BAD_2021.items()])
    made = notices(package, file, PLACE)
    assert {line["opened_on"] for line in cells(made.files["register.csv"])} == {""}
    told = text_of(made.files["warning/weining.health-bureau.docx"])
    assert told.partition("〔发文单位〕\n")[2].startswith("        年    月    日\n")
    assert "首次提示" not in told


# Who is told


def test_every_warning_stands_in_exactly_the_notices_of_its_leads(whole: Notices) -> None:
    say = Words(whole.done.schemas.labels, "zh")
    wanted = {
        (judgement.target.target_id, unit)
        for judgement in whole.done.judgements
        if grounds(judgement, say)
        for unit in judgement.target.leads or ("",)
    }
    assert {line.about for line in whole.lines} == wanted
    assert len({unit for _, unit in wanted}) > 5
    warned = {unit or "office" for _, unit in wanted}
    assert {path for path in whole.files if path.startswith("warning/")} == {f"warning/{unit}.docx" for unit in warned}
    units = {unit for judgement in whole.done.judgements for unit in judgement.target.leads or ("office",)}
    told = {Path(path).name.removesuffix(".docx") for path in whole.files if path.endswith(".docx")}
    assert told == units
    for path in sorted(warned):
        headings = [
            paragraph.text
            for paragraph in docx.Document(io.BytesIO(whole.files[f"warning/{path}.docx"])).paragraphs
            if paragraph.style is not None and paragraph.style.style_id == "Heading2"
        ]
        assert len(headings) == sum((unit or "office") == path for _, unit in wanted)


def test_a_target_of_several_leads_is_told_to_each(whole: Notices) -> None:
    shared = [line for line in whole.lines if sum(line.target_id == other.target_id for other in whole.lines) > 1]
    assert shared
    for line in shared:
        assert line.indicator in text_of(whole.files[f"warning/{line.unit_id}.docx"])


def test_a_warning_notice_says_value_verdict_gap_and_since_when_and_has_blanks(whole: Notices) -> None:
    told = text_of(whole.files["warning/weining.health-bureau.docx"])
    assert told.startswith("关于2023年度规划监测指标的预警提示\n自治县卫生健康局：\n")
    count = sum(line.unit_id == "weining.health-bureau" for line in whole.lines)
    for word in ("原因：", "对策：", "完成时限：", "本项预警自2023年度起，2024年5月10日首次提示。"):
        assert told.count(word) == count
    assert "反馈至：" in told
    assert "2024年5月10日" in told
    assert "承办单位" not in told
    assert "承办单位：" in text_of(whole.files["warning/office.docx"])


def test_feedback_tells_the_results_and_what_was_not_reported(whole: Notices) -> None:
    gaps = [judgement for judgement in whole.done.judgements if judgement.status in ("not_reported", "no_data")]
    about = [unit for unit in {u for j in gaps for u in j.target.leads} if f"feedback/{unit}.docx" in whole.files]
    assert about
    for unit in about:
        told = text_of(whole.files[f"feedback/{unit}.docx"])
        assert "没有处于预警状态的目标" in told
        for judgement in gaps:
            if unit in judgement.target.leads:
                assert judgement.target.name.zh in told.partition("未填报2023年数值：")[2]


def test_a_value_of_the_year_before_is_told_with_its_year_and_asked_for(whole: Notices) -> None:
    late = [judgement for judgement in whole.done.judgements if judgement.lags and judgement.target.leads]
    assert late
    for judgement in late:
        unit = judgement.target.leads[0]
        told = next(text_of(content) for path, content in whole.files.items() if path.endswith(f"/{unit}.docx"))
        assert "（2022年）" in told
        assert judgement.target.name.zh in told.partition("未填报2023年数值：")[2]


def test_an_early_warning_is_told_unless_the_verdict_has_said_it(whole: Notices) -> None:
    told = {len(judgement.warnings) - len(untold(judgement)) for judgement in whole.done.judgements}
    assert told == {0, 1}
    for judgement in whole.done.judgements:
        kept = [warning.code for warning in untold(judgement)]
        assert [w.code for w in judgement.warnings if w.code not in kept] in ([], ["hardly_met"])
        assert judgement.status != "off_track" or "hardly_met" not in kept


def test_only_the_plan_of_a_target_says_where_to_answer(bench_of_edition: Path, whole: Notices) -> None:
    t = Tables.of(Folder(bench_of_edition))
    by_plan = {
        plan: [judgement for judgement in whole.done.judgements if judgement.target.plan_id == plan]
        for plan in {judgement.target.plan_id for judgement in whole.done.judgements}
    }
    answers = {plan: [name.zh for name in answers_of(t, judgements)] for plan, judgements in by_plan.items()}
    assert answers == {"weining-women-2021": ["自治县妇儿工委办公室"], "weining-children-2021": []}


def test_the_units_that_a_plan_names_for_answers_are_told(bench_of_edition: Path, tmp_path: Path) -> None:
    made = notices(Folder(bench_of_edition), simulated.write(tmp_path / "o.csv", simulated.rows()), PLACE, 2023)
    told = text_of(made.files["warning/weining.health-bureau.docx"])
    assert "反馈至自治县妇儿工委办公室。" in told
    assert "反馈至：" not in told


@pytest.fixture
def bench_of_edition(tmp_path: Path) -> Path:
    """The edition with a duty that says to whom answers go."""
    root = tmp_path / "package"
    root.mkdir()
    for name in ("data", "schemas"):
        shutil.copytree(home() / name, root / name)
    for name in ("datapackage.json", "package.yaml", "CITATION.cff"):
        shutil.copy(home() / name, root / name)
    path = root / "data" / "duties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = list(reader), list(reader.fieldnames or [])
    for duty in rows:
        if duty["kind"] == "early_warning" and duty["duty_id"].startswith(f"{PLACE}-women"):
            duty["to_unit_id"] = "weining.women-children-committee-office"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return root


def test_notices_are_the_same_bytes_twice_and_english_has_no_chinese(
    package: Folder, whole: Notices, tmp_path: Path
) -> None:
    file = simulated.write(tmp_path / "o.csv", simulated.rows())
    assert notices(package, file, PLACE, 2023, issued_on=DAY).files == whole.files
    english = notices(package, file, PLACE, 2023, issued_on=DAY, lang="en")
    assert english.files.keys() == whole.files.keys()
    told = text_of(english.files["warning/weining.health-bureau.docx"])
    assert "Weining Autonomous County Health Bureau" in told
    assert "10 May 2024" in told
    assert not [sign for sign in told if "\u4e00" <= sign <= "\u9fff"]


def test_nothing_is_asked_or_told_about_a_person(whole: Notices) -> None:
    told = "".join(text_of(content) for path, content in whole.files.items() if path.endswith(".docx"))
    for word in ("姓名", "电话", "联系人", "填表人", "负责人：", "手机"):
        assert word not in told
    assert not [name for name in register_table().columns if "person" in name or "contact" in name]


def test_the_workbook_has_every_line_in_words_and_no_formula(whole: Notices) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole.files["register.xlsx"]))
    (sheet,) = book.worksheets
    title, told, head, *lines = sheet.iter_rows(values_only=True)
    assert title[0] == "威宁彝族回族苗族自治县妇女儿童发展规划预警台账（截至2023年度）"
    assert told[0] == f"未解除{len(whole.lines)}项，已解除0项（一项目标有几个牵头单位的分别计）。"
    assert len(lines) == len(whole.lines)
    assert head[:4] == ("指标", "牵头单位", "预警事由", "预警状态")
    assert {line[3] for line in lines} == {edition().labels["warning_status"]["open"].label.zh}
    units = {row["unit_id"]: row["name_zh"] for row in Tables.of(Folder(home())).rows("units")} | {"": NOBODY.zh}
    written = {line[-1]: line[:2] for line in lines}
    assert written == {line.warning_id: (line.indicator, units[line.unit_id]) for line in whole.lines}
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


# Registers that are broken or made to hurt

FINE = (
    "weining-women-2021.health.g03.t1.health-bureau.w1,weining,weining-women-2021.health.g03.t1,x,"
    "weining.health-bureau,off_track,2021,2022-05-10,open,2021,,"
)
HOSTILE = {
    "formula": ([FINE + "=1+1"], "utf-8", ":2: cell_does_not_run_in_a_spreadsheet"),
    "other columns": (None, "utf-8", ":1: column_is_present: warning_id"),
    "gbk": ([FINE + "已约谈"], "gbk", "GBK"),
    "utf-16": ([FINE], "utf-16", "UTF-16"),
    "doubled": ([FINE, FINE], "utf-8", ":3: key_is_unique"),
    "short row": ([FINE.removesuffix(",,")], "utf-8", ":2: row_has_every_cell"),
    "unknown state": ([FINE.replace(",open,", ",offen,")], "utf-8", ":2: code_is_known"),
    "year in words": ([FINE.replace(",2021,2022-", ",2021年,2022-")], "utf-8", ":2: cell_has_its_type"),
    "open and closed": ([FINE[:-1] + "2023,"], "utf-8", ":2: an open warning has no closed_year"),
    "closed without a year": ([FINE.replace(",open,", ",closed,")], "utf-8", ":2: an open warning has no closed_year"),
    "seen before it was opened": ([FINE.replace("open,2021", "open,2020")], "utf-8", ":2: opened_year, last_seen_year"),
    "other place": ([FINE.replace(",weining,", ",jiaxing,")], "utf-8", ":2: place_id is jiaxing, not weining"),
    "unknown target": ([FINE.replace("g03.t1,x", "g99.t1,x")], "utf-8", "is no target of weining"),
    "later year": ([FINE.replace("open,2021", "open,2024")], "utf-8", "name the register as it was before 2023"),
    "control": ([FINE + "\x1b[31m"], "utf-8", ":2: characters_belong_to_the_column"),
}


@pytest.fixture(scope="module")
def judged(package: Folder, tmp_path_factory: pytest.TempPathFactory, maternal: Target) -> Assessment:
    file = write(tmp_path_factory.mktemp("judged") / "o.csv", [row(maternal, year, 18) for year in (2020, 2023)])
    return assess(package, file, 2023, places=(PLACE,))


@pytest.mark.parametrize("case", HOSTILE)
def test_a_broken_register_is_one_clear_line(judged: Assessment, tmp_path: Path, case: str) -> None:
    lines, encoding, told = HOSTILE[case]
    register = tmp_path / "register.csv"
    register.write_bytes(("\n".join(["a,b"] if lines is None else [HEAD, *lines]) + "\n").encode(encoding))
    with pytest.raises(PackageError) as raised:
        carried_on(register, judged, PLACE, DAY, "zh")
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_register_without_a_line_is_read(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(f"{HEAD}\n", encoding="utf-8")
    assert read_register(register, PLACE, "zh") == []


def test_the_command_says_what_is_wrong_with_a_register_and_writes_nothing(tmp_path: Path, maternal: Target) -> None:
    register = tmp_path / "register.csv"
    register.write_text("a,b\n", encoding="utf-8")
    done = command(tmp_path, maternal, "--register", str(register))
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert register.read_text(encoding="utf-8") == "a,b\n"
    assert not (tmp_path / "out").exists()


def test_a_register_too_large_and_a_folder_are_refused(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_bytes(HEAD.encode() + b"\n" * 5_000_000)
    for path in (register, tmp_path):
        with pytest.raises(PackageError):
            read_register(path, PLACE, "zh")


def test_no_cell_of_the_register_runs_in_a_spreadsheet(whole: Notices) -> None:
    assert not [cell for line in cells(whole.files["register.csv"]) for cell in line.values() if RUNS.match(cell)]


# Single lines of the register

HEALTH = "weining.health-bureau"
GOAL = "weining-women-2021.health.g03.t1"
LINE = Line(f"{GOAL}.w2", PLACE, GOAL, "孕产妇死亡率", HEALTH, "off_track", 2021, "2022-05-10", "open", 2021, None, "")
CLOSED = replace(LINE, warning_id=f"{GOAL}.w1", status="closed", closed_year=2021)


def test_a_register_is_written_and_read_as_it_is(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    lines = [
        CLOSED,
        LINE,
        replace(LINE, warning_id=f"{GOAL}.w3", unit_id="", opened_on="", last_seen_year=2023, note="已约谈"),
    ]
    register.write_bytes(register_csv(lines))
    assert read_register(register, PLACE, "zh") == lines


@pytest.mark.parametrize(
    "told", [{"opened_year": 2022}, {"last_seen_year": 2020}, {"closed_year": 2020}, {"last_seen_year": 2022}]
)
def test_the_years_of_a_line_follow_each_other(tmp_path: Path, told: dict[str, int]) -> None:
    register = tmp_path / "register.csv"
    register.write_bytes(register_csv([replace(CLOSED, **told)]))  # type: ignore[arg-type]
    with pytest.raises(PackageError, match="do not follow each other"):
        read_register(register, PLACE, "zh")


@pytest.mark.parametrize(("year", "refused"), [(2023, False), (2022, False), (2021, True)])
@pytest.mark.parametrize("line", [replace(LINE, last_seen_year=2022), replace(CLOSED, closed_year=2022)])
def test_a_register_of_the_judged_year_or_an_earlier_one_is_carried_on(
    judged: Assessment, maternal: Target, line: Line, year: int, refused: bool
) -> None:
    known = replace(line, target_id=maternal.target_id)
    if refused:
        with pytest.raises(PackageError, match=f"is of 2022; name the register as it was before {year}"):
            check([known], judged.judgements, year, Path("r.csv"))
    else:
        check([known], judged.judgements, year, Path("r.csv"))


def test_a_sentence_stands_in_a_note_once() -> None:
    assert noted(LINE, "甲。").note == "甲。"
    assert noted(noted(LINE, "甲。"), "乙。").note == "甲。 乙。"
    assert noted(noted(LINE, "甲。"), "甲。").note == "甲。"
    assert noted(LINE, "") == LINE


def test_the_workbook_has_open_warnings_first_and_those_of_no_body_last() -> None:
    free = replace(LINE, warning_id=f"{GOAL}.w3", unit_id="", kind="regressed; hardly_met")
    lines = [CLOSED, free, replace(LINE, warning_id=f"{GOAL}.w9"), LINE]
    names, say = {HEALTH: Text("Health Bureau", "卫健局")}, Words(edition().labels, "zh")
    book = openpyxl.load_workbook(io.BytesIO(register_xlsx(lines, names, "台账", datetime(2023, 12, 31), say)))
    _, told, head, *written = book.active.iter_rows(values_only=True)
    assert told[0] == "未解除3项，已解除1项（一项目标有几个牵头单位的分别计）。"
    shown = [dict(zip(head, cells, strict=True)) for cells in written]
    assert [row["牵头单位"] for row in shown] == ["卫健局", "卫健局", "未明确", "卫健局"]
    assert [cells[-1] for cells in written] == [f"{GOAL}.w{n}" for n in (2, 9, 3, 1)]
    both = [
        edition().labels[name][code].label.zh for name, code in (("status", "regressed"), ("warning", "hardly_met"))
    ]
    assert shown[2]["预警事由"] == "、".join(both)
    assert book.active.auto_filter.ref == f"A3:{'ABCDEFGHIJ'[len(head) - 1]}7"


def test_the_tally_tells_new_warnings_from_those_that_stand_and_those_that_were_closed(judged: Assessment) -> None:
    new, kept, still, shut = (replace(LINE, warning_id=name) for name in ("new", "kept", "still", "shut"))
    now = [new, kept, still, replace(shut, status="closed", closed_year=2023), CLOSED]
    made = Notices(
        judged, [kept, still, shut, CLOSED], now, {"warning/a.docx": b"", "feedback/b.docx": b"", "register.csv": b""}
    )
    assert made.tally == {"opened": 1, "kept": 2, "closed": 1}
    counted, written, _ = made.summary(Path("out"), "en")
    assert counted.endswith("1 opened, 2 stand from before, 1 closed.")
    assert "warning notices 1, feedback 1," in written


# The command


def command(folder: Path, target: Target, *options: str) -> Result:
    file = write(folder / "o.csv", [row(target, year, level) for year, level in {2020: 18, 2021: 18, 2023: 19}.items()])
    named = ("monitor", "notices", str(file), "--place", PLACE, "--year", "2023", "--out", str(folder / "out"))
    return CliRunner().invoke(app, [*named, *options])


def test_the_command_writes_notices_and_register_and_says_what_comes_next(tmp_path: Path, maternal: Target) -> None:
    done = command(tmp_path, maternal, "--issued-on", "2024-05-10")
    assert done.exit_code == 0
    assert "新开启 1 项" in done.stdout
    assert "--register" in done.stdout
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert {"register.csv", "register.xlsx", "warning/weining.health-bureau.docx", "feedback/office.docx"} <= written
    assert command(tmp_path, maternal).exit_code == 2, "the folder holds notices already"


def test_a_day_that_no_calendar_has_is_refused(tmp_path: Path, maternal: Target) -> None:
    assert command(tmp_path, maternal, "--issued-on", "2024-02-30").exit_code == 2


def test_observations_with_findings_give_the_findings_and_no_notice(tmp_path: Path, maternal: Target) -> None:
    file = write(tmp_path / "o.csv", [row(maternal, 2023, "-1")])
    named = ("monitor", "notices", str(file), "--place", PLACE, "--out", str(tmp_path / "out"))
    done = CliRunner().invoke(app, named)
    assert done.exit_code == 1
    assert "value_is_possible_in_its_unit" in done.stdout
    assert not (tmp_path / "out").exists()


# Single letters


@pytest.fixture
def told_of(judged: Assessment, maternal: Target) -> Judgement:
    return next(j for j in judged.judgements if j.target.target_id == maternal.target_id)


def letter(
    judged: Assessment, found: Sequence[Judgement], warned: Sequence[str], unit: str = HEALTH, day: date | None = None
) -> Letter:
    lines = {name: replace(LINE, target_id=name) for name in warned}
    items = {judgement.target.item_id: Text("Goal 3", "目标3") for judgement in found}
    return Letter(unit, judged, found, lines, (), items, day, Words(edition().labels, "zh"))


@pytest.mark.parametrize(
    ("unit", "kinds", "headings"),
    [
        (HEALTH, ("warned",), ["一、预警指标", "二、逐项说明与反馈", "三、反馈要求"]),
        ("", ("warned",), ["一、预警指标", "二、逐项说明与反馈"]),
        (
            HEALTH,
            ("warned", "other", "gap"),
            ["一、预警指标", "二、逐项说明与反馈", "三、其他目标的结果", "四、未填报的目标", "五、反馈要求"],
        ),
        (HEALTH, ("other",), ["一、监测结果"]),
        (HEALTH, ("late",), ["一、监测结果", "二、未填报的目标"]),
        (HEALTH, ("gap",), ["一、未填报的目标"]),
        ("", ("other", "gap"), ["一、监测结果", "二、未填报的目标"]),
    ],
)
def test_a_notice_has_a_part_for_each_kind_of_target_that_its_body_leads(
    judged: Assessment, told_of: Judgement, unit: str, kinds: Sequence[str], headings: list[str]
) -> None:
    changed: dict[str, dict[str, Any]] = {"late": {"value_year": 2022}, "gap": {"value": None, "value_year": None}}
    found = [
        replace(told_of, target=replace(told_of.target, target_id=kind), **changed.get(kind, {})) for kind in kinds
    ]
    one = letter(judged, found, [kind for kind in kinds if kind == "warned"], unit)
    assert one.path == f"{'warning' if 'warned' in kinds else 'feedback'}/{unit or 'office'}.docx"
    paper = docx.Document(io.BytesIO(document(one)))
    styles = ((paragraph.text, paragraph.style and paragraph.style.style_id) for paragraph in paper.paragraphs)
    assert [text for text, style in styles if style == "Heading1"] == headings
    gaps = sum(kind in ("late", "gap") for kind in kinds)
    assert (f"以下{gaps}项目标未填报" in text_of(document(one))) == bool(gaps)
    assert ("承办单位：" in text_of(document(one))) == (not unit and "warned" in kinds)


@pytest.mark.parametrize(
    ("value", "year", "told"),
    [(None, None, "–"), (18, 2023, "18/10万"), (0, 2023, "0/10万"), (18, 2022, "18/10万（2022年）")],
)
def test_a_value_is_told_with_its_year_where_that_is_an_earlier_one(
    told_of: Judgement, value: int | None, year: int | None, told: str
) -> None:
    one = replace(told_of, value=None if value is None else Fraction(value), value_year=year)
    assert value_text(one, Words(edition().labels, "zh")) == told


@pytest.mark.parametrize(("gap", "told"), [(None, "–"), (0, "–"), (6, "6/10万")])
def test_a_gap_is_told_where_something_is_lacking(told_of: Judgement, gap: int | None, told: str) -> None:
    one = replace(told_of, gap=None if gap is None else Fraction(gap))
    assert gap_text(one, Words(edition().labels, "zh")) == told


@pytest.mark.parametrize(("day", "made"), [(None, (2023, 12, 31)), (DAY, (2024, 5, 10))])
def test_a_notice_is_dated_by_its_day_or_by_the_end_of_its_year(
    judged: Assessment, told_of: Judgement, day: date | None, made: tuple[int, int, int]
) -> None:
    paper = docx.Document(io.BytesIO(document(letter(judged, [told_of], [], day=day))))
    assert paper.core_properties.created is not None
    assert paper.core_properties.created.date() == date(*made)


def test_numbers_of_a_notice_stand_to_the_right(judged: Assessment, told_of: Judgement) -> None:
    other = replace(told_of, target=replace(told_of.target, target_id="other"))
    paper = docx.Document(io.BytesIO(document(letter(judged, [told_of, other], [told_of.target.target_id]))))
    warned, others = ([cell.text for cell in table.rows[1].cells if "right" in cell._tc.xml] for table in paper.tables)
    assert [len(warned), len(others)] == [2, 1]
    assert warned[:1] == others == ["18/10万"]


def test_a_formula_in_a_line_is_written_so_that_it_does_not_run() -> None:
    (line,) = cells(register_csv([replace(LINE, note="=1+1")]))
    assert line["note"] == "'=1+1"
