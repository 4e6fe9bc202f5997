"""The program `crm`, for administrators: each command asks, does one thing and says what came of it."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from crm.accounts import cli as accounts
from crm.agenda import cli as agenda
from crm.bench import cli as bench
from crm.core.config import PROJECT_ROOT, settings
from crm.core.console import PlainGroup, require_database, said, say
from crm.core.errors import Invalid
from crm.exchange import cli as exchange
from crm.exchange.backup import cli as backup
from crm.sroi import cli as sroi

app = typer.Typer(
    cls=PlainGroup,
    help="Vliegwiel for administrators. Settings come from CRM_… variables or an .env file.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
demo = typer.Typer(help="The invented region to try everything on.", no_args_is_help=True)
audit = typer.Typer(help="The audit log and its hash chain.", no_args_is_help=True)
app.add_typer(demo, name="demo")
app.add_typer(audit, name="audit")
for commands in (accounts, exchange, sroi, agenda, backup, bench):
    commands.register(app)

Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port to listen on.")]
Host = Annotated[str, typer.Option(help="The address to listen on; a proxy stands in front of it.")]


@app.command()
def migrate(
    with_demo: Annotated[
        bool, typer.Option("--with-demo", help="Load the invented region on a first start in demo mode.")
    ] = False,
) -> None:
    """Bring the database to the version of this program; makes it when there is none."""
    from crm.core.database import engine
    from crm.migrations import runner

    before = runner.current_revision(engine())
    runner.upgrade(engine())
    after = runner.current_revision(engine())
    if before == after:
        say("The database is up to date.")
    else:
        _work_out_what_is_due()
        say("The database is now at version {revision}.", revision=after)
    if with_demo:
        load_demo(first_start=True)


def _work_out_what_is_due() -> None:
    """Give contracts from before this version the clocks that its screens go by."""
    from crm.core.access import system
    from crm.core.work import perform
    from crm.sroi.actions import refresh_clocks
    from crm.sroi.life_commands import RefreshClocks

    asked = RefreshClocks()
    while perform(system("migrate"), refresh_clocks, asked) == asked.most:
        continue


@app.command()
def serve(port: Port = 8501, host: Host = "127.0.0.1") -> None:
    """Start the server and say where it is; stop it with Ctrl+C."""
    from streamlit import config

    from crm.web.startup import check_can_start

    script = str(PROJECT_ROOT / "streamlit_app.py")
    # Streamlit reads the settings beside the script only when it knows the script.
    config._main_script_path = script
    check_can_start(settings())
    _refuse_taken(host, port)
    say("Vliegwiel is at http://{host}:{port} (stop it with Ctrl+C).", host=host, port=port)
    if settings().is_demo:
        _name_sign_ins()
    where = ["--server.port", str(port), "--server.address", host, "--server.headless", "true"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", script, *where])  # noqa: S606


@demo.command("load")
def load_demo(
    first_start: Annotated[
        bool, typer.Option("--first-start", help="Do nothing when this is not a first start in demo mode.")
    ] = False,
    seed: Annotated[int | None, typer.Option(help="Another number gives another region.")] = None,
) -> None:
    """Fill an empty database with the invented region Hart van West-Brabant."""
    from crm.accounts.queries import is_half_loaded, is_in_use
    from crm.core.database import engine

    require_database()
    if is_half_loaded():
        place = engine().url.database
        raise Invalid("", "Loading the demo region broke off. Remove {place} and start again.", place=place)
    if first_start and (not settings().is_demo or is_in_use()):
        return
    from crm.demo.load import SEED, load  # only now: each later start is a second quicker

    say("Loading the demo region …")
    load(SEED if seed is None else seed, lambda step: typer.echo(f"  {said(step)}"))
    say("The demo region is loaded.")


@audit.command("seal")
def seal_audit() -> None:
    """Link the entries that wait to the chain; the server does the same every few seconds."""
    from crm.core.sealing import seal

    require_database()
    say("{count} entries were linked.", count=seal())


@audit.command("verify")
def verify_audit() -> None:
    """Recompute the whole chain and say whether anything was changed or taken out."""
    from crm.core.sealing import check_chain

    require_database()
    report = check_chain()
    say(
        "The audit log is whole: {sealed} linked, {waiting} waiting.",
        sealed=report.sealed,
        waiting=report.waiting,
    )
    say("It ends at {head}.", head=report.head)


def _name_sign_ins() -> None:
    from crm.accounts.rules import demo_email
    from crm.core.access import Role
    from crm.demo.people import DEMO_PASSWORD, second_admin_email

    say(
        "Demo: the sign-in page has a button for each role. With a password, {password}:",
        password=DEMO_PASSWORD,
    )
    for role in Role:
        typer.echo(f"  {demo_email(role)}")
    typer.echo(f"  {second_admin_email()}")


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Invalid(
                "", "Port {port} is taken. Choose another: make run PORT=8502.", port=port
            ) from None
