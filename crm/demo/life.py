"""What the contractors of the demo did on time: most of them everything, one in four something not yet."""

from __future__ import annotations

from datetime import date, timedelta

from crm.accounts.records import User
from crm.demo.acting import Demo, acting
from crm.sroi.actions import note_event
from crm.sroi.life_commands import NoteEvent
from crm.sroi.records import Contract
from crm.sroi.rulebook import of_contract
from crm.sroi.rules.life import EventKind
from crm.sroi.workdays import DueKind, due_dates

CONTACT, PLAN, REPORT = timedelta(days=6), timedelta(days=25), timedelta(days=3)


def note_life(demo: Demo, officer: User, contract_id: int, number: int) -> None:
    """Note the first contact, the plan and the newest report of a contract; one in four missed the last.

    It draws nothing from the demo's chance, so that the rest of the region is the same without it.
    """
    with acting(officer, demo.today) as work:
        contract = work.get(Contract, contract_id)
        dues = due_dates(of_contract(work, contract), contract.award_on, contract.start_on, contract.end_on)
    _note(officer, contract_id, EventKind.FIRST_CONTACT, contract.award_on + CONTACT, demo.today)
    if number % 3 == 1:
        _note(officer, contract_id, EventKind.PLAN, contract.award_on + PLAN, demo.today)
    due = [one.day for one in dues if one.kind is DueKind.REPORT and one.day <= demo.today + REPORT]
    for day in (due if number % 4 != 3 else due[:-1])[-1:]:
        _note(officer, contract_id, EventKind.REPORT, day - REPORT, demo.today, day)


def _note(
    officer: User, contract_id: int, kind: EventKind, day: date, today: date, due_on: date | None = None
) -> None:
    if day > today:
        return
    with acting(officer, day) as work:
        note_event(work, NoteEvent(contract_id=contract_id, kind=kind, happened_on=day, due_on=due_on))
        work.commit()
