"""The commands `crm import employers` and `crm import awards`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crm.core.console import USERS_FAULT, require_database, said, say
from crm.core.errors import Invalid
from crm.exchange.rules import Outcome, RunProblem
from crm.exchange.rules.runs import ImportKind, RunState, percent

if TYPE_CHECKING:
    from crm.exchange.queries import RunRow, VerdictRow

NewArchive = Annotated[Path, typer.Argument(help="The archive to write; it must not exist yet.")]
SHOWN = 20
_MEGABYTE = 1_000_000

FileToRead = Annotated[Path, typer.Argument(help="The file to bring in.")]
RegionCode = Annotated[str | None, typer.Option("--region", help="Code of the labour-market region.")]
VerdictsFile = Annotated[
    Path | None, typer.Option("--verdicts", help="Write what became of every line to this new CSV file.")
]


def register(app: typer.Typer) -> None:
    """Add the commands `import employers` and `import awards` to the program."""
    imports = typer.Typer(help="Bring in employers, and awards of TenderNed.", no_args_is_help=True)

    @imports.command("employers")
    def employers(file: FileToRead, region: RegionCode = None, verdicts: VerdictsFile = None) -> None:
        """Bring in employers from a CSV or XLSX file, into one region."""
        bring_in(ImportKind.EMPLOYERS, file, region, verdicts)

    @imports.command("awards")
    def awards(file: FileToRead, region: RegionCode = None, verdicts: VerdictsFile = None) -> None:
        """Bring in awards from the JSON file that TenderNed publishes for a year."""
        bring_in(ImportKind.AWARDS, file, region, verdicts)

    app.add_typer(imports, name="import")
    exports = typer.Typer(help="Take out what the organisation owns.", no_args_is_help=True)

    @exports.callback()
    def only_groups() -> None:
        """Take out what the organisation owns."""

    @exports.command("all")
    def everything(file: NewArchive) -> None:
        """Write every table as CSV to one new ZIP archive, with a list of what each column means."""
        take_out(file)

    app.add_typer(exports, name="export")


def take_out(file: Path) -> None:
    """Write everything to a new archive and say how much is in it."""
    from crm.core.access import system
    from crm.exchange.everything import write_everything

    require_database()
    try:
        with file.open("xb") as archive:
            counts = write_everything(system("command line"), archive)
    except FileExistsError:
        raise Invalid("file", "{name} exists already. Choose another name.", name=file.name) from None
    except OSError:
        raise Invalid("file", "The file {name} cannot be written.", name=file.name) from None
    say(
        "{rows} rows of {tables} tables are in {file}.",
        rows=sum(counts.values()),
        tables=len(counts),
        file=file,
    )


def bring_in(kind: ImportKind, file: Path, region: str | None, verdicts: Path | None) -> None:
    """Bring in a file and print what came of it; exit code 2 when it cannot be read to its end."""
    from crm.core.access import system
    from crm.core.work import perform
    from crm.exchange.actions import StartImport, start_import
    from crm.exchange.running import carry_out
    from crm.exchange.spool import described

    if verdicts is not None and verdicts.exists():
        raise Invalid("--verdicts", "{name} exists already. Choose another name.", name=verdicts.name)
    try:
        found = described(file)
    except OSError:
        raise Invalid("file", "The file {name} cannot be read.", name=file.name) from None
    require_database()
    actor = system("command line")
    command = StartImport(
        kind=kind,
        file_name=file.name[:200],
        sha256=found.sha256,
        size_bytes=found.size_bytes,
        region_id=_region_id(region),
    )
    run_id = perform(actor, start_import, command)
    meter = _Meter(kind)
    carry_out(run_id, file, lambda: actor, meter.show)
    meter.close()
    _report(run_id, verdicts)


def _region_id(code: str | None) -> int | None:
    from crm.accounts.queries import region_id_of
    from crm.core.access import system
    from crm.core.work import reading

    if code is None:
        return None
    with reading(system("command line")) as work:
        found = region_id_of(work, code)
    if found is None:
        raise Invalid("--region", RunProblem.UNKNOWN_REGION, code=code)
    return found


class _Meter:
    """How far it is: one line that moves at a terminal, a line for every tenth elsewhere."""

    def __init__(self, kind: ImportKind) -> None:
        self.kind = kind
        self.last = -1

    def show(self, done: int, total: int) -> None:
        """Print how far it is when that changed."""
        now = percent(done, total)
        if now == self.last or (not sys.stderr.isatty() and now // 10 == self.last // 10):
            return
        self.last = now
        typer.echo(self._line(now, done, total), err=True, nl=not sys.stderr.isatty())

    def close(self) -> None:
        """End the line that moved."""
        if self.last >= 0 and sys.stderr.isatty():
            typer.echo("", err=True)

    def _line(self, now: int, done: int, total: int) -> str:
        start = "\r" if sys.stderr.isatty() else ""
        if self.kind is ImportKind.EMPLOYERS:
            return start + said("{percent} %: {done} of {total} lines", percent=now, done=done, total=total)
        megabytes = (done // _MEGABYTE, total // _MEGABYTE)
        return start + said(
            "{percent} %: {done} of {total} MB", percent=now, done=megabytes[0], total=megabytes[1]
        )


def _report(run_id: int, verdicts: Path | None) -> None:
    from crm.core.access import system
    from crm.core.work import reading
    from crm.exchange import queries
    from crm.exchange.words import all_told

    with reading(system("command line")) as work:
        run = queries.run(work, run_id)
        if run.state is RunState.DONE or run.unknown or any(run.counts.values()):
            _count(run)
        for row in queries.verdicts(work, run_id, Outcome.REJECTED)[:SHOWN]:
            place = said("line {number}", number=row.place)
            if run.kind is ImportKind.AWARDS:
                place = said("notice {number}", number=row.place)
            about = f" ({row.reference})" if row.reference else ""
            typer.echo(f"  {place}{about}: {all_told(said, row)}")
        if verdicts is not None:
            _write(verdicts, queries.every_verdict(work, run_id))
    if run.state is not RunState.DONE:
        typer.echo(said(run.message, **run.params), err=True)
        raise typer.Exit(USERS_FAULT)


def _count(run: RunRow) -> None:
    from crm.exchange.words import OUTCOMES

    names = {outcome: said(name) for outcome, name in OUTCOMES.items()}
    width = max(map(len, names.values()))
    for outcome, name in names.items():
        count = run.counts[outcome] + (run.unknown if outcome is Outcome.REJECTED else 0)
        typer.echo(f"{name:<{width}}  {count:>8}")
    if run.unknown:
        say("{count} rejected awards are of buyers who are no authority here.", count=run.unknown)
    if run.counts[Outcome.REJECTED] > SHOWN:
        say("The first {count} rejected lines (all of them with --verdicts FILE):", count=SHOWN)


def _write(path: Path, rows: Iterable[VerdictRow]) -> None:
    from crm.exchange.words import table_of

    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows(table_of(said, rows, with_names=True))
    except OSError:
        raise Invalid("--verdicts", "The file {name} cannot be written.", name=path.name) from None
