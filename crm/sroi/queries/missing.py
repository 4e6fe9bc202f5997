"""Awards that are no contract in the register yet, by authority and year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import defer
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.queries.register import as_rows
from crm.sroi.queries.rows import ContractRow
from crm.sroi.records import Authority, ClauseThreshold, Contract, MissingClause
from crm.sroi.rules.missing import Decision, NoClause
from crm.sroi.states import ContractState

MISSING_PAGE = 20


@dataclass(frozen=True)
class MissingTotal:
    """How many awards miss a contract, and the obligation of those of which it is known, in cents."""

    awards: int = 0
    expected_cents: int = 0


@dataclass(frozen=True)
class MissingGroup:
    """The open awards of one authority in one year; `unknown` of them have no expected obligation."""

    authority_id: int
    authority: str
    year: int
    awards: int
    expected_cents: int
    unknown: int


@dataclass(frozen=True)
class MissingRow:
    """An award without a contract; amounts in whole cents, `contract_type` as notices write it."""

    id: int
    version: int
    authority_id: int
    authority: str
    region_id: int
    title: str
    supplier_name: str
    supplier_kvk: str
    contract_type: str
    cpv_code: str
    value_cents: int | None
    expected_cents: int | None
    award_on: date | None
    start_on: date | None
    end_on: date | None
    year: int
    ocid: str
    why: str
    why_params: dict[str, Any]
    decision: Decision
    contract_id: int | None
    no_clause: NoClause | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True)
class Threshold:
    """An authority's own threshold, in cents, and its percentage; `version` None when it has none."""

    authority_id: int
    version: int | None = None
    amount_cents: int | None = None
    percentage: Decimal | None = None


def missing_total(work: Work) -> MissingTotal:
    """Return how many awards of the actor's authorities miss a contract, in one query."""
    expected_sum = func.coalesce(func.sum(MissingClause.expected_cents), 0)
    asked: Any = select(func.count(), expected_sum).select_from(MissingClause)
    awards, expected = work.session.exec(asked.where(*_open())).one()
    return MissingTotal(int(awards), int(expected))


def confirm_and_missing(work: Work, limit: int = 10) -> tuple[list[ContractRow], MissingTotal]:
    """Return contracts whose obligation waits to be confirmed, the oldest award first, and `missing_total`.

    In one query, for who opens the day with both.
    """
    expected = func.coalesce(func.sum(MissingClause.expected_cents), 0).label("expected")
    counted: Any = select(func.count().label("awards"), expected).select_from(MissingClause)
    total = counted.where(*_open()).subquery()
    order = (col(Contract.award_on), col(Contract.id))
    waiting = select(Contract.id).where(Contract.state == ContractState.TO_CONFIRM).order_by(*order)
    few = select(waiting.limit(limit).subquery().c.id)
    columns: tuple[Any, ...] = (
        total.c.awards,
        total.c.expected,
        Contract,
        Employer.name,
        Authority.name,
    )
    both: Any = (
        select(*columns)
        .select_from(total)
        .outerjoin(Contract, col(Contract.id).in_(few))
        .outerjoin(Employer, col(Employer.id) == Contract.employer_id)
        .outerjoin(Authority, col(Authority.id) == Contract.authority_id)
        .options(defer(Contract.obligation_explanation))  # type: ignore[arg-type]
        .order_by(*order)
    )
    rows = work.session.exec(both).all()
    found = [(one[2], one[3], one[4]) for one in rows if one[2] is not None]
    return as_rows(found, clock.today()), MissingTotal(int(rows[0][0]), int(rows[0][1]))


