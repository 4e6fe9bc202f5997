"""The daily mail: how much is due, at which employers, with links; nothing that says who or why."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

from crm.accounts.records import User
from crm.agenda.feed import address_of
from crm.agenda.queries import Line, days_work
from crm.agenda.rules import Counts, LineKind, When, counted, stands
from crm.core import clock, i18n
from crm.core.access import Actor
from crm.core.config import settings
from crm.core.i18n import N_, in_language, translate_count
from crm.core.work import reading

SHOWN = 15
KINDS = {
    LineKind.FOLLOW_UP: N_("what was agreed"),
    LineKind.REACTION: N_("first reaction"),
    LineKind.AFTERCARE: N_("aftercare"),
    LineKind.ANSWER: N_("answer to a proposal"),
    LineKind.CLOSING: N_("vacancy closes"),
}


def digest_for(actor: Actor, user: User) -> EmailMessage | None:
    """Return somebody's mail for today, or None when nothing is due: no empty mails."""
    today = clock.today()
    with reading(actor) as work:
        lines = days_work(work, actor.user_id or 0, today)
    due = [line for line in lines if stands(line.due_on, today) in {When.OVERDUE, When.TODAY}]
    if not due:
        return None
    return written(user.email, user.language, due, counted([line.due_on for line in lines], today))


def written(to: str, language: str, due: Sequence[Line], counts: Counts) -> EmailMessage:
    """Return the mail itself, as plain text and as HTML."""
    _ = in_language(language)
    message = EmailMessage()
    message["From"], message["To"] = settings().mail_from, to
    message["Subject"] = translate_count(
        language, "{count} thing to do today", "{count} things to do today", len(due)
    )
    message["Auto-Submitted"] = "auto-generated"
    summary = _(
        "Overdue: {overdue}. Due today: {today}. In the week ahead: {coming_up}.",
        overdue=counts.overdue,
        today=counts.today,
        coming_up=counts.coming_up,
    )
    stop = _("You get this mail because you asked for it under My account. You can stop it there.")
    told = [(_told(line, language), address_of(line)) for line in due[:SHOWN]]
    plain = [f"- {text}" + (f"\n  {link}" if link else "") for text, link in told]
    message.set_content("\n".join([summary, "", *plain, "", stop]))
    items = "".join(f"<li>{_linked(text, link)}</li>" for text, link in told)
    html = f"<p>{escape(summary)}</p><ul>{items}</ul><p><small>{escape(stop)}</small></p>"
    message.add_alternative(f'<html lang="{language}"><body>{html}</body></html>', subtype="html")
    return message


def _told(line: Line, language: str) -> str:
    kind = in_language(language)(KINDS[line.kind])
    return f"{line.employer}: {kind}, {i18n.day(line.due_on, language)}"


def _linked(text: str, link: str) -> str:
    return f'<a href="{escape(link)}">{escape(text)}</a>' if link else escape(text)
