"""Rules about doubts: each must be recorded as an anomaly, and each record must excuse something.

The pairs of rules here share their evidence: what is found in the tables, and what the anomalies say.
"""

from operator import attrgetter

import polars as pl

from plandata.finding import rule
from plandata.package.reader import ROW
from plandata.rules.items import in_good_order
from plandata.tables import (
    ITEM,
    ITEM_TABLES,
    NUMERIC,
    SIBLINGS,
    Tables,
    alike,
    as_number,
    judged,
    once,
    told_otherwise,
)
from plandata.texts.figures import tokens

# The kinds of items that are not counted in their domain: lines of a table are, through the whole of it.
UNCOUNTED = ["overall", "indicator"]
# How an anomaly speaks of a target that is coded, and of the item, or the domain of items, that it stands on.
CODED = ("编码为", "照印刷编码")
OF_AN_ITEM = ("本条", "本行", "本领域", "条末", "标题句", "责任单位", "牵头单位", "单位注记读", *CODED)


@once
def contradicting(t: Tables) -> pl.DataFrame:
    """Targets of one place that give one indicator, scope and basis different values or comparators; item_id, row.

    The two ends of one printed range do not contradict each other, nor do values of one item that it
    sets itself (a rising series).
    """
    place = t.plan_cells("targets", "place_id").alias("place_id")
    same = ["place_id", "indicator_id", "scope_zh", "basis", "unit_of_measure", "target_year"]
    cells = t.targets.select(ROW, "item_id", place, *same[1:], "comparator", "value", "x")
    rivals = alike(cells.filter(pl.col("comparator").is_in(NUMERIC) & pl.col("x").is_not_null()), same)
    told = pl.struct("comparator", "x")
    return rivals.filter((told.n_unique().over(same) > 1) & (pl.col("item_id").n_unique().over(same) > 1))


@rule("targets", column="value", needs=("anomalies", "goals", "measures", "plans"))
def contradiction_is_recorded(t: Tables) -> pl.DataFrame:
    """Different values of one indicator in the plans of one place are recorded as a contradiction."""
    same = ["place_id", "indicator_id", "scope_zh", "basis", "unit_of_measure", "target_year"]
    rivals = contradicting(t).with_columns(
        pl.col("item_id").is_in(t.recorded("contradiction")["item_id"].implode()).alias("told")
    )
    return rivals.filter(~pl.col("told").any().over(same)).with_columns(
        pl.concat_str("indicator_id", "comparator", "value", separator=" ").alias("detail")
    )


@rule("anomalies", column="kind", needs=("targets", "goals", "measures", "plans"))
def contradiction_is_one(t: Tables) -> pl.DataFrame:
    """An anomaly of kind contradiction stands on an item that contradicts another."""
    return t.recorded("contradiction").join(contradicting(t).select("item_id").unique(), on="item_id", how="anti")


@once
def weaker(t: Tables) -> pl.DataFrame:
    """Targets that ask for less than their own baseline."""
    better = t.cells("indicators", "better", t.link("targets", "indicator_id"))
    figures = t.targets.select(ROW, "item_id", "basis", "comparator", "baseline_value", "x", "base", better)
    based = (pl.col("basis") == "level") & pl.col("comparator").is_in(NUMERIC)
    up, down = pl.col("better") == "higher", pl.col("better") == "lower"
    less = (up & (pl.col("x") < pl.col("base"))) | (down & (pl.col("x") > pl.col("base")))
    return figures.filter(based & less)


@rule("targets", column="value", needs=("anomalies", "indicators"))
def weak_target_is_recorded(t: Tables) -> pl.DataFrame:
    """A target weaker than its own baseline is recorded as an anomaly."""
    return (
        weaker(t)
        .join(t.recorded("weaker_than_baseline"), on="item_id", how="anti")
        .with_columns(pl.concat_str(pl.lit("baseline "), "baseline_value").alias("detail"))
    )


@rule("anomalies", column="kind", needs=("targets", "indicators"))
def weak_target_is_weak(t: Tables) -> pl.DataFrame:
    """An anomaly of kind weaker_than_baseline stands on an item with such a target."""
    return t.recorded("weaker_than_baseline").join(weaker(t).select("item_id").unique(), on="item_id", how="anti")


@once
def leaderless(t: Tables) -> pl.DataFrame:
    """Goals without a lead unit in plans whose goals name lead units."""
    leads = t.link("assignments", "goal_id").filter(t["assignments"]["role"] == "lead").unique()
    goals = t["goals"].filter(pl.col("kind") == "goal").with_columns(led=pl.col(ROW).is_in(leads.implode()))
    plans = goals.filter("led").select("plan_id").unique()
    return goals.filter(~pl.col("led")).drop("led").join(plans, on="plan_id", how="semi")


@rule("goals", column="goal_id", needs=("assignments", "anomalies"))
def goal_has_a_lead_unit(t: Tables) -> pl.DataFrame:
    """Where a plan's goals name lead units, each of them has one or a recorded anomaly."""
    return leaderless(t).join(t.recorded("no_lead_unit"), left_on="goal_id", right_on="item_id", how="anti")


@rule("anomalies", column="kind", needs=("assignments", "goals"))
def missing_lead_is_missing(t: Tables) -> pl.DataFrame:
    """An anomaly of kind no_lead_unit stands on a goal without a lead unit."""
    return t.recorded("no_lead_unit").join(leaderless(t), left_on="item_id", right_on="goal_id", how="anti")


