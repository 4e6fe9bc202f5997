"""The states that contracts and efforts pass through, as they are stored."""

from __future__ import annotations

from enum import StrEnum


class ContractType(StrEnum):
    """What is bought ("levering", "dienst", "werk")."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"


class ContractState(StrEnum):
    """Where a contract is in its life; how it fares is computed, not stored."""

    TO_CONFIRM = "to_confirm"
    RUNNING = "running"
    IN_REPAIR = "in_repair"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class EffortState(StrEnum):
    """Where an effort ("inspanning") is between the contractor and the officer."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class LetterKind(StrEnum):
    """The letters that can be made about a contract."""

    WELCOME = "welcome"
    REMINDER = "reminder"
    DEFAULT = "default"
    REPAIR = "repair"
    SETTLEMENT = "settlement"
    WITHHOLDING = "withholding"


class MailState(StrEnum):
    """How far the mail of a reminder came; one that stays `TRIED` may or may not have arrived."""

    WAITS = "waits"
    TRIED = "tried"
    SENT = "sent"
    REFUSED = "refused"


class DraftState(StrEnum):
    """Where a rule set under way is; any change takes it back to the first."""

    DRAFT = "draft"
    ASKED = "asked"
    APPROVED = "approved"
    PUBLISHED = "published"


class OfferState(StrEnum):
    """Where a certificate that an employer handed in is."""

    WAITS = "waits"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
