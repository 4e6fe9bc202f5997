"""Questions about contact moments, always for an actor."""

from crm.visits.queries.agreed import NextStep
from crm.visits.queries.form import (
    LastContact,
    MomentForm,
    VisitStart,
    moment_form,
    owners_at,
    people_at,
    recent_employers,
    visit_start,
)
from crm.visits.queries.today import (
    MomentNews,
    Portfolio,
    QuietEmployer,
    ToDo,
    follow_ups_of,
    moments_at_accounts,
    portfolio,
    recent_moments,
)

__all__ = [
    "LastContact",
    "MomentForm",
    "MomentNews",
    "NextStep",
    "Portfolio",
    "QuietEmployer",
    "ToDo",
    "VisitStart",
    "follow_ups_of",
    "moment_form",
    "moments_at_accounts",
    "owners_at",
    "people_at",
    "portfolio",
    "recent_employers",
    "recent_moments",
    "visit_start",
]
