"""Which evidence has been kept long enough, and which files nothing refers to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from crm.core import clock, files
from crm.core.config import settings
from crm.core.records import Record
from crm.core.work import Work
from crm.sroi.records import Contract, Effort, Evidence, PersonClaim
from crm.sroi.states import ContractState, EffortState

# A file is stored before the record that refers to it: one of today may belong to somebody who is busy.
AT_LEAST = timedelta(days=1)
_AT_ONCE = 500


def last_settled_on() -> date:
    """Return the last day on which a contract was settled whose evidence is over its time today."""
    return clock.today() - timedelta(days=settings().evidence_retention_days)


def old_evidence(work: Work, most: int) -> list[tuple[Evidence, Effort]]:
    """Return files of evidence over their time, each with its effort, for a change."""
    wanted: Any = _old(select(Evidence, Effort)).where(col(Evidence.sha256).is_not(None))
    return list(work.session.exec(wanted.order_by(col(Evidence.id)).limit(most)))


def count_old_evidence(work: Work) -> int:
    """Return how many files of evidence are over their time."""
    wanted = _old(select(func.count(col(Evidence.id)))).where(col(Evidence.sha256).is_not(None))
    return int(work.session.exec(wanted).one())


def old_persons(work: Work, most: int) -> list[PersonClaim]:
    """Return whose time was claimed on contracts that are over their time, for a change.

    With those of contracts and efforts that were withdrawn: nothing is claimed there any more.
    """
    wanted = (
        select(PersonClaim)
        .join(Contract, col(Contract.id) == PersonClaim.contract_id)
        .join(Effort, col(Effort.id) == PersonClaim.effort_id)
        .where(
            or_(
                and_(*_settled()),
                col(Contract.state) == ContractState.WITHDRAWN,
                col(Effort.state) == EffortState.WITHDRAWN,
            )
        )
        .order_by(col(PersonClaim.id))
        .limit(most)
    )
    return list(work.session.exec(wanted))


def stray_files(work: Work) -> list[str]:
    """Return the hashes of the files on disk that no record refers to, and that are not of today."""
    stored = files.stored_before(clock.now() - AT_LEAST)
    return [
        sha256
        for first in range(0, len(stored), _AT_ONCE)
        for sha256 in _unknown(work, stored[first : first + _AT_ONCE])
    ]


def _unknown(work: Work, some: Sequence[str]) -> list[str]:
    known: set[str] = set()
    for mapper in Record._sa_registry.mappers:
        for column in mapper.column_attrs:
            # By its name, so that a new table that keeps files is looked at without being told of here.
            if column.key.endswith("sha256"):
                hashes = getattr(mapper.class_, column.key)
                known.update(work.session.exec(select(hashes).where(hashes.in_(some))))
    return [sha256 for sha256 in some if sha256 not in known]


def _old(wanted: Any) -> Any:
    return (
        wanted.select_from(Evidence)
        .join(Effort, col(Effort.id) == Evidence.effort_id)
        .join(Contract, col(Contract.id) == Evidence.contract_id)
        .where(*_settled())
    )


def _settled() -> tuple[Any, ...]:
    return (
        col(Contract.state) == ContractState.SETTLED,
        col(Contract.settled_on) <= last_settled_on(),
    )
