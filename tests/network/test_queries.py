"""Members, introductions, ties and surroundings: what they show, to whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crm.accounts.records import User
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work, reading
from crm.employers.records import Employer
from crm.employers.rules import Segment
from crm.network import queries
from crm.network.charts import MOST_BEHIND_ONE, MOST_NEAR, picture, picture_chart
from crm.network.graph import Link
from crm.network.queries import MemberFilter
from crm.network.rules import Motive, TieKind
from tests.counting import statements
from tests.employers.factories import elsewhere, make_colleague
from tests.factories import TODAY, World, make_employer
from tests.network.factories import make_member, make_tie


def members(world: World, role: Role = Role.ADVISER, **wanted: Any) -> list[str]:
    with reading(world.actor(role)) as unit:
        return [row.employer for row in queries.list_members(unit, MemberFilter(**wanted))]


def around(
    world: World, employer: Employer, hops: int = 3, role: Role = Role.ADVISER
) -> queries.Neighbourhood:
    with reading(world.actor(role)) as unit:
        return queries.neighbourhood(unit, key(employer), hops)


@pytest.fixture
def network(world: World) -> World:
    region = key(world.region)
    fresh = make_employer(region, "Actief BV", last_contact_on=TODAY, segment=Segment.KEY)
    make_member(fresh, introduced_by_employer_id=key(world.employer_a), joined_on=date(2026, 3, 1))
    make_member(world.employer_a, introduced_by_user_id=key(world.users[Role.ADVISER]))
    make_member(world.employer_b, motive=Motive.SOCIAL_PRACTICE, left_on=date(2026, 1, 1))
    make_member(make_employer(region, "Stil BV", last_contact_on=date(2025, 11, 23)))
    return world


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Actief BV", "De Linde Groen BV", "Stil BV"]),
        ({"text": "linde"}, ["De Linde Groen BV"]),
        ({"dormant": True}, ["Stil BV"]),
        ({"left": True}, ["Van Dam Logistiek BV"]),
        ({"motive": Motive.SOCIAL_PRACTICE}, []),
    ],
)
def test_members_by_filter(network: World, wanted: dict[str, Any], names: list[str]) -> None:
    assert members(network, **wanted) == names
    with reading(network.actor(Role.ADVISER)) as unit:
        assert queries.count_members(unit, MemberFilter(**wanted)) == len(names)


def test_a_member_tells_through_whom_and_whether_it_sleeps(network: World) -> None:
    with reading(network.actor(Role.MANAGER)) as unit:
        rows = queries.list_members(unit, MemberFilter())
    assert [(row.introducer, row.dormant) for row in rows] == [
        ("De Linde Groen BV", False),
        ("adviser een", False),
        (None, True),
    ]


def test_who_left_does_not_sleep(network: World) -> None:
    with reading(network.actor(Role.ADVISER)) as unit:
        (row,) = queries.list_members(unit, MemberFilter(left=True))
    assert (row.left_on, row.dormant) == (date(2026, 1, 1), False)


def test_introductions_name_employers_and_colleagues(network: World) -> None:
    with reading(network.actor(Role.ADVISER)) as unit:
        rows = queries.introductions(unit)
    assert [(row.by, row.by_employer_id, row.employer) for row in rows] == [
        ("De Linde Groen BV", key(network.employer_a), "Actief BV"),
        ("adviser een", None, "De Linde Groen BV"),
    ]
    assert around(network, network.employer_a).brought_in() == ["Actief BV"]


def test_an_employer_that_never_joined_has_no_membership(lite_world: World) -> None:
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert queries.membership_of(unit, key(lite_world.employer_a)) is None


def test_another_region_has_its_own_network(network: World) -> None:
    hidden = make_employer(key(elsewhere()), "Ver weg BV")
    make_member(hidden)
    make_tie(network.employer_a, hidden)
    assert "Ver weg BV" not in members(network)
    assert list(around(network, network.employer_a).names.values()).count("Ver weg BV") == 0
    with reading(network.actor(Role.ADVISER)) as unit:
        assert queries.ties_of_employer(unit, key(network.employer_a)) == []


def test_the_portal_sees_nothing_of_the_network(network: World) -> None:
    make_tie(network.employer_a, network.employer_b)
    assert members(network, Role.EMPLOYER) == []
    with reading(network.actor(Role.EMPLOYER)) as unit:
        assert queries.ties_of_employer(unit, key(network.employer_a)) == []
        assert queries.membership_of(unit, key(network.employer_a)) is None
        assert queries.introductions(unit) == []
    assert around(network, network.employer_a, role=Role.EMPLOYER).links == ()


def test_surroundings_come_in_rings_from_either_side_of_a_tie(world: World) -> None:
    region = key(world.region)
    one, two, three, four = (make_employer(region, name) for name in ("Een", "Twee", "Drie", "Vier"))
    make_tie(one, world.employer_a)
    make_member(two, introduced_by_employer_id=key(one))
    make_tie(two, three, TieKind.NEIGHBOUR)
    make_tie(three, four)
    with statements() as sent:
        found = around(world, world.employer_a)
    assert sum("FROM ties" in statement for statement in sent) == 1
    names = {found.names[employer]: ring for employer, ring in found.rings.items()}
    assert names == {"De Linde Groen BV": 0, "Een": 1, "Twee": 2, "Drie": 3}
    assert set(found.links) == {
        Link(key(one), key(world.employer_a), TieKind.SUPPLIER),
        Link(key(one), key(two), None),
        Link(key(two), key(three), TieKind.NEIGHBOUR),
    }


def test_an_employer_without_ties_stands_alone(lite_world: World) -> None:
    found = around(lite_world, lite_world.employer_a)
    assert (dict(found.rings), found.links) == ({key(lite_world.employer_a): 0}, ())


def test_a_hub_shows_its_newest_ties_and_stays_small(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.network.queries.nearby._MOST", 6)
    for year in range(2001, 2011):
        make_tie(
            lite_world.employer_a,
            make_employer(key(lite_world.region), f"Uit {year}"),
            since=date(year, 1, 1),
        )
    found = around(lite_world, lite_world.employer_a, hops=1)
    assert {name for name in found.names.values() if name.startswith("Uit")} == {
        f"Uit {year}" for year in range(2006, 2011)
    }


def test_the_picture_holds_two_rings_and_says_when_more_exist(lite_world: World) -> None:
    region = key(lite_world.region)
    near = [make_employer(region, f"Buur {number:02} met een hele lange naam") for number in range(15)]
    for other in near:
        make_tie(lite_world.employer_a, other)
    make_tie(near[0], lite_world.employer_b)
    shown = picture(around(lite_world, lite_world.employer_a))
    assert sorted(shown.employers["ring"]) == [0, *[1] * MOST_NEAR, 2]
    assert not shown.is_whole
    assert shown.employers["name"].str.len().max() <= 22
    assert len(shown.ties) == MOST_NEAR + 1
    layers = picture_chart(shown, "#123456")["layer"]
    assert [layer["mark"].get("color") for layer in layers] == ["#123456", None, "#123456"]


def test_behind_each_neighbour_stand_a_few_at_most_and_each_employer_once(lite_world: World) -> None:
    region = key(lite_world.region)
    one, two = make_employer(region, "Een"), make_employer(region, "Twee")
    for near in (one, two):
        make_tie(lite_world.employer_a, near)
        make_tie(near, lite_world.employer_b)
    for number in range(6):
        make_tie(one, make_employer(region, f"Achter {number}"))
    shown = picture(around(lite_world, lite_world.employer_a))
    names = list(shown.employers["name"])
    assert names.count("Van Dam Logistiek BV") == 1
    assert sum(name.startswith("Achter") for name in names) <= MOST_BEHIND_ONE
    assert len(set(zip(shown.employers["x"], shown.employers["y"], strict=True))) == len(names)


def test_a_small_picture_is_whole(lite_world: World) -> None:
    make_tie(lite_world.employer_a, lite_world.employer_b)
    assert picture(around(lite_world, lite_world.employer_a)).is_whole


@pytest.mark.parametrize(
    ("question", "most"),
    [
        (lambda unit: queries.list_members(unit, MemberFilter(dormant=True)), 1),
        (lambda unit: queries.count_members(unit, MemberFilter()), 1),
        (lambda unit: queries.introductions(unit), 1),
        (lambda unit: queries.membership_of(unit, 1), 1),
        (lambda unit: queries.ties_of_employer(unit, 1), 1),
        (lambda unit: queries.neighbourhood(unit, 1), 1),
        (lambda unit: queries.surroundings(unit, 1), 2),
        (lambda unit: queries.ways_to(unit, 1), 2),
    ],
)
def test_a_question_costs_the_same_with_three_and_with_sixty_rows(
    lite_world: World, question: Callable[[Work], object], most: int
) -> None:
    assert key(lite_world.employer_a) == 1
    make_member(lite_world.employer_a)
    user = make_colleague(lite_world, "Noor")
    fill(lite_world, user, 3)
    few = asked(lite_world, question)
    fill(lite_world, user, 60)
    assert asked(lite_world, question) == few == most


def asked(world: World, question: Callable[[Work], object]) -> int:
    with reading(world.actor(Role.ADVISER)) as unit:
        question(unit)
        with statements() as sent:
            question(unit)
    return len(sent)


def fill(world: World, user: User, rows: int) -> None:
    last = world.employer_a
    for number in range(rows):
        made = make_employer(key(world.region))
        by = {"introduced_by_employer_id": 1} if number % 2 else {"introduced_by_user_id": user.id}
        make_member(made, **by)
        make_tie(world.employer_a, made)
        make_tie(last, made, TieKind.NEIGHBOUR)
        last = made
