"""The chapters of the monitoring report of one place and year, each from one assessment and the one of the year before.

They say what was reported and how it stands to the targets. Why that is so, and what to do, no number tells: there the
report leaves room for people.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from plandata.assess import Assessment
from plandata.assess.count import Count, count
from plandata.assess.model import Judgement
from plandata.charts.course import status_bars
from plandata.charts.spark import spark
from plandata.files import PackageError
from plandata.monitor.content import (
    Blanks,
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Definitions,
    Paragraph,
    Row,
    Section,
    Table,
    figure,
    row,
    words,
)
from plandata.monitor.publish import Small
from plandata.monitor.small import Reported, Values, hidden
from plandata.report.assessment import reason_text, required_text, target_name
from plandata.text import Text
from plandata.words import Words

# The most charts of one domain: what does not fit a page side by side is not looked at.
MOST_CHARTS = 9
GOALS, MEASURES = "goals", "measures"
# The statuses of a target without a value of its year, or whose value decides nothing.
OPEN = ("not_reported", "no_data", "cannot_be_judged")
# The sheets of the workbook: one for each kind of table.
SHEETS = {
    "counts": Text("Overview", "总体"),
    "statuses": Text("Statuses", "状态"),
    "targets": Text("Targets", "目标"),
    "parts": Text("Counts and groups", "构成"),
    "warnings": Text("Warnings", "预警"),
    "moved": Text("Changes", "变化"),
    "worse": Text("For the worse", "不利变动"),
    "gaps": Text("Gaps", "缺口"),
    "bodies": Text("Bodies", "单位"),
    "compound": Text("Trends", "趋势"),
}
HEADS = {
    "plan": Text("Plan and source", "规划及来源"),
    "total": Text("Targets", "目标值（项）"),
    "reported": Text("Reported", "已填报（项）"),
    "coverage": Text("Reported (%)", "填报率（%）"),
    "measurable": Text("Measurable", "可监测（项）"),
    "met": Text("Met", "达标（项）"),
    "rate": Text("Met of measurable (%)", "达标率（%）"),
    "rate_of_all": Text("Met of all (%)", "占全部比例（%）"),
    "status": Text("Status", "状态"),
    "all": Text("All", "合计"),
    "item": Text("Item", "条目"),
    "indicator": Text("Indicator", "指标"),
    "unit": Text("Unit", "计量单位"),
    "target": Text("Target", "目标值"),
    "base": Text("Base", "基期值"),
    "year": Text("{year}", "{year}年"),
    "gap": Text("Gap", "差距"),
    "of": Text("Of whom", "分组"),
    "numerator": Text("Numerator", "分子"),
    "denominator": Text("Denominator", "分母"),
    "value": Text("Value", "数值"),
    "domain": Text("Domain", "领域"),
    "body": Text("Lead body", "牵头单位"),
    "reason": Text("Verdict", "判断"),
    "warning": Text("Early warning", "预警"),
    "before": Text("Status {year}", "{year}年状态"),
    "change": Text("Change", "增减"),
    "lack": Text("Matter", "情形"),
    "told": Text("Explanation", "说明"),
    "warned": Text("Early warnings", "预警（项）"),
    "lacking": Text("Data gaps", "数据缺口（项）"),
    "linear": Text("Change a year", "年均增减"),
    "projected": Text("Projected, straight line", "直线法推算值"),
    "rated": Text("Rate a year (%)", "年均增长率（%）"),
    "compounded": Text("Projected, compound rate", "复合率法推算值"),
}
CHAPTERS = {
    "overall": Text("Overall", "总体情况"),
    "domains": Text("By domain", "分领域情况"),
    "warnings": Text("Early warnings", "预警情况"),
    "changes": Text("Compared with the year before", "与上年相比"),
    "gaps": Text("Data gaps", "数据缺口"),
    "bodies": Text("By lead body", "分单位情况"),
    "causes": Text("Causes and measures", "原因分析与对策建议"),
    "method": Text("Annex: method of monitoring", "附：监测方法"),
}
COUNTED = Text(
    "Up to {year} there are {total} targets, {goals} of them among goals and {measures} among measures. For {year}, "
    "{reported} are reported ({coverage}%). {measurable} are measurable; {met} of them are met, {rate}% of the "
    "measurable and {rate_of_all}% of all.",
    "截至{year}年，目标值共{total}项，其中列于目标的{goals}项，列于措施的{measures}项。{year}年已填报{reported}项，填报率{coverage}%；可监测{measurable}项，达标{met}项，达标率{rate}%，达标项数占全部目标值的{rate_of_all}%。",
)
STATUSES = Text("By status: {listed}.", "按状态分：{listed}。")
STATUS_OF = Text("{status} {n}", "{status}{n}项")
SEMICOLON = Text("; ", "，")
DOMAIN = Text(
    "{total} targets: {reported} reported, {measurable} measurable, {met} met{rate}; {warned} with an early warning.",
    "目标值{total}项，已填报{reported}项，可监测{measurable}项，达标{met}项{rate}；有预警{warned}项。",
)
RATE = Text(" ({rate}% of the measurable)", "，达标率{rate}%")
NO_RATE = Text("not computed, nothing is measurable", "（无可监测项，不计算）")
OF_WHICH = Text("  of which {source}", "其中：{source}")
OUTSIDE = Text("Targets outside the domains", "未列入领域的目标值")
MARKED = Text(
    "* preliminary. A value of an earlier year that stands in is named with its year in the column of the status. "
    "Gap: distance to the nearest level that meets the target.",
    "注：*为初步数；以上年数代替的，在“状态”栏注明年份；差距为与符合目标的最近水平之差。",
)
HIDDEN_MARK, FEW = "※", "<5"
HIDDEN = Text(
    "Rests on a count under five; figures not published ({mark}).", "由不足5的计数算得，数值不公布（{mark}）。"
)
HIDDEN_NOTE = Text(
    "For publication, counts under five are shown as “{few}”; values computed from them, and figures from which they "
    "could be told by subtraction, as “{mark}”.",
    "本报告为公布稿：不足5的计数以“{few}”表示；由其计算的数值以及可据以反推的数值以“{mark}”表示。",
)
STANDS_IN = Text("{status} (value of {year})", "{status}（{year}年数）")
BASE_OF = Text("{value} ({year})", "{value}（{year}年）")
CHART_KEY = Text(
    "Green, the levels that meet the target; dots, the values; dashed, the straight line to the target; dotted, the "
    "trend.",
    "绿色为符合目标的水平，圆点为各年数值，虚线为至目标的直线，点线为趋势。",
)
CHART_SOME = Text(
    " Shown are {n} of {all} targets with values of two years, those with early warnings first.",
    "共{all}项有两年以上数值，此处列{n}项，有预警的在前。",
)
ALL_PARTS = Text("all", "合计")
AGED = Text("aged {ages}", "{ages}岁")
PART = Text(", ", "、")
WARNED = Text(
    "{n} targets have an early warning: {listed}. The verdicts follow.", "有预警的目标值{n}项：{listed}。逐项判断如下。"
)
NO_WARNING = Text("No target has an early warning.", "没有目标值发出预警。")
NO_YEAR_BEFORE = Text(
    "The file has no value of {year} for these plans; no comparison is made.", "监测值中没有{year}年的数值，不作比较。"
)
MOVED = Text(
    "Compared with {year}, the status of {n} targets has changed: {won} are newly met, {lost} are met no longer. Of "
    "{compared} targets with values of both years and a direction, {worse} have moved for the worse.",
    "与{year}年相比，状态有变动的{n}项，其中新达标{won}项，由达标转为未达标{lost}项。两年均有数值且有优劣方向的{compared}项中，{worse}项向不利方向变动。",
)
LACKING = Text(
    "Not reported, without data or not to be judged: {n} targets ({listed}). Preliminary values: {preliminary}; values "
    "of an earlier year that stand in: {lag}.",
    "未填报、无数据或无法判断的目标值{n}项（{listed}）；初步数{preliminary}项；以上年数代替{lag}项。",
)
NO_GAP = Text("Every target has a final value that can be judged.", "全部目标值均有可判断的最终数。")
EARLIER = Text("value of an earlier year", "上年数")
EARLIER_TOLD = Text("No value of {year} yet; that of {earlier} stands in.", "尚无{year}年数值，以{earlier}年数代替。")
PRELIMINARY_TOLD = Text("The value of {year} may still be revised.", "{year}年数值尚可能修订。")
NO_LEAD = Text("none named ({function})", "未列（{function}）")
LEADLESS = Text(
    "“None named”: the plan names no lead body; in brackets the field of the body that usually has the figure.",
    "注：“未列”指规划未列明牵头单位，括号内为通常掌握该数据的职能领域。",
)
BY_BODY = Text(
    "The plans name {n} lead bodies. A target with several counts at each; those without a lead body stand last.",
    "规划列明牵头单位{n}个。一项目标值有几个牵头单位的，分别计入各单位；未列牵头单位的列在最后。",
)
NOT_NAMED = Text("No lead body named", "未列牵头单位")
CAUSES = Text(
    "The figures do not tell causes. For each domain with an early warning the bodies concerned fill in:",
    "数据不能说明原因。以下由有关单位对有预警的领域填写：",
)
NO_CAUSES = Text("No domain has an early warning.", "没有领域发出预警。")
PROMPTS = (
    Text("Main causes", "主要原因"),
    Text("Measures proposed", "对策建议"),
    Text("Responsible body and date", "责任单位及完成时限"),
)
CAPTIONS = {
    "counts": Text("Targets by plan and source, {year}", "{year}年目标值监测情况"),
    "statuses": Text("Targets by status, {year}", "{year}年目标值状态分布"),
    "bars": Text("Targets by plan and status", "各规划目标值状态分布"),
    "domain": Text("{domain}: targets, {year}", "{domain}目标值监测情况（{year}年）"),
    "parts": Text("{domain}: counts and groups, {year}", "{domain}监测值构成（{year}年）"),
    "courses": Text("{domain}: values by year", "{domain}历年数值"),
    "warnings": Text("Targets with an early warning, {year}", "{year}年有预警的目标值"),
    "moved": Text("Targets whose status has changed, {before} to {year}", "{before}年至{year}年状态变动的目标值"),
    "worse": Text("Values that moved for the worse, {before} to {year}", "{before}年至{year}年向不利方向变动的指标"),
    "gaps": Text("Data gaps by reporting body, {year}", "{year}年数据缺口（按填报单位）"),
    "bodies": Text("Targets by lead body, {year}", "{year}年分牵头单位监测情况"),
    "compound": Text("Trends by both methods", "两种方法的趋势"),
}
COUNT_KEYS = ("total", "reported", "coverage", "measurable", "met", "rate", "rate_of_all")


@dataclass(frozen=True)
class Plan:
    """A plan of the place: its title and its years."""

    plan_id: str
    title: Text
    start: int
    end: int


@dataclass(frozen=True)
class Facts:
    """All that a report is made from.

    before is the assessment of the year before by the same file; items names each goal and measure as its plan numbers
    it, functions the field of the body that usually has an indicator. small is what is hidden; empty where all is told.
    """

    done: Assessment
    before: Assessment
    place: Text
    plans: tuple[Plan, ...]
    items: Mapping[str, Text]
    functions: Mapping[str, str]
    levels: Values
    small: Small
    publish: bool
    say: Words

    @property
    def year(self) -> int:
        return self.done.year

    @property
    def years(self) -> range:
        """The years of the plans up to the judged one."""
        return range(min(plan.start for plan in self.plans), self.year + 1)

    def of_plan(self, plan: Plan) -> list[Judgement]:
        """The judgements of the targets of a plan."""
        return [judgement for judgement in self.done.judgements if judgement.target.plan_id == plan.plan_id]

    def secret(self, judgement: Judgement) -> bool:
        """Whether the figures of a target are not published."""
        return self.small.touches(judgement)

    def name(self, judgement: Judgement) -> str:
        return target_name(judgement.target, self.say)

    def status(self, code: str) -> str:
        return self.say.label("status", code)

    def group(self, group: str, key: str, otherwise: Text) -> str:
        """The name of a domain or a lead unit."""
        return self.say(self.done.labels.get((group, key), otherwise))


def tally(f: Facts, judgements: Sequence[Judgement]) -> Count:
    """The counts of some targets."""
    return count("", "", judgements, f.done.schemas.assessment["status"])


def columns(f: Facts, *keys: tuple[str, float, bool], **values: object) -> tuple[Column, ...]:
    """Columns by key, share of the width and whether they hold numbers."""
    return tuple(Column(key, f.say(HEADS[key], **values), width, right) for key, width, right in keys)


def of_source(judgements: Iterable[Judgement], table: str) -> list[Judgement]:
    """The judgements of targets on goals, or of those on measures."""
    return [judgement for judgement in judgements if judgement.target.item_table == table]


def listed(f: Facts, counted: Mapping[str, int]) -> str:
    """How many targets have each status, those that none has left out."""
    parts = (f.say(STATUS_OF, status=f.status(code), n=n) for code, n in counted.items() if n)
    return f.say(SEMICOLON).join(parts)


def rate_text(f: Facts, rate: object) -> str:
    return f.say(NO_RATE) if rate is None else str(rate)


# Overall


def overall(f: Facts) -> list[Section]:
    """How many targets there are, are reported, measurable and met; by plan, source and status."""
    every = f.done.judgements
    whole = tally(f, every)
    sources = {table: len(of_source(every, table)) for table in (GOALS, MEASURES)}
    told = {key: getattr(whole, key) for key in COUNT_KEYS}
    shares = {key: rate_text(f, told[key]) for key in ("coverage", "rate", "rate_of_all")}
    blocks: list[Block] = [
        Paragraph(f.say(COUNTED, year=f.year, **sources, **told | shares)),
        Paragraph(f.say(STATUSES, listed=listed(f, whole.by_status))),
        counts_table(f),
        statuses_table(f),
        *status_charts(f),
    ]
    return [Section("overall", f.say(CHAPTERS["overall"]), 1, tuple(blocks))]


def counts_table(f: Facts) -> Table:
    """The counts of each plan, of its goals and of its measures; at the end those of all."""
    heads = columns(f, ("plan", 30, False), *((key, 11, True) for key in COUNT_KEYS))
    rows: list[Row] = []
    groups = [(plan.plan_id, f.say(plan.title), f.of_plan(plan)) for plan in f.plans]
    every = [("", f.say(HEADS["all"]), list(f.done.judgements))] if len(f.plans) > 1 else []
    for key, name, judgements in [*groups, *every]:
        rows.append(count_row(f, key, name, judgements))
        for table in (GOALS, MEASURES):
            source = f.say(OF_WHICH, source=f.done.schemas.tables[table].title)
            rows.append(count_row(f, f"{key}/{table}", source, of_source(judgements, table)))
    return Table("counts", f.say(CAPTIONS["counts"], year=f.year), heads, tuple(rows), f.say(SHEETS["counts"]))


def count_row(f: Facts, about: str, name: str, judgements: Sequence[Judgement]) -> Row:
    """The counts of some targets as a row."""
    counted = tally(f, judgements)
    return row(about, [words(name), *(figure(getattr(counted, key)) for key in COUNT_KEYS)])


def statuses_table(f: Facts) -> Table:
    """How many targets of each plan have each status."""
    groups = [(plan.plan_id, f.say(plan.title), tally(f, f.of_plan(plan))) for plan in f.plans]
    if len(f.plans) > 1:
        groups.append(("all", f.say(HEADS["all"]), tally(f, f.done.judgements)))
    heads = (*columns(f, ("status", 12, False)), *(Column(key, name, 20, right=True) for key, name, _ in groups))
    rows = [
        row(code, [words(f.status(code), code), *(figure(counted.by_status[code]) for _, _, counted in groups)])
        for code in f.done.schemas.assessment["status"]
    ]
    return Table("statuses", f.say(CAPTIONS["statuses"], year=f.year), heads, tuple(rows), f.say(SHEETS["statuses"]))


def status_charts(f: Facts) -> Iterator[Charts]:
    """How the targets of each plan stand, as bars; nothing where the library that draws is not installed."""
    counted = [tally(f, f.of_plan(plan)) for plan in f.plans]
    try:
        bars = status_bars(counted, [f.say(plan.title) for plan in f.plans], f.say)
    except PackageError:
        return
    yield Charts(f.say(CAPTIONS["bars"]), (Chart("", "", bars),), key=True)


# By domain


def domains(f: Facts) -> list[Section]:
    """A section for each domain of each plan; the plans stand above them where there are several."""
    several = len(f.plans) > 1
    made = [Section("domains", f.say(CHAPTERS["domains"]), 1)]
    for plan in f.plans:
        if several:
            made.append(Section(plan.plan_id, f.say(plan.title), 2))
        for key, judgements in by_domain(f.of_plan(plan)).items():
            made.append(domain(f, plan, key, judgements, 3 if several else 2))
    return made


def by_domain(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements by domain in their order; those outside every domain last."""
    found: dict[str, list[Judgement]] = {}
    for judgement in sorted(judgements, key=lambda judgement: not judgement.target.domain_id):
        found.setdefault(judgement.target.domain_id, []).append(judgement)
    return found


