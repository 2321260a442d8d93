"""Labels, numbers, amounts, targets and bands in words, over every comparator, basis and unit that the schemas know."""

from decimal import Decimal
from fractions import Fraction

import pytest

import plandata
from plandata.assess.model import Band
from plandata.schema import edition
from plandata.text import LANGS, Text
from plandata.words import (
    SENTENCES,
    Amount,
    Coded,
    Compared,
    Gap,
    Moved,
    Required,
    Words,
    exact,
    number,
    plain,
    rounded,
)

BASE = {"comparator": "ge", "value": 20.0, "unit_of_measure": "percent", "basis": "level", "target_year": 2025}
EN, ZH = (Words(edition().labels, lang) for lang in LANGS)


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "at least 20%, by 2025", "到2025年，不低于20%"),
        ({"comparator": "eq"}, "20%, by 2025", "到2025年，20%"),
        ({"comparator": "approx"}, "about 20%, by 2025", "到2025年，20%左右"),
        ({"comparator": "universal", "value": None}, "universal, by 2025", "到2025年，全覆盖"),
        ({"comparator": "universal", "value": ""}, "universal, by 2025", "到2025年，全覆盖"),
        ({"comparator": "eq", "value": 0.0}, "0%, by 2025", "到2025年，0%"),
        (
            {"comparator": "le", "value": 12.0, "unit_of_measure": "per_100k"},
            "at most 12 per 100,000, by 2025",
            "到2025年，不高于12/10万",
        ),
        (
            {"basis": "relative_decrease", "comparator": "eq", "reference_year": 2020},
            "20% below 2020, by 2025",
            "到2025年，比2020年下降20%",
        ),
        ({"basis": "relative_increase"}, "at least 20% above the base year, by 2025", "到2025年，比基年提高不低于20%"),
        (
            {"basis": "annual_decrease", "value": 0.5, "unit_of_measure": "percentage_point"},
            "down by at least 0.5 percentage points a year, until 2025",
            "至2025年，每年下降不低于0.5个百分点",
        ),
        (
            {"basis": "cumulative", "comparator": "eq", "value": 40000.0, "unit_of_measure": "person_time"},
            "40,000 person-times in all, by 2025",
            "到2025年，累计40,000人次",
        ),
        (
            {"basis": "rate_per_period", "value": 1.0, "unit_of_measure": "time_per_year"},
            "at least 1 time a year, by 2025",
            "到2025年，不低于1次/年",
        ),
        ({"value": 1.5, "unit_of_measure": "ratio"}, "at least 1.5, by 2025", "到2025年，不低于1.5"),
        ({"value": 3.0, "unit_of_measure": "count"}, "at least 3, by 2025", "到2025年，不低于3个"),
    ],
)
def test_a_target_in_words(changes: dict[str, object], english: str, chinese: str) -> None:
    target = BASE | changes
    assert (EN.target(target), ZH.target(target)) == (english, chinese)


PROVINCE = {"benchmark_zh": "全省平均水平", "benchmark_en": "the provincial average"}


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "≥ 20%", "≥ 20%"),
        ({"unit_of_measure": "per_100k", "comparator": "le"}, "≤ 20 per 100,000", "≤ 20/10万"),
        ({"unit_of_measure": "per_1000"}, "≥ 20 per 1,000", "≥ 20/千人"),
        ({"basis": "annual_increase"}, "up ≥ 20% a year", "每年提高 ≥ 20%"),
        ({"basis": "cumulative", "unit_of_measure": "count"}, "≥ 20 in total", "累计 ≥ 20个"),
        ({"value": "", "comparator": "increase"}, "increase", "提高"),
        ({"value": "", "comparator": "decrease", "basis": "annual_decrease"}, "decrease in each year", "逐年降低"),
        ({"value": "", "comparator": "eliminate"}, "eliminate", "消除"),
        ({"value": "", **PROVINCE}, "at least the provincial average", "不低于全省平均水平"),
        ({"value": "", "comparator": "eq", **PROVINCE}, "the same as the provincial average", "达到全省平均水平"),
        (
            {"value": "", "comparator": "approx", **PROVINCE},
            "in keeping with the provincial average",
            "与全省平均水平相适应",
        ),
        ({"value": "0"}, "≥ 0%", "≥ 0%"),
    ],
)
def test_a_target_in_signs(changes: dict[str, object], english: str, chinese: str) -> None:
    target = BASE | changes
    assert (EN.figure(target), ZH.figure(target)) == (english, chinese)


