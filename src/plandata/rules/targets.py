"""Rules about targets: the coding rules of the codebook, as far as a table can show them broken."""

import re
from decimal import Decimal, InvalidOperation

import polars as pl

from plandata.figures import values
from plandata.reader import ROW
from plandata.rules.registry import frame_rule, rule
from plandata.rules.tables import NUMERIC, Tables, alike, in_sequence, judged, number, once
from plandata.text import normalise

AGES = re.compile(r"\d+(?:个?月|周?岁|年级)(?:龄)?以[上下内]")
COMPARATOR_WORDS = (
    ("ge", re.compile(r"以上|不低于|不少于|至少|≥")),
    ("gt", re.compile(r"超过(?<!不超过)|高于(?<!不高于)|>")),
    ("le", re.compile(r"以下|以内|不超过|不高于|≤")),
    ("lt", re.compile(r"低于(?<!不低于)|<")),
    ("approx", re.compile(r"左右")),
)
RANGE = re.compile(r"\d[-—~]\d")
UNIT_SIGNS = (
    ("percentage_point", re.compile(r"百分点")),
    ("per_mille", re.compile("‰")),
    ("per_100k", re.compile("/10万")),
    ("person_time", re.compile("人次")),
    ("percent", re.compile("%")),
)
RATES = ("time_per_year", "time_per_term", "hour_per_day")
RELATIVE = ("relative_decrease", "relative_increase")
ANNUAL = ("annual_decrease", "annual_increase")
NUMBERED = pl.col("comparator").is_in(NUMERIC)
CHILDREN = ("targets", "assignments", "non_targets")


def comparators(phrase: str) -> set[str]:
    """The comparators that a printed figure's own words allow (Civil Code, article 1259: 以上, 以下, 以内 include the number).

    >>> sorted(comparators("达到90%以上")), sorted(comparators("不超过5%")), sorted(comparators("1-2项"))
    (['ge'], ['le'], ['ge', 'le'])
    """
    words = AGES.sub("", normalise(phrase))
    found = {code for code, pattern in COMPARATOR_WORDS if pattern.search(words)}
    return found or ({"ge", "le"} if RANGE.search(words) else {"eq"})


def misread_comparator(comparator: str, phrase: str) -> str | None:
    allowed = comparators(phrase)
    return None if comparator in allowed else f"printed words say {' or '.join(sorted(allowed))}"


def misread_value(value: str | None, phrase: str) -> str | None:
    if value is None:
        return None
    try:
        found = values(phrase)
        return None if Decimal(value) in found else f"printed: {', '.join(map(str, found)) or 'no number'}"
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
    return t.targets.filter(NUMBERED & pl.col("value_text").is_not_null()).select(ROW, "item_id", *cells)


@once
def printed(t: Tables) -> pl.DataFrame:
    """Each combination of the cells that say what is printed, among the targets with a number."""
    return numbered(t).select("comparator", "value", "unit_of_measure", "value_text").unique()


@frame_rule(
    CHILDREN, "goal_id", "每行恰好挂在一个目标或一条措施上。",
    why="A row on both or on neither belongs to no item that a reader can look up.", why_zh="两者皆有或皆无，读者都查不到其所属条目。",
    mend="Fill goal_id or measure_id, and empty the other.", mend_zh="填 goal_id 或 measure_id 其一，另一个留空。",
    bad={"targets": {"goal_id": "", "measure_id": ""}}, good={"targets": {"goal_id": "weining-women-2021.health.g03", "measure_id": ""}},
)  # fmt: skip
def row_has_exactly_one_parent(rows: pl.DataFrame) -> pl.DataFrame:
    """A target, an assignment, a non-target hangs on exactly one goal or measure."""
    return rows.filter(pl.col("goal_id").is_null() == pl.col("measure_id").is_null())


