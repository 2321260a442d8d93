"""plandata monitor forms: who reports what in a year, and the workbooks that they fill."""

import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Bench
from typer.testing import CliRunner

import plandata
from plandata.assess.model import load_targets
from plandata.assess.observations import observe
from plandata.cli import app
from plandata.files import PackageError, csv_text
from plandata.monitor.checks import at_odds, choice, count_rule, has_line, limits, value_rule
from plandata.monitor.forms import (
    BEFORE,
    BY_AGE,
    BY_OTHERS,
    COLLECTIVE,
    COUNTED_IN,
    FILLER,
    GUIDE,
    HIDDEN,
    INDICATOR,
    NUMBER,
    SIGNS,
    TARGET,
    forms,
    targets,
)
from plandata.monitor.reporting import AGE, Form, Series, asked_parts, counts_persons, parted, reporting
from plandata.report.workbook import ACROSS, Column, fitted
from plandata.schema import edition
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Words

ROOT = Path(__file__).parents[1]
KEY = ("place_id", "indicator_id", "scope")
PLACES = ("baodi", "changping", "jiaxing", "liaocheng", "weining")
OBSERVATIONS = edition().observations
FILL = ("value", "source", "status", "note")
Row = dict[str, Any]


@cache
def made(place: str, lang: str = "zh") -> dict[str, bytes]:
    return forms(plandata.open(ROOT), place, 2023, lang=lang)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables.of(plandata.open(ROOT))


@cache
def opened(place: str, name: str, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(made(place, lang)[name]))


def header(page: Any, lang: str = "zh") -> int:
    """The number of the one row that bears the titles of ids and values, 0 for a sheet that is no form."""
    wanted = {OBSERVATIONS.field(name).title[lang] for name in (*HIDDEN, "value")}
    found = [n for n, row in enumerate(page.iter_rows(values_only=True), 1) if wanted <= set(row)]
    assert len(found) <= 1
    return found[0] if found else 0


@cache
def rows(page: Any, lang: str = "zh") -> list[Row]:
    """The cells of the rows of a form by the names of the columns of the observations, other columns by their title."""
    top = header(page, lang)
    if not top:
        return []
    names = {field.title[lang]: field.name for field in OBSERVATIONS.fields}
    head = [names.get(cell.value, cell.value) for cell in page[top]]
    below = (dict(zip(head, row, strict=True)) for row in page.iter_rows(min_row=top + 1))
    return [row for row in below if row["indicator_id"].value]


def plain(row: Row) -> Row:
    return {name: "" if cell.value is None else cell.value for name, cell in row.items()}


def fillable(place: str, lang: str = "zh") -> list[tuple[str, Row]]:
    """The rows of all forms of a place that are of a whole, each with its file."""
    return [
        (name, row)
        for name in made(place, lang)
        for page in opened(place, name, lang)
        for row in rows(page, lang)
        if AGE not in row and not plain(row).get("sex")
    ]


def key(row: Row) -> tuple[str, str, str]:
    cells = plain(row)
    return cells["indicator_id"], cells["scope"], cells["unit_of_measure"]


@pytest.mark.parametrize("place", PLACES)
def test_every_target_and_benchmark_of_a_place_stands_in_exactly_one_row_to_fill(tables: Tables, place: str) -> None:
    own = [target for target in load_targets(tables) if target.place_id == place]
    wanted = {(target.indicator_id, target.scope.zh, target.unit) for target in own}
    wanted |= {(target.indicator_id, target.benchmark.zh, target.unit) for target in own if target.benchmark.zh}
    counted = Counter(key(row) for _, row in fillable(place))
    assert set(counted) == wanted
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("place", PLACES)
def test_each_file_is_that_of_the_first_lead_and_what_has_none_is_for_the_office(tables: Tables, place: str) -> None:
    leads: dict[tuple[str, str], list[str]] = {}
    found = reporting(tables, place, 2023)
    for form in found.forms:
        for one in form.own:
            leads[one.indicator["indicator_id"], one.scope.zh] = [unit.unit_id for unit in one.leads]
    for name, row in fillable(place):
        units = leads[key(row)[:2]]
        assert name == (f"{units[0]}.xlsx" if units else f"{place}-office.xlsx")
    led = {target.leads[0] for target in load_targets(tables) if target.place_id == place and target.leads}
    assert led <= {form.unit.unit_id for form in found.forms if form.unit}