def test_one_amount_has_one_form_wherever_it_is_said() -> None:
    amount, text = Amount(Fraction("8.5"), "per_100k"), Text("{a}", "{a}")
    target = BASE | {"value": "8.5", "unit_of_measure": "per_100k", "baseline_value": "8.5", "baseline_year": ""}
    said = (ZH(text, a=amount), ZH.amount("8.5", "per_100k"), ZH.baseline(target), ZH.figure(target), ZH.target(target))
    assert all("8.5/10万" in words for words in said)
    assert ZH.band(Band(high=Fraction("8.5")), "per_100k") == "≤ 8.5/10万"


def test_every_basis_has_a_sentence() -> None:
    assert set(SENTENCES) == set(edition().codes["basis"])


@pytest.mark.parametrize("say", [EN, ZH], ids=LANGS)
def test_every_target_of_the_edition_can_be_said(say: Words) -> None:
    for target in plandata.open()["targets"].iter_rows(named=True):
        words = say.target(target)
        assert str(target["target_year"] or say.label("timing", target["timing"])) in words
        assert "None" not in words + say.baseline(target) + say.figure(target)


def test_one_is_singular_and_every_other_number_is_not() -> None:
    units = edition().codes["unit_of_measure"]
    plural = {unit: code.label.en for unit, code in units.items() if code.label.en.partition(" ")[0].endswith("s")}
    plural["square_metre"] = units["square_metre"].label.en
    plural["percentage_point"] = units["percentage_point"].label.en
    assert plural.keys() == {unit for unit, code in units.items() if code.one}
    for unit, label in plural.items():
        assert label not in EN.amount(1, unit)
        assert EN.amount(0, unit) == f"0 {label}"
    assert EN.amount(1, "person") == "1 person"
    assert EN.amount("1.0", "hour_per_day") == "1 hour a day"
    assert EN.amount(1, "time_per_term") == "1 time a term"
    assert EN.amount(1, "per_100k") == "1 per 100,000"


@pytest.mark.parametrize(
    ("band", "english", "chinese"),
    [
        (Band(low=Fraction(99)), "≥ 99%", "≥ 99%"),
        (Band(high=Fraction(7), high_open=True), "< 7%", "< 7%"),
        (Band(Fraction(5), Fraction(5)), "= 5%", "= 5%"),
        (Band(Fraction(1), Fraction(2), low_open=True), "> 1% and ≤ 2%", "> 1%且≤ 2%"),
    ],
)
def test_a_band_in_signs(band: Band, english: str, chinese: str) -> None:
    assert (EN.band(band, "percent"), ZH.band(band, "percent")) == (english, chinese)


def test_a_change_has_its_sign_and_of_a_percentage_is_told_in_points() -> None:
    assert EN.change(Fraction(1), "percent") == "+1 percentage point"
    assert EN.change(Fraction(-1), "percent") == "-1 percentage point"
    assert ZH.change("-0.5", "per_mille") == "-0.5‰"


def test_values_in_a_text_are_said_by_their_kind() -> None:
    text = Text("{a}; {b}; {c}; {d}; {e}", "{a}；{b}；{c}；{d}；{e}")
    band = Required(Band(low=Fraction(3)), "person")
    said = {"a": Amount(None, "hour"), "b": band, "c": Coded("role", "lead"), "d": (2021, 2022), "e": Text("x", "某")}
    assert EN(text, **said) == "hours; ≥ 3 persons; lead unit; 2021, 2022; x"
    assert ZH(text, **said) == "小时；≥ 3人；牵头单位；2021、2022；某"


def test_a_number_keeps_its_decimals_and_parts_its_thousands() -> None:
    assert [number(n) for n in (71.43, 1_180_100, "85.02", -0.8, 1e20)] == [
        "71.43",
        "1,180,100",
        "85.02",
        "-0.8",
        "1.00e+20",
    ]


def test_an_unknown_code_is_shown_as_it_is_and_an_empty_cell_says_nothing() -> None:
    assert EN.label("comparator", "odd") == "odd"
    assert EN.label("comparator", "") == EN.label("comparator", None) == ""
    assert EN.compared("ge", 5.0, "furlong") == "at least 5 furlong"


