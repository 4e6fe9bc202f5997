"""`/events/{id}.ics` and `/events/{id}.csv`: an event for a calendar, and its attendance list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.agenda.ics import escaped, folded
from crm.core import clock
from crm.core.access import Permission
from crm.core.i18n import N_, translate
from crm.core.work import Work, work
from crm.events import queries
from crm.events.queries import EmployerRow, EventView
from crm.events.rules import SIGNED_UP
from crm.exchange.words import harmless
from crm.ui.events import ANSWERS, TALKS
from crm.web.handing import CSV, Handed, hand_over

ICS = "text/calendar; charset=utf-8"
_HEADINGS = (N_("What"), N_("Who"), N_("Answer"), N_("Round"), N_("With"), N_("What came of it"))


async def download_event(request: Request) -> Response:
    """Hand over an event for a calendar; not yours looks like not found."""
    return await hand_over(request, _calendar)


async def download_attendance(request: Request) -> Response:
    """Hand over the attendance list as a table; not yours looks like not found."""
    return await hand_over(request, _table)


def _calendar(session_id: int, event_id: int, language: str) -> Handed:
    """Return one event in a calendar: the employers that come by name, the candidates as a number."""
    actor = actor_of_session(session_id)
    actor.require(Permission.NETWORK_VIEW)
    with work(actor) as unit:
        event = queries.event_view(unit, event_id)
        employers = [row for row in queries.employers_at(unit, event_id) if row.answer in SIGNED_UP]
        candidates = queries.funnel_of(unit, event_id).signed_up
        _note(unit, event_id)
    lines = _lines(event, employers, candidates, language)
    return Handed("".join(map(folded, lines)).encode(), f"bijeenkomst-{event_id}.ics", ICS)


def _lines(event: EventView, employers: list[EmployerRow], candidates: int, language: str) -> Iterator[str]:
    names = "\n".join(row.employer for row in employers)
    told = translate(language, N_("Employers: {names}"), names=f"\n{names}" if names else "–")
    told += "\n" + translate(language, N_("Candidates: {count}"), count=candidates)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vliegwiel//NL", "METHOD:PUBLISH")
    yield from ("BEGIN:VEVENT", f"UID:event-{event.id}@vliegwiel", f"DTSTAMP:{_utc(clock.now())}")
    yield from (f"DTSTART:{_utc(event.starts_at)}", f"DTEND:{_utc(event.ends_at)}")
    yield from (f"SUMMARY:{escaped(event.title)}", f"LOCATION:{escaped(event.place)}")
    yield from (f"DESCRIPTION:{escaped(told)}", f"SEQUENCE:{event.version}")
    yield "STATUS:CANCELLED" if event.cancelled_on else "STATUS:CONFIRMED"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _table(session_id: int, event_id: int, language: str) -> Handed:
    """Return who was asked and who spoke with whom; candidates only for whoever may see them."""
    actor = actor_of_session(session_id)
    actor.require(Permission.NETWORK_VIEW)
    with work(actor) as unit:
        queries.event_view(unit, event_id)
        rows = [[translate(language, heading) for heading in _HEADINGS], *_rows(unit, event_id, language)]
        _note(unit, event_id)
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
    return Handed(written.getvalue().encode("utf-8-sig"), f"aanwezigen-{event_id}.csv", CSV)


def _rows(unit: Work, event_id: int, language: str) -> Iterator[list[str]]:
    def said(message: str) -> str:
        return translate(language, message)

    for row in queries.employers_at(unit, event_id):
        yield [said("Employer"), row.employer, said(ANSWERS[row.answer]), "", "", ""]
    if not unit.actor.may(Permission.CANDIDATE_VIEW):
        return
    for one in queries.candidates_at(unit, event_id):
        yield [said("Candidate"), one.reference, said(ANSWERS[one.answer]), "", "", ""]
    for talk in queries.talks_at(unit, event_id):
        number = "" if talk.round_number is None else str(talk.round_number)
        yield [said("Talk"), talk.reference, "", number, talk.employer, said(TALKS[talk.state])]


def _note(unit: Work, event_id: int) -> None:
    unit.intend("events.download")
    unit.note("export", "network_events", event_id)
    unit.commit()
