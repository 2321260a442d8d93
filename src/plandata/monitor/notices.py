"""What the lead bodies of a place are told after a year: a warning notice (预警提示), or feedback (反馈) on results.

A body with an open warning gets a warning notice: what it leads and is warned of, since when, the verdict, and blanks
for cause, remedy and date, which only the body can fill; its other results follow. A body without one gets feedback:
its results, and what it did not report. Targets for which a plan names no lead go to the office itself. When a warning
is open is the matter of the register. Nothing here is about a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from plandata.assess import Assessment, Settings, assess
from plandata.assess.model import Judgement, Warned
from plandata.files import PackageError
from plandata.monitor.bodies import item_names
from plandata.monitor.document import BODY, Document
from plandata.monitor.register import (
    Line,
    bodies,
    carried_on,
    register_csv,
    register_xlsx,
)
from plandata.report.assessment import NO_KEY, reason_text, required_text, target_name
from plandata.tables import Tables
from plandata.text import Text, paired
from plandata.words import COMMA, Words

if TYPE_CHECKING:
    from plandata.package.folder import Folder

# The duties that name to whom a warned body answers.
ANSWERED = ("early_warning", "feedback")
OFFICE = "office"
NO_VALUE = "–"
# Properties of a paragraph: without an indent, and on the page of the next one.
KEPT = "<w:keepNext/>"
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
OFFICE_NAME = Text("Office of the Women and Children Committee", "妇女儿童工作委员会办公室")
TITLE = {
    "warning": Text("Early warning on the indicators of {year}", "关于{year}年度规划监测指标的预警提示"),
    "feedback": Text("Feedback on the monitoring of {year}", "关于{year}年度规划监测结果的反馈"),
}
REGISTER = Text("Register of warnings up to {year}: {place}", "{place}妇女儿童发展规划预警台账（截至{year}年度）")
TO = Text("To: {body}", "{body}：")
OPENING = {
    "warning": Text(
        "The values of {year} were held against the targets of {plans}. Of the {all} targets that you lead, {count} "
        "are under warning. Please find the cause of each, propose a remedy, and answer in time.",
        "根据{plans}，对{year}年度监测值作了评估。你单位牵头的目标{all}项，其中{count}项处于预警状态，现提示如下。"
        "请逐项查明原因，提出对策，按时反馈。",
    ),
    "feedback": Text(
        "The values of {year} were held against the targets of {plans}. Of the {all} targets that you lead, {others} "
        "have a value; none is under warning.",
        "根据{plans}，对{year}年度监测值作了评估。你单位牵头的目标{all}项，其中有数值的{others}项；没有处于预警状态的目标。",
    ),
}
OPENING_OFFICE = {
    "warning": Text(
        "The values of {year} were held against the targets of {plans}. For {all} targets the plans name no lead body; "
        "{count} of them are under warning. Please settle who takes each of them in hand.",
        "根据{plans}，对{year}年度监测值作了评估。规划未明确牵头单位的目标{all}项，其中{count}项处于预警状态，现提示如下。"
        "请逐项确定承办单位。",
    ),
    "feedback": Text(
        "The values of {year} were held against the targets of {plans}. For {all} targets the plans name no lead body; "
        "{others} of them have a value, and none is under warning.",
        "根据{plans}，对{year}年度监测值作了评估。规划未明确牵头单位的目标{all}项，其中有数值的{others}项；没有处于预警状态的目标。",
    ),
}
# Titles in 《》 stand side by side without a sign between them.
PLAN, JOINED = Text("the {title}", "《{title}》"), Text(" and ", "")
PART = {
    "warned": Text("Indicators under warning", "预警指标"),
    "each": Text("Each indicator, and what you answer", "逐项说明与反馈"),
    "answer": Text("Where to answer", "反馈要求"),
    "results": Text("Results", "监测结果"),
    "others": Text("Results of your other targets", "其他目标的结果"),
    "gaps": Text("What was not reported", "未填报的目标"),
}
COLUMN = {
    "number": Text("No.", "序号"),
    "indicator": Text("Indicator", "指标"),
    "target": Text("Target", "目标"),
    "value": Text("{year}", "{year}年"),
    "gap": Text("Gap", "差距"),
    "verdict": Text("Status", "状态"),
    "since": Text("Warned since", "起始年度"),
    "reason": Text("Verdict", "判断"),
}
OF_YEAR = Text("{value} (of {year})", "{value}（{year}年）")
WARNING = Text("Early warning: {name}. {reason}", "预警：{name}。{reason}")
SINCE = Text("Under warning since the year {year}.", "本项预警自{year}年度起。")
SINCE_ON = Text("Under warning since the year {year}, told on {day}.", "本项预警自{year}年度起，{day}首次提示。")
BLANKS = (Text("Cause", "原因"), Text("Remedy", "对策"), Text("To be done by", "完成时限"))
TAKEN_BY = Text("Taken in hand by", "承办单位")
ANSWER = Text(
    "Please send cause, remedy and date for each indicator to {units}.", "请将各项的原因、对策、完成时限反馈至{units}。"
)
ANSWER_ALONE = Text("Please send cause, remedy and date for each indicator.", "请反馈各项的原因、对策、完成时限。")
ANSWER_TO, ANSWER_BY = Text("Answer to", "反馈至"), Text("Answer by", "反馈时限")
GAPS = Text(
    "No value of {year} was reported for {count} targets of {plan}: {names}. Please report them, or say why there are "
    "none.",
    "{plan}中以下{count}项目标未填报{year}年数值：{names}。请补报；确无数据的，请说明情况。",
)
ISSUER, NO_DAY = Text("[issuing body]", "〔发文单位〕"), Text("[date]", "        年    月    日")
DAY = Text("{day} {month} {year}", "{year}年{month}月{day}日")
TALLY = Text(
    "Warnings, one for each lead body of a target: {opened} opened, {kept} stand from before, {closed} closed.",
    "预警（一项目标有几个牵头单位的分别计）：新开启 {opened} 项，延续 {kept} 项，解除 {closed} 项。",
)
WRITTEN = Text(
    "Written to {out}: warning notices {warning}, feedback {feedback}, and the register.",
    "已写入 {out}：预警提示 {warning} 份，结果反馈 {feedback} 份，以及预警台账。",
)
NEXT = Text(
    "Next: read each notice, fill in issuer and dates, send it. Keep register.csv: next year takes it with --register.",
    "下一步：逐份核对，填写发文单位和期限后发出；保存 register.csv，下一年度以 --register 读取。",
)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Notices:
    """The notices of a year: the assessment they follow, the register as it is now, and the files by their paths.

    before is the register that was carried on. Where the observations were not sound, there are no files.
    """

    done: Assessment
    before: Sequence[Line] = ()
    lines: Sequence[Line] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def tally(self) -> dict[str, int]:
        """How many warnings are new, stand from before, and were closed by this run."""
        was = {line.warning_id: line.open for line in self.before}
        return {
            "opened": sum(line.warning_id not in was for line in self.lines),
            "kept": sum(line.open and line.warning_id in was for line in self.lines),
            "closed": sum(not line.open and was.get(line.warning_id, False) for line in self.lines),
        }

    def summary(self, out: Path, lang: str) -> list[str]:
        """What became of the warnings, what was written to a folder, and what to do next."""
        kinds = {kind: sum(path.startswith(f"{kind}/") for path in self.files) for kind in TITLE}
        return [TALLY.format(**self.tally)[lang], WRITTEN.format(out=out, **kinds)[lang], NEXT[lang]]


@dataclass(frozen=True)
class Letter:
    """All that goes into the notice to one body; unit_id is "" for the office. day is None where none was given.

    items names the goals and measures as the plans number them.
    """

    unit_id: str
    done: Assessment
    judgements: Sequence[Judgement]
    lines: Mapping[str, Line]
    answers: Sequence[Text]
    items: Mapping[str, Text]
    day: date | None
    say: Words

    @property
    def kind(self) -> str:
        """What sort of notice it is, by which it is titled and filed."""
        return "warning" if self.lines else "feedback"

    @property
    def path(self) -> str:
        return f"{self.kind}/{self.unit_id or OFFICE}.docx"

    @property
    def body(self) -> str:
        """The name of the body."""
        name = self.done.labels.get(("lead_unit", self.unit_id), NO_KEY) if self.unit_id else OFFICE_NAME
        return self.say(name)

    @cached_property
    def warned(self) -> list[Judgement]:
        return [judgement for judgement in self.judgements if judgement.target.target_id in self.lines]

    @cached_property
    def others(self) -> list[Judgement]:
        """The other targets of which something can be told."""
        rest = [j for j in self.judgements if j.target.target_id not in self.lines]
        return [judgement for judgement in rest if judgement.value is not None]

    @cached_property
    def gaps(self) -> list[Judgement]:
        """The targets for which no value of the year was reported, whether an older one stands in or none."""
        return [judgement for judgement in self.judgements if judgement.value is None or judgement.lags]


def notices(
    package: "Folder",
    observations: str | Path,
    place: str,
    year: int | None = None,
    register: Path | None = None,
    issued_on: date | None = None,
    lang: str = "zh",
    settings: Settings | None = None,
) -> Notices:
    """The notices of a place for a year, by default that of the file, and its register carried on.

    Raises PackageError for a place without targets, a register that is broken or of a later year, where a library is
    not installed; and as assess does.
    """
    done = assess(package, observations, year, settings, places=(place,))
    if done.report.findings and not done.assessed:
        return Notices(done)
    if not done.assessed:
        raise PackageError(f"{place}: no plan of this place has a target; name another place")
    before, lines = carried_on(register, done, place, issued_on, lang)
    files = files_of(Tables.of(package), done, lines, issued_on, Words(done.schemas.labels, lang))
    return Notices(done, before, lines, files)


def files_of(t: Tables, done: Assessment, lines: Sequence[Line], day: date | None, say: Words) -> dict[str, bytes]:
    """The notices and the register by their paths."""
    letters = {letter.path: document(letter) for letter in letters_of(t, done, lines, day, say)}
    names = {unit: name for (group, unit), name in done.labels.items() if group == "lead_unit"}
    title = say(REGISTER, place=paired(t.keyed("places")[done.judgements[0].target.place_id], "name"), year=done.year)
    book = register_xlsx(lines, names, title, made_on(done, day), say)
    return letters | {"register.csv": register_csv(lines), "register.xlsx": book}


def letters_of(t: Tables, done: Assessment, lines: Sequence[Line], day: date | None, say: Words) -> Iterator[Letter]:
    """A letter for each lead unit in the order of the units, and one for the office where targets have no lead."""
    led: dict[str, list[Judgement]] = {}
    for judgement in done.judgements:
        for unit in bodies(judgement):
            led.setdefault(unit, []).append(judgement)
    items = item_names(t)
    for unit in sorted(led, key=lambda unit: (not unit, unit)):
        own = {line.target_id: line for line in lines if line.open and line.unit_id == unit}
        yield Letter(unit, done, led[unit], own, answers_of(t, led[unit]), items, day, say)


def answers_of(t: Tables, judgements: Sequence[Judgement]) -> list[Text]:
    """The units to which the plans of some targets have answers to warnings sent; empty where they name none."""
    plans, units = {judgement.target.plan_id for judgement in judgements}, t.keyed("units")
    duties = (row for row in t.rows("duties") if row["kind"] in ANSWERED and row["plan_id"] in plans)
    named = dict.fromkeys(row["to_unit_id"] for row in duties if row["to_unit_id"] in units)
    return [Text(units[unit]["name_en"], units[unit]["name_zh"]) for unit in named]


def made_on(done: Assessment, day: date | None) -> datetime:
    """The day that files tell of their making: that of the notices, else the last of the judged year."""
    return datetime(day.year, day.month, day.day) if day else datetime(done.year, 12, 31)


# The document


def document(letter: Letter) -> bytes:
    """The notice to a body as a Word document."""
    say, done = letter.say, letter.done
    title = say(TITLE[letter.kind], year=done.year)
    paper = Document(title, say.lang, made_on(done, letter.day))
    paper.add(say(TO, body=letter.body), BODY, FLUSH)
    opening = OPENING if letter.unit_id else OPENING_OFFICE
    numbers = {"all": len(letter.judgements), "count": len(letter.warned), "others": len(letter.others)}
    paper.paragraph(say(opening[letter.kind], year=done.year, plans=plan_names(letter), **numbers))
    if letter.warned:
        write_warned(paper, letter)
        write_each(paper, letter)
    if letter.others:
        paper.heading(say(PART["others" if letter.warned else "results"]), 1)
        write_results(paper, letter)
    if letter.gaps:
        write_gaps(paper, letter)
    if letter.warned:
        write_answer(paper, letter)
    paper.signature([say(ISSUER), say(NO_DAY) if letter.day is None else day_text(letter.day, say)])
    return paper.content()


def plan_names(letter: Letter) -> str:
    """The plans of the targets of a letter."""
    titles = (plan_title(letter, plan) for plan in by_plan(letter.judgements))
    return letter.say(JOINED).join(letter.say(PLAN, title=title) for title in titles)


def plan_title(letter: Letter, plan: str) -> str:
    return letter.say(letter.done.labels.get(("plan", plan), NO_KEY))


def by_plan(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements by the plans of their targets."""
    plans: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        plans.setdefault(judgement.target.plan_id, []).append(judgement)
    return plans


