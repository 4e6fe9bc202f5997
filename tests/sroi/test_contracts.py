"""The life of a contract: registered, confirmed, changed, repaired, settled, withdrawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.accounts.records import UserAuthority
from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, rulebook
from crm.sroi.commands import (
    AssignRuleSet,
    ConfirmObligation,
    EditContract,
    RegisterContract,
    ReopenObligation,
    SettleContract,
    StartRepair,
    WithdrawContract,
)
from crm.sroi.records import AuthorityRuleSet, Contract, Effort, RuleSetVersion
from crm.sroi.rules import Explanation
from crm.sroi.states import ContractState, ContractType, EffortState
from tests.factories import World, make_user, save
from tests.sroi.factories import approve, assign, make_contract, make_effort, stored, terms

UNTRANSLATED = "en"


def edited(contract: Contract, **changes: Any) -> EditContract:
    kept = {
        name: getattr(contract, name)
        for name in EditContract.model_fields
        if name not in {"contract_id", "version", "rule_set_code", "contract_hours"}
    }
    return EditContract(contract_id=key(contract), version=contract.version, **{**kept, **changes})


def in_state(world: World, state: ContractState) -> Contract:
    contract = make_contract(world, confirmed=state is not ContractState.TO_CONFIRM)
    officer = system("test")
    if state is ContractState.IN_REPAIR:
        command = StartRepair(contract_id=key(contract), version=contract.version, until=date(2027, 2, 1))
        perform(officer, actions.start_repair, command)
    elif state is ContractState.SETTLED:
        settle = SettleContract(contract_id=key(contract), version=contract.version)
        perform(officer, actions.settle_contract, settle)
    elif state is ContractState.WITHDRAWN:
        withdraw = WithdrawContract(contract_id=key(contract), version=contract.version, reason="Dubbel")
        perform(officer, actions.withdraw_contract, withdraw)
    found: Contract = stored(Contract, key(contract))
    return found


def test_an_officer_registers_a_contract_that_waits_for_confirmation(world: World) -> None:
    made = perform(
        world.actor(Role.SROI_OFFICER), actions.register_contract, RegisterContract(**terms(world))
    )
    contract = stored(Contract, made)
    assert contract.state is ContractState.TO_CONFIRM
    assert contract.obligation_cents == 5_000_000
    assert contract.region_id == key(world.region)
    assert contract.employer_id == key(world.employer_a)


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.MANAGER, Role.ADMIN, Role.PARTNER, Role.EMPLOYER]
)
def test_only_an_officer_registers_a_contract(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), actions.register_contract, RegisterContract(**terms(lite_world)))


def test_an_officer_cannot_register_for_an_authority_of_others(world: World) -> None:
    command = RegisterContract(**terms(world, authority_id=key(world.other_authority)))
    with pytest.raises(NotFound):
        perform(world.actor(Role.SROI_OFFICER), actions.register_contract, command)


def test_an_adviser_may_read_in_an_award_but_the_same_award_only_once(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    command = RegisterContract(**terms(world, award_key="ocds-1/1/90000001"))
    perform(adviser, actions.register_award, command)
    with pytest.raises(Invalid) as caught:
        perform(adviser, actions.register_award, command)
    assert caught.value.field == "award_key"


def test_an_unknown_employer_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.SROI_OFFICER),
            actions.register_contract,
            RegisterContract(**terms(world, employer_id=999_999)),
        )


def test_a_contract_cannot_end_before_it_starts(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        make_contract(lite_world, end_on=date(2025, 12, 31))
    assert caught.value.field == "end_on"


def test_a_service_number_is_refused_in_the_title(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        RegisterContract(**terms(lite_world, title="Zorg voor 111222333"))
    assert caught.value.field == "title"


def test_the_rule_set_follows_from_authority_and_award_date(world: World) -> None:
    assign(world, "utrecht-v40h", date(2020, 1, 1))
    assign(world, "utrecht-current", date(2026, 1, 1))
    early = make_contract(world, award_on=date(2025, 12, 31), rule_set_code=None)
    late = make_contract(world, award_on=date(2026, 1, 1), rule_set_code=None)
    codes = {row.id: row.code for row in all_versions()}
    assert (codes[early.rule_set_id], codes[late.rule_set_id]) == ("utrecht-v40h", "utrecht-current")


def test_without_a_rule_set_registering_asks_for_one(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        make_contract(world, rule_set_code=None)
    assert caught.value.field == "rule_set_code"


def test_a_rule_set_is_only_taken_from_the_shipped_ones(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        make_contract(lite_world, rule_set_code="/etc/passwd")
    assert caught.value.field == "rule_set_code"


def test_the_same_rule_set_is_kept_once(world: World) -> None:
    first, second = make_contract(world), make_contract(world)
    assert first.rule_set_id == second.rule_set_id
    assert len(all_versions()) == 1


def test_the_explanation_starts_with_how_the_rule_set_was_chosen(lite_world: World) -> None:
    assign(lite_world)
    by_date = told(make_contract(lite_world, rule_set_code=None))
    by_hand = told(make_contract(lite_world))
    assert by_date.steps[0].label == rulebook.CHOSEN
    assert by_hand.steps[0].label == rulebook.BY_HAND
    assert "1 Dec 2025" in by_date.readable_steps(UNTRANSLATED)[0].label


def test_a_publication_rule_falls_back_on_the_award_date_and_says_so(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_publication(monkeypatch)
    assign(lite_world, valid_from=date(2025, 12, 1))
    unknown = told(make_contract(lite_world, rule_set_code=None))
    assert unknown.readable_assumptions(UNTRANSLATED)[0] == rulebook.NO_PUBLICATION
    with pytest.raises(Invalid):
        make_contract(lite_world, rule_set_code=None, published_on=date(2025, 11, 30))
    known = told(make_contract(lite_world, rule_set_code=None, published_on=date(2025, 12, 2)))
    assert rulebook.NO_PUBLICATION not in known.readable_assumptions(UNTRANSLATED)
    assert "2 Dec 2025" in known.readable_steps(UNTRANSLATED)[0].label


def test_confirming_fixes_the_obligation_with_what_the_clause_says(world: World) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    contract = make_contract(world, confirmed=False)
    perform(
        officer,
        actions.confirm_obligation,
        ConfirmObligation(contract_id=key(contract), version=contract.version, percentage=Decimal("2.5")),
    )
    found = stored(Contract, key(contract))
    assert found.state is ContractState.RUNNING
    assert found.obligation_cents == 2_500_000
    assert found.confirmed_on == date(2026, 11, 24)
    assert found.officer_id == officer.user_id
    assert told(found).amount == Decimal("25000.00")


def test_little_labour_lowers_the_percentage(lite_world: World) -> None:
    contract = make_contract(lite_world, labour_share=Decimal("29.99"))
    assert contract.obligation_cents == 2_000_000


def test_under_the_threshold_there_is_no_obligation_and_a_step_says_why(lite_world: World) -> None:
    contract = make_contract(lite_world, value_cents=9_999_999)
    assert contract.obligation_cents == 0
    assert "under the threshold" in told(contract).readable_steps(UNTRANSLATED)[-1].label


def test_supplies_are_supplies_to_the_rules(lite_world: World) -> None:
    contract = make_contract(
        lite_world, contract_type=ContractType.GOODS, rule_set_code="leidschendam-voorburg"
    )
    assert contract.obligation_cents == 0


def test_a_confirmed_obligation_does_not_move_when_the_rule_file_changes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = make_contract(world)
    change_shipped(monkeypatch, "value = 100000\n", "value = 2000000\n")
    command = edited(contract, title="Andere titel")
    perform(system("test"), actions.edit_contract, command)
    after = stored(Contract, key(contract))
    assert after.title == "Andere titel"
    assert after.obligation_cents == contract.obligation_cents
    assert after.rule_set_id == contract.rule_set_id
    assert make_contract(world).obligation_cents == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value_cents", 1),
        ("percentage", Decimal(1)),
        ("labour_share", Decimal(1)),
        ("award_on", date(2020, 1, 1)),
        ("contract_type", ContractType.WORKS),
        ("wage_bill_cents", 1),
        ("published_on", date(2020, 1, 1)),
    ],
)
def test_what_the_obligation_rests_on_is_closed_after_confirming(
    lite_world: World, field: str, value: object
) -> None:
    contract = make_contract(lite_world)
    with pytest.raises(Invalid) as caught:
        perform(system("test"), actions.edit_contract, edited(contract, **{field: value}))
    assert caught.value.field == field


def test_before_confirming_every_term_may_change_and_the_obligation_follows(world: World) -> None:
    contract = make_contract(world, confirmed=False)
    perform(system("test"), actions.edit_contract, edited(contract, value_cents=200_000_000))
    assert stored(Contract, key(contract)).obligation_cents == 10_000_000


def test_two_officers_changing_the_same_contract_meet_a_conflict(world: World) -> None:
    contract = make_contract(world)
    perform(system("test"), actions.edit_contract, edited(contract, title="Eerst"))
    with pytest.raises(Conflict) as caught:
        perform(system("test"), actions.edit_contract, edited(contract, title="Later"))
    assert caught.value.stored["title"] == "Eerst"
    assert caught.value.yours["title"] == "Later"


def test_reopening_keeps_what_was_approved(world: World) -> None:
    contract = make_contract(world)
    effort = approve(make_effort(contract))
    current = stored(Contract, key(contract))
    command = ReopenObligation(
        contract_id=key(contract), version=current.version, reason="Verkeerd percentage"
    )
    perform(world.actor(Role.SROI_OFFICER), actions.reopen_obligation, command)
    after = stored(Contract, key(contract))
    assert after.state is ContractState.TO_CONFIRM
    assert after.approved_cents == effort.approved_cents == 1_333_333


def test_a_repair_period_cannot_end_in_the_past(lite_world: World) -> None:
    contract = make_contract(lite_world)
    command = StartRepair(contract_id=key(contract), version=contract.version, until=date(2026, 11, 23))
    with pytest.raises(Invalid) as caught:
        perform(system("test"), actions.start_repair, command)
    assert caught.value.field == "until"


def test_a_repair_period_may_be_moved(world: World) -> None:
    contract = in_state(world, ContractState.IN_REPAIR)
    command = StartRepair(contract_id=key(contract), version=contract.version, until=date(2027, 3, 1))
    perform(world.actor(Role.SROI_OFFICER), actions.start_repair, command)
    assert stored(Contract, key(contract)).repair_until == date(2027, 3, 1)


def test_settling_waits_for_the_review_of_what_was_handed_in(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract)
    current = stored(Contract, key(contract))
    command = SettleContract(contract_id=key(contract), version=current.version)
    with pytest.raises(Invalid):
        perform(world.actor(Role.SROI_OFFICER), actions.settle_contract, command)
    approve(effort)
    current = stored(Contract, key(contract))
    again = SettleContract(contract_id=key(contract), version=current.version)
    perform(world.actor(Role.SROI_OFFICER), actions.settle_contract, again)
    settled = stored(Contract, key(contract))
    assert (settled.state, settled.settled_on) == (ContractState.SETTLED, date(2026, 11, 24))


def test_withdrawing_takes_the_open_efforts_along(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract)
    current = stored(Contract, key(contract))
    command = WithdrawContract(contract_id=key(contract), version=current.version, reason="Dubbel")
    perform(world.actor(Role.SROI_OFFICER), actions.withdraw_contract, command)
    assert stored(Contract, key(contract)).submitted_cents == 0
    assert stored(Effort, key(effort)).state is EffortState.WITHDRAWN


def test_a_contract_with_approved_efforts_is_settled_and_not_withdrawn(world: World) -> None:
    contract = make_contract(world)
    approve(make_effort(contract))
    current = stored(Contract, key(contract))
    command = WithdrawContract(contract_id=key(contract), version=current.version, reason="Dubbel")
    with pytest.raises(Invalid):
        perform(world.actor(Role.SROI_OFFICER), actions.withdraw_contract, command)
    assert stored(Contract, key(contract)).state is ContractState.RUNNING


@pytest.mark.parametrize("state", [ContractState.SETTLED, ContractState.WITHDRAWN])
def test_a_closed_contract_stays_as_it_is(lite_world: World, state: ContractState) -> None:
    contract = in_state(lite_world, state)
    same = {"contract_id": key(contract), "version": contract.version}
    for action, command in (
        (actions.confirm_obligation, ConfirmObligation(**same)),
        (actions.reopen_obligation, ReopenObligation(**same, reason="Fout")),
        (actions.start_repair, StartRepair(**same, until=date(2027, 1, 1))),
        (actions.settle_contract, SettleContract(**same)),
        (actions.withdraw_contract, WithdrawContract(**same, reason="Fout")),
        (actions.edit_contract, edited(contract)),
    ):
        with pytest.raises(Invalid):
            perform(system("test"), action, command)


def test_an_officer_of_another_authority_finds_no_contract(world: World) -> None:
    contract = make_contract(world)
    other = make_user(Role.SROI_OFFICER, "Ander")
    save(UserAuthority(user_id=key(other), authority_id=key(world.other_authority)))
    command = SettleContract(contract_id=key(contract), version=contract.version)
    with pytest.raises(NotFound):
        perform(world.actor_for(other), actions.settle_contract, command)


def test_assigning_the_same_day_again_replaces_what_was_assigned(world: World) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    for code in ("utrecht-v40h", "utrecht-current"):
        perform(
            officer,
            actions.assign_rule_set,
            AssignRuleSet(authority_id=key(world.authority), rule_set_code=code, valid_from=date(2026, 1, 1)),
        )
    with reading(system("test")) as unit:
        codes = unit.session.exec(select(AuthorityRuleSet.rule_set_code)).all()
    assert codes == ["utrecht-current"]


def test_an_officer_assigns_no_rule_set_to_an_authority_of_others(world: World) -> None:
    command = AssignRuleSet(
        authority_id=key(world.other_authority),
        rule_set_code="utrecht-current",
        valid_from=date(2026, 1, 1),
    )
    with pytest.raises(NotFound):
        perform(world.actor(Role.SROI_OFFICER), actions.assign_rule_set, command)


def all_versions() -> list[RuleSetVersion]:
    with reading(system("test")) as unit:
        return list(unit.session.exec(select(RuleSetVersion)))


def told(contract: Contract) -> Explanation:
    return Explanation.from_json(contract.obligation_explanation)


def change_shipped(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let the shipped demo rule set be another from now on."""
    from crm.sroi.rulesets import SHIPPED, parse_ruleset

    text = (SHIPPED / "hart-van-west-brabant-demo.toml").read_text(encoding="utf-8")
    assert old in text
    changed = parse_ruleset(text.replace(old, new))
    monkeypatch.setattr(rulebook, "shipped_rulesets", lambda: [changed])


def by_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the shipped demo rule set be chosen by the date of publication."""
    change_shipped(monkeypatch, 'date_kind = { value = "award"', 'date_kind = { value = "publication"')


def test_a_reference_that_looks_like_a_bsn_is_refused_with_how_to_write_it(lite_world: World) -> None:
    officer = lite_world.actor(Role.SROI_OFFICER)
    with pytest.raises(Invalid, match="with a letter or a dash") as refused:
        RegisterContract(**terms(lite_world, reference="111222333"))
    assert refused.value.field == "reference"
    command = RegisterContract(**terms(lite_world, reference="INK-111222333"))
    made = perform(officer, actions.register_contract, command)
    assert stored(Contract, made).reference == "INK-111222333"
