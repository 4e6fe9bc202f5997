"""A speedmeet of the network: from the list to its rounds, and what came of a talk."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from tests.browser.conftest import People
from tests.browser.screen import nl

pytestmark = pytest.mark.browser

SPEEDMEET = "Speedmeet zorg en keuken"


def test_a_speedmeet_gets_its_rounds_anew_and_says_who_meets_whom(people: People) -> None:
    adviser = people.sign_in(Role.ADVISER)
    adviser.menu("staff/network.py")
    adviser.tab("Gatherings")
    adviser.shows(SPEEDMEET)
    adviser.is_accessible()
    adviser.tap(SPEEDMEET)
    assert SPEEDMEET in adviser.title()
    adviser.fill("Rounds", "2")
    adviser.tap("Make the rounds")
    adviser.shows(nl("Saved."))
    adviser.shows("2 · ")
    adviser.no_longer_shows("3 · ")
    adviser.is_accessible()
