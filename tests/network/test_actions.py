"""Joining, leaving and tying: who may, what is refused, what is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.network import actions, queries
from crm.network.records import Tie
from crm.network.rules import Motive, TieKind
from tests.employers.factories import elsewhere, make_colleague
from tests.factories import TODAY, World, make_employer
from tests.network.factories import make_member, make_tie


def join(world: World, role: Role = Role.ADVISER, **values: Any) -> int:
    asked = {
        "employer_id": key(world.employer_a),
        "joined_on": date(2026, 11, 1),
        "motive": Motive.SOCIAL_PRACTICE,
        **values,
    }
    return perform(world.actor(role), actions.join_network, actions.JoinNetwork(**asked))


def tie(world: World, role: Role = Role.ADVISER, **values: Any) -> int:
    asked = {
        "employer_id": key(world.employer_a),
        "other_employer_id": key(world.employer_b),
        "kind": TieKind.SUPPLIER,
        "since": TODAY,
        **values,
    }
    return perform(world.actor(role), actions.add_tie, actions.AddTie(**asked))


def membership(world: World) -> queries.MembershipView | None:
    with reading(world.actor(Role.ADVISER)) as unit:
        return queries.membership_of(unit, key(world.employer_a))


def test_an_employer_joins_through_another(world: World) -> None:
    join(world, introduced_by_employer_id=key(world.employer_b))
    found = membership(world)
    assert found is not None
    assert (found.motive, found.introducing_employer) == (Motive.SOCIAL_PRACTICE, "Van Dam Logistiek BV")
    assert found.introducing_user is None


def test_an_employer_joins_through_a_colleague(world: World) -> None:
    noor = make_colleague(world, "Noor")
    join(world, introduced_by_user_id=key(noor))
    found = membership(world)
    assert found is not None
    assert (found.introducing_user, found.introducing_employer) == ("Noor", None)


def test_a_member_does_not_join_twice(world: World) -> None:
    join(world)
    with pytest.raises(Invalid) as caught:
        join(world)
    assert caught.value.field == "employer_id"


def test_a_former_member_joins_again(world: World) -> None:
    membership_id = key(make_member(world.employer_a, left_on=date(2026, 1, 1)))
    assert join(world, joined_on=TODAY) == membership_id
    found = membership(world)
    assert found is not None
    assert (found.joined_on, found.left_on) == (TODAY, None)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("joined_on", {"joined_on": date(2026, 11, 25)}),
        ("introduced_by_employer_id", {"introduced_by_employer_id": 1}),
        ("introduced_by_employer_id", {"introduced_by_employer_id": 2, "introduced_by_user_id": 1}),
        ("introduced_by_user_id", {"introduced_by_user_id": 999_999}),
    ],
)
def test_terms_that_cannot_be_are_refused(lite_world: World, field: str, values: dict[str, Any]) -> None:
    assert (key(lite_world.employer_a), key(lite_world.employer_b)) == (1, 2)
    with pytest.raises(Invalid) as caught:
        join(lite_world, **values)
    assert caught.value.field == field


def test_an_introducer_out_of_sight_is_not_found(world: World) -> None:
    hidden = make_employer(key(elsewhere()))
    with pytest.raises(NotFound):
        join(world, introduced_by_employer_id=key(hidden))
    with pytest.raises(NotFound):
        join(world, employer_id=key(hidden))


def test_a_membership_is_put_right_and_a_second_change_on_it_is_a_conflict(world: World) -> None:
    membership_id = join(world)
    command = actions.EditMembership(
        membership_id=membership_id, version=1, joined_on=date(2026, 10, 1), motive=Motive.NEEDS_STAFF
    )
    perform(world.actor(Role.ADVISER), actions.edit_membership, command)
    found = membership(world)
    assert found is not None
    assert (found.joined_on, found.motive) == (date(2026, 10, 1), Motive.NEEDS_STAFF)
    with pytest.raises(Conflict):
        perform(world.actor(Role.ADVISER), actions.edit_membership, command)


def test_a_member_leaves_on_a_possible_day(world: World) -> None:
    membership_id = join(world)
    adviser = world.actor(Role.ADVISER)
    for day in (date(2026, 10, 31), date(2026, 11, 25)):
        with pytest.raises(Invalid) as caught:
            perform(
                adviser,
                actions.leave_network,
                actions.LeaveNetwork(membership_id=membership_id, version=1, left_on=day),
            )
        assert caught.value.field == "left_on"
    perform(
        adviser,
        actions.leave_network,
        actions.LeaveNetwork(membership_id=membership_id, version=1, left_on=TODAY),
    )
    found = membership(world)
    assert found is not None
    assert found.left_on == TODAY


def test_a_tie_is_shown_from_both_sides(world: World) -> None:
    tie(world, note="  Maaltijden  ")
    with reading(world.actor(Role.ADVISER)) as unit:
        (out,) = queries.ties_of_employer(unit, key(world.employer_a))
        (back,) = queries.ties_of_employer(unit, key(world.employer_b))
    assert (out.other, out.forward, out.note) == ("Van Dam Logistiek BV", True, "Maaltijden")
    assert (back.other, back.forward, back.note) == ("De Linde Groen BV", False, "Maaltijden")


def test_a_tie_is_told_once(world: World) -> None:
    tie(world)
    with pytest.raises(Invalid) as caught:
        tie(world)
    assert caught.value.field == "kind"


def test_a_tie_that_holds_both_ways_is_told_once_from_either_side(world: World) -> None:
    turned = {"employer_id": key(world.employer_b), "other_employer_id": key(world.employer_a)}
    tie(world, kind=TieKind.NEIGHBOUR)
    with pytest.raises(Invalid) as caught:
        tie(world, kind=TieKind.NEIGHBOUR, **turned)
    assert caught.value.field == "kind"
    tie(world)
    tie(world, **turned)
    with reading(system("test")) as unit:
        assert len(unit.session.exec(select(Tie)).all()) == 3


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("other_employer_id", {"other_employer_id": 1}),
        ("since", {"since": date(2026, 11, 25)}),
        ("note", {"note": "BSN 111222333"}),
        ("note", {"note": "x" * 401}),
        ("kind", {"kind": "friends"}),
    ],
)
def test_a_tie_that_cannot_be_is_refused(lite_world: World, field: str, values: dict[str, Any]) -> None:
    assert key(lite_world.employer_a) == 1
    with pytest.raises(Invalid) as caught:
        tie(lite_world, **values)
    assert caught.value.field == field


def test_a_tie_with_an_employer_out_of_sight_is_not_found(world: World) -> None:
    hidden = make_employer(key(elsewhere()))
    for values in ({"other_employer_id": key(hidden)}, {"employer_id": key(hidden)}):
        with pytest.raises(NotFound):
            tie(world, **values)


def test_a_removed_tie_stays_in_the_audit(world: World) -> None:
    from crm.core.audit import AuditEntry

    tie_id = tie(world)
    perform(world.actor(Role.ADVISER), actions.remove_tie, actions.RemoveTie(tie_id=tie_id, version=1))
    with reading(system("test")) as unit:
        assert unit.session.exec(select(Tie)).all() == []
        entry = unit.session.exec(
            select(AuditEntry).where(AuditEntry.object_type == "ties", AuditEntry.action == "delete")
        ).one()
    assert '"kind":"supplier"' in entry.before


def test_a_tie_of_another_region_cannot_be_removed(world: World) -> None:
    region = key(elsewhere())
    hidden = make_tie(make_employer(region), make_employer(region))
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER), actions.remove_tie, actions.RemoveTie(tie_id=key(hidden), version=1)
        )


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SROI_OFFICER, Role.PARTNER, Role.EMPLOYER, Role.ADMIN])
def test_only_relation_workers_change_the_network(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        join(lite_world, role)
    with pytest.raises(Forbidden):
        tie(lite_world, role)
