"""What a method is asked and what it answers, and the first method: the same amount of change in every year.

Both methods are one straight line, drawn through the levels themselves or through their logarithms. Each compares
the value of the judged year with the path from the baseline to the target, and carries the Theil-Sen trend
of the known points on to the target year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from plandata.assess.band import Band
from plandata.assess.settings import Settings
from plandata.assess.trend import theil_sen


@dataclass(frozen=True)
class Question:
    """What a method is asked: known points, baseline (year, level), band, judged year and target year."""

    points: Mapping[int, Fraction]
    base: tuple[int, Fraction] | None
    band: Band
    year: int
    target_year: int

    @property
    def value(self) -> Fraction:
        return self.points[self.year]


@dataclass(frozen=True)
class Answer:
    """What a method finds. Changes are per year: an amount (linear) or a rate (compound, 0.02 = 2 % a year).

    path is the level that the line from the baseline asks for in the judged year; required its yearly
    change; observed that of the trend; needed the change from now on that would just meet the target;
    projected the trend's level in the target year. up_to_path and meets say how value and projection stand
    to path and target; None is what cannot be said. applies is False where logarithms do not exist.
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

    @property
    def verdict(self) -> str | None:
        """on_track where nothing speaks against it, lagging where path or trend does, None without a trend."""
        if self.meets is None:
            return None
        return "on_track" if self.meets and self.up_to_path is not False else "lagging"


def linear(question: Question, settings: Settings) -> Answer:
    """The straight line, in exact fractions.

    >>> points = {2020: Fraction(50), 2023: Fraction(56)}
    >>> asked = Question(points, (2020, Fraction(50)), Band(low=Fraction(60)), 2023, 2025)
    >>> answer = linear(asked, Settings())
    >>> answer.path, answer.required, answer.observed, answer.projected, answer.verdict
    (Fraction(56, 1), Fraction(2, 1), Fraction(2, 1), Fraction(60, 1), 'on_track')
    """
    path, required, up = path_of(question, settings)
    observed, projected = trend_of(question.points, question.target_year, settings)
    return Answer(
        method="linear",
        path=path,
        required=required,
        observed=observed,
        needed=needed_of(question),
        projected=projected,
        up_to_path=up,
        meets=None if projected is None else question.band.contains(projected),
    )


def path_of(question: Question, settings: Settings) -> tuple[Fraction | None, Fraction | None, bool | None]:
    """The path's level in the judged year, its yearly change, and whether the value is up to it."""
    if question.base is None or not question.base[0] <= question.year:
        return None, None, None
    start, base = question.base
    band, goal = question.band, goal_of(question.band, base)
    origin = goal if band.contains(base) else base
    way, years = goal - origin, question.target_year - start
    if years <= 0:
        return None, None, None
    level = origin + way * Fraction(min(question.year, question.target_year) - start, years)
    slack = abs(way) * settings.path_tolerance
    return level, way / years, within(question.value, band, level, slack)


def goal_of(band: Band, base: Fraction) -> Fraction:
    """The end of the band that a path from the base leads to, or must not cross where the base meets the target."""
    return band.nearest(base)


def within(value: Fraction | float, band: Band, level: Fraction | float, slack: Fraction | float) -> bool:
    """Whether a value lies between the path and the far end of the band."""
    above = band.low is None or value >= min(level, band.low) - slack
    below = band.high is None or value <= max(level, band.high) + slack
    return bool(above and below)


def trend_of(points: Mapping[int, Fraction], year: int, settings: Settings) -> tuple[Fraction | None, Fraction | None]:
    """Yearly change of the trend and its level in a year; None for too few points."""
    if len(points) < settings.min_points:
        return None, None
    slope, level = theil_sen(points)
    return slope, slope * year + level


def needed_of(question: Question) -> Fraction | None:
    """The yearly change from the judged year on that just leads to the target; None once no year is left."""
    years = question.target_year - question.year
    if years <= 0:
        return None
    if question.band.contains(question.value):
        return Fraction(0)
    return (question.band.nearest(question.value) - question.value) / years
