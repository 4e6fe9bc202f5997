"""The establishments of an employer: shown, added and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions, queries
from crm.employers.queries import EmployerView, EstablishmentRow
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import place_line
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, plain

LABELS = {
    "number": N_("Establishment number"),
    "name": N_("Name"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "city": N_("Place"),
    "municipality_id": N_("Municipality"),
    "ceased_on": N_("Closed on"),
}


def show(actor: Actor, employer: EmployerView, may_change: bool) -> None:
    """Show where the employer works."""
    st.subheader(_("Establishments"), anchor=False)
    with reading(actor) as work:
        found = queries.establishments(work, employer.id)
    if not found:
        st.caption(_("No establishments are known."))
    for place in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_words(place), width="content")
            if may_change:
                _change_button(actor, employer, place)
    if may_change:
        dialog_button(
            _("Add an establishment"),
            _("New establishment"),
            lambda: _form(actor, employer.id, None),
            "add_place",
            icon=":material/add:",
        )


def _change_button(actor: Actor, employer: EmployerView, place: EstablishmentRow) -> None:
    dialog_button(
        _("Change"),
        _("Change this establishment"),
        lambda: _form(actor, employer.id, place),
        f"place_{place.id}",
        kind="tertiary",
    )


def _words(place: EstablishmentRow) -> str:
    closed = _("closed on {day}", day=day(place.ceased_on)) if place.ceased_on else None
    return f"**{plain(place.name)}** · " + place_line(place.number, place.street, place.city, closed)


def _form(actor: Actor, employer_id: int, place: EstablishmentRow | None) -> None:
    with reading(actor) as work:
        municipalities = queries.municipalities(work)
    with st.form("place", border=False):
        given = _asked(place, municipalities)
        ceased_on = _closed(place) if place else None
        pressed = st.form_submit_button(_("Save"), type="primary")
    if not pressed:
        return
    close_dialog()
    if place is None:
        saved = attempt(
            actor,
            actions.add_establishment,
            lambda: actions.AddEstablishment(employer_id=employer_id, **given),
            LABELS,
        )
    else:
        saved = attempt(
            actor,
            actions.edit_establishment,
            lambda: actions.EditEstablishment(
                establishment_id=place.id, version=place.version, ceased_on=ceased_on, **given
            ),
            LABELS,
        )
    if saved is not None:
        flash(_("Saved."))
        st.rerun()


def _asked(place: EstablishmentRow | None, municipalities: Mapping[int, str]) -> dict[str, Any]:
    chosen = place.municipality_id if place else None
    options = list(municipalities)
    return {
        "number": st.text_input(_("Establishment number"), place.number if place else ""),
        "name": st.text_input(_("Name"), place.name if place else ""),
        "street": st.text_input(_("Street and number"), (place.street if place else None) or ""),
        "postcode": st.text_input(_("Postcode"), (place.postcode if place else None) or ""),
        "city": st.text_input(_("Place"), (place.city if place else None) or ""),
        "municipality_id": st.selectbox(
            _("Municipality"),
            options,
            options.index(chosen) if chosen in options else None,
            municipalities.__getitem__,
            placeholder=_("Choose a municipality"),
        ),
    }


def _closed(place: EstablishmentRow) -> date | None:
    return ask_day(_("Closed on"), place.ceased_on)
