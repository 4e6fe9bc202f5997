"""What a user of each role is assigned to, and how those assignments change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from crm.accounts import queries
from crm.accounts.records import User, UserAuthority, UserEmployer, UserRegion
from crm.core.access import Role
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import Record, key
from crm.core.work import Work


class Needs(StrEnum):
    """A kind of assignment."""

    REGIONS = "region_ids"
    AUTHORITIES = "authority_ids"
    EMPLOYER = "employer_id"
    PARTNER = "partner_id"


NEEDS: dict[Role, frozenset[Needs]] = {
    Role.ADVISER: frozenset({Needs.REGIONS}),
    Role.ACCOUNT_MANAGER: frozenset({Needs.REGIONS}),
    Role.SROI_OFFICER: frozenset({Needs.REGIONS, Needs.AUTHORITIES}),
    Role.MANAGER: frozenset({Needs.REGIONS}),
    Role.ADMIN: frozenset(),
    Role.PARTNER: frozenset({Needs.REGIONS, Needs.PARTNER}),
    Role.EMPLOYER: frozenset({Needs.EMPLOYER}),
}
# What may be left empty: a portal user without authorities sees all contracts of the employer.
MAY_HAVE: dict[Role, frozenset[Needs]] = {Role.EMPLOYER: frozenset({Needs.AUTHORITIES})}


@dataclass(frozen=True)
class Assigned:
    """What a user is assigned to; what the role has no need for stays empty."""

    region_ids: frozenset[int] = frozenset()
    authority_ids: frozenset[int] = frozenset()
    employer_id: int | None = None
    partner_id: int | None = None


def needed(role: Role, given: Assigned) -> Assigned:
    """Return the assignments that fit a role; raises `Invalid` for the first that is missing."""
    kept: dict[str, Any] = {}
    for need in sorted(NEEDS[role]):
        value = getattr(given, need)
        if not value:
            raise Invalid(need, "Choose what this user works for; this role needs it.")
        kept[need.value] = value
    for need in MAY_HAVE.get(role, frozenset()):
        kept[need.value] = getattr(given, need)
    return Assigned(**kept)


def assign(work: Work, user: User, wanted: Assigned) -> bool:
    """Make the stored assignments what is wanted; returns whether anything changed.

    Raises `NotFound` when something that is assigned does not exist.
    """
    user_id = key(user)
    has = queries.assigned_to(work, user_id)
    gone = [row for row in has if not _is_wanted(row, wanted)]
    there = {(type(row), _target(row)) for row in has}
    new = [row for row in _rows(user_id, wanted) if (type(row), _target(row)) not in there]
    changed = bool(gone or new) or user.partner_id != wanted.partner_id
    user.partner_id = wanted.partner_id
    for unwanted in gone:
        work.session.delete(unwanted)
    try:
        work.flush()
        for row in new:
            work.add(row)
    except IntegrityError:
        raise NotFound() from None
    return changed


def count_change(work: Work, user: User) -> None:
    """Count a change of assignments alone as a change of the user too; raises `Conflict` when crossed."""
    counted = (
        update(User)
        .where(col(User.id) == user.id, col(User.version) == user.version)
        .values(version=user.version + 1)
        .execution_options(synchronize_session=False)
    )
    if work.session.execute(counted).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict({}, {}, user.version)
    work.session.expire(user)


def _rows(user_id: int, wanted: Assigned) -> list[Record]:
    rows: list[Record] = [
        UserRegion(user_id=user_id, region_id=region_id) for region_id in sorted(wanted.region_ids)
    ]
    rows += [
        UserAuthority(user_id=user_id, authority_id=authority_id)
        for authority_id in sorted(wanted.authority_ids)
    ]
    if wanted.employer_id is not None:
        rows.append(UserEmployer(user_id=user_id, employer_id=wanted.employer_id))
    return rows


def _is_wanted(row: Record, wanted: Assigned) -> bool:
    match row:
        case UserRegion():
            return row.region_id in wanted.region_ids
        case UserAuthority():
            return row.authority_id in wanted.authority_ids
        case UserEmployer():
            return row.employer_id == wanted.employer_id
    return False


def _target(row: Record) -> int:
    match row:
        case UserRegion():
            return row.region_id
        case UserAuthority():
            return row.authority_id
        case UserEmployer():
            return row.employer_id
    return 0
