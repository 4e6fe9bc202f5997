"""Questions about addresses for forwarding, and about the mail that waits for somebody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.accounts.records import User
from crm.core.errors import NotFound
from crm.core.work import Work
from crm.visits.records_mail import MailAddress, WaitingMail

SHOWN = 50


def own_address(work: Work, user_id: int) -> MailAddress | None:
    """Return somebody's address for forwarding, if they have one."""
    return work.session.exec(select(MailAddress).where(MailAddress.user_id == user_id)).first()


def holders_of(work: Work, hashes: Collection[str]) -> list[User]:
    """Return the active users whose address has one of these hashes."""
    found = (
        select(User)
        .join(MailAddress, col(MailAddress.user_id) == User.id)
        .where(col(MailAddress.token_hash).in_(hashes), col(User.active))
    )
    return list(work.session.exec(found.order_by(col(User.id))))


def waiting_mails(work: Work, user_id: int) -> list[WaitingMail]:
    """Return the mail that waits for somebody, the last one first."""
    found = waiting_for(user_id).order_by(col(WaitingMail.received_at).desc(), col(WaitingMail.id).desc())
    return list(work.session.exec(found.limit(SHOWN)))


def count_waiting(work: Work, user_id: int) -> int:
    """Return how many mails wait for somebody."""
    return work.session.exec(select(func.count()).select_from(waiting_for(user_id).subquery())).one()


def waiting_mail(work: Work, user_id: int, waiting_id: int) -> WaitingMail:
    """Return a mail that waits for somebody; raises `NotFound` for another's, and for one that is settled."""
    found = work.session.exec(waiting_for(user_id).where(WaitingMail.id == waiting_id)).first()
    if found is None:
        raise NotFound()
    return found


def came_before(work: Work, user_id: int, fingerprint: str) -> bool:
    """Return whether a mail came in for somebody before, also when it was put into a file since."""
    found = select(WaitingMail.id).where(
        WaitingMail.user_id == user_id, WaitingMail.fingerprint == fingerprint
    )
    return work.session.exec(found).first() is not None


def older_than(work: Work, moment: datetime, most: int = 500) -> list[WaitingMail]:
    """Return mail that has waited since before a moment, for a change."""
    found = select(WaitingMail).where(
        col(WaitingMail.settled_at).is_(None), col(WaitingMail.received_at) < moment
    )
    return list(work.session.exec(found.order_by(col(WaitingMail.id)).limit(most)))


def waiting_for(user_id: int) -> SelectOfScalar[WaitingMail]:
    """Return the question which mail waits for somebody, to be asked inside another."""
    return select(WaitingMail).where(WaitingMail.user_id == user_id, col(WaitingMail.settled_at).is_(None))
