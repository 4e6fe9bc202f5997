"""What a page shows when something goes wrong in it."""

from __future__ import annotations

import streamlit as st

from crm.core.errors import AppError, SignedOut
from crm.core.unexpected import log_unexpected
from crm.ui.signed_out import show_signed_out
from crm.ui.words import _


def show_error(error: Exception) -> bool:
    """Show an error that reached the top as one sentence; the unexpected ones with a reference number.

    Always returns True: Streamlit need not show it again.
    """
    if isinstance(error, SignedOut):
        show_signed_out(error)
        return True
    if isinstance(error, AppError):
        st.error(_(error.message, **error.params))
        return True
    reference = log_unexpected(error)
    st.error(
        _(
            "Something went wrong. Try again, or give your administrator this number: {reference}.",
            reference=reference,
        )
    )
    return True
