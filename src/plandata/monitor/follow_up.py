"""The later chapters of a monitoring report: warnings, changes, gaps, bodies, what people fill in, the method.

Why a figure is as it is, and what to do, no number tells: there the report leaves room for people.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from plandata.assess.model import Judgement
from plandata.monitor import report_words as w
from plandata.monitor.chapters import domains, overall
from plandata.monitor.content import (
    Blanks,
    Block,
    Cell,
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
from plandata.monitor.facts import (
    Facts,
    by_domain,
    columns,
    count_cells,
    named_cells,
    status_cell,
    value_cell,
    year_column,
)
from plandata.report.assessment import reason_text, settings_text

# The remarks on what a value lacks; the others are on what it says.
LATE, PRELIMINARY = LACKING = ("late_value", "preliminary")
WORSENED, COMPOUND, SAME = "worsened", "compound", "methods_disagree"
# The sign of a change for the better.
TOWARDS = {"higher": 1, "lower": -1}
Pairs = Sequence[tuple[Judgement, Judgement]]


def remarked(judgement: Judgement, code: str) -> bool:
    """Whether a target has a remark."""
    return any(remark.code == code for remark in judgement.remarks)


# Early warnings


def warnings(f: Facts) -> list[Section]:
    """The targets with early warnings, each with its verdict and what warns; then the remarks."""
    warned = [judgement for judgement in f.done.judgements if judgement.warnings]
    kinds = {code: sum(any(x.code == code for x in j.warnings) for j in warned) for code in codes(f, "warning")}
    told = [f.say(w.WARNED, n=len(warned), listed=f.listed("warning", kinds)) if warned else f.say(w.NO_WARNING)]
    told += unwarned(f)
    heads = columns(
        f, ("domain", 18.5, False), ("item", 12.5, False), ("indicator", 28, False), ("body", 28, False),
        ("status", 15.5, False), ("reason", 42, False), ("warning", 16, False),
    )  # fmt: skip
    rows = [row(judgement.target.target_id, warning_cells(f, judgement)) for judgement in warned]
    caption, sheet = f.say(w.CAPTIONS["warnings"], year=f.year), f.say(w.SHEETS["warnings"])
    table = Table("warnings", caption, heads, tuple(rows), sheet, note=f.say(w.LEADLESS))
    return [Section("warnings", f.say(w.CHAPTERS["warnings"]), 1, (*map(Paragraph, told), table, *remark_blocks(f)))]


def unwarned(f: Facts) -> Iterator[str]:
    """How many targets without an early warning need attention: the register of warnings has them as well."""
    also = f.count([j for j in f.done.judgements if not j.warnings and f.missed(j)])
    if also.total:
        yield f.say(w.ALSO, n=also.total, listed=f.listed("status", also.by_status))


def codes(f: Facts, name: str) -> list[str]:
    """The codes of a list of the assessment in their order."""
    return list(f.done.schemas.assessment[name])


def warning_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The cells of a warned target: where it stands, who leads, the verdict, the warnings."""
    yield from named_cells(f, judgement)
    yield words(f.bodies(judgement))
    yield status_cell(f, judgement)
    yield words(f.verdict(judgement))
    labels = dict.fromkeys(f.say.label("warning", warned.code) for warned in judgement.warnings)
    yield words(f.say.listed(labels))


def remark_blocks(f: Facts) -> list[Block]:
    """The remarks on values and targets that are no gaps in the data; those on methods stand in the annex alone."""
    left_out = (*LACKING, WORSENED, SAME)
    found = [(j, [r for r in j.remarks if r.code not in left_out]) for j in f.done.judgements]
    found = [(judgement, remarks) for judgement, remarks in found if remarks]
    heads = columns(
        f, ("domain", 17, False), ("item", 12.5, False), ("indicator", 34, False), ("remark", 20, False),
        ("told", 54, False),
    )  # fmt: skip
    rows = []
    for judgement, remarks in found:
        labels = f.say.listed(f.say.label("remark", remark.code) for remark in remarks)
        told = sentences(f, judgement, [reason_text(f.done, remark.reason, f.say) for remark in remarks])
        rows.append(row(judgement.target.target_id, [*named_cells(f, judgement), words(labels), words(told)]))
    caption = f.say(w.CAPTIONS["remarks"], year=f.year)
    table = Table("remarks", caption, heads, tuple(rows), f.say(w.SHEETS["remarks"]))
    return [Paragraph(f.say(w.REMARKED, n=len(found))), table] if found else []


def sentences(f: Facts, judgement: Judgement, told: Sequence[str]) -> str:
    """Sentences on a target one after the other; none of its figures where these are not published."""
    if f.secret(judgement):
        return f.say(w.HIDDEN, mark=w.HIDDEN_MARK)
    return ("" if f.say.lang == "zh" else " ").join(dict.fromkeys(told))


# An earlier year


