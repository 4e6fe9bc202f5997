"""Settling a contract: what counts, what follows and why, the decision, and the statement that is made."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.commands import CorrectStatement, SettleContract
from crm.sroi.documents.paper import Line, Paper
from crm.sroi.documents.statement import line_name, totals
from crm.sroi.queries.statements import Settlement, settlement
from crm.sroi.standing import OPEN
from crm.sroi.statements import Decisions
from crm.sroi.states import ContractState
from crm.ui import settlement_made, settlement_parts, settlement_repair, shell
from crm.ui.explanation import explanation_popover, show_explanation
from crm.ui.forms import attempt, show_fault
from crm.ui.opened import finish, open_form
from crm.ui.sroi import period_of_days
from crm.ui.tables import show_table
from crm.ui.words import _, day, language, money, n_, plain, whole_euros

LABELS = {
    "last_instalment_cents": N_("Last instalment of the contract"),
    "not_to_blame": N_("Why the contractor is not to blame"),
    "reason": N_("What was wrong?"),
    "contract_id": N_("Contract"),
}


def show(actor: Actor, contract_id: int) -> None:
    """Show the settlement of a contract, and let an officer settle it or correct its statement."""
    decisions = _decided(contract_id)
    if st.session_state.pop(f"close_{contract_id}", False):
        st.session_state[f"correct_{contract_id}"] = False
    again = bool(st.session_state.get(f"correct_{contract_id}"))
    with reading(actor) as work:
        found = settlement(work, contract_id, decisions, again=again)
    row = found.page.row
    shell.heading(_("Settle"), f"{row.title} · {row.employer}")
    shell.link("staff/contract.py", _("Back to the contract"), icon=":material/arrow_back:", id=row.id)
    if row.state not in (*OPEN, ContractState.SETTLED):
        st.info(_("This contract cannot be settled now: confirm its obligation first."))
        return
    if found.made:
        settlement_made.show(actor, found)
    _result(found.paper)
    _efforts(found.paper)
    settlement_parts.show(found.page)
    may = actor.may(Permission.CONTRACT_EDIT)
    deciding = may and (row.state in OPEN or again)
    if deciding and found.paper.shortfall_cents:
        _ask_decisions(actor, found)
    _follows(found)
    if may and row.state in OPEN:
        _settle(actor, found, decisions)
    elif may:
        st.toggle(_("Correct this statement"), key=f"correct_{row.id}")
        if again:
            _correct(actor, found, decisions)


def _decided(contract_id: int) -> Decisions:
    """Return what stands in the fields for the decision; a field that cannot be read counts as empty."""
    last = None
    if typed := str(st.session_state.get(f"last_{contract_id}", "")).strip():
        try:
            last = parse_euros(typed, "last_instalment_cents")
        except Invalid:
            last = None
    blame = str(st.session_state.get(f"blame_{contract_id}", "")).strip()
    return Decisions(last, blame if st.session_state.get(f"free_{contract_id}") else "")


def _result(paper: Paper) -> None:
    large, table = st.columns([1, 2], vertical_alignment="top")
    large.metric(
        _("Counts of {obligation}", obligation=whole_euros(paper.obligation_cents)),
        whole_euros(paper.counted_cents),
    )
    with large:
        explanation_popover(
            _("Why {amount}?", amount=whole_euros(paper.obligation_cents)),
            paper.obligation,
            _("the obligation"),
            key="why_obligation",
        )
        if paper.cut_cents:
            explanation_popover(_("What limits took off"), paper.limits, _("the limits"), key="why_limits")
    rows = [(label, money(amount)) for label, amount in totals(paper, language())]
    with table:
        show_table(pd.DataFrame(rows, columns=[_("What"), _("Amount")]), _("The result"), right=[_("Amount")])


def _efforts(paper: Paper) -> None:
    st.subheader(_("What was done"), anchor=False)
    if not paper.lines:
        st.info(_("Nothing was approved on this contract."))
        return
    frame = pd.DataFrame(
        [(_named(line), money(line.approved_cents), money(line.counted_cents)) for line in paper.lines],
        columns=[_("Effort"), _("Approved"), _("Counts in the end")],
    )
    show_table(
        frame,
        _("Efforts with what was approved and what counts"),
        right=[_("Approved"), _("Counts in the end")],
    )
    lines = {line.number: line for line in paper.lines if not line.company}
    if not lines:
        return
    chosen = st.selectbox(_("Why this amount?"), list(lines), 0, lambda key: _name(lines[key]), key="line")
    if chosen in lines:
        show_explanation(lines[chosen].explanation, _name(lines[chosen]))


def _ask_decisions(actor: Actor, found: Settlement) -> None:
    number, rules = found.page.row.id, found.page.rule_set.sanctions
    st.subheader(_("Decide"), anchor=False)
    if rules.repair_days and found.paper.repair_until is None and found.page.row.state in OPEN:
        st.warning(
            n_(
                "The rule set gives {count} day to repair a shortfall, and none was given yet.",
                "The rule set gives {count} days to repair a shortfall, and none were given yet.",
                rules.repair_days.value,
            ),
            icon=":material/build_circle:",
        )
        with st.popover(_("Grant a repair period"), icon=":material/build_circle:", key="repair_first"):
            settlement_repair.ask(actor, found.page)
    if rules.withholding:
        typed = st.text_input(
            _(LABELS["last_instalment_cents"]), key=f"last_{number}", placeholder="100.000,00", max_chars=20
        )
        _say_unreadable(typed)
    if st.checkbox(_("The contractor did everything and is not to blame"), key=f"free_{number}"):
        st.text_area(
            _(LABELS["not_to_blame"]),
            key=f"blame_{number}",
            max_chars=400,
            help=_("This stands on the statement. Name no people."),
        )
        st.caption(_("Only with a reason does this count."))


def _say_unreadable(typed: str) -> None:
    try:
        if typed.strip():
            parse_euros(typed, "last_instalment_cents")
    except Invalid as fault:
        show_fault(fault, LABELS)


def _follows(found: Settlement) -> None:
    st.subheader(_("What follows"), anchor=False)
    if found.needs_last:
        st.info(_("Fill in the last instalment: the rule set withholds a share of it."))
        return
    show_explanation(found.paper.follows, _("what follows"))
    if found.paper.not_to_blame:
        st.markdown(_("Not to blame, because: {reason}", reason=plain(found.paper.not_to_blame)))


def _settle(actor: Actor, found: Settlement, decisions: Decisions) -> None:
    row, until = found.page.row, found.paper.repair_until
    if found.waiting:
        st.warning(
            n_(
                "{count} effort waits for review. Review it first, then settle.",
                "{count} efforts wait for review. Review them first, then settle.",
                found.waiting,
            )
        )
        return
    form = open_form(f"settle_{row.id}", found.page.version, "sure", f"contract_{row.id}")
    with st.form(form.name):
        if until is not None and row.state is ContractState.IN_REPAIR:
            st.caption(_("Repair period until {day}.", day=day(until)))
        sure = st.checkbox(_("I am sure: efforts cannot be added after settling."), key=form.key("sure"))
        amount = whole_euros(found.paper.counted_cents)
        sent = st.form_submit_button(
            _("Settle with {amount} that counts", amount=amount),
            type="primary",
        )
    if not sent:
        return
    if not sure:
        st.error(_("Tick the box first: settling cannot be undone."))
        return
    settled = attempt(
        actor,
        actions.settle_contract,
        lambda: SettleContract(
            contract_id=row.id,
            version=form.version,
            last_instalment_cents=decisions.last_instalment_cents,
            not_to_blame=decisions.not_to_blame,
        ),
        LABELS,
    )
    if settled is not None:
        finish(form.page, _("The contract is settled; its statement is made."))


def _correct(actor: Actor, found: Settlement, decisions: Decisions) -> None:
    number = found.page.row.id
    with st.form(f"correct_form_{number}"):
        reason = st.text_input(
            _(LABELS["reason"]), max_chars=400, help=_("This stands on the statement. Name no people.")
        )
        sent = st.form_submit_button(_("Make a new version"), type="primary")
    if not sent:
        return
    corrected = attempt(
        actor,
        actions.correct_statement,
        lambda: CorrectStatement(
            contract_id=number,
            version=found.page.version,
            number=found.made[0].number,
            reason=reason,
            last_instalment_cents=decisions.last_instalment_cents,
            not_to_blame=decisions.not_to_blame,
        ),
        LABELS,
    )
    if corrected is not None:
        st.session_state[f"close_{number}"] = True
        finish(f"contract_{number}", _("The new version is made; the old one stays."))


def _name(line: Line) -> str:
    return line_name(line, language())


def _named(line: Line) -> str:
    named = plain(_name(line))
    return named if line.company else f"{named} · {period_of_days(line.starts_on, line.ends_on)}"