def test_a_text_has_both_languages_and_no_third() -> None:
    assert Text("a {x}", "乙{x}").format(x=Text("b", "丙")) == Text("a b", "乙丙")
    with pytest.raises(KeyError):
        Text("a", "b")["fr"]


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (Moved(Fraction(2), "percentage_point"), "+2 percentage points", "+2个百分点"),
        (Moved(Fraction(-2), "percentage_point"), "-2 percentage points", "-2个百分点"),
        (Moved(Fraction(0), "percent"), "0%", "0%"),
        (Moved(Fraction(1, 2), "percent"), "+0.5%", "+0.5%"),
        (Gap(Fraction(3, 10), "percent"), "0.3% short", "差0.3%"),
        (Gap(Fraction(2), "per_100k", above=True), "2 per 100,000 too high", "高出2/10万"),
        (Gap(Fraction(0), "percent", above=True), "exactly on the limit, which does not count", "恰在界限上，不算达到"),
        (
            Required(Band(low=Fraction(3)), "person", Coded("comparator", "increase")),
            "increase (≥ 3 persons)",
            "提高（≥ 3人）",
        ),
        (Compared("ge", Text("the average", "平均水平")), "at least the average", "不低于平均水平"),
        (("a", Text("b", "乙"), Amount(Fraction(1), "person")), "a, b, 1 person", "a、乙、1人"),
        ((), "", ""),
        (12, "12", "12"),
    ],
)
def test_a_value_is_said_by_its_kind(value: object, english: str, chinese: str) -> None:
    assert (EN.said(value), ZH.said(value)) == (english, chinese)


def test_a_text_without_values_is_said_as_it_is() -> None:
    assert EN(Text("{a} of {b}", "")) == "{a} of {b}"


@pytest.mark.parametrize(
    ("names", "english", "chinese"),
    [([], "", ""), (["a"], "a", "a"), (["a", "b"], "a and b", "a和b"), (["a", "b", "c"], "a, b and c", "a、b和c")],
)
def test_the_last_of_several_names_stands_behind_a_word(names: list[str], english: str, chinese: str) -> None:
    assert (EN.series(names), ZH.series(names)) == (english, chinese)


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"target_year": None, "timing": "yearly"}, "at least 20%, in each year", "逐年，不低于20%"),
        (
            {"value": None, "comparator": "decrease", "basis": "annual_decrease"},
            "decrease in each year, by 2025",
            "到2025年，逐年降低",
        ),
        ({"value": None, "comparator": "increase", "basis": "cumulative"}, "increase, by 2025", "到2025年，提高"),
        (
            {"value": None, "benchmark_en": "the average", "benchmark_zh": "平均水平"},
            "at least the average, by 2025",
            "到2025年，不低于平均水平",
        ),
    ],
)
def test_a_target_without_a_year_or_a_value_in_words(changes: dict[str, object], english: str, chinese: str) -> None:
    target = BASE | changes
    assert (EN.target(target), ZH.target(target)) == (english, chinese)


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "at least 20%", "不低于20%"),
        ({"comparator": "eq"}, "20%", "20%"),
        ({"comparator": "approx"}, "about 20%", "20%左右"),
        (
            {"basis": "relative_decrease", "reference_year": "2020"},
            "down at least 20% on 2020",
            "比2020年下降不低于20%",
        ),
        ({"basis": "relative_increase"}, "up at least 20% on the base year", "比基年提高不低于20%"),
        ({"basis": "annual_decrease"}, "down at least 20% a year", "每年下降不低于20%"),
        ({"basis": "cumulative"}, "at least 20% in total", "累计不低于20%"),
        ({"value": "", "comparator": "universal"}, "universal", "全覆盖"),
        ({"value": None, "comparator": "increase", "basis": "annual_increase"}, "increase in each year", "逐年提高"),
    ],
)
def test_a_target_in_a_few_words(changes: dict[str, object], english: str, chinese: str) -> None:
    target = BASE | changes
    assert (EN.phrase(target), ZH.phrase(target)) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "year", "english", "chinese"),
    [
        ("8.5", "2020", "8.5% in 2020", "2020年为8.5%"),
        ("8.5", "", "8.5%", "8.5%"),
        (0.0, 2020, "0% in 2020", "2020年为0%"),
        ("", "2020", "", ""),
        (None, None, "", ""),
    ],
)
def test_a_baseline_has_its_year_where_it_is_printed(value: object, year: object, english: str, chinese: str) -> None:
    target = BASE | {"baseline_value": value, "baseline_year": year}
    assert (EN.baseline(target), ZH.baseline(target)) == (english, chinese)


