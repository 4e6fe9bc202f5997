"""Proposals of a need, of a case, of a candidate and at an employer: those without an answer first.

Who may not see candidates sees that somebody was put forward, and never whom or what was said of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.proposals.queries.stored import placement_after
from crm.proposals.records import Proposal
from crm.proposals.rules import ProposalOutcome, Reason, Step, is_late

MOST = 50


@dataclass(frozen=True)
class ProposalRow:
    """A proposal with its employer and owner; `is_person` is whether a candidate was put forward."""

    id: int
    version: int
    employer_id: int
    employer: str
    need_id: int | None
    case_id: int | None
    package_id: int | None
    is_person: bool
    candidate_id: int | None
    reference: str | None
    job: str
    owner_id: int
    owner: str
    proposed_on: date
    answer_by: date
    step: Step
    note: str
    outcome: ProposalOutcome | None
    answered_on: date | None
    reason: Reason | None
    placement_id: int | None

    def is_late(self, today: date) -> bool:
        """Return whether the employer's answer is overdue."""
        return is_late(self.answer_by, self.outcome, today)


def proposals_on_need(work: Work, need_id: int) -> list[ProposalRow]:
    """Return what was put forward for a need."""
    return _read(work, _rows().where(Proposal.need_id == need_id))


def proposals_on_case(work: Work, case_id: int) -> list[ProposalRow]:
    """Return what was put forward in a carving case: its jobs, and candidates for them."""
    return _read(work, _rows().where(Proposal.case_id == case_id))


def proposals_at(work: Work, employer_id: int) -> list[ProposalRow]:
    """Return what was put forward at an employer."""
    return _read(work, _rows().where(Proposal.employer_id == employer_id))


def proposals_of_candidate(work: Work, candidate_id: int) -> list[ProposalRow]:
    """Return where a candidate was put forward; raises `Forbidden` for who may not see candidates."""
    work.actor.require(Permission.CANDIDATE_VIEW)
    return _read(work, _rows().where(Proposal.candidate_id == candidate_id))


def proposal_row(work: Work, proposal_id: int) -> ProposalRow:
    """Return one proposal; raises `NotFound` for one that is not the actor's."""
    found = _read(work, _rows().where(Proposal.id == proposal_id))
    if not found:
        raise NotFound()
    return found[0]


def placement_since(work: Work, row: ProposalRow) -> int | None:
    """Return the placement of the proposal's candidate at its employer since, for who may see candidates."""
    if row.candidate_id is None:
        return None
    return placement_after(work, row.candidate_id, row.employer_id, row.proposed_on)


def proposal_of_placement(work: Work, placement_id: int) -> ProposalRow | None:
    """Return the proposal that a placement came of, if there is one."""
    found = _read(work, _rows().where(Proposal.placement_id == placement_id))
    return found[0] if found else None


def _rows() -> Any:
    open_first = case((col(Proposal.answered_on).is_(None), 0), else_=1)
    return (
        select(Proposal, Employer.name, User.name)
        .join(Employer, col(Employer.id) == Proposal.employer_id)
        .join(User, col(User.id) == Proposal.owner_id)
        .order_by(open_first, col(Proposal.proposed_on).desc(), col(Proposal.id).desc())
        .limit(MOST)
    )


def _read(work: Work, found: Any) -> list[ProposalRow]:
    """Return the rows; none for who may not read what was said with an employer, as partners."""
    if not work.actor.may(Permission.VISIT_VIEW):
        return []
    sees = work.actor.may(Permission.CANDIDATE_VIEW)
    return [_row(one, employer, owner, sees=sees) for one, employer, owner in work.session.exec(found)]


def _row(one: Proposal, employer: str, owner: str, *, sees: bool) -> ProposalRow:
    return ProposalRow(
        id=key(one),
        version=one.version,
        employer_id=one.employer_id,
        employer=employer,
        need_id=one.need_id,
        case_id=one.case_id,
        package_id=one.package_id,
        is_person=one.candidate_id is not None,
        candidate_id=one.candidate_id if sees else None,
        reference=one.candidate_reference if sees else None,
        job=one.job,
        owner_id=one.owner_id,
        owner=owner,
        proposed_on=one.proposed_on,
        answer_by=one.answer_by,
        step=one.step,
        note=one.note if sees or one.candidate_id is None else "",
        outcome=one.outcome,
        answered_on=one.answered_on,
        reason=one.reason if sees or one.candidate_id is None else None,
        placement_id=one.placement_id,
    )
