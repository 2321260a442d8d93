"""Rules about plans, domains, goals and measures: their ids, their order, their place in the plan."""

import polars as pl

from plandata.rules.registry import Texts, rule
from plandata.rules.tables import Tables, in_sequence, number

IDS: Texts = {
    "why": "An id is a promise: readers read from it where a row belongs.",
    "why_zh": "标识是承诺：读者据此知道该行属于哪里。",
    "mend": "Build the id from its parts as the data dictionary says.",
    "mend_zh": "按数据字典所述由各部分构成标识。",
}


@rule("documents", "document_id", "文件标识由地区与年份构成。", bad={"documents": {"document_id": "elsewhere-2021"}}, good={"documents": {"document_id": "weining-2021", "place_id": "weining"}}, **IDS)  # fmt: skip
def document_id_names_its_place(t: Tables) -> pl.DataFrame:
    """A document's id is its place and a year."""
    return t["documents"].filter(pl.col("document_id").str.replace("-[0-9]{4}$", "") != pl.col("place_id"))


@rule("plans", "plan_id", "规划标识由地区、人群、起始年构成。", bad={"plans": {"plan_id": "weining-women-2016", "start_year": "2021"}}, good={"plans": {"plan_id": "weining-women-2021", "start_year": "2021"}}, **IDS)  # fmt: skip
def plan_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A plan's id is its place, population and first year."""
    return t["plans"].filter(pl.col("plan_id") != pl.concat_str("place_id", "population", "start_year", separator="-"))


@rule(
    "plans", "end_year", "规划的终止年不早于起始年。",
    why="A plan that ends before it begins has no years to monitor.", why_zh="终止早于起始的规划没有可监测的年份。",
    mend="Check both years against the title.", mend_zh="与标题核对两个年份。",
    bad={"plans": {"start_year": "2025", "end_year": "2021"}}, good={"plans": {"start_year": "2021", "end_year": "2025"}},
)  # fmt: skip
def plan_ends_after_it_begins(t: Tables) -> pl.DataFrame:
    """The last year of a plan is not before its first."""
    return t["plans"].filter(number("end_year") < number("start_year"))


@rule("domains", "domain_id", "领域标识由规划（合编规划加人群）与主题构成。", needs=("plans",), bad={"domains": {"theme": "law"}}, good={"domains": {"theme": "health"}}, **IDS)  # fmt: skip
def domain_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A domain's id is its plan, in a plan for both its population, and its theme."""
    both = t["domains"].join(t["plans"].select("plan_id", whole="population"), on="plan_id", how="left")
    population = pl.when(pl.col("whole") == "both").then(pl.col("population") + "-").otherwise(pl.lit(""))
    return both.filter(pl.col("domain_id") != pl.col("plan_id") + "." + population + pl.col("theme"))


@rule(
    "domains", "population", "领域的人群在其规划的人群之内。", needs=("plans",),
    why="Counts by population would mix women's and children's goals.", why_zh="按人群统计会混淆妇女与儿童的目标。",
    mend="Use the population of the plan.", mend_zh="与规划的人群一致。",
    bad={"plans": {"population": "women"}, "domains": {"population": "children"}}, good={"domains": {"population": "women"}},
)  # fmt: skip
def domain_population_fits_its_plan(t: Tables) -> pl.DataFrame:
    """A domain concerns the population of its plan."""
    plans = t["plans"].select("plan_id", whole="population")
    joined = t["domains"].join(plans, on="plan_id", how="left")
    return joined.filter((pl.col("whole") != "both") & (pl.col("whole") != pl.col("population")))


def wrong_item_ids(frame: pl.DataFrame, key: str, letters: dict[str, str], sections: dict[str, str]) -> pl.DataFrame:
    """Items whose id is not domain (or plan and section), letter and number, or whose domain is missing or too much."""
    kind, outside = pl.col("kind"), pl.col("kind").is_in(list(sections))
    section = pl.col("plan_id") + "." + kind.replace_strict(sections, default=None, return_dtype=pl.String)
    parent = pl.when(outside).then(section).otherwise(pl.col("domain_id"))
    letter = kind.replace_strict(letters, default=None, return_dtype=pl.String)
    wanted = pl.when(kind == "overall").then(section).otherwise(parent + "." + letter)
    stem = pl.when(kind == "overall").then(pl.col(key)).otherwise(pl.col(key).str.replace("[0-9]{2}$", ""))
    strange = stem.ne_missing(wanted) | (outside != pl.col("domain_id").is_null())
    foreign = ~outside & ~pl.col("domain_id").str.starts_with(pl.col("plan_id") + ".")
    return frame.filter(strange | foreign)


