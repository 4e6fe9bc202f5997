"""Rules of contact moments: kinds, purposes, and a next action or a reason why there is none."""

from __future__ import annotations

from datetime import date, timedelta
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


class TalkOutcome(StrEnum):
    """What came of a contact moment ("uitkomst")."""

    APPOINTMENT = "appointment"
    NEED = "need"
    CARVING = "carving"
    CANDIDATES = "candidates"
    NETWORK = "network"
    LATER = "later"
    NO_INTEREST = "no_interest"
    NOT_REACHED = "not_reached"


class Urgency(StrEnum):
    """How a follow-up stands against today."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


LOOK_AHEAD = timedelta(days=7)
SATURDAY = 5


def urgency(due_on: date, today: date) -> Urgency:
    """Return how a follow-up stands: overdue from the day after its due date."""
    if due_on < today:
        return Urgency.OVERDUE
    return Urgency.TODAY if due_on == today else Urgency.LATER


def is_due(due_on: date, today: date) -> bool:
    """Return whether an open follow-up is due: on its due date and on every day after it."""
    return due_on <= today


def listed_until(today: date) -> date:
    """Return the last due date that stands on the to-do list: a week ahead, this weekday included."""
    return today + LOOK_AHEAD


def days_late(due_on: date, today: date) -> int:
    """Return by how many days a follow-up is overdue; zero when it is not."""
    return max((today - due_on).days, 0)


def postponed(due_on: date, today: date, days: int) -> date:
    """Return the new due date of a follow-up that is put off by some days.

    The days count from today when it was overdue, so that it never stays overdue.
    """
    return max(due_on, today) + timedelta(days=days)


def weeks_on(today: date, weeks: int) -> date:
    """Return the working day some weeks from a day: the Monday after it when it falls in a weekend."""
    day = today + timedelta(weeks=weeks)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def days_quiet(last_contact_on: date | None, today: date) -> int | None:
    """Return for how many days an employer was not spoken with; None when that never happened.

    When that is *too* quiet depends on the segment: `crm.employers.rules.is_too_quiet`.
    """
    return (today - last_contact_on).days if last_contact_on else None


def lacks_next_step(next_action: str, no_action_reason: str) -> bool:
    """Return whether a moment says neither what happens next nor why nothing does."""
    return not next_action.strip() and not no_action_reason.strip()


def says_both(next_action: str, no_action_reason: str) -> bool:
    """Return whether a moment says what happens next and also why nothing does."""
    return bool(next_action.strip()) and bool(no_action_reason.strip())


class Received(StrEnum):
    """What became of a mail that came in."""

    KEPT = "kept"
    KNOWN = "known"
    NOBODY = "nobody"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    FULL = "full"
