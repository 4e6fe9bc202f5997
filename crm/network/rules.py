"""Rules of the business network: why employers join and how they are tied."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Motive(StrEnum):
    """Why an employer joined the network ("motief")."""

    NEEDS_STAFF = "needs_staff"
    SOCIAL_PRACTICE = "social_practice"
    FORMER_PARTICIPANT = "former_participant"


class TieKind(StrEnum):
    """How two employers are tied ("relatie"), told from the first: A supplies B, A is a subcontractor of B,
    A referred us to B, somebody moved from A to B; the others hold in both directions.
    """

    SUPPLIER = "supplier"
    SUBCONTRACTOR = "subcontractor"
    SAME_CONCERN = "same_concern"
    REFERRAL = "referral"
    NEIGHBOUR = "neighbour"
    BRANCH_ASSOCIATION = "branch_association"
    PERSON_MOVED = "person_moved"


BOTH_WAYS = frozenset({TieKind.SAME_CONCERN, TieKind.NEIGHBOUR, TieKind.BRANCH_ASSOCIATION})


def acquainted_since(today: date) -> date:
    """Return the first day on which a conversation still makes an acquaintance: 24 months back."""
    return date(today.year - 2, today.month, min(today.day, 28))


def left_in_time(joined_on: date, left_on: date, today: date) -> bool:
    """Return whether an employer can have left on this day: after it joined, and not in the future."""
    return joined_on <= left_on <= today


class PartyKind(StrEnum):
    """What a party that is no employer is: a neighbourhood organisation ("wijkorganisatie"), a connector
    ("verbinder") who holds the first talk, a school, or an agency (temp work or re-integration).
    """

    NEIGHBOURHOOD = "neighbourhood"
    CONNECTOR = "connector"
    SCHOOL = "school"
    AGENCY = "agency"


class PartyTieKind(StrEnum):
    """How such a party is tied to an employer or to another party, told from the party.

    It works together with the other, belongs to it (a connector to an organisation), sends candidates to it,
    knows it, or pointed us to it.
    """

    WORKS_TOGETHER = "works_together"
    BELONGS_TO = "belongs_to"
    SENDS_CANDIDATES = "sends_candidates"
    KNOWS = "knows"
    POINTED_TO = "pointed_to"


PARTY_BOTH_WAYS = frozenset({PartyTieKind.WORKS_TOGETHER, PartyTieKind.KNOWS})

DECEMBER = 12
SATURDAY = 5


def months_back(today: date, months: int) -> date:
    """Return the same day some months earlier; the last day of a shorter month when it has no such day."""
    year, month = divmod(today.year * DECEMBER + today.month - 1 - months, DECEMBER)
    month += 1
    first_after = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return date(year, month, min(today.day, (first_after - timedelta(days=1)).day))


def is_dormant(joined_on: date, last_active_on: date | None, today: date, months: int) -> bool:
    """Return whether a member sleeps ("slapend lid"): it joined more than so many months ago, and since
    then it was neither spoken with nor present at an event, and pointed us to nobody.

    The number of months is data: `data/network.toml`.
    """
    since = months_back(today, months)
    return joined_on < since and (last_active_on is None or last_active_on < since)


def invitation_due(started_on: date, today: date, weeks: int) -> date:
    """Return when the account holder invites the new employer of a former participant: so many weeks after
    the start, on a working day, and never in the past.

    Source: the Werkklas invites former participants and their new employers into its network.
    """
    day = max(started_on + timedelta(weeks=weeks), today)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
