"""Letters about a contract: what was made, and making one after reading its text."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.errors import Invalid
from crm.core.i18n import LANGUAGES
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.commands import MakeLetter
from crm.sroi.documents.letters import KINDS, Letter, kinds_for, letter_inputs
from crm.sroi.life_commands import MakeReminder
from crm.sroi.queries import ContractPage
from crm.sroi.queries.letters import LetterRow, letter_about, letters_of
from crm.sroi.queries.life import Reminder
from crm.sroi.reminding import paragraph as paragraph_of
from crm.sroi.standing import CONFIRMED
from crm.sroi.states import LetterKind
from crm.ui import reminders, shell
from crm.ui.forms import attempt, flash
from crm.ui.tables import show_table
from crm.ui.words import _, moment, plain


def show(actor: Actor, contract: ContractPage, reminder: Reminder | None = None) -> None:
    """Show the letters of a contract, and let an officer make one; only a reminder can be mailed from here.

    The letter of a `reminder` that is due stands ready, and notes it when it is made.
    """
    number = contract.row.id
    if contract.row.state in CONFIRMED:
        shell.link("staff/settle.py", _("To the settlement"), icon=":material/receipt_long:", id=number)
    with reading(actor) as work:
        made = letters_of(work, number)
        about = letter_about(work, number, LetterKind.WELCOME, "nl", page=contract)
    kinds = kinds_for(contract, about.paper) if actor.may(Permission.CONTRACT_EDIT) else []
    _list(made, can_make=bool(kinds))
    if kinds:
        fits = reminder is not None and reminders.kind_of(reminder) in kinds
        _make(actor, about, kinds, reminder if fits else None)


def _list(made: list[LetterRow], *, can_make: bool) -> None:
    if not made and can_make:
        st.info(_("No letter was made yet. Choose one below and read it first; you send it yourself."))
    elif not made:
        st.info(_("No letter was made yet."))
    if not made:
        return
    frame = pd.DataFrame(
        [
            (
                f"[{_(KINDS[row.kind])}](/letters/{row.id}.pdf)",
                LANGUAGES[row.language],
                f"{moment(row.made_at)} · {plain(row.made_by)}",
            )
            for row in made
        ],
        columns=[_("Letter (PDF)"), _("Language"), _("Made")],
    )
    show_table(frame, _("Letters that were made"))


def _make(actor: Actor, about: Letter, kinds: list[LetterKind], reminder: Reminder | None) -> None:
    number = about.page.row.id
    with st.container(border=True):
        st.subheader(_("Make a letter"), anchor=False)
        first = kinds.index(reminders.kind_of(reminder)) if reminder else 0
        kind = st.selectbox(_("Letter"), kinds, first, lambda one: _(KINDS[one]), key=f"letter_kind_{number}")
        language = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            default="nl",
            required=True,
            key=f"letter_language_{number}",
        )
        step = reminders.ask(reminder) if reminder and kind is reminders.kind_of(reminder) else None
        paragraph = st.text_area(
            _("Add a paragraph (not required)"),
            paragraph_of(step, language) if step else "",
            key=f"letter_own_{number}" + (f"_{step.step.code}_{language}" if step else ""),
            max_chars=1500,
        )
        _preview(Letter(about.page, kind, language, about.today, about.paper, about.code, paragraph))
        by_mail = step is not None and reminders.ask_mail(actor, about.page, kind)
        sent = st.button(_("Make this letter"), type="primary", key=f"make_letter_{number}")
    if sent:
        told = {"contract_id": number, "kind": kind, "language": language, "paragraph": paragraph}
        _made(actor, told, step, by_mail=by_mail)


def _made(actor: Actor, told: dict[str, Any], step: Reminder | None, *, by_mail: bool) -> None:
    labels = {"paragraph": "Add a paragraph (not required)", "by_mail": "Mail"}
    if step is None:
        made = attempt(actor, actions.make_letter, lambda: MakeLetter(**told), labels)
    else:
        noted = reminders.noted(told["contract_id"], step)
        made = attempt(
            actor,
            actions.make_reminder,
            lambda: MakeReminder(step=noted, letter=MakeLetter(**told), by_mail=by_mail),
            labels,
        )
    if made is not None:
        flash(reminders.send(made) if by_mail else _said(step))
        st.rerun()


def _said(step: Reminder | None) -> str:
    if step is None:
        return _("The letter is made. Download it and send it yourself.")
    return _("The letter is made, and the reminder is noted. Download it and send it yourself.")


def _preview(letter: Letter) -> None:
    try:
        inputs = letter_inputs(letter)
    except Invalid:
        return
    with st.container(border=True):
        st.markdown(f"**{plain(inputs['subject'])}**")
        for paragraph in inputs["paragraphs"]:
            st.markdown(plain(paragraph))