def write_warned(paper: Document, letter: Letter) -> None:
    """The indicators under warning, a table for each plan."""
    say, year = letter.say, letter.done.year
    paper.heading(say(PART["warned"]), 1)
    head = [say(COLUMN[name], year=year) for name in ("indicator", "target", "value", "verdict", "gap", "since")]
    for plan, judgements in by_plan(letter.warned).items():
        rows = [[*result(letter, j), gap_text(j, say), since(letter, j)] for j in judgements]
        paper.table(head, rows, (26, 16, 18, 12.5, 17.5, 10), right=(2, 4), caption=plan_title(letter, plan))


def since(letter: Letter, judgement: Judgement) -> str:
    """The year from which a target is under warning."""
    return str(letter.lines[judgement.target.target_id].opened_year)


def result(letter: Letter, judgement: Judgement) -> list[str]:
    """Indicator, target, value and verdict of a target."""
    say = letter.say
    required, verdict = required_text(judgement, say), say.label("status", judgement.status)
    return [target_name(judgement.target, say), required, value_text(judgement, say), verdict]


def value_text(judgement: Judgement, say: Words) -> str:
    """The value of the year, or the one that stands in for it with its year."""
    if judgement.value is None:
        return NO_VALUE
    value = say.amount(judgement.value, judgement.target.unit)
    return say(OF_YEAR, value=value, year=judgement.value_year) if judgement.lags else value


