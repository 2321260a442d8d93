"""What an assessment speaks of: targets, the levels that meet them, and what is said of each target.

The words for all this stand in the schemas: a Reason carries a code and values, and `words.Words` says it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plandata.files import PackageError
from plandata.schema import LEXICAL
from plandata.text import Text, paired

if TYPE_CHECKING:
    from plandata.tables import Row, Tables

CHANGES = ("relative_decrease", "relative_increase")
YEARLY = ("annual_decrease", "annual_increase")
DIRECTIONAL = ("increase", "decrease", "maintain")
NUMBER = re.compile(LEXICAL["number"])
# The digits of the longest number that is computed with; logarithms are taken of it.
LONGEST = 30
# What a target takes from its row as it stands there.
IDS = ("target_id", "item_id", "plan_id", "place_id", "domain_id", "indicator_id")
COPIED = (*IDS, "comparator", "basis", "timing", "commitment")
# When a target must hold in every year, and not only in its own.
EACH_YEAR = ("yearly", "throughout")
# The statuses that count as met.
MET = ("met", "met_early", "basically_met")
# What the two ends of one printed range share.
RANGE = ("item_id", "indicator_id", "scope_zh", "basis", "value_text")


NOTHING = Text("", "")
# Values by year; a part of a population by sex, age group and area ("" for all).
Series = Mapping[int, Fraction]
Part = tuple[str, str, str]
WHOLE: Part = ("", "", "")
# What parts a population is told apart by, and which of these a part has.
PARTS = ("sex", "age_group", "area")
Kind = tuple[bool, bool, bool]


@dataclass(frozen=True)
class Target:
    """One target. unit is that of its observations; change_unit that of value where the basis is a change.

    item_table is the table of its item, goals or measures. theme, name and better are those of its indicator;
    domain_id, theme and scope are empty where there is none.
    baseline is the level that the plan prints, first_year the year before the plan begins, leads the lead units.
    benchmark names the quantity that the level is compared with instead of a value, empty where there is none;
    ends are the two of the printed range that it is an end of. An event's year is the last of the plan.
    """

    target_id: str
    item_id: str
    plan_id: str
    place_id: str
    domain_id: str
    theme: str
    indicator_id: str
    name: Text
    scope: Text
    comparator: str
    value: Fraction | None
    unit: str
    change_unit: str | None
    basis: str
    timing: str
    commitment: str
    better: str
    reference_year: int | None
    target_year: int
    baseline_year: int | None
    baseline: Fraction | None
    first_year: int
    leads: tuple[str, ...]
    item_table: str = "goals"
    benchmark: Text = NOTHING
    ends: tuple[Fraction, Fraction] | None = None

    @property
    def base_year(self) -> int:
        """The year from which its path or change counts: the stated one, else the year before the plan."""
        if self.basis == "cumulative":
            return self.first_year
        return self.reference_year or self.baseline_year or self.first_year

    @property
    def counts_from(self) -> int:
        """The earliest year whose value counts: the base year, or the year before the plan where that is earlier.

        A running total begins after that.
        """
        return self.first_year + 1 if self.basis == "cumulative" else min(self.base_year, self.first_year)


def load_targets(t: "Tables") -> list[Target]:
    """The targets of a package in its order.

    Raises PackageError where a table cannot be read or a cell that is computed with is no number.

    >>> from plandata.package.folder import Folder
    >>> from plandata.schema import home
    >>> from plandata.tables import Tables
    >>> targets = load_targets(Tables.of(Folder(home())))
    >>> next(target.unit for target in targets if target.indicator_id == "maternal-mortality")
    'per_100k'
    """
    leads, ranges = lead_units(t), printed_ranges(t)
    plans, indicators = t.keyed("plans"), t.keyed("indicators")
    return [
        target_of(row, plans.get(row["plan_id"], {}), indicators.get(row["indicator_id"], {}), leads, ranges)
        for row in t.rows("targets")
    ]


def printed_ranges(t: "Tables") -> dict[str, tuple[Fraction, Fraction]]:
    """The lower and upper end of each printed range, by the ids of both of its targets."""
    ends: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in t.rows("targets"):
        if row["comparator"] in ("ge", "le"):
            ends.setdefault(tuple(row[column] for column in RANGE), {})[row["comparator"]] = row
    ranges = {}
    for pair in ends.values():
        values = [number_in(pair[end], "value") for end in ("ge", "le") if end in pair]
        if len(values) == 2 and values[0] is not None and values[1] is not None:
            ranges.update({row["target_id"]: (values[0], values[1]) for row in pair.values()})
    return ranges


def lead_units(t: "Tables") -> dict[str, tuple[str, ...]]:
    """The lead units of each item, in their printed order."""
    leads: dict[str, list[str]] = {}
    for row in t.rows("assignments"):
        if row["role"] == "lead":
            leads.setdefault(row["item_id"], []).append(row["unit_id"])
    return {item: tuple(dict.fromkeys(units)) for item, units in leads.items()}


def target_of(
    row: "Row",
    plan: "Row",
    indicator: "Row",
    leads: Mapping[str, tuple[str, ...]],
    ranges: Mapping[str, tuple[Fraction, Fraction]],
) -> Target:
    """A target from its row, its plan and its indicator; what a broken reference leaves unknown is empty."""
    changes = row["basis"] in (*CHANGES, *YEARLY)
    level_unit = indicator.get("unit_of_measure", "")
    copied: dict[str, Any] = {name: row[name] for name in COPIED}
    return Target(
        **copied,
        name=paired(indicator, "name"),
        scope=paired(row, "scope"),
        theme=indicator.get("theme", ""),
        better=indicator.get("better", ""),
        value=number_in(row, "value"),
        unit=level_unit if changes else row["unit_of_measure"] or level_unit,
        change_unit=row["unit_of_measure"] if changes else None,
        reference_year=year_in(row, "reference_year"),
        target_year=year_in(row, "target_year") or year_in(plan, "end_year") or 0,
        baseline_year=year_in(row, "baseline_year"),
        baseline=number_in(row, "baseline_value"),
        first_year=(year_in(plan, "start_year") or 0) - 1,
        leads=leads.get(row["item_id"], ()),
        item_table="goals" if row["goal_id"] else "measures",
        benchmark=paired(row, "benchmark"),
        ends=ranges.get(row["target_id"]),
    )


def number_in(row: "Row", column: str) -> Fraction | None:
    """A cell as an exact number, None where it is empty.

    >>> number_in({"value": "0.5"}, "value"), number_in({"value": "9" * LONGEST}, "value") == 10**LONGEST - 1
    (Fraction(1, 2), True)
    """
    cell = row.get(column)
    if not cell:
        return None
    if not NUMBER.fullmatch(cell) or len(cell) > LONGEST:
        told = f"{next(iter(row.values()))}: {column} {cell[:LONGEST]!r}"
        raise PackageError(f"{told} is no number of at most {LONGEST} digits; run plandata validate")
    return Fraction(cell)


def year_in(row: "Row", column: str) -> int | None:
    year = number_in(row, column)
    return None if year is None else int(year)


@dataclass(frozen=True)
class Band:
    """The levels that meet a target; an end of None is no limit, an open end is not itself in the band."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def ends(self) -> list[Fraction]:
        """The ends that are limits, the lower first."""
        return [end for end in (self.low, self.high) if end is not None]

    def contains(self, level: Fraction) -> bool:
        """Whether a level meets the target.

        >>> Band(high=Fraction(7), high_open=True).contains(Fraction(7))
        False
        """
        above = self.low is None or level > self.low or (level == self.low and not self.low_open)
        below = self.high is None or level < self.high or (level == self.high and not self.high_open)
        return above and below

    def nearest(self, level: Fraction) -> Fraction:
        """The end that lies nearer to a level; the one end where there is only one."""
        return min(self.ends, key=lambda end: abs(end - level))


