"""Who is a member of the business network, since when and through whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core import clock
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.archive import not_archived
from crm.employers.queries.finding import holds
from crm.employers.records import Employer
from crm.employers.rules import folded
from crm.events.records import EventEmployer
from crm.events.rules import Answer
from crm.network.records import Membership, Tie
from crm.network.rules import Motive, TieKind, months_back
from crm.network.settings import settings

PAGE_SIZE = 50
MOST_PAGES = 20


class MemberOrder(StrEnum):
    """What comes first in the list of members."""

    NAME = "name"
    NEWEST = "newest"
    LONGEST_AGO = "longest_ago"


@dataclass(frozen=True)
class MemberFilter:
    """Which members to show; `dormant` those with whom nothing happened for a year."""

    text: str = ""
    motive: Motive | None = None
    dormant: bool = False
    left: bool = False
    order: MemberOrder = MemberOrder.NAME


@dataclass(frozen=True)
class MemberRow:
    """A member in the list; `introducer` is an employer or a colleague."""

    employer_id: int
    employer: str
    city: str | None
    motive: Motive
    joined_on: date
    left_on: date | None
    introducer: str | None
    last_contact_on: date | None
    dormant: bool


@dataclass(frozen=True)
class MembershipView:
    """The membership of one employer."""

    id: int
    version: int
    joined_on: date
    motive: Motive
    left_on: date | None
    introduced_by_employer_id: int | None
    introducing_employer: str | None
    introduced_by_user_id: int | None
    introducing_user: str | None


@dataclass(frozen=True)
class IntroductionRow:
    """Who brought whom into the network; `by_employer_id` is None when a colleague did."""

    by: str
    by_employer_id: int | None
    employer_id: int
    employer: str
    joined_on: date


_introducer, _brought = aliased(Employer), aliased(Membership)


def list_members(work: Work, wanted: MemberFilter, page: int = 1) -> list[MemberRow]:
    """Return one page of the members, by name unless another order is asked for; pages count from 1."""
    order = _order(wanted.order)
    shown = _ids(work, wanted).order_by(*order)
    few = shown.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE).subquery()
    # The few are sorted out first: sorting whole rows costs three times as much.
    found = (
        _memberships()
        .add_columns(dormant(clock.today()))
        .where(col(Membership.id).in_(select(few.c.id)))
        .order_by(*order)
    )
    return [_member(*row) for row in work.session.exec(found)]


def member_employer_ids(work: Work, wanted: MemberFilter) -> list[int]:
    """Return the ids of the employers that are members as the filter leaves them, in its order."""
    members = select(Membership.employer_id).join(Employer, col(Employer.id) == Membership.employer_id)
    found = members.where(*_conditions(work, wanted)).order_by(*_order(wanted.order))
    return list(work.session.exec(found.limit(MOST_PAGES * PAGE_SIZE)))


def count_members(work: Work, wanted: MemberFilter) -> int:
    """Return how many members the filter leaves, counted up to one more than all pages hold."""
    some = _ids(work, wanted).limit(MOST_PAGES * PAGE_SIZE + 1)
    return work.session.exec(select(func.count()).select_from(some.subquery())).one()


def membership_of(work: Work, employer_id: int) -> MembershipView | None:
    """Return the membership of an employer, also one that has ended; None when it never joined."""
    found = work.session.exec(_memberships().where(Membership.employer_id == employer_id)).first()
    if found is None:
        return None
    membership, _employer, employer, user = found
    return MembershipView(
        **membership.model_dump(exclude={"region_id", "employer_id"}),
        introducing_employer=employer,
        introducing_user=user,
    )


def membership_record(work: Work, employer_id: int) -> Membership | None:
    """Return the record of an employer's membership, also one that has ended."""
    return work.session.exec(select(Membership).where(Membership.employer_id == employer_id)).first()


def introductions(work: Work, limit: int = 200) -> list[IntroductionRow]:
    """Return who brought whom into the network, newest first."""
    by_somebody = func.coalesce(_introducer.name, User.name).is_not(None)
    found = _memberships().where(by_somebody, col(Membership.left_on).is_(None))
    newest = found.order_by(col(Membership.joined_on).desc(), col(Membership.id).desc()).limit(limit)
    return [_introduction(*row) for row in work.session.exec(newest)]


def _memberships() -> Any:
    return (
        select(Membership, Employer, _introducer.name, User.name)
        .join(Employer, col(Employer.id) == Membership.employer_id)
        .outerjoin(_introducer, col(_introducer.id) == Membership.introduced_by_employer_id)
        .outerjoin(User, col(User.id) == Membership.introduced_by_user_id)
    )


def _order(order: MemberOrder) -> tuple[Any, ...]:
    name = (col(Employer.search_key), col(Employer.id))
    match order:
        case MemberOrder.NEWEST:
            return col(Membership.joined_on).desc(), *name
        case MemberOrder.LONGEST_AGO:
            return col(Employer.last_contact_on).asc().nulls_first(), *name
    return name


def _ids(work: Work, wanted: MemberFilter) -> Any:
    members = select(Membership.id).join(Employer, col(Employer.id) == Membership.employer_id)
    return members.where(*_conditions(work, wanted))


def _conditions(work: Work, wanted: MemberFilter) -> list[ColumnElement[bool]]:
    left = col(Membership.left_on)
    gone = left.is_not(None) if wanted.left else left.is_(None)
    conditions: list[ColumnElement[bool]] = [gone, not_archived()]
    if typed := folded(wanted.text):
        conditions.append(holds(work, typed))
    if wanted.motive is not None:
        conditions.append(col(Membership.motive) == wanted.motive)
    if wanted.dormant:
        conditions.append(dormant(clock.today()))
    return conditions


def dormant(today: date) -> ColumnElement[bool]:
    """Return the condition that a member sleeps: `crm.network.rules.is_dormant` as the database asks it."""
    since = months_back(today, settings().dormant_months)
    spoken, here = col(Employer.last_contact_on), Membership.employer_id
    came = exists().where(
        col(EventEmployer.employer_id) == here,
        col(EventEmployer.answer) == Answer.PRESENT,
        col(EventEmployer.held_on) >= since,
    )
    pointed = exists().where(
        col(Tie.employer_id) == here, col(Tie.kind) == TieKind.REFERRAL, col(Tie.since) >= since
    )
    brought = exists().where(
        col(_brought.introduced_by_employer_id) == here, col(_brought.joined_on) >= since
    )
    quiet = or_(spoken.is_(None), spoken < since)
    return and_(col(Membership.joined_on) < since, quiet, ~came, ~pointed, ~brought)


def _member(
    membership: Membership, employer: Employer, by_employer: str, by_user: str, sleeps: bool
) -> MemberRow:
    return MemberRow(
        employer_id=key(employer),
        employer=employer.name,
        city=employer.city,
        motive=membership.motive,
        joined_on=membership.joined_on,
        left_on=membership.left_on,
        introducer=by_employer or by_user,
        last_contact_on=employer.last_contact_on,
        dormant=membership.left_on is None and bool(sleeps),
    )


def _introduction(
    membership: Membership, employer: Employer, by_employer: str | None, by_user: str | None
) -> IntroductionRow:
    return IntroductionRow(
        by=by_employer or by_user or "",
        by_employer_id=membership.introduced_by_employer_id if by_employer else None,
        employer_id=key(employer),
        employer=employer.name,
        joined_on=membership.joined_on,
    )
