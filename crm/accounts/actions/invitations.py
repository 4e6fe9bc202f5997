"""Invitations into the portal of an employer: made, replaced by a new link, withdrawn, accepted.

Who may invite whom is decided by the actions of `crm.sroi.actions.colleagues`; accepting comes before there
is an actor. The product sends no mail, so whoever holds the link is taken to be who was invited: the account
never sees more contracts than who made the link (docs/decisions/0014).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError

from crm.accounts import passwords, queries
from crm.accounts.actions.checks import checked_password
from crm.accounts.actions.sign_in import Ticket, ticket_for, token_hash
from crm.accounts.actions.tries import ORIGIN
from crm.accounts.queries import invitations
from crm.accounts.records import EmployerAdministrator, EmployerInvitation, User, UserAuthority, UserEmployer
from crm.accounts.records_access import HiddenContract
from crm.accounts.rules import INVITATION_LENGTH
from crm.core import clock
from crm.core.access import Role, system
from crm.core.errors import Invalid, SignedOut
from crm.core.records import key
from crm.core.work import Work, work


@dataclass(frozen=True)
class Invited:
    """An invitation with the secret of its link, to hand over once."""

    invitation_id: int
    name: str
    token: str


def offer(unit: Work, invitation: EmployerInvitation) -> Invited:
    """Give an invitation a link of seven days in the actor's name; the one before opens nothing any more."""
    if unit.actor.user_id is None:
        raise SignedOut()
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.invited_by_id = unit.actor.user_id
    invitation.invited_at = clock.now()
    invitation.expires_at = clock.now() + INVITATION_LENGTH
    return Invited(key(unit.add(invitation)), invitation.name, token)


def withdraw_those_of(unit: Work, employer_id: int, *, user_id: int = 0, email: str = "") -> None:
    """End the open invitations that somebody made, or that were made for an address."""
    for one in invitations.invitations_of(unit, employer_id, user_id=user_id, email=email):
        one.ended_at = clock.now()


def accept_invitation(token: str, password: str, again: str, language: str) -> Ticket:
    """Make the account of who was invited, with the password they chose, and sign them in.

    Raises `ClosedLink` when the link opens nothing, with the same sentence when the address has an account
    already, and `Invalid` when the password cannot be used or was not typed the same twice.
    """
    with work(system(ORIGIN)) as unit:
        unit.intend("accounts.accept_invitation")
        invitation = invitations.invitation_by_hash(unit, token_hash(token), hold=True)
        user = User(
            email=invitation.email,
            name=invitation.name,
            role=Role.EMPLOYER,
            language=language,
            created_at=clock.now(),
        )
        chosen = checked_password(SecretStr(password), user, "password")
        if password != again:
            raise Invalid("again", "The two passwords are not the same. Type them again.")
        user.password_hash = passwords.hashed(chosen)
        _let_in(unit, invitation, user)
        unit.commit()
    return ticket_for(user)


def _let_in(unit: Work, invitation: EmployerInvitation, user: User) -> None:
    if queries.user_by_email(unit, user.email) is not None:
        raise invitations.ClosedLink()
    try:
        user_id = key(unit.add(user))
    except IntegrityError:
        raise invitations.ClosedLink() from None
    unit.add(UserEmployer(user_id=user_id, employer_id=invitation.employer_id))
    _limit_as_inviter(unit, invitation, user_id)
    if invitation.as_administrator:
        unit.add(
            EmployerAdministrator(
                user_id=user_id, employer_id=invitation.employer_id, region_id=invitation.region_id
            )
        )
    invitation.ended_at = clock.now()
    invitation.user_id = user_id


def _limit_as_inviter(unit: Work, invitation: EmployerInvitation, user_id: int) -> None:
    """Let who was invited see no more contracts than who invited them.

    An officer without an authority has nothing to pass on, while an account without limits sees everything.
    """
    inviter = unit.get(User, invitation.invited_by_id)
    limits = invitations.limit_rows(unit, invitation.invited_by_id)
    if not limits and inviter.role is not Role.EMPLOYER:
        raise invitations.ClosedLink()
    for limit in limits:
        unit.add(UserAuthority(user_id=user_id, authority_id=limit.authority_id))
    for hidden in invitations.hidden_from(unit, invitation.invited_by_id):
        unit.add(HiddenContract(user_id=user_id, contract_id=hidden.contract_id))
