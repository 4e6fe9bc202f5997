"""Packages of tasks: put together, opened as a carved job, filled by a placement, taken apart again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.references import in_use
from crm.jobcarving.actions.cases import bring_to
from crm.jobcarving.actions.tasks import unfinished
from crm.jobcarving.queries.stored import tasks_among, tasks_in
from crm.jobcarving.records import CarvingCase, CarvingPackage
from crm.jobcarving.rules import Stage, comes_before, may_be_packaged

PackageName = Annotated[str, StringConstraints(min_length=1, max_length=120), WITHOUT_BSN]
TaskIds = Annotated[tuple[int, ...], Field(max_length=100)]

NO_TASKS = N_("Choose at least one task for the package.")
NOT_FREE = N_("One of these tasks cannot be released, or is in another package already. Choose again.")
IS_KNOWN = N_(
    "Somebody was placed in this job, or it was put forward. Give it another name or other tasks instead."
)
IS_FILLED = N_("Somebody works in this job. End the placement before you take the package apart.")
FILLED_ALREADY = N_("Somebody was placed in this job already. Choose another one.")
NOT_OPEN = N_("This job is not open. Open it at the opportunity first.")


class MakePackage(Command):
    """Tasks of one case, put together under a name that can become a job title."""

    case_id: int
    name: PackageName
    task_ids: TaskIds


class EditPackage(Command):
    """Another name, or other tasks, for a package."""

    package_id: int
    version: int
    name: PackageName
    task_ids: TaskIds


class DissolvePackage(Command):
    """A package taken apart; its tasks become free."""

    package_id: int
    version: int


class OpenJob(Command):
    """The employer said yes: the package becomes a job to fill."""

    package_id: int
    version: int


@action(Permission.CARVING_EDIT, MakePackage)
def make_package(work: Work, command: MakePackage) -> int:
    """Put tasks together and return the package's id; each task must be releasable and still free."""
    case = unfinished(work, command.case_id)
    package = CarvingPackage(
        region_id=case.region_id, employer_id=case.employer_id, case_id=command.case_id, name=command.name
    )
    work.add(package)
    _put_in(work, package, command.task_ids)
    return key(package)


@action(Permission.CARVING_EDIT, EditPackage)
def edit_package(work: Work, command: EditPackage) -> int:
    """Rename a package, choose its tasks again and return its id; tasks left out become free."""
    package = work.edit(CarvingPackage, command.package_id, command.version, {"name": command.name})
    unfinished(work, package.case_id)
    package.name = command.name
    _put_in(work, package, command.task_ids)
    return command.package_id


@action(Permission.CARVING_EDIT, DissolvePackage)
def dissolve_package(work: Work, command: DissolvePackage) -> int:
    """Take a package apart and return its case's id; refused once somebody worked in it."""
    package = work.edit(CarvingPackage, command.package_id, command.version, {})
    unfinished(work, package.case_id)
    if package.filled_on is not None:
        raise Invalid("name", IS_FILLED)
    for task in tasks_in(work, command.package_id):
        task.package_id = None
    work.flush()
    if in_use(work, "carving_packages", [command.package_id], {}):
        raise Invalid("name", IS_KNOWN)
    work.session.delete(package)
    work.flush()
    return package.case_id


@action(Permission.CARVING_EDIT, OpenJob)
def open_job(work: Work, command: OpenJob) -> int:
    """Open a package as a job and return its id; its case comes to that stage when it was not there yet."""
    package = work.edit(CarvingPackage, command.package_id, command.version, {})
    case = unfinished(work, package.case_id)
    package.opened_on = package.opened_on or clock.today()
    if comes_before(case.stage, Stage.OPEN_JOB):
        bring_to(work, case, Stage.OPEN_JOB)
    return command.package_id


def fill_package(work: Work, package_id: int, employer_id: int, on: date) -> CarvingPackage:
    """Note that a placement fills a carved job from a day on; part of booking that placement.

    The case comes to `FILLED` when it was not there yet. Raises `NotFound` for a job of another
    employer, `Invalid` when it is not open or was filled already.
    """
    package = work.get(CarvingPackage, package_id)
    if package.employer_id != employer_id:
        raise NotFound()
    case = work.get(CarvingCase, package.case_id)
    if package.opened_on is None or case.stage is Stage.STOPPED:
        raise Invalid("package_id", NOT_OPEN)
    if package.filled_on is not None:
        raise Invalid("package_id", FILLED_ALREADY)
    package.filled_on = on
    if comes_before(case.stage, Stage.FILLED):
        bring_to(work, case, Stage.FILLED)
    return package


def vacate_package(work: Work, package_id: int) -> None:
    """Note that nobody works in a carved job any more; part of ending its placement."""
    work.get(CarvingPackage, package_id).filled_on = None


def _put_in(work: Work, package: CarvingPackage, task_ids: tuple[int, ...]) -> None:
    if not task_ids:
        raise Invalid("task_ids", NO_TASKS)
    chosen = {key(task): task for task in tasks_among(work, package.case_id, task_ids)}
    if chosen.keys() != set(task_ids):
        raise NotFound()
    if not all(may_be_packaged(task.releasable, task.package_id, package.id) for task in chosen.values()):
        raise Invalid("task_ids", NOT_FREE)
    for task in tasks_in(work, key(package)):
        task.package_id = None
    for task in chosen.values():
        task.package_id = package.id
