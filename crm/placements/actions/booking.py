"""Booking a placement, and putting right what was booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from crm.candidates.actions import AvailableHours, Profile, RegisterCandidate, enter_candidate
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.jobcarving.actions import fill_package
from crm.network.inviting import invite
from crm.placements.queries.stored import is_booked, stored_hours
from crm.placements.records import Placement, WeeklyHours
from crm.placements.rules import (
    ContractForm,
    HoursFrom,
    brings_employer,
    is_plausible,
    moved_start,
)

JobTitle = Annotated[str, StringConstraints(max_length=120), WITHOUT_BSN]
StartHours = Annotated[Decimal, Field(gt=0, le=60, decimal_places=1)]

NO_JOB = N_("Say what the job is, or choose a carved job.")
IMPLAUSIBLE = N_("Check this date: at most 20 years ago and at most one year ahead.")
ENDS_BEFORE_START = N_("The end cannot lie before the start.")
BOOKED_ALREADY = N_("This candidate was booked here from this day already.")
HOURS_IN_THE_WAY = N_("The hours changed before that day. Remove that change first.")


class BookPlacement(Command):
    """Somebody starts at an employer: a known candidate, or a new one when `candidate_id` is None.

    `hours` a week hold from the start. `package_id` is the carved job that it fills.
    """

    employer_id: int
    candidate_id: int | None = None
    group: TargetGroup
    available_hours: AvailableHours | None = None
    profile: Profile = ""
    job_title: JobTitle = ""
    package_id: int | None = None
    contract_form: ContractForm
    started_on: date
    planned_end_on: date | None = None
    hours: StartHours


class EditPlacement(Command):
    """A placement put right; the first hours move along with the start."""

    placement_id: int
    version: int
    group: TargetGroup
    job_title: Annotated[JobTitle, StringConstraints(min_length=1)]
    contract_form: ContractForm
    started_on: date
    planned_end_on: date | None = None


@action(Permission.PLACEMENT_EDIT, BookPlacement)
def book_placement(work: Work, command: BookPlacement) -> int:
    """Book a placement and return its id; a carved job that it fills brings its case to `FILLED`.

    Raises `Invalid` for dates that cannot be, a job that is not free, or a placement booked twice.
    """
    employer = work.get(Employer, command.employer_id)
    _check_dates(command.started_on, command.planned_end_on, None)
    candidate = _candidate(work, command, employer.region_id)
    _refuse_twice(work, command, candidate)
    placement = Placement(
        region_id=employer.region_id,
        employer_id=command.employer_id,
        candidate_id=key(candidate),
        candidate_reference=candidate.reference,
        group=command.group,
        job_title=_job_title(work, command),
        contract_form=command.contract_form,
        started_on=command.started_on,
        planned_end_on=command.planned_end_on,
        package_id=command.package_id,
        booked_by_id=_acting_user(work),
        hours_changed_at=clock.now(),
    )
    work.add(placement)
    add_hours(work, placement, HoursFrom(command.started_on, command.hours))
    _bring_employer(work, placement)
    return key(placement)


@action(Permission.PLACEMENT_EDIT, EditPlacement)
def edit_placement(work: Work, command: EditPlacement) -> int:
    """Put a placement right and return its id; refused when a change of hours lies before the new start."""
    fields = command.model_dump(exclude={"placement_id", "version"})
    placement = work.edit(Placement, command.placement_id, command.version, fields)
    _check_dates(command.started_on, command.planned_end_on, placement.ended_on)
    if command.started_on != placement.started_on:
        _move_start(work, placement, command.started_on)
    for name, value in fields.items():
        setattr(placement, name, value)
    if placement.ended_on is None:
        _bring_employer(work, placement)
    return command.placement_id


def add_hours(work: Work, placement: Placement, step: HoursFrom) -> None:
    """Write weekly hours that hold from a day on."""
    work.add(
        WeeklyHours(
            region_id=placement.region_id,
            employer_id=placement.employer_id,
            placement_id=key(placement),
            from_on=step.from_on,
            hours=step.hours,
        )
    )


def note_hours_changed(placement: Placement) -> None:
    """Let a change of hours count as a change of the placement, so that two who make one are told."""
    placement.hours_changed_at = clock.now()
    placement.hours_changes += 1


def _bring_employer(work: Work, placement: Placement) -> None:
    if brings_employer(placement.contract_form):
        employer = work.get(Employer, placement.employer_id)
        invite(work, employer, key(placement), placement.started_on)


def _candidate(work: Work, command: BookPlacement, region_id: int) -> Candidate:
    if command.candidate_id is not None:
        return work.get(Candidate, command.candidate_id)
    work.actor.require(Permission.CANDIDATE_EDIT)
    details = command.model_dump(include={"group", "available_hours", "profile"})
    return enter_candidate(work, RegisterCandidate(region_id=region_id, **details))


def _job_title(work: Work, command: BookPlacement) -> str:
    if command.package_id is not None:
        package = fill_package(work, command.package_id, command.employer_id, command.started_on)
        return command.job_title or package.name
    if not command.job_title:
        raise Invalid("job_title", NO_JOB)
    return command.job_title


def _check_dates(start: date, planned_end: date | None, end: date | None) -> None:
    if not is_plausible(start, clock.today()):
        raise Invalid("started_on", IMPLAUSIBLE)
    if planned_end is not None and planned_end < start:
        raise Invalid("planned_end_on", ENDS_BEFORE_START)
    if end is not None and end < start:
        raise Invalid("started_on", ENDS_BEFORE_START)


def _refuse_twice(work: Work, command: BookPlacement, candidate: Candidate) -> None:
    if is_booked(work, key(candidate), command.employer_id, command.started_on):
        raise Invalid("candidate_id", BOOKED_ALREADY)


def _move_start(work: Work, placement: Placement, start: date) -> None:
    stored = stored_hours(work, key(placement))
    if moved_start([HoursFrom(one.from_on, one.hours) for one in stored], start) is None:
        raise Invalid("started_on", HOURS_IN_THE_WAY)
    stored[0].from_on = start
    note_hours_changed(placement)


def _acting_user(work: Work) -> int:
    if work.actor.user_id is None:
        raise Forbidden()
    return work.actor.user_id