def test_the_other_leads_see_who_fills_it_and_cannot(tables: Tables) -> None:
    found = reporting(tables, "weining", 2023)
    with_others = [form for form in found.forms if form.others]
    assert with_others
    for form in with_others:
        assert form.unit
        page = opened("weining", f"{form.unit.unit_id}.xlsx")[BY_OTHERS.zh]
        head = next(n for n, row in enumerate(page.iter_rows(values_only=True), 1) if row[0] == NUMBER.zh)
        titles = [cell.value for cell in page[head]]
        below = list(page.iter_rows(min_row=head + 1))
        assert [row[titles.index(FILLER.zh)].value for row in below] == [one.leads[0].name.zh for one in form.others]
        assert all(one.filler != form.unit and form.unit in one.leads for one in form.others)
        assert all(cell.protection.locked for row in below for cell in row)
        assert page.protection.sheet
        assert not header(page)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_the_list_of_forms_counts_what_is_in_them(place: str) -> None:
    listed = list(opened(place, "index.xlsx").active.iter_rows(min_row=3, values_only=True))
    *each, total = listed
    assert [row[2] for row in each] == [name for name in made(place) if name != "index.xlsx"]
    for row in each:
        pages = [page for page in opened(place, row[2]) if page.title != BY_AGE.zh]
        found = [line for page in pages for line in rows(page)]
        assert (row[3], row[4]) == (len(found), len({key(line)[0] for line in found}))
    assert total[3] == sum(row[3] for row in each)


def hidden(page: Any) -> set[int]:
    """The numbers of the hidden columns of a sheet."""
    spans = [width for width in page.column_dimensions.values() if width.hidden]
    return {n for span in spans for n in range(span.min, span.max + 1)}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_ids_are_hidden_and_locked_and_only_cells_to_fill_are_open(lang: str) -> None:
    for name in made("weining", lang):
        for page in opened("weining", name, lang):
            for row in rows(page, lang):
                locked = {title: cell.protection.locked for title, cell in row.items()}
                assert not any(locked[title] for title in FILL)
                assert all(locked[title] for title in row if title not in (*FILL, "numerator", "denominator", AGE))
                assert {row[title].column for title in HIDDEN} == hidden(page)
                assert row["value"].number_format == "General"
            if header(page, lang):
                assert page.protection.sheet
                assert page.protection.password is None


def test_each_form_prints_on_a4_across_with_its_header_on_each_page() -> None:
    for page in opened("weining", "weining.health-bureau.xlsx"):
        assert (int(page.page_setup.paperSize), page.page_setup.orientation) == (9, "landscape")
        assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows
        assert page.freeze_panes
        assert str(page.oddFooter.center.text) == "第 &P 页 共 &N 页"


def rules_of(page: Any, cell: Any) -> list[Any]:
    return [rule for rule in page.data_validations.dataValidation if cell.coordinate in rule.sqref]


def row_of(place: str, indicator: str) -> tuple[Any, Row]:
    """The first row of a form about an indicator, with its sheet."""
    return next(
        (page, row)
        for name in made(place)
        for page in opened(place, name)
        for row in rows(page)
        if plain(row)["indicator_id"] == indicator
    )


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        ("infant-mortality", "0", "1000"),
        ("kindergarten-enrolment", "0", "1000000000000000"),
        ("child-myopia-rate", "0", "100"),
    ],
)
def test_values_are_held_to_the_range_of_their_unit_and_gross_rates_may_pass_it(
    indicator: str, low: str, high: str
) -> None:
    page, row = row_of("weining", indicator)
    (rule,) = rules_of(page, row["value"])
    assert (rule.type, rule.operator or "between", rule.formula1, rule.formula2) == ("decimal", "between", low, high)
    assert rule.errorTitle == "请核对"
    assert rule.error.startswith("请填")


def test_numerators_are_not_above_denominators_in_a_share_but_may_be_in_a_gross_rate() -> None:
    page, row = row_of("weining", "child-myopia-rate")
    (rule,) = rules_of(page, row["numerator"])
    above, below = (f"${row[name].column_letter}${row[name].row}" for name in ("numerator", "denominator"))
    assert (rule.type, f"{above}<={below}" in rule.formula1) == ("custom", True)
    assert "分子不能大于分母" in rule.error
    page, row = row_of("weining", "kindergarten-enrolment")
    assert "<=" not in rules_of(page, row["numerator"])[0].formula1


