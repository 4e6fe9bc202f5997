"""The spreadsheet of a contract through the door: for who hands in efforts on it, and nobody else."""

from __future__ import annotations

import io

import openpyxl
import pytest

from crm.core.access import Role
from crm.core.records import key
from tests.factories import World
from tests.sroi.factories import make_contract
from tests.web.asking import get, signed_in


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.SROI_OFFICER])
def test_who_hands_in_efforts_gets_the_sheet_in_the_own_language(lite_world: World, role: Role) -> None:
    contract = make_contract(lite_world)
    cookie = signed_in(lite_world.users[role])
    found = get(f"/sheets/{key(contract)}.xlsx", cookie)
    assert found.status == 200
    assert openpyxl.load_workbook(io.BytesIO(found.body)).worksheets[0]["A1"].value == "Wat is er gedaan"
    english = get(f"/sheets/{key(contract)}.xlsx?language=en", cookie)
    assert openpyxl.load_workbook(io.BytesIO(english.body)).worksheets[0]["A1"].value == "What was done"


def test_for_others_there_is_no_sheet(lite_world: World) -> None:
    others = make_contract(lite_world, employer_id=key(lite_world.employer_b))
    address = f"/sheets/{key(others)}.xlsx"
    assert get(address, signed_in(lite_world.users[Role.EMPLOYER])).status == 404
    assert get(address, signed_in(lite_world.users[Role.ADVISER])).status == 404
    assert get(f"{address}?language=fr", signed_in(lite_world.users[Role.SROI_OFFICER])).status == 404
