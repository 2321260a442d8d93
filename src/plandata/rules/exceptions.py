"""Rules about doubts: each must be recorded as an anomaly, and each record must excuse something.

The pairs of rules here share their evidence: what is found in the tables, and what the anomalies say.
"""

import polars as pl

from plandata.figures import tokens
from plandata.reader import ROW
from plandata.rules.registry import Texts, rule
from plandata.rules.tables import NUMERIC, PARENT, Tables, alike, in_sequence, judged, number, once

IDLE: Texts = {
    "why": "An exception that excuses nothing hides the next real one.",
    "why_zh": "空挂的例外会掩盖下一个真正的问题。",
    "mend": "Remove the anomaly, or put it on the item that it concerns.",
    "mend_zh": "删除该异常，或改挂到所涉条目。",
}
ITEM = ("goals", "measures")


@once
def contradicting(t: Tables) -> pl.DataFrame:
    """Targets of one plan that give one indicator, scope and basis different values or comparators; item_id, row.

    The two ends of one printed range do not contradict each other, nor do values of one item that it
    sets itself (a rising series).
    """
    plan = t.items["plan_id"].gather(t.item_rows("targets"))
    numbered = t.targets.with_columns(plan).filter(pl.col("comparator").is_in(NUMERIC))
    rivals = alike(numbered, ["plan_id", "indicator_id"])
    same = ["plan_id", "indicator_id", "scope_zh", "basis", "unit_of_measure", "target_year"]
    told = pl.struct("comparator", "x")
    return rivals.filter((told.n_unique().over(same) > 1) & (pl.col("item_id").n_unique().over(same) > 1))


@rule(
    "targets", "value", "同一规划中同一指标数值不一的，记为矛盾异常。", needs=("anomalies", *ITEM),
    why="A reader who finds one of the two values quotes it as the plan's.", why_zh="读者只见其一，就会当作规划的数值引用。",
    mend="Check both against the document; if both are printed, add a contradiction anomaly on one of the items.", mend_zh="与原文核对；若两处确实不一，在其中一条记录 contradiction 异常。",
    bad="kindergarten enrolment ge 90 on a goal and ge 99 on a measure of one plan, no anomaly", good="the same with an anomaly of kind contradiction on the measure",
)  # fmt: skip
def contradiction_is_recorded(t: Tables) -> pl.DataFrame:
    """Different values of one indicator in one plan are recorded as a contradiction."""
    same = ["plan_id", "indicator_id", "scope_zh", "basis", "unit_of_measure", "target_year"]
    found = contradicting(t).with_columns(
        pl.col("item_id").is_in(t.recorded("contradiction")["item_id"].implode()).alias("told")
    )
    return found.filter(~pl.col("told").any().over(same)).with_columns(
        pl.format("{} {} {}", "indicator_id", "comparator", "value").alias("detail")
    )


@rule("anomalies", "kind", "矛盾异常所涉条目确有矛盾。", needs=("targets", *ITEM), bad="an anomaly of kind contradiction on an item whose values agree with the plan's others", good="an anomaly of kind contradiction on a measure with 99 where the goal has 90", **IDLE)  # fmt: skip
def contradiction_is_one(t: Tables) -> pl.DataFrame:
    """An anomaly of kind contradiction stands on an item that contradicts another."""
    return t.recorded("contradiction").join(contradicting(t).select("item_id").unique(), on="item_id", how="anti")


@once
def weaker(t: Tables) -> pl.DataFrame:
    """Targets that ask for less than their own baseline."""
    better = t["indicators"].select("indicator_id", "better")
    based = (pl.col("basis") == "level") & pl.col("comparator").is_in(NUMERIC) & (pl.col("x") != pl.col("base"))
    joined = t.targets.filter(based).join(better, on="indicator_id", how="left")
    up, down = pl.col("better") == "higher", pl.col("better") == "lower"
    return joined.filter((up & (pl.col("x") < pl.col("base"))) | (down & (pl.col("x") > pl.col("base"))))


