"""The commands `crm backup` and `crm restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crm.core.console import say

BackupFile = Annotated[Path, typer.Argument(help="The archive; its folder must exist, the file must not.")]
ArchiveFile = Annotated[Path, typer.Argument(help="An archive that `crm backup` made.")]


def register(app: typer.Typer) -> None:
    """Add the commands `backup` and `restore` to the program."""

    @app.command("backup")
    def backup(file: BackupFile) -> None:
        """Write database and evidence files to one archive, while people go on working."""
        from crm.exchange.backup.making import make_backup

        say("Making the backup …")
        manifest = make_backup(file)
        say(
            "Backup made: {rows} rows and {files} evidence files in {file}.",
            rows=sum(manifest.figures.rows.values()),
            files=len(manifest.members) - 1,
            file=file,
        )
        _warn_of_lost_files(len(manifest.lost_files))
        say("The audit log ends at {head}. Keep this beside the archive.", head=manifest.figures.audit.head)

    @app.command("restore")
    def restore(file: ArchiveFile) -> None:
        """Put an archive back into an empty place, and check everything before saying done."""
        from crm.exchange.backup.restoring import restore_backup

        say("Restoring and checking …")
        manifest = restore_backup(file)
        say(
            "Restored and checked: {rows} rows and {files} evidence files of {made_at}.",
            rows=sum(manifest.figures.rows.values()),
            files=len(manifest.members) - 1,
            made_at=manifest.made_at,
        )
        _warn_of_lost_files(len(manifest.lost_files))
        say("The audit log ended at {head}.", head=manifest.figures.audit.head)


def _warn_of_lost_files(lost: int) -> None:
    if lost:
        say("Careful: {files} evidence files were already gone or damaged at the backup.", files=lost)