def gap_text(judgement: Judgement, say: Words) -> str:
    """What a value lacks to the target."""
    return say.distance(judgement.gap, judgement.target.unit) if judgement.gap else NO_VALUE


def write_each(paper: Document, letter: Letter) -> None:
    """Each indicator under warning: why, since when, and the blanks that the body fills."""
    say = letter.say
    paper.heading(say(PART["each"]), 1)
    for judgement in letter.warned:
        line = letter.lines[judgement.target.target_id]
        paper.heading(f"{target_name(judgement.target, say)}{say.bracketed(place_in_plan(letter, judgement))}", 2)
        paper.paragraph(reason_text(letter.done, judgement.reason, say))
        for warning in untold(judgement):
            name, reason = say.label("warning", warning.code), reason_text(letter.done, warning.reason, say)
            paper.paragraph(say(WARNING, name=name, reason=reason))
        paper.paragraph(since_text(line, say))
        for prompt in BLANKS if letter.unit_id else (TAKEN_BY, *BLANKS):
            paper.blank(say(prompt))


def place_in_plan(letter: Letter, judgement: Judgement) -> str:
    """Where a target stands in its plan: domain and number of its goal or measure."""
    target, say = judgement.target, letter.say
    domain = letter.done.labels.get(("domain", target.domain_id), Text("", ""))
    return say(COMMA).join(filter(None, (say(domain), say(letter.items[target.item_id]))))


