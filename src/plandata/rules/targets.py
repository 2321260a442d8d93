"""Rules about targets and their indicators: the coding rules of the codebook, as far as tables can show them broken."""

import re
from decimal import Decimal, InvalidOperation

import polars as pl

from plandata.finding import rule
from plandata.package.reader import ROW
from plandata.tables import NUMERIC, Tables, alike, as_number, distinct, judged, once, told_otherwise, wrong_row_ids
from plandata.text import normalise
from plandata.texts.figures import values

AGES = re.compile(r"\d+(?:个?月|周?岁|年级)(?:龄)?以[上下内]")
COMPARATOR_WORDS = (
    ("ge", re.compile(r"以上|不低于|不少于|至少|达到或超过|≥")),
    ("gt", re.compile(r"超过(?<!不超过)(?<!或超过)|高于(?<!不高于)|>")),
    ("le", re.compile(r"以下|以内|不超过|不高于|≤")),
    ("lt", re.compile(r"低于(?<!不低于)|<")),
    ("approx", re.compile(r"左右|相适应|相当|同步")),
)
RANGE = re.compile(r"\d[-—~]\d")
UNIT_SIGNS = (
    ("percentage_point", re.compile(r"百分点")),
    ("per_mille", re.compile("‰")),
    ("per_100k", re.compile("/10万")),
    ("per_10k", re.compile("/万")),
    ("person_time", re.compile("人次")),
    ("percent", re.compile("%")),
)
RATES = ("time_per_year", "time_per_term", "hour_per_day")
RELATIVE = ("relative_decrease", "relative_increase")
ANNUAL = ("annual_decrease", "annual_increase")
NUMBERED = pl.col("comparator").is_in(NUMERIC)
# Which yearly change a direction may ask for.
EACH_YEAR = {"increase": "annual_increase", "decrease": "annual_decrease"}
EACH_YEARS_WORD = "逐年"
# What is counted over the whole plan, and the words of the print for it.
AMOUNTS = ("count", "person", "person_time", "yuan")
NEWLY_BUILT = "新建|新增|累计"


def comparators(phrase: str) -> set[str]:
    """The comparators that a printed figure's own words allow.

    By the Civil Code, article 1259, 以上, 以下 and 以内 include the number.

    >>> sorted(comparators("达到90%以上")), sorted(comparators("不超过5%")), sorted(comparators("1-2项"))
    (['ge'], ['le'], ['ge', 'le'])
    """
    words = AGES.sub("", normalise(phrase))
    codes = {code for code, pattern in COMPARATOR_WORDS if pattern.search(words)}
    return codes or ({"ge", "le"} if RANGE.search(words) else {"eq"})


def misread_comparator(comparator: str, phrase: str) -> str | None:
    allowed = comparators(phrase)
    return None if comparator in allowed else f"printed words say {' or '.join(sorted(allowed))}"


def misread_value(value: str | None, phrase: str) -> str | None:
    if value is None:
        return None
    try:
        numbers = values(phrase)
        return None if Decimal(value) in numbers else f"printed: {', '.join(map(str, numbers)) or 'no number'}"
    except InvalidOperation:
        return None


def misread_unit(unit: str | None, phrase: str) -> str | None:
    clean = normalise(phrase)
    printed = next((code for code, sign in UNIT_SIGNS if sign.search(clean)), None)
    if printed is None or unit == printed:
        return None
    return f"printed sign says {printed}"


@once
def numbered(t: Tables) -> pl.DataFrame:
    """The targets with a comparator that compares with a number, and what is printed of it."""
    cells = ("comparator", "value", "unit_of_measure", "value_text")
    numbered = t.targets.lazy().filter(NUMBERED & pl.col("value_text").is_not_null())
    return numbered.select(ROW, "item_id", *cells).collect()


@once
def printed(t: Tables) -> pl.DataFrame:
    """Each combination of the cells that say what is printed, among the targets with a number."""
    return distinct(numbered(t).select("comparator", "value", "unit_of_measure", "value_text"))


