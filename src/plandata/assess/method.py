"""The two methods: the same amount of change in every year (linear), and the same rate of change (compound).

Both are one straight line, drawn through the levels themselves or through their logarithms. Each compares
the value of the judged year with the path from the baseline to the target, and carries the Theil-Sen trend
of the known points on to the target year.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeVar

from plandata.assess.model import Answer, Band
from plandata.settings import Settings

Number = TypeVar("Number", Fraction, float)
# Logarithms are rounded, so two equal levels may differ by this much.
ROUNDING = 1e-12
# A trend that runs away stops at a power whose level a float still holds.
HIGHEST_POWER = 600.0
ANYTHING = Band()


@dataclass(frozen=True)
class Question:
    """What a method is asked: known points, baseline (year, level), band, judged year, target year, and what can be."""

    points: Mapping[int, Fraction]
    base: tuple[int, Fraction] | None
    band: Band
    year: int
    target_year: int
    possible: Band = ANYTHING

    @property
    def value(self) -> Fraction:
        return self.points[self.year]

    @property
    def years_left(self) -> int:
        return self.target_year - self.year

    @property
    def way(self) -> tuple[int, Fraction, Fraction] | None:
        """The year and the level where the path begins and the level where it ends, None where no baseline lies before
        the judged year or none before the target.

        A base that meets the target already must only not cross the nearer end of the band.
        """
        if self.base is None or self.base[0] > self.year or self.base[0] >= self.target_year:
            return None
        goal = self.band.nearest(self.base[1])
        return self.base[0], goal if self.band.contains(self.base[1]) else self.base[1], goal


def linear(question: Question, settings: Settings) -> Answer:
    """The straight line, in exact fractions.

    >>> points = {2020: Fraction(50), 2023: Fraction(56)}
    >>> asked = Question(points, (2020, Fraction(50)), Band(low=Fraction(60)), 2023, 2025)
    >>> answer = linear(asked, Settings())
    >>> answer.path, answer.required, answer.observed, answer.projected, answer.verdict
    (Fraction(56, 1), Fraction(2, 1), Fraction(2, 1), Fraction(60, 1), 'on_track')
    """
    path, required, up = linear_path(question, settings)
    observed = projected = meets = bound = None
    if len(question.points) >= settings.min_points:
        observed, level = theil_sen(question.points)
        projected, bound = bounded(question, observed * question.target_year + level)
        meets = question.band.contains(projected)
    return Answer("linear", True, path, required, observed, linear_needed(question), projected, up, meets, bound)


def bounded(question: Question, projected: Fraction) -> tuple[Fraction, str | None]:
    """A projection within what can be, and on the near side of no run: a series that only rose is not projected below
    its newest value, one that only fell not above it. With it what has bounded it, as in Answer.

    >>> asked = Question({2020: Fraction(90), 2022: Fraction(99)}, None, Band(), 2022, 2025, Band(high=Fraction(100)))
    >>> bounded(asked, Fraction(112))
    (Fraction(100, 1), 'possible')
    """
    kept = max(projected, question.value) if rises(question.points) else projected
    kept = min(kept, question.value) if falls(question.points) else kept
    low, high = question.possible.low, question.possible.high
    within = kept if low is None else max(kept, low)
    within = within if high is None else min(within, high)
    if within != kept:
        return within, "possible"
    return kept, "run" if kept != projected else None


def rises(points: Mapping[int, Number]) -> bool:
    """Whether a series never falls."""
    return all(b >= a for a, b in pairwise(points[year] for year in sorted(points)))


def falls(points: Mapping[int, Number]) -> bool:
    """Whether a series never rises."""
    return rises({year: -level for year, level in points.items()})


def linear_path(question: Question, settings: Settings) -> tuple[Fraction | None, Fraction | None, bool | None]:
    """The path's level in the judged year, its yearly change, and whether the value is up to it."""
    if question.way is None:
        return None, None, None
    start, origin, goal = question.way
    way, years = goal - origin, question.target_year - start
    level = origin + way * Fraction(question.year - start, years)
    slack = abs(way) * settings.path_tolerance
    return level, way / years, within(question.value, question.band, level, slack)


def within(value: Fraction | float, band: Band, level: Fraction | float, slack: Fraction | float) -> bool:
    """Whether a value lies between the path and the far end of the band."""
    above = band.low is None or value >= min(level, band.low) - slack
    below = band.high is None or value <= max(level, band.high) + slack
    return bool(above and below)


def linear_needed(question: Question) -> Fraction | None:
    """The yearly change from the judged year on that just leads to the target; None once no year is left."""
    if question.years_left <= 0:
        return None
    if question.band.contains(question.value):
        return Fraction(0)
    return (question.band.nearest(question.value) - question.value) / question.years_left


