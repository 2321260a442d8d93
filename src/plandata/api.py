"""The package as a Python user meets it: `plandata.open()` gives one, its methods lead to the rest of the library."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from plandata.files import PackageError, need
from plandata.finding import Report
from plandata.package.folder import DESCRIPTOR, Folder, find
from plandata.read.compare import compare
from plandata.read.flat import codes, flat
from plandata.read.policy import groups_named, instrument_mix
from plandata.read.search import search
from plandata.rules import validate
from plandata.rules.cells import typed_schema
from plandata.tables import ITEM_TABLES, Tables
from plandata.words import Words

__all__ = ["Package", "PackageError", "open_package"]


def open_package(path: str | Path | None = None) -> "Package":
    """The package in a folder, or that of a datapackage.json.

    Without a path it is the one in this folder, else the shipped edition.

    Raises PackageError where there is no readable descriptor.

    >>> open_package()["places"].columns[0]
    'place_id'
    """
    return Package(find(path))


class Package(Folder):
    """A data package. `package["targets"]` is a Polars frame of the table with typed columns.

    The joins name goals and measures alike items, so that one column, item_id, serves where the tables have two.
    """

    def validate(self) -> Report:
        """All findings of one run: files, schemas, cells, keys, coding rules."""
        return validate(self)

    def items(self) -> pl.DataFrame:
        """All goals and measures in one frame, with their place, population and theme.

        >>> open_package().items().columns[:3]
        ['item_id', 'item_table', 'plan_id']
        """
        return Tables.of(self).placed

    def targets_of(self, item_id: str) -> pl.DataFrame:
        """The targets of a goal or a measure, with the indicator's names and direction; empty where it has none.

        value and baseline_value are in unit_of_measure. Raises KeyError for an id that is neither.

        >>> package = open_package()
        >>> goal = package["targets"]["goal_id"].drop_nulls()[0]
        >>> package.targets_of(goal)["goal_id"].unique().to_list() == [goal]
        True
        """
        t = self.with_item(item_id)
        names = t.typed("indicators").select("indicator_id", "name_zh", "name_en", "better")
        own = t.typed("targets").filter(pl.col("item_id") == item_id)
        return own.join(names, on="indicator_id", how="left", maintain_order="left")

    def bodies_of(self, item_id: str) -> pl.DataFrame:
        """The bodies that lead or share a goal or a measure, in the order of the print; empty where none is named.

        Raises KeyError for an id that is neither a goal nor a measure.

        >>> package = open_package()
        >>> goal = package["assignments"]["goal_id"].drop_nulls()[0]
        >>> package.bodies_of(goal).columns[:3]
        ['unit_id', 'role', 'position']
        """
        own = self.with_item(item_id).bodies().filter(pl.col("item_id") == item_id)
        return own.drop("item_id").sort("position")

    def with_item(self, item_id: str) -> Tables:
        """The joined tables. Raises KeyError unless the id is that of a goal or a measure in them."""
        t = Tables.of(self)
        if not any(item_id in t[table][key] for table, key in ITEM_TABLES.items()):
            raise KeyError(f"no goal or measure {item_id!r}")
        return t

    def bodies(self) -> pl.DataFrame:
        """Every assignment with its item, unit, role, place in the list, and what the units table says of the body."""
        return Tables.of(self).bodies()

    def flat(self) -> pl.DataFrame:
        """Every target with its place, plan, domain, item, indicator and lead bodies, in both languages."""
        return flat(Tables.of(self))

    def compare(self, indicator: str = "", group: str = "") -> pl.DataFrame:
        """The targets of an indicator (its id, or a word of its name) side by side, the strictest first.

        group: only those about a target group (its code or label); without an indicator all of them. Raises
        PackageError for a name that fits none, or more than can be compared.
        """
        return compare(self, indicator, group)

    def search(self, words: str, table: str = "", place: str = "") -> pl.DataFrame:
        """What stands under some words of either language, the best hit first: id, table, title_*, where_*, place_id.

        table: only rows of this table (codes for codes). place: only rows of a place, its id or name. Raises
        PackageError for an empty query, for a table or a place that there is not.

        >>> open_package().search("聊城卫健委")["id"].to_list()
        ['liaocheng.health-commission']
        """
        return search(self, words, table, place)

    def codes(self, name: str) -> pl.DataFrame:
        """A list of codes: code, label_zh, label_en, definition_zh, definition_en and the classes of each code.

        Raises KeyError for a name that is no list.

        >>> open_package().codes("instrument").columns[-1]
        'nato'
        """
        listed = codes(self.schemas).filter(pl.col("list") == name).drop("list")
        if listed.is_empty():
            raise KeyError(name)
        return listed.select(column.name for column in listed if column.null_count() < listed.height)

    def instrument_mix(self, by: Sequence[str] = (), classes: str = "") -> pl.DataFrame:
        """How many measures have each instrument, or class of instruments, and their share: in all, or in each group.

        by: of place_id, population, theme, plan_id, kind. classes: rothwell_zegveld, mcdonnell_elmore or nato.
        A measure with several instruments counts once for each. Raises KeyError for another name.

        >>> mix = open_package().instrument_mix(classes="nato")
        >>> mix.columns, mix["share"].max() <= 1
        (['nato', 'measures', 'of', 'share'], True)
        """
        return instrument_mix(Tables.of(self), by, classes)

    def groups_named(self) -> pl.DataFrame:
        """For each target group how many goals, measures and plans name it, and how many targets are about it.

        >>> open_package().groups_named().columns
        ['target_group', 'goals', 'measures', 'plans', 'targets', 'figures']
        """
        return groups_named(Tables.of(self))

    def words(self, lang: str = "en") -> Words:
        """What codes, figures and targets are called in a language (en, zh).

        >>> open_package().words("zh").label("role", "lead")
        '牵头单位'
        """
        return Words(self.schemas.labels, lang)

    def pandera(self, name: str) -> Any:
        """The pandera.polars.DataFrameSchema of a table with typed columns, to validate frames in your own pipeline.

        Raises KeyError for a name that is no table.

        >>> package = open_package()
        >>> package.pandera("plans").validate(package["plans"]).height == package["plans"].height
        True
        """
        return typed_schema(self.schemas.tables[name], self.schemas.codes)

    def frictionless(self) -> Any:
        """The package as a frictionless.Package, for pipelines of that library. Needs the extra `curate`.

        Raises PackageError where frictionless is not installed.
        """
        return need("frictionless", "curate").Package(str(self.root / DESCRIPTOR))
