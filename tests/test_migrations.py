"""Migrations go forward and back on both databases, and end where the code begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import select
from typer.testing import CliRunner

from crm.cli import app
from crm.core.access import system
from crm.core.database import engine, using_database
from crm.core.records import key
from crm.core.work import reading
from crm.employers.records import Employer
from crm.migrations import runner
from crm.sroi.records import ContractClock
from tests import postgres
from tests.factories import World, make_employer
from tests.sroi.factories import make_contract

REVISIONS = sorted(runner.known_revisions())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a single table, of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
        with using_database(url):
            yield engine()
            engine().dispose()
        return
    admin = str(request.getfixturevalue("postgres_server"))
    with using_database(postgres.make_database(admin, "migrations")):
        yield engine()
        engine().dispose()
    postgres.drop_database(admin, "migrations")


def tables(bind: Engine) -> set[str]:
    return set(inspect(bind).get_table_names()) - {"alembic_version"}


def test_the_newest_version_is_what_the_code_describes(empty: Engine) -> None:
    assert runner.current_revision(empty) is None
    runner.upgrade(empty)
    assert runner.current_revision(empty) == runner.newest_revision()
    assert runner.drift(empty) == []


def test_each_step_goes_forward_and_back(empty: Engine) -> None:
    for revision in REVISIONS:
        runner.upgrade(empty, revision)
        assert runner.current_revision(empty) == revision
    for revision in [*reversed(REVISIONS[:-1]), "base"]:
        runner.downgrade(empty, revision)
        assert runner.current_revision(empty) == (None if revision == "base" else revision)
    assert tables(empty) == set()
    runner.upgrade(empty)
    assert runner.drift(empty) == []


def test_a_second_run_changes_nothing(world: World) -> None:
    before = tables(engine())
    runner.upgrade(engine())
    assert tables(engine()) == before
    with reading(system("test")) as unit:
        assert unit.get(Employer, key(world.employer_a)).name == "De Linde Groen BV"


def test_records_survive_going_back_one_step_and_forward_again(world: World) -> None:
    """The search index is made anew from what is there, and found again."""
    runner.downgrade(engine(), REVISIONS[-2])
    runner.upgrade(engine())
    with reading(system("test")) as unit:
        names = set(unit.session.exec(select(Employer.name)))
    assert names == {"De Linde Groen BV", "Van Dam Logistiek BV"}
    make_employer(key(world.region), "Nieuw BV")
    assert runner.drift(engine()) == []


@pytest.mark.tampers
def test_contracts_from_before_get_their_clocks(world: World) -> None:
    """Going back drops the clocks; migrating again by the command works them out."""
    contract = make_contract(world)
    runner.downgrade(engine(), "0002")
    done = CliRunner().invoke(app, ["migrate"])
    assert done.exit_code == 0, done.output
    with reading(system("test")) as unit:
        assert [clock.contract_id for clock in unit.session.exec(select(ContractClock))] == [key(contract)]


def test_drift_is_seen(world: World) -> None:
    with engine().execution_options(writes=True).begin() as connection:
        connection.execute(text("ALTER TABLE employers ADD COLUMN surprise INTEGER"))
    assert "surprise" in str(runner.drift(engine()))


def test_a_failed_migration_leaves_the_version_it_had(empty: Engine) -> None:
    runner.upgrade(empty, REVISIONS[0])
    with empty.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("CREATE TABLE contract_search (id INTEGER)"))
        else:
            connection.execute(text("CREATE INDEX contract_search_trigram ON contracts (search_key)"))
    with pytest.raises(Exception, match="contract_search"):
        runner.upgrade(empty)
    assert runner.current_revision(empty) == REVISIONS[0]
    assert "employer_search" not in tables(empty)
