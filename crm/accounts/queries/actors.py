"""Questions about accounts: who is behind a session, and who works where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import Select, literal, union_all
from sqlmodel import col, select

from crm.accounts.records import (
    PartnerEmployer,
    SignInSession,
    User,
    UserAuthority,
    UserEmployer,
    UserRegion,
)
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import SignedOut
from crm.core.work import Work, reading


def actor_of_session(session_id: int) -> Actor:
    """Return the actor behind a sign-in, read fresh.

    Raises `SignedOut` when the session has ended or was revoked, or the account is disabled.
    """
    with reading(system("sign-in")) as work:
        found = work.session.exec(
            select(SignInSession, User)
            .join(User, col(User.id) == SignInSession.user_id)
            .where(SignInSession.id == session_id)
        ).first()
        if found is None or not found[1].active:
            raise SignedOut()
        session, user = found
        if session.revoked_at is not None or session.expires_at <= clock.now():
            raise SignedOut()
        return actor_of(work, user, session_id)


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


def actor_of(work: Work, user: User, session_id: int | None = None) -> Actor:
    """Return the actor that a user is, with everything assigned to them."""
    assigned: dict[str, set[int]] = {"region": set(), "authority": set(), "employer": set()}
    for kind, found_id in work.session.execute(union_all(*_assignments(user))):
        assigned[kind].add(found_id)
    return Actor(
        user_id=user.id,
        name=user.name,
        role=user.role,
        regions=frozenset(assigned["region"]),
        authorities=frozenset(assigned["authority"]),
        employers=frozenset(assigned["employer"]),
        language=user.language,
        session_id=session_id,
    )


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


def _assignments(user: User) -> Iterator[Select[str, int]]:
    """Yield one select for each kind of assignment: its kind and the id of what is assigned."""
    yield _kind("region", UserRegion.region_id).where(col(UserRegion.user_id) == user.id)
    yield _kind("authority", UserAuthority.authority_id).where(col(UserAuthority.user_id) == user.id)
    if user.role is Role.EMPLOYER:
        yield _kind("employer", UserEmployer.employer_id).where(col(UserEmployer.user_id) == user.id)
    if user.role is Role.PARTNER:
        shared = col(PartnerEmployer.partner_id) == user.partner_id
        yield _kind("employer", PartnerEmployer.employer_id).where(shared)


def _kind(kind: str, column: int) -> Select[str, int]:
    return sqlalchemy.select(literal(kind), col(column))
