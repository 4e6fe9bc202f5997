"""Carved jobs that somebody can be placed in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.records import key
from crm.core.work import Work
from crm.jobcarving.records import CarvingCase, CarvingPackage, CarvingTask
from crm.jobcarving.rules import Stage


@dataclass(frozen=True)
class OpenJob:
    """A carved job that can be filled; `hours` a week is the sum of its tasks."""

    package_id: int
    case_id: int
    name: str
    department: str
    hours: Decimal


def open_jobs(work: Work, employer_id: int) -> list[OpenJob]:
    """Return the carved jobs of an employer that somebody can be placed in, by name."""
    found = (
        select(CarvingPackage, CarvingCase.department, func.sum(CarvingTask.hours_per_week))
        .join(CarvingCase, col(CarvingCase.id) == CarvingPackage.case_id)
        .join(CarvingTask, col(CarvingTask.package_id) == CarvingPackage.id)
        .where(
            CarvingPackage.employer_id == employer_id,
            col(CarvingPackage.opened_on).is_not(None),
            col(CarvingPackage.filled_on).is_(None),
            CarvingCase.stage != Stage.STOPPED,
        )
        .group_by(col(CarvingPackage.id), col(CarvingCase.department))
        .order_by(col(CarvingPackage.name), col(CarvingPackage.id))
    )
    return [
        OpenJob(key(package), package.case_id, package.name, department, hours)
        for package, department, hours in work.session.exec(found)
    ]


def case_of(work: Work, package_id: int) -> int | None:
    """Return the case that a carved job came from, or None when the actor may not see it."""
    return work.session.exec(select(CarvingPackage.case_id).where(CarvingPackage.id == package_id)).first()
