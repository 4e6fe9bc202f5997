"""Opening a case, describing it, and moving it through its stages."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from crm.accounts.queries import colleagues
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import OfEmployer, Record, key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.jobcarving.queries.stored import has_been, packages_of
from crm.jobcarving.records import CarvingCase, StageChange
from crm.jobcarving.rules import Obstacle, Readiness, Stage, comes_before, obstacle

Department = Annotated[str, StringConstraints(min_length=1, max_length=120), WITHOUT_BSN]
Signal = Annotated[str, StringConstraints(max_length=1000), WITHOUT_BSN]
Effect = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]
Reason = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]

OBSTACLES = {
    Obstacle.SAME_STAGE: N_("The opportunity is in this stage already."),
    Obstacle.NO_REASON: N_("Say why it stops, so that a colleague can pick it up later."),
    Obstacle.NO_PACKAGE: N_("Make a package of tasks first: a job opens on a package."),
    Obstacle.NOT_FILLED: N_("Book a placement on the job first: that is what fills it."),
}


class OpenCase(Command):
    """A chance to carve a job at a department; `moment_id` is the contact in which it was heard."""

    employer_id: int
    department: Department
    signal: Signal = ""
    moment_id: int | None = None


class EditCase(Command):
    """What is known of a case: the signal, its owner, and what the holder does with the freed time."""

    case_id: int
    version: int
    department: Department
    signal: Signal = ""
    effect: Effect = ""
    owner_id: int


class MoveCase(Command):
    """Another stage for a case; stopping asks for a reason."""

    case_id: int
    version: int
    stage: Stage
    stop_reason: Reason = ""


@action(Permission.CARVING_EDIT, OpenCase)
def open_case(work: Work, command: OpenCase) -> int:
    """Open a case as a signal, owned by who opens it, and return its id.

    Raises `NotFound` for an employer that is not the actor's, or a contact moment of another employer.
    """
    employer = work.get(Employer, command.employer_id)
    _require_moment_of(work, command.moment_id, command.employer_id)
    case = CarvingCase(
        region_id=employer.region_id,
        employer_id=command.employer_id,
        department=command.department,
        signal=command.signal,
        stage_since=clock.today(),
        owner_id=_acting_user(work),
        moment_id=command.moment_id,
        opened_on=clock.today(),
    )
    work.add(case)
    _remember_stage(work, case)
    return key(case)


@action(Permission.CARVING_EDIT, EditCase)
def edit_case(work: Work, command: EditCase) -> int:
    """Change what is known of a case and return its id; a new owner must be a colleague here."""
    fields = command.model_dump(exclude={"case_id", "version"})
    case = work.edit(CarvingCase, command.case_id, command.version, fields)
    if command.owner_id != case.owner_id and command.owner_id not in colleagues(work):
        raise Invalid("owner_id", "Choose a colleague from the list.")
    for name, value in fields.items():
        setattr(case, name, value)
    return command.case_id


@action(Permission.CARVING_EDIT, MoveCase)
def move_case(work: Work, command: MoveCase) -> int:
    """Move a case to another stage and return its id; raises `Invalid` with what has to be done first."""
    case = work.edit(CarvingCase, command.case_id, command.version, {"stage": command.stage})
    found = obstacle(case.stage, command.stage, command.stop_reason, readiness(work, command.case_id))
    if found is not None:
        raise Invalid("stop_reason" if found is Obstacle.NO_REASON else "stage", OBSTACLES[found])
    if command.stage is not Stage.STOPPED:
        _open_or_close_jobs(work, command.case_id, command.stage)
    bring_to(work, case, command.stage, command.stop_reason)
    return command.case_id


def bring_to(work: Work, case: CarvingCase, stage: Stage, reason: str = "") -> None:
    """Put a case in a stage and remember when; for actions that have checked that it may go there."""
    case.stage = stage
    case.stage_since = clock.today()
    case.stop_reason = reason if stage is Stage.STOPPED else None
    _remember_stage(work, case)


def readiness(work: Work, case_id: int) -> Readiness:
    """Return how far a case has come."""
    packages = packages_of(work, case_id)
    return Readiness(
        has_package=bool(packages),
        is_filled=any(package.filled_on for package in packages),
        was_filled=has_been(work, case_id, Stage.FILLED),
    )


def _open_or_close_jobs(work: Work, case_id: int, stage: Stage) -> None:
    packages = packages_of(work, case_id)
    if comes_before(stage, Stage.OPEN_JOB):
        for package in packages:
            package.opened_on = package.opened_on if package.filled_on else None
    elif not any(package.opened_on for package in packages):
        for package in packages:
            package.opened_on = clock.today()


def _remember_stage(work: Work, case: CarvingCase) -> None:
    work.add(
        StageChange(
            region_id=case.region_id,
            employer_id=case.employer_id,
            case_id=key(case),
            stage=case.stage,
            reason=case.stop_reason,
            changed_at=clock.now(),
            changed_by_id=_acting_user(work),
        )
    )


def _acting_user(work: Work) -> int:
    if work.actor.user_id is None:
        raise Forbidden()
    return work.actor.user_id


def _require_moment_of(work: Work, moment_id: int | None, employer_id: int) -> None:
    """Check a reference to a noun that stands beside this one, so that it cannot be imported."""
    if moment_id is None:
        return
    moment = work.get(_record_of("contact_moments"), moment_id)
    if not isinstance(moment, OfEmployer) or moment.employer_id != employer_id:
        raise NotFound()


def _record_of(table: str) -> type[Record]:
    mappers = Record._sa_registry.mappers
    return next(m.class_ for m in mappers if m.local_table is Record.metadata.tables[table])
