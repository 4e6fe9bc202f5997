"""Rules of the business network: why employers join and how they are tied."""

from __future__ import annotations

from datetime import date
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
