"""The profile of a candidate: shown only when it is asked for, because each look is written down."""

from __future__ import annotations

import streamlit as st

from crm.candidates.actions import (
    CandidateProfile,
    EditCandidate,
    ViewCandidate,
    edit_candidate,
    view_candidate,
)
from crm.candidates.rules import TargetGroup
from crm.core.access import Actor, Permission
from crm.core.decimals import read_number
from crm.core.i18n import N_
from crm.core.work import reading
from crm.proposals.queries import proposals_of_candidate
from crm.ui import proposals
from crm.ui.forms import attempt
from crm.ui.opened import open_form, save
from crm.ui.placements import group_word
from crm.ui.words import _, day, number, plain, typed_number

LABELS = {
    "group": N_("Group"),
    "available_hours": N_("Hours a week that they look for"),
    "profile": N_("What they can and want"),
}
_SEEN, _HIDE = "seen_candidate", "hide_candidate"


def show_profile(actor: Actor, candidate_id: int) -> None:
    """Offer to show the profile, and show it until it is hidden or the page is left."""
    st.header(_("Candidate"), anchor=False)
    seen = _still_open(candidate_id)
    if seen is None:
        place = st.empty()
        with place.container():
            st.caption(_("The profile opens on request. Who looks at it is written down."))
            if not st.button(_("Show the profile")):
                return
        seen = attempt(actor, view_candidate, lambda: ViewCandidate(candidate_id=candidate_id))
        if seen is None:
            return
        place.empty()
        st.session_state[_SEEN] = seen
    _show(actor, seen)


def _still_open(candidate_id: int) -> CandidateProfile | None:
    seen: CandidateProfile | None = st.session_state.get(_SEEN)
    # Streamlit forgets a button that is no longer shown: then the page was left in between.
    if seen is None or (seen.id == candidate_id and _HIDE in st.session_state):
        return seen
    del st.session_state[_SEEN]
    return None


def _show(actor: Actor, seen: CandidateProfile) -> None:
    facts = [seen.reference, group_word(seen.group), _("registered on {day}", day=day(seen.registered_on))]
    if seen.available_hours is not None:
        facts.append(_("looks for {hours} hours a week", hours=number(seen.available_hours)))
    st.markdown(" · ".join(plain(fact) for fact in facts))
    st.markdown(plain(seen.profile) or _("Nothing is written down yet."))
    with reading(actor) as work:
        found = proposals_of_candidate(work, seen.id)
    if found:
        st.caption(_("Put forward at"))
        proposals.show_all(found, with_employer=True)
    with st.container(horizontal=True):
        if actor.may(Permission.CANDIDATE_EDIT):
            with st.popover(_("Change"), key="change_candidate"):
                _edit(actor, seen)
        if st.button(_("Hide the profile"), key=_HIDE):
            del st.session_state[_SEEN]
            st.rerun()


def _edit(actor: Actor, seen: CandidateProfile) -> None:
    form = open_form(f"candidate_{seen.id}", seen.version, "profile")
    with st.form(form.name, border=False):
        groups = list(TargetGroup)
        group = st.selectbox(_("Group"), groups, groups.index(seen.group), group_word, key=form.key("group"))
        profile = st.text_area(
            _("What they can and want"), seen.profile, max_chars=400, key=form.key("profile")
        )
        hours = st.text_input(
            _("Hours a week that they look for"),
            typed_number(seen.available_hours),
            max_chars=8,
            placeholder=_("optional"),
            key=form.key("hours"),
        )
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        del st.session_state[_SEEN]
        save(
            form,
            actor,
            edit_candidate,
            lambda: EditCandidate(
                candidate_id=seen.id,
                version=form.version,
                group=group,
                profile=profile,
                available_hours=read_number(hours, "available_hours"),
            ),
            LABELS,
            _("Saved. Open the profile again to see it."),
        )
        st.session_state[_SEEN] = seen
