"""Tenders before their award: the list with its filter, one in full, and the amount that one agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.rules import folded
from crm.sroi.records import Authority, TenderIntake
from crm.sroi.rules import Explanation
from crm.sroi.rules.tendering import AwardCriterion, IntakeState
from crm.sroi.states import ContractType

PAGE_SIZE = 50


@dataclass(frozen=True)
class TenderFilter:
    """Which tenders are asked for; nothing chosen means all of them."""

    text: str = ""
    state: IntakeState | None = IntakeState.OPEN
    authority_id: int | None = None


@dataclass(frozen=True)
class TenderRow:
    """A tender in the list; amounts in whole cents."""

    id: int
    title: str
    authority: str
    state: IntakeState
    estimate_cents: int
    expected_cents: int
    award_on: date
    officer: str | None
    contract_id: int | None


@dataclass(frozen=True)
class TenderPage:
    """A tender in full, with the obligation that would follow and why."""

    row: TenderRow
    version: int
    authority_id: int
    reference: str | None
    cpv_code: str | None
    contract_type: ContractType
    labour_share: Decimal | None
    percentage: Decimal | None
    amount_cents: int | None
    criterion: AwardCriterion
    social_weight: Decimal | None
    published_on: date | None
    start_on: date
    end_on: date
    rule_set_code: str | None
    withdrawn_reason: str | None
    closed_on: date | None
    expected: Explanation


@dataclass(frozen=True)
class TenderList:
    """One page of the list, and how many there are."""

    rows: list[TenderRow]
    found: int


def tenders(work: Work, asked: TenderFilter, page: int = 1) -> TenderList:
    """Return one page of tenders, those that are awarded first in front."""
    conditions: list[Any] = []
    if asked.state is not None:
        conditions.append(TenderIntake.state == asked.state)
    if asked.authority_id is not None:
        conditions.append(TenderIntake.authority_id == asked.authority_id)
    if text := folded(asked.text):
        conditions.append(col(TenderIntake.search_key).contains(text, autoescape=True))
    wanted = _rows().where(*conditions).order_by(col(TenderIntake.award_on), col(TenderIntake.id))
    found = work.session.exec(wanted.limit(PAGE_SIZE).offset(PAGE_SIZE * (page - 1))).all()
    count = select(func.count(col(TenderIntake.id))).where(*conditions)
    return TenderList([_row(*one) for one in found], work.session.exec(count).one())


def tender(work: Work, intake_id: int) -> TenderPage:
    """Return a tender in full; raises `NotFound` when it is not the actor's."""
    found = work.session.exec(_rows().where(TenderIntake.id == intake_id)).first()
    if found is None:
        raise NotFound()
    intake: TenderIntake = found[0]
    told = set(TenderPage.__dataclass_fields__) - {"row", "expected"}
    return TenderPage(
        **intake.model_dump(include=told),
        row=_row(*found),
        expected=Explanation.from_json(intake.explanation),
    )


def agreed_amount(work: Work, contract_id: int) -> int | None:
    """Return the amount in whole cents that the tender of a contract said; None when it said none."""
    wanted = select(TenderIntake.amount_cents).where(TenderIntake.contract_id == contract_id)
    return work.session.exec(wanted).first()


def _rows() -> Any:
    return (
        select(TenderIntake, Authority.name, User.name)
        .join(Authority, col(Authority.id) == TenderIntake.authority_id)
        .outerjoin(User, col(User.id) == TenderIntake.officer_id)
    )


def _row(intake: TenderIntake, authority: str, officer: str | None) -> TenderRow:
    return TenderRow(
        id=key(intake),
        title=intake.title,
        authority=authority,
        state=intake.state,
        estimate_cents=intake.estimate_cents,
        expected_cents=intake.expected_cents,
        award_on=intake.award_on,
        officer=officer,
        contract_id=intake.contract_id,
    )
