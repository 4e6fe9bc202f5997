"""The commands `crm mail …`, for a scheduler and for a mail server."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from crm.core.console import require_database, say
from crm.core.errors import AppError
from crm.core.i18n import N_
from crm.visits.rules import Received

TRY_LATER = 75
"""What tells a mail server to hand a mail over once more (EX_TEMPFAIL of sysexits.h)."""

TOLD = {
    Received.KEPT: N_("Mails that wait for whom they are of now: {count}."),
    Received.KNOWN: N_("Mails that came in before: {count}."),
    Received.NOBODY: N_("Mails to an address that nobody has, dropped: {count}."),
    Received.TOO_LARGE: N_("Mails of more than 10 MB, dropped: {count}."),
    Received.UNREADABLE: N_("Mails that cannot be read, dropped: {count}."),
    Received.FULL: N_("Mails for somebody with too many waiting already, dropped: {count}."),
}
To = Annotated[str, typer.Option(help="The address the mail came in for, as the mail server knows it.")]


def register(app: typer.Typer) -> None:
    """Add the commands `mail …` to the program."""
    mail = typer.Typer(help="Mails that go out each morning, and mails that come in.", no_args_is_help=True)
    app.add_typer(mail, name="mail")
    _add_going_out(mail)
    _add_coming_in(mail)


def _add_going_out(mail: typer.Typer) -> None:
    @mail.command("digest")
    def digest() -> None:
        """Send who wants it a mail about what is due today; run it each morning, twice does no harm."""
        from crm.agenda.posting import send_digests

        require_database()
        say("{count} mails were sent.", count=send_digests())

    @mail.command("reminders")
    def reminders() -> None:
        """Send contractors the reminders that their rule set sends by itself; run it each morning."""
        require_database()
        _send_reminders()


def _add_coming_in(mail: typer.Typer) -> None:
    @mail.command("receive")
    def receive(to: To = "") -> None:
        """Take in one forwarded mail from standard input, for a mail server that hands over each mail."""
        from sqlalchemy.exc import SQLAlchemyError

        from crm.visits.mails import MAX_BYTES
        from crm.visits.receiving import forget_old, take_in

        content = sys.stdin.buffer.read(MAX_BYTES + 1)
        try:
            require_database()
            _tell(take_in(content, to))
            forget_old()
        except (AppError, OSError, SQLAlchemyError):
            say("The mail could not be kept now. It can be handed over again.")
            raise typer.Exit(TRY_LATER) from None

    @mail.command("fetch")
    def fetch() -> None:
        """Take in the forwarded mail that is unseen in the IMAP box; run it every few minutes."""
        from crm.visits import inbox
        from crm.visits.receiving import forget_old

        require_database()
        _tell(inbox.fetch())
        forget_old()


def _tell(done: Counter[Received]) -> None:
    """Say what became of the mails that came in: how many, and never of whom."""
    for what, sentence in TOLD.items():
        if done[what]:
            say(sentence, count=done[what])
    if not done:
        say("No new mail.")


def _send_reminders() -> None:
    from crm.agenda.reminders import send_reminders

    done = send_reminders()
    say("{count} reminders were sent.", count=done.sent)
    if done.refused:
        say("{count} were refused by the mail server; the contracts say which.", count=done.refused)
    if done.without_address:
        say("{count} contracts have no address to mail to.", count=done.without_address)
