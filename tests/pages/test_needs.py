"""Needs, question lists, mails and one's own calendar on screen."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.agenda.records import CalendarFeed, DigestWish
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.needs.records import Need, Vacancy
from crm.questions.records import AnswerSet
from crm.ui.registry import page
from crm.visits.records import ContactMoment
from tests.factories import TODAY, World, make_person, make_session
from tests.needs.factories import make_need, make_vacancy
from tests.questions.factories import make_answers
from tests.sources import ROOT


def opened(world: World, file: str, role: Role = Role.ADVISER, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(page(file).path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    pressed = next(one for one in at.button if one.label == label).click().run()
    assert not pressed.exception
    return pressed


def text(at: AppTest) -> str:
    parts = (at.title, at.header, at.markdown, at.info, at.warning, at.error, at.caption, at.success)
    return "\n".join(str(one.value) for kind in parts for one in kind)


def everything(kind: type[Any]) -> list[Any]:
    with reading(system("test")) as unit:
        return list(unit.session.exec(select(kind).order_by(kind.id)))


def field(at: AppTest, kind: str, label: str) -> Any:
    return next(one for one in getattr(at, kind) if one.label == label)


def test_a_need_is_written_down_and_opens(lite_world: World) -> None:
    at = opened(lite_world, "staff/needs.py", new=1, employer=key(lite_world.employer_a))
    field(at, "text_area", "In één of twee zinnen").set_value("Twee mensen voor de keuken")
    press(at, "Bewaren")
    (need,) = everything(Need)
    assert (need.what, need.employer_id) == ("Twee mensen voor de keuken", key(lite_world.employer_a))


def test_a_first_reaction_is_noted_where_the_need_stands(lite_world: World) -> None:
    make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, "staff/needs.py")
    assert "vandaag reageren" in text(at)
    press(at, "Ik heb gereageerd")
    assert everything(Need)[0].reacted_on == TODAY


def test_the_list_says_what_to_do_when_it_is_empty(lite_world: World) -> None:
    assert "vast bij een bezoek of op de pagina" in text(opened(lite_world, "staff/needs.py"))


def test_a_manager_reads_a_need_and_changes_nothing(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    make_vacancy(need)
    at = opened(lite_world, "staff/need.py", Role.MANAGER, id=key(need))
    assert "Magazijnmedewerker" in text(at)
    assert {"Ik heb gereageerd", "Hier is in voorzien", "Bewaren"}.isdisjoint(one.label for one in at.button)


def test_a_need_is_ended_opened_again_and_changed(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = press(opened(lite_world, "staff/need.py", id=key(need)), "Hier is in voorzien")
    assert everything(Need)[0].closed_on == TODAY
    at = press(at, "Weer openen")
    field(at, "text_area", "In één of twee zinnen").set_value("Drie mensen")
    press(at, "Bewaren")
    assert everything(Need)[0].what == "Drie mensen"


def test_a_vacancy_is_described(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, "staff/need.py", id=key(need))
    field(at, "text_input", "Titel van de vacature").set_value("Hulpkok")
    press(at, "Vacature bewaren")
    assert [(one.title, one.hours_least) for one in everything(Vacancy)] == [("Hulpkok", 24)]


def test_a_list_is_asked_with_the_answers_of_last_time_under_it(lite_world: World) -> None:
    make_answers(lite_world.employer_a, lite_world.users[Role.ADVISER], staff_wanted="3")
    where = {"employer": key(lite_world.employer_a), "list": "vraaggericht"}
    at = opened(lite_world, "staff/questions.py", **where)
    assert "Vorige keer, op 24 nov 2026: 3 mensen" in text(at)
    field(at, "text_area", "Welk werk blijft nu liggen?").set_value("Retouren")
    press(at, "Bewaren")
    assert everything(AnswerSet)[1].answers == {"work_left": "Retouren"}


def test_what_changed_since_last_time_is_shown(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    make_answers(lite_world.employer_a, adviser, growth="stable", staff_wanted="3")
    now = make_answers(lite_world.employer_a, adviser, growth="grows", redesign=True)
    shown = text(opened(lite_world, "staff/questions.py", id=key(now)))
    for words in ("groeit", "gewijzigd", "Eerder: blijft gelijk", "nieuw", "nu niet gevraagd"):
        assert words in shown


@pytest.mark.parametrize("params", [{"id": 999}, {"employer": 999, "list": "vraaggericht"}])
def test_a_list_elsewhere_does_not_open(lite_world: World, params: dict[str, object]) -> None:
    assert "niet gevonden" in text(opened(lite_world, "staff/questions.py", **params))


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "wit@linde.example", "noor@wsp.example", "Rooster"
    made.set_content("Kunnen we bellen?")
    return made.as_bytes()


def test_a_mail_proposes_its_employer_and_becomes_a_contact(lite_world: World) -> None:
    make_person(lite_world.employer_a, email="wit@linde.example")
    at = opened(lite_world, "staff/mail.py")
    at.file_uploader[0].upload("mail.eml", mail()).run()
    assert field(at, "text_area", "Wat is er besproken?").value == "Rooster\n\nKunnen we bellen?"
    field(at, "text_input", "Of waarom er niets volgt").set_value("Ter informatie")
    press(at, "Mail bewaren")
    (moment,) = everything(ContactMoment)
    assert (moment.employer_id, moment.kind) == (key(lite_world.employer_a), "mail")


def test_a_mail_of_strangers_asks_for_the_employer_first(lite_world: World) -> None:
    at = opened(lite_world, "staff/mail.py")
    at.file_uploader[0].upload("mail.eml", mail()).run()
    assert "Niemand in deze mail is hier bekend" in text(at)


def test_a_calendar_address_is_told_once_and_taken_away(lite_world: World) -> None:
    at = press(opened(lite_world, "shared/account.py"), "Adres maken")
    assert "/calendar/" in at.code[0].value
    assert len(everything(CalendarFeed)) == 1
    press(at, "Adres intrekken")
    assert everything(CalendarFeed) == []


def test_the_daily_mail_is_asked_and_stopped(lite_world: World) -> None:
    at = opened(lite_world, "shared/account.py")
    at.toggle(key="own_digest").set_value(True).run()
    assert len(everything(DigestWish)) == 1
    at.toggle(key="own_digest").set_value(False).run()
    assert everything(DigestWish) == []