@rule("targets", "assignments", "non_targets", "target_groups", "duties", column="goal_id", alone=True)
def row_has_exactly_one_parent(rows: pl.DataFrame, t: Tables) -> pl.DataFrame:
    """A target, an assignment, a non-target, a target group, a duty hangs on exactly one goal or measure."""
    return rows.filter(pl.col("goal_id").is_null() == pl.col("measure_id").is_null())


@rule("targets", column="target_id", needs=("retired_ids",))
def target_id_is_built_from_its_item(t: Tables) -> pl.DataFrame:
    """A target's id is its item and t1, t2, t3 … without gaps, but for ids that are retired."""
    return wrong_row_ids(t, "targets", "t")


@rule("targets", column="value")
def comparator_has_its_value(t: Tables) -> pl.DataFrame:
    """A comparator that compares has a value or a benchmark, and one of them; a direction has neither, and an
    elimination at most a benchmark, its standard.
    """
    value, benchmark = pl.col("value").is_not_null(), pl.col("benchmark_zh").is_not_null()
    standard = pl.col("comparator") == "eliminate"
    fits = pl.when(NUMBERED).then(value != benchmark).otherwise(~value & (~benchmark | standard))
    return t.targets.filter(~fits)


@rule("targets", column="target_year")
def target_year_goes_with_timing(t: Tables) -> pl.DataFrame:
    """A target has a year exactly where no event sets its time."""
    return t.targets.filter(pl.col("target_year").is_null() != (pl.col("timing") == "event"))


def coded_by_words(targets: pl.DataFrame, t: Tables, column: str) -> pl.DataFrame:
    """The targets whose printed figure says another code of a column than the row has; silence says nothing."""
    return told_otherwise(targets, (column, "value_text"), t.schemas.codes[column].values(), needed=False)


@rule("targets", column="timing")
def timing_fits_value_text(t: Tables) -> pl.DataFrame:
    """The timing is the one that the printed figure's words say."""
    return coded_by_words(t.targets, t, "timing")


@rule("targets", column="commitment")
def commitment_fits_value_text(t: Tables) -> pl.DataFrame:
    """The commitment is the one that the printed figure's words say; where the words are the level asked for
    (a fitting share), they say nothing of it.
    """
    cells = t.targets.select(ROW, "comparator", "commitment", "value_text")
    return coded_by_words(cells.filter(pl.col("comparator").ne_missing("appropriate")), t, "commitment")


@rule("targets", column="comparator")
def direction_stands_in_value_text(t: Tables) -> pl.DataFrame:
    """A rise, a fall, full coverage, elimination and the like is what the printed figure's words say."""
    directions = [code for code in t.schemas.codes["comparator"].values() if code.code not in NUMERIC]
    return told_otherwise(t.targets, ("comparator", "value_text"), directions)


@rule("targets", column="basis")
def basis_fits_value_text(t: Tables) -> pl.DataFrame:
    """A yearly change, and one against a base year, is told by the words of the printed figure."""
    bases = [code for code in t.schemas.codes["basis"].values() if code.words]
    changes = told_otherwise(t.targets, ("basis", "value_text"), bases)
    yearly = pl.col("value_text").str.contains(EACH_YEARS_WORD) & pl.col("comparator").is_in(list(EACH_YEAR))
    level = t.targets.filter(yearly & (pl.col("basis") == "level")).with_columns(detail=pl.lit(EACH_YEARS_WORD))
    return pl.concat([changes.select(ROW, "detail"), level.select(ROW, "detail")])


