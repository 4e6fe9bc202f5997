"""Finding anything by what somebody types, as far as they may see it."""

from __future__ import annotations

import pytest

from crm.core import clock
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading, work
from crm.employers.records import ContactPerson
from crm.employers.records_structure import ArchivedEmployer
from crm.finding.queries import find_everything
from crm.finding.rules import Kind
from tests.candidates.factories import make_candidate
from tests.counting import MOST_ON_A_PAGE, statements
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer, make_person, save
from tests.jobcarving.factories import make_case
from tests.needs.factories import make_need
from tests.network.factories import make_party
from tests.placements.factories import make_placement
from tests.sroi.factories import make_contract


def found(world: World, text: str, role: Role = Role.ADVISER) -> dict[Kind, list[str]]:
    with reading(world.actor(role)) as unit:
        return {kind: [row.name for row in rows] for kind, rows in find_everything(unit, text).items()}


def fill(world: World) -> World:
    """Put one of everything that holds the word `Zonnebloem` at employer A."""
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    make_employer(key(world.region), "Zonnebloem Zorg", city="Breda")
    make_person(ours, "Ängela Zonnebloem", job_title="Hoofd")
    make_case(ours, adviser, department="Afdeling Zonnebloem")
    make_need(ours, adviser, what="Hulp bij zonnebloemen plukken")
    make_party(key(world.region), "Buurthuis De Zonnebloem")
    candidate = make_candidate(key(world.region), reference="K-4711")
    make_placement(ours, adviser, candidate, job_title="Zonnebloemenkweker")
    make_contract(world, title="Onderhoud Zonnebloemstraat")
    return world


EVERYWHERE = {
    Kind.EMPLOYER: ["Zonnebloem Zorg"],
    Kind.PERSON: ["Ängela Zonnebloem"],
    Kind.CONTRACT: ["Onderhoud Zonnebloemstraat"],
    Kind.CASE: ["Afdeling Zonnebloem"],
    Kind.PLACEMENT: ["Zonnebloemenkweker"],
    Kind.PARTY: ["Buurthuis De Zonnebloem"],
    Kind.NEED: ["Hulp bij zonnebloemen plukken"],
}


def test_one_word_finds_everything_that_holds_it_also_half_or_wrongly_typed(world: World) -> None:
    fill(world)
    for typed in ("zonnebloem", "ZONNEB", "zonebloem", "zonneblome", "sonnebloem"):
        assert found(world, typed) == EVERYWHERE, typed
    assert found(world, "angela zonebloem") == {Kind.PERSON: ["Ängela Zonnebloem"]}
    assert found(world, "bloem breda zon") == {Kind.EMPLOYER: ["Zonnebloem Zorg"]}
    assert found(world, "4711") == {Kind.CANDIDATE: ["K-4711"]}
    for nothing in ("", "zo", "tulp", "zonnebloem tulp", "' OR \"", "%%%", "*** NEAR"):
        assert found(world, nothing) == {}, nothing


def test_everybody_finds_only_what_they_may_see(lite_world: World) -> None:
    fill(lite_world)
    make_employer(key(elsewhere()), "Zonnebloem Ver Weg")
    assert found(lite_world, "zonnebloem") == EVERYWHERE
    assert found(lite_world, "4711", Role.MANAGER) == {}
    partner = found(lite_world, "zonnebloem", Role.PARTNER)
    assert set(partner) == {Kind.CASE, Kind.PLACEMENT}
    assert found(lite_world, "zonnebloem", Role.ADMIN) == {}
    assert found(lite_world, "zonnebloem", Role.EMPLOYER) == {}


def test_who_left_and_what_was_put_away_stand_in_the_file_alone(lite_world: World) -> None:
    fill(lite_world)
    gone = make_person(lite_world.employer_a, "Zonnebloem Vroeger")
    away = make_employer(key(lite_world.region), "Zonnebloem Oud")
    make_person(away, "Zonnebloem Weg")
    with work(system("test")) as unit:
        unit.get(ContactPerson, key(gone)).active = False
        unit.commit()
    save(_archived(away.region_id, key(away), key(lite_world.users[Role.ADVISER])))
    assert found(lite_world, "zonnebloem") == EVERYWHERE


def test_the_index_follows_what_changes_and_goes(world: World) -> None:
    person = make_person(world.employer_a, "Petronella Zwaluw")
    assert found(world, "zwaluw") == {Kind.PERSON: ["Petronella Zwaluw"]}
    with work(system("test")) as unit:
        unit.get(ContactPerson, key(person)).name = "Petronella Merel"
        unit.commit()
    assert found(world, "zwaluw") == {}
    assert found(world, "merel") == {Kind.PERSON: ["Petronella Merel"]}
    with work(system("test")) as unit:
        unit.session.delete(unit.get(ContactPerson, key(person)))
        unit.commit()
    assert found(world, "merel") == {}


def test_what_begins_with_the_text_comes_first(lite_world: World) -> None:
    for name in ("Bouw en Zwaluw", "Zwaluw", "Zwaluwhof"):
        make_employer(key(lite_world.region), name, city=None)
    assert found(lite_world, "zwaluw") == {Kind.EMPLOYER: ["Zwaluw", "Zwaluwhof", "Bouw en Zwaluw"]}


@pytest.mark.parametrize("typed", ["zonnebloem", "zonebloem"])
def test_finding_asks_no_more_than_a_page_may(lite_world: World, typed: str) -> None:
    fill(lite_world)
    with statements() as asked:
        found(lite_world, typed)
    assert len(asked) < MOST_ON_A_PAGE - 1


def _archived(region_id: int, employer_id: int, by: int) -> ArchivedEmployer:
    return ArchivedEmployer(
        region_id=region_id,
        employer_id=employer_id,
        reason="dubbel",
        archived_at=clock.now(),
        archived_by_id=by,
    )


def test_the_index_is_asked_and_not_every_line_of_it(world: World) -> None:
    fill(world)
    with reading(world.actor(Role.ADVISER)) as unit, statements() as sent:
        find_everything(unit, "zonebloem")
        connection = unit.session.connection()
        if connection.dialect.name == "sqlite":
            asked = next(statement for statement in sent if "MATCH" in statement)
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + asked, ("xxx",) * asked.count("?"))
            expected = "everything_search VIRTUAL TABLE INDEX"
        else:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = connection.exec_driver_sql(
                "EXPLAIN SELECT record_id FROM everything_search WHERE words LIKE '%%zonn%%'"
            )
            expected = "Bitmap Index Scan on everything_search_trigram"
        assert expected in "\n".join(row[-1] for row in plan)
