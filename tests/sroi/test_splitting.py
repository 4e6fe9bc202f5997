"""Parts for other companies beside an obligation that changed: shown, asked anew, never above the whole."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from crm.core.access import Actor, Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform
from crm.sroi import actions
from crm.sroi.commands import SettleContract
from crm.sroi.life_commands import SplitAgain
from crm.sroi.queries.shares import given_out
from crm.sroi.records import Contract
from crm.sroi.rules.changing import ChangeKind
from crm.sroi.rules.sharing import GivenOut, ShareState, Split, split_of
from tests.factories import World, make_employer
from tests.sroi.factories import make_contract, stored
from tests.sroi.test_life import changed
from tests.sroi.test_shares import answer, main, officer, other, own, propose, rows


def split_now(contract: Contract, actor: Actor) -> Split:
    return split_of(stored(Contract, key(contract)).obligation_cents, given_out(rows(contract, actor)))


def again(contract: Contract, actor: Actor, reason: str = "De verplichting is lager") -> int:
    return perform(actor, actions.split_again, SplitAgain(contract_id=key(contract), reason=reason))


@pytest.mark.parametrize(
    ("obligation", "parts", "wanted", "over"),
    [
        # Nothing changed: € 10.000 and 10 % of € 50.000.
        (5_000_000, [(1_000_000, None), (500_000, 10)], [1_000_000, 500_000], 0),
        # Raised to € 60.000: the percentage follows, the amount stays.
        (6_000_000, [(1_000_000, None), (500_000, 10)], [1_000_000, 600_000], 0),
        # Lowered to € 9.000: € 10.000 and € 900 are € 10.900, so each × 9.000 / 10.900, cents down.
        (900_000, [(1_000_000, None), (500_000, 10)], [825_688, 74_311], 600_000),
        (0, [(1_000_000, None)], [0], 1_000_000),
        (100, [], [], 0),
    ],
)
def test_a_new_split_follows_the_obligation(
    obligation: int, parts: list[tuple[int, int | None]], wanted: list[int], over: int
) -> None:
    told = [
        GivenOut(number, amount, None if share is None else Decimal(share))
        for number, (amount, share) in enumerate(parts)
    ]
    found = split_of(obligation, told)
    assert list(found.wanted.values()) == wanted
    assert (found.over_cents, sum(wanted) <= obligation) == (over, True)
    assert found.fits is (wanted == [amount for amount, _share in parts])
    assert found.left_cents == max(obligation - sum(amount for amount, _share in parts), 0)


def test_a_lowered_obligation_asks_for_a_new_split_that_both_confirm(world: World) -> None:
    # € 50.000, of which € 40.000 was passed on. A call-off of € 600.000 leaves € 30.000.
    contract = make_contract(world)
    share_id = propose(world, contract, main(world), amount_cents=4_000_000)
    answer(other(world), share_id)
    assert split_now(contract, main(world)).fits
    lowered = changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)
    assert lowered.obligation_cents == 3_000_000
    for actor in (main(world), officer(world)):
        found = split_now(contract, actor)
        assert (found.over_cents, found.wanted[share_id]) == (1_000_000, 3_000_000)
    assert again(contract, main(world)) == 1
    new, old = rows(contract, main(world))
    assert (new.amount_cents, new.state) == (3_000_000, ShareState.WAITS_FOR_OTHER)
    assert (old.id, old.state, old.reason) == (share_id, ShareState.TAKEN_BACK, "De verplichting is lager")
    assert [part.state for part in own(other(world))] == [ShareState.WAITS_FOR_OTHER, ShareState.TAKEN_BACK]
    answer(other(world), new.id)
    assert rows(contract, officer(world))[0].state is ShareState.AGREED
    with pytest.raises(Invalid, match="nothing to split"):
        again(contract, main(world))


def test_nobody_agrees_to_more_than_the_obligation(world: World) -> None:
    contract = make_contract(world)
    share_id = propose(world, contract, officer(world), amount_cents=4_000_000)
    changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)
    with pytest.raises(Invalid, match="was lowered"):
        answer(other(world), share_id)
    from crm.sroi.life_commands import AnswerShare

    with pytest.raises(Invalid, match="was lowered"):
        perform(main(world), actions.answer_own_share, AnswerShare(share_id=share_id, agrees=True))
    # A no is always possible.
    answer(other(world), share_id, agrees=False)
    assert rows(contract, main(world))[0].state is ShareState.REFUSED


def test_a_percentage_follows_and_an_officer_asks_both(lite_world: World) -> None:
    # 10 % of € 50.000 is € 5.000; with € 200.000 of extra work 10 % of € 60.000.
    contract = make_contract(lite_world)
    share_id = propose(
        lite_world, contract, main(lite_world), amount_cents=None, percentage=Decimal(10), note="Grond"
    )
    answer(other(lite_world), share_id)
    changed(contract, ChangeKind.EXTRA_WORK, amount_cents=20_000_000)
    found = split_now(contract, officer(lite_world))
    assert (found.fits, found.over_cents, found.wanted) == (False, 0, {share_id: 600_000})
    assert again(contract, officer(lite_world), "Meerwerk") == 1
    new = rows(contract, officer(lite_world))[0]
    assert (new.amount_cents, new.percentage, new.state, new.note) == (
        600_000,
        Decimal(10),
        ShareState.WAITS_FOR_MAIN,
        "Grond",
    )


def test_of_a_waived_obligation_nothing_is_left_to_pass_on(lite_world: World) -> None:
    contract = make_contract(lite_world)
    share_id = propose(lite_world, contract, main(lite_world))
    answer(other(lite_world), share_id)
    changed(contract, ChangeKind.WAIVED)
    assert again(contract, main(lite_world)) == 1
    assert [row.state for row in rows(contract, main(lite_world))] == [ShareState.TAKEN_BACK]


def test_a_part_chosen_by_name_is_split_anew_too(lite_world: World) -> None:
    contract = make_contract(lite_world)
    third = make_employer(key(lite_world.region))
    told: dict[str, Any] = {"kvk_number": None, "other_employer_id": key(third), "amount_cents": 4_000_000}
    propose(lite_world, contract, officer(lite_world), **told)
    changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)
    again(contract, officer(lite_world))
    assert [row.other for row in rows(contract, officer(lite_world))] == [third.name, third.name]


def test_only_who_is_on_the_contract_splits_it_anew(lite_world: World) -> None:
    contract = make_contract(lite_world)
    propose(lite_world, contract, main(lite_world), amount_cents=4_000_000)
    changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)
    with pytest.raises(NotFound):
        again(contract, other(lite_world))
    waiting = make_contract(lite_world, confirmed=False)
    with pytest.raises(Invalid, match="state"):
        again(waiting, lite_world.actor(Role.SROI_OFFICER))


def test_a_new_split_fits_after_one_round_with_a_part_in_money_and_one_in_percent(lite_world: World) -> None:
    """€ 20.000 and half of € 50.000 are € 35.000 of the € 30.000 that are left: each × 30.000 / 35.000."""
    contract = make_contract(lite_world)
    in_money = propose(lite_world, contract, main(lite_world), amount_cents=2_000_000)
    answer(other(lite_world), in_money)
    half = {"amount_cents": None, "percentage": Decimal(50)}
    answer(other(lite_world), propose(lite_world, contract, main(lite_world), **half))
    changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)
    assert again(contract, main(lite_world)) == 2
    waiting = [one for one in rows(contract, main(lite_world)) if one.state is not ShareState.TAKEN_BACK]
    assert sorted(one.amount_cents for one in waiting) == [1_285_714, 1_714_285]
    assert split_now(contract, main(lite_world)).fits


def test_nothing_is_settled_while_the_parts_are_more_than_the_obligation(lite_world: World) -> None:
    # € 40.000 of € 50.000 was passed on; a call-off of € 600.000 leaves an obligation of € 30.000.
    contract = make_contract(lite_world)
    share_id = propose(lite_world, contract, main(lite_world), amount_cents=4_000_000)
    answer(other(lite_world), share_id)
    changed(contract, ChangeKind.CALL_OFF, amount_cents=60_000_000)

    def settle() -> int:
        version = stored(Contract, key(contract)).version
        command = SettleContract(contract_id=key(contract), version=version, last_instalment_cents=100)
        return perform(officer(lite_world), actions.settle_contract, command)

    with pytest.raises(Invalid, match="new split"):
        settle()
    again(contract, officer(lite_world))
    assert settle() == key(contract)
