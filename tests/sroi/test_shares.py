"""Parts of an obligation for other companies: both sides confirm, and each sees only what is its own."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.accounts.records import UserAuthority, UserEmployer
from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.life_commands import AnswerShare, ProposeShare, TakeBackShare
from crm.sroi.queries.shares import OwnShare, ShareRow, own_shares, shares_of
from crm.sroi.records import Contract, ObligationShare, ShareAnswer
from crm.sroi.rules.sharing import ShareKind, ShareState
from tests.factories import World, make_employer, make_user, save
from tests.sroi.factories import make_contract, stored

START = date(2026, 12, 1)


def main(world: World) -> Actor:
    return world.actor(Role.EMPLOYER)


def other(world: World) -> Actor:
    assert world.portal_b is not None
    return world.actor_for(world.portal_b)


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def propose(world: World, contract: Contract, actor: Actor, **values: Any) -> int:
    told = {"kvk_number": world.employer_b.kvk_number, "amount_cents": 1_000_000, **values}
    command = ProposeShare(contract_id=key(contract), kind=ShareKind.SUBCONTRACTOR, starts_on=START, **told)
    return perform(actor, actions.propose_share, command)


def answer(actor: Actor, share_id: int, *, agrees: bool = True, reason: str = "") -> int:
    command = AnswerShare(share_id=share_id, agrees=agrees, reason=reason)
    return perform(actor, actions.answer_share, command)


def rows(contract: Contract, actor: Actor) -> list[ShareRow]:
    with reading(actor) as unit:
        return shares_of(unit, key(contract))


def own(actor: Actor) -> list[OwnShare]:
    with reading(actor) as unit:
        return own_shares(unit)


def test_the_other_company_confirms_what_the_main_contractor_proposed(world: World) -> None:
    contract = make_contract(world, title="Groenonderhoud")
    share_id = propose(world, contract, main(world))
    [asked] = own(other(world))
    assert (asked.contract_title, asked.authority) == ("Groenonderhoud", "Gemeente Halderberge")
    assert (asked.amount_cents, asked.ends_on) == (1_000_000, date(2026, 12, 31))
    assert asked.state is ShareState.WAITS_FOR_OTHER
    answer(other(world), share_id)
    assert own(other(world))[0].state is ShareState.AGREED
    for actor in (main(world), officer(world)):
        [row] = rows(contract, actor)
        assert (row.other, row.state) == ("Van Dam Logistiek BV", ShareState.AGREED)
    # The main contractor stays responsible for the whole.
    assert stored(Contract, key(contract)).obligation_cents == 5_000_000


def test_what_an_officer_proposes_both_companies_confirm(world: World) -> None:
    contract = make_contract(world)
    share_id = propose(world, contract, officer(world), amount_cents=None, percentage=Decimal(10))
    [row] = rows(contract, main(world))
    # 10 % of € 50.000.
    assert (row.amount_cents, row.state) == (500_000, ShareState.WAITS_FOR_MAIN)
    answer(other(world), share_id)
    assert rows(contract, main(world))[0].state is ShareState.WAITS_FOR_MAIN
    command = AnswerShare(share_id=share_id, agrees=True)
    perform(main(world), actions.answer_own_share, command)
    assert rows(contract, officer(world))[0].state is ShareState.AGREED
    with pytest.raises(Invalid, match="already"):
        perform(main(world), actions.answer_own_share, command)


def test_a_refusal_is_told_with_its_reason(lite_world: World) -> None:
    contract = make_contract(lite_world)
    share_id = propose(lite_world, contract, main(lite_world))
    answer(other(lite_world), share_id, agrees=False, reason="Geen plaats dit jaar")
    [row] = rows(contract, main(lite_world))
    assert (row.state, row.reason) == (ShareState.REFUSED, "Geen plaats dit jaar")
    with pytest.raises(Invalid, match="already"):
        answer(other(lite_world), share_id)


def test_the_other_company_sees_its_part_and_nothing_of_the_contract(world: World) -> None:
    contract = make_contract(world)
    share_id = propose(world, contract, main(world))
    answer(other(world), share_id)
    with reading(other(world)) as unit:
        for record, number in ((Contract, key(contract)), (ObligationShare, share_id)):
            with pytest.raises(NotFound):
                unit.get(record, number)
        assert shares_of(unit, key(contract)) == []
    assert {field.name for field in fields(OwnShare)} == {
        "id",
        "contract_title",
        "authority",
        "amount_cents",
        "starts_on",
        "ends_on",
        "state",
        "answered",
        "contract_id",
    }
    # And the main contractor sees no record of the other company.
    with reading(main(world)) as unit, pytest.raises(NotFound):
        unit.get(ShareAnswer, 1)


def test_nobody_answers_for_another(world: World) -> None:
    contract = make_contract(world)
    share_id = propose(world, contract, officer(world))
    for actor in (main(world), officer(world)):
        with pytest.raises(NotFound):
            answer(actor, share_id)
    with pytest.raises(NotFound):
        perform(other(world), actions.answer_own_share, AnswerShare(share_id=share_id, agrees=True))
    with pytest.raises(NotFound):
        perform(officer(world), actions.answer_own_share, AnswerShare(share_id=share_id, agrees=True))


def test_a_part_can_be_taken_back_by_the_main_contractor(lite_world: World) -> None:
    contract = make_contract(lite_world)
    share_id = propose(lite_world, contract, main(lite_world))
    answer(other(lite_world), share_id)
    command = TakeBackShare(share_id=share_id, version=1, reason="Werk vervalt")
    perform(main(lite_world), actions.take_back_share, command)
    assert own(other(lite_world))[0].state is ShareState.TAKEN_BACK
    with pytest.raises(Conflict):
        perform(main(lite_world), actions.take_back_share, command)
    again = TakeBackShare(share_id=share_id, version=2, reason="Werk vervalt")
    with pytest.raises(Invalid, match="already"):
        perform(main(lite_world), actions.take_back_share, again)
    with pytest.raises(NotFound):
        perform(other(lite_world), actions.take_back_share, again)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kvk_number": None}, "kvk_number"),
        ({"amount_cents": None}, "amount_cents"),
        ({"percentage": Decimal(5)}, "amount_cents"),
        ({"amount_cents": 5_000_001}, "amount_cents"),
        ({"ends_on": date(2026, 11, 30)}, "ends_on"),
    ],
)
def test_what_does_not_fit_is_refused(lite_world: World, values: dict[str, Any], field: str) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(Invalid) as fault:
        propose(lite_world, contract, main(lite_world), **values)
    assert fault.value.field == field


def test_parts_never_add_up_to_more_than_the_obligation(lite_world: World) -> None:
    contract = make_contract(lite_world)
    third = make_employer(key(lite_world.region))
    first = propose(lite_world, contract, officer(lite_world), amount_cents=4_000_000)
    told = {"kvk_number": None, "other_employer_id": key(third), "amount_cents": 2_000_000}
    with pytest.raises(Invalid, match="more than the obligation"):
        propose(lite_world, contract, officer(lite_world), **told)
    answer(other(lite_world), first, agrees=False)
    assert propose(lite_world, contract, officer(lite_world), **told) > first


def test_no_part_for_the_contractor_itself_nor_on_a_contract_to_confirm(lite_world: World) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(Invalid, match="main contractor itself"):
        propose(lite_world, contract, main(lite_world), kvk_number=lite_world.employer_a.kvk_number)
    waiting = make_contract(lite_world, confirmed=False)
    with pytest.raises(Invalid, match="state"):
        propose(lite_world, waiting, system("test"))


def test_a_contractor_gets_the_same_answer_for_a_number_that_is_nobodys(world: World) -> None:
    contract = make_contract(world)
    number = world.employer_b.kvk_number
    known = propose(world, contract, main(world))
    unknown = propose(world, contract, main(world), kvk_number="11112222")
    answers = {row.id: (row.other, row.state) for row in rows(contract, main(world))}
    assert answers == {
        known: (f"KvK {number}", ShareState.WAITS_FOR_OTHER),
        unknown: ("KvK 11112222", ShareState.WAITS_FOR_OTHER),
    }
    # The officer works with the register, and sees which of both is in it.
    names = {row.id: (row.other, row.by_number) for row in rows(contract, officer(world))}
    assert names == {known: ("Van Dam Logistiek BV", False), unknown: ("KvK 11112222", True)}
    assert all(row.by_number for row in rows(contract, main(world)))


def test_a_part_for_a_number_waits_for_the_company_that_comes_with_it(world: World) -> None:
    contract = make_contract(world)
    share_id = propose(world, contract, main(world), kvk_number="11112222")
    assert own(main(world)) == []
    for actor in (main(world), other(world)):
        with pytest.raises(NotFound):
            answer(actor, share_id)
    newcomer = make_employer(key(world.region), "Nieuw BV", kvk_number="11112222")
    user = make_user(Role.EMPLOYER, "Nieuw")
    save(UserEmployer(user_id=key(user), employer_id=key(newcomer)))
    assert [part.id for part in own(world.actor_for(user))] == [share_id]
    answer(world.actor_for(user), share_id)
    [row] = rows(contract, main(world))
    assert (row.other, row.state) == ("Nieuw BV", ShareState.AGREED)


def test_who_sees_the_contracts_of_one_authority_sees_the_parts_of_that_one_alone(world: World) -> None:
    share_id = propose(world, make_contract(world), main(world))
    save(UserAuthority(user_id=other(world).user_id or 0, authority_id=key(world.other_authority)))
    assert own(other(world)) == []
    with pytest.raises(NotFound):
        answer(other(world), share_id)
