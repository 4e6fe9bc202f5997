"""Reminders: the letter of a step of the sanction ladder, noted as taken, and sent by mail when asked."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.config import settings
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_, translate
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import reminding, totals
from crm.sroi.actions.life import note_reminder, take_back_event
from crm.sroi.actions.settlement import make_letter
from crm.sroi.commands import MakeLetter
from crm.sroi.life_commands import (
    MakeReminder,
    NoteMail,
    NoteReminder,
    RemindByItself,
    TakeBackEvent,
    TryMail,
)
from crm.sroi.queries.life import Reminder
from crm.sroi.queries.reminders import Recipient, due_by_itself, recipients, waiting_mails
from crm.sroi.records import Contract
from crm.sroi.records.reminder_mails import ReminderMail
from crm.sroi.standing import OPEN
from crm.sroi.states import LetterKind, MailState

REFUSED = N_("The mail server refused this mail. Send the reminder yourself.")


class NoAddress(Invalid):
    """Nobody of the contractor can be mailed."""

    def __init__(self) -> None:
        super().__init__(
            "by_mail",
            "There is no address to mail to. Give a contact person the role of social return, or send the "
            "letter yourself.",
        )


@action(Permission.CONTRACT_EDIT, MakeReminder)
def make_reminder(work: Work, command: MakeReminder) -> int:
    """Make the letter of a step of the ladder and note that the step was taken.

    Return the letter's id, or that of the mail when it goes by mail. Raises `Invalid` for a letter that does
    not fit the contract, once the contract takes no reminders, and for a formal letter that is to go by mail;
    `NoAddress` for a contractor whom nobody can mail.
    """
    event_id = note_reminder(work, command.step)
    letter_id = make_letter(work, command.letter)
    if not command.by_mail:
        return letter_id
    contract = work.get(Contract, command.letter.contract_id)
    if command.letter.kind is not LetterKind.REMINDER:
        raise Invalid("by_mail", "A formal letter does not go by mail from here. Send it yourself.")
    found = recipients(work, key(contract), contract.employer_id, contract.authority_id)
    return _write_down(work, contract, (event_id, letter_id), found)


@action(Permission.CONTRACT_EDIT, RemindByItself)
def remind_by_itself(work: Work, command: RemindByItself) -> int | None:
    """Take the step of the ladder that goes without a click today; return the id of its mail.

    None when nothing goes by itself (any more). Raises `NoAddress` when the contractor has none, and
    `Forbidden` for everybody but the system.
    """
    _only_the_system(work)
    contract = totals.hold(work, command.contract_id)
    reminder = due_by_itself(work, contract, clock.today()) if contract.state in OPEN else None
    if reminder is None:
        return None
    found = recipients(work, key(contract), contract.employer_id, contract.authority_id)
    language = found[0].language if found else "nl"
    event_id = note_reminder(work, _step(contract, reminder))
    letter_id = make_letter(
        work,
        MakeLetter(
            contract_id=command.contract_id,
            kind=LetterKind.REMINDER,
            language=language,
            paragraph=reminding.paragraph(reminder, language),
        ),
    )
    return _write_down(work, contract, (event_id, letter_id), found)


@action(Permission.CONTRACT_EDIT, TryMail)
def try_mail(work: Work, command: TryMail) -> bool:
    """Say that a mail is being sent now; return whether it was still waiting, so that it goes once at most.

    Raises `Forbidden` for everybody but the system.
    """
    mail = _held(work, command.mail_id)
    waits = command.mail_id in waiting_mails(work)
    if waits:
        mail.state = MailState.TRIED
    return waits


@action(Permission.CONTRACT_EDIT, NoteMail)
def note_mail(work: Work, command: NoteMail) -> int:
    """Write down what came of a mail; of one that goes by itself and was refused the step is taken back.

    Raises `Forbidden` for everybody but the system.
    """
    mail = _held(work, command.mail_id)
    mail.state = command.state
    if command.state is MailState.SENT:
        mail.sent_at, mail.addresses = clock.now(), "\n".join(command.addresses)
    elif command.state is MailState.REFUSED and mail.by_itself:
        reason = translate(settings().language, REFUSED)
        take_back_event(work, TakeBackEvent(event_id=mail.contract_event_id, reason=reason))
    return command.mail_id


def _held(work: Work, mail_id: int) -> ReminderMail:
    _only_the_system(work)
    mail = work.get(ReminderMail, mail_id)
    totals.hold(work, mail.contract_id)
    work.session.refresh(mail)
    return mail


def _only_the_system(work: Work) -> None:
    if work.actor.role is not None:
        raise Forbidden()


def _step(contract: Contract, reminder: Reminder) -> NoteReminder:
    return NoteReminder(
        contract_id=key(contract),
        about=reminder.clock.kind,
        due_on=reminder.clock.due_on,
        step=reminder.step.code,
        happened_on=clock.today(),
    )


def _write_down(work: Work, contract: Contract, noted: tuple[int, int], found: list[Recipient]) -> int:
    if not found:
        raise NoAddress()
    mail = ReminderMail(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=key(contract),
        contract_event_id=noted[0],
        letter_id=noted[1],
        state=MailState.WAITS,
        addresses="\n".join(one.email for one in found),
        by_itself=work.actor.role is None,
        made_at=clock.now(),
    )
    return key(work.add(mail))
