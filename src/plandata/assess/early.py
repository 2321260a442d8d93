"""Early warnings, which stand beside a status and change nothing in it."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from plandata.assess.judgement import Judgement, Warned, as_fraction, facts
from plandata.assess.reasons import Amount, Reason, figure
from plandata.assess.settings import Settings
from plandata.assess.targets import Target
from plandata.assess.trend import cancelled_share, relative_range

VOLATILE_POINTS = 3


def trend_warnings(judged: Judgement) -> Iterator[Warned]:
    """What the two methods warn of."""
    for answer in judged.answers[:1]:
        if answer.meets is False:
            projected = Amount(as_fraction(answer.projected), judged.target.unit)
            yield Warned("hardly_met", Reason("hardly_met", facts(judged) | {"projected": projected}))
    if judged.agree is False:
        verdicts = {answer.method: answer.verdict for answer in judged.answers}
        yield Warned("methods_disagree", Reason("methods_disagree", verdicts))


def series_warnings(target: Target, seen: Mapping[int, Fraction], settings: Settings) -> Iterator[Warned]:
    """What the observations themselves warn of: swings, and a baseline that differs from the printed one."""
    values = list(seen.values())
    if len(values) >= VOLATILE_POINTS:
        share, spread = cancelled_share(values), relative_range(values)
        if share > 0 and share >= settings.volatile_share and (spread is None or spread >= settings.volatile_range):
            shown = "∞" if spread is None else f"{figure(100 * spread)}%"
            yield Warned("volatile", Reason("volatile", {"share": f"{figure(100 * share)}%", "range": shown}))
    year = target.baseline_year
    if year is not None and year in seen and target.baseline not in (None, seen[year]):
        printed, observed = Amount(target.baseline, target.unit), Amount(seen[year], target.unit)
        values_said = {"year": year, "printed": printed, "observed": observed}
        yield Warned("baseline_differs", Reason("baseline_differs", values_said))
