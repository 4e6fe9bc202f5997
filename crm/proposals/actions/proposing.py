"""Putting a candidate or a carved job forward, and waiting for the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from crm.candidates.records import Candidate
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.core.workdays import working_days_after
from crm.jobcarving.actions.cases import bring_to
from crm.jobcarving.actions.tasks import unfinished
from crm.jobcarving.records import CarvingPackage
from crm.jobcarving.rules import Stage, comes_before
from crm.needs.records import Need
from crm.proposals.queries.stored import is_open, job_of
from crm.proposals.records import Proposal
from crm.proposals.rules import ANSWER_WITHIN, Step

IN_FUTURE = N_("This day has yet to come. Choose today or a day before.")
ANSWERED = N_("The employer has answered. Open the proposal again before you change it.")
TWICE = N_("This was put forward here already, and waits for an answer.")
NO_CANDIDATE = N_("Choose the candidate first.")
NEED_ENDED = N_("This need has ended. Open it again before you change it.")
NOT_OPEN_YET = N_("The employer has yet to agree to this job. Put the job itself forward first.")
TOO_EARLY = N_("The answer cannot be due before the day of the proposal.")


class Propose(Command):
    """A candidate for a need, or a carved job with or without a candidate for it.

    Without days it was put forward today, and the answer is due after the usual term.
    """

    need_id: int | None = None
    package_id: int | None = None
    candidate_id: int | None = None
    proposed_on: Day | None = None
    answer_by: Day | None = None
    note: Annotated[str, Field(max_length=400), WITHOUT_BSN] = ""


class AskAgain(Command):
    """How far the proposal came, and by when we want to hear something now."""

    proposal_id: int
    version: int
    step: Step
    answer_by: Day


@dataclass(frozen=True)
class _About:
    """What a proposal is about: where it belongs, and what the job is called."""

    employer_id: int
    region_id: int
    job: str
    case_id: int | None


@action(Permission.PLACEMENT_EDIT, Propose)
def propose(work: Work, command: Propose) -> int:
    """Put something forward at an employer and return the proposal's id; the employer heard from us with it.

    A job that is put forward brings its case to the decision. Raises `NotFound` for what is not the actor's,
    `Invalid` without a candidate for a need, for a day in the future, and for what waits for an answer.
    """
    proposed_on = command.proposed_on or clock.today()
    if proposed_on > clock.today():
        raise Invalid("proposed_on", IN_FUTURE)
    about = _about(work, command, proposed_on)
    candidate = _candidate(work, command)
    proposal = Proposal(
        region_id=about.region_id,
        employer_id=about.employer_id,
        need_id=command.need_id,
        case_id=about.case_id,
        package_id=command.package_id,
        candidate_id=command.candidate_id,
        candidate_reference=candidate.reference if candidate else None,
        job=about.job,
        owner_id=work.user_id,
        proposed_on=proposed_on,
        answer_by=_answer_by(command.answer_by, proposed_on),
        note=command.note,
    )
    if is_open(work, proposal):
        raise Invalid("candidate_id", TWICE)
    return key(work.add(proposal))


@action(Permission.PLACEMENT_EDIT, AskAgain)
def ask_again(work: Work, command: AskAgain) -> int:
    """Note how far a proposal came and until when we wait now; return its new version."""
    fields = {"step": command.step, "answer_by": command.answer_by}
    proposal = open_one(work, command.proposal_id, command.version, fields)
    if command.answer_by < clock.today():
        raise Invalid("answer_by", "Choose today or a later day.")
    proposal.step, proposal.answer_by = command.step, command.answer_by
    work.flush()
    return proposal.version


def open_one(work: Work, proposal_id: int, version: int, yours: dict[str, object]) -> Proposal:
    """Return a proposal that waits for its answer, for a change; raises `Invalid` when it was given."""
    proposal = work.edit(Proposal, proposal_id, version, yours)
    if proposal.outcome is not None:
        raise Invalid("outcome", ANSWERED)
    return proposal


def _about(work: Work, command: Propose, proposed_on: date) -> _About:
    if (command.need_id is None) == (command.package_id is None):
        raise NotFound()
    if command.need_id is not None:
        return _about_need(work, command.need_id, proposed_on)
    return _about_job(work, command.package_id or 0, command.candidate_id is not None)


def _about_need(work: Work, need_id: int, proposed_on: date) -> _About:
    need = work.get(Need, need_id)
    if need.closed_on is not None:
        raise Invalid("need_id", NEED_ENDED)
    if need.reacted_on is None:
        need.reacted_on = max(proposed_on, need.raised_on)
        need.reacted_by_id = work.actor.user_id
    return _About(need.employer_id, need.region_id, job_of(work, need), None)


def _about_job(work: Work, package_id: int, for_somebody: bool) -> _About:
    package = work.get(CarvingPackage, package_id)
    case = unfinished(work, package.case_id)
    if for_somebody and package.opened_on is None:
        raise Invalid("package_id", NOT_OPEN_YET)
    if package.filled_on is not None:
        raise Invalid("package_id", "This job was filled already. Choose another, or none.")
    if comes_before(case.stage, Stage.DECISION):
        bring_to(work, case, Stage.DECISION)
    return _About(package.employer_id, package.region_id, package.name, package.case_id)


def _candidate(work: Work, command: Propose) -> Candidate | None:
    if command.candidate_id is None:
        if command.need_id is not None:
            raise Invalid("candidate_id", NO_CANDIDATE)
        return None
    work.actor.require(Permission.CANDIDATE_VIEW)
    return work.get(Candidate, command.candidate_id)


def _answer_by(asked: date | None, proposed_on: date) -> date:
    if asked is not None and asked < proposed_on:
        raise Invalid("answer_by", TOO_EARLY)
    return asked or working_days_after(proposed_on, ANSWER_WITHIN)
