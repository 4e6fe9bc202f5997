"""Lines that look like an employer we have: the file beside the card, and three answers."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange.actions import AnswerLikeness, answer_likeness
from crm.exchange.queries import RunRow
from crm.exchange.queries.mappings import Question, count_questions, questions
from crm.exchange.rules.plans import LEAVE_OUT, NEW
from crm.ui import shell
from crm.ui.forms import attempt
from crm.ui.words import _, n_, plain

SHOWN = ("name", "kvk_number", "street", "postcode", "city")
LABELS = {
    "name": N_("Name"),
    "kvk_number": N_("KvK number"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "city": N_("Place"),
}


def show_questions(actor: Actor, run: RunRow) -> None:
    """Show the lines that wait for an answer, a few at a time."""
    with reading(actor) as work:
        waiting = count_questions(work, run.id)
        found = questions(work, run.id) if waiting else []
    if not found:
        return
    st.subheader(_("The same employer?"), anchor=False)
    st.caption(
        n_(
            "{count} line looks like an employer that is here under another number.",
            "{count} lines look like employers that are here under another number.",
            waiting,
        )
    )
    for question in found:
        _show(actor, run, question)


def _show(actor: Actor, run: RunRow, question: Question) -> None:
    with st.container(border=True, key=f"question_{question.place}"):
        with st.grid(2, gap="small", min_column_width=240):
            with st.container(gap="xsmall"):
                st.markdown(f"**{_('Line {number} of the file', number=question.place)}**")
                st.markdown(_facts(question.told, question.kept))
            with st.container(gap="xsmall"):
                shell.link("staff/employer.py", f"**{_('Here already')}**", id=question.employer_id)
                st.markdown(_facts(question.kept, question.told))
        with st.container(horizontal=True):
            same = _("Same: update it")
            _answer(actor, run, question, question.employer_id, same, ":material/join_inner:")
            _answer(actor, run, question, NEW, _("Another one: add it"), ":material/add:")
            _answer(actor, run, question, LEAVE_OUT, _("Leave out"), ":material/block:")


def _facts(one: dict[str, str], other: dict[str, str]) -> str:
    """Return the facts of one side, those that differ from the other in bold."""
    lines = []
    for name in SHOWN:
        value = plain(one.get(name) or "–")
        marked = value if one.get(name) == other.get(name) else f"**{value}**"
        lines.append(f":gray[{_(LABELS[name])}] {marked}")
    return "  \n".join(lines)


def _answer(actor: Actor, run: RunRow, question: Question, answer: int, label: str, icon: str) -> None:
    if not st.button(label, icon=icon, key=f"answer_{question.place}_{answer}"):
        return
    command = AnswerLikeness(run_id=run.id, place=question.place, answer=answer)
    if attempt(actor, answer_likeness, lambda: command) is not None:
        st.rerun()
