"""Who knows whom: colleagues and contact persons who spoke, and are both still there."""

from __future__ import annotations

from datetime import date

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import Work, reading, work
from crm.visits.queries.acquaintances import acquaintances
from tests.counting import statements
from tests.employers.factories import elsewhere, make_colleague
from tests.factories import TODAY, World, make_employer, make_person
from tests.visits.factories import make_moment

SINCE = date(2024, 11, 24)


def known(unit: Work, *employer_ids: int) -> list[tuple[str, str, date]]:
    return [(row.user, row.person, row.last_spoken_on) for row in acquaintances(unit, employer_ids, SINCE)]


def test_the_last_conversation_of_each_pair_counts(world: World) -> None:
    noor, sam = make_colleague(world, "Noor"), make_colleague(world, "Sam")
    wit, loon = make_person(world.employer_a, "J. de Wit"), make_person(world.employer_a, "P. van Loon")
    make_moment(world.employer_a, noor, date(2026, 1, 1), (wit,))
    make_moment(world.employer_a, noor, date(2026, 5, 1), (wit, loon))
    make_moment(world.employer_a, sam, date(2025, 2, 1), (wit,))
    with reading(world.actor(Role.ADVISER)) as unit:
        assert known(unit, key(world.employer_a), key(world.employer_b)) == [
            ("Noor", "J. de Wit", date(2026, 5, 1)),
            ("Noor", "P. van Loon", date(2026, 5, 1)),
            ("Sam", "J. de Wit", date(2025, 2, 1)),
        ]


def test_a_talk_too_long_ago_and_people_who_left_do_not_count(world: World) -> None:
    noor, gone = make_colleague(world, "Noor"), make_colleague(world, "Weg")
    wit = make_person(world.employer_a)
    left = make_person(world.employer_a, "K. Vroeger", active=False)
    make_moment(world.employer_a, noor, date(2024, 11, 23), (wit,))
    make_moment(world.employer_a, noor, TODAY, (left,))
    make_moment(world.employer_a, gone, TODAY, (wit,))
    with work(system("test")) as unit:
        unit.get(type(gone), key(gone)).active = False
        unit.commit()
    with reading(world.actor(Role.ADVISER)) as unit:
        assert known(unit, key(world.employer_a)) == []


def test_nobody_reads_it_beyond_their_own_view(world: World) -> None:
    hidden = make_employer(key(elsewhere()))
    noor = make_colleague(world, "Noor")
    make_moment(hidden, noor, TODAY, (make_person(hidden),))
    make_moment(world.employer_a, noor, TODAY, (make_person(world.employer_a),))
    with reading(world.actor(Role.ADVISER)) as unit:
        assert known(unit, key(hidden)) == []
    with reading(world.actor(Role.EMPLOYER)) as unit:
        assert known(unit, key(world.employer_a)) == []


def test_one_query_that_starts_at_the_employers_however_large_the_region(lite_world: World) -> None:
    with reading(lite_world.actor(Role.ADVISER)) as unit, statements() as sent:
        known(unit, 1, 2)
        connection = unit.session.connection()
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id FROM attendances WHERE employer_id IN (1, 2) AND region_id = 1"
        )
        steps = [row[-1] for row in plan]
    assert len(sent) == 1
    assert steps == ["SEARCH attendances USING INDEX ix_attendances_employer_id (employer_id=?)"]
