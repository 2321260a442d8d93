"""Four years of made-up observations of one place, the same in every run: not of any real place or year."""

import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from plandata.assess.model import Target, load_targets
from plandata.files import csv_text
from plandata.package.folder import Folder
from plandata.schema import home
from plandata.tables import Tables

PLACE, YEARS, YEAR = "weining", (2020, 2021, 2022, 2023), 2023
COLUMNS = (
    "place_id", "indicator_id", "scope", "sex", "age_group", "area", "year", "value", "numerator", "denominator",
    "unit_of_measure", "source", "status",
)  # fmt: skip
SOURCE = "模拟数据"
PARTS = (("female", "", ""), ("male", "", ""), ("", "", "urban"), ("", "", "rural"), ("", "0-6", ""), ("", "7-17", ""))
# A level about which a target without a number of its own moves.
WITHOUT = {"hour_per_day": 1, "time_per_year": 2, "time_per_term": 1, "ratio": 1}
Cells = tuple[object, ...]


def simulated(path: Path) -> Path:
    """Writes the observations of the place to a file."""
    chance = random.Random(2023)
    rows: dict[Cells, Cells] = {}
    for target in load_targets(Tables.of(Folder(home()))):
        key = (target.place_id, target.indicator_id, target.scope.zh)
        if target.place_id == PLACE and chance.random() < 0.72 and key not in {row[:3] for row in rows}:
            rows |= {row[:7]: row for row in observed(target, chance)}
    path.write_text(csv_text(COLUMNS, rows.values()), encoding="utf-8")
    return path


def observed(target: Target, chance: random.Random) -> Iterator[Cells]:
    """The rows of one target: a course towards its value or away from it, and parts of a share."""
    key = (target.place_id, target.indicator_id, target.scope.zh)
    goal = (
        target.value
        if target.value is not None and target.change_unit is None
        else Fraction(WITHOUT.get(target.unit, 60))
    )
    start, pace = goal * Fraction(chance.randint(60, 104), 100), Fraction(chance.randint(-3, 24), 300)
    if target.better == "lower":
        start, pace = goal * Fraction(chance.randint(98, 150), 100), -pace
    whole = target.unit in ("count", "person", "person_time")
    last = YEARS[-2] if chance.random() < 0.12 else YEARS[-1]
    for year in YEARS:
        if year <= last:
            value = start + goal * pace * (year - YEARS[0]) + goal * Fraction(chance.randint(-10, 10), 500)
            value = min(value, Fraction(100)) if target.unit == "percent" else value
            told = tenth(value, whole)
            yield (*key, "", "", "", year, told, *counts(target, value, chance), target.unit, SOURCE, "final")
            if year == last and target.unit == "percent" and target.indicator_id[0] in "aceghw":
                for part in PARTS:
                    level = tenth(min(value + chance.randint(-40, 40) * Fraction(1, 10), Fraction(100)), whole)
                    yield (*key, *part, year, level, "", "", target.unit, SOURCE, "preliminary")


def tenth(value: Fraction, whole: bool) -> str:
    """A value of at least nothing as it is reported."""
    return f"{max(round(float(value)) if whole else round(float(value), 1), 0):g}"


def counts(target: Target, value: Fraction, chance: random.Random) -> tuple[str, str]:
    """Numerator and denominator of a rate, small ones among them; nothing for what is no rate."""
    of = {"percent": 100, "per_mille": 1000, "per_100k": 100_000}.get(target.unit)
    if of is None:
        return "", ""
    born = chance.choice((180, 2_400, 21_000))
    return str(round(value * born / of)), str(born)
