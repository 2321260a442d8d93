"""Counts as the national statistical reports count: of the measurable targets, how many are met.

The mid-term reports of 2016 on the national outlines for women and for children (National Bureau of
Statistics, October 2016) name of the key indicators that can be monitored those that have reached the
outline's target: 44 of 54, a rate of 81.5 %, and 31 of 33, 93.9 %.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from plandata.assess.model import Judgement
from plandata.words import rounded

# The key of what has no domain or lead unit.
NONE = ""
# Groupings that are treated apart: the one of all, the one whose names need their ids, the one with several keys.
OVERALL, DOMAIN, LEAD_UNIT = "overall", "domain", "lead_unit"


@dataclass(frozen=True)
class Count:
    """The targets of one group. by_status has every status; rate is None where nothing is measurable."""

    group: str
    key: str
    total: int
    measurable: int
    met: int
    by_status: Mapping[str, int]

    @property
    def rate(self) -> Decimal | None:
        return rate(self.met, self.measurable)


def rate(met: int, measurable: int) -> Decimal | None:
    """The rate in percent with one decimal (达标率), None of nothing.

    >>> rate(44, 54), rate(31, 33), rate(0, 0)
    (Decimal('81.5'), Decimal('93.9'), None)
    """
    return rounded(Fraction(100 * met, measurable), 1) if measurable else None


def count(group: str, key: str, judgements: Sequence[Judgement], statuses: Iterable[str]) -> Count:
    """The counts of some targets, over all of the statuses."""
    by_status = dict.fromkeys(statuses, 0)
    for judgement in judgements:
        by_status[judgement.status] += 1
    measurable = sum(judgement.measurable for judgement in judgements)
    return Count(group, key, len(judgements), measurable, sum(j.met for j in judgements), by_status)


def counts(judgements: Sequence[Judgement], statuses: Iterable[str]) -> list[Count]:
    """All targets, then by plan, domain, theme and lead unit, each in the order of its first target.

    A target with several lead units counts at each of them; the key of those without one, and of those
    outside every domain, is empty, and stands last.
    """
    statuses = list(statuses)
    counted = [count(OVERALL, NONE, judgements, statuses)]
    for group in ("plan", DOMAIN, "theme", LEAD_UNIT):
        members: dict[str, list[Judgement]] = {}
        for judgement in judgements:
            for key in keys(group, judgement):
                members.setdefault(key, []).append(judgement)
        ordered = sorted(members, key=lambda key: key == NONE)
        counted += [count(group, key, members[key], statuses) for key in ordered]
    return counted


def keys(group: str, judgement: Judgement) -> tuple[str, ...]:
    """The keys under which a target is counted in a grouping."""
    target = judgement.target
    if group == LEAD_UNIT:
        return target.leads or (NONE,)
    return ({"plan": target.plan_id, DOMAIN: target.domain_id, "theme": target.theme}[group],)
