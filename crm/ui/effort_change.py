"""Adding and changing an effort on behalf of a contractor, with its value shown while you type."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import AppError, Invalid
from crm.core.work import reading
from crm.sroi import actions, queries
from crm.sroi.commands import EditEffort, EffortClaim, SubmitEffort, WithdrawEffort
from crm.sroi.queries import ContractPage, EffortRow
from crm.ui import effort_form
from crm.ui.effort_form import LABELS
from crm.ui.explanation import explanation_popover, spoken
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.opened import open_form, save
from crm.ui.sroi import worth
from crm.ui.words import _


def add(actor: Actor, contract: ContractPage) -> None:
    """Ask for a new effort and hand it in."""
    form = open_form(f"add_effort_{contract.row.id}", 0, "effort_block")
    key = form.key("effort")
    filled = _ask(actor, contract, None, key)
    if filled is not None and st.button(_("Hand in"), type="primary", key=f"{key}_send"):
        save(
            form,
            actor,
            actions.submit_effort,
            lambda: SubmitEffort(contract_id=contract.row.id, submit=True, **filled),
            LABELS,
            _("The effort is handed in."),
        )


def change(actor: Actor, contract: ContractPage, effort: EffortRow) -> None:
    """Offer to complete and hand in an effort that is a draft or was sent back, or to take it back."""
    # Fields of another version are other fields: what was typed on an older one is not saved over it.
    key = f"change_{effort.id}_{effort.version}"
    with st.expander(_("Complete and hand in"), icon=":material/edit:"):
        filled = _ask(actor, contract, effort, key)
        if filled is not None and st.button(_("Hand in"), type="primary", key=f"{key}_send"):
            _save(actor, effort, filled)
        if st.button(_("Take back this effort"), type="tertiary", key=f"{key}_withdraw"):
            _withdraw(actor, effort)


def _save(actor: Actor, effort: EffortRow, filled: dict[str, Any]) -> None:
    saved = attempt(
        actor,
        actions.edit_effort,
        lambda: EditEffort(effort_id=effort.id, version=effort.version, submit=True, **filled),
        LABELS,
    )
    if saved is not None:
        flash(_("The effort is handed in."))
        st.rerun()


def _withdraw(actor: Actor, effort: EffortRow) -> None:
    command = WithdrawEffort(effort_id=effort.id, version=effort.version)
    if attempt(actor, actions.withdraw_effort, lambda: command) is not None:
        flash(_("The effort is taken back."))
        st.rerun()


def _ask(actor: Actor, contract: ContractPage, effort: EffortRow | None, key: str) -> dict[str, Any] | None:
    block = effort_form.ask_block(contract.rule_set, effort.block if effort else None, key)
    if block is None:
        return None
    plain_words = block.plain_nl if spoken(block.name) == block.name_nl else block.plain_en
    if plain_words:
        st.caption(plain_words)
    try:
        facts = effort_form.ask_facts(contract.rule_set, block, effort.facts if effort else {}, key)
    except Invalid as fault:
        show_fault(fault, LABELS)
        return None
    told = effort_form.ask_words(
        effort.subject if effort else "",
        effort.description if effort else "",
        key,
        about_person=effort_form.about_person(block),
    )
    filled = {**facts, **told}
    _value(actor, contract, filled, key)
    return filled


def _value(actor: Actor, contract: ContractPage, filled: dict[str, Any], key: str) -> None:
    try:
        claim = EffortClaim(**filled)
        with reading(actor) as work:
            found = queries.preview_effort(work, contract.row.id, contract.rule_set, claim)
    except AppError as fault:
        show_fault(fault, LABELS)
        return
    st.markdown(_("Value: **{amount}**", amount=worth(found.amount)))
    explanation_popover(_("Why this amount?"), found, _("the value"), key=f"{key}_why")
