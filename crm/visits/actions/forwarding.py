"""What users decide about their address for forwarding mail, and about a mail that is not for a file."""

from __future__ import annotations

from crm.accounts.actions.sign_in import token_hash
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Conflict, Invalid
from crm.core.work import Work
from crm.visits.forwarding import address_with, new_secret
from crm.visits.queries.forwarding import own_address, waiting_mail
from crm.visits.records_mail import MailAddress, WaitingMail


class MakeAddress(Command):
    """A new secret address to forward mail to; the one before leads nowhere any more."""


class RevokeAddress(Command):
    """No address to forward mail to any more."""


class ThrowAway(Command):
    """A forwarded mail that belongs in no file."""

    waiting_id: int
    version: int


@action(Permission.VISIT_LOG, MakeAddress)
def make_address(work: Work, _command: MakeAddress) -> str:
    """Give the actor an address to forward mail to and return it; it is told once and kept as a hash.

    Raises `Invalid` when this installation has no inbox.
    """
    secret = new_secret()
    told = address_with(secret)
    if not told:
        raise Invalid("CRM_MAIL_INBOX", "Mail cannot be forwarded here yet. Ask your administrator.")
    address = own_address(work, work.user_id)
    if address is None:
        made = MailAddress(user_id=work.user_id, token_hash=token_hash(secret), made_at=clock.now())
        work.add(made)
    else:
        address.token_hash, address.made_at = token_hash(secret), clock.now()
    return told


@action(Permission.VISIT_LOG, RevokeAddress)
def revoke_address(work: Work, _command: RevokeAddress) -> int:
    """Take the actor's address away and return how many there were; mail that came in stays waiting."""
    address = own_address(work, work.user_id)
    if address is None:
        return 0
    work.session.delete(address)
    return 1


@action(Permission.VISIT_LOG, ThrowAway)
def throw_away(work: Work, command: ThrowAway) -> int:
    """Throw a forwarded mail away and return its id; raises `NotFound` for another's."""
    mail = waiting_mail(work, work.user_id, command.waiting_id)
    if mail.version != command.version:
        raise Conflict({}, {}, mail.version)
    settle(mail)
    return command.waiting_id


def settle(mail: WaitingMail) -> None:
    """Let go of a mail that waits no more: of what was in it nothing stays, but that it came in once."""
    mail.settled_at, mail.sha256, mail.subject, mail.sender = clock.now(), None, "", ""
