"""Rules about a user's file of observations, held against the targets of a package.

Each gets the observations as a text frame and, as a frame, what is measured: for every target place_id,
indicator_id, name_zh, scope_zh, scope_en and the unit of its observations. It returns the rows that break it.
"""

from collections.abc import Callable

import polars as pl

from plandata.finding import Rule, rule
from plandata.package.reader import ROW
from plandata.rules.targets import percent_is_within_100
from plandata.tables import as_number

HIGHEST = {"per_mille": 1000.0, "per_10k": 10_000.0, "per_100k": 100_000.0, "hour_per_day": 24.0}
# What a value is of its counts, in each unit that has a numerator and a denominator.
OUT_OF = {"percent": 100, "per_mille": 1000, "per_1000": 1000, "per_10k": 10_000, "per_100k": 100_000, "ratio": 1}
# What has its denominator counted in thousands (beds per 1,000 children) or one by one.
IN_THOUSANDS = "per_1000"
COUNTS = ("numerator", "denominator")
PARTS = {"sex": ("female", "male"), "area": ("urban", "rural")}
# What no indicator counts, and no logarithm is taken of.
BEYOND = 1e30
# A gross rate (毛入学率) counts pupils of every age, so it may pass 100 percent.
GROSS = "毛入"
SHARES = ("percent", "percentage_point")
KEY = ["place_id", "indicator_id"]
Find = Callable[..., pl.DataFrame]


