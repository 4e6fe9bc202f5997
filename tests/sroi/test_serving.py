"""Which contract a carved job could help, and what a placement is counted on."""

from __future__ import annotations

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi.actions import offer_placement
from crm.sroi.commands import OfferPlacement
from crm.sroi.queries.serving import contracts_to_serve, counted_on
from crm.sroi.states import EffortState
from tests.counting import statements
from tests.factories import World
from tests.sroi.factories import make_contract, make_placement


def test_the_contract_with_most_to_fill_is_the_one_to_serve(world: World) -> None:
    make_contract(world, value_cents=50_000_000)
    most = make_contract(world)
    make_contract(world, confirmed=False, value_cents=900_000_000)
    other = make_contract(world, employer_id=key(world.employer_b))
    both = [key(world.employer_a), key(world.employer_b)]
    with reading(world.actor(Role.ADVISER)) as unit, statements() as asked:
        found = contracts_to_serve(unit, both)
    assert {employer_id: row.id for employer_id, row in found.items()} == {
        both[0]: most.id,
        both[1]: other.id,
    }
    assert len(asked) == 1


def test_an_officer_is_shown_no_contract_of_another_authority(world: World) -> None:
    make_contract(world, authority_id=key(world.other_authority))
    with reading(world.actor(Role.SROI_OFFICER)) as unit:
        assert contracts_to_serve(unit, [key(world.employer_a)]) == {}


def test_a_placement_knows_the_contracts_it_is_counted_on(world: World) -> None:
    contract, placement = make_contract(world, title="Groenonderhoud"), make_placement(world)
    command = OfferPlacement(placement_id=key(placement), contract_id=key(contract), block="PW")
    perform(world.actor(Role.ADVISER), offer_placement, command)
    with reading(world.actor(Role.ADVISER)) as unit:
        (found,) = counted_on(unit, key(placement))
    assert (found.contract_id, found.title, found.state) == (
        contract.id,
        "Groenonderhoud",
        EffortState.DRAFT,
    )
