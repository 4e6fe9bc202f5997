"""The life of a contract: its stage, what happened and is due, and what is due over all contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import col, select

from crm.accounts.records import User, UserAuthority
from crm.core import clock
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import rulebook
from crm.sroi.queries.changes import ChangeRow, changes_of, in_force
from crm.sroi.records import Contract, ContractClock, ContractEvent, Effort, Plan
from crm.sroi.rules import RuleSet
from crm.sroi.rules.changing import ChangeKind, is_under_ending
from crm.sroi.rules.life import (
    Clock,
    ClockKind,
    EventKind,
    LifeFacts,
    Stage,
    clocks_of,
    next_clock,
    next_reminder,
    reminder_day,
    stage_of,
)
from crm.sroi.rules.terms import LadderStep
from crm.sroi.standing import OPEN, last_day
from crm.sroi.states import ContractState, EffortState
from crm.sroi.workdays import due_dates

AHEAD = timedelta(days=14)
SENT = (EffortState.SUBMITTED, EffortState.APPROVED, EffortState.SENT_BACK)


@dataclass(frozen=True)
class EventRow:
    """Something that happened; `taken_back` tells that a later event called it a mistake."""

    id: int
    kind: EventKind
    happened_on: date
    due_on: date | None
    step: str | None
    about: str | None
    note: str
    noted_at: datetime
    noted_by: str | None
    takes_back_id: int | None
    taken_back: bool


@dataclass(frozen=True)
class Reminder:
    """A step of the sanction ladder that can be taken for something that is overdue."""

    clock: Clock
    step: LadderStep
    from_on: date


@dataclass(frozen=True)
class ContractLife:
    """A contract's stage, what was and is due, what happened and changed, and what to remind of."""

    stage: Stage
    clocks: tuple[Clock, ...]
    events: tuple[EventRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    reminder: Reminder | None = None
    officer_id: int | None = None

    @property
    def next(self) -> Clock | None:
        """What is due first."""
        return next_clock(self.clocks)


@dataclass(frozen=True)
class DueRow:
    """What of a contract is due next; `reminder` is the step that its rule set proposes by itself."""

    contract_id: int
    title: str
    employer: str
    kind: ClockKind
    due_on: date
    reminder_code: str | None = None
    reminder_nl: str = ""
    reminder_en: str = ""


@dataclass(frozen=True)
class Known:
    """What the life of a contract is worked out from, read once."""

    facts: LifeFacts
    events: tuple[EventRow, ...] = ()
    changes: tuple[ChangeRow, ...] = field(default=())


def contract_life(work: Work, contract_id: int) -> ContractLife:
    """Return the life of a contract in three queries; raises `NotFound` when it is not the actor's."""
    contract = work.get(Contract, contract_id)
    ruleset = rulebook.of_contract(work, contract)
    known, today = known_of(work, contract, ruleset), clock.today()
    clocks = clocks_of(known.facts)
    return ContractLife(
        stage=stage_of(known.facts, today),
        clocks=clocks,
        events=known.events,
        changes=known.changes,
        reminder=_due_reminder(reminder_of(ruleset, clocks, known.events), today),
        officer_id=contract.officer_id,
    )


def known_of(work: Work, contract: Contract, ruleset: RuleSet) -> Known:
    """Return what is known about the life of a contract, its terms from the rule set frozen on it."""
    events = tuple(events_of(work, key(contract)))
    changes = tuple(changes_of(work, key(contract)))
    standing = [event for event in events if _counts(event)]
    planned, handed_in = _handed_in(work, key(contract))
    first = [planned, handed_in, _first(standing, EventKind.FIRST_CONTACT)]
    applied = in_force(changes)
    facts = LifeFacts(
        confirmed_on=contract.confirmed_on,
        last_day=last_day(contract),
        terms=tuple(_terms(contract, ruleset)),
        behind_on=contract.behind_on,
        repair_until=contract.repair_until if contract.state is ContractState.IN_REPAIR else None,
        first_contact_on=min((day for day in first if day), default=None),
        plan_on=_earliest(planned, _first(standing, EventKind.PLAN)),
        reported_until=max((e.due_on for e in standing if _reports(e) and e.due_on), default=None),
        settled_on=contract.settled_on if contract.state is ContractState.SETTLED else None,
        withdrawn=contract.state is ContractState.WITHDRAWN,
        waived=is_under_ending(applied, ChangeKind.WAIVED),
        terminated=is_under_ending(applied, ChangeKind.TERMINATED),
    )
    return Known(facts, events, changes)


def events_of(work: Work, contract_id: int) -> Iterable[EventRow]:
    """Return what happened on a contract, newest first, also what was taken back."""
    wanted = (
        select(ContractEvent, User.name)
        .outerjoin(User, col(User.id) == ContractEvent.noted_by_id)
        .where(ContractEvent.contract_id == contract_id)
        .order_by(col(ContractEvent.id).desc())
    )
    found = work.session.exec(wanted).all()
    wrong = {event.takes_back_id for event, _ in found}
    for event, noted_by in found:
        told = event.model_dump(include={*EventRow.__dataclass_fields__} - {"noted_by", "taken_back"})
        yield EventRow(**told, noted_by=noted_by, taken_back=event.id in wrong)


def reminder_of(ruleset: RuleSet, clocks: Sequence[Clock], events: Iterable[EventRow]) -> Reminder | None:
    """Return the next step of the ladder for what is due first, with the day from which it may be taken."""
    first = next_clock(clocks)
    if first is None or first.kind in (ClockKind.CLOSING, ClockKind.REPAIR):
        return None
    noted = {
        event.step
        for event in events
        if _counts(event) and event.about == first.kind and event.due_on == first.due_on and event.step
    }
    step = next_reminder(ruleset.sanctions.ladder, noted)
    return None if step is None else Reminder(first, step, reminder_day(first, step))


def due_soon(work: Work, officer_id: int, today: date, limit: int) -> list[DueRow]:
    """Return what is overdue or due within two weeks on an officer's own contracts, the oldest in front.

    Contracts that nobody took on are everybody's. One query, however many contracts there are.
    """
    wanted = (
        select(ContractClock, Contract.title, Employer.name)
        .join(Contract, col(Contract.id) == ContractClock.contract_id)
        .join(Employer, col(Employer.id) == ContractClock.employer_id)
        .where(
            or_(col(ContractClock.officer_id) == officer_id, col(ContractClock.officer_id).is_(None)),
            col(ContractClock.due_on) <= today + AHEAD,
            col(Contract.state).in_(OPEN),
        )
        .order_by(col(ContractClock.due_on), col(ContractClock.id))
        .limit(limit)
    )
    return [_due_row(found, title, name, today) for found, title, name in work.session.exec(wanted)]


def clock_of(work: Work, contract_id: int) -> ContractClock | None:
    """Return the stored clock of a contract."""
    return work.session.exec(select(ContractClock).where(ContractClock.contract_id == contract_id)).first()


def without_clock(work: Work, most: int) -> list[Contract]:
    """Return open contracts for which nothing was worked out yet, such as those from before an update."""
    wanted = (
        select(Contract)
        .outerjoin(ContractClock, col(ContractClock.contract_id) == Contract.id)
        .where(col(Contract.state).in_(OPEN), col(ContractClock.id).is_(None))
        .order_by(col(Contract.id))
        .limit(most)
    )
    return list(work.session.exec(wanted))


def officers_for(work: Work, authority_id: int) -> dict[int, str]:
    """Return the officers who work for an authority, by id, in order of name."""
    wanted = (
        select(User.id, User.name)
        .join(UserAuthority, col(UserAuthority.user_id) == User.id)
        .where(
            UserAuthority.authority_id == authority_id,
            User.role == Role.SROI_OFFICER,
            col(User.active).is_(True),
        )
        .order_by(User.name)
    )
    return {int(user_id or 0): name for user_id, name in work.session.exec(wanted)}


def _handed_in(work: Work, contract_id: int) -> tuple[date | None, date | None]:
    """Return when the first plan and the first effort were handed in: then there was contact."""
    planned = select(func.min(Plan.handed_in_at)).where(Plan.contract_id == contract_id)
    effort = select(func.min(Effort.submitted_at)).where(
        Effort.contract_id == contract_id, col(Effort.state).in_(SENT)
    )
    found = work.session.exec(select(planned.scalar_subquery(), effort.scalar_subquery())).one()
    return _day(found[0]), _day(found[1])


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(clock.LOCAL_ZONE).date()


def _terms(contract: Contract, ruleset: RuleSet) -> Iterable[Clock]:
    for due in due_dates(ruleset, contract.award_on, contract.start_on, contract.end_on):
        yield Clock(ClockKind(due.kind.value), due.day, None, due.source, due.assumed)


def _counts(event: EventRow) -> bool:
    return not event.taken_back and event.kind is not EventKind.TAKEN_BACK


def _reports(event: EventRow) -> bool:
    return event.kind is EventKind.REPORT


def _first(events: Iterable[EventRow], kind: EventKind) -> date | None:
    return min((event.happened_on for event in events if event.kind is kind), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _due_reminder(reminder: Reminder | None, today: date) -> Reminder | None:
    return reminder if reminder is not None and reminder.from_on <= today else None


def _due_row(found: ContractClock, title: str, employer: str, today: date) -> DueRow:
    proposed = found.reminder_on is not None and found.reminder_on <= today
    return DueRow(
        contract_id=found.contract_id,
        title=title,
        employer=employer,
        kind=found.kind,
        due_on=found.due_on,
        reminder_code=found.reminder_code if proposed else None,
        reminder_nl=found.reminder_nl or "",
        reminder_en=found.reminder_en or "",
    )
