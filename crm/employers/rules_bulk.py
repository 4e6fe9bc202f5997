"""What changing many records at once may do, and when it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

MOST_AT_ONCE = 1000
K = TypeVar("K", bound=StrEnum)


class BulkKind(StrEnum):
    """What is changed for many employers at once."""

    HOLDER = "holder"
    SEGMENT = "segment"
    TAG = "tag"
    UNTAG = "untag"


@dataclass(frozen=True)
class BulkRow:
    """What a change does to one record, `before` and `after` as they are kept; nothing when they agree.

    `fits` is whether the change can be made here at all.
    """

    id: int
    name: str
    before: str | None
    after: str | None
    fits: bool = True

    @property
    def changes(self) -> bool:
        """Whether anything changes here."""
        return self.fits and self.before != self.after


@dataclass(frozen=True)
class LastBulk(Generic[K]):
    """The actor's last change for many records, that was not undone yet."""

    id: int
    version: int
    kind: K
    made_at: datetime
    count: int


@dataclass(frozen=True)
class Undone:
    """How many records are as they were, and the names of those that changed since and were left alone."""

    put_back: int
    left: tuple[str, ...]


def may_be_put_back(now: str | None, after: str | None) -> bool:
    """Return whether an undo touches this record: it still is as the change left it."""
    return now == after


def as_tag(text: str) -> str:
    """Return a tag as it is kept: small letters, single spaces."""
    return " ".join(text.lower().split())


def is_id(text: str) -> bool:
    """Return whether a text can be the number of a record."""
    return text.isascii() and text.isdigit() and len(text) < 10
