"""Records that the actions of job carving change, found within the actor's scope."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import col, select

from crm.core.work import Work
from crm.jobcarving.records import CarvingPackage, CarvingTask, StageChange
from crm.jobcarving.rules import Stage


def packages_of(work: Work, case_id: int) -> list[CarvingPackage]:
    """Return the packages of a case."""
    return list(work.session.exec(select(CarvingPackage).where(CarvingPackage.case_id == case_id)))


def tasks_of(work: Work, case_id: int) -> list[CarvingTask]:
    """Return the tasks of a case."""
    return list(work.session.exec(select(CarvingTask).where(CarvingTask.case_id == case_id)))


def tasks_in(work: Work, package_id: int) -> list[CarvingTask]:
    """Return the tasks that are in a package."""
    return list(work.session.exec(select(CarvingTask).where(CarvingTask.package_id == package_id)))


def tasks_among(work: Work, case_id: int, task_ids: Collection[int]) -> list[CarvingTask]:
    """Return those of the tasks asked for that belong to the case."""
    found = select(CarvingTask).where(CarvingTask.case_id == case_id, col(CarvingTask.id).in_(task_ids))
    return list(work.session.exec(found))


def has_been(work: Work, case_id: int, stage: Stage) -> bool:
    """Return whether a case was ever in a stage."""
    found = select(StageChange.id).where(StageChange.case_id == case_id, StageChange.stage == stage)
    return work.session.exec(found.limit(1)).first() is not None
