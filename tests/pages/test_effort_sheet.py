"""The spreadsheet on the screens of officer and contractor: looked at line by line before it is kept."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.sroi.records import Contract
from crm.ui.registry import page
from tests.exchange.test_effort_sheet import filled, line
from tests.factories import World, make_session
from tests.pages.test_all_pages import words
from tests.sources import ROOT
from tests.sroi.factories import make_contract, stored

PLACES = {
    Role.SROI_OFFICER: ("staff/contract.py", {}),
    Role.EMPLOYER: ("portal/contract.py", {"part": "efforts"}),
}


def opened(world: World, role: Role, contract: Contract) -> AppTest:
    file, params = PLACES[role]
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(page(file).path))
    for name, value in {"id": str(key(contract)), **params}.items():
        at.query_params[name] = value
    return at.run()


def bring(at: AppTest, data: bytes) -> AppTest:
    uploader = next(one for one in at.file_uploader if "werkblad" in one.label)
    uploader.upload("inspanningen.xlsx", data, "application/octet-stream")
    return at.run()


@pytest.mark.parametrize("role", list(PLACES))
def test_lines_are_looked_at_and_the_good_ones_handed_in(lite_world: World, role: Role) -> None:
    contract = make_contract(lite_world)
    at = bring(opened(lite_world, role, contract), filled(line(), line(subject="K-7", start="gisteren")))
    assert "1 regel is niet bruikbaar" in words(at)
    (looked,) = (one.value for one in at.table if "Oordeel" in one.value)
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in looked["Waarde"]] == ["€ 13.333,33", "–"]
    at.button(key="sheet_send").click().run()
    assert not at.exception
    assert stored(Contract, key(contract)).submitted_cents == 1_333_333


def test_another_file_is_refused_in_one_sentence(lite_world: World) -> None:
    at = bring(opened(lite_world, Role.SROI_OFFICER, make_contract(lite_world)), b"PK\x03\x04 kapot")
    assert [one.value for one in at.error]
    assert not at.exception
