"""Final statements: what one would say now, those that were made, and the one behind a check code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi import statements
from crm.sroi.documents.paper import Paper, read_paper
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.rows import ContractPage
from crm.sroi.records import Contract, Effort, RuleSetVersion, Statement, StatementCopy
from crm.sroi.statements import Decisions, Frame
from crm.sroi.states import EffortState


@dataclass(frozen=True)
class StatementRow:
    """A statement that was made; `reason` is why it corrects the one before it."""

    id: int
    number: int
    code: str
    made_at: datetime
    made_by: str
    paper: Paper


@dataclass(frozen=True)
class Settlement:
    """What the page of a settlement shows.

    `paper` is the current statement, or what one would say now; `needs_last` tells that the rule set needs
    the last instalment first, `waiting` how many efforts are not decided on yet.
    """

    page: ContractPage
    paper: Paper
    needs_last: bool
    waiting: int
    made: list[StatementRow]


def settlement(work: Work, contract_id: int, decisions: Decisions, *, again: bool = False) -> Settlement:
    """Return the settlement of a contract: the current statement, or with `again` a new one as it would be.

    Raises `NotFound` when the contract is not the actor's.
    """
    page = contract_page(work, contract_id)
    made = statements_of(work, contract_id)
    waiting = sum(effort.state is EffortState.SUBMITTED for effort in page.efforts)
    if made and not again:
        return Settlement(page, made[0].paper, False, waiting, made)
    frame = frame_of(work, contract_id, len(made) + 1)
    try:
        inputs, needs_last = statements.gather(page, frame, decisions), False
    except Invalid:
        anyhow = Decisions(0, decisions.not_to_blame)
        inputs, needs_last = statements.gather(page, frame, anyhow), True
    return Settlement(page, read_paper(inputs), needs_last, waiting, made)


def frame_of(work: Work, contract_id: int, number: int, reason: str = "") -> Frame:
    """Return what a statement made today says beside the contract."""
    contract = work.get(Contract, contract_id)
    return Frame(
        kvk_number=work.get(Employer, contract.employer_id).kvk_number or "",
        document=work.get(RuleSetVersion, contract.rule_set_id).document,
        today=clock.today(),
        number=number,
        reason=reason,
        settled_on=contract.settled_on,
        companies=_companies(work, contract),
    )


def _companies(work: Work, contract: Contract) -> dict[int, str]:
    """Return the names of the companies beside the contractor that handed something in, by id."""
    handed_in = select(Effort.employer_id).where(
        Effort.contract_id == contract.id, Effort.employer_id != contract.employer_id
    )
    wanted = select(Employer.id, Employer.name).where(col(Employer.id).in_(handed_in))
    return {int(company or 0): name for company, name in work.session.exec(wanted)}


def statements_of(work: Work, contract_id: int) -> list[StatementRow]:
    """Return the statements of a contract, the current one first."""
    wanted = (
        select(Statement, User.name)
        .outerjoin(User, col(User.id) == Statement.made_by_id)
        .where(Statement.contract_id == contract_id)
        .order_by(col(Statement.number).desc())
    )
    return [_row(found, name) for found, name in work.session.exec(wanted)]


def current_number(work: Work, contract_id: int) -> int:
    """Return the number of the current statement of a contract; 0 without one."""
    return len(work.session.exec(select(Statement.id).where(Statement.contract_id == contract_id)).all())


def current_statement(work: Work, contract_id: int) -> int | None:
    """Return the id of the current statement of a contract; None while there is none."""
    wanted = select(Statement.id).where(Statement.contract_id == contract_id)
    return work.session.exec(wanted.order_by(col(Statement.number).desc()).limit(1)).first()


def statement(work: Work, statement_id: int) -> StatementRow:
    """Return one statement; raises `NotFound` when it is not the actor's."""
    return _row(work.get(Statement, statement_id), None)


def statement_inputs(work: Work, statement_id: int) -> dict[str, Any]:
    """Return what a statement is made from; raises `NotFound` when it is not the actor's."""
    found: dict[str, Any] = json.loads(work.get(Statement, statement_id).inputs)
    return found


def copy_is_known(work: Work, statement_id: int, sha256: str) -> bool:
    """Return whether a PDF with this hash was handed out as a copy of a statement."""
    same = select(StatementCopy.id).where(
        StatementCopy.statement_id == statement_id, StatementCopy.sha256 == sha256
    )
    return work.session.exec(same).first() is not None


@dataclass(frozen=True)
class Found:
    """The statement behind a check code; `replaced` when a later version took its place."""

    id: int
    code: str
    paper: Paper
    replaced: bool


def statement_by_code(work: Work, code: str) -> Found:
    """Return the statement with this code; raises `NotFound` when there is none."""
    found = work.session.exec(select(Statement).where(Statement.code == code)).first()
    if found is None:
        raise NotFound()
    return Found(
        id=key(found),
        code=found.code,
        paper=read_paper(json.loads(found.inputs)),
        replaced=current_statement(work, found.contract_id) != found.id,
    )


def _row(found: Statement, name: str | None) -> StatementRow:
    return StatementRow(
        id=key(found),
        number=found.number,
        code=found.code,
        made_at=found.made_at,
        made_by=name or "Vliegwiel",
        paper=read_paper(json.loads(found.inputs)),
    )
