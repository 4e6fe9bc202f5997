"""Who is near is found by the name of the place, and nothing else is kept."""

from __future__ import annotations

import math

import pytest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.demo.words import PLACES
from crm.visits.places import _places, places_near
from crm.visits.queries.near import employers_in
from tests.factories import TODAY, World, make_employer


def test_the_nearest_place_comes_first_and_far_ones_not_at_all() -> None:
    found = places_near(51.53, 4.46)
    assert found[0] == "Roosendaal"
    assert len(found) <= 4
    assert "Zevenbergen" not in found


@pytest.mark.parametrize("place", [(52.37, 4.90), (91, 4), (51, 181), (math.nan, 4), (math.inf, 4)])
def test_elsewhere_nothing_is_near(place: tuple[float, float]) -> None:
    assert places_near(*place) == []


def test_every_place_of_the_demo_region_has_a_middle_in_that_region() -> None:
    named = {town for place in PLACES for town in place.villages}
    assert named <= set(_places())
    assert all(51.4 < north < 51.8 and 4.3 < east < 4.8 for north, east in _places().values())


def test_own_accounts_come_first_then_the_nearest_place(lite_world: World) -> None:
    mine = key(lite_world.users[Role.ADVISER])
    region = key(lite_world.region)
    far = make_employer(region, "Ver maar van mij", city="Wouw", holder_id=mine)
    make_employer(region, "Gestopt", city="Wouw", ceased_on=TODAY, holder_id=mine)
    make_employer(region, "Elders", city="Zundert", holder_id=mine)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        found = employers_in(work, ["Roosendaal", "Wouw"], mine)
    assert [one.name for one in found] == [far.name, "De Linde Groen BV", "Van Dam Logistiek BV"]
