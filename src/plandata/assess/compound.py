"""The second method: the same rate of change in every year, a straight line through the logarithms of the levels."""

import math
from fractions import Fraction

from plandata.assess.band import Band
from plandata.assess.method import Answer, Question, goal_of, within
from plandata.assess.settings import Settings
from plandata.assess.trend import theil_sen

# Logarithms are rounded, so two equal levels may differ by this much.
ROUNDING = 1e-12


def compound(question: Question, settings: Settings) -> Answer:
    """The compound rate: the straight line through the logarithms of the levels.

    >>> points = {2020: Fraction(100), 2021: Fraction(90)}
    >>> asked = Question(points, (2020, Fraction(100)), Band(high=Fraction(50)), 2021, 2025)
    >>> answer = compound(asked, Settings())
    >>> round(answer.required, 4), round(answer.observed, 4), round(answer.projected, 2), answer.verdict
    (-0.1294, -0.1, 59.05, 'lagging')
    """
    band, base = question.band, question.base
    levels = [*question.points.values(), *([base[1]] if base else []), *ends(band)]
    if min(levels) <= 0:
        return Answer(method="compound", applies=False)
    logs: dict[int, float] = {year - question.year: math.log(value) for year, value in question.points.items()}
    path, required, up = compound_path(question, settings)
    observed = projected = meets = None
    if len(logs) >= settings.min_points:
        slope, level = theil_sen(logs)
        end = slope * (question.target_year - question.year) + level
        observed, projected, meets = math.expm1(slope), exp(end), log_contains(band, end)
    return Answer("compound", True, path, required, observed, compound_needed(question), projected, up, meets)


def exp(power: float) -> float:
    """E to a power; a trend that runs away stops at a number that a float still holds."""
    return math.exp(min(power, 600.0))


def ends(band: Band) -> list[Fraction]:
    return [end for end in (band.low, band.high) if end is not None]


def compound_path(question: Question, settings: Settings) -> tuple[float | None, float | None, bool | None]:
    if question.base is None or not question.base[0] <= question.year < question.target_year:
        return None, None, None
    start, base = question.base
    band, goal = question.band, goal_of(question.band, base)
    origin = goal if band.contains(base) else base
    way, years = math.log(goal / origin), question.target_year - start
    level = math.log(origin) + way * (min(question.year, question.target_year) - start) / years
    slack = abs(way) * float(settings.path_tolerance) + ROUNDING
    logged = Band(log_of(band.low), log_of(band.high))
    return math.exp(level), math.expm1(way / years), within(math.log(question.value), logged, level, slack)


def log_of(end: Fraction | None) -> Fraction | None:
    return None if end is None else Fraction(math.log(end))


def compound_needed(question: Question) -> float | None:
    years = question.target_year - question.year
    if years <= 0:
        return None
    if question.band.contains(question.value):
        return 0.0
    return math.expm1(math.log(question.band.nearest(question.value) / question.value) / years)


def log_contains(band: Band, power: float) -> bool:
    """Whether e to a power lies in a band, rounding apart."""

    def beyond(end: Fraction, is_open: bool, sign: int) -> bool:
        distance = sign * (power - math.log(end))
        return distance > ROUNDING if is_open else distance >= -ROUNDING

    above = band.low is None or beyond(band.low, band.low_open, 1)
    return above and (band.high is None or beyond(band.high, band.high_open, -1))
