"""Aftercare on screen: what was said before, and writing down how it goes now."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.placements.actions.aftercare import NoteAftercare, note_aftercare
from crm.placements.queries import PlacementRow
from crm.placements.queries.aftercare import TalkRow, talks_of
from crm.placements.rules import PlacementState
from crm.placements.rules_aftercare import SpokenWith, moment_due
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, n_, plain

LABELS = {"held_on": N_("Spoken on"), "note": N_("How it goes"), "spoken_with": N_("Spoken with")}
SPOKEN_WITH = {
    SpokenWith.EMPLOYER: N_("the employer"),
    SpokenWith.EMPLOYEE: N_("the employee"),
    SpokenWith.COACH: N_("the coach"),
}


def show(actor: Actor, row: PlacementRow) -> None:
    """Show the talks about how a placement goes, and offer to write down the one that is due."""
    with reading(actor) as work:
        talks = talks_of(work, row.id)
    due = moment_due(row.started_on, max((one.month for one in talks), default=0), clock.today())
    st.header(_("Aftercare"), anchor=False)
    for talk in talks:
        _show_talk(talk)
    if not talks:
        st.caption(_("Nobody wrote down yet how it goes. That is asked after 1, 3, 6 and 12 months."))
    if due and row.state is PlacementState.RUNNING and actor.may(Permission.PLACEMENT_EDIT):
        offer_talk(actor, row.id, due[0], _after(due[0]))


def offer_talk(actor: Actor, placement_id: int, month: int, label: str) -> None:
    """Offer to write down a talk for one moment of a placement."""
    name = f"{placement_id}_{month}"
    with st.popover(label, icon=":material/volunteer_activism:", key=f"aftercare_{name}"):
        spoken_with = st.segmented_control(
            _(LABELS["spoken_with"]),
            list(SpokenWith),
            default=SpokenWith.EMPLOYER,
            format_func=lambda one: _(SPOKEN_WITH[one]),
            key=f"with_{name}",
            required=True,
        )
        held_on = ask_day(_(LABELS["held_on"]), clock.today(), key=f"held_{name}")
        note = st.text_input(_("How it goes"), key=f"note_{name}", max_chars=400)
        at_risk = st.checkbox(_("There is a risk that it stops"), key=f"risk_{name}")
        if not st.button(_("Save"), key=f"talk_{name}", type="primary"):
            return
        given = {"placement_id": placement_id, "month": month, "spoken_with": spoken_with}
        given |= {"held_on": held_on, "note": note, "at_risk": at_risk}
        if attempt(actor, note_aftercare, lambda: NoteAftercare(**given), LABELS) is not None:
            flash(_("Saved."))
            st.rerun()


def _show_talk(talk: TalkRow) -> None:
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_after(talk.month)}**", width="content")
            if talk.at_risk:
                st.markdown(f":orange-badge[:material/warning: {_('At risk')}]", width="content")
        if talk.note:
            st.markdown(plain(talk.note))
        spoken = _("{who} spoke with {whom}", who=plain(talk.author), whom=_(SPOKEN_WITH[talk.spoken_with]))
        st.caption(f"{day(talk.held_on)} · {spoken}")


def _after(month: int) -> str:
    return n_("Aftercare after {count} month", "Aftercare after {count} months", month)
