"""The register of contracts: searched, filtered on standing, sorted by what is at stake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy.orm import defer
from sqlmodel import col, select

from crm.core import clock, search
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.sroi.queries.bulk import has_contract_tag
from crm.sroi.queries.rows import ContractRow, EmployerSummary, RegisterPage, Totals
from crm.sroi.records import Authority, Contract
from crm.sroi.rules import Status
from crm.sroi.standing import CONFIRMED, OPEN, standing_of
from crm.sroi.states import ContractState

PAGE_SIZE = 50
MOST_WALKED = 1000
LISTED = (ContractState.TO_CONFIRM, *CONFIRMED)


class Order(StrEnum):
    """What comes first in the register."""

    NEED = "need"
    DAYS_LEFT = "days_left"
    NEWEST = "newest"
    TITLE = "title"


@dataclass(frozen=True)
class RegisterFilter:
    """Which contracts: withdrawn ones only when they are asked for."""

    text: str = ""
    authority_id: int | None = None
    state: ContractState | None = None
    standing: Status | None = None
    order: Order = Order.NEED
    officer_id: int | None = None
    tag: str = ""


def register(work: Work, asked: RegisterFilter, page: int = 1) -> RegisterPage:
    """Return a page of at most 50 contracts (from 1) and the totals of everything that was asked for."""
    today = clock.today()
    conditions = _conditions(work, asked, today)
    found, totals = _totals(work, conditions)
    order = (*_order(asked.order), col(Contract.id))
    shown = select(Contract.id).where(*conditions).order_by(*order)
    shown = shown.offset(PAGE_SIZE * (max(page, 1) - 1)).limit(PAGE_SIZE)
    return RegisterPage(_rows_of(work, shown, order, today), found, totals)


def contract_ids(work: Work, asked: RegisterFilter) -> list[int]:
    """Return the ids of the contracts that were asked for, in order, no more than a thousand."""
    found = select(Contract.id).where(*_conditions(work, asked, clock.today()))
    ordered = found.order_by(*_order(asked.order), col(Contract.id)).limit(MOST_WALKED)
    return [int(contract_id or 0) for contract_id in work.session.exec(ordered)]


def contracts_of_employer(work: Work, employer_id: int) -> list[ContractRow]:
    """Return the contracts of one employer, those that end first in front; not the withdrawn ones."""
    own = (Contract.employer_id == employer_id, col(Contract.state).in_(LISTED))
    wanted = contract_rows().where(*own).order_by(col(Contract.end_on), col(Contract.id))
    return as_rows(work.session.exec(wanted), clock.today())


def portal_contracts(work: Work) -> list[ContractRow]:
    """Return the confirmed contracts that a portal user sees: those of the own employer."""
    confirmed = col(Contract.state).in_(CONFIRMED)
    wanted = contract_rows().where(confirmed).order_by(col(Contract.end_on), col(Contract.id))
    return as_rows(work.session.exec(wanted.limit(200)), clock.today())


def at_risk_contracts(today: date, limit: int) -> Any:
    """Return the statement for contracts behind or in repair, the most euros still needed in front."""
    at_risk = or_(has_standing(Status.BEHIND, today), has_standing(Status.IN_REPAIR, today))
    order = (needed().desc(), col(Contract.id))
    wanted = select(Contract.id).where(at_risk, col(Contract.state).in_(OPEN)).order_by(*order).limit(limit)
    return _only(wanted, order)


def employer_summary(work: Work, employer_id: int) -> EmployerSummary:
    """Return an employer's open contracts in one line; `behind` counts those in repair too."""
    today = clock.today()
    at_risk = or_(has_standing(Status.BEHIND, today), has_standing(Status.IN_REPAIR, today))
    asked: Any = select(
        func.count(),
        func.coalesce(func.sum(case((at_risk, 1), else_=0)), 0),
        func.coalesce(func.sum(case((at_risk, needed()), else_=0)), 0),
        func.min(case((at_risk, col(Contract.end_on)))),
    ).select_from(Contract)
    own = asked.where(Contract.employer_id == employer_id, col(Contract.state).in_(OPEN))
    contracts, behind, needed_cents, needed_by = work.session.exec(own).one()
    return EmployerSummary(contracts, int(behind), int(needed_cents), needed_by)


def has_standing(status: Status, today: date) -> ColumnElement[bool]:
    """Return the condition that a contract has a standing today, the same as `standing_of` computes.

    Whether it is behind is a matter of dates alone, because `behind_on` was computed when amounts changed.
    """
    is_open = col(Contract.state).in_(OPEN)
    short = col(Contract.approved_cents) < col(Contract.obligation_cents)
    in_repair = and_(
        col(Contract.state) == ContractState.IN_REPAIR,
        func.coalesce(Contract.repair_until, date.min) >= today,
    )
    conditions = {
        Status.SETTLED: col(Contract.state) == ContractState.SETTLED,
        Status.MET: and_(is_open, ~short),
        Status.IN_REPAIR: and_(is_open, short, in_repair),
        Status.ON_COURSE: and_(is_open, short, ~in_repair, col(Contract.behind_on) > today),
        Status.BEHIND: and_(is_open, short, ~in_repair, col(Contract.behind_on) <= today),
    }
    return conditions[status]


