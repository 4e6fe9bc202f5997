"""The command `crm recount`: value every effort again and tell whether what is stored agrees."""

from __future__ import annotations

from typing import Annotated

import typer

from crm.core import i18n
from crm.core.access import system
from crm.core.config import settings
from crm.core.console import require_database, say

Processes = Annotated[int, typer.Option(min=0, help="How many processors to use; 0 uses all of them.")]


def recount(processes: Processes = 0) -> None:
    """Value every effort again by the rule set it was valued with; exit code 1 when something differs."""
    from crm.core.work import reading
    from crm.sroi import recount as counting

    require_database()
    with reading(system("command line")) as work:
        found = counting.recount(work, processes or None)
    say(
        "{count} efforts, stored {stored}, by their rules {valued}.",
        count=found.efforts,
        stored=i18n.money(found.stored_cents, settings().language),
        valued=i18n.money(found.valued_cents, settings().language),
    )
    if not found.differing:
        say("Every effort is stored with what its rules give.")
        return
    numbers = ", ".join(map(str, found.named))
    say(
        "{count} efforts are stored with another value. Numbers: {named}.",
        count=found.differing,
        named=numbers,
    )
    raise typer.Exit(1)
