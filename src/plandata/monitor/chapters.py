"""The first chapters of a monitoring report: how the targets stand, in all and by domain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from plandata.assess.model import WHOLE, Judgement, Part
from plandata.assess.publish import FEWEST, PEOPLE, hidden
from plandata.charts.course import status_bars
from plandata.charts.spark import part_bars, spark
from plandata.files import PackageError
from plandata.monitor import report_words as w
from plandata.monitor.content import (
    Block,
    Cell,
    Chart,
    Charts,
    Column,
    Paragraph,
    Row,
    Section,
    Table,
    figure,
    row,
    words,
)
from plandata.monitor.facts import Facts, Plan, by_domain, columns, count_cells, status_cell, value_cell, year_column
from plandata.report.assessment import indicator_text, percent, required_text
from plandata.tables import ITEM_TABLES

# The most charts of one domain: what does not fit a page side by side is not looked at.
MOST_CHARTS = 6


def of_source(judgements: Iterable[Judgement], table: str) -> list[Judgement]:
    """The judgements of targets on goals, or of those on measures."""
    return [judgement for judgement in judgements if judgement.target.item_table == table]


# Overall


def overall(f: Facts) -> list[Section]:
    """How many targets there are, have a value, are measurable and met; by plan, source and status."""
    every = f.done.judgements
    whole = f.count(every)
    sources = {table: len(of_source(every, table)) for table in ITEM_TABLES}
    late = sum(bool(judgement.lags) for judgement in every)
    still_open = {"warned": sum(bool(j.warnings) for j in every), "unknown": sum(map(f.unknown, every))}
    shares = {key: share(f, getattr(whole, key)) for key in ("rate", "rate_of_all", "coverage")}
    numbers = {key: getattr(whole, key) for key in ("total", "reported", "measurable", "met")}
    blocks: list[Block] = [
        Paragraph(f.say(w.OVERALL, year=f.year, late=late, **sources, **numbers, **shares)),
        Paragraph(f.say(w.OPEN, **still_open)),
        Paragraph(indicator_text(whole, f.say)),
        Paragraph(f.say(w.STATUSES, listed=f.listed("status", whole.by_status))),
        counts_table(f),
        statuses_table(f),
        *status_charts(f),
    ]
    return [Section("overall", f.say(w.CHAPTERS["overall"]), 1, tuple(blocks))]


def share(f: Facts, value: Decimal | None) -> str:
    """A share in percent as it stands in a sentence."""
    return percent(value) or f.say(w.NO_SHARE)


def counts_table(f: Facts) -> Table:
    """The counts of each plan, of its goals and of its measures; at the end those of all."""
    heads = columns(f, ("plan", 25, False), *((key, 16.5, True) for key in w.COUNT_KEYS))
    rows: list[Row] = []
    groups = [(plan.plan_id, f.say(plan.title), f.of_plan(plan)) for plan in f.plans]
    every = [("all", f.say(w.HEADS["all"]), list(f.done.judgements))] if len(f.plans) > 1 else []
    for key, name, judgements in [*groups, *every]:
        rows.append(count_row(f, key, name, judgements))
        for table in ITEM_TABLES:
            source = f.say(w.OF_WHICH, source=f.done.schemas.tables[table].title)
            rows.append(count_row(f, f"{key}/{table}", source, of_source(judgements, table)))
    return Table("counts", f.say(w.CAPTIONS["counts"], year=f.year), heads, tuple(rows), f.say(w.SHEETS["counts"]))


def count_row(f: Facts, about: str, name: str, judgements: Sequence[Judgement]) -> Row:
    """The counts of some targets as a row."""
    return row(about, [words(name), *count_cells(f.count(judgements), w.COUNT_KEYS)])


def statuses_table(f: Facts) -> Table:
    """How many targets of each plan have each status."""
    groups = [(plan.plan_id, f.say(plan.title), f.count(f.of_plan(plan))) for plan in f.plans]
    if len(f.plans) > 1:
        groups.append(("all", f.say(w.HEADS["all"]), f.count(f.done.judgements)))
    heads = (*columns(f, ("status", 12, False)), *(Column(key, name, 20, right=True) for key, name, _ in groups))
    rows = [
        row(code, [words(f.say.label("status", code), code), *(figure(c.by_status[code]) for _, _, c in groups)])
        for code in f.statuses
    ]
    return Table(
        "statuses", f.say(w.CAPTIONS["statuses"], year=f.year), heads, tuple(rows), f.say(w.SHEETS["statuses"])
    )


def status_charts(f: Facts) -> Iterator[Charts]:
    """How the targets of each plan stand, as bars; nothing where the library that draws is not installed."""
    counted = [f.count(f.of_plan(plan)) for plan in f.plans]
    try:
        bars = status_bars(counted, [f.say(plan.title) for plan in f.plans], f.say)
    except PackageError:
        return
    yield Charts(f.say(w.CAPTIONS["bars"]), (Chart("", "", bars),), key=True)


# By domain


def domains(f: Facts) -> list[Section]:
    """A section for each domain of each plan; the plans stand above them where there are several."""
    several = len(f.plans) > 1
    made = [Section("domains", f.say(w.CHAPTERS["domains"]), 1)]
    for plan in f.plans:
        if several:
            made.append(Section(plan.plan_id, f.say(plan.title), 2))
        parts = by_domain(f.of_plan(plan)).items()
        made += [domain(f, plan, key, judgements, 3 if several else 2) for key, judgements in parts]
    return made


def domain(f: Facts, plan: Plan, key: str, judgements: Sequence[Judgement], level: int) -> Section:
    """A domain: its counts in words, its targets, what their values are made of, their courses."""
    counted, name = f.count(judgements), f.domain(key)
    rate = "" if counted.rate is None else f.say(w.RATE, rate=percent(counted.rate))
    numbers = {name: getattr(counted, name) for name in ("total", "reported", "measurable", "met")}
    warned = sum(bool(judgement.warnings) for judgement in judgements)
    group, about = (f.say(plan.title), name), key or f"{plan.plan_id}/none"
    blocks: list[Block] = [
        Paragraph(f.say(w.DOMAIN, **numbers, rate=rate, warned=warned)),
        target_table(f, about, group, judgements),
        parts_table(f, about, group, judgements),
        part_charts(f, name, judgements),
        course_charts(f, name, judgements),
    ]
    return Section(about, name, level, tuple(blocks))


def target_table(f: Facts, about: str, group: tuple[str, ...], judgements: Sequence[Judgement]) -> Table:
    """The targets of a domain: what they ask for, the base, the value of each year, the gap, the status."""
    heads = (
        *columns(f, ("item", 12.5, False), ("indicator", 31, False), ("unit", 10.5, False), ("target", 18, False)),
        *columns(f, ("base", 12, True)),
        *(year_column(f, year) for year in f.years),
        *columns(f, ("gap", 10.5, True), ("status", 18.5, False)),
    )
    rows = [row(judgement.target.target_id, target_cells(f, judgement)) for judgement in judgements]
    caption = f.say(w.CAPTIONS["domain"], domain=group[-1], year=f.year)
    return Table(f"targets/{about}", caption, heads, tuple(rows), f.say(w.SHEETS["targets"]), group, f.say(w.MARKED))


def target_cells(f: Facts, judgement: Judgement) -> Iterator[Cell]:
    """The cells of a target's row."""
    secret = f.secret(judgement)
    # The levels that a hidden value leads to would tell it, what is printed does not.
    asked = replace(judgement, band=None) if secret else judgement
    yield from map(words, (f.item(judgement), f.name(judgement), f.unit(judgement), required_text(asked, f.say)))
    yield base_cell(f, judgement)
    for year in f.years:
        own = judgement.seen.whole.get(year)
        yield value_cell(f, judgement, year, "*" if own and own.preliminary else "")
    yield words(w.HIDDEN_MARK) if secret and judgement.gap is not None else figure(judgement.gap)
    yield status_cell(f, judgement)


