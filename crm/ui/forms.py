"""Running an action from a page: faults in plain words, conflicts side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Never, TypeVar

import streamlit as st

from crm.core.access import Actor
from crm.core.actions import Command
from crm.core.errors import AppError, Conflict, Invalid, SignedOut
from crm.core.work import Work, perform
from crm.ui import conflicts
from crm.ui.guard import current_actor
from crm.ui.words import _

C = TypeVar("C", bound=Command)
T = TypeVar("T")


def attempt(
    actor: Actor,
    action: Callable[[Work, C], T],
    make: Callable[[], C],
    labels: Mapping[str, str] | None = None,
) -> T | None:
    """Run an action and return its result, or None after showing why it was refused.

    `make` builds the command, so that a fault in a field is caught too; `labels` names the fields in
    words (English message ids) for the fault and the compare screen.
    """
    try:
        command = make()
    except Invalid as fault:
        show_fault(fault, labels)
        return None
    try:
        return perform(_still_here(actor), action, command)
    except Conflict as conflict:
        conflicts.hold(conflicts.Pending(action, command, conflict, labels or {}))
    except AppError as fault:
        show_fault(fault, labels)
    return None


def _still_here(actor: Actor) -> Actor:
    """Return the actor as they are now: a dialog or fragment may outlive a session or a role."""
    now = current_actor()
    if now.user_id != actor.user_id:
        raise SignedOut()
    return now


def show_fault(fault: AppError, labels: Mapping[str, str] | None = None) -> None:
    """Show a fault as one plain sentence, with the field's name in front when there is one."""
    sentence = _(fault.message, **fault.params)
    label = (labels or {}).get(fault.field) if isinstance(fault, Invalid) else None
    st.error(f"{_(label)}: {sentence}" if label else sentence)


def flash(message: str) -> None:
    """Keep a message for the next run, after a change has moved the user elsewhere."""
    st.session_state["flash"] = message


def show_flash() -> None:
    """Show the message that the last change left behind, once the page is drawn.

    Until then the browser shows the page as it was, with faults that the change has settled: the message
    would stand beside them.
    """
    if message := st.session_state.pop("flash", None):
        st.toast(message, icon=":material/check:")


def end_page() -> Never:
    """End the page here: show what the last change left behind, and stop the run."""
    show_flash()
    st.stop()
