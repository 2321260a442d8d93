"""Targets in plain words: "at most 12 per 100,000, by 2025", "到2025年，每10万不高于12"."""

import re
from collections.abc import Mapping
from typing import Any

from plandata.schema import Code, schemas

SENTENCES = {
    "en": {
        "level": "{amount}, by {year}",
        "rate_per_period": "{amount}, by {year}",
        "cumulative": "{amount} in all, by {year}",
        "relative_decrease": "{amount} below {reference}, by {year}",
        "relative_increase": "{amount} above {reference}, by {year}",
        "annual_decrease": "down by {amount} a year, until {year}",
        "annual_increase": "up by {amount} a year, until {year}",
    },
    "zh": {
        "level": "到{year}年，{amount}",
        "rate_per_period": "到{year}年，{amount}",
        "cumulative": "到{year}年，累计{amount}",
        "relative_decrease": "到{year}年，比{reference}年下降{amount}",
        "relative_increase": "到{year}年，比{reference}年提高{amount}",
        "annual_decrease": "至{year}年，每年下降{amount}",
        "annual_increase": "至{year}年，每年提高{amount}",
    },
}
BASELINE = {"en": "{figure} in {year}", "zh": "{year}年为{figure}"}
UNKNOWN_YEAR = {"en": "the base year", "zh": "基"}
NO_UNIT = "count"
# Units that Chinese puts before the number: 每10万, 每千人, 比值.
BEFORE = re.compile("^每|值$")


def target_words(target: Mapping[str, Any], lang: str) -> str:
    """What a target demands, from a row of the typed table `targets`; lang is en or zh.

    The scope and the indicator's name are not part of it. A bare value (comparator eq) stands without a
    word, as it is printed.

    >>> target = {"comparator": "le", "value": 12.0, "unit_of_measure": "per_100k", "basis": "level"}
    >>> target |= {"target_year": 2025}
    >>> target_words(target, "en"), target_words(target, "zh")
    ('at most 12 per 100,000, by 2025', '到2025年，每10万不高于12')
    >>> change = {"basis": "annual_decrease", "comparator": "ge", "value": 1.0, "unit_of_measure": "percentage_point"}
    >>> target_words(target | change, "en")
    'down by at least 1 percentage point a year, until 2025'
    """
    return SENTENCES[lang][target["basis"]].format(
        amount=amount(target["comparator"], target["value"], target["unit_of_measure"], lang),
        year=target["target_year"],
        reference=target.get("reference_year") or UNKNOWN_YEAR[lang],
    )


def baseline_words(target: Mapping[str, Any], lang: str) -> str:
    """The printed baseline of a target, or "" where it has none.

    >>> baseline_words({"baseline_value": 85.02, "baseline_year": 2020, "unit_of_measure": "year"}, "en")
    '85.02 years in 2020'
    """
    if target["baseline_value"] is None:
        return ""
    shown = figure(target["baseline_value"], target["unit_of_measure"], lang)
    year = target["baseline_year"]
    return BASELINE[lang].format(figure=shown, year=year) if year else shown


def amount(comparator: str, value: float | None, unit: str | None, lang: str) -> str:
    """A comparator with its value and unit; the comparator alone where there is no value.

    >>> amount("approx", 60.0, "percent", "zh"), amount("increase", None, None, "zh")
    ('60%左右', '提高')
    >>> amount("eq", 93.0, "percent", "en")
    '93%'
    """
    word = label("comparator", comparator, lang)
    if value is None:
        return word
    if comparator == "eq":
        word = ""
    if lang == "en":
        return f"{word} {figure(value, unit, lang)}".lstrip()
    return figure(value, unit, lang) + word if comparator == "approx" else figure(value, unit, lang, word)


def figure(value: float, unit: str | None, lang: str, word: str = "") -> str:
    """A value with its unit of measure; in Chinese a word may stand before the number.

    >>> figure(1, "person", "en"), figure(0.5, "per_mille", "en"), figure(8.5, "per_100k", "zh", "不高于")
    ('1 person', '0.5‰', '每10万不高于8.5')
    """
    name = label("unit_of_measure", unit, lang) if unit else ""
    shown = number(value)
    if lang == "zh":
        return f"{name}{word}{shown}" if BEFORE.search(name) else f"{word}{shown}{name}"
    if not name or unit == NO_UNIT:
        return shown
    if value == 1:
        name = re.sub(r"s\b", "", name, count=1)
    if unit == "ratio":
        return f"{shown} ({name})"
    return f"{shown} {name}" if name[0].isalpha() else f"{shown}{name}"


def number(value: float) -> str:
    """A number without digits that say nothing, thousands parted by commas.

    >>> number(12.0), number(85.02), number(40000)
    ('12', '85.02', '40,000')
    """
    return f"{value:,.10g}"


def label(codes: str, code: str, lang: str) -> str:
    """The label of a coded value; the code itself where it is not in the list.

    >>> label("role", "lead", "zh")
    '牵头单位'
    """
    entry: Code | None = schemas().codes[codes].get(code)
    if entry is None:
        return code
    return entry.label_zh if lang == "zh" else entry.label_en
