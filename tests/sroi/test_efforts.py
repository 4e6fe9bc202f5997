"""Efforts: handed in, changed, offered from a placement, reviewed, and what they add up to."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.accounts.records import UserAuthority
from crm.candidates.rules import TargetGroup
from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform
from crm.placements.rules import ContractForm
from crm.sroi import actions, rulebook
from crm.sroi.commands import (
    ApproveEffort,
    EditEffort,
    OfferPlacement,
    ReopenEffort,
    SendBack,
    SettleContract,
    StartRepair,
    SubmitEffort,
    TakeBackOffer,
    WithdrawEffort,
)
from crm.sroi.records import Contract, Effort
from crm.sroi.rules import Explanation
from crm.sroi.rulesets import shipped_rulesets
from crm.sroi.standing import first_day_behind
from crm.sroi.states import EffortState
from tests.factories import World, make_user, save
from tests.sroi.factories import (
    approve,
    claim,
    make_contract,
    make_effort,
    make_placement,
    stored,
)
from tests.sroi.test_contracts import change_shipped


def offer(world: World, actor: Actor, placement: Any, contract: Contract, block: str = "PW") -> Effort:
    command = OfferPlacement(placement_id=key(placement), contract_id=key(contract), block=block)
    made = perform(actor, actions.offer_placement, command)
    found: Effort = stored(Effort, made)
    return found


def amounts(contract: Contract) -> tuple[int, int]:
    found = stored(Contract, key(contract))
    return found.approved_cents, found.submitted_cents


def test_the_employer_hands_in_an_effort_that_is_valued_at_once(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract, world.actor(Role.EMPLOYER))
    assert effort.state is EffortState.SUBMITTED
    assert effort.value_cents == 1_333_333
    assert Explanation.from_json(effort.explanation).amount == Decimal("13333.33")
    assert effort.employer_id == contract.employer_id
    assert effort.authority_id == contract.authority_id
    assert amounts(contract) == (0, 1_333_333)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.MANAGER, Role.ADMIN, Role.PARTNER])
def test_others_hand_in_no_efforts(lite_world: World, role: Role) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(Forbidden):
        make_effort(contract, lite_world.actor(role))


def test_another_employer_finds_no_contract_to_hand_in_on(world: World) -> None:
    contract = make_contract(world)
    with pytest.raises(NotFound):
        make_effort(contract, world.actor_for(world.portal_b))  # type: ignore[arg-type]


def test_nothing_is_handed_in_before_the_obligation_is_confirmed(lite_world: World) -> None:
    contract = make_contract(lite_world, confirmed=False)
    with pytest.raises(Invalid) as caught:
        make_effort(contract)
    assert caught.value.field == "contract_id"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"block": "NIET"}, "block"),
        ({"end": None}, "end"),
        ({"end": date(2025, 1, 1)}, "end"),
        ({"block": "ONTWIKKELTRAJECT"}, "amount_cents"),
        ({"tags": ("onbekend",)}, "tags"),
    ],
)
def test_a_fact_that_is_missing_or_wrong_is_named(
    lite_world: World, changes: dict[str, Any], field: str
) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(Invalid) as caught:
        make_effort(contract, **changes)
    assert caught.value.field == field


def test_a_draft_may_be_incomplete_and_says_what_is_missing(world: World) -> None:
    contract = make_contract(world)
    draft = make_effort(contract, world.actor(Role.EMPLOYER), end=None, submit=False)
    explanation = Explanation.from_json(draft.explanation)
    assert (draft.state, draft.value_cents) == (EffortState.DRAFT, 0)
    assert explanation.readable_steps("en")[0].label.startswith("Give the end date")
    assert amounts(contract) == (0, 0)


def test_a_service_number_is_refused_in_subject_and_description() -> None:
    for field in ("subject", "description"):
        with pytest.raises(Invalid) as caught:
            SubmitEffort(contract_id=1, **claim(**{field: "BSN 111222333"}))
        assert caught.value.field == field


def test_bonuses_and_amounts_reach_the_engine(lite_world: World) -> None:
    contract = make_contract(lite_world)
    with_bonus = make_effort(contract, age=55, permanent=True, tags=("Statushouder",))
    bought = make_effort(contract, block="SOCIALE_INKOOP", amount_cents=425_050, hours_per_week=None)
    assert with_bonus.value_cents == 2_333_333
    assert bought.value_cents == 425_050


def test_changing_an_effort_values_it_again(world: World) -> None:
    contract = make_contract(world)
    employer = world.actor(Role.EMPLOYER)
    effort = make_effort(contract, employer)
    command = EditEffort(effort_id=key(effort), version=effort.version, **claim(hours_per_week=Decimal(12)))
    perform(employer, actions.edit_effort, command)
    assert stored(Effort, key(effort)).value_cents == 666_667
    assert amounts(contract) == (0, 666_667)
    with pytest.raises(Conflict) as caught:
        perform(employer, actions.edit_effort, command)
    assert caught.value.version == effort.version + 1


def test_withdrawing_takes_the_value_out_of_the_total(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract)
    command = WithdrawEffort(effort_id=key(effort), version=effort.version)
    perform(world.actor(Role.EMPLOYER), actions.withdraw_effort, command)
    assert amounts(contract) == (0, 0)


def take_back(effort: Effort) -> TakeBackOffer:
    return TakeBackOffer(effort_id=key(effort), version=effort.version)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SROI_OFFICER])
def test_an_offer_is_taken_back_by_who_made_it_or_by_the_officer(world: World, role: Role) -> None:
    contract, placement = make_contract(world), make_placement(world)
    effort = offer(world, world.actor(Role.ADVISER), placement, contract)
    perform(world.actor(role), actions.take_back_offer, take_back(effort))
    assert stored(Effort, key(effort)).state is EffortState.WITHDRAWN


def test_an_offer_of_a_colleague_is_not_taken_back(world: World) -> None:
    contract, placement = make_contract(world), make_placement(world)
    effort = offer(world, world.actor(Role.ADVISER), placement, contract)
    with pytest.raises(Invalid, match="Somebody else"):
        perform(world.actor(Role.ACCOUNT_MANAGER), actions.take_back_offer, take_back(effort))
    assert stored(Effort, key(effort)).state is EffortState.DRAFT


def test_an_offer_that_was_handed_in_is_not_taken_back(world: World) -> None:
    effort = make_effort(make_contract(world))
    with pytest.raises(Invalid, match="in this state"):
        perform(world.actor(Role.SROI_OFFICER), actions.take_back_offer, take_back(effort))


def test_an_officer_approves_and_the_amount_is_frozen_with_its_reasons(world: World) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    contract = make_contract(world)
    effort = approve(make_effort(contract), officer)
    assert effort.state is EffortState.APPROVED
    assert effort.approved_cents == 1_333_333
    assert effort.approved_explanation == effort.explanation
    assert effort.reviewed_by_id == officer.user_id
    assert len(effort.rule_set_hash) == 64
    assert amounts(contract) == (1_333_333, 0)


@pytest.mark.parametrize(
    "role",
    [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.MANAGER, Role.ADMIN, Role.PARTNER, Role.EMPLOYER],
)
def test_only_an_officer_decides(lite_world: World, role: Role) -> None:
    effort = make_effort(make_contract(lite_world))
    actor = lite_world.actor(role)
    with pytest.raises(Forbidden):
        approve(effort, actor)
    with pytest.raises(Forbidden):
        perform(
            actor,
            actions.send_back,
            SendBack(effort_id=key(effort), version=effort.version, reason="Onvolledig"),
        )


def test_an_officer_of_another_authority_finds_no_effort(world: World) -> None:
    effort = make_effort(make_contract(world))
    other = make_user(Role.SROI_OFFICER, "Ander")
    save(UserAuthority(user_id=key(other), authority_id=key(world.other_authority)))
    with pytest.raises(NotFound):
        approve(effort, world.actor_for(other))


def test_a_part_needs_a_reason_and_ends_the_explanation(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract)
    with pytest.raises(Invalid) as caught:
        approve(effort, approved_cents=1_000_000)
    assert caught.value.field == "reason"
    part = approve(effort, approved_cents=1_000_000, reason="Loonstrook van juni ontbreekt")
    frozen = Explanation.from_json(part.approved_explanation or {})
    last = frozen.readable_steps("en")[-1]
    assert frozen.amount == last.amount == Decimal("10000.00")
    assert "Loonstrook van juni ontbreekt" in last.label
    assert part.value_cents == 1_333_333
    assert amounts(contract) == (1_000_000, 0)


@pytest.mark.parametrize("amount", [0, 1_333_334])
def test_nothing_and_more_than_the_value_cannot_be_approved(lite_world: World, amount: int) -> None:
    effort = make_effort(make_contract(lite_world))
    with pytest.raises(Invalid) as caught:
        approve(effort, approved_cents=amount, reason="Omdat het kan")
    assert caught.value.field == "approved_cents"


def test_what_is_approved_can_no_longer_be_touched(world: World) -> None:
    contract = make_contract(world)
    effort = approve(make_effort(contract))
    employer, officer = world.actor(Role.EMPLOYER), world.actor(Role.SROI_OFFICER)
    same = {"effort_id": key(effort), "version": effort.version}
    for actor, action, command in (
        (employer, actions.edit_effort, EditEffort(**same, **claim())),
        (employer, actions.withdraw_effort, WithdrawEffort(**same)),
        (officer, actions.approve_effort, ApproveEffort(**same)),
        (officer, actions.send_back, SendBack(**same, reason="Toch niet")),
    ):
        with pytest.raises(Invalid):
            perform(actor, action, command)
    assert stored(Effort, key(effort)) == effort


def test_an_approved_amount_does_not_move_when_the_rule_file_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = make_contract(world)
    before = approve(make_effort(contract))
    change_shipped(monkeypatch, "value = 40000\n", "value = 99000\n")
    later = make_effort(contract, start=date(2026, 7, 1), end=date(2026, 12, 31))
    approve(later)
    assert stored(Effort, key(before)) == before
    assert later.value_cents == before.value_cents == 1_333_333
    assert later.rule_set_hash == before.rule_set_hash
    assert make_effort(make_contract(world)).value_cents == 3_300_000


def test_a_stored_rule_set_reads_back_the_same(lite_world: World) -> None:
    from crm.core.work import reading

    for ruleset in shipped_rulesets():
        contract = make_contract(lite_world, rule_set_code=ruleset.id, confirmed=False, percentage=Decimal(5))
        with reading(system("test")) as unit:
            assert rulebook.of_contract(unit, stored(Contract, key(contract))) == ruleset


def test_sending_back_says_why_and_the_employer_hands_in_again(world: World) -> None:
    contract = make_contract(world)
    employer = world.actor(Role.EMPLOYER)
    effort = make_effort(contract, employer)
    perform(
        world.actor(Role.SROI_OFFICER),
        actions.send_back,
        SendBack(effort_id=key(effort), version=effort.version, reason="Vul de uren aan"),
    )
    back = stored(Effort, key(effort))
    assert (back.state, back.review_reason) == (EffortState.SENT_BACK, "Vul de uren aan")
    assert amounts(contract) == (0, 0)
    again = EditEffort(effort_id=key(effort), version=back.version, **claim(hours_per_week=Decimal(20)))
    perform(employer, actions.edit_effort, again)
    assert stored(Effort, key(effort)).state is EffortState.SUBMITTED


def reopen(effort: Effort, actor: Actor, reason: str = "Loonstrook van mei klopt niet") -> Effort:
    command = ReopenEffort(effort_id=key(effort), version=effort.version, reason=reason)
    perform(actor, actions.reopen_effort, command)
    found: Effort = stored(Effort, key(effort))
    return found


def test_an_approval_is_taken_back_with_a_reason_and_decided_anew(world: World) -> None:
    contract = make_contract(world)
    officer, employer = world.actor(Role.SROI_OFFICER), world.actor(Role.EMPLOYER)
    back = reopen(approve(make_effort(contract, employer), officer), officer)
    assert (back.state, back.review_reason) == (EffortState.SENT_BACK, "Loonstrook van mei klopt niet")
    assert (back.approved_cents, back.approved_explanation) == (0, None)
    assert amounts(contract) == (0, 0)
    again = EditEffort(effort_id=key(back), version=back.version, **claim(hours_per_week=Decimal(12)))
    perform(employer, actions.edit_effort, again)
    approve(stored(Effort, key(back)), officer)
    assert amounts(contract) == (666_667, 0)


def test_only_an_officer_takes_back_an_approval_and_only_while_the_contract_runs(lite_world: World) -> None:
    contract = make_contract(lite_world)
    officer, waiting = lite_world.actor(Role.SROI_OFFICER), make_effort(contract)
    with pytest.raises(Invalid, match="Only an approved effort"):
        reopen(waiting, officer)
    approved = approve(waiting)
    with pytest.raises(Forbidden):
        reopen(approved, lite_world.actor(Role.EMPLOYER))
    settling = stored(Contract, key(contract))
    perform(
        officer, actions.settle_contract, SettleContract(contract_id=key(contract), version=settling.version)
    )
    with pytest.raises(Invalid, match="takes no efforts now"):
        reopen(approved, officer)
    assert stored(Effort, key(approved)).approved_cents == 1_333_333


def test_a_decision_on_what_somebody_changed_meanwhile_is_taken_anew(world: World) -> None:
    effort = make_effort(make_contract(world))
    command = EditEffort(effort_id=key(effort), version=effort.version, **claim(hours_per_week=Decimal(36)))
    perform(world.actor(Role.EMPLOYER), actions.edit_effort, command)
    with pytest.raises(Invalid, match="Look at it again"):
        approve(effort)
    assert stored(Effort, key(effort)).state is EffortState.SUBMITTED


def test_two_officers_do_not_decide_on_the_same_effort(world: World) -> None:
    effort = make_effort(make_contract(world))
    approve(effort)
    with pytest.raises(Invalid, match="Look at it again"):
        perform(
            world.actor(Role.SROI_OFFICER),
            actions.send_back,
            SendBack(effort_id=key(effort), version=effort.version, reason="Onvolledig"),
        )


def test_no_effort_is_decided_on_a_settled_contract(lite_world: World) -> None:
    contract = make_contract(lite_world)
    draft = make_effort(contract, submit=False)
    current = stored(Contract, key(contract))
    command = SettleContract(contract_id=key(contract), version=current.version)
    perform(system("test"), actions.settle_contract, command)
    with pytest.raises(Invalid):
        perform(
            system("test"),
            actions.edit_effort,
            EditEffort(effort_id=key(draft), version=draft.version, **claim()),
        )


def test_forty_efforts_add_up_the_same_in_any_order(lite_world: World) -> None:
    hours = [Decimal(number) / 10 for number in range(11, 51)]
    totals = []
    for seed in (1, 2):
        contract = make_contract(lite_world)
        shuffled = random.Random(seed).sample(hours, len(hours))
        efforts = [make_effort(contract, hours_per_week=one) for one in shuffled]
        for effort in random.Random(seed + 10).sample(efforts, 20):
            approve(effort)
        everything = [stored(Effort, key(effort)) for effort in efforts]
        approved = sum(one.approved_cents for one in everything)
        waiting = sum(one.value_cents for one in everything if one.state is EffortState.SUBMITTED)
        assert amounts(contract) == (approved, waiting)
        totals.append(approved + waiting)
    assert totals[0] == totals[1]


def test_approvals_at_the_same_moment_are_all_counted(world: World) -> None:
    contract = make_contract(world)
    efforts = [
        make_effort(contract, subject=f"K-{3000 + number}", hours_per_week=Decimal(number))
        for number in range(4, 12)
    ]
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(approve, efforts))
    assert amounts(contract) == (sum(effort.approved_cents for effort in done), 0)


def test_the_day_of_falling_behind_is_kept_with_the_totals(world: World) -> None:
    contract = make_contract(world)
    first = stored(Contract, key(contract)).behind_on
    make_effort(contract)
    found = stored(Contract, key(contract))
    assert first == date(2026, 2, 7)
    assert found.behind_on == first_day_behind(found) == date(2026, 5, 15)


def test_an_adviser_offers_a_placement_as_a_draft_with_its_hours(world: World) -> None:
    contract = make_contract(world)
    placement = make_placement(
        world,
        planned_end_on=date(2026, 6, 30),
        contract_form=ContractForm.PERMANENT,
        hours=((date(2026, 1, 1), Decimal(24)), (date(2026, 4, 1), Decimal(36))),
    )
    effort = offer(world, world.actor(Role.ADVISER), placement, contract)
    assert effort.state is EffortState.DRAFT
    assert effort.subject == placement.candidate_reference
    assert effort.placement_id == placement.id
    assert (effort.starts_on, effort.ends_on) == (date(2026, 1, 1), date(2026, 6, 30))
    assert effort.facts["hours_per_week"] == [
        {"from": "2026-01-01", "hours": "24.0"},
        {"from": "2026-04-01", "hours": "36.0"},
    ]
    # 40.000 × (24/36 × 3/12 + 3/12) and the bonus of 10.000 for a permanent contract in the same parts.
    assert effort.value_cents == 2_083_333
    assert amounts(contract) == (0, 0)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN, Role.PARTNER, Role.EMPLOYER])
def test_others_offer_no_placements(lite_world: World, role: Role) -> None:
    contract, placement = make_contract(lite_world), make_placement(lite_world)
    with pytest.raises(Forbidden):
        offer(lite_world, lite_world.actor(role), placement, contract)


def test_an_open_ended_placement_counts_until_the_contract_ends(world: World) -> None:
    effort = offer(world, world.actor(Role.ADVISER), make_placement(world), make_contract(world))
    assert effort.ends_on == date(2026, 12, 31)


def test_offering_again_brings_the_draft_up_to_date(world: World) -> None:
    contract, placement = make_contract(world), make_placement(world)
    adviser = world.actor(Role.ADVISER)
    first = offer(world, adviser, placement, contract)
    second = offer(world, adviser, placement, contract)
    assert second.id == first.id


def test_a_second_offer_starts_where_the_first_left_off_on_any_contract(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    placement = make_placement(world)
    first = make_contract(world)
    second = make_contract(
        world, authority_id=key(world.other_authority), end_on=date(2027, 6, 30), title="Tweede"
    )
    offer(world, adviser, placement, first)
    later = offer(world, adviser, placement, second)
    assert (later.starts_on, later.ends_on) == (date(2027, 1, 1), date(2027, 6, 30))
    with pytest.raises(Invalid) as caught:
        offer(world, world.actor(Role.SROI_OFFICER), placement, make_contract(world))
    assert caught.value.field == "placement_id"


def test_a_placement_is_only_offered_on_a_block_for_its_group(world: World) -> None:
    placement = make_placement(world, group=TargetGroup.SHELTERED)
    contract = make_contract(world)
    with pytest.raises(Invalid) as caught:
        offer(world, world.actor(Role.ADVISER), placement, contract)
    assert caught.value.field == "block"
    assert offer(world, world.actor(Role.ADVISER), placement, contract, "BANENAFSPRAAK").value_cents > 0


def test_shipped_blocks_name_groups_that_exist() -> None:
    named = {group for ruleset in shipped_rulesets() for block in ruleset.blocks for group in block.groups}
    assert named == set(TargetGroup)


def test_a_placement_counts_only_on_a_contract_of_its_employer(world: World) -> None:
    contract = make_contract(world, employer_id=key(world.employer_b))
    with pytest.raises(Invalid) as caught:
        offer(world, world.actor(Role.ADVISER), make_placement(world), contract)
    assert caught.value.field == "contract_id"


def test_a_placement_counts_up_to_the_end_of_a_repair_period(lite_world: World) -> None:
    # The contract ended on 30 September; repair until 31 December. July to December is € 13.333,33.
    contract = make_contract(lite_world, end_on=date(2026, 9, 30))
    placement = make_placement(
        lite_world, started_on=date(2026, 7, 1), hours=((date(2026, 7, 1), Decimal(24)),)
    )
    repair = StartRepair(contract_id=key(contract), version=contract.version, until=date(2026, 12, 31))
    perform(lite_world.actor(Role.SROI_OFFICER), actions.start_repair, repair)
    effort = offer(lite_world, lite_world.actor(Role.ADVISER), placement, contract)
    assert (effort.starts_on, effort.ends_on) == (date(2026, 7, 1), date(2026, 12, 31))
    assert effort.value_cents == 1_333_333
