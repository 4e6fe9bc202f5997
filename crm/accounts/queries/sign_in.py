"""Questions that come before there is an actor: signing in."""

from __future__ import annotations

from sqlmodel import col, select

from crm.accounts.records import SignInAttempts, SignInSession, User
from crm.accounts.rules import demo_email
from crm.core import clock
from crm.core.access import Role, system
from crm.core.work import Work, reading


def user_by_email(work: Work, email: str) -> User | None:
    """Return the user with this sign-in name, or None."""
    return work.session.exec(select(User).where(User.email == email)).first()


def attempts_on(work: Work, name_hash: str) -> SignInAttempts | None:
    """Return the failed tries on a name, held until the end of this unit of work."""
    found = select(SignInAttempts).where(SignInAttempts.name_hash == name_hash).with_for_update()
    return work.session.exec(found).first()


def demo_roles() -> list[Role]:
    """Return the roles that have a demo user to sign in as, in the order of the roles."""
    emails = {demo_email(role): role for role in Role}
    with reading(system("sign-in")) as work:
        present = set(
            work.session.exec(select(User.email).where(col(User.email).in_(emails), col(User.active)))
        )
    return [role for email, role in emails.items() if email in present]


def open_sessions(work: Work, user_id: int) -> list[SignInSession]:
    """Return the sessions of a user that have not ended, the newest first."""
    found = (
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            col(SignInSession.revoked_at).is_(None),
            SignInSession.expires_at > clock.now(),
        )
        .order_by(col(SignInSession.created_at).desc())
    )
    return list(work.session.exec(found))
