"""Questions about proposals, always for an actor."""

from crm.proposals.queries.listing import (
    ProposalRow,
    placement_since,
    proposal_of_placement,
    proposal_row,
    proposals_at,
    proposals_of_candidate,
    proposals_on_case,
    proposals_on_need,
)

__all__ = [
    "ProposalRow",
    "placement_since",
    "proposal_of_placement",
    "proposal_row",
    "proposals_at",
    "proposals_of_candidate",
    "proposals_on_case",
    "proposals_on_need",
]
