"""What policy research asks of the tables: the mix of instruments, who is named, what is cited, what plans owe.

Shares are of measures, not of codes: a measure that has several instruments counts once for each of them, and once for
a class into which several of them fall.
"""

from collections.abc import Sequence

import polars as pl

from plandata.tables import ITEM, Tables
from plandata.text import normalise

# What measures can be told apart by, and what the mix of their instruments can be rolled up to.
BY = ("place_id", "population", "theme", "plan_id", "kind")
CLASSES = ("rothwell_zegveld", "mcdonnell_elmore", "nato")
# Of a share.
DECIMALS = 6
# Where the words of a target say whom it is about: its own, and those of its indicator.
ABOUT = ("name_text", "scope_zh", "name_zh", "population_zh")
# Why a number is no target, where it is a time or a sum of money.
TIMES, MONEY = ("year", "deadline"), ("yuan",)


def coded_measures(t: Tables) -> pl.DataFrame:
    """Every measure with what it can be told apart by: measure_id and BY."""
    own = t.placed.filter(pl.col("item_table") == "measures")
    return own.select(pl.col("item_id").alias("measure_id"), *BY)


def instrument_mix(t: Tables, by: Sequence[str] = (), classes: str = "") -> pl.DataFrame:
    """How many measures have each instrument, or each class of instruments, in each group of measures.

    by: columns of BY. classes: one of CLASSES, else the instruments themselves. Columns: by, instrument (or the name of
    the classes), measures (that have it), of (measures of the group), share (0 to 1). A code that no measure of a
    group has is a row with 0; groups and codes stand in the order of the data and of the code list. Raises KeyError
    for another name.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> instrument_mix(Tables.of(Folder(home())), classes="nato").columns
    ['nato', 'measures', 'of', 'share']
    """
    if unknown := {*by} - {*BY} or {*filter(None, [classes])} - {*CLASSES}:
        raise KeyError(min(unknown))
    code, codes = (classes or "instrument"), t.schemas.codes["instrument"]
    broader = {c.code: c.classes[classes] for c in codes.values()} if classes else {c: c for c in codes}
    measures = coded_measures(t)
    told = t["instruments"].select("measure_id", pl.col("instrument").replace_strict(broader, default=None).alias(code))
    counted = told.drop_nulls().unique().join(measures, on="measure_id").group_by(*by, code).len("measures")
    groups = measures.group_by(*by, maintain_order=True).len("of") if by else measures.select(pl.len().alias("of"))
    whole = groups.join(pl.DataFrame({code: [*t.schemas.codes[classes or "instrument"]]}), how="cross")
    mix = whole.join(counted, on=[*by, code], how="left", maintain_order="left", nulls_equal=True)
    held = pl.col("measures").fill_null(0).cast(pl.Int64)
    share = (held / pl.col("of")).fill_nan(0).round(DECIMALS)
    return mix.select(*by, code, held, pl.col("of").cast(pl.Int64), share.alias("share"))


def groups_of_targets(t: Tables) -> pl.DataFrame:
    """target_id and target_group: the groups that a target is about. Its item names the group, and a word of the group
    stands in the target's own name or scope, or in its indicator's name or population.
    """
    words = {code.code: code.words for code in t.schemas.codes["target_group"].values()}
    about = t["indicators"].select("indicator_id", "name_zh", "population_zh")
    text = pl.concat_str(ABOUT, separator="|", ignore_nulls=True).alias("text")
    targets = t.targets.select("target_id", "item_id", "indicator_id", "name_text", "scope_zh")
    named = t["target_groups"].select(ITEM, "target_group")
    pairs = targets.join(about, on="indicator_id", how="left", maintain_order="left").with_columns(text)
    pairs = pairs.join(named, on="item_id", maintain_order="left_right").select("target_id", "target_group", "text")
    holds = [any(word in normalise(said) for word in words.get(code, ())) for _, code, said in pairs.iter_rows()]
    return pairs.filter(pl.Series(holds, dtype=pl.Boolean)).select("target_id", "target_group")


