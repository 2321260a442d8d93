"""The counting, as the national statistical reports count."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_assess_method import seen, target

from plandata.assess import Settings
from plandata.assess.count import Count, count, counts, once_each, rate
from plandata.assess.judge import judge_all
from plandata.assess.model import MET, Judgement, Reason, Target, load_targets
from plandata.package.folder import Folder
from plandata.schema import edition, home
from plandata.tables import Tables
from plandata.text import Text

STATUSES = tuple(edition().assessment["status"])


def with_status(status: str, measurable: bool) -> Judgement:
    return Judgement(target(), status, Reason("no_data", {"year": 2015}), 2015, measurable)


@pytest.mark.parametrize(
    ("met", "measurable", "stated"), [(44, 54, "81.5"), (31, 33, "93.9")], ids=["women 2016", "children 2016"]
)
def test_the_mid_term_reports_of_2016_are_counted_as_printed(met: int, measurable: int, stated: str) -> None:
    behind = measurable - met
    judged = [with_status("met_early", True)] * met
    judged += [with_status("behind", True)] * (behind - 1) + [with_status("cannot_be_judged", True)]
    judged += [with_status("not_reported", False)] * 7 + [with_status("cannot_be_judged", False)] * 5
    found = count("overall", "", judged, STATUSES, 1)
    assert (found.met, found.measurable, found.rate) == (met, measurable, Decimal(stated))
    assert found.total == measurable + 12


def test_what_counts_as_met_is_what_the_list_of_statuses_calls_reached() -> None:
    listed = edition().assessment["status"].values()
    assert set(MET) == {code.code for code in listed if code.classes["standing"] == "reached"}


def test_an_indicator_with_several_targets_counts_once_and_as_its_worst() -> None:
    def judged(status: str, measurable: bool = True, **about: object) -> Judgement:
        value = Fraction(1) if measurable else None
        return Judgement(target(**about), status, Reason("no_data"), 2025, measurable, value)  # type: ignore[arg-type]

    same = [judged("met"), judged("not_met"), judged("no_data", measurable=False)]
    other = [judged("met", scope=Text("rural", "农村")), judged("met", plan_id="q"), judged("met", indicator_id="j")]
    found = count("overall", "", [*same, *other], STATUSES, 2)
    assert (found.total, found.met, found.measurable, found.reported) == (6, 4, 5, 5)
    once = found.indicators
    assert (once.total, once.met, once.measurable) == (4, 3, 4)
    shares = (found.rate, found.rate_of_all, found.coverage, once.rate)
    assert shares == tuple(map(Decimal, ("80.00", "66.67", "83.33", "75.00")))


def test_of_several_targets_on_one_thing_the_first_not_met_is_counted_else_the_first_measurable() -> None:
    met, missed, other, unknown, late = (
        Judgement(target(target_id=name), status, Reason("no_data"), 2025, measurable)
        for name, status, measurable in (
            ("a", "met", True),
            ("b", "not_met", True),
            ("c", "not_met", True),
            ("d", "no_data", False),
            ("e", "met", False),
        )
    )
    for listed, counted in (
        ([met, missed, other], missed),
        ([unknown, met], met),
        ([unknown, late], unknown),
        ([late, unknown, met], met),
        ([unknown], unknown),
    ):
        assert [one.target.target_id for one in once_each(listed)] == [counted.target.target_id]


def test_the_attainment_of_a_group_is_the_mean_of_those_that_have_one() -> None:
    attained = [None, Fraction(100), Fraction(50)]
    judged = [replace(with_status("met", True), attainment=share) for share in attained]
    found = count("overall", "", judged, STATUSES, 1)
    assert (found.attainment, found.attained) == (Decimal("75.0"), 2)
    assert count("overall", "", judged[:1], STATUSES, 1).attainment is None


def test_a_half_is_rounded_up_as_official_statistics_do() -> None:
    assert rate(1, 16) == Decimal("6.3")
    assert rate(1, 8) == Decimal("12.5")
    assert rate(0, 3) == Decimal("0.0")


def test_a_target_with_two_lead_units_counts_at_both_and_one_without_stands_apart() -> None:
    both = Judgement(target(leads=("u1", "u2")), "met", Reason("no_data", {"year": 2025}), 2025, True)
    none = Judgement(target(), "not_met", Reason("no_data", {"year": 2025}), 2025, True)
    leads = [found for found in counts([none, both], STATUSES) if found.group == "lead_unit"]
    assert [(c.key, c.total, c.met) for c in leads] == [("u1", 1, 1), ("u2", 1, 1), ("", 1, 0)]


@pytest.fixture(scope="module")
def shipped() -> list[Target]:
    return load_targets(Tables.of(Folder(home())))


values = st.dictionaries(st.integers(2019, 2026), st.decimals(0, 100, places=1).map(Fraction), max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), values), max_size=30), st.integers(2019, 2027))
def test_the_counts_by_status_always_add_up_to_all_targets(
    shipped: list[Target], drawn: list[tuple[int, dict[int, Fraction]]], as_of: int
) -> None:
    reported = {shipped[i % len(shipped)].target_id: seen(levels) for i, levels in drawn}
    judged = judge_all(shipped, reported, as_of, Settings(basic_tolerance=Fraction(1, 50)))
    found = counts(judged, STATUSES)
    assert found[0].total == len(shipped) == len(judged)
    for counted in found:
        assert sum(counted.by_status.values()) == counted.total
        assert counted.met == sum(counted.by_status[status] for status in MET)
        for tally in (counted, counted.indicators):
            assert tally.met <= tally.measurable <= tally.reported <= tally.total
        assert counted.indicators.total <= counted.total
    for group in ("item", "plan", "domain", "theme"):
        assert added([c for c in found if c.group == group]) == added(found[:1])


def added(found: list[Count]) -> tuple[int, int, int, dict[str, int]]:
    """The sums of several counts."""
    by_status = {code: sum(c.by_status[code] for c in found) for code in found[0].by_status}
    return sum(c.total for c in found), sum(c.measurable for c in found), sum(c.met for c in found), by_status
