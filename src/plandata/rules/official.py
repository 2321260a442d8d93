"""Rules about what official lists say: the codes and names of places, the numbers of SDG indicators.

The lists stand in lists/, beside what is told of their origin; each is read when a rule first asks it.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polars as pl

from plandata.finding import rule
from plandata.tables import Tables, judged

LISTS = Path(__file__).parent / "lists"
# The ends of Chinese names of places (the first that fits tells the kind), their level and the kind in English. A
# district of a forest and a special district belong to no city: they are counties.
KINDS = (
    ("林区", "county", "Forestry District"),
    ("特区", "county", "Special District"),
    ("自治县", "county", "Autonomous County"),
    ("自治旗", "county", "Autonomous Banner"),
    ("自治州", "prefecture", "Autonomous Prefecture"),
    ("地区", "prefecture", "Prefecture"),
    ("盟", "prefecture", "League"),
    ("区", "district", "District"),
    ("县", "county", "County"),
    ("旗", "county", "Banner"),
)
CITY = "市"
# A level that a package adds to the codes is its own affair.
LEVELS = {level for _, level, _ in KINDS}


class Division(NamedTuple):
    """A place of the list of codes: its names, and the last year whose list has it."""

    name_zh: str
    name_en: str
    year: str


class Goal(NamedTuple):
    """An indicator of the UN list: words, one of which stands in the name of its like, and names that mean just it."""

    words: list[str]
    names: list[str]


@cache
def divisions() -> Mapping[str, Division]:
    """The provinces, prefectures and counties by their codes; reading the list takes 5 ms, so it is read once."""
    with (LISTS / "gb2260.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {code: Division(*told) for code, *told in rows}


@cache
def provinces() -> Mapping[str, Division]:
    """The provinces by the first two digits of their codes."""
    return {code[:2]: division for code, division in divisions().items() if code.endswith("0000")}


@cache
def sdg_indicators() -> Mapping[str, Goal]:
    """The UN indicators by their numbers."""
    with (LISTS / "sdg_indicators.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["number"]: Goal(row["words_zh"].split("|"), row["names_zh"].split("|")) for row in csv.DictReader(file)
        }


@cache
def same_indicators() -> Mapping[str, str]:
    """The number of the UN indicator that a Chinese name means, and nothing else."""
    return {name: number for number, goal in sdg_indicators().items() for name in goal.names if name}


@cache
def codes_of_names() -> Mapping[str, list[str]]:
    """The codes of the places that have a name: of thousands of places without a code each is looked up at once."""
    codes: dict[str, list[str]] = {}
    for code, division in divisions().items():
        codes.setdefault(division.name_zh, []).append(code)
    return codes


def foreign_code(code: str | None, name: str, province: str) -> str | None:
    """What is amiss where a code is not that of a place, or is left out although the list has it."""
    if code is None:
        known = [code for code in codes_of_names().get(name, ()) if within(code, province)]
        return f"the list has {' or '.join(known)}" if known else None
    division = divisions().get(code)
    if division is None:
        return f"no code in the lists of {' and '.join(sorted({d.year for d in divisions().values()}))}"
    return None if division.name_zh == name else f"the code of {division.name_zh}"


def within(code: str, province: str) -> bool:
    return provinces()[code[:2]].name_zh == province


@rule("places", column="gb_code")
def gb_code_is_that_of_the_place(t: Tables) -> pl.DataFrame:
    """A place has the code that the official list gives its name, and none where the list does not know it."""
    return judged(
        t["places"].drop_nulls(["name_zh", "province_zh"]), ["gb_code", "name_zh", "province_zh"], foreign_code
    )


def wrong_level(name: str, code: str | None, level: str) -> str | None:
    """What is amiss where a level is not that of a name and, for a city, of its code."""
    wanted = [kind for end, kind, _ in KINDS if name.endswith(end)][:1]
    if name.endswith(CITY):
        wanted = ["prefecture", "county"] if code is None else ["prefecture" if code.endswith("00") else "county"]
    fits = level in wanted or not wanted or level not in LEVELS
    return None if fits else f"{name} is a {' or '.join(wanted)}"


@rule("places", column="level")
def level_fits_name_and_code(t: Tables) -> pl.DataFrame:
    """A place has the level that the end of its name says, a city that which its code says."""
    return judged(t["places"].drop_nulls(["name_zh", "level"]), ["name_zh", "gb_code", "level"], wrong_level)


def foreign_province(code: str | None, province: str) -> str | None:
    known = provinces()
    names = {division.name_zh for digits, division in known.items() if code is None or digits == code[:2]}
    return None if province in names else f"the code says {''.join(names) or 'no province'}" if code else "no province"


@rule("places", column="province_zh")
def province_fits_gb_code(t: Tables) -> pl.DataFrame:
    """The province is that of the first two digits of the code, or at least one of the list."""
    return judged(t["places"].drop_nulls("province_zh"), ["gb_code", "province_zh"], foreign_province)


def other_english(province: str, english: str) -> str | None:
    wanted = next((name_en for name, name_en, _ in provinces().values() if name == province), english)
    return None if english == wanted else f"{province} is {wanted}"


@rule("places", column="province_en")
def province_has_its_english_name(t: Tables) -> pl.DataFrame:
    """A province has one English name, that of the list."""
    return judged(t["places"].drop_nulls(["province_zh", "province_en"]), ["province_zh", "province_en"], other_english)


def other_kind(name: str, english: str) -> str | None:
    """What is amiss where an English name says another kind of place than the Chinese one; a city may say none."""
    wanted = next((kind for end, _, kind in KINDS if name.endswith(end)), "")
    said = max((kind for _, _, kind in KINDS if english.endswith(kind)), key=len, default="")
    return None if said == wanted else f"ends in {said or 'no kind'}, not in {wanted or 'none'}"


@rule("places", column="name_en")
def name_en_says_the_kind_of_place(t: Tables) -> pl.DataFrame:
    """The English name of a place ends with its kind (District, County, Autonomous County), that of a city does not."""
    return judged(t["places"].drop_nulls(["name_zh", "name_en"]), ["name_zh", "name_en"], other_kind)


def numbered(t: Tables) -> pl.DataFrame:
    """The indicators with an SDG number, without its mark as `number`."""
    number = pl.col("sdg_indicator").str.strip_prefix("~").alias("number")
    return t["indicators"].drop_nulls("sdg_indicator").with_columns(number)


@rule("indicators", column="sdg_indicator")
def sdg_number_is_in_the_un_list(t: Tables) -> pl.DataFrame:
    """An SDG number is one of the UN list of indicators."""
    return numbered(t).filter(~pl.col("number").is_in(list(sdg_indicators())))


def off_subject(number: str, name: str) -> str | None:
    goal = sdg_indicators().get(number)
    strange = goal is not None and not any(word in name for word in goal.words)
    return f"{number} is about {', '.join(goal.words)}" if goal and strange else None


@rule("indicators", column="sdg_indicator")
def sdg_number_fits_the_name(t: Tables) -> pl.DataFrame:
    """An indicator's name holds a word of what its SDG number is about."""
    return judged(numbered(t).drop_nulls("name_zh"), ["number", "name_zh"], off_subject)


def misjudged_sameness(number: str | None, name: str) -> str | None:
    """What is amiss where a name that means just an SDG indicator lacks its number, or another has it without ~."""
    meant = same_indicators().get(name)
    if number == meant or (meant is None and (number or "~").startswith("~")):
        return None
    return f"{name} is {meant}" if meant else f"{name} is not known to be the same as {number}"


@rule("indicators", column="sdg_indicator")
def sdg_number_without_mark_is_the_same_indicator(t: Tables) -> pl.DataFrame:
    """The indicators that the UN list means have its number, all others at most one with ~ before it."""
    return judged(t["indicators"].drop_nulls("name_zh"), ["sdg_indicator", "name_zh"], misjudged_sameness)
