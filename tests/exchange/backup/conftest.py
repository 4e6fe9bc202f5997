"""A filled installation to back up, and an empty place of the same kind to restore into."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from crm.core import clock, files
from crm.core.access import Role
from crm.core.config import settings
from crm.core.database import using_database
from crm.core.records import key
from crm.exchange.backup.making import make_backup
from crm.sroi.records import Contract, Effort, Evidence, RuleSetVersion
from crm.sroi.states import ContractState, ContractType, EffortState
from tests import postgres
from tests.factories import World, save

PAPER = b"%PDF-1.7 a payslip"
_numbers = itertools.count(1)


class Elsewhere(Protocol):
    """Opens an empty installation of the same kind of database."""

    def __call__(self, name: str = "elsewhere") -> AbstractContextManager[None]: ...


@dataclass
class Installation:
    """What was put in, for tests to look for afterwards."""

    world: World
    contract: Contract
    evidence_hash: str


def fill(world: World) -> Installation:
    """Make a contract with an approved effort and a file of evidence."""
    rules = save(
        RuleSetVersion(
            code="invented", title="Invented", content_hash="0" * 64, document="", stored_at=clock.now()
        )
    )
    theirs = {
        "region_id": key(world.region),
        "employer_id": key(world.employer_a),
        "authority_id": key(world.authority),
    }
    contract = save(
        Contract(
            title="Groenonderhoud",
            contract_type=ContractType.SERVICES,
            value_cents=100_000_000,
            award_on=date(2026, 1, 1),
            start_on=date(2026, 1, 1),
            end_on=date(2027, 1, 1) + timedelta(days=365),
            rule_set_id=key(rules),
            obligation_cents=5_000_000,
            obligation_explanation={},
            state=ContractState.RUNNING,
            approved_cents=1_333_333,
            **theirs,
        )
    )
    effort = save(
        Effort(
            contract_id=key(contract),
            block="work",
            facts={},
            state=EffortState.APPROVED,
            value_cents=1_333_333,
            explanation={},
            rule_set_hash="0" * 64,
            approved_cents=1_333_333,
            **theirs,
        )
    )
    evidence_hash = files.store(PAPER)
    save(
        Evidence(
            effort_id=key(effort),
            contract_id=key(contract),
            kind="payslip",
            sha256=evidence_hash,
            added_by_id=key(world.users[Role.EMPLOYER]),
            added_at=clock.now(),
            **theirs,
        )
    )
    return Installation(world, contract, evidence_hash)


@pytest.fixture
def installation(world: World) -> Installation:
    """A filled installation on each kind of database."""
    return fill(world)


@pytest.fixture
def lite_installation(lite_world: World) -> Installation:
    """A filled installation on SQLite."""
    return fill(lite_world)


@pytest.fixture
def archive(lite_installation: Installation, tmp_path: Path) -> Path:
    """A backup of a filled installation on SQLite."""
    target = tmp_path / "archive.zip"
    make_backup(target)
    return target


@contextmanager
def data_dir(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Work with another data directory for the length of the block."""
    with monkeypatch.context() as change:
        change.setenv("CRM_DATA_DIR", str(path))
        settings.cache_clear()
        yield
    settings.cache_clear()


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Elsewhere]:
    """Opens an empty place: its own data directory, and an empty database of the kind the test works on."""
    made: list[tuple[str, str]] = []

    def new_url(name: str) -> str:
        # A server is started only for a test that works on PostgreSQL.
        if "postgres_url" not in request.fixturenames and not _on_postgres(request):
            return f"sqlite:///{tmp_path / name / 'vliegwiel.sqlite'}"
        admin = str(request.getfixturevalue("postgres_server"))
        made.append((admin, f"elsewhere_{next(_numbers)}"))
        return postgres.make_database(*made[-1])

    @contextmanager
    def open_elsewhere(name: str = "elsewhere") -> Iterator[None]:
        with data_dir(tmp_path / name, monkeypatch), using_database(new_url(name)) as engine:
            yield
            engine.dispose()

    yield open_elsewhere
    for admin, name in made:
        postgres.drop_database(admin, name)


def _on_postgres(request: pytest.FixtureRequest) -> bool:
    callspec = getattr(request.node, "callspec", None)
    return callspec is not None and callspec.params.get("database") == "postgres"
