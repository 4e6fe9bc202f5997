"""Saved views above a list: choose one, keep what stands there now, share it, open with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import Work
from crm.finding.actions import (
    ChangeView,
    ChooseDefaultView,
    DeleteView,
    SaveView,
    change_view,
    choose_default_view,
    delete_view,
    save_view,
)
from crm.finding.queries import ViewRow, views_of
from crm.finding.rules import AnyScreen
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

LABELS = {"name": N_("Name of the view")}
# The choices of a list by the keys of its fields; None for a field somebody types in.
Fields = Mapping[str, Iterable[Any] | None]


def open_with_default(work: Work, screen: AnyScreen, fields: Fields) -> list[ViewRow]:
    """Return the views of a list; who just came to it gets it as they want it to open.

    Call it before the fields are drawn. An address that tells what to show goes before.
    """
    rows = views_of(work, screen)
    came_now = not any(name in st.session_state for name in fields)
    if came_now and not any(name in st.query_params for name in fields):
        for row in rows:
            if row.is_default:
                _fill(fields, row.chosen)
    return rows


def show_views(actor: Actor, screen: AnyScreen, fields: Fields, rows: Sequence[ViewRow]) -> None:
    """Show the saved views of a list behind one button, with what can be done with them."""
    with st.popover(_("Views"), icon=":material/bookmarks:", width="content"):
        st.caption(_("A view keeps the filters, columns and order of this list."))
        for row in rows:
            _show_row(actor, screen, fields, row)
        if not rows:
            st.markdown(_("There are no views yet. Choose what you want to see, and keep it here."))
        _offer_to_keep(actor, screen, fields)


def _show_row(actor: Actor, screen: AnyScreen, fields: Fields, row: ViewRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"view_{row.id}", gap="xsmall"):
        st.button(
            plain(row.name),
            key=f"view_open_{row.id}",
            type="tertiary",
            icon=":material/star:" if row.is_default else ":material/bookmark:",
            on_click=_fill,
            args=(fields, row.chosen),
        )
        if row.by:
            st.caption(_("shared by {name}", name=plain(row.by)), width="content")
        elif row.shared:
            st.caption(_("shared"), width="content")
        with st.popover(_("Change"), type="tertiary"):
            _change(actor, screen, row)


def _change(actor: Actor, screen: AnyScreen, row: ViewRow) -> None:
    opens = _("Open the list as it comes") if row.is_default else _("Open the list with this view")
    if st.button(opens, key=f"view_default_{row.id}"):
        command = ChooseDefaultView(screen=screen, view_id=None if row.is_default else row.id)
        attempt(actor, choose_default_view, lambda: command, LABELS)
        _saved()
    if row.by is not None:
        return
    name = st.text_input(_(LABELS["name"]), row.name, max_chars=60, key=f"view_name_{row.id}")
    shared = st.checkbox(_("My colleagues see it too"), row.shared, key=f"view_shared_{row.id}")
    if st.button(_("Save"), key=f"view_change_{row.id}", type="primary"):
        changed = attempt(
            actor,
            change_view,
            lambda: ChangeView(screen=screen, view_id=row.id, version=row.version, name=name, shared=shared),
            LABELS,
        )
        if changed is not None:
            _saved()
    gone = st.button(_("Delete this view"), key=f"view_delete_{row.id}", icon=":material/delete:")
    if (
        gone
        and attempt(actor, delete_view, lambda: DeleteView(screen=screen, view_id=row.id), LABELS) is not None
    ):
        _saved()


def _offer_to_keep(actor: Actor, screen: AnyScreen, fields: Fields) -> None:
    with st.form("keep_view", clear_on_submit=True, border=False):
        name = st.text_input(_("Keep what I see now as"), max_chars=60, placeholder=_("Name of the view"))
        shared = st.checkbox(_("My colleagues see it too"))
        if not st.form_submit_button(_("Keep this view")):
            return
    kept = attempt(
        actor,
        save_view,
        lambda: SaveView(screen=screen, name=name, chosen=_chosen(fields), shared=shared),
        LABELS,
    )
    if kept is not None:
        _saved()


def _saved() -> None:
    flash(_("Saved."))
    st.rerun()


def _chosen(fields: Fields) -> dict[str, Any]:
    """Return what stands in the fields of the list, as it can be kept."""
    now = {name: st.session_state.get(name) for name in fields}
    return {name: _told(value) for name, value in now.items() if value not in (None, "", [])}


def _told(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_told(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def _fill(fields: Fields, chosen: Mapping[str, Any]) -> None:
    """Put the choices of a view in the fields; what can no longer be chosen is left out."""
    for name, options in fields.items():
        value = chosen.get(name)
        if options is None:
            st.session_state[name] = str(value or "")
            continue
        known = {_told(option): option for option in options}
        if isinstance(value, list):
            st.session_state[name] = [known[part] for part in value if part in known]
        elif value in known:
            st.session_state[name] = known[value]
        else:
            st.session_state.pop(name, None)
