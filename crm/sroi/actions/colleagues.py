"""Who decides about access to an employer's portal: its own administrators, and the officer of a contract."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.accounts.actions.checks import Email, end_sessions
from crm.accounts.actions.invitations import Invited, offer, withdraw_those_of
from crm.accounts.queries import invitations
from crm.accounts.records import EmployerAdministrator, EmployerInvitation
from crm.core import clock
from crm.core.access import Permission, Role
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer
from crm.sroi.queries.colleagues import managed_employer


class InviteColleague(Command):
    """Somebody to be let into the portal of an employer."""

    employer_id: int
    name: Annotated[str, Field(min_length=2, max_length=120)]
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

    Who an officer invites first becomes the employer's administrator. The answer is the same for an address
    that has an account elsewhere. Raises `Invalid` when the address is of a colleague.
    """
    employer = managed_employer(work, command.employer_id)
    if invitations.is_portal_address(work, command.employer_id, command.email):
        raise Invalid("email", "A colleague with this e-mail address is in the list already.")
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
    return offer(work, _open(work, command.invitation_id))


@action(Permission.COLLEAGUE_MANAGE, WithdrawInvitation)
def withdraw_invitation(work: Work, command: WithdrawInvitation) -> int:
    """Take an invitation back and return its id."""
    _open(work, command.invitation_id).ended_at = clock.now()
    return command.invitation_id


@action(Permission.COLLEAGUE_MANAGE, SwitchColleague)
def switch_colleague(work: Work, command: SwitchColleague) -> int:
    """End the access of a colleague with their sessions and open invitations, or give it back.

    Raises `Invalid` for the employer's last administrator.
    """
    managed_employer(work, command.employer_id)
    user = invitations.portal_user(work, command.employer_id, command.user_id)
    if not command.active:
        _keep_an_administrator(work, command.employer_id, command.user_id)
        end_sessions(work, command.user_id)
        withdraw_those_of(work, command.employer_id, user_id=command.user_id)
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
    waiting = invitations.open_invitations(work, key(employer))
    now = clock.now()
    return not any(one.as_administrator and one.ended_at is None and one.expires_at > now for one in waiting)


def _open(work: Work, invitation_id: int) -> EmployerInvitation:
    invitation = work.get(EmployerInvitation, invitation_id)
    managed_employer(work, invitation.employer_id)
    if invitation.ended_at is not None:
        raise NotFound()
    return invitation


def _keep_an_administrator(work: Work, employer_id: int, user_id: int) -> None:
    if invitations.employer_administrators(work, employer_id, hold=True) == {user_id}:
        raise Invalid("", "This is the last administrator. Make somebody else administrator first.")
