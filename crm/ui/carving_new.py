"""The form that opens an opportunity for job carving without a visit."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import found_employer
from crm.jobcarving.actions import OpenCase, open_case
from crm.ui import shell
from crm.ui.employers import choice_words, pick_employer
from crm.ui.forms import attempt, flash
from crm.ui.words import _

LABELS = {
    "employer_id": N_("Employer"),
    "department": N_("Department"),
    "signal": N_("What was seen or heard"),
}
_STATE = "new_case"


@dataclass
class NewCase:
    """A form that opens one case, however often its button is tapped."""

    case_id: int | None = None


def new_case(actor: Actor) -> None:
    """Ask for employer, department and signal, and open the case."""
    form: NewCase = st.session_state.setdefault(_STATE, NewCase())
    if form.case_id is not None:
        del st.session_state[_STATE]
        shell.go("staff/case.py", id=form.case_id)
    employer_id = employer_asked(actor, "case_employer")
    if employer_id is None:
        return
    department = st.text_input(
        _("Department"), max_chars=120, placeholder=_("for example kitchen, warehouse")
    )
    signal = st.text_area(
        _("What was seen or heard"),
        max_chars=1000,
        placeholder=_("Work that is left undone, overtime, specialists who do simple tasks…"),
    )
    if not st.button(_("Log the opportunity"), type="primary", width="stretch", shortcut="Ctrl+S"):
        return
    form.case_id = attempt(
        actor,
        open_case,
        lambda: OpenCase(employer_id=employer_id, department=department, signal=signal),
        LABELS,
    )
    if form.case_id is not None:
        flash(_("The opportunity is logged."))
        st.rerun()


def employer_asked(actor: Actor, key: str) -> int | None:
    """Return the employer in the address, or ask for one; raises `NotFound` for one that is not yours."""
    if "employer" not in st.query_params:
        return pick_employer(actor, _("Which employer?"), key)
    with reading(actor) as work:
        employer = found_employer(work, shell.asked_id("employer"))
    st.markdown(f"**{choice_words(employer)}**")
    return employer.id