def base_cell(f: Facts, judgement: Judgement) -> Cell:
    """The level from which a target starts, with its year where that is not the one before the plan."""
    if judgement.base is None:
        return figure(None)
    year, value = judgement.base
    if f.small.has(judgement.target.target_id, year):
        return words(w.HIDDEN_MARK)
    cell = figure(value)
    if year == judgement.target.first_year:
        return cell
    return Cell(f.say(w.BASE_OF, value=cell.text, year=year), cell.value)


def parts_table(f: Facts, about: str, group: tuple[str, ...], judgements: Sequence[Judgement]) -> Table:
    """The counts behind the values of the year, and the values of parts of a population."""
    heads = columns(
        f, ("indicator", 40, False), ("unit", 12, False), ("of", 16, False), ("numerator", 14, True),
        ("denominator", 14, True), ("value", 12, True),
    )  # fmt: skip
    rows = [made for judgement in judgements for made in part_rows(f, judgement)]
    caption = f.say(w.CAPTIONS["parts"], domain=group[-1], year=f.year)
    return Table(f"parts/{about}", caption, heads, tuple(rows), f.say(w.SHEETS["parts"]), group)


def part_rows(f: Facts, judgement: Judgement) -> Iterator[Row]:
    """The rows of a target's values in its year, where there is more to tell than the one value."""
    target = judgement.target
    values = judgement.seen.in_year(f.year)
    if not any(own.numerator is not None or part != WHOLE for part, own in values.items()):
        return
    gone = hidden(values, target.unit) if f.publish else frozenset()
    if f.small.has(target.target_id, f.year):
        gone = frozenset(values)
    for part, own in sorted(values.items(), key=lambda item: item[0]):
        about = (f.name(judgement), f.unit(judgement), part_name(f, part))
        cells = [count_cell(number, part in gone, people=True) for number in (own.numerator, own.denominator)]
        value = count_cell(own.value, part in gone, people=target.unit in PEOPLE)
        yield row(target.target_id, [*map(words, about), *cells, value])


