"""Targets that ask for a change in every year: each year's change is judged by itself."""

from collections.abc import Mapping
from fractions import Fraction

from plandata.assess.band import Band, no_rule, size_of_change
from plandata.assess.early import series_warnings
from plandata.assess.judgement import Judgement, Warned, revised
from plandata.assess.method import Answer
from plandata.assess.reasons import Amount, Reason, Required
from plandata.assess.settings import Settings
from plandata.assess.targets import Target
from plandata.assess.trend import theil_sen


def judge_yearly(target: Target, seen: Mapping[int, Fraction], year: int, settings: Settings) -> Judgement:
    """The judgement of a change required in every year, from the levels of all years up to the judged one.

    One year that fell short cannot be made good. A year whose change cannot be computed leaves the target
    unjudged, unless another year has missed it already.
    """
    falls = target.basis == "annual_decrease"
    size = size_of_change(target, falls, settings)
    known = Judgement(
        target, "cannot_be_judged", Reason("base_year", {"year": year}), year, value=seen[year], points=seen
    )
    warnings = tuple(series_warnings(target, seen, settings))
    if size is None or year <= target.base_year:
        return with_status(known, "cannot_be_judged", no_rule(target) if size is None else known.reason, (), warnings)
    changes = {y: change(target, seen, y, falls) for y in range(target.base_year + 1, year + 1)}
    answers = (yearly_answer(target, seen, falls, settings),)
    status, reason = verdict(target, changes, size, year)
    if status == "lagging":
        warnings = (Warned("hardly_met", reason), *warnings)
    return with_status(known, status, reason, answers, warnings)


def with_status(
    known: Judgement, status: str, reason: Reason, answers: tuple[Answer, ...], warnings: tuple[Warned, ...]
) -> Judgement:
    """A judgement completed; what was judged at all can be counted as met or not met."""
    measurable = status != "cannot_be_judged"
    return revised(known, status=status, reason=reason, measurable=measurable, answers=answers, warnings=warnings)


def change(target: Target, seen: Mapping[int, Fraction], year: int, falls: bool) -> Fraction | None:
    """The size of one year's change in the wanted direction, in the target's unit or in percent of the year before."""
    if year not in seen or year - 1 not in seen:
        return None
    size = seen[year - 1] - seen[year] if falls else seen[year] - seen[year - 1]
    if target.change_unit != "percent":
        return size
    return 100 * size / seen[year - 1] if seen[year - 1] else None


def verdict(target: Target, changes: Mapping[int, Fraction | None], size: Band, year: int) -> tuple[str, Reason]:
    """Status and reason from the changes of all years up to the judged one."""
    unit = target.change_unit or target.unit
    known = {y: value for y, value in changes.items() if value is not None}
    failed = {y: value for y, value in known.items() if not size.contains(value)}
    values: dict[str, object] = {"basis": target.basis, "band": Required(size, unit), "year": year}
    if failed:
        amounts = tuple(Amount(value, unit) for value in failed.values())
        status = "lagging" if year < target.target_year else "not_met"
        return status, Reason("yearly_failed", values | {"years": tuple(failed), "changes": amounts})
    if len(known) < len(changes):
        lacking = tuple(y for y in changes if y not in known)
        return "cannot_be_judged", Reason("yearly_missing", values | {"years": lacking})
    return ("on_track" if year < target.target_year else "met"), Reason("yearly_held", values)


def yearly_answer(target: Target, seen: Mapping[int, Fraction], falls: bool, settings: Settings) -> Answer:
    """The required yearly change beside that of the trend; a path or a projection would hide single years."""
    signed = None if target.value is None or target.change_unit == "percent" else target.value * (-1 if falls else 1)
    observed = theil_sen(seen)[0] if len(seen) >= settings.min_points else None
    return Answer(method="linear", required=signed, observed=observed)
