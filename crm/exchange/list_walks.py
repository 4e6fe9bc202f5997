"""From a record to the next one of its list: the ids that the filter in an address leaves, in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from crm.core.work import Work
from crm.employers.queries.listing import employer_ids
from crm.events.queries import list_events
from crm.exchange.list_filters import (
    Asked,
    asked_cases,
    asked_contracts,
    asked_employers,
    asked_events,
    asked_members,
    asked_needs,
    asked_parties,
    asked_placements,
    choice,
)
from crm.jobcarving.queries import case_ids
from crm.jobcarving.rules import Stage
from crm.needs.queries import need_ids
from crm.network.queries import list_parties, member_employer_ids
from crm.placements.queries import placement_ids
from crm.sroi.queries.register import contract_ids

WALKS: Mapping[str, Callable[[Work, Asked], list[int]]] = {
    "cases": lambda work, asked: case_ids(work, asked_cases(asked), choice(asked, "stage", Stage)),
    "contracts": lambda work, asked: contract_ids(work, asked_contracts(asked)),
    "employers": lambda work, asked: employer_ids(work, asked_employers(asked)),
    "events": lambda work, asked: [row.id for row in list_events(work, asked_events(asked))],
    "members": lambda work, asked: member_employer_ids(work, asked_members(asked)),
    "needs": lambda work, asked: need_ids(work, asked_needs(asked)),
    "parties": lambda work, asked: [row.id for row in list_parties(work, asked_parties(asked))],
    "placements": lambda work, asked: placement_ids(work, asked_placements(asked)),
}
"""By the name under which a list is exported too."""
