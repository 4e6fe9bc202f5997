"""What an administrator does with accounts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from crm.accounts import actions, queries
from crm.accounts.actions.sign_in import open_session, sign_in
from crm.accounts.actions.users import create_user, edit_user, end_sessions_of, set_password, switch_user
from crm.accounts.queries import actor_of_session, user_details, users
from crm.accounts.records import User
from crm.core.access import Actor, Permission, Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound, SignedOut
from crm.core.records import key
from crm.core.work import perform, reading
from tests.accounts.factories import details, edited, new_user
from tests.counting import statements
from tests.factories import World, make_session, make_user


@pytest.fixture
def admin(world: World) -> Actor:
    """The administrator."""
    return world.actor(Role.ADMIN)


def test_a_new_user_signs_in_with_the_temporary_password_and_sees_their_region(
    world: World, admin: Actor
) -> None:
    made = perform(admin, create_user, new_user(world, email=" Noor@Example.nl "))
    sign_in("noor@example.nl", made.password)
    with reading(admin) as unit:
        found = user_details(unit, made.user_id)
    assert (found.name, found.email, found.active) == ("Noor de Vries", "noor@example.nl", True)
    assert found.region_ids == {key(world.region)}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": Role.ADVISER, "region_ids": ()}, "region_ids"),
        ({"role": Role.SROI_OFFICER}, "authority_ids"),
        ({"role": Role.PARTNER}, "partner_id"),
        ({"role": Role.EMPLOYER}, "employer_id"),
        ({"email": "noor"}, "email"),
        ({"email": "noor@example"}, "email"),
        ({"email": f"{'n' * 196}@a.nl"}, "email"),
        ({"name": "N"}, "name"),
        ({"role": "boss"}, "role"),
        ({"language": "fr"}, "language"),
        ({"phone": "0" * 41}, "phone"),
    ],
)
def test_what_is_missing_or_odd_is_named(
    world: World, admin: Actor, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        perform(admin, create_user, new_user(world, **values))
    assert fault.value.field == field


@pytest.mark.parametrize("role", list(Role))
def test_a_role_keeps_only_the_assignments_it_has_a_use_for(world: World, admin: Actor, role: Role) -> None:
    everything = {
        "authority_ids": {key(world.authority)},
        "employer_id": key(world.employer_a),
        "partner_id": key(world.partner),
    }
    made = perform(admin, create_user, new_user(world, role=role, **everything))
    with reading(admin) as unit:
        found = user_details(unit, made.user_id)
    assert bool(found.region_ids) == (role not in {Role.ADMIN, Role.EMPLOYER})
    # Of an employer it is a limit: its contracts with this authority alone.
    assert bool(found.authority_ids) == (role in {Role.SROI_OFFICER, Role.EMPLOYER})
    assert (found.employer_id is not None) == (role is Role.EMPLOYER)
    assert (found.partner_id is not None) == (role is Role.PARTNER)


@pytest.mark.parametrize("field", ["region_ids", "authority_ids", "employer_id", "partner_id"])
def test_what_does_not_exist_cannot_be_assigned(world: World, admin: Actor, field: str) -> None:
    roles = {"authority_ids": Role.SROI_OFFICER, "employer_id": Role.EMPLOYER, "partner_id": Role.PARTNER}
    given: dict[str, Any] = {"role": roles.get(field, Role.ADVISER), "authority_ids": {key(world.authority)}}
    given[field] = {98765} if field.endswith("s") else 98765
    with pytest.raises(NotFound):
        perform(admin, create_user, new_user(world, **given))
    with reading(admin) as unit:
        assert users(unit, "Noor").total == 0


def test_an_address_is_used_once(world: World, admin: Actor) -> None:
    perform(admin, create_user, new_user(world))
    with pytest.raises(Invalid, match="already") as fault:
        perform(admin, create_user, new_user(world, email="NOOR@example.nl"))
    assert fault.value.field == "email"
    with pytest.raises(Invalid, match="already"):
        perform(admin, edit_user, edited(world.users[Role.MANAGER], email="noor@example.nl"))


def test_a_change_of_role_is_there_at_the_next_click(world: World, admin: Actor) -> None:
    user = world.users[Role.ADVISER]
    session_id = key(make_session(user))
    assert actor_of_session(session_id).may(Permission.CANDIDATE_EDIT)
    perform(
        admin,
        edit_user,
        edited(user, role=Role.SROI_OFFICER, authority_ids={key(world.other_authority)}),
    )
    now = actor_of_session(session_id)
    assert not now.may(Permission.CANDIDATE_EDIT)
    assert (now.role, now.authorities) == (Role.SROI_OFFICER, {key(world.other_authority)})


def test_another_employer_takes_the_place_of_the_first(world: World, admin: Actor) -> None:
    user = world.users[Role.EMPLOYER]
    perform(admin, edit_user, edited(user, employer_id=key(world.employer_b)))
    assert details(user).employer_id == key(world.employer_b)
    perform(admin, edit_user, edited(user, role=Role.ADMIN))
    assert details(user).employer_id is None


@pytest.mark.parametrize("changed", [{"name": "Anders"}, {"authority_ids": "both"}])
def test_two_who_edit_at_once_see_each_others_change(
    world: World, admin: Actor, changed: dict[str, Any]
) -> None:
    officer = world.users[Role.SROI_OFFICER]
    if "authority_ids" in changed:
        changed = {"authority_ids": {key(world.authority), key(world.other_authority)}}
    mine, theirs = edited(officer, name="Van mij"), edited(officer, **changed)
    perform(admin, edit_user, theirs)
    with pytest.raises(Conflict):
        perform(admin, edit_user, mine)
    assert details(officer).name != "Van mij"


def test_saving_without_a_change_counts_as_none(world: World, admin: Actor) -> None:
    officer = world.users[Role.SROI_OFFICER]
    perform(admin, edit_user, edited(officer))
    assert details(officer).version == 1


def test_a_disabled_account_is_out_at_once_and_its_sessions_do_not_come_back(
    world: World, admin: Actor
) -> None:
    user = world.users[Role.ADVISER]
    session_id = key(make_session(user))
    perform(admin, switch_user, actions.SwitchUser(user_id=key(user), version=1, active=False))
    with pytest.raises(SignedOut):
        actor_of_session(session_id)
    perform(admin, switch_user, actions.SwitchUser(user_id=key(user), version=2, active=True))
    with pytest.raises(SignedOut):
        actor_of_session(session_id)
    assert actor_of_session(key(make_session(user))).name == user.name


def test_the_last_administrator_stays_administrator(world: World, admin: Actor) -> None:
    user = world.users[Role.ADMIN]
    switch_off = actions.SwitchUser(user_id=key(user), version=1, active=False)
    with pytest.raises(Invalid, match="last administrator"):
        perform(admin, switch_user, switch_off)
    with pytest.raises(Invalid, match="last administrator"):
        perform(admin, edit_user, edited(user, role=Role.MANAGER, region_ids={key(world.region)}))
    make_user(Role.ADMIN, "Uit", active=False)
    with pytest.raises(Invalid, match="last administrator"):
        perform(admin, switch_user, switch_off)
    make_user(Role.ADMIN, "Tweede")
    perform(admin, switch_user, switch_off)
    assert not details(user).active


def test_a_temporary_password_replaces_the_old_one_ends_sessions_and_forgets_failures(
    world: World, admin: Actor
) -> None:
    made = perform(admin, create_user, new_user(world))
    session_id = _session_of(made.user_id)
    for _ in range(3):
        with pytest.raises(Invalid):
            sign_in("noor@example.nl", "mis mis mis mis")
    password = perform(admin, set_password, actions.SetPassword(user_id=made.user_id))
    with pytest.raises(SignedOut):
        actor_of_session(session_id)
    assert sign_in("noor@example.nl", password).token
    with pytest.raises(Invalid):
        sign_in("noor@example.nl", made.password)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "at least 12"),
        ("x" * 201, "at most 200"),
        ("noor@example.nl", "too much like"),
        ("welkom123456", "guess this one first"),
    ],
)
def test_a_chosen_password_follows_the_rule(world: World, admin: Actor, password: str, sentence: str) -> None:
    made = perform(admin, create_user, new_user(world))
    with pytest.raises(Invalid) as fault:
        perform(admin, set_password, actions.SetPassword(user_id=made.user_id, password=SecretStr(password)))
    assert sentence in str(fault.value)
    chosen = SecretStr(" vier losse woorden ")
    perform(admin, set_password, actions.SetPassword(user_id=made.user_id, password=chosen))
    assert sign_in("noor@example.nl", " vier losse woorden ").token


def test_an_administrator_ends_the_sessions_of_somebody(world: World, admin: Actor) -> None:
    user = world.users[Role.MANAGER]
    sessions = [key(make_session(user)) for _ in range(3)]
    own = key(make_session(world.users[Role.ADMIN]))
    assert perform(admin, end_sessions_of, actions.EndSessions(user_id=key(user))) == 3
    for session_id in sessions:
        with pytest.raises(SignedOut):
            actor_of_session(session_id)
    assert actor_of_session(own).role is Role.ADMIN


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_manages_users(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), create_user, new_user(lite_world))


def test_the_list_finds_by_name_address_and_role_and_shows_the_disabled_last(
    world: World, admin: Actor
) -> None:
    make_user(Role.ADVISER, "Anna 100%", email="anna@example.nl", active=False)
    make_user(Role.ADVISER, "Bram", email="bram@example.nl")
    open_session(world.users[Role.ADVISER])
    with reading(admin) as unit:
        by_role = users(unit, role=Role.ADVISER).rows
        by_address = users(unit, " BRAM@ ").rows
        by_percent = users(unit, "100%").rows
        nobody = users(unit, "_")
    assert [row.name for row in by_role] == ["Bram", "adviser een", "Anna 100%"]
    assert [row.last_in is not None for row in by_role] == [False, True, False]
    assert [row.name for row in by_address] == ["Bram"]
    assert [row.name for row in by_percent] == ["Anna 100%"]
    assert nobody.rows == [row for row in nobody.rows if "_" in row.name + row.email]


def test_the_list_is_paged_and_asks_as_much_for_many_as_for_few(world: World, admin: Actor) -> None:
    with reading(admin) as unit, statements() as few:
        users(unit)
    for number in range(60):
        make_user(Role.MANAGER, f"Zz {number:03d}")
    with reading(admin) as unit, statements() as many:
        first, second = users(unit), users(unit, page=2)
    assert len(many) == 2 * len(few) == 4
    assert first.total == second.total == 68
    assert (len(first.rows), len(second.rows)) == (50, 18)


def test_names_to_choose_from_are_sorted(world: World, admin: Actor) -> None:
    with reading(admin) as unit:
        assert list(queries.regions(unit).values()) == ["Hart van West-Brabant"]
        assert list(queries.partners(unit).values()) == ["Uitzendbureau De Brug"]


def test_the_audit_never_holds_a_password(world: World, admin: Actor) -> None:
    made = perform(admin, create_user, new_user(world))
    with reading(system("test")) as unit:
        stored = unit.get(User, made.user_id).password_hash
        rows = queries.audit_log(unit, _today()).rows
    told = repr([row.fields for row in rows])
    assert stored
    assert made.password not in told
    assert stored not in told
    assert "•••" in told


def _today() -> queries.AuditFilter:
    from tests.factories import TODAY

    return queries.AuditFilter(since=TODAY, until=TODAY)


def _session_of(user_id: int) -> int:
    with reading(system("test")) as unit:
        user = unit.get(User, user_id)
    return key(make_session(user))
