"""Trends and swings of a short series of yearly values."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeVar

Number = TypeVar("Number", Fraction, float)


def median(values: Sequence[Number]) -> Number:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


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
