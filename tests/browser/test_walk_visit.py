"""A visit is logged on a phone, nothing typed is lost, and it leads to a carved job and an introduction."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, expect

from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.demo import Known
from tests.browser.screen import Screen, nl

pytestmark = pytest.mark.browser

SAID = "De winkel loopt goed, het magazijn komt handen tekort."
LATER = " Ze wil het in het team bespreken."
MOST_TAPS, MOST_FIELDS = 10, 5
UNDER_A_MINUTE = 60
# The least time after which a field that saves while somebody types has told the server.
PAUSE = 1_500


def test_a_visit_is_logged_on_a_phone_and_survives_a_refresh_and_a_dropped_line(people: People) -> None:
    manager = people.sign_in(Role.ACCOUNT_MANAGER, phone=True)
    known = people.demo.known()
    began = time.monotonic()
    fill_in_the_visit(manager, known)
    drop_the_line(manager)
    agree_what_comes_next(manager, known)
    seconds = time.monotonic() - began
    print(f"a visit on a phone: {manager.taps} taps, {len(manager.fields)} fields, {seconds:.0f} s")
    assert manager.taps <= MOST_TAPS
    assert len(manager.fields) <= MOST_FIELDS
    manager.is_accessible()
    case = carve_the_job(manager)
    adviser = people.sign_in(Role.ADVISER)
    is_due_today(adviser, known)
    carve(adviser, case, known)


def test_near_by_a_visit_is_logged_in_under_a_minute(people: People) -> None:
    manager = people.sign_in(Role.ACCOUNT_MANAGER, phone=True)
    manager.page.context.grant_permissions(["geolocation"])
    manager.page.context.set_geolocation({"latitude": 51.53129, "longitude": 4.46531})
    manager.menu("staff/visit.py")
    manager.settle()
    manager.taps, manager.fields = 0, []
    began = time.monotonic()
    manager.page.get_by_role("button", name=nl("Near me")).click()
    manager.taps += 1
    first = manager.page.get_by_role("button", name="· Roosendaal").first
    first.click()
    manager.taps += 1
    manager.settle()
    manager.tap("aftercare")
    manager.tap("vacancy", nth=1, exact=True)
    manager.write("What was said", SAID)
    manager.page.wait_for_timeout(PAUSE)
    manager.fill("What happens next", "Profiel sturen")
    manager.tap("Save", exact=True)
    manager.shows(nl("Need written down: {kind}", kind=nl("vacancy")))
    seconds = time.monotonic() - began
    print(f"near by, on a phone: {manager.taps} taps, {len(manager.fields)} fields, {seconds:.0f} s")
    assert (manager.taps, len(manager.fields)) == (5, 2)
    assert seconds < UNDER_A_MINUTE
    manager.is_accessible()


def fill_in_the_visit(manager: Screen, known: Known) -> None:
    manager.is_accessible()
    manager.tap("Log a visit", exact=True)
    # With one employer on today's list, the form opens on that one.
    other = manager.page.get_by_role("button", name=nl("Another employer"))
    if other.count():
        other.click()
    manager.write("Which employer?", known.name)
    manager.tap(f"{known.name} · {known.city}")
    manager.tap(known.person)
    manager.tap("job carving")
    manager.fill("Department with work to carve", "Magazijn")
    manager.write("What was said", SAID)
    manager.page.wait_for_timeout(PAUSE)
    manager.page.reload()
    manager.settle()
    expect(said(manager)).to_have_value(SAID)
    manager.is_accessible()


def said(manager: Screen) -> Locator:
    return manager.page.get_by_label(nl("What was said"), exact=True)


def drop_the_line(manager: Screen) -> None:
    manager.page.context.set_offline(True)
    said(manager).press("End")
    said(manager).press_sequentially(LATER)
    manager.page.wait_for_timeout(PAUSE)
    manager.shows(nl("No connection. Your text is safe on this device and is saved as soon as there is one."))
    manager.page.context.set_offline(False)
    manager.page.wait_for_timeout(PAUSE)
    manager.page.reload()
    manager.settle()
    expect(said(manager)).to_have_value(SAID + LATER)


def agree_what_comes_next(manager: Screen, known: Known) -> None:
    manager.fill("What happens next", "Rondgang door het magazijn")
    manager.tap("another day", exact=True)
    manager.choose("Who", "Sam Verhagen")
    manager.tap("Save", exact=True)
    manager.shows(nl("Saved. It is on the timeline of {employer}.", employer=known.name))


def carve_the_job(manager: Screen) -> int:
    manager.tap("Opportunity opened at {department}", department="Magazijn")
    return manager.id_in_address()


def is_due_today(adviser: Screen, known: Known) -> None:
    adviser.page.get_by_text(re.compile(r"^nog \d+$")).first.click()
    adviser.shows("Rondgang door het magazijn")
    adviser.is_accessible()
    adviser.tap_beside("Rondgang door het magazijn", known.name)
    adviser.shows(f"{known.person}: {SAID}{LATER}")
    adviser.is_accessible()


def carve(adviser: Screen, case: int, known: Known) -> None:
    """Write down the tasks, put them together and open the job; the board shows it by its stage."""
    adviser.go("staff/case.py", id=case)
    add_task(adviser, "Spiegelen en aanvullen", "14", "verkoopmedewerker")
    add_task(adviser, "Retouren uitpakken", "6,5", "filiaalmanager")
    adviser.shows(nl("{hours} hours a week", hours="20,5"))
    adviser.tap("Next step: {stage}", stage=nl("Orientation").lower())
    adviser.shows(nl("Find out who decides, and what the department wants to get rid of."))
    adviser.tap("Other step")
    adviser.choose("To stage", nl("Task package"))
    adviser.tap("Move", exact=True)
    adviser.shows(nl("Put tasks together that make a decent job for one person."))
    adviser.settle()
    adviser.choose("Tasks in the package", "Spiegelen en aanvullen")
    adviser.choose("Tasks in the package", "Retouren uitpakken")
    adviser.page.keyboard.press("Escape")
    adviser.fill("Name of the package", "Winkelassistent")
    adviser.tap("Make the package")
    adviser.shows("Winkelassistent")
    adviser.is_accessible()
    adviser.tap("Open as a job")
    adviser.shows(nl("open job since {day}").split(" {")[0])
    adviser.menu("staff/carving.py")
    adviser.is_accessible()
    column = adviser.page.locator('[data-testid="stVerticalBlock"]').filter(has_text=nl("Open job")).last
    expect(column).to_contain_text(known.name)


def add_task(adviser: Screen, task: str, hours: str, holder: str) -> None:
    adviser.fill("Task", task)
    adviser.fill("Hours a week", hours)
    adviser.fill("Who does it now (job)", holder)
    adviser.tap("Add the task", exact=True)
    adviser.shows(task)
