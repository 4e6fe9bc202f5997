"""What changes a contract after its obligation was confirmed: never silently, always computed again."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.money import euros
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import changing, clocks, revaluing, rulebook, totals
from crm.sroi.life_commands import ChangeContract, TakeBackChange
from crm.sroi.queries.changes import ChangeRow, as_change, changes_of, in_force
from crm.sroi.queries.contract_hours import hours_of
from crm.sroi.queries.tenders import agreed_amount
from crm.sroi.records import Contract, ContractChange
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.rules.changing import (
    ADDED,
    ENDINGS,
    Change,
    ChangeKind,
    EndingMethod,
    invoiced,
    overlapping,
)
from crm.sroi.standing import OPEN

ADDING = ADDED | {ChangeKind.CALL_OFF}


@action(Permission.CONTRACT_EDIT, ChangeContract)
def change_contract(work: Work, command: ChangeContract) -> int:
    """Note a change and compute the obligation anew with the contract's own rule set; return its id.

    Raises `Invalid` for a field that this kind of change needs, and for a contract that was closed.
    """
    contract = _hold(work, command.contract_id, command.version)
    ruleset, rows = rulebook.of_contract(work, contract), changes_of(work, command.contract_id)
    _check(contract, ruleset, in_force(rows), command)
    change = _new(work, contract, command)
    old = in_force(rows)
    return _apply(work, contract, ruleset, rows, (old, [*old, as_change(change)]), change)


@action(Permission.CONTRACT_EDIT, TakeBackChange)
def take_back_change(work: Work, command: TakeBackChange) -> int:
    """Undo a change by a new one that says so; return its id.

    Raises `Invalid` for one that was taken back already.
    """
    wrong = work.get(ContractChange, command.change_id)
    contract = _hold(work, wrong.contract_id, command.version)
    rows = changes_of(work, wrong.contract_id)
    if wrong.kind is ChangeKind.TAKEN_BACK or any(row.takes_back_id == wrong.id for row in rows):
        raise Invalid("change_id", "This was taken back already.")
    change = _belonging(work, contract, kind=ChangeKind.TAKEN_BACK, holds_on=clock.today())
    change.reason, change.takes_back_id = command.reason, command.change_id
    left = in_force([row for row in rows if row.id != command.change_id])
    if (invoiced(left) or 0) < 0:
        raise Invalid("change_id", "A credit note rests on these invoices. Take the credit note back first.")
    ruleset = rulebook.of_contract(work, contract)
    return _apply(work, contract, ruleset, rows, (in_force(rows), left), change)


def _apply(
    work: Work,
    contract: Contract,
    ruleset: RuleSet,
    rows: list[ChangeRow],
    changes: tuple[list[Change], list[Change]],
    change: ContractChange,
) -> int:
    decided = revaluing.decides(contract)
    agreed, hours = agreed_amount(work, key(contract)), hours_of(work, key(contract))
    told = changing.apply(contract, ruleset, rows, *changes, agreed, hours)
    _check_term(contract)
    _seal(change, contract, told)
    work.add(change)
    if revaluing.decides(contract) != decided:
        revaluing.revalue(work, contract)
    totals.refresh(work, contract)
    clocks.refresh(work, contract)
    return key(change)


def _seal(change: ContractChange, contract: Contract, told: Explanation) -> None:
    change.new_value_cents = contract.value_cents
    change.new_obligation_cents = contract.obligation_cents
    change.new_end_on = contract.end_on
    change.explanation = told.to_json()


def _hold(work: Work, contract_id: int, version: int) -> Contract:
    contract = totals.hold(work, contract_id)
    if contract.state not in OPEN:
        raise Invalid("contract_id", "That is not possible for a contract in this state.")
    if contract.version != version:
        raise Invalid("contract_id", "Somebody changed this contract meanwhile. Look at it again and decide.")
    return contract


def _check(contract: Contract, ruleset: RuleSet, held: list[Change], command: ChangeContract) -> None:
    kind = command.kind
    if kind is ChangeKind.TAKEN_BACK:
        raise Invalid("kind", "This value is not possible here. Check it and try again.")
    _check_amount(command)
    if any(change.kind in ENDINGS for change in held):
        raise Invalid(
            "kind", "This contract was waived or ended early. Take that back first when it goes on after all."
        )
    if kind is ChangeKind.INVOICED:
        _check_period(ruleset, command)
        _check_invoices(held, command)
    elif kind in (ChangeKind.EXTENSION, ChangeKind.TERMINATED):
        _check_end(contract, command)


def _check_amount(command: ChangeContract) -> None:
    kind, amount = command.kind, command.amount_cents
    # That nothing was invoiced in a period is worth noting too.
    if (kind is ChangeKind.INVOICED and amount is None) or (kind in ADDING and not amount):
        raise Invalid("amount_cents", "Fill in this field.")
    if amount is not None and amount < 0 and kind is not ChangeKind.INVOICED:
        raise Invalid("amount_cents", "Fill in an amount of zero or more.")


def _check_invoices(held: list[Change], command: ChangeContract) -> None:
    amount = euros(command.amount_cents or 0)
    starts_on, ends_on = _given(command.starts_on, "starts_on"), _given(command.ends_on, "ends_on")
    if amount < 0:
        if (invoiced(held) or 0) + amount < 0:
            raise Invalid("amount_cents", "A credit note cannot be more than was invoiced. Choose less.")
        return
    if same := overlapping(held, starts_on, ends_on):
        raise Invalid(
            "starts_on",
            "Invoices are noted for {first} up to and including {last} already. Choose other days, or take "
            "that note back first. For less than was noted, note a credit.",
            first=f"{same.starts_on:%d-%m-%Y}",
            last=f"{same.ends_on:%d-%m-%Y}",
        )


def _check_period(ruleset: RuleSet, command: ChangeContract) -> None:
    if not changing.goes_by_invoices(ruleset):
        raise Invalid("kind", "The rule set of this contract does not go by invoiced turnover.")
    starts_on, ends_on = _given(command.starts_on, "starts_on"), _given(command.ends_on, "ends_on")
    if ends_on < starts_on:
        raise Invalid("ends_on", "The last day lies before the first day. Choose a later day.")


def _check_end(contract: Contract, command: ChangeContract) -> None:
    ends_on = _given(command.ends_on, "ends_on")
    if command.kind is ChangeKind.EXTENSION and ends_on <= contract.end_on:
        raise Invalid("ends_on", "An extension ends later than the contract does now. Choose a later day.")
    if command.kind is ChangeKind.TERMINATED:
        if ends_on >= contract.end_on:
            raise Invalid("ends_on", "An early end lies before the last day. Choose an earlier day.")
        if command.method is None:
            raise Invalid("method", "Fill in this field.")
        if command.method is EndingMethod.AMOUNT and command.amount_cents is None:
            raise Invalid("amount_cents", "Fill in this field.")


def _given(day: date | None, field: str) -> date:
    if day is None:
        raise Invalid(field, "Fill in this field.")
    return day


def _check_term(contract: Contract) -> None:
    if contract.end_on < contract.start_on:
        raise Invalid("ends_on", "The contract ends before it starts. Choose a later day.")


def _new(work: Work, contract: Contract, command: ChangeContract) -> ContractChange:
    told = {"kind", "holds_on", "starts_on", "ends_on", "amount_cents", "method", "reference", "reason"}
    return _belonging(work, contract, **command.model_dump(include=told))


def _belonging(work: Work, contract: Contract, **told: Any) -> ContractChange:
    return ContractChange(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=key(contract),
        old_value_cents=contract.value_cents,
        old_obligation_cents=contract.obligation_cents,
        old_end_on=contract.end_on,
        noted_at=clock.now(),
        noted_by_id=work.actor.user_id,
        **told,
    )