def test_counts_have_no_numerator_to_fill() -> None:
    page, row = row_of("weining", "rural-talents")
    assert row["numerator"].protection.locked
    assert row["denominator"].protection.locked
    assert not rules_of(page, row["numerator"])


def test_the_status_is_chosen_from_the_list_of_the_schema() -> None:
    page, row = row_of("weining", "infant-mortality")
    (rule,) = rules_of(page, row["status"])
    labels = [code.label.zh for code in edition().codes["observation_status"].values()]
    assert (rule.type, rule.formula1) == ("list", f'"{",".join(labels)}"')


@pytest.mark.parametrize(("second", "kept"), [(149, 2), (150, 1)])
def test_a_list_to_choose_from_is_no_longer_than_a_spreadsheet_takes(second: int, kept: int) -> None:
    labels = ["甲" * 100, "乙" * second]
    rule = choice(labels, Words(edition().labels, "zh"))
    assert rule["source"] == labels[:kept]


def test_a_message_is_cut_where_a_spreadsheet_would_refuse_it() -> None:
    assert len(choice(["甲" * 250], Words(edition().labels, "zh"))["error_message"]) == 250


def series_of(tables: Tables, indicator: str) -> Series:
    """The first series of Weining about an indicator."""
    forms_of = reporting(tables, "weining", 2023).forms
    return next(one for form in forms_of for one in form.own if one.indicator["indicator_id"] == indicator)


@pytest.mark.parametrize(
    ("indicator", "unit", "ends", "told"),
    [
        ("child-myopia-rate", "percent", (0, 100), "请填 0 至 100 之间的数，不写单位（%）。"),
        ("child-myopia-rate", "percentage_point", (-100, 100), "请填 -100 至 100 之间的数，不写单位（个百分点）。"),
        ("child-myopia-rate", "hour_per_day", (0, 24), "请填 0 至 24 之间的数，"),
        ("rural-talents", "person", (0, None), "请填不小于 0 的数，不写单位（人）。"),
        ("kindergarten-enrolment", "percent", (0, None), "请填不小于 0 的数，"),
    ],
)
def test_each_unit_has_a_lowest_value_and_some_a_highest(
    tables: Tables, indicator: str, unit: str, ends: tuple[int, int | None], told: str
) -> None:
    one = series_of(tables, indicator)
    aims = tuple(replace(aim, target=replace(aim.target, unit=unit)) for aim in one.aims)
    one = replace(one, unit=unit, aims=aims)
    rule = value_rule(one, Words(edition().labels, "zh"))
    assert limits(one) == ends
    assert (rule["criteria"], rule["minimum"], rule["maximum"]) == ("between", ends[0], ends[1] or 10**15)
    assert rule["error_message"].startswith(told)
    assert rule["ignore_blank"]


def test_a_share_has_counts_of_which_the_first_may_be_nothing_and_the_second_not(tables: Tables) -> None:
    cell, say = {"value": "V", "numerator": "N", "denominator": "D"}, Words(edition().labels, "zh")
    share, gross = (series_of(tables, name) for name in ("child-myopia-rate", "kindergarten-enrolment"))
    order = ',OR(N="",D="",N<=D)'
    assert count_rule(cell, "numerator", share, say)["value"] == f"=AND(ISNUMBER(N),N>=0{order})"
    assert count_rule(cell, "denominator", share, say)["value"] == f"=AND(ISNUMBER(D),D>0{order})"
    assert count_rule(cell, "numerator", gross, say)["value"] == "=AND(ISNUMBER(N),N>=0)"
    assert "分子不能大于分母" in count_rule(cell, "numerator", share, say)["error_message"]
    assert "分子" not in count_rule(cell, "numerator", gross, say)["error_message"]


@pytest.mark.parametrize(
    ("indicator", "line"), [("child-myopia-rate", True), ("rural-talents", False), ("infant-mortality-gap", False)]
)
def test_a_share_stands_above_a_line_and_a_count_or_a_gap_does_not(tables: Tables, indicator: str, line: bool) -> None:
    assert has_line(series_of(tables, indicator)) is line


