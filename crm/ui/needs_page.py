"""The list of needs, and the page of one need."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.finding.rules import OtherScreen
from crm.needs.queries import NeedRow, need_row, needs_list, vacancy_row
from crm.needs.rules import NeedKind
from crm.ui import need_form, need_list, needs, proposal_form, shell, vacancy_form, walking
from crm.ui.export_links import show_export
from crm.ui.need_list import PAGES
from crm.ui.needs import kind_word
from crm.ui.views import open_with_default, show_views
from crm.ui.words import _, capital, day, n_, plain
from crm.visits.queries import owners_at, people_at


def show_list(actor: Actor) -> None:
    """Show what employers need: mine, everybody's or what ended; with the files for VUM."""
    row = shell.title_row(_("Needs"), _("What employers ask of us, whoever waits for a reaction in front."))
    with reading(actor) as work:
        fields = need_list.fields()
        saved = open_with_default(work, OtherScreen.NEEDS, fields)
        wanted = need_list.filters(actor)
        found = needs_list(work, wanted, PAGES.chosen())
    walking.remember_list("staff/needs.py")
    with row:
        show_views(actor, OtherScreen.NEEDS, fields, saved)
    _offer_files(actor, row)
    st.caption(n_("{count} need", "{count} needs", found.total))
    if not found.rows:
        st.info(_("Nothing here. A need comes to stand here from the visit form or from an employer's page."))
    need_list.show_rows(actor, found.rows, wanted)
    PAGES.show(found.total)
    if found.rows:
        show_export("needs", wanted)


def show_one(actor: Actor, need_id: int) -> None:
    """Show one need: where it stands, the vacancy that it is, and what can be done."""
    with reading(actor) as work:
        need = need_row(work, need_id)
        owners = owners_at(work, need.region_id)
        vacancy = vacancy_row(work, need_id) if need.kind is NeedKind.VACANCY else None
        people = people_at(work, need.employer_id)
        walk = walking.walk_of(work, "needs")
    walking.show_walk(walk, need_id)
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