@rule("targets", column="basis")
def amount_of_the_plan_is_counted(t: Tables) -> pl.DataFrame:
    """What a plan brings about in all is an amount of things, persons or money; what is newly built is one."""
    cumulative = pl.col("basis") == "cumulative"
    new = pl.col("value_text").str.contains(NEWLY_BUILT) & pl.col("unit_of_measure").is_in(AMOUNTS)
    strange = cumulative & ~pl.col("unit_of_measure").is_in(AMOUNTS).fill_null(False)
    return t.targets.filter(strange | (new & (pl.col("basis") == "level")))


@rule("targets", column="comparator")
def comparator_fits_value_text(t: Tables) -> pl.DataFrame:
    """The comparator is the one that the printed figure's words say."""
    return judged(numbered(t), ["comparator", "value_text"], misread_comparator, printed(t))


@rule("targets", column="value", needs=("anomalies",))
def value_stands_in_value_text(t: Tables) -> pl.DataFrame:
    """The value is a number of its printed figure, unless an anomaly says that the print is damaged."""
    wrong = judged(numbered(t), ["value", "value_text"], misread_value, printed(t))
    return wrong.join(t.recorded("damaged_figure"), on="item_id", how="anti")


@once
def several_numbers(t: Tables) -> pl.DataFrame:
    """The printed figures with more than one number, ages aside: value_text, number (a row for each)."""
    phrases = t["targets"]["value_text"].drop_nulls().unique()
    told = {phrase: sorted({float(n) for n in values(AGES.sub("", phrase))}) for phrase in phrases}
    rows = [(phrase, number) for phrase, numbers in told.items() if len(numbers) > 1 for number in numbers]
    return pl.DataFrame(rows, schema={"value_text": pl.String, "number": pl.Float64}, orient="row")


@rule("targets", column="value", needs=("anomalies",))
def numbers_of_a_figure_are_coded(t: Tables) -> pl.DataFrame:
    """Each number of a printed figure is a value, a baseline or a year of the targets that the item has for it, unless
    an anomaly says that the print is damaged.
    """
    phrase, told = ["item_id", "value_text"], several_numbers(t)
    years = ["reference_year", "baseline_year", "target_year"]
    rows = t.targets.select(ROW, *phrase, "x", "base", *years).join(told, on="value_text", how="semi")
    numbers = pl.concat_list("x", "base", *map(as_number, years)).alias("number")
    given = rows.select(*phrase, numbers).explode("number")
    asked = rows.filter(pl.col("x").is_not_null()).select(ROW, *phrase).join(told, on="value_text")
    missing = asked.join(given, on=[*phrase, "number"], how="anti")
    uncoded = pl.concat_str(pl.lit("no target for "), pl.col("number").cast(pl.String).str.strip_suffix(".0"))
    return missing.join(t.recorded("damaged_figure"), on="item_id", how="anti").with_columns(uncoded.alias("detail"))


@rule("targets", column="unit_of_measure")
def unit_fits_value_text(t: Tables) -> pl.DataFrame:
    """The unit of measure is that of the printed figure."""
    return judged(numbered(t), ["unit_of_measure", "value_text"], misread_unit, printed(t))


@rule("targets", column="unit_of_measure")
def number_has_its_unit(t: Tables) -> pl.DataFrame:
    """A target has a unit of measure exactly where it has a value or a baseline."""
    numbered = pl.col("value").is_not_null() | pl.col("baseline_value").is_not_null()
    return t.targets.filter(numbered == pl.col("unit_of_measure").is_null())


@rule("targets", column="unit_of_measure", needs=("indicators",))
def unit_fits_indicator_and_basis(t: Tables) -> pl.DataFrame:
    """The unit is the indicator's for a level, an amount or a rate, percent for a relative change, and
    percentage points or percent for a yearly one.
    """
    own = t.cells("indicators", "unit_of_measure", t.link("targets", "indicator_id")).alias("own")
    joined = t.targets.with_columns(own)
    unit, basis = pl.col("unit_of_measure"), pl.col("basis")
    rate = (basis == "rate_per_period") & unit.is_in(RATES) & pl.col("own").is_in(RATES)
    fits = (
        pl.when(basis.is_in(RELATIVE)).then(unit == "percent")
        .when(basis.is_in(ANNUAL)).then(unit.is_in(["percentage_point", "percent"]))
        .otherwise((unit == pl.col("own")) | rate)
    )  # fmt: skip
    return joined.filter(unit.is_not_null() & ~fits).with_columns(
        pl.concat_str(pl.lit("indicator: "), "own").alias("detail")
    )


