"""From a placement to a clause that is met: offered, handed in, reviewed, and told to the employer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from crm.core import clock
from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.demo import Clause, DemoRegion
from tests.browser.screen import Screen, nl

pytestmark = pytest.mark.browser

INVOICE = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_placement_is_booked_and_offered_on_a_contract_in_one_click(people: People) -> None:
    clause, candidate = people.demo.clause(), people.demo.candidate()
    adviser = people.sign_in(Role.ADVISER)
    adviser.go("staff/placements.py", new=1, employer=clause.employer_id)
    adviser.write("Number of the candidate", candidate)
    adviser.fill("Job", "Magazijnhulp")
    adviser.is_accessible()
    adviser.tap("Book the placement", exact=True)
    adviser.shows(f"{candidate} · Magazijnhulp")
    adviser.tap("Change the hours")
    adviser.set_day("From", clock.today() + timedelta(days=60))
    adviser.fill("Hours a week", "32")
    adviser.is_accessible()
    adviser.tap("Save", exact=True)
    expect(adviser.page.get_by_role("table").first).to_contain_text("32")
    adviser.page.keyboard.press("Escape")
    adviser.tap_beside(clause.title, "Count on this contract")
    counted = adviser.page.get_by_role("link", name=clause.title)
    expect(counted).to_be_visible()
    adviser.is_accessible()


def test_what_an_employer_hands_in_is_reviewed_and_told_with_its_reason(people: People) -> None:
    clause = people.demo.clause()
    employer = people.sign_in(Role.EMPLOYER)
    employer.is_accessible()
    employer.tap(clause.title)
    for part in ("What counts?", "What you did", "How it stands"):
        employer.tap(part, exact=True)
        employer.is_accessible()
    hand_in(employer, "4.321", "Kerstpakketten van de sociale werkplaats")
    hand_in(employer, "2.500", "Catering van het wijkrestaurant")
    officer = people.sign_in(Role.SROI_OFFICER)
    review(officer, clause)
    outcomes(employer, clause)
    files(people.demo, employer, clause.employer_id)


def hand_in(employer: Screen, amount: str, what: str) -> None:
    """Hand in a purchase with its invoice."""
    employer.tap("New effort", exact=True)
    employer.pick("We bought from a social enterprise")
    employer.set_day("When was it?", clock.today() - timedelta(days=3))
    employer.fill("Amount without VAT", amount)
    employer.fill("What was done", what)
    employer.upload("Factuur zonder btw", "factuur.pdf", INVOICE, "application/pdf")
    employer.shows(nl("This counts for"))
    employer.is_accessible()
    employer.tap("Send in", exact=True)
    expect(card(employer, what)).to_contain_text(nl("under review"))


def card(employer: Screen, what: str) -> Locator:
    """Return the box of one effort."""
    boxes = employer.page.get_by_test_id("stLayoutWrapper").filter(has_text=what)
    return boxes.filter(has_text=nl("Why this amount?")).last


def review(officer: Screen, clause: Clause) -> None:
    officer.menu("staff/review.py")
    officer.choose("Waiting, oldest first", f"{clause.employer} · € 4.321")
    officer.shows("Kerstpakketten van de sociale werkplaats")
    officer.is_accessible()
    officer.tap("Approve {amount}", amount="€ 4.321")
    officer.no_longer_shows("Kerstpakketten van de sociale werkplaats")
    officer.choose("Waiting, oldest first", f"{clause.employer} · € 2.500")
    officer.tap("Approve a part", exact=True)
    officer.fill("Amount to approve", "1.500")
    officer.fill("Why a part? The contractor reads this.", "De btw telt niet mee.")
    officer.is_accessible()
    officer.tap("Approve this amount", exact=True)
    officer.no_longer_shows("Catering van het wijkrestaurant")
    officer.choose("Waiting, oldest first", f"{clause.employer} · {clause.waiting}")
    officer.tap("Send back", exact=True)
    officer.fill("What has to change? The contractor reads this.", "Voeg de loonstrook van oktober toe.")
    officer.tap("Send back", exact=True, nth=1)
    officer.no_longer_shows(f"{clause.employer} · {clause.waiting}")


def outcomes(employer: Screen, clause: Clause) -> None:
    """See each outcome with its reason, and the approved amount with its steps."""
    employer.go("portal/contract.py", id=clause.id, part="efforts")
    for told in (
        "U vroeg € 2.500,00, een deel telt mee: “De btw telt niet mee.”",
        "Wij schreven: “Voeg de loonstrook van oktober toe.”",
    ):
        employer.shows(told)
    approved = card(employer, "Kerstpakketten")
    expect(approved).to_contain_text("€ 4.321,00")
    expect(approved).to_contain_text(nl("counts"))
    approved.get_by_role("button", name=nl("Why this amount?")).click()
    expect(employer.page.get_by_role("dialog")).to_contain_text("€ 4.321,00")
    employer.is_accessible()


def files(demo: DemoRegion, employer: Screen, employer_id: int) -> None:
    """Get one's own file; that of another employer is as little there as one that never was."""
    own = employer.page.get_by_role("link", name="factuur.pdf").first.get_attribute("href")
    ask = employer.page.request.get
    assert ask(f"{employer.address}{own}").body() == INVOICE
    never = ask(f"{employer.address}/files/99999999")
    other = ask(f"{employer.address}/files/{demo.file_of_another(employer_id)}")
    assert (other.status, other.body()) == (never.status, never.body()) == (404, never.body())
    employer.open("portal/contract.py", id=demo.contract_of_another(employer_id))
    employer.shows(nl("This was not found. It may have been moved or removed."))
    employer.is_accessible()
