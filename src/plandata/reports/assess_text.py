"""An assessment as plain text: counts, then every target with a value, then what was refused."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.cells import cell_len

from plandata.assess import Assessment
from plandata.assess.codes import codes
from plandata.assess.counting import Count
from plandata.assess.judgement import Judgement
from plandata.assess.reasons import Reason, amount, say
from plandata.reports import must
from plandata.reports.assess_record import grouped
from plandata.reports.text_report import one

COLUMNS = {"en": ("targets", "measurable", "met", "rate"), "zh": ("目标值", "可监测", "达标", "达标率")}
WORDS = {
    "en": {
        "head": "{file}: {rows} observations, {targets} targets judged as of {year}.",
        "later": "{count} observations are later than {year} and were not used.",
        "refused": "{count} observations refused:",
        "none": "(none)",
        "rest": "{count} more without a measurable target",
        "changes": "{method}: {required} a year required, {observed} observed, {needed} needed; projected {projected}",
        "early": "warning: {name}. {reason}",
        "unsaid": "not known",
    },
    "zh": {
        "head": "{file}：监测值 {rows} 条，目标值 {targets} 项，评估年 {year}。",
        "later": "{count} 条监测值晚于 {year} 年，未使用。",
        "refused": "不采用的监测值 {count} 条：",
        "none": "（无）",
        "rest": "另有 {count} 个没有可监测目标值",
        "changes": "{method}：每年应变化 {required}，实际 {observed}，今后每年需 {needed}，推算 {projected}",
        "early": "预警：{name}。{reason}",
        "unsaid": "未知",
    },
}


def render(done: Assessment, lang: str) -> str:
    return "\n".join(lines(done, lang)) + "\n"


def lines(done: Assessment, lang: str) -> Iterator[str]:
    said = WORDS[lang]
    rows = done.report.rows.get("observations", 0)
    yield said["head"].format(file=done.report.root, rows=rows, targets=len(done.judgements), year=done.as_of)
    if done.later:
        yield said["later"].format(count=done.later, year=done.as_of)
    if done.refused:
        yield said["refused"].format(count=len(done.refused))
        yield from (f"  {one(found)}: {must(found.rule, lang)}" for found in done.refused)
    yield ""
    yield from status_lines(done.counts[0], lang)
    for group in ("plan", "domain", "theme", "lead_unit"):
        yield ""
        yield from count_lines(grouped(done.counts, group), group, done, lang)
    plan = ""
    for judgement in done.judgements:
        if judgement.value is None:
            continue
        if judgement.target.plan_id != plan:
            plan = judgement.target.plan_id
            yield from ("", f"{name_of(done, 'plan', plan, lang)}  {plan}")
        yield from target_lines(judgement, lang)


def status_lines(count: Count, lang: str) -> Iterator[str]:
    """The counts by status, which add up to all targets."""
    for code, number in count.by_status.items():
        yield f"{number:>8,}  {label('status', code, lang)}"
    yield f"{count.total:>8,}  {label('group', 'overall', lang)}"


def count_lines(counts: Sequence[Count], group: str, done: Assessment, lang: str) -> Iterator[str]:
    """One grouping as a table of aligned columns."""
    measured = [count for count in counts if count.measurable]
    head = (label("group", group, lang), *COLUMNS[lang])
    table = [head, *(count_cells(count, done, lang) for count in measured)]
    widths = [max(cell_len(row[i]) for row in table) for i in range(len(head))]
    for row in table:
        first = row[0] + " " * (widths[0] - cell_len(row[0]))
        rest = (" " * (width - cell_len(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([first, *rest])
    if len(counts) > len(measured):
        yield WORDS[lang]["rest"].format(count=len(counts) - len(measured))


def count_cells(count: Count, done: Assessment, lang: str) -> tuple[str, ...]:
    rate = "" if count.rate is None else f"{count.rate}%"
    name = name_of(done, count.group, count.key, lang)
    if count.group == "domain" and count.key:
        name = f"{name}  {count.key}"
    return name, f"{count.total:,}", f"{count.measurable:,}", f"{count.met:,}", rate


def name_of(done: Assessment, group: str, key: str, lang: str) -> str:
    """The name of a group in one language."""
    named = done.labels.get((group, key))
    return WORDS[lang]["none"] if named is None else named[lang == "en"]


def label(group: str, code: str, lang: str) -> str:
    found = codes()[group][code]
    return found.label_zh if lang == "zh" else found.label_en


def target_lines(judgement: Judgement, lang: str) -> Iterator[str]:
    """A target: status and name, the reason, the changes by both methods, the warnings."""
    target = judgement.target
    scope = target.scope_zh if lang == "zh" else target.scope_en
    name = target.name_zh if lang == "zh" else target.name_en
    status = label("status", judgement.status, lang)
    width = max(cell_len(label("status", code, lang)) for code in codes()["status"])
    yield f"  {status}{' ' * (width - cell_len(status))}  {name}{scope_words(scope, lang)}  {target.target_id}"
    indent = " " * (width + 4)
    yield f"{indent}{say(judgement.reason, lang)}"
    yield from (f"{indent}{line}" for line in method_lines(judgement, lang))
    for warned in judgement.warnings:
        yield indent + WORDS[lang]["early"].format(
            name=label("warning", warned.code, lang), reason=say(warned.reason, lang)
        )


def scope_words(scope: str | None, lang: str) -> str:
    """A scope in brackets after a name; nothing for none."""
    if not scope:
        return ""
    return f"（{scope}）" if lang == "zh" else f" ({scope})"


def method_lines(judgement: Judgement, lang: str) -> Iterator[str]:
    """What each method found, on a line of its own, where there is a trend to speak of."""
    if all(answer.observed is None for answer in judgement.answers):
        return
    unit = judgement.target.unit
    for answer in judgement.answers:
        if not answer.applies:
            yield f"{label('method', answer.method, lang)}: {say(Reason('does_not_apply'), lang)}"
            continue
        unsaid = WORDS[lang]["unsaid"]
        changes = {
            name: change_words(getattr(answer, name), answer.method, unit, lang) or unsaid
            for name in ("required", "observed", "needed")
        }
        projected = unsaid if answer.projected is None else amount(Fraction(answer.projected), unit, lang)
        yield WORDS[lang]["changes"].format(method=label("method", answer.method, lang), projected=projected, **changes)


def change_words(value: Fraction | float | None, method: str, unit: str, lang: str) -> str:
    """A yearly change with its sign, an amount or a rate in percent; empty for none."""
    if value is None:
        return ""
    exact = Fraction(value) * (100 if method == "compound" else 1)
    shown = "percent" if method == "compound" else {"percent": "percentage_point"}.get(unit, unit)
    return f"{'+' if exact > 0 else ''}{amount(exact, shown, lang)}"
