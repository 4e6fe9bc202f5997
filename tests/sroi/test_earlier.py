"""How long one person counts, over efforts, contracts and authorities.

Fryslân: two working years from the first day on a social return place
(https://www.harlingen.nl/duur-van-het-social-return-traject). Under two years on a Participation Act benefit
counts for 35,000 a year, so each month of full-time work for 2,916.67, rounded once.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, queries
from crm.sroi.commands import CopyEffort, EditContract, EditEffort, EffortClaim, SubmitEfforts, WithdrawEffort
from crm.sroi.queries.many import look_at
from crm.sroi.queries.submitting import before_submitting
from crm.sroi.records import Contract, Effort
from crm.sroi.recount import recount
from crm.sroi.rules import Explanation
from tests.counting import statements
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, make_placement, stored

FRYSLAN = "fryslan-friese-eis"
WHO: dict[str, Any] = {"surname": "De Vries-Jansen", "birth_date": date(1991, 3, 8)}
HALF_OF_TWO_YEARS, WHOLE_YEAR, HALF_YEAR = 5_250_000, 3_500_000, 1_750_000


def work(start: date, end: date, **values: Any) -> dict[str, Any]:
    """Return full-time work on a Participation Act block of the province."""
    return {
        "block": "PW_LT2Y",
        "start": start,
        "end": end,
        "hours_per_week": Decimal(36),
        "benefit_start": date(2025, 6, 1),
        "subject": "",
        **values,
    }


FIRST = work(date(2026, 1, 1), date(2027, 6, 30))
"""18 months: 52,500."""
THEN = work(date(2027, 7, 1), date(2028, 6, 30))
"""12 months: 35,000, of which 6 months (17,500) are left after the first."""


@pytest.fixture
def here(world: World) -> Contract:
    return make_contract(world, rule_set_code=FRYSLAN, percentage=Decimal(5))


@pytest.fixture
def there(world: World) -> Contract:
    """A contract of another employer with another authority."""
    return make_contract(
        world,
        rule_set_code=FRYSLAN,
        percentage=Decimal(5),
        authority_id=key(world.other_authority),
        employer_id=key(world.employer_b),
    )


def said(effort: Effort) -> list[str]:
    told = effort.approved_explanation or effort.explanation
    return [step.label for step in Explanation.from_json(told).readable_steps("en")]


def all_agree() -> bool:
    with reading(system("test")) as unit:
        found = recount(unit, 1)
    return found.differing == 0 and found.stored_cents == found.valued_cents


class TestHandingIn:
    def test_work_with_another_authority_uses_the_time_up(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        assert make_effort(there, **FIRST, **WHO).value_cents == HALF_OF_TWO_YEARS
        effort = make_effort(here, world.actor(Role.EMPLOYER), **THEN, **WHO)
        assert effort.value_cents == HALF_YEAR
        assert "Earlier work from 1 Jan 2026 to 30 Jun 2027 used 18 months" in said(effort)
        assert "Earlier work of this person used 18 of the 24 months" in said(effort)
        assert effort.facts["earlier"] == [{"from": "2026-01-01", "to": "2027-06-30", "hours_per_week": "36"}]
        assert "counted_first" not in effort.facts
        assert all_agree()

    def test_the_contract_shows_what_is_left(self, world: World, here: Contract) -> None:
        make_effort(here, **FIRST, **WHO)
        make_effort(here, **THEN, **WHO)
        assert stored(Contract, key(here)).submitted_cents == HALF_OF_TWO_YEARS + HALF_YEAR

    def test_a_placement_is_one_person(self, world: World, here: Contract) -> None:
        placement = key(make_placement(world))
        make_effort(here, placement_id=placement, **FIRST)
        assert make_effort(here, placement_id=placement, **THEN).value_cents == HALF_YEAR

    def test_a_reference_is_one_person_at_one_employer(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        make_effort(here, **FIRST | {"subject": "K-1 "})
        assert make_effort(there, **THEN | {"subject": "K-1"}).value_cents == WHOLE_YEAR
        assert make_effort(here, **THEN | {"subject": "k-1"}).value_cents == HALF_YEAR

    def test_two_names_under_one_reference_are_two_people(self, world: World, here: Contract) -> None:
        make_effort(here, **FIRST | {"subject": "stagiair"}, **WHO)
        somebody_else = {**WHO, "surname": "Bakker"}
        assert make_effort(here, **THEN | {"subject": "stagiair"}, **somebody_else).value_cents == WHOLE_YEAR

    def test_buying_under_the_same_reference_is_no_work(self, world: World, here: Contract) -> None:
        bought = {"block": "SW_ONDERAANNEMING", "hours_per_week": None, "subject": "K-1"}
        make_effort(here, **FIRST | bought, labour_amount_cents=100)
        assert make_effort(here, **THEN | {"subject": "K-1"}).value_cents == WHOLE_YEAR

    def test_whoever_is_known_by_nothing_counts_by_themselves(self, world: World, here: Contract) -> None:
        make_effort(here, **FIRST)
        assert make_effort(here, **THEN).value_cents == WHOLE_YEAR

    def test_known_by_name_here_and_as_candidate_there(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        """An effort that has both ties the placement of one to the name of another."""
        placement = key(make_placement(world))
        make_effort(here, placement_id=placement, **work(date(2026, 1, 1), date(2026, 12, 31)), **WHO)
        make_effort(there, **work(date(2027, 1, 1), date(2027, 6, 30)), **WHO)
        assert make_effort(here, placement_id=placement, **THEN).value_cents == HALF_YEAR

    def test_what_was_taken_back_or_not_handed_in_uses_nothing(self, world: World, here: Contract) -> None:
        effort = make_effort(here, **FIRST, **WHO)
        command = WithdrawEffort(effort_id=key(effort), version=effort.version)
        perform(system("test"), actions.withdraw_effort, command)
        make_effort(here, **FIRST, **WHO, submit=False)
        assert make_effort(here, **THEN, **WHO).value_cents == WHOLE_YEAR

    def test_an_effort_that_is_changed_does_not_go_before_itself(self, world: World, here: Contract) -> None:
        effort = make_effort(here, **FIRST, **WHO)
        longer = work(date(2026, 1, 1), date(2027, 12, 31))
        change = EditEffort(effort_id=key(effort), version=effort.version, **longer)
        perform(system("test"), actions.edit_effort, change)
        assert stored(Effort, key(effort)).value_cents == 2 * WHOLE_YEAR

    def test_of_the_same_first_day_the_second_follows_the_first(self, world: World, here: Contract) -> None:
        """Both are two years half time; the days are shared, so both count: 35,000 each."""
        half = work(date(2026, 1, 1), date(2027, 12, 31), hours_per_week=Decimal(18))
        first = make_effort(here, **half, **WHO)
        second = make_effort(here, **half, **WHO)
        assert (first.value_cents, second.value_cents) == (WHOLE_YEAR, WHOLE_YEAR)
        assert "counted_first" not in first.facts
        assert len(second.facts["counted_first"]) == 1

    def test_a_block_without_a_limit_asks_nothing(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        make_effort(contract, **WHO)
        effort = make_effort(contract, start=date(2026, 7, 1), end=date(2026, 12, 31), **WHO)
        assert effort.facts.keys().isdisjoint({"earlier", "counted_first"})

    def test_copying_the_last_period_takes_off_what_it_used(self, world: World, here: Contract) -> None:
        """12 months, then 12 months that end with the contract, as a draft; of 24 months 12 are left."""
        contract = make_contract(
            world, rule_set_code=FRYSLAN, percentage=Decimal(5), end_on=date(2028, 12, 31)
        )
        make_effort(contract, **work(date(2026, 1, 1), date(2026, 6, 30)), **WHO)
        effort = make_effort(contract, **work(date(2026, 7, 1), date(2027, 9, 30)), **WHO)
        assert effort.value_cents == 4_375_000
        command = CopyEffort(effort_id=key(effort))
        made = stored(Effort, perform(system("test"), actions.copy_effort, command))
        assert (made.starts_on, made.ends_on) == (date(2027, 10, 1), date(2028, 12, 31))
        assert made.value_cents == 875_000
        assert len(made.facts["earlier"]) == 2

    def test_a_person_takes_as_many_queries_with_much_work_as_with_little(self, lite_world: World) -> None:
        contract = make_contract(lite_world, rule_set_code=FRYSLAN, percentage=Decimal(5))

        def asked(year: int) -> int:
            with statements() as queries_asked:
                make_effort(contract, **work(date(year, 1, 1), date(year, 1, 31)), **WHO)
            return len(queries_asked)

        asked(2026)
        once = asked(2027)
        assert [asked(year) for year in range(2028, 2032)] == [once] * 4


def queries_rule_set(contract: Contract) -> Any:
    with reading(system("test")) as unit:
        return queries.contract_page(unit, key(contract)).rule_set


class TestApproving:
    def test_what_starts_earlier_goes_first_also_when_it_was_handed_in_later(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        late = make_effort(here, **THEN, **WHO)
        early = make_effort(there, **FIRST, **WHO)
        assert (late.value_cents, early.value_cents) == (WHOLE_YEAR, HALF_OF_TWO_YEARS)
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            page = queries.review_page(unit, key(late))
        assert page.effort.value_cents == HALF_YEAR
        approved = approve(late, world.actor(Role.SROI_OFFICER))
        assert (approved.value_cents, approved.approved_cents) == (HALF_YEAR, HALF_YEAR)
        assert "Earlier work from 1 Jan 2026 to 30 Jun 2027 used 18 months" in said(approved)
        assert all_agree()

    def test_what_was_approved_stays_and_goes_first(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        """12 months were approved from July 2027 on; of the 18 months before 12 are left: 35,000."""
        late = approve(make_effort(here, **THEN, **WHO))
        early = make_effort(there, **FIRST, **WHO)
        assert (late.approved_cents, early.value_cents) == (WHOLE_YEAR, WHOLE_YEAR)
        done = approve(early)
        assert done.approved_cents == WHOLE_YEAR
        assert "Work from 1 Jul 2027 to 30 Jun 2028 goes before this work and used 12 months" in said(done)
        assert stored(Effort, key(late)).approved_cents == WHOLE_YEAR
        assert all_agree()

    @pytest.mark.parametrize("first", [0, 1])
    def test_the_order_of_approving_costs_no_time(self, lite_world: World, first: int) -> None:
        """18 and 12 months wait: 18 and 6 of 24 count, whichever is approved first; then none is left."""
        terms: dict[str, Any] = {"rule_set_code": FRYSLAN, "percentage": Decimal(5)}
        contract = make_contract(lite_world, **terms, end_on=date(2029, 12, 31))
        both = [make_effort(contract, **FIRST, **WHO), make_effort(contract, **THEN, **WHO)]
        for effort in (both[first], both[1 - first]):
            approve(effort)
        told = [stored(Effort, key(effort)) for effort in both]
        assert [effort.approved_cents for effort in told] == [HALF_OF_TWO_YEARS, HALF_YEAR]
        assert stored(Contract, key(contract)).approved_cents == 7_000_000
        after = make_effort(contract, **work(date(2028, 7, 1), date(2028, 12, 31)), **WHO)
        assert after.value_cents == 0
        assert all_agree()

    def test_what_was_approved_and_gave_way_says_until_when_it_counted(self, lite_world: World) -> None:
        contract = make_contract(lite_world, rule_set_code=FRYSLAN, percentage=Decimal(5))
        early, late = make_effort(contract, **FIRST, **WHO), make_effort(contract, **THEN, **WHO)
        approve(late)
        assert approve(early).facts["counted_first"] == [
            {"from": "2027-07-01", "to": "2028-06-30", "hours_per_week": "36", "counted_to": "2027-12-31"}
        ]

    def test_work_that_was_approved_in_part_used_its_days(self, world: World, here: Contract) -> None:
        approve(make_effort(here, **FIRST, **WHO), approved_cents=100, reason="Uren ontbreken")
        assert make_effort(here, **THEN, **WHO).value_cents == HALF_YEAR

    def test_time_that_came_free_counts_at_approval(self, world: World, here: Contract) -> None:
        first = make_effort(here, **FIRST, **WHO)
        late = make_effort(here, **THEN, **WHO)
        command = WithdrawEffort(effort_id=key(first), version=first.version)
        perform(system("test"), actions.withdraw_effort, command)
        assert approve(late).approved_cents == WHOLE_YEAR


class TestBeforehand:
    def test_a_contractor_cannot_look_up_who_is_in_a_scheme_elsewhere(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        make_effort(there, **FIRST, **WHO)
        claim = EffortClaim(**THEN, **WHO)
        contractor, officer = world.actor(Role.EMPLOYER), world.actor(Role.SROI_OFFICER)
        rules = queries_rule_set(here)
        with reading(contractor) as unit:
            told = before_submitting(unit, key(here), claim, frozenset()).value
            shown = queries.preview_effort(unit, key(here), rules, claim)
        assert (told.amount, shown.amount) == (35_000, 35_000)
        with reading(officer) as unit:
            told = before_submitting(unit, key(here), claim, frozenset()).value
            shown = queries.preview_effort(unit, key(here), rules, claim)
        assert (told.amount, shown.amount) == (17_500, 17_500)
        draft = make_effort(here, contractor, **THEN, **WHO, submit=False)
        assert "earlier" not in draft.facts

    def test_a_contractor_sees_what_their_own_efforts_used(self, world: World, here: Contract) -> None:
        first = make_effort(here, **FIRST, **WHO)
        with reading(world.actor(Role.EMPLOYER)) as unit:
            claim = EffortClaim(**THEN, **WHO)
            assert queries.preview_effort(unit, key(here), queries_rule_set(here), claim).amount == 17_500
            same = EffortClaim(**FIRST, **WHO)
            shown = queries.preview_effort(unit, key(here), queries_rule_set(here), same, key(first))
            assert shown.amount == 52_500


class TestDraft:
    def move_the_end(self, world: World, contract: Contract) -> None:
        """Let an officer change the last day of a contract, which values all that waits anew."""
        current = stored(Contract, key(contract))
        left_out = {"contract_hours", "contract_id", "version", "rule_set_code"}
        told = {name: getattr(current, name) for name in EditContract.model_fields if name not in left_out}
        told |= {"contract_id": key(contract), "version": current.version, "end_on": date(2029, 6, 30)}
        perform(world.actor(Role.SROI_OFFICER), actions.edit_contract, EditContract(**told))

    @pytest.mark.parametrize("same_authority", [True, False])
    def test_an_officer_who_values_it_anew_adds_nothing_of_other_companies(
        self, lite_world: World, same_authority: bool
    ) -> None:
        terms: dict[str, Any] = {"rule_set_code": FRYSLAN, "percentage": Decimal(5)}
        mine = make_contract(lite_world, **terms)
        authority = lite_world.authority if same_authority else lite_world.other_authority
        theirs = make_contract(
            lite_world, **terms, employer_id=key(lite_world.employer_b), authority_id=key(authority)
        )
        make_effort(theirs, **FIRST, **WHO)
        draft = make_effort(mine, lite_world.actor(Role.EMPLOYER), **THEN, **WHO, submit=False)
        waiting = make_effort(mine, **THEN, **WHO)
        self.move_the_end(lite_world, mine)
        after = stored(Effort, key(draft))
        assert after.value_cents == WHOLE_YEAR
        assert after.facts.keys().isdisjoint({"earlier", "counted_first"})
        assert stored(Effort, key(waiting)).value_cents == HALF_YEAR
        by_staff = make_effort(mine, lite_world.actor(Role.SROI_OFFICER), **THEN, **WHO, submit=False)
        assert by_staff.facts.keys().isdisjoint({"earlier"})

    def test_the_own_work_of_the_company_is_taken_off_whoever_values_it(self, lite_world: World) -> None:
        terms: dict[str, Any] = {"rule_set_code": FRYSLAN, "percentage": Decimal(5)}
        mine = make_contract(lite_world, **terms)
        elsewhere = make_contract(lite_world, **terms, authority_id=key(lite_world.other_authority))
        make_effort(elsewhere, **FIRST, **WHO)
        draft = make_effort(mine, lite_world.actor(Role.EMPLOYER), **THEN, **WHO, submit=False)
        assert draft.value_cents == HALF_YEAR
        self.move_the_end(lite_world, mine)
        assert stored(Effort, key(draft)).value_cents == HALF_YEAR


class TestSheet:
    def test_one_person_on_two_lines_in_any_order(self, world: World, here: Contract) -> None:
        lines = (EffortClaim(**THEN, **WHO), EffortClaim(**FIRST, **WHO))
        with reading(world.actor(Role.EMPLOYER)) as unit:
            told = look_at(unit, key(here), lines)
        assert [one.value.amount for one in told if one.value] == [17_500, 52_500]
        command = SubmitEfforts(contract_id=key(here), efforts=lines, submit=True)
        assert perform(world.actor(Role.EMPLOYER), actions.submit_efforts, command) == 2
        assert stored(Contract, key(here)).submitted_cents == HALF_OF_TWO_YEARS + HALF_YEAR
        assert all_agree()

    def test_the_same_line_again_is_known_and_not_handed_in_twice(self, world: World, here: Contract) -> None:
        make_effort(here, **FIRST, **WHO)
        make_effort(here, **THEN, **WHO)
        with reading(world.actor(Role.EMPLOYER)) as unit:
            [told] = look_at(unit, key(here), [EffortClaim(**THEN, **WHO)])
        assert told.known

    def test_many_lines_take_as_many_queries_as_one(self, lite_world: World) -> None:
        contract = make_contract(lite_world, rule_set_code=FRYSLAN, percentage=Decimal(5))

        def asked(people: int) -> int:
            lines = [EffortClaim(**THEN | {"subject": f"K-{number}"}) for number in range(people)]
            with reading(system("test")) as unit, statements() as queries_asked:
                look_at(unit, key(contract), lines)
            return len(queries_asked)

        assert asked(1) == asked(20) <= 8


def test_the_review_of_an_effort_asks_one_question_more_for_a_limit(lite_world: World) -> None:
    free = make_effort(make_contract(lite_world), **WHO)
    contract = make_contract(lite_world, rule_set_code=FRYSLAN, percentage=Decimal(5))
    for year in range(2020, 2026):
        make_effort(contract, **work(date(year, 1, 1), date(year, 1, 31)), **WHO)
    limited = make_effort(contract, **THEN, **WHO)

    def asked(effort: Effort) -> int:
        with reading(lite_world.actor(Role.SROI_OFFICER)) as unit, statements() as queries_asked:
            queries.review_page(unit, key(effort))
        return len(queries_asked)

    assert asked(limited) == asked(free) + 1


@pytest.mark.parametrize(("one", "again"), [("Één", "één "), ("K%_1\\é", "k%_1\\É\t"), ("K-9", "k-9\n")])
def test_a_reference_is_the_same_in_capitals_with_accents_and_with_blanks(
    world: World, one: str, again: str
) -> None:
    """Eighteen months, then twelve of which six are left: 35,000 x 6/12."""
    here = make_contract(world, rule_set_code=FRYSLAN, percentage=Decimal(5))
    make_effort(here, **FIRST | {"subject": one})
    assert make_effort(here, **THEN | {"subject": again}).value_cents == HALF_YEAR
