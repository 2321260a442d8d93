"""Observations of one place over some years, invented by rule from a seed: near its targets, with gaps, small counts.

Their source says that they are simulated. The rows of a year are a share of the targets; some rates have numerator and
denominator, some are by sex too, some of the last year are preliminary.
"""

import csv
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from plandata.assess.model import Target, load_targets
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.words import plain

PLACE, YEARS, SEED = "weining", (2020, 2021, 2022, 2023), 20231
# For each unit of a rate how many times its numerator is taken.
PER = {"percent": 100, "per_mille": 1000, "per_10k": 10_000, "per_100k": 100_000, "per_1000": 1000}
LEVELS = {"percent": 70, "per_mille": 6, "per_100k": 14, "per_10k": 30, "yuan": 9000, "person": 1800, "hour_per_day": 1}
Row = dict[str, str]


def rows(place: str = PLACE, years: tuple[int, ...] = YEARS, seed: int = SEED) -> list[Row]:
    """The rows of an observations file; the same arguments give the same rows."""
    chance = random.Random(seed)
    targets = [target for target in load_targets(Tables.of(Folder(home()))) if target.place_id == place]
    first = {(target.indicator_id, target.scope.zh, target.unit): target for target in reversed(targets)}
    made = [row for target in reversed(first.values()) for row in of_target(target, years, chance)]
    return sorted(made, key=lambda row: tuple(row.get(column, "") for column in edition().observations.sorted_by))


def of_target(target: Target, years: tuple[int, ...], chance: random.Random) -> Iterator[Row]:
    """The rows of one target; of one in four there are none."""
    if chance.random() < 0.25:
        return
    aim = (
        target.value
        if target.value is not None and target.change_unit is None
        else Fraction(LEVELS.get(target.unit, 40))
    )
    worse = 1 if target.better == "lower" else -1
    start, speed = chance.uniform(0.05, 0.25), chance.uniform(-0.02, 0.08)
    counted = target.unit in PER and chance.random() < 0.4
    by_sex = target.unit == "percent" and chance.random() < 0.2
    for year in years:
        if chance.random() < 0.1:
            continue
        away = start - speed * (year - years[0]) + chance.uniform(-0.02, 0.02)
        level = capped(float(aim) * (1 + worse * away), target.unit)
        status = "preliminary" if year == years[-1] and chance.random() < 0.15 else "final"
        yield from of_year(target, year, level, status, counted, by_sex, chance)


def capped(level: float, unit: str) -> Fraction:
    """A level with two decimals that its unit allows; counts are whole."""
    highest = {"percent": 99.9, "hour_per_day": 20.0}.get(unit, 1e9)
    whole = unit in ("count", "person", "person_time", "yuan")
    return Fraction(str(round(min(max(level, 0.0), highest), 0 if whole else 2)))


def of_year(
    target: Target, year: int, level: Fraction, status: str, counted: bool, by_sex: bool, chance: random.Random
) -> Iterator[Row]:
    """The row of a year, and those by sex beside it."""
    told = {
        "place_id": target.place_id,
        "indicator_id": target.indicator_id,
        "scope": target.scope.zh,
        "year": str(year),
        "unit_of_measure": target.unit,
        "source": "simulated",
        "status": status,
    }
    if not by_sex:
        yield told | with_counts(level, target.unit, counted, chance)
        return
    parts = {
        sex: told | {"sex": sex} | with_counts(near(level, shift), target.unit, counted, chance)
        for sex, shift in (("female", Fraction(-1, 2)), ("male", Fraction(1, 2)))
    }
    yield told | (together(*parts.values(), target.unit) if counted else {"value": plain(level) or "0"})
    yield from parts.values()


def near(level: Fraction, shift: Fraction) -> Fraction:
    """A share near another one."""
    return max(min(level + shift, Fraction(100)), Fraction(0))


def with_counts(level: Fraction, unit: str, counted: bool, chance: random.Random) -> Row:
    """A value, for a counted rate with the counts that it is the ratio of."""
    if not counted:
        return {"value": plain(level) or "0"}
    denominator = chance.randrange(3000, 30000)
    return ratio(round(level * denominator / PER[unit]), denominator, unit)


def together(one: Row, other: Row, unit: str) -> Row:
    """The value of two parts together."""
    return ratio(*(int(one[name]) + int(other[name]) for name in ("numerator", "denominator")), unit)


def ratio(numerator: int, denominator: int, unit: str, places: int = 2) -> Row:
    """A value with its counts."""
    value = plain(Fraction(numerator * PER[unit], denominator), places)
    return {"value": value or "0", "numerator": str(numerator), "denominator": str(denominator)}


def write(path: Path, made: list[Row]) -> Path:
    """A file of observations."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, edition().observations.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(made)
    return path
