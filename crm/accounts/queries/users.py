"""Questions of an administrator: who has an account, and what are they assigned to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.accounts.queries.invitations import hidden_from
from crm.accounts.records import (
    Partner,
    Region,
    SignInSession,
    User,
    UserAuthority,
    UserEmployer,
    UserRegion,
)
from crm.core.access import Role
from crm.core.work import Work

PAGE_SIZE = 50


@dataclass(frozen=True)
class UserRow:
    """A user in the list; `last_in` is when they last signed in."""

    id: int
    name: str
    email: str
    role: Role
    active: bool
    last_in: datetime | None


@dataclass(frozen=True)
class UserList:
    """A page of users, and how many there are in all."""

    rows: list[UserRow]
    total: int


@dataclass(frozen=True)
class UserDetails:
    """An account with its assignments, as an administrator edits it.

    `hidden` is how many contracts of the own employer are out of sight since a merge.
    """

    id: int
    version: int
    name: str
    email: str
    role: Role
    active: bool
    language: str
    phone: str | None
    region_ids: frozenset[int]
    authority_ids: frozenset[int]
    employer_id: int | None
    partner_id: int | None
    hidden: int


def users(work: Work, text: str = "", role: Role | None = None, page: int = 1) -> UserList:
    """Return a page of users by name, those that may not sign in last."""
    wanted = list(_wanted(text, role))
    last_in = (
        select(func.max(SignInSession.created_at))
        .where(SignInSession.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    found = (
        sa_select(col(User.id), col(User.name), col(User.email), col(User.role), col(User.active), last_in)
        .where(*wanted)
        .order_by(col(User.active).desc(), col(User.name), col(User.id))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    total = work.session.execute(sa_select(func.count(col(User.id))).where(*wanted)).scalar_one()
    return UserList([UserRow(*row) for row in work.session.execute(found)], total)


def user_details(work: Work, user_id: int) -> UserDetails:
    """Return one account with its assignments; raises `NotFound`."""
    user = work.get(User, user_id)
    rows = assigned_to(work, user_id)
    return UserDetails(
        id=user_id,
        version=user.version,
        name=user.name,
        email=user.email,
        role=user.role,
        active=user.active,
        language=user.language,
        phone=user.phone,
        region_ids=frozenset(row.region_id for row in rows if isinstance(row, UserRegion)),
        authority_ids=frozenset(row.authority_id for row in rows if isinstance(row, UserAuthority)),
        employer_id=next((row.employer_id for row in rows if isinstance(row, UserEmployer)), None),
        partner_id=user.partner_id,
        hidden=len(hidden_from(work, user_id)),
    )


def assigned_to(work: Work, user_id: int) -> list[UserRegion | UserAuthority | UserEmployer]:
    """Return the records that assign something to a user."""
    found: list[Any] = []
    for table in (UserRegion, UserAuthority, UserEmployer):
        found.extend(work.session.exec(select(table).where(col(table.user_id) == user_id)))
    return found


def other_admins(work: Work, user_id: int) -> int:
    """Return how many others are active administrators, held until the end of this unit of work."""
    admins = select(User.id).where(col(User.role) == Role.ADMIN, col(User.active)).with_for_update()
    return sum(1 for found_id in work.session.exec(admins) if found_id != user_id)


def regions(work: Work) -> dict[int, str]:
    """Return the names of the labour-market regions, by id."""
    return _names(work, Region)


def region_id_of(work: Work, code: str) -> int | None:
    """Return the id of a region by its code."""
    return work.session.exec(select(Region.id).where(Region.code == code)).first()


def partners(work: Work) -> dict[int, str]:
    """Return the names of the partner organisations, by id."""
    return _names(work, Partner)


def _names(work: Work, table: type[Region] | type[Partner]) -> dict[int, str]:
    found = select(table.id, table.name).order_by(table.name)
    return {int(found_id or 0): name for found_id, name in work.session.exec(found)}


def _wanted(text: str, role: Role | None) -> Iterable[ColumnElement[bool]]:
    if typed := text.strip():
        yield or_(
            col(User.name).icontains(typed, autoescape=True),
            col(User.email).icontains(typed, autoescape=True),
        )
    if role is not None:
        yield col(User.role) == role
