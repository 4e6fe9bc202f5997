"""What happened at an employer, told in one timeline: a page at a time, of what somebody asks for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.timeline.queries import TimelineLine, timeline_page, topics_for
from crm.timeline.rules import Place, Topic
from crm.ui import shell
from crm.ui.export_links import show_export
from crm.ui.timeline_lines import Shown, shown
from crm.ui.words import _, day

TOPICS = {
    Topic.VISIT: N_("Visits"),
    Topic.CALL: N_("Calls"),
    Topic.MAIL: N_("Mails"),
    Topic.ATTACHMENT: N_("Attachments"),
    Topic.EVENT: N_("Events"),
    Topic.AFTERCARE: N_("Aftercare"),
    Topic.QUESTIONS: N_("Questions asked"),
    Topic.NEED: N_("Needs"),
    Topic.VACANCY: N_("Vacancies"),
    Topic.CARVING: N_("Opportunities"),
    Topic.PROPOSAL: N_("Proposals"),
    Topic.PLACEMENT: N_("Placements"),
    Topic.CONTRACT: N_("Contracts"),
    Topic.EFFORT: N_("Efforts"),
    Topic.LETTER: N_("Letters"),
    Topic.ACCOUNT: N_("Account"),
    Topic.NETWORK: N_("Network"),
}


def show(actor: Actor, employer_id: int) -> None:
    """Show a page of the timeline, newest first, with the way to older and newer pages."""
    wanted = st.multiselect(
        _("Only show"),
        topics_for(actor),
        format_func=lambda topic: _(TOPICS[topic]),
        placeholder=_("Everything"),
        key="timeline_topics",
    )
    trail: list[Place] = _trail(employer_id, wanted)
    with reading(actor) as work:
        page = timeline_page(work, employer_id, wanted, trail[-1] if trail else None)
    if not page.lines:
        st.info(
            _("Nothing of this kind has happened here yet. Choose something else, or everything.")
            if wanted
            else _("Nothing has happened here yet. Log a visit to begin.")
        )
        return
    for line in page.lines:
        _draw(line, shown(actor, line))
    _show_ways(trail, page.older)
    if actor.may(Permission.VISIT_VIEW):
        about = _("All visits, calls, mails and events with this employer, with what was said.")
        show_export("contact-moments", about=about, employer_id=employer_id)


def _trail(employer_id: int, wanted: Sequence[Topic]) -> list[Place]:
    """Return where the pages began that were read to get here; other wishes begin at the newest again."""
    asked = (employer_id, tuple(wanted))
    if st.session_state.get("timeline_asked") != asked:
        st.session_state["timeline_asked"] = asked
        st.session_state["timeline_trail"] = []
    trail: list[Place] = st.session_state["timeline_trail"]
    return trail


def _show_ways(trail: list[Place], older: Place | None) -> None:
    with st.container(horizontal=True):
        if trail and st.button(_("Show newer"), icon=":material/arrow_upward:"):
            trail.pop()
            st.rerun()
        if older is not None and st.button(_("Show older"), icon=":material/arrow_downward:"):
            trail.append(older)
            st.rerun()


def _draw(line: TimelineLine, drawn: Shown) -> None:
    when, what, after = st.columns([1, 6, 3], gap="xxsmall")
    when.caption(day(line.on))
    with what:
        st.markdown(f"{drawn.icon} **{drawn.title}**" + (f" · {drawn.text}" if drawn.text else ""))
    place = f"after_{line.happening}_{line.place.record_id}"
    with after.container(horizontal=True, vertical_alignment="center", key=place):
        if drawn.badge:
            st.markdown(drawn.badge, width="content")
        if drawn.link:
            file, name, record_id = drawn.link
            shell.link(file, _("Change") if name == "moment" else _("Open"), None, **{name: record_id})
