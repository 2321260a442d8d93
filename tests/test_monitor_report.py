"""The monitoring report: the same numbers in every form, every target once, nothing small published, nothing broken."""

import io
import itertools
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import simulated
from lxml import html as lxml_html
from rich.cells import cell_len
from typer.testing import CliRunner

from plandata import words
from plandata.assess import Assessment, as_of, assess
from plandata.assess.model import WHOLE, Answer, Band, Judgement, Reason, Reported, Seen, Warned, load_targets
from plandata.assess.publish import Small
from plandata.cli import app
from plandata.cli.monitor import FILL
from plandata.files import PackageError
from plandata.monitor import report_words as w
from plandata.monitor.chapters import (
    base_cell,
    charts_of_parts,
    count_cell,
    counts_table,
    course_charts,
    domains,
    overall,
    part_rows,
    statuses_table,
    target_cells,
)
from plandata.monitor.content import Cell, Charts, Column, Content, Definitions, Paragraph, Row, Section, Table
from plandata.monitor.facts import Facts, value_cell
from plandata.monitor.follow_up import (
    bodies,
    causes,
    changes,
    compound_table,
    gaps,
    method,
    moved_since,
    remark_blocks,
    sentences,
    unwarned,
    warnings,
    worse_cells,
)
from plandata.monitor.report import Report, content_of, facts_of, place_of, report, row_count
from plandata.monitor.report_forms import cell_value, document, legend, workbook
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.text import Text

PACKAGE = Folder(home())
LANGS = ("zh", "en")
HOSTILE = "<script>alert(1)</script>&amp;\"'=1+1\x1b"
# Counts of a small whole and of its parts; and of a whole of which one part alone is small.
SMALL_WHOLE = {"": (4, 48817), "female": (1, 19126), "male": (3, 29691)}
SMALL_PART = {"": (71339, 92517), "female": (3, 21148), "male": (71336, 71369)}


@pytest.fixture(scope="module")
def observations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulated.write(tmp_path_factory.mktemp("observed") / "observations.csv", simulated.rows())