def changes(f: Facts) -> list[Section]:
    """What moved since an earlier year, judged by the same file."""
    last = f.before.year
    title = f.say(w.CHAPTERS["changes" if last == f.year - 1 else "since"], year=last)
    if all(judgement.value is None for judgement in f.before.judgements):
        return [Section("changes", title, 1, (Paragraph(f.say(w.NO_YEAR_BEFORE, year=last)),))]
    earlier = {judgement.target.target_id: judgement for judgement in f.before.judgements}
    moved = [(earlier[j.target.target_id], j) for j in f.done.judgements]
    moved = [(old, new) for old, new in moved if old.status != new.status]
    compared = [j for j in f.done.judgements if moved_since(f, j) is not None and j.target.better in TOWARDS]
    worse = [j for j in compared if TOWARDS[j.target.better] * (moved_since(f, j) or 0) < 0]
    won, lost = (sum(new.met is met and old.met is not met for old, new in moved) for met in (True, False))
    numbers = {"n": len(moved), "won": won, "lost": lost, "compared": len(compared), "worse": len(worse)}
    told = Paragraph(f.say(w.MOVED, year=last, **numbers))
    return [Section("changes", title, 1, (told, moved_table(f, moved), worse_table(f, worse)))]


def moved_since(f: Facts, judgement: Judgement) -> Fraction | None:
    """How far the value of the year is from that of the earlier one; None where either is missing."""
    old, new = (judgement.points.get(year) for year in (f.before.year, f.year))
    return None if old is None or new is None else new - old


def moved_table(f: Facts, moved: Pairs) -> Table:
    """The targets with another status than in the earlier year."""
    named = (("domain", 20, False), ("item", 12.5, False), ("indicator", 38, False))
    now = Column("now", f.say(w.HEADS["before"], year=f.year), 18)
    heads = (*columns(f, *named), *columns(f, ("before", 18, False), year=f.before.year), now)
    rows = [
        row(new.target.target_id, [*named_cells(f, new), status_cell(f, old), status_cell(f, new)])
        for old, new in moved
    ]
    caption = f.say(w.CAPTIONS["moved"], before=f.before.year, year=f.year)
    return Table("moved", caption, heads, tuple(rows), f.say(w.SHEETS["moved"]))


def worse_table(f: Facts, worse: Sequence[Judgement]) -> Table:
    """The targets whose value moved away from what is better."""
    heads = (
        *columns(f, ("domain", 18, False), ("item", 12.5, False), ("indicator", 34, False), ("unit", 10, False)),
        *(year_column(f, year) for year in (f.before.year, f.year)),
        *columns(f, ("change", 11, True), ("status", 14, False)),
    )
    rows = [row(judgement.target.target_id, worse_cells(f, judgement)) for judgement in worse]
    caption = f.say(w.CAPTIONS["worse"], before=f.before.year, year=f.year)
    return Table("worse", caption, heads, tuple(rows), f.say(w.SHEETS["worse"]))