@rule(
    "targets", "value", "弱于自身基期值的目标，记为异常。", needs=("anomalies", "indicators"),
    why="Such a target is met on the first day; monitoring must know that it is meant so.", why_zh="这样的目标首日即已达标；监测须知其本意如此。",
    mend="Check value, comparator and baseline; if they are as printed, add a weaker_than_baseline anomaly on the item.", mend_zh="核对数值、比较方式、基期值；若确实如此，在该条记录 weaker_than_baseline 异常。",
    bad="ge 85 percent with the baseline 92.41, no anomaly", good="the same with an anomaly of kind weaker_than_baseline",
)  # fmt: skip
def weak_target_is_recorded(t: Tables) -> pl.DataFrame:
    """A target weaker than its own baseline is recorded as an anomaly."""
    return (
        weaker(t)
        .join(t.recorded("weaker_than_baseline"), on="item_id", how="anti")
        .with_columns(pl.format("baseline {}", "baseline_value").alias("detail"))
    )


@rule("anomalies", "kind", "“弱于基期”的异常所涉条目确有这样的目标。", needs=("targets", "indicators"), bad="an anomaly of kind weaker_than_baseline on a goal whose target is stronger than its baseline", good="the same on a goal with ge 85 and the baseline 92.41", **IDLE)  # fmt: skip
def weak_target_is_weak(t: Tables) -> pl.DataFrame:
    """An anomaly of kind weaker_than_baseline stands on an item with such a target."""
    return t.recorded("weaker_than_baseline").join(weaker(t).select("item_id").unique(), on="item_id", how="anti")


@once
def leaderless(t: Tables) -> pl.DataFrame:
    """Goals without a lead unit in plans whose goals name lead units."""
    leads = t["assignments"].filter(pl.col("role") == "lead").select("goal_id").drop_nulls()
    goals = t["goals"].filter(pl.col("kind") == "goal")
    bare = goals.join(leads, on="goal_id", how="anti")
    led = goals.filter(~pl.col(ROW).is_in(bare[ROW].implode())).select("plan_id").unique()
    return bare.join(led, on="plan_id", how="semi")


@rule(
    "goals", "goal_id", "写明牵头单位的规划，其每条目标都有牵头单位，或记为异常。", needs=("assignments", "anomalies"),
    why="Nobody can be asked about a goal that nobody leads; mostly a unit was overlooked.", why_zh="无人牵头则无人可问；多半是漏录。",
    mend="Add the lead unit; if none is printed, add a no_lead_unit anomaly on the goal.", mend_zh="补录牵头单位；若确实没有，在该目标记录 no_lead_unit 异常。",
    bad="a goal with responsible units only, no anomaly", good="the same with an anomaly of kind no_lead_unit",
)  # fmt: skip
def goal_has_a_lead_unit(t: Tables) -> pl.DataFrame:
    """Where a plan's goals name lead units, each of them has one or a recorded anomaly."""
    return leaderless(t).join(t.recorded("no_lead_unit"), left_on="goal_id", right_on="item_id", how="anti")


@rule("anomalies", "kind", "“无牵头单位”的异常所涉目标确无牵头单位。", needs=("assignments", "goals"), bad="an anomaly of kind no_lead_unit on a goal that has a lead unit", good="the same on a goal without one", **IDLE)  # fmt: skip
def missing_lead_is_missing(t: Tables) -> pl.DataFrame:
    """An anomaly of kind no_lead_unit stands on a goal without a lead unit."""
    return t.recorded("no_lead_unit").join(leaderless(t), left_on="item_id", right_on="goal_id", how="anti")


@once
def after_a_gap(t: Tables) -> pl.DataFrame:
    """Items whose printed number does not follow that of the item before them; item_id, detail."""
    counted = t.items.filter(pl.col("kind").is_in(["goal", "measure"])).with_columns(
        number("position").alias("place"), number("number").alias("printed")
    )
    siblings = ["plan_id", "domain_id", "kind"]
    before = pl.col("printed").shift(1)
    if in_sequence(counted, siblings, "place"):
        before = pl.when(pl.col("place") > 1).then(before)
    else:
        before = before.over(siblings, order_by="place")
    return counted.filter(pl.col("printed") != before.fill_null(0) + 1).with_columns(
        pl.format("number {} at position {}", "number", "position").alias("detail")
    )


@rule(
    "goals", "number", "印刷编号的缺漏记为异常。", needs=("measures", "anomalies"),
    why="A number that is missing in print looks like a row that is missing here.", why_zh="印刷缺号看起来像漏录。",
    mend="Look for the item; if the print skips the number, add a missing_number anomaly on the next item.", mend_zh="查找该条；若印刷确实缺号，在其后一条记录 missing_number 异常。",
    bad={"goals": {"number": "9"}}, good={"goals": {"number": "1"}},
)  # fmt: skip
def missing_number_is_recorded(t: Tables) -> pl.DataFrame:
    """A gap in the printed numbers of goals is recorded as an anomaly."""
    told = t.recorded("missing_number")
    gaps = after_a_gap(t).join(told, on="item_id", how="anti").select("item_id", "detail")
    return t["goals"].join(gaps, left_on="goal_id", right_on="item_id")


