"""What came of who pointed us to whom: each outcome counts once, for the last before it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crm.referrals.rules import Harvest, Outcome, OutcomeKind, Referral, credited_to, harvests

DAY = date(2026, 11, 24)
LINDE, VAN_DAM, WIJKHUIS, NEW = 1, 2, -3, 9


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_the_last_before_it_gets_the_credit() -> None:
    early, late = Referral(LINDE, NEW, ago(300)), Referral(WIJKHUIS, NEW, ago(20))
    assert credited_to([early, late], ago(10)) == late
    assert credited_to([early, late], ago(30)) == early
    assert credited_to([early, late], ago(301)) is None
    assert credited_to([], DAY) is None


def test_after_two_years_it_is_not_their_doing_any_more() -> None:
    told = Referral(LINDE, NEW, date(2024, 11, 24))
    assert credited_to([told], DAY) == told
    assert credited_to([told], DAY + timedelta(days=1)) is None


def test_a_harvest_from_referral_to_value() -> None:
    referrals = [Referral(LINDE, NEW, ago(100)), Referral(VAN_DAM, 8, ago(50)), Referral(VAN_DAM, 8, ago(40))]
    outcomes = [
        Outcome(OutcomeKind.VACANCY, NEW, ago(90)),
        Outcome(OutcomeKind.CASE, NEW, ago(80)),
        Outcome(OutcomeKind.PROPOSAL, NEW, ago(70)),
        Outcome(OutcomeKind.PLACEMENT, NEW, ago(10), 1_250_000),
        Outcome(OutcomeKind.PLACEMENT, 77, ago(10), 9_900_000),
    ]
    assert harvests(referrals, outcomes) == [
        Harvest(LINDE, referrals=1, vacancies=1, cases=1, proposals=1, placements=1, cents=1_250_000),
        Harvest(VAN_DAM, referrals=1, vacancies=0, cases=0, proposals=0, placements=0, cents=0),
    ]


days = st.integers(0, 900).map(ago)


@given(
    st.lists(st.builds(Referral, st.integers(1, 4), st.integers(5, 7), days)),
    st.lists(st.builds(Outcome, st.sampled_from(OutcomeKind), st.integers(5, 8), days, st.integers(0, 9))),
)
def test_nothing_counts_twice(referrals: list[Referral], outcomes: list[Outcome]) -> None:
    found = harvests(referrals, outcomes)
    counted = sum(one.vacancies + one.cases + one.proposals + one.placements for one in found)
    assert counted <= len(outcomes)
    assert sum(one.cents for one in found) <= sum(outcome.cents for outcome in outcomes)
    assert {one.by_id for one in found} == {referral.by_id for referral in referrals}
