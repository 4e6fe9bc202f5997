"""The people we speak with at an employer: shown, added, changed, gone and back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions
from crm.employers.queries import EmployerView, PersonRow, people
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import place_line
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

LABELS = {
    "name": N_("Name"),
    "job_title": N_("Job title"),
    "email": N_("E-mail address"),
    "phone": N_("Phone number"),
    "active": N_("Active"),
}


def show(actor: Actor, employer: EmployerView) -> None:
    """Show the contact persons, those who left apart."""
    may_change = actor.may(Permission.VISIT_LOG)
    if may_change:
        dialog_button(
            _("Add a person"),
            _("New contact person"),
            lambda: _form(actor, employer.id, None),
            "add_person",
            icon=":material/person_add:",
        )
    with reading(actor) as work:
        found = people(work, employer.id)
    if not found:
        st.info(_("We know nobody here yet. Add the person you speak with."))
    for person in found:
        if person.active:
            _show_person(actor, employer, person, may_change)
    if gone := [person for person in found if not person.active]:
        with st.expander(_("No longer there")):
            for person in gone:
                _show_person(actor, employer, person, may_change)


def _show_person(actor: Actor, employer: EmployerView, person: PersonRow, may_change: bool) -> None:
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute"):
        with st.container(gap="xxsmall", width="content"):
            st.markdown(f"**{plain(person.name)}**")
            if about := place_line(person.job_title, person.phone, person.email):
                st.markdown(about)
        if may_change:
            with st.container(horizontal=True, width="content"):
                _show_buttons(actor, employer, person)


def _show_buttons(actor: Actor, employer: EmployerView, person: PersonRow) -> None:
    asked = {"contact_person_id": person.id, "version": person.version}
    if person.active:
        dialog_button(
            _("Change"),
            _("Change this person"),
            lambda: _form(actor, employer.id, person),
            f"change_{person.id}",
            kind="tertiary",
        )
        if st.button(_("Has left"), key=f"left_{person.id}", type="tertiary"):
            _done(
                attempt(
                    actor, actions.contact_person_left, lambda: actions.ContactPersonLeft(**asked), LABELS
                )
            )
    elif st.button(_("Is back"), key=f"back_{person.id}", type="tertiary"):
        _done(
            attempt(
                actor, actions.contact_person_returned, lambda: actions.ContactPersonReturned(**asked), LABELS
            )
        )


def _form(actor: Actor, employer_id: int, person: PersonRow | None) -> None:
    with st.form("person", border=False):
        given = _asked(person)
        pressed = st.form_submit_button(_("Save"), type="primary")
    if not pressed:
        return
    close_dialog()
    if person is None:
        saved = attempt(
            actor,
            actions.add_contact_person,
            lambda: actions.AddContactPerson(employer_id=employer_id, **given),
            LABELS,
        )
    else:
        saved = attempt(
            actor,
            actions.edit_contact_person,
            lambda: actions.EditContactPerson(contact_person_id=person.id, version=person.version, **given),
            LABELS,
        )
    _done(saved)


def _asked(person: PersonRow | None) -> dict[str, Any]:
    return {
        "name": st.text_input(_("Name"), person.name if person else ""),
        "job_title": st.text_input(_("Job title"), (person.job_title if person else None) or ""),
        "email": st.text_input(_("E-mail address"), (person.email if person else None) or ""),
        "phone": st.text_input(_("Phone number"), (person.phone if person else None) or ""),
    }


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
