"""The form of a contract asks its hours of work, and shows what follows from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.core.records import key
from crm.sroi import rulebook
from crm.sroi.records import Contract
from tests.factories import World
from tests.pages.test_sroi import labelled, opened, press
from tests.sroi.factories import make_contract, stored
from tests.sroi.test_contract_hours import by_hours


def test_other_hours_on_the_form_move_the_obligation(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "choose", lambda *_: by_hours())
    contract = make_contract(lite_world, confirmed=False, contract_hours=Decimal(12_000))
    at = opened(lite_world, "contract.py", id=key(contract))
    asked = labelled(at.text_input, "Gewerkte uren")
    assert asked.value == "12000"
    asked.set_value("6000,5")
    press(at, "Bewaren")
    assert stored(Contract, key(contract)).obligation_cents == 900_075
