"""The life of a contract: its stage, what happened and is due, and what is due over all contracts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.errors import NotFound
from crm.core.work import Work
from crm.sroi.queries.mails import MailRow, as_row
from crm.sroi.queries.rows import ContractPage
from crm.sroi.records import ConfirmationTakenBack, Contract, ContractChange, ContractEvent, Effort, Plan
from crm.sroi.records.reminder_mails import ReminderMail
from crm.sroi.rules import RuleSet
from crm.sroi.rules.changing import ChangeKind
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
from crm.sroi.standing import last_day
from crm.sroi.states import ContractState, EffortState
from crm.sroi.workdays import due_dates

_undone = aliased(ContractChange)
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
    mail: MailRow | None = None


@dataclass(frozen=True)
class Reminder:
    """A step of the sanction ladder that can be taken for something that is overdue."""

    clock: Clock
    step: LadderStep
    from_on: date


@dataclass(frozen=True)
class ContractLife:
    """A contract's stage, what was and is due, what happened, and what to remind of."""

    stage: Stage
    clocks: tuple[Clock, ...]
    events: tuple[EventRow, ...] = ()
    reminder: Reminder | None = None
    officer_id: int | None = None
    ended: bool = False

    @property
    def next(self) -> Clock | None:
        """What is due first."""
        return next_clock(self.clocks)


@dataclass(frozen=True)
class Dated:
    """The fields of a contract that its life follows from."""

    id: int
    state: ContractState
    award_on: date
    start_on: date
    end_on: date
    confirmed_on: date | None
    settled_on: date | None
    repair_until: date | None
    behind_on: date | None


@dataclass(frozen=True)
class Happened:
    """What is on record about the life of a contract; `planned` and `handed_in` are first days.

    `first_confirmed` is the first confirmation of those that were taken back.
    """

    events: tuple[EventRow, ...] = ()
    planned: date | None = None
    handed_in: date | None = None
    waived: bool = False
    terminated: bool = False
    officer_id: int | None = None
    first_confirmed: date | None = None


def contract_life(work: Work, page: ContractPage) -> ContractLife:
    """Return the life of a contract that was read already, in one query."""
    row = page.row
    dated = Dated(
        row.id,
        row.state,
        row.award_on,
        row.start_on,
        row.end_on,
        page.confirmed_on,
        page.settled_on,
        row.repair_until,
        row.behind_on,
    )
    happened, today = happened_on(work, row.id), clock.today()
    facts = facts_of(dated, page.rule_set, happened)
    clocks = clocks_of(facts)
    return ContractLife(
        stage=stage_of(facts, today),
        clocks=clocks,
        events=happened.events,
        reminder=_due_reminder(reminder_of(page.rule_set, clocks, happened.events), today),
        officer_id=happened.officer_id,
        ended=happened.waived or happened.terminated,
    )


def dated_of(contract: Contract) -> Dated:
    """Return the dates of a contract on record."""
    told = contract.model_dump(include=set(Dated.__dataclass_fields__))
    return Dated(**told)


def facts_of(dated: Dated, ruleset: RuleSet, happened: Happened) -> LifeFacts:
    """Return what the stage of a contract follows from, its terms by the rule set frozen on it."""
    standing = [event for event in happened.events if _counts(event)]
    in_repair = dated.state is ContractState.IN_REPAIR
    return LifeFacts(
        confirmed_on=dated.confirmed_on,
        last_day=last_day(dated),
        first_confirmed_on=happened.first_confirmed,
        terms=tuple(_terms(dated, ruleset)),
        behind_on=dated.behind_on,
        repair_until=dated.repair_until if in_repair else None,
        first_contact_on=_earliest(
            happened.planned, happened.handed_in, _first(standing, EventKind.FIRST_CONTACT)
        ),
        plan_on=_earliest(happened.planned, _first(standing, EventKind.PLAN)),
        reported_until=max((e.due_on for e in standing if _reports(e) and e.due_on), default=None),
        settled_on=dated.settled_on if dated.state is ContractState.SETTLED else None,
        withdrawn=dated.state is ContractState.WITHDRAWN,
        waived=happened.waived,
        terminated=happened.terminated,
    )


