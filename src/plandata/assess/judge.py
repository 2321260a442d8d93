"""The judgement of one target: its status, its early warnings, and the reasons for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from plandata.assess.band import band_of, no_rule, size_of_change
from plandata.assess.method import Question, cancelled_share, compound, linear, relative_range, theil_sen
from plandata.assess.model import (
    CHANGES,
    DIRECTIONAL,
    YEARLY,
    Answer,
    Band,
    Judgement,
    Reason,
    Settings,
    Target,
    Warned,
)
from plandata.words import Amount, Coded, Required

Series = Mapping[int, Fraction]
NO_SERIES: Series = {}
NO_BENCHMARKS: Mapping[str, Series] = {}
# When a target must hold in every year, and not only in its own.
EACH_YEAR = ("yearly", "throughout")
METHODS: tuple[Callable[[Question, Settings], Answer], ...] = (linear, compound)
VOLATILE_POINTS = 3


def judge_all(
    targets: Sequence[Target],
    series: Mapping[str, Series],
    as_of: int,
    settings: Settings,
    benchmarks: Mapping[str, Series] = NO_BENCHMARKS,
) -> list[Judgement]:
    """The judgement of every target from the observations of each, and of the benchmark of each, by year."""
    reporting = {
        target.plan_id
        for target in targets
        if any(target.counts_from <= year <= as_of for year in series.get(target.target_id, ()))
    }
    return [
        judge(t, series.get(t.target_id, {}), t.plan_id in reporting, as_of, settings, benchmarks.get(t.target_id, {}))
        for t in targets
    ]


def judge(
    target: Target,
    series: Series,
    reports: bool,
    as_of: int,
    settings: Settings,
    benchmarks: Series = NO_SERIES,
) -> Judgement:
    """The judgement of a target as of a year from its observations by year, and from those of its benchmark.

    reports tells whether the plan has any observation up to that year.
    """
    year = min(as_of, target.target_year)
    seen = {y: value for y, value in sorted(series.items()) if target.counts_from <= y <= year}
    if year not in seen:
        status = "not_reported" if reports else "no_data"
        return Judgement(target, status, missing(target, seen, year, reports), year, points=seen)
    unjudged = Reason("base_year", {"year": year})
    known = Judgement(target, "cannot_be_judged", unjudged, year, value=seen[year], points=seen)
    warnings = tuple(series_warnings(target, seen, settings))
    judged = judge_yearly(known, settings) if target.basis in YEARLY else judge_level(known, settings, benchmarks)
    return replace(judged, warnings=(*judged.warnings, *warnings))


def missing(target: Target, seen: Series, year: int, reports: bool) -> Reason:
    """Why there is no value to judge."""
    if not reports:
        return Reason("no_data", {"year": year})
    if not seen:
        return Reason("not_reported", {"year": year})
    last = max(seen)
    return Reason("not_reported_since", {"year": year, "last_year": last, "value": Amount(seen[last], target.unit)})


def judge_level(known: Judgement, settings: Settings, benchmarks: Series) -> Judgement:
    """Status, reason and warnings of a target that asks for a level, or for a change that comes down to one.

    In its own base year no change can be judged.
    """
    target = known.target
    known = replace(known, base=base_of(target, known.points))
    if (target.basis in CHANGES or target.comparator in DIRECTIONAL) and known.year <= target.base_year:
        return known
    base = known.base[1] if known.base else None
    band = band_of(target, base, settings, known.year, benchmarks.get(known.year))
    if isinstance(band, Reason):
        return replace(known, reason=band)
    if target.timing in EACH_YEAR and known.year > target.first_year:
        years = range(target.first_year + 1, known.year + 1)
        bands = {year: band_of(target, base, settings, year, benchmarks.get(year)) for year in years}
        return judge_each_year(replace(known, band=band), band, bands)
    return judge_by_band(replace(known, band=band, measurable=True), band, settings)


def judge_each_year(known: Judgement, band: Band, bands: Mapping[int, Band | Reason]) -> Judgement:
    """Status, reason and warnings of a level that must hold in every year of the plan.

    A year without a value, or without that of the benchmark, cannot be judged. band is that of the judged year.
    """
    target = known.target
    levels = {y: (known.points[y], own) for y, own in bands.items() if y in known.points and isinstance(own, Band)}
    met = {y: own.contains(level) for y, (level, own) in levels.items()}
    amounts = {y: Amount(level, target.unit) for y, (level, _) in levels.items()}
    told = {"timing": Coded("timing", target.timing), "band": Required(band, target.unit), "year": known.year}
    return judge_years(known, "each_year", {y: met.get(y) for y in bands}, told, {"values": amounts})


def judge_years(
    known: Judgement,
    code: str,
    met: Mapping[int, bool | None],
    told: Mapping[str, object],
    amounts: Mapping[str, Mapping[int, Amount]],
) -> Judgement:
    """Status, reason and warnings of what is demanded year by year.

    One year that fell short cannot be made good. A year that cannot be judged (None) leaves the target unjudged,
    unless another has missed it already. code begins the codes of the reasons, told is what they all say; amounts
    is what the years that missed it had, by its name in the wording.
    """
    ended = known.year >= known.target.target_year
    missed, lacking = (tuple(y for y, holds in met.items() if holds is outcome) for outcome in (False, None))
    if missed:
        had = {name: tuple(by_year[y] for y in missed) for name, by_year in amounts.items()}
        status, reason = "not_met" if ended else "lagging", Reason(f"{code}_failed", {**told, "years": missed, **had})
    elif lacking:
        status, reason = "cannot_be_judged", Reason(f"{code}_missing", {**told, "years": lacking})
    else:
        status, reason = "met" if ended else "on_track", Reason(f"{code}_held", told)
    warnings = (Warned("hardly_met", reason),) if status == "lagging" else ()
    return replace(known, status=status, reason=reason, measurable=bool(missed or not lacking), warnings=warnings)


def base_of(target: Target, seen: Series) -> tuple[int, Fraction] | None:
    """Where the path begins: 0 for a running total, the printed baseline, else the observation of the base year."""
    year = target.base_year
    if target.basis == "cumulative":
        return year, Fraction(0)
    if target.baseline is not None and (target.baseline_year or year) == year:
        return year, target.baseline
    return (year, seen[year]) if year in seen else None


def judge_by_band(known: Judgement, band: Band, settings: Settings) -> Judgement:
    """Status, reason and warnings of a target whose levels have a band."""
    target, year = known.target, known.year
    levels = {**({} if known.base is None else {known.base[0]: known.base[1]}), **known.points}
    points = {y: levels[y] for y in sorted(levels) if y <= year}
    question = Question(points, known.base, band, year, target.target_year)
    open_yet = year < target.target_year
    answers = tuple(method(question, settings) for method in METHODS) if open_yet else ()
    if band.contains(question.value):
        status = "met_early" if open_yet else "met"
    else:
        status = (answers[0].verdict or "cannot_be_judged") if open_yet else "not_met"
    judged = replace(known, status=status, answers=answers)
    reason = level_reason(judged, len(points), settings)
    return replace(judged, reason=reason, warnings=tuple(trend_warnings(judged)))


def level_reason(judged: Judgement, count: int, settings: Settings) -> Reason:
    """The reason for the status of a target whose levels have a band; count is the number of known points."""
    code, values, answer = judged.status, facts(judged), judged.linear
    if code == "cannot_be_judged":
        return Reason("few_points", values | {"count": count, "needed": settings.min_points})
    if code not in ("on_track", "lagging") or answer is None:
        return Reason(code, values)
    values["projected"] = Amount(answer.projected, judged.target.unit)
    if answer.path is None:
        return Reason(f"{code}_by_trend", values)
    values["path"] = Amount(answer.path, judged.target.unit)
    if code == "on_track":
        return Reason(code, values)
    if answer.up_to_path:
        return Reason("trend_misses", values)
    return Reason("behind_line" if answer.meets else "behind_and_misses", values)


def facts(judged: Judgement) -> dict[str, object]:
    """Value, year, band and target year as reasons name them."""
    unit = judged.target.unit
    known = {"value": Amount(judged.value, unit), "year": judged.year, "target_year": judged.target.target_year}
    return known if judged.band is None else known | {"band": Required(judged.band, unit)}


def judge_yearly(known: Judgement, settings: Settings) -> Judgement:
    """Status, reason and warnings of a yearly change, from the levels up to the judged year.

    Required on average (timing end), the change since the base year is spread over the years.
    """
    target, year = known.target, known.year
    falls = target.basis == "annual_decrease"
    size = size_of_change(target, falls, settings)
    if size is None:
        return replace(known, reason=no_rule(target))
    if year <= target.base_year:
        return known
    if target.timing in EACH_YEAR:
        changes = {y: change(target, known.points, y, falls) for y in range(target.base_year + 1, year + 1)}
    else:
        changes = {year: mean_change(target, known, falls)}
    unit = target.change_unit or target.unit
    met = {y: None if value is None else size.contains(value) for y, value in changes.items()}
    amounts = {y: Amount(value, unit) for y, value in changes.items()}
    told = {"basis": Coded("basis", target.basis), "band": Required(size, unit), "year": year}
    judged = judge_years(known, "yearly", met, told, {"changes": amounts})
    return replace(judged, answers=(yearly_answer(target, known.points, falls, settings),))


def change(target: Target, seen: Series, year: int, falls: bool) -> Fraction | None:
    """The size of one year's change in the wanted direction, in the target's unit or in percent of the year before."""
    if year not in seen or year - 1 not in seen:
        return None
    return size_between(target, seen[year - 1], seen[year], falls)


def mean_change(target: Target, known: Judgement, falls: bool) -> Fraction | None:
    """The size of the change a year since the base year in the wanted direction, in the target's unit or in percent of
    the base.
    """
    base = base_of(target, known.points)
    if base is None or known.value is None:
        return None
    size = size_between(target, base[1], known.value, falls)
    return None if size is None else size / (known.year - base[0])


def size_between(target: Target, before: Fraction, after: Fraction, falls: bool) -> Fraction | None:
    """The size of a change in the wanted direction, in the target's unit or in percent of the level before."""
    size = before - after if falls else after - before
    if target.change_unit != "percent":
        return size
    return 100 * size / before if before else None