@dataclass(frozen=True)
class Reported:
    """One reported value, with the counts that it is computed from; a preliminary one may still change."""

    value: Fraction
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    preliminary: bool = False


@dataclass(frozen=True)
class Seen:
    """What the observations say of one target, by year.

    parts has the values of each part of the population and, under WHOLE, those of all of it; benchmark those of the
    quantity that the target is compared with. known tells whether the place has any value of the indicator at all.
    """

    parts: Mapping[Part, Mapping[int, Reported]] = field(default_factory=dict)
    benchmark: Mapping[int, Reported] = field(default_factory=dict)
    known: bool = False

    @cached_property
    def whole(self) -> Mapping[int, Reported]:
        """The values of the whole population."""
        return self.parts.get(WHOLE, {})

    @cached_property
    def levels(self) -> Series:
        """The values of the whole population, as numbers."""
        return {year: reported.value for year, reported in self.whole.items()}

    @cached_property
    def counts(self) -> Mapping[int, tuple[Fraction, Fraction]]:
        """Numerator and denominator of each value of the whole population that has both."""
        return {
            year: (reported.numerator, reported.denominator)
            for year, reported in self.whole.items()
            if reported.numerator is not None and reported.denominator is not None
        }

    def in_year(self, year: int) -> dict[Part, Reported]:
        """The values of a year, of the whole and of its parts."""
        return {part: values[year] for part, values in self.parts.items() if year in values}

    def by_kind(self, year: int) -> dict[Kind, dict[Part, Fraction]]:
        """The values of the parts of a year, those that are told apart by the same features together."""
        kinds: dict[Kind, dict[Part, Fraction]] = {}
        for part, reported in self.in_year(year).items():
            if part != WHOLE:
                kinds.setdefault((bool(part[0]), bool(part[1]), bool(part[2])), {})[part] = reported.value
        return kinds

    def apart(self, year: int) -> dict[Kind, Fraction]:
        """The widest distance between two parts of one kind in a year: between women and men, between town and country.

        >>> parts = {(sex, "", ""): {2023: Reported(Fraction(value))} for sex, value in (("female", 95), ("male", 97))}
        >>> Seen(parts).apart(2023)
        {(True, False, False): Fraction(2, 1)}
        """
        kinds = self.by_kind(year).items()
        return {kind: max(own.values()) - min(own.values()) for kind, own in kinds if len(own) > 1}


