"""The page of one proposal: where it stands, and what the employer says."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.work import reading
from crm.proposals.actions import (
    AskAgain,
    NoteAnswer,
    ReopenProposal,
    ask_again,
    note_answer,
    reopen_proposal,
)
from crm.proposals.queries import ProposalRow, placement_since, proposal_row
from crm.proposals.rules import ProposalOutcome, Reason, Step, reasons_for
from crm.ui import proposals, shell
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.opened import open_form, save
from crm.ui.proposal_form import may_propose
from crm.ui.proposals import LABELS, reason_word, step_word
from crm.ui.words import _, plain

ASKED_AGAIN_FOR = timedelta(days=7)


def show_one(actor: Actor, proposal_id: int) -> None:
    """Show one proposal with the way to what it belongs to; raises `NotFound` for one that is not yours."""
    with reading(actor) as work:
        row = proposal_row(work, proposal_id)
        booked = placement_since(work, row) if row.outcome is None else row.placement_id
    shell.title_row(plain(proposals.name_of(row)), _("Proposal"))
    _ways(row)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(proposals.badge(row), width="content")
        st.caption(proposals.facts(row), width="content")
    if row.note:
        st.markdown(plain(row.note))
    if not may_propose(actor):
        return
    if row.outcome is None:
        _ask_answer(actor, row, booked)
        _ask_again(actor, row)
    elif row.placement_id is None and st.button(_("Wait for an answer again"), icon=":material/undo:"):
        command = ReopenProposal(proposal_id=row.id, version=row.version)
        _done(attempt(actor, reopen_proposal, lambda: command, LABELS))


def _ways(row: ProposalRow) -> None:
    with st.container(horizontal=True):
        shell.link("staff/employer.py", plain(row.employer), icon=":material/apartment:", id=row.employer_id)
        if row.need_id is not None:
            shell.link("staff/need.py", _("To the need"), icon=":material/campaign:", id=row.need_id)
        if row.case_id is not None:
            label = _("To the opportunity")
            shell.link("staff/case.py", label, icon=":material/account_tree:", id=row.case_id)
        if row.placement_id is not None:
            shell.link(
                "staff/placement.py", _("To the placement"), icon=":material/badge:", id=row.placement_id
            )


def _ask_answer(actor: Actor, row: ProposalRow, booked: int | None) -> None:
    st.header(_("What does the employer say?"), anchor=False)
    with st.container(horizontal=True):
        if row.is_person:
            _offer_hired(actor, row, booked)
        elif st.button(_("The employer agrees"), type="primary", icon=":material/check:"):
            _answer(actor, row, ProposalOutcome.AGREED, None)
        with st.popover(_("Turned down"), icon=":material/close:"):
            _ask_reason(actor, row, ProposalOutcome.DECLINED)
        with st.popover(_("We take it back"), icon=":material/undo:"):
            _ask_reason(actor, row, ProposalOutcome.WITHDRAWN)


def _offer_hired(actor: Actor, row: ProposalRow, booked: int | None) -> None:
    if booked is not None:
        if st.button(_("Hired: the placement is booked"), type="primary", icon=":material/check:"):
            _answer(actor, row, ProposalOutcome.HIRED, None)
        return
    if st.button(_("Hired: book the placement"), type="primary", icon=":material/check:"):
        package = {"package": row.package_id} if row.package_id else {}
        shell.go("staff/placements.py", new=1, employer=row.employer_id, proposal=row.id, **package)


def _ask_reason(actor: Actor, row: ProposalRow, outcome: ProposalOutcome) -> None:
    reason = st.selectbox(
        _(LABELS["reason"]),
        list(reasons_for(outcome)),
        None,
        reason_word,
        key=f"reason_{outcome}_{row.id}",
        placeholder=_("Choose"),
    )
    if st.button(_("Save"), key=f"answer_{outcome}_{row.id}_{row.version}", type="primary"):
        _answer(actor, row, outcome, reason)


def _answer(actor: Actor, row: ProposalRow, outcome: ProposalOutcome, reason: Reason | None) -> None:
    command = NoteAnswer(proposal_id=row.id, version=row.version, outcome=outcome, reason=reason)
    _done(attempt(actor, note_answer, lambda: command, LABELS))


def _done(version: int | None) -> None:
    if version is not None:
        flash(_("Saved."))
        st.rerun()


def _ask_again(actor: Actor, row: ProposalRow) -> None:
    st.header(_("No answer yet?"), anchor=False)
    form = open_form(f"proposal_{row.id}", row.version, "step")
    with st.form(form.key("form"), border=False):
        step = st.segmented_control(
            _(LABELS["step"]),
            list(Step),
            default=row.step,
            format_func=step_word,
            key=form.key("step"),
            required=True,
        )
        later = max(row.answer_by, clock.today() + ASKED_AGAIN_FOR)
        answer_by = ask_day(_(LABELS["answer_by"]), later, key=form.key("answer_by"), width=180)
        pressed = st.form_submit_button(_("Save"), shortcut="Ctrl+S")
    if pressed:
        given = {"proposal_id": row.id, "version": form.version, "step": step, "answer_by": answer_by}
        save(form, actor, ask_again, lambda: AskAgain(**given), LABELS, _("Saved."))
