"""The timeline of an employer: newest first, complete, and no slower for being long."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import event

from crm.core.access import Actor, Role
from crm.core.database import engine
from crm.core.records import key
from crm.core.work import reading
from crm.visits import queries
from tests.factories import TODAY, World, make_person
from tests.visits.factories import make_follow_up, make_moment


def count_queries(actor: Actor, employer_id: int) -> int:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    with reading(actor) as work:
        queries.timeline(work, employer_id, limit=500)
    event.remove(engine(), "before_cursor_execute", note)
    return len([one for one in statements if one.startswith("SELECT") and "set_config" not in one])


def test_it_tells_who_spoke_with_whom_and_what_comes_next(world: World) -> None:
    author = world.users[Role.ACCOUNT_MANAGER]
    people = (make_person(world.employer_a, "P. van Loon"), make_person(world.employer_a, "J. de Wit"))
    moment = make_moment(world.employer_a, author, people=people)
    make_follow_up(world.employer_a, world.users[Role.ADVISER], TODAY, moment_id=key(moment), what="Bellen")
    with reading(world.actor(Role.MANAGER)) as work:
        (row,) = queries.timeline(work, key(world.employer_a))
    assert row.author == "account_manager een"
    assert row.people == ("J. de Wit", "P. van Loon")
    assert [(step.what, step.owner, step.due_on) for step in row.next_steps] == [
        ("Bellen", "adviser een", TODAY)
    ]


def test_it_reads_on_from_the_last_one_shown(world: World) -> None:
    author = world.users[Role.ADVISER]
    days = [TODAY - timedelta(days=days) for days in (3, 1, 1, 2)]
    made = [key(make_moment(world.employer_a, author, held_on)) for held_on in days]
    make_moment(world.employer_b, author)
    with reading(world.actor(Role.ADVISER)) as work:
        first = queries.timeline(work, key(world.employer_a), limit=2)
        rest = queries.timeline(work, key(world.employer_a), limit=2, before=first[-1].place)
    assert [row.id for row in first] == [made[2], made[1]]
    assert [row.id for row in rest] == [made[3], made[0]]


def test_a_portal_user_sees_no_timeline(world: World) -> None:
    make_moment(world.employer_a, world.users[Role.ADVISER])
    with reading(world.actor(Role.EMPLOYER)) as work:
        assert queries.timeline(work, key(world.employer_a)) == []


def test_three_hundred_moments_take_as_many_queries_as_three(lite_world: World) -> None:
    author, actor = lite_world.users[Role.ADVISER], lite_world.actor(Role.ADVISER)
    for _ in range(3):
        make_moment(lite_world.employer_a, author)
    for _ in range(300):
        make_moment(lite_world.employer_b, author)
    few = count_queries(actor, key(lite_world.employer_a))
    assert few == count_queries(actor, key(lite_world.employer_b)) == 3
