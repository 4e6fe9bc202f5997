"""Handing mails to whichever SMTP server the installation has."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from crm.accounts.queries import actor_of
from crm.accounts.records import User
from crm.agenda.digest import digest_for
from crm.agenda.queries import wanting_digest
from crm.agenda.records import DigestWish
from crm.core import clock
from crm.core.access import Actor, Permission, system
from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import reading, work
from crm.core.workdays import is_working_day

SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}


def send_digests() -> int:
    """Send everybody who wants it the mail of today, once a day and on working days; returns how many.

    Each is written down before the next is made, so that a broken line sends nobody the same mail twice.
    Raises `Invalid` when no server is set up or it refuses.
    """
    today = clock.today()
    if not is_working_day(today):
        return 0
    with reading(system("mail")) as unit:
        wanting = [(key(wish), actor_of(unit, user), user) for wish, user in wanting_digest(unit, today)]
    if not wanting:
        return 0
    with post() as line:
        return sum(_send(line, *one) for one in wanting)


def _send(line: smtplib.SMTP, wish_id: int, actor: Actor, user: User) -> bool:
    """Send one mail, and write down that it went; an address that the server refuses waits for tomorrow."""
    message = digest_for(actor, user) if actor.may(Permission.VISIT_LOG) else None
    sent = False
    if message is not None:
        with suppress(smtplib.SMTPRecipientsRefused):
            line.send_message(message)
            sent = True
    with work(system("mail")) as unit:
        unit.intend("agenda.send_digest")
        unit.get(DigestWish, wish_id).last_sent_on = clock.today()
        unit.commit()
    return sent


def has_server() -> bool:
    """Return whether this installation has a mail server set up."""
    asked = urlsplit(settings().smtp_url)
    return bool(asked.scheme in PORTS and asked.hostname and settings().mail_from)


def require_server() -> None:
    """Raise `Invalid` unless this installation has a mail server set up."""
    if not has_server():
        raise Invalid("CRM_SMTP_URL", "Set CRM_SMTP_URL and CRM_MAIL_FROM before you send mail.")


@contextmanager
def post() -> Iterator[smtplib.SMTP]:
    """Open a line to the server in CRM_SMTP_URL; raises `Invalid` when there is none to be had."""
    require_server()
    asked = urlsplit(settings().smtp_url)
    host, secure = asked.hostname or "", ssl.create_default_context()
    port = asked.port or PORTS[asked.scheme]
    try:
        if asked.scheme == "smtps":
            line: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=secure)
        else:
            line = smtplib.SMTP(host, port, timeout=SECONDS)
        with line:
            line.ehlo()
            if asked.scheme == "smtp" and line.has_extn("starttls"):
                line.starttls(context=secure)
                line.ehlo()
            elif asked.scheme == "smtp" and asked.username:
                raise Invalid(
                    "CRM_SMTP_URL", "This server offers no encryption, so no password is sent to it."
                )
            if asked.username:
                line.login(unquote(asked.username), unquote(asked.password or ""))
            yield line
    except (OSError, smtplib.SMTPException):
        raise Invalid(
            "CRM_SMTP_URL", "The mail server cannot be reached, or refuses. Check the settings."
        ) from None