def domain(f: Facts, plan: Plan, key: str, judgements: Sequence[Judgement], level: int) -> Section:
    """A domain: its counts in words, its targets, what their values are made of, their courses."""
    counted, name = tally(f, judgements), domain_name(f, key)
    rate = "" if counted.rate is None else f.say(RATE, rate=counted.rate)
    numbers = {name: getattr(counted, name) for name in ("total", "reported", "measurable", "met")}
    warned = sum(bool(judgement.warnings) for judgement in judgements)
    group = (f.say(plan.title), name)
    blocks: list[Block] = [
        Paragraph(f.say(DOMAIN, **numbers, rate=rate, warned=warned)),
        target_table(f, key or plan.plan_id, group, judgements),
        parts_table(f, key or plan.plan_id, group, judgements),
        course_charts(f, name, judgements),
    ]
    return Section(key or f"{plan.plan_id}/none", name, level, tuple(blocks))


def domain_name(f: Facts, key: str) -> str:
    return f.group("domain", key, OUTSIDE) if key else f.say(OUTSIDE)


def target_table(f: Facts, key: str, group: tuple[str, ...], judgements: Sequence[Judgement]) -> Table:
    """The targets of a domain: what they ask for, the base, the value of each year, the gap, the status."""
    years = tuple(Column(f"y{year}", f.say(HEADS["year"], year=year), 12.5, right=True) for year in f.years)
    first = columns(f, ("item", 12.5, False), ("indicator", 32, False), ("unit", 10.5, False), ("target", 18, False))
    last = columns(f, ("base", 12, True)), columns(f, ("gap", 11, True), ("status", 14, False))
    rows = [row(judgement.target.target_id, target_cells(f, judgement)) for judgement in judgements]
    caption = f.say(CAPTIONS["domain"], domain=group[-1], year=f.year)
    note = f.say(MARKED)
    return Table(
        f"targets/{key}",
        caption,
        (*first, *last[0], *years, *last[1]),
        tuple(rows),
        f.say(SHEETS["targets"]),
        group,
        note,
    )


