"""Rules of needs ("behoefte"): kinds, urgency, the phase of the employer, and the first-reaction clock."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class NeedKind(StrEnum):
    """What an employer asks of the desk."""

    VACANCY = "vacancy"
    CARVING = "carving"
    TRAINING = "training"
    SROI_ADVICE = "sroi_advice"
    SUBSIDY = "subsidy"
    EVENT = "event"


class NeedUrgency(StrEnum):
    """How much haste an employer has ("urgentie")."""

    NORMAL = "normal"
    SOON = "soon"
    URGENT = "urgent"


class Phase(StrEnum):
    """Where the employer itself is; employers set the pace, so a need may go forth and back.

    The four phases of the handreiking for WSPs: afweging, voorbereiding, werving en selectie, arbeidsrelatie.
    """

    WEIGHING = "weighing"
    PREPARING = "preparing"
    RECRUITING = "recruiting"
    EMPLOYING = "employing"


class Outcome(StrEnum):
    """How a need ended."""

    MET = "met"
    DROPPED = "dropped"


class Reaction(StrEnum):
    """How the first-reaction clock stands."""

    GIVEN = "given"
    GIVEN_LATE = "given_late"
    WAITING = "waiting"
    TODAY = "today"
    OVERDUE = "overdue"


# Working days in which an employer hears something. The handreiking for WSPs asks for a quick reaction and
# gives two working days as its example; one for an urgent need is our own.
REACT_WITHIN = {NeedUrgency.NORMAL: 2, NeedUrgency.SOON: 2, NeedUrgency.URGENT: 1}


def reaction(react_by: date, reacted_on: date | None, today: date) -> Reaction:
    """Return how the clock stands; it is overdue from the day after its last day."""
    if reacted_on is not None:
        return Reaction.GIVEN if reacted_on <= react_by else Reaction.GIVEN_LATE
    if react_by < today:
        return Reaction.OVERDUE
    return Reaction.TODAY if react_by == today else Reaction.WAITING


def reaction_due(react_by: date, today: date) -> bool:
    """Return whether an employer that heard nothing yet must hear something today."""
    return react_by <= today


def lacks_reason(outcome: Outcome, reason: str) -> bool:
    """Return whether a need is dropped without saying why; one that was met needs no reason."""
    return outcome is Outcome.DROPPED and not reason.strip()
