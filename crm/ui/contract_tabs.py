"""What lies under a contract: its efforts, their evidence, its rule set and what was changed."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries import ContractPage, EffortRow
from crm.sroi.queries.life import ContractLife
from crm.sroi.standing import OPEN
from crm.sroi.states import EffortState
from crm.ui import (
    contract_change,
    contract_history,
    effort_change,
    effort_checks,
    effort_reopen,
    effort_sheet,
    evidence,
    plan,
    ruleset_page,
    settlement_letters,
    shell,
)
from crm.ui.explanation import show_explanation, spoken
from crm.ui.sroi import (
    EFFORT,
    amount_of,
    hours_of,
    inline_badge,
    period_of,
    who_or_what,
)
from crm.ui.tables import show_table
from crm.ui.words import _, money, n_, plain, whole_euros

PER_PAGE = 25


def show(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    """Show the tabs; only the open one is read and drawn."""
    drawn = _tabs(actor, contract, life)
    for name, tab in zip(drawn, st.tabs(list(drawn), on_change="rerun", key="contract_tab"), strict=True):
        if tab.open:
            with tab:
                drawn[name]()


def _tabs(actor: Actor, contract: ContractPage, life: ContractLife) -> dict[str, Callable[[], object]]:
    """Return how to draw each tab that this actor may open, in their order."""
    tabs: dict[str, Callable[[], object]] = {
        _("Efforts"): lambda: _efforts(actor, contract),
        _("Plan of action"): lambda: plan.show(actor, contract),
    }
    if actor.may(Permission.EVIDENCE_VIEW):
        tabs[_("Evidence")] = lambda: _evidence(actor, contract)
    tabs[_("Course")] = lambda: contract_change.show(actor, contract, life)
    tabs[_("Rule set")] = lambda: ruleset_page.show(contract.rule_set)
    if actor.may(Permission.STATEMENT_VIEW):
        tabs[_("Letters")] = lambda: settlement_letters.show(actor, contract, life.reminder)
    tabs[_("Changes")] = lambda: contract_history.show(actor, contract.row.id)
    return tabs


def _efforts(actor: Actor, contract: ContractPage) -> None:
    open_now = contract.row.state in OPEN
    if open_now and actor.may(Permission.EFFORT_SUBMIT):
        with st.expander(_("Add an effort"), icon=":material/add:"):
            effort_change.add(actor, contract)
        effort_sheet.show(actor, contract.row.id, contract.rule_set)
    if not contract.efforts:
        st.info(
            _("Nothing was handed in yet. The contractor does that in the portal; placements can be offered.")
            if open_now
            else _("Nothing was handed in on this contract.")
        )
        return
    if actor.may(Permission.EFFORT_SUBMIT):
        effort_checks.show_doubles_on(actor, contract)
    pages = -(-len(contract.efforts) // PER_PAGE)
    page = st.pagination(pages, key="efforts_page") if pages > 1 else 1
    _table(contract.efforts[PER_PAGE * (page - 1) : PER_PAGE * page])
    _one(actor, contract)


def _table(efforts: list[EffortRow]) -> None:
    frame = pd.DataFrame(
        [
            (
                f"{who_or_what(effort, spoken(effort.block_name))} {inline_badge(EFFORT[effort.state])}",
                " · ".join(
                    part
                    for part in (plain(effort.company), period_of(effort), plain(hours_of(effort)))
                    if part
                ),
                money(amount_of(effort)),
            )
            for effort in efforts
        ],
        columns=[_("Who or what"), _("Period"), _("Value")],
    )
    show_table(frame, _("Efforts with their value and state"), right=[_("Value")])


def _one(actor: Actor, contract: ContractPage) -> None:
    efforts = {effort.id: effort for effort in contract.efforts}
    chosen = st.selectbox(
        _("Why this amount?"),
        list(efforts),
        _first_to_look_at(contract.efforts),
        lambda key: _label(efforts[key]),
        key="effort",
    )
    effort = efforts.get(chosen) if chosen is not None else None
    if effort is None:
        return
    show_explanation(effort.told, _label(effort))
    if effort.review_reason:
        st.markdown(_("What the officer said: {reason}", reason=plain(effort.review_reason)))
    if effort.state is EffortState.SUBMITTED and actor.may(Permission.EFFORT_REVIEW):
        if st.button(_("Review"), type="primary", icon=":material/fact_check:"):
            shell.go("staff/review.py", id=effort.id)
    elif effort.state in (EffortState.DRAFT, EffortState.SENT_BACK) and actor.may(Permission.EFFORT_SUBMIT):
        effort_change.change(actor, contract, effort)
    elif _can_reopen(actor, contract, effort):
        effort_reopen.ask(actor, effort)
    if contract.row.state in OPEN and actor.may(Permission.EFFORT_SUBMIT):
        effort_change.offer_to_copy(actor, effort)


def _can_reopen(actor: Actor, contract: ContractPage, effort: EffortRow) -> bool:
    decided = effort.state is EffortState.APPROVED and contract.row.state in OPEN
    return decided and actor.may(Permission.EFFORT_REVIEW)


def _first_to_look_at(efforts: list[EffortRow]) -> int | None:
    waiting = [place for place, effort in enumerate(efforts) if effort.state is EffortState.SUBMITTED]
    return waiting[0] if waiting else 0


def _label(effort: EffortRow) -> str:
    about = effort.subject or effort.description or spoken(effort.block_name)
    # The number is what a final statement and its table know the effort by.
    about = _("No. {number}: {name}", number=effort.id, name=about)
    parts = (whole_euros(amount_of(effort)), about, effort.company, _(EFFORT[effort.state][0]))
    return " · ".join(part for part in parts if part)


def _evidence(actor: Actor, contract: ContractPage) -> None:
    with reading(actor) as work:
        found = queries.evidence_of_contract(work, contract.row.id, contract.rule_set)
    st.caption(n_("{count} piece of evidence", "{count} pieces of evidence", len(found)))
    for effort in contract.efforts:
        st.markdown(f"**{who_or_what(effort, spoken(effort.block_name))}**")
        evidence.show(effort, [row for row in found if row.effort_id == effort.id])
