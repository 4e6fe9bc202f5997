"""One case with all that is in it: tasks, packages and the stages it went through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.jobcarving.queries.cases import CaseRow, cases, row
from crm.jobcarving.records import CarvingCase, CarvingPackage, CarvingTask, StageChange
from crm.jobcarving.rules import Releasable, Stage, package_hours


@dataclass(frozen=True)
class TaskRow:
    """A task as it is done now: hours a week, and in whose job it sits."""

    id: int
    version: int
    name: str
    hours: Decimal
    holder: str
    releasable: Releasable
    package_id: int | None


@dataclass(frozen=True)
class PackageRow:
    """A package with its tasks; `hours` a week is their sum."""

    id: int
    version: int
    name: str
    hours: Decimal
    tasks: tuple[TaskRow, ...]
    opened_on: date | None
    filled_on: date | None


@dataclass(frozen=True)
class StageStep:
    """A stage that a case came to, when, and by whom; `reason` when it stopped there."""

    stage: Stage
    at: datetime
    by: str
    reason: str | None


@dataclass(frozen=True)
class CasePage:
    """One case with all that its page shows; `history` runs from the first stage to the last."""

    row: CaseRow
    version: int
    signal: str
    effect: str
    moment_id: int | None
    stop_reason: str | None
    tasks: tuple[TaskRow, ...]
    packages: tuple[PackageRow, ...]
    history: tuple[StageStep, ...]


def case_page(work: Work, case_id: int) -> CasePage:
    """Return one case with its tasks, packages and stages; raises `NotFound` when it is not the actor's."""
    parts = work.session.exec(cases().where(CarvingCase.id == case_id)).first()
    if parts is None:
        raise NotFound()
    case, tasks = parts[0], _tasks(work, case_id)
    return CasePage(
        row=row(*parts),
        version=case.version,
        signal=case.signal,
        effect=case.effect,
        moment_id=case.moment_id,
        stop_reason=case.stop_reason,
        tasks=tasks,
        packages=_packages(work, case_id, tasks),
        history=_history(work, case_id),
    )


def _tasks(work: Work, case_id: int) -> tuple[TaskRow, ...]:
    found = select(CarvingTask).where(CarvingTask.case_id == case_id).order_by(col(CarvingTask.id))
    return tuple(
        TaskRow(
            key(task),
            task.version,
            task.name,
            task.hours_per_week,
            task.current_holder,
            task.releasable,
            task.package_id,
        )
        for task in work.session.exec(found)
    )


def _packages(work: Work, case_id: int, tasks: tuple[TaskRow, ...]) -> tuple[PackageRow, ...]:
    inside = defaultdict(list)
    for task in tasks:
        inside[task.package_id].append(task)
    found = select(CarvingPackage).where(CarvingPackage.case_id == case_id).order_by(col(CarvingPackage.id))
    return tuple(
        PackageRow(
            key(package),
            package.version,
            package.name,
            package_hours(task.hours for task in inside[package.id]),
            tuple(inside[package.id]),
            package.opened_on,
            package.filled_on,
        )
        for package in work.session.exec(found)
    )


def _history(work: Work, case_id: int) -> tuple[StageStep, ...]:
    found = (
        select(StageChange, User.name)
        .join(User, col(User.id) == StageChange.changed_by_id)
        .where(StageChange.case_id == case_id)
        .order_by(col(StageChange.changed_at), col(StageChange.id))
    )
    return tuple(
        StageStep(change.stage, change.changed_at, by, change.reason)
        for change, by in work.session.exec(found)
    )
