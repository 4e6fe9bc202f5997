"""The command `crm evidence sweep`: delete what was kept long enough."""

from __future__ import annotations

from typing import Annotated

import typer

from crm.core.access import system
from crm.core.console import require_database, say

commands = typer.Typer(help="Evidence files and how long they are kept.", no_args_is_help=True)
AT_ONCE = 500

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")]


@commands.callback()
def evidence() -> None:
    """Keep this a group of commands, also while there is only one."""


@commands.command("sweep")
def sweep(dry_run: DryRun = False) -> None:
    """Delete evidence of contracts that were settled long ago, and files that nothing refers to."""
    require_database()
    if dry_run:
        _tell()
    else:
        _sweep()


def _tell() -> None:
    from crm.core.work import reading
    from crm.sroi.queries.retention import count_old_evidence, last_settled_on, stray_files

    with reading(system("command line")) as work:
        old, stray = count_old_evidence(work), len(stray_files(work))
    say("Evidence of contracts settled on or before {day}: {count} files.", day=last_settled_on(), count=old)
    say("Files that nothing refers to: {count}. Nothing was deleted.", count=stray)


def _sweep() -> None:
    from crm.core.work import perform
    from crm.sroi.actions import sweep_evidence, sweep_files
    from crm.sroi.commands import SweepEvidence, SweepFiles
    from crm.sroi.queries.retention import last_settled_on

    actor, old = system("command line"), 0
    while (swept := perform(actor, sweep_evidence, SweepEvidence(most=AT_ONCE))).files + swept.persons:
        old += swept.files
    stray = perform(actor, sweep_files, SweepFiles())
    say("Evidence of contracts settled on or before {day}: {count} files.", day=last_settled_on(), count=old)
    say("Files taken off the disk: {count}.", count=stray)
