"""Every effort with what it is called, for files that go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import rulebook
from crm.sroi.queries.efforts import block_name
from crm.sroi.records import Contract, Effort, RuleSetVersion
from crm.sroi.rules import Bilingual
from crm.sroi.states import EffortState

_AT_ONCE = 1000


@dataclass(frozen=True)
class EffortLine:
    """An effort in a file: at whom, on which contract, what it is and how it stands."""

    employer: str
    contract: str
    block_name: Bilingual
    state: EffortState
    starts_on: date | None
    ends_on: date | None


def every_effort(work: Work) -> Iterator[EffortLine]:
    """Yield the efforts that are the actor's, the last made first."""
    columns: Any = (Effort, Employer.name, Contract.title, RuleSetVersion)
    wanted = (
        select(*columns)
        .join(Contract, col(Contract.id) == Effort.contract_id)
        .join(RuleSetVersion, col(RuleSetVersion.id) == Contract.rule_set_id)
        .join(Employer, col(Employer.id) == Effort.employer_id)
        .order_by(col(Effort.id).desc())
    )
    for effort, employer, title, rules in work.session.execute(wanted.execution_options(yield_per=_AT_ONCE)):
        name = block_name(rulebook.read(rules), effort.block)
        yield EffortLine(employer, title, name, effort.state, effort.starts_on, effort.ends_on)
