"""The tables as rules see them: text frames, and the few joins that several rules need."""

from collections.abc import Callable
from functools import cached_property

import polars as pl

from plandata.reader import ROW

NUMERIC = ("ge", "gt", "le", "lt", "approx", "eq")
PARENT = pl.coalesce("goal_id", "measure_id").alias("item_id")


class Tables:
    """The readable tables of one package. `t["targets"]` is a text frame with the column `row`."""

    def __init__(self, frames: dict[str, pl.DataFrame]) -> None:
        self.frames = frames

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.frames[name]

    @cached_property
    def items(self) -> pl.DataFrame:
        """Goals and measures under one roof: item_id, plan_id, domain_id, kind, position, number."""
        shared = ("plan_id", "domain_id", "kind", "position", "number")
        return pl.concat(
            self[table].select(pl.col(key).alias("item_id"), *shared)
            for table, key in (("goals", "goal_id"), ("measures", "measure_id"))
        )

    @cached_property
    def item_plans(self) -> pl.DataFrame:
        """item_id and plan_id of every item, each once."""
        return self.items.select("item_id", "plan_id").unique("item_id")

    @cached_property
    def targets(self) -> pl.DataFrame:
        """Targets with item_id, and value and baseline as numbers x and base."""
        return self["targets"].with_columns(PARENT, number("value").alias("x"), number("baseline_value").alias("base"))

    def recorded(self, kind: str) -> pl.DataFrame:
        """item_id and row of the anomalies of one kind."""
        return self["anomalies"].filter(pl.col("kind") == kind).select(PARENT, ROW)


def number(column: str) -> pl.Expr:
    """A text column as numbers; what is no number is null, and a rule of its own tells so."""
    return pl.col(column).cast(pl.Float64, strict=False)


def judged(frame: pl.DataFrame, columns: list[str], judge: Callable[..., str | None]) -> pl.DataFrame:
    """The rows whose cells in columns a Python function finds fault with; it sees each combination once."""
    distinct = frame.select(columns).unique()
    details = [judge(*cells) for cells in distinct.iter_rows()]
    faults = distinct.with_columns(pl.Series("detail", details, pl.String)).filter(pl.col("detail").is_not_null())
    if faults.is_empty():
        return frame.clear().with_columns(pl.lit(None, pl.String).alias("detail"))
    return frame.join(faults, on=columns, nulls_equal=True, maintain_order="left")
