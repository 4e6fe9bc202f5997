"""The mail of a reminder: the text of its letter, with that letter as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from crm.accounts.records import User
from crm.core.config import settings
from crm.core.i18n import in_language
from crm.core.work import Work
from crm.sroi.documents.letters import letter_pdf, letter_texts
from crm.sroi.queries.letters import stored_letter
from crm.sroi.records import Contract
from crm.sroi.records.reminder_mails import ReminderMail


@dataclass(frozen=True)
class Outgoing:
    """A reminder that is to be mailed: the letter it is made from, to whom, and who answers questions."""

    letter: dict[str, Any]
    contract_id: int
    addresses: tuple[str, ...]
    by_itself: bool
    answers_to: str


def outgoing(work: Work, mail_id: int) -> Outgoing:
    """Return what to mail; answers go to the officer of the contract, when it has one."""
    mail = work.get(ReminderMail, mail_id)
    officer_id = work.get(Contract, mail.contract_id).officer_id
    return Outgoing(
        letter=stored_letter(work, mail.letter_id),
        contract_id=mail.contract_id,
        addresses=tuple(mail.addresses.splitlines()),
        by_itself=mail.by_itself,
        answers_to=work.get(User, officer_id).email if officer_id else "",
    )


def written(told: Outgoing) -> EmailMessage:
    """Return the mail itself."""
    text = letter_texts(told.letter)
    message = EmailMessage()
    message["From"], message["To"] = settings().mail_from, ", ".join(told.addresses)
    if told.answers_to:
        message["Reply-To"] = told.answers_to
    message["Subject"] = text["title"]
    message["Auto-Submitted"] = "auto-generated" if told.by_itself else "no"
    message.set_content("\n\n".join(_lines(told, text)))
    message.add_attachment(
        letter_pdf(told.letter), maintype="application", subtype="pdf", filename=f"{text['title']}.pdf"
    )
    return message


def _lines(told: Outgoing, text: dict[str, Any]) -> list[str]:
    _ = in_language(told.letter["language"])
    facts = "\n".join(f"{name}: {fact}" for name, fact in text["facts"])
    lines = [facts, text["greeting"], *text["paragraphs"]]
    if base := settings().public_url:
        lines.append(_("Your contract: {address}", address=f"{base}/mijn-contract?id={told.contract_id}"))
    lines += [text["closing"], text["foot"]]
    if told.by_itself:
        lines.append(_("This reminder was sent by itself. Did you answer already? Then you need do nothing."))
    return lines
