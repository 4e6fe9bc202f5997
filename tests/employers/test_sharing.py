"""Sharing an employer with a partner organisation: it sees it, until it is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.accounts.actions import AddPartner, add_partner
from crm.accounts.queries import partners
from crm.accounts.records import UserRegion
from crm.core import clock
from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers import actions, queries
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer, make_user, save


def school(world: World) -> int:
    return perform(world.actor(Role.ADMIN), add_partner, AddPartner(name="Praktijkschool De Brug"))


def seen_by(world: World, partner_id: int) -> list[str]:
    user = make_user(Role.PARTNER, "Mees", partner_id=partner_id)
    save(UserRegion(user_id=key(user), region_id=key(world.region)))
    with reading(world.actor_for(user)) as unit:
        return [row.name for row in queries.list_employers(unit, queries.EmployerFilter())]


def test_a_partner_sees_what_is_shared_until_it_is_taken_back(world: World) -> None:
    adviser, partner_id, employer_id = world.actor(Role.ADVISER), school(world), key(world.employer_a)
    shared = actions.ShareEmployer(employer_id=employer_id, partner_id=partner_id)
    perform(adviser, actions.share_employer, shared)
    perform(adviser, actions.share_employer, shared)
    with reading(adviser) as unit:
        assert queries.partners_of(unit, employer_id)[partner_id] == "Praktijkschool De Brug"
    assert seen_by(world, partner_id) == [world.employer_a.name]
    stopped = actions.StopSharing(employer_id=employer_id, partner_id=partner_id)
    perform(adviser, actions.stop_sharing, stopped)
    perform(adviser, actions.stop_sharing, stopped)
    with reading(adviser) as unit:
        assert partner_id not in queries.partners_of(unit, employer_id)
    assert seen_by(world, partner_id) == []


def test_from_when_until_when_a_partner_saw_it_is_kept(world: World) -> None:
    adviser, employer_id = world.actor(Role.ADVISER), key(world.employer_b)
    partner_id, began = school(world), clock.now()
    share = actions.ShareEmployer(employer_id=employer_id, partner_id=partner_id)
    perform(adviser, actions.share_employer, share)
    perform(
        adviser,
        actions.share_employer,
        actions.ShareEmployer(employer_id=key(world.employer_a), partner_id=partner_id),
    )
    with clock.frozen_at(began + timedelta(days=30)):
        stop = actions.StopSharing(employer_id=employer_id, partner_id=partner_id)
        perform(adviser, actions.stop_sharing, stop)
    with clock.frozen_at(began + timedelta(days=60)):
        perform(adviser, actions.share_employer, share)
    with reading(adviser) as unit:
        found = queries.sharing_of(unit, employer_id)
    assert [(one.partner, one.since, one.until) for one in found] == [
        ("Praktijkschool De Brug", began + timedelta(days=60), None),
        ("Praktijkschool De Brug", began, began + timedelta(days=30)),
    ]


def test_nobody_reads_with_whom_the_employers_of_others_are_shared(lite_world: World) -> None:
    foreign = make_employer(key(elsewhere()), "Ver Weg")
    with reading(lite_world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        queries.sharing_of(unit, key(foreign))


def test_what_is_not_yours_cannot_be_shared(world: World) -> None:
    partner_id = school(world)
    foreign = make_employer(key(elsewhere()), "Ver Weg")
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER),
            actions.share_employer,
            actions.ShareEmployer(employer_id=key(foreign), partner_id=partner_id),
        )


def test_a_partner_that_is_not_there_is_not_found(lite_world: World) -> None:
    with pytest.raises(NotFound):
        perform(
            lite_world.actor(Role.ADVISER),
            actions.share_employer,
            actions.ShareEmployer(employer_id=key(lite_world.employer_a), partner_id=99),
        )


def test_a_name_is_used_once(world: World) -> None:
    partner_id = school(world)
    with pytest.raises(Invalid, match="already"):
        school(world)
    with reading(world.actor(Role.ADMIN)) as unit:
        assert partners(unit)[partner_id] == "Praktijkschool De Brug"
