"""What can be done with a placement as a whole: put it right, end it, take the end back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.placements.actions import (
    EditPlacement,
    EndPlacement,
    ResumePlacement,
    edit_placement,
    end_placement,
    resume_placement,
)
from crm.placements.queries import PlacementRow
from crm.placements.rules import ContractForm, EndReason
from crm.ui.dates import ask_day
from crm.ui.forms import attempt
from crm.ui.opened import finish, open_form, save
from crm.ui.placement_booking import LABELS as BOOKED
from crm.ui.placements import form_word, group_word, page_of, reason_word
from crm.ui.words import _

LABELS = {**BOOKED, "ended_on": N_("Last day"), "end_reason": N_("Why it ends")}


def show_steps(actor: Actor, row: PlacementRow) -> None:
    """Offer to change the placement, to end it or to take the end back."""
    with st.popover(_("Change"), icon=":material/edit:", key="change_placement"):
        _edit(actor, row)
    label = _("End the placement") if row.ended_on is None else _("Change the end")
    with st.popover(label, icon=":material/flag:", key="end_placement"):
        _end(actor, row)
        if row.ended_on is not None and st.button(_("It did not end"), key=f"resume_{row.version}"):
            _resume(actor, row)


def _edit(actor: Actor, row: PlacementRow) -> None:
    form = open_form(f"placement_{row.id}", row.version, "job_title", page_of(row))
    with st.form(form.name, border=False):
        fields: dict[str, Any] = {
            "job_title": st.text_input(_("Job"), row.job_title, 120, form.key("job_title")),
            "group": st.selectbox(
                _("Group"),
                list(TargetGroup),
                list(TargetGroup).index(row.group),
                group_word,
                key=form.key("group"),
            ),
            "contract_form": st.selectbox(
                _("Contract form"),
                list(ContractForm),
                list(ContractForm).index(row.contract_form),
                form_word,
                key=form.key("contract_form"),
            ),
            "started_on": ask_day(_("First day"), row.started_on, key=form.key("started_on")),
            "planned_end_on": ask_day(
                _("Planned last day"), row.planned_end_on, key=form.key("planned_end_on")
            ),
        }
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        command = {"placement_id": row.id, "version": form.version, **fields}
        save(form, actor, edit_placement, lambda: EditPlacement(**command), LABELS, _("Saved."))


def _end(actor: Actor, row: PlacementRow) -> None:
    form = open_form(f"end_{row.id}", row.version, "ended_on", page_of(row))
    with st.form(form.name, border=False):
        fields: dict[str, Any] = {
            "ended_on": ask_day(_("Last day"), row.ended_on or clock.today(), key=form.key("ended_on")),
            "end_reason": st.selectbox(
                _("Why it ends"),
                list(EndReason),
                list(EndReason).index(row.end_reason) if row.end_reason else None,
                reason_word,
                key=form.key("end_reason"),
                placeholder=_("Choose"),
            ),
        }
        pressed = st.form_submit_button(_("Note the end"))
    if pressed:
        command = {"placement_id": row.id, "version": form.version, **fields}
        given = {name: value for name, value in command.items() if value is not None}
        save(form, actor, end_placement, lambda: EndPlacement(**given), LABELS, _("The end is noted."))


def _resume(actor: Actor, row: PlacementRow) -> None:
    command = ResumePlacement(placement_id=row.id, version=row.version)
    if attempt(actor, resume_placement, lambda: command, LABELS) is not None:
        finish(page_of(row), _("The placement goes on."))
