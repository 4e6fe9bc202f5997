"""The command `crm mail digest`, for a scheduler that runs it each morning."""

from __future__ import annotations

import typer

from crm.core.console import require_database, say


def register(app: typer.Typer) -> None:
    """Add the command `mail digest` to the program."""
    mail = typer.Typer(help="Mails that people asked for.", no_args_is_help=True)
    app.add_typer(mail, name="mail")

    @mail.command("digest")
    def digest() -> None:
        """Send who wants it a mail about what is due today; run it each morning, twice does no harm."""
        from crm.agenda.posting import send_digests

        require_database()
        say("{count} mails were sent.", count=send_digests())

    # A group of one command would otherwise swallow the name of that command.
    @mail.callback()
    def group() -> None:
        """Mails that people asked for."""
