"""Cases in lists: of an employer, and the signals of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ScalarSelect, func
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.jobcarving.records import CarvingCase, CarvingTask
from crm.jobcarving.rules import Releasable, Stage


@dataclass(frozen=True)
class CaseRow:
    """A case in a list; `hours` are the hours a week that can be released, None when none were found yet."""

    id: int
    employer_id: int
    employer: str
    department: str
    stage: Stage
    stage_since: date
    opened_on: date
    owner_id: int
    owner: str
    hours: Decimal | None


def cases_of_employer(work: Work, employer_id: int, limit: int = 50) -> list[CaseRow]:
    """Return the cases of an employer, newest first."""
    newest = (col(CarvingCase.opened_on).desc(), col(CarvingCase.id).desc())
    found = cases().where(CarvingCase.employer_id == employer_id).order_by(*newest).limit(limit)
    return [row(*parts) for parts in work.session.exec(found)]


def recent_signals(work: Work, since: date, holder_id: int | None = None, limit: int = 20) -> list[CaseRow]:
    """Return the cases opened since a day, newest first; of one account holder's employers when given."""
    found = cases().where(CarvingCase.opened_on >= since)
    if holder_id is not None:
        found = found.where(Employer.holder_id == holder_id)
    newest = (col(CarvingCase.opened_on).desc(), col(CarvingCase.id).desc())
    return [row(*parts) for parts in work.session.exec(found.order_by(*newest).limit(limit))]


def cases() -> Any:
    """Return the SELECT that lists of cases are made from: case, employer, owner, hours found."""
    return (
        select(CarvingCase, Employer.name, User.name, _hours_found())
        .join(Employer, col(Employer.id) == CarvingCase.employer_id)
        .join(User, col(User.id) == CarvingCase.owner_id)
    )


def row(case: CarvingCase, employer: str, owner: str, hours: Decimal | None) -> CaseRow:
    """Return a case as a list shows it, from what `cases` selects."""
    return CaseRow(
        key(case),
        case.employer_id,
        employer,
        case.department,
        case.stage,
        case.stage_since,
        case.opened_on,
        case.owner_id,
        owner,
        hours,
    )


def _hours_found() -> ScalarSelect[Any]:
    return (
        select(func.sum(CarvingTask.hours_per_week))
        .where(CarvingTask.case_id == CarvingCase.id, CarvingTask.releasable != Releasable.NO)
        .correlate(CarvingCase)
        .scalar_subquery()
    )
