"""The tab with the course of a contract: its changes with what they did to the obligation, and its events."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.life_commands import TakeBackChange, TakeBackEvent
from crm.sroi.queries import ContractPage
from crm.sroi.queries.changes import ChangeRow, changes_of
from crm.sroi.queries.life import ContractLife, EventRow
from crm.sroi.rules.changing import ChangeKind
from crm.sroi.rules.life import EventKind
from crm.sroi.standing import OPEN
from crm.ui import contract_change_form, contract_shares, reminders
from crm.ui.contract_actions import page_of
from crm.ui.explanation import explanation_popover, spoken
from crm.ui.life_words import CHANGE, EVENT
from crm.ui.opened import open_form, save
from crm.ui.words import _, day, plain, whole_euros

LABELS = {"reason": N_("Why?"), "contract_id": N_("Contract")}


def show(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    """Show changes and events, and let an officer add to them."""
    may = actor.may(Permission.CONTRACT_EDIT) and contract.row.state in OPEN
    if may:
        contract_change_form.show(actor, contract, life)
    st.subheader(_("What changed"), anchor=False)
    with reading(actor) as work:
        changes = changes_of(work, contract.row.id)
    if not changes:
        st.caption(_("Nothing changed since the obligation was confirmed."))
    for change in reversed(changes):
        with st.container(border=True, gap="small"):
            _change(actor, contract, change, may)
    st.subheader(_("Parts for other companies"), anchor=False)
    contract_shares.show(actor, contract)
    st.subheader(_("What happened"), anchor=False)
    if not life.events:
        st.caption(_("Nothing was written down yet. Note the first contact at the top of this page."))
    for event in life.events:
        _event(actor, contract, event, may)


def _change(actor: Actor, contract: ContractPage, change: ChangeRow, may: bool) -> None:
    taken_back = f" :gray-badge[:material/undo: {_('taken back')}]" if change.taken_back else ""
    st.markdown(f"**{_title(change)}** · {day(change.holds_on)}{taken_back}")
    st.markdown(_effect(change))
    st.caption(" · ".join(part for part in (plain(change.reason), _period(change), _who(change)) if part))
    with st.container(horizontal=True):
        explanation_popover(
            _("Why {amount}?", amount=whole_euros(change.new_obligation_cents)),
            change.told,
            _("the obligation"),
            key=f"why_change_{change.id}",
        )
        if may and not change.taken_back and change.kind is not ChangeKind.TAKEN_BACK:
            with st.popover(_("Take back"), icon=":material/undo:", type="tertiary", key=f"undo_{change.id}"):
                _take_back_change(actor, contract, change)


def _title(change: ChangeRow) -> str:
    is_credit = (change.amount_cents or 0) < 0
    parts = [_("Credit note") if is_credit else _(CHANGE[change.kind])]
    if change.amount_cents is not None:
        parts.append(whole_euros(change.amount_cents))
    if change.reference:
        parts.append(plain(change.reference))
    return " · ".join(parts)


def _effect(change: ChangeRow) -> str:
    told = _(
        "Obligation {before} → **{after}**",
        before=whole_euros(change.old_obligation_cents),
        after=whole_euros(change.new_obligation_cents),
    )
    if change.old_value_cents != change.new_value_cents:
        told += " · " + _(
            "contract sum {before} → {after}",
            before=whole_euros(change.old_value_cents),
            after=whole_euros(change.new_value_cents),
        )
    if change.old_end_on != change.new_end_on:
        told += " · " + _(
            "end {before} → {after}", before=day(change.old_end_on), after=day(change.new_end_on)
        )
    return told


def _period(change: ChangeRow) -> str:
    if change.kind is not ChangeKind.INVOICED:
        return ""
    return f"{day(change.starts_on)} – {day(change.ends_on)}"


def _who(change: ChangeRow) -> str:
    return _noted(change.noted_at.date(), change.noted_by)


def _noted(on: date, by: str | None) -> str:
    return _("written down by {name} on {day}", name=plain(by or "Vliegwiel"), day=day(on))


def _event(actor: Actor, contract: ContractPage, event: EventRow, may: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            badge = f" :gray-badge[:material/undo: {_('taken back')}]" if event.taken_back else ""
            st.markdown(f"**{_(EVENT[event.kind])}** · {day(event.happened_on)}{badge}")
            if event.mail is not None:
                st.markdown(reminders.mail_line(event.mail))
            parts = (_step(contract, event), plain(event.note), _noted(event.noted_at.date(), event.noted_by))
            st.caption(" · ".join(part for part in parts if part))
        if may and not event.taken_back and event.kind is not EventKind.TAKEN_BACK:
            with st.popover(
                _("Take back"), icon=":material/undo:", type="tertiary", key=f"undo_event_{event.id}"
            ):
                _take_back_event(actor, contract, event)


def _step(contract: ContractPage, event: EventRow) -> str:
    ladder = {step.code: step for step in contract.rule_set.sanctions.ladder}
    if event.step is None:
        return ""
    return plain(spoken(ladder[event.step].name)) if event.step in ladder else plain(event.step)


def _take_back_change(actor: Actor, contract: ContractPage, change: ChangeRow) -> None:
    number = contract.row.id
    form = open_form(f"take_back_change_{change.id}", contract.version, "reason", page_of(number))
    with st.form(form.name, border=False):
        reason = st.text_input(_("What was wrong?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Take back"))
    if sent:
        save(
            form,
            actor,
            actions.take_back_change,
            lambda: TakeBackChange(change_id=change.id, version=form.version, reason=reason),
            LABELS,
            _("The change is taken back, and the obligation computed again."),
        )


def _take_back_event(actor: Actor, contract: ContractPage, event: EventRow) -> None:
    form = open_form(f"take_back_event_{event.id}", contract.version, "reason", page_of(contract.row.id))
    with st.form(form.name, border=False):
        reason = st.text_input(_("What was wrong?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Take back"))
    if sent:
        save(
            form,
            actor,
            actions.take_back_event,
            lambda: TakeBackEvent(event_id=event.id, reason=reason),
            LABELS,
            _("Taken back. Both stay to be read."),
        )