def target_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The cells of a target's row."""
    target = judgement.target
    yield words(f.say(f.items[target.item_id]))
    yield words(f.name(judgement))
    yield words(f.say.label("unit_of_measure", target.unit))
    yield words(required_text(judgement, f.say) if not f.secret(judgement) else printed_text(f, judgement))
    yield base_cell(f, judgement)
    preliminary = {value.year for value in f.levels[target.target_id] if value.whole and value.preliminary}
    for year in f.years:
        yield value_cell(f, judgement, year, "*" if year in preliminary else "")
    yield words(HIDDEN_MARK) if f.secret(judgement) and judgement.gap is not None else figure(judgement.gap)
    yield status_cell(f, judgement)


def printed_text(f: Facts, judgement: Judgement) -> str:
    """What a target prints: the levels that a hidden value leads to would tell it."""
    return required_text(replace(judgement, band=None), f.say)


def base_cell(f: Facts, judgement: Judgement) -> Cell:
    """The level from which a target starts, with its year where that is not the one before the plan."""
    if judgement.base is None:
        return figure(None)
    year, value = judgement.base
    if f.small.has(judgement.target.target_id, year):
        return words(HIDDEN_MARK)
    cell = figure(value)
    return cell if year == judgement.target.first_year else Cell(f.say(BASE_OF, value=cell.text, year=year), cell.value)


