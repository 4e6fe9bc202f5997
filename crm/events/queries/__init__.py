"""Questions about events, always for an actor."""

from crm.events.queries.attending import (
    CandidateRow,
    EmployerRow,
    TalkRow,
    candidates_at,
    employers_at,
    talks_at,
)
from crm.events.queries.listing import (
    EventFilter,
    EventOrder,
    EventRow,
    EventView,
    event_view,
    funnel_of,
    list_events,
)

__all__ = [
    "CandidateRow",
    "EmployerRow",
    "EventFilter",
    "EventOrder",
    "EventRow",
    "EventView",
    "TalkRow",
    "candidates_at",
    "employers_at",
    "event_view",
    "funnel_of",
    "list_events",
    "talks_at",
]
