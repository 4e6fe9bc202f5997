"""Who of an employer has access to its portal, who decides about that, and what an invitation says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import col, select

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.queries.invitations import (
    InvitationRow,
    PortalUserRow,
    employer_administrators,
    invitation_by_hash,
    invitation_rows,
    portal_users,
)
from crm.core.access import Permission, Role, system
from crm.core.errors import Forbidden, NotFound
from crm.core.work import Work, reading
from crm.employers.records import Employer
from crm.sroi.records import Contract
from crm.sroi.standing import CONFIRMED


@dataclass(frozen=True)
class Colleagues:
    """The people of an employer in its portal; who does not decide about them sees their names only."""

    users: list[PortalUserRow]
    invitations: list[InvitationRow]
    may_manage: bool


@dataclass(frozen=True)
class Offered:
    """What the holder of a link is told: which employer invites whom."""

    employer: str
    name: str
    email: str


def manages_colleagues(work: Work, employer_id: int) -> bool:
    """Return whether the actor decides who has access to the portal of an employer.

    That is an administrator of that employer, and an officer with a confirmed contract of theirs.
    """
    if not work.actor.may(Permission.COLLEAGUE_MANAGE):
        return False
    if work.actor.role is Role.EMPLOYER:
        return work.actor.user_id in employer_administrators(work, employer_id)
    confirmed = col(Contract.state).in_(CONFIRMED)
    theirs = select(Contract.id).where(Contract.employer_id == employer_id, confirmed).limit(1)
    return work.session.exec(theirs).first() is not None


def managed_employer(work: Work, employer_id: int) -> Employer:
    """Return an employer about whose people the actor decides.

    Raises `NotFound` for an employer that is not theirs and `Forbidden` for a colleague who is no
    administrator.
    """
    employer = work.get(Employer, employer_id)
    if not manages_colleagues(work, employer_id):
        if work.actor.role is Role.EMPLOYER:
            raise Forbidden("Only an administrator of your organisation does this. Ask them.")
        raise NotFound()
    return employer


def colleagues_of(work: Work, employer_id: int) -> Colleagues:
    """Return the people of an employer in its portal; raises `NotFound` when it is not the actor's."""
    work.get(Employer, employer_id)
    may_manage = manages_colleagues(work, employer_id)
    if may_manage:
        return Colleagues(portal_users(work, employer_id), invitation_rows(work, employer_id), may_manage)
    if work.actor.role is not Role.EMPLOYER:
        raise NotFound()
    names = [replace(row, email="", last_in=None) for row in portal_users(work, employer_id) if row.active]
    return Colleagues(names, [], may_manage)


def offered(token: str) -> Offered:
    """Return what the holder of a link is told; raises `ClosedLink` when it opens nothing."""
    with reading(system("sign-in")) as work:
        invitation = invitation_by_hash(work, token_hash(token))
        employer = work.get(Employer, invitation.employer_id)
        return Offered(employer.name, invitation.name, invitation.email)
