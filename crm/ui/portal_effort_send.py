"""Sending in an effort in the portal: first what to know about it, then the way on that somebody chooses."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from crm.core.errors import AppError
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.commands import EditEffort, EffortClaim, SubmitEffort
from crm.sroi.queries.submitting import BeforeSubmitting, before_submitting
from crm.sroi.rules import Block, RuleSet
from crm.ui import effort_checks, portal, portal_draft, portal_evidence, shell
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.portal_claim import LABELS, claim_of
from crm.ui.portal_draft import EffortDraft
from crm.ui.portal_evidence import GivenFile
from crm.ui.portal_form import FILL_IN_DAYS, misses_days
from crm.ui.words import _


@dataclass(frozen=True)
class FilledIn:
    """The form as it stands now with the files that were chosen; `there` are the kinds sent before."""

    draft: EffortDraft
    ruleset: RuleSet
    block: Block
    given: list[GivenFile]
    there: frozenset[str]


def ask_to_save(form: FilledIn) -> None:
    """Offer to send the effort in, or to keep it for later."""
    draft = form.draft
    if draft.looks and _look_first(form):
        return
    with st.container(horizontal=True):
        if st.button(_("Send in"), type="primary", icon=":material/send:"):
            _send_or_look(form)
        if st.button(_("Save, send in later")):
            _save(form, submit=False)
        if draft.effort_id is None and draft.kept_at and st.button(_("Start again"), type="tertiary"):
            portal_draft.forget(draft)
            st.rerun()


def leave(draft: EffortDraft, said: str) -> None:
    """Go back to the contract, once the effort is saved."""
    portal_draft.forget(draft)
    flash(said)
    shell.go(portal.CONTRACT, id=draft.contract_id, part="efforts")


def _send_or_look(form: FilledIn) -> None:
    if misses_days(form.draft, form.ruleset, form.block):
        st.error(_(FILL_IN_DAYS))
        return
    found = _before(form) if portal_evidence.all_usable(form.given) else None
    if found is None:
        return
    if found.is_fine:
        _save(form, submit=True)
        return
    form.draft.looks = True
    st.rerun()


def _look_first(form: FilledIn) -> bool:
    """Show what to know before sending in, with both ways on; return whether there is anything."""
    found = _before(form)
    if found is None or found.is_fine:
        form.draft.looks = False
        return False
    with st.container(border=True):
        st.subheader(_("Look at this before you send it in"), anchor=False)
        effort_checks.show_before(found)
        with st.container(horizontal=True):
            if st.button(_("Send in anyway"), type="primary", icon=":material/send:"):
                _save(form, submit=True)
            if st.button(_("Go back and change it")):
                form.draft.looks = False
                st.rerun()
    return True


def _before(form: FilledIn) -> BeforeSubmitting | None:
    draft = form.draft
    try:
        claim = EffortClaim(**claim_of(draft, form.ruleset, form.block))
        kinds = form.there | {one.kind for one in form.given}
        with reading(draft.actor) as work:
            return before_submitting(
                work, draft.contract_id, claim, kinds, draft.effort_id, draft.placement_id
            )
    except AppError as fault:
        show_fault(fault, LABELS)
        return None


def _save(form: FilledIn, *, submit: bool) -> None:
    if not portal_evidence.all_usable(form.given):
        return
    draft = form.draft
    # From here on a second tap on the button finds the effort saved.
    draft.sent = True
    draft.saved_id = _written(form, submit=submit)
    if draft.saved_id is None:
        draft.sent = False
        return
    if portal_evidence.add_files(draft.actor, draft.saved_id, form.given):
        leave(
            draft, _("Sent in. We look at it and let you know.") if submit else _("Saved. Send it in later.")
        )


def _written(form: FilledIn, *, submit: bool) -> int | None:
    draft = form.draft
    if draft.effort_id is not None:
        return attempt(
            draft.actor,
            actions.edit_effort,
            lambda: EditEffort(
                effort_id=draft.effort_id,
                version=draft.version,
                submit=submit,
                **claim_of(draft, form.ruleset, form.block),
            ),
            LABELS,
        )
    return attempt(
        draft.actor,
        actions.submit_effort,
        lambda: SubmitEffort(
            contract_id=draft.contract_id,
            placement_id=draft.placement_id,
            submit=submit,
            **claim_of(draft, form.ruleset, form.block),
        ),
        LABELS,
    )
