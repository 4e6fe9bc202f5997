"""Forwarded mail waits for whom it is of, once, whatever comes in beside it."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm.cli import app
from crm.core import clock, files
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.timeline.queries import timeline_page
from crm.visits import inbox
from crm.visits.actions.forwarding import (
    MakeAddress,
    RevokeAddress,
    ThrowAway,
    make_address,
    revoke_address,
    throw_away,
)
from crm.visits.actions.mails import KeepMail, keep_mail
from crm.visits.forwarding import addressed_to, read_forwarded
from crm.visits.mails import MAX_BYTES
from crm.visits.queries.forwarding import count_waiting, waiting_mail, waiting_mails
from crm.visits.receiving import MOST_WAITING, forget_old, take_in
from crm.visits.records_mail import WaitingMail
from crm.visits.rules import Received
from tests.factories import TODAY, World, make_person

R = Received
MAILS = Path(__file__).parent / "mails"
OUTLOOK, INSIDE, BLIND = "doorgestuurd-outlook.eml", "als-bijlage.eml", "blinde-kopie.eml"


@pytest.fixture(autouse=True)
def _inbox(monkeypatch: pytest.MonkeyPatch, now: object) -> None:
    monkeypatch.setenv("CRM_MAIL_INBOX", "dossier@crm.example")
    settings.cache_clear()


def eml(name: str, address: str = "") -> bytes:
    text = (MAILS / name).read_text(encoding="utf-8")
    return (text.replace("dossier+SECRET@crm.example", address) if address else text).encode()


def own(world: World, role: Role = Role.ADVISER) -> str:
    return perform(world.actor(role), make_address, MakeAddress())


def mine(world: World, role: Role = Role.ADVISER) -> list[WaitingMail]:
    with reading(world.actor(role)) as unit:
        return waiting_mails(unit, key(world.users[role]))


def test_a_mail_that_was_passed_on_tells_of_the_people_in_it() -> None:
    found = read_forwarded(eml(OUTLOOK))
    assert (found.subject, found.sent_on) == ("FW: Twee plekken in de keuken", TODAY - timedelta(days=1))
    assert sorted(found.people) == ["j.dewit@linde.example", "noor@wsp.example"]
    assert "€ 14,71 per uur" in found.text
    assert [(one.name, one.fault) for one in found.files] == [("rooster.pdf", "")]


def test_a_mail_that_came_as_an_attachment_is_the_mail_itself() -> None:
    found = read_forwarded(eml(INSIDE))
    assert (found.subject, found.sent_on) == ("Rooster café", TODAY - timedelta(days=4))
    assert found.people["j.dewit@linde.example"] == "Renée de Wit"
    assert found.text == "Beste Noor,\nHet café is dicht."


@pytest.mark.parametrize("name", [OUTLOOK, INSIDE, BLIND])
def test_headers_tell_for_whom_a_mail_came_in(name: str) -> None:
    assert addressed_to(eml(name, "Dossier+Ab12@CRM.example")) == {"ab12"}
    assert addressed_to(eml(name, "dossier+ab12@crm.example.evil.example")) == set()
    assert addressed_to(eml(name, "x.dossier+ab12@crm.example")) == set()


@pytest.mark.parametrize("name", [OUTLOOK, INSIDE, BLIND])
def test_a_forwarded_mail_waits_once_and_for_nobody_else(world: World, name: str) -> None:
    address = own(world)
    own(world, Role.ACCOUNT_MANAGER)
    assert take_in(eml(name, address)) == {R.KEPT: 1}
    assert take_in(eml(name, address)) == {R.KNOWN: 1}
    (waiting,) = mine(world)
    assert waiting.sender in {"j.dewit@linde.example", "Renée de Wit", "Noor van Dijk"}
    assert files.read(waiting.sha256 or "") == eml(name, address)
    assert mine(world, Role.ACCOUNT_MANAGER) == []
    with pytest.raises(NotFound), reading(world.actor(Role.ACCOUNT_MANAGER)) as unit:
        waiting_mail(unit, key(world.users[Role.ACCOUNT_MANAGER]), key(waiting))


def test_what_is_for_nobody_too_large_or_broken_is_dropped_and_counted(lite_world: World) -> None:
    address, former = own(lite_world), eml(OUTLOOK)
    assert take_in(former) == {R.NOBODY: 1}
    assert take_in(b"x" * (MAX_BYTES + 1), address) == {R.TOO_LARGE: 1}
    assert take_in(b"", address) == {R.UNREADABLE: 1}
    assert take_in(b"\x00\xff not a mail", address) == {R.UNREADABLE: 1}
    own(lite_world)
    assert take_in(eml(OUTLOOK, address)) == {R.NOBODY: 1}
    last = own(lite_world)
    assert perform(lite_world.actor(Role.ADVISER), revoke_address, RevokeAddress()) == 1
    assert perform(lite_world.actor(Role.ADVISER), revoke_address, RevokeAddress()) == 0
    assert take_in(eml(OUTLOOK, last)) == {R.NOBODY: 1}
    assert mine(lite_world) == []


@pytest.mark.parametrize("place", range(0, 1600, 67))
def test_a_mail_that_was_cut_or_scrambled_never_breaks_the_rest(lite_world: World, place: int) -> None:
    address = own(lite_world)
    whole = eml(INSIDE, address)
    for broken in (whole[:place], whole[:place] + b"\xff\x00\r\n=?utf-8?b?!!?=" + whole[place:]):
        assert set(take_in(broken, address)) <= {R.KEPT, R.UNREADABLE, R.KNOWN}
    assert take_in(eml(BLIND, address)) == {R.KEPT: 1}


@pytest.mark.parametrize(
    "more",
    [
        b"Date: Fri, 31 Dec 9999 23:59:00 -1200\r\nSubject: x",
        b"Date: Mon, 1 Jan 99999999999999999999 00:00:00 +0000\r\nSubject: x",
        b"Subject: =?utf-8?q?x=00?=",
        b'Subject: x\r\nContent-Type: text/plain; charset="utf-7"',
    ],
)
def test_what_no_calendar_or_database_knows_stops_no_mail(world: World, more: bytes) -> None:
    address = own(world)
    assert take_in(b"From: A\x00 <a@b.example>\r\n" + more + b"\r\n\r\nHoi \x00 +2AA-", address) == {
        R.KEPT: 1
    }
    (waiting,) = mine(world)
    assert waiting.subject == "x"
    found = read_forwarded(files.read(waiting.sha256 or ""))
    assert found.sent_on <= TODAY
    assert "\x00" not in found.text
    assert found.text.encode()


def test_of_a_mail_that_waits_no_citizen_number_stands_in_the_list(lite_world: World) -> None:
    address = own(lite_world)
    told = b"From: 123456782 <a@b.example>\r\nSubject: Over 123456782\r\nMessage-ID: <>\r\n\r\n"
    assert take_in(told + b"Een", address) == {R.KEPT: 1}
    assert take_in(told + b"Twee", address) == {R.KEPT: 1}
    assert [(one.subject, one.sender) for one in mine(lite_world)] == [("", "")] * 2


def test_a_mail_made_to_keep_us_busy_is_read_at_once_or_not_at_all(lite_world: World) -> None:
    address = own(lite_world)
    endless = b"From: a@b.example\r\nTo: " + b'"a' * 300_000 + b"\r\nSubject: x\r\n\r\nHoi"
    parts = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 500_000
    began = time.process_time()
    assert take_in(endless, address) == {R.KEPT: 1}
    assert take_in(b"From: a@b.example\r\n" + parts, address) == {R.UNREADABLE: 1}
    assert time.process_time() - began < 10


def test_who_may_not_log_any_more_gets_no_mail(lite_world: World) -> None:
    address = own(lite_world)
    with work(system("test")) as unit:
        unit.get(type(lite_world.users[Role.ADVISER]), key(lite_world.users[Role.ADVISER])).active = False
        unit.commit()
    assert take_in(eml(OUTLOOK, address)) == {R.NOBODY: 1}


def test_a_box_that_is_full_takes_no_more(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    address = own(lite_world)
    monkeypatch.setattr("crm.visits.receiving.MOST_WAITING", 1)
    assert take_in(eml(OUTLOOK, address)) == {R.KEPT: 1}
    assert take_in(eml(INSIDE, address)) == {R.FULL: 1}
    assert MOST_WAITING > 50


def test_without_an_inbox_there_is_no_address(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_MAIL_INBOX", "")
    settings.cache_clear()
    with pytest.raises(Invalid):
        own(lite_world)
    assert take_in(eml(OUTLOOK)) == {R.NOBODY: 1}


def test_a_mail_that_is_put_into_a_file_waits_no_more_and_does_not_come_back(lite_world: World) -> None:
    make_person(lite_world.employer_a, "R. de Wit", email="j.dewit@linde.example")
    address = own(lite_world)
    take_in(eml(OUTLOOK, address))
    (waiting,) = mine(lite_world)
    keep = KeepMail(
        employer_id=key(lite_world.employer_a),
        held_on=TODAY,
        summary="Twee plekken",
        no_action_reason="Ter informatie",
        waiting_id=key(waiting),
    )
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ACCOUNT_MANAGER), keep_mail, keep)
    perform(lite_world.actor(Role.ADVISER), keep_mail, keep)
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ADVISER), keep_mail, keep)
    assert take_in(eml(OUTLOOK, address)) == {R.KNOWN: 1}
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert len(timeline_page(unit, key(lite_world.employer_a)).lines) == 1
        assert count_waiting(unit, key(lite_world.users[Role.ADVISER])) == 0
        stored = unit.get(WaitingMail, key(waiting))
    assert (stored.sha256, stored.subject, stored.sender) == (None, "", "")


def test_a_mail_is_thrown_away_by_hand_or_after_thirty_days(lite_world: World) -> None:
    address = own(lite_world)
    for name in (OUTLOOK, INSIDE):
        take_in(eml(name, address))
    gone, old = mine(lite_world)
    throw = ThrowAway(waiting_id=key(gone), version=gone.version)
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ACCOUNT_MANAGER), throw_away, throw)
    with pytest.raises(Conflict):
        perform(lite_world.actor(Role.ADVISER), throw_away, throw.model_copy(update={"version": 9}))
    perform(lite_world.actor(Role.ADVISER), throw_away, throw)
    assert [one.id for one in mine(lite_world)] == [old.id]
    assert forget_old() == 0
    with clock.frozen_at(clock.now() + timedelta(days=31)):
        assert forget_old() == 1
    assert mine(lite_world) == []


def test_the_command_takes_one_mail_from_standard_input(lite_world: World) -> None:
    address = own(lite_world)
    told = CliRunner().invoke(app, ["mail", "receive", "--to", address], input=eml(OUTLOOK))
    assert (told.exit_code, told.output) == (0, "Mails die nu wachten op wie ze toebehoren: 1.\n")
    nobody = CliRunner().invoke(app, ["mail", "receive"], input=eml(INSIDE))
    assert (nobody.exit_code, len(mine(lite_world))) == (0, 1)
    assert "1" in nobody.output
    assert address not in told.output + nobody.output


class Box(socketserver.StreamRequestHandler):
    """Speaks just enough IMAP to hand out mails by number and to remember which were seen."""

    mails: dict[str, bytes] = {}
    seen: list[str] = []
    refuses = False

    def handle(self) -> None:
        self.say("* OK box")
        while line := self.rfile.readline().decode().strip():
            tag, verb, *rest = line.split()
            if verb == "LOGIN" and self.refuses:
                self.say(f"{tag} NO who are you")
                continue
            self.answer(verb.upper(), rest)
            self.say(f"{tag} OK done")
            if verb.upper() == "LOGOUT":
                return

    def answer(self, verb: str, rest: list[str]) -> None:
        if verb == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif verb == "SELECT":
            self.say(f"* {len(self.mails)} EXISTS")
        elif rest[:1] == ["SEARCH"]:
            self.say("* SEARCH " + " ".join(uid for uid in self.mails if uid not in self.seen))
        elif rest[:1] == ["STORE"]:
            self.seen.append(rest[1])
        elif rest[:1] == ["FETCH"]:
            self.hand_out(rest[1], rest[2])

    def hand_out(self, uid: str, what: str) -> None:
        content = self.mails[uid]
        if "SIZE" in what:
            size = len(content) if content != b"huge" else MAX_BYTES + 1
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})")
        else:
            self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode() + content)
            self.say(")")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def box(monkeypatch: pytest.MonkeyPatch, *mails: bytes, refuses: bool = False) -> Iterator[list[str]]:
    Box.mails = {str(place): mail for place, mail in enumerate(mails, 1)}
    Box.seen, Box.refuses = [], refuses
    with socketserver.TCPServer(("127.0.0.1", 0), Box) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            port = server.server_address[1]
            monkeypatch.setenv("CRM_IMAP_URL", f"imap://me:p%40ss@127.0.0.1:{port}")
            settings.cache_clear()
            yield Box.seen
        finally:
            server.shutdown()
            thread.join()


def test_what_is_unseen_in_the_box_is_fetched_once(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = own(lite_world)
    mails = (eml(OUTLOOK, address), b"huge", eml(INSIDE), b"\xff\xfe", eml(BLIND, address))
    with box(monkeypatch, *mails) as seen:
        assert inbox.fetch() == Counter({R.KEPT: 2, R.TOO_LARGE: 1, R.NOBODY: 2})
        assert seen == ["1", "2", "3", "4", "5"]
        assert inbox.fetch() == Counter()
        told = CliRunner().invoke(app, ["mail", "fetch"])
    assert (told.exit_code, told.output) == (0, "Geen nieuwe mail.\n")
    assert len(mine(lite_world)) == 2


@pytest.mark.parametrize("url", ["", "imap://127.0.0.1:9", "imaps://127.0.0.1:9"])
def test_without_a_box_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("CRM_IMAP_URL", url)
    settings.cache_clear()
    with pytest.raises(Invalid) as fault:
        inbox.fetch()
    assert fault.value.field == "CRM_IMAP_URL"


def test_a_box_that_refuses_says_so(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with box(monkeypatch, refuses=True), pytest.raises(Invalid, match="refuses"):
        inbox.fetch()
