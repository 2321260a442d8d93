"""The judgement of one target: its status, its early warnings, and the reasons for them."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from plandata.assess.band import DIRECTIONAL, Band, band_of
from plandata.assess.compound import compound
from plandata.assess.early import series_warnings, trend_warnings
from plandata.assess.judgement import Judgement, as_fraction, facts, revised
from plandata.assess.method import Answer, Question, linear
from plandata.assess.reasons import Amount, Reason
from plandata.assess.settings import Settings
from plandata.assess.targets import CHANGES, YEARLY, Target
from plandata.assess.yearly import judge_yearly

METHODS: tuple[Callable[[Question, Settings], Answer], ...] = (linear, compound)


def judge(target: Target, series: Mapping[int, Fraction], reports: bool, as_of: int, settings: Settings) -> Judgement:
    """The judgement of a target as of a year from its observations by year.

    reports tells whether the plan has any observation up to that year.
    """
    year = min(as_of, target.target_year)
    seen = {y: value for y, value in sorted(series.items()) if first_year(target) <= y <= year}
    if year not in seen:
        return Judgement(
            target, "not_reported" if reports else "no_data", missing(target, seen, year, reports), year, points=seen
        )
    if target.basis in YEARLY:
        return judge_yearly(target, seen, year, settings)
    base = base_of(target, seen)
    known = Judgement(target, "cannot_be_judged", Reason("no_data"), year, value=seen[year], points=seen, base=base)
    band = base_year_reason(target, year) or band_of(target, base[1] if base else None, settings)
    if isinstance(band, Reason):
        return revised(known, reason=band, warnings=tuple(series_warnings(target, seen, settings)))
    return judge_level(known, band, settings)


def first_year(target: Target) -> int:
    """The earliest year whose value counts: the base year, or the year before the plan where that is earlier."""
    return min(target.base_year, target.first_year)


def missing(target: Target, seen: Mapping[int, Fraction], year: int, reports: bool) -> Reason:
    """Why there is no value to judge."""
    if not reports:
        return Reason("no_data", {"year": year})
    if not seen:
        return Reason("not_reported", {"year": year})
    last = max(seen)
    return Reason("not_reported_since", {"year": year, "last_year": last, "value": Amount(seen[last], target.unit)})


def base_of(target: Target, seen: Mapping[int, Fraction]) -> tuple[int, Fraction] | None:
    """Where the path begins: 0 for a running total, the printed baseline, else the observation of the base year."""
    year = target.base_year
    if target.basis == "cumulative":
        return year, Fraction(0)
    if target.baseline is not None and (target.baseline_year or year) == year:
        return year, target.baseline
    return (year, seen[year]) if year in seen else None


def base_year_reason(target: Target, year: int) -> Reason | None:
    """In its own base year no change can be judged."""
    if (target.basis in CHANGES or target.comparator in DIRECTIONAL) and year <= target.base_year:
        return Reason("base_year", {"year": year})
    return None


def judge_level(known: Judgement, band: Band, settings: Settings) -> Judgement:
    """Status and warnings of a target whose levels have a band."""
    target, seen, year = known.target, dict(known.points or {}), known.year
    points = seen if known.base is None else {known.base[0]: known.base[1]} | seen
    question = Question({y: points[y] for y in sorted(points) if y <= year}, known.base, band, year, target.target_year)
    open_yet = year < target.target_year
    answers = tuple(method(question, settings) for method in METHODS) if open_yet else ()
    met = band.contains(question.value)
    if met:
        status = "met_early" if open_yet else "met"
    elif not open_yet:
        status = "not_met"
    else:
        status = answers[0].verdict or "cannot_be_judged"
    judged = revised(known, status=status, measurable=True, band=band, answers=answers)
    warnings = (*trend_warnings(judged), *series_warnings(target, seen, settings))
    return revised(judged, warnings=warnings, reason=level_reason(judged, len(question.points), settings))


def level_reason(judged: Judgement, count: int, settings: Settings) -> Reason:
    """The reason for the status of a target whose levels have a band."""
    target, code = judged.target, judged.status
    values = facts(judged)
    if code == "cannot_be_judged":
        return Reason("few_points", values | {"count": count, "needed": settings.min_points})
    if code not in ("on_track", "lagging"):
        return Reason(code, values)
    answer = judged.answers[0]
    values["projected"] = Amount(as_fraction(answer.projected), target.unit)
    if answer.path is None:
        return Reason(f"{code}_by_trend", values)
    values["path"] = Amount(as_fraction(answer.path), target.unit)
    if code == "on_track":
        return Reason(code, values)
    if answer.up_to_path:
        return Reason("trend_misses", values)
    return Reason("behind_line" if answer.meets else "behind_and_misses", values)
