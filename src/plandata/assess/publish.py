"""What is not published: values that rest on counts under five, since they could tell of single people.

Published is neither the count nor what is computed from it, nor any part of a breakdown of which one is small.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from plandata.assess.count import Count, counts
from plandata.assess.model import WHOLE, Judgement, Part, Reason, Reported

# A count below this one, and above nothing, is small: what has not happened tells of nobody.
FEWEST = 5
# The units whose values are counts of people themselves; few institutions tell of nobody.
PEOPLE = ("person", "person_time")
Years = Mapping[str, frozenset[int]]
# What is said in the place of a sentence that would tell a small count, and the remarks that tell counts.
HIDDEN = Reason("hidden")
COUNTED = ("by_chance", "pooled")


@dataclass(frozen=True)
class Small:
    """The years of each target, by its id, whose value rests on a small count, and those where that of a part does."""

    values: Years = field(default_factory=dict)
    of_parts: Years = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything is small."""
        return bool(self.values or self.of_parts)

    def has(self, target_id: str, year: int) -> bool:
        """Whether the value of a year is not published."""
        return year in self.values.get(target_id, ())

    def touches(self, judgement: Judgement) -> bool:
        """Whether a judgement rests on a value that is not published: its sentence, course, gap could tell it."""
        return any(self.has(judgement.target.target_id, year) for year in judgement.seen.levels)

    def parts(self, target_id: str, year: int) -> bool:
        """Whether the parts of a year are not published: one that is hidden alone could be told from the others."""
        return self.has(target_id, year) or year in self.of_parts.get(target_id, ())


NOTHING_SMALL = Small()


def small_in(judgements: Iterable[Judgement]) -> Small:
    """What rests on small counts; so does what is compared with a value that does, as the gap would tell it."""
    values: dict[str, frozenset[int]] = {}
    of_parts: dict[str, frozenset[int]] = {}
    for judgement in judgements:
        target, seen = judgement.target, judgement.seen
        values[target.target_id] = small_years(seen.whole, target.unit) | small_years(seen.benchmark, target.unit)
        if target.basis == "cumulative" and target.unit in PEOPLE:
            values[target.target_id] |= small_steps(seen.levels)
        of_parts[target.target_id] = frozenset(
            year
            for year in {y for own in seen.parts.values() for y in own}
            if small_parts(seen.in_year(year), target.unit)
        )
    return Small(*({key: years for key, years in found.items() if years} for found in (values, of_parts)))


def small_steps(levels: Mapping[int, Fraction]) -> frozenset[int]:
    """The years of a running total of people between which few have come: their difference is a count too."""
    steps = {year for year in levels if year - 1 in levels and 0 < abs(levels[year] - levels[year - 1]) < FEWEST}
    return frozenset(steps | {year - 1 for year in steps})


def small_parts(values: Mapping[Part, Reported], unit: str) -> bool:
    """Whether a part of a year rests on a small count, or one that is not reported would by subtraction."""
    parts = {part: reported for part, reported in values.items() if part != WHOLE}
    if any(is_small(reported, unit) for reported in parts.values()):
        return True
    return any(0 < rest < FEWEST for rest in rests(values, unit))


def rests(values: Mapping[Part, Reported], unit: str) -> Iterator[Fraction]:
    """What the counts of the whole leave over beside the parts of each single feature, of which one may be missing."""
    if WHOLE not in values:
        return
    for feature in range(len(WHOLE)):
        alike = [reported for part, reported in values.items() if part[feature] and features(part) == 1]
        counted = [people(reported, unit) for reported in alike]
        whole = people(values[WHOLE], unit)
        for n in range(len(whole)):
            known = [counts[n] for counts in counted if len(counts) == len(whole)]
            if known:
                yield whole[n] - sum(known, Fraction(0))


def small_years(values: Mapping[int, Reported], unit: str) -> frozenset[int]:
    return frozenset(year for year, reported in values.items() if is_small(reported, unit))


def is_small(reported: Reported, unit: str) -> bool:
    """Whether a count of people behind a value, or the value where it counts people, is from 1 to 4.

    So is what a share leaves over: of 90 people 88 leave 2.

    >>> [is_small(Reported(Fraction(9), Fraction(n), Fraction(90)), "percent") for n in (4, 5, 0, 88)]
    [True, False, False, True]
    >>> is_small(Reported(Fraction(9), Fraction(88), Fraction(90)), "per_100k")
    False
    """
    counts = list(people(reported, unit))
    if unit == "percent" and reported.numerator is not None and reported.denominator is not None:
        counts.append(reported.denominator - reported.numerator)
    return any(0 < count < FEWEST for count in counts)


def people(reported: Reported, unit: str) -> tuple[Fraction, ...]:
    """The counts of people that a value is or rests on."""
    own = [reported.value] if unit in PEOPLE else []
    return tuple(count for count in (*own, reported.numerator, reported.denominator) if count is not None)


def hidden(values: Mapping[Part, Reported], unit: str) -> frozenset[Part]:
    """Which of the values of one year, the whole and its parts, are not published.

    Where one part is small none is published, since sums of the others would narrow it; a small whole hides all.

    >>> def of(numerator):
    ...     return Reported(Fraction(1), Fraction(numerator), Fraction(90))
    >>> sorted(hidden({WHOLE: of(60), ("female", "", ""): of(3), ("male", "", ""): of(57)}, "percent"))
    [('female', '', ''), ('male', '', '')]
    """
    if WHOLE in values and is_small(values[WHOLE], unit):
        return frozenset(values)
    return frozenset(part for part in values if part != WHOLE) if small_parts(values, unit) else frozenset()


def features(part: Part) -> int:
    """By how many features a part is told apart from the whole."""
    return sum(map(bool, part))


def published(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements as they may be published: of what rests on a small count the status alone, of parts none beside it."""
    listed = list(judgements)
    small = small_in(listed)
    return [shown(judgement, small) for judgement in listed]


def shown(judgement: Judgement, small: Small) -> Judgement:
    """A judgement without what would tell a small count."""
    target, seen = judgement.target, judgement.seen
    if small.touches(judgement):
        warnings, remarks = (
            tuple(replace(warned, reason=HIDDEN) for warned in noted if warned.code not in COUNTED)
            for noted in (judgement.warnings, judgement.remarks)
        )
        bare = Judgement(target, judgement.status, HIDDEN, judgement.year, judgement.measurable)
        return replace(bare, warnings=warnings, remarks=remarks)
    if target.target_id in small.of_parts:
        return replace(judgement, seen=replace(seen, parts={WHOLE: seen.whole}))
    return judgement


def published_counts(counted: Iterable[Count], judgements: Sequence[Judgement], decimals: int) -> list[Count]:
    """Counts whose attainment is that of what is published alone, as the mean would tell what it leaves out."""
    listed = list(counted)
    again = counts(judgements, listed[0].by_status, decimals) if listed else []
    shares = {(one.group, one.key): (one.attainment, one.attained) for one in again}
    return [
        replace(one, attainment=attainment, attained=attained)
        for one in listed
        for attainment, attained in [shares[one.group, one.key]]
    ]
