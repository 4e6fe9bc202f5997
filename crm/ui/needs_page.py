"""The list of needs, and the page of one need."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.needs.queries import (
    MOST_COUNTED,
    PAGE_SIZE,
    NeedFilter,
    NeedRow,
    need_row,
    needs_list,
    vacancy_row,
)
from crm.needs.rules import NeedKind
from crm.ui import need_form, needs, proposal_form, shell, vacancy_form
from crm.ui.export_links import show_export
from crm.ui.needs import kind_word
from crm.ui.paging import Paging
from crm.ui.words import _, capital, day, n_, plain
from crm.visits.queries import owners_at, people_at

MINE, ALL, ENDED = "mine", "all", "ended"
PAGING = Paging("needs_page", PAGE_SIZE, MOST_COUNTED)


def show_list(actor: Actor) -> None:
    """Show what employers need: mine, everybody's or what ended; with the files for VUM."""
    words = {MINE: _("With me"), ALL: _("With everybody"), ENDED: _("Ended")}
    row = shell.title_row(_("Needs"), _("What employers ask of us, whoever waits for a reaction in front."))
    _offer_files(actor, row)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seen = st.segmented_control(
            _("Which"),
            list(words),
            default=MINE if actor.may(Permission.VISIT_LOG) else ALL,
            format_func=words.__getitem__,
            key="needs_seen",
            on_change=PAGING.restart,
            required=True,
            label_visibility="collapsed",
        )
        kind = st.pills(
            _("Only"),
            list(NeedKind),
            format_func=kind_word,
            key="needs_kind",
            on_change=PAGING.restart,
            label_visibility="collapsed",
        )
    wanted = NeedFilter(actor.user_id if seen == MINE else None, kind, seen == ENDED)
    with reading(actor) as work:
        found = needs_list(work, wanted, PAGING.chosen())
    st.caption(n_("{count} need", "{count} needs", found.total))
    if not found.rows:
        st.info(_("Nothing here. A need comes to stand here from the visit form or from an employer's page."))
    needs.show_all(actor, found.rows, with_employer=True)
    PAGING.show(found.total)
    if found.rows:
        show_export("needs", wanted)


def show_one(actor: Actor, need_id: int) -> None:
    """Show one need: where it stands, the vacancy that it is, and what can be done."""
    with reading(actor) as work:
        need = need_row(work, need_id)
        owners = owners_at(work, need.region_id)
        vacancy = vacancy_row(work, need_id) if need.kind is NeedKind.VACANCY else None
        people = people_at(work, need.employer_id)
    _top(actor, need)
    with st.container(width=820):
        need_form.show_ending(actor, need)
        proposal_form.show_on_need(actor, need)
        if need.kind is NeedKind.VACANCY:
            vacancy_form.show(actor, need, vacancy, people)
        if actor.may(Permission.VISIT_LOG) and need.closed_on is None:
            st.header(_("What is asked"), anchor=False)
            need_form.change_form(actor, need, owners)


def _top(actor: Actor, need: NeedRow) -> None:
    title = f"{capital(kind_word(need.kind))} · {plain(need.employer)}"
    row = shell.title_row(title, plain(need.what))
    with row:
        if st.button(_("To the employer"), icon=":material/apartment:"):
            shell.go("staff/employer.py", id=need.employer_id)
        if actor.may(Permission.VISIT_LOG) and st.button(_("Log a visit"), icon=":material/edit_note:"):
            shell.go("staff/visit.py", employer=need.employer_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(needs.clock_badge(need), width="content")
        st.caption(
            _("asked on {day}, first reaction by {by}", day=day(need.raised_on), by=day(need.react_by)),
            width="content",
        )
        needs.offer_reaction(actor, need)


def _offer_files(actor: Actor, row: DeltaGenerator) -> None:
    with row.popover(_("Vacancies for VUM"), icon=":material/download:"):
        st.caption(_("The open vacancies of the region, with the names and codes of the VUM standard."))
        for region_id in sorted(actor.regions):
            st.link_button(_("As JSON"), f"/regions/{region_id}/vacancies.json")
            st.link_button(_("As a table (CSV)"), f"/regions/{region_id}/vacancies.csv")
