"""Rare events: how far a rate that rests on a few cases can swing by chance alone.

The exact Poisson interval (Garwood 1936, Biometrika 28, 437-442): the means under which so many events or more, and so
many or fewer, would come about with a probability of 2.5 % each.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from plandata.assess.model import Band

# Under so many events a change from year to year says little.
FEW = 20
# The years whose events are pooled.
POOLED = 3
CONFIDENCE = 0.95
STEPS = 80
# The units of rates that count rare events; shares of a whole are not among them.
RATES = ("per_mille", "per_10k", "per_100k")


@dataclass(frozen=True)
class Chance:
    """The events of some years up to the judged one, their rate, and its interval, in the unit of the target."""

    years: int
    events: Fraction
    rate: Fraction
    low: float
    high: float

    def holds(self, band: Band) -> bool:
        """Whether an end of a band lies in the interval, so that chance alone could make it met or missed."""
        return any(self.low <= end <= self.high for end in band.ends)


def chance(counts: Mapping[int, tuple[Fraction, Fraction]], year: int, unit: str, years: int = 1) -> Chance | None:
    """The events of the years up to one, pooled; None where one lacks its counts or the unit counts no events.

    >>> found = chance({2023: (Fraction(3), Fraction(26549))}, 2023, "per_100k")
    >>> float(round(found.rate, 1)), round(found.low, 1), round(found.high, 1)
    (11.3, 2.3, 33.0)
    """
    # Loaded here, so that help loads no Polars.
    from plandata.rules.observations import OUT_OF

    pooled = [counts[y] for y in range(year - years + 1, year + 1) if y in counts]
    events, exposure = (sum((pair[n] for pair in pooled), Fraction(0)) for n in (0, 1))
    if unit not in RATES or len(pooled) < years or exposure <= 0 or events.denominator != 1:
        return None
    scale = OUT_OF[unit] / exposure
    low, high = poisson_interval(int(events))
    return Chance(years, events, events * scale, low * float(scale), high * float(scale))


def poisson_interval(events: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The exact interval of the mean of a Poisson count, by default of 95 %.

    >>> [tuple(round(end, 3) for end in poisson_interval(events)) for events in (0, 1, 10)]
    [(0.0, 3.689), (0.025, 5.572), (4.795, 18.39)]
    """
    tail = (1 - confidence) / 2
    widest = events + 10.0 * math.sqrt(events + 1) + 10.0
    low = 0.0 if events == 0 else crossing(lambda mean: 1 - at_most(events - 1, mean) - tail, widest)
    return low, crossing(lambda mean: tail - at_most(events, mean), widest)


def crossing(rising: Callable[[float], float], high: float) -> float:
    """Where a function that rises from below 0 crosses it, between 0 and a number."""
    low = 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return high


def at_most(events: int, mean: float) -> float:
    """The probability of at most so many events of a Poisson count with a mean."""
    return (
        math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(events + 1)) if mean else 1.0
    )
