"""One contract from its award to its settlement, on the officer's screens and in the contractor's portal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from crm.core import clock
from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.demo import Clause
from tests.browser.screen import Screen, nl
from tests.browser.test_walk_sroi import card, hand_in

pytestmark = pytest.mark.browser

TITLE, WHAT = "Schilderwerk gemeentehuis", "Schoonmaak door de sociale werkplaats"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def test_a_contract_is_confirmed_planned_fulfilled_and_settled(people: People) -> None:
    clause = people.demo.clause()
    officer, employer = people.sign_in(Role.SROI_OFFICER), people.sign_in(Role.EMPLOYER)
    contract_id = register(officer, clause)
    plan(employer, contract_id)
    accept(officer)
    employer.go("portal/contract.py", id=contract_id)
    hand_in(employer, "10.000", WHAT)
    approve(officer, clause)
    code = settle(officer, contract_id)
    take_the_statement(employer, contract_id)
    check(people.visitor(), code)


def register(officer: Screen, clause: Clause) -> int:
    """Put an award of 200,000 in the register and confirm 5 % of it."""
    officer.go("staff/contracts.py", new=1)
    officer.write("Contractor", clause.employer)
    officer.choose("Authority", "Gemeente")
    officer.fill("Title", TITLE)
    officer.fill("Value excl. VAT", "200.000")
    officer.set_day("Starts on", clock.today() - timedelta(days=300))
    officer.set_day("Ends on", clock.today() + timedelta(days=65))
    officer.is_accessible()
    officer.tap("Add the contract", exact=True)
    officer.shows(TITLE)
    officer.is_accessible()
    officer.tap("Confirm the obligation", exact=True)
    officer.shows("Goedgekeurd van € 10.000")
    return officer.id_in_address()


def plan(employer: Screen, contract_id: int) -> None:
    """Say in the plan what will be bought, and send it."""
    employer.go("portal/contract.py", id=contract_id, part="plan")
    employer.choose("What will be done?", "sociale")
    employer.set_day("When will it be?", clock.today() + timedelta(days=20))
    employer.fill("Amount without VAT", "10.000")
    employer.shows("10.000")
    employer.is_accessible()
    employer.tap("Add to the plan", exact=True)
    employer.tap("Send the plan to us", exact=True)
    employer.shows(nl("We look at your plan. You hear from us; until then it stays as it is."))
    employer.is_accessible()


def accept(officer: Screen) -> None:
    """Accept the plan, and name who sees to it at the client."""
    officer.page.reload()
    officer.settle()
    officer.tab("Plan of action")
    officer.is_accessible()
    officer.tap("Accept the plan", exact=True)
    officer.fill("Name", "M. de Beheerder")
    officer.tap("Accept and hand over", exact=True)
    officer.shows("M. de Beheerder")


def approve(officer: Screen, clause: Clause) -> None:
    officer.menu("staff/review.py")
    officer.choose("Waiting, oldest first", f"{clause.employer} · € 10.000")
    officer.shows(WHAT)
    officer.tap("Approve {amount}", amount="€ 10.000")
    officer.no_longer_shows(WHAT)


def settle(officer: Screen, contract_id: int) -> str:
    """Settle with what was approved; return the code by which anybody can check the statement."""
    officer.go("staff/settle.py", id=contract_id)
    officer.is_accessible()
    officer.pick("I am sure: efforts cannot be added after settling.")
    officer.tap("Settle with {amount} that counts", amount="€ 10.000")
    officer.shows(nl("Check code"))
    officer.is_accessible()
    found = CODE.search(officer.page.inner_text("body"))
    assert found is not None
    return found.group()


def take_the_statement(employer: Screen, contract_id: int) -> None:
    employer.go("portal/contract.py", id=contract_id)
    link = employer.page.get_by_role("link", name=nl("Final statement (PDF)"))
    expect(link).to_be_visible()
    employer.is_accessible()
    paper = employer.page.request.get(f"{employer.address}{link.get_attribute('href')}")
    assert paper.body().startswith(b"%PDF-")
    employer.go("portal/contract.py", id=contract_id, part="efforts")
    expect(card(employer, WHAT)).to_contain_text("€ 10.000,00")


def check(visitor: Screen, code: str) -> None:
    """Nobody has to sign in to see that a statement is genuine."""
    visitor.page.goto(f"{visitor.address}/controle")
    assert visitor.axe_faults() == []
    visitor.page.get_by_role("textbox").first.fill(code)
    visitor.page.get_by_role("button").last.click()
    expect(visitor.page.get_by_text(TITLE)).to_be_visible()
    assert visitor.axe_faults() == []