def untold(judgement: Judgement) -> list[Warned]:
    """The early warnings that say more than the verdict: one of the same projection would only repeat it."""
    said = judgement.reason.values.get("projected")
    return [warning for warning in judgement.warnings if said is None or warning.reason.values.get("projected") != said]


def since_text(line: Line, say: Words) -> str:
    """Since when a warning stands."""
    if not line.opened_on:
        return say(SINCE, year=line.opened_year)
    return say(SINCE_ON, year=line.opened_year, day=day_text(date.fromisoformat(line.opened_on), say))


def day_text(day: date, say: Words) -> str:
    return say(DAY, year=day.year, month=MONTHS[day.month - 1] if say.lang == "en" else day.month, day=day.day)


def write_answer(paper: Document, letter: Letter) -> None:
    """At the end, to whom the body answers: the units that its plans name, else a blank."""
    say = letter.say
    if letter.unit_id:
        paper.heading(say(PART["answer"]), 1)
        if letter.answers:
            paper.paragraph(say(ANSWER, units=say.listed(map(say, letter.answers))))
        else:
            paper.paragraph(say(ANSWER_ALONE))
            paper.blank(say(ANSWER_TO))
        paper.blank(say(ANSWER_BY), properties=KEPT)


def write_results(paper: Document, letter: Letter) -> None:
    """The other targets with a value, a table for each plan."""
    say = letter.say
    head = [say(COLUMN[name], year=letter.done.year) for name in ("indicator", "target", "value", "verdict", "reason")]
    for plan, judgements in by_plan(letter.others).items():
        rows = [[*result(letter, j), reason_text(letter.done, j.reason, say)] for j in judgements]
        paper.table(head, rows, (23, 14, 14, 15, 34), right=(2,), caption=plan_title(letter, plan))


def write_gaps(paper: Document, letter: Letter) -> None:
    """The targets for which nothing was reported, a paragraph for each plan; the signature stays with the last."""
    say = letter.say
    paper.heading(say(PART["gaps"]), 1)
    for plan, judgements in by_plan(letter.gaps).items():
        names = say.listed(target_name(judgement.target, say) for judgement in judgements)
        told = {"plan": say(PLAN, title=plan_title(letter, plan)), "count": len(judgements), "names": names}
        paper.add(say(GAPS, year=letter.done.year, **told), BODY, KEPT)
