"""Observations of one place over some years, made by rule from its targets, and the files that hold them."""

import csv
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plandata.assess.model import Target, load_targets
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables

PLACE = "weining"
Row = dict[str, str]


def targets() -> list[Target]:
    """The targets of the place."""
    return [target for target in load_targets(Tables.of(Folder(home()))) if target.place_id == PLACE]


def row(target: Target, year: int, value: object, **cells: str) -> Row:
    """An observation of a target."""
    told = {"place_id": PLACE, "indicator_id": target.indicator_id, "scope": target.scope.zh, "year": str(year)}
    return told | {"value": str(value), "unit_of_measure": target.unit, "source": f"report {year}"} | cells


def simulated(years: Iterable[int] = range(2020, 2024), seed: int = 7, share: float = 0.7) -> list[Row]:
    """Values of most targets over some years, by a walk that a seed makes: some rise, some fall, some are missing."""
    dice, rows = random.Random(seed), {}
    for target in targets():
        top = 100.0 if target.unit == "percent" else 20.0
        level, drift, reported = dice.uniform(0.3, 0.95) * top, dice.uniform(-0.05, 0.08) * top, dice.random() < share
        for year in years:
            level = min(max(level + drift + dice.uniform(-0.02, 0.02) * top, 0), top)
            missing = dice.random() < 0.1
            if reported and not missing:
                rows.setdefault((target.indicator_id, target.scope.zh, year), row(target, year, round(level, 2)))
    return list(rows.values())


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A file of observations."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, edition().observations.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
