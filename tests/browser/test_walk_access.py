"""Signing in, being put out, and the other language."""

from __future__ import annotations

import pytest

from crm.accounts.rules import demo_email
from crm.core.access import Role
from crm.demo.people import NAMES
from tests.browser.conftest import People
from tests.browser.screen import Screen, nl

pytestmark = pytest.mark.browser


def test_a_wrong_password_is_refused_and_then_slowed_down(people: People) -> None:
    visitor = people.visitor()
    visitor.page.goto(f"{visitor.address}/auth/login")
    visitor.is_accessible()
    for _try in range(3):
        try_password(visitor, "verkeerd-wachtwoord")
        visitor.shows(nl("The e-mail address or the password is not right. Check both and try again."))
    try_password(visitor, "verkeerd-wachtwoord")
    visitor.shows(nl("That was tried too often. Wait {seconds} seconds and try again.").split("{")[0])
    visitor.is_accessible()
    refused = "422 (Unprocessable Entity)"
    assert [said for said in people.complaints if refused not in said] == []
    people.complaints.clear()


def try_password(visitor: Screen, password: str) -> None:
    visitor.page.get_by_label(nl("E-mail address")).fill(demo_email(Role.MANAGER.value))
    visitor.page.get_by_label(nl("Password")).fill(password)
    visitor.page.get_by_role("button", name=nl("Sign in"), exact=True).click()


def test_a_disabled_account_is_out_at_its_next_click(people: People) -> None:
    partner = people.sign_in(Role.PARTNER)
    admin = people.sign_in(Role.ADMIN)
    admin.tap(NAMES[Role.PARTNER], exact=True)
    admin.is_accessible()
    admin.tap("Disable this account")
    admin.shows(nl("This account is disabled: nobody can sign in with it."))
    partner.menu("staff/employers.py")
    partner.shows(nl("You are signed out. Sign in again to go on."))
    partner.is_accessible()
    partner.lacks("KvK")
    admin.tap("Enable this account")


def test_the_screens_speak_english_at_once(people: People) -> None:
    manager = people.sign_in(Role.MANAGER)
    manager.menu("shared/account.py")
    manager.tap("English", exact=True)
    manager.shows("Name and language")
    manager.page.get_by_role("link", name="Employers").click()
    manager.shows("by name")
    manager.is_accessible()
    assert manager.page.evaluate("document.documentElement.lang") == "en"
    manager.go("shared/account.py")
    manager.tap("Nederlands", exact=True)
    manager.shows(nl("Name and language"))
