"""Who worked on a rule set under way since it was last approved."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from crm.core.records import Record


class RuleSetHand(Record, table=True):
    """Somebody whose work on a rule set under way nobody else has approved yet."""

    __tablename__ = "rule_set_hands"
    __table_args__ = (UniqueConstraint("draft_id", "user_id"),)

    draft_id: int = Field(foreign_key="rule_set_drafts.id")
    user_id: int = Field(foreign_key="users.id")
