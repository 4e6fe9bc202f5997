"""Tables of rule sets that administrators make: the draft under way, and what was published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Text, event
from sqlalchemy.orm import object_session
from sqlmodel import Field

from crm.core.records import Record, UtcDateTime, Versioned, choice
from crm.sroi.records.rulesets import RuleSetVersion
from crm.sroi.states import DraftState


class RuleSetDraft(Versioned, Record, table=True):
    """A rule set under way, made from another one; `document` may hold faults until approval is asked.

    `base_id` is the rule set it was made from, exactly as it was then. `reason` is why it was sent back.
    """

    __tablename__ = "rule_set_drafts"

    code: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=200)
    document: str = Field(sa_column=Column(Text, nullable=False))
    base_id: int = Field(foreign_key="rule_set_versions.id")
    state: DraftState = Field(sa_column=Column(choice(DraftState), nullable=False))
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
    changed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    changed_by_id: int | None = Field(default=None, foreign_key="users.id")
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_by_id: int | None = Field(default=None, foreign_key="users.id")
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approved_by_id: int | None = Field(default=None, foreign_key="users.id")
    approved_hash: str | None = Field(default=None, max_length=64)
    reason: str | None = Field(default=None, max_length=400)


class PublishedRuleSet(Record, table=True):
    """A rule set that an administrator published, by whom it was made and approved; it never changes.

    Its rules are those of `rule_set_id`, under their hash. `reason` is why it holds from a day that had
    passed.
    """

    __tablename__ = "published_rule_sets"

    code: str = Field(max_length=80, unique=True)
    title: str = Field(max_length=200)
    version_name: str = Field(max_length=80)
    base_code: str = Field(max_length=80)
    valid_from: date
    rule_set_id: int = Field(foreign_key="rule_set_versions.id", unique=True)
    draft_id: int = Field(foreign_key="rule_set_drafts.id", unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
    approved_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    approved_by_id: int | None = Field(default=None, foreign_key="users.id")
    published_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    published_by_id: int | None = Field(default=None, foreign_key="users.id")
    reason: str | None = Field(default=None, max_length=400)


def _keep_as_it_is(_mapper: Any, _connection: Any, record: Record) -> None:
    session = object_session(record)
    if session is None or record in session.deleted or session.is_modified(record):
        raise RuntimeError(f"{type(record).__name__} never changes once it is stored")


for _stored in (PublishedRuleSet, RuleSetVersion):
    for _change in ("before_update", "before_delete"):
        event.listen(_stored, _change, _keep_as_it_is)
