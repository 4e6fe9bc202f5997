"""The commands `crm ruleset …`: check a rule file, compare two, and print the form of such files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crm.core.console import USERS_FAULT, said, say
from crm.sroi.rulesets import read_text
from crm.sroi.rulesets_faults import faults_of

File = Annotated[Path, typer.Argument(help="A rule file (TOML).")]
commands = typer.Typer(
    help="Rule sets as files: check one, compare two, print the form.", no_args_is_help=True
)


@commands.command("check")
def check(file: File) -> None:
    """Name every fault of a rule file with its line; exit code 2 when there is one."""
    faults = faults_of(read_text(file))
    for fault in faults:
        sentence = said(fault.message, **fault.params)
        typer.echo(" ".join(f"{file}:{fault.line}: {fault.field}: {sentence}".split()), err=True)
    if faults:
        raise typer.Exit(USERS_FAULT)
    say("{name} is a rule set without faults.", name=file.name)
