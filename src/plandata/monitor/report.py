"""The monitoring report of a place for a year, of the middle or of the end of its plans: Word, HTML, Excel, JSON.

One content is made from the assessment, and every form from it, so that all say the same numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plandata.assess import Assessment, Settings, as_of, assess
from plandata.assess.model import Judgement
from plandata.assess.publish import NOTHING_SMALL, small_in
from plandata.files import PackageError, json_text
from plandata.monitor import report_words as w
from plandata.monitor.bodies import item_names
from plandata.monitor.content import Content, Paragraph, Section, record, settled
from plandata.monitor.dashboard import PAGE, place_page
from plandata.monitor.facts import Facts, Plan
from plandata.monitor.follow_up import CHAPTERS
from plandata.monitor.report_forms import document, page_of, workbook
from plandata.package.folder import Folder
from plandata.report.assessment import words
from plandata.tables import Row, Tables, whole_number
from plandata.text import Text, paired

ANNUAL, MIDTERM, FINAL = STAGES = ("annual", "midterm", "final")
TITLES = {
    ANNUAL: Text("Statistical monitoring report {year}: {plans}", "{plans}{year}年度统计监测报告"),
    MIDTERM: Text(
        "Mid-term monitoring and evaluation report: {plans} ({start}–{year})",
        "{plans}中期统计监测评估报告（{start}—{year}年）",
    ),
    FINAL: Text(
        "Final monitoring and evaluation report: {plans} ({start}–{year})",
        "{plans}终期统计监测评估报告（{start}—{year}年）",
    ),
}
# What a plan that prescribes a stage has among its duties.
DUTIES = {MIDTERM: "midterm_evaluation", FINAL: "final_evaluation"}
# How the plans of a place are called together, where it has one for women and one for children.
TOGETHER = Text("development plans for women and for children, {place}", "{place}妇女儿童发展规划")
QUOTED, BESIDE = Text("{title}", "《{title}》"), Text("; ", "")
PRESCRIBED = Text("{plan} prescribes a {kind}.", "{plan}规定开展{kind}。")
NOT_PRESCRIBED = Text(
    "{plan} prescribes no {kind}; the part of this report on it is drawn up without such a duty.",
    "{plan}未规定{kind}，本报告有关该规划的部分不以规划规定为依据。",
)
INTRO = Text(
    "This report holds {rows} reported values for {place} against the targets of {plans}. The judged year is {year}; "
    "every figure is computed from the reported values. Causes and measures are left for people to fill in.",
    "本报告将{place}填报的监测值{rows}条与{plans}的目标值逐项对照，评估年为{year}年。报告中的数字均由监测值计算得出，原因与对策留待有关单位填写。",
)
SIGNATURE = (Text("[issuing body]", "〔发文机关署名〕"), Text("[date]", "〔成文日期〕"))
NAME = "report"


@dataclass(frozen=True)
class Report:
    """The assessment, and the files by name: none where the observations have findings."""

    done: Assessment
    files: Mapping[str, bytes]


def report(
    package: Folder,
    observations: Path,
    place: str,
    year: int | None = None,
    settings: Settings | None = None,
    stage: str = ANNUAL,
    lang: str = "zh",
    publish: bool = False,
) -> Report:
    """The report of a place as files report.docx, .html, .xlsx and .json, and the dashboard that the page leads to.

    year is by default the newest that is full enough; stage one of STAGES; publish hides what rests on counts under
    five. A file with findings gives no files.

    Raises PackageError for a place that the package does not have or that has no plan, and where a table cannot be
    read; OSError where the file of observations cannot be opened.
    """
    t = Tables.of(package)
    named, plans = place_of(t, place)
    done = assess(package, observations, year, settings, places=(place,))
    if not done.assessed or not done.clean:
        return Report(done, {})
    # A year is compared with the one before, a stage with the beginning of the plans.
    last = done.year - 1 if stage == ANNUAL else min(*(plan.start for plan in plans), done.year - 1)
    before = as_of(done, last)
    facts = facts_of(t, named, plans, done, before, publish, lang)
    content = content_of(facts, t, stage)
    page = place_page(done, named, lang, publish, facts.small, f"{NAME}.html")
    return Report(done, {**forms(content, done.year), PAGE: page.encode()})


def place_of(t: Tables, place: str) -> tuple[Text, tuple[Plan, ...]]:
    """The name of a place and its plans."""
    places = t.keyed("places")
    rows = [row for row in t.rows("plans") if row["place_id"] == place]
    if place not in places or not rows:
        raise PackageError(f"no plan of a place {place!r} in this package; places: {', '.join(places)}")
    return paired(places[place], "name"), tuple(plan_of(row) for row in rows)


def plan_of(row: Row) -> Plan:
    years = (whole_number(row, "start_year"), whole_number(row, "end_year"))
    return Plan(row["plan_id"], paired(row, "title"), *years)


def facts_of(
    t: Tables,
    place: Text,
    plans: tuple[Plan, ...],
    done: Assessment,
    before: Assessment,
    publish: bool,
    lang: str,
) -> Facts:
    """All that the chapters are made from."""
    return Facts(
        done=done,
        before=before,
        place=place,
        plans=plans,
        items=item_names(t),
        functions={key: row["function"] for key, row in t.keyed("indicators").items()},
        rows=row_count(done.judgements),
        small=small_in(done.judgements) if publish else NOTHING_SMALL,
        publish=publish,
        say=words(done, lang),
    )


def row_count(judgements: Iterable[Judgement]) -> int:
    """How many reported values stand behind some targets, those of several targets once."""
    series: dict[tuple[str, str, str], int] = {}
    for judgement in judgements:
        target, seen = judgement.target, judgement.seen
        series[target.indicator_id, target.scope.zh, target.unit] = sum(map(len, seen.parts.values()))
        if target.benchmark.zh:
            series[target.indicator_id, target.benchmark.zh, target.unit] = len(seen.benchmark)
    return sum(series.values())


def content_of(f: Facts, t: Tables, stage: str) -> Content:
    """The content of a report: what it is about, then its chapters."""
    say, start = f.say, min(plan.start for plan in f.plans)
    plans = say(BESIDE).join(say(QUOTED, title=plan.title) for plan in f.plans)
    called = plans if len(f.plans) == 1 else say(TOGETHER, place=f.place)
    title = say(TITLES[stage], plans=called, year=f.year, start=start)
    opening = [say(INTRO, rows=f.rows, place=f.place, plans=plans, year=f.year)]
    opening += [prescribed(f, t, plan, stage) for plan in f.plans if stage != ANNUAL]
    opening += [say(w.HIDDEN_NOTE, few=w.FEW, mark=w.HIDDEN_MARK)] if f.publish else []
    chapters = [section for make in CHAPTERS for section in make(f)]
    first = Section("opening", "", 1, tuple(map(Paragraph, opening)), annex=True)
    facts = {"place_id": f.done.judgements[0].target.place_id, "year": f.year, "stage": stage, "published": f.publish}
    return Content(title, say.lang, facts, settled([first, *chapters], say), tuple(map(say, SIGNATURE)))


def prescribed(f: Facts, t: Tables, plan: Plan, stage: str) -> str:
    """Whether a plan prescribes a stage, as a sentence."""
    duties = (row for row in t.rows("duties") if row["plan_id"] == plan.plan_id)
    known = any(row["kind"] == DUTIES[stage] for row in duties)
    quoted = f.say(QUOTED, title=plan.title)
    return f.say(PRESCRIBED if known else NOT_PRESCRIBED, plan=quoted, kind=f.say.label("duty_kind", DUTIES[stage]))


def forms(content: Content, year: int) -> dict[str, bytes]:
    """The files of a report."""
    return {
        f"{NAME}.docx": document(content, year),
        f"{NAME}.html": page_of(content, PAGE).encode(),
        f"{NAME}.xlsx": workbook(content, year),
        f"{NAME}.json": json_text(record(content), indent=1).encode(),
    }
