"""In which sense a quantity is meant: whether a plan commits to it, in which unit, and on which basis."""

import re

from plandata.texts.draft.clauses import Place
from plandata.texts.draft.naming import bodies, trimmed
from plandata.texts.draft.vocabulary import ADDED, BRINGS, DESCRIBED, EACH, FALL, MONEY, RISE, STANDING

RATES = ("percent", "percentage_point", "per_mille", "per_100k", "per_10k", "per_1000", "ratio", "square_metre")
# For how many persons a number is told, in the words of the clause before it.
PER = (
    ("per_1000", re.compile("每(?:1000|千)(?:名|人|个|位)?[^,。;]*$")),
    ("per_10k", re.compile("每万(?:名|人|个|位)?[^,。;]*$")),
    ("per_100k", re.compile("每(?:10|十)万(?:名|人|个|位)?[^,。;]*$")),
)
PERIODS = (
    (("time", "session"), "time_per_term", re.compile("每个?学期|一?学期")),
    (("time", "session"), "time_per_year", re.compile("每年|每学年|一年|年度|年均")),
    (("hour",), "hour_per_day", re.compile("每天|每日|日均")),
)
# Periods that no unit of measure has.
OTHER_PERIOD = re.compile("每个?月|每个?季度?|每周|每日|每天")
YEARS_OF = re.compile("年限|寿命|受教育")
FREE = re.compile("^的?(?:免费|义务)")
CHANGE = re.compile(f"(?:(?P<rise>{RISE})|(?P<fall>{FALL}))(?:了|幅度)?(?:不低于|不少于|至少|超过|约|达到?|为)?$")
GROWTH = re.compile("(?:(?P<rise>增幅|增速|增长率)|(?P<fall>降幅))[^,。;]{0,6}$")
BASE_YEAR = re.compile(r"(20\d\d)年[^,。;]*$")
BASE_YEAR_BEFORE = re.compile(r"[以在较比与](20\d\d)年[^,。;]*,[^,。;]*$")
YEARLY = "每年|年均|逐年"
PERIOD_OF_PLAN = r"期间|五年|(?<!\d)5年|累计|(?<!公)共(?![同建享用有])|总计|合计"
# What stands before a number that only describes.
POINTING = re.compile("(?:等|这|其他|的|第|分为?|包括|由|占地(?:面积)?)$")
# What makes an amount of money one for each person or thing.
FOR_ONE = "每[人个名户所家村生]|[人生户]均|标准"
# A body of a part of the place: what it is to have is no amount of the whole plan.
PART_OF_PLACE = re.compile(r"(?:乡镇|街道|社区|(?<![全我本城])[县区村镇])(?:\(|$)")
# How far before its number a verb that brings something about may stand.
REACH = 16


def unit_in(place: Place) -> str:
    """The code of the unit in which a quantity is counted, "" where it is none that a target may have."""
    unit = place.first.unit
    if unit in ("count", "person", ""):
        lead = place.lead if trimmed(place.before) else place.clause.sentence.name + place.lead
        return next((code for code, words in PER if words.search(lead)), unit)
    if unit in ("time", "session", "hour"):
        in_period = (code for of, code, words in PERIODS if unit in of and words.search(place.said))
        counts = unit == "session" or (unit == "time" and place.comparator)
        without = counts and not OTHER_PERIOD.search(place.said)
        return next(in_period, "count" if without else "")
    if unit in ("year", "age"):
        return "year" if YEARS_OF.search(place.lead) or FREE.search(place.after) else ""
    return "" if unit in ("minute", "day", "month", "week") else unit


def commits(place: Place, unit: str) -> bool:
    """Whether the words make a quantity one that the plan commits to."""
    if not unit:
        return False
    if unit in (*RATES, "year", "hour_per_day") and not conditional(place, unit):
        return True
    if POINTING.search(place.near) or (unit != "yuan" and not place.first.comparator and DESCRIBED.search(place.after)):
        return False
    if unit == "yuan":
        return bool(re.search(MONEY, place.lead + place.after))
    return unit.startswith("time_per") or brought_about(place, unit)


def conditional(place: Place, unit: str) -> bool:
    """Whether a size only tells which things are meant: 面积超过1000平方米的场所应当设置母婴室."""
    told = place.after.startswith("的") and not re.search(BRINGS, place.near)
    return told and unit in ("square_metre", "count", "person")


def brought_about(place: Place, unit: str) -> bool:
    """Whether an amount is to be brought about: as a rule, unless it only tells which things are meant, or for how
    many of its users one of them is to be there.
    """
    return not conditional(place, unit) and not place.near.endswith("每")


def change_in(place: Place, unit: str) -> tuple[str, str]:
    """The basis of a change, and its reference year where one is printed; "" for a level."""
    change = CHANGE.search(place.near)
    if change is None and (found := GROWTH.search(place.near)) and re.search(YEARLY, place.near):
        return f"annual_{'increase' if found['rise'] else 'decrease'}", ""
    doubles = place.clause.text.startswith("翻", place.first.start)
    if not (change or doubles) or unit not in ("percent", "percentage_point", "year"):
        return "", ""
    earlier = place.near[: change.start()] if change else place.near
    base = BASE_YEAR.search(earlier) or BASE_YEAR_BEFORE.search(place.said)
    year = base[1] if base and re.search("[以在较比与]", place.said) else ""
    way = "increase" if change is None or change["rise"] else "decrease"
    return f"{'annual' if re.search(YEARLY, earlier) else 'relative'}_{way}", year


def basis_in(place: Place, unit: str) -> str:
    """The basis of a level, an amount or a rate per period."""
    if unit in ("time_per_year", "time_per_term", "hour_per_day"):
        return "rate_per_period"
    if unit in ("person_time", "yuan"):
        return "level" if re.search(FOR_ONE, place.lead) else "cumulative"
    if place.adds and place.figure_before:
        return place.figure_before.basis
    if unit not in ("count", "person"):
        return "level"
    if re.search(PERIOD_OF_PLAN, place.said):
        return "cumulative"
    made = re.search(ADDED, place.near[-REACH:])
    subject = re.split(ADDED, place.before)[0] if made else place.before
    several = re.search(EACH, subject) or PART_OF_PLACE.search(bodies(subject)[0])
    stands = place.comparator or re.search(STANDING, place.near[-REACH:])
    return "level" if several or (stands and not made) else "cumulative"
