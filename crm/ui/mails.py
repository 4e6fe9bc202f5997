"""Bringing a mail into the file of an employer: read it, match its people, confirm, keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.ui import forms, shell
from crm.ui.dates import ask_day
from crm.ui.employers import pick_employer
from crm.ui.visits_form import LABELS
from crm.ui.words import _, plain
from crm.visits.actions.mails import GivenFile, KeepMail, keep_mail
from crm.visits.mails import MAX_BYTES, Mail, read_mail
from crm.visits.queries import people_at, visit_start
from crm.visits.queries.mails import KnownPerson, people_by_address

MOST_MB = MAX_BYTES // 1024**2


def bring_in(actor: Actor, employer_id: int | None) -> None:
    """Ask for a mail, propose the employer and the people it is from, and keep it once confirmed."""
    st.write(_("Save the mail as a file (.eml) in your mail program, and choose it here."))
    given = st.file_uploader(_("The mail"), type=["eml"], key="mail_file", max_upload_size=MOST_MB)
    if given is None:
        return
    try:
        mail = read_mail(given.getvalue())
    except Invalid as fault:
        forms.show_fault(fault)
        return
    propose(actor, mail, given.file_id, employer_id)


def propose(
    actor: Actor, mail: Mail, name: str, employer_id: int | None, waiting_id: int | None = None
) -> None:
    """Propose the employer and the people of a mail, and keep it once confirmed."""
    with reading(actor) as work:
        known = people_by_address(work, sorted(mail.people))
    if employer_id is None:
        employer_id = _choose_employer(actor, known)
    if employer_id is not None:
        _confirm(actor, mail, employer_id, known, name, waiting_id)


def _choose_employer(actor: Actor, known: Sequence[KnownPerson]) -> int | None:
    employers = {person.employer_id: person.employer for person in known}
    if not employers:
        st.warning(_("Nobody in this mail is known here. Choose the employer that it belongs to."))
        return pick_employer(actor, _("Which employer?"), "mail_employer")
    return st.selectbox(_("Which employer?"), list(employers), format_func=employers.__getitem__)


def _confirm(
    actor: Actor,
    mail: Mail,
    employer_id: int,
    known: Sequence[KnownPerson],
    name: str,
    waiting_id: int | None,
) -> None:
    with reading(actor) as work:
        start = visit_start(work, employer_id)
        people = people_at(work, employer_id)
    there = [person.id for person in known if person.employer_id == employer_id]
    st.header(plain(start.name), anchor=False)
    strangers = [] if known else sorted(mail.people)
    with st.form(f"mail_{name}_{employer_id}", border=False):
        held_on = ask_day(_("Date"), mail.sent_on, width=180)
        chosen = st.pills(
            _("With whom"),
            list(people),
            selection_mode="multi",
            default=[one for one in there if one in people],
            format_func=lambda one: plain(people[one]),
        )
        if strangers:
            told = plain(", ".join(strangers))
            st.caption(_("None of these addresses is known here: {addresses}", addresses=told))
        text = st.text_area(
            _("What was said"), f"{mail.subject}\n\n{mail.text}".strip(), height=260, max_chars=8000
        )
        kept = _ask_files(mail)
        step = _ask_step(actor)
        pressed = st.form_submit_button(_("Keep the mail"), type="primary", width="stretch")
    if pressed:
        step |= {"waiting_id": waiting_id}
        _keep(actor, employer_id, held_on, tuple(chosen), text, kept, step)


def _ask_files(mail: Mail) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for place, one in enumerate(mail.files):
        if one.fault:
            st.warning(f"{plain(one.name)}: {_(one.fault)}")
        elif st.checkbox(_("Keep {name}", name=plain(one.name)), True, key=f"mail_part_{place}"):
            kept.append({"name": one.name, "content": one.content})
    return kept


def _ask_step(actor: Actor) -> dict[str, Any]:
    action = st.text_input(_("What happens next"), max_chars=200)
    due_on = ask_day(_("On which day"), clock.today() + timedelta(days=7), width=180)
    reason = st.text_input(_("Or why nothing happens next"), max_chars=400)
    if not action.strip():
        return {"no_action_reason": reason}
    owner = {"next_owner_id": actor.user_id, "next_due_on": due_on}
    return {"next_action": action, "no_action_reason": reason, **owner}


def _keep(
    actor: Actor,
    employer_id: int,
    held_on: Any,
    people: tuple[int, ...],
    text: str,
    kept: Sequence[dict[str, Any]],
    step: dict[str, Any],
) -> None:
    made = forms.attempt(
        actor,
        keep_mail,
        lambda: KeepMail(
            employer_id=employer_id,
            held_on=held_on,
            people=people,
            summary=text,
            attachments=tuple(GivenFile(**one) for one in kept),
            **step,
        ),
        LABELS,
    )
    if made is not None:
        shell.go("staff/visit.py", saved=made)
