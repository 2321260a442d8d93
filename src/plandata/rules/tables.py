"""The tables as rules see them: text frames, and the few joins that several rules need."""

from collections.abc import Callable, Sequence
from functools import wraps
from threading import RLock

import polars as pl

from plandata.reader import ROW
from plandata.schema import ForeignKey, schemas

NUMERIC = ("ge", "gt", "le", "lt", "approx", "eq")
PARENT = pl.coalesce("goal_id", "measure_id").alias("item_id")
Find = Callable[["Tables"], pl.DataFrame]


def once(find: Find) -> Find:
    """Keeps what a function finds in the tables of one package."""

    @wraps(find)
    def kept(t: "Tables") -> pl.DataFrame:
        with t.lock:
            if find.__name__ not in t.found:
                t.found[find.__name__] = find(t)
            return t.found[find.__name__]

    return kept


class Tables:
    """The readable tables of one package. `t["targets"]` is a text frame with the column `row`.

    Rules run side by side in threads; what several of them need is found once, under a lock.
    """

    def __init__(self, frames: dict[str, pl.DataFrame]) -> None:
        self.frames = frames
        self.links: dict[tuple[str, str], pl.Series] = {}
        self.found: dict[str, pl.DataFrame] = {}
        self.lock = RLock()

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.frames[name]

    def link(self, table: str, column: str) -> pl.Series:
        """For each row of a table the row of the other table that its foreign key in a column names; null for none."""
        return self.resolved(table, next(key for key in schemas().tables[table].foreign_keys if key.field == column))

    def resolved(self, table: str, foreign: ForeignKey) -> pl.Series:
        """The link of a foreign key, found once."""
        name = foreign.field
        with self.lock:
            if (table, name) not in self.links:
                keys = self[foreign.table].select(pl.col(foreign.reference).alias(name), pl.col(ROW).alias("linked"))
                self.links[table, name] = linked(self[table].select(name), keys, name)
            return self.links[table, name]

    def cells(self, table: str, column: str, rows: pl.Series) -> pl.Series:
        """The cells of a table's column in the rows that a link names."""
        return self[table][column].gather(rows)

    @property
    @once
    def items(self) -> pl.DataFrame:
        """Goals and measures under one roof: item_id, plan_id, domain_id, kind, position, number."""
        shared = ("plan_id", "domain_id", "kind", "position", "number")
        return pl.concat(
            self[table].select(pl.col(key).alias("item_id"), *shared)
            for table, key in (("goals", "goal_id"), ("measures", "measure_id"))
        )

    @property
    @once
    def targets(self) -> pl.DataFrame:
        """Targets with item_id, and value and baseline as numbers x and base."""
        return self["targets"].with_columns(PARENT, number("value").alias("x"), number("baseline_value").alias("base"))

    def item_rows(self, table: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures the row of `items`; null for none."""
        goal, measure = self.link(table, "goal_id"), self.link(table, "measure_id")
        return goal.zip_with(goal.is_not_null(), measure + self["goals"].height)

    def plan_cells(self, table: str, column: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures a cell of its item's plan."""
        plans = pl.concat([self.link("goals", "plan_id"), self.link("measures", "plan_id")])
        return self.cells("plans", column, plans.gather(self.item_rows(table)))

    def recorded(self, kind: str) -> pl.DataFrame:
        """item_id and row of the anomalies of one kind."""
        return self["anomalies"].filter(pl.col("kind") == kind).select(PARENT, ROW)


def linked(cells: pl.DataFrame, keys: pl.DataFrame, column: str) -> pl.Series:
    """What stands in `linked` beside the key that each cell holds; beside the first one where a key is doubled."""
    joined = cells.join(keys, on=column, how="left", maintain_order="left")
    if joined.height != cells.height:
        return linked(cells, keys.unique(column, keep="first"), column)
    return joined["linked"]


def number(column: str) -> pl.Expr:
    """A text column as numbers; what is no number is null, and a rule of its own tells so."""
    return pl.col(column).cast(pl.Float64, strict=False)


def alike(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows whose cells in columns are those of another row too.

    Equal cells have equal hashes: as many hashes as rows leave nothing to compare.
    """
    hashes = frame.select(pl.sum_horizontal(pl.col(columns).hash())).to_series()
    if hashes.n_unique() == frame.height:
        return frame.clear()
    return frame.filter(pl.struct(columns).is_duplicated())


def in_sequence(frame: pl.DataFrame, siblings: Sequence[str], place: str) -> bool:
    """Whether siblings stand together and their places count 1, 2, 3 … row by row: a proof for tables in good order."""
    runs = frame.select(*siblings, number(place).alias("place"), pl.struct(siblings).rle_id().alias("run"))
    starts = runs["run"].ne_missing(runs["run"].shift(1)).arg_true()
    expected = pl.int_range(frame.height, eager=True) - starts.gather(runs["run"]).cast(pl.Int64) + 1
    return runs["place"].eq_missing(expected).all() and alike(runs[starts], siblings).is_empty()


def judged(
    frame: pl.DataFrame, columns: list[str], judge: Callable[..., str | None], combined: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The rows whose cells in columns a Python function finds fault with; it sees each combination once.

    combined holds all combinations of these and other columns, where they are known already.
    """
    distinct = (frame if combined is None else combined).select(columns).unique()
    details = [judge(*cells) for cells in distinct.iter_rows()]
    faults = distinct.with_columns(pl.Series("detail", details, pl.String)).filter(pl.col("detail").is_not_null())
    if faults.is_empty():
        return frame.clear().with_columns(pl.lit(None, pl.String).alias("detail"))
    return frame.join(faults, on=columns, nulls_equal=True, maintain_order="left")
