"""Rules about responsible bodies and their assignments."""

import polars as pl

from plandata.finding import rule
from plandata.package.reader import ROW
from plandata.tables import ITEM, Tables, distinct, miscounted, told_otherwise

# Words of a name that stands for several bodies; 各级 is one body at each level.
SEVERAL = "各[^级]|有关|相关|单位|团体|下级|县级|组成员|部分|上级主管|^镇|^乡"


@rule("units", column="unit_id")
def unit_id_names_its_place(t: Tables) -> pl.DataFrame:
    """A unit's id begins with its place."""
    return t["units"].filter(pl.col("unit_id").str.extract(r"^([^.]*)\.") != pl.col("place_id"))


@rule("units", column="kind")
def unit_kind_fits_its_name(t: Tables) -> pl.DataFrame:
    """A body is of the kind that the words of its name say."""
    return told_otherwise(t["units"], ("kind", "name_zh"), t.schemas.codes["unit_kind"].values())


@rule("units", column="function")
def unit_function_fits_its_name(t: Tables) -> pl.DataFrame:
    """A body has the function that the words of its name say."""
    return told_otherwise(t["units"], ("function", "name_zh"), t.schemas.codes["function"].values())


@rule("units", column="collective")
def collective_unit_is_several_bodies(t: Tables) -> pl.DataFrame:
    """A unit is collective exactly where its name stands for several bodies."""
    return t["units"].filter(pl.col("name_zh").str.contains(SEVERAL) != (pl.col("collective") == "true"))


@rule("units", column="unit_id", needs=("assignments", "duties"))
def unit_has_assignments(t: Tables) -> pl.DataFrame:
    """A unit has at least one assignment, or a duty is owed by it or to it."""
    asked = [("assignments", "unit_id"), ("duties", "from_unit_id"), ("duties", "to_unit_id")]
    named = t.cells("units", "unit_id", pl.concat(t.link(*pair) for pair in asked).unique().drop_nulls())
    return t["units"].join(named.to_frame(), on="unit_id", how="anti")


@rule("assignments", column="role", needs=("units",))
def collective_unit_is_only_responsible(t: Tables) -> pl.DataFrame:
    """A group of bodies is responsible and does not lead."""
    groups = t.cells("units", "collective", t.link("assignments", "unit_id")) == "true"
    return t["assignments"].filter(groups & (pl.col("role") == "lead"))


@rule("assignments", column="unit_id", needs=("units", "goals", "measures", "plans"))
def unit_is_of_the_plans_place(t: Tables) -> pl.DataFrame:
    """A unit and the item it is assigned to belong to the same place."""
    home = t.cells("units", "place_id", t.link("assignments", "unit_id"))
    return t["assignments"].filter(home != t.plan_cells("assignments", "place_id"))


@rule("assignments", column="position")
def assignment_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of an item's bodies count 1, 2, 3 …"""
    return miscounted(t["assignments"].with_columns(ITEM), "item_id", "position")


@rule("assignments", column="printed_as", needs=("units",))
def printed_name_differs_from_the_units(t: Tables) -> pl.DataFrame:
    """The printed name is given only where it differs from the unit's name."""
    return t["assignments"].filter(
        pl.col("printed_as") == t.cells("units", "name_zh", t.link("assignments", "unit_id"))
    )


@rule("assignments", column="printed_as", needs=("units",))
def printed_name_means_one_unit(t: Tables) -> pl.DataFrame:
    """Within one place a printed name stands for one unit."""
    place = t.cells("units", "place_id", t.link("assignments", "unit_id")).alias("place_id")
    named = t["assignments"].select(ROW, "printed_as", "unit_id", place).drop_nulls()
    pairs = distinct(named.select("place_id", "printed_as", "unit_id"))
    several = pairs.filter(pl.struct("place_id", "printed_as").is_duplicated())
    return named.join(several, on=["place_id", "printed_as", "unit_id"], how="semi")
