"""The joins that users of the tables need. All take a package and return typed Polars frames.

A target or an assignment hangs on a goal or on a measure; both are called items here, so that one
column, item_id, serves where the tables have two.
"""

import polars as pl

from plandata.package import Package
from plandata.schema import schemas

ITEM_TABLES = {"goals": "goal_id", "measures": "measure_id"}
ITEM_COLUMNS = ("plan_id", "domain_id", "kind", "number", "label_zh", "label_en")
KIND_LISTS = ("goal_kind", "measure_kind")


def items(package: Package) -> pl.DataFrame:
    """All goals and measures in one frame: item_id, table, and the columns that both tables have.

    kind keeps its code; kind_zh and kind_en are its labels.

    >>> from plandata.package import open_package
    >>> items(open_package()).columns[:3]
    ['item_id', 'table', 'plan_id']
    """
    parts = [
        package[table].select(pl.col(key).alias("item_id"), pl.lit(table).alias("table"), *ITEM_COLUMNS)
        for table, key in ITEM_TABLES.items()
    ]
    return pl.concat(parts).with_columns(*labels("kind", *KIND_LISTS))


def labels(column: str, *lists: str) -> list[pl.Expr]:
    """The Chinese and the English label of a coded column, as columns NAME_zh and NAME_en."""
    codes = [code for name in lists for code in schemas().codes[name].values()]
    chinese, english = {c.code: c.label_zh for c in codes}, {c.code: c.label_en for c in codes}
    return [
        pl.col(column).replace_strict(names, default=None, return_dtype=pl.String).alias(f"{column}_{lang}")
        for lang, names in (("zh", chinese), ("en", english))
    ]


def item_key() -> pl.Expr:
    """The item that a row of targets, assignments or non_targets hangs on, as column item_id."""
    return pl.coalesce("goal_id", "measure_id").alias("item_id")


def targets_of(package: Package, item_id: str) -> pl.DataFrame:
    """The targets of a goal or a measure, with the indicator's names and direction; empty where it has none.

    value and baseline_value are in unit_of_measure. Raises KeyError for an id that is neither.

    >>> from plandata.package import open_package
    >>> package = open_package()
    >>> goal = package["targets"]["goal_id"].drop_nulls()[0]
    >>> targets_of(package, goal)["goal_id"].unique().to_list() == [goal]
    True
    """
    check_item(package, item_id)
    names = package["indicators"].select("indicator_id", "name_zh", "name_en", "better")
    held = package["targets"].filter(item_key() == item_id)
    return held.join(names, on="indicator_id", how="left", maintain_order="left")


def bodies_of(package: Package, item_id: str) -> pl.DataFrame:
    """The bodies that lead or share a goal or a measure, in the order of the print; empty where none is named.

    Raises KeyError for an id that is neither a goal nor a measure.

    >>> from plandata.package import open_package
    >>> package = open_package()
    >>> goal = package["assignments"]["goal_id"].drop_nulls()[0]
    >>> bodies_of(package, goal).columns[:3]
    ['unit_id', 'role', 'position']
    """
    check_item(package, item_id)
    return bodies(package).filter(pl.col("item_id") == item_id).drop("item_id").sort("position")


def bodies(package: Package) -> pl.DataFrame:
    """Every assignment with its item, unit, role, place in the list, and what the units table says of the body."""
    assigned = package["assignments"].select(item_key(), "unit_id", "role", "position", "printed_as")
    return assigned.join(package["units"], on="unit_id", how="left", maintain_order="left")


def check_item(package: Package, item_id: str) -> None:
    """Raises KeyError unless the id is that of a goal or a measure."""
    if not any(item_id in package[table][key] for table, key in ITEM_TABLES.items()):
        raise KeyError(f"no goal or measure {item_id!r}")
