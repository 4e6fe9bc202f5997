"""Whose time an effort is, on the screen: asked and not kept, told before sending in, decided in review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.accounts.records import Draft, User
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.sroi import persons
from crm.sroi.records import Contract, Effort, PersonClaim
from crm.sroi.states import EffortState
from tests.factories import World, make_session
from tests.pages.test_portal import (
    EFFORT,
    efforts,
    fill_in_work,
    open_page,
    press,
    sent,
    sign_in,
    widget,
    words,
)
from tests.sources import ROOT
from tests.sroi.factories import make_contract, make_effort, make_placement, stored

BORN = date(1991, 3, 8)
WHO: dict[str, Any] = {"surname": "Verhoeven", "birth_date": BORN}


@pytest.fixture
def contract(lite_world: World) -> Contract:
    return make_contract(lite_world, title="Groenonderhoud 2026")


@pytest.fixture
def elsewhere(lite_world: World) -> Effort:
    """The same person full time, with another employer and another authority."""
    other = make_contract(
        lite_world,
        title="Schoonmaak stadskantoor",
        authority_id=key(lite_world.other_authority),
        employer_id=key(lite_world.employer_b),
    )
    return make_effort(other, hours_per_week=36, **WHO)


def staff(user: User, file: str, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(user)))}
    return open_page(at.run(), f"staff/{file}", **params)


def name_somebody(at: AppTest) -> AppTest:
    widget(at, "text_input", "_person_surname").set_value("Verhoeven")
    widget(at, "date_input", "_person_born").set_value(BORN)
    return at.run()


def test_a_name_becomes_a_code_and_stands_in_no_draft(lite_world: World, contract: Contract) -> None:
    at = fill_in_work(open_page(sign_in(lite_world), EFFORT, contract=key(contract)))
    assert "alleen een code" in words(at)
    at = name_somebody(at)
    with reading(system("test")) as unit:
        [draft] = unit.session.exec(select(Draft.body)).all()
    assert "Verhoeven" not in draft
    assert "1991" not in draft
    at = press(press(at, "Insturen"), "Toch insturen")
    [effort] = efforts()
    with reading(system("test")) as unit:
        [fingerprint] = unit.session.exec(select(PersonClaim.fingerprint)).all()
    assert fingerprint in {mark.fingerprint for mark in persons.marks_of_name("Verhoeven", BORN)}
    assert effort.facts["age"] == 34
    at = open_page(at, EFFORT, id=key(effort))
    assert "Al bekend wie dit is" in words(at)
    assert "Verhoeven" not in sent(at)
    assert not [one for one in at.text_input if str(one.key).endswith("_surname")]
    widget(at, "checkbox", "_person_replace").check().run()
    assert widget(at, "text_input", "_person_surname").value == ""


def test_half_a_person_is_told_and_not_sent_in(lite_world: World, contract: Contract) -> None:
    at = fill_in_work(open_page(sign_in(lite_world), EFFORT, contract=key(contract)))
    widget(at, "text_input", "_person_surname").set_value("Verhoeven").run()
    at = press(at, "Insturen")
    assert at.error[0].value == "Geboortedatum: Vul de achternaam én de geboortedatum in, of geen van beide."
    assert efforts() == []


def test_a_contractor_cannot_look_up_where_somebody_counts_already(
    lite_world: World, contract: Contract, elsewhere: Effort
) -> None:
    at = name_somebody(fill_in_work(open_page(sign_in(lite_world), EFFORT, contract=key(contract))))
    at = press(at, "Insturen")
    assert "Er ontbreekt bewijs" in words(at)
    assert "telt al mee" not in words(at)
    assert lite_world.other_authority.name not in sent(at)
    assert "Schoonmaak" not in sent(at)
    assert lite_world.employer_b.name not in sent(at)
    press(at, "Terug en aanpassen")
    assert [effort for effort in efforts() if effort.contract_id == key(contract)] == []


def test_what_gives_nothing_is_told_with_the_reason(lite_world: World) -> None:
    contract = make_contract(lite_world, rule_set_code="oost-nederland")
    nothing: dict[str, Any] = {"block": "PW_GT2Y", "benefit_start": date(2025, 6, 1), "submit": False}
    effort = make_effort(contract, **nothing, start=date(2025, 12, 1))
    at = press(open_page(sign_in(lite_world), EFFORT, id=key(effort)), "Insturen")
    assert "Dit telt niet mee" in words(at)
    assert "De periode begint op 1 dec 2025, voordat het contract begint" in words(at)


def test_a_placement_needs_no_name(lite_world: World, contract: Contract) -> None:
    placement = make_placement(lite_world)
    at = open_page(sign_in(lite_world), EFFORT, contract=key(contract), placement=key(placement))
    assert not [one for one in at.text_input if str(one.key).endswith("_surname")]


def test_the_officer_says_why_both_may_count(
    lite_world: World, contract: Contract, elsewhere: Effort
) -> None:
    effort = make_effort(contract, **WHO)
    at = staff(lite_world.users[Role.SROI_OFFICER], "review.py", id=key(effort))
    assert "dubbel opgevoerd" in "\n".join(one.value for one in at.subheader)
    assert f"**{lite_world.other_authority.name}**" in words(at).replace("\\", "")
    assert "Schoonmaak" not in sent(at)
    at = press(at, "€ 13.333,33 goedkeuren")
    assert at.error[0].value.startswith("Waarom beide mogen tellen")
    widget(at, "text_input", f"double_{key(effort)}").set_value("Dit is een tweeling").run()
    press(at, "€ 13.333,33 goedkeuren")
    assert stored(Effort, key(effort)).state is EffortState.APPROVED
    at = staff(lite_world.users[Role.SROI_OFFICER], "contract.py", id=key(contract))
    assert "De tijd van 1 persoon wordt dubbel opgevoerd" in words(at)


def test_an_employer_copies_the_last_period(lite_world: World, contract: Contract) -> None:
    effort = make_effort(contract, end=date(2026, 3, 31), **WHO)
    at = press(open_page(sign_in(lite_world), EFFORT, id=key(effort)), "Kopiëren voor de volgende periode")
    assert widget(at, "date_input", "_start").value == date(2026, 4, 1)
    assert widget(at, "date_input", "_end").value == date(2026, 6, 30)
    assert "Al bekend wie dit is" in words(at)


def test_an_officer_copies_the_last_period(lite_world: World, contract: Contract) -> None:
    make_effort(contract, end=date(2026, 3, 31))
    at = staff(lite_world.users[Role.SROI_OFFICER], "contract.py", id=key(contract))
    press(at, "Kopiëren voor de volgende periode")
    assert [(one.state, one.starts_on) for one in efforts()][1] == (EffortState.DRAFT, date(2026, 4, 1))


def test_an_officer_names_somebody_and_sees_what_is_missing(
    lite_world: World, contract: Contract, elsewhere: Effort
) -> None:
    effort = make_effort(contract, submit=False)
    at = staff(lite_world.users[Role.SROI_OFFICER], "contract.py", id=key(contract))
    form = f"change_{key(effort)}_{effort.version}"
    at.text_input(key=f"{form}_person_surname").set_value("Verhoeven")
    at.date_input(key=f"{form}_person_born").set_value(BORN).run()
    widget(at, "button", f"{form}_send").click().run()
    assert "telt al mee voor" in words(at)
    widget(at, "button", f"{form}_anyway").click().run()
    assert stored(Effort, key(effort)).state is EffortState.SUBMITTED
