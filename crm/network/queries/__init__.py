"""Questions about the business network, always for an actor."""

from crm.network.queries.members import (
    MOST_PAGES,
    PAGE_SIZE,
    IntroductionRow,
    MemberFilter,
    MemberRow,
    MembershipView,
    count_members,
    introductions,
    list_members,
    membership_of,
    membership_record,
)
from crm.network.queries.nearby import Neighbourhood, neighbourhood
from crm.network.queries.ties import TieRow, is_told, ties_of_employer

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "IntroductionRow",
    "MemberFilter",
    "MemberRow",
    "MembershipView",
    "Neighbourhood",
    "TieRow",
    "count_members",
    "introductions",
    "is_told",
    "list_members",
    "membership_of",
    "membership_record",
    "neighbourhood",
    "ties_of_employer",
]
