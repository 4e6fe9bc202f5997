"""The commands `crm ruleset …`: check a rule file, compare two, and print the form of such files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crm.core.config import settings
from crm.core.console import USERS_FAULT, require_database, said, say
from crm.core.i18n import in_language, money
from crm.core.money import cents
from crm.sroi.rules import RuleSet
from crm.sroi.rules.comparing import differences
from crm.sroi.rules.effects import WhatIf, totals, what_if
from crm.sroi.rulesets import load_ruleset, read_text
from crm.sroi.rulesets_faults import faults_of
from crm.sroi.rulesets_schema import ruleset_schema

File = Annotated[Path, typer.Argument(help="A rule file (TOML).")]
IdOrFile = Annotated[str, typer.Argument(help="Id of a shipped rule set, or a TOML file.")]
Contracts = Annotated[
    bool, typer.Option("--contracts", help="Also what it would do to the running contracts of the first.")
]
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


@commands.command("diff")
def diff(before: IdOrFile, after: IdOrFile, contracts: Contracts = False) -> None:
    """Say in words what changed from one rule set to another."""
    old, new = load_ruleset(before), load_ruleset(after)
    language = settings().language
    found = differences(old, new)
    for difference in found:
        typer.echo(difference.sentence(language, in_language(language)))
    if not found:
        say("The two rule sets hold the same rules.")
    if contracts:
        _say_contracts(old, new)


@commands.command("schema")
def schema() -> None:
    """Print the form of rule files as a JSON Schema."""
    typer.echo(ruleset_schema(), nl=False)


def _say_contracts(old: RuleSet, new: RuleSet) -> None:
    from crm.core.access import system
    from crm.core.work import reading
    from crm.sroi.queries.what_if import contracts_under

    require_database()
    with reading(system("cli")) as work:
        rows = what_if(old, new, contracts_under(work, old.hash))
    if not rows:
        say("No running contract uses {name}.", name=old.name)
        return
    for row in rows:
        _say_row(row)
    _say_row(totals(rows, said("All contracts together ({count})", count=len(rows))))


def _say_row(row: WhatIf) -> None:
    language = settings().language
    amounts = {
        "obligation_before": row.obligation_before,
        "obligation_after": row.obligation_after,
        "efforts_before": row.efforts_before,
        "efforts_after": row.efforts_after,
    }
    say(
        "{name}: obligation {obligation_before} → {obligation_after}, "
        "efforts {efforts_before} → {efforts_after}",
        name=row.name,
        **{name: money(cents(amount), language) for name, amount in amounts.items()},
    )
    if row.left_out:
        say("  {count} amounts are left out: one of both cannot value them.", count=row.left_out)
