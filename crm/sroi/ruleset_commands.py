"""What administrators ask of rule sets under way; checked again on the server."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import WITHOUT_BSN
from crm.sroi.commands import Code, Reason

Title = Annotated[str, StringConstraints(min_length=1, max_length=200), WITHOUT_BSN]
VersionName = Annotated[str, StringConstraints(min_length=1, max_length=80), WITHOUT_BSN]
Source = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]
Number = Annotated[Decimal, Field(ge=0, lt=10**12, max_digits=14, decimal_places=2)]
Months = Annotated[int, Field(ge=1, le=1200)]
Text = Annotated[str, StringConstraints(max_length=300_000)]


class MakeRuleSet(Command):
    """Make a new version from an existing rule set, with an id, a name and a first day of its own."""

    base_code: Code
    code: Annotated[str, StringConstraints(min_length=1, max_length=80, to_lower=True)]
    title: Title
    version_name: VersionName
    valid_from: Day


class RuleChange(Command):
    """What one line becomes; `path` is its place in the rule set."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    value: Number | None = None
    months: Months | None = None
    source: Source = ""
    assumed: bool = False


class ChangeRules(Command):
    """Change lines of a rule set under way."""

    draft_id: int
    version: int
    changes: Annotated[tuple[RuleChange, ...], Field(min_length=1, max_length=500)]


class WriteRules(Command):
    """Replace the whole text of a rule set under way; it may hold faults until approval is asked."""

    draft_id: int
    version: int
    document: Text


class AskApproval(Command):
    """Ask somebody else to approve a rule set under way."""

    draft_id: int
    version: int


class ApproveRules(Command):
    """Approve a rule set that somebody else made."""

    draft_id: int
    version: int


class SendRulesBack(Command):
    """Send a rule set back to its maker, with what has to change."""

    draft_id: int
    version: int
    reason: Reason


class PublishRules(Command):
    """Publish an approved rule set from a day on, and let authorities use it from that day.

    `reason` is needed for a day that has passed.
    """

    draft_id: int
    version: int
    valid_from: Day
    reason: Reason | None = None
    authority_ids: tuple[int, ...] = ()


class DropRules(Command):
    """Throw a rule set under way away."""

    draft_id: int
    version: int