def compound(question: Question, settings: Settings) -> Answer:
    """The compound rate: the straight line through the logarithms of the levels.

    >>> points = {2020: Fraction(100), 2021: Fraction(90)}
    >>> asked = Question(points, (2020, Fraction(100)), Band(high=Fraction(50)), 2021, 2025)
    >>> answer = compound(asked, Settings())
    >>> round(answer.required, 4), round(answer.observed, 4), round(answer.projected, 2), answer.verdict
    (-0.1294, -0.1, 59.05, 'off_track')
    """
    levels = [*question.points.values(), *([question.base[1]] if question.base else []), *question.band.ends]
    if min(levels) <= 0:
        return Answer(method="compound", applies=False)
    logs: dict[int, float] = {year - question.year: math.log(value) for year, value in question.points.items()}
    path, required, up = compound_path(question, settings)
    observed = projected = meets = bound = None
    if len(logs) >= settings.min_points:
        slope, level = theil_sen(logs)
        power, bound = bounded_power(question, slope * question.years_left + level)
        observed, projected = math.expm1(slope), math.exp(min(power, HIGHEST_POWER))
        meets = log_contains(question.band, power)
    needed = compound_needed(question)
    return Answer("compound", True, path, required, observed, needed, projected, up, meets, bound)


def bounded_power(question: Question, power: float) -> tuple[float, str | None]:
    """What `bounded` says, of the logarithm of a projection."""
    newest = math.log(question.value)
    kept = max(power, newest) if rises(question.points) else power
    kept = min(kept, newest) if falls(question.points) else kept
    high = question.possible.high
    if high is not None and kept > math.log(high):
        return math.log(high), "possible"
    return kept, "run" if kept != power else None


def compound_path(question: Question, settings: Settings) -> tuple[float | None, float | None, bool | None]:
    """What linear_path says, along the logarithms."""
    if question.way is None or question.years_left <= 0:
        return None, None, None
    start, origin, goal = question.way
    way, years = math.log(goal / origin), question.target_year - start
    level = math.log(origin) + way * (question.year - start) / years
    slack = abs(way) * float(settings.path_tolerance) + ROUNDING
    logged = Band(log_of(question.band.low), log_of(question.band.high))
    return math.exp(level), math.expm1(way / years), within(math.log(question.value), logged, level, slack)


def log_of(end: Fraction | None) -> Fraction | None:
    return None if end is None else Fraction(math.log(end))


def compound_needed(question: Question) -> float | None:
    """The yearly rate from the judged year on that just leads to the target; None once no year is left."""
    if question.years_left <= 0:
        return None
    if question.band.contains(question.value):
        return 0.0
    return math.expm1(math.log(question.band.nearest(question.value) / question.value) / question.years_left)


def log_contains(band: Band, power: float) -> bool:
    """Whether e to a power lies in a band, rounding apart."""

    def beyond(end: Fraction, is_open: bool, sign: int) -> bool:
        distance = sign * (power - math.log(end))
        return distance > ROUNDING if is_open else distance >= -ROUNDING

    above = band.low is None or beyond(band.low, band.low_open, 1)
    return above and (band.high is None or beyond(band.high, band.high_open, -1))


def theil_sen(points: Mapping[int, Number]) -> tuple[Number, Number]:
    """Slope per year and level in year 0 of the Theil-Sen line of two or more points.

    The slope is the median of the slopes between all pairs of points, the level the median of what each
    point leaves over, so of five points one, however far off, cannot carry the line away (of many, 29 %).
    Theil (1950), Indagationes Mathematicae 12; Sen (1968), Journal of the American Statistical Association
    63, 1379-1389; the intercept is method "joint" of scipy.stats.theilslopes.

    >>> levels = {2020: 10, 2021: 12, 2022: 14, 2023: 16, 2024: 99}
    >>> slope, level = theil_sen({year: Fraction(value) for year, value in levels.items()})
    >>> slope, slope * 2025 + level
    (Fraction(2, 1), Fraction(20, 1))
    """
    slopes = [(points[b] - points[a]) / (b - a) for a, b in combinations(sorted(points), 2)]
    slope = median(slopes)
    return slope, median([value - slope * year for year, value in points.items()])


def median(values: Sequence[Number]) -> Number:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def cancelled_share(values: Sequence[Fraction]) -> Fraction:
    """The share of all movement between successive values that cancels out: 0 where it only rises or only falls.

    >>> cancelled_share([Fraction(10), Fraction(12), Fraction(9), Fraction(12)])
    Fraction(3, 4)
    """
    moves = [b - a for a, b in pairwise(values)]
    total = sum((abs(move) for move in moves), Fraction(0))
    return 1 - abs(sum(moves, Fraction(0))) / total if total else Fraction(0)


def relative_range(values: Sequence[Fraction]) -> Fraction | None:
    """Highest minus lowest value as a share of the median; None where the median is 0 and the values differ.

    >>> relative_range([Fraction(10), Fraction(12), Fraction(9)])
    Fraction(3, 10)
    """
    spread, middle = max(values) - min(values), median([abs(value) for value in values])
    if spread == 0:
        return Fraction(0)
    return spread / middle if middle else None
