"""A calendar as text (iCalendar, RFC 5545): what is due, as days, without a name or a reason in it.

A calendar goes to phones, to suppliers of calendars and to whoever looks over a shoulder. So it says that
there is something at an employer, and never who or why: that stands behind the link, after signing in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

WIDEST = 75


@dataclass(frozen=True)
class DayEvent:
    """Something on a whole day; `uid` never changes, so that a calendar moves it instead of doubling it."""

    uid: str
    day: date
    title: str
    url: str = ""


def calendar(name: str, events: Iterable[DayEvent], made_at: datetime) -> bytes:
    """Return a calendar of whole days; lines end and fold as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vliegwiel//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        *(line for event in events for line in _event(event, made_at)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) for line in lines).encode()


def escaped(text: str) -> str:
    """Return text as a value: commas, semicolons, backslashes and line ends are marked."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Return a line with its end, cut so that no piece is longer than 75 bytes; no letter is cut in two."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > WIDEST:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _event(event: DayEvent, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"
