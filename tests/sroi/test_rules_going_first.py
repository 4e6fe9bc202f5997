"""Which work of one person uses the counting limit first; the order is our reading."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Explanation, Facts, HoursFrom, RuleSet, Spell, value_effort
from crm.sroi.rules.draft import Draft
from crm.sroi.rules.going_first import GoingFirst, OtherWork, going_first, spells_of, that_counted
from crm.sroi.rules.periods import DAY, add_months, calendar_months
from crm.sroi.rules.spells import room_left
from crm.sroi.rules.worktime import share_that_counted
from crm.sroi.rulesets import load_ruleset
from tests.sroi.ruletexts import VALUATION_36, WORK, rules

D = Decimal
FRYSLAN = load_ruleset("fryslan-friese-eis")
LIMITED = rules(VALUATION_36, WORK + "counting_max_months = 24\n")
JAN_24, JAN_25, JAN_26 = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)


def year(of: int, **hours: object) -> Spell:
    return Spell(date(of, 1, 1), date(of, 12, 31), **hours)  # type: ignore[arg-type]


def other(effort_id: int, *spells: Spell, approved: bool = False) -> OtherWork:
    return OtherWork(effort_id, spells[0].start, spells, approved)


def valued(first: Spell, *counted: Spell, ruleset: RuleSet = LIMITED, **more: object) -> Explanation:
    """Value full-time work over the days of a spell; a full-time year is 36,000."""
    facts = Facts(
        block="W",
        start=first.start,
        end=first.end,
        hours_per_week=36,
        counted_first=counted,
        **more,  # type: ignore[arg-type]
    )
    return value_effort(ruleset, facts)


class TestOrder:
    def test_what_starts_earlier_goes_first(self) -> None:
        others = [other(9, year(2024)), other(1, year(2026))]
        assert going_first(5, JAN_25, others) == GoingFirst(earlier=(year(2024),))

    def test_of_the_same_first_day_what_was_handed_in_first(self) -> None:
        others = [other(4, year(2025)), other(6, year(2025))]
        assert going_first(5, JAN_25, others) == GoingFirst(counted_first=(year(2025),))
        assert going_first(4, JAN_25, [other(5, year(2025))]) == GoingFirst()

    def test_what_was_approved_goes_first_whatever_its_start(self) -> None:
        others = [other(9, year(2026), approved=True), other(8, year(2027))]
        assert going_first(5, JAN_25, others) == GoingFirst(counted_first=(year(2026),))

    def test_an_effort_never_goes_before_itself(self) -> None:
        assert going_first(5, JAN_25, [other(5, year(2025), approved=True)]) == GoingFirst()

    def test_the_order_of_telling_makes_no_difference(self) -> None:
        others = [other(1, year(2023)), other(2, year(2022)), other(3, year(2026), approved=True)]
        assert going_first(5, JAN_25, others) == going_first(5, JAN_25, others[::-1])


class TestSpells:
    def test_one_for_each_number_of_weekly_hours(self) -> None:
        """Hours from before the first day hold from that day; those after the last day are left out."""
        history = (
            HoursFrom(date(2025, 7, 1), 20),
            HoursFrom(date(2023, 1, 1), 12),
            HoursFrom(date(2026, 3, 1), 36),
        )
        facts = Facts(block="W", start=JAN_25, end=date(2025, 12, 31), hours_per_week=history)
        assert spells_of(facts) == (
            Spell(JAN_25, date(2025, 6, 30), 12),
            Spell(date(2025, 7, 1), date(2025, 12, 31), 20),
        )

    def test_worked_hours_say_more_than_weekly_hours(self) -> None:
        facts = Facts(block="W", start=JAN_25, end=date(2025, 12, 31), hours_per_week=36, worked_hours=D(900))
        assert spells_of(facts) == (year(2025, worked_hours=D(900)),)

    def test_weekly_hours_or_none_are_one_spell(self) -> None:
        days = {"start": JAN_25, "end": date(2025, 12, 31)}
        assert spells_of(Facts(block="W", hours_per_week=20, **days)) == (year(2025, hours_per_week=20),)  # type: ignore[arg-type]
        assert spells_of(Facts(block="W", **days)) == (year(2025),)  # type: ignore[arg-type]

    def test_without_both_days_it_is_none(self) -> None:
        assert spells_of(Facts(block="W", start=JAN_25)) == spells_of(Facts(block="W")) == ()


class TestThatCounted:
    def test_the_first_part_of_a_spell(self) -> None:
        """Half of 12 months; the work itself went on to the end of the year."""
        assert that_counted((year(2025),), Fraction(1, 2)) == (year(2025, counted_until=date(2025, 6, 30)),)

    def test_all_of_it_and_nothing_at_all(self) -> None:
        assert that_counted((year(2025),), Fraction(1)) == (year(2025),)
        assert that_counted((), Fraction(1, 2)) == ()

    def test_the_hours_that_counted_of_those_worked(self) -> None:
        assert that_counted((year(2025, worked_hours=1872),), Fraction(1, 4)) == (
            year(2025, worked_hours=D("468.00"), counted_until=date(2025, 3, 31)),
        )

    def test_of_several_spells_the_first_count_whole(self) -> None:
        """9 of 12 months: 6 at 12 hours, 3 of the next 4, and the last 2 are days that did not count."""
        first = Spell(JAN_25, date(2025, 6, 30), 12)
        second, third = (
            Spell(date(2025, 7, 1), date(2025, 10, 31), 20),
            Spell(date(2025, 11, 1), date(2025, 12, 31), 36),
        )
        cut = Spell(date(2025, 7, 1), date(2025, 12, 31), 20, counted_until=date(2025, 9, 30))
        assert that_counted((first, second, third), Fraction(3, 4)) == (first, cut)
        whole = Spell(JAN_25, date(2025, 12, 31), 12, counted_until=date(2025, 6, 30))
        assert that_counted((first, second, third), Fraction(1, 2)) == (whole,)

    def test_a_day_of_which_a_part_counted_has_counted(self) -> None:
        """15.5 of 31 days of January end on the 16th."""
        january = Spell(JAN_25, date(2025, 1, 31))
        [found] = that_counted((january,), Fraction(1, 2))
        assert found.counted_until == date(2025, 1, 16)

    def test_work_from_a_day_that_not_every_month_has(self) -> None:
        """30 January to 27 February is 2/31 + 27/28, 1.029 months; to the 26th it is 0.993."""
        spell = Spell(date(2025, 1, 30), date(2025, 3, 31))
        months = calendar_months(spell.start, spell.end)
        [found] = that_counted((spell,), 1 / months)
        assert found.counted_until == date(2025, 2, 27)

    def test_the_share_is_that_of_the_explanation(self) -> None:
        """12 before leave 12 of 18 months; also of hours, and also when it was stored."""
        told = valued(Spell(JAN_25, date(2026, 6, 30)), earlier=(year(2024),))
        assert share_that_counted(Explanation.from_json(told.to_json())) == Fraction(2, 3)
        before = (Spell(date(2023, 7, 1), date(2024, 12, 31)),)
        hours = Facts(block="PW_LT2Y", start=JAN_25, worked_hours=1872, earlier=before)
        assert share_that_counted(value_effort(FRYSLAN, hours)) == Fraction(1, 2)
        assert share_that_counted(valued(year(2025), earlier=(year(2024),))) == 1


class TestRoom:
    def test_approved_work_that_gave_way_itself_leaves_what_it_was_not_granted(self) -> None:
        """A year from July 2026 on of which 6 months counted: 18 of 24 are left for all of 18 months."""
        later = Spell(date(2026, 7, 1), date(2027, 6, 30), counted_until=date(2026, 12, 31))
        told = valued(Spell(JAN_25, date(2026, 6, 30)), later)
        assert told.amount == D("54000.00")
        said = [step.label for step in told.readable_steps("en")]
        assert "Work from 1 Jul 2026 to 31 Dec 2026 goes before this work and used 6 months" in said

    def test_approved_work_of_later_days_leaves_the_rest(self) -> None:
        """18 of 24 months were approved from 2026 on: of the year 2025 the first 6 months count."""
        later = Spell(JAN_26, date(2027, 6, 30))
        told = valued(year(2025), later)
        assert told.amount == D("18000.00")
        said = [step.label for step in told.readable_steps("en")]
        assert "Work from 1 Jan 2026 to 30 Jun 2027 goes before this work and used 18 months" in said
        assert "Earlier work of this person used 18 of the 24 months" in said

    def test_days_of_both_are_used_once(self) -> None:
        """Of 2025 the second half is in the 18 approved months as well: 6 months of its own, 6 shared."""
        assert valued(year(2025), Spell(date(2025, 7, 1), date(2026, 12, 31))).amount == D("36000.00")

    def test_the_whole_limit_used_leaves_the_shared_days_alone(self) -> None:
        """24 approved months from July 2025: before July nothing counts, so nothing of this work does."""
        assert valued(year(2025), Spell(date(2025, 7, 1), date(2027, 6, 30))).amount == 0
        assert valued(year(2025), Spell(JAN_25, date(2026, 12, 31))).amount == D("36000.00")

    def test_several_go_first(self) -> None:
        """8 and 10 months approved, 6 are left: January to June, then 8 shared months, then nothing."""
        first = Spell(date(2025, 7, 1), date(2026, 2, 28))
        inside = Spell(date(2025, 8, 1), date(2025, 9, 30))
        second = Spell(date(2027, 1, 1), date(2027, 10, 31))
        assert valued(Spell(JAN_25, date(2025, 6, 30)), first, inside, second).amount == D("18000.00")
        assert valued(Spell(JAN_25, date(2026, 6, 30)), first, inside, second).amount == D("42000.00")

    def test_earlier_and_later_work_are_both_taken_off(self) -> None:
        """12 before and 6 after leave 6 of 24."""
        told = valued(year(2025), Spell(JAN_26, date(2026, 6, 30)), earlier=(year(2024),))
        assert told.amount == D("18000.00")

    def test_worked_hours_are_used_whole(self) -> None:
        """Fryslân counts 3,744 hours in two years: 2,808 were approved, so 936 of 1,872 count, of 35,000."""
        facts = Facts(
            block="PW_LT2Y",
            start=JAN_25,
            end=date(2025, 12, 31),
            worked_hours=1872,
            counted_first=(Spell(JAN_25, date(2026, 6, 30), worked_hours=2808),),
        )
        assert value_effort(FRYSLAN, facts).amount == D("17500.00")

    def test_half_time_work_leaves_no_more_than_the_limit(self) -> None:
        """Half time for 24 months uses 12 of 24; the days are shared, but no more than 24 ever count."""
        half = Spell(JAN_25, date(2026, 12, 31), hours_per_week=18)
        facts = Facts(block="PW_LT2Y", start=JAN_25, counted_first=(half,))
        assert room_left(FRYSLAN.valuation, 24, facts, Draft(FRYSLAN)) == 24


@given(
    start=st.integers(0, 40),
    months=st.integers(1, 30),
    others=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=3),
)
def test_whoever_is_approved_first_no_more_than_the_limit_counts(
    start: int, months: int, others: list[tuple[int, int]]
) -> None:
    """Efforts are approved one after the other, in any order: the months that count together stay 24."""
    counted: list[Spell] = []
    approved: list[Spell] = []
    for number, (first, length) in enumerate([*others, (start, months)]):
        begins = add_months(JAN_24, first)
        known = [other(place, spell, approved=True) for place, spell in enumerate(approved)]
        earlier, later = going_first(number + 100, begins, known)
        facts = Facts(block="W", start=begins, earlier=earlier, counted_first=later)
        room = room_left(LIMITED.valuation, 24, facts, Draft(LIMITED))
        assert room == int(room)
        whole = min(int(room), length)
        if whole:
            counted.append(Spell(begins, add_months(begins, whole) - DAY))
            worked = Spell(begins, add_months(begins, length) - DAY)
            approved += that_counted((worked,), Fraction(whole, length))
    assert _together(counted) <= 24


def _together(spells: list[Spell]) -> Fraction:
    months = {
        add_months(JAN_24, number)
        for number in range(100)
        if any(spell.start <= add_months(JAN_24, number) <= spell.end for spell in spells)
    }
    assert all(calendar_months(month, add_months(month, 1) - DAY) == 1 for month in months)
    return Fraction(len(months))