@dataclass(frozen=True)
class Reason:
    """Why: the code of its wording in schemas.reasons and what goes into that (years, amounts, bands, codes)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Warned:
    """An early warning or a remark with its reason."""

    code: str
    reason: Reason


@dataclass(frozen=True)
class Answer:
    """What a method finds. Changes are per year: an amount (linear) or a rate (compound, 0.02 = 2 % a year).

    path is the level that the line from the baseline asks for in the judged year; required its yearly
    change; observed that of the trend; needed the change from now on that would just meet the target;
    projected the trend's level in the target year. up_to_path and meets say how value and projection stand
    to path and target; None is what cannot be said. applies is False where logarithms do not exist. bound tells what
    kept the projection from running on: "possible", the ends of what can be, or "run", the newest value of a series
    that only rose or only fell.
    """

    method: str
    applies: bool = True
    path: Fraction | float | None = None
    required: Fraction | float | None = None
    observed: Fraction | float | None = None
    needed: Fraction | float | None = None
    projected: Fraction | float | None = None
    up_to_path: bool | None = None
    meets: bool | None = None
    bound: str | None = None

    @property
    def verdict(self) -> str | None:
        """off_track where the trend misses, behind where the path does, else on_track; None without a trend."""
        if self.meets is None:
            return None
        if not self.meets:
            return "off_track"
        return "behind" if self.up_to_path is False else "on_track"


@dataclass(frozen=True)
class Judgement:
    """What is said of one target.

    year is the judged year, value_year that of its value, which may lie before it. measurable tells whether the value
    shows the target met or not met; points are the values that were used (year to level), base the level from which
    path or change counts. gap is what the value lacks (0 where the target is met), change what it moved since the year
    before, attainment how far the target is attained in percent; None is what cannot be said. warnings are early
    warnings, remarks what else a reader of the status must know.
    """

    target: Target
    status: str
    reason: Reason
    year: int
    measurable: bool = False
    value: Fraction | None = None
    value_year: int | None = None
    points: Series = field(default_factory=dict)
    base: tuple[int, Fraction] | None = None
    band: Band | None = None
    gap: Fraction | None = None
    change: Fraction | None = None
    attainment: Fraction | None = None
    answers: tuple[Answer, ...] = ()
    warnings: tuple[Warned, ...] = ()
    remarks: tuple[Warned, ...] = ()
    seen: Seen = Seen()

    @property
    def met(self) -> bool:
        return self.status in MET

    @property
    def lags(self) -> bool:
        """Whether its value is of an earlier year than the judged one (上年数)."""
        return self.value_year is not None and self.value_year < self.year

    @property
    def linear(self) -> Answer | None:
        """What the straight line says, by which the status goes; None where it was not asked."""
        return next((answer for answer in self.answers if answer.method == "linear"), None)

    @property
    def agree(self) -> bool | None:
        """Whether the two methods come to the same verdict; None where one of them comes to none."""
        verdicts = [answer.verdict for answer in self.answers]
        return None if len(verdicts) < 2 or None in verdicts else verdicts[0] == verdicts[1]
