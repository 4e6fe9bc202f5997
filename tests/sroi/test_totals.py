"""The totals of a contract: what its rule set's limits cut off is not in them."""

from __future__ import annotations

from decimal import Decimal

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries import ContractPage
from crm.sroi.records import Contract
from tests.factories import World
from tests.sroi.factories import approve, make_contract, make_effort, stored

D = Decimal


def page(world: World, contract: Contract) -> ContractPage:
    with reading(world.actor(Role.SROI_OFFICER)) as work:
        return queries.contract_page(work, key(contract))


def sharing_knowledge(contract: Contract, hours: int) -> object:
    """Hours of own staff at 100 each: a quarter of 50,000, so 12,500, may be filled this way."""
    return make_effort(
        contract,
        block="KENNIS_MIDDELEN",
        quantity=D(hours),
        hours_per_week=None,
        start=None,
        end=None,
        subject="",
    )


def test_what_a_limit_cuts_off_is_not_in_the_totals(world: World) -> None:
    """150 hours are 15,000, of which 12,500 counts; 13,333.33 of work counts in full."""
    contract = make_contract(world)
    approve(sharing_knowledge(contract, 150))  # type: ignore[arg-type]
    approve(make_effort(contract))
    found = page(world, contract)
    assert found.row.approved_cents == 1_250_000 + 1_333_333
    assert found.cut_off_cents == 250_000
    assert found.counting.amount == D("25833.33")


def test_what_waits_for_review_is_what_it_would_add(world: World) -> None:
    contract = make_contract(world)
    approve(sharing_knowledge(contract, 100))  # type: ignore[arg-type]
    sharing_knowledge(contract, 100)
    after = stored(Contract, key(contract))
    assert (after.approved_cents, after.submitted_cents) == (1_000_000, 250_000)


def test_nothing_is_cut_off_below_the_limit(world: World) -> None:
    contract = make_contract(world)
    approve(sharing_knowledge(contract, 125))  # type: ignore[arg-type]
    assert page(world, contract).cut_off_cents == 0
