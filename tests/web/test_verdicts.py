"""The verdicts on a file as a table: for who brought it in, and nobody else."""

from __future__ import annotations

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.records import key
from crm.core.work import reading
from tests.exchange.importing import employers
from tests.factories import World
from tests.web.asking import get, signed_in

LINES = "KvK;Naam;Contactpersoon\n12345678;De Linde;J. Geheim\n12;Fout;K. Geheim\n"


@pytest.fixture
def run_id(world: World) -> int:
    """A file that an adviser brought in."""
    return key(employers(LINES, world.actor(Role.ADVISER)).run)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ADMIN])
def test_who_brought_it_in_and_administrators_get_the_table(world: World, run_id: int, role: Role) -> None:
    answer = get(f"/imports/{run_id}.csv", signed_in(world.users[role]))
    assert answer.status == 200
    assert answer.header("content-disposition") == f'attachment; filename="import-{run_id}.csv"'
    assert answer.header("cache-control") == "no-store"
    lines = answer.body.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "2;Nieuw;12345678;;;De Linde",
        "3;Afgewezen;;;KvK-nummer: Een KvK-nummer heeft 8 cijfers.;",
    ]
    assert b"Geheim" not in answer.body


def test_taking_it_is_in_the_audit(world: World, run_id: int) -> None:
    get(f"/imports/{run_id}.csv", signed_in(world.users[Role.ADVISER]))
    with reading(system("test")) as unit:
        found = unit.session.exec(
            select(AuditEntry.object_id).where(AuditEntry.intention == "exchange.download_verdicts")
        ).all()
    assert found == [str(run_id)]


@pytest.mark.parametrize("role", [Role.SROI_OFFICER, Role.MANAGER, Role.EMPLOYER])
def test_for_others_it_does_not_exist(world: World, run_id: int, role: Role) -> None:
    answer = get(f"/imports/{run_id}.csv", signed_in(world.users[role]))
    assert answer.status == 404
    assert b"Linde" not in answer.body


@pytest.mark.parametrize("asked", ["0", "x", "4711", "9" * 30, "1%2e"])
def test_what_is_no_run_does_not_exist(world: World, asked: str) -> None:
    assert get(f"/imports/{asked}.csv", signed_in(world.users[Role.ADMIN])).status == 404


def test_nobody_gets_nothing(world: World, run_id: int) -> None:
    answer = get(f"/imports/{run_id}.csv")
    assert answer.status in (303, 401)
    assert b"Linde" not in answer.body
