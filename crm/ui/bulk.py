"""Changing all employers of a list at once: choose what, see what will change, and one way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.actions.bulk import ChangeMany, UndoMany, change_many, undo_many
from crm.employers.queries import EmployerFilter
from crm.employers.queries.bulk import BulkRow, LastBulk, names_of_colleagues, preview
from crm.employers.queries.details import colleagues_in
from crm.employers.queries.listing import employer_ids
from crm.employers.rules import Segment
from crm.employers.rules_bulk import MOST_AT_ONCE, BulkKind, as_tag
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import segment_word
from crm.ui.forms import attempt, flash
from crm.ui.words import _, n_, plain

KINDS = {
    BulkKind.HOLDER: N_("Account holder"),
    BulkKind.SEGMENT: N_("Segment"),
    BulkKind.TAG: N_("Put a tag on"),
    BulkKind.UNTAG: N_("Take a tag off"),
}
LABELS = {"value": N_("Becomes"), "employer_ids": N_("Employers")}
_LEFT, _MOST_NAMES = "bulk_left_alone", 20
UNDO_FOR = timedelta(days=1)


def show_button(actor: Actor, wanted: EmployerFilter, tags: Sequence[str]) -> None:
    """Show the way to change every employer of the list at once."""
    dialog_button(
        _("Change many"),
        _("Change many employers at once"),
        lambda: _ask(actor, wanted, tags),
        "bulk_open",
        icon=":material/checklist:",
    )


def say_left_alone() -> None:
    """Say once, after an undo, which employers somebody changed since."""
    if names := st.session_state.pop(_LEFT, None):
        st.warning(
            _("Changed since, and left alone: {names}.", names=plain(", ".join(names))),
            icon=":material/info:",
        )


def show_undo(actor: Actor, last: LastBulk) -> None:
    """Offer to undo the last change, as long as it is fresh."""
    if clock.now() - last.made_at > UNDO_FOR:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="bulk_undo"):
        words = n_(
            "You changed {count} employer: {what}.",
            "You changed {count} employers at once: {what}.",
            last.employers,
            what=_(KINDS[last.kind]).lower(),
        )
        st.caption(words, width="content")
        if st.button(_("Undo"), icon=":material/undo:", type="tertiary", key="bulk_undo_button"):
            command = UndoMany(bulk_id=last.id, version=last.version)
            done = attempt(actor, undo_many, lambda: command, LABELS)
            if done is not None:
                words = n_(
                    "{count} employer is as it was.", "{count} employers are as they were.", done.put_back
                )
                flash(words)
                st.session_state[_LEFT] = list(done.left[:_MOST_NAMES])
                st.rerun()


def _ask(actor: Actor, wanted: EmployerFilter, tags: Sequence[str]) -> None:
    kind = st.segmented_control(
        _("What changes?"), list(KINDS), format_func=lambda one: _(KINDS[one]), key="bulk_kind"
    )
    if kind is None:
        st.caption(_("It will be done for every employer that the list shows now, over all pages."))
        return
    with reading(actor) as work:
        colleagues = {
            str(user_id): name
            for region_id in sorted(actor.regions)
            for user_id, name in colleagues_in(work, region_id).items()
        }
        value = _ask_value(kind, colleagues, tags)
        if not value:
            return
        ids = employer_ids(work, wanted)[:MOST_AT_ONCE]
        rows = preview(work, kind, value, ids)
        names = names_of_colleagues(work) if kind is BulkKind.HOLDER else {}
    _show_preview(actor, kind, value, rows, names)


def _ask_value(kind: BulkKind, colleagues: Mapping[str, str], tags: Sequence[str]) -> str | None:
    match kind:
        case BulkKind.HOLDER:
            return st.selectbox(
                _("Becomes"),
                list(colleagues),
                None,
                colleagues.__getitem__,
                placeholder=_("Choose a colleague"),
            )
        case BulkKind.SEGMENT:
            chosen = st.selectbox(_("Becomes"), list(Segment), None, segment_word, placeholder=_("Choose"))
            return chosen.value if chosen else None
        case BulkKind.TAG:
            typed = st.selectbox(
                _("Tag"), tags, None, accept_new_options=True, placeholder=_("Choose or type a tag")
            )
        case BulkKind.UNTAG:
            typed = st.selectbox(_("Tag"), tags, None, placeholder=_("Choose"))
    return as_tag(typed)[:40] if typed else None


def _show_preview(
    actor: Actor, kind: BulkKind, value: str, rows: Sequence[BulkRow], names: Mapping[str, str]
) -> None:
    changing = [row for row in rows if row.changes]
    stay = len(rows) - len(changing)
    if not changing:
        st.info(_("All these employers have this already. There is nothing to change."))
        return
    st.caption(
        _("Take the tick away where it should stay as it is.")
        + (" " + n_("{count} has it already.", "{count} have it already.", stay) if stay else "")
    )
    chosen = st.data_editor(
        pd.DataFrame(
            [
                {
                    _("Change"): True,
                    _("Employer"): row.name,
                    _("Now"): _word(kind, row.before, names),
                    _("Becomes"): _word(kind, row.after, names),
                }
                for row in changing
            ]
        ),
        hide_index=True,
        disabled=[_("Employer"), _("Now"), _("Becomes")],
        column_config={_("Change"): st.column_config.CheckboxColumn(width="small")},
        height=320,
        key=f"bulk_rows_{kind}_{value}",
    )
    ids = tuple(row.id for row, ticked in zip(changing, chosen[_("Change")], strict=True) if ticked)
    label = n_("Change {count} employer", "Change {count} employers", len(ids))
    if st.button(label, type="primary", disabled=not ids, key="bulk_do"):
        command = ChangeMany(kind=kind, value=value, employer_ids=ids)
        done = attempt(actor, change_many, lambda: command, LABELS)
        if done is not None:
            close_dialog()
            flash(n_("{count} employer was changed.", "{count} employers were changed.", done))
            st.rerun()


def _word(kind: BulkKind, value: str | None, names: Mapping[str, str]) -> str:
    if value is None:
        return "–"
    if kind is BulkKind.HOLDER:
        return names.get(value, "–")
    return segment_word(Segment(value)) if kind is BulkKind.SEGMENT else value
