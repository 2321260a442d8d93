"""What the chapters of a monitoring report are made from, and how they say a target, its value, its status."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plandata.assess import Assessment
from plandata.assess.count import DOMAIN, LEAD_UNIT, Count, count
from plandata.assess.model import Judgement
from plandata.assess.publish import FEWEST, PEOPLE, Small
from plandata.charts.course import COLOURS
from plandata.monitor import report_words as w
from plandata.monitor.content import Cell, Column, figure, share, words
from plandata.report.assessment import reason_text, target_name
from plandata.text import Text
from plandata.words import Words

# What a status may be of: that tells nothing of its target, that tells of one in need of attention.
UNKNOWN, MISSED = "unknown", "missed"


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

    before is the assessment of an earlier year by the same file; items names each goal and measure as its plan numbers
    it, functions the field of the body that usually has an indicator. rows is the number of reported values; small
    tells which of them are not published, and is empty where all are.
    """

    done: Assessment
    before: Assessment
    place: Text
    plans: tuple[Plan, ...]
    items: Mapping[str, Text]
    functions: Mapping[str, str]
    rows: int
    small: Small
    publish: bool
    say: Words

    @property
    def year(self) -> int:
        """The judged year."""
        return self.done.year

    @property
    def years(self) -> range:
        """The years of the plans up to the judged one."""
        return range(min(plan.start for plan in self.plans), self.year + 1)

    @property
    def statuses(self) -> list[str]:
        """The codes of the statuses, from the best to those that say nothing."""
        return list(COLOURS)

    def of_plan(self, plan: Plan) -> list[Judgement]:
        """The judgements of the targets of a plan."""
        return [judgement for judgement in self.done.judgements if judgement.target.plan_id == plan.plan_id]

    def count(self, judgements: Sequence[Judgement]) -> Count:
        """The counts of some targets."""
        # A mean would tell what it leaves out.
        told = [replace(j, attainment=None) if self.secret(j) else j for j in judgements]
        return count("", "", told, self.statuses, self.done.settings.decimals)

    def unknown(self, judgement: Judgement) -> bool:
        """Whether the status says that nothing is known."""
        return self.standing(judgement) == UNKNOWN

    def missed(self, judgement: Judgement) -> bool:
        """Whether the status says that a target needs attention."""
        return self.standing(judgement) == MISSED

    def standing(self, judgement: Judgement) -> str | None:
        """What the status of a target comes to."""
        return self.done.schemas.assessment["status"][judgement.status].classes.get("standing")

    def secret(self, judgement: Judgement) -> bool:
        """Whether the figures of a target are not published."""
        return self.small.touches(judgement)

    def name(self, judgement: Judgement) -> str:
        """The indicator of a target with its scope."""
        return target_name(judgement.target, self.say)

    def unit(self, judgement: Judgement) -> str:
        """The unit of a target's values."""
        return self.say.label("unit_of_measure", judgement.target.unit)

    def item(self, judgement: Judgement) -> str:
        """The goal or measure of a target, as its plan numbers it."""
        return self.say(self.items[judgement.target.item_id])

    def domain(self, key: str) -> str:
        """The name of a domain; what is said of targets outside all."""
        return self.say(self.done.labels.get((DOMAIN, key), w.OUTSIDE))

    def body(self, key: str) -> str:
        """The name of a lead unit."""
        return self.say(self.done.labels.get((LEAD_UNIT, key), w.NOT_NAMED))

    def bodies(self, judgement: Judgement) -> str:
        """The lead bodies of a target; without one the field of the body that usually has the figure."""
        target = judgement.target
        function = self.say.label("function", self.functions.get(target.indicator_id, ""))
        return self.say.listed(map(self.body, target.leads)) or self.say(w.NO_LEAD, function=function)

    def verdict(self, judgement: Judgement) -> str:
        """The one sentence on a target; without its figures where these are not published."""
        if self.secret(judgement):
            return self.say(w.HIDDEN, mark=w.HIDDEN_MARK)
        return reason_text(self.done, judgement.reason, self.say)

    def listed(self, codes: str, counted: Mapping[str, int]) -> str:
        """How many there are of each code of a list, those of which there are none left out."""
        parts = (self.say(w.STATUS_OF, status=self.say.label(codes, code), n=n) for code, n in counted.items() if n)
        return self.say(w.SEMICOLON).join(parts)


def columns(f: Facts, *keys: tuple[str, float, bool], **values: object) -> tuple[Column, ...]:
    """Columns by key, share of the width and whether they hold numbers; values go into their titles."""
    heads = w.HEADS | w.COUNT_HEADS
    return tuple(Column(key, f.say(heads[key], **values), width, right) for key, width, right in keys)


def count_cells(counted: Count, keys: Iterable[str]) -> Iterator[Cell]:
    """The counts of a group by their keys, numbers as numbers and shares as shares."""
    for key in keys:
        yield figure(getattr(counted, key)) if key in w.COUNT_KEYS[: w.WHOLE] else share(getattr(counted, key))


def year_column(f: Facts, year: int) -> Column:
    """A column of the values of a year."""
    return Column(f"y{year}", f.say(w.HEADS["year"], year=year), 12.5, right=True)


def by_domain(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements by domain in their order; those outside every domain last."""
    found: dict[str, list[Judgement]] = {}
    for judgement in sorted(judgements, key=lambda judgement: not judgement.target.domain_id):
        found.setdefault(judgement.target.domain_id, []).append(judgement)
    return found


def named_cells(f: Facts, judgement: Judgement) -> list[Cell]:
    """Domain, item and indicator of a target."""
    return [words(f.domain(judgement.target.domain_id)), words(f.item(judgement)), words(f.name(judgement))]


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
    few = judgement.target.unit in PEOPLE and 0 < judgement.seen.whole[year].value < FEWEST
    return words(w.FEW if few else w.HIDDEN_MARK)


def status_cell(f: Facts, judgement: Judgement) -> Cell:
    """The status, with the year of the value where it is an earlier one."""
    told = f.say.label("status", judgement.status)
    if judgement.lags:
        told = f.say(w.STANDS_IN, status=told, year=judgement.value_year)
    return words(told, judgement.status)
