"""Rules about responsible bodies and their assignments."""

import polars as pl

from plandata.reader import ROW
from plandata.rules.registry import rule
from plandata.rules.tables import PARENT, Tables, alike, in_sequence, number


@rule(
    "units", "unit_id", "单位标识以其地区开头。",
    why="An id is a promise: readers read from it which place the body serves.", why_zh="标识是承诺：读者据此知道单位所属地区。",
    mend="Begin the id with the place and a point.", mend_zh="以“地区.”开头。",
    bad={"units": {"unit_id": "elsewhere.health-bureau"}}, good={"units": {"unit_id": "weining.health-bureau", "place_id": "weining"}},
)  # fmt: skip
def unit_id_names_its_place(t: Tables) -> pl.DataFrame:
    """A unit's id begins with its place."""
    return t["units"].filter(pl.col("unit_id").str.extract(r"^([^.]*)\.") != pl.col("place_id"))


@rule(
    "units", "unit_id", "每个单位至少有一项分工。", needs=("assignments",),
    why="A unit without duties is mostly a second name of another.", why_zh="没有分工的单位多半是另一单位的异名。",
    mend="Remove it, or correct the assignments that mean it.", mend_zh="删除，或改正应引用它的分工。",
    bad="a unit that no assignment names", good="weining.health-bureau with its goals",
)  # fmt: skip
def unit_has_assignments(t: Tables) -> pl.DataFrame:
    """A unit has at least one assignment."""
    named = t.cells("units", "unit_id", t.link("assignments", "unit_id").unique())
    return t["units"].join(named.to_frame(), on="unit_id", how="anti")


@rule(
    "assignments", "role", "集合单位只作责任单位。", needs=("units",),
    why="Where a group of bodies leads, nobody leads.", why_zh="一组单位牵头等于无人牵头。",
    mend="Check the print; a body that stands once at each level (各级…) is no group: its collective is false.", mend_zh="核对印刷；每级一个的“各级…”不是集合，其 collective 为 false。",
    bad={"units": {"collective": "true"}, "assignments": {"role": "lead"}}, good={"units": {"collective": "true"}, "assignments": {"role": "responsible"}},
)  # fmt: skip
def collective_unit_is_only_responsible(t: Tables) -> pl.DataFrame:
    """A group of bodies is responsible and does not lead."""
    groups = t.cells("units", "collective", t.link("assignments", "unit_id")) == "true"
    return t["assignments"].filter(groups & (pl.col("role") == "lead"))


@rule(
    "assignments", "unit_id", "单位与条目属于同一地区。", needs=("units", "goals", "measures", "plans"),
    why="A body of another place cannot be held to this plan.", why_zh="外地单位不受本规划约束。",
    mend="Use the unit of the plan's place.", mend_zh="使用规划所属地区的单位。",
    bad={"units": {"unit_id": "elsewhere.health-bureau", "place_id": "elsewhere"}}, good={"units": {"unit_id": "weining.health-bureau", "place_id": "weining"}},
)  # fmt: skip
def unit_is_of_the_plans_place(t: Tables) -> pl.DataFrame:
    """A unit and the item it is assigned to belong to the same place."""
    home = t.cells("units", "place_id", t.link("assignments", "unit_id"))
    return t["assignments"].filter(home != t.plan_cells("assignments", "place_id"))


@rule(
    "assignments", "position", "一条之内分工位次从 1 连续计数。",
    why="A gap is mostly a body that was lost between two lines of the print.", why_zh="缺位多半是漏录了印刷中的单位。",
    mend="Number the bodies of an item 1, 2, 3 … in print order.", mend_zh="按印刷次序从 1 连续编号。",
    bad={"assignments": {"position": "7"}}, good={"assignments": {"position": "1"}},
)  # fmt: skip
def assignment_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of an item's bodies count 1, 2, 3 …"""
    keyed = t["assignments"].select(ROW, PARENT, number("position").alias("n"))
    if in_sequence(keyed, ["item_id"], "n"):
        return keyed.clear()
    beyond = keyed.filter(pl.col("n") > pl.len().over("item_id"))
    return pl.concat([beyond, alike(keyed, ["item_id", "n"])])


@rule(
    "assignments", "printed_as", "印刷名称只在与单位名称不同时填写。", needs=("units",),
    why="A name told twice drifts apart.", why_zh="同一名称写两处会走样。",
    mend="Empty the cell where the print is the unit's own name.", mend_zh="与单位名称相同时留空。",
    bad={"units": {"name_zh": "自治县妇联"}, "assignments": {"printed_as": "自治县妇联"}}, good={"units": {"name_zh": "自治县妇联"}, "assignments": {"printed_as": "妇联"}},
)  # fmt: skip
def printed_name_differs_from_the_units(t: Tables) -> pl.DataFrame:
    """The printed name is given only where it differs from the unit's name."""
    return t["assignments"].filter(
        pl.col("printed_as") == t.cells("units", "name_zh", t.link("assignments", "unit_id"))
    )


@rule(
    "assignments", "printed_as", "一地之内，一种印刷名称只指一个单位。", needs=("units",),
    why="The same printed name would be counted as two bodies.", why_zh="同一印刷名称会被算作两个单位。",
    mend="Assign every row with this printed name to the same unit.", mend_zh="同名各行归于同一单位。",
    bad="妇联 printed for weining.womens-federation in one row and for weining.trade-union-federation in another", good="妇联 for weining.womens-federation in every row",
)  # fmt: skip
def printed_name_means_one_unit(t: Tables) -> pl.DataFrame:
    """Within one place a printed name stands for one unit."""
    place = t.cells("units", "place_id", t.link("assignments", "unit_id")).alias("place_id")
    named = t["assignments"].select(ROW, "printed_as", "unit_id", place).drop_nulls()
    pairs = named.select("place_id", "printed_as", "unit_id").unique()
    several = pairs.filter(pl.struct("place_id", "printed_as").is_duplicated())
    return named.join(several, on=["place_id", "printed_as", "unit_id"], how="semi")
