"""The shipped example, line by line against a calculation by hand."""

import pytest

from plandata.assess import Assessment, assess, example
from plandata.assess.observations import baseline_observations
from plandata.package.folder import Folder
from plandata.schema import home
from plandata.tables import Tables

# (indicator, scope, comparator, value): status as of 2020, and why, worked out by hand from the printed 2020 value.
BY_HAND = {
    ("child-injury-mortality", "", "lt", "7.2"): ("cannot_be_judged", "8.01 is not below 7.2; one point"),
    ("child-myopia-rate", "", "lt", "53"): ("cannot_be_judged", "58.4 is not below 53; one point"),
    ("child-myopia-rate", "", "ge", "1"): ("cannot_be_judged", "a fall in every year; 2020 is its base year"),
    ("childcare-places-per-1000", "", "ge", "4.6"): ("cannot_be_judged", "0.8 is not 4.6; one point"),
    ("childrens-centre-coverage", "", "eq", "100"): ("cannot_be_judged", "71.43 is not 100; one point"),
    ("childrens-centre-coverage", "", "universal", ""): ("cannot_be_judged", "71.43 is not full; one point"),
    ("cppcc-female-share", "市级", "increase", ""): ("cannot_be_judged", "a rise on 2020, its base year"),
    ("disabled-child-rehabilitation-aid", "", "universal", ""): ("cannot_be_judged", "514 persons, of how many?"),
    ("disabled-women-employment-share", "", "increase", ""): ("cannot_be_judged", "a rise on 2020, its base year"),
    ("higher-education-enrolment", "", "ge", "70"): ("cannot_be_judged", "62.27 is not 70; one point"),
    ("higher-education-female-share", "", "appropriate", ""): ("cannot_be_judged", "no measurable rule"),
    ("inclusive-kindergarten-coverage", "", "increase", ""): ("cannot_be_judged", "a rise on 2020, its base year"),
    ("infant-mortality", "", "lt", "5"): ("met_early", "2 is below 5"),
    ("kindergarten-enrolment", "", "ge", "99"): ("cannot_be_judged", "99 in every year of the plan; 2020 is before it"),
    ("leadership-with-women-share", "县（市、区）党委，平时", "ge", "85"): (
        "cannot_be_judged",
        "85 in every year of the plan",
    ),
    ("leadership-with-women-share", "县（市、区）党委，换届后当年", "eq", "100"): ("met_early", "100 is 100"),
    ("leadership-with-women-share", "县（市、区）政府，平时", "ge", "85"): (
        "cannot_be_judged",
        "85 in every year of the plan",
    ),
    ("leadership-with-women-share", "县（市、区）政府，换届后当年", "eq", "100"): (
        "cannot_be_judged",
        "85.71 is not 100",
    ),
    ("legal-aid-minors", "", "universal", ""): ("cannot_be_judged", "516 persons, of how many?"),
    ("legal-aid-women", "", "universal", ""): ("cannot_be_judged", "2354 persons, of how many?"),
    ("life-expectancy-women", "", "increase", ""): ("cannot_be_judged", "a rise on 2020, its base year"),
    ("maternal-mortality", "", "lt", "7"): ("met_early", "0 is below 7"),
    ("maternal-mortality", "", "le", "7"): ("met_early", "0 is 7 or less"),
    ("maternity-insured-women", "城镇职工", "universal", ""): ("cannot_be_judged", "1,180,100 persons, of how many?"),
    ("minor-offender-share-offenders", "", "decrease", ""): ("cannot_be_judged", "a fall on 2020, its base year"),
    ("paediatricians-per-1000-children", "", "maintain", ""): ("cannot_be_judged", "kept since 2020, its base year"),
    ("pension-insured-women", "城乡居民", "universal", ""): ("cannot_be_judged", "1,657,400 persons, of how many?"),
    ("peoples-congress-female-share", "市级", "increase", ""): ("cannot_be_judged", "a rise on 2020, its base year"),
    ("premarital-medical-check", "", "gt", "85"): ("met_early", "92.41 is more than 85"),
    ("premarital-medical-check", "", "ge", "85"): (
        "cannot_be_judged",
        "85 in every year of the plan; 2020 is before it",
    ),
    ("senior-professional-female-share", "", "ge", "40"): ("cannot_be_judged", "39.2 is not 40; one point"),
    ("severe-birth-defect-rate", "", "lt", "9.5"): ("cannot_be_judged", "11 is not below 9.5; one point"),
    ("skills-training-coverage-women-workers", "", "eq", "52"): ("cannot_be_judged", "51.8 is not 52; one point"),
    ("unemployment-insured-women", "城镇", "universal", ""): ("cannot_be_judged", "643,000 persons, of how many?"),
    ("upper-secondary-enrolment", "", "ge", "99"): ("met_early", "99.32 is 99 or more"),
    ("upper-secondary-enrolment", "女生", "ge", "99"): ("met_early", "99.32 is 99 or more"),
    ("vocational-training-female-share", "", "ge", "50"): ("cannot_be_judged", "48.9 is not 50; one point"),
    ("womens-centre-coverage", "", "eq", "100"): ("cannot_be_judged", "71.43 is not 100; one point"),
    ("work-injury-insured-women", "城镇职工", "universal", ""): ("cannot_be_judged", "721,900 persons, of how many?"),
}