def worse_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The values of both years, their difference, the status."""
    yield from named_cells(f, judgement)
    yield words(f.unit(judgement))
    yield from (value_cell(f, judgement, year) for year in (f.before.year, f.year))
    yield words(w.HIDDEN_MARK) if f.secret(judgement) else figure(moved_since(f, judgement))
    yield status_cell(f, judgement)


# What is missing


def gaps(f: Facts) -> list[Section]:
    """What is not reported, cannot be judged, may change, or is of an earlier year; by the body that must report."""
    lacking = [(judgement, matters(f, judgement)) for judgement in f.done.judgements]
    lacking = [(judgement, found) for judgement, found in lacking if found]
    unknown = f.count([judgement for judgement in f.done.judgements if f.unknown(judgement)])
    late, preliminary = (sum(remarked(j, code) for j in f.done.judgements) for code in (LATE, PRELIMINARY))
    numbers = {"n": unknown.total, "listed": f.listed("status", unknown.by_status)}
    told = f.say(w.LACKING, late=late, preliminary=preliminary, **numbers) if lacking else f.say(w.NO_GAP)
    heads = columns(
        f, ("body", 35, False), ("domain", 18, False), ("item", 12.5, False), ("indicator", 32, False),
        ("lack", 18.5, False), ("told", 36, False),
    )  # fmt: skip
    ordered = sorted(lacking, key=lambda pair: (not pair[0].target.leads, f.bodies(pair[0])))
    rows = [row(judgement.target.target_id, gap_cells(f, judgement, found)) for judgement, found in ordered]
    caption, sheet = f.say(w.CAPTIONS["gaps"], year=f.year), f.say(w.SHEETS["gaps"])
    table = Table("gaps", caption, heads, tuple(rows), sheet, note=f.say(w.LEADLESS))
    return [Section("gaps", f.say(w.CHAPTERS["gaps"]), 1, (Paragraph(told), table))]


def matters(f: Facts, judgement: Judgement) -> list[tuple[str, str]]:
    """What a target lacks: each matter with its explanation."""
    found = []
    if f.unknown(judgement):
        found.append((f.say.label("status", judgement.status), reason_text(f.done, judgement.reason, f.say)))
    remarks = (remark for remark in judgement.remarks if remark.code in LACKING)
    found += [(f.say.label("remark", r.code), reason_text(f.done, r.reason, f.say)) for r in remarks]
    return found


def gap_cells(f: Facts, judgement: Judgement, found: Sequence[tuple[str, str]]) -> Iterator[Cell]:
    """Who must report what, and what is the matter."""
    yield words(f.bodies(judgement))
    yield from named_cells(f, judgement)
    yield words(f.say.listed(matter for matter, _ in found), judgement.status if f.unknown(judgement) else "")
    yield words(sentences(f, judgement, [told for _, told in found]))


# Bodies


def bodies(f: Facts) -> list[Section]:
    """The counts of each lead body with what is open there."""
    leading: dict[str, list[Judgement]] = {}
    for judgement in f.done.judgements:
        for key in judgement.target.leads or ("",):
            leading.setdefault(key, []).append(judgement)
    counted = ("total", "reported", "measurable", "met", "rate")
    heads = columns(
        f, ("body", 36, False), *((key, 12, True) for key in counted), ("warned", 12, True), ("lacking", 13, True)
    )
    ordered = sorted(leading, key=lambda key: key == "")
    rows = [body_row(f, key, counted, leading[key]) for key in ordered]
    table = Table("bodies", f.say(w.CAPTIONS["bodies"], year=f.year), heads, tuple(rows), f.say(w.SHEETS["bodies"]))
    told = Paragraph(f.say(w.BY_BODY, n=sum(bool(key) for key in leading)))
    return [Section("bodies", f.say(w.CHAPTERS["bodies"]), 1, (told, table))]


def body_row(f: Facts, key: str, counted: Sequence[str], judgements: Sequence[Judgement]) -> Row:
    """The counts of one lead body, its warnings and its gaps."""
    still_open = (sum(bool(j.warnings) for j in judgements), sum(bool(matters(f, j)) for j in judgements))
    return row(
        key or "none", [words(f.body(key)), *count_cells(f.count(judgements), counted), *map(figure, still_open)]
    )


# What only people know


def causes(f: Facts) -> list[Section]:
    """Room for causes and measures, for each domain with an early warning."""
    warned = [judgement for judgement in f.done.judgements if judgement.warnings]
    told = Paragraph(f.say(w.CAUSES if warned else w.NO_CAUSES))
    made = [Section("causes", f.say(w.CHAPTERS["causes"]), 1, (told,))]
    prompts = Blanks(tuple(map(f.say, w.PROMPTS)))
    for plan in f.plans:
        own = by_domain(judgement for judgement in warned if judgement.target.plan_id == plan.plan_id)
        made += [Section(f"causes/{key or plan.plan_id}", f.domain(key), 2, (prompts,)) for key in own]
    return made


# The method


def method(f: Facts) -> list[Section]:
    """How it is counted and judged, what the words mean, and what the second method finds."""
    lists = f.done.schemas.assessment
    meant = [code for name in ("status", "warning", "remark") for code in lists[name].values()]
    blocks: list[Block] = [
        *(Paragraph(f.say(text)) for text in w.COUNTING),
        Paragraph(settings_text(f.done, f.say)),
        Definitions(tuple((f.say(code.label), f.say(code.definition)) for code in meant)),
        compound_table(f),
    ]
    return [Section("method", f.say(w.CHAPTERS["method"]), 1, tuple(blocks), annex=True)]


def compound_table(f: Facts) -> Table:
    """The yearly change and the projection of each target by both methods, where both apply."""
    heads = columns(
        f, ("item", 12.5, False), ("indicator", 38, False), ("unit", 10, False), ("linear", 13, True),
        ("projected", 14, True), ("rated", 14, True), ("compounded", 14, True),
    )  # fmt: skip
    rows = [row(j.target.target_id, compound_cells(f, j)) for j in f.done.judgements if two_methods(f, j)]
    return Table("compound", f.say(w.CAPTIONS["compound"]), heads, tuple(rows), f.say(w.SHEETS["compound"]))


def two_methods(f: Facts, judgement: Judgement) -> bool:
    """Whether both methods have a trend to speak of, and it may be told."""
    found = [answer for answer in judgement.answers if answer.applies and answer.observed is not None]
    return len(found) > 1 and not f.secret(judgement)


def compound_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The yearly change of the straight line with its projection, the rate of the other with its own."""
    yield from map(words, (f.item(judgement), f.name(judgement), f.unit(judgement)))
    for answer in judgement.answers:
        observed = answer.observed or Fraction(0)
        yield figure(100 * observed if answer.method == COMPOUND else observed)
        yield figure(answer.projected)


CHAPTERS: tuple[Callable[[Facts], list[Section]], ...] = (
    overall, domains, warnings, changes, gaps, bodies, causes, method,
)  # fmt: skip
