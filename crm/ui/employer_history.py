"""What was changed at an employer, field by field, with who and when."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.history import Change, FieldChange
from crm.core.work import reading
from crm.employers.queries import employer_history
from crm.ui.audit_words import ACTIONS, TABLES, field_word, said
from crm.ui.words import _, moment, plain

AT_ONCE = 15


def show(actor: Actor, employer_id: int) -> None:
    """Show the last changes, newest first, and older ones on request."""
    st.subheader(_("Changes"), anchor=False)
    limit = st.session_state.setdefault(f"changes_{employer_id}", AT_ONCE)
    with reading(actor) as work:
        found = employer_history(work, employer_id, limit + 1)
    rows = [_row(change) for change in found[:limit]]
    st.table(
        pd.DataFrame(rows, columns=[_("When"), _("Who"), _("What")]),
        border="horizontal",
        hide_index=True,
        alt=_("Changes of this employer, newest first"),
    )
    if len(found) > limit and st.button(_("Show older"), key="older_changes"):
        st.session_state[f"changes_{employer_id}"] = limit + AT_ONCE
        st.rerun()


def _row(change: Change) -> tuple[str, str, str]:
    what = f"{_(TABLES[change.object_type])} {_(ACTIONS[change.action])}"
    fields = [_field(field, change.action) for field in change.fields if field.field != "employer_id"]
    return moment(change.at), plain(change.who), " · ".join([what, *filter(None, fields)])


def _field(field: FieldChange, action: str) -> str:
    name, after = field_word(field.field), plain(said(field.field, field.after))
    if action == "insert":
        return f"{name} {after}" if field.field in {"name", "number", "kvk_number"} else ""
    return f"{name}: {plain(said(field.field, field.before))} → {after}"