@pytest.mark.parametrize(
    ("value", "above", "below", "per", "odd"),
    [
        (50.0, 1, 2, 100, False),
        (50.5, 1, 2, 100, False),
        (50.6, 1, 2, 100, True),
        (49.5, 1, 2, 100, False),
        (49.4, 1, 2, 100, True),
        (0.0, 0, 2, 100, False),
        (0.5, 5, 10, 1, False),
        (5.0, 5, 1000, 1000, False),
    ],
)
def test_a_value_is_shown_as_wrong_where_it_is_a_hundredth_away_from_its_counts(
    value: float, above: int, below: int, per: int, odd: bool
) -> None:
    formula = at_odds({"value": "V", "numerator": "N", "denominator": "D"}, per)
    names = {"AND": lambda *terms: all(terms), "ISNUMBER": lambda cell: True, "ABS": abs}
    assert eval(formula, {"V": value, "N": above, "D": below} | names) is odd


def test_below_each_form_it_is_signed() -> None:
    page = next(page for page in opened("weining", "weining.health-bureau.xlsx") if header(page))
    last = [cell.value for cell in list(page.iter_rows())[-1] if cell.value]
    assert last == [sign.zh for sign in SIGNS]


def parts_in(place: str) -> Counter[str]:
    return Counter(
        plain(row)["sex"] for name in made(place) for page in opened(place, name) for row in rows(page) if "sex" in row
    )


def test_rows_by_sex_and_age_come_where_a_duty_of_the_plan_asks(tables: Tables) -> None:
    asked = {
        place: "".join(
            row["label_zh"] + row["name_text"]
            for row in tables.rows("duties")
            if row["kind"] == "disaggregation" and row["place_id"] == place
        )
        for place in PLACES
    }
    for place in PLACES:
        sexes = parts_in(place)
        assert (sexes["女"] > 0) == (sexes["男"] > 0) == ("性别" in asked[place]), place
        assert sexes["女"] == sexes["男"]
        ages = [page for name in made(place) for page in opened(place, name) if page.title == BY_AGE.zh]
        assert bool(ages) == ("年龄" in asked[place]), place


def test_cells_for_ages_are_text_so_that_no_spreadsheet_makes_a_day_of_them() -> None:
    found = [
        row for page in opened("weining", "weining.health-bureau.xlsx") if page.title == BY_AGE.zh for row in rows(page)
    ]
    assert found
    assert {(row[AGE].number_format, row[AGE].protection.locked, row[AGE].value) for row in found} == {
        ("@", False, None)
    }


@pytest.mark.parametrize(
    ("indicator", "scope", "sexes"),
    [
        ("child-myopia-rate", "", True),
        ("child-myopia-rate", "女童", False),
        ("health-literacy", "", True),
        ("maternal-mortality", "", False),
        ("cadre-female-share", "", False),
        ("childrens-homes", "", False),
        ("parent-school-coverage", "", False),
        ("paediatricians-per-1000-children", "", False),
        ("infant-mortality-gap", "", False),
        ("dental-caries-age-12", "", True),
    ],
)
def test_only_what_counts_persons_of_both_sexes_has_rows_by_sex(
    tables: Tables, indicator: str, scope: str, sexes: bool
) -> None:
    assert parted(tables.keyed("indicators")[indicator], Text("", scope), "sex") is sexes


def test_what_is_of_one_age_has_no_rows_by_age(tables: Tables) -> None:
    indicators = tables.keyed("indicators")
    assert counts_persons(indicators["dental-caries-age-12"])
    assert not parted(indicators["dental-caries-age-12"], Text("", ""), AGE)
    assert parted(indicators["child-myopia-rate"], Text("", ""), AGE)


def test_the_words_of_a_duty_say_by_which_parts_a_plan_asks(bench: Bench) -> None:
    plan = "weining-women-2021"
    first = next(row for row in bench.rows("duties") if row["duty_id"].startswith(plan))
    told = {"kind": "disaggregation", "name_text": "分城乡统计", "label_zh": "各部门的性别统计"}
    bench.write("duties", [row | told if row == first else row for row in bench.rows("duties")])
    assert asked_parts(Tables.of(plandata.open(bench.root))) == {plan: {"sex", "area"}}


def test_a_package_that_leaves_duties_out_has_no_parts(bench: Bench) -> None:
    bench.leave_out("duties")
    bench.path("duties").unlink()
    bench.describe(lambda about: about.update(resources=[r for r in about["resources"] if r["name"] != "duties"]))
    found = reporting(Tables.of(plandata.open(bench.root)), "weining", 2023)
    assert {part for form in found.forms for one in form.own for part in one.parts} == set()


