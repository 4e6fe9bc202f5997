"""Writing down a need, changing it, and ending it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.needs.actions import (
    CloseNeed,
    EditNeed,
    RaiseNeed,
    ReopenNeed,
    TakeBackReaction,
    close_need,
    edit_need,
    raise_need,
    reopen_need,
    take_back_reaction,
)
from crm.needs.queries import NeedRow
from crm.needs.rules import NeedKind, NeedUrgency, Outcome, Phase
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.needs import LABELS, OUTCOMES, kind_word, phase_word, urgency_word
from crm.ui.opened import open_form, save
from crm.ui.words import _, day, plain
from crm.visits.queries import owners_at, visit_start


def new_form(actor: Actor, employer_id: int) -> None:
    """Ask what an employer needs, and open the need once it is written down."""
    with reading(actor) as work:
        start = visit_start(work, employer_id)
        owners = owners_at(work, start.region_id)
    st.header(plain(start.name), anchor=False)
    with st.form("new_need", border=False):
        kind = st.pills(_(LABELS["kind"]), list(NeedKind), format_func=kind_word, default=NeedKind.VACANCY)
        what = st.text_area(_(LABELS["what"]), max_chars=400, height=100)
        urgency = _ask_urgency(NeedUrgency.NORMAL)
        phase = _ask_phase(Phase.WEIGHING)
        raised_on = ask_day(_(LABELS["raised_on"]), clock.today(), width=180)
        owner_id = _ask_owner(owners, start.holder_id or actor.user_id or 0, actor)
        pressed = st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S")
    if not pressed:
        return
    made = attempt(
        actor,
        raise_need,
        lambda: RaiseNeed(
            employer_id=employer_id,
            kind=kind,
            what=what,
            urgency=urgency,
            phase=phase,
            owner_id=owner_id,
            raised_on=raised_on,
        ),
        LABELS,
    )
    if made is not None:
        flash(_("Saved."))
        shell.go("staff/need.py", id=made)


def change_form(actor: Actor, need: NeedRow, owners: Mapping[int, str]) -> None:
    """Change an open need."""
    form = open_form(f"need_{need.id}", need.version, "what", f"need_{need.id}")
    with st.form(form.key("form"), border=False):
        # What was described as a vacancy stays one.
        kinds = [NeedKind.VACANCY] if need.kind is NeedKind.VACANCY else list(NeedKind)
        kind = st.pills(
            _(LABELS["kind"]), kinds, format_func=kind_word, default=need.kind, key=form.key("kind")
        )
        what = st.text_area(_(LABELS["what"]), need.what, max_chars=400, height=100, key=form.key("what"))
        urgency = _ask_urgency(need.urgency, form.key("urgency"))
        phase = _ask_phase(need.phase, form.key("phase"))
        owner_id = _ask_owner(owners, need.owner_id, actor, form.key("owner"))
        pressed = st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S")
    if pressed:
        save(
            form,
            actor,
            edit_need,
            lambda: EditNeed(
                need_id=need.id,
                version=form.version,
                kind=kind,
                what=what,
                urgency=urgency,
                phase=phase,
                owner_id=owner_id,
            ),
            LABELS,
            _("Saved."),
        )


def show_ending(actor: Actor, need: NeedRow) -> None:
    """Offer to end a need, or to open it again; and to take a reaction back that was no reaction."""
    if not actor.may(Permission.VISIT_LOG):
        return
    if need.closed_on is not None:
        _offer_to_reopen(actor, need)
        return
    with st.container(horizontal=True):
        if st.button(_("This need was met"), icon=":material/check:"):
            _close(actor, need, Outcome.MET, "")
        with st.popover(_("Nothing comes of it")):
            reason = st.text_input(_("Why"), max_chars=400, key=f"why_{need.id}")
            if st.button(_("End it"), key=f"end_{need.id}"):
                _close(actor, need, Outcome.DROPPED, reason)
        if need.reacted_on and st.button(_("No reaction was given after all"), type="tertiary"):
            command = TakeBackReaction(need_id=need.id, version=need.version)
            if attempt(actor, take_back_reaction, lambda: command, LABELS) is not None:
                st.rerun()


def _offer_to_reopen(actor: Actor, need: NeedRow) -> None:
    ended = _(OUTCOMES[need.outcome or Outcome.MET])
    st.write(f"{day(need.closed_on)}: {ended}" + (f". {plain(need.reason)}" if need.reason else ""))
    if st.button(_("Open it again"), icon=":material/undo:"):
        command = ReopenNeed(need_id=need.id, version=need.version)
        if attempt(actor, reopen_need, lambda: command, LABELS) is not None:
            st.rerun()


def _close(actor: Actor, need: NeedRow, outcome: Outcome, reason: str) -> None:
    command = CloseNeed(need_id=need.id, version=need.version, outcome=outcome, reason=reason)
    if attempt(actor, close_need, lambda: command, LABELS) is not None:
        flash(_("Saved."))
        st.rerun()


def _ask_urgency(given: NeedUrgency, key: str | None = None) -> NeedUrgency | None:
    return st.segmented_control(
        _(LABELS["urgency"]),
        list(NeedUrgency),
        default=given,
        format_func=urgency_word,
        key=key,
        required=True,
    )


def _ask_phase(given: Phase, key: str | None = None) -> Phase | None:
    return st.segmented_control(
        _(LABELS["phase"]), list(Phase), default=given, format_func=phase_word, key=key, required=True
    )


def _ask_owner(owners: Mapping[int, str], given: int, actor: Actor, key: str | None = None) -> int | None:
    ids = list(owners)
    return st.selectbox(
        _(LABELS["owner_id"]),
        ids,
        index=ids.index(given) if given in owners else None,
        format_func=lambda one: _("Me") if one == actor.user_id else owners[one],
        key=key,
        placeholder=_("Choose"),
    )
