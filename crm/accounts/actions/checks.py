"""Checks that actions on accounts share: addresses, passwords, sessions."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, SecretStr

from crm.accounts import queries
from crm.accounts.records import User
from crm.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, Weakness, sign_in_name, weakness
from crm.core import clock
from crm.core.errors import Invalid
from crm.core.work import Work

_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def _address(text: str) -> str:
    address = sign_in_name(text)
    if len(address) > 200 or not _ADDRESS.fullmatch(address):
        raise Invalid("email", "Fill in an e-mail address, for example noor@example.nl.")
    return address


Email = Annotated[str, AfterValidator(_address)]
"""An e-mail address, in the form in which sign-in names are compared."""


def checked_password(password: SecretStr, user: User, field: str) -> str:
    """Return a password that may be used for this user; raises `Invalid` with what is wrong with it."""
    given = password.get_secret_value()
    match weakness(given, user.email, user.name):
        case None:
            return given
        case Weakness.TOO_SHORT:
            raise Invalid(field, "Use at least {length} characters.", length=SHORTEST_PASSWORD)
        case Weakness.TOO_LONG:
            raise Invalid(field, "Use at most {length} characters.", length=LONGEST_PASSWORD)
        case Weakness.LIKE_YOU:
            raise Invalid(field, "This is too much like your name or e-mail address. Choose another one.")
        case Weakness.GUESSED_FIRST:
            raise Invalid(field, "Others would guess this one first. Choose another one.")


def end_sessions(work: Work, user_id: int, but: int | None = None) -> int:
    """End the sessions of a user, but one; returns how many ended."""
    ended = [session for session in queries.open_sessions(work, user_id) if session.id != but]
    for session in ended:
        session.revoked_at = clock.now()
    return len(ended)
