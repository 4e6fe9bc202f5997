"""What of a contract is due next, written down by whatever changes it, so that a day's list stays quick."""

from __future__ import annotations

from crm.core.records import key
from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.queries import due, life
from crm.sroi.records import Contract, ContractClock
from crm.sroi.rules.life import Clock, clocks_of, next_clock
from crm.sroi.standing import OPEN


def refresh(work: Work, contract: Contract) -> None:
    """Work out again what is due next on a contract; one that is not open has no clock."""
    work.flush()
    stored = due.clock_of(work, key(contract))
    coming, reminder = _next(work, contract)
    if coming is None:
        if stored is not None:
            work.session.delete(stored)
        return
    if stored is None:
        stored = ContractClock(
            region_id=contract.region_id,
            authority_id=contract.authority_id,
            employer_id=contract.employer_id,
            contract_id=key(contract),
            kind=coming.kind,
            due_on=coming.due_on,
        )
        work.session.add(stored)
    stored.kind, stored.due_on, stored.officer_id = coming.kind, coming.due_on, contract.officer_id
    step = reminder.step if reminder else None
    stored.reminder_code = step.code if step else None
    stored.reminder_nl, stored.reminder_en = (step.name_nl, step.name_en) if step else (None, None)
    stored.reminder_on = reminder.from_on if reminder and step else None
    work.flush()


def _next(work: Work, contract: Contract) -> tuple[Clock | None, life.Reminder | None]:
    if contract.state not in OPEN:
        return None, None
    ruleset = rulebook.of_contract(work, contract)
    happened = life.happened_on(work, key(contract))
    clocks = clocks_of(life.facts_of(life.dated_of(contract), ruleset, happened))
    return next_clock(clocks), life.reminder_of(ruleset, clocks, happened.events)
