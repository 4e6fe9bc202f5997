"""Lists and everything through their addresses: for whom they are, and noted in the audit."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.records import key
from crm.core.work import reading
from tests.exchange.test_checking import HEAD, brought
from tests.factories import World
from tests.web.asking import get, signed_in


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbfNaam;"), ("xlsx", b"PK")])
def test_a_list_is_handed_over_with_its_filter_and_noted(lite_world: World, kind: str, start: bytes) -> None:
    answer = get(f"/exports/employers.{kind}?text=linde", signed_in(lite_world.users[Role.ADVISER]))
    assert answer.status == 200
    assert answer.header("content-disposition") == f'attachment; filename="employers.{kind}"'
    assert answer.body.startswith(start)
    assert b"Van Dam" not in answer.body
    with reading(system("test")) as unit:
        wanted = select(AuditEntry.object_type).where(AuditEntry.intention == "exchange.export_list")
        assert unit.session.exec(wanted).all() == ["employers"]


@pytest.mark.parametrize("asked", ["candidates.csv", "users.csv", "contact-moments.csv", "members.pdf"])
def test_what_is_not_yours_or_no_list_does_not_exist(lite_world: World, asked: str) -> None:
    assert get(f"/exports/{asked}", signed_in(lite_world.users[Role.EMPLOYER])).status == 404


def test_only_the_administrator_takes_everything(lite_world: World) -> None:
    answer = get("/exports/everything.zip", signed_in(lite_world.users[Role.ADMIN]))
    assert answer.status == 200
    assert "employers.csv" in zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert get("/exports/everything.zip", signed_in(lite_world.users[Role.MANAGER])).status == 404
    assert get("/exports/everything.zip").status in (303, 401)


def test_rejected_lines_go_to_who_brought_them_in(lite_world: World) -> None:
    run_id = key(brought(lite_world.actor(Role.ADVISER), f"{HEAD}12;Fout BV;;;\n").run)
    answer = get(f"/imports/{run_id}/rejected", signed_in(lite_world.users[Role.ADVISER]))
    assert answer.header("content-disposition") == f'attachment; filename="import-{run_id}-herstellen.csv"'
    assert b"Fout BV" in answer.body
    assert get(f"/imports/{run_id}/rejected", signed_in(lite_world.users[Role.SROI_OFFICER])).status == 404