@rule(
    "targets", "target_id", "目标值标识由条目与连续的 t1、t2 … 构成。",
    why="An id is a promise: readers read from it which item it belongs to.", why_zh="标识是承诺：读者据此知道属于哪一条。",
    mend="Number the targets of an item t1, t2, t3 … without a gap.", mend_zh="一条之内从 t1 连续编号。",
    bad={"targets": {"target_id": "weining-women-2021.health.g03.t9"}}, good={"targets": {"target_id": "weining-women-2021.health.g03.t1"}},
)  # fmt: skip
def target_id_is_built_from_its_item(t: Tables) -> pl.DataFrame:
    """A target's id is its item and t1, t2, t3 … without gaps."""
    stem = pl.col("target_id").str.strip_chars_end("0123456789")
    last = pl.col("target_id").str.slice(stem.str.len_chars()).cast(pl.Int64, strict=False)
    strange = t.targets.filter(stem != pl.col("item_id") + ".t")
    counted = t.targets.select(ROW, "item_id", last.alias("last"))
    if in_sequence(counted, ["item_id"], "last"):
        return strange
    beyond = counted.filter(pl.col("last") > pl.len().over("item_id"))
    return pl.concat([strange.select(ROW), beyond.select(ROW)])


@rule(
    "targets", "value", "有数值的比较方式必有数值，其余没有。",
    why="A comparison without a number, or a number without a comparison, states no target.", why_zh="有比较无数值，或有数值无比较，都不成目标。",
    mend="Fill value for ge, gt, le, lt, approx and eq; empty it for the others.", mend_zh="ge、gt、le、lt、approx、eq 填数值，其余留空。",
    bad={"targets": {"comparator": "increase", "value": "12"}}, good={"targets": {"comparator": "increase", "value": "", "unit_of_measure": ""}},
)  # fmt: skip
def comparator_has_its_value(t: Tables) -> pl.DataFrame:
    """A target has a value exactly where its comparator compares with a number."""
    return t.targets.filter(pl.col("value").is_null() == NUMBERED)


@rule(
    "targets", "comparator", "比较方式与印刷的词语一致。",
    why="At least and more than differ at the very value that offices are judged by.", why_zh="“以上”与“超过”在考核的临界值上结果不同。",
    mend="Code ge for 以上, 不低于, 不少于, 至少; gt for 超过, 高于; le for 以下, 以内, 不超过; lt for 低于; approx for 左右; eq for a bare value.",
    mend_zh="以上、不低于、不少于、至少为 ge；超过、高于为 gt；以下、以内、不超过为 le；低于为 lt；左右为 approx；仅有数值为 eq。",
    bad={"targets": {"comparator": "gt", "value": "12", "value_text": "12/10万以上"}}, good={"targets": {"comparator": "ge", "value": "12", "value_text": "12/10万以上"}},
)  # fmt: skip
def comparator_fits_value_text(t: Tables) -> pl.DataFrame:
    """The comparator is the one that the printed figure's words say."""
    return judged(numbered(t), ["comparator", "value_text"], misread_comparator, printed(t))


@rule(
    "targets", "value", "数值就是印刷的数字。", needs=("anomalies",),
    why="One wrong digit costs the trust in all.", why_zh="一个错数会毁掉全部信任。",
    mend="Correct the value; where the print is damaged, record a damaged_figure anomaly on the item.", mend_zh="改正数值；若印刷损坏，在该条记录 damaged_figure 异常。",
    bad={"targets": {"comparator": "le", "value": "21", "value_text": "12/10万以下"}}, good={"targets": {"comparator": "le", "value": "12", "value_text": "12/10万以下"}},
)  # fmt: skip
def value_stands_in_value_text(t: Tables) -> pl.DataFrame:
    """The value is a number of its printed figure, unless an anomaly says that the print is damaged."""
    wrong = judged(numbered(t), ["value", "value_text"], misread_value, printed(t))
    return wrong.join(t.recorded("damaged_figure"), on="item_id", how="anti")


