"""What can be changed for many contracts at once, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import Work
from crm.employers.queries.bulk import names_of_colleagues
from crm.employers.rules_bulk import MOST_AT_ONCE, BulkRow, LastBulk, Undone
from crm.sroi.actions.bulk import ChangeContracts, UndoContracts, change_contracts, undo_contracts
from crm.sroi.queries import RegisterFilter
from crm.sroi.queries.bulk import officers, preview
from crm.sroi.queries.register import contract_ids
from crm.sroi.rules.bulk import ContractBulkKind
from crm.ui.bulk import Bulk, ask_tag
from crm.ui.forms import attempt
from crm.ui.words import _, n_

KINDS = {
    ContractBulkKind.OWNER: N_("Officer"),
    ContractBulkKind.TAG: N_("Put a tag on"),
    ContractBulkKind.UNTAG: N_("Take a tag off"),
}
LABELS = {"value": N_("Becomes"), "contract_ids": N_("Contracts")}


def many_contracts(actor: Actor, wanted: RegisterFilter, tags: Sequence[str]) -> Bulk[ContractBulkKind]:
    """Return what can be changed for all contracts that a filter leaves."""

    def change(kind: ContractBulkKind, value: str, ids: tuple[int, ...]) -> int | None:
        command = ChangeContracts(kind=kind, value=value, contract_ids=ids)
        return attempt(actor, change_contracts, lambda: command, LABELS)

    def undo(last: LastBulk[ContractBulkKind]) -> Undone | None:
        command = UndoContracts(bulk_id=last.id, version=last.version)
        return attempt(actor, undo_contracts, lambda: command, LABELS)

    return Bulk(
        kinds=KINDS,
        ask=lambda work, kind: _ask_value(work, kind, tags),
        look=lambda work, kind, value: _look(work, kind, value, wanted),
        change=change,
        undo=undo,
        title=_("Change many contracts at once"),
        one=_("Contract"),
        nothing=_("There is nothing to change on these contracts."),
        to_do=lambda count: n_("Change {count} contract", "Change {count} contracts", count),
        done=lambda count: n_("{count} contract was changed.", "{count} contracts were changed.", count),
        did=lambda count, what: n_(
            "You changed {count} contract: {what}.",
            "You changed {count} contracts at once: {what}.",
            count,
            what=what,
        ),
        back=lambda count: n_("{count} contract is as it was.", "{count} contracts are as they were.", count),
    )


def _ask_value(work: Work, kind: ContractBulkKind, tags: Sequence[str]) -> str | None:
    if kind is not ContractBulkKind.OWNER:
        return ask_tag(tags, new=kind is ContractBulkKind.TAG)
    known = {str(user_id): name for user_id, name in officers(work).items()}
    return st.selectbox(
        _("Becomes"), list(known), None, known.__getitem__, placeholder=_("Choose a colleague")
    )


def _look(
    work: Work, kind: ContractBulkKind, value: str, wanted: RegisterFilter
) -> tuple[Sequence[BulkRow], Callable[[str | None], str]]:
    rows = preview(work, kind, value, contract_ids(work, wanted)[:MOST_AT_ONCE])
    names = names_of_colleagues(work) if kind is ContractBulkKind.OWNER else {}

    def spoken(kept: str | None) -> str:
        if kept is None:
            return "–"
        return names.get(kept, "–") if kind is ContractBulkKind.OWNER else kept

    return rows, spoken
