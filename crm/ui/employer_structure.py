"""How an employer is built up: concern, establishments, activities, municipality and region."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.actions.structure import (
    AddActivity,
    RemoveActivity,
    RemoveMother,
    SetMother,
    add_activity,
    remove_activity,
    remove_mother,
    set_mother,
)
from crm.employers.queries import EmployerView
from crm.employers.queries.structure import (
    ActivityRow,
    FamilyRow,
    Whereabouts,
    activities,
    family,
    whereabouts,
)
from crm.employers.rules import SbiEdition
from crm.employers.sectors import find_sbi_codes, sbi_name
from crm.ui import employer_places, shell
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import pick_employer, place_line
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

LABELS = {"mother_id": N_("Mother company"), "code": N_("SBI code")}
STEP = "\u2003"


def show(actor: Actor, employer: EmployerView) -> None:
    """Show the concern, the establishments, what the employer does and where it is."""
    may_change = actor.may(Permission.EMPLOYER_EDIT)
    with reading(actor) as work:
        concern = family(work, employer.id)
        does = activities(work, employer.id)
        where = whereabouts(work, employer.id)
    _show_concern(actor, employer, concern, may_change)
    employer_places.show(actor, employer, may_change)
    _show_activities(actor, employer, does, may_change)
    _show_where(where)


def _show_concern(actor: Actor, employer: EmployerView, concern: list[FamilyRow], may_change: bool) -> None:
    st.subheader(_("Concern"), anchor=False)
    if not concern:
        st.caption(_("This employer stands on its own, as far as we know."))
    for row in concern:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            about = place_line(row.city, row.kvk_number)
            name = f"**{plain(row.name)}**" if row.id == employer.id else plain(row.name)
            turn = f"{STEP * row.depth}↳ " if row.depth else ""
            st.markdown(turn + " · ".join(filter(None, (name, about))), width="content")
            if row.id != employer.id and st.button(_("Open"), key=f"family_{row.id}", type="tertiary"):
                shell.go("staff/employer.py", id=row.id)
    if may_change:
        _offer_mother(actor, employer, concern)


def _offer_mother(actor: Actor, employer: EmployerView, concern: list[FamilyRow]) -> None:
    under_one = any(row.id == employer.id and row.depth for row in concern)
    with st.container(horizontal=True):
        dialog_button(
            _("Change the mother company") if under_one else _("Add the mother company"),
            _("Mother company"),
            lambda: _choose_mother(actor, employer),
            "mother",
            icon=":material/account_tree:",
        )
        if under_one and st.button(_("Stands on its own")):
            alone = RemoveMother(employer_id=employer.id)
            _done(attempt(actor, remove_mother, lambda: alone, LABELS))


def _choose_mother(actor: Actor, employer: EmployerView) -> None:
    chosen = pick_employer(actor, _("Mother company"), "mother", without=(employer.id,))
    st.caption(_("The mother company is an employer of its own. Is it not there yet? Add it first."))
    if st.button(_("Save"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        command = SetMother(employer_id=employer.id, mother_id=chosen)
        _done(attempt(actor, set_mother, lambda: command, LABELS))


def _show_activities(actor: Actor, employer: EmployerView, does: list[ActivityRow], may_change: bool) -> None:
    st.subheader(_("Activities"), anchor=False)
    if employer.sbi_code:
        named = sbi_name(SbiEdition.SBI_2008, employer.sbi_code)
        st.markdown(f"**{plain(named or '')}** · {employer.sbi_code} · {_('main activity')}")
    elif not does:
        st.caption(_("No activity is known yet."))
    for row in does:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = f"{plain(sbi_name(row.edition, row.code) or '')} · {row.code} · {_edition(row.edition)}"
            st.markdown(words, width="content")
            if may_change and st.button(_("Remove"), key=f"activity_{row.id}", type="tertiary"):
                _remove(actor, row.id)
    if may_change:
        dialog_button(
            _("Add an activity"),
            _("New activity"),
            lambda: _choose_activity(actor, employer.id),
            "add_activity",
            icon=":material/add:",
        )


def _choose_activity(actor: Actor, employer_id: int) -> None:
    edition = st.segmented_control(
        _("Edition of the SBI"),
        list(SbiEdition),
        default=SbiEdition.SBI_2008,
        format_func=lambda one: one.value,
        required=True,
        key="sbi_edition",
    )
    typed = st.text_input(
        _("Search by a word or a code"), key="sbi_search", live=True, type="search", placeholder="81.21"
    )
    found = {one.code: one.name for one in find_sbi_codes(typed, edition)}
    if typed and not found:
        st.caption(_("Nothing found. Try another word, or the first two digits of the code."))
    chosen = st.pills(
        _("Activity"),
        list(found),
        format_func=lambda code: f"{code} {found[code]}",
        key=f"sbi_choice_{edition}_{typed}",
    )
    if st.button(_("Save"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        command = AddActivity(employer_id=employer_id, edition=edition, code=chosen)
        _done(attempt(actor, add_activity, lambda: command, LABELS))


def _remove(actor: Actor, activity_id: int) -> None:
    command = RemoveActivity(activity_id=activity_id)
    _done(attempt(actor, remove_activity, lambda: command, LABELS))


def _show_where(where: Whereabouts) -> None:
    st.subheader(_("Municipality and region"), anchor=False)
    municipality = place_line(where.municipality, where.municipality_code) or "–"
    st.table(
        {
            _("Municipality"): municipality,
            _("Labour-market region"): place_line(where.region, where.region_code),
        },
        border="horizontal",
        width="content",
        alt=_("Municipality and region"),
    )


def _edition(edition: SbiEdition) -> str:
    return _("SBI {year}", year=edition.value)


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
