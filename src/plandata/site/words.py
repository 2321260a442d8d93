"""Rows in short words of one language: labels of codes, names, and a target as a figure that reads."""

from plandata import wording
from plandata.schema import schemas
from plandata.site.edition import Row
from plandata.wording import label

SPACED = {"en": " ", "zh": ""}
# Chinese says these before the comparator.
PER = ("per_100k", "per_1000")


def code(codes: str, value: str, lang: str) -> str:
    """The label of a coded value, "" for an empty cell.

    >>> code("theme", "health", "en"), code("theme", "", "en")
    ('health', '')
    """
    return label(codes, value, lang) if value else ""


def named(row: Row, stem: str, lang: str) -> str:
    """The cell of a bilingual column, whose name is given without its language."""
    return row[f"{stem}_{lang}"]


def short_place(place: Row, lang: str) -> str:
    """A place's name where room is scarce: in English the first word or words that its id is made of."""
    return place["name_zh"] if lang == "zh" else place["place_id"].replace("-", " ").title()


def number(value: str) -> str:
    """A number with separated thousands, "" for an empty cell.

    >>> number("40000"), number("8.5"), number("")
    ('40,000', '8.5', '')
    """
    return wording.number(float(value)) if value else ""


def plain(target: Row, lang: str) -> str:
    """A target in plain words, as `plandata show` says it; its cells are texts here."""
    value = float(target["value"]) if target["value"] else None
    return wording.target_words(target | {"value": value}, lang)


def amount(value: str, unit: str, lang: str) -> str:
    """A value with its unit of measure.

    >>> amount("95", "percent", "en"), amount("3", "count", "en")
    ('95%', '3')
    """
    words = code("unit_of_measure", unit, lang)
    if unit in ("percent", "per_mille"):
        return number(value) + words
    if unit == "ratio" or (unit == "count" and lang == "en"):
        return number(value)
    return f"{number(value)}{SPACED[lang]}{words}"


def phrase(target: Row, lang: str) -> str:
    """A target as a figure in a few words.

    >>> base = {"value": "20", "unit_of_measure": "percent", "comparator": "ge", "reference_year": "2020"}
    >>> phrase(base | {"basis": "level"}, "en")
    '≥ 20%'
    >>> phrase(base | {"basis": "relative_decrease"}, "en"), phrase(base | {"basis": "relative_decrease"}, "zh")
    ('down ≥ 20% on 2020', '比2020年下降 ≥ 20%')
    """
    comparator = schemas().codes["comparator"][target["comparator"]]
    if not target["value"]:
        return code("comparator", target["comparator"], lang)
    unit = target["unit_of_measure"]
    figure = f"{comparator.symbol} {amount(target['value'], unit, lang)}"
    if lang == "zh" and unit in PER:
        figure = f"{code('unit_of_measure', unit, lang)} {comparator.symbol} {number(target['value'])}"
    return BASES[lang].get(target["basis"], "{figure}").format(figure=figure, year=target["reference_year"])


BASES = {
    "en": {
        "relative_decrease": "down {figure} on {year}",
        "relative_increase": "up {figure} on {year}",
        "annual_decrease": "down {figure} a year",
        "annual_increase": "up {figure} a year",
        "cumulative": "{figure} in total",
    },
    "zh": {
        "relative_decrease": "比{year}年下降 {figure}",
        "relative_increase": "比{year}年提高 {figure}",
        "annual_decrease": "每年下降 {figure}",
        "annual_increase": "每年提高 {figure}",
        "cumulative": "累计 {figure}",
    },
}
