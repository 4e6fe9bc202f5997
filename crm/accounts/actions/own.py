"""What everybody does with their own account."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, SecretStr

from crm.accounts import passwords
from crm.accounts.actions.checks import checked_password, end_sessions
from crm.accounts.records import SignInSession, User
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.work import Work


class ChangeName(Command):
    """My name, as colleagues see it."""

    version: int
    name: Annotated[str, Field(min_length=2, max_length=120)]


class ChangeLanguage(Command):
    """The language that I read."""

    language: Literal["nl", "en"]


class ChangePassword(Command):
    """A new password of my own choice."""

    model_config = ConfigDict(str_strip_whitespace=False)

    current: SecretStr
    new: SecretStr


class EndSession(Command):
    """End one session of mine."""

    session_id: int


class SignOutElsewhere(Command):
    """End my sessions on every other device."""


@action(Permission.PROFILE_EDIT, ChangeName)
def change_name(work: Work, command: ChangeName) -> int:
    """Change one's own name; raises `Conflict` when the account was changed meanwhile."""
    user = work.edit(User, work.user_id, command.version, {"name": command.name})
    user.name = command.name
    return work.user_id


@action(Permission.PROFILE_EDIT, ChangeLanguage)
def change_language(work: Work, command: ChangeLanguage) -> str:
    """Change the language of the screens and return it."""
    work.get(User, work.user_id).language = command.language
    return command.language


@action(Permission.PROFILE_EDIT, ChangePassword)
def change_password(work: Work, command: ChangePassword) -> int:
    """Change one's own password; returns how many sessions on other devices ended with it.

    Raises `Invalid` when the current password is not right or the new one cannot be used.
    """
    user = work.get(User, work.user_id)
    if not passwords.matches(command.current.get_secret_value(), user.password_hash):
        raise Invalid("current", "This is not your current password. Check it and try again.")
    user.password_hash = passwords.hashed(checked_password(command.new, user, "new"))
    return end_sessions(work, work.user_id, but=work.actor.session_id)


@action(Permission.PROFILE_EDIT, EndSession)
def end_session(work: Work, command: EndSession) -> int:
    """End one of one's own sessions and return its id; raises `NotFound` for somebody else's."""
    session = work.get(SignInSession, command.session_id)
    if session.user_id != work.user_id:
        raise NotFound()
    if session.revoked_at is None:
        session.revoked_at = clock.now()
    return command.session_id


@action(Permission.PROFILE_EDIT, SignOutElsewhere)
def sign_out_elsewhere(work: Work, _command: SignOutElsewhere) -> int:
    """End one's own sessions but the present one; returns how many ended."""
    return end_sessions(work, work.user_id, but=work.actor.session_id)
