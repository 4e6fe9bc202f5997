"""The list of employers: filtered, sorted and a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.queries.bulk import has_tag
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import Segment, folded, is_too_quiet, quiet_since

PAGE_SIZE = 50
MOST_PAGES = 20


class Order(StrEnum):
    """How the list is sorted."""

    NAME = "name"
    LONGEST_AGO = "longest_ago"
    LATEST = "latest"


@dataclass(frozen=True)
class EmployerFilter:
    """Which employers the list shows; `quiet` only those not spoken with for too long."""

    text: str = ""
    municipality_id: int | None = None
    segment: Segment | None = None
    holder_id: int | None = None
    quiet: bool = False
    ceased: bool = False
    tag: str = ""
    order: Order = Order.NAME


@dataclass(frozen=True)
class EmployerRow:
    """A line of the list."""

    id: int
    name: str
    city: str | None
    sbi_code: str | None
    segment: Segment
    holder: str | None
    last_contact_on: date | None
    too_quiet: bool


def list_employers(work: Work, wanted: EmployerFilter, page: int = 1) -> list[EmployerRow]:
    """Return one page of the list; pages count from 1, up to `MOST_PAGES`."""
    found = (
        select(Employer, User.name)
        .outerjoin(User, col(User.id) == Employer.holder_id)
        .where(*_conditions(work, wanted))
        .order_by(*_sorting(wanted.order))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    today = clock.today()
    return [_row(employer, holder, today) for employer, holder in work.session.exec(found)]


def every_employer(work: Work, wanted: EmployerFilter) -> Iterator[Employer]:
    """Yield every employer the filter leaves, in its order, without holding all of them."""
    found = select(Employer).where(*_conditions(work, wanted)).order_by(*_sorting(wanted.order))
    yield from work.session.exec(found.execution_options(yield_per=500))


def employer_ids(work: Work, wanted: EmployerFilter) -> list[int]:
    """Return the ids of the employers that the filter leaves, in its order, as far as all pages go."""
    found = select(Employer.id).where(*_conditions(work, wanted)).order_by(*_sorting(wanted.order))
    return [int(employer_id or 0) for employer_id in work.session.exec(found.limit(MOST_PAGES * PAGE_SIZE))]


def count_employers(work: Work, wanted: EmployerFilter) -> int:
    """Return how many employers the filter leaves, counted up to one more than all pages hold."""
    some = select(Employer.id).where(*_conditions(work, wanted)).limit(MOST_PAGES * PAGE_SIZE + 1)
    return work.session.exec(select(func.count()).select_from(some.subquery())).one()


def too_quiet(today: date) -> ColumnElement[bool]:
    """Return the condition that an employer was not spoken with for longer than its segment asks."""
    too_long_ago = [
        and_(col(Employer.segment) == segment, col(Employer.last_contact_on) < quiet_since(segment, today))
        for segment in Segment
    ]
    return or_(col(Employer.last_contact_on).is_(None), *too_long_ago)


def _row(employer: Employer, holder: str | None, today: date) -> EmployerRow:
    return EmployerRow(
        id=key(employer),
        name=employer.name,
        city=employer.city,
        sbi_code=employer.sbi_code,
        segment=employer.segment,
        holder=holder,
        last_contact_on=employer.last_contact_on,
        too_quiet=is_too_quiet(employer.segment, employer.last_contact_on, today),
    )


def _conditions(work: Work, wanted: EmployerFilter) -> list[ColumnElement[bool]]:
    here = and_(col(Employer.ceased_on).is_(None), not_archived())
    conditions: list[ColumnElement[bool]] = [~here if wanted.ceased else here]
    if typed := folded(wanted.text):
        conditions.append(holds(work, typed))
    if wanted.municipality_id is not None:
        conditions.append(col(Employer.municipality_id) == wanted.municipality_id)
    if wanted.segment is not None:
        conditions.append(col(Employer.segment) == wanted.segment)
    if wanted.tag:
        conditions.append(has_tag(wanted.tag))
    if wanted.holder_id is not None:
        conditions.append(col(Employer.holder_id) == wanted.holder_id)
    if wanted.quiet:
        conditions.append(too_quiet(clock.today()))
    return conditions


def _sorting(order: Order) -> tuple[ColumnElement[Any], ...]:
    name, spoken = col(Employer.search_key), col(Employer.last_contact_on)
    match order:
        case Order.NAME:
            return (name.asc(),)
        case Order.LONGEST_AGO:
            return spoken.asc().nulls_first(), name.asc()
        case Order.LATEST:
            return spoken.desc().nulls_last(), name.asc()
