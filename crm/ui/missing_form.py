"""Making a contract of an award: filled in with what the notices say, to be completed by an officer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.employers.queries import find_employers
from crm.sroi import rulebook
from crm.sroi.actions.missing import register_missing
from crm.sroi.figure_commands import RegisterMissing
from crm.sroi.queries.missing import MissingRow, missing_one
from crm.sroi.rules.missing import Decision
from crm.sroi.states import ContractType
from crm.ui import shell
from crm.ui.contract_form import LABELS, percentage
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.missing_words import PAGE, expected_of, facts_of
from crm.ui.sroi import TYPES
from crm.ui.words import _, plain, whole_euros

NEW = 0


def show(actor: Actor, clause_id: int) -> None:
    """Show one award with the form for its contract; raises `NotFound` when it is not the actor's."""
    with reading(actor) as work:
        row = missing_one(work, clause_id)
        names = rulebook.names(work)
    shell.heading(_("Register as contract"), f"{row.authority} · {row.year}")
    shell.link(PAGE, _("Back to the missing clauses"), icon=":material/arrow_back:")
    if row.decision is not Decision.OPEN:
        st.info(_("Somebody decided about this award already."))
        if row.contract_id:
            shell.link("staff/contract.py", plain(row.title), icon=":material/gavel:", id=row.contract_id)
        return
    st.markdown(f"{facts_of(row)}  \n{expected_of(row)}  \n{plain(_(row.why, **row.why_params))}")
    employer_id = _contractor(actor, row)
    filled = _terms(row, names)
    if filled is None:
        return
    made = attempt(actor, register_missing, lambda: _command(row, employer_id, filled()), LABELS)
    if made is not None:
        flash(_("The contract is in the register. Confirm its obligation."))
        shell.go("staff/contract.py", id=made)


def _command(row: MissingRow, employer_id: int | None, filled: dict[str, Any]) -> RegisterMissing:
    if employer_id is None:
        raise Invalid("employer_id", "Choose the contractor: an employer that is here, or a new one.")
    return RegisterMissing(clause_id=row.id, version=row.version, employer_id=employer_id or None, **filled)


def _contractor(actor: Actor, row: MissingRow) -> int | None:
    """Ask who won: an employer that is known here, or the supplier of the award as a new one."""
    typed = st.text_input(
        _("Contractor"),
        row.supplier_kvk or row.supplier_name,
        key=f"contractor_{row.id}",
        type="search",
        placeholder=_("Name, place or KvK number"),
        live=True,
    )
    with reading(actor) as work:
        found = {one.id: f"{one.name} · {one.city or ''}" for one in find_employers(work, typed or "", 6)}
    options = dict(found)
    if row.supplier_name:
        options[NEW] = _("new: {name}", name=row.supplier_name)
    return st.pills(
        _("Found employers"),
        list(options),
        format_func=options.__getitem__,
        default=next(iter(options), None) if len(found) <= 1 else None,
    )


def _terms(row: MissingRow, names: dict[str, str]) -> Callable[[], dict[str, Any]] | None:
    with st.form("missing_contract", border=False):
        title = st.text_input(_("Title"), row.title, max_chars=400)
        left, right = st.columns(2)
        kinds = list(ContractType)
        kind = left.segmented_control(
            _("Kind of contract"),
            kinds,
            format_func=lambda value: _(TYPES[value]),
            default=ContractType(row.contract_type) if row.contract_type else None,
        )
        known = "" if row.value_cents is None else whole_euros(row.value_cents)
        value = right.text_input(_("Value excl. VAT"), known)
        share = left.text_input(_("Percentage in the clause"), placeholder=_("empty: as the rule set says"))
        code = right.selectbox(
            _("Rule set"),
            list(names),
            None,
            lambda one: names[one],
            placeholder=_("the authority's own, by date"),
        )
        first, second, third = st.columns(3)
        award_on = ask_day(_("Awarded on"), row.award_on, place=first)
        start_on = ask_day(_("Starts on"), row.start_on, place=second)
        end_on = ask_day(_("Ends on"), row.end_on, place=third)
        if not st.form_submit_button(_("Register as contract"), type="primary"):
            return None
    return lambda: {
        "title": title,
        "contract_type": kind,
        "value_cents": parse_euros(value, "value_cents"),
        "percentage": percentage(share, "percentage"),
        "rule_set_code": code,
        "award_on": award_on,
        "start_on": start_on,
        "end_on": end_on,
    }
