"""Rules about indicators: what their targets, their names and their definitions say of each other."""

import re
from functools import partial

import polars as pl

from plandata.finding import COLUMN, rule
from plandata.package.reader import ROW
from plandata.tables import NUMERIC, Tables, alike, judged, once, told_otherwise
from plandata.text import pairs, shared

# Shares, rates and ratios: what has a numerator and a denominator.
FRACTIONS = ("percent", "per_mille", "per_10k", "per_100k", "per_1000", "ratio")
# What the last words of a name say of the unit; the first that fit decide.
NAMED_UNITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile("人次$"), ("person_time",)),
    (re.compile("(?:次数|频次)$"), ("time_per_year", "time_per_term", "count")),
    (re.compile("(?:人数|人员数|工作者数|医生数|医师数)$"), ("person", "per_1000")),
    (
        re.compile("(?:比例|占比|比重|覆盖率|参保率|知晓率|利用率|达标率|普及率|治疗率|筛查率|检测率|干预率)$"),
        ("percent",),
    ),
    (re.compile("率$"), ("percent", "per_mille", "per_10k", "per_100k")),
    (re.compile("时间$"), ("hour", "hour_per_day")),
    (re.compile("(?:寿命|年限)$"), ("year",)),
    (re.compile("面积$"), ("square_metre",)),
)
# What the definition or the denominator says of the unit.
SAID_UNITS = {
    "per_100k": ("10万",),
    "per_10k": ("每万", "万分"),
    "per_mille": ("‰", "每千", "千分"),
    "per_1000": ("每千",),
}
UP, DOWN = ("ge", "gt", "increase", "universal"), ("le", "lt", "decrease", "eliminate")
RISING, FALLING = ("relative_increase", "annual_increase"), ("relative_decrease", "annual_decrease")
TEXTS = ("name_zh", "definition_zh", "population_zh", "numerator_zh", "denominator_zh")
# How much of a text must stand in the other texts of its row; those of the edition reach it, four of five that
# belong to another indicator do not.
LEAST_SHARED = {"name_zh": 0.2, "population_zh": 0.1, "numerator_zh": 0.33, "denominator_zh": 0.2}
# The like for how much of name, numerator and denominator must stand in the definition.
DEFINED = 0.2
# What a text says beside whom or what it means: units of counting, ages that no plan states.
REMARK = re.compile("[，；].*")


@rule("indicators", column="indicator_id", needs=("targets",))
def indicator_has_targets(t: Tables) -> pl.DataFrame:
    """An indicator has at least one target."""
    return t["indicators"].join(t["targets"].select("indicator_id").unique(), on="indicator_id", how="anti")


@rule("indicators", column="definition_en")
def definition_says_more_than_the_name(t: Tables) -> pl.DataFrame:
    """A definition is a sentence that says more than the name."""
    unfinished = ~pl.col("definition_en").str.ends_with(".") | ~pl.col("definition_zh").str.ends_with("。")
    repeated = pl.col("definition_en").str.strip_chars_end(".") == pl.col("name_en")
    return t["indicators"].filter(
        unfinished | repeated | (pl.col("definition_zh").str.strip_chars_end("。") == pl.col("name_zh"))
    )


@rule("indicators", column="numerator_en")
def fraction_has_its_parts(t: Tables) -> pl.DataFrame:
    """A share, rate or ratio has a numerator and a denominator, and nothing else has one."""
    parts = [pl.col(f"{part}_{lang}").is_not_null() for part in ("numerator", "denominator") for lang in ("zh", "en")]
    fraction = pl.col("unit_of_measure").is_in(FRACTIONS)
    fits = pl.when(fraction).then(pl.all_horizontal(parts)).otherwise(~pl.any_horizontal(parts))
    return t["indicators"].filter(~fits)