def value_cell(f: Facts, judgement: Judgement, year: int, mark: str = "") -> Cell:
    """The value of a year; a mark in its place where it is not published."""
    value = judgement.points.get(year)
    if value is None:
        return figure(None)
    return hidden_cell(f, judgement, year) or figure(value, mark)


def hidden_cell(f: Facts, judgement: Judgement, year: int) -> Cell | None:
    """What stands in the place of a value that is not published; None for one that is."""
    if not f.small.has(judgement.target.target_id, year):
        return None
    own = (value for value in f.levels[judgement.target.target_id] if value.whole and value.year == year)
    return words(FEW if any(value.value in value.counts and value.value < 5 for value in own) else HIDDEN_MARK)


def status_cell(f: Facts, judgement: Judgement) -> Cell:
    """The status, with the year of the value where it is an earlier one."""
    told, year = f.status(judgement.status), judgement.value_year
    if year is not None and year < judgement.year:
        told = f.say(STANDS_IN, status=told, year=year)
    return words(told, judgement.status)


def parts_table(f: Facts, key: str, group: tuple[str, ...], judgements: Sequence[Judgement]) -> Table:
    """The counts behind the values of the year, and the values of parts of a population."""
    heads = columns(
        f, ("indicator", 40, False), ("unit", 12, False), ("of", 16, False), ("numerator", 14, True),
        ("denominator", 14, True), ("value", 12, True),
    )  # fmt: skip
    rows = [made for judgement in judgements for made in part_rows(f, judgement)]
    caption = f.say(CAPTIONS["parts"], domain=group[-1], year=f.year)
    return Table(f"parts/{key}", caption, heads, tuple(rows), f.say(SHEETS["parts"]), group)