@pytest.fixture(scope="module")
def one_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Observations of one year alone: no target has a course to be drawn, so that its report is made quickly."""
    path = tmp_path_factory.mktemp("one_year") / "observations.csv"
    return simulated.write(path, simulated.rows(years=(2023,)))


@pytest.fixture(scope="module")
def made(observations: Path) -> dict[str, Report]:
    return {lang: report(PACKAGE, observations, simulated.PLACE, 2023, lang=lang) for lang in LANGS}


def content(found: Report) -> dict:
    return json.loads(found.files["report.json"])


def tables(found: Report) -> list[dict]:
    blocks = (block for section in content(found)["sections"] for block in section["blocks"])
    return [block for block in blocks if block["kind"] == "table"]


def texts(table: dict) -> list[list[str]]:
    head = [column["title"] for column in table["columns"]]
    return [head, *([cell["text"] for cell in row["cells"].values()] for row in table["rows"])]


def whole_text(files: dict[str, bytes]) -> str:
    """All that the files say, those inside of files too."""
    parts = []
    for name, raw in files.items():
        if name.endswith(("docx", "xlsx")):
            with zipfile.ZipFile(io.BytesIO(raw)) as inside:
                parts += [inside.read(part) for part in inside.namelist() if part.endswith((".xml", ".rels"))]
        else:
            parts.append(raw)
    return "\n".join(part.decode() for part in parts)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_the_document_has_the_tables_of_the_json(made, lang):
    document = docx.Document(io.BytesIO(made[lang].files["report.docx"]))
    printed = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in document.tables
        if "<pic:pic" not in table._tbl.xml
    ]
    assert printed == [texts(table) for table in tables(made[lang])]


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_the_tables_of_the_json(made, lang):
    page = lxml_html.fromstring(made[lang].files["report.html"].decode())
    shown = [
        [[cell.text_content() for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
        for table in page.xpath("//table")
    ]
    assert shown == [texts(table) for table in tables(made[lang])]
    assert [table.xpath("string(caption)") for table in page.xpath("//table")] == [
        table["caption"] for table in tables(made[lang])
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_has_the_rows_of_the_json(made, lang):
    book = openpyxl.load_workbook(io.BytesIO(made[lang].files["report.xlsx"]))
    written = Counter(row for sheet in book for row in sheet.iter_rows(values_only=True))
    for table in tables(made[lang]):
        for row in table["rows"]:
            cells = [number(cell["value"]) if cell["value"] else cell["text"] for cell in row["cells"].values()]
            assert written[(*table["group"], *cells)], (table["caption"], cells)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)


def test_the_targets_of_a_domain_have_a_column_for_each_year_up_to_the_judged_one(made):
    found = [table for table in tables(made["zh"]) if table["key"].startswith("targets/")]
    titles = {tuple(column["title"] for column in table["columns"]) for table in found}
    assert [title for title in titles.pop() if re.match("[0-9]{4}", title)] == ["2021年", "2022年", "2023年"]
    assert not titles


@pytest.mark.parametrize("lang", LANGS)
def test_a_sheet_is_titled_as_its_one_table_and_of_several_as_itself(made, lang):
    book = openpyxl.load_workbook(io.BytesIO(made[lang].files["report.xlsx"]))
    kinds = Counter(table["key"].partition("/")[0] for table in tables(made[lang]))
    alone = [table["caption"] for table in tables(made[lang]) if kinds[table["key"].partition("/")[0]] == 1]
    *sheets, _ = book
    assert [sheet["A2"].value for sheet in sheets if sheet["A2"].value != sheet.title] == alone


def number(value: str) -> float:
    return float(value) if "." in value else int(value)


@pytest.mark.parametrize("lang", LANGS)
def test_a_number_is_read_off_its_text(made, lang):
    cells = [cell for table in tables(made[lang]) for row in table["rows"] for cell in row["cells"].values()]
    numbers = [cell for cell in cells if cell["value"] is not None]
    assert len(numbers) > 500
    assert all(re.match(r"-?[\d,.]+", cell["text"])[0].replace(",", "") == cell["value"] for cell in numbers)


@pytest.mark.parametrize("lang", LANGS)
def test_every_target_stands_once_among_the_domains_and_at_most_once_in_any_other_table(made, lang):
    known = Counter(t.target_id for t in load_targets(Tables.of(PACKAGE)) if t.place_id == simulated.PLACE)
    listed = Counter(
        row["about"] for table in tables(made[lang]) if table["key"].startswith("targets/") for row in table["rows"]
    )
    assert listed == known
    for table in tables(made[lang]):
        if not table["key"].startswith("parts/"):
            assert max(Counter(row["about"] for row in table["rows"]).values()) == 1, table["key"]


def test_heads_tell_numbers_of_targets_from_shares():
    signs = {
        key: (head.en.endswith("(%)"), head.zh.endswith("（%）"), head.zh.endswith("（项）"))
        for key, head in w.COUNT_HEADS.items()
    }
    numbers = ("total", "reported", "measurable", "met")
    assert signs == {key: (False, False, True) if key in numbers else (True, True, False) for key in w.COUNT_HEADS}


def test_counts_and_sentences_are_those_of_the_assessment(made):
    whole = made["zh"].done.counts[0]
    opening = " ".join(
        block["text"] for section in content(made["zh"])["sections"] for block in section["blocks"] if "text" in block
    )
    for told in (
        f"目标值共{whole.total}项",
        f"可监测{whole.measurable}项",
        f"达标{whole.met}项",
        f"达标率{whole.rate}%",
    ):
        assert told in opening
    warned = sum(bool(judgement.warnings) for judgement in made["zh"].done.judgements)
    assert len(next(table for table in tables(made["zh"]) if table["key"] == "warnings")["rows"]) == warned > 0


def told_in(found: Report, key: str) -> str:
    """The sentences of a section."""
    section = next(section for section in content(found)["sections"] if section["key"] == key)
    return "".join(block["text"] for block in section["blocks"] if block["kind"] == "paragraph")


def table_of(found: Report, key: str) -> dict[str, dict[str, dict[str, str | None]]]:
    """The cells of a table by what its rows are about, and by their columns."""
    table = next(table for table in tables(found) if table["key"] == key)
    return {row["about"]: row["cells"] for row in table["rows"]}


@pytest.fixture(scope="module")
def done(made: dict[str, Report]) -> Assessment:
    return made["zh"].done


def test_the_year_before_is_compared_target_by_target(made: dict[str, Report], done: Assessment) -> None:
    before = {judgement.target.target_id: judgement for judgement in as_of(done, 2022).judgements}
    pairs = [(before[judgement.target.target_id], judgement) for judgement in done.judgements]
    moved = [(old, new) for old, new in pairs if old.status != new.status]
    won = sum(new.met and not old.met for old, new in moved)
    lost = sum(old.met and not new.met for old, new in moved)
    steps = {
        j.target.target_id: (j.points[2023] - j.points[2022], j.target.better)
        for j in done.judgements
        if {2022, 2023} <= j.points.keys() and j.target.better in ("higher", "lower")
    }
    worse = [target for target, (step, better) in steps.items() if (step < 0 if better == "higher" else step > 0)]
    told = f"状态有变动的{len(moved)}项，其中新达标{won}项，由达标转为其他状态{lost}项。"
    assert won > 0 < lost
    assert told in told_in(made["zh"], "changes")
    assert f"两年均有数值且有优劣方向的{len(steps)}项中，{len(worse)}项向不利方向变动。" in told_in(
        made["zh"], "changes"
    )
    assert list(table_of(made["zh"], "moved")) == [new.target.target_id for _, new in moved]
    shown = table_of(made["zh"], "worse")
    assert list(shown) == worse
    assert [Fraction(row["change"]["value"] or 0) for row in shown.values()] == [steps[target][0] for target in shown]


def test_every_gap_in_the_data_stands_under_its_body_and_those_of_no_body_last(
    made: dict[str, Report], done: Assessment
) -> None:
    unknown = [
        j for j in done.judgements if done.schemas.assessment["status"][j.status].classes["standing"] == "unknown"
    ]
    remarks = Counter(code for j in done.judgements for code in {remark.code for remark in j.remarks})
    told = told_in(made["zh"], "gaps")
    assert f"目标值{len(unknown)}项（" in told
    assert f"初步数{remarks['preliminary']}项；沿用上年数{remarks['late_value']}项。" in told
    shown = table_of(made["zh"], "gaps")
    leads = {j.target.target_id: j.target.leads for j in done.judgements}
    named = [bool(leads[target]) for target in shown]
    assert named == sorted(named, reverse=True)
    missing = {j.target.target_id for j in unknown} | {
        j.target.target_id for j in done.judgements if {r.code for r in j.remarks} & {"late_value", "preliminary"}
    }
    assert shown.keys() == missing
    states = {target: row["lack"].get("status") for target, row in shown.items()}
    assert states == {
        j.target.target_id: j.status if j in unknown else None for j in done.judgements if j.target.target_id in shown
    }


def test_each_lead_body_has_its_counts_warnings_and_gaps(made: dict[str, Report], done: Assessment) -> None:
    led: dict[str, list[Judgement]] = {}
    for judgement in done.judgements:
        for unit in judgement.target.leads or ("none",):
            led.setdefault(unit, []).append(judgement)
    shown, lacking = table_of(made["zh"], "bodies"), table_of(made["zh"], "gaps")
    assert shown.keys() == led.keys()
    assert list(shown)[-1] == "none"
    assert f"规划明确的牵头单位{len(led) - 1}个" in told_in(made["zh"], "bodies")
    for unit, own in led.items():
        numbers = {name: cell["value"] for name, cell in shown[unit].items()}
        assert numbers["total"] == str(len(own))
        assert numbers["reported"] == str(sum(j.value is not None for j in own))
        assert numbers["measurable"] == str(sum(j.measurable for j in own))
        assert numbers["met"] == str(sum(j.met for j in own))
        assert numbers["warned"] == str(sum(bool(j.warnings) for j in own))
        assert numbers["lacking"] == str(sum(j.target.target_id in lacking for j in own))


def test_plans_and_their_goals_and_measures_add_up_to_all(made: dict[str, Report], done: Assessment) -> None:
    shown = {about: int(row["total"]["value"] or 0) for about, row in table_of(made["zh"], "counts").items()}
    plans = {judgement.target.plan_id for judgement in done.judgements}
    assert shown.keys() == {f"{part}{source}" for part in (*plans, "all") for source in ("", "/goals", "/measures")}
    assert shown["all"] == len(done.judgements) == sum(shown[plan] for plan in plans)
    assert all(shown[part] == shown[f"{part}/goals"] + shown[f"{part}/measures"] for part in (*plans, "all"))
    goals = sum(judgement.target.item_table == "goals" for judgement in done.judgements)
    late = sum(judgement.lags for judgement in done.judgements)
    assert f"列于目标的{goals}项，列于措施的{len(done.judgements) - goals}项。" in told_in(made["zh"], "overall")
    assert f"（其中沿用上年数的{late}项）" in told_in(made["zh"], "overall")
    states = {about: row["all"]["value"] for about, row in table_of(made["zh"], "statuses").items()}
    assert states == {code: str(times) for code, times in done.counts[0].by_status.items()}


def test_the_row_of_a_target_marks_preliminary_values_and_names_other_years(
    made: dict[str, Report], done: Assessment
) -> None:
    shown = {
        row["about"]: row["cells"]
        for table in tables(made["zh"])
        if table["key"][:8] == "targets/"
        for row in table["rows"]
    }
    judged = {judgement.target.target_id: judgement for judgement in done.judgements}
    stars = 0
    for target, row in shown.items():
        own = judged[target]
        value = own.seen.whole.get(2023)
        text = str(row["y2023"]["text"])
        assert text.endswith("*") == bool(value and value.preliminary and 2023 in own.points)
        stars += text.endswith("*")
        if own.base and own.base[0] == own.target.first_year:
            assert row["base"]["text"] == words.number(own.base[1])
        assert str(row["status"]["text"]).endswith(f"（{own.value_year}年数）") == own.lags
        assert (row["gap"]["value"] is None) == (own.gap is None)
    assert stars


def test_a_domain_draws_at_most_six_courses_those_of_warned_targets_first(
    made: dict[str, Report], done: Assessment
) -> None:
    judged = {judgement.target.target_id: judgement for judgement in done.judgements}
    drawn = {j.target.target_id for j in done.judgements if j.band is not None and len(j.points) > 1}
    for section in content(made["zh"])["sections"]:
        listed = [block for block in section["blocks"] if block["kind"] == "charts" and "历年数值" in block["caption"]]
        own = {
            row["about"]
            for block in section["blocks"]
            if block.get("key", "")[:8] == "targets/"
            for row in block["rows"]
        }
        if not own & drawn:
            assert not listed
            continue
        (charts,) = listed
        about = [chart["about"] for chart in charts["charts"]]
        assert len(about) == min(6, len(own & drawn))
        warned = [bool(judged[target].warnings) for target in about]
        assert warned == sorted(warned, reverse=True)
        cut = f"共{len(own & drawn)}项有两年以上数值，此处列6项"
        assert (cut in charts["told"]) == (len(own & drawn) > 6) == ("此处列" in charts["told"])


def test_the_annex_shows_both_methods_where_both_find_a_trend(made: dict[str, Report], done: Assessment) -> None:
    both = {
        j.target.target_id: {answer.method: answer for answer in j.answers}
        for j in done.judgements
        if sum(answer.applies and answer.observed is not None for answer in j.answers) > 1
    }
    shown = table_of(made["zh"], "compound")
    assert shown.keys() == both.keys()
    for target, row in shown.items():
        linear, compound = both[target]["linear"], both[target]["compound"]
        wanted = (linear.observed, linear.projected, 100 * (compound.observed or 0), compound.projected)
        keys = ("linear", "projected", "rated", "compounded")
        assert [row[key]["value"] for key in keys] == [
            None if number is None else words.number(number).replace(",", "") for number in wanted
        ]


def test_both_languages_say_the_same_numbers(made):
    zh, en = (
        [[[cell["value"] for cell in row["cells"].values()] for row in table["rows"]] for table in tables(made[lang])]
        for lang in LANGS
    )
    # The order of gaps is that of the names of bodies.
    assert [sorted(map(str, table)) for table in zh] == [sorted(map(str, table)) for table in en]


def test_a_domain_with_a_warning_has_room_for_causes(made):
    sections = content(made["zh"])["sections"]
    room = [section["key"].removeprefix("causes/") for section in sections if section["key"].startswith("causes/")]
    warned = [j.target.domain_id for j in made["zh"].done.judgements if j.warnings]
    assert room == list(dict.fromkeys(warned))
    assert "主要原因" in whole_text({"report.docx": made["zh"].files["report.docx"]})


def test_the_same_file_makes_the_same_bytes(made, observations):
    again = report(PACKAGE, observations, simulated.PLACE, 2023, lang="zh")
    assert dict(again.files) == dict(made["zh"].files)


def shown(numerator: int, denominator: int) -> str:
    """A share in percent as a report shows it."""
    return words.number(Fraction(simulated.ratio(numerator, denominator, "percent", 6)["value"]))


def with_small(path: Path) -> Path:
    """Observations of one rate whose numerator is 3, in parts too, and of another whose female part alone is small."""
    rates = [t for t in load_targets(Tables.of(PACKAGE)) if t.place_id == simulated.PLACE and t.unit == "percent"]
    first = {(target.indicator_id, target.scope.zh): target for target in rates}
    whole, parted = list(first.values())[:2]
    taken = {(target.indicator_id, target.scope.zh) for target in (whole, parted)}
    rows = [row for row in simulated.rows(years=(2023,)) if (row["indicator_id"], row["scope"]) not in taken]
    for target, sexes in ((whole, SMALL_WHOLE), (parted, SMALL_PART)):
        told = {"place_id": target.place_id, "indicator_id": target.indicator_id, "scope": target.scope.zh}
        told |= {"year": "2023", "unit_of_measure": target.unit, "source": "simulated"}
        rows += [told | {"sex": sex} | simulated.ratio(*counts, "percent", 6) for sex, counts in sexes.items()]
        rows.append(told | {"year": "2022", "value": "55.5"})
    return simulated.write(path, rows)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_small_counts_are_not_published_anywhere(tmp_path, lang):
    path = with_small(tmp_path / "small.csv")
    open_files = report(PACKAGE, path, simulated.PLACE, 2023, lang=lang).files
    published = report(PACKAGE, path, simulated.PLACE, 2023, lang=lang, publish=True).files
    counts = [*SMALL_WHOLE.values(), SMALL_PART["female"], SMALL_PART["male"]]
    secrets = [form for n, below in counts for form in (shown(n, below), f"{below:,}")]
    assert all(secret in whole_text(open_files) for secret in secrets)
    assert not [secret for secret in secrets if secret in whole_text(published)]
    assert shown(*SMALL_PART[""]) in whole_text(published)
    assert "&lt;5" in whole_text({"report.html": published["report.html"]})


@pytest.mark.parametrize(
    ("unit", "value", "small", "text"),
    [
        ("person", 4, True, "<5"),
        ("person", 1, True, "<5"),
        ("person", 5, True, "※"),
        ("person", 0, True, "※"),
        ("percent", 4, True, "※"),
        ("person_time", 4, True, "<5"),
        ("person", 4, False, "4*"),
        ("person", None, True, "—"),
    ],
)
def test_few_people_are_shown_as_few_and_what_rests_on_them_by_a_mark(
    one: Assessment, unit: str, value: int | None, small: bool, text: str
) -> None:
    levels = {} if value is None else {2023: Fraction(value)}
    first = one.judgements[0]
    seen = Seen({WHOLE: {year: Reported(level) for year, level in levels.items()}}, known=True)
    judged = replace(first, target=replace(first.target, unit=unit), points=levels, seen=seen)
    hidden = Small({first.target.target_id: frozenset({2023})} if small else {})
    say = words.Words(one.schemas.labels, "zh")
    found = Facts(one, one, Text("", ""), (), {}, {}, 0, hidden, True, say)
    assert value_cell(found, judged, 2023, "*").text == text


def test_a_file_with_findings_gives_no_report(tmp_path, observations):
    path = tmp_path / "wrong.csv"
    path.write_text(observations.read_text(encoding="utf-8").replace(",percent,", ",hour,", 1), encoding="utf-8")
    out = tmp_path / "out"
    ran = CliRunner().invoke(app, ["monitor", "report", str(path), "--place", simulated.PLACE, "--out", str(out)])
    assert ran.exit_code == 1
    assert "wrong.csv:" in ran.output
    assert not out.exists()


def test_the_command_writes_its_files(tmp_path, one_year):
    out = tmp_path / "out"
    command = ["monitor", "report", str(one_year), "--place", simulated.PLACE, "--out", str(out), "--lang", "en"]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 0, ran.output
    written = ["dashboard.html", "report.docx", "report.html", "report.json", "report.xlsx"]
    assert sorted(path.name for path in out.iterdir()) == written
    *told, last = ran.stderr.splitlines()
    assert (ran.stdout, last) == ("", FILL["en"])
    assert all(any(name in line for line in told) for name in written)
    assert CliRunner().invoke(app, command).exit_code == 2


def test_a_place_without_a_plan_is_refused(observations):
    with pytest.raises(PackageError, match="no plan of a place 'nowhere'"):
        report(PACKAGE, observations, "nowhere")


def test_report_and_dashboard_lead_to_each_other(made):
    files = made["zh"].files
    assert 'href="dashboard.html"' in files["report.html"].decode()
    assert 'href="report.html"' in files["dashboard.html"].decode()


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_stands_alone_and_can_be_read_by_all(made, lang):
    text = made[lang].files["report.html"].decode()
    page = lxml_html.fromstring(text)
    assert not re.search(r"(?:src|href|url)[=(][\"']?(?:https?:)?//", text)
    assert not page.xpath("//script")
    assert page.xpath("//main")
    assert page.xpath("//nav[@aria-labelledby]")
    assert page.xpath("//a[@class='skip']")
    assert not page.xpath("//thead//th[not(@scope)]")
    assert not page.xpath("//tbody/tr[not(th[@scope='row'])]")
    assert page.xpath("//figure//*[name()='svg']")
    assert not page.xpath("//*[name()='svg'][not(@aria-label)]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(target.removeprefix("#") in (*ids, "dashboard.html") for target in page.xpath("//a/@href"))
    ranks = [int(heading.tag[1]) for heading in page.xpath("//h1|//main//h2|//main//h3|//main//h4")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks))


@pytest.mark.parametrize(
    ("place", "year", "told", "compared"),
    [
        ("weining", 2023, "未规定中期评估", "与2021年相比"),
        ("changping", 2023, "规定开展中期评估", "与2021年相比"),
        ("weining", 2021, "未规定中期评估", "与上年相比"),
    ],
)
def test_a_stage_says_whether_the_plan_prescribes_it(tmp_path, place, year, told, compared):
    path = simulated.write(tmp_path / "o.csv", simulated.rows(place, (year,)))
    found = content(report(PACKAGE, path, place, year, stage="midterm"))
    assert found["title"].endswith(f"中期统计监测评估报告（2021—{year}年）")
    assert any(told in block.get("text", "") for block in found["sections"][0]["blocks"])
    assert any(section["title"] == compared for section in found["sections"])


def test_a_first_year_is_compared_with_none(one_year):
    found = content(report(PACKAGE, one_year, simulated.PLACE))
    section = next(section for section in found["sections"] if section["key"] == "changes")
    assert [block["text"] for block in section["blocks"]] == ["监测值中没有2022年的数值，不作比较。"]


def test_hostile_names_are_text(bench, tmp_path):
    for table in ("plans", "domains"):
        bench.patch(table, 0, title_zh=HOSTILE)
    bench.patch("places", 0, name_zh=HOSTILE)
    for row in range(len(bench.rows("indicators"))):
        bench.patch("indicators", row, name_zh=f"{HOSTILE}{row}")
    targets = load_targets(Tables.of(Folder(bench.root)))
    target = next(target for target in targets if target.place_id == "weining" and not target.benchmark.zh)
    told = {"place_id": "weining", "indicator_id": target.indicator_id, "scope": target.scope.zh, "source": "x"}
    rows = [told | {"year": year, "value": "9", "unit_of_measure": target.unit} for year in ("2020", "2022", "2023")]
    path = simulated.write(tmp_path / "o.csv", rows)
    files = report(Folder(bench.root), path, "weining", 2023).files
    shown = {name: raw for name, raw in files.items() if name in ("report.docx", "report.html", "report.xlsx")}
    assert "<script" not in whole_text(shown)
    assert "\x1b" not in whole_text(files)
    assert "=1+1" in docx.Document(io.BytesIO(files["report.docx"])).paragraphs[0].text
    book = openpyxl.load_workbook(io.BytesIO(files["report.xlsx"]))
    assert not any(cell.data_type == "f" or cell.hyperlink for sheet in book for row in sheet for cell in row)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_document(one_year, tmp_path):
    (tmp_path / "report.docx").write_bytes(report(PACKAGE, one_year, simulated.PLACE).files["report.docx"])
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


# Chapters of a few judgements


@cache
def opened() -> Tables:
    return Tables.of(PACKAGE)


@pytest.fixture(scope="module")
def one(one_year: Path) -> Assessment:
    return assess(PACKAGE, one_year, 2023, places=(simulated.PLACE,))


def facts(found: Sequence[Judgement], before: Sequence[Judgement], one: Assessment, **told: Any) -> Facts:
    """What a report of some judgements is made from."""
    t = opened()
    now, then = replace(one, judgements=list(found)), replace(as_of(one, 2022), judgements=list(before))
    return facts_of(t, *place_of(t, simulated.PLACE), now, then, **{"publish": False, "lang": "zh"} | told)


def paragraphs(section: Section) -> str:
    return "".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def rows_of(section: Section, key: str) -> list[list[str]]:
    """The texts of the rows of a table of a section."""
    (table,) = (block for block in section.blocks if isinstance(block, Table) and block.key == key)
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def plain(one: Assessment) -> Judgement:
    """A target of a share with a lead, of which nothing but its value is known."""
    found = next(j for j in one.judgements if j.target.unit == "percent" and j.target.leads and j.band is not None)
    target = replace(found.target, better="higher", first_year=2020)
    known = {2022: Fraction(50), 2023: Fraction(60)}
    seen = Seen({WHOLE: {year: Reported(value) for year, value in known.items()}}, known=True)
    return Judgement(
        target, "on_track", Reason("no_data"), 2023, True, Fraction(60), 2023, known, seen=seen, band=found.band
    )


def of_few(judgement: Judgement) -> Judgement:
    """A judgement by a value that rests on three persons."""
    seen = Seen({WHOLE: {2023: Reported(Fraction(60), Fraction(3), Fraction(500))}}, known=True)
    return replace(judgement, seen=seen)


WARNED = (Warned("hardly_met", Reason("no_data")),)


@pytest.mark.parametrize("lang", LANGS)
def test_columns_of_numbers_stand_to_the_right_and_columns_of_words_to_the_left(
    made: dict[str, Report], lang: str
) -> None:
    page = lxml_html.fromstring(made[lang].files["report.html"].decode())
    held: dict[tuple[str, int], set[bool]] = {}
    placed: dict[tuple[str, int], set[bool]] = {}
    for table, drawn in zip(tables(made[lang]), page.xpath("//table"), strict=True):
        for n, head in enumerate(drawn.xpath(".//thead//th")):
            about = table["key"].partition("/")[0], n
            cells = [list(row["cells"].values())[n] for row in table["rows"]]
            held.setdefault(about, set()).update(cell["value"] is not None for cell in cells if cell["text"] != "—")
            placed.setdefault(about, set()).add("n" in head.get("class").split())
    assert placed == {about: kinds or placed[about] for about, kinds in held.items()}


def test_a_place_with_one_plan_has_its_domains_right_below_and_no_sum_of_plans(
    one: Assessment, plain: Judgement
) -> None:
    several = facts([plain], [], one)
    (plan,) = (plan for plan in several.plans if plan.plan_id == plain.target.plan_id)
    alone = replace(several, plans=(plan,))
    assert [(part.key, part.level) for part in domains(several) if part.key in ("domains", plain.target.domain_id)] == [
        ("domains", 1),
        (plain.target.domain_id, 3),
    ]
    assert [part.level for part in domains(several) if part.key in {plan.plan_id for plan in several.plans}] == [2, 2]
    assert [(part.key, part.level) for part in domains(alone)] == [("domains", 1), (plain.target.domain_id, 2)]
    counted = {len(f.plans): {row.about.partition("/")[0] for row in counts_table(f).rows} for f in (several, alone)}
    assert counted == {2: {plan.plan_id for plan in several.plans} | {"all"}, 1: {plan.plan_id}}
    heads = {len(f.plans): [column.key for column in statuses_table(f).columns] for f in (several, alone)}
    assert [column.right for column in statuses_table(several).columns] == [False, True, True, True]
    assert heads == {2: ["status", *(plan.plan_id for plan in several.plans), "all"], 1: ["status", plan.plan_id]}


@pytest.mark.parametrize(
    ("base", "few", "text"),
    [
        (None, False, "—"),
        ((2020, Fraction(1180)), False, "1,180"),
        ((2019, Fraction(1180)), False, "1,180（2019年）"),
        ((2021, Fraction(0)), False, "0（2021年）"),
        ((2023, Fraction(60)), True, "※"),
        ((2020, Fraction(50)), True, "50"),
    ],
)
def test_a_base_is_told_with_its_year_where_that_is_not_the_one_before_the_plan(
    one: Assessment, plain: Judgement, base: tuple[int, Fraction] | None, few: bool, text: str
) -> None:
    judged = replace(of_few(plain), base=base)
    assert base_cell(facts([judged], [], one, publish=few), judged).text == text


@pytest.mark.parametrize(
    ("count", "gone", "people", "text"),
    [
        (None, True, True, "—"),
        (None, False, True, "—"),
        (3, False, True, "3"),
        (0, True, True, "※"),
        (1, True, True, "<5"),
        (4, True, True, "<5"),
        (5, True, True, "※"),
        (4, True, False, "※"),
    ],
)
def test_a_hidden_count_of_few_people_says_that_they_are_few(
    count: int | None, gone: bool, people: bool, text: str
) -> None:
    assert count_cell(None if count is None else Fraction(count), gone, people).text == text


FEMALE, MALE = ("female", "", ""), ("male", "", "")


@pytest.mark.parametrize(
    ("parts", "publish", "charts", "told"),
    [
        ({WHOLE: (60, None, None)}, False, 0, []),
        ({WHOLE: (60, 300, 500)}, False, 0, [["合计", "300", "500", "60"]]),
        ({WHOLE: (60, 3, 500)}, False, 0, [["合计", "3", "500", "60"]]),
        ({WHOLE: (60, 3, 500)}, True, 0, [["合计", "<5", "※", "※"]]),
        ({FEMALE: (60, None, None)}, False, 0, [["女", "—", "—", "60"]]),
        (
            {MALE: (40, 3, 90), WHOLE: (60, 80, 200), FEMALE: (70, 77, 110)},
            True,
            0,
            [["合计", "80", "200", "60"], ["女", "※", "※", "※"], ["男", "<5", "※", "※"]],
        ),
        (
            {MALE: (40, 30, 90), FEMALE: (70, 77, 110)},
            True,
            1,
            [["女", "77", "110", "70"], ["男", "30", "90", "40"]],
        ),
    ],
)
def test_what_a_value_is_made_of_is_told_where_it_is_more_than_the_value(
    one: Assessment,
    plain: Judgement,
    parts: dict[tuple[str, str, str], tuple[int, int | None, int | None]],
    publish: bool,
    charts: int,
    told: list[list[str]],
) -> None:
    def reported(value: int, *counts: int | None) -> Reported:
        return Reported(Fraction(value), *(None if n is None else Fraction(n) for n in counts))

    seen = Seen({part: {2023: reported(*numbers)} for part, numbers in parts.items()}, known=True)
    judged = replace(plain, seen=seen)
    f = facts([judged], [], one, publish=publish)
    assert [[cell.text for cell in row.cells[2:]] for row in part_rows(f, judged)] == told
    assert len(list(charts_of_parts(f, judged))) == charts
    open_charts = list(charts_of_parts(facts([judged], [], one), judged))
    assert len(open_charts) == (len(parts) > 1)


def test_a_domain_draws_first_what_is_warned_of_then_what_is_not_met_and_nothing_that_is_hidden(
    one: Assessment, plain: Judgement
) -> None:
    def called(name: str, **changes: Any) -> Judgement:
        return replace(plain, target=replace(plain.target, target_id=name), **changes)

    found = [
        called("met", status="met"),
        called("open"),
        called("warned", status="met", warnings=WARNED),
        called("one year", points={2023: Fraction(60)}),
        called("no band", band=None),
        of_few(called("few")),
    ]
    drawn = course_charts(facts(found, [], one, publish=True), "", found)
    assert [chart.about for chart in drawn.charts] == ["warned", "open", "met"]
    assert "此处列" not in drawn.told
    assert "few" in [chart.about for chart in course_charts(facts(found, [], one), "", found).charts]


@pytest.mark.parametrize(
    ("lang", "publish", "told"), [("zh", False, "甲。乙。"), ("en", False, "甲。 乙。"), ("zh", True, "※")]
)
def test_sentences_on_a_target_stand_one_after_the_other_each_once(
    one: Assessment, plain: Judgement, lang: str, publish: bool, told: str
) -> None:
    judged = of_few(plain)
    shown = sentences(facts([judged], [], one, lang=lang, publish=publish), judged, ["甲。", "乙。", "甲。"])
    assert (told in shown) if publish else (shown == told)


@pytest.mark.parametrize(
    ("status", "warnings", "counted"),
    [("off_track", (), True), ("off_track", WARNED, False), ("met", (), False), ("not_reported", (), False)],
)
def test_targets_that_need_attention_without_an_early_warning_are_counted_beside_those_with_one(
    one: Assessment, plain: Judgement, status: str, warnings: tuple[Warned, ...], counted: bool
) -> None:
    judged = replace(plain, status=status, warnings=warnings)
    told = list(unwarned(facts([judged], [], one)))
    assert [edition().labels["status"][status].label.zh in one and "1项" in one for one in told] == [True] * counted


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("late_value", False),
        ("preliminary", False),
        ("worsened", False),
        ("methods_disagree", False),
        ("pooled", True),
        ("by_chance", True),
    ],
)
def test_remarks_on_what_is_lacking_or_on_methods_stand_elsewhere(
    one: Assessment, plain: Judgement, code: str, shown: bool
) -> None:
    judged = replace(plain, remarks=(Warned(code, Reason("no_data")),))
    blocks = remark_blocks(facts([judged, plain], [], one))
    assert [type(block) for block in blocks] == ([Paragraph, Table] if shown else [])
    if shown:
        assert paragraphs(Section("", "", 1, tuple(blocks))) == "另有提示的目标值1项，提示不改变状态。"
        (line,) = rows_of(Section("", "", 1, tuple(blocks)), "remarks")
        assert line[3] == edition().labels["remark"][code].label.zh


@pytest.mark.parametrize(
    ("old", "new", "better", "numbers"),
    [
        (("on_track", 50), ("on_track", 60), "higher", (0, 0, 0, 1, 0)),
        (("on_track", 50), ("met", 60), "higher", (1, 1, 0, 1, 0)),
        (("met", 60), ("met", 50), "higher", (0, 0, 0, 1, 1)),
        (("met", 60), ("met", 60), "higher", (0, 0, 0, 1, 0)),
        (("met", 50), ("off_track", 60), "lower", (1, 0, 1, 1, 1)),
        (("on_track", 60), ("off_track", 50), "lower", (1, 0, 0, 1, 0)),
        (("on_track", 60), ("off_track", 50), "", (1, 0, 0, 0, 0)),
    ],
)
def test_what_moved_is_counted_by_status_and_by_value(
    one: Assessment,
    plain: Judgement,
    old: tuple[str, int],
    new: tuple[str, int],
    better: str,
    numbers: tuple[int, ...],
) -> None:
    points = {2022: Fraction(old[1]), 2023: Fraction(new[1])}
    now = replace(plain, status=new[0], points=points, target=replace(plain.target, better=better))
    then = replace(now, status=old[0], value=Fraction(old[1]))
    (section,) = changes(facts([now], [then], one))
    moved, won, lost, compared, worse = numbers
    assert f"变动的{moved}项，其中新达标{won}项，由达标转为其他状态{lost}项。" in paragraphs(section)
    assert f"方向的{compared}项中，{worse}项向不利方向变动。" in paragraphs(section)
    assert (len(rows_of(section, "moved")), len(rows_of(section, "worse"))) == (moved, worse)


def test_a_year_is_compared_where_a_single_target_had_a_value_then(one: Assessment, plain: Judgement) -> None:
    other = replace(plain, target=replace(plain.target, target_id="other"))
    bare = [replace(judged, value=None) for judged in (plain, other)]
    assert "不作比较" in paragraphs(changes(facts([plain, other], bare, one))[0])
    assert "不作比较" not in paragraphs(changes(facts([plain, other], [bare[0], other], one))[0])


@pytest.mark.parametrize(("publish", "change"), [(False, "-10"), (True, "※")])
def test_the_change_of_a_hidden_value_is_hidden(one: Assessment, plain: Judgement, publish: bool, change: str) -> None:
    judged = replace(of_few(plain), points={2022: Fraction(70), 2023: Fraction(60)})
    assert [cell.text for cell in worse_cells(facts([judged], [], one, publish=publish), judged)][-2] == change


def test_a_chapter_without_matter_says_so(one: Assessment, plain: Judgement) -> None:
    f = facts([plain], [], one)
    assert paragraphs(gaps(f)[0]) == "全部目标值均有可判断的最终数。"
    assert [paragraphs(part) for part in causes(f)] == ["各领域均无预警。"]
    assert paragraphs(warnings(f)[0]) == w.NO_WARNING.zh


def test_a_chapter_counts_what_it_lists(one: Assessment, plain: Judgement) -> None:
    late = replace(plain, warnings=WARNED, remarks=(Warned("late_value", Reason("no_data")),))
    missing = replace(plain, status="not_reported", target=replace(plain.target, target_id="other", leads=()))
    f = facts([missing, late, plain], [], one)
    told = paragraphs(gaps(f)[0])
    assert "目标值1项（" in told
    assert "初步数0项；沿用上年数1项。" in told
    assert [row[0] == f.bodies(late) for row in rows_of(gaps(f)[0], "gaps")] == [True, False]
    assert [part.level for part in causes(f)] == [1, 2]
    assert method(f)[0].annex
    assert paragraphs(warnings(f)[0]).startswith("有预警的目标值1项：预计达标困难1项。")
    assert "数据不能说明原因" in paragraphs(causes(f)[0])
    assert len(rows_of(warnings(f)[0], "warnings")) == 1
    shown = rows_of(bodies(f)[0], "bodies")
    assert [row[1] for row in shown] == ["2", "1"]
    assert [row[-2:] for row in shown] == [["1", "1"], ["0", "1"]]
    (table,) = (block for block in bodies(f)[0].blocks if isinstance(block, Table))
    assert [row.about for row in table.rows] == [plain.target.leads[0], "none"]


@pytest.mark.parametrize(
    ("observed", "few", "shown"),
    [
        ((Fraction(2), Fraction(1, 50)), False, ["2", "62", "2", "63"]),
        ((Fraction(0), Fraction(0)), False, ["0", "62", "0", "63"]),
        ((Fraction(2), None), False, None),
        ((Fraction(2), Fraction(1, 50)), True, None),
    ],
)
def test_both_methods_are_told_where_both_know_a_trend_that_may_be_told(
    one: Assessment, plain: Judgement, observed: tuple[Fraction, Fraction | None], few: bool, shown: list[str] | None
) -> None:
    answers = tuple(
        Answer(method, observed=trend, projected=Fraction(end))
        for method, trend, end in zip(("linear", "compound"), observed, (62, 63), strict=True)
    )
    judged = replace(of_few(plain), answers=answers)
    table = compound_table(facts([judged], [], one, publish=few))
    assert [[cell.text for cell in row.cells[3:]] for row in table.rows] == ([shown] if shown else [])
    one_only = replace(judged, answers=(answers[0], replace(answers[1], applies=False)))
    assert compound_table(facts([one_only], [], one)).rows == ()


def test_values_behind_several_targets_are_counted_once_and_those_of_a_benchmark_too(plain: Judgement) -> None:
    both = Seen(
        {WHOLE: dict.fromkeys((2022, 2023), Reported(Fraction(1))), FEMALE: {2023: Reported(Fraction(1))}},
        {2023: Reported(Fraction(1))},
        known=True,
    )
    compared = replace(plain, seen=both, target=replace(plain.target, benchmark=Text("average", "平均水平")))
    other = replace(plain, target=replace(plain.target, indicator_id="other"))
    assert row_count([plain, plain]) == 2
    assert row_count([plain, other]) == 4
    assert row_count([compared, compared]) == 4
    assert row_count([replace(plain, seen=both)]) == 3


@pytest.mark.parametrize("publish", [False, True])
@pytest.mark.parametrize(("stage", "duties"), [("annual", 0), ("midterm", 2)])
def test_a_report_says_whether_it_hides_figures_and_of_a_stage_what_each_plan_prescribes(
    one: Assessment, plain: Judgement, publish: bool, stage: str, duties: int
) -> None:
    f = facts([plain], [plain], one, publish=publish)
    found = content_of(f, opened(), stage)
    assert found.facts == {"place_id": simulated.PLACE, "year": 2023, "stage": stage, "published": publish}
    assert found.title.startswith("威宁彝族回族苗族自治县妇女儿童发展规划")
    assert len(found.sections[0].blocks) == 1 + duties + publish
    assert [part.number for part in found.sections[:2]] == ["", "一、"]
    assert list(f.years) == [2021, 2022, 2023]
    alone = content_of(replace(f, plans=f.plans[:1]), opened(), stage)
    assert alone.title.startswith(f"《{f.plans[0].title.zh}》")
    assert alone.title.endswith("（2021—2023年）" if duties else "2023年度统计监测报告")


# Forms of a small content


@pytest.mark.parametrize(
    ("value", "number"),
    [("5", 5), ("-5", -5), ("0", 0), ("1180.5", 1180.5), ("-0.5", -0.5), ("60.0", 60.0), (None, "text")],
)
def test_a_cell_of_a_workbook_is_a_whole_number_a_fraction_or_a_text(value: str | None, number: float | str) -> None:
    found = cell_value(Cell("text", value))
    assert (found, type(found)) == (number, type(number))


def small_table(key: str, sheet: str, *group: str) -> Table:
    return Table(key, f"题{key}", (Column("a", "甲"),), (Row(key, (Cell("text"),)),), sheet, group)


def test_the_rows_of_a_workbook_stand_by_sheet_with_their_groups_and_a_filter_over_them() -> None:
    blocks = (small_table("1", "组", "p", "d1"), small_table("2", "单"), small_table("3", "组", "p", "d2"))
    section = Section("s", "节", 1, (Paragraph("told"), *blocks), "一、")
    found = Content("题名", "zh", {}, (Section("o", "", 1, (Paragraph("first"),), annex=True), section))
    book = openpyxl.load_workbook(io.BytesIO(workbook(found, 2023)))
    grouped, single, notes = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert grouped == [
        ("题名", None, None),
        ("组", None, None),
        ("规划", "领域", "甲"),
        ("p", "d1", "text"),
        ("p", "d2", "text"),
    ]
    assert single == [("题名",), ("题2",), ("甲",), ("text",)]
    assert [sheet.auto_filter.ref for sheet in book][:2] == ["A3:C5", "A3:A4"]
    assert [sheet.freeze_panes for sheet in book][:2] == ["C4", "B4"]
    assert [row[0] for row in notes][:4] == ["题名", "first", "一、节", "told"]


def test_a_document_is_signed_before_its_annex() -> None:
    parts = (
        Section("o", "", 1, (Paragraph("opening"),), annex=True),
        Section("s", "节", 1, (Paragraph("told"),), "一、"),
        Section("m", "附件", 1, (Definitions((("词", "义"),)),), annex=True),
    )
    made_of = docx.Document(io.BytesIO(document(Content("题名", "zh", {}, parts, ("署名", "日期")), 2023)))
    said = [paragraph.text.strip() for paragraph in made_of.paragraphs if paragraph.text.strip()]
    assert said == ["题名", "opening", "一、节", "told", "署名", "日期", "附件", "词：义"]
    assert made_of.core_properties.created.date().isoformat() == "2023-12-31"


def test_room_for_causes_of_targets_outside_every_domain_is_that_of_their_plan(
    one: Assessment, plain: Judgement
) -> None:
    outside = replace(plain, warnings=WARNED, target=replace(plain.target, domain_id=""))
    inside = replace(plain, warnings=WARNED)
    keys = [part.key for part in causes(facts([outside, inside], [], one))]
    assert keys == ["causes", f"causes/{plain.target.domain_id}", f"causes/{plain.target.plan_id}"]


@pytest.mark.parametrize(("before", "title"), [(2022, "与上年相比"), (2021, "与2021年相比")])
def test_a_comparison_is_titled_by_the_year_that_it_goes_back_to(
    one: Assessment, plain: Judgement, before: int, title: str
) -> None:
    f = facts([plain], [plain], one)
    assert changes(replace(f, before=replace(f.before, year=before)))[0].title == title


@pytest.mark.parametrize(
    ("points", "moved"),
    [({2022: 50, 2023: 60}, 10), ({2022: 0, 2023: 0}, 0), ({2022: 50}, None), ({2023: 50}, None), ({}, None)],
)
def test_a_value_has_moved_where_both_years_have_one(
    one: Assessment, plain: Judgement, points: dict[int, int], moved: int | None
) -> None:
    judged = replace(plain, points={year: Fraction(value) for year, value in points.items()})
    assert moved_since(facts([judged], [], one), judged) == moved


@pytest.mark.parametrize(
    ("lacks", "publish", "text"),
    [(None, False, "—"), (5, False, "5"), (None, True, "—"), (5, True, "※"), (0, True, "※")],
)
def test_the_gap_of_a_hidden_value_is_hidden_and_its_band_is_what_is_printed(
    one: Assessment, plain: Judgement, lacks: int | None, publish: bool, text: str
) -> None:
    judged = replace(of_few(plain), gap=None if lacks is None else Fraction(lacks), band=Band(Fraction(12), None))
    row = [cell.text for cell in target_cells(facts([judged], [], one, publish=publish), judged)]
    assert row[-2] == text
    assert ("12" in row[3]) is not publish


@pytest.mark.parametrize(("measurable", "met", "rate"), [(True, True, "100"), (True, False, "0"), (False, False, None)])
def test_a_rate_is_told_of_a_domain_with_measurable_targets_alone(
    one: Assessment, plain: Judgement, measurable: bool, met: bool, rate: str | None
) -> None:
    f = facts([replace(plain, measurable=measurable, status="met" if met else "on_track")], [], one)
    (part,) = (part for part in domains(f) if part.key == plain.target.domain_id)
    told = re.search(r"达标率([0-9]+)(?:[.]0)?%", paragraphs(part))
    assert (told and told[1]) == rate
    assert ("不计算" in paragraphs(overall(f)[0])) == (rate is None)
    assert [block.caption for block in part.blocks if isinstance(block, Table) and block.rows] == [
        f"{part.title}目标值监测情况（2023年）"
    ]


def test_the_first_chapter_counts_all_targets_and_draws_their_statuses(one: Assessment, plain: Judgement) -> None:
    measure = replace(plain, target=replace(plain.target, item_table="measures"), warnings=WARNED)
    (section,) = overall(facts([plain, plain, measure], [], one))
    assert section.level == 1
    assert "目标值共3项，其中列于目标的2项，列于措施的1项。有数值的3项（其中沿用上年数的0项）" in paragraphs(section)
    assert "有预警的1项" in paragraphs(section)
    assert [block.key for block in section.blocks if isinstance(block, Charts)] == [True]


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_of_a_legend_stand_beside_each_other_inside_the_picture(lang: str) -> None:
    drawn = lxml_html.fromstring(legend(lang))
    width, height = map(float, drawn.get("viewbox").split()[2:])
    words_at = [(float(text.get("y")), float(text.get("x")), text.text) for text in drawn.xpath("//text")]
    assert {text for *_, text in words_at} >= {told.label[lang] for told in edition().assessment["status"].values()}
    assert words_at == sorted(words_at, key=lambda at: at[:2])
    ends = [float(box.get("x")) + float(box.get("width")) for box in drawn.xpath("//rect")]
    assert all(end < x for end, (_, x, _) in zip(ends, words_at, strict=True))
    for (y, x, text), (below, right, _) in itertools.pairwise(words_at):
        assert y < height
        assert x + 7 * cell_len(text) <= width
        assert below > y or right >= x + 7 * cell_len(text)
