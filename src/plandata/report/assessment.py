"""An assessment as text, JSON, CSV and HTML; of a file that was not sound enough to judge by, the findings alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from markupsafe import Markup
from rich.cells import cell_len, set_cell_size

from plandata.assess import Assessment
from plandata.assess.count import DOMAIN, OVERALL, Count, Tally
from plandata.assess.model import EACH_YEAR, PARTS, WHOLE, Answer, Judgement, Reason, Target, Warned
from plandata.charts.course import COLOURS, course, ink_on, status_bars
from plandata.files import PackageError, csv_text, installing, json_text
from plandata.finding import Finding
from plandata.report import columns, findings, page
from plandata.rules import RULES
from plandata.schema import Code
from plandata.text import LANGS, Text, harmless
from plandata.words import COLON, IN_EACH_YEAR, Words, plain

HEAD = Text(
    "{file}: {rows} observations, {targets} targets judged as of {year}.",
    "{file}：监测值 {rows} 条，目标值 {targets} 项，评估年 {year}。",
)
PAGE_HEAD = Text(
    "{rows} observations from {file}; {targets} targets.", "监测值 {rows} 条，来自 {file}；目标值 {targets} 项。"
)
SETTINGS = Text(
    "Values up to {latest} year(s) older may stand in; pace tolerance {pace} of the way; met in the main {basic}.",
    "可沿用之前{latest}年的数值；进度容差为全程的{pace}；基本实现容差{basic}。",
)
OFF = Text("not used", "不设")
TITLE = Text("Assessment as of {year}", "评估（{year}年）")
LATER = Text(
    "{count} observations are later than {year} and were not used.", "{count} 条监测值晚于 {year} 年，未使用。"
)
REFUSED = Text("{count} observations refused:", "不采用的监测值 {count} 条：")
NO_KEY = Text("(none)", "（无）")
BY_INDICATOR = Text(
    "By indicator, each once: {total}, measurable {measurable}, met {met}, rate {rate}.",
    "按指标（重复的计一次）：{total}个，可监测{measurable}个，达标{met}个，达标率{rate}。",
)
REST = Text("{count} more without a measurable target", "另有 {count} 个没有可监测目标值")
METHOD = {
    "required": Text("{told} a year required", "每年应变化 {told}"),
    "observed": Text("{told} observed", "实际 {told}"),
    "needed": Text("{told} needed", "今后每年需 {told}"),
    "projected": Text("projected {told}", "推算 {told}"),
}
APART = Text(", ", "，")
BOUNDS = {
    None: Text("", ""),
    "possible": Text(" (the end of what can be)", "（已到可能的极限）"),
    "run": Text(" (the newest value, as the series turned nowhere)", "（不回到最近值以内）"),
}
WARNING = Text("warning: {name}. {reason}", "预警：{name}。{reason}")
REMARK = Text("note: {name}. {reason}", "提示：{name}。{reason}")
COUNTED = (
    Text("targets", "目标值"), Text("reported", "有数值"), Text("measurable", "可监测"), Text("met", "达标"),
    Text("rate", "达标率"), Text("of all", "占全部"), Text("coverage", "覆盖率"), Text("attainment", "实现程度"),
)  # fmt: skip
NO_CHARTS = Text(
    "This page was made without charts; what draws them comes with: {install}",
    "本页未画图；安装绘图所需的库：{install}",
)
WORDS = {
    "bars": Text("Targets by status and plan", "各规划目标值的状态"),
    "counts": Text("Counts", "计数"),
    "targets": Text("Targets with a value", "有数值的目标"),
    "refused": Text("Refused observations", "不采用的监测值"),
    "chart": Text(
        "Charts: green, the levels that meet the target; dashed, the straight line to it; dotted, the trend.",
        "图例：绿色为符合目标的水平；虚线为至目标的直线；点线为趋势。",
    ),
    "how": Text(
        "Measurable: the value shows the target met or not. Rate: those met of these; of all: those met of all "
        "targets; coverage: the measurable of all. Attainment: the mean of how far each target is attained, at most "
        "100 % each; an extra that decides no status.",
        "可监测数为数值足以判断达标与否的目标数；达标率为其中达标的比例，占全部为达标数占全部目标值的比例，"
        "覆盖率为可监测数占全部目标值的比例。实现程度为各目标完成比例（每项至多100%）的平均，仅供参考，不决定状态。",
    ),
    "annex": Text("Annex: the two methods", "附：两种方法"),
    "defined": Text("What the statuses mean", "状态说明"),
}
# What a record takes from its target as it stands there, before and after name and scope.
IDS = ("target_id", "plan_id", "place_id", "domain_id", "theme", "indicator_id")
ASKED = ("comparator", "basis", "better", "unit", "target_year")
# The columns of the table in CSV: those of a record, and those of each method's answer. NUMBERS are written as numbers.
NUMBERS = ("value", "gap", "change", "attainment")
PLAIN = (
    *IDS, "name_zh", "name_en", "scope_zh", "scope_en", "required_zh", "required_en", "unit", "target_year",
    "judged_year", "value_year", *NUMBERS, "status", "status_zh", "status_en", "measurable", "reason_zh", "reason_en",
)  # fmt: skip
NOTED = ("warnings", "remarks")
JOINED = (
    *(f"{name}{end}" for name in NOTED for end in ("", "_zh", "_en")),
    "base_year",
    "base_value",
    "observations",
    "lead_units",
)
AMOUNTS = ("path", "required_change", "observed_change", "needed_change", "projected")


def render(done: Assessment, form: str, lang: str) -> str:
    """An assessment as text in one of FORMS. Raises KeyError for an unknown form."""
    write = FORMS[form]
    return write(done, words(done, lang)) if done.assessed else findings.render(done.report, form, lang)


def words(done: Assessment, lang: str) -> Words:
    return Words(done.schemas.labels, lang)


# What every form says in the same words


def row_count(done: Assessment) -> int:
    """The number of observations in the file."""
    return done.report.rows["observations"]


def reason_text(done: Assessment, reason: Reason, say: Words) -> str:
    """A reason in words."""
    return say(done.schemas.reasons[reason.code], **reason.values)


def target_name(target: Target, say: Words) -> str:
    """The indicator of a target, with its scope in brackets."""
    return f"{say(target.name)}{say.bracketed(say(target.scope))}"


def required_text(judgement: Judgement, say: Words) -> str:
    """What a target asks for: the levels that meet it, else what it prints."""
    target = judgement.target
    if judgement.band is not None:
        band = say.band(judgement.band, target.unit)
        return say(IN_EACH_YEAR, figure=band) if target.timing in EACH_YEAR else band
    unit = target.change_unit or target.unit
    printed = {"value": target.value, "unit_of_measure": unit, "reference_year": target.reference_year}
    compared = {f"benchmark_{lang}": target.benchmark[lang] for lang in LANGS}
    return say.figure({"comparator": target.comparator, "basis": target.basis, **printed, **compared})


def method_lines(done: Assessment, judgement: Judgement, say: Words) -> Iterator[str]:
    """What each method finds, on a line of its own, where there is a trend to speak of."""
    if any(answer.observed is not None for answer in judgement.answers):
        for answer in judgement.answers:
            method = say.label("method", answer.method)
            if answer.applies:
                yield f"{method}{say(COLON)}{say(APART).join(answer_words(answer, judgement.target.unit, say))}"
            else:
                yield f"{method}{say(COLON)}{reason_text(done, Reason('does_not_apply'), say)}"


def answer_words(answer: Answer, unit: str, say: Words) -> Iterator[str]:
    """The yearly changes and the projection of a method in words, those that are known."""
    for name, form in METHOD.items():
        value = getattr(answer, name)
        if value is not None and name != "projected":
            yield say(form, told=change_words(value, answer.method, unit, say))
        elif value is not None:
            yield say(form, told=say.amount(value, unit)) + say(BOUNDS[answer.bound])


def change_words(value: Fraction | float, method: str, unit: str, say: Words) -> str:
    """A yearly change with its sign: an amount, or the rate of the compound method in percent."""
    if method == "compound":
        return f"{'+' if value > 0 else ''}{say.amount(100 * value, 'percent')}"
    return say.change(value, unit)


def in_group(done: Assessment, group: str) -> list[Count]:
    return [count for count in done.counts if count.group == group]


def count_name(count: Count, done: Assessment, say: Words) -> str:
    """The name of a group."""
    if count.group == OVERALL:
        return say.label("group", OVERALL)
    return say(done.labels.get((count.group, count.key), NO_KEY))


def count_id(count: Count) -> str:
    """The id that stands beside the name of a domain, which others share; "" for any other group."""
    return count.key if count.group == DOMAIN else ""


def figures(count: Count) -> list[str]:
    """The numbers of a group, as COUNTED names them."""
    numbers = (count.total, count.reported, count.measurable, count.met)
    shares = (count.rate, count.rate_of_all, count.coverage, count.attainment)
    return [*(f"{number:,}" for number in numbers), *map(percent, shares)]


def percent(share: Decimal | None) -> str:
    """A share as it is counted, "" for none."""
    return "" if share is None else f"{share}%"


def indicator_text(count: Count, say: Words) -> str:
    """The counts of a group with each indicator once."""
    once = count.indicators
    return say(BY_INDICATOR, total=once.total, measurable=once.measurable, met=once.met, rate=percent(once.rate) or "–")


def settings_text(done: Assessment, say: Words) -> str:
    """The thresholds that a reader of a status must know."""
    settings = done.settings
    pace, basic = (say.amount(100 * share, "percent") for share in (settings.path_tolerance, settings.basic_tolerance))
    return say(SETTINGS, latest=settings.latest, pace=pace, basic=basic if settings.basic_tolerance else say(OFF))


def with_values(done: Assessment) -> list[Judgement]:
    """The judgements of targets with a value."""
    return [judgement for judgement in done.judgements if judgement.value is not None]


def rule_text(finding: Finding, say: Words) -> str:
    """What must hold by the rule of a finding."""
    return say(RULES[finding.rule].prose.must)


# Text


def text(done: Assessment, say: Words) -> str:
    """Counts, then every target with a value, as plain text."""
    return harmless("\n".join(lines(done, say)) + "\n")


def lines(done: Assessment, say: Words) -> Iterator[str]:
    yield say(HEAD, file=done.report.root, rows=row_count(done), targets=len(done.judgements), year=done.year)
    yield settings_text(done, say)
    if done.later:
        yield say(LATER, count=done.later, year=done.year)
    if done.refused:
        yield say(REFUSED, count=len(done.refused))
        yield from (f"  {line}" for line in cut_lines(done, say))
        listed = findings.first(done.refused)
        yield from (f"  {findings.one(finding)}: {rule_text(finding, say)}" for finding in listed)
    yield ""
    yield from status_lines(done.counts[0], say)
    yield indicator_text(done.counts[0], say)
    for group in done.schemas.assessment["group"]:
        if group != OVERALL:
            yield ""
            yield from count_lines(in_group(done, group), group, done, say)
    yield from target_lines(done, say)
    yield from annex_lines(done, say)


def cut_lines(done: Assessment, say: Words) -> Iterator[str]:
    """For each rule by which more observations were refused than are listed how many there are."""
    for rule, count in done.report.counts.items():
        shortened = findings.cut(count)
        if shortened:
            yield f"{rule}{say(COLON)}{say(shortened)}"


def status_lines(count: Count, say: Words) -> Iterator[str]:
    """The counts by status, which add up to all targets."""
    for code, times in count.by_status.items():
        yield f"{times:>8,}  {say.label('status', code)}"
    yield f"{count.total:>8,}  {say.label('group', OVERALL)}"


def count_lines(counts: Sequence[Count], group: str, done: Assessment, say: Words) -> Iterator[str]:
    """One grouping as a table of aligned columns."""
    measured = [count for count in counts if count.measurable]
    names = [f"{count_name(count, done, say)}  {count_id(count)}".rstrip() for count in measured]
    rows = [[name, *figures(count)] for name, count in zip(names, measured, strict=True)]
    yield from columns([[say.label("group", group), *map(say, COUNTED)], *rows], right=range(1, len(COUNTED) + 1))
    if len(counts) > len(measured):
        yield say(REST, count=len(counts) - len(measured))


def target_lines(done: Assessment, say: Words) -> Iterator[str]:
    """Every target with a value below its plan: status and name, the sentence, the warnings and remarks."""
    room = max(cell_len(say.label("status", code)) for code in done.schemas.assessment["status"])
    plan = ""
    for judgement in with_values(done):
        target = judgement.target
        if target.plan_id != plan:
            plan = target.plan_id
            yield from ("", f"{say(done.labels.get(('plan', plan), NO_KEY))}  {plan}")
        status = set_cell_size(say.label("status", judgement.status), room)
        yield f"  {status}  {target_name(target, say)}  {target.target_id}"
        about = [reason_text(done, judgement.reason, say), *noted_lines(done, judgement, say)]
        yield from (f"{'':{room + 4}}{line}" for line in about)


def noted_lines(done: Assessment, judgement: Judgement, say: Words) -> Iterator[str]:
    """The early warnings and the remarks of a target, each in a line."""
    for form, codes, noted in ((WARNING, "warning", judgement.warnings), (REMARK, "remark", judgement.remarks)):
        for warned in noted:
            yield say(form, name=say.label(codes, warned.code), reason=reason_text(done, warned.reason, say))


def annex_lines(done: Assessment, say: Words) -> Iterator[str]:
    """What each method finds, for every target that has a trend."""
    told = [(judgement, list(method_lines(done, judgement, say))) for judgement in with_values(done)]
    if any(found for _, found in told):
        yield from ("", say(WORDS["annex"]))
    for judgement, found in told:
        if found:
            yield f"  {target_name(judgement.target, say)}  {judgement.target.target_id}"
            yield from (f"    {line}" for line in found)


# JSON and CSV


def json(done: Assessment, say: Words) -> str:
    """One JSON object, in both languages; computed numbers are decimal text, so that none loses a digit."""
    groups = done.schemas.assessment
    observations = {"file": done.report.root, "rows": row_count(done), "after_the_year": done.later}
    content = {
        "year": done.year,
        "settings": {
            name: float(value) if isinstance(value, Fraction) else value
            for name, value in asdict(done.settings).items()
        },
        "definitions": {
            name: {code.code: definition(code) for code in groups[name].values()}
            for name in ("status", "warning", "remark", "method")
        },
        "observations": observations | {"refused": [findings.record(finding, say.lang) for finding in done.refused]},
        "counts": {group: [count_record(count, done) for count in in_group(done, group)] for group in groups["group"]},
        "targets": [record(done, judgement) for judgement in done.judgements],
    }
    return json_text(content, indent=1)


def pair(name: str, text: Text, empty: str | None = "") -> dict[str, str | None]:
    """A text as the two cells of a bilingual column."""
    return {f"{name}_zh": text.zh or empty, f"{name}_en": text.en or empty}


def in_both(done: Assessment, phrase: Callable[[Words], str]) -> Text:
    """What is said, in both languages."""
    return Text(*(phrase(words(done, lang)) for lang in LANGS))


def definition(code: Code) -> dict[str, str | None]:
    return {"code": code.code, **pair("label", code.label), **pair("definition", code.definition)}


def record(done: Assessment, judgement: Judgement) -> dict[str, Any]:
    """Everything said of one target, nested, numbers as decimal text."""
    target, base = judgement.target, judgement.base
    fixed = {name: getattr(target, name) or None for name in IDS}
    asked = {name: getattr(target, name) for name in ASKED}
    return {
        **fixed,
        **pair("name", target.name),
        **pair("scope", target.scope, None),
        **asked,
        "lead_units": list(target.leads),
        **pair("required", in_both(done, lambda say: required_text(judgement, say))),
        "judged_year": judgement.year,
        "value_year": judgement.value_year,
        **{name: plain(getattr(judgement, name)) for name in NUMBERS},
        "status": judgement.status,
        **pair("status", done.schemas.assessment["status"][judgement.status].label),
        "measurable": judgement.measurable,
        **pair("reason", in_both(done, lambda say: reason_text(done, judgement.reason, say))),
        "warnings": [noted_record(done, "warning", warned) for warned in judgement.warnings],
        "remarks": [noted_record(done, "remark", warned) for warned in judgement.remarks],
        "base": None if base is None else {"year": base[0], "value": plain(base[1])},
        "observations": by_year(judgement.points),
        "parts": [
            dict(zip(PARTS, part, strict=True)) | {"observations": by_year({y: own.value for y, own in values.items()})}
            for part, values in sorted(judgement.seen.parts.items())
            if part != WHOLE
        ],
        "apart": apart(judgement),
        "methods": {answer.method: answer_record(answer) for answer in judgement.answers},
        "methods_agree": judgement.agree,
    }


def apart(judgement: Judgement) -> list[dict[str, Any]]:
    """The widest distance between the parts of each kind in the year of the value."""
    gaps = {} if judgement.value_year is None else judgement.seen.apart(judgement.value_year)
    return [
        {"by": [name for name, has in zip(PARTS, kind, strict=True) if has], "gap": plain(gap)}
        for kind, gap in gaps.items()
    ]


def by_year(levels: Mapping[int, Fraction]) -> dict[str, str | None]:
    return {str(year): plain(levels[year]) for year in sorted(levels)}


def noted_record(done: Assessment, codes: str, warned: Warned) -> dict[str, Any]:
    """An early warning or a remark."""
    label = done.schemas.assessment[codes][warned.code].label
    return {
        "code": warned.code,
        **pair("label", label),
        **pair("reason", in_both(done, lambda say: reason_text(done, warned.reason, say))),
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """What one method finds. Changes are per year: amounts in the unit of the target, or rates (0.02 is 2 % a year)."""
    return {
        "applies": answer.applies,
        "path": plain(answer.path),
        "required_change": plain(answer.required),
        "observed_change": plain(answer.observed),
        "needed_change": plain(answer.needed),
        "projected": plain(answer.projected),
        "bound": answer.bound,
        "up_to_path": answer.up_to_path,
        "verdict": answer.verdict,
    }


def count_record(count: Count, done: Assessment) -> dict[str, Any]:
    """One group of the counting."""
    return {
        "key": count.key,
        **pair("label", done.labels.get((count.group, count.key), Text("", ""))),
        **tally_record(count),
        "attainment": None if count.attainment is None else str(count.attainment),
        "attained": count.attained,
        "indicators": tally_record(count.indicators),
        "by_status": count.by_status,
    }


def tally_record(tally: Tally) -> dict[str, Any]:
    """What is counted, and its shares in percent as decimal text."""
    numbers = {name: getattr(tally, name) for name in ("total", "reported", "measurable", "met")}
    shares = {name: getattr(tally, name) for name in ("rate", "rate_of_all", "coverage")}
    return numbers | {name: None if share is None else str(share) for name, share in shares.items()}


def csv(done: Assessment, say: Words) -> str:
    """One target a row, in both languages."""
    methods = list(done.schemas.assessment["method"])
    answers = [f"{method}_{name}" for method in methods for name in (*AMOUNTS, "verdict")]
    rows = (cells(record(done, judgement), methods) for judgement in done.judgements)
    return csv_text([*PLAIN, *JOINED, *answers, "methods_agree"], rows, safe=True)


def cells(row: Mapping[str, Any], methods: Sequence[str]) -> list[object]:
    """A record as the cells of one row; several values in a cell are joined with a semicolon."""
    base = row["base"] or {}
    answers = [row["methods"].get(method, {}) for method in methods]
    return [
        *(decimal(row[name]) if name in NUMBERS else row[name] for name in PLAIN),
        *(cell for name in NOTED for cell in noted_cells(row[name])),
        base.get("year"),
        decimal(base.get("value")),
        "; ".join(f"{year}: {value}" for year, value in row["observations"].items()),
        "; ".join(row["lead_units"]),
        *(
            cell
            for answer in answers
            for cell in (*(decimal(answer.get(name)) for name in AMOUNTS), answer.get("verdict"))
        ),
        row["methods_agree"],
    ]


def noted_cells(noted: Sequence[Mapping[str, str]]) -> tuple[str, str, str]:
    """Warnings or remarks as their codes, and in words in both languages."""
    return (
        "; ".join(warned["code"] for warned in noted),
        "；".join(f"{warned['label_zh']}：{warned['reason_zh']}" for warned in noted),
        "; ".join(f"{warned['label_en']}: {warned['reason_en']}" for warned in noted),
    )


def decimal(cell: str | None) -> Decimal | None:
    """Decimal text as a number, which no spreadsheet takes for a formula."""
    return None if cell is None else Decimal(cell)


# HTML


def html(done: Assessment, say: Words) -> str:
    """One self-contained page with charts, or without them where the library that draws is not installed."""
    head = say(PAGE_HEAD, file=done.report.root, rows=row_count(done), targets=len(done.judgements))
    codes = done.schemas.assessment
    return page(
        "assessment.html.j2",
        lang=say.lang,
        say=say,
        title=say(TITLE, year=done.year),
        head=head,
        settings=settings_text(done, say),
        by_indicator=indicator_text(done.counts[0], say),
        words={name: say(word) for name, word in WORDS.items()},
        no_charts=say(NO_CHARTS, install=installing("charts")),
        refused=[(findings.one(finding), rule_text(finding, say)) for finding in findings.first(done.refused)],
        cut=list(cut_lines(done, say)),
        colours={code: (colour, ink_on(colour)) for code, colour in COLOURS.items()},
        charts=charts_of(done, say),
        heads=[*map(say, COUNTED), *(say.label("status", code) for code in codes["status"])],
        groups=[count_group(done, group, say) for group in codes["group"]],
        targets=[target_block(done, judgement, say) for judgement in with_values(done)],
        defined=[code for name in ("status", "warning", "remark") for code in codes[name].values()],
    )


def charts_of(done: Assessment, say: Words) -> dict[str, Any]:
    """The charts of the page, ready to stand in it; none where the library is not installed."""
    plans = in_group(done, "plan")
    # Markup: our own SVG, in which the library has escaped every text.
    try:
        bars = status_bars(plans, [count_name(count, done, say) for count in plans], say)
        courses = {judgement.target.target_id: Markup(course(judgement, say)) for judgement in with_values(done)}  # noqa: S704
    except PackageError:
        return {"bars": "", "courses": {}}
    return {"bars": Markup(bars), "courses": courses}  # noqa: S704


def count_group(done: Assessment, group: str, say: Words) -> dict[str, Any]:
    """A grouping with all statuses: the groups with a measurable target, and all targets."""
    counts = [count for count in in_group(done, group) if count.measurable or group == OVERALL]
    title = "" if group == OVERALL or not counts else say.label("group", group)
    rows = [
        {
            "name": count_name(count, done, say),
            "id": count_id(count),
            "figures": [*figures(count), *(f"{times:,}" for times in count.by_status.values())],
        }
        for count in counts
    ]
    return {"title": title, "rows": rows}


def target_block(done: Assessment, judgement: Judgement, say: Words) -> dict[str, Any]:
    """What the page says of one target."""
    warned, remarked = (
        [f"{say.label(codes, w.code)}{say(COLON)}{reason_text(done, w.reason, say)}" for w in noted]
        for codes, noted in (("warning", judgement.warnings), ("remark", judgement.remarks))
    )
    return {
        "id": judgement.target.target_id,
        "status": judgement.status,
        "name": target_name(judgement.target, say),
        "required": required_text(judgement, say),
        "reason": reason_text(done, judgement.reason, say),
        "warnings": warned,
        "remarks": remarked,
        "methods": list(method_lines(done, judgement, say)),
    }


FORMS: dict[str, Callable[[Assessment, Words], str]] = {"text": text, "json": json, "csv": csv, "html": html}
