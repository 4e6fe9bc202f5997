"""What proposals have to tell: when each was made, and what the employer said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import case
from sqlmodel import col

from crm.accounts.records import User
from crm.core.access import Permission
from crm.proposals.records import Proposal
from crm.timeline.queries.part import Part, no_number, nothing, text_of
from crm.timeline.rules import Happening, Topic


def _parts(happening: Happening, on: Any, state: Any) -> Iterator[Part]:
    """Return the part of candidates, for who may see them, and that of carved jobs without one."""
    of_somebody = col(Proposal.candidate_id)
    for seen_with, only in (
        (Permission.CANDIDATE_VIEW, of_somebody.is_not(None)),
        (Permission.VISIT_VIEW, of_somebody.is_(None)),
    ):
        yield Part(
            happening,
            frozenset({Topic.PROPOSAL}),
            seen_with,
            col(Proposal.employer_id),
            on,
            Proposal.id,
            (
                col(Proposal.job),
                col(Proposal.candidate_reference),
                col(User.name),
                state,
                no_number(),
                col(Proposal.id),
            ),
            only=(only, on.is_not(None)),
            joined=((User, col(User.id) == Proposal.owner_id),),
        )


def _step_while_open() -> Any:
    return case((col(Proposal.outcome).is_(None), text_of(Proposal.step)), else_=nothing())


PROPOSALS = (
    *_parts(Happening.PROPOSED, col(Proposal.proposed_on), _step_while_open()),
    *_parts(Happening.PROPOSAL_ANSWERED, col(Proposal.answered_on), text_of(Proposal.outcome)),
)
