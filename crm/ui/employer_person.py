"""What is done less often with a contact person: wishes, another employer, and two that are one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.employers.actions.one_person import MergePersons, PartPersons, merge_persons, part_persons
from crm.employers.actions.wishes import MovePerson, NoteWish, move_person, note_wish
from crm.employers.queries import EmployerView, PersonRow
from crm.employers.queries.people import MergeRow
from crm.employers.rules import Consent
from crm.ui.dialogs import close_dialog
from crm.ui.employers import pick_employer, place_line
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, plain

LABELS = {"employer_id": N_("Employer"), "gone_id": N_("Same person as"), "reason": N_("Why")}
WISHES = {
    Consent.NOT_ASKED: N_("We did not ask yet"),
    Consent.GIVEN: N_("Agrees to mail from us"),
    Consent.REFUSED: N_("Wants no mail from us"),
}


def show_more(
    actor: Actor, employer: EmployerView, person: PersonRow, everybody: Sequence[PersonRow]
) -> None:
    """Show what can be done with somebody beside changing their details."""
    _wish_form(actor, person)
    with st.expander(_("Works for another employer now")):
        _move(actor, employer, person)
    others = {one.id: one for one in everybody if one.id != person.id}
    if others:
        with st.expander(_("Is the same person as somebody else here")):
            _merge(actor, person, others)


def show_merges(actor: Actor, merged: Sequence[MergeRow], may_change: bool) -> None:
    """Show which persons became one, each with the way back."""
    with st.expander(_("Made one person")):
        for row in merged:
            with st.container(horizontal=True, vertical_alignment="center"):
                words = _(
                    "{gone} became one with {kept} on {day}",
                    gone=plain(row.gone),
                    kept=plain(row.kept),
                    day=day(row.merged_on),
                )
                st.markdown(words, width="content")
                if may_change and st.button(_("Take apart again"), key=f"apart_{row.id}", type="tertiary"):
                    asked = {"merge_id": row.id, "version": row.version}
                    _done(attempt(actor, part_persons, partial(PartPersons, **asked), LABELS))


def _wish_form(actor: Actor, person: PersonRow) -> None:
    with st.form("wish", border=False):
        consent = st.radio(
            _("Mail"),
            list(Consent),
            list(Consent).index(person.consent),
            format_func=lambda wish: _(WISHES[wish]),
        )
        alone = st.toggle(_("Do not contact this person"), person.do_not_contact)
        reason = st.text_input(_("Why"), person.alone_because or "", max_chars=200)
        st.caption(_("Colleagues see this before they call. We send no mail and export no address."))
        pressed = st.form_submit_button(_("Save"), type="primary")
    if pressed:
        close_dialog()
        given = {"consent": consent, "do_not_contact": alone, "reason": reason}
        _done(attempt(actor, note_wish, lambda: NoteWish(contact_person_id=person.id, **given), LABELS))


def _move(actor: Actor, employer: EmployerView, person: PersonRow) -> None:
    st.caption(_("Here this person stays as somebody who left, with what you discussed."))
    chosen = pick_employer(actor, _("New employer"), f"move_{person.id}", without=(employer.id,))
    if st.button(_("Move"), disabled=chosen is None) and chosen is not None:
        close_dialog()
        command = MovePerson(contact_person_id=person.id, version=person.version, employer_id=chosen)
        _done(attempt(actor, move_person, lambda: command, LABELS))


def _merge(actor: Actor, person: PersonRow, others: dict[int, PersonRow]) -> None:
    chosen = st.selectbox(
        _("Same person as"),
        list(others),
        None,
        lambda one: place_line(others[one].name, others[one].job_title, others[one].email),
        placeholder=_("Choose a person"),
    )
    st.caption(
        _(
            "{name} stays, with the talks, addresses and wishes of both. You can take them apart again.",
            name=plain(person.name),
        )
    )
    if st.button(_("Make one person"), disabled=chosen is None) and chosen is not None:
        close_dialog()
        command = MergePersons(
            kept_id=person.id,
            kept_version=person.version,
            gone_id=chosen,
            gone_version=others[chosen].version,
        )
        _done(attempt(actor, merge_persons, lambda: command, LABELS))


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