@rule(
    "targets", "unit_of_measure", "计量单位与印刷的单位一致。",
    why="A value in the wrong unit is wrong by a factor of ten or a thousand.", why_zh="单位错误会使数值差十倍千倍。",
    mend="% is percent, 个百分点 percentage_point, ‰ per_mille, /10万 per_100k, 人次 person_time.", mend_zh="% 为 percent，个百分点为 percentage_point，‰ 为 per_mille，/10万 为 per_100k，人次为 person_time。",
    bad={"targets": {"comparator": "le", "value": "12", "unit_of_measure": "percent", "value_text": "12/10万以下"}}, good={"targets": {"comparator": "le", "value": "12", "unit_of_measure": "per_100k", "value_text": "12/10万以下"}},
)  # fmt: skip
def unit_fits_value_text(t: Tables) -> pl.DataFrame:
    """The unit of measure is that of the printed figure."""
    return judged(numbered(t), ["unit_of_measure", "value_text"], misread_unit, printed(t))


@rule(
    "targets", "unit_of_measure", "有数值或基期值的行必有计量单位，其余没有。",
    why="A number without a unit says nothing; a unit without a number misleads.", why_zh="无单位的数没有意义；无数的单位误导读者。",
    mend="Fill unit_of_measure exactly where value or baseline_value is given.", mend_zh="仅在填了 value 或 baseline_value 时填写单位。",
    bad={"targets": {"unit_of_measure": ""}}, good={"targets": {"unit_of_measure": "per_100k"}},
)  # fmt: skip
def number_has_its_unit(t: Tables) -> pl.DataFrame:
    """A target has a unit of measure exactly where it has a value or a baseline."""
    numbered = pl.col("value").is_not_null() | pl.col("baseline_value").is_not_null()
    return t.targets.filter(numbered == pl.col("unit_of_measure").is_null())


@rule(
    "targets", "unit_of_measure", "计量单位与指标和口径相符。", needs=("indicators",),
    why="Targets of one indicator in different units cannot stand side by side.", why_zh="同一指标单位不同则无法并列比较。",
    mend="Use the indicator's unit for levels and amounts, percent for relative changes, percentage_point or percent for yearly ones.",
    mend_zh="水平与累计用指标单位；相对变化用 percent；每年变化用 percentage_point 或 percent。",
    bad={"targets": {"basis": "relative_decrease", "unit_of_measure": "per_100k", "reference_year": "2020"}}, good={"targets": {"basis": "relative_decrease", "unit_of_measure": "percent", "reference_year": "2020"}},
)  # fmt: skip
def unit_fits_indicator_and_basis(t: Tables) -> pl.DataFrame:
    """The unit is the indicator's for a level, an amount or a rate, percent for a relative change, and percentage points or percent for a yearly one."""
    own = t.cells("indicators", "unit_of_measure", t.link("targets", "indicator_id")).alias("own")
    joined = t.targets.with_columns(own)
    unit, basis = pl.col("unit_of_measure"), pl.col("basis")
    rate = (basis == "rate_per_period") & unit.is_in(RATES) & pl.col("own").is_in(RATES)
    fits = (
        pl.when(basis.is_in(RELATIVE)).then(unit == "percent")
        .when(basis.is_in(ANNUAL)).then(unit.is_in(["percentage_point", "percent"]))
        .otherwise((unit == pl.col("own")) | rate)
    )  # fmt: skip
    return joined.filter(unit.is_not_null() & ~fits).with_columns(pl.format("indicator: {}", "own").alias("detail"))


@rule(
    "targets", "unit_of_measure", "频次口径的单位写明时段，其他口径的单位不写。",
    why="Twice a year and twice a term are not the same duty.", why_zh="每年两次与每学期两次不是同一要求。",
    mend="Use time_per_year, time_per_term or hour_per_day with rate_per_period, and only with it.", mend_zh="rate_per_period 用 time_per_year、time_per_term 或 hour_per_day，且仅用于它。",
    bad={"targets": {"basis": "rate_per_period", "unit_of_measure": "count"}}, good={"targets": {"basis": "rate_per_period", "unit_of_measure": "time_per_year"}},
)  # fmt: skip
def rate_names_its_period(t: Tables) -> pl.DataFrame:
    """A rate has a unit that names its period, and nothing else has one."""
    rate = pl.col("basis") == "rate_per_period"
    return t.targets.filter(rate != pl.col("unit_of_measure").is_in(RATES).fill_null(False))