def part_rows(f: Facts, judgement: Judgement) -> Iterator[Row]:
    """The rows of a target's values in its year, where there is more to tell than the one value."""
    target = judgement.target
    values = [value for value in f.levels[target.target_id] if value.year == f.year]
    if not any(value.numerator is not None or not value.whole for value in values):
        return
    gone = hidden(values) if f.publish else frozenset()
    if f.secret(judgement):
        gone = frozenset(values)
    for value in sorted(values, key=lambda value: value.part):
        cells = [count_cell(value, amount, value in gone) for amount in (value.numerator, value.denominator)]
        own = value_of_part(value, value in gone)
        name, unit = f.name(judgement), f.say.label("unit_of_measure", target.unit)
        yield row(target.target_id, [words(name), words(unit), words(part_name(f, value)), *cells, own])


def count_cell(value: Reported, amount: Fraction | None, gone: bool) -> Cell:
    """A numerator or a denominator."""
    if amount is None or not gone:
        return figure(amount)
    return words(FEW if amount < 5 else HIDDEN_MARK)


def value_of_part(value: Reported, gone: bool) -> Cell:
    """The value of a part."""
    if not gone:
        return figure(value.value)
    return words(FEW if value.value in value.counts and value.value < 5 else HIDDEN_MARK)


def part_name(f: Facts, value: Reported) -> str:
    """Of whom a value is."""
    ages = f.say(AGED, ages=value.age_group) if value.age_group else ""
    parts = (f.say.label("sex", value.sex), ages, f.say.label("area", value.area))
    return f.say(PART).join(filter(None, parts)) or f.say(ALL_PARTS)


def course_charts(f: Facts, name: str, judgements: Sequence[Judgement]) -> Charts:
    """The courses of targets with values of two years; those with warnings first, no more than a page takes."""
    drawn = [j for j in judgements if j.band is not None and len(j.points) > 1 and not f.secret(j)]
    first = sorted(drawn, key=lambda judgement: (not judgement.warnings, judgement.met))[:MOST_CHARTS]
    charts = tuple(Chart(j.target.target_id, f.name(j), spark(j, f.say)) for j in first)
    some = f.say(CHART_SOME, n=len(first), all=len(drawn)) if len(first) < len(drawn) else ""
    return Charts(f.say(CAPTIONS["courses"], domain=name), charts, f.say(CHART_KEY) + some)


# Early warnings


