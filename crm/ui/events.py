"""Events in words, the list of them, and the form of one."""

from __future__ import annotations

from datetime import time
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.clock import LOCAL_ZONE
from crm.core.i18n import N_
from crm.events import actions
from crm.events.queries import EventView
from crm.events.rules import Answer, EventKind, TalkState
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog
from crm.ui.forms import attempt, flash
from crm.ui.words import _

KINDS = {
    EventKind.SPEEDMEET: N_("speedmeet"),
    EventKind.OPEN_DAY: N_("open day"),
    EventKind.BREAKFAST: N_("network breakfast"),
    EventKind.COMPANY_VISIT: N_("company visit day"),
}
ANSWERS = {
    Answer.INVITED: N_("invited"),
    Answer.COMING: N_("is coming"),
    Answer.DECLINED: N_("is not coming"),
    Answer.PRESENT: N_("was there"),
    Answer.ABSENT: N_("did not come"),
}
TALKS = {
    TalkState.PLANNED: N_("planned"),
    TalkState.HELD: N_("had a conversation"),
    TalkState.SELECTED: N_("selected"),
    TalkState.STARTED: N_("started work"),
}
LABELS = {
    "kind": N_("Kind of event"),
    "title": N_("Title"),
    "held_on": N_("Day"),
    "begins": N_("From (time)"),
    "ends": N_("Until (time)"),
    "place": N_("Place"),
    "note": N_("Note"),
    "candidate_places": N_("Places for candidates"),
    "employer_places": N_("Places for employers"),
    "round_minutes": N_("Minutes a round"),
    "answer": N_("Answer"),
    "rounds": N_("Rounds"),
}


def event_word(kind: EventKind) -> str:
    """Return what kind of event it is, in a word or two."""
    return _(KINDS[kind])


def answer_word(answer: Answer) -> str:
    """Return how an invitation stands, in a few words."""
    return _(ANSWERS[answer])


def talk_word(state: TalkState) -> str:
    """Return how far a conversation came, in a few words."""
    return _(TALKS[state])


def plan(actor: Actor) -> None:
    """Ask what will happen, when and where, and plan it."""
    asked = _asked(None)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        region_id = min(actor.regions, default=0)
        made = attempt(
            actor,
            actions.plan_event,
            lambda: actions.PlanEvent(region_id=region_id, **asked),
            LABELS,
        )
        if made is not None:
            flash(_("Saved."))
            shell.go("staff/event.py", id=made)


def edit(actor: Actor, event: EventView) -> None:
    """Ask what should be different about an event, and keep it."""
    asked = _asked(event)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        made = attempt(
            actor,
            actions.edit_event,
            lambda: actions.EditEvent(event_id=event.id, version=event.version, **asked),
            LABELS,
        )
        if made is not None:
            flash(_("Saved."))
            st.rerun()


def _asked(was: EventView | None) -> dict[str, Any]:
    kinds = list(EventKind)
    kind = st.selectbox(
        _("Kind of event"), kinds, kinds.index(was.kind) if was else 0, format_func=event_word
    )
    title = st.text_input(_("Title"), was.title if was else "", max_chars=120)
    begins = was.starts_at.astimezone(LOCAL_ZONE) if was else None
    ends = was.ends_at.astimezone(LOCAL_ZONE) if was else None
    held_on = ask_day(_("Day"), begins.date() if begins else clock.today())
    with st.container(horizontal=True):
        from_time = st.time_input(_("From (time)"), begins.time() if begins else time(9, 0))
        until_time = st.time_input(_("Until (time)"), ends.time() if ends else time(12, 0))
    place = st.text_input(_("Place"), was.place if was else "", max_chars=160)
    st.caption(_("Places: 0 means no limit."))
    with st.container(horizontal=True):
        candidate_places = st.number_input(
            _("Places for candidates"), 0, 500, was.candidate_places if was else 20
        )
        employer_places = st.number_input(
            _("Places for employers"), 0, 500, was.employer_places if was else 8
        )
    minutes = was.round_minutes if was else 10
    if kind is EventKind.SPEEDMEET:
        minutes = st.number_input(_("Minutes a round"), 3, 60, minutes)
    return {
        "kind": kind,
        "title": title,
        "held_on": held_on,
        "begins": from_time,
        "ends": until_time,
        "place": place,
        "note": st.text_input(_("Note"), was.note if was else "", max_chars=400),
        "candidate_places": candidate_places,
        "employer_places": employer_places,
        "round_minutes": minutes,
    }
