"""The tasks that are found at a department: written down, corrected, taken off again."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.jobcarving.queries.stored import tasks_of
from crm.jobcarving.records import CarvingCase, CarvingTask
from crm.jobcarving.rules import FINISHED, Releasable, is_same_task

TaskName = Annotated[str, StringConstraints(min_length=1, max_length=160), WITHOUT_BSN]
Holder = Annotated[str, StringConstraints(min_length=1, max_length=120), WITHOUT_BSN]
Hours = Annotated[Decimal, Field(gt=0, le=200, decimal_places=2)]

FINISHED_CASE = N_("This opportunity is finished. Reopen it before you change it.")
SAME_TASK = N_("This task is written down already. Change that one, or give this one another name.")
IN_PACKAGE = N_("This task is in a package. Take it out of the package first.")


class AddTask(Command):
    """A task as it is done now: hours a week, and the job (not the person) that holds it."""

    case_id: int
    name: TaskName
    hours_per_week: Hours
    current_holder: Holder
    releasable: Releasable = Releasable.YES


class EditTask(Command):
    """A task put right."""

    task_id: int
    version: int
    name: TaskName
    hours_per_week: Hours
    current_holder: Holder
    releasable: Releasable


class RemoveTask(Command):
    """A task that should not have been there."""

    task_id: int
    version: int


@action(Permission.CARVING_EDIT, AddTask)
def add_task(work: Work, command: AddTask) -> int:
    """Write down a task of a case and return its id; refused when the case is finished or has it already."""
    case = unfinished(work, command.case_id)
    _refuse_twice(work, command.case_id, command.name)
    task = CarvingTask(region_id=case.region_id, employer_id=case.employer_id, **command.model_dump())
    return key(work.add(task))


@action(Permission.CARVING_EDIT, EditTask)
def edit_task(work: Work, command: EditTask) -> int:
    """Put a task right and return its id; a task in a package stays releasable until it is taken out."""
    fields = command.model_dump(exclude={"task_id", "version"})
    task = _task(work, command.task_id, command.version, fields)
    if command.releasable is Releasable.NO and task.package_id is not None:
        raise Invalid("releasable", IN_PACKAGE)
    if not is_same_task(command.name, task.name):
        _refuse_twice(work, task.case_id, command.name)
    for name, value in fields.items():
        setattr(task, name, value)
    return command.task_id


@action(Permission.CARVING_EDIT, RemoveTask)
def remove_task(work: Work, command: RemoveTask) -> int:
    """Take a task off its case and return the case's id; refused while the task is in a package."""
    task = _task(work, command.task_id, command.version, {})
    if task.package_id is not None:
        raise Invalid("name", IN_PACKAGE)
    work.session.delete(task)
    work.flush()
    return task.case_id


def unfinished(work: Work, case_id: int) -> CarvingCase:
    """Return a case that may still be changed; raises `Invalid` when it is finished."""
    case = work.get(CarvingCase, case_id)
    if case.stage in FINISHED:
        raise Invalid("stage", FINISHED_CASE)
    return case


def _refuse_twice(work: Work, case_id: int, name: str) -> None:
    if any(is_same_task(name, task.name) for task in tasks_of(work, case_id)):
        raise Invalid("name", SAME_TASK)


def _task(work: Work, task_id: int, version: int, fields: dict[str, Any]) -> CarvingTask:
    task = work.edit(CarvingTask, task_id, version, fields)
    unfinished(work, task.case_id)
    return task
