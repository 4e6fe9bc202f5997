"""How a file is to be read: what to do with who is known, and with who looks known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NEW = 0
"""The answer that a line is about an employer we do not have yet."""

LEAVE_OUT = -1
"""The answer that a line is to be left out."""


class Existing(StrEnum):
    """What to do with an employer that is known already."""

    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True)
class Plan:
    """How the lines of one file are taken in.

    `answers` says by line number whom it is about; `asks` is whether a line that looks like somebody else
    waits for an answer instead of coming in as new.
    """

    headings: Mapping[str, str] = field(default_factory=dict)
    existing: Existing = Existing.UPDATE
    only_check: bool = False
    answers: Mapping[int, int] = field(default_factory=dict)
    asks: bool = False
