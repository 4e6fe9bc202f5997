"""How an employer is built up: mothers and daughters, activities by SBI code, municipality and region."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.actions import structure as actions
from crm.employers.queries.structure import Whereabouts, activities, family, whereabouts
from crm.employers.records import Employer
from crm.employers.rules import SbiEdition
from crm.employers.sectors import find_sbi_codes, sbi_codes, sbi_name
from tests.counting import statements
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer

OLD, NEW = SbiEdition.SBI_2008, SbiEdition.SBI_2025


def under(world: World, daughter: Employer, mother: Employer) -> None:
    command = actions.SetMother(employer_id=key(daughter), mother_id=key(mother))
    perform(world.actor(Role.ADVISER), actions.set_mother, command)


def tree(world: World, employer: Employer, role: Role = Role.ADVISER) -> list[tuple[str, int]]:
    with reading(world.actor(role)) as unit:
        return [(row.name, row.depth) for row in family(unit, key(employer))]


def test_a_concern_is_read_from_the_top_whoever_of_it_one_looks_at(world: World) -> None:
    top, left, right, leaf = (
        make_employer(key(world.region), name) for name in ("Holding", "Links", "Rechts", "Blad")
    )
    for daughter, mother in ((left, top), (right, top), (leaf, left)):
        under(world, daughter, mother)
    whole = [("Holding", 0), ("Links", 1), ("Blad", 2), ("Rechts", 1)]
    assert [tree(world, one) for one in (top, leaf, right)] == [whole] * 3
    perform(world.actor(Role.ADVISER), actions.remove_mother, actions.RemoveMother(employer_id=key(left)))
    assert tree(world, leaf) == [("Links", 0), ("Blad", 1)]
    assert tree(world, top) == [("Holding", 0), ("Rechts", 1)]


def test_a_company_has_one_mother_and_never_stands_under_itself(lite_world: World) -> None:
    top, middle, low = (make_employer(key(lite_world.region), name) for name in ("A", "B", "C"))
    under(lite_world, middle, top)
    under(lite_world, low, middle)
    for mother in (low, middle, top):
        with pytest.raises(Invalid):
            under(lite_world, top, mother)
    under(lite_world, low, top)
    assert tree(lite_world, top) == [("A", 0), ("B", 1), ("C", 1)]


def test_an_employer_alone_has_no_concern(lite_world: World) -> None:
    assert tree(lite_world, lite_world.employer_a) == []


def test_a_company_out_of_sight_is_not_told(lite_world: World) -> None:
    far = make_employer(key(elsewhere()), "Geheim BV")
    with pytest.raises(NotFound):
        under(lite_world, lite_world.employer_a, far)
    under(lite_world, lite_world.employer_a, lite_world.employer_b)
    assert tree(lite_world, lite_world.employer_a, Role.PARTNER) == []


def test_a_concern_costs_two_questions(lite_world: World) -> None:
    for _ in range(5):
        under(lite_world, make_employer(key(lite_world.region)), lite_world.employer_a)
    with reading(lite_world.actor(Role.ADVISER)) as unit, statements() as sent:
        assert len(family(unit, key(lite_world.employer_a))) == 6
    assert len(sent) == 2


@pytest.mark.parametrize(
    ("text", "edition", "codes"),
    [
        ("schoonmaak", OLD, ["812"]),
        ("812", OLD, ["812"]),
        ("81.21", OLD, ["8121", "812", "81"]),
        ("verplegING", OLD, ["87"]),
        ("cafes", OLD, ["563"]),
        ("gezondheidszorg", NEW, ["86"]),
        ("45", OLD, ["45", "451", "452", "453", "454"]),
        ("45", NEW, []),
        ("", OLD, []),
    ],
)
def test_a_code_is_found_by_digits_or_words(text: str, edition: SbiEdition, codes: list[str]) -> None:
    found = [one.code for one in find_sbi_codes(text, edition)]
    assert found[: len(codes)] == codes
    if not codes:
        assert found == []


def test_the_list_hangs_together() -> None:
    for edition in SbiEdition:
        codes = {one.code for one in sbi_codes() if one.edition is edition}
        assert {code[:2] for code in codes if code.isdigit()} <= codes
    assert len(sbi_codes()) == len({(one.edition, one.code) for one in sbi_codes()})


def test_a_longer_code_is_named_after_the_nearest_the_list_knows() -> None:
    assert sbi_name(OLD, "87102") == "Verpleeghuizen"
    assert sbi_name(NEW, "8710") == "Verpleging, verzorging en begeleiding met overnachting"
    assert sbi_name(OLD, "07") is None


def test_activities_are_added_once_and_taken_away(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    given = {"employer_id": key(world.employer_a), "edition": NEW, "code": "86"}
    made = perform(adviser, actions.add_activity, actions.AddActivity(**given))
    perform(adviser, actions.add_activity, actions.AddActivity(**given | {"edition": OLD, "code": "8121"}))
    with pytest.raises(Invalid):
        perform(adviser, actions.add_activity, actions.AddActivity(**given))
    with pytest.raises(Invalid):
        perform(adviser, actions.add_activity, actions.AddActivity(**given | {"code": "45"}))
    perform(adviser, actions.remove_activity, actions.RemoveActivity(activity_id=made))
    with reading(adviser) as unit:
        assert [(one.edition, one.code) for one in activities(unit, key(world.employer_a))] == [(OLD, "8121")]


def test_an_employer_has_a_cbs_municipality_and_a_labour_market_region(lite_world: World) -> None:
    here = make_employer(key(lite_world.region), municipality_id=key(lite_world.municipality))
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert whereabouts(unit, key(here)) == Whereabouts(
            "Roosendaal", "GM1674", "Hart van West-Brabant", "AM99"
        )
