"""Questions about everybody who gets into the portal of an employer, for when the employer itself changes."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, func, select

from crm.accounts.records import EmployerAdministrator, EmployerInvitation, User, UserEmployer
from crm.accounts.records_access import EndedAccess
from crm.core.access import Role
from crm.core.work import Work


def with_access(work: Work, employer_id: int) -> list[User]:
    """Return every user who has access to the portal of an employer, for a change."""
    found = (
        select(User)
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .where(UserEmployer.employer_id == employer_id, User.role == Role.EMPLOYER, col(User.active))
        .order_by(col(User.id))
    )
    return list(work.session.exec(found))


def of_portal(work: Work, employer_id: int) -> set[int]:
    """Return every user who has or had access to the portal of an employer."""
    found = (
        select(UserEmployer.user_id)
        .join(User, col(User.id) == col(UserEmployer.user_id))
        .where(UserEmployer.employer_id == employer_id, User.role == Role.EMPLOYER)
    )
    return set(work.session.exec(found))


def open_links(work: Work, employer_id: int) -> list[EmployerInvitation]:
    """Return every invitation of an employer that was not answered or withdrawn, for a change."""
    found = select(EmployerInvitation).where(
        EmployerInvitation.employer_id == employer_id, col(EmployerInvitation.ended_at).is_(None)
    )
    return list(work.session.exec(found.order_by(col(EmployerInvitation.id))))


def count_access(work: Work, employer_id: int) -> int:
    """Return how many users have access to the portal of an employer."""
    found = (
        select(func.count())
        .select_from(User)
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .where(UserEmployer.employer_id == employer_id, User.role == Role.EMPLOYER, col(User.active))
    )
    return work.session.exec(found).one()


def count_links(work: Work, employer_id: int) -> int:
    """Return how many invitations of an employer were not answered or withdrawn."""
    found = select(func.count(col(EmployerInvitation.id))).where(
        EmployerInvitation.employer_id == employer_id, col(EmployerInvitation.ended_at).is_(None)
    )
    return work.session.exec(found).one()


def ended_here(work: Work, employer_id: int, moment: datetime, by: int | None) -> list[EndedAccess]:
    """Return the access of users of an employer that somebody ended at one moment and nobody gave back."""
    found = (
        select(EndedAccess)
        .join(UserEmployer, col(UserEmployer.user_id) == col(EndedAccess.user_id))
        .where(UserEmployer.employer_id == employer_id, EndedAccess.ended_at == moment)
        .where(EndedAccess.ended_by_id == by)
    )
    return list(work.session.exec(found))


def of_portal_users(work: Work, employer_id: int, noted_at: int) -> list[EmployerAdministrator | EndedAccess]:
    """Return what is noted at one employer about the access of users of another."""
    marks = (
        select(EmployerAdministrator)
        .join(UserEmployer, col(UserEmployer.user_id) == col(EmployerAdministrator.user_id))
        .where(UserEmployer.employer_id == employer_id, EmployerAdministrator.employer_id == noted_at)
    )
    ended = (
        select(EndedAccess)
        .join(UserEmployer, col(UserEmployer.user_id) == col(EndedAccess.user_id))
        .where(UserEmployer.employer_id == employer_id, EndedAccess.employer_id == noted_at)
    )
    return [*work.session.exec(marks), *work.session.exec(ended)]
