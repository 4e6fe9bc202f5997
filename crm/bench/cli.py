"""`crm bench`: a scratch database of a chosen size, and what each page costs on it."""

from __future__ import annotations

import json
import logging
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

WITHOUT_BROWSER = (
    "streamlit.runtime.scriptrunner_utils.script_run_context",
    "streamlit.runtime.state.session_state_proxy",
)

commands = typer.Typer(help="What pages and calculations cost on a scratch database.")


def register(app: typer.Typer) -> None:
    """Add the command `bench`, with `bench sroi`, `bench network` and `bench search` under it."""
    app.add_typer(commands, name="bench")


@commands.callback(invoke_without_command=True)
def bench(
    context: typer.Context,
    employers: Annotated[int, typer.Option(min=50)] = 10_000,
    moments: Annotated[int, typer.Option(min=50)] = 100_000,
    contracts: Annotated[int, typer.Option(min=10)] = 2_000,
    efforts: Annotated[int, typer.Option(min=10)] = 20_000,
    runs: Annotated[int, typer.Option(min=1)] = 20,
    database: Annotated[
        str, typer.Option(help="An empty database; without one SQLite in a scratch place.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file too.")] = None,
) -> None:
    """Measure the pages on a scratch database of a chosen size: script time, queries, bare SQL, ratio."""
    if context.invoked_subcommand:
        return
    from crm.bench.ground import Size
    from crm.bench.run import run

    for warner in WITHOUT_BROWSER:
        logging.getLogger(warner).disabled = True
    size = Size(employers, moments, contracts, efforts)
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as scratch:
        url = database or f"sqlite:///{Path(scratch) / 'bench.sqlite'}"
        found = run(url, size, runs, lambda line: typer.echo(line, err=True))
    typer.echo(found.table())
    if out:
        out.write_text(json.dumps([asdict(row) for row in found.rows], indent=2))


@commands.command("sroi")
def sroi(
    efforts: Annotated[int, typer.Option(min=10)] = 500_000,
    contracts: Annotated[int, typer.Option(min=10)] = 20_000,
    database: Annotated[
        str, typer.Option(help="An empty database; without one SQLite in a scratch place.")
    ] = "",
) -> None:
    """Measure valuing every effort of a portfolio, beside a bare SQL sum of what is stored."""
    from crm.bench.ground import Size
    from crm.bench.portfolio import measure_portfolio

    size = Size(employers=max(50, contracts // 10), moments=50, contracts=contracts, efforts=efforts)
    with tempfile.TemporaryDirectory(prefix="crm-bench-") as scratch:
        url = database or f"sqlite:///{Path(scratch) / 'bench.sqlite'}"
        typer.echo(measure_portfolio(url, size, lambda line: typer.echo(line, err=True)))


@commands.command("network")
def network(
    employers: Annotated[int, typer.Option(min=50)] = 100_000,
    database: Annotated[
        str, typer.Option(help="An empty database; without one SQLite in a scratch place.")
    ] = "",
) -> None:
    """Measure who can introduce us in a network of this many employers, three ties each, held in memory."""
    from crm.bench.network import measure_network

    with tempfile.TemporaryDirectory(prefix="crm-bench-") as scratch:
        url = database or f"sqlite:///{Path(scratch) / 'bench.sqlite'}"
        typer.echo(measure_network(url, employers, lambda line: typer.echo(line, err=True)))


@commands.command("search")
def search(
    employers: Annotated[int, typer.Option(min=50)] = 100_000,
    database: Annotated[
        str, typer.Option(help="An empty database; without one SQLite in a scratch place.")
    ] = "",
) -> None:
    """Measure finding anything by what people type: names, numbers, titles, and slips of the pen."""
    from crm.bench.search import measure_search

    with tempfile.TemporaryDirectory(prefix="crm-bench-") as scratch:
        url = database or f"sqlite:///{Path(scratch) / 'bench.sqlite'}"
        typer.echo(measure_search(url, employers, lambda line: typer.echo(line, err=True)))
