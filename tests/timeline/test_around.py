"""What the top of an employer's page tells: needs, ties, who is at work, and what comes next."""

from __future__ import annotations

from datetime import timedelta

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.needs.records import Need
from crm.needs.rules import NeedKind, NeedUrgency, Outcome, Phase
from crm.timeline.queries import Around, around
from tests.counting import statements
from tests.factories import TODAY, World, make_employer, save
from tests.network.factories import make_member, make_tie
from tests.placements.factories import make_placement
from tests.visits.factories import make_follow_up


def need(world: World, **values: object) -> Need:
    adviser = key(world.users[Role.ADVISER])
    given = {
        "kind": NeedKind.TRAINING,
        "what": "Heftruckcursus",
        "urgency": NeedUrgency.NORMAL,
        "phase": Phase.WEIGHING,
        "owner_id": adviser,
        "raised_by_id": adviser,
        "raised_on": TODAY,
        "react_by": TODAY,
        **values,
    }
    return save(Need(region_id=key(world.region), employer_id=key(world.employer_a), **given))


def seen(world: World) -> Around:
    with reading(world.actor(Role.ADVISER)) as work:
        return around(work, key(world.employer_a))


def test_an_employer_where_nothing_goes_on(lite_world: World) -> None:
    assert seen(lite_world) == Around(0, 0, 0, False, 0, 0, None, None)


def test_everything_around_an_employer_is_counted_in_one_question(world: World) -> None:
    ours, adviser = world.employer_a, world.users[Role.ADVISER]
    need(world)
    need(world, react_by=TODAY - timedelta(days=1))
    need(world, react_by=TODAY - timedelta(days=1), reacted_on=TODAY, reacted_by_id=key(adviser))
    need(world, closed_on=TODAY, outcome=Outcome.MET)
    make_tie(ours, world.employer_b)
    make_tie(make_employer(key(world.region)), ours)
    make_member(ours)
    make_placement(ours, adviser, started_on=TODAY)
    make_placement(ours, adviser, started_on=TODAY + timedelta(days=1))
    make_placement(ours, adviser, started_on=TODAY - timedelta(days=9), ended_on=TODAY - timedelta(days=1))
    make_follow_up(ours, adviser, TODAY - timedelta(days=9), done_on=TODAY)
    make_follow_up(ours, adviser, TODAY + timedelta(days=4), what="Later")
    make_follow_up(ours, adviser, TODAY + timedelta(days=2), what="Eerst")
    make_follow_up(world.employer_b, adviser, TODAY, what="Elders")
    assert seen(world) == Around(3, 1, 2, True, 1, 1, TODAY + timedelta(days=2), "Eerst")
    with reading(world.actor(Role.ADVISER)) as work, statements() as sent:
        around(work, key(ours))
    assert len(sent) == 1
