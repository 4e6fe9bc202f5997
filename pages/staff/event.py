import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.events import actions, queries
from crm.events.rules import TAKING_PART, EventKind
from crm.ui import event_page as parts
from crm.ui import events, forms, shell
from crm.ui.dialogs import dialog_button
from crm.ui.employers import place_line
from crm.ui.guard import open_page
from crm.ui.walking import show_walk, walk_of
from crm.ui.words import _, moment, plain

actor = open_page("staff/event.py")
may_change = actor.may(Permission.NETWORK_EDIT)
sees_candidates = actor.may(Permission.CANDIDATE_VIEW)
try:
    with reading(actor) as work:
        event = queries.event_view(work, shell.asked_id())
        funnel = queries.funnel_of(work, event.id)
        walk = walk_of(work, "events")
        employers = queries.employers_at(work, event.id)
        candidates = queries.candidates_at(work, event.id) if sees_candidates else []
        talks = queries.talks_at(work, event.id) if sees_candidates else []
except NotFound as fault:
    forms.show_fault(fault)
    forms.end_page()

show_walk(walk, event.id)
under = place_line(events.event_word(event.kind), moment(event.starts_at), event.place)
with shell.title_row(event.title, under):
    if may_change:
        dialog_button(_("Change"), _("Event"), lambda: events.edit(actor, event), "edit_event")
    st.link_button(_("To my calendar"), f"/events/{event.id}.ics", icon=":material/event:")
    st.link_button(_("Attendance list"), f"/events/{event.id}.csv", icon=":material/download:")
if event.cancelled_on:
    st.warning(_("This event is called off."))
if event.note:
    st.markdown(plain(event.note))

st.subheader(_("How far the candidates came"), anchor=False)
parts.show_funnel(event, funnel)
st.subheader(_("Employers"), anchor=False)
parts.show_employers(actor, event, employers, may_change)
if sees_candidates:
    st.subheader(_("Candidates"), anchor=False)
    parts.show_candidates(actor, event, candidates, may_change)
    if event.kind is EventKind.SPEEDMEET:
        st.subheader(_("Rounds"), anchor=False)
        coming = [sum(row.answer in TAKING_PART for row in rows) for rows in (candidates, employers)]
        parts.show_rounds(actor, event, (coming[0], coming[1]), talks, may_change)
    if may_change:
        st.subheader(_("What came of it"), anchor=False)
        parts.note_outcomes(actor, event, candidates, employers, talks)
if may_change:
    again = event.cancelled_on is not None
    if st.button(_("It goes on after all") if again else _("Call the event off"), type="tertiary"):
        changed = forms.attempt(
            actor,
            actions.cancel_event,
            lambda: actions.CancelEvent(event_id=event.id, version=event.version, again=again),
        )
        if changed is not None:
            forms.flash(_("Saved."))
            st.rerun()
shell.link(
    "staff/network.py", _("Back to the network"), icon=":material/arrow_back:", netwerk=_("Gatherings")
)
