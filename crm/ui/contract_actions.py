"""What an SROI officer can do with a contract, each behind a quiet button; confirming stands open."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.work import reading
from crm.sroi import actions, queries
from crm.sroi.commands import (
    ConfirmObligation,
    EditContract,
    ReopenObligation,
    WithdrawContract,
)
from crm.sroi.queries import ContractPage
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState
from crm.ui import contract_form, settlement_repair, shell
from crm.ui.contract_form import LABELS
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.words import _, whole_euros


def menu(actor: Actor, contract: ContractPage) -> None:
    """Offer what can be done with a contract in its state."""
    state = contract.row.state
    if state in (ContractState.TO_CONFIRM, *OPEN):
        with st.popover(_("Change"), icon=":material/edit:", key="change_contract", width="content"):
            _change(actor, contract)
    if state in OPEN:
        with st.popover(_("Close or repair"), icon=":material/more_horiz:", key="close_contract"):
            settlement_repair.ask(actor, contract)
            _settle(contract)
            _reopen(actor, contract)
            _withdraw(actor, contract)
    elif state is ContractState.TO_CONFIRM:
        with st.popover(_("Withdraw"), icon=":material/block:", key="close_contract"):
            _withdraw(actor, contract)


def confirm(actor: Actor, contract: ContractPage) -> None:
    """Ask the officer to confirm the obligation of a new contract, with what the clause says."""
    if contract.row.state is not ContractState.TO_CONFIRM:
        return
    form = _opened("confirm", contract, "percentage")
    with st.form(form.name):
        st.subheader(_("Confirm the obligation"), anchor=False)
        st.markdown(
            _(
                "By the rule set it is {amount}. Look at the explanation, fill in what the clause says and "
                "confirm. From then on the amount stands.",
                amount=whole_euros(contract.row.obligation_cents),
            )
        )
        share, labour = contract_form.ask_shares(contract, form.key)
        sent = st.form_submit_button(_("Confirm the obligation"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.confirm_obligation,
            lambda: ConfirmObligation(
                contract_id=contract.row.id,
                version=form.version,
                percentage=contract_form.percentage(share, "percentage"),
                labour_share=contract_form.percentage(labour, "labour_share"),
            ),
            LABELS,
            _("The obligation is confirmed."),
        )


def _change(actor: Actor, contract: ContractPage) -> None:
    form = _opened("terms", contract, "title")
    rulesets = {contract.rule_set.id: contract.rule_set.name}
    if contract.row.state is ContractState.TO_CONFIRM:
        with reading(actor) as work:
            rulesets = queries.ruleset_names(work)
    if filled := contract_form.changed_terms(contract, form, rulesets):
        save(
            form,
            actor,
            actions.edit_contract,
            lambda: EditContract(contract_id=contract.row.id, version=form.version, **filled()),
            LABELS,
            _("The contract is saved."),
        )


def _settle(contract: ContractPage) -> None:
    if st.button(_("Settle"), icon=":material/receipt_long:", key="to_settle"):
        shell.go("staff/settle.py", id=contract.row.id)


def _reopen(actor: Actor, contract: ContractPage) -> None:
    form = _opened("reopen", contract, "reason")
    with st.form(form.name, border=False):
        reason = st.text_input(_("Why was the obligation wrong?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Take the confirmation back"))
    if sent:
        save(
            form,
            actor,
            actions.reopen_obligation,
            lambda: ReopenObligation(contract_id=contract.row.id, version=form.version, reason=reason),
            LABELS,
            _("The obligation can be confirmed anew."),
        )


def _withdraw(actor: Actor, contract: ContractPage) -> None:
    form = _opened("withdraw", contract, "reason")
    with st.form(form.name, border=False):
        reason = st.text_input(
            _("Why should it not be in the register?"), max_chars=400, key=form.key("reason")
        )
        sent = st.form_submit_button(_("Withdraw the contract"))
    if sent:
        save(
            form,
            actor,
            actions.withdraw_contract,
            lambda: WithdrawContract(contract_id=contract.row.id, version=form.version, reason=reason),
            LABELS,
            _("The contract is withdrawn."),
        )


def _opened(name: str, contract: ContractPage, first_field: str) -> OpenForm:
    number = contract.row.id
    return open_form(f"{name}_{number}", contract.version, first_field, page_of(number))


def page_of(contract_id: int) -> str:
    """Return the name that the forms of one contract share."""
    return f"contract_{contract_id}"
