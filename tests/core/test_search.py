"""Finding by what somebody typed, on the index of either database."""

from __future__ import annotations

import pytest

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading, work
from crm.employers.queries import find_employers
from crm.employers.records import Employer
from crm.employers.rules import search_key
from tests.counting import statements
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer


def names(world: World, text: str, role: Role = Role.ADVISER, limit: int = 20) -> list[str]:
    with reading(world.actor(role)) as unit:
        return [found.name for found in find_employers(unit, text, limit)]


@pytest.fixture
def employers(world: World) -> World:
    region = key(world.region)
    make_employer(region, "Café Ödön", city="Zundert", kvk_number="12340001")
    make_employer(region, "Bakkerij Zundert", city="Rucphen", kvk_number="12340002")
    make_employer(region, "De Gouden Aar 100%", city="Etten-Leur", kvk_number="12340003")
    return world


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cafe odon", ["Café Ödön"]),
        ("ÖDÖN", ["Café Ödön"]),
        ("zundert", ["Bakkerij Zundert", "Café Ödön"]),
        ("zundert caf", ["Café Ödön"]),
        ("12340003", ["De Gouden Aar 100%"]),
        ("340003", ["De Gouden Aar 100%"]),
        ("de gou", ["De Gouden Aar 100%"]),
        ("et gouden", ["De Gouden Aar 100%"]),
        ("00%", ["De Gouden Aar 100%"]),
        ("gouden %", ["De Gouden Aar 100%"]),
        ("gouden _", []),
        ('gouden" OR "cafe', []),
        ("'; --", []),
        ("nergens", []),
    ],
)
def test_every_word_counts_wherever_it_stands(employers: World, text: str, found: list[str]) -> None:
    assert names(employers, text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("c", ["Café Ödön"]), ("ba", ["Bakkerij Zundert"]), ("un", []), ("%", []), ("_", [])]
)
def test_one_or_two_letters_find_by_the_beginning(employers: World, text: str, found: list[str]) -> None:
    assert names(employers, text) == found


def test_what_starts_with_the_text_comes_first(employers: World) -> None:
    make_employer(key(employers.region), "Zundertse Bloemen", city="Moerdijk")
    assert names(employers, "zundert")[0] == "Zundertse Bloemen"


def test_without_text_the_first_by_name_up_to_the_limit(employers: World) -> None:
    assert names(employers, "  ", limit=2) == ["Bakkerij Zundert", "Café Ödön"]


def test_an_employer_that_ceased_is_not_offered(employers: World) -> None:
    from datetime import date

    make_employer(key(employers.region), "Cafetaria Vroeger", ceased_on=date(2025, 1, 1))
    assert names(employers, "cafetaria") == []


def test_a_changed_name_is_found_and_the_old_one_is_not(employers: World) -> None:
    with work(system("test")) as unit:
        employer = unit.get(Employer, key(employers.employer_a))
        employer.name = "Wilgenhof"
        employer.search_key = search_key("Wilgenhof", employer.city, employer.kvk_number)
        unit.commit()
    assert names(employers, "wilgen") == ["Wilgenhof"]
    assert names(employers, "linde groen") == []


def test_nobody_finds_what_they_may_not_see(employers: World) -> None:
    make_employer(key(elsewhere()), "Café Ver Weg")
    assert names(employers, "cafe") == ["Café Ödön"]
    assert names(employers, "van dam", Role.PARTNER) == []
    assert names(employers, "linde", Role.PARTNER) == ["De Linde Groen BV"]
    assert names(employers, "va", Role.EMPLOYER) == []


def test_searching_uses_the_index_and_not_the_whole_table(employers: World) -> None:
    with reading(employers.actor(Role.ADVISER)) as unit, statements() as sent:
        find_employers(unit, "zundert")
        connection = unit.session.connection()
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + sent[-1], ("x",) * sent[-1].count("?"))
            expected = "employer_search VIRTUAL TABLE INDEX"
        else:
            for way in ("seqscan", "indexscan"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
            plan = connection.exec_driver_sql(
                "EXPLAIN SELECT id FROM employers WHERE id IN "
                "(SELECT id FROM employer_search WHERE search_key LIKE '%%zundert%%')"
            )
            expected = "Bitmap Index Scan on employer_search_trigram"
        assert expected in "\n".join(row[-1] for row in plan)
