"""What the rules refuse: a fact or a rule that cannot be accepted."""

from __future__ import annotations


class FactsError(ValueError):
    """A fact is missing, impossible, or does not fit the block; `field` names it.

    `message` is an English text with `{placeholders}`, filled from `params` after translation.
    """

    def __init__(self, field: str, message: str, **params: str) -> None:
        super().__init__(message.format(**params))
        self.field = field
        self.message = message
        self.params = params


class RuleSetError(FactsError):
    """A rule set contradicts itself; `field` names the part of the file."""
