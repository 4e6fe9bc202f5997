"""Questions about portal users who see the contracts of every authority, and about who let them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.accounts.records import EmployerInvitation, User, UserAuthority, UserEmployer
from crm.accounts.records_access import AllContracts
from crm.core.access import Role
from crm.core.work import Work


@dataclass(frozen=True)
class Unlimited:
    """An account without limits that came in by the link of a member of staff, or of who did.

    `let_in_by` is that member of staff; `authority_ids` is what they work for, and may be empty by now.
    """

    user_id: int
    employer_id: int
    name: str
    email: str
    active: bool
    let_in_by: str
    authority_ids: frozenset[int]


@dataclass(frozen=True)
class _Account:
    user_id: int
    employer_id: int
    name: str
    email: str
    active: bool


@dataclass(frozen=True)
class _Inviter:
    user_id: int
    name: str
    role: Role


def unlimited_accounts(work: Work) -> list[Unlimited]:
    """Return who sees every contract of their employer because an officer's link once opened all, by name.

    Nobody decided about those since: whom somebody showed everything on purpose is not among them, nor who
    was let in by such a colleague or has an account that the central administrator made.
    """
    accounts = _without_limits(work)
    inviters = _inviters(work) if accounts else {}
    let_in_by = {found: _staff_behind(found, inviters, set(accounts)) for found in accounts}
    theirs = _authorities(work, {one.user_id for one in let_in_by.values() if one})
    return [
        Unlimited(
            account.user_id,
            account.employer_id,
            account.name,
            account.email,
            account.active,
            officer.name,
            theirs.get(officer.user_id, frozenset()),
        )
        for account in accounts.values()
        if (officer := let_in_by[account.user_id]) is not None
    ]


def all_contracts_of(work: Work, user_id: int) -> AllContracts | None:
    """Return that somebody decided that an account sees every contract, if they did."""
    return work.session.exec(select(AllContracts).where(AllContracts.user_id == user_id)).first()


def _without_limits(work: Work) -> dict[int, _Account]:
    found = (
        sa_select(
            col(User.id), col(UserEmployer.employer_id), col(User.name), col(User.email), col(User.active)
        )
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .outerjoin(AllContracts, col(AllContracts.user_id) == col(User.id))
        .where(
            col(User.role) == Role.EMPLOYER,
            col(AllContracts.id).is_(None),
            col(User.id).not_in(select(UserAuthority.user_id)),
        )
        .order_by(col(User.name), col(User.id))
    )
    return {row[0]: _Account(*row) for row in work.session.execute(found)}


def _inviters(work: Work) -> dict[int, _Inviter]:
    """Return who let in whom, by the id of who came in."""
    found = (
        sa_select(col(EmployerInvitation.user_id), col(User.id), col(User.name), col(User.role))
        .join(User, col(User.id) == col(EmployerInvitation.invited_by_id))
        .where(col(EmployerInvitation.user_id).is_not(None))
    )
    return {row[0]: _Inviter(*row[1:]) for row in work.session.execute(found)}


def _staff_behind(user_id: int, inviters: Mapping[int, _Inviter], unlimited: set[int]) -> _Inviter | None:
    """Return the member of staff by whose link an account came in, over colleagues without limits."""
    seen = {user_id}
    inviter = inviters.get(user_id)
    while inviter is not None and inviter.role is Role.EMPLOYER:
        if inviter.user_id in seen or inviter.user_id not in unlimited:
            return None
        seen.add(inviter.user_id)
        inviter = inviters.get(inviter.user_id)
    return inviter


def _authorities(work: Work, user_ids: set[int]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    wanted = select(UserAuthority).where(col(UserAuthority.user_id).in_(user_ids))
    for row in work.session.exec(wanted):
        found[row.user_id] = found.get(row.user_id, frozenset()) | {row.authority_id}
    return found
