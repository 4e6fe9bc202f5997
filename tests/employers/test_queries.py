"""The list, the page and the history of employers: what they show, to whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Forbidden, NotFound
from crm.core.records import key
from crm.core.work import Work, perform, reading
from crm.employers import actions, queries
from crm.employers.queries import EmployerFilter, Order
from crm.employers.records import Municipality
from crm.employers.rules import Segment, TeamRole
from tests.counting import statements
from tests.employers.factories import elsewhere, make_colleague, make_establishment, make_member
from tests.factories import TODAY, World, make_employer, make_person, save


def listed(world: World, role: Role = Role.ADVISER, **wanted: Any) -> list[str]:
    with reading(world.actor(role)) as unit:
        return [row.name for row in queries.list_employers(unit, EmployerFilter(**wanted))]


def counted(world: World, **wanted: Any) -> int:
    with reading(world.actor(Role.ADVISER)) as unit:
        return queries.count_employers(unit, EmployerFilter(**wanted))


@pytest.fixture
def employers(world: World) -> World:
    region, me = key(world.region), key(world.users[Role.ADVISER])
    zundert = save(Municipality(region_id=region, code="GM0879", name="Zundert"))
    make_employer(
        region, "Åsgard Bouw", city="Zundert", municipality_id=zundert.id, segment=Segment.KEY,
        holder_id=me, last_contact_on=date(2026, 9, 1),
    )  # fmt: skip
    make_employer(region, "Zorggroep Ons", holder_id=me, last_contact_on=date(2026, 11, 20))
    make_employer(region, "Beter Bouwen", last_contact_on=date(2025, 1, 1), ceased_on=date(2026, 1, 1))
    return world


def test_names_are_sorted_without_minding_accents(employers: World) -> None:
    assert listed(employers) == ["Åsgard Bouw", "De Linde Groen BV", "Van Dam Logistiek BV", "Zorggroep Ons"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"text": "bouw"}, ["Åsgard Bouw"]),
        ({"segment": Segment.KEY}, ["Åsgard Bouw"]),
        ({"quiet": True}, ["Åsgard Bouw", "De Linde Groen BV", "Van Dam Logistiek BV"]),
        ({"quiet": True, "text": "zorg"}, []),
        ({"ceased": True}, ["Beter Bouwen"]),
        (
            {"order": Order.LONGEST_AGO},
            ["De Linde Groen BV", "Van Dam Logistiek BV", "Åsgard Bouw", "Zorggroep Ons"],
        ),
        (
            {"order": Order.LATEST},
            ["Zorggroep Ons", "Åsgard Bouw", "De Linde Groen BV", "Van Dam Logistiek BV"],
        ),
    ],
)
def test_filters_and_sorting(employers: World, wanted: dict[str, Any], names: list[str]) -> None:
    assert listed(employers, **wanted) == names
    assert counted(employers, **wanted) == len(names)


def test_filters_on_place_and_holder(employers: World) -> None:
    me = key(employers.users[Role.ADVISER])
    with reading(employers.actor(Role.ADVISER)) as unit:
        places = {name: found for found, name in queries.municipalities(unit).items()}
    assert listed(employers, municipality_id=places["Zundert"]) == ["Åsgard Bouw"]
    assert listed(employers, holder_id=me) == ["Åsgard Bouw", "Zorggroep Ons"]


def test_a_line_tells_the_holder_and_whether_it_is_too_quiet(employers: World) -> None:
    with reading(employers.actor(Role.ADVISER)) as unit:
        row, *_rest = queries.list_employers(unit, EmployerFilter())
    assert (row.holder, row.last_contact_on, row.too_quiet) == ("adviser een", date(2026, 9, 1), True)


def test_a_partner_lists_the_employers_shared_with_them(employers: World) -> None:
    assert listed(employers, Role.PARTNER) == ["De Linde Groen BV"]


def test_an_employer_of_another_region_is_not_listed(world: World) -> None:
    hidden = make_employer(key(elsewhere()), "Ver weg BV")
    assert "Ver weg BV" not in listed(world)
    with reading(world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        queries.employer_view(unit, key(hidden))


def test_pages_follow_on_each_other_and_the_count_stops(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.employers.queries.listing.PAGE_SIZE", 2)
    monkeypatch.setattr("crm.employers.queries.listing.MOST_PAGES", 2)
    for number in range(5):
        make_employer(key(world.region), f"Aa {number}")
    with reading(world.actor(Role.ADVISER)) as unit:
        pages = [queries.list_employers(unit, EmployerFilter(), page) for page in (1, 2, 4)]
        assert queries.count_employers(unit, EmployerFilter()) == 5
    assert [[row.name for row in page] for page in pages] == [
        ["Aa 0", "Aa 1"],
        ["Aa 2", "Aa 3"],
        ["Van Dam Logistiek BV"],
    ]


def test_the_page_shows_the_names_around_an_employer(world: World) -> None:
    for name in ("Sam", "Bo"):
        make_member(world.employer_a, make_colleague(world, name), TeamRole.DEPUTY)
    make_member(world.employer_a, make_colleague(world, "Weg"), TeamRole.DEPUTY, until=date(2026, 2, 1))
    with reading(world.actor(Role.ADVISER)) as unit:
        view = queries.employer_view(unit, key(world.employer_a))
    assert set((view.deputies or "").split(", ")) == {"Sam", "Bo"}
    assert view.partners == "Uitzendbureau De Brug"
    assert view.holder is None
    assert view.too_quiet


def test_the_team_lists_those_of_now_first(world: World) -> None:
    adviser, noor = world.actor(Role.ADVISER), make_colleague(world, "Noor")
    make_member(world.employer_a, make_colleague(world, "Vroeger"), TeamRole.DEPUTY, until=date(2026, 2, 1))
    make_member(world.employer_a, make_colleague(world, "Sam"), TeamRole.DEPUTY)
    perform(
        adviser,
        actions.change_holder,
        actions.ChangeHolder(employer_id=key(world.employer_a), version=1, holder_id=key(noor)),
    )
    with reading(adviser) as unit:
        rows = queries.team(unit, key(world.employer_a))
    assert [(row.name, row.team_role, row.until) for row in rows] == [
        ("Noor", TeamRole.HOLDER, None),
        ("Sam", TeamRole.DEPUTY, None),
        ("Vroeger", TeamRole.DEPUTY, date(2026, 2, 1)),
    ]


def test_the_history_holds_the_employer_its_people_places_and_team(world: World) -> None:
    make_person(world.employer_a, "J. de Wit")
    make_establishment(world.employer_a, "000012345678")
    make_person(world.employer_b, "Iemand Anders")
    with reading(world.actor(Role.ADVISER)) as unit:
        changes = queries.employer_history(unit, key(world.employer_a))
    assert [change.object_type for change in changes] == ["establishments", "contact_persons", "employers"]


def test_the_history_can_name_the_colleagues_of_the_team(world: World) -> None:
    make_member(world.employer_a, make_colleague(world, "Noor"), TeamRole.DEPUTY)
    with reading(world.actor(Role.ADVISER)) as unit:
        changes = queries.employer_history(unit, key(world.employer_a))
        assert list(queries.colleagues_named(unit, changes).values()) == ["Noor"]
        assert queries.colleagues_named(unit, []) == {}


def test_a_manager_reads_the_history_and_a_partner_does_not(lite_world: World) -> None:
    employer_id = key(lite_world.employer_a)
    with reading(lite_world.actor(Role.MANAGER)) as unit:
        assert len(queries.employer_history(unit, employer_id)) == 1
    with reading(lite_world.actor(Role.PARTNER)) as unit, pytest.raises(Forbidden):
        queries.employer_history(unit, employer_id)


def test_the_portal_sees_no_people_and_no_team(world: World) -> None:
    make_person(world.employer_a)
    make_member(world.employer_a, make_colleague(world, "Noor"), TeamRole.HOLDER)
    with reading(world.actor(Role.EMPLOYER)) as unit:
        assert queries.people(unit, key(world.employer_a)) == []
        assert queries.team(unit, key(world.employer_a)) == []
        assert queries.employer_view(unit, key(world.employer_a)).deputies is None


def asked(world: World, question: Callable[[Work], object]) -> int:
    with reading(world.actor(Role.ADVISER)) as unit, statements() as sent:
        question(unit)
    return len(sent)


@pytest.mark.parametrize(
    ("question", "most"),
    [
        (lambda unit: queries.find_employers(unit, "werkgever"), 1),
        (lambda unit: queries.list_employers(unit, EmployerFilter(text="werkgever", quiet=True)), 1),
        (lambda unit: queries.count_employers(unit, EmployerFilter()), 1),
        (lambda unit: queries.employer_view(unit, 1), 1),
        (lambda unit: queries.people(unit, 1), 2),
        (lambda unit: queries.team(unit, 1), 1),
        (lambda unit: queries.establishments(unit, 1), 1),
        (lambda unit: queries.employer_history(unit, 1), 2),
    ],
)
def test_a_question_costs_the_same_with_three_and_with_sixty_rows(
    lite_world: World, question: Callable[[Work], object], most: int
) -> None:
    employer = lite_world.employer_a
    assert key(employer) == 1
    fill(lite_world, 3)
    few = asked(lite_world, question)
    fill(lite_world, 60)
    assert asked(lite_world, question) == few == most


def fill(world: World, rows: int) -> None:
    for number in range(rows):
        make_employer(key(world.region), last_contact_on=TODAY)
        make_person(world.employer_a, f"Persoon {number}")


def test_another_employers_history_is_not_found(world: World) -> None:
    hidden = make_employer(key(elsewhere()))
    with reading(world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        queries.employer_history(unit, key(hidden))
