"""What an employer says to a proposal: hired, agreed, declined; or we took it back."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.work import Work
from crm.jobcarving.actions import OpenJob, open_job
from crm.jobcarving.records import CarvingPackage
from crm.placements.actions import BookPlacement, book_placement
from crm.proposals.actions.proposing import IN_FUTURE, TWICE, open_one
from crm.proposals.queries.stored import is_open, placement_after
from crm.proposals.records import Proposal
from crm.proposals.rules import ProposalOutcome, Reason, outcomes_for, reason_fits

NO_REASON = N_("Say why nothing came of it: choose a reason that fits.")
BEFORE = N_("This is before the proposal. Choose that day or a later one.")
NOT_THIS_WAY = N_("This proposal cannot end in this way.")
BOOK_FIRST = N_("Book the placement: the proposal is then answered by itself.")
HAS_PLACEMENT = N_("A placement came of this proposal, so it stays as it is.")


class NoteAnswer(Command):
    """How a proposal ended; answered today when no day is given."""

    proposal_id: int
    version: int
    outcome: ProposalOutcome
    reason: Reason | None = None
    answered_on: Day | None = None


class HireProposed(BookPlacement):
    """The candidate of a proposal starts at its employer."""

    proposal_id: int
    version: int


class ReopenProposal(Command):
    """A proposal that waits for an answer after all."""

    proposal_id: int
    version: int


@action(Permission.PLACEMENT_EDIT, NoteAnswer)
def note_answer(work: Work, command: NoteAnswer) -> int:
    """Note how a proposal ended and return its new version.

    A job that the employer agrees to is opened. Somebody is hired only with a placement: one that was booked
    for the candidate since, or else by `hire_proposed`. Raises `Invalid` for an ending or a reason that does
    not fit, and for a day before the proposal or in the future.
    """
    fields = command.model_dump(exclude={"proposal_id", "version"})
    proposal = open_one(work, command.proposal_id, command.version, fields)
    _check(proposal, command)
    if command.outcome is ProposalOutcome.HIRED:
        proposal.placement_id = _booked(work, proposal)
    if command.outcome is ProposalOutcome.AGREED:
        _open_job(work, proposal)
    proposal.outcome, proposal.reason = command.outcome, command.reason
    proposal.answered_on = command.answered_on or clock.today()
    work.flush()
    return proposal.version


@action(Permission.PLACEMENT_EDIT, HireProposed)
def hire_proposed(work: Work, command: HireProposed) -> int:
    """Book the placement that a proposal led to, and return its id.

    Raises what booking a placement raises, and `NotFound` for another candidate, employer or job than the
    proposal's.
    """
    proposal = open_one(work, command.proposal_id, command.version, {"outcome": ProposalOutcome.HIRED})
    theirs = (proposal.employer_id, proposal.candidate_id, proposal.package_id or command.package_id)
    if theirs != (command.employer_id, command.candidate_id, command.package_id):
        raise NotFound()
    booked = command.model_dump(exclude={"proposal_id", "version"})
    placement_id = book_placement(work, BookPlacement(**booked))
    work.intend("proposals.hire_proposed")
    proposal.placement_id, proposal.outcome = placement_id, ProposalOutcome.HIRED
    proposal.answered_on = clock.today()
    return placement_id


@action(Permission.PLACEMENT_EDIT, ReopenProposal)
def reopen_proposal(work: Work, command: ReopenProposal) -> int:
    """Let a proposal wait for its answer again and return its new version.

    Raises `Invalid` once a placement came of it, and when the same was put forward again meanwhile.
    """
    proposal = work.edit(Proposal, command.proposal_id, command.version, {"outcome": None})
    if proposal.placement_id is not None:
        raise Invalid("outcome", HAS_PLACEMENT)
    if is_open(work, proposal):
        raise Invalid("outcome", TWICE)
    proposal.outcome = proposal.answered_on = proposal.reason = None
    work.flush()
    return proposal.version


def _check(proposal: Proposal, command: NoteAnswer) -> None:
    answered_on = command.answered_on or clock.today()
    if command.outcome not in outcomes_for(proposal.candidate_id is not None):
        raise Invalid("outcome", NOT_THIS_WAY)
    if not reason_fits(command.outcome, command.reason):
        raise Invalid("reason", NO_REASON)
    if answered_on < proposal.proposed_on:
        raise Invalid("answered_on", BEFORE)
    if answered_on > clock.today():
        raise Invalid("answered_on", IN_FUTURE)


def _booked(work: Work, proposal: Proposal) -> int:
    found = placement_after(work, proposal.candidate_id or 0, proposal.employer_id, proposal.proposed_on)
    if found is None:
        raise Invalid("outcome", BOOK_FIRST)
    return found


def _open_job(work: Work, proposal: Proposal) -> None:
    package = work.get(CarvingPackage, proposal.package_id or 0)
    if package.opened_on is None:
        open_job(work, OpenJob(package_id=proposal.package_id or 0, version=package.version))
        work.intend("proposals.note_answer")
