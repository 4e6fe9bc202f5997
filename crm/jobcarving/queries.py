"""Questions about job carving: the cases of an employer, the board, and one case with all that is in it."""

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
from crm.jobcarving.records import CarvingCase, CarvingTask
from crm.jobcarving.rules import Releasable, Stage


@dataclass(frozen=True)
class CaseRow:
    """A case in a list; `hours` are the hours a week that can be released, None when none were found yet."""

    id: int
    department: str
    stage: Stage
    stage_since: date
    opened_on: date
    owner_id: int
    owner: str
    hours: Decimal | None


def cases_of_employer(work: Work, employer_id: int) -> list[CaseRow]:
    """Return the cases of an employer, newest first."""
    found = (
        select(CarvingCase, User.name, _hours_found())
        .join(User, col(User.id) == CarvingCase.owner_id)
        .where(CarvingCase.employer_id == employer_id)
        .order_by(col(CarvingCase.opened_on).desc(), col(CarvingCase.id).desc())
    )
    return [_row(case, owner, hours) for case, owner, hours in work.session.exec(found)]


def _row(case: CarvingCase, owner: str, hours: Decimal | None) -> CaseRow:
    return CaseRow(
        key(case),
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
