"""What an employer sees of its contracts, what it is told to do, and what stays out of its sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work, perform, reading
from crm.placements.rules import ContractForm
from crm.sroi import actions, queries
from crm.sroi.commands import (
    AddEvidence,
    ConfirmObligation,
    EditEffort,
    OfferPlacement,
    RemoveEvidence,
    SendBack,
    SettleContract,
    StartRepair,
    SubmitEffort,
    WithdrawEffort,
)
from crm.sroi.next_steps import Todo, Urgency, next_steps
from crm.sroi.plan_commands import RenewPlan, SendPlanBack
from crm.sroi.queries.portal import (
    PortalContract,
    own_name,
    portal_contract,
    portal_effort,
    with_contact,
    with_placements,
    with_tasks,
)
from crm.sroi.records import Contract, Effort
from crm.sroi.standing import last_day
from crm.sroi.states import EffortState
from tests.counting import statements
from tests.factories import World
from tests.sroi import test_plans as plans
from tests.sroi.factories import (
    approve,
    claim,
    make_contract,
    make_effort,
    make_placement,
    stored,
)

PDF = b"%PDF-1.4 bewijs"
YEAR = {"award_on": date(2026, 11, 10), "start_on": date(2026, 11, 15), "end_on": date(2027, 11, 14)}


def asked(actor: Actor, question: Callable[..., Any], *args: Any) -> Any:
    with reading(actor) as unit:
        return question(unit, *args)


def employer(world: World) -> Actor:
    return world.actor(Role.EMPLOYER)


def whole(unit: Work, contract_id: int) -> PortalContract:
    return with_placements(unit, with_contact(portal_contract(unit, contract_id)))


def todos(world: World, contract: Contract) -> list[Todo]:
    found = asked(employer(world), whole, key(contract))
    return [step.todo for step in next_steps(found)]


def send_back(effort: Effort, reason: str = "Het uurtarief ontbreekt") -> None:
    command = SendBack(effort_id=key(effort), version=effort.version, reason=reason)
    perform(system("test"), actions.send_back, command)


def add(effort: Effort, kind: str) -> int:
    command = AddEvidence(effort_id=key(effort), kind=kind, file_name="loonstrook.pdf", content=PDF)
    return perform(system("test"), actions.add_evidence, command)


class TestContract:
    def test_shows_whom_to_call(self, world: World) -> None:
        contract = make_contract(world)
        assert asked(employer(world), whole, key(contract)).contact is None
        officer = world.users[Role.SROI_OFFICER]
        with_officer = make_contract(world, confirmed=False)
        command = ConfirmObligation(contract_id=key(with_officer), version=with_officer.version)
        perform(world.actor(Role.SROI_OFFICER), actions.confirm_obligation, command)
        contact = asked(employer(world), whole, key(with_officer)).contact
        assert (contact.name, contact.email) == (officer.name, officer.email)

    def test_is_not_there_before_it_is_confirmed(self, world: World) -> None:
        waiting = make_contract(world, confirmed=False)
        with pytest.raises(NotFound):
            asked(employer(world), whole, key(waiting))

    def test_tells_whose_portal_it_is(self, world: World) -> None:
        assert asked(employer(world), own_name) == "De Linde Groen BV"

    def test_takes_as_many_queries_for_many_efforts_as_for_one(self, world: World) -> None:
        contract, actor = make_contract(world), employer(world)
        make_effort(contract)
        make_placement(world)
        with statements() as few:
            asked(actor, whole, key(contract))
        for number in range(5):
            make_effort(contract, subject=f"K-30{number}")
            make_placement(world)
        with statements() as many:
            asked(actor, whole, key(contract))
        assert len(few) == len(many) <= 8


class TestPlacements:
    def offers(self, world: World, contract: Contract) -> Any:
        return asked(employer(world), whole, key(contract)).placements

    def test_a_placement_that_does_not_count_yet_is_offered_with_its_facts(self, world: World) -> None:
        contract = make_contract(world, end_on=date(2028, 12, 31))
        hours = ((date(2026, 1, 1), Decimal(24)), (date(2026, 7, 1), Decimal(28)))
        placement = make_placement(
            world, hours=hours, contract_form=ContractForm.PERMANENT, planned_end_on=date(2026, 9, 30)
        )
        [offer] = self.offers(world, contract)
        assert (offer.id, offer.reference) == (key(placement), placement.candidate_reference)
        assert (offer.block.code, offer.permanent) == ("PW", True)
        assert (offer.start, offer.end) == (date(2026, 1, 1), date(2026, 9, 30))
        assert [(step.start, step.hours) for step in offer.hours] == list(hours)

    def test_without_an_agreed_end_a_year_is_offered_at_a_time(self, world: World) -> None:
        contract = make_contract(world, end_on=date(2028, 12, 31))
        make_placement(world)
        [offer] = self.offers(world, contract)
        assert (offer.start, offer.end) == (date(2026, 1, 1), date(2026, 12, 31))

    def test_never_longer_than_the_contract(self, world: World) -> None:
        contract = make_contract(world, end_on=date(2026, 8, 31))
        make_placement(world)
        [offer] = self.offers(world, contract)
        assert offer.end == date(2026, 8, 31)

    def test_what_counts_is_not_offered_again_but_the_days_after_it_are(self, world: World) -> None:
        contract = make_contract(world)
        placement = make_placement(world)
        command = SubmitEffort(contract_id=key(contract), placement_id=key(placement), **claim())
        perform(employer(world), actions.submit_effort, command)
        [offer] = self.offers(world, contract)
        assert (offer.start, offer.end) == (date(2026, 7, 1), date(2026, 12, 31))
        rest = claim(start=offer.start, end=offer.end)
        again = SubmitEffort(contract_id=key(contract), placement_id=key(placement), **rest)
        perform(employer(world), actions.submit_effort, again)
        assert self.offers(world, contract) == ()

    def test_not_those_of_another_time_another_group_or_another_employer(self, world: World) -> None:
        contract = make_contract(world)
        make_placement(world, started_on=date(2027, 2, 1), hours=((date(2027, 2, 1), Decimal(24)),))
        make_placement(world, ended_on=date(2025, 12, 31), started_on=date(2025, 1, 1))
        make_placement(world, employer=world.employer_b)
        assert self.offers(world, contract) == ()
        no_blocks = make_contract(world, rule_set_code="lekstroom")
        make_placement(world, group=TargetGroup.SHELTERED)
        assert self.offers(world, no_blocks) == ()
        assert len(self.offers(world, contract)) == 1


class TestCountingAPlacement:
    def submit(self, world: World, contract: Contract, placement_id: int, **values: Any) -> int:
        command = SubmitEffort(contract_id=key(contract), placement_id=placement_id, **claim(**values))
        return perform(employer(world), actions.submit_effort, command)

    def test_days_of_a_placement_count_once(self, world: World) -> None:
        contract, other = make_contract(world), make_contract(world, title="Tweede contract")
        placement = make_placement(world)
        self.submit(world, contract, key(placement))
        with pytest.raises(Invalid) as fault:
            self.submit(world, other, key(placement), start=date(2026, 6, 30), end=date(2026, 7, 31))
        assert fault.value.field == "start"
        later = self.submit(world, other, key(placement), start=date(2026, 7, 1), end=date(2026, 7, 31))
        assert stored(Effort, later).placement_id == key(placement)

    def test_days_that_count_with_another_authority_count_once_too(self, world: World) -> None:
        contract = make_contract(world)
        elsewhere = make_contract(world, authority_id=key(world.other_authority))
        placement = make_placement(world)
        self.submit(world, elsewhere, key(placement))
        command = SubmitEffort(contract_id=key(contract), placement_id=key(placement), **claim())
        with pytest.raises(Invalid):
            perform(world.actor(Role.SROI_OFFICER), actions.submit_effort, command)

    def test_an_effort_does_not_stand_in_its_own_way(self, world: World) -> None:
        contract, placement = make_contract(world), make_placement(world)
        effort_id = self.submit(world, contract, key(placement))
        effort = stored(Effort, effort_id)
        command = EditEffort(effort_id=effort_id, version=effort.version, **claim(hours_per_week=Decimal(28)))
        perform(employer(world), actions.edit_effort, command)
        assert stored(Effort, effort_id).value_cents == 1_555_556

    def test_a_draft_of_the_same_days_may_be_kept_but_not_handed_in(self, world: World) -> None:
        contract, placement = make_contract(world), make_placement(world)
        self.submit(world, contract, key(placement))
        draft_id = self.submit(world, contract, key(placement), submit=False)
        draft = stored(Effort, draft_id)
        command = EditEffort(effort_id=draft_id, version=draft.version, **claim())
        with pytest.raises(Invalid):
            perform(employer(world), actions.edit_effort, command)

    def test_a_placement_of_another_employer_is_not_found(self, world: World) -> None:
        contract = make_contract(world)
        theirs = make_placement(world, employer=world.employer_b)
        with pytest.raises(NotFound):
            self.submit(world, contract, key(theirs))
        command = SubmitEffort(contract_id=key(contract), placement_id=key(theirs), **claim())
        with pytest.raises(Invalid):
            perform(system("test"), actions.submit_effort, command)

    def test_an_employer_cannot_offer_as_staff_do(self, world: World) -> None:
        contract, placement = make_contract(world), make_placement(world)
        command = OfferPlacement(placement_id=key(placement), contract_id=key(contract), block="PW")
        with pytest.raises(Forbidden):
            perform(employer(world), actions.offer_placement, command)


class TestNextSteps:
    def test_what_came_back_goes_before_evidence_drafts_placements_and_what_is_needed(
        self, world: World
    ) -> None:
        contract = make_contract(world, value_cents=400_000_000)
        make_effort(contract, subject="K-1", submit=False)
        make_effort(contract, subject="K-2")
        send_back(make_effort(contract, subject="K-3"))
        make_placement(world)
        assert todos(world, contract) == [
            Todo.CORRECT,
            Todo.EVIDENCE,
            Todo.FINISH,
            Todo.COUNT,
            Todo.FILL,
        ]

    def test_an_effort_with_all_its_evidence_asks_for_nothing(self, world: World) -> None:
        contract = make_contract(world)
        effort = make_effort(contract)
        for kind in ("employment_contract", "payslip"):
            add(effort, kind)
        assert Todo.EVIDENCE in todos(world, contract)
        add(effort, "benefit_proof")
        assert Todo.EVIDENCE not in todos(world, contract)

    def test_what_is_needed_comes_with_an_example_of_the_own_rule_set(self, world: World) -> None:
        contract = make_contract(world, start_on=date(2026, 1, 1), end_on=date(2028, 12, 31))
        make_effort(contract, end=date(2026, 12, 31), hours_per_week=Decimal(36))
        found = asked(employer(world), whole, key(contract))
        fill = next_steps(found)[-1]
        # € 50.000 less € 40.000; 24 hours a week make € 2.222,22 a month.
        assert fill.example is not None
        assert (fill.example.people, fill.example.months) == (1, 5)
        assert fill.example.amount == Decimal("11111.11")

    def test_without_ways_to_count_there_is_no_example(self, world: World) -> None:
        contract = make_contract(world, rule_set_code="lekstroom")
        found = asked(employer(world), whole, key(contract))
        assert [(step.todo, step.example) for step in next_steps(found)] == [(Todo.FILL, None)]

    def test_who_has_met_the_obligation_is_asked_for_no_more(self, world: World) -> None:
        contract = make_contract(world)
        make_placement(world)
        for _ in range(2):
            approve(make_effort(contract, end=date(2026, 12, 31), hours_per_week=Decimal(36)))
        assert todos(world, contract) == []

    def test_what_is_covered_by_efforts_under_review_is_not_asked_again(self, world: World) -> None:
        contract = make_contract(world)
        for _ in range(2):
            make_effort(contract, end=date(2026, 12, 31), hours_per_week=Decimal(36))
        assert todos(world, contract) == [Todo.EVIDENCE, Todo.EVIDENCE]

    def test_a_repair_period_gives_time_after_the_end(self, world: World) -> None:
        contract = make_contract(world, end_on=date(2026, 10, 31))
        make_placement(world)
        found = asked(employer(world), whole, key(contract))
        assert [(step.todo, step.example) for step in next_steps(found)][1:] == [(Todo.FILL, None)]
        command = StartRepair(
            contract_id=key(contract),
            version=stored(Contract, key(contract)).version,
            until=date(2027, 2, 28),
        )
        perform(system("test"), actions.start_repair, command)
        found = asked(employer(world), whole, key(contract))
        assert [step.todo for step in next_steps(found)] == [Todo.COUNT, Todo.FILL]
        # 24 November up to and including 28 February is a part of the fourth month.
        fill = next_steps(found)[-1].example
        assert fill is not None
        assert fill.months == 4
        assert (last_day(found.page.row), found.placements[0].end) == (date(2027, 2, 28), date(2026, 12, 31))

    def test_a_settled_contract_asks_for_nothing(self, world: World) -> None:
        contract = make_contract(world)
        send_back(make_effort(contract))
        command = SettleContract(contract_id=key(contract), version=stored(Contract, key(contract)).version)
        perform(system("test"), actions.settle_contract, command)
        found = asked(employer(world), whole, key(contract))
        assert next_steps(found) == []
        assert found.placements == ()


class TestEffort:
    def test_comes_with_its_evidence_and_its_contract(self, world: World) -> None:
        contract = make_contract(world)
        effort = make_effort(contract)
        evidence_id = add(effort, "payslip")
        found = asked(employer(world), portal_effort, key(effort))
        assert [row.id for row in found.evidence] == [evidence_id]
        assert (found.employer, found.contract_title) == ("De Linde Groen BV", contract.title)
        assert found.contract_is_open
        assert found.rule_set.id == "hart-van-west-brabant-demo"


@dataclass(frozen=True)
class Theirs:
    """What employer B has, which nobody at employer A may reach."""

    contract: int
    effort: int
    version: int
    evidence: int


@pytest.fixture
def theirs(world: World) -> Theirs:
    contract = make_contract(world, employer_id=key(world.employer_b), title="Geheim van B")
    effort = make_effort(contract, subject="K-9999")
    return Theirs(key(contract), key(effort), effort.version, add(effort, "payslip"))


READS: list[Callable[[Theirs], tuple[Any, ...]]] = [
    lambda ids: (portal_contract, ids.contract),
    lambda ids: (portal_effort, ids.effort),
    lambda ids: (queries.contract_page, ids.contract),
    lambda ids: (queries.effort, ids.effort),
    lambda ids: (queries.efforts_of_contract, ids.contract),
    lambda ids: (queries.evidence_of_effort, ids.effort),
    lambda ids: (queries.evidence_of_contract, ids.contract),
    lambda ids: (queries.contract_history, ids.contract),
]
CHANGES: list[Callable[[Theirs], tuple[Any, Any]]] = [
    lambda ids: (actions.submit_effort, SubmitEffort(contract_id=ids.contract, **claim())),
    lambda ids: (actions.edit_effort, EditEffort(effort_id=ids.effort, version=ids.version, **claim())),
    lambda ids: (actions.withdraw_effort, WithdrawEffort(effort_id=ids.effort, version=ids.version)),
    lambda ids: (
        actions.add_evidence,
        AddEvidence(effort_id=ids.effort, kind="payslip", file_name="x.pdf", content=PDF),
    ),
    lambda ids: (actions.remove_evidence, RemoveEvidence(evidence_id=ids.evidence)),
]


@pytest.mark.parametrize("read", READS)
def test_nothing_of_another_employer_can_be_read(
    world: World, theirs: Theirs, read: Callable[[Theirs], tuple[Any, ...]]
) -> None:
    question, *args = read(theirs)
    with pytest.raises(NotFound):
        asked(employer(world), question, *args)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_of_another_employer_can_be_changed(
    world: World, theirs: Theirs, change: Callable[[Theirs], tuple[Any, Any]]
) -> None:
    action, command = change(theirs)
    with pytest.raises(NotFound):
        perform(employer(world), action, command)
    effort = stored(Effort, theirs.effort)
    assert (effort.version, effort.state) == (theirs.version, EffortState.SUBMITTED)


def test_the_list_holds_the_own_confirmed_contracts_alone(world: World, theirs: Theirs) -> None:
    later = make_contract(world, title="Later", end_on=date(2026, 12, 31) + timedelta(days=1))
    sooner = make_contract(world, title="Eerder")
    make_contract(world, confirmed=False)
    rows = asked(employer(world), queries.portal_contracts)
    assert [row.id for row in rows] == [key(sooner), key(later)]
    assert theirs.contract not in [row.id for row in rows]


class TestUrgency:
    """The contract is awarded on 10 November: contact by the 17th, the plan by 8 December (28 days)."""

    def steps(self, world: World, contract: Contract) -> list[tuple[Todo, Urgency]]:
        found = asked(
            employer(world), lambda unit, number: with_tasks(unit, whole(unit, number)), key(contract)
        )
        return [(step.todo, step.urgency) for step in next_steps(found) if step.todo is not Todo.FILL]

    def test_what_is_overdue_goes_before_what_came_back_and_what_is_due_later(self, world: World) -> None:
        contract = make_contract(world, **YEAR)
        assert self.steps(world, contract) == [
            (Todo.CONTACT, Urgency.OVERDUE),
            (Todo.MAKE_PLAN, Urgency.DUE),
        ]
        send_back(make_effort(contract, start=date(2026, 11, 16), end=date(2026, 11, 20)))
        # Who hands something in has been in touch.
        assert self.steps(world, contract) == [
            (Todo.CORRECT, Urgency.CAME_BACK),
            (Todo.MAKE_PLAN, Urgency.DUE),
        ]

    def test_a_plan_that_came_back_is_to_be_corrected(self, world: World) -> None:
        contract = make_contract(world, **YEAR)
        plan = plans.hand_in(plans.add(contract))
        assert self.steps(world, contract) == []
        command = SendPlanBack(plan_id=key(plan), version=plan.version, reason="Wie begeleidt?")
        perform(system("test"), actions.send_plan_back, command)
        assert self.steps(world, contract) == [(Todo.CORRECT_PLAN, Urgency.CAME_BACK)]

    def test_a_draft_beside_the_plan_that_holds_is_to_be_sent(self, world: World) -> None:
        contract = make_contract(world, **YEAR)
        plan = plans.accept(plans.hand_in(plans.add(contract)))
        perform(system("test"), actions.renew_plan, RenewPlan(plan_id=key(plan), version=plan.version))
        assert self.steps(world, contract) == [(Todo.SEND_PLAN, Urgency.UNFINISHED)]

    def test_a_report_is_asked_a_month_ahead(self, world: World) -> None:
        contract = make_contract(world, **YEAR)
        plans.hand_in(plans.add(contract))
        with clock.frozen_at(datetime(2027, 1, 13, 12, tzinfo=UTC)):
            assert self.steps(world, contract) == []
        # The report is due three months after the start, on 14 February.
        with clock.frozen_at(datetime(2027, 1, 14, 12, tzinfo=UTC)):
            assert self.steps(world, contract) == [(Todo.REPORT, Urgency.DUE)]
        with clock.frozen_at(datetime(2027, 2, 15, 12, tzinfo=UTC)):
            assert self.steps(world, contract) == [(Todo.REPORT, Urgency.OVERDUE)]

    def test_a_closed_contract_asks_the_database_nothing_more(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        command = SettleContract(contract_id=key(contract), version=stored(Contract, key(contract)).version)
        perform(system("test"), actions.settle_contract, command)
        found = asked(employer(lite_world), whole, key(contract))
        with reading(employer(lite_world)) as unit:
            assert with_tasks(unit, found) is found