def beyond_100(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """The percentages above 100, but for gross rates, which may pass it."""
    gross = measured.filter(pl.col("name_zh").str.contains(GROSS, literal=True))["indicator_id"].unique().implode()
    share = pl.col("unit_of_measure").is_in(SHARES) & ~pl.col("indicator_id").is_in(gross)
    return observations.filter(share & (as_number("value").abs() > 100))


@rule("observations", column="value")
def value_is_possible_in_its_unit(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """A value is one that its unit allows: not negative, at most 1000 per mille, 10,000 per 10,000,
    100,000 per 100,000, 24 hours a day, and of anything less than 10 to the power of 30.
    """
    unit, value = pl.col("unit_of_measure"), as_number("value")
    highest = unit.replace_strict(HIGHEST, default=None, return_dtype=pl.Float64)
    impossible = (value > highest).fill_null(False) | ((value < 0) & (unit != "percentage_point"))
    return observations.filter(impossible | (value.abs() >= BEYOND)).with_columns(detail=unit)


@rule("observations", column="denominator")
def counts_stand_together(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """A numerator has a denominator above 0 beside it, a denominator a numerator; only rates and shares have both."""
    both = pl.sum_horizontal(pl.col(name).is_not_null() for name in COUNTS)
    without = (both > 0) & ~pl.col("unit_of_measure").is_in(list(OUT_OF))
    broken = (both == 1) | without | (as_number("denominator") == 0).fill_null(False)
    told = pl.concat_str(pl.col(COUNTS).fill_null(""), separator=" / ")
    return observations.filter(broken).with_columns(detail=told)


@rule("observations", column="value")
def value_is_that_of_its_counts(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """A value is its numerator by its denominator in its unit, rounded to its own digits, up or down by one of the
    last; the denominator of a number per 1,000 may be counted in thousands.
    """
    scale = pl.col("unit_of_measure").replace_strict(OUT_OF, default=None, return_dtype=pl.Float64)
    computed = scale * as_number("numerator") / as_number("denominator")
    places = pl.col("value").str.split(".").list.get(1, null_on_oob=True).str.len_chars().fill_null(0)
    unit = pl.lit(10.0).pow(-places.cast(pl.Float64))
    # One of the last digit covers a value that was cut and not rounded; the rest is what floating point leaves.
    off = (computed - as_number("value")).abs() > unit * (1 + 1e-9)
    in_thousands = (computed / 1000 - as_number("value")).abs() <= unit * (1 + 1e-9)
    off &= ~((pl.col("unit_of_measure") == IN_THOUSANDS) & in_thousands)
    told = pl.concat_str(pl.lit("computed: "), computed.round(4))
    return observations.filter(off & computed.is_finite()).with_columns(detail=told)


@rule("observations", column="numerator")
def parts_add_up_to_their_whole(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """The counts of women and men, or of town and country, add up to those of both together."""
    return pl.concat([unlike_their_whole(observations, part) for part in PARTS]).sort(ROW)


def unlike_their_whole(observations: pl.DataFrame, part: str) -> pl.DataFrame:
    """The rows of both parts together to whose counts the two parts do not add up."""
    others = [name for name in ("sex", "age_group", "area") if name != part]
    key = [*KEY, "scope", "year", "revision", *others]
    counted = observations.filter(pl.all_horizontal(pl.col(name).is_not_null() for name in COUNTS))
    exact = [pl.col(name).cast(pl.Decimal(38, 10), strict=False) for name in COUNTS]
    counted = counted.with_columns(*(number.alias(f"{name}_of") for name, number in zip(COUNTS, exact, strict=True)))
    sums = [pl.col(f"{name}_of").sum().alias(f"{name}_sum") for name in COUNTS]
    both = (
        counted.filter(pl.col(part).is_not_null())
        .group_by(key, maintain_order=True)
        .agg(pl.col(part).n_unique(), *sums)
    )
    both = both.filter(pl.col(part) == len(PARTS[part])).drop(part)
    whole = counted.filter(pl.col(part).is_null()).join(both, on=key, nulls_equal=True, maintain_order="left")
    broken = pl.any_horizontal(pl.col(f"{name}_of") != pl.col(f"{name}_sum") for name in COUNTS)
    told = pl.concat_str(
        pl.lit(f"{part}: "), *(pl.col(f"{name}_sum").cast(pl.String) for name in COUNTS), separator=" "
    )
    return whole.filter(broken).select(*observations.columns, told.alias("detail"))


@rule("observations", column="indicator_id")
def observation_has_a_target(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """An observation is of an indicator for which a plan of its place has a target."""
    told = pl.concat_str(KEY, separator=" has no target on ")
    return observations.join(measured, on=KEY, how="anti").with_columns(detail=told)


@rule("observations", column="scope")
def observation_has_the_scope_of_a_target(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """An observation has the scope of a target, in Chinese or in English."""
    scopes = pl.col("scope_zh").fill_null("(empty)").unique().sort().str.join(", ")
    known = measured.group_by(KEY, maintain_order=True).agg(pl.concat_str(pl.lit("targets: "), scopes).alias("detail"))
    strange = observations.join(in_scope(observations, measured), on=ROW, how="anti")
    return strange.join(known, on=KEY, how="inner", maintain_order="left")


@rule("observations", column="unit_of_measure")
def observation_has_the_unit_of_its_target(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """An observation is in the unit of its target."""
    pairs = in_scope(observations, measured)
    fitting = pairs.filter(pl.col("unit_of_measure") == pl.col("unit"))
    units = pl.col("unit").unique().sort().str.join(", ")
    strange = pairs.join(fitting, on=ROW, how="anti").group_by(ROW, maintain_order=True)
    told = strange.agg(pl.concat_str(pl.lit("target: "), units).alias("detail"))
    return observations.join(told, on=ROW, maintain_order="left")


def in_scope(observations: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
    """Each observation with each target that has its place, indicator and, in either language, its scope."""
    scope = pl.col("scope").fill_null("")
    same = (scope == pl.col("scope_zh").fill_null("")) | (scope == pl.col("scope_en").fill_null(""))
    return observations.join(measured, on=KEY, maintain_order="left").filter(same)


# Rules and what finds them broken: in the values themselves, then in how they fit the targets.
VALUES: tuple[tuple[Rule, Find], ...] = (
    (percent_is_within_100, beyond_100),
    (value_is_possible_in_its_unit, value_is_possible_in_its_unit),
    (counts_stand_together, counts_stand_together),
    (value_is_that_of_its_counts, value_is_that_of_its_counts),
    (parts_add_up_to_their_whole, parts_add_up_to_their_whole),
)
FITS: tuple[tuple[Rule, Find], ...] = (
    (observation_has_a_target, observation_has_a_target),
    (observation_has_the_scope_of_a_target, observation_has_the_scope_of_a_target),
    (observation_has_the_unit_of_its_target, observation_has_the_unit_of_its_target),
)
