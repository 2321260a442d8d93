"""The observations file: what is found in it, what is refused, and what the command answers."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Bench
from test_assess_method import judged, target

from plandata.assess import Assessment, assess, example
from plandata.assess.count import count, counts
from plandata.assess.judge import judge_all
from plandata.assess.model import WHOLE, Band, Reported, Seen, Target, load_targets
from plandata.assess.observations import baseline_observations, observe
from plandata.assess.publish import NOTHING_SMALL, Small, hidden, is_small, published, published_counts, small_in
from plandata.charts import course
from plandata.charts.spark import part_bars, spark
from plandata.cli.assess import Form
from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.report.assessment import FORMS, render, required_text
from plandata.schema import edition, home
from plandata.settings import Settings
from plandata.tables import Tables
from plandata.words import Words, number

MARKED = {2022: "final", 2023: "preliminary"}
HEADER = "place_id,indicator_id,scope,year,value,unit_of_measure,source"
GOOD = "weining,maternal-mortality,,2023,11.3,per_100k,report"


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


def written(folder: Path, *rows: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    file = folder / "observations.csv"
    file.write_bytes((newline.join([HEADER, *rows]) + newline).encode(encoding))
    return file


def found(package: Folder, file: Path) -> list[tuple[str, int, str]]:
    return [(f.rule, f.line, f.column) for f in assess(package, file).report.findings]


BROKEN = {
    "wrong place": ("atlantis,maternal-mortality,,2023,11,per_100k,r", "reference_exists", "place_id"),
    "wrong indicator": ("weining,mother-mortality,,2023,11,per_100k,r", "reference_exists", "indicator_id"),
    "percent above 100": ("weining,compulsory-retention,,2023,120,percent,r", "percent_is_within_100", "value"),
    "negative rate": ("weining,infant-mortality,,2023,-3,per_mille,r", "value_is_possible_in_its_unit", "value"),
    "more than all": ("weining,infant-mortality,,2023,1001,per_mille,r", "value_is_possible_in_its_unit", "value"),
    "year 3023": ("weining,infant-mortality,,3023,3,per_mille,r", "number_is_within_bounds", "year"),
    "year in words": ("weining,infant-mortality,,2023年,3,per_mille,r", "cell_has_its_type", "year"),
    "percent sign": ("weining,compulsory-retention,,2023,95%,percent,r", "cell_matches_its_pattern", "value"),
    "not a number": ("weining,infant-mortality,,2023,NaN,per_mille,r", "cell_matches_its_pattern", "value"),
    "unknown unit": ("weining,infant-mortality,,2023,3,‰,r", "code_is_known", "unit_of_measure"),
    "no source": ("weining,infant-mortality,,2023,3,per_mille,", "cell_is_present", "source"),
    "doubled": (GOOD.replace("11.3", "12"), "key_is_unique", "year"),
    "short row": ("weining,infant-mortality,,2023,3,per_mille", "row_has_every_cell", ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_row_is_found_with_its_line_and_nothing_is_assessed(
    package: Folder, tmp_path: Path, case: str
) -> None:
    row, rule, column = BROKEN[case]
    file = written(tmp_path, GOOD, row)
    assert (rule, 3, column) in found(package, file)
    assert not assess(package, file).assessed


REFUSED = {
    "no target": ("weining,anxiety-prevalence-rise,,2023,-0.4,percentage_point,r", "observation_has_a_target"),
    "scope": ("jiaxing,upper-secondary-enrolment,男生,2023,99,percent,r", "observation_has_the_scope_of_a_target"),
    "unit": ("weining,infant-mortality,,2023,0.4,percent,r", "observation_has_the_unit_of_its_target"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_row_that_fits_no_target_is_refused_and_the_rest_is_assessed(
    package: Folder, tmp_path: Path, case: str
) -> None:
    row, rule = REFUSED[case]
    done = assess(package, written(tmp_path, row, GOOD))
    assert [(f.rule, f.line) for f in done.refused] == [(rule, 2)]
    assert not done.clean
    values = [(j.target.indicator_id, float(j.value)) for j in done.judgements if j.value is not None]
    assert values == [("maternal-mortality", 11.3)] * len(values) != []


def test_the_scope_may_be_written_in_either_language_but_not_in_both(package: Folder, tmp_path: Path) -> None:
    about = next(t for t in package["targets"].iter_rows(named=True) if t["scope_zh"] == "女生")
    rows = [f'jiaxing,{about["indicator_id"]},"{about[s]}",2023,99,percent,r' for s in ("scope_zh", "scope_en")]
    for row in rows:
        done = assess(package, written(tmp_path, row))
        assert [j.target.target_id for j in done.judgements if j.value is not None] == [about["target_id"]]
    both = assess(package, written(tmp_path, *rows))
    assert [(f.rule, f.line) for f in both.report.findings] == [("key_is_unique", 3)]
    assert not both.assessed


@pytest.mark.parametrize("scope", ["全省平均水平", "the provincial average"])
@pytest.mark.parametrize(("average", "status"), [("77.9", "met"), ("78.1", "not_met"), ("", "cannot_be_judged")])
def test_a_benchmark_is_reported_as_a_row_with_its_name_as_scope(
    package: Folder, tmp_path: Path, scope: str, average: str, status: str
) -> None:
    own = "weining,life-expectancy-women,,2025,78,year,r"
    benchmark = [f"weining,life-expectancy-women,{scope},2025,{average},year,r"] if average else []
    done = assess(package, written(tmp_path, own, *benchmark))
    assert done.clean
    about = [j for j in done.judgements if j.target.place_id == "weining" and j.target.benchmark.zh == "全省平均水平"]
    assert [judgement.status for judgement in about] == [status]
    assert all(judgement.value in (None, 78) for judgement in done.judgements)


def test_both_ends_of_a_printed_range_of_the_edition_get_one_verdict(package: Folder, tmp_path: Path) -> None:
    done = assess(package, written(tmp_path, "jiaxing,child-sports-skills,,2025,3,count,r"))
    judged = {j.target.comparator: j.status for j in done.judgements if j.value is not None}
    assert judged == {"ge": "met", "le": "met"}


def test_a_rate_per_term_is_reported_in_the_unit_of_its_target(package: Folder, tmp_path: Path) -> None:
    about = next(t for t in package["targets"].iter_rows(named=True) if t["unit_of_measure"] == "time_per_term")
    place = about["target_id"].partition("-")[0]
    row = f"{place},{about['indicator_id']},{about['scope_zh']},2025,2,{{}},r"
    assert assess(package, written(tmp_path, row.format("time_per_term"))).clean
    refused = assess(package, written(tmp_path, row.format("time_per_year"))).refused
    assert [f.rule for f in refused] == ["observation_has_the_unit_of_its_target"]


def test_gross_rates_may_pass_100_percent(package: Folder, tmp_path: Path) -> None:
    assert found(package, written(tmp_path, "weining,upper-secondary-enrolment,,2023,101.5,percent,r")) == []


def test_what_a_spreadsheet_writes_is_read(package: Folder, tmp_path: Path) -> None:
    file = written(tmp_path, GOOD, "jiaxing,infant-mortality,,2023,2,per_mille,r", encoding="utf-8-sig", newline="\r\n")
    assert found(package, file) == []


def test_a_file_in_gbk_or_of_other_columns_is_found(package: Folder, tmp_path: Path) -> None:
    gbk = written(tmp_path, "jiaxing,upper-secondary-enrolment,女生,2023,99,percent,年报", encoding="gbk")
    assert found(package, gbk) == [("file_is_plain_utf8", 2, "")]
    assert "GBK" in render(assess(package, gbk), "text", "en")
    (tmp_path / "other.csv").write_text("place,value\nweining,3\n", encoding="utf-8")
    assert ("column_is_present", 1, "year") in found(package, tmp_path / "other.csv")
    (tmp_path / "empty.csv").write_bytes(b"")
    assert found(package, tmp_path / "empty.csv") == [("file_is_not_empty", 0, "")]


def test_observations_later_than_the_year_asked_for_are_told_and_not_used(package: Folder, tmp_path: Path) -> None:
    file = written(tmp_path, GOOD, GOOD.replace("2023", "2024"))
    done = assess(package, file, year=2023)
    assert (done.year, done.later) == (2023, 1)
    assert {j.year for j in done.judgements if j.value is not None} == {2023}
    assert "1 observations are later than 2023" in render(done, "text", "en")
    assert assess(package, file).year == 2024


def test_the_schema_of_observations_has_examples_that_are_sound(package: Folder, tmp_path: Path) -> None:
    text, fields = io.StringIO(), edition().observations.fields
    csv.writer(text, lineterminator="\n").writerows([[f.name for f in fields], [f.example for f in fields]])
    file = tmp_path / "observations.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    rules = [rule for rule, _, _ in found(package, file)]
    assert rules in ([], ["observation_has_the_scope_of_a_target"])


# Reports


@pytest.fixture(scope="module")
def done(package: Folder, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """Four years of made-up values, some of them refused."""
    rows = example().read_text(encoding="utf-8").splitlines()[1:]
    later = []
    for i, row in enumerate(rows):
        cells = next(csv.reader([row]))
        for year in (2021, 2022, 2023):
            value = float(cells[4]) * (1 + (year - 2020) * (i % 7 - 3) / 100)
            limit = 100.0 if cells[5] == "percent" else value
            figures = (str(year), f"{min(value, limit):.2f}", cells[5], "made up")
            later.append(",".join([*cells[:2], f'"{cells[2]}"', *figures]))
    file = written(tmp_path_factory.mktemp("observed"), *rows, *later)
    file.write_text(file.read_text(encoding="utf-8") + REFUSED["unit"][0] + "\n", encoding="utf-8")
    return assess(package, file)


# Made-up values of the small package; the last two are later than 2022, or not in the unit of their target.
FEW = """place_id,indicator_id,scope,sex,year,value,unit_of_measure,source
weining,maternal-mortality,,,2020,15,per_100k,r
weining,maternal-mortality,,,2021,14,per_100k,r
weining,maternal-mortality,,,2022,13.5,per_100k,r
weining,gynaecological-screening-rate,,,2021,82,percent,r
weining,gynaecological-screening-rate,,,2022,91,percent,r
weining,gynaecological-screening-rate,,female,2021,90,percent,r
weining,gynaecological-screening-rate,,female,2022,90,percent,r
weining,gynaecological-screening-rate,,male,2022,92,percent,r
weining,violence-cases,,,2020,100,count,r
weining,violence-cases,,,2022,100,count,r
xuyou,under5-mortality,,,2021,3.5,per_mille,r
xuyou,under5-mortality,,,2022,3.4,per_mille,r
xuyou,gynaecological-screening-rate,,,2021,60,percent,r
weining,violence-cases,,,2023,98,count,r
weining,training,,,2022,0.4,percent,r
"""


@pytest.fixture(scope="module")
def few(small_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    """Three years of the small package: five targets with a value, three of them with a trend."""
    file = tmp_path_factory.mktemp("few") / "observed.csv"
    file.write_text(FEW, encoding="utf-8")
    return assess(Folder(small_package), file, 2022)


def paragraphs(text: str) -> list[list[str]]:
    """The lines of a text, parted where one is empty."""
    return [part.splitlines() for part in text.split("\n\n")]


def test_a_text_begins_with_what_was_read_and_the_counts_by_status(few: Assessment) -> None:
    head, counts, *_ = paragraphs(render(few, "text", "en"))
    assert head[:4] == [
        f"{few.report.root}: 15 observations, 12 targets judged as of 2022.",
        "Values up to 1 year(s) older may stand in; pace tolerance 5% of the way; met in the main not used.",
        "1 observations are later than 2022 and were not used.",
        "1 observations refused:",
    ]
    (refused,) = head[4:]
    assert refused.startswith("  ")
    assert refused.endswith("(target: person_time): An observation is in the unit of its target.")
    assert counts == [
        *("       6  no data", "       1  not reported", "       1  cannot be judged", "       0  met"),
        *("       2  met early", "       0  met in the main", "       0  not met", "       0  fell back"),
        *("       0  regressed", "       1  off track", "       0  behind", "       1  on track"),
        "      12  all targets",
        "By indicator, each once: 11, measurable 4, met 2, rate 50.0%.",
    ]


def test_without_a_measurable_target_no_rate_is_told_and_the_thresholds_that_were_set_are(
    small_package: Path, tmp_path: Path
) -> None:
    file = written(tmp_path, "weining,training,,2019,1,person_time,r")
    thresholds = Settings(latest=0, path_tolerance=Fraction(0), basic_tolerance=Fraction(1, 50))
    done = assess(Folder(small_package), file, 2022, thresholds)
    head, counts, *tables = paragraphs(render(done, "text", "en"))
    assert head[1:] == ["Values up to 0 year(s) older may stand in; pace tolerance 0% of the way; met in the main 2%."]
    assert counts[-1] == "By indicator, each once: 11, measurable 0, met 0, rate –."
    assert [table[-1] for table in tables] == [f"{n} more without a measurable target" for n in (2, 2, 4, 2, 3)]


def test_groups_of_targets_stand_in_aligned_columns_and_domains_with_their_ids(few: Assessment) -> None:
    tables = {table[0].split("  ")[0]: table for table in paragraphs(render(few, "text", "en"))[2:7]}
    assert tables["goals and measures"] == [
        "goals and measures  targets  reported  measurable  met   rate  of all  coverage  attainment",
        "Goals                     8         5           4    2  50.0%   25.0%     50.0%       96.3%",
        "1 more without a measurable target",
    ]
    assert [re.split(" {2,}", line) for line in tables["domain"][1:3]] == [
        ["Women and health", "weining-women-2021.health", "7", "2", "2", "1", "50.0%", "14.3%", "28.6%", "94.4%"],
        ["Women and the law", "weining-women-2021.law", "1", "1", "1", "0", "0.0%", "0.0%", "100.0%"],
    ]
    names = {title: [line.split("  ")[0] for line in table[1:]] for title, table in tables.items()}
    assert names["theme"] == ["health", "law"]
    assert names["lead unit"][-1] == "(none)"


def test_each_target_with_a_value_stands_below_its_plan_with_its_status_and_its_reasons(few: Assessment) -> None:
    text = paragraphs(render(few, "text", "en"))
    weining, xuyou = text[7:9]
    assert weining[0].endswith("(2021-2025)  weining-women-2021")
    room = " " * 20
    assert weining[3:] == [
        "  met early         Gynaecological screening rate  weining-women-2021.health.g02.t1",
        f"{room}Target ≥ 90%; 91% in 2022: met ahead of 2025.",
        f"{room}note: groups apart. By sex: 2 percentage points apart.",
        "  off track         Violence cases  weining-women-2021.law.g01.t1",
        f"{room}Target decrease against a base year (≤ 80); 100 in 2022, 20 too high: at the pace of recent years it "
        "reaches 100 in 2025 and misses the target.",
        f"{room}warning: hardly to be met. The trend leads to 100 in 2025, which misses the target (decrease against a "
        "base year (≤ 80)).",
    ]
    assert [line for line in xuyou if not line.startswith(room)][1:] == [
        "  met early         Under5 mortality  xuyou-both-2021.children-health.g01.t1",
        "  cannot be judged  Gynaecological screening rate  xuyou-both-2021.women-health.g01.t1",
    ]


@pytest.mark.parametrize(
    ("about", "unseen", "required"),
    [
        (target(), "≥ 60%", "≥ 60%"),
        (target(timing="throughout"), "≥ 60%", "≥ 60% in each year"),
        (target("ge", "1", "percentage_point", "annual_increase"), *("up ≥ 1 percentage point a year",) * 2),
        (target("increase", None), "increase", "increase"),
        (target("increase", None, baseline="50"), "increase", "> 50%"),
    ],
)
def test_what_a_target_asks_for_is_told_with_and_without_a_value(about: Target, unseen: str, required: str) -> None:
    say = Words(edition().labels, "en")
    assert required_text(judged(about, {}, 2022), say) == unseen
    assert required_text(judged(about, {2021: "55", 2022: "59"}, 2022), say) == required


def test_the_annex_tells_what_both_methods_find_of_each_trend(few: Assessment) -> None:
    *_, (title, *annex) = paragraphs(render(few, "text", "en"))
    found = {name: lines for name, *lines in (annex[n : n + 3] for n in range(0, len(annex), 3))}
    assert title == "Annex: the two methods"
    assert [name.split("  ")[-1] for name in found] == [
        *("weining-women-2021.health.g01.t1", "weining-women-2021.health.g02.t1", "weining-women-2021.law.g01.t1"),
        "xuyou-both-2021.children-health.g01.t1",
    ]
    assert found["  Maternal mortality  weining-women-2021.health.g01.t1"] == [
        "    straight line: -0.6 per 100,000 a year required, -0.75 per 100,000 observed, -0.5 per 100,000 needed, "
        "projected 11.25 per 100,000",
        "    compound rate: -4.36% a year required, -5.13% observed, -3.85% needed, projected 11.53 per 100,000",
    ]
    assert found["  Gynaecological screening rate  weining-women-2021.health.g02.t1"] == [
        "    straight line: +1.9 percentage points a year required, +5.25 percentage points observed, "
        "0 percentage points needed, projected 100% (the end of what can be)",
        "    compound rate: +2.26% a year required, +6.32% observed, 0% needed, "
        "projected 100.00% (the end of what can be)",
    ]


def test_json_tells_all_that_was_found_of_a_target_in_numbers_that_lose_no_digit(few: Assessment) -> None:
    text = render(few, "json", "en")
    assert text.startswith('{\n "year": 2022,')
    content = json.loads(text)
    targets = {target["target_id"]: target for target in content["targets"]}
    screened, violence = (targets[f"weining-women-2021.{name}.t1"] for name in ("health.g02", "law.g01"))
    assert (screened["scope_zh"], screened["domain_id"]) == (None, "weining-women-2021.health")
    assert (screened["value"], screened["gap"], screened["change"], screened["attainment"]) == ("91", "0", "9", "100")
    assert (violence["gap"], violence["change"], violence["attainment"]) == ("20", None, None)
    assert screened["base"] == {"year": 2020, "value": "80.5"}
    assert screened["observations"] == {"2021": "82", "2022": "91"}
    assert screened["parts"] == [
        {"sex": "female", "age_group": "", "area": "", "observations": {"2021": "90", "2022": "90"}},
        {"sex": "male", "age_group": "", "area": "", "observations": {"2022": "92"}},
    ]
    assert (screened["apart"], violence["apart"]) == ([{"by": ["sex"], "gap": "2"}], [])
    assert violence["methods"]["linear"] == {
        "applies": True,
        "path": "92",
        "required_change": "-4",
        "observed_change": "0",
        "needed_change": "-6.666667",
        "projected": "100",
        "bound": None,
        "up_to_path": False,
        "verdict": "off_track",
    }
    assert content["observations"]["after_the_year"] == 1
    shares = {count["key"]: (count["rate"], count["attainment"]) for count in content["counts"]["domain"]}
    assert shares["weining-women-2021.law"] == ("0.0", None)
    assert shares["weining-women-2021.health"] == ("50.0", "94.4")
    assert content["settings"]["path_tolerance"] == 0.05


def test_csv_has_the_answers_of_each_method_and_of_what_has_no_value_only_what_is_asked(few: Assessment) -> None:
    rows = list(csv.DictReader(io.StringIO(render(few, "csv", "en"))))
    cells = {row["target_id"]: {name: cell for name, cell in row.items() if cell} for row in rows}
    violence = cells["weining-women-2021.law.g01.t1"]
    assert [violence[name] for name in ("value", "gap", "base_year", "base_value")] == ["100", "20", "2020", "100"]
    assert violence["observations"] == "2020: 100; 2022: 100"
    assert violence["lead_units"] == "weining.womens-federation"
    assert [violence[f"linear_{name}"] for name in ("path", "required_change", "projected", "verdict")] == [
        *("92", "-4", "100", "off_track")
    ]
    assert (violence["compound_path"], violence["methods_agree"]) == ("91.46101", "true")
    assert violence["warnings_en"].startswith("hardly to be met: The trend leads to 100 in 2025")
    assert cells["weining-women-2021.health.g02.t1"]["remarks_zh"] == "分组差距：分性别，相差2个百分点。"
    assert cells["weining-women-2021.health.g02.t2"]["required_en"] == "'= 99%"
    empty = cells["weining-women-2021.health.g03.t1"]
    assert (empty["required_en"], empty["status"], empty["judged_year"]) == ("increase", "no_data", "2022")
    assert not {"value", "value_year", "base_year", "observations", "warnings", "linear_path"} & set(empty)


def test_the_page_counts_the_groups_that_have_a_measurable_target(few: Assessment) -> None:
    page = render(few, "html", "en")
    assert "<p>By indicator, each once: 11, measurable 4, met 2, rate 50.0%.</p>" in page
    tables = [
        [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall("<tr>(.*?)</tr>", body)]
        for body in re.findall("<tbody>(.*?)</tbody>", page, re.DOTALL)
    ]
    (overall,) = tables[0]
    assert overall == [
        *("all targets", "12", "5", "4", "2", "50.0%", "16.7%", "33.3%", "96.3%"),
        *("6", "1", "1", "0", "2", "0", "0", "0", "0", "1", "0", "1"),
    ]
    assert [body[0] for body in tables[1:]] == [["goals and measures"], ["plan"], ["domain"], ["theme"], ["lead unit"]]
    assert [row[0] for row in tables[3][1:]] == [
        "Women and health <code>weining-women-2021.health</code>",
        "Women and the law <code>weining-women-2021.law</code>",
        "Women and health <code>xuyou-both-2021.children-health</code>",
    ]
    assert len(tables[1]) == 2, "measures have no measurable target"
    assert page.count('<div class="target">') == 5
    assert page.count("<svg") == 5, "one of all plans, and one of each target with a level to meet"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_made_and_tells_of_the_refused_row(done: Assessment, form: str, lang: str) -> None:
    text = render(done, form, lang)
    assert text.endswith("\n")
    if form != "csv":
        assert "observation_has_the_unit_of_its_target" in text


def test_json_and_csv_hold_every_target_with_its_status_in_both_languages(done: Assessment) -> None:
    content = json.loads(render(done, "json", "en"))
    rows = list(csv.DictReader(io.StringIO(render(done, "csv", "en"))))
    assert len(content["targets"]) == len(rows) == len(done.judgements)
    for record, row, judgement in zip(content["targets"], rows, done.judgements, strict=True):
        status = edition().assessment["status"][judgement.status]
        expected = (judgement.target.target_id, status.code, status.label.zh, status.label.en)
        assert expected == tuple(record[k] for k in ("target_id", "status", "status_zh", "status_en"))
        assert expected == tuple(row[k] for k in ("target_id", "status", "status_zh", "status_en"))
    overall = content["counts"]["overall"][0]
    assert sum(overall["by_status"].values()) == overall["total"] == len(rows)


def test_negative_changes_stay_numbers_in_csv_and_no_cell_runs_as_a_formula(done: Assessment) -> None:
    rows = list(csv.DictReader(io.StringIO(render(done, "csv", "en"))))
    assert any(row["linear_observed_change"].startswith("-") for row in rows)
    cells = [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert all(re.fullmatch(r"-[0-9.]+", cell) for cell in cells)


def test_the_page_is_self_contained_and_its_charts_are_well_formed(done: Assessment) -> None:
    page = render(done, "html", "zh")
    named = page.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"https?:|<script|<link|@import|url\(", named) == []
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    judged = [j for j in done.judgements if j.band is not None]
    assert len(charts) == 1 + len(judged)
    for chart in charts:
        ElementTree.fromstring(chart)
        assert "nan" not in chart
    for status in edition().assessment["status"].values():
        assert status.label.zh in page


def test_the_charts_tell_what_they_show_to_those_who_do_not_see_them(done: Assessment) -> None:
    page = render(done, "html", "en")
    bars = next(re.finditer(r'aria-label="(Targets by status[^"]*)"', page))[1]
    for status, times in done.counts[0].by_status.items():
        assert not times or f"{edition().assessment['status'][status].label.en} " in bars
    judged = next(j for j in done.judgements if j.band is not None and len(j.points) == 4)
    ends = [f"{year}: {number(judged.points[year])}" for year in (min(judged.points), max(judged.points))]
    assert any(all(end in text for end in ends) for text in re.findall(r'aria-label="([^"]*)"', page))


@pytest.mark.parametrize(
    ("about", "observed", "as_of"),
    [
        (target(), {2025: "61"}, 2025),
        (target("eq", "0", "count", better="lower"), {2025: "0"}, 2025),
        (target("ge", "1000000000000000", "yuan"), {2021: "20", 2022: "900000000000000"}, 2022),
        (target("ge", "2", "percentage_point", "relative_increase"), {2020: "-3", 2021: "-2"}, 2021),
        (target(baseline="50", baseline_year=2015), {2021: "51", 2022: "52"}, 2022),
    ],
    ids=["one year", "all zero", "very large", "negative", "an early baseline"],
)
def test_odd_courses_are_drawn_with_their_values_and_years(about: Target, observed: dict[int, str], as_of: int) -> None:
    found = judged(about, observed, as_of)
    drawing = course.course(found, Words(edition().labels, "en"))
    texts = [element.text for element in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]
    ends = [number(found.points[year]) for year in sorted({min(found.points), max(found.points)})]
    assert texts == [*ends, *(str(year) for year in sorted({*course.years(found)}))]
    assert re.findall("nan|infinity", drawing.lower()) == []


@pytest.mark.parametrize(
    ("about", "observed", "years", "path", "trend"),
    [
        (target(baseline="50"), {2021: "52", 2022: "54"}, (2020, 2025), [(2020, 50), (2025, 60)], [54, 60]),
        (target(baseline="50"), {2022: "52"}, (2020, 2025), [(2020, 50), (2025, 60)], [52, 55]),
        (target(baseline="65"), {2022: "64"}, (2020, 2025), [(2020, 60), (2025, 60)], [64, 62.5]),
        (target("le", better="lower", baseline="70"), {2025: "61"}, (2020, 2025), [(2020, 70), (2025, 60)], []),
        (target(), {2022: "52"}, (2022, 2025), [], []),
        (target(), {2025: "61"}, (2025, 2025), [], []),
        (target(baseline="50", baseline_year=2025), {2025: "61"}, (2025, 2025), [], []),
    ],
)
def test_a_course_leads_from_the_baseline_to_the_target_and_its_trend_from_the_value_on(
    about: Target,
    observed: dict[int, str],
    years: tuple[int, int],
    path: list[tuple[int, float]],
    trend: list[float],
) -> None:
    found = judged(about, observed, max(observed))
    marks = list(course.lines(found))
    assert course.years(found) == years
    assert [(mark["year"], mark["level"]) for mark in marks if mark["kind"] == course.PATH] == path
    trends = [(mark["year"], mark["level"]) for mark in marks if mark["kind"] == course.TREND]
    assert [year for year, _ in trends] == [max(observed), 2025][: len(trends)]
    assert [level for _, level in trends] == pytest.approx(trend)


def test_the_first_and_the_last_value_of_a_course_have_their_figures() -> None:
    found = judged(target(), {2021: "52", 2022: "54", 2023: "1234.5"}, 2023)
    marks = list(course.values(found))
    assert [mark["level"] for mark in marks if mark["kind"] == course.POINT] == [52, 54, 1234.5]
    assert [(mark["year"], mark["text"]) for mark in marks if "text" in mark] == [(2021, "52"), (2023, "1,234.5")]


@pytest.mark.parametrize("levels", [(10.0, 20.0), (1001.0, 1000.0), (7.0,), (0.0,), (-3.0, -3.0), (-1.0, 0.0)])
def test_a_scale_holds_all_levels_with_the_same_room_above_and_below(levels: tuple[float, ...]) -> None:
    low, high = course.span(levels)
    assert 0 < min(levels) - low == pytest.approx(high - max(levels))
    assert high - max(levels) < (max(levels) - min(levels) or max(map(abs, levels)) or 1)


@pytest.mark.parametrize(
    ("band", "shown"),
    [
        (Band(low=Fraction(4)), (4, 10)),
        (Band(high=Fraction(4)), (0, 4)),
        (Band(Fraction(3), Fraction(4)), (3, 4)),
    ],
)
def test_a_band_without_an_end_reaches_to_that_of_the_scale(band: Band, shown: tuple[float, float]) -> None:
    found = course.within(band, 0, 10)
    assert (found["level"], found["to"]) == shown


def test_a_bar_is_parted_by_status_and_tells_the_numbers_that_have_room() -> None:
    by_status = {"met": 100, "on_track": 1, "no_data": 1099}
    made = count("plan", "p", [], list(by_status), 1)
    counted = replace(made, total=1200, measurable=101, met=100, by_status=by_status)
    shown = list(course.parts(counted, 1, 1500))
    assert [(part["status"], part["figure"]) for part in shown] == [
        ("met", "100"),
        ("on_track", ""),
        ("no_data", "1,099"),
    ]
    assert shown[0]["left"] == 0
    assert [part["right"] for part in shown[:-1]] == [part["left"] for part in shown[1:]]
    assert shown[-1]["right"] == pytest.approx(course.LONG * 1200 / 1500)
    assert all(part["left"] < part["middle"] < part["right"] for part in shown)
    assert all(part["top"] < part["centre"] < part["bottom"] for part in shown)
    assert shown[0]["top"] > next(course.parts(counted, 0, 1500))["bottom"]
    assert course.rate_text(counted) == " · 100/101 = 99.0%"
    assert course.rate_text(made) == ""


@pytest.mark.parametrize(
    ("observed", "figures", "paths", "circles"),
    [
        ({2021: "52", 2022: "54", 2023: "56.5"}, ["52", "56.5"], 4, ["3", "3", "4"]),
        ({2022: "54"}, ["54"], 3, ["4"]),
    ],
)
def test_a_small_course_has_its_values_its_lines_what_is_wanted_and_its_years(
    observed: dict[int, str], figures: list[str], paths: int, circles: list[str]
) -> None:
    say = Words(edition().labels, "en")
    svg = ElementTree.fromstring(spark(judged(target(baseline="50"), observed, max(observed)), say))
    assert [text.text for text in svg.iter("text")] == [*figures, "≥ 60", "2020", "2025"]
    assert len(list(svg.iter("path"))) == paths, "the end of the band, the way to it, the trend, the values"
    assert [circle.get("r") for circle in svg.iter("circle")] == circles
    assert svg.get("aria-label", "").endswith("wanted ≥ 60% by 2025")
    assert spark(judged(target("increase", None), observed, max(observed)), say) == ""


def test_bars_of_parts_are_as_long_as_their_values_from_zero() -> None:
    levels = [("women", Fraction(40)), ("men", Fraction(20)), ("unknown", Fraction(-5))]
    svg = ElementTree.fromstring(part_bars(levels, "percent", Words(edition().labels, "en")))
    one, half, none = (float(bar.get("width", "")) for bar in svg.iter("rect"))
    assert (half, none) == (pytest.approx(one / 2, abs=0.1), 0)
    assert [text.text for text in svg.iter("text")] == ["women", "40%", "men", "20%", "unknown", "-5%"]
    assert svg.get("aria-label") == "women 40%; men 20%; unknown -5%"


def test_every_status_has_a_colour_on_which_its_number_can_be_read() -> None:
    assert set(course.COLOURS) == set(edition().assessment["status"])
    for colour in course.COLOURS.values():
        lighter, darker = sorted((luminance(colour), luminance(course.ink_on(colour))), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, colour


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_nothing_can_draw_the_page_is_made_without_charts_and_names_the_extra(
    done: Assessment, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    page = render(done, "html", lang)
    assert "<svg" not in page
    assert page.count("plandata[charts]") == 1


def test_text_of_the_file_cannot_become_part_of_the_page(package: Folder, tmp_path: Path) -> None:
    row = 'weining,infant-mortality,<script>alert(1)</script>,2023,3,per_mille,"<img src=x>"'
    for lang in ("en", "zh"):
        page = render(assess(package, written(tmp_path, GOOD, row)), "html", lang)
        assert "<script" not in page
        assert "&lt;script" in page
        assert "<img" not in page


def test_the_command_offers_the_forms_that_there_are() -> None:
    assert [form.value for form in Form] == list(FORMS)


def test_text_columns_are_aligned_with_wide_characters_counted(done: Assessment) -> None:
    from rich.cells import cell_len

    lines = render(done, "text", "zh").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("规划"))
    table = [line for line in lines[start : lines.index("", start)] if not line.startswith("另有")]
    assert len(table) >= 2
    assert len({cell_len(line) for line in table}) == 1


def test_a_file_that_cannot_be_assessed_yields_its_findings_in_every_form(package: Folder, tmp_path: Path) -> None:
    broken = assess(package, written(tmp_path, BROKEN["wrong place"][0]))
    for form in FORMS:
        assert "reference_exists" in render(broken, form, "en")
    with pytest.raises(KeyError):
        render(broken, "pdf", "en")


# The command


def plandata(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "from plandata.cli.common import app; import plandata.cli.assess; app()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


def test_the_command_writes_the_page_of_the_example_and_exits_with_0(tmp_path: Path) -> None:
    page = tmp_path / "assessment.html"
    ran = plandata("assess", "--example", "--format", "html", "-o", page, "--lang", "en")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Assessment as of 2020" in page.read_text(encoding="utf-8")


def test_the_command_exits_with_1_for_findings_and_tells_the_line(tmp_path: Path) -> None:
    ran = plandata("assess", written(tmp_path, GOOD, BROKEN["percent above 100"][0]), "--lang", "en")
    assert ran.returncode == 1
    assert "observations.csv:3: percent_is_within_100: weining/compulsory-retention/2023 value=120" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name one CSV file of observations"),
        (("no-such.csv",), "no-such.csv: No such file or directory"),
        ((".",), "is a folder, no file"),
        (("--example", "--package", "nowhere"), "datapackage.json: not found"),
        (("--example", "-o", "a-file/report.txt"), "a-file"),
    ],
)
def test_the_command_exits_with_2_and_one_line_where_it_cannot_run(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    ran = plandata("assess", *arguments, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_package_whose_target_is_no_number_is_refused_in_one_line(package: Folder, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "package"
    shutil.copytree(package.root / "data", copy / "data")
    shutil.copy(package.root / "datapackage.json", copy)
    targets = copy / "data" / "targets.csv"
    targets.write_text(targets.read_text(encoding="utf-8").replace(",2025,", ",20x5,", 1), encoding="utf-8")
    with pytest.raises(PackageError, match="target_year '20x5' is no number"):
        assess(Folder(copy), example())


@pytest.mark.slow
def test_what_is_published_tells_no_count_under_five(tmp_path: Path) -> None:
    head = ",".join(edition().observations.columns)
    few = "weining,maternal-mortality,,,,,{},11.3,3,26549,per_100k,report,,,"
    many = "weining,infant-mortality,,{},,,2023,{},{},{},per_mille,report,,,"
    rows = [many.format("", "2.7", 27, 10000), many.format("female", "0.8", 4, 5000)]
    rows += [many.format("male", "4.6", 23, 5000), few.format(2022), few.format(2023)]
    file = tmp_path / "observations.csv"
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    for form in ("text", "json", "csv", "html"):
        told, published = (
            plandata("assess", file, "--format", form, "--lang", "en", *option).stdout
            for option in ((), ("--publish",))
        )
        assert "11.3" in told
        assert "2.7" in published
        assert not [secret for secret in ("11.3", "0.7 per 100", "Events in 2023: 3") if secret in published]
        assert form != "json" or ('"4.6"' in told, '"4.6"' in published) == (True, False)


def test_a_part_of_a_benchmark_is_no_benchmark(package: Folder, tmp_path: Path) -> None:
    rows = [
        "weining,life-expectancy-women,,,2025,80,year,r",
        "weining,life-expectancy-women,全省平均水平,,2025,81,year,r",
    ]
    part = "weining,life-expectancy-women,全省平均水平,rural,2025,79,year,r"
    statuses = []
    for listed in (rows, [*rows, part], [rows[0], part]):
        file = tmp_path / "observations.csv"
        head = "place_id,indicator_id,scope,area,year,value,unit_of_measure,source"
        file.write_text("\n".join([head, *listed, ""]), encoding="utf-8")
        found = assess(package, file, 2025, places=("weining",)).judgements
        statuses.append({j.status for j in found if j.target.benchmark.zh == "全省平均水平" and j.value is not None})
    assert statuses == [{"not_met"}, {"not_met"}, {"cannot_be_judged"}]


def test_a_file_with_the_line_ends_of_old_machines_is_read(package: Folder, tmp_path: Path) -> None:
    assert assess(package, written(tmp_path, GOOD, newline="\r")).year == 2023


def test_the_year_of_parts_alone_is_the_judged_one(package: Folder, tmp_path: Path) -> None:
    file = tmp_path / "observations.csv"
    row = "weining,maternal-mortality,,female,2023,13.5,per_100k,x"
    file.write_text(f"place_id,indicator_id,scope,sex,year,value,unit_of_measure,source\n{row}\n", encoding="utf-8")
    done = assess(package, file)
    assert (done.year, done.counts[0].reported) == (2023, 0)


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        (("maternal-mortality,,,2022,11", "maternal-mortality,,female,2023,11"), {2022: 1}),
        (("maternal-mortality,,female,2023,11", "maternal-mortality,,male,2023,11"), {2023: 2}),
        (("maternal-mortality,,female,2023,11", "maternal-mortality,town,,2024,11"), {2023: 1}),
        (("maternal-mortality,town,,2024,11",), {2024: 1}),
    ],
)
def test_the_years_of_a_file_are_those_of_whole_values_else_of_parts_else_of_all_rows(
    package: Folder, tmp_path: Path, rows: tuple[str, ...], years: dict[int, int]
) -> None:
    t, file = Tables.of(package), tmp_path / "observations.csv"
    head = "place_id,indicator_id,scope,sex,year,value,unit_of_measure,source"
    file.write_text("\n".join([head, *(f"weining,{row},per_100k,x" for row in rows), ""]), encoding="utf-8")
    assert observe(file, t, load_targets(t)).years == years


def test_a_value_that_is_marked_as_preliminary_is_one(package: Folder, tmp_path: Path) -> None:
    t, file = Tables.of(package), tmp_path / "observations.csv"
    head = "place_id,indicator_id,scope,year,value,unit_of_measure,source,status"
    rows = [f"weining,maternal-mortality,,{year},11,per_100k,x,{status}" for year, status in MARKED.items()]
    file.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    (seen_of,) = (seen for seen in observe(file, t, load_targets(t)).seen.values() if seen.levels)
    assert {year: reported.preliminary for year, reported in seen_of.whole.items()} == {2022: False, 2023: True}


def test_values_are_judged_beside_broken_keys_but_not_beside_broken_cells(package: Folder, tmp_path: Path) -> None:
    high = "weining,compulsory-retention,,2023,120,percent,r"
    doubled = written(tmp_path, GOOD, GOOD, high)
    assert {rule for rule, _, _ in found(package, doubled)} == {"key_is_unique", "percent_is_within_100"}
    odd = written(tmp_path, GOOD.replace("2023", "3023"), high)
    assert {rule for rule, _, _ in found(package, odd)} == {"number_is_within_bounds"}
    short = written(tmp_path, f"{GOOD},", high)
    assert "rule_can_run" not in {rule for rule, _, _ in found(package, short)}


def test_the_example_has_the_baselines_that_have_a_year(bench: Bench) -> None:
    before = baseline_observations(Tables.of(Folder(bench.root))).splitlines()
    bench.patch("targets", bench.find("targets", baseline_value="4.5"), baseline_year="")
    after = baseline_observations(Tables.of(Folder(bench.root))).splitlines()
    assert [row.split(",")[4:6] for row in before[1:]] == [["80.5", "percent"], ["4.5", "per_mille"]]
    assert after == before[:2]


def of(value: int, numerator: int, denominator: int) -> Reported:
    return Reported(Fraction(value), Fraction(numerator), Fraction(denominator))


@pytest.mark.parametrize(
    ("parts", "are_hidden"),
    [
        ({("female", "", ""): of(6, 30, 500), ("male", "", ""): of(6, 30, 400)}, False),
        ({("female", "", ""): of(1, 4, 400), ("male", "", ""): of(11, 56, 500)}, True),
        ({("female", "", ""): of(14, 57, 400)}, True),
        ({("female", "", ""): of(14, 55, 400)}, False),
        ({("", "0-1", ""): of(1, 4, 300), ("", "2-3", ""): of(1, 4, 300), ("", "4-5", ""): of(17, 52, 300)}, True),
        ({("female", "", ""): of(99, 398, 400), ("male", "", ""): of(6, 30, 500)}, True),
        ({("female", "", ""): of(14, 59, 400)}, True),
        ({("female", "", ""): of(14, 60, 400)}, False),
        ({("female", "", ""): of(14, 30, 400), ("female", "", "rural"): of(14, 28, 300)}, False),
    ],
)
def test_no_part_is_published_where_one_is_small_or_would_be_told(
    parts: dict[tuple[str, str, str], Reported], are_hidden: bool
) -> None:
    """One that is not reported is what the others leave over; of a share the rest is a count too."""
    found = hidden({WHOLE: of(7, 60, 900), **parts}, "percent")
    assert found == (frozenset(parts) if are_hidden else frozenset())


def test_a_small_whole_hides_all_and_parts_without_their_whole_hide_nothing() -> None:
    part = {("female", "", ""): of(6, 30, 500)}
    assert hidden({WHOLE: of(1, 4, 900), **part}, "percent") == {WHOLE, *part}
    assert hidden(part, "percent") == frozenset()


@pytest.mark.parametrize(("women", "shown"), [(4, False), (30, True)])
def test_a_judgement_is_published_without_its_parts_where_one_is_small(women: int, shown: bool) -> None:
    parts = {WHOLE: of(61, 600, 900), ("female", "", ""): of(6, women, 450), ("male", "", ""): of(60, 600 - women, 450)}
    about = target()
    seen_of = Seen({part: {2025: reported} for part, reported in parts.items()}, known=True)
    (one,) = published(judge_all([about], {about.target_id: seen_of}, 2025, Settings()))
    assert (one.status, one.seen.parts.keys()) == ("met", parts.keys() if shown else {WHOLE})


def test_without_a_target_there_is_no_attainment_to_publish() -> None:
    counted = counts([], edition().assessment["status"])
    assert [(one.total, one.attainment) for one in published_counts(counted, [], 1)] == [(0, None)]


def test_a_mean_of_attainment_leaves_out_what_is_not_published(package: Folder, tmp_path: Path) -> None:
    head = ",".join(edition().observations.columns)
    few = "weining,maternal-mortality,,,,,2023,20,4,20000,per_100k,report,,,"
    file = tmp_path / "observations.csv"
    file.write_text(f"{head}\n{few}\n", encoding="utf-8")
    done = assess(package, file, places=("weining",))
    assert done.counts[0].attainment is not None
    shown = published(done.judgements)
    assert {count.attainment for count in published_counts(done.counts, shown, 1)} == {None}


@pytest.mark.parametrize(
    ("unit", "basis", "small"),
    [("person_time", "cumulative", {2021, 2022}), ("person_time", "level", set()), ("count", "cumulative", set())],
)
def test_few_who_joined_a_running_total_are_not_told_by_its_steps(unit: str, basis: str, small: set[int]) -> None:
    total = {2021: Reported(Fraction(20)), 2022: Reported(Fraction(22)), 2023: Reported(Fraction(90))}
    about = target("ge", "100", unit, basis)
    (judged_one,) = judge_all([about], {about.target_id: Seen({WHOLE: total}, known=True)}, 2023, Settings())
    assert small_in([judged_one]).values == ({about.target_id: frozenset(small)} if small else {})


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "unit", "small"),
    [
        (0, None, None, "person", False),
        (1, None, None, "person", True),
        (4, None, None, "person_time", True),
        (5, None, None, "person", False),
        (4, None, None, "count", False),
        (9, 0, 90, "per_mille", False),
        (9, 1, 90, "per_mille", True),
        (9, 5, 90, "per_mille", False),
        (9, 5, 4, "per_mille", True),
        (9, 86, 90, "percent", True),
        (9, 85, 90, "percent", False),
        (100, 90, 90, "percent", False),
        (9, 86, 90, "per_mille", False),
    ],
)
def test_a_count_from_one_to_four_is_small_and_so_is_what_a_share_leaves_over(
    value: int, numerator: int | None, denominator: int | None, unit: str, small: bool
) -> None:
    counts = (None if count is None else Fraction(count) for count in (numerator, denominator))
    assert is_small(Reported(Fraction(value), *counts), unit) is small


def test_what_is_small_is_known_by_target_and_year() -> None:
    small = Small({"a": frozenset({2022})}, {"b": frozenset({2023})})
    assert bool(small)
    assert bool(Small({}, {"b": frozenset({2023})}))
    assert not NOTHING_SMALL
    assert [small.has("a", year) for year in (2022, 2023)] == [True, False]
    assert [small.parts(*about) for about in (("a", 2022), ("b", 2023), ("b", 2022), ("c", 2022))] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("step", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_running_total_is_small_where_few_came_in_a_year(step: int, small: bool) -> None:
    total = {year: Reported(Fraction(value)) for year, value in {2021: 50, 2022: 50 + step, 2024: 51 + step}.items()}
    about = target("ge", "100", "person", "cumulative")
    (judged_one,) = judge_all([about], {about.target_id: Seen({WHOLE: total}, known=True)}, 2024, Settings())
    assert small_in([judged_one]).values == ({about.target_id: frozenset({2021, 2022})} if small else {})
