"""What "due" and "overdue" mean, for the day, the calendar and the mail alike.

Something is **due** on its due day and on every day after it, until it is done. It is **overdue** from the
day after its due day. It is **coming up** within a week after today, this weekday included; later than that
it is not on the list. The due day is:

- of a follow-up: the day that was agreed; it is done when somebody marks it as done;
- of a need: the last day for a first reaction, counted in Dutch working days; it is done when somebody
  reacted, or when the need ended;
- of a proposal: the day by which we want the employer's answer; it is done when the answer is noted, and
  moves when we ask again;
- of a vacancy: its closing date; it is done when its need ended;
- of aftercare: one, three, six and twelve months after the start of a placement that still runs; it is done
  when a talk for that moment, or for a later one, was written down.

Weekends and holidays do not move a due day: what is due on Sunday is overdue on Monday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class LineKind(StrEnum):
    """What kind of work stands on the list."""

    FOLLOW_UP = "follow_up"
    REACTION = "reaction"
    AFTERCARE = "aftercare"
    ANSWER = "answer"
    CLOSING = "closing"


class When(StrEnum):
    """How something stands against today."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING_UP = "coming_up"
    LATER = "later"


COMING_UP = timedelta(days=7)


def stands(due_on: date, today: date) -> When:
    """Return how something that is not done stands against today."""
    if due_on < today:
        return When.OVERDUE
    if due_on == today:
        return When.TODAY
    return When.COMING_UP if due_on <= today + COMING_UP else When.LATER


def is_due(due_on: date, today: date) -> bool:
    """Return whether something that is not done asks for somebody today."""
    return stands(due_on, today) in {When.OVERDUE, When.TODAY}


@dataclass(frozen=True)
class Counts:
    """How much there is to do: overdue, today and in the week ahead."""

    overdue: int = 0
    today: int = 0
    coming_up: int = 0


def counted(due_days: list[date], today: date) -> Counts:
    """Return how much is overdue, due today and coming up."""
    found = [stands(day, today) for day in due_days]
    return Counts(found.count(When.OVERDUE), found.count(When.TODAY), found.count(When.COMING_UP))
