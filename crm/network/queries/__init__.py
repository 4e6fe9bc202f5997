"""Questions about the business network, always for an actor."""

from crm.network.queries.mapped import NamedMap, named_map
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
from crm.network.queries.nearby import Neighbourhood, names_of, neighbourhood, ways_to
from crm.network.queries.parties import (
    PartyRow,
    PartyTieRow,
    PartyView,
    TalkRow,
    list_parties,
    party_choices,
    party_ties_of_employer,
    party_view,
    talks_with,
    ties_of_party,
)
from crm.network.queries.reach import BrokerRow, Reach, ReachRow, brokers, reach
from crm.network.queries.ties import TieRow, is_told, ties_of_employer

__all__ = [
    "MOST_PAGES",
    "PAGE_SIZE",
    "BrokerRow",
    "IntroductionRow",
    "MemberFilter",
    "MemberRow",
    "MembershipView",
    "NamedMap",
    "Neighbourhood",
    "PartyRow",
    "PartyTieRow",
    "PartyView",
    "Reach",
    "ReachRow",
    "TalkRow",
    "TieRow",
    "brokers",
    "count_members",
    "introductions",
    "is_told",
    "list_members",
    "list_parties",
    "membership_of",
    "membership_record",
    "named_map",
    "names_of",
    "neighbourhood",
    "party_choices",
    "party_ties_of_employer",
    "party_view",
    "reach",
    "talks_with",
    "ties_of_employer",
    "ties_of_party",
    "ways_to",
]
