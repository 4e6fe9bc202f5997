"""Every effort is valued again, and one that is stored with another value is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from crm.cli import app
from crm.core.access import Role, system
from crm.core.database import engine
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import WithdrawEffort
from crm.sroi.records import Effort
from crm.sroi.recount import Recount, recount
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, stored


def counted(processes: int = 1) -> Recount:
    with reading(system("test")) as work:
        return recount(work, processes)


def three_efforts(world: World) -> list[Effort]:
    """Two of 13,333.33, one of which approved, and a draft that misses its hours and is worth nothing."""
    contract = make_contract(world)
    draft = make_effort(contract, hours_per_week=None, submit=False)
    return [approve(make_effort(contract)), make_effort(contract), draft]


def test_all_efforts_are_worth_what_is_stored(world: World) -> None:
    three_efforts(world)
    assert counted() == Recount(efforts=3, stored_cents=2_666_666, valued_cents=2_666_666)


def program(*asked: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program itself: other processes cannot be started from within the tests' own workers."""
    crm = Path(sys.executable).with_name("crm")
    known = {**os.environ, "CRM_DATABASE_URL": database or str(engine().url), "CRM_LANGUAGE": "nl"}
    return subprocess.run([crm, *asked], env=known, capture_output=True, text=True, check=False)


def test_other_processes_find_the_same(lite_world: World) -> None:
    three_efforts(lite_world)
    told = program("recount", "--processes", "2")
    assert told.returncode == 0, told.stderr
    assert "3 inspanningen, vastgelegd € 26.666,66" in told.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_what_was_taken_back_is_left_out(lite_world: World) -> None:
    _approved, submitted, _draft = three_efforts(lite_world)
    version = stored(Effort, key(submitted)).version
    command = WithdrawEffort(effort_id=key(submitted), version=version)
    perform(lite_world.actor(Role.SROI_OFFICER), actions.withdraw_effort, command)
    assert counted().efforts == 2


@pytest.mark.tampers
def test_an_effort_with_another_value_is_named(lite_world: World) -> None:
    first, *_rest = three_efforts(lite_world)
    with engine().execution_options(writes=True).begin() as connection:
        connection.execute(update(Effort).where(Effort.id == first.id).values(value_cents=1_333_334))  # type: ignore[arg-type]
    found = counted()
    assert (found.differing, found.named) == (1, (first.id,))
    assert found.stored_cents - found.valued_cents == 1
    run = CliRunner().invoke(app, ["recount", "--processes", "1"])
    assert run.exit_code == 1
    assert str(first.id) in run.output


def test_the_command_says_that_all_agree(lite_world: World) -> None:
    three_efforts(lite_world)
    run = CliRunner().invoke(app, ["recount", "--processes", "1"])
    assert run.exit_code == 0
    assert "3 inspanningen" in run.output
    assert "26.666,66" in run.output


def test_the_benchmark_tells_what_valuing_a_portfolio_costs(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'bench.sqlite'}"
    asked = ("bench", "sroi", "--efforts", "40", "--contracts", "12", "--database", address)
    told = program(*asked, database=address)
    assert told.returncode == 0, told.stderr
    lines = {line.split("  ")[0]: line.split() for line in told.stdout.splitlines()}
    assert lines["valued, one processor"][3] == lines["bare SQL sum"][3] == "40"
    assert program(*asked, database=address).returncode != 0