def test_what_is_of_the_countryside_has_no_rows_by_area(tables: Tables) -> None:
    indicator = tables.keyed("indicators")["child-myopia-rate"]
    assert parted(indicator, Text("", ""), "area")
    assert not parted(indicator, Text("", "农村"), "area")


def test_a_body_that_stands_for_several_is_told_so(bench: Bench) -> None:
    led = [row["unit_id"] for row in bench.rows("assignments") if row["role"] == "lead" and row["goal_id"]]
    bench.patch("units", bench.find("units", unit_id=led[0]), collective="true")
    made_here = forms(plandata.open(bench.root), "weining", 2023)
    page = openpyxl.load_workbook(io.BytesIO(made_here[f"{led[0]}.xlsx"])).worksheets[0]
    assert COLLECTIVE.zh in [cell for row in page.iter_rows(values_only=True) for cell in row]
    listed = openpyxl.load_workbook(io.BytesIO(made_here["index.xlsx"])).active
    assert any("（统称）" in str(row[1]) for row in listed.iter_rows(values_only=True))


def test_columns_are_as_wide_as_their_texts_and_fill_the_page() -> None:
    columns = [Column("a", "甲", 100), Column("b", "乙", 100), Column("c", "丙", 40)]
    narrow = fitted(columns, [{"a": "长" * 60, "b": "短", "c": "x"}], keep=("c",))
    assert narrow[0].width > narrow[1].width
    assert ACROSS - 2 <= sum(column.width for column in narrow) <= ACROSS + 2


def test_a_filled_form_is_a_sound_file_of_observations(tables: Tables, tmp_path: Path) -> None:
    columns = OBSERVATIONS.columns
    lines = []
    sexes = {code.label.zh: code.code for code in edition().codes["sex"].values()}
    for name in made("weining"):
        for row in (row for page in opened("weining", name) if page.title != BY_AGE.zh for row in rows(page)):
            cells = plain(row) | {"value": 1, "source": "x", "status": "final"}
            cells["sex"] = sexes.get(cells.get("sex", ""), "")
            lines.append([cells.get(column, "") for column in columns])
    path = tmp_path / "observations.csv"
    path.write_text(csv_text(columns, sorted(lines, key=str)), encoding="utf-8")
    seen = observe(path, tables, load_targets(tables))
    assert seen.sound
    assert not seen.findings
    assert {target.target_id for target in load_targets(tables) if target.place_id == "weining"} == {
        target for target, one in seen.seen.items() if one.levels
    }


def test_the_last_values_stand_beside_the_cells_with_their_year(tmp_path: Path) -> None:
    _, row = row_of("weining", "child-myopia-rate")
    cells = plain(row)
    own = [cells["place_id"], cells["indicator_id"], cells["scope"]]
    unit = cells["unit_of_measure"]
    values = [
        [*own, "", 2021, "51", unit, "x", ""],
        [*own, "", 2022, "50", unit, "x", ""],
        [*own, "", 2022, "49.5", unit, "x", "1"],
        [*own, "", 2023, "40", unit, "x", ""],
        [*own, "female", 2022, "48.25", unit, "x", ""],
    ]
    names = ["place_id", "indicator_id", "scope", "sex", "year", "value", "unit_of_measure", "source", "revision"]
    path = tmp_path / "last.csv"
    path.write_text(csv_text(names, values), encoding="utf-8")
    lead = next(name for name, line in fillable("weining") if plain(line)["indicator_id"] == cells["indicator_id"])
    book = openpyxl.load_workbook(io.BytesIO(forms(plandata.open(ROOT), "weining", 2023, path)[lead]))
    lines = [line for page in book if page.title != BY_AGE.zh for line in map(plain, rows(page))]
    found = {line["sex"]: line[BEFORE.zh] for line in lines if [line[name] for name in KEY] == own}
    assert found == {"": "49.5\n（2022年）", "女": "48.25\n（2022年）", "男": ""}


def test_last_values_that_have_findings_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "last.csv"
    path.write_text("place_id,indicator_id,scope,year,value,unit_of_measure,source\nweining,x,,2022,1,percent,x\n")
    with pytest.raises(PackageError, match=r"last\.csv:2"):
        forms(plandata.open(ROOT), "weining", 2023, path)