@pytest.fixture(scope="module")
def package() -> Folder:
    return Folder(home())


@pytest.fixture(scope="module")
def done(package: Folder) -> Assessment:
    return assess(package, example())


def test_the_example_is_what_the_plans_print(package: Folder) -> None:
    assert example().read_text(encoding="utf-8") == baseline_observations(Tables.of(package)), "run plandata fmt"


def test_the_example_is_judged_as_by_hand_line_by_line(done: Assessment) -> None:
    assert (done.clean, done.year) == (True, 2020)
    found = {}
    for judgement in done.judgements:
        about = judgement.target
        if judgement.value is not None:
            value = "" if about.value is None else f"{float(about.value):g}"
            found[about.indicator_id, about.scope.zh, about.comparator, value] = judgement.status
    assert found == {key: status for key, (status, _) in BY_HAND.items()}


def test_the_counts_of_the_example_are_those_of_the_lines(done: Assessment) -> None:
    lines = [judgement for judgement in done.judgements if judgement.value is not None]
    overall = done.counts[0]
    assert overall.met == sum(judgement.met for judgement in lines)
    unmet_by_hand = [why for _, why in BY_HAND.values() if " is not " in why]
    assert overall.measurable - overall.met >= len(unmet_by_hand)
    assert overall.by_status["no_data"] + overall.by_status["not_reported"] == overall.total - len(lines)
    reported = {(j.target.place_id, j.target.indicator_id) for j in done.judgements if j.seen.known}
    silent = {(j.target.place_id, j.target.indicator_id) for j in done.judgements if j.status == "no_data"}
    assert reported
    assert reported.isdisjoint(silent)


def test_the_next_years_of_one_line_by_hand(package: Folder, done: Assessment, tmp_path: object) -> None:
    """Childcare places 0.8 in 2020, 4.6 by 2025: 0.76 a year, so 3.08 in 2023; 1.4, 2.1, 2.6 are behind it."""
    from pathlib import Path

    rows = example().read_text(encoding="utf-8").splitlines()
    line = next(row for row in rows if ",childcare-places-per-1000," in row)
    more = [line.replace(",2020,0.8,", f",{year},{value},") for year, value in ((2021, 1.4), (2022, 2.1), (2023, 2.6))]
    file = Path(str(tmp_path)) / "observations.csv"
    file.write_text("\n".join([*rows, *more]) + "\n", encoding="utf-8")
    judgements = assess(package, file, 2023).judgements
    found = next(j for j in judgements if j.target.indicator_id == "childcare-places-per-1000" and j.value)
    straight = found.answers[0]
    assert [float(straight.path), float(straight.required), float(straight.needed)] == [3.08, 0.76, 1.0]
    # Slopes 0.6, 0.65, 0.6, 0.7, 0.6, 0.5: median 0.6; left over in 2020 0.8, 0.8, 0.9, 0.8: median 0.8.
    assert [float(straight.observed), float(straight.projected)] == [0.6, 3.8]
    assert (found.status, found.gap, float(found.change)) == ("off_track", 2, 0.5)