def count_cell(number: Fraction | None, gone: bool, people: bool) -> Cell:
    """A number of a part; what stands in its place where it is not published: of few people that they are few."""
    if number is None or not gone:
        return figure(number)
    return words(w.FEW if people and 0 < number < FEWEST else w.HIDDEN_MARK)


def part_name(f: Facts, part: Part) -> str:
    """Of whom a value is."""
    return f.say(w.PART).join(f.say.part(*part)) or f.say(w.ALL_PARTS)


def part_charts(f: Facts, name: str, judgements: Sequence[Judgement]) -> Charts:
    """The parts of a population side by side, with the widest distance between two of them."""
    charts = tuple(chart for judgement in judgements for chart in charts_of_parts(f, judgement))
    return Charts(f.say(w.CAPTIONS["apart"], domain=name, year=f.year), charts[:MOST_CHARTS])


def charts_of_parts(f: Facts, judgement: Judgement) -> Iterator[Chart]:
    """A chart for each kind of parts of a target's value in its year; none of what is not published."""
    target, seen = judgement.target, judgement.seen
    if f.publish and f.small.parts(target.target_id, f.year):
        return
    gaps = seen.apart(f.year)
    for kind, own in seen.by_kind(f.year).items():
        if kind in gaps:
            levels = [(part_name(f, part), level) for part, level in own.items()]
            title = f.say(w.APART, name=f.name(judgement), gap=f.say.distance(gaps[kind], target.unit))
            yield Chart(target.target_id, title, part_bars(levels, target.unit, f.say))


def course_charts(f: Facts, name: str, judgements: Sequence[Judgement]) -> Charts:
    """The courses of targets with values of two years; those with warnings first, no more than a page takes."""
    drawn = [j for j in judgements if j.band is not None and len(j.points) > 1 and not f.secret(j)]
    first = sorted(drawn, key=lambda judgement: (not judgement.warnings, judgement.met))[:MOST_CHARTS]
    charts = tuple(Chart(j.target.target_id, f.name(j), spark(j, f.say)) for j in first)
    some = f.say(w.CHART_SOME, n=len(first), all=len(drawn)) if len(first) < len(drawn) else ""
    return Charts(f.say(w.CAPTIONS["courses"], domain=name), charts, f.say(w.CHART_KEY) + some)
