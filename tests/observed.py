"""Single observations of the targets of a place, and the files that hold them."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plandata.assess.model import Target, load_targets
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables

PLACE = "weining"
Row = dict[str, str]


def targets(package: Folder | None = None) -> list[Target]:
    """The targets of the place, in the edition or in another package."""
    tables = Tables.of(package or Folder(home()))
    return [target for target in load_targets(tables) if target.place_id == PLACE]


def one_each(package: Folder) -> list[Target]:
    """The last target of each indicator of the place."""
    return list({target.indicator_id: target for target in targets(package)}.values())


def row(target: Target, year: int, value: object, **cells: str) -> Row:
    """An observation of a target."""
    told = {"place_id": PLACE, "indicator_id": target.indicator_id, "scope": target.scope.zh, "year": str(year)}
    return told | {"value": str(value), "unit_of_measure": target.unit, "source": f"report {year}"} | cells


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    """A file of observations."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, edition().observations.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
