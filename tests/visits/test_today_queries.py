"""What a day looks like: mine, in the right order, and no further than my region."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm.accounts.records import Region
from crm.core import clock
from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import reading
from crm.employers.rules import CONTACT_EVERY, Segment
from crm.visits import queries
from crm.visits.rules import MomentKind
from tests.factories import TODAY, World, make_employer, make_person, make_user, save
from tests.visits.factories import make_follow_up, make_moment

WEEK = timedelta(days=7)


def test_my_list_holds_what_is_open_up_to_a_week_ahead(world: World) -> None:
    me, colleague = world.users[Role.ADVISER], world.users[Role.ACCOUNT_MANAGER]
    make_follow_up(world.employer_a, me, TODAY + WEEK, what="Over een week")
    make_follow_up(world.employer_b, me, TODAY - timedelta(days=40), what="Te laat")
    make_follow_up(world.employer_a, me, TODAY, what="Vandaag")
    make_follow_up(world.employer_a, me, TODAY + WEEK + timedelta(days=1), what="Te ver weg")
    make_follow_up(world.employer_a, me, TODAY, what="Gedaan", done_on=TODAY)
    make_follow_up(world.employer_a, colleague, TODAY, what="Van een collega")
    with reading(world.actor(Role.ADVISER)) as work:
        rows = queries.follow_ups_of(work, key(me), TODAY)
    assert [(row.what, row.employer) for row in rows] == [
        ("Te laat", "Van Dam Logistiek BV"),
        ("Vandaag", "De Linde Groen BV"),
        ("Over een week", "De Linde Groen BV"),
    ]


@pytest.mark.parametrize("segment", list(Segment))
def test_too_quiet_is_longer_ago_than_the_segment_asks(world: World, segment: Segment) -> None:
    me, region = key(world.users[Role.ACCOUNT_MANAGER]), key(world.region)
    every = CONTACT_EVERY[segment]
    late, just = TODAY - every - timedelta(days=1), TODAY - every
    values = {"segment": segment, "holder_id": me}
    make_employer(region, "Te stil", last_contact_on=late, **values)
    make_employer(region, "Net op tijd", last_contact_on=just, **values)
    with reading(world.actor(Role.ACCOUNT_MANAGER)) as work:
        held = queries.portfolio(work, me, TODAY)
    assert (held.employers, held.too_quiet) == (2, 1)
    assert [row.name for row in held.quiet] == ["Te stil"]


def test_never_spoken_with_comes_after_the_longest_quiet(world: World) -> None:
    me, region = key(world.users[Role.ACCOUNT_MANAGER]), key(world.region)
    make_employer(region, "Nooit", holder_id=me)
    make_employer(region, "Lang", holder_id=me, last_contact_on=date(2025, 6, 1))
    make_employer(region, "Langer", holder_id=me, last_contact_on=date(2024, 6, 1))
    make_employer(region, "Gestopt", holder_id=me, ceased_on=date(2026, 1, 1))
    make_employer(region, "Van een ander", holder_id=key(world.users[Role.ADVISER]))
    make_employer(key(save(Region(code="AM01", name="Elders"))), "Elders", holder_id=me)
    with reading(world.actor(Role.ACCOUNT_MANAGER)) as work:
        held = queries.portfolio(work, me, TODAY)
        first = queries.portfolio(work, me, TODAY, limit=1)
    assert (held.employers, held.too_quiet) == (3, 3)
    assert [row.name for row in held.quiet] == ["Langer", "Lang", "Nooit"]
    assert (first.too_quiet, [row.name for row in first.quiet]) == (3, ["Langer"])


def test_nobody_holds_nothing(world: World) -> None:
    with reading(world.actor(Role.ADVISER)) as work:
        assert queries.portfolio(work, key(world.users[Role.ADVISER]), TODAY) == queries.Portfolio()


def test_news_is_what_colleagues_logged_at_my_employers_lately(world: World) -> None:
    me, colleague = world.users[Role.ACCOUNT_MANAGER], world.users[Role.ADVISER]
    mine = make_employer(key(world.region), "Van mij", holder_id=key(me))
    now = clock.now()
    make_moment(mine, colleague, summary="Ouder", created_at=now - timedelta(days=2))
    make_moment(mine, colleague, summary="Nieuw", kind=MomentKind.CALL)
    make_moment(mine, colleague, summary="Te oud", created_at=now - timedelta(days=8))
    make_moment(mine, me, summary="Van mijzelf")
    make_moment(world.employer_b, colleague, summary="Elders")
    with reading(world.actor(Role.ACCOUNT_MANAGER)) as work:
        news = queries.moments_at_accounts(work, key(me), now - WEEK)
        everywhere = queries.recent_moments(work, now - WEEK)
    assert [(row.summary, row.author, row.employer) for row in news] == [
        ("Nieuw", "adviser een", "Van mij"),
        ("Ouder", "adviser een", "Van mij"),
    ]
    assert {row.summary for row in everywhere} == {"Ouder", "Nieuw", "Van mijzelf", "Elders"}


def test_the_form_knows_the_holder_and_the_last_contact(world: World) -> None:
    sam = make_user(Role.ACCOUNT_MANAGER, "Sam")
    employer = make_employer(key(world.region), "De Linde Zorg", holder_id=key(sam))
    make_moment(employer, sam, date(2026, 11, 2), summary="Het rooster")
    make_moment(employer, sam, date(2026, 10, 2), summary="Eerder")
    with reading(world.actor(Role.ADVISER)) as work:
        start = queries.visit_start(work, key(employer))
    assert (start.name, start.holder_id, start.holder) == ("De Linde Zorg", key(sam), "Sam")
    assert start.last_contact == queries.LastContact(
        date(2026, 11, 2), MomentKind.VISIT, "Sam", "Het rooster"
    )


def test_the_form_opens_on_an_employer_nobody_spoke_with(world: World) -> None:
    with reading(world.actor(Role.ADVISER)) as work:
        start = queries.visit_start(work, key(world.employer_a))
    assert (start.holder, start.last_contact) == (None, None)


def test_the_form_does_not_open_elsewhere(world: World) -> None:
    elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))))
    with reading(world.actor(Role.ADVISER)) as work, pytest.raises(NotFound):
        queries.visit_start(work, key(elsewhere))


def test_people_who_left_are_not_offered(world: World) -> None:
    here = make_person(world.employer_a, "J. de Wit")
    make_person(world.employer_a, "Vertrokken", active=False)
    make_person(world.employer_b, "Elders")
    with reading(world.actor(Role.ADVISER)) as work:
        assert queries.people_at(work, key(world.employer_a)) == {key(here): "J. de Wit"}


def test_recent_employers_are_mine_newest_first_and_once(world: World) -> None:
    me, colleague = world.users[Role.ADVISER], world.users[Role.ACCOUNT_MANAGER]
    gone = make_employer(key(world.region), "Gestopt", ceased_on=TODAY)
    other = make_employer(key(world.region), "Van een collega")
    for employer, author, days in [
        (world.employer_a, me, 9),
        (world.employer_b, me, 5),
        (world.employer_a, me, 1),
        (gone, me, 0),
        (other, colleague, 0),
    ]:
        make_moment(employer, author, TODAY - timedelta(days=days))
    with reading(world.actor(Role.ADVISER)) as work:
        found = queries.recent_employers(work, key(me))
    assert [one.name for one in found] == ["De Linde Groen BV", "Van Dam Logistiek BV"]


def test_only_the_author_opens_a_moment_for_a_change(world: World) -> None:
    moment = make_moment(world.employer_a, world.users[Role.ADVISER], summary="Van mij")
    with reading(world.actor(Role.ADVISER)) as work:
        assert queries.moment_form(work, key(moment)).summary == "Van mij"
    with reading(world.actor(Role.ACCOUNT_MANAGER)) as work, pytest.raises(NotFound):
        queries.moment_form(work, key(moment))
