"""What can be changed for many contracts at once."""

from __future__ import annotations

from enum import StrEnum


class ContractBulkKind(StrEnum):
    """What is changed for many contracts at once."""

    OWNER = "owner"
    TAG = "tag"
    UNTAG = "untag"