def yearly_answer(target: Target, seen: Series, falls: bool, settings: Settings) -> Answer:
    """The required yearly change beside that of the trend; a path or a projection would hide single years."""
    signed = None if target.value is None or target.change_unit == "percent" else target.value * (-1 if falls else 1)
    observed = theil_sen(seen)[0] if len(seen) >= settings.min_points else None
    return Answer(method="linear", required=signed, observed=observed)


def trend_warnings(judged: Judgement) -> Iterator[Warned]:
    """What the two methods warn of."""
    straight = judged.linear
    if straight is not None and straight.meets is False:
        projected = Amount(straight.projected, judged.target.unit)
        yield Warned("hardly_met", Reason("hardly_met", facts(judged) | {"projected": projected}))
    if judged.agree is False:
        verdicts = {answer.method: Coded("status", answer.verdict or "") for answer in judged.answers}
        yield Warned("methods_disagree", Reason("methods_disagree", verdicts))


def series_warnings(target: Target, seen: Series, settings: Settings) -> Iterator[Warned]:
    """What the observations themselves warn of: swings, and a baseline that differs from the printed one."""
    values = list(seen.values())
    if len(values) >= VOLATILE_POINTS:
        share, spread = cancelled_share(values), relative_range(values)
        if share > 0 and share >= settings.volatile_share and (spread is None or spread >= settings.volatile_range):
            wide = "∞" if spread is None else Amount(100 * spread, "percent")
            yield Warned("volatile", Reason("volatile", {"share": Amount(100 * share, "percent"), "range": wide}))
    year = target.baseline_year
    if year is not None and year in seen and target.baseline not in (None, seen[year]):
        printed, observed = Amount(target.baseline, target.unit), Amount(seen[year], target.unit)
        told = {"year": year, "printed": printed, "observed": observed}
        yield Warned("baseline_differs", Reason("baseline_differs", told))
