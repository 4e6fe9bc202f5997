"""Changing all records of a list at once: choose what, see what will change, and one way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.work import Work, reading
from crm.employers.rules_bulk import BulkRow, LastBulk, Undone, as_tag
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import flash
from crm.ui.words import _, n_, plain

K = TypeVar("K", bound=StrEnum)
_LEFT, _MOST_NAMES = "bulk_left_alone", 20
_MOST_NAMED = 40
UNDO_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Bulk(Generic[K]):
    """What can be changed for many records of one kind at once, and the words for it.

    `ask` asks what it becomes; `look` returns what that would do; `spoken` says a value in words;
    `change` and `undo` do it. The other fields are the words: of the button, of one record's column, of how
    many are changed, were changed and are as they were.
    """

    kinds: Mapping[K, str]
    ask: Callable[[Work, K], str | None]
    look: Callable[[Work, K, str], tuple[Sequence[BulkRow], Callable[[str | None], str]]]
    change: Callable[[K, str, tuple[int, ...]], int | None]
    undo: Callable[[LastBulk[K]], Undone | None]
    title: str
    one: str
    nothing: str
    to_do: Callable[[int], str]
    done: Callable[[int], str]
    did: Callable[[int, str], str]
    back: Callable[[int], str]


def show_button(actor: Actor, bulk: Bulk[K]) -> None:
    """Show the way to change every record of the list at once."""
    dialog_button(
        _("Change many"),
        bulk.title,
        lambda: _ask(actor, bulk),
        "bulk_open",
        icon=":material/checklist:",
    )


def say_left_alone() -> None:
    """Say once, after an undo, which records somebody changed since."""
    if names := st.session_state.pop(_LEFT, None):
        st.warning(
            _("Changed since, and left alone: {names}.", names=plain(", ".join(names))),
            icon=":material/info:",
        )


def show_undo(bulk: Bulk[K], last: LastBulk[K] | None) -> None:
    """Offer to undo the last change, as long as it is fresh."""
    if last is None or clock.now() - last.made_at > UNDO_FOR:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="bulk_undo"):
        st.caption(bulk.did(last.count, _(bulk.kinds[last.kind]).lower()), width="content")
        if st.button(_("Undo"), icon=":material/undo:", type="tertiary", key="bulk_undo_button"):
            undone = bulk.undo(last)
            if undone is not None:
                flash(bulk.back(undone.put_back))
                st.session_state[_LEFT] = list(undone.left[:_MOST_NAMES])
                st.rerun()


def ask_tag(tags: Sequence[str], *, new: bool) -> str | None:
    """Ask for a tag; `new` is whether another than the known ones can be typed."""
    if new:
        typed = st.selectbox(
            _("Tag"), tags, None, accept_new_options=True, placeholder=_("Choose or type a tag")
        )
    else:
        typed = st.selectbox(_("Tag"), tags, None, placeholder=_("Choose"))
    return as_tag(typed)[:_MOST_NAMED] if typed else None


def _ask(actor: Actor, bulk: Bulk[Any]) -> None:
    kind = st.segmented_control(
        _("What changes?"),
        list(bulk.kinds),
        format_func=lambda one: _(bulk.kinds[one]),
        key="bulk_kind",
    )
    if kind is None:
        st.caption(_("It will be done for everything that the list shows now, over all pages."))
        return
    with reading(actor) as work:
        value = bulk.ask(work, kind)
        if not value:
            return
        rows, spoken = bulk.look(work, kind, value)
    _show_preview(bulk, kind, value, rows, spoken)


def _show_preview(
    bulk: Bulk[K], kind: K, value: str, rows: Sequence[BulkRow], spoken: Callable[[str | None], str]
) -> None:
    changing = [row for row in rows if row.changes]
    if not changing:
        st.info(bulk.nothing)
        return
    st.caption(" ".join([_("Take the tick away where it should stay as it is."), *_staying(rows)]))
    chosen = st.data_editor(
        pd.DataFrame(
            [
                {
                    _("Change"): True,
                    bulk.one: row.name,
                    _("Now"): spoken(row.before),
                    _("Becomes"): spoken(row.after),
                }
                for row in changing
            ]
        ),
        hide_index=True,
        disabled=[bulk.one, _("Now"), _("Becomes")],
        column_config={_("Change"): st.column_config.CheckboxColumn(width="small")},
        height=320,
        key=f"bulk_rows_{kind}_{value}",
    )
    ids = tuple(row.id for row, ticked in zip(changing, chosen[_("Change")], strict=True) if ticked)
    if st.button(bulk.to_do(len(ids)), type="primary", disabled=not ids, key="bulk_do"):
        done = bulk.change(kind, value, ids)
        if done is not None:
            close_dialog()
            flash(bulk.done(done))
            st.rerun()


def _staying(rows: Sequence[BulkRow]) -> list[str]:
    have = sum(row.fits and not row.changes for row in rows)
    cannot = sum(not row.fits for row in rows)
    said = [n_("{count} has it already.", "{count} have it already.", have)] if have else []
    if cannot:
        said.append(
            n_(
                "{count} cannot: this colleague does not work for that authority.",
                "{count} cannot: this colleague does not work for that authority.",
                cannot,
            )
        )
    return said