def needed() -> ColumnElement[int]:
    """Return the cents of a contract that neither approved nor submitted efforts cover."""
    gap = col(Contract.obligation_cents) - col(Contract.approved_cents) - col(Contract.submitted_cents)
    return case((gap > 0, gap), else_=0)


def contract_rows() -> Any:
    """Return the statement for contracts with the names of their contractor and authority."""
    return (
        select(Contract, Employer.name, Authority.name)
        .join(Employer, col(Employer.id) == Contract.employer_id)
        .join(Authority, col(Authority.id) == Contract.authority_id)
        .options(defer(Contract.obligation_explanation))  # type: ignore[arg-type]
    )


def as_rows(found: Iterable[tuple[Contract, str, str]], today: date) -> list[ContractRow]:
    """Return what `contract_rows` found as rows, with their standing."""
    return [as_row(contract, employer, authority, today) for contract, employer, authority in found]


def as_row(contract: Contract, employer: str, authority: str, today: date) -> ContractRow:
    """Return one contract as a row."""
    return ContractRow(
        id=key(contract),
        title=contract.title,
        reference=contract.reference,
        authority=authority,
        employer_id=contract.employer_id,
        employer=employer,
        state=contract.state,
        standing=standing_of(contract, today),
        obligation_cents=contract.obligation_cents,
        approved_cents=contract.approved_cents,
        submitted_cents=contract.submitted_cents,
        award_on=contract.award_on,
        start_on=contract.start_on,
        end_on=contract.end_on,
        repair_until=contract.repair_until,
        behind_on=contract.behind_on,
    )


def _rows_of(work: Work, shown: Any, order: tuple[Any, ...], today: date) -> list[ContractRow]:
    return as_rows(work.session.exec(_only(shown, order)), today)


def _only(shown: Any, order: tuple[Any, ...]) -> Any:
    # The few ids come from the index alone, and only those contracts are read themselves.
    few = select(shown.subquery().c.id)
    return contract_rows().where(col(Contract.id).in_(few)).order_by(*order)


def _conditions(work: Work, asked: RegisterFilter, today: date) -> list[ColumnElement[bool]]:
    states = LISTED if asked.state is None else (asked.state,)
    conditions: list[ColumnElement[bool]] = [col(Contract.state).in_(states)]
    if asked.authority_id is not None:
        conditions.append(col(Contract.authority_id) == asked.authority_id)
    if asked.standing is not None:
        conditions.append(has_standing(asked.standing, today))
    if asked.officer_id is not None:
        conditions.append(col(Contract.officer_id) == asked.officer_id)
    if asked.tag:
        conditions.append(has_contract_tag(asked.tag))
    if typed := folded(asked.text):
        conditions.append(_named(work, typed))
    return conditions


def _named(work: Work, typed: str) -> ColumnElement[bool]:
    # The sums keep SQLite from fetching contract by contract: it walks the register's own index instead.
    contract_id, employer_id = col(Contract.id) + 0, col(Contract.employer_id) + 0
    contract = search.matches(
        work, typed, index="contract_search", record_id=contract_id, search_key=col(Contract.search_key)
    )
    # The contractor's own key too, so that a firm is found under the name it has now.
    employer = search.matches(
        work, typed, index="employer_search", record_id=col(Employer.id), search_key=col(Employer.search_key)
    )
    return or_(contract, employer_id.in_(select(Employer.id).where(employer)))


def _totals(work: Work, conditions: list[ColumnElement[bool]]) -> tuple[int, Totals]:
    confirmed = col(Contract.state).in_(CONFIRMED)

    def total(amount: Any) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((confirmed, amount), else_=0)), 0)

    amounts = (Contract.obligation_cents, Contract.approved_cents, Contract.submitted_cents, needed())
    asked: Any = select(func.count(), total(1), *map(total, amounts)).select_from(Contract)
    found, *sums = work.session.exec(asked.where(*conditions)).one()
    return int(found), Totals(*map(int, sums))


def _order(order: Order) -> tuple[Any, ...]:
    closed = case((col(Contract.state) == ContractState.SETTLED, 1), else_=0)
    match order:
        case Order.NEED:
            return closed, needed().desc(), col(Contract.end_on)
        case Order.DAYS_LEFT:
            return closed, col(Contract.end_on)
        case Order.NEWEST:
            return (col(Contract.award_on).desc(),)
    return (col(Contract.title),)
