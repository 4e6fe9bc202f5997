"""Somebody's calendar, opened by its secret address."""

from __future__ import annotations

from collections.abc import Sequence

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.queries import actor_of
from crm.agenda.ics import DayEvent, calendar
from crm.agenda.queries import Line, days_work, feed_by_hash
from crm.agenda.rules import LineKind
from crm.core import clock
from crm.core.access import Permission, system
from crm.core.config import settings
from crm.core.errors import NotFound
from crm.core.i18n import N_, translate
from crm.core.work import reading

TITLES = {
    LineKind.FOLLOW_UP: N_("Agreed: {employer}"),
    LineKind.REACTION: N_("First reaction: {employer}"),
    LineKind.AFTERCARE: N_("Aftercare: {employer}"),
    LineKind.ANSWER: N_("Answer to a proposal: {employer}"),
    LineKind.CLOSING: N_("Vacancy closes: {employer}"),
}
PAGES = {
    LineKind.FOLLOW_UP: "werkgever?id={employer_id}",
    LineKind.REACTION: "behoefte?id={id}",
    LineKind.AFTERCARE: "plaatsing?id={id}",
    LineKind.ANSWER: "voorstel?id={id}",
    LineKind.CLOSING: "behoefte?id={id}",
}
MOST = 200


def calendar_of(token: str) -> bytes:
    """Return the calendar behind a secret address; raises `NotFound` for any other address.

    Who may no longer log visits, or whose account is disabled, has no calendar either.
    """
    with reading(system("calendar")) as unit:
        found = feed_by_hash(unit, token_hash(token))
        if found is None:
            raise NotFound()
        actor = actor_of(unit, found[1])
    if not actor.may(Permission.VISIT_LOG):
        raise NotFound()
    with reading(actor) as unit:
        lines = days_work(unit, actor.user_id or 0, clock.today(), MOST)
    return calendar("Vliegwiel", events(lines, actor.language), clock.now())


def events(lines: Sequence[Line], language: str) -> list[DayEvent]:
    """Return the lines as days in a calendar; what is overdue stands on today, so that it is seen."""
    today = clock.today()
    return [
        DayEvent(
            uid=f"{line.kind.value}-{line.id}-{line.month}@vliegwiel",
            day=max(line.due_on, today),
            title=translate(language, TITLES[line.kind], employer=line.employer),
            url=address_of(line),
        )
        for line in lines
    ]


def address_of(line: Line) -> str:
    """Return where a line is found, after signing in; empty when this site has no known address."""
    base = settings().public_url
    page = PAGES[line.kind].format(id=line.id, employer_id=line.employer_id)
    return f"{base}/{page}" if base else ""
