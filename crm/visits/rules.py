"""Rules of contact moments: kinds, purposes, and a next action or a reason why there is none."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class MomentKind(StrEnum):
    """How we spoke with the employer."""

    VISIT = "visit"
    CALL = "call"
    MAIL = "mail"
    EVENT = "event"


class Purpose(StrEnum):
    """What a contact moment was about ("doel")."""

    ACQUAINTANCE = "acquaintance"
    VACANCY = "vacancy"
    CARVING = "carving"
    SROI = "sroi"
    AFTERCARE = "aftercare"
    SUBSIDY = "subsidy"
    TRAINING = "training"
    NETWORK = "network"


class Urgency(StrEnum):
    """How a follow-up stands against today."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


def urgency(due_on: date, today: date) -> Urgency:
    """Return how a follow-up stands: overdue from the day after its due date."""
    if due_on < today:
        return Urgency.OVERDUE
    return Urgency.TODAY if due_on == today else Urgency.LATER


def lacks_next_step(next_action: str, no_action_reason: str) -> bool:
    """Return whether a moment says neither what happens next nor why nothing does."""
    return not next_action.strip() and not no_action_reason.strip()
