"""What everybody does with their own account."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from crm.accounts import actions, passwords
from crm.accounts.actions.sign_in import sign_in
from crm.accounts.queries import actor_of_session, open_sessions
from crm.accounts.records import User
from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Invalid, NotFound, SignedOut
from crm.core.records import key
from crm.core.work import perform, reading
from tests.accounts.factories import details
from tests.factories import World, make_session, make_user

OLD, NEW = "vier losse woorden hier", "een heel ander rijtje woorden"


@pytest.fixture
def noor(world: World) -> User:
    """An adviser with a password."""
    return make_user(Role.ADVISER, "Noor", email="noor@example.nl", password_hash=passwords.hashed(OLD))


@pytest.fixture
def here(noor: User) -> Actor:
    """Noor in one of her sessions."""
    return actor_of_session(key(make_session(noor)))


def change(current: str, new: str) -> actions.ChangePassword:
    """Ask for another password."""
    return actions.ChangePassword(current=SecretStr(current), new=SecretStr(new))


def test_a_new_password_ends_the_other_sessions_and_not_this_one(noor: User, here: Actor) -> None:
    elsewhere = key(make_session(noor))
    assert perform(here, actions.change_password, change(OLD, NEW)) == 1
    with pytest.raises(SignedOut):
        actor_of_session(elsewhere)
    assert actor_of_session(here.session_id or 0).name == "Noor"
    assert sign_in("noor@example.nl", NEW).token
    with pytest.raises(Invalid):
        sign_in("noor@example.nl", OLD)


@pytest.mark.parametrize(
    ("current", "new", "field"), [("mis", NEW, "current"), (OLD, "kort", "new"), (f"{OLD} ", NEW, "current")]
)
def test_the_current_password_is_asked_and_the_rule_holds(
    here: Actor, current: str, new: str, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        perform(here, actions.change_password, change(current, new))
    assert fault.value.field == field
    assert sign_in("noor@example.nl", OLD).token


def test_a_password_is_never_shown_by_its_command() -> None:
    assert OLD not in repr(change(OLD, NEW))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_chooses_their_language(lite_world: World, role: Role) -> None:
    perform(lite_world.actor(role), actions.change_language, actions.ChangeLanguage(language="en"))
    assert lite_world.actor_for(lite_world.users[role]).language == "nl"
    assert details(lite_world.users[role]).language == "en"


def test_a_name_changes_unless_somebody_was_first(noor: User, here: Actor) -> None:
    perform(here, actions.change_name, actions.ChangeName(name=" Noor de Vries ", version=1))
    assert details(noor).name == "Noor de Vries"
    with pytest.raises(Conflict):
        perform(here, actions.change_name, actions.ChangeName(name="Anders", version=1))


def test_one_ends_ones_own_sessions_and_nobody_elses(world: World, noor: User, here: Actor) -> None:
    elsewhere, another = key(make_session(noor)), key(make_session(noor))
    somebody = key(make_session(world.users[Role.MANAGER]))
    assert perform(here, actions.end_session, actions.EndSession(session_id=elsewhere)) == elsewhere
    assert perform(here, actions.end_session, actions.EndSession(session_id=elsewhere)) == elsewhere
    with pytest.raises(NotFound):
        perform(here, actions.end_session, actions.EndSession(session_id=somebody))
    assert perform(here, actions.sign_out_elsewhere, actions.SignOutElsewhere()) == 1
    with pytest.raises(SignedOut):
        actor_of_session(another)
    with reading(here) as unit:
        assert [key(session) for session in open_sessions(unit, key(noor))] == [here.session_id]
    assert actor_of_session(somebody).role is Role.MANAGER


def test_the_system_has_no_account_of_its_own(lite_world: World) -> None:
    with pytest.raises(SignedOut):
        perform(system("test"), actions.sign_out_elsewhere, actions.SignOutElsewhere())
