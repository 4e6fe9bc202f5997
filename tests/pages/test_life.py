"""The life of a contract as it is used: noted on Today and on the contract, changed, passed on."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import Contract
from crm.sroi.rules.changing import ChangeKind
from crm.sroi.rules.life import ClockKind, Stage
from crm.sroi.rules.sharing import ShareState
from crm.sroi.states import LetterKind
from tests.agenda.test_agenda import sink
from tests.agenda.test_reminders import contact
from tests.counting import MOST_ON_A_PAGE, statements
from tests.factories import TODAY, World, make_session
from tests.pages.test_portal import CONTRACT, open_page, press, sign_in, widget, words
from tests.pages.test_sroi import opened
from tests.sources import ROOT
from tests.sroi.factories import make_contract, stored
from tests.sroi.test_life import YEAR, changed, life, note
from tests.sroi.test_shares import main, officer, other, own, propose, rows


def page_of(world: World, contract: Contract, role: Role = Role.SROI_OFFICER) -> AppTest:
    at = opened(world, "contract.py", role, id=key(contract))
    at.session_state["contract_tab"] = "Verloop"
    at.run()
    assert not at.exception
    return at


def change_field(at: AppTest, kind: str, field: str) -> Any:
    """Return a field of the form for a change; other forms on the page have the same fields."""
    [found] = [
        one for one in at.get(kind) if re.fullmatch(rf"change_\d+:\d+:{field}", str(one.key)) is not None
    ]
    return found


def today(world: World) -> AppTest:
    at = opened(world, "today.py", Role.SROI_OFFICER)
    assert not at.exception
    return at


def test_what_is_late_stands_on_today_and_is_noted_there(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud", **YEAR)
    at = today(lite_world)
    assert "Eerste contact uiterlijk 17 nov 2026" in words(at)
    assert "7 dagen te laat" in words(at)
    press(at, "Er was contact")
    assert life(contract).clocks[0].done_on == TODAY
    assert "Plan van aanpak uiterlijk 8 dec 2026" in words(at)
    assert "nog 14 dagen" in words(at)


def test_a_quiet_day_says_so(lite_world: World) -> None:
    assert "loopt er geen termijn af" in words(today(lite_world))


def test_the_contract_shows_its_stage_and_the_contact_is_noted(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = page_of(lite_world, contract)
    assert "wacht op het eerste contact" in words(at)
    assert "uiterlijk 17 nov 2026, 7 dagen te laat" in words(at)
    widget(at, "date_input", ":happened_on").set_value(date(2026, 11, 16))
    press(at, "Noteren")
    assert life(contract).stage is Stage.PLAN
    assert "gedaan op 16 nov 2026" in words(at)


def test_a_reminder_that_was_sent_otherwise_is_noted(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = page_of(lite_world, contract)
    assert "Er gaat niets vanzelf weg" in words(at)
    press(at, "Al verstuurd")
    assert life(contract).events[0].step == "reminder"
    assert "Er gaat niets vanzelf weg" not in words(at)


def test_a_reminder_on_today_leads_to_its_letter(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = press(today(lite_world), "Herinnering: brief maken")
    assert at.selectbox(key=f"letter_kind_{key(contract)}").value is LetterKind.REMINDER
    assert "Herinnering: Eerste contact moest er uiterlijk 17 nov 2026 zijn." in words(at)
    assert "Wij vroegen u uiterlijk 17 november 2026 contact met ons op te nemen" in words(at)


def test_making_the_letter_of_a_reminder_notes_it(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = press(page_of(lite_world, contract), "Herinnering: brief maken")
    at.session_state["contract_tab"] = "Brieven"
    press(at, "Deze brief maken")
    assert not at.exception
    assert [event.step for event in life(contract).events] == ["reminder"]
    assert "Herinnering: brief maken" not in [one.label for one in today(lite_world).button]


def test_the_letter_of_a_reminder_can_be_made_without_noting_it(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = press(page_of(lite_world, contract), "Herinnering: brief maken")
    at.session_state["contract_tab"] = "Brieven"
    at.checkbox(key="note_with_letter").uncheck().run()
    at.session_state["contract_tab"] = "Brieven"
    press(at, "Deze brief maken")
    assert life(contract).events == ()
    assert "Herinnering" in str(at.table[-1].value)


def test_a_reminder_is_mailed_with_the_click_and_the_contract_says_so(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = make_contract(lite_world, **YEAR)
    contact(lite_world)
    with sink(monkeypatch) as mails:
        at = page_of(lite_world, contract)
        press(at, "Herinnering: brief maken")
        at.checkbox(key="mail_reminder").check().run()
        press(at, "Deze brief maken")
    assert len(mails) == 1
    at = page_of(lite_world, contract)
    assert "gemaild" in words(at)
    assert "wit@delinde" in words(at)


def test_extra_work_is_noted_with_what_it_does(lite_world: World) -> None:
    contract = make_contract(lite_world)
    at = page_of(lite_world, contract)
    change_field(at, "selectbox", "kind").set_value(ChangeKind.EXTRA_WORK).run()
    change_field(at, "text_input", "amount").set_value("200.000")
    next(
        one for one in at.text_input if "change_" in str(one.key) and str(one.key).endswith(":reason")
    ).set_value("Extra plantvakken")
    buttons = [one for one in at.button if one.label == "Wijziging vastleggen"]
    buttons[-1].click().run()
    assert stored(Contract, key(contract)).obligation_cents == 6_000_000
    assert "Verplichting € 50.000 → **€ 60.000**" in words(at)
    assert "Extra plantvakken" in words(at)


def test_a_waived_contract_is_shown_as_such_and_takes_no_change(lite_world: World) -> None:
    contract = make_contract(lite_world)
    changed(contract, ChangeKind.WAIVED, reason="Alleen levering")
    at = page_of(lite_world, contract)
    assert "vrijgesteld" in words(at)
    assert not [one for one in at.expander if one.label == "Wijziging vastleggen"]


def test_a_manager_reads_but_does_not_note(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    note(contract)
    at = page_of(lite_world, contract, Role.MANAGER)
    assert "Eerste contact" in words(at)
    assert not [one for one in at.button if one.label in ("Noteren", "Terugdraaien")]


def test_the_contractor_sees_what_is_due(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    at = open_page(sign_in(lite_world), CONTRACT, id=key(contract))
    assert "uiterlijk 17 nov 2026, 7 dagen te laat" in words(at)
    following = life(contract).next
    assert following is not None
    assert following.kind is ClockKind.FIRST_CONTACT


def test_the_other_company_takes_its_part_in_its_own_portal(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Onderhoud wegen")
    propose(lite_world, contract, main(lite_world))
    assert lite_world.portal_b is not None
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(lite_world.portal_b)))}
    at.run()
    assert "Onderhoud wegen" in words(at)
    assert "uw deel is € 10.000" in words(at)
    assert "50.000" not in words(at)
    press(at, "Wij nemen dit deel over")
    assert own(other(lite_world))[0].state is ShareState.AGREED


def test_the_main_contractor_agrees_to_what_an_officer_proposed(lite_world: World) -> None:
    contract = make_contract(lite_world)
    propose(lite_world, contract, officer(lite_world))
    at = open_page(sign_in(lite_world), CONTRACT, id=key(contract), part="shares")
    # Until that company answered, the contractor reads the number and not whose it is.
    assert f"KvK {lite_world.employer_b.kvk_number}" in words(at)
    assert "Van Dam Logistiek BV" not in words(at)
    press(at, "Wij zijn akkoord")
    assert rows(contract, main(lite_world))[0].state is ShareState.WAITS_FOR_OTHER


def test_the_tab_asks_as_much_with_few_rows_as_with_many(lite_world: World) -> None:
    contract = make_contract(lite_world, **YEAR)
    note(contract)
    changed(contract, ChangeKind.LOT, amount_cents=100)
    propose(lite_world, contract, officer(lite_world), amount_cents=100)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            note(contract)
            changed(contract, ChangeKind.LOT, amount_cents=100)
            propose(lite_world, contract, officer(lite_world), amount_cents=100)
        at = opened(lite_world, "contract.py", Role.SROI_OFFICER, id=key(contract))
        at.session_state["contract_tab"] = "Verloop"
        with statements() as sent:
            at.run()
        assert not at.exception
        counts.append(len(sent))
    assert counts[0] == counts[1] <= MOST_ON_A_PAGE
