"""What was reported of each target, whole and in parts, and which of it rests on counts under five.

A count under five could tell of single people. What is published hides it, every value computed from it, and of a
breakdown that would otherwise give it away by subtraction a second cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from plandata.assess.model import Target
from plandata.files import OBSERVATIONS_BYTES, read_file
from plandata.monitor.publish import FEWEST, PEOPLE, Small
from plandata.package.reader import read_sheet
from plandata.schema import Schemas
from plandata.tables import Row, as_rows


@dataclass(frozen=True)
class Reported:
    """One reported value: of whom (empty for all), of which year, with its counts."""

    sex: str
    age_group: str
    area: str
    year: int
    value: Fraction
    numerator: Fraction | None
    denominator: Fraction | None
    unit: str

    @property
    def part(self) -> tuple[str, str, str]:
        """Of whom: sex, age group, area."""
        return self.sex, self.age_group, self.area

    @property
    def whole(self) -> bool:
        return not any(self.part)

    @property
    def counts(self) -> tuple[Fraction, ...]:
        """The counts of people that it is or rests on."""
        own = [self.value] if self.unit in PEOPLE else []
        return tuple(count for count in (*own, self.numerator, self.denominator) if count is not None)

    @property
    def small(self) -> bool:
        return any(0 < count < FEWEST for count in self.counts)

    def few(self, number: Fraction) -> bool:
        """Whether a number is one of its counts, and small."""
        return number in self.counts and 0 < number < FEWEST


Values = Mapping[str, Sequence[Reported]]


def reported(path: Path, schemas: Schemas, targets: Iterable[Target]) -> tuple[Values, Values]:
    """What a sound file holds of each target, by its id, and of the quantity that it is compared with.

    Of several revisions of a value the highest counts. Raises OSError where the file cannot be opened.
    """
    sheet = read_sheet(read_file(path, OBSERVATIONS_BYTES), str(path), schemas.observations)
    found: dict[tuple[str, ...], list[Reported]] = {}
    for row in newest(as_rows(sheet.frame)):
        found.setdefault((row["place_id"], row["indicator_id"], row["scope"], row["unit_of_measure"]), []).append(
            reported_in(row)
        )
    levels, benchmarks = {}, {}
    for target in targets:
        levels[target.target_id] = of_scopes(found, target, (target.scope.zh, target.scope.en))
        named = [name for name in (target.benchmark.zh, target.benchmark.en) if name]
        benchmarks[target.target_id] = of_scopes(found, target, named)
    return levels, benchmarks


def newest(rows: Iterable[Row]) -> Iterator[Row]:
    """Each row that no later revision corrects."""
    kept: dict[tuple[str, ...], Row] = {}
    keys = ("place_id", "indicator_id", "scope", "sex", "age_group", "area", "year")
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key not in kept or int(row["revision"] or 0) >= int(kept[key]["revision"] or 0):
            kept[key] = row
    yield from kept.values()


def reported_in(row: Row) -> Reported:
    """The value in a row."""
    above, below = (Fraction(row[name]) if row[name] else None for name in ("numerator", "denominator"))
    return Reported(
        row["sex"], row["age_group"], row["area"], int(row["year"]), Fraction(row["value"]), above, below,
        row["unit_of_measure"],
    )  # fmt: skip


def of_scopes(found: Mapping[tuple[str, ...], list[Reported]], target: Target, scopes: Iterable[str]) -> list[Reported]:
    """The values of a target's place, indicator and unit that stand under one of some names of a scope."""
    asked = (target.place_id, target.indicator_id)
    return [value for scope in dict.fromkeys(scopes) for value in found.get((*asked, scope, target.unit), ())]


def compared(small: Small, benchmarks: Values) -> Small:
    """What is not published, with the years in which a target is compared with a small value: its gap would tell it."""
    values = {target: set(years) for target, years in small.values.items()}
    for target, own in benchmarks.items():
        values.setdefault(target, set()).update(value.year for value in own if value.small)
    return replace(small, values={target: frozenset(years) for target, years in values.items() if years})


def hidden(values: Sequence[Reported]) -> frozenset[Reported]:
    """Which of the values of one year, the whole and its parts, are not published.

    Of parts that one feature tells apart the next smallest is hidden with a lone small one; parts by several features
    are all hidden, as their sums are those of the others; and a small whole hides all its parts.

    >>> def of(sex, numerator):
    ...     return Reported(sex, "", "", 2023, Fraction(1), Fraction(numerator), Fraction(90), "percent")
    >>> sorted(value.sex for value in hidden([of("", 60), of("female", 3), of("male", 57)]))
    ['female', 'male']
    """
    small = {value for value in values if value.small}
    if not small:
        return frozenset()
    if any(value.whole for value in small):
        return frozenset(values)
    gone = small | {value for value in values if sum(map(bool, value.part)) > 1}
    for feature in range(3):
        alike = [value for value in values if value.part[feature] and sum(map(bool, value.part)) == 1]
        rest = [value for value in alike if value not in gone]
        if len(alike) - len(rest) == 1 and rest:
            gone.add(min(rest, key=lambda value: value.counts or (value.value,)))
    return frozenset(gone)
