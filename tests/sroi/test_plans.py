"""Plans of action: who makes, changes and accepts them, what a line is worth, and who sees whose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, rulebook
from crm.sroi.commands import StartRepair
from crm.sroi.plan_commands import (
    AcceptPlan,
    AddPlanLines,
    ConfirmHandover,
    DiscardPlan,
    EditPlanLine,
    HandInPlan,
    NameSiteContact,
    NotePromise,
    PlanLineFacts,
    RemovePlanLine,
    RenewPlan,
    SendPlanBack,
)
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.efforts import efforts_of_contract
from crm.sroi.queries.plans import PlanPage, beside_efforts, plan_for, plan_page, preview_plan_line
from crm.sroi.queries.promised import open_plan_lines
from crm.sroi.records import Contract, Handover, Plan, PlanLine
from crm.sroi.rules import Explanation
from crm.sroi.rules.plan import Beside, HandoverStep, OpenPlanLine, PlanState
from tests.counting import statements
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, make_placement, stored

YEAR_END = date(2026, 12, 31)
DAY = date(2026, 11, 20)


def employer(world: World) -> Actor:
    return world.actor(Role.EMPLOYER)


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def line(**values: Any) -> dict[str, Any]:
    """Return a line of € 20.000: Participation Act, 24 hours a week, nine months."""
    return {
        "block": "PW",
        "start": date(2026, 1, 1),
        "end": date(2026, 9, 30),
        "hours_per_week": Decimal(24),
        **values,
    }


def add(contract: Contract, *lines: dict[str, Any], actor: Actor | None = None) -> Plan:
    """Add lines to the plan of a contract; return the plan as it is then."""
    command = AddPlanLines(contract_id=key(contract), lines=lines or (line(),))
    found: Plan = stored(Plan, perform(actor or system("test"), actions.add_plan_lines, command))
    return found


def hand_in(plan: Plan, actor: Actor | None = None) -> Plan:
    command = HandInPlan(plan_id=key(plan), version=plan.version)
    perform(actor or system("test"), actions.hand_in_plan, command)
    found: Plan = stored(Plan, key(plan))
    return found


def accept(plan: Plan, actor: Actor | None = None, **values: Any) -> Plan:
    told = {"name": "Femke Vos", "function": "contractmanager", "handed_on": DAY, **values}
    command = AcceptPlan(plan_id=key(plan), version=plan.version, **told)
    perform(actor or system("test"), actions.accept_plan, command)
    found: Plan = stored(Plan, key(plan))
    return found


def page(contract: Contract, actor: Actor | None = None) -> PlanPage:
    with reading(actor or system("test")) as unit:
        return plan_page(unit, key(contract), rulebook.of_contract(unit, unit.get(Contract, key(contract))))


def asked(actor: Actor, question: Callable[..., Any], *args: Any) -> Any:
    with reading(actor) as unit:
        return question(unit, *args)


def only_line(plan: Plan) -> PlanLine:
    contract: Contract = stored(Contract, plan.contract_id)
    current = page(contract).current
    assert current is not None
    [row] = current.lines
    found: PlanLine = stored(PlanLine, row.id)
    return found


class TestValue:
    # Utrecht: someone from the Participation Act, € 40.000 for 36 hours and twelve months.
    @pytest.mark.parametrize(("people", "cents"), [(1, 2_000_000), (2, 4_000_000), (3, 6_000_000)])
    def test_a_line_is_worth_one_person_times_the_people(self, world: World, people: int, cents: int) -> None:
        contract = make_contract(world, rule_set_code="utrecht-current", percentage=Decimal(5))
        plan = add(contract, line(people=people))
        assert (plan.total_cents, only_line(plan).value_cents) == (cents, cents)

    def test_a_rounded_person_counts_as_often_as_there_are_people(self, world: World) -> None:
        plan = add(make_contract(world), line(end=date(2026, 6, 30), people=3))
        assert plan.total_cents == 3 * 1_333_333

    def test_the_last_step_says_how_many_people_together(self, world: World) -> None:
        current = page(contract_of(add(make_contract(world), line(people=2)))).current
        assert current is not None
        last = current.lines[0].explanation.readable_steps()[-1]
        assert (last.label, last.amount) == ("2 people together", Decimal("40000.00"))

    def test_a_purchase_counts_for_its_amount(self, world: World) -> None:
        bought = {"block": "SOCIALE_INKOOP", "start": date(2026, 3, 1), "amount_cents": 1_250_050}
        assert add(make_contract(world), bought).total_cents == 1_250_050

    def test_people_are_not_counted_in_a_purchase(self, world: World) -> None:
        bought = {"block": "SOCIALE_INKOOP", "start": date(2026, 3, 1), "amount_cents": 100, "people": 2}
        with pytest.raises(Invalid) as fault:
            add(make_contract(world), bought)
        assert fault.value.field == "people"

    def test_a_line_can_start_in_a_repair_period(self, lite_world: World) -> None:
        contract = make_contract(lite_world, end_on=date(2026, 10, 31))
        after = {"start": date(2026, 12, 1), "end": date(2026, 12, 31)}
        with pytest.raises(Invalid, match="contract has ended"):
            add(contract, line(**after))
        repair = StartRepair(contract_id=key(contract), version=contract.version, until=YEAR_END)
        perform(officer(lite_world), actions.start_repair, repair)
        assert add(contract, line(**after)).contract_id == key(contract)

    def test_a_line_after_the_contract_is_refused(self, world: World) -> None:
        with pytest.raises(Invalid) as fault:
            add(make_contract(world), line(start=date(2027, 1, 1), end=date(2027, 3, 31)))
        assert fault.value.field == "start"

    def test_a_line_that_misses_a_fact_is_refused_whole(self, world: World) -> None:
        contract = make_contract(world)
        with pytest.raises(Invalid):
            add(contract, line(), line(hours_per_week=None))
        assert page(contract).current is None

    def test_a_preview_is_worth_the_same_and_says_what_is_missing(self, world: World) -> None:
        contract = make_contract(world)
        shown = asked(employer(world), contract_page, key(contract))
        full = preview_plan_line(plan_for(shown), PlanLineFacts(**line(people=2)))
        empty = preview_plan_line(plan_for(shown), PlanLineFacts(block="PW", people=2))
        assert full.amount == Decimal("40000.00")
        assert empty.amount == 0

    def test_no_citizen_service_number_in_the_words(self, world: World) -> None:
        with pytest.raises(Invalid, match="BSN"):
            PlanLineFacts(**line(activity="Jan 111222333"))


def contract_of(plan: Plan) -> Contract:
    found: Contract = stored(Contract, plan.contract_id)
    return found


class TestMaking:
    def test_the_contractor_makes_and_hands_in_a_plan(self, world: World) -> None:
        contract, actor = make_contract(world), employer(world)
        plan = add(contract, line(activity="Maaien"), line(people=2), actor=actor)
        assert (plan.number, plan.state, plan.total_cents) == (1, PlanState.DRAFT, 6_000_000)
        plan = hand_in(plan, actor)
        current = page(contract, actor).current
        assert current is not None
        assert (current.state, current.handed_in_by) == (PlanState.HANDED_IN, actor.name)
        assert [row.activity for row in current.lines] == ["Maaien", ""]

    def test_the_officer_makes_one_as_well(self, world: World) -> None:
        assert hand_in(add(make_contract(world), actor=officer(world)), officer(world)).number == 1

    def test_more_lines_go_behind_the_others_of_the_same_plan(self, world: World) -> None:
        contract = make_contract(world)
        first, second = add(contract, line(activity="een")), add(contract, line(activity="twee"))
        current = page(contract).current
        assert (key(first), current is not None and [row.activity for row in current.lines]) == (
            key(second),
            ["een", "twee"],
        )

    def test_a_line_is_changed_and_valued_anew(self, world: World) -> None:
        plan = add(make_contract(world), actor=employer(world))
        command = EditPlanLine(line_id=key(only_line(plan)), version=plan.version, **line(people=2))
        perform(employer(world), actions.edit_plan_line, command)
        assert stored(Plan, key(plan)).total_cents == 4_000_000

    def test_a_line_is_taken_out(self, world: World) -> None:
        plan = add(make_contract(world))
        command = RemovePlanLine(line_id=key(only_line(plan)), version=plan.version)
        perform(employer(world), actions.remove_plan_line, command)
        assert stored(Plan, key(plan)).total_cents == 0

    def test_a_change_on_an_older_plan_is_compared_first(self, world: World) -> None:
        contract = make_contract(world)
        plan = add(contract)
        command = EditPlanLine(line_id=key(only_line(plan)), version=plan.version, **line(people=2))
        add(contract)
        with pytest.raises(Conflict) as conflict:
            perform(employer(world), actions.edit_plan_line, command)
        assert (conflict.value.stored["people"], conflict.value.yours["people"]) == (1, 2)
        with pytest.raises(Conflict):
            perform(
                employer(world),
                actions.add_plan_lines,
                AddPlanLines(contract_id=key(contract), version=plan.version, lines=(line(),)),
            )

    def test_a_decision_on_an_older_plan_is_taken_anew(self, world: World) -> None:
        contract = make_contract(world)
        plan = add(contract)
        add(contract)
        with pytest.raises(Invalid):
            hand_in(plan)

    def test_an_empty_plan_is_not_handed_in(self, world: World) -> None:
        plan = add(make_contract(world))
        command = RemovePlanLine(line_id=key(only_line(plan)), version=plan.version)
        perform(system("test"), actions.remove_plan_line, command)
        with pytest.raises(Invalid, match="nothing in this plan"):
            hand_in(stored(Plan, key(plan)))

    def test_a_contract_that_does_not_run_takes_no_plan(self, world: World) -> None:
        with pytest.raises(Invalid):
            add(make_contract(world, confirmed=False))

    def test_a_plan_that_waits_cannot_be_changed(self, world: World) -> None:
        contract = make_contract(world)
        plan = hand_in(add(contract))
        with pytest.raises(Invalid):
            add(contract, actor=employer(world))
        with pytest.raises(Invalid):
            hand_in(plan)


class TestDeciding:
    def test_sent_back_with_a_reason_it_is_changed_and_handed_in_again(self, world: World) -> None:
        contract = make_contract(world)
        plan = hand_in(add(contract, actor=employer(world)), employer(world))
        command = SendPlanBack(plan_id=key(plan), version=plan.version, reason="Wie begeleidt?")
        perform(officer(world), actions.send_plan_back, command)
        current = page(contract, employer(world)).current
        assert current is not None
        assert (current.state, current.reason) == (PlanState.SENT_BACK, "Wie begeleidt?")
        plan = hand_in(add(contract, actor=employer(world)), employer(world))
        assert (plan.state, plan.reason, plan.number) == (PlanState.HANDED_IN, None, 1)

    def test_accepted_it_goes_to_the_contract_manager(self, world: World) -> None:
        contract = make_contract(world)
        accept(hand_in(add(contract)), officer(world))
        found = page(contract, employer(world))
        assert found.current is not None
        assert (found.current.state, found.current.decided_by) == (PlanState.ACCEPTED, officer(world).name)
        [step] = found.handovers
        assert (step.step, step.name, step.function) == (
            HandoverStep.CONTRACT_MANAGER,
            "Femke Vos",
            "contractmanager",
        )
        assert (step.handed_on, step.confirmed_on, step.noted_by) == (DAY, None, officer(world).name)

    def test_a_draft_is_not_accepted(self, world: World) -> None:
        with pytest.raises(Invalid):
            accept(add(make_contract(world)), officer(world))

    def test_a_contractor_accepts_nothing(self, world: World) -> None:
        plan = hand_in(add(make_contract(world)))
        with pytest.raises(Forbidden):
            accept(plan, employer(world))

    def test_an_account_manager_makes_no_plan(self, world: World) -> None:
        with pytest.raises(Forbidden):
            add(make_contract(world), actor=world.actor(Role.ACCOUNT_MANAGER))


class TestVersions:
    def renewed(self, contract: Contract) -> tuple[Plan, Plan]:
        old = accept(hand_in(add(contract, line(people=2))))
        command = RenewPlan(plan_id=key(old), version=old.version)
        return old, stored(Plan, perform(system("test"), actions.renew_plan, command))

    def test_a_new_version_starts_as_a_copy_and_the_old_one_stays(self, world: World) -> None:
        contract = make_contract(world)
        old, new = self.renewed(contract)
        assert (new.number, new.state, new.total_cents) == (2, PlanState.DRAFT, 4_000_000)
        add(contract)
        found = page(contract, employer(world))
        assert [(plan.number, len(plan.lines)) for plan in found.versions] == [(2, 2), (1, 1)]
        assert found.holding is not None
        assert (found.holding.id, found.holding.total_cents) == (key(old), 4_000_000)

    def test_only_once(self, world: World) -> None:
        old, _new = self.renewed(make_contract(world))
        with pytest.raises(Invalid, match="newer version"):
            perform(system("test"), actions.renew_plan, RenewPlan(plan_id=key(old), version=old.version))

    def test_only_of_an_accepted_plan(self, world: World) -> None:
        plan = add(make_contract(world))
        with pytest.raises(Invalid):
            perform(system("test"), actions.renew_plan, RenewPlan(plan_id=key(plan), version=plan.version))


class TestHandover:
    def test_goes_from_bid_to_site_each_with_a_date_and_who(self, world: World) -> None:
        contract = make_contract(world)
        told = {"contract_id": key(contract), "handed_on": date(2025, 11, 1), "name": "Bas Kok"}
        promise = NotePromise(**told, note="Twee leerplekken")
        perform(officer(world), actions.note_promise, promise)
        accept(hand_in(add(contract)))
        site = NameSiteContact(contract_id=key(contract), handed_on=DAY, name="Ilse Bos")
        perform(employer(world), actions.name_site_contact, site)
        steps = page(contract).handovers
        assert [(step.step, step.name, step.note) for step in steps] == [
            (HandoverStep.PROMISE, "Bas Kok", "Twee leerplekken"),
            (HandoverStep.CONTRACT_MANAGER, "Femke Vos", ""),
            (HandoverStep.SITE_CONTACT, "Ilse Bos", ""),
        ]
        assert steps[2].noted_by == employer(world).name

    def test_is_confirmed_on_a_day(self, world: World) -> None:
        contract = make_contract(world)
        accept(hand_in(add(contract)))
        [step] = page(contract).handovers
        early = ConfirmHandover(handover_id=step.id, version=step.version, confirmed_on=date(2026, 11, 19))
        with pytest.raises(Invalid, match="later"):
            perform(officer(world), actions.confirm_handover, early)
        perform(officer(world), actions.confirm_handover, early.model_copy(update={"confirmed_on": DAY}))
        confirmed = stored(Handover, step.id)
        assert (confirmed.confirmed_on, confirmed.confirmed_by_id) == (DAY, officer(world).user_id)

    def test_a_contractor_notes_no_promise(self, world: World) -> None:
        command = NotePromise(contract_id=key(make_contract(world)), handed_on=DAY, name="Bas Kok")
        with pytest.raises(Forbidden):
            perform(employer(world), actions.note_promise, command)


class TestTerm:
    """Three months of 24 hours are 6,666.67, five 11,111.11; the contract ends with the year."""

    BEYOND: ClassVar[dict[str, Any]] = {"start": date(2026, 10, 1), "end": date(2027, 3, 31)}

    def test_a_line_counts_up_to_the_last_day_of_the_contract(self, world: World) -> None:
        contract = make_contract(world)
        found = only_line(add(contract, line(**self.BEYOND)))
        assert (found.value_cents, found.ends_on) == (666_667, date(2027, 3, 31))
        said = Explanation.from_json(found.explanation).readable_steps("en")
        assert said[0].label == "Counts up to 31 Dec 2026, the last day of the contract"
        with reading(system("test")) as unit:
            told = PlanLineFacts(**line(**self.BEYOND))
            shown = preview_plan_line(plan_for(contract_page(unit, key(contract))), told)
        assert shown.amount == Decimal("6666.67")

    def test_and_of_a_repair_period_while_that_runs(self, world: World) -> None:
        contract = make_contract(world)
        plan = add(contract, line(**self.BEYOND))
        version = stored(Contract, key(contract)).version
        command = StartRepair(contract_id=key(contract), version=version, until=date(2027, 2, 28))
        perform(system("test"), actions.start_repair, command)
        assert only_line(hand_in(plan)).value_cents == 1_111_111

    def test_a_line_within_the_term_says_nothing_of_it(self, world: World) -> None:
        found = only_line(add(make_contract(world)))
        said = Explanation.from_json(found.explanation).steps
        assert not any("last day" in step.label for step in said)

    def test_a_line_that_starts_too_late_is_refused(self, world: World) -> None:
        with pytest.raises(Invalid) as caught:
            add(make_contract(world), line(start=date(2027, 1, 1), end=date(2027, 3, 31)))
        assert caught.value.field == "start"


class TestScope:
    def test_an_employer_neither_sees_nor_changes_the_plan_of_another(self, world: World) -> None:
        contract = make_contract(world, employer_id=key(world.employer_b))
        plan = accept(hand_in(add(contract)))
        actor = employer(world)
        with reading(system("test")) as unit:
            ruleset = rulebook.of_contract(unit, unit.get(Contract, key(contract)))
        found = asked(actor, plan_page, key(contract), ruleset)
        assert (found.versions, found.handovers) == ((), ())
        with pytest.raises(NotFound):
            add(contract, actor=actor)
        for action, command in (
            (actions.hand_in_plan, HandInPlan(plan_id=key(plan), version=plan.version)),
            (actions.renew_plan, RenewPlan(plan_id=key(plan), version=plan.version)),
            (actions.name_site_contact, NameSiteContact(contract_id=key(contract), handed_on=DAY, name="Ik")),
            (actions.remove_plan_line, RemovePlanLine(line_id=key(only_line(plan)), version=plan.version)),
        ):
            with pytest.raises(NotFound):
                perform(actor, action, command)
        with pytest.raises(NotFound):
            asked(actor, open_plan_lines, key(contract))

    def test_an_officer_of_another_authority_does_not_see_it(self, world: World) -> None:
        contract = make_contract(world, authority_id=key(world.other_authority))
        plan = hand_in(add(contract))
        with pytest.raises(NotFound):
            accept(plan, officer(world))

    def test_as_many_queries_for_many_lines_and_versions_as_for_one(self, world: World) -> None:
        contract = make_contract(world)
        plan = accept(hand_in(add(contract)))
        with reading(system("test")) as unit:
            ruleset = rulebook.of_contract(unit, unit.get(Contract, key(contract)))
        with statements() as few:
            asked(officer(world), plan_page, key(contract), ruleset)
        perform(system("test"), actions.renew_plan, RenewPlan(plan_id=key(plan), version=plan.version))
        add(contract, *[line() for _ in range(5)])
        with statements() as many:
            asked(officer(world), plan_page, key(contract), ruleset)
        assert len(few) == len(many)


class TestBesideResult:
    def test_plan_and_result_of_each_block(self, world: World) -> None:
        contract = make_contract(world)
        add(contract, line(people=2), {"block": "SOCIALE_INKOOP", "start": DAY, "amount_cents": 500_000})
        approve(make_effort(contract))
        make_effort(contract, subject="K-2042")
        current = page(contract).current
        assert current is not None
        efforts = asked(system("test"), efforts_of_contract, key(contract))
        assert beside_efforts(current, efforts) == [
            Beside("PW", 4_000_000, 1_333_333, 1_333_333),
            Beside("SOCIALE_INKOOP", 500_000, 0, 0),
        ]


class TestOpenLines:
    def left(self, contract: Contract) -> list[OpenPlanLine]:
        found: list[OpenPlanLine] = asked(system("test"), open_plan_lines, key(contract))
        return found

    def test_a_draft_promises_nothing(self, world: World) -> None:
        contract = make_contract(world)
        assert self.left(contract) == []
        add(contract)
        assert self.left(contract) == []

    def test_people_who_have_an_effort_are_taken_off(self, world: World) -> None:
        contract = make_contract(world)
        hand_in(add(contract, line(people=3)))
        make_effort(contract, subject="K-1")
        make_effort(contract, subject="K-2", submit=False)
        placement = make_placement(world)
        for start, end in ((1, 3), (4, 6)):
            make_effort(
                contract,
                placement_id=key(placement),
                start=date(2026, start, 1),
                end=date(2026, end, 28),
            )
        # Of K-1, who has no placement, the three months are left that were not handed in: 6,666.67.
        assert self.left(contract) == [
            OpenPlanLine("PW", 1, date(2026, 1, 1), date(2026, 9, 30), 2_000_000),
            OpenPlanLine("PW", 0, date(2026, 7, 1), date(2026, 9, 30), 666_667),
        ]

    def test_the_accepted_version_goes_before_one_that_waits(self, world: World) -> None:
        contract = make_contract(world)
        old = accept(hand_in(add(contract)))
        renew = RenewPlan(plan_id=key(old), version=old.version)
        perform(system("test"), actions.renew_plan, renew)
        hand_in(add(contract, line(people=4)))
        assert [left.people_left for left in self.left(contract)] == [1]


class TestDiscard:
    def discard(self, plan: Plan) -> int:
        command = DiscardPlan(plan_id=key(plan), version=plan.version)
        return perform(system("test"), actions.discard_plan, command)

    def renewed(self, contract: Contract) -> tuple[Plan, Plan]:
        old = accept(hand_in(add(contract, line(people=2))))
        command = RenewPlan(plan_id=key(old), version=old.version)
        return old, stored(Plan, perform(system("test"), actions.renew_plan, command))

    def test_what_was_agreed_stands_again(self, world: World) -> None:
        contract = make_contract(world)
        old, new = self.renewed(contract)
        self.discard(new)
        found = page(contract)
        assert found.current is not None
        assert (found.current.id, found.current.state) == (key(old), PlanState.ACCEPTED)
        assert len(found.versions) == 1

    def test_who_was_named_meanwhile_stays_with_what_was_agreed(self, world: World) -> None:
        contract = make_contract(world)
        old, new = self.renewed(contract)
        name = NameSiteContact(contract_id=key(contract), name="Ilse Bos", handed_on=DAY)
        handover_id = perform(system("test"), actions.name_site_contact, name)
        assert stored(Handover, handover_id).plan_id == key(new)
        self.discard(new)
        assert stored(Handover, handover_id).plan_id == key(old)

    def test_a_first_draft_leaves_no_plan(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        self.discard(add(contract))
        assert page(contract).versions == ()

    def test_what_waits_or_was_agreed_stays(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        waits = hand_in(add(contract))
        with pytest.raises(Invalid, match="not possible"):
            self.discard(waits)
        with pytest.raises(Invalid, match="not possible"):
            self.discard(accept(waits))

    def test_a_first_plan_that_came_back_is_corrected_and_not_dropped(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        waits = hand_in(add(contract))
        command = SendPlanBack(plan_id=key(waits), version=waits.version, reason="Wie begeleidt?")
        perform(system("test"), actions.send_plan_back, command)
        with pytest.raises(Invalid, match="came back to be corrected"):
            self.discard(stored(Plan, key(waits)))


class TestLinesBesideAnAcceptedPlan:
    def test_a_new_version_is_started_when_that_is_asked(self, world: World) -> None:
        contract = make_contract(world)
        old = accept(hand_in(add(contract)))
        command = AddPlanLines(contract_id=key(contract), renew=True, lines=(PlanLineFacts(**line()),))
        new = stored(Plan, perform(system("test"), actions.add_plan_lines, command))
        assert (new.number, new.state, new.total_cents) == (2, PlanState.DRAFT, 2 * old.total_cents)
        assert stored(Plan, key(old)).state is PlanState.ACCEPTED

    def test_a_plan_that_waits_is_left_alone(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        hand_in(add(contract))
        command = AddPlanLines(contract_id=key(contract), renew=True, lines=(PlanLineFacts(**line()),))
        with pytest.raises(Invalid, match="waits for an answer"):
            perform(system("test"), actions.add_plan_lines, command)
