"""Rules of the business network: why employers join and how they are tied."""

from __future__ import annotations

from enum import StrEnum


class Motive(StrEnum):
    """Why an employer joined the network ("motief")."""

    NEEDS_STAFF = "needs_staff"
    SOCIAL_PRACTICE = "social_practice"
    FORMER_PARTICIPANT = "former_participant"


class TieKind(StrEnum):
    """How two employers are tied ("relatie")."""

    SUPPLIER = "supplier"
    SUBCONTRACTOR = "subcontractor"
    SAME_CONCERN = "same_concern"
    REFERRAL = "referral"
    NEIGHBOUR = "neighbour"
    BRANCH_ASSOCIATION = "branch_association"
    PERSON_MOVED = "person_moved"