def test_the_guide_defines_every_indicator_of_the_form() -> None:
    book = opened("weining", "weining.health-bureau.xlsx")
    told = {row[1] for row in book[GUIDE.zh].iter_rows(values_only=True)}
    names = {row[INDICATOR.zh] for page in book if page.title != GUIDE.zh for row in map(plain, rows(page))}
    assert {name for name in names if "其中" not in name} <= told
    assert not header(book[GUIDE.zh])


def test_english_forms_have_english_titles_and_scopes(tables: Tables) -> None:
    wanted = {(target.indicator_id, target.scope.en) for target in load_targets(tables) if target.place_id == "weining"}
    assert wanted <= {key(row)[:2] for _, row in fillable("weining", "en")}
    page = next(page for page in opened("weining", "weining.health-bureau.xlsx", "en") if header(page, "en"))
    titles = [cell.value for cell in page[header(page, "en")]]
    assert len(set(titles)) == len(titles)
    assert {INDICATOR.en, COUNTED_IN.en, TARGET.en} <= set(titles)


def test_titles_for_people_are_none_of_the_observations() -> None:
    page = next(page for page in opened("weining", "weining.health-bureau.xlsx") if header(page))
    titles = [cell.value for cell in page[header(page)]]
    assert len(set(titles)) == len(titles)


def test_the_same_data_makes_the_same_bytes() -> None:
    assert forms(plandata.open(ROOT), "jiaxing", 2023) == made("jiaxing")


@pytest.mark.parametrize(("year", "runs"), [(2020, False), (2021, True), (2025, True), (2026, False)])
def test_a_plan_runs_from_its_first_year_to_its_last(tables: Tables, year: int, runs: bool) -> None:
    if runs:
        assert reporting(tables, "weining", year).forms
    else:
        with pytest.raises(PackageError, match=f"no plan of weining runs in {year}"):
            reporting(tables, "weining", year)


def test_a_body_fills_what_it_leads_first_and_sees_what_it_leads_too(tables: Tables) -> None:
    forms_of = reporting(tables, "weining", 2023).forms
    every = [one for form in forms_of for one in form.own]
    for form in forms_of:
        assert [one for one in form.own if one.filler != form.unit] == []
        if form.unit:
            assert {id(one) for one in form.others} == {id(one) for one in every if form.unit in one.leads[1:]}
    assert any(form.others for form in forms_of)


def test_what_no_body_leads_is_suggested_to_the_responsible_one_or_to_one_of_its_function(bench: Bench) -> None:
    bench.write("assignments", [row for row in bench.rows("assignments") if row["role"] != "lead"])
    responsible = [row["unit_id"] for row in bench.rows("assignments") if row["goal_id"].endswith("health.g03")]
    names = {row["unit_id"]: row["name_zh"] for row in bench.rows("units")}

    def suggestions() -> dict[str, str]:
        (form,) = reporting(Tables.of(plandata.open(bench.root)), "weining", 2023).forms
        return {one.indicator["indicator_id"]: one.suggested.zh for one in form.own}

    told = suggestions()
    assert told["womens-health-literacy"] == names[responsible[0]]
    assert told["under5-mortality"] == names["weining.health-bureau"]
    bench.write("units", [row for row in bench.rows("units") if row["unit_id"] != "weining.health-bureau"])
    bench.write("assignments", [])
    assert suggestions()["under5-mortality"] == f"{edition().codes['function']['health'].label.zh}（按职能）"


def test_a_year_in_which_no_plan_runs_is_refused_with_those_that_run() -> None:
    with pytest.raises(PackageError, match=r"no plan of weining runs in 2026; its plans: 2021-2025"):
        forms(plandata.open(ROOT), "weining", 2026)


def test_hostile_names_do_no_harm(bench: Bench) -> None:
    for row, name in enumerate(["=cmd|'/c calc'!A1", "a/b\\c:d*e?f[g]\x01" + "长" * 60]):
        bench.patch("units", row, name_zh=name)
    bench.patch("indicators", 0, name_zh="=1+1", definition_zh="@SUM(A1)\x1b[31m" * 20)
    bench.patch("places", 0, name_zh="+HYPERLINK(1)")
    for content in forms(plandata.open(bench.root), "weining", 2023).values():
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
        assert not any("\x01" in str(cell.value) or "\x1b" in str(cell.value) for cell in cells)


