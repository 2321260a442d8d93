"""The one join of the tables, on which rules, assessment, site, verification, comparison and exports stand.

A target, an assignment, a number that is no target hangs on a goal or on a measure, an anomaly may; both are called
items here, so that one column, item_id, serves where the tables have two. The tables can be seen as text frames
with row numbers (`t["targets"]`), joined with their items (`t.joined("targets")`), with typed columns
(`t.typed("targets")`) and as rows of text (`t.rows("targets")`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from operator import attrgetter
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

import polars as pl

from plandata.files import PackageError
from plandata.package.folder import Folder
from plandata.package.reader import ROW, typed
from plandata.schema import LEXICAL, Code, ForeignKey, Schemas, edition

Row = dict[str, str]
NUMERIC = ("ge", "gt", "le", "lt", "approx", "eq")
ITEM_TABLES = {"goals": "goal_id", "measures": "measure_id"}
# The code list of the kinds of each.
ITEM_KINDS = {"goals": "goal_kind", "measures": "measure_kind"}
# The item that a row hangs on.
ITEM = pl.coalesce(*ITEM_TABLES.values()).alias("item_id")
# What the items have in common whose positions count 1, 2, 3 …
SIBLINGS = ("plan_id", "domain_id", "kind")
# What both goals and measures have: where an item stands, and what it is.
ITEM_COLUMNS = (*SIBLINGS, "position", "number", "label_zh", "label_en", "text_sha256")
# What a row that hangs on an item takes from it.
CARRIED = ("plan_id", "place_id", "population", "domain_id", "theme", "item_table", "item_kind")
# So many rows are looked at together where all at once would take much memory.
AT_ONCE = 100_000
Found = TypeVar("Found")
About = ParamSpec("About")


def once(find: Callable[Concatenate["Tables", About], Found]) -> Callable[Concatenate["Tables", About], Found]:
    """Keeps what a function finds in the tables of one package, and of a table that it is told; a second thread waits
    for what the first one finds.
    """

    @wraps(find)
    def kept(t: "Tables", /, *about: About.args, **named: About.kwargs) -> Found:
        asked = " ".join((find.__name__, *map(str, (*about, *named.values()))))
        with t.locks.setdefault(asked, Lock()):
            if asked not in t.kept:
                t.kept[asked] = find(t, *about, **named)
        found: Found = t.kept[asked]
        return found

    return kept


class Tables:
    """The readable tables of one package, joined. `t["targets"]` is a text frame with the column `row`.

    A column of the edition that the package leaves out is empty in every row.
    """

    def __init__(self, frames: Mapping[str, pl.DataFrame], schemas: Schemas, root: object = "") -> None:
        self.frames = {name: completed(name, frame, schemas) for name, frame in frames.items()}
        self.schemas = schemas
        self.root = root
        self.links: dict[tuple[str, ForeignKey], pl.Series] = {}
        self.kept: dict[str, Any] = {}
        self.locks: dict[str, Lock] = {}

    @classmethod
    def of(cls, package: Folder) -> "Tables":
        """The tables of a package."""
        return cls(package.tables, package.schemas, package.root)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """A table as text. Raises PackageError for one that cannot be read."""
        if name not in self.frames:
            raise PackageError(f"{self.root}: table {name} cannot be read; run plandata validate")
        return self.frames[name]

    def link(self, table: str, column: str) -> pl.Series:
        """For each row of a table the row of the other table that its foreign key in a column names; null for none."""
        return self.resolved(table, next(key for key in self.foreign_keys(table) if key.field == column))

    def foreign_keys(self, table: str) -> list[ForeignKey]:
        """The foreign keys of a table: those of the edition, on which the joins stand, and what the package adds."""
        known = edition().tables.get(table)
        keys = {
            key.field: key for source in (self.schemas.tables[table], known) if source for key in source.foreign_keys
        }
        return list(keys.values())

    def resolved(self, table: str, foreign: ForeignKey, beside: Iterable[tuple[str, ForeignKey]] = ()) -> pl.Series:
        """The link of a foreign key, found once; beside it those of others that name the same column.

        To find them together takes two thirds of the time: the column is hashed once.
        """
        asked = (table, foreign)
        with self.locks.setdefault(f"{foreign.table}.{foreign.reference}", Lock()):
            if asked not in self.links:
                self.link_all([asked, *(pair for pair in beside if pair not in (asked, *self.links))])
        return self.links[asked]

    def rows_named(self, cells: pl.Series, foreign: ForeignKey) -> pl.Series:
        """For each cell of a column that is not of the package the row that a foreign key names, null where none is."""
        keys = self[foreign.table].select(pl.col(foreign.reference).alias("key"), pl.col(ROW).alias("linked"))
        return linked(cells.alias("key").to_frame(), keys, "key")

    def link_all(self, asking: Sequence[tuple[str, ForeignKey]]) -> None:
        """Keeps the links of foreign keys that name one column."""
        foreign = asking[0][1]
        keys = self[foreign.table].select(pl.col(foreign.reference).alias("key"), pl.col(ROW).alias("linked"))
        cells = [self[table].select(pl.col(key.field).alias("key")) for table, key in asking]
        rows, start = linked(pl.concat(cells), keys, "key"), 0
        for pair, part in zip(asking, cells, strict=True):
            self.links[pair] = rows.slice(start, part.height)
            start += part.height

    def cells(self, table: str, column: str, rows: pl.Series) -> pl.Series:
        """The cells of a table's column in the rows that a link names."""
        return self[table][column].gather(rows)

    def item_rows(self, table: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures the row of `items`; null for none."""
        goal, measure = self.link(table, "goal_id"), self.link(table, "measure_id")
        return goal.zip_with(goal.is_not_null(), measure + self["goals"].height)

    def plan_rows(self) -> pl.Series:
        """For each item the row of its plan."""
        return pl.concat([self.link(table, "plan_id") for table in ITEM_TABLES])

    def domain_rows(self) -> pl.Series:
        """For each item the row of its domain; null for none."""
        return pl.concat([self.link(table, "domain_id") for table in ITEM_TABLES])

    def plans_of(self, table: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures the row of its item's plan; null for none."""
        return self.plan_rows().gather(self.item_rows(table))

    def domains_of(self, table: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures the row of its item's domain; null for none."""
        return self.domain_rows().gather(self.item_rows(table))

    def domain_cells(self, table: str, column: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures a cell of its item's domain; null for none."""
        return self.cells("domains", column, self.domains_of(table))

    def plan_cells(self, table: str, column: str) -> pl.Series:
        """For each row of a table that hangs on goals and measures a cell of its item's plan."""
        return self.cells("plans", column, self.plans_of(table))

    def stacked(self, columns: Sequence[str]) -> pl.DataFrame:
        """Some columns of all goals, then of all measures, with item_id and item_table."""
        return pl.concat(
            self[table].select(pl.col(key).alias("item_id"), pl.lit(table).alias("item_table"), *columns)
            for table, key in ITEM_TABLES.items()
        )

    @property
    @once
    def placed(self) -> pl.DataFrame:
        """The items with their place, theme (null without a domain) and population: the domain's, else the plan's."""
        plans, domains = self.plan_rows(), self.domain_rows()
        population = self.cells("domains", "population", domains).alias("population")
        return self.stacked(ITEM_COLUMNS).with_columns(
            self.cells("plans", "place_id", plans).alias("place_id"),
            population.zip_with(population.is_not_null(), self.cells("plans", "population", plans)),
            self.cells("domains", "theme", domains).alias("theme"),
        )

    @property
    @once
    def targets(self) -> pl.DataFrame:
        """Targets with item_id, and value and baseline as numbers x and base."""
        numbers = (as_number("value").alias("x"), as_number("baseline_value").alias("base"))
        return self["targets"].with_columns(ITEM, *numbers)

    def hangs(self, table: str) -> bool:
        """Whether the rows of a table hang on goals and measures: on either, so neither key is always there."""
        optional = {field.name for field in self.schemas.tables[table].fields if not field.required}
        return ITEM_TABLES.keys() <= {key.table for key in self.foreign_keys(table) if key.field in optional}

    def joined(self, table: str) -> pl.DataFrame:
        """A table as text; where it hangs on items with item_id and, of the item, CARRIED."""
        if not self.hangs(table):
            return self[table]
        items, rows = self.placed.rename({"kind": "item_kind"}), self.item_rows(table)
        known = [items[name].gather(rows) for name in CARRIED if name not in self[table].columns]
        return self[table].with_columns(ITEM, *known)

    def typed(self, table: str) -> pl.DataFrame:
        """A joined table with the typed columns of its schema."""
        return typed(self.joined(table), self.schemas.tables[table]).drop(ROW)

    def rows(self, table: str) -> list[Row]:
        """The rows of a joined table as text cells, empty cells as ""."""
        return as_rows(self.joined(table).drop(ROW))

    def keyed(self, table: str) -> dict[str, Row]:
        """The rows of a table by their id."""
        key = self.schemas.tables[table].key[0]
        return {row[key]: row for row in self.rows(table)}

    @property
    def id_columns(self) -> dict[str, str]:
        """The readable tables whose rows have an id, each with its column."""
        tables = (self.schemas.tables[name] for name in self.schemas.tables if name in self.frames)
        return {table.name: table.primary_key[0] for table in tables if len(table.primary_key) == 1}

    @property
    @once
    def shared_ids(self) -> pl.DataFrame:
        """table, row and id of each row whose id is that of a row of another table too, or a retired one."""
        retired = {"retired_ids": "old_id"} if "retired_ids" in self.frames else {}
        columns = self.id_columns | retired
        # As a code, since the name of a table beside each of its ids takes much memory.
        name_of = pl.Enum(list(columns))
        ids = [
            self[name].select(ROW, pl.col(key).alias("id"), pl.lit(name, name_of).alias("table"))
            for name, key in columns.items()
        ] or [pl.DataFrame(schema={ROW: pl.UInt32, "id": pl.String, "table": name_of})]
        doubled = alike(pl.concat(ids), ["id"]).drop_nulls("id")
        return doubled.filter(pl.col("table").n_unique().over("id") > 1).cast({"table": pl.String})

    def recorded(self, kind: str) -> pl.DataFrame:
        """item_id and row of the anomalies of one kind."""
        return self["anomalies"].filter(pl.col("kind") == kind).select(ITEM, ROW)

    def bodies(self) -> pl.DataFrame:
        """Every assignment with its item, unit, role, place in the list, and what the units table says of the body."""
        assigned = self.typed("assignments").select("item_id", "unit_id", "role", "position", "printed_as")
        return assigned.join(self.typed("units"), on="unit_id", how="left", maintain_order="left")


def completed(name: str, frame: pl.DataFrame, schemas: Schemas) -> pl.DataFrame:
    """A frame with every column that the edition knows for its table."""
    known = edition().tables.get(name)
    if schemas is edition() or known is None:
        return frame
    missing = [column for column in known.columns if column not in frame.columns]
    return frame.with_columns(pl.lit(None, pl.String).alias(column) for column in missing)


def as_rows(frame: pl.DataFrame) -> list[Row]:
    """A text frame as rows, empty cells as ""."""
    return frame.with_columns(pl.all().fill_null("")).to_dicts()


def whole_number(row: Row, column: str) -> int:
    """A cell that is computed with. Raises PackageError that names the row where it is no whole number.

    >>> whole_number({"domain_id": "a", "position": "2"}, "position")
    2
    """
    if not re.fullmatch(LEXICAL["integer"], row[column]):
        named = next(iter(filter(None, row.values())), "a row")
        raise PackageError(f"{named}: {column} {row[column]!r} is no whole number; run plandata validate")
    return int(row[column])


def grouped(rows: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, list[Any]]:
    """Rows by the value of a column, in their order; a value that no row has gives an empty list.

    >>> dict(grouped([{"a": "x"}, {"a": "x"}], "a"))
    {'x': [{'a': 'x'}, {'a': 'x'}]}
    """
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def linked(cells: pl.DataFrame, keys: pl.DataFrame, column: str) -> pl.Series:
    """What stands in `linked` beside the key that each cell holds; beside the first one where a key is doubled."""
    # As a plan, which drops the keys at once: they would take four times the memory of the links.
    plan = cells.lazy().join(keys.lazy(), on=column, how="left", maintain_order="left")
    joined = plan.select("linked").collect()
    if joined.height != cells.height:
        return linked(cells, keys.unique(column, keep="first"), column)
    return joined["linked"]


def as_number(column: str) -> pl.Expr:
    """A text column as numbers; what is no number is null, and a rule of its own tells so."""
    return pl.col(column).cast(pl.Float64, strict=False)


def distinct(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a frame, each once, in their order.

    Part by part: where few rows are told many times, it takes half the time and a tenth of the memory.

    >>> distinct(pl.DataFrame({"a": ["y", "x", "y"]}))["a"].to_list()
    ['y', 'x']
    """
    parts = [part.unique(maintain_order=True) for part in frame.iter_slices(AT_ONCE)]
    return pl.concat(parts).unique(maintain_order=True) if len(parts) > 1 else next(iter(parts), frame)


def alike(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """The rows whose cells in columns are those of another row too.

    Equal cells have equal hashes: only rows of equal hashes are compared.
    """
    hashes = frame.select(pl.sum_horizontal(pl.col(columns).hash())).to_series()
    if hashes.n_unique() == frame.height:
        return frame.clear()
    return frame.filter(hashes.is_duplicated()).filter(pl.struct(columns).is_duplicated())


def in_sequence(frame: pl.DataFrame, siblings: Sequence[str], place: str) -> bool:
    """Whether siblings stand together and their places, a column of texts, count 1, 2, 3 … row by row: a proof for
    tables in good order.
    """
    others = (pl.col(name).ne_missing(pl.col(name).shift(1)) for name in siblings)
    first = pl.any_horizontal(pl.int_range(pl.len()) == 0, *others).alias("first")
    rows = frame.select(*siblings, first, pl.col(place).cast(pl.Int64, strict=False).alias("place"))
    following = pl.when("first").then(1).otherwise(pl.col("place").shift(1) + 1)
    counted: bool = rows.select(pl.col("place").eq_missing(following).all()).item()
    return counted and alike(rows.filter("first"), siblings).is_empty()


def places_in_runs(runs: pl.Series) -> pl.Series:
    """The place of each row in its run, from 1; runs are numbered from 0, one after the other.

    >>> places_in_runs(pl.Series([0, 0, 1, 2, 2, 2])).to_list()
    [1, 2, 1, 1, 2, 3]
    """
    starts = runs.ne_missing(runs.shift(1)).arg_true()
    return pl.int_range(len(runs), eager=True) - starts.gather(runs).cast(pl.Int64) + 1


def miscounted(frame: pl.DataFrame, parent: str, place: str) -> pl.DataFrame:
    """The rows whose places do not count 1, 2, 3 … within their parent, in whatever order: those beyond the number of
    siblings, and those that share a place.
    """
    if in_sequence(frame, [parent], place):
        return frame.select(ROW).clear()
    counted = frame.select(ROW, parent, as_number(place).alias("place"))
    beyond = counted.filter(pl.col("place") > pl.len().over(parent))
    return pl.concat([beyond, alike(counted, [parent, "place"])]).select(ROW)


def wrong_row_ids(t: Tables, table: str, letter: str) -> pl.DataFrame:
    """The rows of a table whose ids are not their item, a letter and 1, 2, 3 … without gaps but for retired ids."""
    key = t.schemas.tables[table].key[0]
    doubtful = miscounted_ids(t[table].select(ROW, ITEM, key), key, letter)
    stem = pl.col(key).str.strip_chars_end("0123456789")
    last = pl.col(key).str.slice(stem.str.len_chars()).cast(pl.Int64, strict=False)
    counted = doubtful.select(ROW, "item_id", stem.alias("stem"), last.alias("last"))
    strange = counted.filter(pl.col("stem").ne_missing(pl.col("item_id") + f".{letter}"))
    item = pl.col("old_id").str.replace(rf"\.{letter}[0-9]+$", "").alias("item_id")
    retired = t["retired_ids"].filter(pl.col("table_name") == table).group_by(item).len("retired")
    all_ids = pl.len().over("item_id") + pl.col("retired").fill_null(0)
    beyond = counted.join(retired, on="item_id", how="left").filter(pl.col("last") > all_ids)
    return pl.concat([strange.select(ROW), beyond.select(ROW)])


def miscounted_ids(frame: pl.DataFrame, key: str, letter: str) -> pl.DataFrame:
    """The rows of the items whose ids, as they stand, are not the item, a letter and 1, 2, 3 …: most have none."""
    places = places_in_runs(frame["item_id"].rle_id())
    most: Any = places.max()
    # The few ends that there are, made once: to put each id together takes twice the time.
    ends = pl.Series([f".{letter}{place}" for place in range(1 + (most or 0))])
    own = frame.select(pl.col(key).str.strip_prefix(pl.col("item_id"))).to_series()
    items = frame.filter(own.ne_missing(ends.gather(places)))["item_id"].unique()
    return frame.filter(pl.col("item_id").is_in(items.implode(), nulls_equal=True))


def judged(
    frame: pl.DataFrame, columns: list[str], judge: Callable[..., str | None], combined: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The rows whose cells in columns a Python function finds fault with; it sees each combination once.

    combined holds all combinations of these and other columns, where they are known already.
    """
    cases = distinct((frame if combined is None else combined).select(columns))
    details = pl.Series("detail", [judge(*cells) for cells in cases.iter_rows()], pl.String)
    if details.null_count() == len(details):
        return frame.clear().hstack([details.clear()])
    faults = cases.hstack([details]).filter(details.is_not_null())
    return frame.join(faults, on=columns, nulls_equal=True, maintain_order="left")


def told_otherwise(
    frame: pl.DataFrame,
    columns: tuple[str, str],
    codes: Iterable[Code],
    needed: bool = True,
    words: Callable[[Code], tuple[str, ...]] = attrgetter("words"),
) -> pl.DataFrame:
    """The rows in which a text says another code than the row has: columns are that of the code and that of the text.

    The longest word of any of the codes that stands in the text decides, or several of one length. A code that has
    words has one of them in the text, where that is needed.
    """
    by_code = {code.code: words(code) for code in codes}

    def fault(code: str | None, text: str | None) -> str | None:
        if code not in by_code or text is None:
            return None
        standing = [(len(word), own, word) for own, some in by_code.items() for word in some if word in text]
        if needed and by_code[code] and not any(own == code for _, own, _ in standing):
            return f"no {' or '.join(by_code[code])}"
        longest = [(own, word) for size, own, word in standing if size == max(standing)[0]]
        if not longest or code in dict(longest):
            return None
        return "; ".join(f"{word} says {own}" for own, word in longest)

    return judged(frame, list(columns), fault)