def warnings(f: Facts) -> list[Section]:
    """The targets with early warnings, each with its verdict and what warns."""
    warned = [judgement for judgement in f.done.judgements if judgement.warnings]
    kinds = {code: sum(any(w.code == code for w in j.warnings) for j in warned) for code in codes(f, "warning")}
    parts = (f.say(STATUS_OF, status=f.say.label("warning", code), n=n) for code, n in kinds.items() if n)
    told = f.say(WARNED, n=len(warned), listed=f.say(SEMICOLON).join(parts)) if warned else f.say(NO_WARNING)
    heads = columns(
        f, ("domain", 14, False), ("item", 12.5, False), ("indicator", 26, False), ("body", 22, False),
        ("status", 14, False), ("reason", 46, False), ("warning", 18, False),
    )  # fmt: skip
    rows = [row(judgement.target.target_id, warning_cells(f, judgement)) for judgement in warned]
    caption = f.say(CAPTIONS["warnings"], year=f.year)
    table = Table("warnings", caption, heads, tuple(rows), f.say(SHEETS["warnings"]), note=f.say(LEADLESS))
    return [Section("warnings", f.say(CHAPTERS["warnings"]), 1, (Paragraph(told), table))]


def codes(f: Facts, name: str) -> list[str]:
    """The codes of a list of the assessment in their order."""
    return list(f.done.schemas.assessment[name])


def warning_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The cells of a warned target: where it stands, who leads, the verdict, the warnings."""
    target = judgement.target
    yield words(domain_name(f, target.domain_id))
    yield words(f.say(f.items[target.item_id]))
    yield words(f.name(judgement))
    yield words(bodies_of(f, judgement))
    yield status_cell(f, judgement)
    yield words(verdict(f, judgement))
    labels = dict.fromkeys(f.say.label("warning", warned.code) for warned in judgement.warnings)
    yield words(f.say.listed(labels))


def verdict(f: Facts, judgement: Judgement) -> str:
    """The one sentence on a target; without its figures where these are not published."""
    if f.secret(judgement):
        return f.say(HIDDEN, mark=HIDDEN_MARK)
    return reason_text(f.done, judgement.reason, f.say)


def bodies_of(f: Facts, judgement: Judgement) -> str:
    """The lead bodies of a target; without one the field of the body that usually has the figure."""
    target = judgement.target
    names = [f.group("lead_unit", key, NOT_NAMED) for key in target.leads]
    function = f.say.label("function", f.functions.get(target.indicator_id, ""))
    return f.say.listed(names) or f.say(NO_LEAD, function=function)


# The year before


def changes(f: Facts) -> list[Section]:
    """What moved since the year before, judged by the same file."""
    title, last = f.say(CHAPTERS["changes"]), f.year - 1
    if not any(judgement.value is not None for judgement in f.before.judgements):
        return [Section("changes", title, 1, (Paragraph(f.say(NO_YEAR_BEFORE, year=last)),))]
    earlier = {judgement.target.target_id: judgement for judgement in f.before.judgements}
    pairs = [(earlier[j.target.target_id], j) for j in f.done.judgements]
    moved = [(old, new) for old, new in pairs if old.status != new.status]
    compared = [(old, new) for old, new in pairs if new.change is not None and new.target.better in WORSE]
    worse = [(old, new) for old, new in compared if WORSE[new.target.better](new.change or Fraction(0))]
    numbers = {"n": len(moved), "compared": len(compared), "worse": len(worse)}
    won, lost = (sum(new.met is met and old.met is not met for old, new in moved) for met in (True, False))
    told = f.say(MOVED, year=last, won=won, lost=lost, **numbers)
    return [Section("changes", title, 1, (Paragraph(told), moved_table(f, moved), worse_table(f, worse)))]


# Whether a change is for the worse, by which direction is better.
WORSE: Mapping[str, Callable[[Fraction], bool]] = {"higher": lambda x: x < 0, "lower": lambda x: x > 0}
Pairs = Sequence[tuple[Judgement, Judgement]]


def moved_table(f: Facts, moved: Pairs) -> Table:
    """The targets with another status than the year before."""
    heads = (
        *columns(f, ("domain", 20, False), ("item", 12.5, False), ("indicator", 36, False)),
        *columns(f, ("before", 14, False), year=f.year - 1),
        Column("now", f.say(HEADS["before"], year=f.year), 14),
    )
    rows = [
        row(new.target.target_id, [*named_cells(f, new), status_cell(f, old), status_cell(f, new)])
        for old, new in moved
    ]
    caption = f.say(CAPTIONS["moved"], before=f.year - 1, year=f.year)
    return Table("moved", caption, heads, tuple(rows), f.say(SHEETS["moved"]))


def named_cells(f: Facts, judgement: Judgement) -> list[Cell]:
    """Domain, item and indicator of a target."""
    target = judgement.target
    return [words(domain_name(f, target.domain_id)), words(f.say(f.items[target.item_id])), words(f.name(judgement))]


def worse_table(f: Facts, worse: Pairs) -> Table:
    """The targets whose value moved away from what is better."""
    heads = (
        *columns(f, ("domain", 18, False), ("item", 12.5, False), ("indicator", 34, False), ("unit", 10, False)),
        *(Column(f"y{year}", f.say(HEADS["year"], year=year), 12, right=True) for year in (f.year - 1, f.year)),
        *columns(f, ("change", 11, True), ("status", 13, False)),
    )
    rows = [row(new.target.target_id, worse_cells(f, new)) for _, new in worse]
    caption = f.say(CAPTIONS["worse"], before=f.year - 1, year=f.year)
    return Table("worse", caption, heads, tuple(rows), f.say(SHEETS["worse"]))


def worse_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The values of both years, their difference, the status."""
    yield from named_cells(f, judgement)
    yield words(f.say.label("unit_of_measure", judgement.target.unit))
    yield from (value_cell(f, judgement, year) for year in (f.year - 1, f.year))
    yield words(HIDDEN_MARK) if f.secret(judgement) else figure(judgement.change)
    yield status_cell(f, judgement)


