"""Counts as the national statistical reports count: of the measurable targets, how many are met.

The mid-term reports of 2016 on the national outlines for women and for children (National Bureau of
Statistics, October 2016) name of the key indicators that can be monitored those that have reached the
outline's target: 44 of 54, a rate of 81.5 %, and 31 of 33, 93.9 %.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction

from plandata.assess.model import Judgement
from plandata.words import rounded

# The key of what has no domain or lead unit.
NONE = ""
# Groupings that are treated apart: the one of all, the one whose names need their ids, the one with several keys.
OVERALL, DOMAIN, LEAD_UNIT = "overall", "domain", "lead_unit"
GROUPS = ("item", "plan", DOMAIN, "theme", LEAD_UNIT)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many there are, have a value, can be measured and are met; its shares are in percent, None of nothing."""

    total: int
    reported: int
    measurable: int
    met: int
    decimals: int = 1

    @property
    def rate(self) -> Decimal | None:
        """Those met of the measurable (达标率)."""
        return rate(self.met, self.measurable, self.decimals)

    @property
    def rate_of_all(self) -> Decimal | None:
        """Those met of all."""
        return rate(self.met, self.total, self.decimals)

    @property
    def coverage(self) -> Decimal | None:
        """The measurable of all (覆盖率), without which no rate can be read."""
        return rate(self.measurable, self.total, self.decimals)


@dataclass(frozen=True, kw_only=True)
class Count(Tally):
    """The targets of one group. by_status has every status, and adds up to the total.

    indicators counts what is measured, each once, where a plan prints several targets on it. attainment is the mean of
    the targets' attainment in percent (目标实现程度), attained the number of targets that have one.
    """

    group: str
    key: str
    by_status: Mapping[str, int]
    indicators: Tally
    attainment: Decimal | None
    attained: int


def rate(met: int, measurable: int, decimals: int = 1) -> Decimal | None:
    """The rate in percent (达标率), None of nothing.

    >>> rate(44, 54), rate(31, 33), rate(37, 42, 2), rate(0, 0)
    (Decimal('81.5'), Decimal('93.9'), Decimal('88.10'), None)
    """
    return rounded(Fraction(100 * met, measurable), decimals) if measurable else None


def tally(judgements: Iterable[Judgement], decimals: int) -> Tally:
    """The counts of some judgements, each as one."""
    listed = list(judgements)
    return Tally(
        total=len(listed),
        reported=sum(judgement.value is not None for judgement in listed),
        measurable=sum(judgement.measurable for judgement in listed),
        met=sum(judgement.met for judgement in listed),
        decimals=decimals,
    )


def once_each(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One judgement for what a plan has several targets on: the first that is measurable and not met, else the first
    that is measurable, else the first.
    """
    alike: dict[tuple[str, str, str], list[Judgement]] = {}
    for judgement in judgements:
        target = judgement.target
        alike.setdefault((target.plan_id, target.indicator_id, target.scope.zh), []).append(judgement)
    return [min(group, key=lambda judgement: (not judgement.measurable, judgement.met)) for group in alike.values()]


def count(group: str, key: str, judgements: Sequence[Judgement], statuses: Iterable[str], decimals: int) -> Count:
    """The counts of some targets, over all of the statuses."""
    by_status = dict.fromkeys(statuses, 0)
    for judgement in judgements:
        by_status[judgement.status] += 1
    attained = [judgement.attainment for judgement in judgements if judgement.attainment is not None]
    mean = rounded(sum(attained, Fraction(0)) / len(attained), decimals) if attained else None
    indicators = tally(once_each(judgements), decimals)
    own = tally(judgements, decimals)
    return Count(
        **asdict(own),
        group=group,
        key=key,
        by_status=by_status,
        indicators=indicators,
        attainment=mean,
        attained=len(attained),
    )


def counts(judgements: Sequence[Judgement], statuses: Iterable[str], decimals: int = 1) -> list[Count]:
    """All targets, then by GROUPS, each in the order of its first target.

    A target with several lead units counts at each of them; the key of those without one, and of those
    outside every domain, is empty, and stands last.
    """
    statuses = list(statuses)
    counted = [count(OVERALL, NONE, judgements, statuses, decimals)]
    for group in GROUPS:
        members: dict[str, list[Judgement]] = {}
        for judgement in judgements:
            for key in keys(group, judgement):
                members.setdefault(key, []).append(judgement)
        ordered = sorted(members, key=lambda key: key == NONE)
        counted += [count(group, key, members[key], statuses, decimals) for key in ordered]
    return counted


def keys(group: str, judgement: Judgement) -> tuple[str, ...]:
    """The keys under which a target is counted in a grouping."""
    target = judgement.target
    if group == LEAD_UNIT:
        return target.leads or (NONE,)
    own = {"item": target.item_table, "plan": target.plan_id, DOMAIN: target.domain_id, "theme": target.theme}
    return (own[group],)