@pytest.mark.parametrize("hostile", ["../../weining.evil", "a/b", "/tmp/x", ".hidden", "con:x", "长"])
def test_a_path_for_an_id_writes_nothing(bench: Bench, tmp_path: Path, hostile: str) -> None:
    leads = [row["unit_id"] for row in bench.rows("assignments") if row["role"] == "lead" and row["goal_id"]]
    for table in ("units", "assignments"):
        changed = [row | {"unit_id": hostile} if row["unit_id"] == leads[0] else row for row in bench.rows(table)]
        bench.write(table, changed)
    out = tmp_path / "out"
    arguments = ["--place", "weining", "--year", "2023", "--package", str(bench.root), "--out", str(out)]
    done = CliRunner().invoke(app, ["monitor", "forms", *arguments])
    assert done.exit_code == 2
    assert "can name no file" in done.stderr or "validate" in done.stderr
    assert not out.exists()


def test_the_command_writes_the_forms_and_says_what_is_next(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["monitor", "forms", "--place", "jiaxing", "--year", "2023", "--package", str(ROOT), "--out", str(out)]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in out.iterdir()) == ["index.xlsx", "jiaxing-office.xlsx"]
    assert "monitor collect" in done.stdout
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_a_form_without_a_lead_is_the_last_and_of_the_office(tables: Tables) -> None:
    forms_of = reporting(tables, "weining", 2023).forms
    assert [form.unit is None for form in forms_of] == [False] * (len(forms_of) - 1) + [True]
    assert reporting(tables, "baodi", 2023).forms == (Form(None, reporting(tables, "baodi", 2023).forms[0].own),)


@pytest.mark.parametrize("name", ["weining.health-bureau.xlsx", "weining-office.xlsx"])
def test_each_series_of_a_form_is_numbered_and_its_parts_are_not(name: str) -> None:
    for page in (page for page in opened("weining", name) if header(page)):
        numbers = [plain(row)[NUMBER.zh] for row in rows(page)]
        firsts = [key(row) for row in rows(page) if plain(row)[NUMBER.zh]]
        assert [n for n in numbers if n] == list(range(1, len(set(map(key, rows(page)))) + 1))
        assert len(set(firsts)) == len(firsts)
        if page.title == BY_AGE.zh:
            assert numbers == [n for first in firsts for n in (firsts.index(first) + 1, "", "")]


def test_the_guide_and_the_list_of_forms_are_numbered_and_the_list_counts_what_others_fill(tables: Tables) -> None:
    others = [len(form.others) for form in reporting(tables, "weining", 2023).forms]
    *listed, _ = opened("weining", "index.xlsx").active.iter_rows(min_row=3, values_only=True)
    assert [row[0] for row in listed] == list(range(1, len(listed) + 1))
    assert [row[5] for row in listed] == others
    guide = list(opened("weining", "weining.health-bureau.xlsx")[GUIDE.zh].iter_rows(values_only=True))
    steps = [str(row[0]) for row in guide if re.match("[0-9]+[.] ", str(row[0]))]
    assert [step.partition(".")[0] for step in steps] == [str(n) for n in range(1, 10)]
    numbered = [row[0] for row in guide if isinstance(row[0], int)]
    assert numbered == list(range(1, len(numbered) + 1)) != []


def test_an_age_group_has_two_to_seven_signs() -> None:
    page = opened("weining", "weining.health-bureau.xlsx")[BY_AGE.zh]
    for row in rows(page):
        (rule,) = rules_of(page, row[AGE])
        assert (rule.type, rule.operator or "between", rule.formula1, rule.formula2) == (
            *("textLength", "between"),
            *map(str, (len("0+"), len("100-119"))),
        )


@pytest.mark.parametrize(
    ("indicator", "per"),
    [
        ("child-myopia-rate", 100),
        ("infant-mortality", 1000),
        ("maternal-mortality", 100_000),
        ("childcare-places-per-1000", None),
        ("rural-talents", None),
    ],
)
def test_a_value_is_held_against_its_counts_where_its_unit_says_of_how_many(indicator: str, per: int | None) -> None:
    page, row = row_of("weining", indicator)
    at = row["value"].coordinate
    formulas = [rule.formula for held in page.conditional_formatting if at in held.sqref for rule in held.rules]
    assert [int(re.findall("[*]([0-9]+)[)]", formula)[0]) for (formula,) in formulas] == ([per] if per else [])


