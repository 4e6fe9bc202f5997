"""Changing many contracts at once and the way back, and the tags of one contract."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import refuse_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.employers.rules_bulk import MOST_AT_ONCE, Undone, as_tag, is_id, may_be_put_back
from crm.sroi import clocks
from crm.sroi.queries.bulk import (
    authorities_served,
    contracts_tagged,
    last_contract_bulk,
    preview,
    steps_of,
    tags_on,
    value_now,
)
from crm.sroi.records import Contract
from crm.sroi.records.bulk import ContractBulk, ContractBulkStep, ContractTag
from crm.sroi.rules.bulk import ContractBulkKind

TagText = Annotated[str, Field(min_length=1, max_length=40)]


class ChangeContracts(Command):
    """One change for many contracts: another officer (a user's id), a tag on or off."""

    kind: ContractBulkKind
    value: TagText
    contract_ids: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class UndoContracts(Command):
    """The last change for many contracts, to be undone."""

    bulk_id: int
    version: int


class TagContract(Command):
    """A tag to put on one contract."""

    contract_id: int
    tag: TagText


class UntagContract(Command):
    """A tag to take off one contract."""

    contract_id: int
    tag: TagText


@action(Permission.CONTRACT_EDIT, ChangeContracts)
def change_contracts(work: Work, command: ChangeContracts) -> int:
    """Make the change where it changes anything, and remember what was there; return how many changed.

    Raises `Invalid` for a value that cannot be, and when nothing changes.
    """
    value = _checked(command)
    rows = [row for row in preview(work, command.kind, value, command.contract_ids) if row.changes]
    if not rows:
        raise Invalid("value", "There is nothing to change on these contracts.")
    made = ContractBulk(
        region_id=work.get(Contract, rows[0].id).region_id,
        kind=command.kind,
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
    )
    bulk_id = key(work.add(made))
    for row in rows:
        contract = work.get(Contract, row.id)
        _set(work, contract, command.kind, row.after, value)
        step = ContractBulkStep(
            bulk_id=bulk_id,
            region_id=contract.region_id,
            authority_id=contract.authority_id,
            contract_id=row.id,
            before=row.before,
            after=row.after,
        )
        work.session.add(step)
    work.flush()
    return len(rows)


@action(Permission.CONTRACT_EDIT, UndoContracts)
def undo_contracts(work: Work, command: UndoContracts) -> Undone:
    """Put back what the actor's last change did, except where somebody changed it since.

    A contract does not go back to an officer who no longer works for its authority.

    Raises `NotFound` when it is not the actor's last one, or was undone already.
    """
    last = last_contract_bulk(work)
    if last is None or last.id != command.bulk_id:
        raise NotFound()
    change = work.edit(ContractBulk, command.bulk_id, command.version, {})
    steps = steps_of(work, command.bulk_id)
    tag = next((step.after or step.before or "" for step in steps), "")
    tagged = contracts_tagged(work, tag, [step.contract_id for step in steps])
    served: dict[str, set[int]] = {
        former: authorities_served(work, int(former))
        for former in {step.before for step in steps}
        if former is not None and change.kind is ContractBulkKind.OWNER
    }
    left = []
    for step in steps:
        contract = work.get(Contract, step.contract_id)
        is_ours = may_be_put_back(value_now(contract, change.kind, tag, tagged), step.after)
        if is_ours and contract.authority_id in served.get(step.before or "", {contract.authority_id}):
            _set(work, contract, change.kind, step.before, tag)
        else:
            left.append(contract.title)
    change.undone_at = clock.now()
    work.flush()
    return Undone(len(steps) - len(left), tuple(sorted(left)))


@action(Permission.CONTRACT_EDIT, TagContract)
def tag_contract(work: Work, command: TagContract) -> int:
    """Put a tag on one contract; twice changes nothing."""
    refuse_bsn("tag", command.tag)
    contract, tag = work.get(Contract, command.contract_id), as_tag(command.tag)
    if not tag:
        raise Invalid("tag", "Fill in this field.")
    if not tags_on(work, command.contract_id, tag):
        _set(work, contract, ContractBulkKind.TAG, tag, tag)
        work.flush()
    return command.contract_id


@action(Permission.CONTRACT_EDIT, UntagContract)
def untag_contract(work: Work, command: UntagContract) -> int:
    """Take a tag off one contract."""
    contract = work.get(Contract, command.contract_id)
    _set(work, contract, ContractBulkKind.UNTAG, None, as_tag(command.tag))
    return command.contract_id


def _checked(command: ChangeContracts) -> str:
    if command.kind is ContractBulkKind.OWNER:
        if not is_id(command.value):
            raise Invalid("value", "Choose a colleague.")
        return command.value
    refuse_bsn("value", command.value)
    return as_tag(command.value)


def _set(work: Work, contract: Contract, kind: ContractBulkKind, value: str | None, tag: str) -> None:
    """Give a contract what a change is about; None takes it away."""
    if kind is ContractBulkKind.OWNER:
        contract.officer_id = None if value is None else int(value)
        clocks.refresh(work, contract)
    elif value is None:
        for worn in tags_on(work, key(contract), tag):
            work.session.delete(worn)
    else:
        made = ContractTag(
            region_id=contract.region_id,
            authority_id=contract.authority_id,
            contract_id=key(contract),
            tag=tag,
        )
        work.session.add(made)