@rule("anomalies", "kind", "“缺号”的异常所涉条目之前确有缺号。", needs=ITEM, bad="an anomaly of kind missing_number on goal 5 after goal 4", good="the same on goal 6 after goal 4", **IDLE)  # fmt: skip
def missing_number_is_missing(t: Tables) -> pl.DataFrame:
    """An anomaly of kind missing_number stands on the item after a gap."""
    recorded = t.recorded("missing_number").drop_nulls("item_id")
    return recorded.join(after_a_gap(t).select("item_id"), on="item_id", how="anti")


@rule(
    "anomalies", "goal_id", "异常至多挂在一个条目上。",
    why="An anomaly on two items is two anomalies.", why_zh="涉及两条的异常应分作两条记录。",
    mend="Fill goal_id or measure_id, or neither for the document as a whole.", mend_zh="填 goal_id 或 measure_id 其一；涉及全文则都不填。",
    bad={"anomalies": {"goal_id": "weining-women-2021.health.g03", "measure_id": "weining-women-2021.health.m07"}}, good={"anomalies": {"goal_id": "weining-women-2021.health.g03", "measure_id": ""}},
)  # fmt: skip
def anomaly_has_at_most_one_item(t: Tables) -> pl.DataFrame:
    """An anomaly stands on one item, or on the document as a whole."""
    return t["anomalies"].filter(pl.col("goal_id").is_not_null() & pl.col("measure_id").is_not_null())


@rule(
    "anomalies", "document_id", "异常所在文件就是其条目的文件，标识也以它开头。", needs=(*ITEM, "plans"),
    why="A reader who looks it up would open the wrong document.", why_zh="读者会翻错文件。",
    mend="Use the document of the item's plan, and begin the id with it.", mend_zh="使用条目所属规划的文件，并以其作标识开头。",
    bad={"anomalies": {"anomaly_id": "elsewhere-2021.a01"}}, good={"anomalies": {"anomaly_id": "weining-2021.a01", "document_id": "weining-2021"}},
)  # fmt: skip
def anomaly_is_in_its_items_document(t: Tables) -> pl.DataFrame:
    """An anomaly names the document that its item stands in, and its id begins with it."""
    stem = pl.col("anomaly_id").str.replace(r"\.a[0-9]+$", "")
    home = t.plan_cells("anomalies", "document_id")
    return t["anomalies"].filter((stem != pl.col("document_id")) | (pl.col("document_id") != home).fill_null(False))


@rule(
    "non_targets", "value_text", "非目标数字的短语中确有数字。",
    why="A rejection without a number rejects nothing.", why_zh="没有数字就谈不上排除。",
    mend="Quote the number as printed, with its noun.", mend_zh="写出印刷的数字及其名词。",
    bad={"non_targets": {"value_text": "若干岁以下"}}, good={"non_targets": {"value_text": "5岁以下"}},
)  # fmt: skip
def non_target_has_a_number(t: Tables) -> pl.DataFrame:
    """A non-target quotes a number that the text must account for."""
    return judged(
        t["non_targets"].drop_nulls("value_text"),
        ["value_text"],
        lambda phrase: None if tokens(phrase) else "no number",
    )


@rule(
    "non_targets", "value_text", "同一短语不能既是目标值又是非目标。", needs=("targets",),
    why="The same figure would be a commitment and none.", why_zh="同一数字不能既是承诺又不是。",
    mend="Remove the non-target, or the target.", mend_zh="删除非目标或目标值。",
    bad={"non_targets": {"value_text": "12/10万以下"}, "targets": {"value_text": "12/10万以下"}}, good={"non_targets": {"value_text": "35-64岁"}},
)  # fmt: skip
def non_target_is_no_target(t: Tables) -> pl.DataFrame:
    """No phrase of an item is both a target's figure and a non-target."""
    rejected, same = t["non_targets"].with_columns(PARENT), ["item_id", "value_text"]
    figures = t.targets.select(same).join(rejected, on=same, how="semi")
    return rejected.join(figures, on=same, how="semi")
