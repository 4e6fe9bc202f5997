"""`/events/{id}.ics` and `/events/{id}.csv`: an event for a calendar, and its attendance list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.agenda.ics import one_event
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
    return Handed(
        one_event(_told(event, employers, candidates, language)), f"bijeenkomst-{event_id}.ics", ICS
    )


def _told(event: EventView, employers: list[EmployerRow], candidates: int, language: str) -> dict[str, Any]:
    names = "\n".join(row.employer for row in employers)
    told = translate(language, N_("Employers: {names}"), names=f"\n{names}" if names else "–")
    told += "\n" + translate(language, N_("Candidates: {count}"), count=candidates)
    return {
        "uid": f"event-{event.id}@vliegwiel",
        "dtstamp": clock.now().astimezone(UTC),
        "dtstart": event.starts_at.astimezone(UTC),
        "dtend": event.ends_at.astimezone(UTC),
        "summary": event.title,
        "location": event.place,
        "description": told,
        "sequence": event.version,
        "status": "CANCELLED" if event.cancelled_on else "CONFIRMED",
    }


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
