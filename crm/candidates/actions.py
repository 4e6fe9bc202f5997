"""What users do with candidates: register one, look at the profile, put it right."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup, holds_contact_details, reference_of
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work


def _without_contact_details(text: str) -> str:
    if holds_contact_details(text):
        raise Invalid(
            "profile",
            "This looks like a mail address or a telephone number. "
            "A profile never says who somebody is: take it out and save again.",
        )
    return text


Profile = Annotated[
    str, StringConstraints(max_length=400), WITHOUT_BSN, AfterValidator(_without_contact_details)
]
AvailableHours = Annotated[Decimal, Field(gt=0, le=60, decimal_places=1)]


@dataclass(frozen=True)
class CandidateProfile:
    """What is known of a candidate; `available_hours` a week."""

    id: int
    version: int
    reference: str
    group: TargetGroup
    available_hours: Decimal | None
    profile: str
    registered_on: date


class RegisterCandidate(Command):
    """Somebody who looks for work, known by a reference only."""

    region_id: int
    group: TargetGroup
    available_hours: AvailableHours | None = None
    profile: Profile = ""


class ViewCandidate(Command):
    """Look at the profile of a candidate."""

    candidate_id: int


class EditCandidate(Command):
    """A profile put right."""

    candidate_id: int
    version: int
    group: TargetGroup
    available_hours: AvailableHours | None = None
    profile: Profile = ""


@action(Permission.CANDIDATE_EDIT, RegisterCandidate)
def register_candidate(work: Work, command: RegisterCandidate) -> int:
    """Register a candidate in one of the actor's regions, give them a reference and return their id."""
    if work.actor.role is not None and command.region_id not in work.actor.regions:
        raise NotFound()
    return key(enter_candidate(work, command))


@action(Permission.CANDIDATE_VIEW, ViewCandidate)
def view_candidate(work: Work, command: ViewCandidate) -> CandidateProfile:
    """Return a candidate's profile; the audit log keeps who looked."""
    candidate = work.get(Candidate, command.candidate_id)
    work.note("view", "candidates", command.candidate_id)
    return CandidateProfile(
        key(candidate),
        candidate.version,
        candidate.reference,
        candidate.group,
        candidate.available_hours,
        candidate.profile,
        candidate.registered_on,
    )


@action(Permission.CANDIDATE_EDIT, EditCandidate)
def edit_candidate(work: Work, command: EditCandidate) -> int:
    """Put a profile right and return the candidate's id."""
    fields = command.model_dump(exclude={"candidate_id", "version"})
    candidate = work.edit(Candidate, command.candidate_id, command.version, fields)
    for name, value in fields.items():
        setattr(candidate, name, value)
    return command.candidate_id


def enter_candidate(work: Work, details: RegisterCandidate) -> Candidate:
    """Write a new candidate with their reference; also part of booking a placement."""
    # The reference follows from the id, which the database gives out: no two writers can take the same.
    candidate = Candidate(reference=secrets.token_hex(8), registered_on=clock.today(), **details.model_dump())
    work.add(candidate)
    candidate.reference = reference_of(key(candidate))
    work.flush()
    return candidate
