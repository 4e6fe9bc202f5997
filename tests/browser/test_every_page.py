"""Every page of every role in a real browser: accessible, as wide as the phone, and complete."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crm.core.access import ROLE_PERMISSIONS, Role
from crm.ui.registry import PAGES, PageSpec
from tests.browser.conftest import People
from tests.browser.screen import Screen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BASELINE = tomllib.loads(Path(__file__).with_name("axe_baseline.toml").read_text())["rules"]
ON_A_RECORD = {
    "staff/employer.py": "id=1",
    "staff/employer_edit.py": "id=1",
    "staff/case.py": "id=1",
    "staff/placement.py": "id=1",
    "portal/effort.py": "contract=CONTRACT",
    "staff/contract.py": "id=CONTRACT",
    "portal/contract.py": "id=CONTRACT",
}


def pages_of(role: Role) -> list[PageSpec]:
    """Return the pages of a role."""
    return [spec for spec in PAGES if spec.permission in ROLE_PERMISSIONS[role]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_accessible(people: People, role: Role, dark: bool) -> None:
    screen = people.sign_in(role, dark=dark)
    faults = {}
    for spec in pages_of(role):
        visit(screen, spec, people)
        if found := [fault for fault in screen.axe_faults() if not excused(*fault)]:
            faults[spec.file] = found
    assert faults == {}


@pytest.mark.parametrize("role", [Role.ACCOUNT_MANAGER, Role.SROI_OFFICER, Role.ADMIN, Role.EMPLOYER])
def test_no_page_is_wider_than_a_phone(people: People, role: Role) -> None:
    screen = people.sign_in(role, phone=True)
    wide = []
    for spec in pages_of(role):
        visit(screen, spec, people)
        if screen.scrolls_sideways():
            wide.append(spec.file)
    assert wide == []


def visit(screen: Screen, spec: PageSpec, people: People) -> None:
    """Open a page, on a record where it needs one."""
    query = ON_A_RECORD.get(spec.file, "").replace("CONTRACT", str(people.contract_id))
    screen.page.goto(f"{screen.address}/{spec.address}" + (f"?{query}" if query else ""))
    screen.settle()


def excused(rule: str, element: str) -> bool:
    """Return whether Streamlit itself causes this fault, as the baseline says."""
    return any(one["id"] == rule and one["element"] in element for one in BASELINE)