@rule("goals", "goal_id", "目标标识由领域、g（指标行为 i）与编号构成，总体目标为“规划.overall”。", bad={"goals": {"kind": "indicator"}}, good={"goals": {"kind": "goal"}}, **IDS)  # fmt: skip
def goal_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A goal's id is its domain and g (an indicator line: i) with two digits; the overall objective is PLAN.overall without a domain."""
    return wrong_item_ids(t["goals"], "goal_id", {"goal": "g", "indicator": "i"}, {"overall": "overall"})


@rule("measures", "measure_id", "措施标识由领域（或 project、implementation、monitoring）、m 与编号构成。", bad={"measures": {"kind": "monitoring"}}, good={"measures": {"kind": "measure"}}, **IDS)  # fmt: skip
def measure_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A measure's id is its domain, or its plan and section outside the domains, and m with two digits."""
    sections = {kind: kind for kind in ("project", "implementation", "monitoring")}
    letters = dict.fromkeys(("measure", *sections), "m")
    return wrong_item_ids(t["measures"], "measure_id", letters, sections)


def gaps(frame: pl.DataFrame, siblings: list[str]) -> pl.DataFrame:
    """The rows whose position is not the next one among their siblings."""
    if in_sequence(frame, siblings, "position"):
        return frame.clear()
    ordered = frame.with_columns(number("position").rank("ordinal").over(siblings).alias("expected"))
    return ordered.filter(number("position") != pl.col("expected")).with_columns(
        pl.format("expected {}", "expected").alias("detail")
    )


POSITIONS: Texts = {
    "why": "A gap or a doubled position is mostly a row that was lost or entered twice.",
    "why_zh": "缺位或重位多半是漏录或重录。",
    "mend": "Count the items of the domain in the document and number the positions 1, 2, 3 …",
    "mend_zh": "对照文件清点条目，位次从 1 连续编号。",
}


@rule("domains", "position", "领域位次从 1 连续计数。", bad={"domains": {"position": "7"}}, good={"domains": {"position": "1"}}, **POSITIONS)  # fmt: skip
def domain_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of a plan's domains count 1, 2, 3 … within a population."""
    return gaps(t["domains"], ["plan_id", "population"])


@rule("goals", "position", "目标位次从 1 连续计数。", bad={"goals": {"position": "7"}}, good={"goals": {"position": "1"}}, **POSITIONS)  # fmt: skip
def goal_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of goals count 1, 2, 3 … within domain and kind."""
    return gaps(t["goals"], ["plan_id", "domain_id", "kind"])


@rule("measures", "position", "措施位次从 1 连续计数。", bad={"measures": {"position": "7"}}, good={"measures": {"position": "1"}}, **POSITIONS)  # fmt: skip
def measure_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of measures count 1, 2, 3 … within domain and kind."""
    return gaps(t["measures"], ["plan_id", "domain_id", "kind"])


@rule(
    "plans", "plan_id", "每个规划恰有一条总体目标。", needs=("goals",),
    why="Its absence is mostly an item that was overlooked.", why_zh="没有总体目标多半是漏录。",
    mend="Add the overall objective as goal PLAN.overall.", mend_zh="补录总体目标，标识为“规划.overall”。",
    bad="a plan without PLAN.overall among the goals", good="weining-women-2021.overall",
)  # fmt: skip
def plan_has_one_overall_objective(t: Tables) -> pl.DataFrame:
    """A plan has one overall objective."""
    overall = t["goals"].filter(pl.col("kind") == "overall").group_by("plan_id").len()
    return t["plans"].join(overall, on="plan_id", how="left").filter(pl.col("len").fill_null(0) != 1)


@rule(
    "domains", "domain_id", "每个领域至少有一条目标或措施。", needs=("goals", "measures"),
    why="An empty domain is mostly one whose items were not coded.", why_zh="空领域多半是条目未录。",
    mend="Add its goals and measures.", mend_zh="补录其目标与措施。",
    bad="a domain that no goal and no measure names", good="a domain with its goals and measures",
)  # fmt: skip
def domain_has_items(t: Tables) -> pl.DataFrame:
    """A domain has goals or measures."""
    return t["domains"].join(t.items.select("domain_id").unique(), on="domain_id", how="anti")
