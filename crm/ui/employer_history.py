"""What was changed at an employer, field by field, with who and when."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.history import Change, FieldChange
from crm.core.work import reading
from crm.employers import queries
from crm.employers.rules import Segment, TeamRole
from crm.ui.audit_tables import TABLES
from crm.ui.audit_words import ACTIONS, field_word, said
from crm.ui.employers import part_word, segment_word
from crm.ui.words import _, moment, plain

AT_ONCE = 15
TOLD_WHEN_NEW = frozenset({"name", "number", "kvk_number", "user_id", "team_role"})
# What follows from contact moments and from the account team is told there.
FOLLOWS = frozenset({"employer_id", "holder_id", "last_contact_on"})

Known = Mapping[str, Mapping[int, str]]


def show(actor: Actor, employer_id: int) -> None:
    """Show the last changes, newest first, and older ones on request."""
    st.subheader(_("Changes"), anchor=False)
    limit = st.session_state.setdefault(f"changes_{employer_id}", AT_ONCE)
    with reading(actor) as work:
        found = queries.employer_history(work, employer_id, limit + 1)
        names = queries.colleagues_named(work, found)
        municipalities = queries.municipalities(work)
    known = {"user_id": names, "municipality_id": municipalities}
    rows = [row for change in found[:limit] if (row := _row(change, known))]
    st.table(
        pd.DataFrame(rows, columns=[_("When"), _("Who"), _("What")]),
        border="horizontal",
        hide_index=True,
        alt=_("Changes of this employer, newest first"),
    )
    if len(found) > limit and st.button(_("Show older"), key="older_changes"):
        st.session_state[f"changes_{employer_id}"] = limit + AT_ONCE
        st.rerun()


def _row(change: Change, known: Known) -> tuple[str, str, str] | None:
    what = f"{_(TABLES[change.object_type])} {_(ACTIONS[change.action])}"
    shown = TOLD_WHEN_NEW if change.action == "insert" else {field.field for field in change.fields} - FOLLOWS
    fields = [_field(field, change.action, known) for field in change.fields if field.field in shown]
    if change.action == "update" and not fields:
        return None
    return moment(change.at), plain(change.who), " · ".join([what, *fields])


def _field(field: FieldChange, action: str, known: Known) -> str:
    name = _("SBI code") if field.field == "sbi_code" else field_word(field.field)
    after = _value(field.field, field.after, known)
    if action == "insert":
        return f"{name}: {after}"
    return f"{name}: {_value(field.field, field.before, known)} → {after}"


def _value(field: str, value: object, known: Known) -> str:
    if isinstance(value, int) and field in known:
        return plain(known[field].get(value, "–"))
    if field == "segment" and isinstance(value, str):
        return segment_word(Segment(value))
    if field == "team_role" and isinstance(value, str):
        return part_word(TeamRole(value))
    return plain(said(field, value))
