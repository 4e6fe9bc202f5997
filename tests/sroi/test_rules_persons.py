"""One person's time counts once: names as they are compared, shares, and what is too much together."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules.facts import HoursFrom
from crm.sroi.rules.following import following_period
from crm.sroi.rules.persons import Overlap, TimeClaim, concerns_a_person, names_of, overlaps, stretches
from crm.sroi.rulesets import load_ruleset

JAN, JUN, DEC = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen", "  JANSEN "),
        ("van der Meer", "Meer"),
        ("v.d. Berg", "Van den Berg"),
        ("Groß", "Gross"),
        ("Özdemir", "Ozdemir"),
        ("Sørensen", "Sorensen"),
        ("'t Hart", "Hart"),
        ("El Amrani", "el-Amrani"),
        ("de Vries-Jansen", "Jansen - de Vries"),
    ],
)
def test_ways_to_write_one_name_are_one_name(one: str, other: str) -> None:
    assert names_of(one) == names_of(other)


def test_either_half_of_a_double_name_finds_the_person() -> None:
    assert names_of("De Vries-Jansen") == {"vries", "jansen"}
    assert names_of("Jansen") < names_of("De Vries-Jansen")


def test_other_names_are_other_people_and_signs_are_nobody() -> None:
    assert not names_of("Jansen") & names_of("Janssen")
    assert names_of("De") == {"de"}
    assert names_of("12 / -") == frozenset()
    assert names_of("Иванов") == {"иванов"}


def test_the_share_is_the_hours_in_the_full_time_hours() -> None:
    assert stretches(JAN, JUN, Decimal(24), Decimal(36)) == [(JAN, JUN, Decimal("0.6666"))]
    assert stretches(JAN, JUN, Decimal(40), Decimal(36)) == [(JAN, JUN, Decimal(1))]


def test_what_is_not_known_claims_the_whole_person() -> None:
    assert stretches(JAN, JUN, None, Decimal(36)) == [(JAN, JUN, Decimal(1))]
    assert stretches(JAN, JUN, Decimal(8), None) == [(JAN, JUN, Decimal(1))]


def test_hours_that_change_claim_by_stretches() -> None:
    history = (
        HoursFrom(date(2025, 9, 1), Decimal(9)),
        HoursFrom(date(2025, 11, 1), Decimal(18)),
        HoursFrom(date(2026, 4, 1), Decimal(36)),
        HoursFrom(date(2027, 1, 1), Decimal(4)),
    )
    assert stretches(JAN, JUN, history, Decimal(36)) == [
        (JAN, date(2026, 3, 31), Decimal("0.5")),
        (date(2026, 4, 1), JUN, Decimal(1)),
    ]
    assert stretches(JAN, JUN, (HoursFrom(DEC, Decimal(9)),), Decimal(36)) == []


def test_two_halves_make_a_whole_and_no_more() -> None:
    first = TimeClaim(1, JAN, DEC, Decimal("0.6666"))
    assert overlaps(1, [first, TimeClaim(2, JAN, DEC, Decimal("0.3333"))]) == []
    assert overlaps(1, [first, TimeClaim(2, JAN, DEC, Decimal("0.3389"))]) == [Overlap(2, JAN, DEC)]


def test_only_the_days_on_both_are_too_much() -> None:
    # January to June full time at one, from 16 June on full time at the other: 15 days are too much.
    claims = [TimeClaim(1, JAN, JUN), TimeClaim(2, date(2026, 6, 16), DEC)]
    assert overlaps(1, claims) == [Overlap(2, date(2026, 6, 16), JUN)]
    assert overlaps(2, claims) == [Overlap(1, date(2026, 6, 16), JUN)]
    assert overlaps(1, [claims[0], TimeClaim(2, JUN + DAY, DEC)]) == []


def test_three_that_fit_two_by_two_are_too_much_together() -> None:
    claims = [TimeClaim(number, JAN, DEC, Decimal("0.4")) for number in (1, 2, 3)]
    assert [one.effort_id for one in overlaps(2, claims)] == [1, 3]
    assert overlaps(2, claims[:2]) == []


def test_one_effort_counts_once_however_often_it_is_found() -> None:
    # The same effort under two fingerprints, of a name and of a candidate.
    twice = [TimeClaim(1, JAN, DEC), TimeClaim(1, JAN, DEC)]
    assert overlaps(1, twice) == []


def test_days_that_touch_are_told_as_one_stretch() -> None:
    first, later = TimeClaim(2, JAN, JUN, Decimal("0.5")), TimeClaim(2, JUN + DAY, DEC, Decimal("0.6"))
    assert overlaps(1, [TimeClaim(1, JAN, DEC), first, later]) == [Overlap(2, JAN, DEC)]


def test_a_gap_makes_two_stretches() -> None:
    pause = [TimeClaim(2, JAN, date(2026, 2, 28)), TimeClaim(2, date(2026, 5, 1), JUN)]
    assert overlaps(1, [TimeClaim(1, JAN, DEC), *pause]) == [
        Overlap(2, JAN, date(2026, 2, 28)),
        Overlap(2, date(2026, 5, 1), JUN),
    ]


def test_doubling_needs_the_leave_of_every_rule_set() -> None:
    allowing = [TimeClaim(number, JAN, DEC, may_double=True) for number in (1, 2)]
    assert overlaps(1, allowing) == []
    assert overlaps(1, [allowing[0], TimeClaim(2, JAN, DEC)]) == [Overlap(2, JAN, DEC)]


def test_no_hours_claim_no_time() -> None:
    assert overlaps(1, [TimeClaim(1, JAN, DEC), TimeClaim(2, JAN, DEC, Decimal(0))]) == []


def test_blocks_of_work_and_learning_are_about_a_person_and_purchases_are_not() -> None:
    ruleset = load_ruleset("hart-van-west-brabant-demo")
    assert concerns_a_person(ruleset.block("PW"))
    assert not concerns_a_person(ruleset.block("SOCIAAL_PROJECT"))


days = st.dates(date(2026, 1, 1), date(2026, 3, 31))
shares = st.sampled_from([Decimal(part) / 4 for part in range(5)])


@st.composite
def claims_of_some(draw: st.DrawFn) -> list[TimeClaim]:
    made = []
    for _number in range(draw(st.integers(0, 8))):
        first, last = sorted((draw(days), draw(days)))
        made.append(TimeClaim(draw(st.integers(1, 4)), first, last, draw(shares), draw(st.booleans())))
    return made


@given(claims_of_some(), st.randoms())
def test_the_order_of_claims_makes_no_difference(claims: list[TimeClaim], chance: object) -> None:
    mixed = list(claims)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert overlaps(1, mixed) == overlaps(1, claims)


@given(claims_of_some())
def test_who_is_told_of_another_is_told_to_the_other_too(claims: list[TimeClaim]) -> None:
    told = {(1, one.effort_id, one.starts_on, one.ends_on) for one in overlaps(1, claims)}
    back = {
        (found.effort_id, other, found.starts_on, found.ends_on)
        for other in (2, 3, 4)
        for found in overlaps(other, claims)
        if found.effort_id == 1
    }
    assert told == back


@given(claims_of_some())
def test_no_day_is_told_on_which_the_shares_fit(claims: list[TimeClaim]) -> None:
    for found in overlaps(1, claims):
        day = found.starts_on
        running = [one for one in claims if one.starts_on <= day <= one.ends_on]
        most = {one.effort_id: Decimal(0) for one in running}
        for one in running:
            most[one.effort_id] = max(most[one.effort_id], one.share)
        assert sum(most.values()) > 1


@pytest.mark.parametrize(
    ("first", "last", "following"),
    [
        (JAN, date(2026, 3, 31), (date(2026, 4, 1), JUN)),
        (date(2026, 1, 15), date(2026, 2, 14), (date(2026, 2, 15), date(2026, 3, 14))),
        (date(2026, 2, 1), date(2026, 2, 28), (date(2026, 3, 1), date(2026, 3, 31))),
        (date(2026, 1, 5), date(2026, 1, 18), (date(2026, 1, 19), date(2026, 2, 1))),
        (JAN, JAN, (date(2026, 1, 2), date(2026, 1, 2))),
        (JAN, DEC, (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_the_next_period_is_as_long(first: date, last: date, following: tuple[date, date]) -> None:
    assert following_period(first, last) == following
