"""Parties that are no employers: noted, tied, spoken with, and on the way to an introduction."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.network import actions, queries
from crm.network.rules import PartyKind, PartyTieKind
from tests.employers.factories import elsewhere, make_colleague
from tests.factories import TODAY, World
from tests.network.factories import make_party, make_tie, talk_with, tie_to_employer, tie_to_party


def tie(world: World, role: Role = Role.ADVISER, **values: Any) -> int:
    asked = {"kind": PartyTieKind.KNOWS, "since": date(2026, 1, 1), **values}
    return perform(world.actor(role), actions.tie_party, actions.TieParty(**asked))


def test_a_party_is_noted_and_put_right(lite_world: World) -> None:
    adviser = lite_world.actor(Role.ADVISER)
    details = {"kind": PartyKind.SCHOOL, "name": "De Sprong", "municipality_id": key(lite_world.municipality)}
    made = perform(adviser, actions.add_party, actions.AddParty(region_id=key(lite_world.region), **details))
    command = actions.EditParty(
        party_id=made, version=1, **{**details, "name": "Praktijkschool De Sprong"}, phone="0165"
    )
    perform(adviser, actions.edit_party, command)
    with reading(lite_world.actor(Role.MANAGER)) as unit:
        found = queries.party_view(unit, made)
        (row,) = queries.list_parties(unit, queries.PartyFilter(kind=PartyKind.SCHOOL))
        assert queries.list_parties(unit, queries.PartyFilter(kind=PartyKind.AGENCY)) == []
    assert (found.name, found.phone, found.email) == ("Praktijkschool De Sprong", "0165", None)
    assert (row.municipality, row.ties, row.last_spoken_on) == ("Roosendaal", 0, None)


def test_a_party_is_noted_in_ones_own_region(lite_world: World) -> None:
    other = key(elsewhere())
    command = actions.AddParty(region_id=other, kind=PartyKind.AGENCY, name="Elders")
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.ADVISER), actions.add_party, command)
    hidden = key(make_party(other))
    with pytest.raises(NotFound):
        tie(lite_world, party_id=hidden, employer_id=key(lite_world.employer_a))
    with pytest.raises(NotFound), reading(lite_world.actor(Role.ADVISER)) as unit:
        queries.party_view(unit, hidden)


def test_a_tie_with_a_party_is_told_from_both_sides(lite_world: World) -> None:
    party, other = make_party(key(lite_world.region)), make_party(key(lite_world.region), "Verbinder Joost")
    tie(lite_world, party_id=key(party), employer_id=key(lite_world.employer_a), note="Via de markt")
    tie(lite_world, party_id=key(other), other_party_id=key(party), kind=PartyTieKind.BELONGS_TO)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        mine = queries.ties_of_party(unit, key(party))
        (theirs,) = queries.party_ties_of_employer(unit, key(lite_world.employer_a))
        assert [row.ties for row in queries.list_parties(unit)] == [1, 2]
    assert {(row.other, row.forward, row.other_id) for row in mine} == {
        ("De Linde Groen BV", True, key(lite_world.employer_a)),
        ("Verbinder Joost", False, -key(other)),
    }
    assert (theirs.other, theirs.other_id, theirs.forward) == ("Wijkhuis Zuid", -key(party), False)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("other", {}),
        ("other", {"employer_id": 1, "other_party_id": 2}),
        ("other", {"other_party_id": 1}),
        ("since", {"employer_id": 1, "since": date(2026, 11, 25)}),
        ("kind", {"employer_id": 2}),
        ("kind", {"other_party_id": 2}),
        ("note", {"employer_id": 1, "note": "BSN 111222333"}),
    ],
)
def test_a_tie_that_cannot_be_is_refused(lite_world: World, field: str, values: dict[str, Any]) -> None:
    party, other = make_party(key(lite_world.region)), make_party(key(lite_world.region))
    assert (key(party), key(other), key(lite_world.employer_b)) == (1, 2, 2)
    tie_to_employer(party, lite_world.employer_b)
    tie_to_party(other, party, PartyTieKind.KNOWS)
    with pytest.raises(Invalid) as caught:
        tie(lite_world, party_id=1, **values)
    assert caught.value.field == field


def test_a_party_sends_candidates_one_way_only(lite_world: World) -> None:
    party, other = make_party(key(lite_world.region)), make_party(key(lite_world.region))
    tie_to_party(other, party, PartyTieKind.SENDS_CANDIDATES)
    made = tie(
        lite_world,
        party_id=key(party),
        other_party_id=key(other),
        kind=PartyTieKind.SENDS_CANDIDATES,
    )
    untie = actions.UntieParty(tie_id=made, version=1)
    perform(lite_world.actor(Role.ADVISER), actions.untie_party, untie)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert [row.forward for row in queries.ties_of_party(unit, key(party))] == [False]


def test_a_talk_is_noted_by_who_held_it(lite_world: World) -> None:
    party = make_party(key(lite_world.region))
    adviser = lite_world.actor(Role.ADVISER)
    talk = actions.NoteTalk(party_id=key(party), held_on=TODAY, summary="Wie zoekt werk?")
    perform(adviser, actions.note_talk, talk)
    late = talk.model_copy(update={"held_on": date(2026, 11, 25)})
    with pytest.raises(Invalid):
        perform(adviser, actions.note_talk, late)
    with reading(adviser) as unit:
        (row,) = queries.talks_with(unit, key(party))
    assert (row.user, row.held_on, row.summary) == ("adviser een", TODAY, "Wie zoekt werk?")


def test_a_connector_opens_the_way_to_an_employer(lite_world: World) -> None:
    """The chain of Baankans: colleague, connector, neighbourhood organisation, employer."""
    region, noor = key(lite_world.region), make_colleague(lite_world, "Noor")
    house, connector = make_party(region), make_party(region, "Fatima", kind=PartyKind.CONNECTOR)
    tie_to_party(connector, house, PartyTieKind.BELONGS_TO)
    tie_to_employer(house, lite_world.employer_b)
    make_tie(lite_world.employer_b, lite_world.employer_a)
    talk_with(connector, noor, date(2026, 11, 1))
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (way,), names = queries.ways_to(unit, key(lite_world.employer_a))
    assert (way.acquaintance.user, way.cost) == ("Noor", 8 + 12 + 15)
    assert [names[step.to_id] for step in way.steps] == [
        "Wijkhuis Zuid",
        "Van Dam Logistiek BV",
        "De Linde Groen BV",
    ]


def test_a_party_that_we_left_opens_no_way_until_we_are_back(lite_world: World) -> None:
    party = make_party(key(lite_world.region))
    tie_to_employer(party, lite_world.employer_a)
    talk_with(party, lite_world.users[Role.ADVISER])
    adviser = lite_world.actor(Role.ADVISER)

    def ways() -> int:
        with reading(adviser) as unit:
            return len(queries.ways_to(unit, key(lite_world.employer_a))[0])

    assert ways() == 1
    perform(adviser, actions.end_party, actions.EndParty(party_id=key(party), version=1))
    assert ways() == 0
    with reading(adviser) as unit:
        assert queries.party_choices(unit) == {}
        assert [row.id for row in queries.list_parties(unit, queries.PartyFilter(ended=True))] == [key(party)]
    back = actions.EndParty(party_id=key(party), version=2, again=True)
    perform(adviser, actions.end_party, back)
    assert ways() == 1


def test_who_may_not_see_the_network_walks_none_of_it(lite_world: World) -> None:
    make_tie(lite_world.employer_a, lite_world.employer_b)
    for role in (Role.PARTNER, Role.EMPLOYER, Role.ADMIN):
        with reading(lite_world.actor(role)) as unit:
            assert queries.neighbourhood(unit, key(lite_world.employer_a)).links == ()