@rule(
    "targets", "basis", "没有数值的目标以水平为口径。",
    why="Without a number there is no size of a change to speak of.", why_zh="没有数值就谈不上变化幅度。",
    mend="Use level with increase, decrease, maintain, universal and appropriate.", mend_zh="increase、decrease、maintain、universal、appropriate 一律用 level。",
    bad={"targets": {"comparator": "decrease", "basis": "annual_decrease", "value": ""}}, good={"targets": {"comparator": "decrease", "basis": "level", "value": ""}},
)  # fmt: skip
def direction_is_a_level(t: Tables) -> pl.DataFrame:
    """A target without a number is about the level."""
    return t.targets.filter(~NUMBERED & (pl.col("basis") != "level"))


@rule(
    "targets", "measure_id", "没有数值的目标只从目标和指标表行编码；措施中仅限印有基期值的。",
    why="Nearly every measure asks for more or less of something; coded there, they would drown the commitments.", why_zh="几乎每条措施都要求提高或降低什么；都编码会淹没真正的承诺。",
    mend="Remove the row, or give the number that the measure prints.", mend_zh="删除该行，或填写措施中印出的数值。",
    bad={"targets": {"goal_id": "", "measure_id": "weining-women-2021.health.m07", "comparator": "increase", "value": ""}}, good={"targets": {"comparator": "increase", "value": ""}},
)  # fmt: skip
def direction_stands_on_a_goal(t: Tables) -> pl.DataFrame:
    """A target without a number stands on a goal, an indicator line or an overall objective; on a measure only with a baseline."""
    bare = ~NUMBERED & pl.col("baseline_value").is_null()
    return t.targets.filter(bare & pl.col("measure_id").is_not_null())


@rule(
    "targets", "value", "百分数不超过 100。",
    why="A share above the whole is a slip of the pen.", why_zh="超过整体的比例是笔误。",
    mend="Check value, unit and baseline against the document.", mend_zh="与原文核对数值、单位、基期值。",
    bad={"targets": {"value": "120", "unit_of_measure": "percent", "value_text": "120%"}}, good={"targets": {"value": "12", "unit_of_measure": "percent", "value_text": "12%"}},
)  # fmt: skip
def percent_is_within_100(t: Tables) -> pl.DataFrame:
    """A percentage is at most 100, and so is its baseline."""
    share = pl.col("unit_of_measure").is_in(["percent", "percentage_point"]) & (pl.col("basis") != "relative_increase")
    return t.targets.filter(share & ((pl.col("x") > 100) | (pl.col("base") > 100)))


@rule(
    "targets", "reference_year", "相对变化有参照年，水平、累计、频次没有。",
    why="A fall of 20 percent means nothing without the year it is counted from.", why_zh="不知从哪年算起，下降 20% 没有意义。",
    mend="Fill the printed base year of a relative change; empty it for levels, amounts and rates.", mend_zh="相对变化填印刷的基年；水平、累计、频次留空。",
    bad={"targets": {"basis": "level", "reference_year": "2020"}}, good={"targets": {"basis": "level", "reference_year": ""}},
)  # fmt: skip
def reference_year_goes_with_a_change(t: Tables) -> pl.DataFrame:
    """A relative change has a reference year, a yearly change may have one, and nothing else has."""
    basis, missing = pl.col("basis"), pl.col("reference_year").is_null()
    return t.targets.filter((basis.is_in(RELATIVE) & missing) | (~basis.is_in(RELATIVE + ANNUAL) & ~missing))


@rule(
    "targets", "baseline_value", "基期值与基期年同填同空。",
    why="A baseline without its year cannot be compared with the target's.", why_zh="没有年份的基期值无法比较。",
    mend="Fill both, or neither.", mend_zh="两者都填，或都不填。",
    bad={"targets": {"baseline_value": "20", "baseline_year": ""}}, good={"targets": {"baseline_value": "20", "baseline_year": "2020"}},
)  # fmt: skip
def baseline_has_its_year(t: Tables) -> pl.DataFrame:
    """A baseline has a value and a year, or neither."""
    return t.targets.filter(pl.col("baseline_value").is_null() != pl.col("baseline_year").is_null())


