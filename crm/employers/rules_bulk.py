"""What changing many employers at once may do, and when it can be undone."""

from __future__ import annotations

from enum import StrEnum

MOST_AT_ONCE = 1000


class BulkKind(StrEnum):
    """What is changed for many employers at once."""

    HOLDER = "holder"
    SEGMENT = "segment"
    TAG = "tag"
    UNTAG = "untag"


def may_be_put_back(now: str | None, after: str | None) -> bool:
    """Return whether an undo touches this employer: it still is as the change left it."""
    return now == after


def as_tag(text: str) -> str:
    """Return a tag as it is kept: small letters, single spaces."""
    return " ".join(text.lower().split())
