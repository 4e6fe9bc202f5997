"""Adding and changing an effort on behalf of a contractor, with its value shown while you type."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import AppError, Invalid
from crm.core.work import reading
from crm.sroi import actions, queries
from crm.sroi.commands import CopyEffort, EditEffort, EffortClaim, SubmitEffort, WithdrawEffort
from crm.sroi.queries import ContractPage, EffortRow
from crm.sroi.queries.submitting import BeforeSubmitting, before_submitting
from crm.sroi.rules.persons import concerns_a_person
from crm.sroi.states import EffortState
from crm.ui import effort_checks, effort_form
from crm.ui.effort_form import LABELS
from crm.ui.effort_person import ask_person, told_person
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
    if filled is not None and _asks_to_hand_in(actor, contract, None, filled, key):
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
        if filled is not None and _asks_to_hand_in(actor, contract, effort, filled, key):
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


def offer_to_copy(actor: Actor, effort: EffortRow) -> None:
    """Offer a draft with the same facts for the period that follows."""
    if effort.ends_on is None or effort.state is EffortState.DRAFT:
        return
    if st.button(_("Copy for the next period"), icon=":material/content_copy:", key=f"copy_{effort.id}"):
        command = CopyEffort(effort_id=effort.id)
        if attempt(actor, actions.copy_effort, lambda: command) is not None:
            flash(_("Copied as a draft for the next period. It stands in the list."))
            st.rerun()


def _asks_to_hand_in(
    actor: Actor, contract: ContractPage, effort: EffortRow | None, filled: dict[str, Any], key: str
) -> bool:
    """Return whether somebody wants to hand in, knowing what there is to know."""
    looks = f"{key}_looks"
    found = None
    if st.button(_("Hand in"), type="primary", key=f"{key}_send") or st.session_state.get(looks):
        found = _before(actor, contract, effort, filled)
    st.session_state[looks] = found is not None and not found.is_fine
    if found is None or found.is_fine:
        return found is not None
    with st.container(border=True):
        st.markdown(f"**{_('Look at this before you hand it in')}**")
        effort_checks.show_before(found)
        with st.container(horizontal=True):
            anyway = st.button(_("Hand in anyway"), type="primary", key=f"{key}_anyway")
            if st.button(_("Go back and change it"), key=f"{key}_back"):
                st.session_state[looks] = False
                st.rerun()
    return anyway


def _before(
    actor: Actor, contract: ContractPage, effort: EffortRow | None, filled: dict[str, Any]
) -> BeforeSubmitting | None:
    there = effort.evidence_kinds if effort else frozenset()
    try:
        with reading(actor) as work:
            claim = EffortClaim(**filled)
            return before_submitting(work, contract.row.id, claim, there, effort.id if effort else None)
    except AppError as fault:
        show_fault(fault, LABELS)
        return None


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
    if concerns_a_person(block):
        ask_person(actor, effort.id if effort else None, f"{key}_person")
        filled |= told_person(f"{key}_person")
    _value(actor, contract, effort, filled, key)
    return filled


def _value(
    actor: Actor, contract: ContractPage, effort: EffortRow | None, filled: dict[str, Any], key: str
) -> None:
    try:
        claim = EffortClaim(**filled)
        with reading(actor) as work:
            effort_id = effort.id if effort else None
            found = queries.preview_effort(work, contract.row.id, contract.rule_set, claim, effort_id)
    except AppError as fault:
        show_fault(fault, LABELS)
        return
    st.markdown(_("Value: **{amount}**", amount=worth(found.amount)))
    explanation_popover(_("Why this amount?"), found, _("the value"), key=f"{key}_why")
