"""Passwords as Argon2 hashes; checking one takes as long for a name that nobody has."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

_hasher = PasswordHasher()
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def hashed(password: str) -> str:
    """Return the hash to keep of a password."""
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Return whether the password fits the stored hash.

    Without a stored hash the answer is no, after the same work.
    """
    try:
        _hasher.verify(stored or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(stored)


def temporary() -> str:
    """Return a password to hand over once: four groups of four easily told characters."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
