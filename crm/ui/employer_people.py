"""The people we speak with at an employer: who they are, how to reach them, and whether they want that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions
from crm.employers.queries import EmployerView, PersonRow, people
from crm.employers.queries.people import merges_at
from crm.employers.rules import Consent, ContactRole
from crm.ui import employer_person
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import place_line
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

LABELS = {
    "name": N_("Name"),
    "job_title": N_("Job title"),
    "email": N_("E-mail address"),
    "phone": N_("Phone number"),
    "more_emails": N_("Further e-mail addresses"),
    "more_phones": N_("Further phone numbers"),
    "active": N_("Active"),
}
ROLES = {
    ContactRole.DECIDES: N_("decides"),
    ContactRole.STAFF_AFFAIRS: N_("staff and recruitment"),
    ContactRole.WORK_FLOOR: N_("leads the work floor"),
    ContactRole.COACH: N_("coaches people at work"),
    ContactRole.SROI: N_("social return"),
    ContactRole.PURCHASING: N_("purchasing and tenders"),
}
CONSENTS = {
    Consent.NOT_ASKED: N_("not asked yet"),
    Consent.GIVEN: N_("agrees to mail"),
    Consent.REFUSED: N_("no mail"),
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
        merged = merges_at(work, employer.id)
    if not found:
        st.info(_("We know nobody here yet. Add the person you speak with."))
    for person in found:
        if person.active:
            _show_person(actor, employer, person, found, may_change)
    if gone := [person for person in found if not person.active]:
        with st.expander(_("No longer there")):
            for person in gone:
                _show_person(actor, employer, person, found, may_change)
    if merged:
        employer_person.show_merges(actor, merged, may_change)


def role_word(role: ContactRole) -> str:
    """Return what somebody is to us, in a few words: `leads the work floor`."""
    return _(ROLES[role])


def _show_person(
    actor: Actor,
    employer: EmployerView,
    person: PersonRow,
    everybody: Sequence[PersonRow],
    may_change: bool,
) -> None:
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute"):
        with st.container(gap="xxsmall", width="content"):
            st.markdown(_name_line(person))
            roles = ", ".join(role_word(role) for role in person.roles)
            if about := place_line(person.job_title, roles):
                st.markdown(about)
            if ways := _ways(person):
                st.markdown(ways)
            if whereabouts := _whereabouts(person):
                st.caption(whereabouts)
        if may_change:
            with st.container(horizontal=True, width="content"):
                _show_buttons(actor, employer, person, everybody)


def _name_line(person: PersonRow) -> str:
    name = f"**{plain(person.name)}**"
    if person.do_not_contact:
        return f"{name} :red-badge[:material/do_not_disturb_on: {_('do not contact')}]"
    if person.consent is Consent.NOT_ASKED:
        return name
    icon, colour = (
        (":material/unsubscribe:", "orange")
        if person.consent is Consent.REFUSED
        else (
            ":material/mark_email_read:",
            "green",
        )
    )
    return f"{name} :{colour}-badge[{icon} {_(CONSENTS[person.consent])}]"


def _ways(person: PersonRow) -> str:
    """Return how to reach somebody; for who wants to be left alone, why not to."""
    if person.do_not_contact:
        why = plain(person.alone_because or "")
        return _("Wants to be left alone: {why}", why=why) if why else _("Wants to be left alone.")
    return place_line(person.phone, *person.more_phones, person.email, *person.more_emails)


def _whereabouts(person: PersonRow) -> str:
    told = [
        _("now works for {name}", name=plain(person.moved_to)) if person.moved_to else "",
        _("came from {name}", name=plain(person.came_from)) if person.came_from else "",
    ]
    return " · ".join(filter(None, told))


def _show_buttons(
    actor: Actor, employer: EmployerView, person: PersonRow, everybody: Sequence[PersonRow]
) -> None:
    asked = {"contact_person_id": person.id, "version": person.version}
    if person.active:
        dialog_button(
            _("Change"),
            _("Change this person"),
            partial(_form, actor, employer.id, person),
            f"change_{person.id}",
            kind="tertiary",
        )
        dialog_button(
            _("More"),
            plain(person.name),
            partial(employer_person.show_more, actor, employer, person, everybody),
            f"more_{person.id}",
            kind="tertiary",
        )
        if st.button(_("Has left"), key=f"left_{person.id}", type="tertiary"):
            command = actions.ContactPersonLeft(**asked)
            _done(attempt(actor, actions.contact_person_left, lambda: command, LABELS))
    elif st.button(_("Is back"), key=f"back_{person.id}", type="tertiary"):
        back = actions.ContactPersonReturned(**asked)
        _done(attempt(actor, actions.contact_person_returned, lambda: back, LABELS))


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
    given: dict[str, Any] = {
        "name": st.text_input(_("Name"), person.name if person else ""),
        "job_title": st.text_input(_("Job title"), (person.job_title if person else None) or ""),
    }
    given["roles"] = frozenset(
        st.pills(
            _("Part in the contact"),
            list(ContactRole),
            selection_mode="multi",
            default=person.roles if person else (),
            format_func=role_word,
        )
    )
    given["email"] = st.text_input(_("E-mail address"), (person.email if person else None) or "")
    given["phone"] = st.text_input(_("Phone number"), (person.phone if person else None) or "")
    with st.expander(_("More addresses and numbers"), expanded=bool(person and _has_more(person))):
        given["more_emails"] = _several(_("Further e-mail addresses"), person.more_emails if person else ())
        given["more_phones"] = _several(_("Further phone numbers"), person.more_phones if person else ())
    return given


def _has_more(person: PersonRow) -> bool:
    return bool(person.more_emails or person.more_phones)


def _several(label: str, known: Sequence[str]) -> tuple[str, ...]:
    typed = st.text_area(label, "\n".join(known), height=80, placeholder=_("One on each line"))
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
