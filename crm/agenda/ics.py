"""A calendar as text (iCalendar, RFC 5545): what is due, as days, without a name or a reason in it.

A calendar goes to phones, to suppliers of calendars and to whoever looks over a shoulder. So it says that
there is something at an employer, and never who or why: that stands behind the link, after signing in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

PRODUCT = "-//Vliegwiel//NL"
ASK_AGAIN_AFTER = timedelta(hours=4)


@dataclass(frozen=True)
class DayEvent:
    """Something on a whole day; `uid` never changes, so that a calendar moves it instead of doubling it."""

    uid: str
    day: date
    title: str
    url: str = ""


def calendar(name: str, events: Iterable[DayEvent], made_at: datetime) -> bytes:
    """Return a calendar of whole days that calls itself by a name."""
    made = _published()
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for event in events:
        told = {
            "uid": event.uid,
            "dtstamp": made_at.astimezone(UTC),
            "dtstart": event.day,
            "dtend": event.day + timedelta(days=1),
            "summary": event.title,
            "transp": "TRANSPARENT",
            "class": "PRIVATE",
        }
        made.add_component(_event(told | ({"url": event.url} if event.url else {})))
    return bytes(made.to_ical(sorted=False))


def one_event(told: dict[str, Any]) -> bytes:
    """Return a calendar with one event; what it tells is by the standard's own names, times in UTC."""
    made = _published()
    made.add_component(_event(told))
    return bytes(made.to_ical(sorted=False))


def _published() -> Calendar:
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    return made


def _event(told: dict[str, Any]) -> Event:
    made = Event()
    for name, value in told.items():
        made.add(name, value)
    return made
