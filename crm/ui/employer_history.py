"""What was changed at an employer, field by field, with who and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.history import Change, FieldChange
from crm.core.work import reading
from crm.employers import queries
from crm.employers.actions.archive import EDITED, PutBack, put_back
from crm.employers.rules import Segment, TeamRole
from crm.ui.audit_tables import TABLES
from crm.ui.audit_words import ACTIONS, field_word, said
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import part_word, segment_word
from crm.ui.forms import attempt, flash
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
    former = _former_values(found[:limit], known)
    if former and actor.may(Permission.EMPLOYER_EDIT):
        dialog_button(
            _("Put a value back"),
            _("Put a value back"),
            lambda: _choose_former(actor, former),
            "put_back",
            icon=":material/history:",
        )


def _former_values(found: Sequence[Change], known: Known) -> dict[tuple[int, str], str]:
    """Return which former values can be put back, in words: of which field, and until when it held."""
    return {
        (change.id, field.field): _former_words(change, field, known)
        for change in found
        if change.action == "update" and change.object_type in EDITED
        for field in change.fields
        if field.field in EDITED[change.object_type][2].model_fields and field.field not in FOLLOWS
    }


def _former_words(change: Change, field: FieldChange, known: Known) -> str:
    return _(
        "{table}, {field}: {value} (until {moment})",
        table=_(TABLES[change.object_type]),
        field=_name(field),
        value=_value(field.field, field.before, known),
        moment=moment(change.at),
    )


def _choose_former(actor: Actor, former: Mapping[tuple[int, str], str]) -> None:
    chosen = st.selectbox(
        _("Former value"), list(former), None, former.__getitem__, placeholder=_("Choose a field and value")
    )
    st.caption(_("Only this field changes. What it holds now stays in the history."))
    if st.button(_("Put this value back"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        change_id, field = chosen
        if attempt(actor, put_back, lambda: PutBack(change_id=change_id, field=field)) is not None:
            flash(_("Saved."))
            st.rerun()


def _row(change: Change, known: Known) -> tuple[str, str, str] | None:
    what = f"{_(TABLES[change.object_type])} {_(ACTIONS[change.action])}"
    shown = TOLD_WHEN_NEW if change.action == "insert" else {field.field for field in change.fields} - FOLLOWS
    fields = [_field(field, change.action, known) for field in change.fields if field.field in shown]
    if change.action == "update" and not fields:
        return None
    return moment(change.at), plain(change.who), " · ".join([what, *fields])


def _field(field: FieldChange, action: str, known: Known) -> str:
    name = _name(field)
    after = _value(field.field, field.after, known)
    if action == "insert":
        return f"{name}: {after}"
    return f"{name}: {_value(field.field, field.before, known)} → {after}"


def _name(field: FieldChange) -> str:
    return _("SBI code") if field.field == "sbi_code" else field_word(field.field)


def _value(field: str, value: object, known: Known) -> str:
    if isinstance(value, int) and field in known:
        return plain(known[field].get(value, "–"))
    if field == "segment" and isinstance(value, str):
        return segment_word(Segment(value))
    if field == "team_role" and isinstance(value, str):
        return part_word(TeamRole(value))
    return plain(said(field, value))