@once
def after_a_gap(t: Tables) -> pl.DataFrame:
    """Items whose printed number does not follow that of the item before them; item_id, its column key, row, detail."""
    detail = pl.concat_str(pl.lit("number "), "number", pl.lit(" at position "), "position").alias("detail")
    gaps = []
    for table, key in ITEM_TABLES.items():
        place, printed = as_number("position").alias("place"), as_number("number").alias("printed")
        items = t[table].select(ROW, key, *SIBLINGS, "position", "number", place, printed)
        counted = items.filter(~pl.col("kind").is_in(UNCOUNTED))
        before = pl.col("printed").shift(1)
        if in_good_order(t, table):
            before = pl.when(pl.col("place") > 1).then(before)
        else:
            before = before.over(SIBLINGS, order_by="place")
        after = counted.filter(pl.col("printed") != before.fill_null(0) + 1)
        gaps.append(after.select(pl.col(key).alias("item_id"), pl.lit(key).alias("key"), ROW, detail))
    return pl.concat(gaps)


@rule("goals", "measures", column="number", needs=("goals", "measures", "anomalies"), alone=True)
def missing_number_is_recorded(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A gap in the printed numbers of goals or of measures is recorded as an anomaly."""
    told = t.recorded("missing_number")
    key = next(name for name in ITEM_TABLES.values() if name in items.columns)
    return after_a_gap(t).filter(pl.col("key") == key).join(told, on="item_id", how="anti")


@rule("anomalies", column="kind", needs=("goals", "measures"))
def missing_number_is_missing(t: Tables) -> pl.DataFrame:
    """An anomaly of kind missing_number stands on the item after a gap."""
    recorded = t.recorded("missing_number").drop_nulls("item_id")
    return recorded.join(after_a_gap(t).select("item_id"), on="item_id", how="anti")


@rule("anomalies", column="goal_id")
def anomaly_has_at_most_one_item(t: Tables) -> pl.DataFrame:
    """An anomaly stands on one item, or on the document as a whole."""
    return t["anomalies"].filter(pl.col("goal_id").is_not_null() & pl.col("measure_id").is_not_null())


@rule("anomalies", column="document_id", needs=("goals", "measures", "plans"))
def anomaly_is_in_its_items_document(t: Tables) -> pl.DataFrame:
    """An anomaly names the document that its item stands in, and its id begins with it."""
    stem = pl.col("anomaly_id").str.replace(r"\.a[0-9]+$", "")
    home = t.plan_cells("anomalies", "document_id")
    return t["anomalies"].filter((stem != pl.col("document_id")) | (pl.col("document_id") != home).fill_null(False))


@rule("anomalies", column="kind")
def anomaly_kind_fits_its_description(t: Tables) -> pl.DataFrame:
    """An anomaly is of the kind that the words of its description say."""
    return told_otherwise(t["anomalies"], ("kind", "description_zh"), t.schemas.codes["anomaly_kind"].values())


@rule("anomalies", column="resolution_zh")
def resolution_fits_the_anomalys_kind(t: Tables) -> pl.DataFrame:
    """What was done about an anomaly is what is done about its kind, where the words of a kind say so."""
    return told_otherwise(
        t["anomalies"], ("kind", "resolution_zh"), t.schemas.codes["anomaly_kind"].values(),
        words=attrgetter("resolution_words"),
    )  # fmt: skip


@rule("anomalies", column="goal_id")
def anomaly_that_speaks_of_an_item_names_it(t: Tables) -> pl.DataFrame:
    """An anomaly whose texts speak of an item, of its domain or of what was coded names a goal or a measure."""
    told = pl.concat_str("description_zh", "resolution_zh", ignore_nulls=True)
    return t["anomalies"].filter(ITEM.is_null() & told.str.contains_any(list(OF_AN_ITEM)))


@rule("anomalies", column="resolution_zh", needs=("targets", "goals", "measures"))
def resolution_that_codes_a_target_has_one(t: Tables) -> pl.DataFrame:
    """An item whose anomaly was resolved by coding a target has a target."""
    coding = (
        t["anomalies"]
        .with_columns(t.item_rows("anomalies").alias("item"))
        .filter(ITEM.is_not_null() & pl.col("resolution_zh").str.contains_any(list(CODED)))
    )
    return coding.filter(~pl.col("item").is_in(t.item_rows("targets").unique().implode()).fill_null(False))


@rule("anomalies", column="description_zh")
def anomaly_is_told_once(t: Tables) -> pl.DataFrame:
    """No two anomalies of one item tell the same."""
    return alike(t["anomalies"], ["document_id", "goal_id", "measure_id", "kind", "description_zh"])


@rule("non_targets", column="reason")
def reason_fits_the_phrase(t: Tables) -> pl.DataFrame:
    """The reason why a number is no target is the one that the words of its phrase say."""
    return told_otherwise(t["non_targets"], ("reason", "value_text"), t.schemas.codes["reason"].values())


@rule("non_targets", column="value_text")
def non_target_has_a_number(t: Tables) -> pl.DataFrame:
    """A non-target quotes a number that the text must account for."""
    return judged(
        t["non_targets"].drop_nulls("value_text"),
        ["value_text"],
        lambda phrase: None if tokens(phrase) else "no number",
    )


@rule("non_targets", column="value_text", needs=("targets",))
def non_target_is_no_target(t: Tables) -> pl.DataFrame:
    """No phrase of an item is both a target's figure and a non-target."""
    rejected, same = t["non_targets"].with_columns(ITEM), ["item_id", "value_text"]
    phrases = rejected["value_text"].unique()
    figures = t.targets.select(same).filter(pl.col("value_text").is_in(phrases.implode()))
    return rejected.join(figures, on=same, how="semi")
