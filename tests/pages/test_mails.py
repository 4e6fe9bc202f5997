"""Forwarded mail on screen: the address, what waits, and putting it into a file."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from crm.core.config import settings
from crm.core.records import key
from crm.core.work import reading
from crm.timeline.queries import timeline_page
from crm.ui.words import plain
from crm.visits.receiving import take_in
from tests.factories import World, make_person
from tests.pages.walking import field, labels, opened, press, text
from tests.visits.test_forwarding import OUTLOOK, eml, mine, own

ACCOUNT, MAIL, HOME = "shared/account.py", "staff/mail.py", "staff/today.py"


@pytest.fixture(autouse=True)
def _inbox(monkeypatch: pytest.MonkeyPatch, now: object) -> None:
    monkeypatch.setenv("CRM_MAIL_INBOX", "dossier@crm.example")
    settings.cache_clear()


def test_an_address_is_shown_once_and_taken_away(lite_world: World) -> None:
    at = opened(lite_world, ACCOUNT)
    next(one for one in at.button if one.key == "make_mail_address").click().run()
    (told,) = (one.value for one in at.code if "dossier+" in one.value)
    assert take_in(eml(OUTLOOK, told)) == {"kept": 1}
    assert "dossier+" not in "".join(one.value for one in opened(lite_world, ACCOUNT).code)
    next(one for one in at.button if one.key == "revoke_mail_address").click().run()
    assert take_in(eml(OUTLOOK, told)) == {"nobody": 1}
    assert "Mail doorsturen" not in text(opened(lite_world, ACCOUNT, Role.MANAGER))


def test_what_waits_is_seen_and_put_into_the_file_of_who_is_in_it(lite_world: World) -> None:
    make_person(lite_world.employer_a, "R. de Wit", email="j.dewit@linde.example")
    take_in(eml(OUTLOOK, own(lite_world)))
    at = opened(lite_world, HOME)
    assert "1 mail wacht op een plek in een dossier" in [one.proto.label for one in at.get("page_link")]
    assert "Doorgestuurd, en wacht op u" in text(opened(lite_world, MAIL))
    assert "Doorgestuurd" not in text(opened(lite_world, MAIL, Role.ACCOUNT_MANAGER))
    at = opened(lite_world, MAIL, waiting=1)
    assert plain("De Linde Groen BV") in text(at)
    assert "rooster.pdf" in "".join(one.label for one in at.checkbox).replace("\\", "")
    field(at, "text_input", "Of waarom er niets volgt").set_value("Ter informatie")
    press(at, "Mail bewaren")
    assert not at.error
    with reading(lite_world.actor(Role.ADVISER)) as work:
        (line,) = timeline_page(work, key(lite_world.employer_a)).lines
    assert [name for _id, name in line.files] == ["rooster.pdf"]
    assert line.people == ("R. de Wit",)
    assert mine(lite_world) == []


def test_mail_of_strangers_asks_for_the_employer_and_can_be_thrown_away(lite_world: World) -> None:
    take_in(eml(OUTLOOK, own(lite_world)))
    at = opened(lite_world, MAIL, waiting=1)
    assert "Niemand in deze mail is hier bekend" in text(at)
    assert "niet gevonden" in text(opened(lite_world, MAIL, Role.ACCOUNT_MANAGER, waiting=1))
    press(at, next(label for label in labels(at) if "gooi weg" in label))
    assert mine(lite_world) == []
