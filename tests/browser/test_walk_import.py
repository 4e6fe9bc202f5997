"""Real files come in through the screen, and an award becomes a contract with a confirmed obligation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from crm.core import clock
from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.screen import Screen, nl
from tests.exchange.factories import award, package, release

pytestmark = pytest.mark.browser

HEADINGS = (
    "KvK-nummer;Vestigingsnummer;Handelsnaam;SBI-code;Werkzame personen;Straat;Huisnummer;Plaats;Gemeente"
)
EMPLOYERS = "\r\n".join(
    [
        HEADINGS,
        "01234567;000012345678;Groencrèche De Paardenbloem;81.30;24;Molenstraat;3;Roosendaal;Roosendaal",
        "7654;;Zonder Goed Nummer BV;81.30;5;Dorpsstraat;1;Zundert;Zundert",
        "87654321;;Bakkerij Het Oventje;10.71;8;Kerkplein;9;Rucphen;Rucphen",
    ]
).encode("cp1252")
TAKEN_BACK = "\r\n".join(
    [HEADINGS, "13572468;;Klompenmakerij De Spaander;16.29;4;Kerkstraat;7;Zundert;Zundert"]
).encode("cp1252")
CSV, JSON = "text/csv", "application/json"


def awards() -> bytes:
    today = clock.today()
    supplier = {"id": "1234567", "name": "Groencrèche De Paardenbloem"}
    period = {
        "startDate": f"{today - timedelta(days=30)}T00:00:00+02:00",
        "endDate": f"{today + timedelta(days=700)}T00:00:00+02:00",
    }
    made = []
    for number, (title, amount) in enumerate(
        [("Wijkgroen en plantsoenen", 1_000_000), ("Boomkeuring", 40_000)]
    ):
        notice = release(
            award(
                date=f"{today - timedelta(days=40)}T00:00:00+02:00",
                value={"amount": amount, "currency": "EUR"},
                suppliers=[supplier],
            ),
            ocid=f"ocds-walk-{number}",
            id=str(900 + number),
            buyer={"id": "40404", "name": "Gemeente Roosendaal"},
        )
        notice["tender"] = {**notice["tender"], "title": title, "contractPeriod": period}  # type: ignore[dict-item]
        made.append(notice)
    return package(*made)


def bring_in(screen: Screen, name: str, content: bytes, media_type: str, *outcomes: str) -> None:
    """Bring a file in from the menu, and hold what came of it: `Nieuw 2`."""
    screen.menu("staff/imports.py")
    screen.upload(nl("Choose a file"), name, content, media_type)
    screen.tap("Bring in", exact=True)
    for outcome in outcomes:
        screen.shows(outcome)
    screen.settle()


def line(screen: Screen, number: int) -> str:
    """Return what the screen tells about one line of the file."""
    return screen.page.get_by_role("row", name=re.compile(rf"^{number}\b")).inner_text()


def test_a_file_of_employers_comes_in_and_a_bad_line_stops_nothing(people: People) -> None:
    admin = people.sign_in(Role.ADMIN)
    admin.is_accessible()
    bring_in(admin, "werkgevers.csv", EMPLOYERS, CSV, f"{nl('New')} 2", f"{nl('Rejected')} 1")
    assert "Groencrèche De Paardenbloem" in line(admin, 2)
    refused = line(admin, 3)
    assert nl("Rejected") in refused
    assert nl("The KvK number must have 8 digits.") in refused
    admin.is_accessible()
    bring_in(admin, "werkgevers.csv", EMPLOYERS, CSV, f"{nl('Unchanged')} 2", f"{nl('Rejected')} 1")


def test_an_import_is_undone_and_comes_in_anew_afterwards(people: People) -> None:
    admin = people.sign_in(Role.ADMIN)
    for _again in range(2):
        bring_in(admin, "proef.csv", TAKEN_BACK, CSV, f"{nl('New')} 1")
        admin.tap("Undo this import", exact=True)
        admin.is_accessible()
        admin.tap("Undo", exact=True)
        admin.shows(nl("This import was undone."))
    admin.is_accessible()


def test_an_award_becomes_a_contract_whose_obligation_the_officer_confirms(people: People) -> None:
    officer = people.sign_in(Role.SROI_OFFICER)
    bring_in(officer, "gunningen.json", awards(), JSON, f"{nl('New')} 1", f"{nl('Skipped')} 1")
    officer.shows(nl("The value is under the threshold in the rule set of this authority."))
    officer.is_accessible()
    bring_in(officer, "gunningen.json", awards(), JSON, f"{nl('Unchanged')} 1", f"{nl('Skipped')} 1")
    officer.menu("staff/contracts.py")
    officer.fill("Search", "Wijkgroen")
    officer.shows("1 contract")
    officer.is_accessible()
    officer.menu("staff/today.py")
    officer.tap_beside("Wijkgroen en plantsoenen", "Look at it")
    officer.shows(nl("Confirm the obligation"))
    officer.is_accessible()
    officer.fill("Percentage in the clause", "5")
    officer.tap("Confirm the obligation", exact=True)
    officer.shows("€ 0 van € 50.000 goedgekeurd")
    officer.tap("Why {amount}?", amount="€ 50.000")
    expect(officer.page.get_by_role("dialog")).to_contain_text("€ 1.000.000,00")
    officer.is_accessible()
