"""Questions about proposals, always for an actor."""

from crm.proposals.queries.listing import (
    ProposalRow,
    proposal_row,
    proposals_at,
    proposals_of_candidate,
    proposals_on_case,
    proposals_on_need,
)

__all__ = [
    "ProposalRow",
    "proposal_row",
    "proposals_at",
    "proposals_of_candidate",
    "proposals_on_case",
    "proposals_on_need",
]
