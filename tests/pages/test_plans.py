"""The plan of action as it is used: made and sent in the portal, decided on by the officer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import Contract, Handover, Plan
from crm.sroi.rules.plan import PlanState
from tests.counting import MOST_ON_A_PAGE, statements
from tests.factories import World
from tests.pages.test_portal import CONTRACT, open_page, press, sign_in, widget, words
from tests.pages.test_sroi import opened, tables
from tests.sroi.factories import approve, make_contract, make_effort, stored
from tests.sroi.test_plans import accept, add, hand_in, line, page


@pytest.fixture
def contract(lite_world: World) -> Contract:
    return make_contract(lite_world, title="Groenonderhoud 2026")


def portal(world: World, contract: Contract) -> AppTest:
    at = open_page(sign_in(world), CONTRACT, id=key(contract), part="plan")
    assert not at.exception
    return at


def staff(world: World, contract: Contract, role: Role = Role.SROI_OFFICER) -> AppTest:
    at = opened(world, "contract.py", role, id=key(contract))
    at.session_state["contract_tab"] = "Plan van aanpak"
    at.run()
    assert not at.exception
    return at


def fill_in(at: AppTest, people: int = 2) -> AppTest:
    """Fill in 24 hours a week from January to September: € 20.000 for each person."""
    widget(at, "selectbox", ":block").set_value("PW").run()
    widget(at, "number_input", ":people").set_value(people)
    widget(at, "text_input", ":hours_per_week").set_value("24")
    widget(at, "date_input", ":start").set_value(date(2026, 1, 1))
    widget(at, "date_input", ":end").set_value(date(2026, 9, 30))
    return at.run()


def the_plan(contract: Contract) -> Plan:
    current = page(contract).current
    assert current is not None
    found: Plan = stored(Plan, current.id)
    return found


class TestPortal:
    def test_a_plan_is_filled_in_with_its_value_at_once_and_sent(
        self, lite_world: World, contract: Contract
    ) -> None:
        at = portal(lite_world, contract)
        assert "In het plan vertelt u wat u gaat doen" in words(at)
        widget(at, "selectbox", ":block").set_value("PW").run()
        assert "€" not in words(at).split("vertelt u")[1].split("Dit telt")[0]
        fill_in(at)
        assert "Dit telt mee voor **€ 40.000**" in words(at)
        press(at, "Toevoegen aan het plan")
        assert not at.exception
        assert "Het plan dekt **€ 40.000** van € 50.000: 80 %. Voor € 10.000 is nog niets gepland." in words(
            at
        )
        assert "2 mensen · 24 uur per week · 1 jan 2026 – 30 sep 2026" in words(at)
        press(at, "Plan naar ons sturen")
        assert the_plan(contract).state is PlanState.HANDED_IN
        assert "Wij bekijken uw plan" in words(at)
        assert not [button for button in at.button if button.label == "Wijzigen"]

    def test_no_code_is_shown(self, lite_world: World, contract: Contract) -> None:
        add(contract)
        shown = words(portal(lite_world, contract))
        assert "bijstand" in shown
        assert "PW" not in shown

    def test_a_line_is_changed_and_taken_out(self, lite_world: World, contract: Contract) -> None:
        add(contract)
        at = press(portal(lite_world, contract), "Wijzigen")
        numbers = [one for one in at.number_input if "plan_line" in str(one.key)]
        numbers[0].set_value(3).run()
        press(at, "Regel bewaren")
        assert the_plan(contract).total_cents == 6_000_000
        at = press(at, "Uit het plan halen")
        assert not at.exception
        assert the_plan(contract).total_cents == 0

    def test_what_came_back_says_why(self, lite_world: World, contract: Contract) -> None:
        at = staff(lite_world, *[contract]) if hand_in(add(contract)) else None
        assert at is not None
        widget(at, "text_area", ":reason").set_value("Wie begeleidt deze mensen?")
        press_last(at, "Terugsturen")
        assert "Wij schreven: “Wie begeleidt deze mensen?”" in words(portal(lite_world, contract)).replace(
            "\\", ""
        )

    def test_the_plan_of_another_employer_is_not_there(self, lite_world: World) -> None:
        other = make_contract(lite_world, employer_id=key(lite_world.employer_b), title="Geheim")
        hand_in(add(other, line(activity="Geheim werk")))
        at = open_page(sign_in(lite_world), CONTRACT, id=key(other), part="plan")
        assert "Dit is niet gevonden" in words(at)
        assert "Geheim" not in words(at)

    def test_names_who_is_on_site(self, lite_world: World, contract: Contract) -> None:
        accept(hand_in(add(contract)))
        at = portal(lite_world, contract)
        widget(at, "text_input", ":name").set_value("Ilse Bos")
        press_last(at, "Bewaren")
        assert [row.name for row in page(contract).handovers] == ["Femke Vos", "Ilse Bos"]
        assert "Ilse Bos" in words(at)


class TestOfficer:
    def test_accepts_and_hands_over(self, lite_world: World, contract: Contract) -> None:
        hand_in(add(contract))
        at = staff(lite_world, contract)
        assert "Het plan dekt **€ 20.000** van € 50.000: 40 %." in words(at)
        names = [one for one in at.text_input if str(one.key).startswith("plan_accept")]
        names[0].set_value("Femke Vos")
        press_last(at, "Accepteren en overdragen")
        plan = the_plan(contract)
        assert plan.state is PlanState.ACCEPTED
        [step] = page(contract).handovers
        assert step.name == "Femke Vos"
        assert "Femke Vos" in words(at)
        press_last(at, "Bevestigen")
        assert stored(Handover, step.id).confirmed_on is not None

    def test_puts_a_plan_in_that_came_with_the_bid(self, lite_world: World, contract: Contract) -> None:
        at = staff(lite_world, contract)
        assert "Er is nog geen plan" in words(at)
        fill_in(at, people=1)
        press_last(at, "Toevoegen aan het plan")
        assert "€\N{NO-BREAK SPACE}20.000" in tables(at)
        press_last(at, "Plan indienen")
        assert the_plan(contract).state is PlanState.HANDED_IN

    def test_sees_plan_beside_result(self, lite_world: World, contract: Contract) -> None:
        hand_in(add(contract))
        approve(make_effort(contract))
        at = staff(lite_world, contract)
        assert "nog € 6.666,67" in tables(at).replace("\N{NO-BREAK SPACE}", " ")

    def test_starts_a_new_version_and_still_reads_the_old_one(
        self, lite_world: World, contract: Contract
    ) -> None:
        accept(hand_in(add(contract)))
        at = staff(lite_world, contract)
        press_last(at, "Nieuwe versie maken")
        assert "Versie 1 is geaccepteerd en geldt" in words(at)
        assert the_plan(contract).number == 2

    def test_a_manager_only_looks(self, lite_world: World, contract: Contract) -> None:
        add(contract)
        at = staff(lite_world, contract, Role.MANAGER)
        assert "Het plan dekt" in words(at)
        assert not {"Plan indienen", "Plan accepteren", "Regel bewaren"} & {one.label for one in at.button}


def test_many_lines_ask_the_database_no_more_than_one(lite_world: World, contract: Contract) -> None:
    counts = []
    for lines in (1, 8):
        add(contract, *[line(hours_per_week=Decimal(24)) for _ in range(lines)])
        for show in (staff, portal):
            at = show(lite_world, contract)
            with statements() as asked:
                at.run()
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= MOST_ON_A_PAGE


def press_last(at: AppTest, label: str) -> AppTest:
    """Press the last button with this label: of those in a popover, the one that sends."""
    [*_others, found] = [one for one in at.button if one.label == label]
    found.click().run()
    assert not at.exception
    return at