@rule(
    "targets", "target_year", "目标年在规划期内，晚于参照年与基期年。", needs=("goals", "measures", "plans"),
    why="A target outside its plan is never due.", why_zh="规划期外的目标永远不到期。",
    mend="Use the last year of the plan, unless the item prints another.", mend_zh="用规划末年，除非条目另写年份。",
    bad={"targets": {"target_year": "2035"}}, good={"targets": {"target_year": "2025"}},
)  # fmt: skip
def target_year_is_within_its_plan(t: Tables) -> pl.DataFrame:
    """A target is due within its plan, and after its reference year and its baseline."""
    years = (t.plan_cells("targets", year).alias(year) for year in ("start_year", "end_year"))
    due = number("target_year")
    early = (due <= number("reference_year")) | (due <= number("baseline_year"))
    outside = (due < number("start_year")) | (due > number("end_year"))
    return t.targets.with_columns(years).filter(outside | early.fill_null(False))


@rule(
    "targets", "scope_en", "范围以两种语言填写，或都留空。",
    why="Readers of one language would take the target for a wider one.", why_zh="只懂一种语言的读者会把范围看大。",
    mend="Fill scope_zh and scope_en, or neither.", mend_zh="scope_zh 与 scope_en 都填，或都不填。",
    bad={"targets": {"scope_zh": "农村", "scope_en": ""}}, good={"targets": {"scope_zh": "农村", "scope_en": "rural"}},
)  # fmt: skip
def scope_is_in_both_languages(t: Tables) -> pl.DataFrame:
    """A scope is given in both languages or in neither."""
    return t.targets.filter(pl.col("scope_zh").is_null() != pl.col("scope_en").is_null())


@rule(
    "targets", "scope_en", "同一范围在两种语言中一一对应。",
    why="One scope under two names falls apart in every comparison.", why_zh="同一范围两个名称，比较时就会分裂。",
    mend="Use the wording of the other rows.", mend_zh="采用其他行的写法。",
    bad="农村 as rural in one row and as countryside in another", good="农村 as rural in every row",
)  # fmt: skip
def scope_has_one_wording(t: Tables) -> pl.DataFrame:
    """A scope in Chinese has one wording in English."""
    scopes = t.targets.select("scope_zh", "scope_en").drop_nulls().unique()
    several = scopes.filter(pl.col("scope_zh").is_duplicated())
    return t.targets.join(several, on=["scope_zh", "scope_en"], how="semi")


@rule(
    "targets", "target_id", "同一条目中没有两个相同的目标值。",
    why="The commitment would count twice.", why_zh="同一承诺会被计两次。",
    mend="Remove one, or say in the scope what tells them apart.", mend_zh="删除其一，或在范围中写出区别。",
    bad="two rows of one goal for the same indicator, scope, comparator, value and basis", good="one row",
)  # fmt: skip
def target_stands_once_in_its_item(t: Tables) -> pl.DataFrame:
    """No two targets of one item are the same."""
    same = ("item_id", "indicator_id", "scope_zh", "comparator", "value", "basis", "unit_of_measure", "target_year")
    return alike(t.targets, same)


@rule(
    "targets", "value", "区间的下限小于上限。",
    why="A range that is upside down can never be met.", why_zh="颠倒的区间永远达不到。",
    mend="Code the lower end as ge and the upper end as le.", mend_zh="下限为 ge，上限为 le。",
    bad="ge 2 and le 1 for the print 1-2项", good="ge 1 and le 2 for the print 1-2项",
)  # fmt: skip
def range_is_the_right_way_up(t: Tables) -> pl.DataFrame:
    """The lower end of a printed range is below its upper end."""
    same = ["item_id", "indicator_id", "scope_zh", "value_text"]
    ranges = t.targets.filter(pl.col("value_text").str.contains(r"\d[-—~]\d"))
    upper = ranges.filter(pl.col("comparator") == "le").select(*same, top="x")
    return (
        ranges.filter(pl.col("comparator") == "ge")
        .join(upper, on=same, nulls_equal=True)
        .filter(pl.col("x") > pl.col("top"))
    )
