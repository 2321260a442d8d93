"""What the cells of a form take: numbers in the range of their unit, counts that fit each other, words from a list.

A spreadsheet refuses what cannot be, with a message that says what to write; a value that does not follow from its
numerator and denominator is shown as wrong, since a rounding or another definition may be behind it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from plandata.assess.band import possible
from plandata.monitor.reporting import GAP, Series
from plandata.report.workbook import Sheet
from plandata.rules.indicators import FRACTIONS
from plandata.rules.observations import GROSS, IN_THOUSANDS, OUT_OF
from plandata.schema import Schemas
from plandata.text import Text
from plandata.words import Words

WRONG = Text("Look again", "请核对")
BETWEEN = Text(
    "A number from {low} to {high}, without a unit ({unit}).", "请填 {low} 至 {high} 之间的数，不写单位（{unit}）。"
)
FROM = Text("A number of at least {low}, without a unit ({unit}).", "请填不小于 {low} 的数，不写单位（{unit}）。")
COUNT = Text("A number that is not negative.", "请填不小于 0 的数。")
NO_MORE = Text(
    "A number that is not negative; the numerator is not above the denominator.",
    "请填不小于 0 的数；分子不能大于分母。",
)
CHOOSE = Text("Choose from the list: {codes}.", "请从下拉列表中选择：{codes}。")
AGES = Text("Ages in whole years, from-to or from+: 0-6, 60+.", "周岁年龄段，写作“起-止”或“起+”，如 0-6、60+。")
# What one of so many makes of the numbers above and below its line; those per 1,000 may be counted in thousands.
PER = {unit: times for unit, times in OUT_OF.items() if unit != IN_THOUSANDS}
MESSAGE_SIGNS, LIST_SIGNS = 250, 250
LARGEST = 10**15


def has_line(one: Series) -> bool:
    """Whether a series is one number divided by another: a share, rate or ratio, and no gap between two of them."""
    return one.unit in FRACTIONS and GAP not in one.indicator["name_zh"]


def checks(sheet: Sheet, at: int, one: Series, schemas: Schemas, say: Words) -> None:
    """What the cells of a row take that a series is reported in, and what is shown as wrong."""
    sheet.check(at, "value", value_rule(one, say))
    status = schemas.observations.field("status").codes
    labels = [say.label(status, code) for code in schemas.codes.get(status, {})]
    if labels:
        sheet.check(at, "status", choice(labels, say))
    if has_line(one):
        cell = {key: sheet.cell(at, key) for key in ("value", "numerator", "denominator")}
        for key in ("numerator", "denominator"):
            sheet.check(at, key, count_rule(cell, key, one, say))
        if one.unit in PER:
            sheet.mark(at, "value", "=" + at_odds(cell, PER[one.unit]))


def limits(one: Series) -> tuple[int, int | None]:
    """The lowest and the highest value that a series may have; None for no highest."""
    if one.unit == "percentage_point" and GROSS not in one.indicator["name_zh"]:
        return -100, 100
    high = possible(one.aims[0].target).high
    return 0, None if high is None else int(high)


def value_rule(one: Series, say: Words) -> dict[str, Any]:
    """What a cell for a value takes: a number in the range of its unit."""
    low, high = limits(one)
    unit = say.label("unit_of_measure", one.unit)
    told = say(FROM, low=low, unit=unit) if high is None else say(BETWEEN, low=low, high=high, unit=unit)
    ends = {"criteria": "between", "minimum": low, "maximum": LARGEST if high is None else high}
    return {"validate": "decimal", **ends, **messages(told, say)}


def count_rule(cell: Mapping[str, str], key: str, one: Series, say: Words) -> dict[str, Any]:
    """What a cell for a numerator or a denominator takes: in a share of a whole the first is not above the second."""
    own, above, below = cell[key], cell["numerator"], cell["denominator"]
    whole = one.unit == "percent" and limits(one)[1] == 100
    order = f',OR({above}="",{below}="",{above}<={below})' if whole else ""
    least = ">" if key == "denominator" else ">="
    formula = f"=AND(ISNUMBER({own}),{own}{least}0{order})"
    return {"validate": "custom", "value": formula, **messages(say(NO_MORE if whole else COUNT), say)}


def at_odds(cell: Mapping[str, str], per: int) -> str:
    """The formula that is true where a value is more than a hundredth away from its numerator and denominator."""
    value, above, below = cell["value"], cell["numerator"], cell["denominator"]
    filled = f"ISNUMBER({value}),ISNUMBER({above}),ISNUMBER({below})"
    return f"AND({filled},ABS({value}*{below}-{above}*{per})>0.01*(ABS({above}*{per})+{below}))"


def choice(labels: Sequence[str], say: Words) -> dict[str, Any]:
    """What a cell takes that is chosen from a list."""
    fitting = [label.replace(",", " ") for label in labels]
    while len(",".join(fitting)) > LIST_SIGNS:
        fitting.pop()
    return {"validate": "list", "source": fitting, **messages(say(CHOOSE, codes=say.listed(fitting)), say)}


def length(say: Words) -> dict[str, Any]:
    """What a cell for ages takes: no spreadsheet knows patterns, so that only its length is held."""
    rule = {"validate": "length", "criteria": "between", "minimum": 2, "maximum": 7}
    return {**rule, "input_title": say(WRONG), "input_message": say(AGES), **messages(say(AGES), say)}


def messages(told: str, say: Words) -> dict[str, Any]:
    """What is said where a cell does not take what was typed."""
    return {"error_title": say(WRONG), "error_message": told[:MESSAGE_SIGNS], "ignore_blank": True}
