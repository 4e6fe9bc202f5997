"""Who decides about access to an employer's portal: its own administrators, and the officer of a contract."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.accounts.actions.checks import Email, end_sessions
from crm.accounts.actions.invitations import Invited, offer, withdraw_those_of
from crm.accounts.queries import invitations
from crm.accounts.records import EmployerAdministrator, EmployerInvitation
from crm.accounts.records_access import EndedAccess
from crm.core import clock
from crm.core.access import Permission, Role
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.queries.colleagues import is_address_of, managed_employer

NOT_THEIRS = N_(
    "Only an address of the organisation itself or of one of its contact persons can be invited. "
    "Have it noted with a contact person first."
)
CLOSED = N_("The administrator of Vliegwiel closed this account. Ask them to open it again.")


class InviteColleague(Command):
    """Somebody to be let into the portal of an employer."""

    employer_id: int
    name: Annotated[str, Field(min_length=2, max_length=120), WITHOUT_BSN]
    email: Email


class RenewInvitation(Command):
    """An invitation that needs a new link."""

    invitation_id: int


class WithdrawInvitation(Command):
    """An invitation to be taken back."""

    invitation_id: int


class SwitchColleague(Command):
    """Whether somebody has access to the portal of an employer."""

    employer_id: int
    user_id: int
    active: bool


class AppointAdministrator(Command):
    """Whether somebody is an administrator of an employer."""

    employer_id: int
    user_id: int
    administrator: bool


@action(Permission.COLLEAGUE_MANAGE, InviteColleague)
def invite_colleague(work: Work, command: InviteColleague) -> Invited:
    """Invite somebody into the portal of an employer; an earlier invitation of the address ends.

    Who an officer invites first becomes the employer's administrator, and sees the contracts of the officer's
    authorities alone. Raises `Invalid` when the address is of a colleague, and for one that the register
    does not know as the employer's; whether it has an account elsewhere is never told.
    """
    employer = managed_employer(work, command.employer_id)
    if invitations.is_portal_address(work, command.employer_id, command.email):
        raise Invalid("email", "A colleague with this e-mail address is in the list already.")
    if not is_address_of(work, employer, command.email):
        raise Invalid("email", NOT_THEIRS)
    withdraw_those_of(work, command.employer_id, email=command.email)
    moment = clock.now()
    invitation = EmployerInvitation(
        region_id=employer.region_id,
        employer_id=key(employer),
        name=command.name,
        email=command.email,
        as_administrator=_is_first(work, employer),
        token_hash="",
        invited_by_id=0,
        invited_at=moment,
        expires_at=moment,
    )
    return offer(work, invitation)


@action(Permission.COLLEAGUE_MANAGE, RenewInvitation)
def renew_invitation(work: Work, command: RenewInvitation) -> Invited:
    """Make a new link for an invitation; the one before opens nothing any more."""
    invitation = _open(work, command.invitation_id)
    if not is_address_of(work, work.get(Employer, invitation.employer_id), invitation.email):
        raise Invalid("", NOT_THEIRS)
    return offer(work, invitation)


@action(Permission.COLLEAGUE_MANAGE, WithdrawInvitation)
def withdraw_invitation(work: Work, command: WithdrawInvitation) -> int:
    """Take an invitation back and return its id."""
    _open(work, command.invitation_id).ended_at = clock.now()
    return command.invitation_id


@action(Permission.COLLEAGUE_MANAGE, SwitchColleague)
def switch_colleague(work: Work, command: SwitchColleague) -> int:
    """End the access of a colleague with their sessions and open invitations, or give it back.

    Raises `Invalid` for the employer's last administrator, and for giving back what the central
    administrator closed.
    """
    employer = managed_employer(work, command.employer_id)
    user = invitations.portal_user(work, command.employer_id, command.user_id)
    if user.active == command.active:
        return command.user_id
    if command.active:
        if (ended := invitations.ended_access(work, command.user_id)) is None:
            raise Invalid("", CLOSED)
        work.session.delete(ended)
    else:
        _keep_an_administrator(work, command.employer_id, command.user_id)
        end_sessions(work, command.user_id)
        withdraw_those_of(work, command.employer_id, user_id=command.user_id)
        work.add(_ended(work, employer, command.user_id))
    user.active = command.active
    return command.user_id


@action(Permission.COLLEAGUE_MANAGE, AppointAdministrator)
def appoint_administrator(work: Work, command: AppointAdministrator) -> int:
    """Make a colleague administrator of the employer, or no longer; the last one stays."""
    employer = managed_employer(work, command.employer_id)
    invitations.portal_user(work, command.employer_id, command.user_id)
    mark = invitations.administrator_mark(work, command.employer_id, command.user_id)
    if mark is None and command.administrator:
        work.add(
            EmployerAdministrator(
                region_id=employer.region_id, employer_id=key(employer), user_id=command.user_id
            )
        )
    elif mark is not None and not command.administrator:
        _keep_an_administrator(work, command.employer_id, command.user_id)
        withdraw_those_of(work, command.employer_id, user_id=command.user_id)
        work.session.delete(mark)
    return command.user_id


def _is_first(work: Work, employer: Employer) -> bool:
    """Return whether who an officer invites now is to be the employer's administrator."""
    if work.actor.role is Role.EMPLOYER or invitations.employer_administrators(work, key(employer)):
        return False
    return not invitations.awaits_administrator(work, key(employer))


def _ended(work: Work, employer: Employer, user_id: int) -> EndedAccess:
    return EndedAccess(
        region_id=employer.region_id,
        employer_id=key(employer),
        user_id=user_id,
        ended_by_id=work.actor.user_id,
        ended_at=clock.now(),
    )


def _open(work: Work, invitation_id: int) -> EmployerInvitation:
    invitation = work.get(EmployerInvitation, invitation_id)
    managed_employer(work, invitation.employer_id)
    if invitation.ended_at is not None:
        raise NotFound()
    return invitation


def _keep_an_administrator(work: Work, employer_id: int, user_id: int) -> None:
    if invitations.employer_administrators(work, employer_id) == {user_id}:
        raise Invalid("", "This is the last administrator. Make somebody else administrator first.")
