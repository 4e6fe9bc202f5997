"""What is stored for every effort, as a stream, with the rule sets that it was valued by."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Text, cast, select
from sqlmodel import col

from crm.core.work import Work
from crm.sroi.records import Contract, Effort, RuleSetVersion
from crm.sroi.states import EffortState

Line = tuple[int, int, int, str]
"""An effort: its id, the id of its rule set's version, its value in cents, its facts as JSON."""


def rule_documents(work: Work) -> dict[int, str]:
    """Return the text of every rule set on record, by the id of its version."""
    found = work.session.execute(select(col(RuleSetVersion.id), col(RuleSetVersion.document)))
    return {version_id: document for version_id, document in found if version_id is not None}


def stored_values(work: Work, at_once: int) -> Iterator[list[Line]]:
    """Return all efforts that were not taken back, so many at a time."""
    wanted = (
        select(
            col(Effort.id), col(Contract.rule_set_id), col(Effort.value_cents), cast(col(Effort.facts), Text)
        )
        .join(Contract, col(Contract.id) == col(Effort.contract_id))
        .where(col(Effort.state) != EffortState.WITHDRAWN)
        .execution_options(yield_per=at_once)
    )
    for chunk in work.session.execute(wanted).partitions():
        yield [tuple(row) for row in chunk]
