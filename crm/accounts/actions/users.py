"""What an administrator does with the accounts of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, SecretStr
from sqlalchemy.exc import IntegrityError

from crm.accounts import passwords, queries
from crm.accounts.actions.assignments import Assigned, assign, count_change, needed
from crm.accounts.actions.checks import Email, checked_password, end_sessions
from crm.accounts.actions.everything import decide_all
from crm.accounts.actions.sign_in import forget_failures
from crm.accounts.queries import invitations
from crm.accounts.records import User
from crm.core import clock
from crm.core.access import Permission, Role
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work

_TAKEN = N_("There is a user with this e-mail address already.")


class _Account(Command):
    email: Email
    name: Annotated[str, Field(min_length=2, max_length=120)]
    role: Role
    language: Literal["nl", "en"] = "nl"
    phone: Annotated[str, Field(max_length=40)] | None = None
    region_ids: frozenset[int] = frozenset()
    authority_ids: frozenset[int] = frozenset()
    employer_id: int | None = None
    partner_id: int | None = None

    @property
    def own_fields(self) -> dict[str, Any]:
        """The fields that are columns of the user itself."""
        return self.model_dump(include={"email", "name", "role", "language", "phone"})

    @property
    def assigned(self) -> Assigned:
        """What the role needs, of what was filled in; raises `Invalid` when something is missing."""
        given = Assigned(self.region_ids, self.authority_ids, self.employer_id, self.partner_id)
        return needed(self.role, given)


class CreateUser(_Account):
    """Somebody new."""


class EditUser(_Account):
    """Somebody's details and assignments as they should be."""

    user_id: int
    version: int


class SwitchUser(Command):
    """Let somebody in or keep them out."""

    user_id: int
    version: int
    active: bool


class SetPassword(Command):
    """A new password for somebody; without one, a temporary password is made up."""

    model_config = ConfigDict(str_strip_whitespace=False)

    user_id: int
    password: SecretStr | None = None


class EndSessions(Command):
    """End every session of somebody."""

    user_id: int


@dataclass(frozen=True)
class NewUser:
    """A user that was made, with the password to hand over once."""

    user_id: int
    password: str


@action(Permission.USER_MANAGE, CreateUser)
def create_user(work: Work, command: CreateUser) -> NewUser:
    """Make an account with a temporary password; raises `Invalid` when the address is taken."""
    assigned = command.assigned
    _refuse_taken(work, command.email, None)
    password = passwords.temporary()
    hashed = passwords.hashed(password)
    user = User(password_hash=hashed, created_at=clock.now(), **command.own_fields)
    try:
        work.add(user)
    except IntegrityError:
        raise Invalid("email", _TAKEN) from None
    assign(work, user, assigned)
    return NewUser(key(user), password)


@action(Permission.USER_MANAGE, EditUser)
def edit_user(work: Work, command: EditUser) -> int:
    """Change an account; raises `Conflict`, and `Invalid` for the last administrator's role."""
    assigned = command.assigned
    user = work.edit(User, command.user_id, command.version, command.own_fields)
    _refuse_taken(work, command.email, command.user_id)
    if user.role is Role.ADMIN and command.role is not Role.ADMIN:
        _keep_an_admin(work, user, "role")
    for name, value in command.own_fields.items():
        setattr(user, name, value)
    before, was_limited = user.version, bool(invitations.limit_rows(work, command.user_id))
    if assign(work, user, assigned) and user.version == before:
        count_change(work, user)
    if was_limited and command.role is Role.EMPLOYER and not assigned.authority_ids:
        decide_all(work, command.user_id)
    return key(user)


@action(Permission.USER_MANAGE, SwitchUser)
def switch_user(work: Work, command: SwitchUser) -> int:
    """Enable an account, or disable it and end its sessions; the last administrator stays.

    What the people of an employer decided about a colleague no longer holds: this goes before it.
    """
    user = work.edit(User, command.user_id, command.version, {"active": command.active})
    if not command.active:
        if user.role is Role.ADMIN:
            _keep_an_admin(work, user, "active")
        end_sessions(work, command.user_id)
    if ended := invitations.ended_access(work, command.user_id):
        work.session.delete(ended)
    user.active = command.active
    return key(user)


@action(Permission.USER_MANAGE, SetPassword)
def set_password(work: Work, command: SetPassword) -> str:
    """Give somebody a new password and return it, to hand over once; their sessions end."""
    user = work.get(User, command.user_id)
    password = passwords.temporary()
    if command.password is not None:
        password = checked_password(command.password, user, "password")
    user.password_hash = passwords.hashed(password)
    forget_failures(work, user.email)
    end_sessions(work, command.user_id)
    return password


@action(Permission.USER_MANAGE, EndSessions)
def end_sessions_of(work: Work, command: EndSessions) -> int:
    """Sign somebody out everywhere; returns how many sessions ended."""
    return end_sessions(work, key(work.get(User, command.user_id)))


def _refuse_taken(work: Work, email: str, own_id: int | None) -> None:
    there = queries.user_by_email(work, email)
    if there is not None and there.id != own_id:
        raise Invalid("email", _TAKEN)


def _keep_an_admin(work: Work, user: User, field: str) -> None:
    if user.active and not queries.other_admins(work, key(user)):
        raise Invalid(field, "This is the last administrator. Make somebody else administrator first.")
