"""Noting a change of a running contract: only the fields that its kind needs."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.sroi import actions
from crm.sroi.changing import goes_by_invoices
from crm.sroi.life_commands import ChangeContract
from crm.sroi.queries import ContractPage
from crm.sroi.queries.life import ContractLife
from crm.sroi.rules.changing import ADDED, ChangeKind, EndingMethod
from crm.ui.contract_actions import page_of
from crm.ui.dates import ask_day
from crm.ui.life_words import CHANGE, METHOD
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.words import _

LABELS = {
    "kind": N_("What changes?"),
    "holds_on": N_("From which day"),
    "amount_cents": N_("Amount excl. VAT"),
    "starts_on": N_("First day of the period"),
    "ends_on": N_("Last day"),
    "method": N_("What is left of the obligation?"),
    "reference": N_("Reference"),
    "reason": N_("Why?"),
    "contract_id": N_("Contract"),
}
WITH_REFERENCE = ADDED | {ChangeKind.CALL_OFF}


def show(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    """Offer to note a change; a contract that was waived or ended early takes none."""
    if life.ended:
        return
    with st.expander(_("Note a change"), icon=":material/edit_document:"):
        st.caption(
            _(
                "The obligation is computed again with the rule set of this contract. The amount before and "
                "after, and your reason, stay to be read."
            )
        )
        form = open_form(f"change_{contract.row.id}", contract.version, "reason", page_of(contract.row.id))
        kind = st.selectbox(
            _("What changes?"),
            _kinds(contract),
            format_func=lambda one: _(CHANGE[one]),
            key=form.key("kind"),
        )
        _ask(actor, contract, form, kind)


def _kinds(contract: ContractPage) -> list[ChangeKind]:
    possible: list[ChangeKind] = [kind for kind in CHANGE if kind is not ChangeKind.TAKEN_BACK]
    if not goes_by_invoices(contract.rule_set):
        possible.remove(ChangeKind.INVOICED)
    return possible


def _ask(actor: Actor, contract: ContractPage, form: OpenForm, kind: ChangeKind) -> None:
    method = _method(form) if kind is ChangeKind.TERMINATED else None
    with st.form(form.name, border=False):
        told = _fields(form, kind, method)
        reason = st.text_input(_("Why?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Note the change"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.change_contract,
            lambda: _command(contract, form, kind, method, {**told, "reason": reason}),
            LABELS,
            _("The change is noted, and the obligation computed again."),
        )


def _method(form: OpenForm) -> EndingMethod:
    return st.radio(
        _("What is left of the obligation?"),
        list(METHOD),
        format_func=lambda one: _(METHOD[one]),
        key=form.key("method"),
    )


def _fields(form: OpenForm, kind: ChangeKind, method: EndingMethod | None) -> dict[str, Any]:
    left, right = st.columns(2)
    told: dict[str, Any] = {"holds_on": ask_day(_("From which day"), key=form.key("holds_on"), place=left)}
    if kind is ChangeKind.INVOICED:
        told["credit"] = st.checkbox(
            _("This is a credit note: it lowers the invoiced turnover"), key=form.key("credit")
        )
        told["starts_on"] = _day(form, "starts_on", _("First day of the period"), left)
    if kind in (ChangeKind.INVOICED, ChangeKind.EXTENSION, ChangeKind.TERMINATED):
        told["ends_on"] = _day(form, "ends_on", _("Last day"), right)
    if kind in WITH_REFERENCE or kind is ChangeKind.INVOICED or method is EndingMethod.AMOUNT:
        told["amount"] = right.text_input(_("Amount excl. VAT"), key=form.key("amount"))
    if kind in WITH_REFERENCE:
        told["reference"] = left.text_input(_("Reference"), max_chars=80, key=form.key("reference"))
    return told


def _day(form: OpenForm, field: str, label: str, place: Any) -> date | None:
    return ask_day(label, None, key=form.key(field), place=place)


def _command(
    contract: ContractPage,
    form: OpenForm,
    kind: ChangeKind,
    method: EndingMethod | None,
    told: dict[str, Any],
) -> ChangeContract:
    typed = str(told.pop("amount", "")).strip()
    amount = parse_euros(typed, "amount_cents") if typed else None
    if told.pop("credit", False) and amount is not None:
        amount = -amount
    return ChangeContract(
        contract_id=contract.row.id,
        version=form.version,
        kind=kind,
        method=method,
        amount_cents=amount,
        **told,
    )
