"""What is stored for every effort, as a stream, with the rule sets that it was valued by."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Text, cast, select
from sqlmodel import col

from crm.core.work import Work
from crm.sroi.records import Effort, RuleSetVersion
from crm.sroi.states import EffortState

Line = tuple[int, str, int, str]
"""An effort: its id, the hash of the rule set that valued it, its value in cents, its facts as JSON."""


def rule_documents(work: Work) -> dict[str, str]:
    """Return the text of every rule set on record, by the hash it was stored with."""
    found = work.session.execute(select(col(RuleSetVersion.content_hash), col(RuleSetVersion.document)))
    return {row.content_hash: row.document for row in found}


def stored_values(work: Work, at_once: int) -> Iterator[list[Line]]:
    """Return all efforts that were not taken back, so many at a time."""
    wanted = (
        select(
            col(Effort.id), col(Effort.rule_set_hash), col(Effort.value_cents), cast(col(Effort.facts), Text)
        )
        .where(col(Effort.state) != EffortState.WITHDRAWN)
        .execution_options(yield_per=at_once)
    )
    for chunk in work.session.execute(wanted).partitions():
        yield [tuple(row) for row in chunk]
