"""Who opens doors, whom we do not reach, the map, and members that sleep."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.actions.archive import ArchiveEmployer, archive_employer
from crm.events.rules import Answer
from crm.network import queries
from crm.network.brokers import Broker, doors
from crm.network.charts import clusters_chart, clusters_frame
from crm.network.clusters import MOST_CLUSTERS, MOST_PARTIES, map_of
from crm.network.graph import Graph, Link, Node
from crm.network.rules import TieKind, invitation_due, is_dormant, months_back
from tests.employers.factories import elsewhere
from tests.events.factories import asked, make_event
from tests.factories import TODAY, World, make_employer
from tests.network.factories import make_member, make_party, make_tie, talk_with, tie_to_employer

REGION = 1


def network(known: set[int], links: list[tuple[int, int]], region: dict[int, int] | None = None) -> Graph:
    ids = {end for link in links for end in link} | known
    nodes = [Node(one, (region or {}).get(one, REGION), TODAY if one in known else None) for one in ids]
    return Graph(nodes, [Link(*ends, TieKind.SUPPLIER) for ends in links])


def test_who_knows_most_that_we_do_not_opens_most_doors() -> None:
    graph = network({1, 2}, [(1, 10), (1, 11), (2, 11), (1, 2), (11, 12)])
    found = doors(graph, None, TODAY)
    assert found.brokers == (Broker(1, opens=2, only=1), Broker(2, opens=1, only=0))
    assert found.within_reach == {10, 11}


def test_a_party_opens_doors_and_is_no_door_itself() -> None:
    graph = network({-5}, [(-5, 10), (-6, 10)])
    assert doors(graph, None, TODAY).brokers == (Broker(-5, opens=1, only=1),)


def test_doors_of_another_region_are_not_counted() -> None:
    graph = network({1}, [(1, 10), (1, 11)], region={11: 2})
    assert doors(graph, {REGION}, TODAY).brokers == (Broker(1, opens=1, only=1),)
    assert doors(graph, {2}, TODAY).brokers == ()


def test_brokers_by_name_and_only_yours(lite_world: World) -> None:
    party = make_party(key(lite_world.region))
    talk_with(party, lite_world.users[Role.ADVISER])
    tie_to_employer(party, lite_world.employer_a)
    hidden = make_employer(key(elsewhere()), last_contact_on=TODAY)
    make_tie(hidden, lite_world.employer_b)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert [(row.name, row.opens, row.only) for row in queries.brokers(unit)] == [("Wijkhuis Zuid", 1, 1)]


def test_what_we_reach_by_sector_and_municipality(lite_world: World) -> None:
    region, place = key(lite_world.region), key(lite_world.municipality)
    spoken = make_employer(region, sbi_code="81300", municipality_id=place, last_contact_on=TODAY)
    make_member(spoken)
    make_employer(region, sbi_code="81210", municipality_id=place, last_contact_on=date(2024, 11, 23))
    make_employer(region, sbi_code="87901", ceased_on=TODAY)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        found = queries.reach(unit)
    assert [(row.name, row.employers, row.spoken, row.members) for row in found.sectors] == [
        (None, 2, 0, 0),
        ("81", 2, 1, 1),
    ]
    assert [(row.name, row.employers, row.spoken) for row in found.places] == [
        (None, 2, 0),
        ("Roosendaal", 2, 1),
    ]


def test_the_map_of_a_large_network_stays_readable_and_the_same() -> None:
    ring = [(1 + n, 1 + (n + step) % 1500) for n in range(1500) for step in (1, 2, 5)]
    first = map_of(network({1}, ring), None)
    again = map_of(network({1}, ring), None)
    assert first == again
    assert len(first.clusters) <= MOST_CLUSTERS
    assert (first.shown <= MOST_PARTIES, first.parties) == (True, 1500)
    places = [cluster.place for cluster in first.clusters]
    assert len(set(places)) == len(places)
    everybody = [one for cluster in first.clusters for one in cluster.party_ids]
    assert len(set(everybody)) == len(everybody)


def test_two_groups_and_the_tie_between_them() -> None:
    one, two = [(1, 2), (1, 3), (2, 3)], [(11, 12), (11, 13), (12, 13)]
    found = map_of(network(set(), [*one, *two, (1, 11)]), frozenset({REGION}))
    assert [cluster.party_ids for cluster in found.clusters] == [(1, 2, 3), (11, 12, 13)]
    assert found.between == ((0, 1, 1),)
    frames = clusters_frame(found, ["Een", "Elf"], 1)
    assert list(frames["groups"]["chosen"]) == [False, True]
    assert clusters_chart(frames, "#000000")["datasets"] is frames


def test_nothing_to_draw() -> None:
    found = map_of(network({1}, []), None)
    assert (found.clusters, found.between, found.parties) == ((), (), 0)


def test_the_map_by_name(lite_world: World) -> None:
    make_tie(lite_world.employer_a, lite_world.employer_b)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        found = queries.named_map(unit)
    assert found.label(0) == "De Linde Groen BV"
    assert [link.kind for link in found.ties_in(0)] == [TieKind.SUPPLIER]


@pytest.mark.parametrize(
    ("joined", "active", "sleeps"),
    [
        (date(2025, 11, 23), None, True),
        (date(2025, 11, 24), None, False),
        (date(2020, 1, 1), date(2025, 11, 23), True),
        (date(2020, 1, 1), date(2025, 11, 24), False),
    ],
)
def test_a_member_sleeps_after_a_year_without_anything(
    lite_world: World, joined: date, active: date | None, sleeps: bool
) -> None:
    assert is_dormant(joined, active, TODAY, 12) is sleeps
    make_member(make_employer(key(lite_world.region), "Stil BV", last_contact_on=active), joined_on=joined)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        (row,) = queries.list_members(unit, queries.MemberFilter())
    assert row.dormant is sleeps


def test_coming_to_an_event_or_pointing_to_somebody_is_being_awake(lite_world: World) -> None:
    region = key(lite_world.region)
    came, stayed_away, pointed = (make_employer(region, name) for name in ("Kwam", "Bleef weg", "Wees"))
    for employer in (came, stayed_away, pointed):
        make_member(employer)
    event = make_event(region)
    asked(event, came, Answer.PRESENT)
    asked(event, stayed_away, Answer.ABSENT)
    make_tie(pointed, lite_world.employer_b, TieKind.REFERRAL, since=TODAY)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        rows = queries.list_members(unit, queries.MemberFilter(dormant=True))
    assert [row.employer for row in rows] == ["Bleef weg"]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_back_and_forth(day: date, months: int) -> None:
    found = months_back(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day


def test_months_back_in_short_months() -> None:
    assert months_back(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_back(date(2027, 1, 31), 12) == date(2026, 1, 31)
    assert months_back(date(2026, 12, 5), 12) == date(2025, 12, 5)


def test_an_invitation_is_due_on_a_working_day_and_never_in_the_past() -> None:
    assert invitation_due(date(2026, 11, 24), TODAY, 4) == date(2026, 12, 22)
    assert invitation_due(date(2026, 11, 28), TODAY, 4) == date(2026, 12, 28)
    assert invitation_due(date(2026, 9, 1), TODAY, 4) == TODAY


def test_an_employer_that_was_put_away_is_in_no_picture_of_the_network(lite_world: World) -> None:
    adviser, away, ours = lite_world.actor(Role.ADVISER), lite_world.employer_a, lite_world.employer_b
    make_member(away)
    make_tie(away, ours)
    with reading(adviser) as unit:
        assert set(queries.neighbourhood(unit, key(ours)).names) == {key(ours), key(away)}
    perform(adviser, archive_employer, ArchiveEmployer(employer_id=key(away), reason="Doet niet mee"))
    with reading(adviser) as unit:
        assert set(queries.neighbourhood(unit, key(ours)).names) == {key(ours)}
        assert [row.employers for row in queries.reach(unit).sectors] == [1]
        assert queries.list_members(unit, queries.MemberFilter()) == []
