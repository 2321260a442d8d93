"""The judgement of one target: its status, its early warnings and remarks, and the reasons for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from plandata.assess.band import attainment, band_of, gap, no_rule, possible, size_of_change
from plandata.assess.chance import FEW, POOLED, chance
from plandata.assess.method import Question, cancelled_share, compound, linear, relative_range, theil_sen
from plandata.assess.model import (
    CHANGES,
    DIRECTIONAL,
    EACH_YEAR,
    YEARLY,
    Answer,
    Band,
    Judgement,
    Reason,
    Seen,
    Series,
    Target,
    Warned,
)
from plandata.settings import Settings
from plandata.text import Text
from plandata.words import Amount, Coded, Compared, Gap, Moved, Required, rounded, unit_between

METHODS: tuple[Callable[[Question, Settings], Answer], ...] = (linear, compound)
VOLATILE_POINTS = 3
HARDLY_MET = "hardly_met"
# The statuses that the straight line decides.
BY_TREND = ("on_track", "behind", "off_track")
# A direction that has lost all but this share of what it once gained is as good as lost.
NEARLY_LOST = Fraction(1, 5)
Asked = Callable[[int], Band | Reason]
# What a change in percent over several years is rounded to, so that an exact one is not missed by a hair.
PLACES = 9
# What the parts of a population are told apart by, in the order of PARTS.
FEATURES = (Text("sex", "性别"), Text("age", "年龄"), Text("area", "城乡"))


def judge_all(targets: Sequence[Target], seen: Mapping[str, Seen], year: int, settings: Settings) -> list[Judgement]:
    """The judgement of every target as of a year, from what was seen of it."""
    return [judge(target, seen.get(target.target_id, Seen()), year, settings) for target in targets]


def judge(target: Target, seen: Seen, year: int, settings: Settings) -> Judgement:
    """The judgement of a target as of a year, or as of its target year once that has passed.

    Where the judged year has no value, the newest of the years that may stand in for it is judged as of its own year.
    """
    allowed, year = standing_in(target, year, settings), min(year, target.target_year)
    levels = {y: seen.levels[y] for y in sorted(seen.levels) if target.counts_from <= y <= year}
    newest = max(levels, default=None)
    if newest is None or newest not in allowed:
        return unreported(target, seen, levels, year, settings)
    judged = replace(judge_at(target, seen, levels, newest, settings), year=year)
    return replace(judged, remarks=(*judged.remarks, *remarks(judged)))


def standing_in(target: Target, year: int, settings: Settings) -> range:
    """The years whose value may be judged: the judged one, or the target year where that lies before it, and those
    after the base year that may stand in.
    """
    last = min(year, target.target_year)
    earliest = max(year - settings.latest, target.base_year + 1, target.first_year + 1)
    return range(min(earliest, last), last + 1)


def unreported(target: Target, seen: Seen, levels: Series, year: int, settings: Settings) -> Judgement:
    """The judgement of a target without a value for the judged year; until the target year its last value warns."""
    if not seen.known:
        return Judgement(target, "no_data", Reason("no_data"), year, seen=seen)
    missing = Judgement(target, "not_reported", Reason("not_reported", {"year": year}), year, points=levels, seen=seen)
    if not levels:
        return missing
    last = max(levels)
    told = {"year": year, "last_year": last, "value": Amount(levels[last], target.unit)}
    warned = judge_at(target, seen, levels, last, settings).warnings
    warnings = tuple(w for w in warned if year < target.target_year or w.code != HARDLY_MET)
    return replace(missing, reason=Reason("not_reported_since", told), warnings=warnings)


def judge_at(target: Target, seen: Seen, levels: Series, year: int, settings: Settings) -> Judgement:
    """The judgement of a target from its value of a year and those before it."""
    value, before = levels[year], levels.get(year - 1)
    known = Judgement(
        target,
        "cannot_be_judged",
        Reason("base_year", {"year": year}),
        year,
        value=value,
        value_year=year,
        points=levels,
        base=base_of(target, levels),
        change=None if before is None else value - before,
        seen=seen,
    )
    judged = judge_yearly(known, year, settings) if target.basis in YEARLY else judge_level(known, year, settings)
    return replace(judged, warnings=(*judged.warnings, *series_warnings(target, levels, settings)))


def base_of(target: Target, levels: Series) -> tuple[int, Fraction] | None:
    """Where the path begins: 0 for a running total, the printed baseline of the base year, else its observation."""
    year = target.base_year
    if target.basis == "cumulative":
        return year, Fraction(0)
    if target.baseline is not None and (target.baseline_year or year) == year:
        return year, target.baseline
    return (year, levels[year]) if year in levels else None


def with_baseline(target: Target, levels: Series, last: int) -> dict[int, Fraction]:
    """The levels from the base year to a last one, with the printed baseline where its year has no observation."""
    both = dict(levels)
    if target.baseline is not None and target.basis != "cumulative":
        both.setdefault(target.baseline_year or target.base_year, target.baseline)
    return {year: both[year] for year in sorted(both) if target.base_year <= year <= last}


# Targets on a level


def judge_level(known: Judgement, year: int, settings: Settings) -> Judgement:
    """Status, reason and warnings of a target that asks for a level, or for a change that comes down to one.

    In its own base year no change can be judged, and before the plan no demand on every year.
    """
    target, base = known.target, known.base[1] if known.base else None
    if changes(target) and year <= target.base_year:
        return known

    def asked(y: int) -> Band | Reason:
        return band_of(target, base, settings, y, own_benchmark(known.seen, y))

    band = asked(year)
    each_year = target.timing in EACH_YEAR
    if isinstance(band, Reason) and not (each_year and band.code == "no_benchmark"):
        return replace(known, reason=band)
    if each_year and year <= target.first_year:
        return replace(known, reason=Reason("before_plan", {"year": year}))
    if isinstance(band, Band) and known.value is not None:
        extent = None if changes(target) else attainment(known.value, band)
        known = replace(known, band=band, gap=gap(known.value, band), attainment=extent)
    if each_year:
        return judge_each_year(known, asked, year, settings)
    return judge_by_band(replace(known, measurable=True), asked, year, settings)


def own_benchmark(seen: Seen, year: int) -> Fraction | None:
    """The level that a target is compared with in a year."""
    return seen.benchmark[year].value if year in seen.benchmark else None


def changes(target: Target) -> bool:
    """Whether a target asks for a change against its base year."""
    return target.basis in CHANGES or target.comparator in DIRECTIONAL


def judge_each_year(known: Judgement, asked: Asked, year: int, settings: Settings) -> Judgement:
    """Status, reason and warnings of a level that must hold in every year of the plan, a change in those after its base
    year.

    A year without a value, or without that of the benchmark, cannot be judged. The trend warns of it too.
    """
    target = known.target
    first = 1 + (max(target.first_year, target.base_year) if changes(target) else target.first_year)
    levels = {
        y: (known.points[y], own)
        for y in range(first, year + 1)
        if y in known.points and isinstance(own := asked(y), Band)
    }
    met = {y: levels[y][1].contains(levels[y][0]) if y in levels else None for y in range(first, year + 1)}
    amounts = {y: Amount(level, target.unit) for y, (level, _) in levels.items()}
    against = Compared(target.comparator, target.benchmark) if target.benchmark.zh else required(known)
    told = {"year": year, "band": against}
    if known.band is None:
        return judge_years(known, "each_year", met, told, {"values": amounts})
    question = question_of(known, known.band, year)
    answers = tuple(method(question, settings) for method in METHODS) if year < target.target_year else ()
    judged = judge_years(known, "each_year", met, told, {"values": amounts})
    warnings = judged.warnings or tuple(trend_warnings(replace(judged, answers=answers)))
    return replace(judged, answers=answers, warnings=warnings)


def judge_years(
    known: Judgement,
    code: str,
    met: Mapping[int, bool | None],
    told: Mapping[str, object],
    amounts: Mapping[str, Mapping[int, object]],
) -> Judgement:
    """Status, reason and warnings of what is demanded year by year.

    Each year's demand is due in that year: kept in all of them it is met, and one year that fell short cannot be made
    good. A year that cannot be judged (None) leaves the target unjudged, unless another has missed it. code begins the
    codes of the reasons, told is what they all say; amounts is what the years that missed it had, by name.
    """
    missed, lacking = (tuple(y for y, holds in met.items() if holds is outcome) for outcome in (False, None))
    if missed:
        had: dict[str, object] = {name: tuple(by_year[y] for y in missed) for name, by_year in amounts.items()}
        status, reason = "not_met", Reason(f"{code}_failed", {**told, "years": missed, **had})
    elif lacking:
        status, reason = "cannot_be_judged", Reason(f"{code}_missing", {**told, "years": lacking})
    else:
        status, reason = "met", Reason(f"{code}_held", told)
    open_yet = max(met) < known.target.target_year
    warnings = (Warned(HARDLY_MET, Reason("missed_already", {"years": missed})),) if missed and open_yet else ()
    return replace(known, status=status, reason=reason, measurable=bool(missed or not lacking), warnings=warnings)


def question_of(known: Judgement, band: Band, year: int) -> Question:
    """What the methods are asked of a target whose levels have a band."""
    target, points = known.target, with_baseline(known.target, known.points, year)
    if known.base is not None and known.base[0] <= year:
        points.setdefault(*known.base)
    points[year] = known.points[year]
    ordered = {y: points[y] for y in sorted(points)}
    return Question(ordered, known.base, band, year, target.target_year, possible(target))


def judge_by_band(known: Judgement, asked: Asked, year: int, settings: Settings) -> Judgement:
    """Status, reason and warnings of a target whose levels have a band in the judged year."""
    target = known.target
    if known.band is None:
        return known
    question = question_of(known, known.band, year)
    open_yet = year < target.target_year
    judged = replace(known, answers=tuple(method(question, settings) for method in METHODS) if open_yet else ())
    status = status_of(judged, question, asked, settings)
    reason = level_reason(replace(judged, status=status), question, asked, settings)
    judged = replace(judged, status=status, reason=reason)
    return replace(judged, warnings=tuple(trend_warnings(judged)))


def status_of(judged: Judgement, question: Question, asked: Asked, settings: Settings) -> str:
    """The first status that applies to a target whose levels have a band."""
    value, band, open_yet = question.value, question.band, question.years_left > 0
    if band.contains(value):
        return "met_early" if open_yet else "met"
    if nearly(judged.target, gap(value, band), band.nearest(value), settings):
        return "basically_met"
    if not open_yet:
        return "not_met"
    if met_before(question, asked) is not None:
        return "fell_back"
    if further_off(question, asked):
        return "regressed"
    straight = judged.linear
    return (straight and straight.verdict) or "cannot_be_judged"


def nearly(target: Target, missing: Fraction, end: Fraction, settings: Settings) -> bool:
    """Whether a level target is met in the main; what asks for a change is met by some change alone."""
    return bool(settings.basic_tolerance) and not changes(target) and missing <= settings.basic_tolerance * abs(end)


def met_before(question: Question, asked: Asked) -> int | None:
    """The newest year after the base year, and before the judged one, whose value met what was asked of it then."""
    first = question.base[0] if question.base else None
    years = (y for y, level in question.points.items() if y < question.year and holds(asked(y), level))
    return max((y for y in years if first is None or y > first), default=None)


def holds(band: Band | Reason, level: Fraction) -> bool:
    return isinstance(band, Band) and band.contains(level)


def further_off(question: Question, asked: Asked) -> bool:
    """Whether a value lies further from what is asked than an earlier base year lay from what was asked then."""
    base = question.base
    then = asked(base[0]) if base is not None and base[0] < question.year else None
    if base is None or not isinstance(then, Band):
        return False
    return gap(question.value, question.band) > gap(base[1], then)


def level_reason(judged: Judgement, question: Question, asked: Asked, settings: Settings) -> Reason:
    """The one sentence for the status of a target whose levels have a band."""
    target, code, straight = judged.target, judged.status, judged.linear
    values = facts(judged)
    if code == "cannot_be_judged":
        return Reason("few_points", values | {"count": len(question.points), "needed": settings.min_points})
    if code == "basically_met":
        values["tolerance"] = Amount(100 * settings.basic_tolerance, "percent")
    if code == "fell_back":
        values["met_year"] = met_before(question, asked)
    if code == "regressed" and judged.base is not None:
        values["base_year"] = judged.base[0]
    if straight is not None:
        values["projected"] = projection(straight, target.unit)
    return Reason(code, values)


def facts(judged: Judgement) -> dict[str, object]:
    """Value, year, band, gap and target year as reasons name them."""
    unit = judged.target.unit
    known: dict[str, object] = {
        "value": Amount(judged.value, unit),
        "year": judged.value_year,
        "target_year": judged.target.target_year,
    }
    if judged.band is None or judged.value is None:
        return known
    above = judged.band.high is not None and judged.value >= judged.band.high
    return known | {"band": required(judged), "gap": Gap(judged.gap or Fraction(0), unit_between(unit), above)}


def required(judged: Judgement) -> Required:
    """What a target asks for in the judged year; of a change with the word for it."""
    target = judged.target
    word = None
    if target.basis in CHANGES:
        word = Coded("basis", target.basis)
    elif target.comparator in DIRECTIONAL:
        word = Coded("comparator", target.comparator)
    return Required(judged.band or Band(), target.unit, word)


# Targets on a yearly change


def judge_yearly(known: Judgement, year: int, settings: Settings) -> Judgement:
    """Status, reason and warnings of a yearly change, from the levels up to a year.

    Required on average (timing end), the change since the base year is spread over the years.
    """
    target = known.target
    falls = target.basis == "annual_decrease"
    size = size_of_change(target, falls, settings)
    if size is None:
        return replace(known, reason=no_rule(target))
    if year <= target.base_year:
        return known
    levels = with_baseline(target, known.points, year) | ({} if known.base is None else dict([known.base]))
    told = {"basis": Coded("basis", target.basis), "band": Required(size, size_unit(target))}
    answer = yearly_answer(target, levels, falls, settings)
    known, told = replace(known, answers=(answer,)), {**told, "year": year}
    if target.timing in EACH_YEAR:
        return judge_every_change(known, levels, size, told, falls)
    return judge_mean_change(known, levels, size, told, falls, settings)


def size_unit(target: Target) -> str:
    """The unit of the size of a change: that which is printed, else that of the distance between two levels."""
    return target.change_unit or unit_between(target.unit)


def signed(target: Target, size: Fraction, falls: bool) -> Moved:
    """The size of a change in the wanted direction as a rise or a fall of the level."""
    return Moved(-size if falls else size, size_unit(target))


def rests(target: Target, levels: Series, year: int, falls: bool) -> bool:
    """Whether a change without a size is kept by resting at the end of what can be, where none is possible any more."""
    end = possible(target).low if falls else possible(target).high
    return target.value is None and end is not None and levels.get(year) == levels.get(year - 1) == end


def judge_every_change(
    known: Judgement, levels: Series, size: Band, told: Mapping[str, object], falls: bool
) -> Judgement:
    """Status and reason of a change that is due in every year; a missing year is bridged by the sum of two."""
    target, year = known.target, max(levels)
    moves = {y: change(target, levels, y, falls) for y in range(target.base_year + 1, year + 1)}
    met = {
        y: True if rests(target, levels, y, falls) else None if moved is None else size.contains(moved)
        for y, moved in moves.items()
    }
    amounts = {y: signed(target, moved, falls) for y, moved in moves.items() if moved is not None}
    judged = judge_years(known, "yearly", met, told, {"changes": amounts})
    bridged = tuple(y for y, moved in moves.items() if moved is not None and y not in levels)
    return replace(judged, remarks=(Warned("bridged", Reason("bridged", {"years": bridged})),) if bridged else ())


def judge_mean_change(
    known: Judgement, levels: Series, size: Band, told: Mapping[str, object], falls: bool, settings: Settings
) -> Judgement:
    """Status, reason and warnings of a change that is asked for on average since the base year.

    It can still be made good: behind where the trend leads to it, off track where it does not.
    """
    target, year = known.target, max(levels)
    mean = mean_change(target, levels, year, levels[year], falls)
    if mean is None:
        return replace(known, reason=Reason("average_missing", {**told, "base_year": target.base_year}))
    left, arrives = target.target_year - year, mean_arrives(target, levels, size, falls, settings)
    values = {**told, "change": signed(target, mean, falls), "base_year": target.base_year}
    if size.contains(mean):
        status, code = "met_early" if left > 0 else "met", "average_held"
    elif left <= 0:
        status, code = "not_met", "average_failed"
    elif mean < 0:
        status, code = "regressed", "average_failed"
    elif arrives is None:
        status, code = "cannot_be_judged", "average_failed"
    else:
        status, code = "behind" if arrives else "off_track", "average_failed"
    warnings = (Warned(HARDLY_MET, Reason("average_trend", values)),) if left > 0 and arrives is False else ()
    return replace(known, status=status, reason=Reason(code, values), measurable=True, warnings=warnings)


def mean_arrives(target: Target, levels: Series, size: Band, falls: bool, settings: Settings) -> bool | None:
    """Whether the trend leads to the change that is asked for on average; None without a trend."""
    if len(levels) < settings.min_points:
        return None
    slope, origin = theil_sen(levels)
    level = slope * target.target_year + origin
    low, high = possible(target).low, possible(target).high
    level = level if low is None else max(level, low)
    level = level if high is None else min(level, high)
    mean = mean_change(target, levels, target.target_year, level, falls)
    return mean is not None and size.contains(mean)


def mean_change(target: Target, levels: Series, year: int, level: Fraction, falls: bool) -> Fraction | None:
    """The size of the change a year from the base year to a level of a year."""
    if target.base_year not in levels:
        return None
    return yearly_size(target, levels[target.base_year], level, year - target.base_year, falls)


def change(target: Target, levels: Series, year: int, falls: bool) -> Fraction | None:
    """The size of the change of a year in the wanted direction.

    Where the year or the one before it has no value, it is that of a year in the two around the gap.
    """
    spans = [(year - 1, year), (year - 2, year)] if year in levels else [(year - 1, year + 1)]
    for before, after in spans:
        if before in levels and after in levels:
            return yearly_size(target, levels[before], levels[after], after - before, falls)
    return None


def yearly_size(target: Target, before: Fraction, after: Fraction, years: int, falls: bool) -> Fraction | None:
    """The size of a change a year in the wanted direction: in the target's unit the same each year, in percent the same
    share of the year before; None of 0 and below.
    """
    if target.change_unit != "percent":
        return (before - after if falls else after - before) / years
    if before <= 0 or after < 0:
        return None
    ratio = after / before if years == 1 else Fraction(f"{float(after / before) ** (1 / years):.{PLACES}f}")
    return 100 * (1 - ratio if falls else ratio - 1)


def yearly_answer(target: Target, levels: Series, falls: bool, settings: Settings) -> Answer:
    """The required yearly change beside that of the trend; a path or a projection would hide single years."""
    signed = None if target.value is None or target.change_unit == "percent" else target.value * (-1 if falls else 1)
    observed = theil_sen(levels)[0] if len(levels) >= settings.min_points else None
    return Answer(method="linear", required=signed, observed=observed)


def projection(answer: Answer, unit: str) -> Amount:
    """A projection as it is told: from 1 on with two decimals, as it is no measurement."""
    level = answer.projected
    return Amount(level if level is None or -1 < level < 1 else rounded(Fraction(level), 2), unit)


# Early warnings and remarks


def trend_warnings(judged: Judgement) -> Iterator[Warned]:
    """What the trend warns of, also where the target is met today."""
    straight = judged.linear
    if straight is not None and straight.meets is False:
        projected = projection(straight, judged.target.unit)
        yield Warned(HARDLY_MET, Reason("hardly_met", facts(judged) | {"projected": projected}))


def series_warnings(target: Target, levels: Series, settings: Settings) -> Iterator[Warned]:
    """What the observations themselves warn of: swings."""
    values = list(levels.values())
    if len(values) >= VOLATILE_POINTS:
        share, spread = cancelled_share(values), relative_range(values)
        if share > 0 and share >= settings.volatile_share and (spread is None or spread >= settings.volatile_range):
            told = {"share": Amount(100 * share, "percent")}
            if spread is None:
                yield Warned("volatile", Reason("volatile_about_none", told))
            else:
                yield Warned("volatile", Reason("volatile", told | {"range": Amount(100 * spread, "percent")}))


def remarks(judged: Judgement) -> Iterator[Warned]:
    """What a reader of the status must know beside it."""
    for code, told in (
        ("late_value", late_value(judged)),
        ("preliminary", preliminary(judged)),
        ("worsened", worsened(judged)),
        ("weaker_than_baseline", weaker_than_baseline(judged)),
        ("gain_nearly_lost", gain_nearly_lost(judged)),
        ("baseline_differs", baseline_differs(judged)),
        ("methods_disagree", methods_disagree(judged)),
    ):
        if told is not None:
            yield Warned(code, Reason(code, told))
    yield from apart(judged)
    yield from by_chance(judged)


Told = Mapping[str, object] | None


def late_value(judged: Judgement) -> Told:
    return {"year": judged.year, "value_year": judged.value_year} if judged.lags else None


def preliminary(judged: Judgement) -> Told:
    year, seen = judged.value_year, judged.seen
    read = [values[year] for values in (seen.whole, seen.benchmark) if year is not None and year in values]
    return {"year": year} if any(reported.preliminary for reported in read) else None


def worsened(judged: Judgement) -> Told:
    """The newest change where it leads away from what is better."""
    target, moved = judged.target, judged.change
    better = "higher" if target.basis == "cumulative" else target.better
    if moved is None or better == "none" or not (moved < 0 if better == "higher" else moved > 0):
        return None
    return {"year": judged.value_year, "change": Moved(moved, unit_between(target.unit))}


def weaker_than_baseline(judged: Judgement) -> Told:
    """A target on a level with one end that its own base year had already passed; about 60 is passed beyond 60."""
    target, band, base = judged.target, judged.band, judged.base
    if band is None or base is None or len(band.ends) != 1 or target.timing in EACH_YEAR:
        return None
    if changes(target) or target.basis == "cumulative" or target.benchmark.zh:
        return None
    limit = target.value if target.comparator == "approx" and target.value is not None else band.ends[0]
    if not (base[1] > limit if band.low is not None else base[1] < limit):
        return None
    return {"base_year": base[0], "base": Amount(base[1], target.unit), "band": required(judged)}


def gain_nearly_lost(judged: Judgement) -> Told:
    """A direction without a number that still holds, with little left of what had been gained."""
    target, base = judged.target, judged.base
    if not judged.met or base is None or judged.value is None or target.comparator not in ("increase", "decrease"):
        return None
    sign = -1 if target.comparator == "decrease" else 1
    gains = {y: sign * (level - base[1]) for y, level in judged.points.items() if y > base[0]}
    best = max(gains, key=lambda y: gains[y], default=base[0])
    left = sign * (judged.value - base[1])
    if best == judged.value_year or not 0 < left <= NEARLY_LOST * gains.get(best, Fraction(0)):
        return None
    unit = unit_between(target.unit)
    return {"left": Amount(left, unit), "best": Amount(gains[best], unit), "best_year": best}


def baseline_differs(judged: Judgement) -> Told:
    """An observation of the base year that is not the printed baseline from which the target counts."""
    target, base = judged.target, judged.base
    if base is None or target.baseline != base[1] or judged.points.get(base[0], base[1]) == base[1]:
        return None
    printed, observed = (Amount(level, target.unit) for level in (base[1], judged.points[base[0]]))
    return {"year": base[0], "printed": printed, "observed": observed}


def methods_disagree(judged: Judgement) -> Told:
    """The verdicts of the two methods on a target whose status goes by its trend, where they differ."""
    if judged.status not in BY_TREND or judged.agree is not False:
        return None
    return {answer.method: Coded("status", answer.verdict or "") for answer in judged.answers}


def apart(judged: Judgement) -> Iterator[Warned]:
    """How far the parts of the population lie apart in the year of the value."""
    unit = unit_between(judged.target.unit)
    for kind, gap_of in () if judged.value_year is None else judged.seen.apart(judged.value_year).items():
        by = tuple(name for name, has in zip(FEATURES, kind, strict=True) if has)
        yield Warned("apart", Reason("apart", {"by": by, "gap": Amount(gap_of, unit)}))


def by_chance(judged: Judgement) -> Iterator[Warned]:
    """What chance alone may do to a rate that rests on few events: its interval, and that of three years together."""
    target, year = judged.target, judged.value_year
    if year is None or year not in judged.seen.counts or judged.seen.counts[year][0] >= FEW:
        return
    single = chance(judged.seen.counts, year, target.unit)
    if single is None:
        return
    told = {"year": year, "events": single.events, "low": Amount(single.low, target.unit)}
    told |= {"high": Amount(single.high, target.unit)}
    yield Warned("by_chance", Reason("by_chance", told))
    pool = chance(judged.seen.counts, year, target.unit, POOLED)
    if pool is not None:
        ends = {"low": Amount(pool.low, target.unit), "high": Amount(pool.high, target.unit)}
        about = {"first_year": year - POOLED + 1, "year": year, "events": pool.events}
        yield Warned("pooled", Reason("pooled", {**about, "rate": Amount(pool.rate, target.unit), **ends}))
