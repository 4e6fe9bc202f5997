"""What is noted on the life of a contract: events, reminders, mistakes, and who owns it."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import clocks, totals
from crm.sroi.life_commands import ChangeOwner, NoteEvent, NoteReminder, RefreshClocks, TakeBackEvent
from crm.sroi.queries import due, life
from crm.sroi.records import Contract, ContractEvent
from crm.sroi.rules.life import EventKind
from crm.sroi.standing import OPEN

NOTED = frozenset({EventKind.FIRST_CONTACT, EventKind.PLAN, EventKind.REPORT})


@action(Permission.CONTRACT_EDIT, NoteEvent)
def note_event(work: Work, command: NoteEvent) -> int:
    """Note that something happened on a day; return the id of the event.

    Raises `Invalid` for a day that has not come yet or lies before the award, and for a report without the
    day it answers.
    """
    contract = _open(work, command.contract_id)
    if command.kind not in NOTED:
        raise Invalid("kind", "This value is not possible here. Check it and try again.")
    if command.kind is EventKind.REPORT and command.due_on is None:
        raise Invalid("due_on", "Fill in this field.")
    _check_day(contract, command)
    event = _new(work, contract, command.kind, note=command.note)
    event.happened_on, event.due_on = command.happened_on, command.due_on
    return _noted(work, contract, event)


@action(Permission.CONTRACT_EDIT, NoteReminder)
def note_reminder(work: Work, command: NoteReminder) -> int:
    """Note that a step of the sanction ladder was taken; sending it is up to people."""
    contract = _open(work, command.contract_id)
    if command.happened_on > clock.today():
        raise Invalid("happened_on", "This day has not come yet. Choose today or an earlier day.")
    event = _new(work, contract, EventKind.REMINDER, note=command.note)
    event.happened_on, event.due_on = command.happened_on, command.due_on
    event.step, event.about = command.step, command.about.value
    return _noted(work, contract, event)


@action(Permission.CONTRACT_EDIT, TakeBackEvent)
def take_back_event(work: Work, command: TakeBackEvent) -> int:
    """Say by a new event that an earlier one was a mistake; return its id.

    Raises `Invalid` for an event that was taken back already.
    """
    wrong = work.get(ContractEvent, command.event_id)
    contract = _open(work, wrong.contract_id)
    known = {event.id: event for event in life.happened_on(work, wrong.contract_id).events}[command.event_id]
    if known.taken_back or wrong.kind is EventKind.TAKEN_BACK:
        raise Invalid("event_id", "This was taken back already.")
    event = _new(work, contract, EventKind.TAKEN_BACK, note=command.reason)
    event.happened_on, event.takes_back_id = clock.today(), command.event_id
    return _noted(work, contract, event)


@action(Permission.CONTRACT_EDIT, ChangeOwner)
def change_owner(work: Work, command: ChangeOwner) -> int:
    """Give a contract to another officer; raises `Invalid` for one who does not work for its authority."""
    contract = work.edit(Contract, command.contract_id, command.version, {"officer_id": command.officer_id})
    if command.officer_id not in due.officers_for(work, contract.authority_id):
        raise Invalid("officer_id", "This colleague does not work for this authority. Choose another one.")
    contract.officer_id = command.officer_id
    clocks.refresh(work, contract)
    return command.contract_id


@action(Permission.USER_MANAGE, RefreshClocks)
def refresh_clocks(work: Work, command: RefreshClocks) -> int:
    """Work out what is due next on contracts that have no clock yet; return how many there were."""
    found = due.without_clock(work, command.most)
    for contract in found:
        clocks.refresh(work, contract)
    return len(found)


def _open(work: Work, contract_id: int) -> Contract:
    contract = totals.hold(work, contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "That is not possible for a contract in this state.")
    return contract


def _check_day(contract: Contract, command: NoteEvent) -> None:
    if command.happened_on > clock.today():
        raise Invalid("happened_on", "This day has not come yet. Choose today or an earlier day.")
    if command.happened_on < contract.award_on:
        raise Invalid("happened_on", "This day lies before the award. Choose that day or a later one.")


def _new(work: Work, contract: Contract, kind: EventKind, note: str) -> ContractEvent:
    return ContractEvent(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=key(contract),
        kind=kind,
        happened_on=clock.today(),
        note=note,
        noted_at=clock.now(),
        noted_by_id=work.actor.user_id,
    )


def _noted(work: Work, contract: Contract, event: ContractEvent) -> int:
    work.add(event)
    clocks.refresh(work, contract)
    return key(event)
