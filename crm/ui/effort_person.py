"""Whose time an effort is: a surname and a date of birth that are asked, turned into a code and not kept."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.work import reading
from crm.sroi.queries.persons import knows_person
from crm.ui.dates import ask_day
from crm.ui.words import _


def ask_person(actor: Actor, effort_id: int | None, key: str) -> None:
    """Ask whose time it is; of an effort whose person is known already only to replace them.

    What is typed stands in its own fields alone, and in no draft; read it with `told_person`.
    """
    if effort_id is not None and _is_known(actor, effort_id):
        st.markdown(f":material/how_to_reg: {_('It is known who this is. You need not fill in anything.')}")
        if not st.checkbox(_("It is somebody else"), key=f"{key}_replace"):
            return
    left, right = st.columns(2)
    left.text_input(_("Surname of the person"), key=f"{key}_surname", max_chars=120, autocomplete="off")
    ask_day(_("Date of birth"), None, key=f"{key}_born", place=right)
    st.caption(
        _(
            "You may leave this empty. We keep no name and no date of birth: only a code with which we see "
            "whether somebody is counted twice."
        )
    )


def told_person(key: str) -> dict[str, Any]:
    """Return who was filled in, as the fields of a command; of a pair that is not on screen nothing."""
    surname = st.session_state.get(f"{key}_surname")
    return {"surname": surname or None, "birth_date": st.session_state.get(f"{key}_born")}


def _is_known(actor: Actor, effort_id: int) -> bool:
    with reading(actor) as work:
        return knows_person(work, effort_id)