def missing_groups(work: Work) -> list[MissingGroup]:
    """Return the open awards by authority and year, the latest year in front."""
    columns: tuple[Any, ...] = (
        MissingClause.authority_id,
        Authority.name,
        MissingClause.year,
        func.count(),
        func.coalesce(func.sum(MissingClause.expected_cents), 0),
        func.count() - func.count(col(MissingClause.expected_cents)),
    )
    asked: Any = (
        select(*columns)
        .join(Authority, col(Authority.id) == MissingClause.authority_id)
        .where(*_open())
        .group_by(col(MissingClause.authority_id), col(Authority.name), col(MissingClause.year))
        .order_by(col(MissingClause.year).desc(), col(Authority.name))
    )
    return [
        MissingGroup(authority_id, name, year, awards, int(cents), unknown)
        for authority_id, name, year, awards, cents, unknown in work.session.exec(asked)
    ]


def missing_rows(
    work: Work, authority_id: int, year: int, decision: Decision = Decision.OPEN, page: int = 1
) -> list[MissingRow]:
    """Return a page of awards of an authority and year, the largest expected obligation in front."""
    wanted = (
        _rows()
        .where(
            MissingClause.authority_id == authority_id,
            MissingClause.year == year,
            MissingClause.decision == decision,
            MissingClause.above,
        )
        .order_by(func.coalesce(MissingClause.expected_cents, 0).desc(), col(MissingClause.id))
    )
    found = work.session.exec(wanted.offset(MISSING_PAGE * (max(page, 1) - 1)).limit(MISSING_PAGE))
    return [_row(*one) for one in found]


def decided_rows(work: Work, limit: int = MISSING_PAGE) -> list[MissingRow]:
    """Return the awards of which somebody said that they have no clause, the last decision in front."""
    wanted = _rows().where(MissingClause.decision == Decision.NO_CLAUSE)
    order = (col(MissingClause.decided_at).desc(), col(MissingClause.id).desc())
    return [_row(*one) for one in work.session.exec(wanted.order_by(*order).limit(limit))]


def missing_one(work: Work, clause_id: int) -> MissingRow:
    """Return one award; raises `NotFound` when it is not the actor's."""
    found = work.session.exec(_rows().where(MissingClause.id == clause_id)).first()
    if found is None:
        raise NotFound()
    return _row(*found)


def thresholds(work: Work) -> dict[int, Threshold]:
    """Return the authorities' own thresholds, by authority."""
    found = work.session.exec(select(ClauseThreshold))
    return {
        one.authority_id: Threshold(one.authority_id, one.version, one.amount_cents, one.percentage)
        for one in found
    }


def threshold_of(work: Work, authority_id: int) -> ClauseThreshold | None:
    """Return an authority's own threshold."""
    wanted = select(ClauseThreshold).where(ClauseThreshold.authority_id == authority_id)
    return work.session.exec(wanted).first()


def undecided_of(work: Work, authority_id: int) -> list[MissingClause]:
    """Return the awards of an authority that nobody decided about, also those under the threshold."""
    wanted = select(MissingClause).where(
        MissingClause.authority_id == authority_id, MissingClause.decision == Decision.OPEN
    )
    return list(work.session.exec(wanted))


def clauses_by_key(work: Work, keys: Collection[str]) -> dict[str, MissingClause]:
    """Return what is kept of these awards."""
    if not keys:
        return {}
    found = work.session.exec(select(MissingClause).where(col(MissingClause.award_key).in_(keys)))
    return {clause.award_key: clause for clause in found}


def _open() -> tuple[Any, ...]:
    return col(MissingClause.decision) == Decision.OPEN, col(MissingClause.above)


def _rows() -> Any:
    return (
        select(MissingClause, Authority.name, User.name)
        .join(Authority, col(Authority.id) == MissingClause.authority_id)
        .outerjoin(User, col(User.id) == MissingClause.decided_by_id)
    )


def _row(found: MissingClause, authority: str, decided_by: str | None) -> MissingRow:
    names = MissingRow.__dataclass_fields__.keys() - {"id", "authority", "decided_by"}
    told = {name: getattr(found, name) for name in names}
    return MissingRow(id=key(found), authority=authority, decided_by=decided_by, **told)