@pytest.mark.parametrize("unit", ["weining-office", "index"])
def test_a_body_whose_file_would_be_that_of_another_is_refused(bench: Bench, unit: str) -> None:
    led = next(row["unit_id"] for row in bench.rows("assignments") if row["role"] == "lead" and row["goal_id"])
    for table in ("units", "assignments"):
        changed = [row | {"unit_id": unit} if row["unit_id"] == led else row for row in bench.rows(table)]
        bench.write(table, changed)
    with pytest.raises(PackageError, match="two bodies would have one file"):
        forms(plandata.open(bench.root), "weining", 2023)


def test_a_target_of_an_unknown_indicator_is_named(bench: Bench) -> None:
    known = [row for row in bench.rows("indicators") if row["indicator_id"] != "maternal-mortality"]
    bench.write("indicators", known)
    with pytest.raises(PackageError, match=r"g01\.t1: no indicator 'maternal-mortality'"):
        reporting(Tables.of(plandata.open(bench.root)), "weining", 2023)


def test_a_body_that_stands_for_several_is_suggested_to_nobody(bench: Bench) -> None:
    bench.write("assignments", [row for row in bench.rows("assignments") if row["unit_id"] == "weining.members"])
    bench.patch("units", bench.find("units", unit_id="weining.health-bureau"), collective="true")
    bench.patch("units", bench.find("units", unit_id="weining.womens-federation"), collective="true")
    (form,) = reporting(Tables.of(plandata.open(bench.root)), "weining", 2023).forms
    assert {one.suggested.zh.endswith("（按职能）") for one in form.own} == {True}


@pytest.mark.parametrize(
    ("name", "unit", "above", "below", "counts"),
    [
        ("控烟率", "percent", "吸烟人数", "人口数", True),
        ("控烟率", "per_10k", "吸烟人数", "人口数（每万人）", True),
        ("控烟率", "per_1000", "吸烟人数", "人口数", False),
        ("控烟率差距", "percent", "吸烟人数", "人口数", False),
        ("控烟率", "percent", "学校数", "人口数", False),
        ("控烟率", "percent", "吸烟人数", "学校数", False),
        ("控烟率", "percent", "人数所占面积", "人口数", False),
        ("人才数", "person", "", "", True),
        ("人才数差距", "person", "", "", False),
        ("学校数", "count", "", "", False),
    ],
)
def test_an_indicator_counts_persons_where_its_unit_or_both_of_its_counts_are_of_persons(
    name: str, unit: str, above: str, below: str, counts: bool
) -> None:
    told = {"name_zh": name, "unit_of_measure": unit, "numerator_zh": above, "denominator_zh": below}
    assert counts_persons(told) is counts
    both = told | {"population_zh": "男女居民"}
    assert parted(both, Text("", ""), "sex") is counts
    assert not parted(both, Text("", "女童"), "sex")
    assert not parted(both, Text("", "男童"), "sex")


def test_what_a_target_demands_is_told_once_with_its_year(tables: Tables) -> None:
    one, say = series_of(tables, "child-myopia-rate"), Words(edition().labels, "zh")
    first = one.aims[0]
    undated = replace(first, row=first.row | {"target_year": ""})
    figure = say.figure(first.row)
    assert targets(replace(one, aims=(first, first)), say) == f"{figure}\n（2025年）"
    assert targets(replace(one, aims=(undated, first)), say) == f"{figure}\n{figure}\n（2025年）"
    assert targets(replace(one, benchmark=True), say) == "目标所比照的量"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_form_and_saves_all_its_cells(tmp_path: Path) -> None:
    name = "weining.health-bureau.xlsx"
    (tmp_path / name).write_bytes(made("weining")[name])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run(
        [*command, str(tmp_path / "out"), str(tmp_path / name)], check=True, timeout=120, capture_output=True
    )
    again = openpyxl.load_workbook(tmp_path / "out" / name)
    first = opened("weining", name)
    assert again.sheetnames == first.sheetnames
    for page in first:
        saved = again[page.title]
        for row in page.iter_rows():
            assert [cell.value for cell in row] == [saved[cell.coordinate].value for cell in row]
        assert [plain(row) for row in rows(page)] == [plain(row) for row in rows(saved)]
        assert saved.protection.sheet
        assert bool(saved.data_validations.dataValidation) == bool(page.data_validations.dataValidation)
