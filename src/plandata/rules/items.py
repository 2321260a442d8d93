"""Rules about plans, domains, goals and measures: their ids, their order, their place in the plan."""

from collections.abc import Sequence

import polars as pl

from plandata.finding import rule
from plandata.package.reader import ROW
from plandata.tables import SIBLINGS, Tables, as_number, in_sequence, once, told_otherwise


@rule("documents", column="document_id")
def document_id_names_its_place(t: Tables) -> pl.DataFrame:
    """A document's id is its place and a year."""
    return t["documents"].filter(pl.col("document_id").str.replace("-[0-9]{4}$", "") != pl.col("place_id"))


@rule("plans", column="plan_id")
def plan_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A plan's id is its place, population and first year."""
    return t["plans"].filter(pl.col("plan_id") != pl.concat_str("place_id", "population", "start_year", separator="-"))


@rule("plans", column="end_year")
def plan_ends_after_it_begins(t: Tables) -> pl.DataFrame:
    """The last year of a plan is not before its first."""
    return t["plans"].filter(as_number("end_year") < as_number("start_year"))


@rule("domains", column="domain_id", needs=("plans",))
def domain_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A domain's id is its plan, in a plan for both its population, and its theme."""
    both = t["domains"].join(t["plans"].select("plan_id", whole="population"), on="plan_id", how="left")
    population = pl.when(pl.col("whole") == "both").then(pl.col("population") + "-").otherwise(pl.lit(""))
    return both.filter(pl.col("domain_id") != pl.col("plan_id") + "." + population + pl.col("theme"))


@rule("domains", column="population", needs=("plans",))
def domain_population_fits_its_plan(t: Tables) -> pl.DataFrame:
    """A domain concerns the population of its plan."""
    plans = t["plans"].select("plan_id", whole="population")
    joined = t["domains"].join(plans, on="plan_id", how="left")
    return joined.filter((pl.col("whole") != "both") & (pl.col("whole") != pl.col("population")))


@rule("domains", column="theme")
def theme_fits_the_domains_title(t: Tables) -> pl.DataFrame:
    """A domain has the theme that the words of its title say."""
    return told_otherwise(t["domains"], ("theme", "title_zh"), t.schemas.codes["theme"].values())


def wrong_item_ids(frame: pl.DataFrame, key: str, letters: dict[str, str], sections: dict[str, str]) -> pl.DataFrame:
    """Items whose id is not domain (or plan and section), letter and number, or whose domain is missing or too much.

    That the number has two digits is seen by the form of the cell.
    """
    kind, item, plan, domain = (pl.col(name) for name in ("kind", key, "plan_id", "domain_id"))
    rows = frame.select(ROW, kind, item, plan, domain, kind.is_in(list(sections)).fill_null(False).alias("outside"))
    letter = pl.coalesce(pl.when(kind == code).then(pl.lit(f".{own}")) for code, own in letters.items())
    # Most ids are compared part by part: to put them together takes three times as long.
    follows = item.str.head(-2).str.ends_with(letter) & (item.str.len_bytes() == domain.str.len_bytes() + len(".x00"))
    fits = item.str.starts_with(domain) & domain.str.starts_with(plan + ".") & follows
    inside = rows.filter(~pl.col("outside") & ~fits.fill_null(False))
    section = plan + "." + kind.replace_strict(sections, default=None, return_dtype=pl.String)
    built = pl.when(kind == "overall").then(item == section).otherwise(item.str.head(-2) == section + letter)
    outside = rows.filter("outside").filter(~built.fill_null(False) | domain.is_not_null())
    return pl.concat([inside, outside])


@rule("goals", column="goal_id")
def goal_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A goal's id is its domain and g (an indicator line: i) with two digits; the overall
    objective is PLAN.overall without a domain.
    """
    return wrong_item_ids(t["goals"], "goal_id", {"goal": "g", "indicator": "i"}, {"overall": "overall"})


@rule("measures", column="measure_id")
def measure_id_is_built_from_its_parts(t: Tables) -> pl.DataFrame:
    """A measure's id is its domain, or its plan and section outside the domains, and m with two digits."""
    sections = {kind: kind for kind in ("project", "implementation", "monitoring")}
    letters = dict.fromkeys(("measure", *sections), "m")
    return wrong_item_ids(t["measures"], "measure_id", letters, sections)


def gaps(frame: pl.DataFrame, siblings: Sequence[str], in_order: bool) -> pl.DataFrame:
    """The rows whose position is not the next one among their siblings; there is none where they are in good order."""
    if in_order:
        return frame.clear()
    ordered = frame.with_columns(as_number("position").rank("ordinal").over(siblings).alias("expected"))
    return ordered.filter(as_number("position") != pl.col("expected")).with_columns(
        pl.concat_str(pl.lit("expected "), "expected").alias("detail")
    )


@once
def in_good_order(t: Tables, table: str) -> bool:
    """Whether siblings among goals, or measures, stand together and their positions count 1, 2, 3 … row by row."""
    return in_sequence(t[table], SIBLINGS, "position")


@rule("domains", column="position")
def domain_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of a plan's domains count 1, 2, 3 … within a population."""
    siblings = ["plan_id", "population"]
    return gaps(t["domains"], siblings, in_sequence(t["domains"], siblings, "position"))


@rule("goals", column="position")
def goal_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of goals count 1, 2, 3 … within domain and kind."""
    return gaps(t["goals"], SIBLINGS, in_good_order(t, "goals"))


@rule("measures", column="position")
def measure_positions_have_no_gaps(t: Tables) -> pl.DataFrame:
    """The positions of measures count 1, 2, 3 … within domain and kind."""
    return gaps(t["measures"], SIBLINGS, in_good_order(t, "measures"))


@rule("plans", column="plan_id", needs=("goals",))
def plan_has_one_overall_objective(t: Tables) -> pl.DataFrame:
    """A plan has one overall objective."""
    overall = t["goals"].filter(pl.col("kind") == "overall").group_by("plan_id").len()
    return t["plans"].join(overall, on="plan_id", how="left").filter(pl.col("len").fill_null(0) != 1)


@rule("domains", column="domain_id", needs=("goals", "measures"))
def domain_has_items(t: Tables) -> pl.DataFrame:
    """A domain has goals or measures."""
    named = t.cells("domains", "domain_id", t.domain_rows().unique().drop_nulls())
    return t["domains"].join(named.to_frame(), on="domain_id", how="anti")


# The tables whose ids other works cite, and that a release may withdraw.
CITED = ("plans", "domains", "goals", "measures", "indicators", "targets", "units", "anomalies")


@rule("retired_ids", column="old_id", needs=CITED)
def retired_id_is_in_no_table(t: Tables) -> pl.DataFrame:
    """A retired id names no row of its table, and what replaces it does."""
    retired, table = t["retired_ids"], "table_name"
    keys = {name: t.schemas.tables[name].key[0] for name in CITED}
    asked = pl.concat([retired["old_id"], retired["replaced_by"]]).drop_nulls().unique()
    known = pl.concat(
        t[name]
        .select(pl.lit(name).alias("table_name"), pl.col(key).alias("id"))
        .filter(pl.col("id").is_in(asked.implode()))
        for name, key in keys.items()
    )
    back = retired.join(known, left_on=[table, "old_id"], right_on=[table, "id"], how="semi")
    replaced = retired.drop_nulls("replaced_by")
    lost = replaced.join(known, left_on=[table, "replaced_by"], right_on=[table, "id"], how="anti")
    elsewhere = retired.filter(~pl.col(table).is_in(CITED))
    return pl.concat([back, lost, elsewhere]).unique(ROW, maintain_order=True)
