"""Registering candidates, and every look at a profile in the audit log."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from crm.accounts.records import Region
from crm.candidates.actions import (
    EditCandidate,
    RegisterCandidate,
    ViewCandidate,
    edit_candidate,
    register_candidate,
    view_candidate,
)
from crm.candidates.queries import find_candidates
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from tests.candidates.factories import make_candidate
from tests.factories import TODAY, World, save

JOBS = TargetGroup.JOBS_AGREEMENT


def register(world: World, role: Role = Role.ADVISER, **values: object) -> int:
    command = RegisterCandidate(**{"region_id": key(world.region), "group": JOBS, **values})
    return perform(world.actor(role), register_candidate, command)


def test_a_candidate_gets_a_reference_that_no_other_has(world: World) -> None:
    first, second = register(world), register(world)
    with reading(world.actor(Role.ADVISER)) as work:
        found = {one.id: one.reference for one in find_candidates(work)}
    assert found == {first: f"K-{2000 + first}", second: f"K-{2000 + second}"}


def test_a_candidate_is_registered_in_ones_own_region(world: World) -> None:
    elsewhere = save(Region(code="AM01", name="Elders"))
    with pytest.raises(NotFound):
        register(world, region_id=key(elsewhere))


@pytest.mark.parametrize("role", [Role.ACCOUNT_MANAGER, Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER])
def test_only_advisers_register_candidates(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        register(lite_world, role)


@pytest.mark.parametrize("profile", ["BSN 111222333", "bel 06 12345678", "jan@voorbeeld.nl"])
def test_a_profile_says_nothing_of_who_somebody_is(lite_world: World, profile: str) -> None:
    with pytest.raises(Invalid) as caught:
        register(lite_world, profile=profile)
    assert caught.value.field == "profile"


def test_looking_at_a_profile_is_in_the_audit_log(world: World) -> None:
    candidate_id = register(world, available_hours=Decimal("28.5"), profile="Heftruck, rijbewijs B")
    viewed = perform(
        world.actor(Role.ACCOUNT_MANAGER), view_candidate, ViewCandidate(candidate_id=candidate_id)
    )
    assert (viewed.group, viewed.available_hours, viewed.profile, viewed.registered_on) == (
        JOBS,
        Decimal("28.5"),
        "Heftruck, rijbewijs B",
        TODAY,
    )
    with reading(system("test")) as work:
        notes = work.session.exec(select(AuditEntry).where(AuditEntry.action == "view")).all()
    assert [(note.object_type, note.object_id, note.actor_name) for note in notes] == [
        ("candidates", str(candidate_id), "account_manager een")
    ]


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.PARTNER, Role.EMPLOYER, Role.ADMIN])
def test_who_may_not_see_candidates_sees_no_profile_and_no_list(lite_world: World, role: Role) -> None:
    candidate = make_candidate(key(lite_world.region))
    actor = lite_world.actor(role)
    with pytest.raises(Forbidden):
        perform(actor, view_candidate, ViewCandidate(candidate_id=key(candidate)))
    with reading(actor) as work, pytest.raises(Forbidden):
        find_candidates(work)


def test_the_database_itself_keeps_candidates_from_employers(postgres_url: str, now: object) -> None:
    world = World.build()
    make_candidate(key(world.region))
    with reading(world.actor(Role.EMPLOYER)) as work:
        assert work.session.exec(select(Candidate)).all() == []


def test_candidates_are_found_by_the_start_of_their_number(world: World) -> None:
    region_id = key(world.region)
    make_candidate(region_id, reference="K-2041")
    newest = make_candidate(region_id, reference="K-20415")
    make_candidate(region_id, reference="K-3041")
    with reading(world.actor(Role.ADVISER)) as work:
        assert [one.reference for one in find_candidates(work, "2041")] == ["K-20415", "K-2041"]
        assert [one.id for one in find_candidates(work, "k-20415")] == [newest.id]
        assert len(find_candidates(work, " ")) == 3


def test_candidates_of_another_region_are_not_found(world: World) -> None:
    stranger = make_candidate(key(save(Region(code="AM01", name="Elders"))))
    adviser = world.actor(Role.ADVISER)
    with reading(adviser) as work:
        assert find_candidates(work) == []
    with pytest.raises(NotFound):
        perform(adviser, view_candidate, ViewCandidate(candidate_id=key(stranger)))


def test_a_profile_is_put_right_and_two_who_do_so_are_told(world: World) -> None:
    candidate, adviser = make_candidate(key(world.region)), world.actor(Role.ADVISER)
    command = EditCandidate(candidate_id=key(candidate), version=1, group=JOBS, profile="Zoekt 28 uur")
    perform(adviser, edit_candidate, command)
    viewed = perform(adviser, view_candidate, ViewCandidate(candidate_id=key(candidate)))
    assert (viewed.group, viewed.profile) == (JOBS, "Zoekt 28 uur")
    with pytest.raises(Conflict) as caught:
        perform(adviser, edit_candidate, command)
    assert caught.value.stored["profile"] == "Zoekt 28 uur"
