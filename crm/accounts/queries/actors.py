"""Questions about accounts: who is behind a session, and who works where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func
from sqlmodel import col, select

from crm.accounts.records import (
    PartnerEmployer,
    SignInSession,
    User,
    UserAuthority,
    UserEmployer,
    UserRegion,
)
from crm.accounts.records_access import HiddenContract
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import SignedOut
from crm.core.work import Work, reading


def actor_of_session(session_id: int) -> Actor:
    """Return the actor behind a sign-in, read fresh: the one query that every page begins with.

    Raises `SignedOut` when the session has ended or was revoked, or the account is disabled.
    """
    with reading(system("sign-in")) as work:
        found: Any = (
            select(SignInSession, User, *_assigned())
            .join(User, col(User.id) == SignInSession.user_id)
            .where(SignInSession.id == session_id)
        )
        row = work.session.exec(found).first()
    if row is None or not row[1].active:
        raise SignedOut()
    session, user, *assigned = row
    if session.revoked_at is not None or session.expires_at <= clock.now():
        raise SignedOut()
    return _actor(user, assigned, session_id)


@dataclass(frozen=True)
class Visitor:
    """Who is behind a request, as far as the gate needs to know."""

    session_id: int
    role: Role
    language: str


def visitor_of_token(token_hash: str) -> Visitor | None:
    """Return who holds the session cookie with this hash, or None when it opens nothing (any more)."""
    found = (
        select(SignInSession.id, User.role, User.language)
        .join(User, col(User.id) == SignInSession.user_id)
        .where(
            SignInSession.token_hash == token_hash,
            col(SignInSession.revoked_at).is_(None),
            SignInSession.expires_at > clock.now(),
            col(User.active),
        )
    )
    with reading(system("sign-in")) as work:
        row = work.session.exec(found).first()
    return Visitor(int(row[0] or 0), Role(row[1]), row[2]) if row else None


def actor_of(work: Work, user: User) -> Actor:
    """Return the actor that a user is, with everything assigned to them."""
    found: Any = select(*_assigned()).select_from(User).where(User.id == user.id)
    return _actor(user, work.session.exec(found).one(), None)


def colleagues(work: Work) -> dict[int, str]:
    """Return the active members of staff that can own work in the actor's regions, by id."""
    owners = (Role.ADVISER, Role.ACCOUNT_MANAGER, Role.SROI_OFFICER)
    found = (
        select(User.id, User.name)
        .join(UserRegion, col(UserRegion.user_id) == User.id)
        .where(
            col(User.role).in_(owners),
            col(User.active),
            col(UserRegion.region_id).in_(work.actor.regions),
        )
        .order_by(User.name)
    )
    return {int(user_id or 0): name for user_id, name in work.session.exec(found)}


def _assigned() -> tuple[ScalarSelect[str], ...]:
    """Return what is assigned to a user: regions, authorities, own employer, those of their partner, and what
    is hidden from them.
    """
    mine = col(User.id)
    return (
        _ids(UserRegion.region_id, col(UserRegion.user_id) == mine),
        _ids(UserAuthority.authority_id, col(UserAuthority.user_id) == mine),
        _ids(UserEmployer.employer_id, col(UserEmployer.user_id) == mine),
        _ids(PartnerEmployer.employer_id, col(PartnerEmployer.partner_id) == col(User.partner_id)),
        _ids(HiddenContract.contract_id, col(HiddenContract.user_id) == mine),
    )


def _ids(column: int, belongs: ColumnElement[bool]) -> ScalarSelect[str]:
    ids = func.aggregate_strings(cast(column, String), ",")
    return sqlalchemy.select(ids).where(belongs).correlate(User).scalar_subquery()


def _actor(user: User, assigned: Sequence[str | None], session_id: int | None) -> Actor:
    regions, authorities, own, shared, hidden = (
        frozenset(map(int, filter(None, (ids or "").split(",")))) for ids in assigned
    )
    employers = {Role.EMPLOYER: own, Role.PARTNER: shared}
    return Actor(
        user_id=user.id,
        name=user.name,
        role=user.role,
        regions=regions,
        authorities=authorities,
        employers=employers.get(user.role, frozenset()),
        hidden=hidden,
        language=user.language,
        session_id=session_id,
    )
