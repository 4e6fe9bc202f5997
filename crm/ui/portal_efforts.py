"""The efforts of a contract as its contractor sees them: amount, state, why, and the evidence."""

from __future__ import annotations

from collections import defaultdict

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.elsewhere import without_where
from crm.sroi.queries import EffortRow, EvidenceRow
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules import RuleSet
from crm.sroi.states import EffortState
from crm.ui import effort_sheet, evidence, plan_words, shell
from crm.ui.explanation import explanation_popover
from crm.ui.portal import EFFORT, STATES
from crm.ui.sroi import amount_of, badge, hours_of, period_of, who_or_what
from crm.ui.words import _, money, plain

PER_PAGE = 10
BUTTONS = {
    EffortState.DRAFT: N_("Finish"),
    EffortState.SENT_BACK: N_("Correct"),
    EffortState.SUBMITTED: N_("Look or change"),
}


def show_efforts(actor: Actor, contract: PortalContract) -> None:
    """Show the efforts, ten a page, each with its evidence."""
    efforts = contract.page.efforts
    if contract.is_open:
        effort_sheet.show(actor, contract.page.row.id, contract.page.rule_set)
    if not efforts:
        st.info(_("There is nothing here yet. Tell us what you did with “New effort”; we then look at it."))
        return
    pages = -(-len(efforts) // PER_PAGE)
    page = st.pagination(pages, key="portal_efforts_page") if pages > 1 else 1
    with reading(actor) as work:
        evidence_by_effort = by_effort(queries.evidence_of_contract(work, contract.page.row.id))
    for effort in efforts[PER_PAGE * (page - 1) : PER_PAGE * page]:
        show_card(effort, evidence_by_effort[effort.id], contract.page.rule_set, is_open=contract.is_open)


def show_amount(effort: EffortRow) -> None:
    """Show what an effort is worth, why it is that much, and what the officer said about it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{money(amount_of(effort))}**", width="content")
        badge(STATES[effort.state])
        explanation_popover(
            _("Why this amount?"), without_where(effort.told), who_or_what(effort, ""), key=f"why_{effort.id}"
        )
    if effort.state is EffortState.APPROVED and effort.approved_cents < effort.value_cents:
        said = plain(effort.review_reason or "")
        asked = money(effort.value_cents)
        st.caption(_("Of the {asked} that you asked, a part counts: “{reason}”", asked=asked, reason=said))
    if effort.state is EffortState.SENT_BACK:
        st.warning(_("We said: “{reason}”", reason=plain(effort.review_reason or "")), icon=":material/undo:")


def by_effort(rows: list[EvidenceRow]) -> defaultdict[int, list[EvidenceRow]]:
    """Return evidence by the effort that it is of."""
    found: defaultdict[int, list[EvidenceRow]] = defaultdict(list)
    for row in rows:
        found[row.effort_id].append(row)
    return found


def show_card(effort: EffortRow, rows: list[EvidenceRow], ruleset: RuleSet, *, is_open: bool) -> None:
    """Show one effort with its evidence; with a way to change it while its contract is open."""
    with st.container(border=True):
        row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top")
        with row.container(width="content", gap="xxsmall"):
            block = plan_words.block_words(ruleset, effort.block, in_plain=True)
            st.markdown(f"**{who_or_what(effort, '')}**  \n{block}")
            st.caption(" · ".join(part for part in (period_of(effort), plain(hours_of(effort))) if part))
        word = BUTTONS.get(effort.state) if is_open else None
        if word and row.button(_(word), key=f"open_{effort.id}"):
            shell.go(EFFORT, id=effort.id)
        show_amount(effort)
        if rows or effort.state is not EffortState.APPROVED:
            with st.container(gap="xxsmall"):
                evidence.show(effort, rows)
