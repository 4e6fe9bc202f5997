"""From a reminder that is due to the letter that goes with it, and its mail."""

from __future__ import annotations

import streamlit as st

from crm.agenda.posting import has_server
from crm.agenda.reminders import send_reminder
from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi.life_commands import NoteReminder
from crm.sroi.queries import ContractPage
from crm.sroi.queries.life import Reminder
from crm.sroi.queries.mails import MailRow
from crm.sroi.queries.reminders import recipients
from crm.sroi.rules.life import goes_by_itself
from crm.sroi.states import LetterKind, MailState
from crm.ui.explanation import spoken
from crm.ui.life_words import CLOCK
from crm.ui.words import _, day, plain

TAB = "contract_tab"
BY_ITSELF = N_("mailed by itself")
MAIL: dict[MailState, tuple[str, str, str]] = {
    MailState.WAITS: (":material/outgoing_mail:", "gray", N_("not mailed yet")),
    MailState.TRIED: (":material/help:", "orange", N_("not sure whether this mail arrived: ask")),
    MailState.SENT: (":material/mark_email_read:", "green", N_("mailed")),
    MailState.REFUSED: (":material/error:", "red", N_("mail refused")),
}


def open_letters() -> None:
    """Let the page of a contract open on its letters, where that of a reminder stands ready."""
    st.session_state[TAB] = _("Letters")


def kind_of(reminder: Reminder) -> LetterKind:
    """Return which letter goes with a step of the ladder."""
    return LetterKind.DEFAULT if reminder.step.letter else LetterKind.REMINDER


def ask_mail(actor: Actor, contract: ContractPage, letter: LetterKind) -> bool:
    """Ask whether a reminder goes by mail as well; a formal letter never does from here."""
    if letter is not LetterKind.REMINDER or not has_server():
        return False
    with reading(actor) as work:
        found = recipients(work, contract.row.id, contract.row.employer_id, contract.authority_id)
    if not found:
        st.caption(
            _("To mail it from here, give a contact person of the employer the role of social return.")
        )
        return False
    to = ", ".join(plain(one.email) for one in found)
    return st.checkbox(_("Mail it to {addresses}", addresses=to), key="mail_reminder")


def send(mail_id: int) -> str:
    """Send the mail of a reminder, and return what to tell about it."""
    try:
        state = send_reminder(mail_id)
    except Invalid:
        state = MailState.WAITS
    if state is MailState.WAITS:
        return _("The reminder is noted. The mail server does not answer: the mail goes out later.")
    if state is MailState.SENT:
        return _("The reminder is noted and mailed.")
    return _("The reminder is noted, and the mail was refused. Download the letter and send it yourself.")


def by_itself(reminder: Reminder) -> str:
    """Return how a reminder goes out: by itself, or by a click."""
    if not goes_by_itself(reminder.step):
        return _("Nothing is sent by itself. Making the letter notes this step.")
    if has_server():
        return _("This reminder goes out by itself, by mail. You can send it sooner.")
    return _("The rules let this reminder go by itself, but no mail server is set up. Send it yourself.")


def mail_line(mail: MailRow) -> str:
    """Return what came of the mail of a reminder: word, icon and colour, and to whom."""
    icon, colour, words = MAIL[mail.state]
    badge = f":{colour}-badge[{icon} {_(BY_ITSELF if mail.by_itself and mail.sent_at else words)}]"
    return f"{badge} {', '.join(plain(address) for address in mail.addresses)}"


def ask(reminder: Reminder) -> Reminder | None:
    """Say which step the letter is of, and ask whether it is to be noted; None when it is not."""
    step, due_on = plain(spoken(reminder.step.name)), day(reminder.clock.due_on)
    about = _("{step}: {what} was due on {day}.", step=step, what=_(CLOCK[reminder.clock.kind]), day=due_on)
    st.info(about, icon=":material/notifications:")
    noted = st.checkbox(_("Note this step when the letter is made"), value=True, key="note_with_letter")
    return reminder if noted else None


def noted(contract_id: int, reminder: Reminder) -> NoteReminder:
    """Return the note that a step was taken today."""
    return NoteReminder(
        contract_id=contract_id,
        about=reminder.clock.kind,
        due_on=reminder.clock.due_on,
        step=reminder.step.code,
        happened_on=clock.today(),
    )
