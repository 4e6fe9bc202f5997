"""Sending contractors their reminders by mail: each once at most, and those by themselves never a letter."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from crm.agenda.posting import post, require_server
from crm.agenda.reminder_mail import outgoing, written
from crm.core import clock
from crm.core.access import system
from crm.core.work import perform, reading
from crm.core.workdays import is_working_day
from crm.sroi.actions.reminders import NoAddress, note_mail, remind_by_itself, try_mail
from crm.sroi.life_commands import NoteMail, RemindByItself, TryMail
from crm.sroi.queries.reminders import may_be_due, waiting_mails
from crm.sroi.states import MailState

AUTOMATIC = system("automatic")
FOR_GOOD = 500
GOES_DOWN = 421


@dataclass(frozen=True)
class Reminded:
    """What came of the reminders of a day; `without_address` contracts have nobody to mail to."""

    sent: int = 0
    refused: int = 0
    without_address: int = 0


def send_reminders() -> Reminded:
    """Send the reminders that go by themselves, and those that still wait, on working days.

    Each is written down before it is sent, so that a broken line or a second run sends nothing twice. Raises
    `Invalid` when no server is set up or it refuses.
    """
    require_server()
    if not is_working_day(clock.today()):
        return Reminded()
    with reading(AUTOMATIC) as unit:
        waiting, due = waiting_mails(unit), may_be_due(unit, clock.today())
    if not waiting and not due:
        return Reminded()
    found: list[MailState | None] = []
    without = 0
    with post() as line:
        found += [_mail(line, mail_id) for mail_id in waiting]
        for contract_id in due:
            try:
                mail_id = perform(AUTOMATIC, remind_by_itself, RemindByItself(contract_id=contract_id))
            except NoAddress:
                without += 1
            else:
                found.append(None if mail_id is None else _mail(line, mail_id))
    return Reminded(found.count(MailState.SENT), found.count(MailState.REFUSED), without)


def send_reminder(mail_id: int) -> MailState | None:
    """Send the mail of one reminder that somebody clicked; returns what came of it, None when it went before.

    Raises `Invalid` when no server is to be had; then it waits for the next run of the day's reminders.
    """
    with post() as line:
        return _mail(line, mail_id)


def _mail(line: smtplib.SMTP, mail_id: int) -> MailState | None:
    """Send one mail that waits; it stays `TRIED` when the line breaks, as nobody knows whether it arrived."""
    with reading(AUTOMATIC) as unit:
        told = outgoing(unit, mail_id)
    message = written(told)
    if not perform(AUTOMATIC, try_mail, TryMail(mail_id=mail_id)):
        return None
    try:
        refused = line.send_message(message)
    except smtplib.SMTPNotSupportedError:
        return _noted(mail_id, MailState.REFUSED)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as fault:
        codes = _codes(fault)
        state = _noted(mail_id, MailState.REFUSED if min(codes) >= FOR_GOOD else MailState.WAITS)
        if GOES_DOWN in codes:
            raise
        return state
    except smtplib.SMTPResponseException:
        # The server said that it did not take the mail: it can be tried again.
        _noted(mail_id, MailState.WAITS)
        raise
    return _noted(mail_id, MailState.SENT, tuple(one for one in told.addresses if one not in refused))


def _codes(fault: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> set[int]:
    """Return what the server answered, for each address or for the mail as a whole."""
    if isinstance(fault, smtplib.SMTPDataError):
        return {fault.smtp_code}
    return {code for code, _said in fault.recipients.values()}


def _noted(mail_id: int, state: MailState, addresses: tuple[str, ...] = ()) -> MailState:
    perform(AUTOMATIC, note_mail, NoteMail(mail_id=mail_id, state=state, addresses=addresses))
    return state
