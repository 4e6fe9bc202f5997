"""Taking in mail that was forwarded: each mail by itself, so that one that is broken never stops the rest."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.queries import actor_of
from crm.accounts.records import User
from crm.core import clock, files
from crm.core.access import Permission, system
from crm.core.errors import Invalid
from crm.core.privacy import holds_bsn
from crm.core.records import key
from crm.core.work import work
from crm.visits.actions.forwarding import settle
from crm.visits.forwarding import addressed_to, fingerprint, read_forwarded, secrets_in
from crm.visits.mails import MAX_BYTES, Mail
from crm.visits.queries.forwarding import came_before, count_waiting, holders_of, older_than
from crm.visits.records_mail import WaitingMail
from crm.visits.rules import Received

KEPT_FOR = timedelta(days=30)
MOST_WAITING = 200


def take_in(content: bytes, to: str = "") -> Counter[Received]:
    """Let a mail wait for whom it was forwarded by, and return what became of it, for each of them once.

    `to` is the address it came in for when the mail server says so, else its headers tell. A mail for nobody,
    one that is too large, and one that cannot be read are dropped.
    """
    if len(content) > MAX_BYTES:
        return Counter([Received.TOO_LARGE])
    hashes = [token_hash(secret) for secret in (secrets_in(to) if to else addressed_to(content))]
    with work(system("mail")) as unit:
        holders = holders_of(unit, hashes) if hashes else []
        wanted = [user for user in holders if actor_of(unit, user).may(Permission.VISIT_LOG)]
    if not wanted:
        return Counter([Received.NOBODY])
    try:
        mail = read_forwarded(content)
    except Invalid:
        return Counter([Received.UNREADABLE])
    return Counter(_keep(user, mail, content) for user in wanted)


def forget_old() -> int:
    """Throw away the mail that waited for longer than thirty days, and return how many that was."""
    with work(system("mail")) as unit:
        unit.intend("visits.forget_mail")
        old = older_than(unit, clock.now() - KEPT_FOR)
        for mail in old:
            settle(mail)
        unit.commit()
    return len(old)


def _keep(user: User, mail: Mail, content: bytes) -> Received:
    user_id, known_by = key(user), fingerprint(content)
    with work(system("mail")) as unit:
        unit.intend("visits.receive_mail")
        if came_before(unit, user_id, known_by):
            return Received.KNOWN
        if count_waiting(unit, user_id) >= MOST_WAITING:
            return Received.FULL
        waiting = WaitingMail(
            user_id=user_id,
            fingerprint=known_by,
            received_at=clock.now(),
            subject=_without_bsn(mail.subject),
            sender=_without_bsn(_other(mail, user)),
            sha256=files.store(content),
        )
        try:
            unit.add(waiting)
            unit.commit()
        except IntegrityError:
            # The same mail came in by another way at this very moment.
            return Received.KNOWN
    return Received.KEPT


def _other(mail: Mail, user: User) -> str:
    """Return who else is in a mail, the first of them: by name, or else by address."""
    others = (one for one in mail.people.items() if one[0] != user.email.casefold())
    address, name = next(others, ("", ""))
    return (name or address)[:200]


def _without_bsn(text: str) -> str:
    return "" if holds_bsn(text) else text
