"""Rules about what plans do, whom they name, what they cite and what they owe: instruments, target groups, citations,
duties.
"""

import re
from collections.abc import Mapping

import polars as pl

from plandata.finding import rule
from plandata.package.reader import ROW
from plandata.schema import Code
from plandata.tables import ITEM_TABLES, Tables, alike, judged, miscounted, told_otherwise, wrong_row_ids

# The levels of places and of those who issue what is cited, from the lowest.
LEVELS = ("county", "prefecture", "provincial", "national")
LEVEL_OF_PLACE = {"county": "county", "district": "county", "prefecture": "prefecture"}
STAGES = ("midterm_evaluation", "final_evaluation")
# How the title of a law of the state ends; which level that is.
LAW, NATIONAL = re.compile("(?:法|法典)$"), "national"
# What the full name of a law of the state begins with; it is often left away.
STATE = "中华人民共和国"


def without_its_words(frame: pl.DataFrame, column: str, codes: Mapping[str, Code]) -> pl.DataFrame:
    """The rows whose telling words are none of those of their code; a code without words is told by any."""

    def fault(code: str | None, text: str | None) -> str | None:
        words = codes[code].words if code and code in codes else ()
        if not words or text is None or any(word in text for word in words):
            return None
        return f"{text} says nothing of {code}"

    return judged(frame, [column, "name_text"], fault)


@rule("plans", column="plan_id", needs=("instruments", "duties", "goals", "measures"), severity="warning")
def plan_is_coded_for_policy(t: Tables) -> pl.DataFrame:
    """A plan has rows of instruments and of duties: every plan prescribes means, and something of its own running."""
    plan_of_measure = t.link("measures", "plan_id")
    having = {
        "instruments": plan_of_measure.gather(t.link("instruments", "measure_id")),
        "duties": t.plans_of("duties"),
    }
    return pl.concat(
        t["plans"]
        .filter(~pl.col(ROW).is_in(plans.unique().implode()))
        .select(ROW, pl.lit(f"no {name}").alias("detail"))
        for name, plans in having.items()
    )


@rule("instruments", column="instrument")
def instrument_is_told_by_its_words(t: Tables) -> pl.DataFrame:
    """The telling words of a means have a word that tells this means."""
    return without_its_words(t["instruments"], "instrument", t.schemas.codes["instrument"])


@rule("target_groups", column="target_group")
def group_is_told_by_its_words(t: Tables) -> pl.DataFrame:
    """The printed name of a group has a word that names this group."""
    return without_its_words(t["target_groups"], "target_group", t.schemas.codes["target_group"])


@rule("duties", column="kind")
def duty_is_told_by_its_words(t: Tables) -> pl.DataFrame:
    """The telling words of a duty have a word that tells its kind: a funding duty speaks of money."""
    return without_its_words(t["duties"], "kind", t.schemas.codes["duty_kind"])


