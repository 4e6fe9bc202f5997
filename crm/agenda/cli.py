"""The commands `crm mail …`, for a scheduler that runs them each morning."""

from __future__ import annotations

import typer

from crm.core.console import require_database, say


def register(app: typer.Typer) -> None:
    """Add the commands `mail …` to the program."""
    mail = typer.Typer(help="Mails that go out each morning.", no_args_is_help=True)
    app.add_typer(mail, name="mail")

    @mail.command("digest")
    def digest() -> None:
        """Send who wants it a mail about what is due today; run it each morning, twice does no harm."""
        from crm.agenda.posting import send_digests

        require_database()
        say("{count} mails were sent.", count=send_digests())

    @mail.command("reminders")
    def reminders() -> None:
        """Send contractors the reminders that their rule set sends by itself; run it each morning."""
        from crm.agenda.reminders import send_reminders

        require_database()
        done = send_reminders()
        say("{count} reminders were sent.", count=done.sent)
        if done.refused:
            say("{count} were refused by the mail server; the contracts say which.", count=done.refused)
        if done.without_address:
            say("{count} contracts have no address to mail to.", count=done.without_address)
