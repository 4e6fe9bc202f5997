"""Buttons that open a dialog, which stays open while it is filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

_OPEN = "open_dialog"


def dialog_button(
    label: str,
    title: str,
    show: Callable[[], None],
    key: str,
    *,
    icon: str | None = None,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
) -> None:
    """Show a button with the dialog behind it; `show` draws the dialog and calls `close_dialog` to save."""
    if st.button(label, key=key, icon=icon, type=kind):
        st.session_state[_OPEN] = key
    if st.session_state.get(_OPEN) == key:
        st.dialog(title, on_dismiss=close_dialog)(show)()


def close_dialog() -> None:
    """Let the dialog go with the next full run; what it shows until then stays on screen."""
    st.session_state.pop(_OPEN, None)
