"""What the monitoring report says, in both languages: titles, heads, captions, sentences with their {places}."""

from plandata.report.assessment import COUNTED
from plandata.text import Text

# What is counted of a group, in the order of the words of an assessment: numbers of targets, then shares.
COUNT_KEYS = ("total", "reported", "measurable", "met", "rate", "rate_of_all", "coverage", "attainment")
WHOLE = 4
ITEMS, PERCENT = Text("{name}", "{name}（项）"), Text("{name} (%)", "{name}（%）")
COUNT_HEADS = {
    key: (ITEMS if place < WHOLE else PERCENT).format(name=name)
    for place, (key, name) in enumerate(zip(COUNT_KEYS, COUNTED, strict=True))
}
# The sheets of the workbook: one for each kind of table.
SHEETS = {
    "counts": Text("Overview", "总体"),
    "statuses": Text("Statuses", "状态"),
    "targets": Text("Targets", "目标"),
    "parts": Text("Counts and groups", "构成"),
    "warnings": Text("Warnings", "预警"),
    "remarks": Text("Remarks", "提示"),
    "moved": Text("Changes", "变化"),
    "worse": Text("For the worse", "不利变动"),
    "gaps": Text("Gaps", "缺口"),
    "bodies": Text("Bodies", "单位"),
    "compound": Text("Trends", "趋势"),
}
HEADS = {
    "plan": Text("Plan and source", "规划及来源"),
    "status": Text("Status", "状态"),
    "all": Text("All", "合计"),
    "item": Text("Item", "条目"),
    "indicator": Text("Indicator", "指标"),
    "unit": Text("Unit", "单位"),
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
    "remark": Text("Remark", "提示"),
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
    "since": Text("Compared with {year}", "与{year}年相比"),
    "gaps": Text("Data gaps", "数据缺口"),
    "bodies": Text("By lead body", "分单位情况"),
    "causes": Text("Causes and measures", "原因分析与对策建议"),
    "method": Text("Annex: method of monitoring", "附：监测方法"),
}
OVERALL = Text(
    "Up to {year} there are {total} targets, {goals} of them among goals and {measures} among measures. {reported} "
    "have a value, {late} of them that of an earlier year. {measurable} are measurable, a coverage of {coverage}; "
    "{met} of them are met, {rate} of "
    "the measurable and {rate_of_all} of all.",
    "截至{year}年，目标值共{total}项，其中列于目标的{goals}项，列于措施的{measures}项。有数值的{reported}项（其中沿用上年数的{late}项）；可监测{measurable}项，"
    "覆盖率{coverage}；达标{met}项，达标率{rate}，占全部目标值的{rate_of_all}。",
)
OPEN = Text(
    "{warned} targets have an early warning; {unknown} cannot be judged for want of data.",
    "有预警的{warned}项；因数据缺口不能判断的{unknown}项。",
)
STATUSES = Text("By status: {listed}.", "按状态分：{listed}。")
STATUS_OF = Text("{status} {n}", "{status}{n}项")
SEMICOLON = Text("; ", "，")
DOMAIN = Text(
    "{total} targets: {reported} with a value, {measurable} measurable, {met} met{rate}; {warned} with an early "
    "warning.",
    "目标值{total}项，有数值{reported}项，可监测{measurable}项，达标{met}项{rate}；有预警的{warned}项。",
)
RATE = Text(" ({rate} of the measurable)", "，达标率{rate}")
NO_SHARE = Text("not computed", "不计算")
OF_WHICH = Text("of which {source}", "其中：{source}")
OUTSIDE = Text("Outside the domains", "不属任何领域")
MARKED = Text(
    "* preliminary. A value of an earlier year that stands in is named with its year in the column of the status. "
    "Gap: distance to the nearest level that meets the target.",
    "注：*为初步数；沿用上年数的，在“状态”栏注明年份；差距为与符合目标的最近水平之差。",
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
PART = Text(", ", "、")
ALSO = Text(
    "{n} more need attention by their status without an early warning ({listed}); the register of warnings has them "
    "too.",
    "另有{n}项状态须关注而没有预警（{listed}），一并列入预警台账。",
)
WARNED = Text(
    "{n} targets have an early warning: {listed}. The verdicts follow.", "有预警的目标值{n}项：{listed}。逐项判断如下。"
)
REMARKED = Text("{n} targets have remarks that do not change their status.", "另有提示的目标值{n}项，提示不改变状态。")
NO_WARNING = Text("No target has an early warning.", "没有目标值触发预警。")
NO_YEAR_BEFORE = Text(
    "The file has no value of {year} for these plans; no comparison is made.", "监测值中没有{year}年的数值，不作比较。"
)
MOVED = Text(
    "Compared with {year}, the status of {n} targets has changed: {won} are newly met, {lost} are met no longer. Of "
    "{compared} targets with values of both years and a direction, {worse} have moved for the worse.",
    "与{year}年相比，状态有变动的{n}项，其中新达标{won}项，由达标转为其他状态{lost}项。两年均有数值且有优劣方向的{compared}项中，{worse}项向不利方向变动。",
)
LACKING = Text(
    "Not reported, without data or not to be judged: {n} targets ({listed}). Preliminary values: {preliminary}; values "
    "of an earlier year that stand in: {late}.",
    "未填报、无数据或无法判断的目标值{n}项（{listed}）；初步数{preliminary}项；沿用上年数{late}项。",
)
NO_GAP = Text("Every target has a final value that can be judged.", "全部目标值均有可判断的最终数。")
NO_LEAD = Text("none named ({function})", "未明确（{function}）")
LEADLESS = Text(
    "“None named”: the plan names no lead body; in brackets the field of the body that usually has the figure.",
    "注：“未明确”指规划未明确牵头单位，括号内为通常掌握该数据的职能领域。",
)
BY_BODY = Text(
    "The plans name {n} lead bodies. A target with several counts at each; those without a lead body stand last.",
    "规划明确的牵头单位{n}个。一项目标值有几个牵头单位的，分别计入各单位；未明确牵头单位的列在最后。",
)
NOT_NAMED = Text("No lead body named", "未明确牵头单位")
CAUSES = Text(
    "The figures do not tell causes. For each domain with an early warning the bodies concerned fill in:",
    "数据不能说明原因。以下由有关单位对有预警的领域填写：",
)
NO_CAUSES = Text("No domain has an early warning.", "各领域均无预警。")
PROMPTS = (
    Text("Main causes", "主要原因"),
    Text("Measures proposed", "对策建议"),
    Text("Responsible body and date", "责任单位及完成时限"),
)
APART = Text("{name} (gap {gap})", "{name}（差距{gap}）")
CAPTIONS = {
    "counts": Text("Targets by plan and source, {year}", "{year}年目标值监测情况"),
    "statuses": Text("Targets by status, {year}", "{year}年目标值状态分布"),
    "bars": Text("Targets by plan and status", "各规划目标值状态分布"),
    "domain": Text("{domain}: targets, {year}", "{domain}目标值监测情况（{year}年）"),
    "parts": Text("{domain}: counts and groups, {year}", "{domain}监测值构成（{year}年）"),
    "apart": Text("{domain}: groups side by side, {year}", "{domain}分组比较（{year}年）"),
    "courses": Text("{domain}: values by year", "{domain}历年数值"),
    "warnings": Text("Targets with an early warning, {year}", "{year}年有预警的目标值"),
    "moved": Text("Targets whose status has changed, {before} to {year}", "{before}年至{year}年状态变动的目标值"),
    "worse": Text("Values that moved for the worse, {before} to {year}", "{before}年至{year}年向不利方向变动的指标"),
    "remarks": Text("Remarks on values and targets, {year}", "{year}年监测值和目标值提示"),
    "gaps": Text("Data gaps by reporting body, {year}", "{year}年数据缺口（按填报单位）"),
    "bodies": Text("Targets by lead body, {year}", "{year}年分牵头单位监测情况"),
    "compound": Text("Trends by both methods", "两种方法的趋势"),
}
COUNTING = (
    Text(
        "A target is measurable where its value shows it met or not; the coverage is the share of these in all. The "
        "rate of targets met is taken of the measurable ones, and once more of all. The attainment is how far a target "
        "is attained, at most 100%; that of a group is the mean. Targets on goals and on measures are counted apart "
        "too.",
        "数值足以判断达标与否的目标值计为可监测，可监测项数占全部目标值的比例为覆盖率。达标率按可监测项数计算，另列占全部目标值的比例。"
        "实现程度为目标值的完成比例，最高100%，一组的实现程度为各项的平均数。列于目标和列于措施的目标值分别计数。",
    ),
    Text(
        "A status compares the newest value with the straight line from the base to the target and carries the trend "
        "of the values on to the target year. A second reckoning takes the same rate of change in every year; it "
        "decides no status and stands in this annex alone.",
        "状态的判断：以最新数值对照基期至目标的直线，并将各年数值的趋势推算至目标年。另按每年变动比率相同推算一次，仅列于本附件，不作为判断状态的依据。",
    ),
)
