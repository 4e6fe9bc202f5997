"""Questions about employers, always for an actor."""

from crm.employers.queries.details import (
    EmployerView,
    EstablishmentRow,
    TeamRow,
    colleagues_in,
    employer_view,
    establishments,
    municipalities,
    team,
)
from crm.employers.queries.finding import FoundEmployer, employer_names, find_employers, found_employer
from crm.employers.queries.history import colleagues_named, employer_history
from crm.employers.queries.listing import (
    MOST_PAGES,
    PAGE_SIZE,
    EmployerFilter,
    EmployerRow,
    Order,
    count_employers,
    list_employers,
    too_quiet,
)
from crm.employers.queries.people import PersonRow, people
from crm.employers.queries.sharing import partners_of, sharing_of

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "EmployerFilter",
    "EmployerRow",
    "EmployerView",
    "EstablishmentRow",
    "FoundEmployer",
    "Order",
    "PersonRow",
    "TeamRow",
    "colleagues_in",
    "colleagues_named",
    "count_employers",
    "employer_history",
    "employer_names",
    "employer_view",
    "establishments",
    "find_employers",
    "found_employer",
    "list_employers",
    "municipalities",
    "partners_of",
    "people",
    "sharing_of",
    "team",
    "too_quiet",
]
