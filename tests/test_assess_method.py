"""The method: worked examples of the documentation computed anew, and what must hold for any values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import Bench
from hypothesis import given, settings
from hypothesis import strategies as st
from packages import BOTH, HEALTH, LAW

from plandata.assess.band import attainment, band_of, gap, possible, range_band, size_band
from plandata.assess.chance import Chance, at_most, chance, poisson_interval
from plandata.assess.judge import judge, projection, standing_in
from plandata.assess.method import Question, cancelled_share, compound, linear, linear_needed, relative_range
from plandata.assess.model import (
    WHOLE,
    Answer,
    Band,
    Judgement,
    Reason,
    Reported,
    Seen,
    Target,
    Warned,
    load_targets,
)  # fmt: skip
from plandata.package.folder import Folder
from plandata.schema import Code, edition
from plandata.settings import Settings
from plandata.tables import Tables
from plandata.text import Text
from plandata.words import Amount, Coded, Gap, Required, Words, number

DOCS = Path(__file__).parents[1] / "docs"
LEVEL_UNITS = {"percentage_point": "percent"}


def target(
    comparator: str = "ge",
    value: str | None = "60",
    unit: str = "percent",
    basis: str = "level",
    better: str = "higher",
    baseline: str | None = None,
    **changes: object,
) -> Target:
    """A target of a plan of 2021 to 2025."""
    change = basis.startswith(("relative", "annual"))
    made = {
        "target_id": "p.d.g01.t1", "item_id": "p.d.g01", "plan_id": "p", "place_id": "x", "domain_id": "p.d",
        "theme": "health", "indicator_id": "i", "name": Text("Indicator", "指标"), "scope": Text("", ""),
        "first_year": 2020, "leads": (), "target_year": 2025, "commitment": "firm",
        "timing": "yearly" if basis.startswith("annual") else "end",
        "comparator": comparator, "value": None if value is None else Fraction(value), "basis": basis, "better": better,
        "unit": LEVEL_UNITS.get(unit, "per_100k") if change else unit, "change_unit": unit if change else None,
        "reference_year": 2020 if basis.startswith("relative") else None,
        "baseline_year": None if baseline is None else 2020,
        "baseline": None if baseline is None else Fraction(baseline),
    }  # fmt: skip
    return Target(**(made | changes))


def judged(about: Target, observed: dict[int, str], as_of: int, thresholds: Settings | None = None) -> Judgement:
    return judge(about, seen(observed), as_of, thresholds or Settings())


def seen(observed: Mapping[int, str | Fraction], average: Mapping[int, str] = MappingProxyType({})) -> Seen:
    """What is seen of a target: its values and those of its benchmark by year."""
    own, other = (
        {year: Reported(Fraction(value)) for year, value in by_year.items()} for by_year in (observed, average)
    )
    return Seen({WHOLE: own}, other, known=True)


def examples(lang: str) -> list[list[str]]:
    """The rows of the table of worked examples on the page of the method."""
    text = (DOCS / f"method-assessment.{lang}.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| `\w+ ", line)
    ]
    assert rows
    return rows


def computed(spec: str, baseline: str, observed: str, as_of: str, lang: str) -> list[str]:
    """What the method says of one example, as the page writes it."""
    comparator, value, unit, basis, better = spec.strip("`").split()
    about = target(
        comparator, None if value == "-" else value, unit, basis, better, None if baseline == "–" else baseline
    )
    found = judged(about, parsed(observed), int(as_of))
    answers = {answer.method: answer for answer in found.answers}
    line, rate = answers.get("linear"), answers.get("compound")
    levels = [getattr(line, name) if line else None for name in ("path", "required", "observed", "projected")]
    levels.append(rate.projected if rate else None)
    noted = (("warning", found.warnings), ("remark", found.remarks))
    said = [label(edition().assessment[group][warned.code], lang) for group, these in noted for warned in these]
    status = label(edition().assessment["status"][found.status], lang)
    separator = "、" if lang == "zh" else ", "
    return [
        *("–" if level is None else number(level) for level in levels),
        f"**{status}**",
        separator.join(said) or "–",
    ]


def parsed(observed: str) -> dict[int, str]:
    return {int(year): value for year, value in re.findall(r"(\d{4}) ([\d.]+)", observed)}


def label(code: Code, lang: str) -> str:
    return code.label[lang]


def say(reason: Reason, lang: str) -> str:
    return Words(edition().labels, lang)(edition().reasons[reason.code], **reason.values)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_worked_examples_of_the_page_are_what_the_method_computes(lang: str) -> None:
    for spec, baseline, observed, as_of, *stated, _ in examples(lang):
        assert stated == computed(spec, baseline, observed, as_of, lang), f"{spec}, {observed}"


def test_both_pages_show_the_same_examples_and_every_status_and_warning() -> None:
    english, chinese = examples("en"), examples("zh")
    assert [row[:4] for row in english] == [row[:4] for row in chinese]
    for lang in ("en", "zh"):
        text = (DOCS / f"method-assessment.{lang}.md").read_text(encoding="utf-8")
        for group in ("status", "warning", "remark"):
            assert [c.code for c in edition().assessment[group].values() if label(c, lang) not in text] == []


def test_a_value_exactly_on_the_limit_is_judged_by_the_comparator_alone() -> None:
    outcomes = {
        comparator: judged(target(comparator, "0.3"), {2025: "0.3"}, 2025).status
        for comparator in ("ge", "gt", "le", "lt", "eq", "approx")
    }
    assert outcomes == {"ge": "met", "gt": "not_met", "le": "met", "lt": "not_met", "eq": "met", "approx": "met"}


def test_a_value_exactly_on_the_line_is_up_to_it_where_floating_point_would_put_it_behind() -> None:
    found = judged(target("ge", "0.2", baseline="0.1"), {2020: "0.1", 2021: "0.12"}, 2021)
    assert 0.1 + (0.2 - 0.1) * 1 / 5 > 0.12
    assert (found.status, found.answers[0].path) == ("on_track", Fraction("0.12"))


@pytest.mark.parametrize(
    ("comparator", "basis", "better", "low", "high"),
    [
        ("ge", "relative_decrease", "lower", None, "6.4"),
        ("eq", "relative_decrease", "lower", None, "6.4"),
        ("le", "relative_decrease", "lower", "6.4", None),
        ("eq", "relative_decrease", "none", "6.4", "6.4"),
        ("ge", "relative_increase", "higher", "9.6", None),
        ("eq", "relative_increase", "higher", "9.6", None),
        ("le", "relative_increase", "higher", None, "9.6"),
        ("eq", "relative_increase", "lower", None, "9.6"),
    ],
)
def test_a_relative_change_becomes_levels_from_the_reference_year(
    comparator: str, basis: str, better: str, low: str | None, high: str | None
) -> None:
    about = target(comparator, "20", "percent", basis, better)
    band = judged(about, {2020: "8", 2021: "7"}, 2021).band
    assert band == Band(None if low is None else Fraction(low), None if high is None else Fraction(high))


def test_an_open_end_of_a_change_stays_open() -> None:
    band = judged(target("gt", "20", "percent", "relative_decrease", "lower"), {2020: "8", 2021: "7"}, 2021).band
    assert band is not None
    assert not band.contains(Fraction("6.4"))
    assert band.contains(Fraction("6.39"))


def test_a_relative_change_without_its_reference_year_or_from_zero_cannot_be_judged() -> None:
    about = target("ge", "20", "percent", "relative_decrease", "lower")
    unknown = judged(about, {2021: "7", 2022: "6"}, 2022)
    zero = judged(about, {2020: "0", 2021: "0"}, 2021)
    assert [(j.status, j.reason.code, j.measurable) for j in (unknown, zero)] == [
        ("cannot_be_judged", "no_baseline", False),
        ("cannot_be_judged", "zero_base", False),
    ]


@pytest.mark.parametrize("comparator", ["increase", "decrease", "maintain"])
def test_a_direction_is_not_judged_in_its_own_base_year_nor_without_it(comparator: str) -> None:
    about = target(comparator, None)
    assert judged(about, {2020: "5"}, 2020).reason.code == "base_year"
    assert judged(about, {2021: "5"}, 2021).reason.code == "no_baseline"


@pytest.mark.parametrize(
    ("comparator", "better", "value", "status"),
    [
        ("increase", "higher", "5.1", "met"),
        ("increase", "higher", "5", "not_met"),
        ("increase", "lower", "5.1", "met"),
        ("decrease", "lower", "4.9", "met"),
        ("decrease", "lower", "5", "not_met"),
        ("maintain", "higher", "5", "met"),
        ("maintain", "higher", "4.9", "not_met"),
        ("maintain", "lower", "5.1", "not_met"),
        ("maintain", "none", "5", "cannot_be_judged"),
        ("universal", "higher", "5", "not_met"),
        ("appropriate", "higher", "5", "cannot_be_judged"),
    ],
)
def test_targets_without_a_number_in_their_year(comparator: str, better: str, value: str, status: str) -> None:
    assert judged(target(comparator, None, better=better, baseline="5"), {2025: value}, 2025).status == status


def test_universal_without_a_percentage_cannot_be_judged() -> None:
    found = judged(target("universal", None, "person"), {2025: "516"}, 2025)
    assert (found.status, found.reason.code, found.measurable) == ("cannot_be_judged", "no_rule", False)


@pytest.mark.parametrize(
    ("observed", "as_of", "status", "code"),
    [
        ({2020: "58", 2021: "57", 2022: "56"}, 2022, "met", "yearly_held"),
        ({2020: "58", 2021: "57", 2022: "56.1"}, 2022, "not_met", "yearly_failed"),
        ({2020: "58", 2022: "56"}, 2022, "met", "yearly_held"),
        ({2020: "58", 2022: "56.1"}, 2022, "not_met", "yearly_failed"),
        ({2020: "58", 2023: "50"}, 2023, "cannot_be_judged", "yearly_missing"),
        ({2020: "58", 2021: "57.5", 2023: "50"}, 2023, "not_met", "yearly_failed"),
        ({2020: "58"}, 2020, "cannot_be_judged", "base_year"),
        ({2020: "58", 2021: "57", 2022: "56", 2023: "55", 2024: "54", 2025: "53"}, 2026, "met", "yearly_held"),
        ({2020: "58", 2021: "57", 2022: "56", 2023: "55", 2024: "54", 2025: "53.5"}, 2025, "not_met", "yearly_failed"),
    ],
)
def test_a_change_in_every_year_is_judged_year_by_year(
    observed: dict[int, str], as_of: int, status: str, code: str
) -> None:
    found = judged(target("ge", "1", "percentage_point", "annual_decrease", "lower"), observed, as_of)
    assert (found.status, found.reason.code) == (status, code)
    assert ("hardly_met" in codes(found.warnings)) == (status == "not_met" and as_of < 2025)
    gaps = [y for y in range(2021, 2025) if y not in observed and {y - 1, y + 1} <= set(observed)]
    assert [list(r.reason.values["years"]) for r in found.remarks if r.code == "bridged"] == [gaps] * bool(gaps)  # type: ignore[call-overload]


def codes(noted: Iterable[Warned]) -> list[str]:
    return [warned.code for warned in noted]


def test_a_yearly_change_begins_at_its_printed_baseline() -> None:
    about = target("ge", "1", "percentage_point", "annual_decrease", "lower", baseline="58")
    assert judged(about, {2021: "57"}, 2021).status == "met"
    assert judged(about, {2021: "57.1"}, 2021).status == "not_met"


def test_a_yearly_change_in_percent_counts_from_the_year_before() -> None:
    about = target("ge", "10", "percent", "annual_increase", "higher")
    assert judged(about, {2020: "100", 2021: "110", 2022: "121"}, 2022).status == "met"
    assert judged(about, {2020: "100", 2021: "110", 2022: "120"}, 2022).status == "not_met"
    assert judged(about, {2020: "0", 2021: "110"}, 2021).status == "cannot_be_judged"


@pytest.mark.parametrize(
    ("latest", "year", "status", "value_year"),
    [
        (0, 2023, "not_reported", None),
        (1, 2023, "met_early", 2022),
        (1, 2024, "not_reported", None),
        (2, 2024, "met_early", 2022),
        (0, 2022, "met_early", 2022),
    ],
)
def test_a_value_of_an_earlier_year_stands_in_as_long_as_is_asked_for(
    latest: int, year: int, status: str, value_year: int | None
) -> None:
    found = judged(target(baseline="50"), {2021: "52", 2022: "99"}, year, Settings(latest=latest))
    assert (found.status, found.year, found.value_year) == (status, year, value_year)
    assert ("late_value" in codes(found.remarks)) == (value_year == 2022 < year)
    if value_year is None:
        assert (found.reason.code, found.value) == ("not_reported_since", None)


def test_the_base_year_does_not_stand_in_for_the_first_year_of_the_plan() -> None:
    assert judged(target(baseline="50"), {2020: "99"}, 2021).status == "not_reported"
    assert judged(target(reference_year=2021), {2021: "99"}, 2022).status == "not_reported"


def test_after_its_last_year_a_target_is_judged_as_of_that_year() -> None:
    for year, status in ((2025, "on_track"), (2026, "not_reported")):
        assert judged(target(baseline="50"), {2024: "59", 2026: "61"}, year).status == status
    assert judged(target(baseline="50"), {2025: "61", 2026: "1"}, 2026).status == "met"


def test_no_data_is_told_from_a_year_without_a_report() -> None:
    assert judge(target(), Seen(), 2023, Settings()).status == "no_data"
    assert judge(target(), Seen(known=True), 2023, Settings()).status == "not_reported"


def test_a_target_that_is_not_reported_still_warns() -> None:
    found = judged(target(baseline="50"), {2021: "50.5", 2022: "51"}, 2024)
    assert (found.status, codes(found.warnings)) == ("not_reported", ["hardly_met"])


@pytest.mark.parametrize(
    ("about", "observed", "year", "status"),
    [
        (target(baseline="50"), {2021: "61", 2022: "59"}, 2022, "fell_back"),
        (target(baseline="50"), {2021: "60", 2022: "40"}, 2022, "fell_back"),
        (target(baseline="50"), {2021: "51", 2022: "49.9"}, 2022, "regressed"),
        (target(baseline="50"), {2021: "51", 2022: "50"}, 2022, "off_track"),
        (target(baseline="70"), {2021: "65", 2022: "59"}, 2022, "fell_back"),
        (target(baseline="70"), {2022: "59"}, 2022, "regressed"),
        (target("le", "10", "per_100k", better="lower", baseline="20"), {2022: "20.1"}, 2022, "regressed"),
        (target(baseline="50"), {2021: "52", 2022: "53", 2023: "54"}, 2023, "off_track"),
        (target(baseline="50"), {2021: "47.5", 2022: "51.5", 2023: "55.4"}, 2023, "behind"),
        (target(baseline="50"), {2021: "47.5", 2022: "51.5", 2023: "55.5"}, 2023, "on_track"),
        (target(baseline="50"), {2025: "59"}, 2025, "not_met"),
        (target(), {2022: "59"}, 2022, "cannot_be_judged"),
        (target(), {2021: "61", 2022: "59"}, 2022, "fell_back"),
    ],
)
def test_the_first_status_that_applies(about: Target, observed: dict[int, str], year: int, status: str) -> None:
    assert judged(about, observed, year).status == status


def test_an_earlier_year_is_held_against_its_own_benchmark() -> None:
    never = benchmarked("ge", {2021: "82", 2022: "80", 2023: "80"}, {2021: "85", 2022: "85", 2023: "81"}, 2023)
    once = benchmarked("ge", {2020: "70", 2021: "80", 2022: "80.5"}, {2020: "80", 2021: "75", 2022: "81"}, 2022)
    assert (never.status == "fell_back", once.status) == (False, "fell_back")


def test_a_demand_on_every_year_begins_with_the_plan_and_a_change_after_its_base_year() -> None:
    assert judged(target(timing="throughout"), {2020: "65"}, 2020).reason.code == "before_plan"
    rise = target("increase", None, timing="throughout", baseline="50", baseline_year=2021)
    assert judged(rise, {2021: "50", 2022: "52", 2023: "54"}, 2023).status == "met"


def test_a_year_that_missed_its_benchmark_is_enough_where_that_of_the_judged_one_is_unknown() -> None:
    found = benchmarked("ge", {2021: "50", 2022: "55"}, {2021: "60"}, 2022, timing="throughout")
    assert (found.status, found.reason.values["years"]) == ("not_met", (2021,))


def test_a_demand_on_every_year_that_is_kept_so_far_still_warns_by_its_trend() -> None:
    found = judged(target(timing="throughout", baseline="75"), {2021: "70", 2022: "65", 2023: "60.5"}, 2023)
    assert (found.status, codes(found.warnings)) == ("met", ["hardly_met"])


def test_what_has_reached_the_end_of_what_can_be_need_only_stay_there() -> None:
    rise = target("increase", None, baseline="100")
    assert [judged(rise, {2025: value}, 2025).status for value in ("100", "99.9")] == ["met", "not_met"]
    fall = target("decrease", None, "per_100k", better="lower", baseline="0")
    assert [judged(fall, {2025: value}, 2025).status for value in ("0", "0.1")] == ["met", "not_met"]
    counts = target("increase", None, "count", baseline="100")
    assert judged(counts, {2025: "100"}, 2025).status == "not_met"


def test_a_yearly_change_in_percent_is_the_same_share_each_year() -> None:
    yearly = target("ge", "5", "percent", "annual_decrease", "lower", "100")
    assert [judged(yearly, {2022: value}, 2022).status for value in ("90.25", "90.26")] == ["met", "not_met"]
    mean = target("ge", "5", "percent", "annual_decrease", "lower", "100", timing="end")
    assert [judged(mean, {2025: value}, 2025).status for value in ("77.378", "77.38")] == ["met", "not_met"]


def test_a_running_total_begins_with_the_plan() -> None:
    about = target("ge", "40000", "person_time", "cumulative")
    assert judged(about, {2020: "41000"}, 2020).status == "not_reported"
    found = judged(about, {2020: "30000", 2021: "6000", 2022: "13000"}, 2022)
    assert found.linear.observed == 6500  # type: ignore[union-attr]
    assert "worsened" in codes(judged(about, {2021: "9000", 2022: "8000"}, 2022).remarks)


def test_a_printed_baseline_of_a_year_to_come_is_no_level_yet() -> None:
    about = target(
        "ge", "1", "percentage_point", "annual_decrease", "lower", "50", reference_year=2020, baseline_year=2023
    )
    assert judged(about, {2020: "58", 2021: "58"}, 2021).status == "not_met"


def test_a_yearly_change_is_kept_where_none_is_possible_any_more() -> None:
    rise = target("increase", None, "percentage_point", "annual_increase", "higher", change_unit=None)
    assert judged(rise, {2020: "98", 2021: "100", 2022: "100"}, 2022).status == "met"
    assert judged(rise, {2020: "98", 2021: "99", 2022: "99"}, 2022).status == "not_met"
    fall = replace(target("decrease", None, "percent", "annual_decrease", "lower"), unit="percent")
    assert judged(fall, {2020: "1.4", 2021: "0", 2022: "0"}, 2022).status == "met"


def test_a_yearly_change_that_names_no_unit_is_told_in_points() -> None:
    rise = target("increase", None, "percentage_point", "annual_increase", "higher", change_unit=None)
    reason = judged(rise, {2020: "50", 2021: "48"}, 2021).reason
    assert "-2 percentage points" in say(reason, "en")
    assert "-2个百分点" in say(reason, "zh")


def test_a_demand_on_every_year_that_is_compared_tells_the_benchmark_and_no_one_years_value() -> None:
    found = benchmarked("ge", {2021: "60", 2022: "55"}, {2021: "70", 2022: "50"}, 2022, timing="throughout")
    assert "at least the provincial average" in say(found.reason, "en")
    assert "不低于全省平均水平" in say(found.reason, "zh")


def test_an_average_change_that_goes_the_wrong_way_is_told_with_its_sign() -> None:
    about = target("ge", "5", "percent", "annual_decrease", "lower", "100", timing="end")
    found = judged(about, {2021: "105", 2022: "110.25"}, 2022)
    assert (found.status, "+5% a year" in say(found.reason, "en")) == ("regressed", True)


def test_a_preliminary_benchmark_is_told_too() -> None:
    about = target("ge", None, benchmark=Text("the average", "平均"))
    value, average = Reported(Fraction(60)), Reported(Fraction(50), preliminary=True)
    found = judge(about, Seen({WHOLE: {2025: value}}, {2025: average}, True), 2025, Settings())
    assert "preliminary" in codes(found.remarks)


def test_groups_that_lie_apart_are_told_beside_the_status() -> None:
    parts = {WHOLE: "61", ("female", "", ""): "60", ("male", "", ""): "62"}
    seen_of = Seen({part: {2025: Reported(Fraction(value))} for part, value in parts.items()}, known=True)
    (told,) = [remark for remark in judge(target(), seen_of, 2025, Settings()).remarks if remark.code == "apart"]
    assert say(told.reason, "en") == "By sex: 2 percentage points apart."
    assert say(told.reason, "zh") == "分性别，相差2个百分点。"


def test_no_value_warns_after_the_target_year() -> None:
    assert codes(judged(target(baseline="50"), {2021: "51", 2022: "52"}, 2030).warnings) == []


@pytest.mark.parametrize(
    ("about", "level", "en", "zh"),
    [
        (target(), "59.7", "0.3 percentage points short", "差0.3个百分点"),
        (target("lt", "12", "per_100k", better="lower"), "13", "1 per 100,000 too high", "高出1/10万"),
        (target("gt"), "60", "exactly on the limit, which does not count", "恰在界限上，不算达到"),
    ],
)
def test_a_gap_is_told_as_what_it_is(about: Target, level: str, en: str, zh: str) -> None:
    reason = judged(about, {2025: level}, 2025).reason
    assert en in say(reason, "en")
    assert zh in say(reason, "zh")


def test_what_is_met_in_the_main_lies_within_its_tolerance() -> None:
    about = target("le", "20", "per_100k", better="lower", baseline="30", target_year=2020, baseline_year=2010)
    about = replace(about, first_year=2010)
    near = Settings(basic_tolerance=Fraction(1, 100))
    assert judged(about, {2015: "20.1"}, 2015, near).status == "basically_met"
    assert judged(about, {2015: "20.2"}, 2015, near).status == "basically_met"
    assert judged(about, {2015: "20.3"}, 2015, near).status != "basically_met"
    assert judged(about, {2015: "20.1"}, 2015).status == "on_track"
    assert judged(about, {2020: "20.1"}, 2020, near).met
    unchanged = target("increase", None, baseline="90")
    assert judged(unchanged, {2025: "90"}, 2025, near).status == "not_met"


def test_a_projection_stays_within_what_can_be() -> None:
    rise = judged(target("ge", "99", baseline="80"), {2021: "88", 2022: "96"}, 2022)
    assert (rise.linear.projected, rise.linear.bound, rise.status) == (100, "possible", "on_track")  # type: ignore[union-attr]
    gross = replace(target("ge", "120", baseline="80"), name=Text("Gross rate", "毛入学率"))
    assert judged(gross, {2021: "88", 2022: "96"}, 2022).linear.projected == 120  # type: ignore[union-attr]
    fall = judged(target("lt", "1", "per_mille", better="lower", baseline="9"), {2021: "6", 2022: "3"}, 2022)
    assert (fall.linear.projected, fall.linear.bound) == (0, "possible")  # type: ignore[union-attr]


def test_a_series_that_only_rose_is_not_projected_below_its_newest_value() -> None:
    leap = judged(target("ge", "90", baseline="50"), {2021: "50", 2022: "50", 2023: "50", 2024: "80"}, 2024)
    assert (leap.linear.projected, leap.linear.bound) == (80, "run")  # type: ignore[union-attr]
    swing = judged(target("ge", "90", baseline="50"), {2021: "50", 2022: "49", 2023: "50", 2024: "80"}, 2024)
    assert swing.linear.projected < 80  # type: ignore[union-attr,operator]


def test_a_trend_begins_in_the_base_year() -> None:
    about = target("ge", "20", "percent", "relative_decrease", "lower", reference_year=2022)
    found = judged(about, {2020: "1", 2021: "1", 2022: "10", 2023: "9"}, 2023)
    assert found.linear.observed == -1  # type: ignore[union-attr]


def test_a_printed_baseline_of_another_year_than_the_base_year_is_a_point_and_no_base() -> None:
    about = target("ge", "20", "percent", "relative_decrease", "lower", baseline="9", baseline_year=2021)
    assert judged(about, {2022: "8"}, 2022).reason.code == "no_baseline"
    assert judged(about, {2020: "10", 2022: "8.5"}, 2022).linear.observed == Fraction(-3, 4)  # type: ignore[union-attr]


REMARKED = [
    (target(baseline="50"), {2021: "54", 2022: "53.9"}, ["worsened"]),
    (target(baseline="50"), {2021: "54", 2022: "54"}, []),
    (target("le", "10", better="lower", baseline="20"), {2021: "15", 2022: "15.1"}, ["worsened"]),
    (target(better="none", baseline="50"), {2021: "54", 2022: "53"}, []),
    (target(baseline="61"), {2021: "62"}, ["weaker_than_baseline"]),
    (target(baseline="60"), {2021: "62"}, []),
    (target("ge", "40", better="none", ends=(Fraction(40), Fraction(60)), baseline="50"), {2021: "52"}, []),
    (target("approx", "60", baseline="58"), {2021: "59"}, []),
    (target("approx", "60", baseline="61"), {2021: "62"}, ["weaker_than_baseline"]),
    (target("increase", None, baseline="50"), {2021: "60", 2022: "52"}, ["worsened", "gain_nearly_lost"]),
    (target("increase", None, baseline="50"), {2021: "60", 2022: "52.1"}, ["worsened"]),
    (
        target("decrease", None, better="lower", baseline="50"),
        {2021: "40", 2022: "49"},
        ["worsened", "gain_nearly_lost"],
    ),
    (target(baseline="50"), {2020: "51", 2021: "55"}, ["baseline_differs"]),
    (target("le", "10", better="lower", baseline="10"), {2021: "9"}, []),
    (target("le", "60", ends=(Fraction(40), Fraction(60)), baseline="50"), {2021: "52"}, ["weaker_than_baseline"]),
    (target("le", "20", basis="relative_increase", better="lower"), {2020: "50", 2021: "55"}, ["worsened"]),
    (target("le", "100", "person_time", "cumulative", "lower"), {2021: "5"}, []),
    (target("ge", "51", baseline="51"), {2021: "60", 2022: "51.5"}, ["worsened"]),
    (target("increase", None, baseline="50"), {2020: "70", 2021: "52"}, ["worsened", "baseline_differs"]),
    (target("increase", None, baseline="100"), {2021: "100", 2022: "100"}, []),
]


@pytest.mark.parametrize(("about", "observed", "remarked"), REMARKED)
def test_what_stands_beside_a_status(about: Target, observed: dict[int, str], remarked: list[str]) -> None:
    found = judged(about, observed, max(observed))
    assert [code for code in codes(found.remarks) if code != "methods_disagree"] == remarked


def test_the_methods_disagree_only_about_what_is_not_met() -> None:
    about = target("le", "50", "per_mille", better="lower", baseline="100")
    open_yet, done = ({2021: "88.5"}, {2021: "40", 2022: "49"})
    assert "methods_disagree" in codes(judged(about, open_yet, 2021).remarks)
    assert judged(about, done, 2022).met
    assert "methods_disagree" not in codes(judged(about, done, 2022).remarks)


@pytest.mark.parametrize(("events", "told"), [(19, True), (20, False)])
def test_a_rate_on_few_events_may_move_by_chance(events: int, told: bool) -> None:
    counted = Reported(Fraction(events), Fraction(events), Fraction(100_000))
    about = target("le", "12", "per_100k", better="lower", baseline="20")
    years = (2021, 2022, 2023)
    found = judge(about, Seen({WHOLE: dict.fromkeys(years, counted)}, known=True), 2023, Settings())
    assert [code for code in codes(found.remarks) if code in ("by_chance", "pooled")] == ["by_chance", "pooled"] * told
    without = judge(about, seen(dict.fromkeys(years, str(events))), 2023, Settings())
    assert (found.status, found.reason) == (without.status, without.reason)
    bare = Reported(counted.value)
    short = judge(about, Seen({WHOLE: {2021: bare, 2022: bare, 2023: counted}}, known=True), 2023, Settings())
    assert ("by_chance" in codes(short.remarks), "pooled" in codes(short.remarks)) == (told, False)


@pytest.mark.parametrize(
    ("level", "band", "missing", "attained"),
    [
        ("94.7", Band(low=Fraction(95)), "0.3", Fraction(9470, 95)),
        ("96", Band(low=Fraction(95)), "0", Fraction(100)),
        ("16", Band(high=Fraction(12)), "4", Fraction(75)),
        ("12", Band(high=Fraction(12), high_open=True), "0", Fraction(100)),
        ("3", Band(high=Fraction(0)), "3", None),
        ("0", Band(high=Fraction(0)), "0", Fraction(100)),
        ("0", Band(low=Fraction(5)), "5", Fraction(0)),
        ("50", Band(Fraction(20), Fraction(40)), "10", Fraction(80)),
        ("-1", Band(low=Fraction(1)), "2", None),
    ],
)
def test_what_a_value_lacks_and_how_far_it_attains_the_target(
    level: str, band: Band, missing: str, attained: Fraction | None
) -> None:
    assert (gap(Fraction(level), band), attainment(Fraction(level), band)) == (Fraction(missing), attained)


def test_values_before_the_base_year_and_after_the_judged_one_change_nothing() -> None:
    about, few = target(baseline="50"), {2021: "51", 2022: "52"}
    with_others = judged(about, {2015: "0", 2019: "99", **few, 2023: "99", 2024: "0"}, 2022)
    assert replace(with_others, seen=Seen()) == replace(judged(about, few, 2022), seen=Seen())


def test_an_observation_that_differs_from_the_printed_baseline_is_kept_beside_it_and_told() -> None:
    found = judged(target(baseline="50"), {2020: "54", 2021: "55", 2022: "56"}, 2022)
    assert found.base == (2020, 50)
    assert found.answers[0].path == 54
    assert found.answers[0].observed == 1
    assert codes(found.warnings) == ["hardly_met"]
    assert codes(found.remarks) == ["baseline_differs"]


def test_the_thresholds_are_settings() -> None:
    behind = {2021: "51.9", 2022: "53.8", 2023: "55.9"}
    about = target(baseline="50")
    strict = Settings(path_tolerance=Fraction(0))
    assert (judged(about, behind, 2023).linear.up_to_path, judged(about, behind, 2023, strict).linear.up_to_path) == (  # type: ignore[union-attr]
        True,
        False,
    )
    assert judged(about, behind, 2023, Settings(min_points=5)).status == "cannot_be_judged"
    near = target("approx", "40")
    assert judged(near, {2025: "37"}, 2025).status == "not_met"
    assert judged(near, {2025: "37"}, 2025, Settings(approx_tolerance=Fraction(1, 10))).status == "met"
    swings = {2021: "10", 2022: "12", 2023: "10.5"}
    for changed in ({"volatile_share": Fraction(9, 10)}, {"volatile_range": Fraction(1, 2)}):
        codes_found = [w.code for w in judged(about, swings, 2023, Settings(**changed)).warnings]
        assert "volatile" not in codes_found
    assert "volatile" in [w.code for w in judged(about, swings, 2023).warnings]


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_points": 1},
        {"path_tolerance": Fraction(-1)},
        {"volatile_share": Fraction(2)},
        {"latest": -1},
        {"latest": 6},
        {"decimals": 3},
        {"decimals": 0},
        {"basic_tolerance": Fraction(2)},
    ],
)
def test_a_threshold_out_of_bounds_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Settings(**wrong)


levels = st.decimals(0, 1000, places=2).map(Fraction)
targets = st.builds(
    target,
    comparator=st.sampled_from(sorted(edition().codes["comparator"])),
    value=st.decimals(0, 1000, places=1).map(str),
    unit=st.sampled_from(["percent", "per_100k", "count"]),
    basis=st.sampled_from(sorted(edition().codes["basis"])),
    better=st.sampled_from(["higher", "lower", "none"]),
    baseline=st.none() | st.decimals(0, 1000, places=1).map(str),
)


@settings(max_examples=300, deadline=None)
@given(targets, st.dictionaries(st.integers(2015, 2030), levels), st.integers(2018, 2030), st.integers(0, 2))
def test_any_values_get_one_status_with_a_reason_in_both_languages(
    about: Target, series: dict[int, Fraction], as_of: int, latest: int
) -> None:
    found = judge(about, replace(seen(series), known=bool(series)), as_of, Settings(latest=latest))
    assert found.status in edition().assessment["status"]
    assert found.measurable or not found.met
    unknown = ("no_data", "not_reported", "cannot_be_judged")
    assert found.measurable == (found.status not in unknown) or found.reason.code == "few_points"
    assert (found.value is None) == (found.status in ("not_reported", "no_data"))
    if found.band is not None and found.value is not None:
        if found.target.timing == "end":
            assert found.met == found.band.contains(found.value)
        assert found.gap is not None
        assert not found.band.contains(found.value) or found.gap == 0
    for reason in (found.reason, *(warned.reason for warned in (*found.warnings, *found.remarks))):
        assert all(say(reason, lang) for lang in ("en", "zh"))
    assert "{" not in say(found.reason, "en") + say(found.reason, "zh")


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(2021, 2024), levels, min_size=2), levels, levels)
def test_mirrored_levels_get_mirrored_verdicts(series: dict[int, Fraction], base: Fraction, goal: Fraction) -> None:
    """A level that is better higher, and its mirror image that is better lower, are judged alike by the line."""
    year = max(series)
    up = judge(target("ge", str(goal), "percentage_point", baseline=str(base)), seen(series), year, Settings())
    mirrored = {y: 2000 - value for y, value in series.items()}
    about = target("le", str(2000 - goal), "percentage_point", better="lower", baseline=str(2000 - base))
    down = judge(about, seen(mirrored), year, Settings())
    assert up.status == down.status
    assert up.answers[0].verdict == down.answers[0].verdict


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_python_of_the_page_runs(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (DOCS / f"method-assessment.{lang}.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, {})
    assert capsys.readouterr().out == "True\n"


def test_the_page_tells_every_setting_with_its_default() -> None:
    usual = Settings()
    for lang in ("en", "zh"):
        text = (DOCS / f"method-assessment.{lang}.md").read_text(encoding="utf-8")
        for name in vars(usual):
            row = next(line for line in text.splitlines() if line.startswith(f"| `--{name.replace('_', '-')}`"))
            assert row.endswith(f"| {float(getattr(usual, name)):g} |")


def test_a_printed_baseline_of_a_later_year_draws_no_line_back() -> None:
    later = target(baseline="50", baseline_year=2023)
    found = judged(later, {2021: "51", 2022: "52"}, 2022)
    assert (found.status, found.base, found.reason.code) == ("cannot_be_judged", (2023, 50), "few_points")


def test_every_reason_has_both_languages_with_the_same_values() -> None:
    for code, texts in edition().reasons.items():
        english, chinese = (set(re.findall(r"{(\w+)}", texts[lang])) for lang in ("en", "zh"))
        assert english == chinese, code


@pytest.mark.parametrize(
    ("better", "level", "met"),
    [
        ("higher", "0.9", False),
        ("higher", "3", True),
        ("lower", "0", True),
        ("lower", "2.1", False),
        ("none", "2", True),
    ],
)
def test_a_printed_range_is_one_band_for_both_of_its_ends(better: str, level: str, met: bool) -> None:
    """1-2 skills: where more is better, three fail nobody, at either end."""
    ends = (Fraction(1), Fraction(2))
    for comparator, value in (("ge", "1"), ("le", "2")):
        about = target(comparator, value, "count", better=better, ends=ends)
        assert judged(about, {2025: level}, 2025).status == ("met" if met else "not_met")


def test_a_range_of_a_change_is_one_band_too() -> None:
    ends = (Fraction(10), Fraction(20))
    for comparator, value in (("ge", "10"), ("le", "20")):
        about = target(comparator, value, "percent", "relative_decrease", "lower", baseline="50", ends=ends)
        assert judged(about, {2025: "30"}, 2025).status == "met"
        assert judged(about, {2025: "46"}, 2025).status == "not_met"


def benchmarked(
    comparator: str, observed: dict[int, str], average: dict[int, str], as_of: int, **cells: object
) -> Judgement:
    about = target(comparator, None, benchmark=Text("the provincial average", "全省平均水平"), **cells)  # type: ignore[arg-type]
    return judge(about, seen(observed, average), as_of, Settings())


@pytest.mark.parametrize(
    ("comparator", "level", "status"),
    [
        ("ge", "50", "met"), ("ge", "49.9", "not_met"), ("gt", "50", "not_met"), ("eq", "50", "met"),
        ("eq", "51", "met"), ("eq", "49", "not_met"), ("approx", "47.5", "met"), ("approx", "47.4", "not_met"),
    ],
)  # fmt: skip
def test_a_benchmark_is_judged_by_its_value_of_the_year(comparator: str, level: str, status: str) -> None:
    assert benchmarked(comparator, {2025: level}, {2024: "90", 2025: "50"}, 2025).status == status


def test_a_benchmark_without_a_value_of_the_year_cannot_be_judged() -> None:
    found = benchmarked("ge", {2025: "99"}, {2024: "50"}, 2025)
    assert (found.status, found.reason.code, found.measurable) == ("cannot_be_judged", "no_benchmark", False)
    assert found.reason.values["year"] == 2025


@pytest.mark.parametrize(
    ("level", "commitment", "standard", "status", "code"),
    [
        ("0", "firm", None, "met", "met"),
        ("0.1", "firm", None, "not_met", "not_met"),
        ("0.1", "general", None, "cannot_be_judged", "no_standard"),
        ("2", "firm", "2", "met", "met"),
        ("2.1", "general", "2", "not_met", "not_met"),
    ],
)
def test_elimination_is_none_left_or_a_standard_met(
    level: str, commitment: str, standard: str | None, status: str, code: str
) -> None:
    named = Text("the elimination standard", "消除标准") if standard else Text("", "")
    about = target("eliminate", None, better="lower", baseline="5", commitment=commitment, benchmark=named)
    found = judge(about, seen({2025: level}, {2025: standard} if standard else {}), 2025, Settings())
    assert (found.status, found.reason.code) == (status, code)


def test_a_mere_fall_eliminates_nothing() -> None:
    about = target("eliminate", None, better="lower", baseline="5")
    assert judged(about, {2024: "4", 2025: "3"}, 2025).status == "not_met"


@pytest.mark.parametrize(
    ("observed", "as_of", "status", "code"),
    [
        ({2021: "61", 2022: "60", 2023: "62"}, 2023, "met", "each_year_held"),
        ({2021: "61", 2022: "59", 2023: "62"}, 2023, "not_met", "each_year_failed"),
        ({2021: "61", 2023: "62"}, 2023, "cannot_be_judged", "each_year_missing"),
        ({2022: "59", 2023: "62"}, 2023, "not_met", "each_year_failed"),
        (dict.fromkeys(range(2021, 2026), "60"), 2027, "met", "each_year_held"),
        ({2021: "61", 2022: "59", 2023: "62", 2024: "62", 2025: "62"}, 2025, "not_met", "each_year_failed"),
    ],
)
@pytest.mark.parametrize("timing", ["yearly", "throughout"])
def test_what_must_hold_in_every_year_is_judged_in_every_year(
    timing: str, observed: dict[int, str], as_of: int, status: str, code: str
) -> None:
    found = judged(target("ge", "60", timing=timing), observed, as_of)
    assert (found.status, found.reason.code) == (status, code)
    assert found.measurable == (status != "cannot_be_judged")
    assert codes(found.warnings) == (["hardly_met"] if status == "not_met" and as_of < 2025 else [])


def test_the_year_before_the_plan_need_not_hold_and_its_benchmark_is_that_of_each_year() -> None:
    found = benchmarked("ge", {2020: "1", 2021: "50", 2022: "60"}, {2021: "50", 2022: "61"}, 2022, timing="throughout")
    assert found.reason.values["years"] == (2022,)
    assert (
        benchmarked("ge", {2021: "50", 2022: "60"}, {2022: "60"}, 2022, timing="throughout").status
        == "cannot_be_judged"
    )


def test_a_direction_in_every_year_asks_for_some_change_in_each() -> None:
    about = target("decrease", None, "percentage_point", "annual_decrease", "lower", baseline="10")
    assert judged(about, {2020: "10", 2021: "9.9", 2022: "9.8"}, 2022).status == "met"
    assert judged(about, {2020: "10", 2021: "9.9", 2022: "9.9"}, 2022).status == "not_met"


def test_a_yearly_change_on_average_is_spread_over_the_years() -> None:
    about = target("ge", "1", "percentage_point", "annual_decrease", "lower", baseline="58", timing="end")
    assert judged(about, {2021: "57.5", 2022: "56"}, 2022).status == "met_early"
    assert judged(about, {2021: "56", 2022: "56.1"}, 2022).status == "off_track"
    assert judged(about, {2021: "60", 2022: "58", 2023: "55.2"}, 2023).status == "behind"
    assert judged(about, {2021: "58.5"}, 2021).status == "regressed"
    assert judged(about, {2021: "58"}, 2021).status == "off_track"
    assert judged(about, {2025: "53"}, 2025).status == "met"
    assert judged(about, {2025: "53.1"}, 2025).status == "not_met"
    percent = target("ge", "10", "percent", "annual_decrease", "lower", baseline="50", timing="end")
    assert judged(percent, {2022: "40.5"}, 2022).status == "met_early"
    assert judged(percent, {2022: "40.6"}, 2022).status == "behind"
    unknown = target("ge", "1", "percentage_point", "annual_decrease", "lower", timing="end")
    assert judged(unknown, {2022: "50"}, 2022).status == "cannot_be_judged"


def asked(points: dict[int, str], year: int, band: Band, base: tuple[int, Fraction] | None = None) -> Question:
    return Question({year: Fraction(value) for year, value in points.items()}, base, band, year, 2025)


@pytest.mark.parametrize(
    ("value", "year", "needed"), [("4", 2023, "3"), ("10", 2023, "0"), ("12", 2023, "0"), ("4", 2025, None)]
)
def test_what_is_needed_a_year_is_nothing_once_the_target_is_met(value: str, year: int, needed: str | None) -> None:
    question = asked({year: value}, year, Band(low=Fraction(10)))
    assert linear_needed(question) == (None if needed is None else Fraction(needed))


@pytest.mark.parametrize(("lowest", "applies"), [("0", False), ("0.001", True), ("1", True)])
def test_a_rate_needs_levels_above_zero(lowest: str, applies: bool) -> None:
    for question in (
        asked({2021: "2", 2022: lowest}, 2022, Band(high=Fraction(1, 2))),
        asked({2021: "2", 2022: "3"}, 2022, Band(high=Fraction(lowest))),
        asked({2021: "2", 2022: "3"}, 2022, Band(high=Fraction(2)), (2020, Fraction(lowest))),
    ):
        assert compound(question, Settings()).applies is applies


def test_in_the_target_year_no_path_and_no_need_is_left_but_the_trend() -> None:
    base, band = (2020, Fraction(100)), Band(high=Fraction(50))
    answer = compound(asked({2024: "80", 2025: "40"}, 2025, band, base), Settings())
    assert (answer.path, answer.required, answer.needed, answer.up_to_path) == (None, None, None, None)
    assert answer.projected == pytest.approx(40)
    assert answer.observed == pytest.approx(-0.5)


def test_a_trend_needs_as_many_points_as_are_asked_for() -> None:
    question = asked({2021: "90", 2022: "80", 2023: "70"}, 2023, Band(high=Fraction(50)))
    for method in (linear, compound):
        assert method(question, Settings(min_points=3)).observed is not None
        assert method(question, Settings(min_points=4)).observed is None


@pytest.mark.parametrize(
    ("values", "cancelled", "spread"),
    [
        ([10, 12, 15], 0, Fraction(5, 12)),
        ([15, 12, 10], 0, Fraction(5, 12)),
        ([10, 12, 10], 1, Fraction(1, 5)),
        ([10, 10], 0, 0),
        ([0, 0, 1], 0, None),
    ],
)
def test_movement_that_cancels_out_and_the_range_of_a_series(
    values: list[int], cancelled: int, spread: Fraction | None
) -> None:
    series = [Fraction(value) for value in values]
    assert (cancelled_share(series), relative_range(series)) == (cancelled, spread)


def numbers(*ends: str | None) -> list[Fraction | None]:
    return [None if end is None else Fraction(end) for end in ends]


@pytest.mark.parametrize(
    ("comparator", "value", "better", "band"),
    [
        ("ge", "95", "higher", ("95", None, False, False)),
        ("gt", "95", "higher", ("95", None, True, False)),
        ("le", "12", "lower", (None, "12", False, False)),
        ("lt", "12", "lower", (None, "12", False, True)),
        ("eq", "50", "higher", ("50", None, False, False)),
        ("eq", "50", "lower", (None, "50", False, False)),
        ("eq", "50", "none", ("50", "50", False, False)),
        ("approx", "50", "higher", ("45", None, False, False)),
        ("approx", "50", "lower", (None, "55", False, False)),
        ("approx", "50", "none", ("45", "55", False, False)),
        ("approx", "-50", "none", ("-55", "-45", False, False)),
    ],
)
def test_a_comparator_with_a_number_is_a_band(
    comparator: str, value: str, better: str, band: tuple[str | None, str | None, bool, bool]
) -> None:
    found = size_band(comparator, Fraction(value), better, Fraction(1, 10))
    assert found == Band(*numbers(*band[:2]), *band[2:])
    assert size_band("universal", Fraction(value), better, Fraction(0)) is None


@pytest.mark.parametrize(("better", "ends"), [("higher", ("1", None)), ("lower", (None, "2")), ("none", ("1", "2"))])
def test_the_better_end_of_a_printed_range_is_open(better: str, ends: tuple[str | None, str | None]) -> None:
    assert range_band((Fraction(1), Fraction(2)), better) == Band(*numbers(*ends))


@pytest.mark.parametrize(
    ("unit", "name", "ends"),
    [
        ("percent", "筛查率", ("0", "100")),
        ("percent", "毛入园率", ("0", None)),
        ("percentage_point", "差距", (None, None)),
        ("hour_per_day", "时间", ("0", "24")),
        ("per_mille", "死亡率", ("0", "1000")),
        ("count", "数量", ("0", None)),
    ],
)
def test_what_can_be_has_an_end_in_most_units(unit: str, name: str, ends: tuple[str | None, str | None]) -> None:
    assert possible(target(unit=unit, name=Text("", name))) == Band(*numbers(*ends))


@pytest.mark.parametrize(
    ("about", "base", "band"),
    [
        (target("increase", None), "60", Band(low=Fraction(60), low_open=True)),
        (target("increase", None), "100", Band(low=Fraction(100))),
        (target("increase", None, "count"), "100", Band(low=Fraction(100), low_open=True)),
        (target("decrease", None, better="lower"), "60", Band(high=Fraction(60), high_open=True)),
        (target("decrease", None, better="lower"), "0", Band(high=Fraction(0))),
        (target("maintain", None), "60", Band(low=Fraction(60))),
        (target("maintain", None, better="lower"), "60", Band(high=Fraction(60))),
        (target("ge", "20", basis="relative_increase"), "50", Band(low=Fraction(60))),
        (target("gt", "20", basis="relative_increase"), "50", Band(low=Fraction(60), low_open=True)),
        (target("le", "20", basis="relative_increase", better="lower"), "50", Band(high=Fraction(60))),
        (target("ge", "20", basis="relative_decrease", better="lower"), "50", Band(high=Fraction(40))),
        (target("gt", "20", basis="relative_decrease", better="lower"), "50", Band(high=Fraction(40), high_open=True)),
        (target("eq", "20", basis="relative_decrease", better="lower"), "50", Band(high=Fraction(40))),
        (target("eq", "20", basis="relative_decrease", better="none"), "50", Band(Fraction(40), Fraction(40))),
        (target("eq", "20", basis="relative_decrease", better="higher"), "50", Band(low=Fraction(40))),
        (target("eq", "20", basis="relative_increase"), "50", Band(low=Fraction(60))),
        (target("increase", None, basis="relative_increase"), "50", Band(low=Fraction(50), low_open=True)),
        (
            target("decrease", None, basis="relative_decrease", better="lower"),
            "50",
            Band(None, Fraction(50), False, True),
        ),
        (target("eliminate", None, "count", better="lower"), None, Band(high=Fraction(0))),
        (target("universal", None), None, Band(low=Fraction(100))),
    ],
)
def test_what_a_target_asks_for_is_a_band_of_levels(about: Target, base: str | None, band: Band) -> None:
    assert band_of(about, None if base is None else Fraction(base), Settings(), 2023) == band


def test_a_target_whose_words_give_no_level_has_a_reason() -> None:
    for about, base, code in (
        (target("increase", None), None, "no_baseline"),
        (target("maintain", None, better="none"), Fraction(60), "no_rule"),
        (target("ge", "20", basis="relative_increase"), Fraction(0), "zero_base"),
        (target("universal", None, "count"), None, "no_rule"),
        (target("eliminate", None, "count", commitment="general"), None, "no_standard"),
        (target("ge", None, benchmark=Text("average", "平均")), None, "no_benchmark"),
    ):
        found = band_of(about, base, Settings(), 2023)
        assert isinstance(found, Reason)
        assert found.code == code


def test_the_events_of_some_years_are_pooled_where_each_has_its_counts() -> None:
    counts = {year: (Fraction(events), Fraction(50_000)) for year, events in {2021: 3, 2022: 4, 2023: 5}.items()}
    one, three = chance(counts, 2023, "per_100k"), chance(counts, 2023, "per_100k", 3)
    assert one is not None
    assert three is not None
    assert (one.years, one.events, one.rate) == (1, 5, 10)
    assert (three.years, three.events, three.rate) == (3, 12, 8)
    assert (one.low, one.high) == tuple(end * 2 for end in poisson_interval(5))
    assert (three.high - three.low) < (one.high - one.low)
    assert chance(counts, 2023, "per_100k", 4) is None
    assert chance(counts, 2024, "per_100k") is None
    assert chance(counts, 2023, "percent") is None
    assert chance(counts, 2022, "per_100k") == chance({2022: counts[2022]}, 2022, "per_100k")
    assert chance({2023: (Fraction(3), Fraction(1, 2))}, 2023, "per_mille") is not None
    assert chance({2023: (Fraction(3), Fraction(0))}, 2023, "per_100k") is None
    assert chance({2023: (Fraction(1, 2), Fraction(9))}, 2023, "per_100k") is None


def test_an_interval_holds_an_end_that_lies_in_it_or_on_its_own() -> None:
    found = Chance(1, Fraction(3), Fraction(5), 2.0, 9.0)
    for end, held in (("1.9", False), ("2", True), ("5", True), ("9", True), ("9.1", False)):
        assert found.holds(Band(low=Fraction(end))) is held
    assert not found.holds(Band())
    assert found.holds(Band(Fraction(1), Fraction(3)))


def test_the_interval_of_a_count_leaves_as_much_on_either_side() -> None:
    for events in (1, 3, 20):
        low, high = poisson_interval(events)
        assert at_most(events, high) == pytest.approx(0.025, abs=1e-9)
        assert 1 - at_most(events - 1, low) == pytest.approx(0.025, abs=1e-9)
    assert poisson_interval(0)[0] == 0
    assert poisson_interval(10, 0.9)[0] > poisson_interval(10)[0]
    assert (at_most(0, 0), at_most(3, 0)) == (1, 1)


def test_a_target_is_read_from_its_row_its_plan_and_its_indicator(bench: Bench) -> None:
    bench.patch("targets", bench.find("targets", target_id=f"{HEALTH}.g01.t1"), target_year="")
    read = {about.target_id: about for about in load_targets(Tables.of(Folder(bench.root)))}
    level, fall, total = (read[f"{item}.t1"] for item in (f"{HEALTH}.g01", f"{LAW}.g01", f"{HEALTH}.m01"))
    assert (level.unit, level.change_unit, level.item_table, level.leads) == (
        "per_100k", None, "goals", ("weining.health-bureau",),
    )  # fmt: skip
    assert (level.first_year, level.target_year, level.base_year) == (2020, 2025, 2020)
    assert (fall.unit, fall.change_unit, fall.reference_year, fall.item_table) == ("count", "percent", 2020, "goals")
    assert (total.unit, total.item_table, total.counts_from) == ("person_time", "measures", 2021)
    ends = {target_id for target_id, about in read.items() if about.ends is not None}
    assert ends == {f"{BOTH}.women-health.m01.t1", f"{BOTH}.women-health.m01.t2"}
    assert {read[end].ends for end in ends} == {(Fraction(1), Fraction(2))}


def test_a_printed_range_needs_the_values_of_both_of_its_ends(bench: Bench) -> None:
    for number_of, value in ((1, "1"), (2, "2")):
        end = bench.find("targets", target_id=f"{BOTH}.women-health.m01.t{number_of}")
        bench.patch("targets", end, value="")
        assert {about.ends for about in load_targets(Tables.of(Folder(bench.root)))} == {None}
        bench.patch("targets", end, value=value)


@pytest.mark.parametrize(
    "bounds",
    [
        {"latest": 0, "decimals": 2, "min_points": 2, "basic_tolerance": Fraction(0)},
        {"latest": 5, "path_tolerance": Fraction(1), "volatile_share": Fraction(1), "volatile_range": Fraction(1)},
    ],
)
def test_a_threshold_on_its_bound_is_taken(bounds: dict[str, int]) -> None:
    assert {name: getattr(Settings(**bounds), name) for name in bounds} == bounds


def test_counts_are_those_that_have_both_and_parts_lie_apart_from_parts_of_their_kind() -> None:
    one = Reported(Fraction(1), Fraction(1))
    both = Reported(Fraction(1), Fraction(1), Fraction(9))
    assert Seen({WHOLE: {2022: one, 2023: both, 2024: Reported(Fraction(1), None, Fraction(9))}}).counts == {
        2023: (Fraction(1), Fraction(9))
    }
    values = {
        WHOLE: 50, ("female", "", ""): 40, ("male", "", ""): 43, ("", "0-2", ""): 10, ("", "3-5", ""): 17,
        ("", "", "rural"): 5, ("female", "", "rural"): 1, ("female", "", "urban"): 2,
    }  # fmt: skip
    parts = {part: {2023: Reported(Fraction(value))} for part, value in values.items()}
    assert Seen(parts).apart(2023) == {(True, False, False): 3, (False, True, False): 7, (True, False, True): 1}
    assert Seen(parts).apart(2022) == {}


LATER = {"reference_year": 2022}


@pytest.mark.parametrize(
    ("about", "year", "latest", "allowed"),
    [
        (target(), 2020, 1, range(2020, 2021)),
        (target(), 2021, 5, range(2021, 2022)),
        (target(), 2022, 5, range(2021, 2023)),
        (target(), 2024, 0, range(2024, 2025)),
        (target(), 2024, 2, range(2022, 2025)),
        (target(**LATER), 2024, 5, range(2023, 2025)),
        (target(baseline="50", baseline_year=2018), 2022, 5, range(2021, 2023)),
        (target(), 2027, 1, range(2025, 2026)),
        (target(), 2027, 3, range(2024, 2026)),
    ],
)
def test_a_value_that_stands_in_is_of_the_plan_and_of_a_year_after_the_base_year(
    about: Target, year: int, latest: int, allowed: range
) -> None:
    assert standing_in(about, year, Settings(latest=latest)) == allowed


def test_a_printed_baseline_is_a_point_of_the_trend_in_its_own_year_but_not_of_a_running_total() -> None:
    three = Settings(min_points=3)
    about = target("ge", "20", "percent", "relative_decrease", "lower", baseline="9", baseline_year=2021)
    assert judged(about, {2020: "10", 2022: "8.5"}, 2022, three).linear.observed is not None  # type: ignore[union-attr]
    total = target("ge", "100", "person_time", "cumulative", baseline="40", baseline_year=2021)
    assert judged(total, {2022: "40", 2023: "50"}, 2023, Settings(min_points=4)).linear.observed is None  # type: ignore[union-attr]


def test_only_a_level_has_an_attainment_and_both_can_be_measured() -> None:
    level, rise = target(), target("increase", None, baseline="50")
    found = [judged(about, {2025: "54"}, 2025) for about in (level, rise)]
    assert [(one.attainment, one.measurable) for one in found] == [(90, True), (None, True)]


def test_in_the_target_year_a_demand_on_every_year_has_no_trend() -> None:
    falling = {2021: "90", 2022: "80", 2023: "70", 2024: "62", 2025: "60"}
    found = judged(target(timing="throughout"), falling, 2025)
    assert (found.status, found.answers, found.warnings) == ("met", (), ())
    assert judged(target(timing="throughout"), dict(list(falling.items())[:4]), 2024).answers


def test_a_value_is_further_off_than_that_of_an_earlier_base_year_and_what_was_asked_then() -> None:
    moved = benchmarked("ge", {2020: "70", 2022: "75"}, {2020: "80", 2022: "90"}, 2022)
    assert (moved.status, moved.reason.values["base_year"]) == ("regressed", 2020)
    assert judged(target(baseline="50", baseline_year=2021), {2021: "40"}, 2021).status == "cannot_be_judged"


TOLD = {"value", "year", "target_year", "band", "gap"}


@pytest.mark.parametrize(
    ("observed", "year", "code", "beside"),
    [
        ({2021: "59", 2022: "59.5"}, 2022, "basically_met", {"tolerance": Amount(1, "percent")}),
        ({2021: "61", 2022: "55"}, 2022, "fell_back", {"met_year": 2021}),
        ({2021: "51", 2022: "49"}, 2022, "regressed", {"base_year": 2020}),
        ({2021: "51", 2022: "52"}, 2022, "off_track", {}),
        ({2021: "55", 2022: "61"}, 2022, "met_early", {}),
        ({2025: "55"}, 2025, "not_met", {}),
    ],
)
def test_a_reason_tells_what_its_status_rests_on(
    observed: dict[int, str], year: int, code: str, beside: dict[str, object]
) -> None:
    found = judged(target(baseline="50"), observed, year, Settings(basic_tolerance=Fraction(1, 100)))
    told = dict(found.reason.values)
    projected = {"projected"} if year < 2025 else set()
    assert found.reason.code == code
    assert told.keys() == TOLD | projected | beside.keys()
    assert told.items() >= beside.items()
    assert (told["value"], told["band"]) == (
        Amount(found.value, "percent"),
        Required(Band(low=Fraction(60)), "percent"),
    )
    assert told["gap"] == Gap(found.gap or Fraction(0), "percentage_point")


def test_what_is_asked_for_is_told_with_the_word_for_a_change() -> None:
    fall = target("ge", "20", "percent", "relative_decrease", "lower")
    rise = target("increase", None, baseline="50")
    kept = target(timing="throughout")
    for about, observed, asks in (
        (fall, {2020: "50", 2025: "45"}, Required(Band(high=Fraction(40)), "percent", Coded("basis", fall.basis))),
        (
            rise,
            {2025: "45"},
            Required(Band(low=Fraction(50), low_open=True), "percent", Coded("comparator", "increase")),
        ),
        (kept, dict.fromkeys(range(2021, 2026), "61"), Required(Band(low=Fraction(60)), "percent")),
        (kept, {2025: "61"}, Required(Band(low=Fraction(60)), "percent")),
    ):
        assert judged(about, observed, 2025).reason.values["band"] == replace(asks, unit=about.unit)
    unknown = benchmarked("ge", {2021: "50", 2022: "55"}, {2021: "60"}, 2022, timing="throughout")
    assert "the provincial average" in say(unknown.reason, "en")


RISE = target("ge", "2.8", "percentage_point", "annual_increase", timing="end")
FALL = target("ge", "2.8", "percentage_point", "annual_decrease", "lower", timing="end")


@pytest.mark.parametrize(
    ("about", "observed", "status", "warned"),
    [
        (RISE, {2020: "80", 2021: "80", 2022: "84", 2023: "88"}, "behind", False),
        (RISE, {2020: "90", 2021: "90", 2022: "94", 2023: "98"}, "off_track", True),
        (FALL, {2020: "20", 2021: "20", 2022: "16", 2023: "12"}, "behind", False),
        (FALL, {2020: "10", 2021: "10", 2022: "6", 2023: "2"}, "off_track", True),
        (replace(RISE, unit="count"), {2020: "90", 2021: "90", 2022: "94", 2023: "98"}, "behind", False),
        (replace(RISE, unit="percentage_point"), {2020: "90", 2021: "90", 2022: "94", 2023: "98"}, "behind", False),
        (RISE, {2020: "80", 2024: "91.2"}, "met_early", False),
        (RISE, {2020: "80", 2024: "91.1"}, "off_track", True),
        (RISE, {2020: "80", 2025: "94"}, "met", False),
        (RISE, {2020: "80", 2025: "93.9"}, "not_met", False),
    ],
)
def test_an_average_that_falls_short_can_be_made_good_as_far_as_levels_can_go(
    about: Target, observed: dict[int, str], status: str, warned: bool
) -> None:
    found = judged(about, observed, max(observed))
    assert (found.status, "hardly_met" in codes(found.warnings), found.measurable) == (status, warned, True)


def test_an_average_of_a_trend_that_cannot_be_drawn_is_not_judged() -> None:
    found = judged(RISE, {2020: "80", 2022: "84"}, 2022, Settings(min_points=3))
    assert (found.status, codes(found.warnings)) == ("cannot_be_judged", [])


def test_a_share_of_a_small_level_is_a_change_too() -> None:
    small = target("ge", "10", "percent", "annual_increase")
    assert judged(small, {2020: "0.8", 2021: "0.9"}, 2021).status == "met"


@pytest.mark.parametrize(
    ("basis", "unit", "required"),
    [
        ("annual_increase", "percentage_point", 3),
        ("annual_decrease", "percentage_point", -3),
        ("annual_increase", "percent", None),
    ],
)
def test_the_change_that_is_required_a_year_has_the_sign_of_its_way(
    basis: str, unit: str, required: int | None
) -> None:
    found = judged(target("ge", "3", unit, basis), {2020: "50", 2021: "54"}, 2021)
    assert [(answer.required, answer.observed) for answer in found.answers] == [(required, 4)]


@pytest.mark.parametrize(
    ("level", "told"), [("1/3", "1/3"), ("-1/3", "-1/3"), ("4/3", "1.33"), ("-4/3", "-1.33"), ("200/3", "66.67")]
)
def test_a_projection_is_told_with_two_decimals_from_one_on(level: str, told: str) -> None:
    assert projection(Answer("linear", projected=Fraction(level)), "percent") == Amount(Fraction(told), "percent")


@pytest.mark.parametrize(
    ("values", "thresholds", "told"),
    [
        (["10", "13", "12"], {}, ("volatile", {"share": 50, "range": 25})),
        (["10", "13.1", "12.1"], {}, None),
        (["10", "9.5", "10.5"], {}, ("volatile", {"share": Fraction(200, 3), "range": 10})),
        (["10", "9.5", "10.49"], {}, None),
        (["0", "1", "0"], {}, ("volatile_about_none", {"share": 100})),
        (["10", "12", "14"], {"volatile_share": Fraction(0)}, None),
        (["10", "12"], {"volatile_share": Fraction(0)}, None),
    ],
)
def test_a_series_that_swings_as_far_as_its_thresholds_is_volatile(
    values: list[str], thresholds: dict[str, Fraction], told: tuple[str, dict[str, int]] | None
) -> None:
    found = judged(target(), dict(enumerate(values, 2021)), 2020 + len(values), Settings(**thresholds))  # type: ignore[arg-type]
    reasons = [(w.reason.code, dict(w.reason.values)) for w in found.warnings if w.code == "volatile"]
    amounts = [] if told is None else [(told[0], {name: Amount(n, "percent") for name, n in told[1].items()})]
    assert reasons == amounts


def points(amount: str) -> Amount:
    return Amount(Fraction(amount), "percentage_point")


@pytest.mark.parametrize(
    ("about", "observed", "code", "values"),
    [
        (
            target(baseline="61"), {2021: "62"}, "weaker_than_baseline",
            {"base_year": 2020, "base": Amount(61, "percent"), "band": Required(Band(low=Fraction(60)), "percent")},
        ),
        (
            target("increase", None, baseline="50"), {2021: "60", 2022: "52"}, "gain_nearly_lost",
            {"left": points("2"), "best": points("10"), "best_year": 2021},
        ),
        (
            target("decrease", None, better="lower", baseline="50"), {2021: "40", 2022: "49"}, "gain_nearly_lost",
            {"left": points("1"), "best": points("10"), "best_year": 2021},
        ),
        (
            target(baseline="50"), {2020: "51", 2021: "55"}, "baseline_differs",
            {"year": 2020, "printed": Amount(50, "percent"), "observed": Amount(51, "percent")},
        ),
        (
            target("le", "50", "per_mille", better="lower", baseline="100"), {2021: "88.5"}, "methods_disagree",
            {"linear": Coded("status", "on_track"), "compound": Coded("status", "off_track")},
        ),
    ],
)  # fmt: skip
def test_a_remark_tells_what_it_rests_on(
    about: Target, observed: dict[int, str], code: str, values: dict[str, object]
) -> None:
    remarks = judged(about, observed, max(observed)).remarks
    assert [dict(remark.reason.values) for remark in remarks if remark.code == code] == [values]


def test_three_years_are_pooled_up_to_that_of_the_value() -> None:
    counted = {
        year: Reported(Fraction(year - 2020), Fraction(year - 2020), Fraction(100_000)) for year in range(2021, 2025)
    }
    about = target("le", "12", "per_100k", better="lower", baseline="20")
    told = {
        one.code: one.reason.values
        for one in judge(about, Seen({WHOLE: counted}, known=True), 2024, Settings()).remarks
    }
    assert [told["by_chance"][name] for name in ("year", "events")] == [2024, 4]
    assert [told["pooled"][name] for name in ("first_year", "year", "events")] == [2022, 2024, 9]
    assert told["pooled"]["rate"] == Amount(3, "per_100k")


def test_the_answer_of_the_straight_line_for_each_way_that_a_value_can_stand() -> None:
    base, band = (2021, Fraction(10)), Band(low=Fraction(50))
    for observed, year, rest in (
        ({2021: "10", 2023: "30"}, 2023, (30, 10, 10, 10, 50, True, True, None)),
        ({2021: "10", 2024: "40"}, 2024, (40, 10, 10, 10, 50, True, True, None)),
        ({2021: "10", 2023: "60"}, 2023, (30, 10, 25, 0, 110, True, True, None)),
        (
            {2021: "10", 2022: "10", 2023: "10", 2024: "30"},
            2024,
            (40, 10, Fraction(10, 3), 20, 30, False, False, "run"),
        ),
    ):
        assert linear(asked(observed, year, band, base), Settings()) == Answer("linear", True, *rest)
    for late in ((2024, Fraction(10)), (2025, Fraction(10))):
        found = linear(asked({2021: "10", 2023: "30"}, 2023, band, late), Settings())
        assert (found.path, found.required, found.up_to_path, found.observed) == (None, None, None, 10)
    exact, fall = Settings(path_tolerance=Fraction(0)), Band(high=Fraction(10))
    for level, up in (("30", True), ("31", False)):
        assert linear(asked({2021: "50", 2023: level}, 2023, fall, (2021, Fraction(50))), exact).up_to_path is up
    assert linear(asked({2025: "30"}, 2025, band, (2025, Fraction(10))), Settings()).path is None
    assert linear(asked({2023: "12"}, 2023, band, (2023, Fraction(10))), Settings()).path == 10


ROOT, OPEN, ALL = 2**0.5 - 1, Band(high=Fraction(1), high_open=True), Band(low=Fraction(100))


@pytest.mark.parametrize(
    ("observed", "base", "band", "answer"),
    [
        ({2021: "16", 2023: "4"}, 16, Band(high=Fraction(1)), (4, -0.5, -0.5, -0.5, 1, True, True, None)),
        ({2021: "16", 2024: "2"}, 16, Band(high=Fraction(1)), (2, -0.5, -0.5, -0.5, 1, True, True, None)),
        ({2021: "16", 2023: "1"}, 16, Band(high=Fraction(1)), (4, -0.5, -0.75, 0, 1 / 16, True, True, None)),
        ({2021: "16", 2023: "4"}, 16, OPEN, (4, -0.5, -0.5, -0.5, 1, True, False, None)),
        ({2021: "1", 2023: "4"}, 1, Band(low=Fraction(16)), (4, 1, 1, 1, 16, True, True, None)),
        ({2021: "1", 2023: "4"}, 1, Band(low=Fraction(16), low_open=True), (4, 1, 1, 1, 16, True, False, None)),
        (
            {2021: "1", 2022: "1", 2023: "1", 2024: "8"}, 1, Band(low=Fraction(16)),
            (8, 1, ROOT, 1, 8, True, False, "run"),
        ),
        (
            {2021: "8", 2022: "8", 2023: "8", 2024: "1"}, 8, Band(high=Fraction(1, 2)),
            (1, -0.5, 0.5**0.5 - 1, -0.5, 1, True, False, "run"),
        ),
        ({2021: "25", 2023: "50"}, 25, Band(low=Fraction(100)), (50, ROOT, ROOT, ROOT, 100, True, True, None)),
        ({2021: "20", 2023: "80"}, 25, ALL, (50, ROOT, 1, 1.25**0.5 - 1, 100, True, True, "possible")),
        ({2021: "100", 2023: "100"}, 100, Band(low=Fraction(100)), (100, 0, 0, 0, 100, True, True, None)),
    ],
)  # fmt: skip
def test_the_answer_of_the_rate_for_each_way_that_a_value_can_stand(
    observed: dict[int, str], base: int, band: Band, answer: tuple[object, ...]
) -> None:
    question = replace(asked(observed, max(observed), band, (2021, Fraction(base))), possible=Band(high=Fraction(100)))
    found = compound(question, Settings(path_tolerance=Fraction(0)))
    assert [*vars(found).values()] == ["compound", True, *map(pytest.approx, answer[:5]), *answer[5:]]


def test_what_rests_at_the_end_of_what_can_be_has_not_been_bounded() -> None:
    flat = Question({2021: Fraction(100), 2022: Fraction(100)}, None, Band(low=Fraction(100)), 2022, 2025)
    for possible_levels in (Band(), Band(high=Fraction(100)), Band(low=Fraction(100))):
        for method in (linear, compound):
            answer = method(replace(flat, possible=possible_levels), Settings())
            assert (answer.projected, answer.bound) == (pytest.approx(100), None)
