"""What is not published: values that rest on counts under five, since they could tell of single people.

Published instead is neither the count nor what is computed from it, nor, of a breakdown that would give it away by
subtraction, a second cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

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
        parts = (small_years(own, target.unit) for part, own in seen.parts.items() if part != WHOLE)
        of_parts[target.target_id] = frozenset().union(*parts)
    return Small(*({key: years for key, years in found.items() if years} for found in (values, of_parts)))


def small_years(values: Mapping[int, Reported], unit: str) -> frozenset[int]:
    return frozenset(year for year, reported in values.items() if is_small(reported, unit))


def is_small(reported: Reported, unit: str) -> bool:
    """Whether a count of people behind a value, or the value where it counts people, is from 1 to 4.

    >>> [is_small(Reported(Fraction(9), Fraction(n), Fraction(90)), "percent") for n in (4, 5, 0)]
    [True, False, False]
    """
    return any(0 < count < FEWEST for count in people(reported, unit))


def is_few(reported: Reported, unit: str, number: Fraction) -> bool:
    """Whether a number is one of the counts of people of a value, and small."""
    return number in people(reported, unit) and 0 < number < FEWEST


def people(reported: Reported, unit: str) -> tuple[Fraction, ...]:
    """The counts of people that a value is or rests on."""
    own = [reported.value] if unit in PEOPLE else []
    return tuple(count for count in (*own, reported.numerator, reported.denominator) if count is not None)


def hidden(values: Mapping[Part, Reported], unit: str) -> frozenset[Part]:
    """Which of the values of one year, the whole and its parts, are not published.

    Of parts that one feature tells apart the next smallest is hidden with a lone small one; parts by several features
    are all hidden, as their sums are those of the others; and a small whole hides all its parts.

    >>> def of(numerator):
    ...     return Reported(Fraction(1), Fraction(numerator), Fraction(90))
    >>> sorted(hidden({WHOLE: of(60), ("female", "", ""): of(3), ("male", "", ""): of(57)}, "percent"))
    [('female', '', ''), ('male', '', '')]
    """
    small = {part for part, reported in values.items() if is_small(reported, unit)}
    if not small or WHOLE in small:
        return frozenset(values if small else ())
    gone = small | {part for part in values if features(part) > 1}
    for feature in range(len(WHOLE)):
        alike = [part for part in values if part[feature] and features(part) == 1]
        rest = [part for part in alike if part not in gone]
        if len(alike) - len(rest) == 1 and rest:
            gone.add(min(rest, key=lambda part: people(values[part], unit) or (values[part].value,)))
    return frozenset(gone)


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