# What is missing


def gaps(f: Facts) -> list[Section]:
    """What is not reported, cannot be judged, may change, or is of an earlier year; by the body that must report."""
    lacking = [(judgement, matters(f, judgement)) for judgement in f.done.judgements]
    lacking = [(judgement, found) for judgement, found in lacking if found]
    opened = {code: sum(j.status == code for j in f.done.judgements) for code in OPEN if code in codes(f, "status")}
    numbers = {
        "preliminary": sum(preliminary(f, j) for j in f.done.judgements),
        "lag": sum(lags(j) for j in f.done.judgements),
    }
    told = f.say(LACKING, n=sum(opened.values()), listed=listed(f, opened), **numbers) if lacking else f.say(NO_GAP)
    heads = columns(
        f, ("body", 26, False), ("domain", 18, False), ("item", 12.5, False), ("indicator", 34, False),
        ("lack", 15, False), ("told", 44, False),
    )  # fmt: skip
    ordered = sorted(lacking, key=lambda pair: (not pair[0].target.leads, bodies_of(f, pair[0])))
    rows = [row(judgement.target.target_id, gap_cells(f, judgement, found)) for judgement, found in ordered]
    caption = f.say(CAPTIONS["gaps"], year=f.year)
    table = Table("gaps", caption, heads, tuple(rows), f.say(SHEETS["gaps"]), note=f.say(LEADLESS))
    return [Section("gaps", f.say(CHAPTERS["gaps"]), 1, (Paragraph(told), table))]


def matters(f: Facts, judgement: Judgement) -> list[tuple[str, str]]:
    """What a target lacks: each matter with its explanation."""
    found = []
    if judgement.status in OPEN:
        found.append((f.status(judgement.status), verdict(f, judgement)))
    if lags(judgement):
        told = f.say(EARLIER_TOLD, year=judgement.year, earlier=judgement.value_year)
        found.append((f.say(EARLIER), told))
    if preliminary(f, judgement):
        found.append((f.say.label("observation_status", "preliminary"), f.say(PRELIMINARY_TOLD, year=f.year)))
    return found


def lags(judgement: Judgement) -> bool:
    """Whether the value that is judged is of an earlier year."""
    return judgement.value_year is not None and judgement.value_year < judgement.year


def preliminary(f: Facts, judgement: Judgement) -> bool:
    """Whether the value of the year may still change."""
    own = f.levels[judgement.target.target_id]
    return any(value.whole and value.preliminary and value.year == f.year for value in own)


def gap_cells(f: Facts, judgement: Judgement, found: Sequence[tuple[str, str]]) -> Iterator[Cell]:
    """Who must report what, and what is the matter."""
    yield words(bodies_of(f, judgement))
    yield from named_cells(f, judgement)
    yield words(f.say.listed(matter for matter, _ in found), judgement.status if judgement.status in OPEN else "")
    yield words("".join(told if f.say.lang == "zh" else f"{told} " for _, told in found).strip())


# Bodies


def bodies(f: Facts) -> list[Section]:
    """The counts of each lead body with what is open there."""
    leading: dict[str, list[Judgement]] = {}
    for judgement in f.done.judgements:
        for key in judgement.target.leads or ("",):
            leading.setdefault(key, []).append(judgement)
    named = sorted(leading, key=lambda key: key == "")
    heads = columns(
        f, ("body", 34, False), *((key, 12, True) for key in ("total", "reported", "measurable", "met", "rate")),
        ("warned", 12, True), ("lacking", 12, True),
    )  # fmt: skip
    rows = [body_row(f, key, leading[key]) for key in named]
    table = Table("bodies", f.say(CAPTIONS["bodies"], year=f.year), heads, tuple(rows), f.say(SHEETS["bodies"]))
    told = Paragraph(f.say(BY_BODY, n=sum(bool(key) for key in leading)))
    return [Section("bodies", f.say(CHAPTERS["bodies"]), 1, (told, table))]


def body_row(f: Facts, key: str, judgements: Sequence[Judgement]) -> Row:
    """The counts of one lead body, its warnings and its gaps."""
    counted = tally(f, judgements)
    numbers = [getattr(counted, name) for name in ("total", "reported", "measurable", "met", "rate")]
    still_open = (sum(bool(j.warnings) for j in judgements), sum(bool(matters(f, j)) for j in judgements))
    return row(key, [words(f.group("lead_unit", key, NOT_NAMED)), *map(figure, (*numbers, *still_open))])


# What only people know


