"""Targets in plain words, over every comparator, basis and unit that the schemas know."""

import pytest

import plandata
from plandata.schema import schemas
from plandata.wording import SENTENCES, amount, baseline_words, figure, label, target_words

BASE = {"comparator": "ge", "value": 20.0, "unit_of_measure": "percent", "basis": "level", "target_year": 2025}


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "at least 20%, by 2025", "到2025年，不低于20%"),
        ({"comparator": "eq"}, "20%, by 2025", "到2025年，20%"),
        ({"comparator": "approx"}, "about 20%, by 2025", "到2025年，20%左右"),
        ({"comparator": "universal", "value": None}, "universal, by 2025", "到2025年，全覆盖"),
        (
            {"comparator": "le", "value": 12.0, "unit_of_measure": "per_100k"},
            "at most 12 per 100,000, by 2025",
            "到2025年，每10万不高于12",
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
        ({"value": 1.5, "unit_of_measure": "ratio"}, "at least 1.5 (ratio), by 2025", "到2025年，比值不低于1.5"),
        ({"value": 3.0, "unit_of_measure": "count"}, "at least 3, by 2025", "到2025年，不低于3个"),
    ],
)
def test_a_target_in_words(changes: dict[str, object], english: str, chinese: str) -> None:
    target = BASE | changes
    assert target_words(target, "en") == english
    assert target_words(target, "zh") == chinese


def test_every_basis_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES["en"]) == set(SENTENCES["zh"]) == set(schemas().codes["basis"])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_target_of_the_edition_can_be_said(lang: str) -> None:
    for target in plandata.open()["targets"].iter_rows(named=True):
        words = target_words(target, lang)
        assert str(target["target_year"]) in words
        assert "None" not in words + baseline_words(target, lang)


def test_one_is_singular_and_zero_is_not() -> None:
    assert figure(1, "person", "en") == "1 person"
    assert figure(0, "person", "en") == "0 persons"
    assert figure(1, "percentage_point", "en") == "1 percentage point"
    assert figure(1, "per_100k", "en") == "1 per 100,000"


def test_a_number_keeps_its_decimals() -> None:
    assert figure(71.43, "percent", "en") == "71.43%"
    assert figure(1_180_100, "person", "en") == "1,180,100 persons"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert label("comparator", "odd", "en") == "odd"
    assert amount("ge", 5.0, "furlong", "en") == "at least 5 furlong"
