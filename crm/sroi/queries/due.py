"""What is due next over all contracts, from the clocks that the actions keep, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_
from sqlmodel import col, select

from crm.accounts.records import User, UserAuthority
from crm.core.access import Role
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.records import Contract, ContractClock
from crm.sroi.rules.life import ClockKind
from crm.sroi.standing import OPEN

AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class DueRow:
    """What of a contract is due next; `reminder` is the step of the ladder to take now."""

    contract_id: int
    title: str
    employer: str
    kind: ClockKind
    due_on: date
    reminder_code: str | None = None
    reminder_nl: str = ""
    reminder_en: str = ""


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
