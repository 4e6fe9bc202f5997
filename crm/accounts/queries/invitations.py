"""Questions about an employer's own people in the portal: who has access, and who was invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from crm.accounts.records import (
    EmployerAdministrator,
    EmployerInvitation,
    SignInSession,
    User,
    UserAuthority,
    UserEmployer,
)
from crm.accounts.records_access import EndedAccess, HiddenContract
from crm.core import clock
from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work

MOST_SHOWN = 200


@dataclass(frozen=True)
class PortalUserRow:
    """Somebody with access to an employer's portal; `last_in` is when they last signed in.

    `may_return` is whether their access was ended here and not by the central administrator.
    """

    id: int
    name: str
    email: str
    active: bool
    is_administrator: bool
    may_return: bool
    last_in: datetime | None


@dataclass(frozen=True)
class InvitationRow:
    """An invitation that waits for an answer, or expired without one."""

    id: int
    name: str
    email: str
    as_administrator: bool
    expires_at: datetime

    @property
    def has_expired(self) -> bool:
        """Whether its link opens nothing any more."""
        return self.expires_at <= clock.now()


def portal_users(work: Work, employer_id: int) -> list[PortalUserRow]:
    """Return who has or had access to the portal of an employer, by name, those without access last."""
    last_in = (
        select(func.max(SignInSession.created_at))
        .where(SignInSession.user_id == User.id)
        .correlate(User)
        .scalar_subquery()
    )
    found = (
        sa_select(
            col(User.id),
            col(User.name),
            col(User.email),
            col(User.active),
            col(EmployerAdministrator.id).is_not(None),
            col(EndedAccess.id).is_not(None),
            last_in,
        )
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .outerjoin(
            EmployerAdministrator,
            (col(EmployerAdministrator.user_id) == col(User.id))
            & (col(EmployerAdministrator.employer_id) == employer_id),
        )
        .outerjoin(EndedAccess, col(EndedAccess.user_id) == col(User.id))
        .where(col(UserEmployer.employer_id) == employer_id, col(User.role) == Role.EMPLOYER)
        .order_by(col(User.active).desc(), col(User.name), col(User.id))
        .limit(MOST_SHOWN)
    )
    return [PortalUserRow(*row) for row in work.session.execute(found)]


def limit_rows(work: Work, user_id: int) -> list[UserAuthority]:
    """Return what limits a portal user to the contracts of some authorities, for a change."""
    return list(work.session.exec(select(UserAuthority).where(UserAuthority.user_id == user_id)))


def hidden_from(work: Work, user_id: int) -> list[HiddenContract]:
    """Return the contracts that are out of a portal user's sight since a merge, for a change."""
    return list(work.session.exec(select(HiddenContract).where(HiddenContract.user_id == user_id)))


def ended_access(work: Work, user_id: int) -> EndedAccess | None:
    """Return that somebody's access was ended in the portal itself; None when the installation did it."""
    return work.session.exec(select(EndedAccess).where(EndedAccess.user_id == user_id)).first()


def portal_user(work: Work, employer_id: int, user_id: int) -> User:
    """Return somebody with access to the portal of this employer; raises `NotFound` for anybody else."""
    found = (
        select(User)
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .where(User.id == user_id, UserEmployer.employer_id == employer_id, User.role == Role.EMPLOYER)
    )
    user = work.session.exec(found).first()
    if user is None:
        raise NotFound()
    return user


def is_portal_address(work: Work, employer_id: int, email: str) -> bool:
    """Return whether an address is of somebody who has or had access to the portal of this employer."""
    found = (
        select(User.id)
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .where(User.email == email, UserEmployer.employer_id == employer_id)
    )
    return work.session.exec(found).first() is not None


def employer_administrators(work: Work, employer_id: int) -> set[int]:
    """Return which users are active administrators of an employer."""
    found = (
        select(EmployerAdministrator.user_id)
        .join(User, col(User.id) == col(EmployerAdministrator.user_id))
        .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
        .where(
            EmployerAdministrator.employer_id == employer_id,
            UserEmployer.employer_id == employer_id,
            User.role == Role.EMPLOYER,
            col(User.active),
        )
    )
    return set(work.session.exec(found))


def administrator_mark(work: Work, employer_id: int, user_id: int) -> EmployerAdministrator | None:
    """Return what makes somebody an administrator of an employer, also when their access has ended."""
    found = select(EmployerAdministrator).where(
        EmployerAdministrator.employer_id == employer_id, EmployerAdministrator.user_id == user_id
    )
    return work.session.exec(found).first()


def open_invitations(work: Work, employer_id: int) -> list[EmployerInvitation]:
    """Return the first 200 invitations that were not answered or withdrawn, expired ones too, by name."""
    found = _open(employer_id).order_by(col(EmployerInvitation.name), col(EmployerInvitation.id))
    return list(work.session.exec(found.limit(MOST_SHOWN)))


def invitations_of(work: Work, employer_id: int, *, user_id: int, email: str) -> list[EmployerInvitation]:
    """Return every open invitation that somebody made, or that was made for an address, for a change."""
    theirs = or_(col(EmployerInvitation.invited_by_id) == user_id, col(EmployerInvitation.email) == email)
    return list(work.session.exec(_open(employer_id).where(theirs)))


def awaits_administrator(work: Work, employer_id: int) -> bool:
    """Return whether somebody was invited as an administrator whose link still works."""
    found = _open(employer_id).where(
        col(EmployerInvitation.as_administrator), EmployerInvitation.expires_at > clock.now()
    )
    return work.session.exec(found.limit(1)).first() is not None


def _open(employer_id: int) -> SelectOfScalar[EmployerInvitation]:
    return select(EmployerInvitation).where(
        EmployerInvitation.employer_id == employer_id, col(EmployerInvitation.ended_at).is_(None)
    )


def invitation_rows(work: Work, employer_id: int) -> list[InvitationRow]:
    """Return the invitations that wait for an answer, as they are shown."""
    return [
        InvitationRow(key(one), one.name, one.email, one.as_administrator, one.expires_at)
        for one in open_invitations(work, employer_id)
    ]


def invitation_by_hash(work: Work, token_hash: str, *, hold: bool = False) -> EmployerInvitation:
    """Return the invitation that a link opens; with `hold` nobody else uses it in the meantime.

    Raises `NotFound` with one sentence for every link that opens nothing: unknown, used, withdrawn, expired,
    or given by somebody who has no access any more.
    """
    found = (
        select(EmployerInvitation)
        .join(User, col(User.id) == col(EmployerInvitation.invited_by_id))
        .where(
            EmployerInvitation.token_hash == token_hash,
            col(EmployerInvitation.ended_at).is_(None),
            EmployerInvitation.expires_at > clock.now(),
            col(User.active),
        )
    )
    if hold:
        found = found.with_for_update(of=EmployerInvitation)
    invitation = work.session.exec(found).first()
    if invitation is None:
        raise ClosedLink()
    return invitation


class ClosedLink(NotFound):
    """A link that opens nothing; which reason it has is nobody's business."""

    def __init__(self) -> None:
        super().__init__("This link cannot be used. Ask who invited you for a new one.")
