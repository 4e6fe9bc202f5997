"""An employer nobody knows gets a tie with one that we do know, and so a way in."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.screen import Screen, nl

pytestmark = pytest.mark.browser

NEW = "Kaasmakerij De Stremsel"


def test_a_tie_and_a_membership_answer_who_can_introduce_me(people: People) -> None:
    known = people.demo.known().name
    adviser = people.sign_in(Role.ADVISER)
    adviser.menu("staff/employers.py")
    adviser.tap("Add an employer", exact=True)
    adviser.fill("Name", NEW)
    adviser.fill("KvK number", "24681357")
    adviser.is_accessible()
    adviser.tap("Save", exact=True)
    adviser.shows(NEW)
    adviser.tab("Network")
    adviser.shows(nl("We know no way in yet. Add a tie with an employer that we do know."))
    tie(adviser, known)
    adviser.shows(f"({known})")
    join(adviser, known)
    adviser.shows(nl("Brought by {name}.", name=known))
    adviser.is_accessible()
    adviser.menu("staff/network.py")
    adviser.fill("Search", "Stremsel")
    adviser.shows(NEW)
    adviser.tab("Who brought whom")
    adviser.shows(known)
    adviser.is_accessible()


def tie(adviser: Screen, known: str) -> None:
    adviser.tap("Add a tie")
    adviser.write("Other employer", known)
    adviser.is_accessible()
    adviser.tap("Save", exact=True)


def join(adviser: Screen, known: str) -> None:
    adviser.tap("Make a member")
    adviser.tap("another employer", exact=True)
    adviser.write("Brought by an employer", known)
    adviser.is_accessible()
    adviser.tap("Save", exact=True)
