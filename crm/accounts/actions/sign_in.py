"""Signing in and out: what happens before there is an actor.

A try is counted before its password is checked, so that many tries at the same moment are slowed
down like tries one after the other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import delete
from sqlmodel import col

from crm.accounts import passwords, queries
from crm.accounts.actions.tries import ORIGIN, count_try, keyed
from crm.accounts.records import SignInAttempts, SignInSession, User
from crm.accounts.rules import (
    FORGOTTEN_AFTER,
    SESSION_LENGTH,
    demo_email,
    sign_in_name,
)
from crm.core import clock
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work, reading, work

NO_ACCOUNT = N_("You cannot sign in here with this account. Ask your administrator.")


@dataclass(frozen=True)
class Ticket:
    """A sign-in that succeeded: the secret for the session cookie and the mark of a known browser."""

    token: str
    device: str


def sign_in(name: str, password: str, device: str = "") -> Ticket:
    """Sign somebody in with their e-mail address and password.

    `device` is the mark that this browser got at an earlier sign-in: tries from it are counted apart,
    so that a stranger who guesses at a name does not keep its owner out. Raises `Invalid` with the same
    sentence whether the name or the password is wrong, and when the next try must wait.
    """
    name = sign_in_name(name)
    attempts_key = _attempts_key(name, known=_is_known(device, name))
    count_try(attempts_key)
    with reading(system(ORIGIN)) as unit:
        user = queries.user_by_email(unit, name)
    if not passwords.matches(password, user.password_hash if user and user.active else None) or user is None:
        _note_refusal(user)
        raise Invalid("", "The e-mail address or the password is not right. Check both and try again.")
    _welcome(user, password, attempts_key)
    return ticket_for(user)


def sign_in_vouched(email: str) -> Ticket:
    """Sign in the member of staff with an address that the organisation's own sign-in vouches for.

    Accounts are made by the administrator alone. Raises `Forbidden` with one sentence whether there is no
    account, it is disabled, or it is not of staff: people of employers and partners use their password. An
    address with signs beyond ASCII is nobody's here: in lower case it could become that of somebody else.
    """
    with reading(system(ORIGIN)) as unit:
        user = queries.user_by_email(unit, sign_in_name(email)) if email.isascii() else None
    if user is None or not user.active or user.role in (Role.EMPLOYER, Role.PARTNER):
        _note_refusal(user)
        raise Forbidden(NO_ACCOUNT)
    return Ticket(open_session(user), "")


def ticket_for(user: User) -> Ticket:
    """Sign in somebody who has just shown who they are."""
    return Ticket(open_session(user), _device_mark(user.email))


def demo_sign_in(role: str) -> Ticket:
    """Sign in as the demo user of a role; raises `Forbidden` outside demo mode."""
    if not settings().is_demo or role not in {known.value for known in Role}:
        raise Forbidden()
    with reading(system(ORIGIN)) as unit:
        user = queries.user_by_email(unit, demo_email(role))
    if user is None or not user.active or user.role != role:
        raise Forbidden("The demo region is not loaded. Ask your administrator.")
    return Ticket(open_session(user), "")


def open_session(user: User) -> str:
    """Start a session of 8 hours for a user and return the secret for its cookie."""
    token = secrets.token_urlsafe(32)
    with reading(system(ORIGIN)) as unit:
        actor = replace(queries.actor_of(unit, user), origin=ORIGIN)
    with work(actor) as unit:
        unit.intend("accounts.sign_in")
        moment = clock.now()
        unit.add(
            SignInSession(
                token_hash=token_hash(token),
                user_id=key(user),
                created_at=moment,
                expires_at=moment + SESSION_LENGTH,
            )
        )
        unit.commit()
    return token


def sign_out(session_id: int) -> None:
    """End one session; a session that has ended already stays as it is."""
    with work(system(ORIGIN)) as unit:
        unit.intend("accounts.sign_out")
        session = unit.session.get(SignInSession, session_id)
        if session is not None and session.revoked_at is None:
            session.revoked_at = clock.now()
            unit.commit()


def token_hash(token: str) -> str:
    """Return what is kept of a session cookie; the secret itself is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def forget_failures(unit: Work, email: str) -> None:
    """Forget the failed tries on a name, from known and unknown browsers."""
    for known in (True, False):
        if attempts := queries.attempts_on(unit, _attempts_key(sign_in_name(email), known=known)):
            unit.session.delete(attempts)


def _welcome(user: User, password: str, attempts_key: str) -> None:
    """Forget these failed tries and those of days ago, and renew a hash made with weaker settings."""
    with work(system(ORIGIN)) as unit:
        unit.intend("accounts.sign_in")
        long_ago = clock.now() - FORGOTTEN_AFTER
        unit.session.execute(delete(SignInAttempts).where(col(SignInAttempts.last_failed_at) < long_ago))
        if attempts := queries.attempts_on(unit, attempts_key):
            unit.session.delete(attempts)
        if user.password_hash and passwords.is_outdated(user.password_hash):
            unit.get(User, key(user)).password_hash = passwords.hashed(password)
        unit.commit()


def _note_refusal(user: User | None) -> None:
    with work(system(ORIGIN)) as unit:
        unit.intend("accounts.sign_in")
        unit.note("refuse", "users", key(user) if user else "unknown")
        unit.commit()


def _attempts_key(name: str, *, known: bool) -> str:
    return keyed(f"attempts:{'known' if known else 'unknown'}:{name}")


def _is_known(device: str, name: str) -> bool:
    return hmac.compare_digest(device.encode(), _device_mark(name).encode())


def _device_mark(name: str) -> str:
    return keyed(f"device:{name}")
