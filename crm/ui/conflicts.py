"""The compare screen: yours beside what somebody else saved meanwhile; nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.actions import Command
from crm.core.errors import AppError, Conflict
from crm.core.work import Work, perform
from crm.ui.words import _, day

_PENDING = "pending_conflict"


@dataclass(frozen=True)
class Pending:
    """A change that waits for a choice."""

    action: Callable[[Work, Any], Any]
    command: Command
    conflict: Conflict
    labels: Mapping[str, str]


def hold(pending: Pending) -> None:
    """Keep the change and show the compare screen on the next run."""
    st.session_state[_PENDING] = pending
    st.rerun()


def show_pending(actor: Actor) -> None:
    """Show the compare screen when a change waits for a choice, and stop the run there."""
    pending: Pending | None = st.session_state.get(_PENDING)
    if pending is None:
        return
    st.title(_("Someone else was here first"))
    st.warning(_("Someone else changed this while you had it open. Choose what to keep."))
    st.dataframe(_compared(pending), hide_index=True, alt=_("Your version beside the stored version"))
    if st.button(_("Keep what is stored"), type="primary"):
        _done()
    if st.button(_("Save mine over it")):
        _save_over(actor, pending)
    st.stop()


def _save_over(actor: Actor, pending: Pending) -> None:
    command = pending.command.model_copy(update={"version": pending.conflict.version})
    try:
        perform(actor, pending.action, command)
    except Conflict as conflict:
        hold(replace(pending, command=command, conflict=conflict))
    except AppError as fault:
        # What the other did made yours impossible; the next click goes on from what is stored.
        del st.session_state[_PENDING]
        st.error(_(fault.message, **fault.params))
    else:
        _done()


def _done() -> None:
    del st.session_state[_PENDING]
    st.rerun()


def _compared(pending: Pending) -> pd.DataFrame:
    conflict = pending.conflict
    rows = [
        (_(label), _shown(conflict.yours.get(name)), _shown(conflict.stored.get(name)))
        for name, label in pending.labels.items()
        if name in conflict.yours
    ]
    return pd.DataFrame(rows, columns=[_("Field"), _("Yours"), _("Stored now")])


def _shown(value: object) -> str:
    match value:
        case None:
            return "–"
        case date():
            return day(value)
        case Enum():
            return str(value.value)
    return str(value)
