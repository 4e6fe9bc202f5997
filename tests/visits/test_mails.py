"""A mail becomes a contact: its people matched, its attachments checked, and no BSN kept."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.timeline.queries import timeline_page
from crm.timeline.rules import Topic
from crm.visits.actions.mails import GivenFile, KeepMail, keep_mail
from crm.visits.mails import read_mail
from crm.visits.queries.mails import files_of, people_by_address
from crm.visits.rules import MomentKind
from tests.factories import TODAY, World, make_employer, make_person, make_user
from tests.web.asking import get, signed_in

PDF = b"%PDF-1.7 rooster"


def mail(text: str = "Kunnen we dinsdag bellen?", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": '"Wit, J. de" <J.deWit@Linde.example>',
        "To": "Noor <noor@wsp.example>",
        "Subject": "Rooster",
        "Date": "Fri, 20 Nov 2026 23:30:00 +0000",
        **headers,
    }
    for name, value in given.items():
        made[name] = value
    made.set_content(text)
    return made


@pytest.fixture(autouse=True)
def _now(now: object) -> None:
    """Every mail is read on the day of the tests."""


def test_a_mail_tells_who_when_and_what_about() -> None:
    found = read_mail(mail().as_bytes())
    assert (found.subject, found.text) == ("Rooster", "Kunnen we dinsdag bellen?")
    assert found.people == {"j.dewit@linde.example": "Wit, J. de", "noor@wsp.example": "Noor"}
    assert found.sent_on == date(2026, 11, 21)


@pytest.mark.parametrize("told", ["", "not a day", "Fri, 20 Nov 2099 10:00:00 +0000"])
def test_a_mail_without_a_possible_day_is_of_today(told: str) -> None:
    made = mail()
    del made["Date"]
    if told:
        made["Date"] = told
    assert read_mail(made.as_bytes()).sent_on == TODAY


def test_html_is_read_as_words_without_what_nobody_sees() -> None:
    made = mail()
    made.set_content(
        "<style>p {color: red}</style><p>Beste Noor,</p><p>Er zijn <b>twee</b> plekken.<br>Groet</p>"
        "<script>alert(1)</script>",
        subtype="html",
    )
    assert read_mail(made.as_bytes()).text == "Beste Noor,\nEr zijn twee plekken.\nGroet"


def test_attachments_are_judged_by_what_is_in_them() -> None:
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="rooster.pdf")
    made.add_attachment(b"MZ program", maintype="application", subtype="pdf", filename="factuur.pdf")
    good, bad = read_mail(made.as_bytes()).files
    assert (good.name, good.content, good.fault) == ("rooster.pdf", PDF, "")
    assert "not accepted" in bad.fault


def test_what_is_no_mail_is_refused() -> None:
    for wrong in (b"", b"PK\x03\x04", b"x" * (10 * 1024 * 1024 + 1)):
        with pytest.raises(Invalid):
            read_mail(wrong)


def test_a_mail_in_an_alphabet_that_there_is_not_is_refused() -> None:
    raw = mail().as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
    with pytest.raises(Invalid):
        read_mail(raw)


def test_people_are_known_by_their_address_whatever_its_capitals(lite_world: World) -> None:
    person = make_person(lite_world.employer_a, email="J.deWit@linde.example")
    make_person(lite_world.employer_b, email="j.dewit@linde.example", active=False)
    make_person(make_employer(key(lite_world.region)), email="iemand@anders.example")
    with reading(lite_world.actor(Role.ADVISER)) as work:
        (found,) = people_by_address(work, ["j.dewit@linde.example", "noor@wsp.example"])
    assert (found.id, found.employer) == (key(person), lite_world.employer_a.name)
    with reading(lite_world.actor_for(make_user(Role.ADVISER, "Elders"))) as work:
        assert people_by_address(work, ["j.dewit@linde.example"]) == []


def kept(world: World, **values: Any) -> int:
    values = {
        "employer_id": key(world.employer_a),
        "held_on": TODAY,
        "summary": "Rooster\n\nKunnen we dinsdag bellen?",
        "no_action_reason": "Ter informatie",
        **values,
    }
    return perform(world.actor(Role.ADVISER), keep_mail, KeepMail(**values))


def test_a_mail_is_a_contact_with_its_attachments_for_who_may_see_contacts(lite_world: World) -> None:
    moment_id = kept(lite_world, attachments=(GivenFile(name="rooster.pdf", content=PDF),))
    with reading(lite_world.actor(Role.ADVISER)) as work:
        (moment,) = timeline_page(work, key(lite_world.employer_a), [Topic.ATTACHMENT]).lines
        (attached,) = files_of(work, moment_id)
    assert (moment.page_id, moment.state) == (moment_id, MomentKind.MAIL.value)
    assert moment.files == ((attached.id, "rooster.pdf"),)
    assert (attached.file_name, attached.media_type) == ("rooster.pdf", "application/pdf")
    address = f"/attachments/{attached.id}"
    found = get(address, signed_in(lite_world.users[Role.ACCOUNT_MANAGER]))
    assert (found.status, found.body) == (200, PDF)
    assert get(address, signed_in(lite_world.users[Role.EMPLOYER])).status == 404
    assert get(address).status == 401
    assert get("/attachments/999", signed_in(lite_world.users[Role.ADVISER])).status == 404


def test_nothing_is_kept_of_a_mail_with_a_bsn_or_a_program_in_it(lite_world: World) -> None:
    for wrong in (
        {"summary": "Mijn BSN is 123456782"},
        {"attachments": (GivenFile(name="factuur.pdf", content=b"MZ"),)},
    ):
        with pytest.raises(Invalid):
            kept(lite_world, **wrong)
    with pytest.raises(NotFound):
        kept(lite_world, employer_id=999)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        assert timeline_page(work, key(lite_world.employer_a)).lines == ()