def groups_named(t: Tables) -> pl.DataFrame:
    """For each group how many goals and measures name it, in how many plans, and how many targets are about it.

    Columns: target_group, goals, measures, plans, targets, figures (targets with a value), most named first. A group
    without targets is named in goals or measures only.
    """
    rows = t.joined("target_groups")
    named = rows.group_by("target_group").agg(
        (pl.col("item_table") == "goals").sum().alias("goals"),
        (pl.col("item_table") == "measures").sum().alias("measures"),
        pl.col("plan_id").n_unique().alias("plans"),
    )
    about = groups_of_targets(t).join(t["targets"].select("target_id", "value"), on="target_id")
    aimed = about.group_by("target_group").agg(
        pl.len().alias("targets"), pl.col("value").is_not_null().sum().alias("figures")
    )
    whole = named.join(aimed, on="target_group", how="left").with_columns(pl.col("targets", "figures").fill_null(0))
    counts = pl.all().exclude("target_group").cast(pl.Int64)
    ordered = whole.sort(-(pl.col("goals") + pl.col("measures")).cast(pl.Int64), "target_group")
    return ordered.with_columns(counts)


def cited_documents(t: Tables) -> pl.DataFrame:
    """What is cited, one row a document by its English title: title_zh (as first printed), title_en, kind, level,
    plans and items (that name it; the preamble of a plan is one item); from the state down, the most cited first.
    """
    rows = t["citations"].with_columns(pl.coalesce(ITEM, "plan_id").alias("item"))
    whole = rows.group_by("title_en", maintain_order=True).agg(
        pl.first("title_zh", "kind", "level"),
        pl.col("plan_id").n_unique().cast(pl.Int64).alias("plans"),
        pl.col("item").n_unique().cast(pl.Int64).alias("items"),
    )
    levels = {level: rank for rank, level in enumerate(t.schemas.codes["citation_level"])}
    rank = pl.col("level").replace_strict(levels, default=len(levels), return_dtype=pl.Int64)
    return whole.sort(rank, -pl.col("plans"), -pl.col("items"), "title_en").select(
        "title_zh", "title_en", "kind", "level", "plans", "items"
    )


def duties_owed(t: Tables) -> pl.DataFrame:
    """kind, plan_id and duties: how many duties of each kind each plan prescribes, only those that it has."""
    return t.joined("duties").group_by("kind", "plan_id", maintain_order=True).len("duties")


def plans_with(t: Tables, kind: str) -> list[str]:
    """The plans that prescribe a kind of duty, in the order of the data.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> len(plans_with(Tables.of(Folder(home())), "final_evaluation"))
    9
    """
    having = set(duties_owed(t).filter(pl.col("kind") == kind)["plan_id"])
    return [plan for plan in t["plans"]["plan_id"] if plan in having]


def specificity(t: Tables) -> pl.DataFrame:
    """For each measure what it is specific about: measure_id, and whether it names a number, a date, a body, money.

    Computed from the other tables: a number is a target with a value or a number that is none; a date a
    number that is a year or a deadline, or a duty by a date; a body one that is assigned or owes a duty; money
    the instrument fund, a duty of funding or a sum in yuan.
    """
    targets = t["targets"].drop_nulls("measure_id")
    others, duties = (t[name].drop_nulls("measure_id") for name in ("non_targets", "duties"))
    owed = pl.col("from_unit_id").is_not_null() | pl.col("to_unit_id").is_not_null()
    asked = {
        "number": [targets.drop_nulls("value"), others],
        "date": [others.filter(pl.col("reason").is_in(TIMES)), duties.drop_nulls("deadline_text")],
        "body": [t["assignments"].drop_nulls("measure_id"), duties.filter(owed)],
        "money": [
            t["instruments"].filter(pl.col("instrument") == "fund"),
            duties.filter(pl.col("kind") == "funding"),
            targets.filter(pl.col("unit_of_measure").is_in(MONEY)),
        ],
    }
    found = {name: pl.concat(frame["measure_id"] for frame in frames).implode() for name, frames in asked.items()}
    return t["measures"].select("measure_id", *(pl.col("measure_id").is_in(ids).alias(n) for n, ids in found.items()))
