"""The commands `crm value`, `crm obligation` and `crm ruleset`; none but a what-if needs a database."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import translate
from crm.sroi import evidence_cli, recount_cli, ruleset_cli
from crm.sroi.calculator import obligation_document, read_facts, value_document
from crm.sroi.rules import RuleSet
from crm.sroi.rulesets import load_ruleset

RuleSetOption = Annotated[str, typer.Option(help="Id of a shipped rule set, or a TOML file.")]
FactsOption = Annotated[Path, typer.Option(help="JSON file with the facts.")]
Calculation = Callable[[RuleSet, object, str], dict[str, Any]]


def register(app: typer.Typer) -> None:
    """Add the commands `value`, `obligation`, `ruleset`, `evidence` and `recount` to the program."""
    app.add_typer(ruleset_cli.commands, name="ruleset")
    app.add_typer(evidence_cli.commands, name="evidence")
    app.command("recount")(recount_cli.recount)

    @app.command("value")
    def value(ruleset: RuleSetOption, facts: FactsOption) -> None:
        """Print the value of one effort with every step, as JSON."""
        _print(value_document, ruleset, facts)

    @app.command("obligation")
    def obligation(ruleset: RuleSetOption, facts: FactsOption) -> None:
        """Print the obligation of one contract with every step, as JSON."""
        _print(obligation_document, ruleset, facts)


def _print(calculation: Calculation, ruleset: str, facts: Path) -> None:
    language = settings().language
    try:
        document = calculation(load_ruleset(ruleset), read_facts(facts), language)
    except Invalid as error:
        sentence = translate(language, error.message, **error.params)
        typer.echo(" ".join(f"{error.field}: {sentence}".split()), err=True)
        raise typer.Exit(2) from None
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