@rule("targets", column="unit_of_measure")
def rate_names_its_period(t: Tables) -> pl.DataFrame:
    """A rate has a unit that names its period, and nothing else has one."""
    rate = pl.col("basis") == "rate_per_period"
    return t.targets.filter(rate != pl.col("unit_of_measure").is_in(RATES).fill_null(False))


@rule("targets", column="basis")
def direction_is_a_level(t: Tables) -> pl.DataFrame:
    """A target without a number is about the level, or a rise or fall in each year."""
    yearly = pl.col("comparator").replace_strict(EACH_YEAR, default=None, return_dtype=pl.String)
    fits = (pl.col("basis") == "level") | (pl.col("basis") == yearly).fill_null(False)
    return t.targets.filter(~NUMBERED & ~fits)


@rule("targets", column="value")
def percent_is_within_100(t: Tables) -> pl.DataFrame:
    """A percentage is at most 100, and so is its baseline."""
    share = pl.col("unit_of_measure").is_in(["percent", "percentage_point"]) & (pl.col("basis") != "relative_increase")
    return t.targets.filter(share & ((pl.col("x") > 100) | (pl.col("base") > 100)))


@rule("targets", column="reference_year")
def reference_year_goes_with_a_change(t: Tables) -> pl.DataFrame:
    """A relative change has a reference year, a yearly change may have one, and nothing else has."""
    basis, missing = pl.col("basis"), pl.col("reference_year").is_null()
    return t.targets.filter((basis.is_in(RELATIVE) & missing) | (~basis.is_in(RELATIVE + ANNUAL) & ~missing))


@rule("targets", column="baseline_value")
def baseline_has_its_year(t: Tables) -> pl.DataFrame:
    """A baseline has a value and a year, or neither."""
    return t.targets.filter(pl.col("baseline_value").is_null() != pl.col("baseline_year").is_null())


@rule("targets", column="target_year", needs=("goals", "measures", "plans"))
def target_year_is_within_its_plan(t: Tables) -> pl.DataFrame:
    """A target is due within its plan, and after its reference year and its baseline."""
    plans = t.plans_of("targets")
    start, end = (t["plans"].select(as_number(year)).to_series().gather(plans) for year in ("start_year", "end_year"))
    due = as_number("target_year")
    early = (due <= as_number("reference_year")) | (due <= as_number("baseline_year"))
    return t.targets.filter((due < start) | (due > end) | early.fill_null(False))


@rule("targets", column="target_id")
def target_stands_once_in_its_item(t: Tables) -> pl.DataFrame:
    """No two targets of one item are the same."""
    what = ("item_id", "indicator_id", "scope_zh", "comparator", "value", "benchmark_zh", "basis", "unit_of_measure")
    same = (*what, "target_year")
    return alike(t.targets, same)


@rule("targets", column="value")
def range_is_the_right_way_up(t: Tables) -> pl.DataFrame:
    """The lower end of a printed range is below its upper end."""
    same = ["item_id", "indicator_id", "scope_zh", "value_text"]
    ends = t.targets.select(ROW, *same, "comparator", "x").filter(pl.col("comparator").is_in(["ge", "le"]))
    ranges = ends.filter(pl.col("value_text").str.contains(RANGE.pattern))
    upper = ranges.filter(pl.col("comparator") == "le").select(*same, top="x")
    lower = ranges.filter(pl.col("comparator") == "ge")
    return lower.join(upper, on=same, nulls_equal=True).filter(pl.col("x") > pl.col("top"))
