"""The list of awards that miss a contract: by authority and year, each with its two ways out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.sroi.actions.missing import decide_no_clause, reopen_clause, set_clause_threshold
from crm.sroi.figure_commands import DecideNoClause, ReopenClause, SetClauseThreshold
from crm.sroi.queries import missing as queries
from crm.sroi.queries.missing import MISSING_PAGE, MissingGroup, MissingRow, MissingTotal, Threshold
from crm.ui import shell
from crm.ui.contract_form import percentage, shown_share
from crm.ui.forms import attempt, flash
from crm.ui.missing_words import NO_CLAUSE, PAGE, awards_in_words, expected_of, facts_of, told
from crm.ui.paging import Paging
from crm.ui.tables import show_table
from crm.ui.words import _, moment, plain, whole_euros

PAGES = Paging("missing_page", MISSING_PAGE)
LABELS = {
    "reason": N_("Reason"),
    "amount_cents": N_("Clause from (excl. VAT)"),
    "percentage": N_("Percentage"),
}


def show(actor: Actor) -> None:
    """Show what misses a contract, the largest expected obligation in front, and what was decided."""
    with reading(actor) as work:
        groups = queries.missing_groups(work)
        decided = queries.decided_rows(work)
        own = queries.thresholds(work)
    if groups:
        _overview(groups)
        _group(actor, groups, own)
    else:
        st.success(
            _("No award misses a contract. After an import of awards this is the first place to look."),
            icon=":material/check_circle:",
        )
    if decided:
        _decided(actor, decided)


def _overview(groups: Sequence[MissingGroup]) -> None:
    total = MissingTotal(sum(one.awards for one in groups), sum(one.expected_cents for one in groups))
    st.markdown(f"**{told(total)}**")
    if len(groups) < 2:
        return
    names = (_("Year"), _("Authority"), _("Awards"), _("Expected obligation"))
    frame = pd.DataFrame([_cells(one) for one in groups], columns=names)
    right = (_("Awards"), _("Expected obligation"))
    show_table(frame, _("Awards without a contract by year and authority"), right=right)


def _cells(group: MissingGroup) -> tuple[str, ...]:
    known = group.awards - group.unknown
    worth = [whole_euros(group.expected_cents)] if known else []
    if group.unknown:
        worth.append(_("{count} not known", count=group.unknown))
    return str(group.year), plain(group.authority), str(group.awards), " + ".join(worth)


def _group(actor: Actor, groups: Sequence[MissingGroup], own: dict[int, Threshold]) -> None:
    places = list(range(len(groups)))
    place = st.selectbox(
        _("Authority and year"),
        places,
        format_func=lambda at: f"{groups[at].authority} · {groups[at].year}",
        on_change=PAGES.restart,
    )
    group = groups[place]
    with reading(actor) as work:
        rows = queries.missing_rows(work, group.authority_id, group.year, page=PAGES.chosen())
    may_decide = actor.may(Permission.CONTRACT_EDIT)
    for row in rows:
        with st.container(border=True, key=f"award_{row.id}"):
            _award(actor, row, may_decide=may_decide)
    PAGES.show(group.awards)
    if may_decide:
        _threshold(actor, group, own.get(group.authority_id, Threshold(group.authority_id)))


def _award(actor: Actor, row: MissingRow, *, may_decide: bool) -> None:
    st.markdown(f"**{plain(row.title)}**")
    st.caption(facts_of(row))
    st.markdown(f"{expected_of(row)}  \n{_('Why it is no contract:')} {plain(_(row.why, **row.why_params))}")
    if not may_decide:
        return
    with st.container(horizontal=True):
        if st.button(_("Register as contract"), key=f"register_{row.id}", type="primary"):
            shell.go(PAGE, id=row.id)
        with st.popover(_("No clause, because …"), key=f"because_{row.id}"):
            _no_clause(actor, row)


def _no_clause(actor: Actor, row: MissingRow) -> None:
    with st.form(f"no_clause_{row.id}", border=False):
        chosen = st.selectbox(
            _("Why is there no clause?"),
            list(NO_CLAUSE),
            None,
            lambda one: _(NO_CLAUSE[one]),
            placeholder=_("Choose"),
        )
        reason = st.text_area(_("Explanation"), max_chars=400, height=90)
        if not st.form_submit_button(_("Save"), type="primary"):
            return
    values = {"clause_id": row.id, "version": row.version, "no_clause": chosen, "reason": reason}
    labels = {**LABELS, "no_clause": N_("Why is there no clause?")}
    if attempt(actor, decide_no_clause, lambda: DecideNoClause.model_validate(values), labels) is not None:
        flash(_("Noted: this award has no clause."))
        st.rerun()


def _threshold(actor: Actor, group: MissingGroup, own: Threshold) -> None:
    with st.expander(_("When does {authority} ask for a clause?", authority=plain(group.authority))):
        st.caption(
            _(
                "The rule set in force decides. Only where there is none, this threshold is used to see "
                "which awards miss a clause, and how much that is."
            )
        )
        with st.form(f"threshold_{own.authority_id}", border=False):
            left, right = st.columns(2)
            amount = left.text_input(
                _("Clause from (excl. VAT)"),
                "" if own.amount_cents is None else whole_euros(own.amount_cents),
                placeholder="100.000",
            )
            share = right.text_input(_("Percentage"), shown_share(own.percentage), placeholder="5")
            sent = st.form_submit_button(_("Save the threshold"))
    if sent:
        above = attempt(
            actor,
            set_clause_threshold,
            lambda: SetClauseThreshold.model_validate(
                {
                    "authority_id": own.authority_id,
                    "version": own.version,
                    "amount_cents": parse_euros(amount, "amount_cents"),
                    "percentage": percentage(share, "percentage"),
                }
            ),
            LABELS,
        )
        if above is not None:
            flash(_("Saved. Above the threshold: {awards}.", awards=awards_in_words(above)))
            st.rerun()


def _decided(actor: Actor, rows: Sequence[MissingRow]) -> None:
    with st.expander(_("Awards without a clause, and why")):
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center", key=f"decided_{row.id}"):
                _decision(row)
                if actor.may(Permission.CONTRACT_EDIT) and st.button(_("Take back"), key=f"reopen_{row.id}"):
                    _take_back(actor, row)


def _decision(row: MissingRow) -> None:
    why = _(NO_CLAUSE[row.no_clause]) if row.no_clause else ""
    when = moment(row.decided_at)
    with st.container(width="stretch", gap=None):
        st.markdown(f"**{plain(row.title)}** · {plain(row.authority)} · {row.year}")
        told = (why, plain(row.reason or ""), plain(row.decided_by or ""), when)
        st.caption(" · ".join(part for part in told if part))


def _take_back(actor: Actor, row: MissingRow) -> None:
    command = ReopenClause(clause_id=row.id, version=row.version)
    if attempt(actor, reopen_clause, lambda: command, LABELS) is not None:
        st.rerun()
