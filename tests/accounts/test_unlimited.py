"""Accounts that an officer's link once let in without a limit: who they are, and limiting or leaving them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.accounts import actions
from crm.accounts.actions.everything import leave_unlimited, limit_accounts
from crm.accounts.actions.users import edit_user
from crm.accounts.queries.unlimited import unlimited_accounts
from crm.accounts.records import EmployerInvitation, User, UserAuthority, UserEmployer
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from tests.accounts.factories import details, edited
from tests.conftest import NOW
from tests.factories import World, make_user, save


def let_in(world: World, name: str, by: User) -> User:
    """An account as an invitation of an earlier version made it: without a limit."""
    user = make_user(Role.EMPLOYER, name)
    employer = world.employer_a
    save(UserEmployer(user_id=key(user), employer_id=key(employer)))
    save(
        EmployerInvitation(
            region_id=employer.region_id,
            employer_id=key(employer),
            token_hash=name.rjust(64, "0"),
            name=name,
            email=user.email,
            invited_by_id=key(by),
            invited_at=NOW,
            expires_at=NOW + timedelta(days=7),
            ended_at=NOW,
            user_id=key(user),
        )
    )
    return user


def in_question(world: World) -> dict[str, tuple[str, frozenset[int]]]:
    with reading(world.actor(Role.ADMIN)) as unit:
        found = unlimited_accounts(unit)
    return {one.name: (one.let_in_by, one.authority_ids) for one in found}


def limit(world: World, *users: User) -> int:
    command = actions.LimitAccounts(user_ids=frozenset(map(key, users)))
    return perform(world.actor(Role.ADMIN), limit_accounts, command)


def test_who_an_officer_or_their_guest_let_in_without_a_limit_is_in_question(lite_world: World) -> None:
    officer = lite_world.users[Role.SROI_OFFICER]
    first = let_in(lite_world, "Een", officer)
    let_in(lite_world, "Twee", first)
    limited = let_in(lite_world, "Begrensd", officer)
    save(UserAuthority(user_id=key(limited), authority_id=key(lite_world.authority)))
    let_in(lite_world, "Door wie centraal is gemaakt", lite_world.users[Role.EMPLOYER])
    let_in(lite_world, "Door wie begrensd is", limited)
    theirs = (officer.name, frozenset({key(lite_world.authority)}))
    assert in_question(lite_world) == {"Een": theirs, "Twee": theirs}


def test_they_are_limited_one_by_one_or_all_and_it_stands_in_the_log(lite_world: World) -> None:
    officer = lite_world.users[Role.SROI_OFFICER]
    users = [let_in(lite_world, name, officer) for name in ("Een", "Twee", "Drie")]
    form = edited(users[0])
    assert limit(lite_world, users[0]) == 1
    assert lite_world.actor_for(users[0]).authorities == {key(lite_world.authority)}
    assert details(users[0]).version == form.version + 1
    assert limit(lite_world, *users) == 2
    assert in_question(lite_world) == {}
    with reading(system("test")) as unit:
        told = unit.session.exec(select(AuditEntry).where(AuditEntry.intention == "accounts.limit_accounts"))
        assert [entry.object_type for entry in told].count("user_authorities") == 3


def test_whose_officer_works_for_nobody_any_more_is_told_and_left(lite_world: World) -> None:
    officer = lite_world.users[Role.SROI_OFFICER]
    user = let_in(lite_world, "Een", officer)
    with work(system("test")) as unit:
        for row in unit.session.exec(select(UserAuthority)):
            unit.session.delete(row)
        unit.commit()
    assert in_question(lite_world) == {"Een": (officer.name, frozenset())}
    assert limit(lite_world, user) == 0


def test_who_is_not_in_question_is_not_limited(lite_world: World) -> None:
    central = lite_world.users[Role.EMPLOYER]
    assert limit(lite_world, central, lite_world.users[Role.ADVISER]) == 0
    assert lite_world.actor_for(central).authorities == frozenset()
    command = actions.LeaveUnlimited(user_id=key(central))
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ADMIN), leave_unlimited, command)


def test_a_decision_that_somebody_sees_everything_is_asked_once(lite_world: World) -> None:
    officer, admin = lite_world.users[Role.SROI_OFFICER], lite_world.actor(Role.ADMIN)
    left, widened = (let_in(lite_world, name, officer) for name in ("Een", "Twee"))
    perform(admin, leave_unlimited, actions.LeaveUnlimited(user_id=key(left)))
    limit(lite_world, widened)
    perform(admin, edit_user, edited(widened, employer_id=key(lite_world.employer_a), authority_ids=set()))
    assert lite_world.actor_for(widened).authorities == frozenset()
    assert in_question(lite_world) == {}