def causes(f: Facts) -> list[Section]:
    """Room for causes and measures, for each domain with an early warning."""
    warned = [judgement for judgement in f.done.judgements if judgement.warnings]
    made = [Section("causes", f.say(CHAPTERS["causes"]), 1, (Paragraph(f.say(CAUSES if warned else NO_CAUSES)),))]
    prompts = Blanks(tuple(map(f.say, PROMPTS)))
    for plan in f.plans:
        own = [judgement for judgement in warned if judgement.target.plan_id == plan.plan_id]
        made += [Section(f"causes/{key or plan.plan_id}", domain_name(f, key), 2, (prompts,)) for key in by_domain(own)]
    return made


# The method

COUNTING = (
    Text(
        "A target counts as reported where it has a value of the judged year, and as measurable where that value "
        "shows it met or not. The rate of targets met is taken of the measurable ones, and once more of all. Targets "
        "on goals and on measures are counted apart too.",
        "有评估年数值的目标值计为已填报；该数值足以判断达标与否的计为可监测。达标率按可监测项数计算，另列占全部目标值的比例。列于目标和列于措施的目标值分别计数。",
    ),
    Text(
        "A status compares the newest value with the straight line from the base to the target and carries the trend "
        "of the values on to the target year. A second reckoning takes the same rate of change in every year; it "
        "decides no status and stands in this annex alone.",
        "状态的判断：以最新数值对照基期至目标的直线，并将各年数值的趋势推算至目标年。另按每年变动比率相同推算一次，仅列于本附件，不作为判断状态的依据。",
    ),
)
SETTINGS = Text("Settings: {listed}.", "参数：{listed}。")
SETTING_NAMES = {
    "latest": Text(
        "years before the judged one whose value may stand in: {value}", "可代替评估年数值的以前年数{value}年"
    ),
    "min_points": Text("values that a trend needs: {value}", "判断趋势所需数值{value}个"),
    "approx_tolerance": Text("tolerance of an approximate value: {value}%", "“左右”的容差{value}%"),
    "path_tolerance": Text("tolerance of the straight line: {value}% of the way", "直线的容差为全程的{value}%"),
    "basic_tolerance": Text("tolerance of “basically met”: {value}%", "“基本达标”的容差{value}%"),
    "volatile_share": Text(
        "share of cancelled movement in a volatile series: {value}%", "波动序列相互抵消的变动占比{value}%"
    ),
    "volatile_range": Text(
        "least range of a volatile series: {value}% of the median", "波动序列的最小极差为中位数的{value}%"
    ),
}
COMPOUND = "compound"


def method(f: Facts) -> list[Section]:
    """How it is counted and judged, what the statuses and warnings mean, and what the second method finds."""
    assessment = f.done.schemas.assessment
    meanings = [
        (f.say(code.label), f.say(code.definition))
        for name in ("status", "warning")
        for code in assessment[name].values()
    ]
    blocks: list[Block] = [
        *(Paragraph(f.say(text)) for text in COUNTING),
        Paragraph(f.say(SETTINGS, listed=settings_text(f))),
        Definitions(tuple(meanings)),
        compound_table(f),
    ]
    return [Section("method", f.say(CHAPTERS["method"]), 1, tuple(blocks), annex=True)]


def settings_text(f: Facts) -> str:
    """The thresholds in words; shares in percent."""
    own = f.done.settings
    values = {name: getattr(own, name) for name in SETTING_NAMES if hasattr(own, name)}
    shown = {name: figure(100 * value if isinstance(value, Fraction) else value).text for name, value in values.items()}
    return f.say(Text("; ", "；")).join(f.say(SETTING_NAMES[name], value=value) for name, value in shown.items())


def compound_table(f: Facts) -> Table:
    """The yearly change and the projection of each target by both methods, where both apply."""
    heads = columns(
        f, ("item", 12.5, False), ("indicator", 36, False), ("unit", 10, False), ("linear", 13, True),
        ("projected", 14, True), ("rated", 14, True), ("compounded", 14, True),
    )  # fmt: skip
    rows = [row(j.target.target_id, compound_cells(f, j)) for j in f.done.judgements if two_methods(f, j)]
    return Table("compound", f.say(CAPTIONS["compound"]), heads, tuple(rows), f.say(SHEETS["compound"]))


def two_methods(f: Facts, judgement: Judgement) -> bool:
    """Whether both methods have a trend to speak of, and it may be told."""
    found = [answer for answer in judgement.answers if answer.applies and answer.observed is not None]
    return len(found) > 1 and not f.secret(judgement)


def compound_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The yearly change of the straight line with its projection, the rate of the other with its own."""
    yield words(f.say(f.items[judgement.target.item_id]))
    yield words(f.name(judgement))
    yield words(f.say.label("unit_of_measure", judgement.target.unit))
    for answer in judgement.answers:
        observed = answer.observed
        yield figure(observed if answer.method != COMPOUND or observed is None else 100 * observed)
        yield figure(answer.projected)


CHAPTER_MAKERS: tuple[Callable[[Facts], list[Section]], ...] = (
    overall, domains, warnings, changes, gaps, bodies, causes, method,
)  # fmt: skip