@rule("goals", "measures", column="label_zh", needs=("target_groups", "goals", "measures"), alone=True)
def group_in_the_label_is_coded(items: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A group that the label of an item names is among the item's groups."""
    key = next(name for name in ITEM_TABLES.values() if name in items.columns)
    groups = t.schemas.codes["target_group"].values()
    told = [(word, group.code) for group in groups for word in group.demanding_words]
    if not told:
        return items.clear()
    words, codes = zip(*told, strict=True)
    found = pl.col("label_zh").str.extract_many(list(words), overlapping=True)
    labels = (
        items.select(pl.col("label_zh").unique().drop_nulls()).with_columns(word=found).explode("word").drop_nulls()
    )
    naming = labels.join(pl.DataFrame({"word": words, "target_group": codes}), on="word").drop("word").unique()
    named = items.select(ROW, "label_zh").join(naming, on="label_zh")
    coded = t["target_groups"].select("target_group", t.link("target_groups", key).alias(ROW))
    # Those of other items are left out first: to look a pair up takes much more time than a row.
    coded = coded.join(named.select(ROW), on=ROW, how="semi")
    missing = named.join(coded, on=[ROW, "target_group"], how="anti")
    return missing.select(ROW, pl.col("target_group").alias("detail"))


@rule("instruments", column="position")
def instrument_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of a measure's instruments count 1, 2, 3 …"""
    return miscounted(t["instruments"], "measure_id", "position")


@rule("citations", column="position")
def citation_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of what an item, or the preamble of a plan, cites count 1, 2, 3 …"""
    return miscounted(
        t["citations"].with_columns(parent=pl.coalesce("goal_id", "measure_id", "plan_id")), "parent", "position"
    )


@rule("citations", column="goal_id")
def citation_has_at_most_one_item(t: Tables) -> pl.DataFrame:
    """A citation stands in one item, or in the preamble of its plan."""
    return t["citations"].filter(pl.col("goal_id").is_not_null() & pl.col("measure_id").is_not_null())


@rule("citations", column="plan_id", needs=("goals", "measures", "plans"))
def citation_is_in_its_items_plan(t: Tables) -> pl.DataFrame:
    """A citation names the plan that its item stands in."""
    return t["citations"].filter((pl.col("plan_id") != t.plan_cells("citations", "plan_id")).fill_null(False))


@rule("citations", column="kind")
def citation_kind_fits_its_title(t: Tables) -> pl.DataFrame:
    """What is cited is of the kind that the words of its title say."""
    codes = t.schemas.codes["citation_kind"].values()
    return told_otherwise(t["citations"], ("kind", "title_zh"), codes, needed=False)


@rule("citations", column="level", needs=("places",))
def citation_level_fits_its_title(t: Tables) -> pl.DataFrame:
    """Who issued what is cited is who its title names: the state, a province, a place of the package. Laws of the state
    are national, and nothing else is whose title does not say it.
    """
    words = {(word, code.code) for code in t.schemas.codes["citation_level"].values() for word in code.words}
    for row in t.rows("places"):
        words |= {(stem, LEVEL_OF_PLACE.get(row["level"], "")) for stem in stems(row["name_zh"])}
        words |= {(stem, "provincial") for stem in stems(row["province_zh"])}
    levels: dict[str, set[str]] = {}
    for word, level in words:
        levels.setdefault(word, set()).add(level)
    titles = t["citations"]["title_zh"].drop_nulls().unique()
    # All names of places are looked for at once: of all China's there are thousands.
    standing = dict(zip(titles, titles.str.extract_many(list(filter(None, levels)), overlapping=True), strict=True))

    def fault(level: str | None, title: str | None) -> str | None:
        found = standing[title].to_list() if title else []
        told = set().union(*(levels[word] for word in found if len(word) == max(map(len, found))))
        if not told and title and LAW.search(title):
            told = {NATIONAL}
        if (told and level not in told) or (level == NATIONAL and not told):
            return f"the title says {' or '.join(sorted(told)) or 'none'}"
        return None

    return judged(t["citations"], ["level", "title_zh"], fault)


def stems(name: str) -> tuple[str, ...]:
    """A place as titles name it, with and without what kind of place it is.

    >>> stems("威宁彝族回族苗族自治县"), stems("贵州省"), stems("矿区")
    (('威宁彝族回族苗族自治县', '威宁自治县', '威宁'), ('贵州省', '贵州'), ('矿区',))
    """
    short = name[:2]
    own = (name, f"{short}自治县", short) if name.endswith("自治县") else (name, name[:-1])
    return own if len(name) > 2 else (name,)


@rule("citations", column="kind", needs=("plans", "places"))
def cited_plan_is_of_its_level(t: Tables) -> pl.DataFrame:
    """A plan of the place is of the place's level, one of a higher level is above it."""
    places = t["places"].select("place_id", home=pl.col("level").replace_strict(LEVEL_OF_PLACE, default=None))
    plans = t["plans"].select("plan_id", "place_id").join(places, on="place_id", how="left")
    ranks = {level: rank for rank, level in enumerate(LEVELS)}
    told = t["citations"].join(plans, on="plan_id", how="left", maintain_order="left")
    issued, home = (
        pl.col(name).replace_strict(ranks, default=None, return_dtype=pl.Int64) for name in ("level", "home")
    )
    own = (pl.col("kind") == "own_plan") & (issued != home)
    higher = (pl.col("kind") == "higher_plan") & (issued <= home)
    return told.filter((own | higher).fill_null(False))


@rule("citations", column="title_en")
def cited_document_has_one_english_title(t: Tables) -> pl.DataFrame:
    """A law has one English title, whether the name of the state stands before it or not."""
    same = pl.col("title_zh").str.strip_prefix(STATE)
    return t["citations"].filter(pl.col("title_en").n_unique().over(same) > 1)


@rule("citations", column="kind")
def cited_document_is_of_one_kind_and_level(t: Tables) -> pl.DataFrame:
    """What is cited in several places is of one kind and one level."""
    several = pl.struct("kind", "level").n_unique().over("title_en") > 1
    return t["citations"].filter(several & pl.col("title_en").is_not_null())


@rule("duties", column="label_zh")
def duty_label_shares_words_with_its_text(t: Tables) -> pl.DataFrame:
    """The Chinese label of a duty and its telling words have two neighbouring characters in common."""

    def fault(label: str | None, text: str | None) -> str | None:
        if label is None or text is None or any(label[i : i + 2] in text for i in range(len(label) - 1)):
            return None
        return f"nothing of {text}"

    return judged(t["duties"], ["label_zh", "name_text"], fault)


@rule("duties", column="label_zh")
def duties_of_a_label_are_of_one_kind(t: Tables) -> pl.DataFrame:
    """Duties of the same label are of one kind."""
    return t["duties"].filter(pl.col("kind").n_unique().over("label_zh") > 1)


@rule("duties", column="label_zh")
def duties_of_the_same_words_have_one_label(t: Tables) -> pl.DataFrame:
    """Duties of one kind that an item tells by the same words have one label."""
    several = pl.struct("label_zh", "label_en").n_unique().over("goal_id", "measure_id", "kind", "name_text") > 1
    return t["duties"].filter(several)


@rule("duties", column="duty_id")
def duty_stands_once_in_its_item(t: Tables) -> pl.DataFrame:
    """No two duties of one item are the same."""
    parties = ("from_unit_id", "to_unit_id")
    return alike(t["duties"], ["goal_id", "measure_id", "kind", "frequency", "deadline_text", *parties, "name_text"])


@rule("duties", column="duty_id", needs=("retired_ids",))
def duty_id_is_built_from_its_item(t: Tables) -> pl.DataFrame:
    """A duty's id is its item and d1, d2, d3 … without gaps, but for ids that are retired."""
    return wrong_row_ids(t, "duties", "d")


@rule("duties", column="from_unit_id", needs=("units", "goals", "measures", "plans"))
def duty_is_owed_among_bodies_of_its_place(t: Tables) -> pl.DataFrame:
    """The bodies of a duty and the item that prescribes it belong to the same place."""
    place = t.plan_cells("duties", "place_id")
    homes = [t.cells("units", "place_id", t.link("duties", name)) for name in ("from_unit_id", "to_unit_id")]
    strange = [(home != place).fill_null(False) for home in homes]
    return t["duties"].filter(strange[0] | strange[1])


@rule("duties", column="frequency")
def evaluation_is_by_stage(t: Tables) -> pl.DataFrame:
    """A mid-term or final evaluation is made by stage."""
    staged = pl.col("kind").is_in(STAGES)
    return t["duties"].filter(staged & (pl.col("frequency") != "by_stage").fill_null(True))


@rule("duties", column="frequency")
def frequency_fits_the_telling_words(t: Tables) -> pl.DataFrame:
    """A duty is owed as often as its telling words say; where they say how often, it has a frequency."""
    codes = t.schemas.codes["frequency"].values()
    words = [word for code in codes for word in code.words]
    otherwise = told_otherwise(t["duties"], ("frequency", "name_text"), codes, needed=False).select(ROW, "detail")
    silent = t["duties"].filter(pl.col("frequency").is_null())
    told = silent.filter(pl.col("name_text").str.contains_any(words)) if words else silent.clear()
    return pl.concat([otherwise, told.select(ROW, pl.lit("empty").alias("detail"))])


@rule("serves", column="goal_id", needs=("measures", "goals"))
def served_goal_is_of_the_measures_domain(t: Tables) -> pl.DataFrame:
    """A measure serves goals of its own domain."""
    own = t.cells("measures", "domain_id", t.link("serves", "measure_id"))
    served = t.cells("goals", "domain_id", t.link("serves", "goal_id"))
    return t["serves"].filter(own != served)
