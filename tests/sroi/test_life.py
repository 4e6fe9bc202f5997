"""The life of a contract on record: events, clocks, who owns it, and what changed its obligation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import (
    ConfirmObligation,
    ContractTerms,
    EditContract,
    MakeLetter,
    ReopenObligation,
    SettleContract,
    StartRepair,
    WithdrawContract,
)
from crm.sroi.life_commands import (
    ChangeContract,
    ChangeOwner,
    MakeReminder,
    NoteEvent,
    NoteReminder,
    RefreshClocks,
    TakeBackChange,
    TakeBackEvent,
)
from crm.sroi.queries.changes import ChangeRow, changes_of
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.due import DueRow, clock_of, due_soon, officers_for
from crm.sroi.queries.letters import letters_of
from crm.sroi.queries.life import ContractLife, contract_life
from crm.sroi.records import Contract, ContractChange, ContractClock, ContractEvent
from crm.sroi.rules import Explanation
from crm.sroi.rules.changing import ChangeKind, EndingMethod
from crm.sroi.rules.life import ClockKind, EventKind, Lateness, Stage
from crm.sroi.states import LetterKind
from tests.counting import statements
from tests.factories import TODAY, World, make_user, save
from tests.sroi.factories import make_contract, make_effort, stored
from tests.sroi.test_plans import add, hand_in

AWARD = date(2026, 11, 10)
YEAR = {"award_on": AWARD, "start_on": date(2026, 11, 15), "end_on": date(2027, 11, 14)}


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def life(contract: Contract, actor: Actor | None = None) -> ContractLife:
    with reading(actor or system("test")) as unit:
        return contract_life(unit, contract_page(unit, key(contract)))


def changes(contract: Contract, actor: Actor | None = None) -> list[ChangeRow]:
    with reading(actor or system("test")) as unit:
        return changes_of(unit, key(contract))


def due(world: World, today: date = TODAY) -> list[DueRow]:
    actor = officer(world)
    with reading(actor) as unit:
        return due_soon(unit, actor.user_id or 0, today, 10)


def stored_clock(contract: Contract) -> ContractClock | None:
    with reading(system("test")) as unit:
        return clock_of(unit, key(contract))


def note(contract: Contract, kind: EventKind = EventKind.FIRST_CONTACT, **values: Any) -> int:
    actor = values.pop("actor", system("test"))
    told = {"happened_on": TODAY, **values}
    return perform(actor, actions.note_event, NoteEvent(contract_id=key(contract), kind=kind, **told))


def make_reminder(
    world: World, contract: Contract, kind: LetterKind = LetterKind.REMINDER, paragraph: str = ""
) -> int:
    """Make the letter of the first step for the first contact that is overdue."""
    step = NoteReminder(
        contract_id=key(contract),
        about=ClockKind.FIRST_CONTACT,
        due_on=date(2026, 11, 17),
        step="reminder",
        happened_on=TODAY,
    )
    letter = MakeLetter(contract_id=key(contract), kind=kind, language="nl", paragraph=paragraph)
    return perform(officer(world), actions.make_reminder, MakeReminder(step=step, letter=letter))


def changed(contract: Contract, kind: ChangeKind, **values: Any) -> Contract:
    actor = values.pop("actor", system("test"))
    told = {"holds_on": TODAY, "reason": "Besloten in het overleg", **values}
    version = stored(Contract, key(contract)).version
    command = ChangeContract(contract_id=key(contract), version=version, kind=kind, **told)
    perform(actor, actions.change_contract, command)
    found: Contract = stored(Contract, key(contract))
    return found


def taken_back(contract: Contract, change_id: int) -> Contract:
    version = stored(Contract, key(contract)).version
    command = TakeBackChange(change_id=change_id, version=version, reason="Was een vergissing")
    perform(system("test"), actions.take_back_change, command)
    found: Contract = stored(Contract, key(contract))
    return found


def reconfirmed(world: World, contract: Contract, **values: Any) -> Contract:
    version = stored(Contract, key(contract)).version
    reopen = ReopenObligation(contract_id=key(contract), version=version, reason="Verkeerde som")
    perform(officer(world), actions.reopen_obligation, reopen)
    version = stored(Contract, key(contract)).version
    confirm = ConfirmObligation(contract_id=key(contract), version=version, **values)
    perform(officer(world), actions.confirm_obligation, confirm)
    found: Contract = stored(Contract, key(contract))
    return found


def edited(world: World, contract: Contract, **values: Any) -> Contract:
    told = {name: getattr(contract, name) for name in ContractTerms.model_fields if name != "rule_set_code"}
    command = EditContract(contract_id=key(contract), version=contract.version, **{**told, **values})
    perform(officer(world), actions.edit_contract, command)
    found: Contract = stored(Contract, key(contract))
    return found


class TestClocks:
    def test_a_new_contract_waits_for_its_first_contact(self, world: World) -> None:
        # The demo rules: seven days after the award of 10 November, so 17 November: a week late today.
        contract = make_contract(world, **YEAR)
        found = life(contract, officer(world))
        assert found.stage is Stage.FIRST_CONTACT
        assert found.next is not None
        assert (found.next.kind, found.next.due_on) == (ClockKind.FIRST_CONTACT, date(2026, 11, 17))
        assert found.next.lateness(TODAY) is Lateness.OVERDUE
        assert [(row.contract_id, row.kind) for row in due(world)] == [
            (key(contract), ClockKind.FIRST_CONTACT)
        ]

    def test_working_days_are_counted_over_christmas(self, lite_world: World) -> None:
        # Noord-Holland: seven working days after Monday 21 December 2026. Counted: 22, 23, 24 (Friday 25 is
        # Christmas, then a weekend), 28, 29, 30, 31 December.
        contract = make_contract(
            lite_world,
            rule_set_code="noord-holland",
            percentage=5,
            award_on=date(2026, 12, 21),
            start_on=date(2027, 1, 1),
            end_on=date(2027, 12, 31),
        )
        following = life(contract).next
        assert following is not None
        assert following.due_on == date(2026, 12, 31)

    def test_noting_the_contact_moves_on_to_the_plan(self, world: World) -> None:
        contract = make_contract(world, **YEAR)
        note(contract, happened_on=date(2026, 11, 16), note="Gebeld", actor=officer(world))
        found = life(contract)
        assert found.stage is Stage.PLAN
        assert found.clocks[0].done_on == date(2026, 11, 16)
        # 28 days after the award.
        assert [(row.kind, row.due_on) for row in due(world)] == [(ClockKind.PLAN, date(2026, 12, 8))]
        [event] = found.events
        assert (event.note, event.noted_by) == ("Gebeld", "sroi_officer een")

    def test_a_plan_that_is_handed_in_counts_as_contact_and_as_plan(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        hand_in(add(contract))
        assert life(contract).stage is Stage.RUNNING
        clock = stored_clock(contract)
        assert clock is not None
        # Three months from 15 November 2026.
        assert (clock.kind, clock.due_on) == (ClockKind.REPORT, date(2027, 2, 14))

    def test_an_effort_that_is_handed_in_counts_as_contact(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        make_effort(contract, start=date(2026, 11, 15), end=date(2027, 3, 14))
        clock = stored_clock(contract)
        assert clock is not None
        assert clock.kind is ClockKind.PLAN

    def test_a_report_answers_its_own_day(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        hand_in(add(contract))
        note(contract, EventKind.REPORT, due_on=date(2027, 2, 14))
        following = life(contract).next
        assert following is not None
        assert following.due_on == date(2027, 5, 14)
        with pytest.raises(Invalid, match="Fill in"):
            note(contract, EventKind.REPORT)

    def test_a_mistake_is_taken_back_by_a_new_event(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        event_id = note(contract)
        command = TakeBackEvent(event_id=event_id, reason="Dat was een ander contract")
        perform(officer(lite_world), actions.take_back_event, command)
        found = life(contract)
        assert found.stage is Stage.FIRST_CONTACT
        assert [event.taken_back for event in found.events] == [False, True]
        assert stored(ContractEvent, event_id).kind is EventKind.FIRST_CONTACT
        clock = stored_clock(contract)
        assert clock is not None
        assert clock.kind is ClockKind.FIRST_CONTACT
        with pytest.raises(Invalid, match="already"):
            perform(officer(lite_world), actions.take_back_event, command)

    @pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 11, 9)])
    def test_a_day_that_cannot_be_is_refused(self, lite_world: World, day: date) -> None:
        contract = make_contract(lite_world, **YEAR)
        with pytest.raises(Invalid) as fault:
            note(contract, happened_on=day)
        assert fault.value.field == "happened_on"

    def test_only_what_can_be_noted_is_noted(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        with pytest.raises(Invalid):
            note(contract, EventKind.TAKEN_BACK)
        unconfirmed = make_contract(lite_world, confirmed=False)
        with pytest.raises(Invalid, match="state"):
            note(unconfirmed)

    def test_a_repair_period_is_due_at_its_end(self, lite_world: World) -> None:
        contract = make_contract(lite_world, award_on=AWARD, start_on=AWARD, end_on=TODAY)
        note(contract)
        note(contract, EventKind.PLAN)
        until = date(2026, 12, 4)
        version = stored(Contract, key(contract)).version
        command = StartRepair(contract_id=key(contract), version=version, until=until)
        perform(officer(lite_world), actions.start_repair, command)
        assert life(contract).stage is Stage.REPAIR
        assert [(row.kind, row.due_on) for row in due(lite_world)] == [(ClockKind.REPAIR, until)]

    def test_a_contract_that_is_no_longer_open_has_no_clock(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        version = stored(Contract, key(contract)).version
        command = WithdrawContract(contract_id=key(contract), version=version, reason="Dubbel geboekt")
        perform(officer(lite_world), actions.withdraw_contract, command)
        assert stored_clock(contract) is None
        assert life(contract).stage is Stage.WITHDRAWN

    def test_a_contract_taken_back_to_confirm_has_no_clock_either(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        version = stored(Contract, key(contract)).version
        command = ReopenObligation(contract_id=key(contract), version=version, reason="Verkeerde som")
        perform(officer(lite_world), actions.reopen_obligation, command)
        assert stored_clock(contract) is None
        assert life(contract).stage is Stage.AWARD

    def test_a_new_confirmation_hides_no_report_that_was_due(self, world: World) -> None:
        # Confirmed on 24 November for 15 November on: a report each three months, the first on 14 February.
        contract = make_contract(world, **YEAR)
        hand_in(add(contract))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "today", lambda: date(2027, 3, 1))
            again = reconfirmed(world, contract)
            assert again.confirmed_on == date(2027, 3, 1)
            overdue = life(contract, officer(world)).next
            assert overdue is not None
            assert (overdue.kind, overdue.due_on) == (ClockKind.REPORT, date(2027, 2, 14))
            assert overdue.lateness(date(2027, 3, 1)) is Lateness.OVERDUE
            told = stored_clock(contract)
            assert told is not None
            assert told.due_on == date(2027, 2, 14)
            # Twice taken back: the first confirmation still tells.
            reconfirmed(world, contract)
            assert life(contract, world.actor(Role.EMPLOYER)).next == overdue

    def test_contracts_from_before_get_their_clock(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        clock = stored_clock(contract)
        assert clock is not None
        event = perform(system("test"), actions.refresh_clocks, RefreshClocks())
        assert event == 0

    def test_the_list_is_one_question_however_many_contracts(self, lite_world: World) -> None:
        for _ in range(3):
            make_contract(lite_world, **YEAR)
        with statements() as few:
            assert len(due(lite_world)) == 3
        for _ in range(9):
            make_contract(lite_world, **YEAR)
        with statements() as many:
            assert len(due(lite_world)) == 10
        assert len(few) == len(many)


class TestOwner:
    def test_an_officer_of_the_authority_can_take_over(self, lite_world: World) -> None:
        from crm.accounts.records import UserAuthority

        contract = make_contract(lite_world, **YEAR)
        colleague = make_user(Role.SROI_OFFICER, "Noor Bakker")
        stranger = make_user(Role.SROI_OFFICER, "Iemand anders")
        save(UserAuthority(user_id=key(colleague), authority_id=key(lite_world.authority)))
        with reading(officer(lite_world)) as unit:
            assert key(colleague) in officers_for(unit, key(lite_world.authority))
            assert key(stranger) not in officers_for(unit, key(lite_world.authority))
        version = stored(Contract, key(contract)).version
        command = ChangeOwner(contract_id=key(contract), version=version, officer_id=key(colleague))
        perform(officer(lite_world), actions.change_owner, command)
        assert stored(Contract, key(contract)).officer_id == key(colleague)
        assert due(lite_world) == []
        again = ChangeOwner(contract_id=key(contract), version=version + 1, officer_id=key(stranger))
        with pytest.raises(Invalid, match="does not work for"):
            perform(officer(lite_world), actions.change_owner, again)


class TestReminders:
    def test_each_step_is_proposed_when_its_day_has_come(self, lite_world: World) -> None:
        # Due on 17 November; the reminder a day later, the second after fourteen days: 1 December.
        contract = make_contract(lite_world, **YEAR)
        proposed = life(contract).reminder
        assert proposed is not None
        assert (proposed.step.code, proposed.from_on) == ("reminder", date(2026, 11, 18))
        command = NoteReminder(
            contract_id=key(contract),
            about=ClockKind.FIRST_CONTACT,
            due_on=proposed.clock.due_on,
            step="reminder",
            happened_on=TODAY,
        )
        perform(officer(lite_world), actions.note_reminder, command)
        assert life(contract).reminder is None
        assert life(contract).events[0].step == "reminder"

    def test_the_step_to_take_now_stands_on_the_days_list(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        assert due(lite_world)[0].reminder_code == "reminder"
        make_reminder(lite_world, contract)
        # The second reminder comes fourteen days after the term, on 1 December.
        assert due(lite_world)[0].reminder_code is None

    def test_making_its_letter_notes_the_step(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        make_reminder(lite_world, contract, paragraph="Wij hoorden nog niets van u.")
        assert life(contract).reminder is None
        assert [event.step for event in life(contract).events] == ["reminder"]
        with reading(officer(lite_world)) as unit:
            [made] = letters_of(unit, key(contract))
        assert made.kind is LetterKind.REMINDER

    def test_a_letter_that_does_not_fit_notes_nothing(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        with pytest.raises(Invalid, match="does not fit"):
            make_reminder(lite_world, contract, kind=LetterKind.SETTLEMENT)
        assert life(contract).events == ()

    def test_a_day_to_come_is_refused(self, lite_world: World) -> None:
        contract = make_contract(lite_world, **YEAR)
        with pytest.raises(Invalid):
            perform(
                officer(lite_world),
                actions.note_reminder,
                NoteReminder(
                    contract_id=key(contract),
                    about=ClockKind.PLAN,
                    due_on=TODAY,
                    step="reminder",
                    happened_on=date(2026, 12, 1),
                ),
            )


class TestChanges:
    def test_extra_work_raises_the_obligation_and_says_why(self, world: World) -> None:
        # € 1.000.000 × 5 % = € 50.000; with € 200.000 of extra work € 1.200.000 × 5 % = € 60.000.
        contract = make_contract(world)
        assert contract.obligation_cents == 5_000_000
        after = changed(contract, ChangeKind.EXTRA_WORK, amount_cents=20_000_000, actor=officer(world))
        assert (after.value_cents, after.obligation_cents) == (120_000_000, 6_000_000)
        [row] = changes(contract)
        assert (row.old_obligation_cents, row.new_obligation_cents) == (5_000_000, 6_000_000)
        assert row.reason == "Besloten in het overleg"
        told = Explanation.from_json(after.obligation_explanation)
        assert told.amount == 60_000
        assert any("Besloten in het overleg" in step.label for step in told.readable_steps("nl"))
        assert row.told == told

    def test_call_offs_take_the_place_of_the_estimate(self, lite_world: World) -> None:
        # Below the threshold of € 100.000 on its own, but the tender was above it: € 60.000 × 5 % = € 3.000.
        contract = make_contract(lite_world)
        first = changed(contract, ChangeKind.CALL_OFF, amount_cents=6_000_000, reference="NO-1")
        assert (first.value_cents, first.obligation_cents) == (6_000_000, 300_000)
        second = changed(contract, ChangeKind.CALL_OFF, amount_cents=14_000_000, reference="NO-2")
        assert (second.value_cents, second.obligation_cents) == (20_000_000, 1_000_000)

    def test_a_lot_is_added(self, lite_world: World) -> None:
        after = changed(make_contract(lite_world), ChangeKind.LOT, amount_cents=10_000_000)
        assert after.obligation_cents == 5_500_000

    def test_an_extension_moves_the_end_and_keeps_the_amount(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        after = changed(contract, ChangeKind.EXTENSION, ends_on=date(2027, 6, 30))
        assert (after.end_on, after.obligation_cents) == (date(2027, 6, 30), 5_000_000)
        back = taken_back(contract, changes(contract)[0].id)
        assert back.end_on == date(2026, 12, 31)

    def test_invoices_move_the_obligation(self, lite_world: World) -> None:
        # Oost-Nederland: percentage of the invoiced turnover. € 1.300.000 was invoiced, above the estimate
        # of € 1.000.000, so nothing is still to come: × 5 % = € 65.000.
        contract = make_contract(lite_world, rule_set_code="oost-nederland", percentage=5)
        period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
        part = changed(contract, ChangeKind.INVOICED, amount_cents=40_000_000, **period)
        assert part.obligation_cents == 5_000_000
        period = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}
        after = changed(contract, ChangeKind.INVOICED, amount_cents=90_000_000, **period)
        assert after.obligation_cents == 6_500_000

    def test_days_are_invoiced_once_and_lowered_by_a_credit_note(self, world: World) -> None:
        # € 1.200.000 was invoiced, above the estimate: × 5 % = € 60.000. Credit of € 100.000: € 55.000.
        contract = make_contract(world, rule_set_code="oost-nederland", percentage=5)
        period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
        first = changed(contract, ChangeKind.INVOICED, amount_cents=120_000_000, **period)
        assert first.obligation_cents == 6_000_000
        with pytest.raises(Invalid, match="01-01-2026 up to and including 30-06-2026") as fault:
            changed(
                contract, ChangeKind.INVOICED, amount_cents=5, **{**period, "starts_on": date(2026, 6, 30)}
            )
        assert fault.value.field == "starts_on"
        less = changed(
            contract, ChangeKind.INVOICED, amount_cents=-10_000_000, reason="Fout tarief", **period
        )
        assert less.obligation_cents == 5_500_000
        told = Explanation.from_json(less.obligation_explanation).readable_steps("nl")
        assert any("Fout tarief" in step.label for step in told)
        with pytest.raises(Invalid, match="more than was invoiced"):
            changed(contract, ChangeKind.INVOICED, amount_cents=-110_000_001, **period)
        # The invoices cannot go while the credit note rests on them.
        with pytest.raises(Invalid, match="Take the credit note back first"):
            taken_back(contract, changes(contract)[0].id)
        assert taken_back(contract, changes(contract)[1].id).obligation_cents == 6_000_000

    def test_after_the_term_only_real_invoices_count(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # € 400.000 of € 1.000.000 was invoiced. While it runs € 600.000 is still estimated: 5 % = € 50.000.
        contract = make_contract(lite_world, rule_set_code="oost-nederland", percentage=5)
        period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
        assert changed(contract, ChangeKind.INVOICED, amount_cents=40_000_000, **period).obligation_cents == (
            5_000_000
        )
        monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 4))
        command = SettleContract(contract_id=key(contract), version=stored(Contract, key(contract)).version)
        with pytest.raises(Invalid, match="estimate of the turnover"):
            perform(officer(lite_world), actions.settle_contract, command)
        # Nothing more was invoiced: € 400.000 × 5 % = € 20.000.
        rest = {"starts_on": date(2026, 7, 1), "ends_on": date(2026, 12, 31)}
        after = changed(contract, ChangeKind.INVOICED, amount_cents=0, **rest)
        assert after.obligation_cents == 2_000_000
        command = SettleContract(contract_id=key(contract), version=after.version)
        assert perform(officer(lite_world), actions.settle_contract, command) == key(contract)

    def test_invoices_up_to_the_last_day_end_the_estimate(self, lite_world: World) -> None:
        # € 300.000 over the whole term, noted before it is over: × 5 % = € 15.000.
        contract = make_contract(lite_world, rule_set_code="oost-nederland", percentage=5)
        whole = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
        after = changed(contract, ChangeKind.INVOICED, amount_cents=30_000_000, **whole)
        assert after.obligation_cents == 1_500_000

    def test_invoices_are_refused_where_the_rule_set_does_not_go_by_them(self, lite_world: World) -> None:
        with pytest.raises(Invalid, match="invoiced turnover"):
            changed(make_contract(lite_world), ChangeKind.INVOICED, amount_cents=1)

    def test_a_waived_contract_owes_nothing_and_keeps_its_place(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        after = changed(contract, ChangeKind.WAIVED, reason="Alleen levering, geen arbeid")
        assert after.obligation_cents == 0
        assert life(contract).stage is Stage.WAIVED
        with pytest.raises(Invalid, match="Take that back first"):
            changed(contract, ChangeKind.EXTRA_WORK, amount_cents=100)
        assert taken_back(contract, changes(contract)[0].id).obligation_cents == 5_000_000
        assert [row.taken_back for row in changes(contract)] == [True, False]

    def test_an_early_end_leaves_what_the_officer_chose(self, lite_world: World) -> None:
        # 1 January up to and including 1 December 2026 are 335 of 365 days: 50.000 × 335 / 365 = 45.890,41.
        contract = make_contract(lite_world)
        end = date(2026, 12, 1)
        after = changed(
            contract, ChangeKind.TERMINATED, ends_on=end, method=EndingMethod.PRO_RATA, reason="Faillissement"
        )
        assert (after.end_on, after.obligation_cents) == (end, 4_589_041)
        assert life(contract).stage is Stage.TERMINATED
        other = changed(
            make_contract(lite_world),
            ChangeKind.TERMINATED,
            ends_on=end,
            method=EndingMethod.AMOUNT,
            amount_cents=1_000_000,
        )
        assert other.obligation_cents == 1_000_000

    def test_a_change_outlives_a_new_confirmation(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        after = changed(contract, ChangeKind.EXTRA_WORK, amount_cents=20_000_000)
        reopen = ReopenObligation(contract_id=key(contract), version=after.version, reason="Verkeerd")
        perform(officer(lite_world), actions.reopen_obligation, reopen)
        version = stored(Contract, key(contract)).version
        confirm = ConfirmObligation(contract_id=key(contract), version=version, percentage=2)
        perform(officer(lite_world), actions.confirm_obligation, confirm)
        # € 1.200.000 × 2 %.
        assert stored(Contract, key(contract)).obligation_cents == 2_400_000

    def test_the_threshold_is_tested_with_all_changes_when_it_is_confirmed_anew(
        self, lite_world: World
    ) -> None:
        # The demo rules: from € 100.000 on, 5 %. € 90.000 owes nothing; with € 20.000 extra work € 5.500.
        small = make_contract(lite_world, value_cents=9_000_000)
        assert small.obligation_cents == 0
        assert changed(small, ChangeKind.EXTRA_WORK, amount_cents=2_000_000).obligation_cents == 550_000
        assert reconfirmed(lite_world, small).obligation_cents == 550_000
        # A call-off of € 60.000 on a framework of € 1.000.000: the tender was above it, so € 3.000.
        framework = make_contract(lite_world)
        called = changed(framework, ChangeKind.CALL_OFF, amount_cents=6_000_000)
        assert called.obligation_cents == 300_000
        assert reconfirmed(lite_world, framework).obligation_cents == 300_000
        assert taken_back(framework, changes(framework)[0].id).obligation_cents == 5_000_000

    def test_what_changes_moved_is_not_moved_by_hand(self, world: World) -> None:
        contract = make_contract(world)
        early = changed(contract, ChangeKind.TERMINATED, ends_on=date(2026, 11, 30), method=EndingMethod.KEPT)
        with pytest.raises(Invalid, match="Note a change") as fault:
            edited(world, early, end_on=date(2027, 3, 31))
        assert fault.value.field == "end_on"
        assert edited(world, early, title="Andere naam").title == "Andere naam"
        assert taken_back(contract, changes(contract)[0].id).end_on == date(2026, 12, 31)
        # With none that holds, the end can be put right by hand, and an early end comes back to that.
        later = edited(world, stored(Contract, key(contract)), end_on=date(2027, 3, 31))
        assert later.end_on == date(2027, 3, 31)
        changed(contract, ChangeKind.TERMINATED, ends_on=date(2026, 11, 30), method=EndingMethod.KEPT)
        assert taken_back(contract, changes(contract)[2].id).end_on == date(2027, 3, 31)

    @pytest.mark.parametrize("values", [{"value_cents": 5}, {"percentage": 2}, {"end_on": date(2027, 1, 31)}])
    def test_a_contract_taken_back_to_confirm_keeps_its_changes(
        self, lite_world: World, values: dict[str, Any]
    ) -> None:
        contract = make_contract(lite_world)
        after = changed(contract, ChangeKind.EXTRA_WORK, amount_cents=20_000_000)
        reopen = ReopenObligation(contract_id=key(contract), version=after.version, reason="Verkeerd")
        perform(officer(lite_world), actions.reopen_obligation, reopen)
        with pytest.raises(Invalid, match="Note a change") as fault:
            edited(lite_world, stored(Contract, key(contract)), **values)
        assert fault.value.field in values

    @pytest.mark.parametrize(
        ("kind", "values", "field"),
        [
            (ChangeKind.EXTRA_WORK, {}, "amount_cents"),
            (ChangeKind.EXTRA_WORK, {"amount_cents": -1}, "amount_cents"),
            (ChangeKind.EXTENSION, {}, "ends_on"),
            (ChangeKind.EXTENSION, {"ends_on": date(2026, 12, 31)}, "ends_on"),
            (ChangeKind.TERMINATED, {"ends_on": date(2027, 1, 1)}, "ends_on"),
            (ChangeKind.TERMINATED, {"ends_on": date(2026, 12, 1)}, "method"),
            (
                ChangeKind.TERMINATED,
                {"ends_on": date(2026, 12, 1), "method": EndingMethod.AMOUNT},
                "amount_cents",
            ),
            (
                ChangeKind.TERMINATED,
                {"ends_on": date(2025, 12, 1), "method": EndingMethod.KEPT},
                "ends_on",
            ),
            (ChangeKind.TAKEN_BACK, {}, "kind"),
        ],
    )
    def test_what_is_missing_is_named(
        self, lite_world: World, kind: ChangeKind, values: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Invalid) as fault:
            changed(make_contract(lite_world), kind, **values)
        assert fault.value.field == field

    def test_a_change_is_taken_back_once(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        changed(contract, ChangeKind.LOT, amount_cents=10_000_000)
        change_id = changes(contract)[0].id
        assert taken_back(contract, change_id).obligation_cents == 5_000_000
        with pytest.raises(Invalid, match="already"):
            taken_back(contract, change_id)

    def test_a_stale_version_is_refused(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        changed(contract, ChangeKind.LOT, amount_cents=10_000_000)
        stale = ChangeContract(
            contract_id=key(contract),
            version=contract.version,
            kind=ChangeKind.LOT,
            holds_on=TODAY,
            amount_cents=1,
            reason="nog een",
        )
        with pytest.raises(Invalid, match="meanwhile"):
            perform(officer(lite_world), actions.change_contract, stale)


class TestScope:
    def test_another_authority_and_another_employer_see_nothing(self, world: World) -> None:
        contract = make_contract(world, **YEAR, authority_id=key(world.other_authority))
        note(contract)
        changed(contract, ChangeKind.LOT, amount_cents=10_000_000)
        assert world.portal_b is not None
        for actor in (officer(world), world.actor_for(world.portal_b)):
            with pytest.raises(NotFound):
                life(contract, actor)
            with reading(actor) as unit, pytest.raises(NotFound):
                unit.get(ContractChange, 1)
            assert due(world) == []
        assert changes(contract, world.actor(Role.EMPLOYER))[0].new_obligation_cents == 5_500_000

    @pytest.mark.parametrize("role", [Role.EMPLOYER, Role.MANAGER, Role.ADVISER])
    def test_only_officers_change_a_contract(self, lite_world: World, role: Role) -> None:
        contract = make_contract(lite_world)
        with pytest.raises(Forbidden):
            changed(contract, ChangeKind.LOT, amount_cents=1, actor=lite_world.actor(role))
        with pytest.raises(Forbidden):
            note(contract, actor=lite_world.actor(role))
