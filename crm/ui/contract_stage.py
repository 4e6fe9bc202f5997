"""The stage line of a contract: what is done and since when, what is due by when, and whose it is."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.life_commands import ChangeOwner, NoteEvent
from crm.sroi.queries import ContractPage
from crm.sroi.queries.due import officers_for
from crm.sroi.queries.life import ContractLife
from crm.sroi.rules.life import Clock
from crm.sroi.standing import OPEN
from crm.ui import reminders
from crm.ui.contract_actions import page_of
from crm.ui.dates import ask_day
from crm.ui.explanation import spoken
from crm.ui.forms import attempt
from crm.ui.life_words import NOTED, STAGE, clock_line
from crm.ui.opened import finish, open_form, save
from crm.ui.sroi import inline_badge
from crm.ui.words import _, plain

LABELS = {
    "happened_on": N_("On which day"),
    "note": N_("Remark"),
    "officer_id": N_("Officer"),
    "due_on": N_("Due on"),
}


def show(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    """Show the stage with its clocks and owner, and what can be noted now."""
    may = actor.may(Permission.CONTRACT_EDIT) and contract.row.state in OPEN
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{_('Stage')}** {inline_badge(STAGE[life.stage])}", width="content")
            _owner(actor, contract, life, may)
        if life.clocks:
            st.markdown("  \n".join(clock_line(told) for told in life.clocks))
        if may:
            with st.container(horizontal=True):
                _note_next(actor, contract, life)
                _remind(actor, contract, life)


def _owner(actor: Actor, contract: ContractPage, life: ContractLife, may: bool) -> None:
    who = plain(contract.officer) if contract.officer else _("nobody yet")
    if not may:
        st.markdown(_("Officer: {name}", name=who), width="content")
        return
    label = _("Officer: {name}", name=who)
    with st.popover(
        label, icon=":material/person:", type="tertiary", key="owner", on_change="rerun"
    ) as place:
        if place.open:
            _choose_owner(actor, contract, life)


def _choose_owner(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    with reading(actor) as work:
        officers = officers_for(work, contract.authority_id)
    form = open_form(f"owner_{contract.row.id}", contract.version, "officer_id", page_of(contract.row.id))
    known = list(officers)
    with st.form(form.name, border=False):
        chosen = st.selectbox(
            _("Who sees to this contract?"),
            known,
            known.index(life.officer_id) if life.officer_id in known else None,
            officers.__getitem__,
            key=form.key("officer_id"),
            placeholder=_("Choose"),
        )
        sent = st.form_submit_button(_("Save"))
    if sent and chosen is not None:
        save(
            form,
            actor,
            actions.change_owner,
            lambda: ChangeOwner(contract_id=contract.row.id, version=form.version, officer_id=chosen),
            LABELS,
            _("Handed to {name}.", name=officers[chosen]),
        )


def _note_next(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    waiting = [told for told in life.clocks if told.done_on is None and told.kind in NOTED]
    if not waiting:
        return
    told = waiting[0]
    _kind, label = NOTED[told.kind]
    with st.popover(_(label), icon=":material/check:", type="primary", key="note_event"):
        _note_form(actor, contract, told, _(label))


def _note_form(actor: Actor, contract: ContractPage, told: Clock, label: str) -> None:
    kind, _label = NOTED[told.kind]
    number = contract.row.id
    form = open_form(f"event_{number}_{kind.value}_{told.due_on}", contract.version, "note", page_of(number))
    with st.form(form.name, border=False):
        happened_on = ask_day(_("On which day"), key=form.key("happened_on"))
        note = st.text_input(_("Remark"), max_chars=400, key=form.key("note"))
        sent = st.form_submit_button(_("Write down"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.note_event,
            lambda: NoteEvent(
                contract_id=number, kind=kind, happened_on=happened_on, due_on=told.due_on, note=note
            ),
            LABELS,
            f"{label}.",
        )


def _remind(actor: Actor, contract: ContractPage, life: ContractLife) -> None:
    reminder = life.reminder
    if reminder is None:
        return
    name = spoken(reminder.step.name)
    if st.button(_("{step}: make the letter", step=name), icon=":material/mail:", key="reminder_letter"):
        reminders.open_letters()
        st.rerun()
    if st.button(_("Sent already"), icon=":material/mark_email_read:", type="tertiary", key="note_reminder"):
        noted = reminders.noted(contract.row.id, reminder)
        if attempt(actor, actions.note_reminder, lambda: noted, LABELS) is not None:
            finish(page_of(contract.row.id), _("Noted as sent: {step}.", step=name))
    st.caption(reminders.by_itself(reminder), width="stretch")
