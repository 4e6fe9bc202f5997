"""The one family of errors a user can cause; each is a plain sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class AppError(Exception):
    """Base of the family: `message` is an English gettext id, `params` its numbers and names."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message.format(**params) if params else message)
        self.message = message
        self.params = params


class NotFound(AppError):
    """The record does not exist, or is not yours: the two look alike on purpose."""

    def __init__(self, message: str = "This was not found. It may have been moved or removed.") -> None:
        super().__init__(message)


class Forbidden(AppError):
    """The actor's role does not allow this."""

    def __init__(self, message: str = "Your role does not allow this. Ask your administrator.") -> None:
        super().__init__(message)


class SignedOut(AppError):
    """The session has ended or was revoked, or the account is disabled."""

    def __init__(self, message: str = "You are signed out. Sign in again to go on.") -> None:
        super().__init__(message)


class Invalid(AppError):
    """A field holds something that cannot be accepted."""

    def __init__(self, field: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


class Conflict(AppError):
    """Somebody else changed the record since it was opened.

    `stored` holds the fields as they are now, `yours` those that were about to be written,
    `version` the version to carry when you save over it on purpose.
    """

    def __init__(
        self,
        stored: Mapping[str, Any],
        yours: Mapping[str, Any],
        version: int,
        message: str = "Someone else changed this while you had it open. Compare before you save.",
    ) -> None:
        super().__init__(message)
        self.stored = dict(stored)
        self.yours = dict(yours)
        self.version = version
