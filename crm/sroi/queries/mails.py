"""How far the mail of a reminder came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm.sroi.records.reminder_mails import ReminderMail
from crm.sroi.states import MailState


@dataclass(frozen=True)
class MailRow:
    """The mail of a reminder: how far it came, for whom it is, and whether it went without a click."""

    state: MailState
    addresses: tuple[str, ...]
    by_itself: bool
    sent_at: datetime | None


def as_row(mail: ReminderMail) -> MailRow:
    """Return the mail of a reminder as it is shown."""
    return MailRow(mail.state, tuple(mail.addresses.splitlines()), mail.by_itself, mail.sent_at)
