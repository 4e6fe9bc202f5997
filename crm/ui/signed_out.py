"""What is left on screen when somebody is no longer signed in."""

from __future__ import annotations

from html import escape

import streamlit as st

from crm.core.errors import SignedOut
from crm.ui.words import _


def show_signed_out(error: SignedOut) -> None:
    """Say that the session has ended, with the way to sign in again in the same tab."""
    st.error(_(error.message))
    st.html(f'<a href="/auth/login">{escape(_("Sign in"))}</a>')


def leave() -> None:
    """Go to the sign-in page, once the session of this browser has been ended."""
    st.html("<script>\nwindow.location.assign('/auth/login?out=1')\n</script>", unsafe_allow_javascript=True)
    show_signed_out(SignedOut())
    st.stop()
