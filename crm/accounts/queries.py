"""Questions about accounts: who is behind a session, and who works where."""

from __future__ import annotations

from sqlmodel import col, select

from crm.accounts.records import PartnerEmployer, SignInSession, User, UserAuthority, UserEmployer, UserRegion
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


def actor_of(work: Work, user: User, session_id: int | None = None) -> Actor:
    """Return the actor that a user is, with everything assigned to them."""
    regions = select(UserRegion.region_id).where(UserRegion.user_id == user.id)
    authorities = select(UserAuthority.authority_id).where(UserAuthority.user_id == user.id)
    return Actor(
        user_id=user.id,
        name=user.name,
        role=user.role,
        regions=frozenset(work.session.exec(regions)),
        authorities=frozenset(work.session.exec(authorities)),
        employers=_employers_of(work, user),
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


def _employers_of(work: Work, user: User) -> frozenset[int]:
    if user.role is Role.EMPLOYER:
        own = select(UserEmployer.employer_id).where(UserEmployer.user_id == user.id)
        return frozenset(work.session.exec(own))
    if user.role is Role.PARTNER:
        shared = select(PartnerEmployer.employer_id).where(PartnerEmployer.partner_id == user.partner_id)
        return frozenset(work.session.exec(shared))
    return frozenset()