def happened_on(work: Work, contract_id: int) -> Happened:
    """Return what happened on a contract, events newest first, in one query.

    Raises `NotFound` when it is not the actor's.
    """
    wanted: Any = (
        select(
            Contract.officer_id,
            _first_plan(),
            _first_effort(),
            _has_ending(ChangeKind.WAIVED),
            _has_ending(ChangeKind.TERMINATED),
            _first_confirmation(),
            ContractEvent,
            User.name,
            ReminderMail,
        )  # type: ignore[call-overload]
        .outerjoin(ContractEvent, col(ContractEvent.contract_id) == Contract.id)
        .outerjoin(User, col(User.id) == ContractEvent.noted_by_id)
        .outerjoin(ReminderMail, col(ReminderMail.contract_event_id) == ContractEvent.id)
        .where(Contract.id == contract_id)
        .order_by(col(ContractEvent.id).desc())
    )
    found = work.session.exec(wanted).all()
    if not found:
        raise NotFound()
    officer_id, planned, handed_in, waived, terminated, first_confirmed = found[0][:6]
    return Happened(
        events=tuple(_events([tuple(row[6:]) for row in found if row[6] is not None])),
        planned=_day(planned),
        handed_in=_day(handed_in),
        waived=bool(waived),
        terminated=bool(terminated),
        officer_id=officer_id,
        first_confirmed=first_confirmed,
    )


def _events(found: Sequence[tuple[ContractEvent, str | None, ReminderMail | None]]) -> Iterable[EventRow]:
    wrong = {event.takes_back_id for event, *_ in found}
    own = set(EventRow.__dataclass_fields__) - {"noted_by", "taken_back", "mail"}
    for event, noted_by, mail in found:
        told = event.model_dump(include=own)
        yield EventRow(
            **told, noted_by=noted_by, taken_back=event.id in wrong, mail=as_row(mail) if mail else None
        )


def _first_plan() -> ScalarSelect[Any]:
    planned = select(func.min(Plan.handed_in_at)).where(col(Plan.contract_id) == Contract.id)
    return planned.correlate(Contract).scalar_subquery()


def _first_confirmation() -> ScalarSelect[Any]:
    confirmed = select(func.min(ConfirmationTakenBack.confirmed_on)).where(
        col(ConfirmationTakenBack.contract_id) == Contract.id
    )
    return confirmed.correlate(Contract).scalar_subquery()


def _first_effort() -> ScalarSelect[Any]:
    effort = select(func.min(Effort.submitted_at)).where(
        col(Effort.contract_id) == Contract.id, col(Effort.state).in_(SENT)
    )
    return effort.correlate(Contract).scalar_subquery()


def _has_ending(kind: ChangeKind) -> ScalarSelect[Any]:
    ending = (
        select(func.count(col(ContractChange.id)))
        .outerjoin(_undone, col(_undone.takes_back_id) == ContractChange.id)
        .where(
            col(ContractChange.contract_id) == Contract.id,
            col(ContractChange.kind) == kind,
            col(_undone.id).is_(None),
        )
    )
    return ending.correlate(Contract).scalar_subquery()


def reminder_of(ruleset: RuleSet, clocks: Sequence[Clock], events: Iterable[EventRow]) -> Reminder | None:
    """Return the next step of the ladder for what is due first, with the day from which it may be taken."""
    first = next_clock(clocks)
    if first is None or first.kind in (ClockKind.CLOSING, ClockKind.REPAIR):
        return None
    step = next_reminder(ruleset.sanctions.ladder, steps_taken(first, events))
    return None if step is None else Reminder(first, step, reminder_day(first, step))


def steps_taken(told: Clock, events: Iterable[EventRow]) -> dict[str, date]:
    """Return the steps of the ladder that were taken for a clock, with the day of each."""
    return {
        event.step: event.happened_on
        for event in events
        if _counts(event) and event.about == told.kind and event.due_on == told.due_on and event.step
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(clock.LOCAL_ZONE).date()


def _terms(contract: Dated, ruleset: RuleSet) -> Iterable[Clock]:
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