@rule("indicators", column="theme", needs=("targets", "goals", "measures", "domains", "plans"))
def theme_is_that_of_most_plans(t: Tables) -> pl.DataFrame:
    """An indicator has the theme of the domains in which most plans set targets for it; any of those that are level."""
    indicators, domains = t.link("targets", "indicator_id"), t.domains_of("targets")
    names, many = t["domains"]["theme"].drop_nulls().unique(), max(t["plans"].height, 1)
    theme = t["domains"]["theme"].cast(pl.Enum(names)).to_physical().gather(domains)
    plan = t.link("domains", "plan_id").gather(domains)
    # Indicator, theme and plan as one number, which is made distinct in a fourth of the time of three.
    placed = ((indicators.cast(pl.UInt64) * len(names) + theme) * many + plan).drop_nulls().unique()
    counted = (placed // many).alias("placed").value_counts(name="plans")
    name = t.cells("indicators", "indicator_id", counted["placed"] // len(names))
    plans = counted.select(name, names.gather(counted["placed"] % len(names)), "plans")
    leading = plans.filter(pl.col("plans") == pl.col("plans").max().over("indicator_id"))
    themes = leading.group_by("indicator_id").agg(pl.col("theme").sort().str.join(", ").alias("detail"))
    strange = t["indicators"].join(leading, on=["indicator_id", "theme"], how="anti")
    return strange.join(themes, on="indicator_id", how="inner")


@once
def asked(t: Tables) -> pl.DataFrame:
    """Which way the targets of an indicator ask it to go: indicator_id and asks (higher, lower), a row for each way.

    The two ends of a range ask for neither.
    """
    beside = ["item_id", "indicator_id", "scope_zh", "value_text"]
    indicator = t.link("targets", "indicator_id").alias("indicator")
    targets = t.targets.select(ROW, *beside, indicator, "comparator", "basis", "unit_of_measure", "x")
    comparator, basis = pl.col("comparator"), pl.col("basis")
    numbers = targets.select(ROW, *beside, "comparator").filter(comparator.is_in(NUMERIC))
    ends = alike(numbers, beside).filter(comparator.n_unique().over(beside) > 1)
    ranged = pl.col(ROW).is_in(ends[ROW].implode())
    everybody = (comparator == "eq") & (pl.col("unit_of_measure") == "percent") & (pl.col("x") == 100)
    higher = (
        pl.when(basis.is_in(RISING)).then(True)
        .when(basis.is_in(FALLING)).then(False)
        .when(comparator.is_in(UP) | everybody).then(True)
        .when(comparator.is_in(DOWN)).then(False)
    )  # fmt: skip
    # Indicator and way as one number, which is made distinct in a fifth of the time of two.
    told = targets.filter(~ranged).select(pl.col("indicator") * 2 + higher).to_series().drop_nulls().unique()
    way = pl.when(told % 2 == 1).then(pl.lit("higher")).otherwise(pl.lit("lower"))
    return told.to_frame().select(t.cells("indicators", "indicator_id", told // 2), way.alias("asks"))


@rule("indicators", column="better", needs=("targets",))
def better_is_what_its_targets_ask(t: Tables) -> pl.DataFrame:
    """Where all targets of an indicator that ask for a direction ask for one, that direction is better."""
    ways = asked(t)
    one_way = ways.filter(pl.len().over("indicator_id") == 1)
    joined = t["indicators"].join(one_way, on="indicator_id", how="inner")
    return joined.filter(pl.col("better") != pl.col("asks")).with_columns(
        pl.concat_str(pl.lit("targets ask: "), "asks").alias("detail")
    )


def misnamed_unit(unit: str | None, name: str | None) -> str | None:
    """What is amiss where the last words of a name say another unit."""
    said = next((units for ending, units in NAMED_UNITS if ending.search(name or "")), None)
    return None if said is None or unit in said else f"the name says {' or '.join(said)}"


@rule("indicators", column="unit_of_measure")
def unit_fits_the_indicators_name(t: Tables) -> pl.DataFrame:
    """The unit of an indicator is one that the last words of its name say."""
    return judged(t["indicators"], ["unit_of_measure", "name_zh"], misnamed_unit)


def unsaid_unit(unit: str | None, definition: str | None, denominator: str | None) -> str | None:
    """What is amiss where definition and denominator say another denominator than the unit has."""
    text = (definition or "") + (denominator or "")
    said = [code for code, words in SAID_UNITS.items() if any(word in text for word in words)]
    if unit in SAID_UNITS:
        return None if unit in said else f"no {' or '.join(SAID_UNITS[unit])} in the definition"
    return f"the definition says {' or '.join(said)}" if said and unit in FRACTIONS else None


@rule("indicators", column="unit_of_measure")
def unit_stands_in_the_definition(t: Tables) -> pl.DataFrame:
    """A rate per thousand, ten thousand or hundred thousand is defined as one, and a percentage is not."""
    return judged(t["indicators"], ["unit_of_measure", "definition_zh", "denominator_zh"], unsaid_unit)


@rule("indicators", column="function")
def function_fits_the_indicators_name(t: Tables) -> pl.DataFrame:
    """The kind of body that reports an indicator is the one that the words of its name say."""
    return told_otherwise(
        t["indicators"], ("function", "name_zh"), t.schemas.codes["function"].values(), False,
        lambda code: code.indicator_words,
    )  # fmt: skip


def little_shared(column: str, *texts: str | None) -> str | None:
    """What is amiss where too little of one of TEXTS stands in the others."""
    own = REMARK.sub("", texts[TEXTS.index(column)] or "")
    others = "\n".join(text or "" for name, text in zip(TEXTS, texts, strict=True) if name != column)
    if not pairs(own):
        # 县（市、区） has no two characters side by side: each of them must stand in the others.
        lost = [sign for sign in own if sign.isalnum() and sign not in others]
        return f"without {''.join(lost)}" if lost else None
    part = shared(own, others)
    return None if part >= LEAST_SHARED[column] else f"{part:.0%} of {len(pairs(own))} pairs of characters"


@rule("indicators")
def texts_of_an_indicator_share_their_words(t: Tables) -> pl.DataFrame:
    """Name, population, numerator and denominator of an indicator share words with its other texts."""
    strange = [
        judged(t["indicators"], list(TEXTS), partial(little_shared, column)).with_columns(pl.lit(column).alias(COLUMN))
        for column in LEAST_SHARED
    ]
    return pl.concat(strange, how="diagonal")


def undefined(definition: str | None, *named: str | None) -> str | None:
    """What is amiss where too little of name, numerator and denominator stands in a definition."""
    told = "\n".join(text or "" for text in named)
    part = shared(told, definition or "")
    return None if definition is None or part >= DEFINED else f"{part:.0%} of {len(pairs(told))} pairs of characters"


@rule("indicators", column="definition_zh")
def definition_speaks_of_its_indicator(t: Tables) -> pl.DataFrame:
    """A definition has words of the indicator's name, numerator and denominator."""
    return judged(t["indicators"], ["definition_zh", "name_zh", "numerator_zh", "denominator_zh"], undefined)


def unrelated(title: str | None, name: str | None) -> str | None:
    """What is amiss where a source's title shares no words with an indicator's name."""
    return None if pairs(title or "") & pairs(name or "") else f"its title: {title}"


@rule("indicators", column="reference_id", needs=("bibliography",))
def reference_is_about_the_indicator(t: Tables) -> pl.DataFrame:
    """The source that defines an indicator names it in its title."""
    titles = t["bibliography"].select("reference_id", title="title_zh")
    cited = t["indicators"].drop_nulls("reference_id").join(titles, on="reference_id", how="inner")
    return judged(cited, ["title", "name_zh"], unrelated)


# How much of a printed name, or of the indicator's, must stand on the other side.
NAMED = 1 / 3


def unnamed(name_text: str | None, printed: str, indicator: str, name: str | None) -> str | None:
    """What is amiss where the printed name of a target and the texts of its indicator share too little, both ways."""
    if name_text is None or shared(name_text, indicator) >= NAMED or shared(name or "", printed) >= NAMED:
        return None
    return f"{name_text} / {name}"


@rule("targets", column="indicator_id", needs=("indicators",))
def printed_name_fits_the_indicator(t: Tables) -> pl.DataFrame:
    """The words by which an item names a target's indicator share words with the texts of the indicator, or the
    target's note says why not; or another item prints the same name for it.
    """
    link = t.link("targets", "indicator_id").alias("link")
    again = pl.struct("name_text", "indicator_id").is_duplicated()
    named = t["targets"].with_columns(link).filter(~again & pl.col("link").is_not_null())
    told = pl.concat_str(TEXTS, separator="\n", ignore_nulls=True).gather(named["link"]).alias("indicator")
    printed = pl.concat_str("name_text", "scope_zh", "value_text", "note_zh", separator="\n", ignore_nulls=True)
    beside = named.select(ROW, "name_text", printed.alias("printed")).with_columns(
        t["indicators"].select(told).to_series(), t.cells("indicators", "name_zh", named["link"]).alias("name")
    )
    return judged(beside, ["name_text", "printed", "indicator", "name"], unnamed)
