"""What the page of one placement shows: who, where, for how long, and the weekly hours."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.decimals import read_needed
from crm.core.i18n import N_
from crm.placements.actions import ChangeHours, RemoveHours, change_hours, remove_hours
from crm.placements.charts import hours_chart
from crm.placements.queries import PlacementRow
from crm.placements.rules import HoursFrom, is_overdue
from crm.ui.dates import ask_day
from crm.ui.opened import open_form, save
from crm.ui.placements import badge, form_word, group_word, page_of, period, reason_word
from crm.ui.tables import show_table
from crm.ui.words import _, day, number, typed_number

LABELS = {"from_on": N_("From"), "hours": N_("Hours a week")}


def show_facts(row: PlacementRow) -> None:
    """Show how the placement stands, and its terms in one line."""
    hours = _("{hours} hours a week", hours=number(row.hours))
    terms = [f"**{hours}**", group_word(row.group), form_word(row.contract_form), period(row)]
    st.markdown(f"{badge(row)} {' · '.join(terms)}")
    if row.end_reason is not None:
        st.caption(_("Ended on {day}: {reason}", day=day(row.ended_on), reason=reason_word(row.end_reason)))
    elif is_overdue(row.planned_end_on, row.ended_on, clock.today()):
        st.warning(_("The planned end has passed. Note the end, or change the planned last day."))


def show_hours(actor: Actor, row: PlacementRow, history: Sequence[HoursFrom], may_edit: bool) -> None:
    """Show the weekly hours as a table, beside a picture once they changed, and a form for a change."""
    st.header(_("Hours a week"), anchor=False)
    if len(history) == 1:
        place = st.container(width=440)
    else:
        picture, place = st.columns([3, 2], gap="medium")
        until = max(row.ended_on or clock.today(), history[-1].from_on)
        picture.altair_chart(
            hours_chart(history, until, _("From"), _("Hours a week")),
            alt=_("Hours a week over time; the table beside it has the same figures"),
        )
    with place:
        frame = pd.DataFrame(
            [(day(step.from_on), number(step.hours)) for step in history],
            columns=[_("From"), _("Hours a week")],
        )
        show_table(frame, _("Hours a week, each from its day on"), right=[_("Hours a week")])
        if may_edit:
            with st.popover(_("Change the hours"), width="stretch"):
                _change_hours(actor, row)
                _remove_change(actor, row, history[1:])


def _change_hours(actor: Actor, row: PlacementRow) -> None:
    form = open_form(f"hours_{row.id}", row.version, "from_on", page_of(row))
    with st.form(form.name, border=False):
        from_on = ask_day(
            _("From"),
            max(row.started_on, min(clock.today(), row.ended_on or clock.today())),
            key=form.key("from_on"),
        )
        hours = st.text_input(_("Hours a week"), typed_number(row.hours), max_chars=8, key=form.key("hours"))
        st.caption(_("A day that has hours already is corrected."))
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        save(
            form,
            actor,
            change_hours,
            lambda: ChangeHours(
                placement_id=row.id,
                version=form.version,
                from_on=from_on,
                hours=read_needed(hours, "hours"),
            ),
            LABELS,
            _("The hours are changed."),
        )


def _remove_change(actor: Actor, row: PlacementRow, changes: Sequence[HoursFrom]) -> None:
    if not changes:
        return
    form = open_form(f"remove_hours_{row.id}", row.version, "from_on", page_of(row))
    with st.form(form.name, border=False):
        days = [step.from_on for step in changes]
        from_on = st.selectbox(
            _("Change that did not happen"), days, len(days) - 1, day, key=form.key("from_on")
        )
        pressed = st.form_submit_button(_("Remove this change"))
    if pressed:
        command = RemoveHours(placement_id=row.id, version=form.version, from_on=from_on)
        save(form, actor, remove_hours, lambda: command, LABELS, _("The change is removed."))
