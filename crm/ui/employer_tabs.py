"""What lies under an employer: only the open tab is read and drawn."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.employers.queries import EmployerView
from crm.jobcarving.queries import cases_of_employer
from crm.placements.queries import placements_of_employer
from crm.proposals.queries import proposals_at
from crm.ui import (
    certificates,
    colleagues,
    employer_details,
    employer_network,
    employer_people,
    employer_plan,
    employer_structure,
    needs,
    proposals,
    shell,
    timeline,
)
from crm.ui.carving import days_words, hours_words, stage_word
from crm.ui.employer_top import Standing
from crm.ui.placements import badge, group_word, period, who
from crm.ui.sroi import inline_badge, look_of
from crm.ui.words import _, day, plain, whole_euros

TAB = "tab"


def show(actor: Actor, employer: EmployerView, found: Standing) -> None:
    """Show the tabs that this actor may open."""
    parts: dict[str, tuple[bool, Callable[[], None]]] = {
        _("Timeline"): (True, lambda: timeline.show(actor, employer.id)),
        _("Opportunities"): (actor.may(Permission.CARVING_VIEW), lambda: _opportunities(actor, employer)),
        _("Needs"): (actor.may(Permission.VISIT_VIEW), lambda: needs.show_at_employer(actor, employer.id)),
        _("Account plan"): (
            actor.may(Permission.VISIT_VIEW),
            lambda: employer_plan.show(actor, employer, found.contracts),
        ),
        _("Placements"): (
            actor.may(Permission.PLACEMENT_VIEW),
            lambda: _placements(actor, employer),
        ),
        _("Contracts"): (
            actor.may(Permission.CONTRACT_VIEW),
            lambda: _contracts(actor, employer, found),
        ),
        _("Network"): (actor.may(Permission.NETWORK_VIEW), lambda: employer_network.show(actor, employer)),
        _("People"): (actor.may(Permission.VISIT_VIEW), lambda: employer_people.show(actor, employer)),
        _("Structure"): (
            actor.may(Permission.VISIT_VIEW),
            lambda: employer_structure.show(actor, employer),
        ),
        _("Details"): (True, lambda: employer_details.show(actor, employer)),
    }
    seen = {name: draw for name, (may, draw) in parts.items() if may}
    for tab, draw in zip(st.tabs(list(seen), key=TAB, bind="query-params"), seen.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _opportunities(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        found = cases_of_employer(work, employer.id)
    if actor.may(Permission.CARVING_EDIT) and st.button(_("Log an opportunity"), icon=":material/add:"):
        shell.go("staff/carving.py", new=1, employer=employer.id)
    if not found:
        st.info(_("No opportunities for job carving yet. Signal one when you log a visit."))
    for case in found:
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                shell.link("staff/case.py", f"**{plain(case.department)}**", id=case.id)
                st.markdown(f":blue-badge[{stage_word(case.stage)}]", width="content")
            st.caption(f"{hours_words(case)} · {days_words(case)} · {plain(case.owner)}")
    if actor.may(Permission.VISIT_VIEW):
        _proposals(actor, employer)


def _proposals(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        found = proposals_at(work, employer.id)
    st.header(_("Proposals"), anchor=False)
    if not found:
        st.caption(_("Nobody was put forward here yet. You do that at a need or at an opportunity."))
    proposals.show_all(found)


def _placements(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        placements = placements_of_employer(work, employer.id)
    if actor.may(Permission.PLACEMENT_EDIT) and st.button(_("Book a placement"), icon=":material/add:"):
        shell.go("staff/placements.py", new=1, employer=employer.id)
    if not placements:
        st.info(_("Nobody was placed here yet."))
    for placement in placements:
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                words = f"**{plain(who(placement))} · {plain(placement.job_title)}**"
                shell.link("staff/placement.py", words, id=placement.id)
                st.markdown(badge(placement), width="content")
            st.caption(f"{group_word(placement.group)} · {period(placement)}")


def _contracts(actor: Actor, employer: EmployerView, known: Standing) -> None:
    found = known.contracts or ()
    if not found:
        st.info(_("There are no contracts with this employer."))
    for contract in found:
        with st.container(border=True, gap="xxsmall"):
            with st.container(horizontal=True, vertical_alignment="center"):
                shell.link("staff/contract.py", f"**{plain(contract.title)}**", id=contract.id)
                st.markdown(inline_badge(look_of(contract)), width="content")
            st.caption(
                _(
                    "{authority} · {approved} of {obligation} approved · until {day}",
                    authority=plain(contract.authority),
                    approved=whole_euros(contract.approved_cents),
                    obligation=whole_euros(contract.obligation_cents),
                    day=day(contract.end_on),
                )
            )
    certificates.show(actor, employer.id)
    if found and actor.may(Permission.COLLEAGUE_MANAGE):
        st.header(_("Access to the portal"), anchor=False)
        colleagues.show(actor, employer.id)
