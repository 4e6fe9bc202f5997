"""What is due, and the calendar and the mail that tell it without saying too much."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crm.accounts.records import User
from crm.agenda.actions import AskDigest, MakeFeed, RevokeFeed, ask_digest, make_feed, revoke_feed
from crm.agenda.feed import calendar_of
from crm.agenda.ics import DayEvent, calendar
from crm.agenda.posting import send_digests
from crm.agenda.queries import Line, days_work
from crm.agenda.rules import Counts, LineKind, When, counted, is_due, stands
from crm.core import clock
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import Employer
from crm.needs.rules import Outcome
from crm.placements.actions.aftercare import NoteAftercare, note_aftercare
from crm.placements.queries.aftercare import talks_of
from crm.placements.rules_aftercare import moment_due, months_after
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World, make_employer, make_user
from tests.needs.factories import make_need, make_vacancy
from tests.placements.factories import make_placement
from tests.proposals.factories import make_proposal
from tests.visits.factories import make_follow_up
from tests.web.asking import get

DAY = timedelta(days=1)


def mine(world: World, **values: Any) -> Employer:
    return make_employer(key(world.region), "Van mij BV", holder_id=key(me(world)), **values)


def me(world: World) -> User:
    return world.users[Role.ADVISER]


def lines(world: World, limit: int = 50) -> list[Line]:
    with reading(world.actor(Role.ADVISER)) as unit:
        return days_work(unit, key(me(world)), TODAY, limit)


def test_due_is_from_its_day_on_and_overdue_from_the_day_after() -> None:
    days = (TODAY - DAY, TODAY, TODAY + DAY, TODAY + 7 * DAY, TODAY + 8 * DAY)
    assert [stands(day, TODAY) for day in days] == [
        When.OVERDUE,
        When.TODAY,
        When.COMING_UP,
        When.COMING_UP,
        When.LATER,
    ]
    assert [is_due(day, TODAY) for day in days] == [True, True, False, False, False]
    assert counted(list(days), TODAY) == Counts(overdue=1, today=1, coming_up=2)


@pytest.mark.parametrize(
    ("started_on", "last", "due"),
    [
        (date(2026, 10, 25), 0, None),
        (date(2026, 10, 24), 0, (1, TODAY)),
        (date(2026, 8, 24), 1, (3, TODAY)),
        (date(2026, 5, 1), 1, (6, date(2026, 11, 1))),
        (date(2026, 5, 1), 6, None),
        (date(2025, 11, 24), 6, (12, TODAY)),
        (date(2025, 8, 24), 6, (12, date(2026, 8, 24))),
        (date(2025, 8, 23), 6, None),
    ],
)
def test_aftercare_asks_for_the_latest_moment_that_was_reached(
    started_on: date, last: int, due: tuple[int, date] | None
) -> None:
    assert moment_due(started_on, last, TODAY) == due


def test_a_month_after_the_last_day_of_a_month_is_the_last_day_of_the_next() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 12, 15), -12) == date(2025, 12, 15)


def test_the_list_holds_follow_ups_reactions_and_aftercare_the_longest_overdue_in_front(
    lite_world: World,
) -> None:
    ours = mine(lite_world)
    make_follow_up(ours, me(lite_world), TODAY)
    make_follow_up(ours, me(lite_world), TODAY + 8 * DAY)
    make_follow_up(ours, lite_world.users[Role.MANAGER], TODAY)
    make_need(ours, me(lite_world), TODAY - DAY)
    make_need(ours, me(lite_world), TODAY, reacted_on=TODAY)
    make_need(ours, me(lite_world), TODAY, closed_on=TODAY, outcome=Outcome.MET)
    make_placement(ours, me(lite_world), started_on=date(2026, 8, 20))
    make_placement(ours, me(lite_world), started_on=date(2026, 8, 20), ended_on=date(2026, 10, 1))
    make_placement(lite_world.employer_b, me(lite_world), started_on=date(2026, 8, 20))
    found = lines(lite_world)
    assert [(line.kind, line.due_on, line.month) for line in found] == [
        (LineKind.AFTERCARE, date(2026, 11, 20), 3),
        (LineKind.REACTION, TODAY - DAY, 0),
        (LineKind.FOLLOW_UP, TODAY, 0),
    ]
    assert {line.employer for line in found} == {"Van mij BV"}
    assert found[1].detail == "vacancy"
    assert len(lines(lite_world, limit=1)) == 1


def test_who_works_in_another_region_has_nothing_of_this_one(lite_world: World) -> None:
    make_follow_up(mine(lite_world), me(lite_world), TODAY)
    stranger = lite_world.actor_for(make_user(Role.ADVISER, "Elders"))
    with reading(stranger) as unit:
        assert days_work(unit, key(me(lite_world)), TODAY) == []


def test_a_talk_settles_its_moment_once(lite_world: World) -> None:
    actor = lite_world.actor(Role.ADVISER)
    placement = make_placement(mine(lite_world), me(lite_world), started_on=date(2026, 8, 20))
    talk = NoteAftercare(placement_id=key(placement), month=3, at_risk=True, note="Reistijd is lang")
    perform(actor, note_aftercare, talk)
    assert lines(lite_world) == []
    with reading(actor) as unit:
        assert [(one.month, one.at_risk, one.held_on) for one in talks_of(unit, key(placement))] == [
            (3, True, TODAY)
        ]
    with pytest.raises(Conflict):
        perform(actor, note_aftercare, talk)
    for wrong in ({"month": 4}, {"held_on": date(2026, 8, 19)}, {"held_on": TODAY + DAY}):
        with pytest.raises(Invalid):
            perform(actor, note_aftercare, talk.model_copy(update={"month": 6, **wrong}))


def test_text_in_a_calendar_is_marked_and_folded_without_cutting_a_letter() -> None:
    title = "Bouw; Jansen, Zn.\\\nBV" + "é" * 60 + "\r\nATTENDEE:mailto:x@y.example"
    told = calendar("Vliegwiel", [DayEvent("1@vliegwiel", TODAY, title)], datetime(2026, 11, 24, tzinfo=UTC))
    assert all(len(line) <= 75 for line in told.split(b"\r\n"))
    whole = told.decode().replace("\r\n ", "").split("\r\n")
    summary = "SUMMARY:Bouw\\; Jansen\\, Zn.\\\\\\nBV" + "é" * 60 + "\\nATTENDEE:mailto:x@y.example"
    assert [line for line in whole if line.startswith(("SUMMARY", "ATTENDEE"))] == [summary]


def test_a_calendar_is_whole_days_in_the_standard_form() -> None:
    event = DayEvent(
        "follow_up-7-0@vliegwiel", date(2026, 12, 31), "Afgesproken: Van mij BV", "https://v.nl/x"
    )
    told = calendar("Vliegwiel", [event], datetime(2026, 11, 24, 9, 30, tzinfo=UTC)).decode().split("\r\n")
    assert told[:3] == ["BEGIN:VCALENDAR", "PRODID:-//Vliegwiel//NL", "VERSION:2.0"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in told
    assert "URL:https://v.nl/x" in told
    assert "DTSTART;VALUE=DATE:20261231" in told
    assert "DTEND;VALUE=DATE:20270101" in told
    assert "DTSTAMP:20261124T093000Z" in told
    assert told[-2:] == ["END:VCALENDAR", ""]


def test_a_feed_names_the_employer_and_never_what_was_agreed(lite_world: World) -> None:
    make_follow_up(
        mine(lite_world), me(lite_world), TODAY - DAY, what="Bellen met J. de Wit over zijn ziekte"
    )
    token = perform(lite_world.actor(Role.ADVISER), make_feed, MakeFeed())
    found = get(f"/calendar/{token}.ics")
    told = found.body.decode()
    assert found.status == 200
    assert "SUMMARY:Afgesproken: Van mij BV" in told
    assert "Wit" not in told
    assert "ziekte" not in told
    assert "DTSTART;VALUE=DATE:20261124" in told


def test_a_feed_is_gone_at_once_and_looks_like_one_that_never_was(lite_world: World) -> None:
    actor = lite_world.actor(Role.ADVISER)
    first = perform(actor, make_feed, MakeFeed())
    second = perform(actor, make_feed, MakeFeed())
    never = get("/calendar/never.ics")
    replaced = get(f"/calendar/{first}.ics")
    assert (replaced.status, replaced.body) == (never.status, never.body) == (404, b"Not found")
    assert get(f"/calendar/{second}.ics").status == 200
    assert perform(actor, revoke_feed, RevokeFeed()) == 1
    assert perform(actor, revoke_feed, RevokeFeed()) == 0
    taken = get(f"/calendar/{second}.ics")
    assert (taken.status, taken.body) == (never.status, never.body)


def test_a_disabled_account_has_no_feed(lite_world: World) -> None:
    token = perform(lite_world.actor(Role.ADVISER), make_feed, MakeFeed())
    change(me(lite_world), active=False)
    with pytest.raises(NotFound):
        calendar_of(token)


def test_another_role_has_no_feed(lite_world: World) -> None:
    token = perform(lite_world.actor(Role.ADVISER), make_feed, MakeFeed())
    change(me(lite_world), role=Role.MANAGER)
    with pytest.raises(NotFound):
        calendar_of(token)


def change(user: User, **values: Any) -> None:
    with work(system("test")) as unit:
        found = unit.get(User, key(user))
        for name, value in values.items():
            setattr(found, name, value)
        unit.commit()


class Sink(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP to take mails, and refuses addresses that begin with `no`."""

    mails: list[str] = []

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.mails.append(self.message())
                self.say("250 taken")
            elif verb == "RCPT" and "<no" in line:
                self.say("550 nobody here")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def message(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def sink(monkeypatch: pytest.MonkeyPatch, login: str = "") -> Iterator[list[str]]:
    with socketserver.TCPServer(("127.0.0.1", 0), Sink) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            set_up(monkeypatch, f"smtp://{login}127.0.0.1:{server.server_address[1]}")
            Sink.mails = []
            yield Sink.mails
        finally:
            server.shutdown()
            thread.join()


def set_up(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CRM_SMTP_URL", url)
    monkeypatch.setenv("CRM_MAIL_FROM", "vliegwiel@example.nl")
    monkeypatch.setenv("CRM_PUBLIC_URL", "https://vliegwiel.example.nl")
    settings.cache_clear()


def test_who_asked_gets_one_mail_a_day_with_counts_and_links(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_follow_up(mine(lite_world), me(lite_world), TODAY, what="Bellen met J. de Wit")
    perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
    perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
    with sink(monkeypatch) as mails:
        assert send_digests() == 1
        assert send_digests() == 0
    (told,) = mails
    assert f"To: {me(lite_world).email}" in told
    assert "1 ding te doen vandaag" in told
    assert "Van mij BV: afgesproken" in told
    assert "https://vliegwiel.example.nl/werkgever?id=" in told
    assert "Wit" not in told


def test_nobody_gets_a_mail_unasked_empty_or_on_a_day_off(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_follow_up(mine(lite_world), me(lite_world), TODAY)
    with sink(monkeypatch) as mails:
        assert send_digests() == 0
        perform(lite_world.actor(Role.ACCOUNT_MANAGER), ask_digest, AskDigest(wanted=True))
        perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
        perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=False))
        assert send_digests() == 0
        perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
        with clock.frozen_at(datetime(2026, 12, 25, 8, tzinfo=UTC)):
            assert send_digests() == 0
    assert mails == []


def test_an_address_that_is_refused_keeps_nobody_else_waiting(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in (Role.ADVISER, Role.ACCOUNT_MANAGER):
        make_follow_up(lite_world.employer_a, lite_world.users[role], TODAY)
        perform(lite_world.actor(role), ask_digest, AskDigest(wanted=True))
    change(me(lite_world), email="nobody@example.nl")
    with sink(monkeypatch) as mails:
        assert send_digests() == 1
    assert len(mails) == 1


@pytest.mark.parametrize("url", ["", "smtp://127.0.0.1:9", "smtps://127.0.0.1:9"])
def test_without_a_server_it_says_what_to_set(
    lite_world: World, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
    set_up(monkeypatch, url)
    with pytest.raises(Invalid) as fault:
        send_digests()
    assert fault.value.field == "CRM_SMTP_URL"


def test_no_password_goes_to_a_server_without_encryption(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    perform(lite_world.actor(Role.ADVISER), ask_digest, AskDigest(wanted=True))
    with sink(monkeypatch, "me:secret@"), pytest.raises(Invalid, match="no encryption"):
        send_digests()


def test_an_answer_that_is_due_stands_on_the_list_and_in_the_feed_without_whom_it_is_about(
    lite_world: World,
) -> None:
    candidate = make_candidate(key(lite_world.region))
    need = make_need(mine(lite_world), me(lite_world), reacted_on=TODAY)
    make_proposal(need, me(lite_world), candidate, answer_by=TODAY - DAY, proposed_on=TODAY - 7 * DAY)
    make_proposal(need, me(lite_world), answer_by=TODAY + 8 * DAY, candidate=make_candidate(need.region_id))
    make_proposal(need, lite_world.users[Role.ACCOUNT_MANAGER], make_candidate(need.region_id))
    (line,) = lines(lite_world)
    assert (line.kind, line.due_on, line.detail) == (LineKind.ANSWER, TODAY - DAY, candidate.reference)
    token = perform(lite_world.actor(Role.ADVISER), make_feed, MakeFeed())
    told = get(f"/calendar/{token}.ics").body.decode()
    assert "SUMMARY:Antwoord op een voorstel: Van mij BV" in told
    assert candidate.reference not in told
    with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
        assert [one.detail for one in days_work(unit, key(me(lite_world)), TODAY)] == [""]


def test_a_vacancy_that_closes_stands_on_the_list_until_its_need_ended(lite_world: World) -> None:
    ours = mine(lite_world)
    closes = [TODAY - DAY, TODAY + 7 * DAY, TODAY + 8 * DAY, None]
    needs = [make_need(ours, me(lite_world), reacted_on=TODAY) for _ in closes]
    for need, day in zip(needs, closes, strict=True):
        make_vacancy(need, title="Magazijnhulp", closes_on=day)
    ended = make_need(ours, me(lite_world), reacted_on=TODAY, closed_on=TODAY, outcome=Outcome.MET)
    make_vacancy(ended, closes_on=TODAY)
    make_vacancy(make_need(ours, lite_world.users[Role.MANAGER], reacted_on=TODAY), closes_on=TODAY)
    assert [(line.kind, line.id, line.what, line.due_on) for line in lines(lite_world)] == [
        (LineKind.CLOSING, key(needs[0]), "Magazijnhulp", TODAY - DAY),
        (LineKind.CLOSING, key(needs[1]), "Magazijnhulp", TODAY + 7 * DAY),
    ]
    token = perform(lite_world.actor(Role.ADVISER), make_feed, MakeFeed())
    assert "SUMMARY:Vacature sluit: Van mij BV" in get(f"/calendar/{token}.ics").body.decode()
