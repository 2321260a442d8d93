"""The targets of a package with all that an assessment needs to know of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import polars as pl

from plandata.package import Package, PackageError

NEEDED = ("places", "plans", "domains", "goals", "measures", "indicators", "targets", "units", "assignments")
CHANGES = ("relative_decrease", "relative_increase")
YEARLY = ("annual_decrease", "annual_increase")
COPIED = (
    "target_id", "item_id", "plan_id", "place_id", "domain_id", "theme", "indicator_id",
    "name_zh", "name_en", "scope_zh", "scope_en", "comparator", "basis", "better",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One target. unit is that of its observations; change_unit that of value where the basis is a change.

    baseline is the level that the plan prints, first_year the year before the plan begins.
    """

    target_id: str
    item_id: str
    plan_id: str
    place_id: str
    domain_id: str | None
    theme: str
    indicator_id: str
    name_zh: str
    name_en: str
    scope_zh: str | None
    scope_en: str | None
    comparator: str
    value: Fraction | None
    unit: str
    change_unit: str | None
    basis: str
    better: str
    reference_year: int | None
    target_year: int
    baseline_year: int | None
    baseline: Fraction | None
    first_year: int
    leads: tuple[str, ...]

    @property
    def base_year(self) -> int:
        """The year from which its path or change counts: the stated one, else the year before the plan."""
        if self.basis == "cumulative":
            return self.first_year
        return self.reference_year or self.baseline_year or self.first_year


def load_targets(package: Package) -> list[Target]:
    """The targets of a package in its order.

    Raises PackageError where a table cannot be read or a cell that is computed with is no number.

    >>> from plandata.package import open_package
    >>> target = next(t for t in load_targets(open_package()) if t.indicator_id == "maternal-mortality")
    >>> target.unit, target.better
    ('per_100k', 'lower')
    """
    frames = texts(package)
    leads = lead_units(frames["assignments"])
    return [read(row, leads) for row in joined(frames).iter_rows(named=True)]


def texts(package: Package) -> dict[str, pl.DataFrame]:
    """The tables that an assessment needs, as text."""
    for name in NEEDED:
        if name not in package.tables:
            raise PackageError(f"{package.root}: table {name} cannot be read; run plandata validate")
    return {name: package.tables[name] for name in NEEDED}


def joined(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Targets with their plan, domain and indicator, in the order of the table."""
    items = pl.concat(
        frames[table].select(pl.col(key).alias("item_id"), "plan_id", "domain_id").unique("item_id")
        for table, key in (("goals", "goal_id"), ("measures", "measure_id"))
    )
    plans = frames["plans"].select("plan_id", "place_id", "start_year").unique("plan_id")
    indicators = frames["indicators"].select(
        "indicator_id", "theme", "name_zh", "name_en", "better", pl.col("unit_of_measure").alias("level_unit")
    )
    return (
        frames["targets"]
        .with_columns(pl.coalesce("goal_id", "measure_id").alias("item_id"))
        .join(items, on="item_id", maintain_order="left")
        .join(plans, on="plan_id", maintain_order="left")
        .join(indicators.unique("indicator_id"), on="indicator_id", maintain_order="left")
    )


def lead_units(assignments: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """The lead units of each item, in their printed order."""
    leads: dict[str, list[str]] = {}
    rows = assignments.filter(pl.col("role") == "lead").select(pl.coalesce("goal_id", "measure_id"), "unit_id")
    for item, unit in rows.iter_rows():
        leads.setdefault(item, []).append(unit)
    return {item: tuple(dict.fromkeys(units)) for item, units in leads.items()}


def read(row: Mapping[str, Any], leads: Mapping[str, tuple[str, ...]]) -> Target:
    changes = row["basis"] in (*CHANGES, *YEARLY)
    return Target(
        **{name: row[name] for name in COPIED},
        value=number(row, "value"),
        unit=row["level_unit"] if changes else row["unit_of_measure"] or row["level_unit"],
        change_unit=row["unit_of_measure"] if changes else None,
        reference_year=year(row, "reference_year"),
        target_year=year(row, "target_year") or 0,
        baseline_year=year(row, "baseline_year"),
        baseline=number(row, "baseline_value"),
        first_year=(year(row, "start_year") or 0) - 1,
        leads=leads.get(row["item_id"], ()),
    )


def number(row: Mapping[str, Any], column: str) -> Fraction | None:
    try:
        return None if row[column] is None else Fraction(Decimal(row[column]))
    except (InvalidOperation, ValueError, OverflowError):
        cell = f"targets: {row['target_id']}: {column} {row[column]!r}"
        raise PackageError(f"{cell} is no number; run plandata validate") from None


def year(row: Mapping[str, Any], column: str) -> int | None:
    found = number(row, column)
    return None if found is None else int(found)