@pytest.mark.parametrize(
    ("band", "told"),
    [
        (Band(high=Fraction(7)), "≤ 7%"),
        (Band(low=Fraction(7), low_open=True), "> 7%"),
        (Band(Fraction(1), Fraction(2), high_open=True), "≥ 1% and < 2%"),
        (Band(Fraction(0), Fraction(0)), "= 0%"),
        (Band(), ""),
    ],
)
def test_each_end_of_a_band_has_its_sign(band: Band, told: str) -> None:
    assert EN.band(band, "percent") == told


@pytest.mark.parametrize(
    ("value", "unit", "change", "distance"),
    [
        (Fraction(-2), "percent", "-2 percentage points", "2 percentage points"),
        (Fraction(0), "percent", "0 percentage points", "0 percentage points"),
        (Fraction(3, 2), "per_mille", "+1.5‰", "1.5‰"),
        (Fraction(-5), "person", "-5 persons", "5 persons"),
    ],
)
def test_a_change_has_a_sign_and_a_distance_has_none(value: Fraction, unit: str, change: str, distance: str) -> None:
    assert (EN.change(value, unit), EN.distance(value, unit)) == (change, distance)


def test_a_part_of_the_population_is_told_by_what_it_has() -> None:
    assert ZH.part("female", "0-6", "rural") == ("女", "0-6岁", "乡村")
    assert EN.part("", "3-5", "") == ("aged 3-5",)
    assert EN.part("", "", "") == ()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (10**16 - 1, "9,999,999,999,999,999"),
        (10**16, "1.00e+16"),
        (-(10**16), "-1.00e+16"),
        (Fraction(10**17, 3), "3.33e+16"),
        ("0.00995", "0.00995"),
        ("0.00001", "0.0000100"),
        ("0.0000012", "0.00000120"),
        ("1234.5678", "1,234.5678"),
        ("1234.56789", "1,234.57"),
        ("0.00012", "0.000120"),
        ("-0.00012", "-0.000120"),
        ("1.00001", "1.00"),
        (Fraction(2, 30), "0.0667"),
        (Fraction(100, 3), "33.33"),
        (Fraction(10, 3), "3.33"),
        (Fraction(1, 3), "0.333"),
        (-1, "-1"),
    ],
)
def test_a_number_for_people_has_three_digits_or_two_decimals_where_it_is_not_exact(value: object, told: str) -> None:
    assert number(value) == told


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        (100, 6, "100"),
        ("100.10", 6, "100.1"),
        (Fraction(2, 3), 6, "0.666667"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-1, 10**9), 6, "0"),
        (1_000_000.5, 6, "1000000.5"),
        (Fraction(25, 2), 0, "13"),
    ],
)
def test_a_number_for_machines_has_neither_separators_nor_idle_zeros(value: object, places: int, told: str) -> None:
    assert plain(value, places) == told


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(49, 20), 1, "2.5"),
        (Fraction(244, 100), 1, "2.4"),
        (Fraction(-4, 100), 1, "0.0"),
        (Fraction(-5, 100), 1, "-0.1"),
        (Fraction(10**30) + Fraction(1, 2), 1, f"1{'0' * 30}.5"),
    ],
)
def test_a_half_is_rounded_away_from_zero(value: Fraction, places: int, told: str) -> None:
    assert str(rounded(value, places)) == told


def test_a_number_is_exactly_what_is_written() -> None:
    assert [exact(n) for n in (0.1, "0.1", Decimal("0.1"), Fraction(1, 10))] == [Fraction(1, 10)] * 4


def test_a_cell_of_a_language_and_a_sign_of_a_comparator_may_be_empty_or_unknown() -> None:
    row = {"name_en": "Goals", "title_zh": None}
    assert (EN.of(row), ZH.of(row, "title")) == ("Goals", "")
    assert [EN.symbol(code) for code in ("ge", "odd", "", None)] == ["≥", "odd", "", ""]
