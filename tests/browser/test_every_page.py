"""Every page in a real browser: accessible by day and by night, and as wide as a phone."""

from __future__ import annotations

import os

import pytest

from crm.core.access import ROLE_PERMISSIONS, Role
from crm.ui.registry import PAGES, PageSpec, home_of, page
from tests.browser.conftest import People
from tests.browser.screen import Screen, nl
from tests.sources import ROOT

pytestmark = pytest.mark.browser

ON_A_RECORD = {
    "staff/employer.py": {"id": 1},
    "staff/employer_edit.py": {"id": 1},
    "staff/case.py": {"id": 1},
    "staff/placement.py": {"id": 1},
}
ON_A_CONTRACT = {"portal/effort.py": "contract", "staff/contract.py": "id", "portal/contract.py": "id"}
IN_THE_README = {
    (Role.ACCOUNT_MANAGER, "staff/today.py"): "today.png",
    (Role.SROI_OFFICER, "staff/employer.py"): "employer.png",
    (Role.SROI_OFFICER, "staff/contract.py"): "contract.png",
    (Role.EMPLOYER, "portal/contract.py"): "portal.png",
}
CUT_LINKS = """[...document.querySelectorAll('[data-testid="stMain"] [data-testid="stPageLink-NavLink"]')]
  .filter(link => [link, ...link.querySelectorAll("*")].some(one => one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "visible"))
  .map(link => link.innerText)"""
PARTS = '[data-testid="stMain"] [data-testid="stElementContainer"]'
LOWEST = f"""Math.max(...[...document.querySelectorAll('{PARTS}')]
  .map(part => part.getBoundingClientRect().bottom))"""
A_LAPTOP = {"width": 1366, "height": 720}
READ_BY_NIGHT = ("color-contrast",)


def sees_most(spec: PageSpec) -> Role:
    """Return the role that may do most of those who may open a page: its screen has the most on it."""
    roles = [role for role in Role if spec.permission in ROLE_PERMISSIONS[role]]
    return max(roles, key=lambda role: len(ROLE_PERMISSIONS[role]))


def pages_of(role: Role) -> list[PageSpec]:
    """Return the pages that a role sees most of, and its first page."""
    return [spec for spec in PAGES if sees_most(spec) is role or home_of(ROLE_PERMISSIONS[role]) == spec]


@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_accessible_and_fits_on_a_phone(people: People, role: Role) -> None:
    screen = people.sign_in(role)
    faults: dict[str, object] = {}
    for spec in pages_of(role):
        visit(screen, spec, people)
        if (role, spec.file) in IN_THE_README and "CRM_SCREENSHOTS" in os.environ:
            screen.picture(ROOT / "docs" / "screenshots" / IN_THE_README[role, spec.file])
        found = {"light": screen.axe_faults(), "dark": dark_faults(screen), "phone": wide_on_a_phone(screen)}
        faults |= {f"{spec.file} {how}": fault for how, fault in found.items() if fault}
    assert faults == {}


def test_why_an_amount_is_what_it_is_can_be_read_on_a_phone_at_night(people: People) -> None:
    screen = people.sign_in(Role.EMPLOYER, phone=True, dark=True)
    screen.go("portal/contract.py", id=people.demo.contract_in_the_portal())
    screen.page.get_by_role("button", name=nl("Why {amount}?", amount="")[:6]).first.tap()
    screen.shows(nl("Calculation"))
    assert screen.axe_faults() == []


def test_an_employer_sees_all_of_a_contract_on_a_laptop_without_scrolling(people: People) -> None:
    screen = people.sign_in(Role.EMPLOYER)
    screen.page.set_viewport_size(A_LAPTOP)
    screen.go("portal/contract.py", id=people.demo.contract_in_the_portal())
    screen.shows(nl("What you can do now"))
    assert screen.page.evaluate(LOWEST) <= A_LAPTOP["height"]


def test_the_menu_leads_from_a_record_back_to_its_page(people: People) -> None:
    screen = people.sign_in(Role.ADVISER)
    screen.open("staff/visit.py", employer=1)
    screen.menu("staff/visit.py")
    screen.shows(nl("Which employer?"))
    assert screen.page.url.endswith(page("staff/visit.py").address)


def test_no_employer_on_the_board_is_cut_off(people: People) -> None:
    screen = people.sign_in(Role.ADVISER)
    screen.go("staff/carving.py")
    with screen.as_wide_as(1280):
        assert screen.page.evaluate(CUT_LINKS) == []


def test_each_page_has_somebody_who_looks_at_it() -> None:
    assert {spec.file for role in Role for spec in pages_of(role)} == {spec.file for spec in PAGES}


def test_each_picture_of_the_readme_is_taken() -> None:
    assert [file for role, file in IN_THE_README if page(file) not in pages_of(role)] == []


def visit(screen: Screen, spec: PageSpec, people: People) -> None:
    """Go to a page, on a record where it needs one."""
    params = ON_A_RECORD.get(spec.file, {})
    if name := ON_A_CONTRACT.get(spec.file):
        params = {name: people.demo.contract_in_the_portal()}
    screen.go(spec.file, **params)


def dark_faults(screen: Screen) -> list[tuple[str, str]]:
    """Return what cannot be read well with the dark colours."""
    screen.page.emulate_media(color_scheme="dark")
    screen.draws()
    faults = screen.axe_faults(READ_BY_NIGHT)
    screen.page.emulate_media(color_scheme="light")
    return faults


def wide_on_a_phone(screen: Screen) -> bool:
    """Return whether the page has to be moved sideways on a phone."""
    with screen.as_wide_as(390):
        return screen.scrolls_sideways()
