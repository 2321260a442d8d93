"""What a target asks of the level of its indicator: a band of levels that meet it.

Every comparator and basis comes down to a band with a lower and an upper end, so that one test says
whether a value meets a target. All arithmetic is exact (fractions), so a value on the limit is judged right.
"""

from fractions import Fraction

from plandata.assess.model import CHANGES, DIRECTIONAL, Band, Reason, Target
from plandata.settings import Settings
from plandata.words import Amount, Coded

WHOLE = Fraction(100)


def size_band(comparator: str, value: Fraction, better: str, tolerance: Fraction) -> Band | None:
    """The band of a comparator with a number; None for a comparator that compares with none.

    A bare or approximate value is a level to reach: going beyond it in the better direction meets it too.

    >>> size_band("eq", Fraction(95), "higher", Fraction(0)).contains(Fraction(96))
    True
    """
    if comparator in ("ge", "gt"):
        return Band(low=value, low_open=comparator == "gt")
    if comparator in ("le", "lt"):
        return Band(high=value, high_open=comparator == "lt")
    if comparator not in ("eq", "approx"):
        return None
    slack = abs(value) * tolerance if comparator == "approx" else Fraction(0)
    return Band(
        low=value - slack if better != "lower" else None,
        high=value + slack if better != "higher" else None,
    )


def range_band(ends: tuple[Fraction, Fraction], better: str) -> Band:
    """The band of a printed range; going beyond the end that is better fails nobody.

    >>> range_band((Fraction(1), Fraction(2)), "higher").contains(Fraction(3))
    True
    """
    low, high = ends
    return Band(low=low if better != "lower" else None, high=high if better != "higher" else None)


def band_of(
    target: Target, base: Fraction | None, settings: Settings, year: int, benchmark: Fraction | None = None
) -> Band | Reason:
    """The levels that meet a target in a year, or the reason why it has none.

    base is the level of its base year, benchmark that of the quantity that it is compared with in the year.
    """
    if target.basis in CHANGES or target.comparator in DIRECTIONAL:
        if base is None:
            return Reason("no_baseline", {"base_year": target.base_year})
        return change_band(target, base, settings)
    if target.benchmark.zh and benchmark is None:
        return Reason("no_benchmark", {"benchmark": target.benchmark, "year": year})
    if target.comparator == "eliminate":
        return elimination_band(target, benchmark)
    if target.comparator == "universal" and target.unit == "percent":
        return Band(low=WHOLE)
    level = target.value if benchmark is None else benchmark
    if level is None:
        return no_rule(target)
    return own_band(target, level, target.better, settings) or no_rule(target)


def possible(target: Target) -> Band:
    """The levels that a target's indicator can have; a gross rate may pass 100 percent."""
    # Loaded here, so that help loads no Polars.
    from plandata.rules.observations import GROSS, HIGHEST

    if target.unit == "percentage_point":
        return Band()
    share = target.unit == "percent" and GROSS not in target.name.zh
    high = WHOLE if share else Fraction(HIGHEST[target.unit]) if target.unit in HIGHEST else None
    return Band(low=Fraction(0), high=high)


def gap(level: Fraction, band: Band) -> Fraction:
    """What a level lacks to the nearer end of a band; 0 inside it and on an open end.

    >>> gap(Fraction("94.7"), Band(low=Fraction(95)))
    Fraction(3, 10)
    """
    return Fraction(0) if band.contains(level) or not band.ends else abs(band.nearest(level) - level)


def attainment(level: Fraction, band: Band) -> Fraction | None:
    """How far a band is attained in percent (目标实现程度): level by target where more is asked for, target by level
    where less is, and to its nearer end where a level lies outside a range; at most 100.

    None where a ratio says nothing: an end or a level below 0, or a target of none.

    >>> attainment(Fraction(90), Band(low=Fraction(120))), attainment(Fraction(16), Band(high=Fraction(12)))
    (Fraction(75, 1), Fraction(75, 1))
    """
    if not band.ends or min(level, *band.ends) < 0:
        return None
    if band.contains(level):
        return WHOLE
    end = band.nearest(level)
    return WHOLE * min(level, end) / max(level, end) if end else None


def own_band(target: Target, value: Fraction, better: str, settings: Settings) -> Band | None:
    """The band of a target's comparator with a number, or of the printed range that it is an end of."""
    if target.ends is not None:
        return range_band(target.ends, better)
    return size_band(target.comparator, value, better, settings.approx_tolerance)


def elimination_band(target: Target, standard: Fraction | None) -> Band | Reason:
    """None is left, or the elimination standard is met; to eliminate in the main says nothing without a standard."""
    if standard is None and target.commitment == "general":
        return Reason("no_standard")
    return Band(high=standard or Fraction(0))


def change_band(target: Target, base: Fraction, settings: Settings) -> Band | Reason:
    """The band of a change against the base year's level."""
    if target.basis in CHANGES:
        return relative_band(target, base, settings)
    # Where the base year has reached the end of what can be, no change is possible, and to stay there meets it.
    low, high = possible(target).low, possible(target).high
    if target.comparator == "increase":
        return Band(low=base, low_open=high is None or base < high)
    if target.comparator == "decrease":
        return Band(high=base, high_open=low is None or base > low)
    if target.better == "none":
        return no_rule(target)
    return Band(low=base) if target.better == "higher" else Band(high=base)


def relative_band(target: Target, base: Fraction, settings: Settings) -> Band | Reason:
    """The levels that a change in percent of the base year's level leads to."""
    if base == 0:
        return Reason("zero_base", {"base_year": target.base_year})
    falls = target.basis == "relative_decrease"
    size = size_of_change(target, falls, settings)
    if size is None:
        return no_rule(target)

    def level(change: Fraction | None) -> Fraction | None:
        return None if change is None else base * (1 + (-change if falls else change) / 100)

    if falls:
        return Band(level(size.high), level(size.low), size.high_open, size.low_open)
    return Band(level(size.low), level(size.high), size.low_open, size.high_open)


def size_of_change(target: Target, falls: bool, settings: Settings) -> Band | None:
    """The band of the size of a change: more change in the wanted direction is better, and without a size any."""
    if target.value is None:
        return Band(low=Fraction(0), low_open=True) if target.comparator in DIRECTIONAL else None
    wanted = {"lower": falls, "higher": not falls}.get(target.better)
    better = "none" if wanted is None else "higher" if wanted else "lower"
    return own_band(target, target.value, better, settings)


def no_rule(target: Target) -> Reason:
    """The reason that the words of a target give nothing to measure by."""
    return Reason("no_rule", {"comparator": Coded("comparator", target.comparator), "unit": Amount(None, target.unit)})
