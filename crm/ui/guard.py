"""The first statement of every page: who is here, and may they be?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from crm.accounts.queries import actor_of_session
from crm.core.access import Actor
from crm.core.errors import SignedOut
from crm.ui import conflicts
from crm.ui.registry import page
from crm.ui.signed_out import show_signed_out
from crm.ui.words import _

_here: ContextVar[Actor | None] = ContextVar("_here", default=None)


def current_actor() -> Actor:
    """Return who is signed in, read from the database at this very moment.

    Raises `SignedOut` when nobody is, when the session was revoked or the account disabled.
    """
    ident = st.user.get("ident")
    if not isinstance(ident, str) or not ident.isdigit():
        raise SignedOut()
    actor = actor_of_session(int(ident))
    st.session_state.setdefault("language", actor.language)
    return actor


@contextmanager
def as_read(actor: Actor) -> Iterator[None]:
    """Spare the page within the block from reading who is here a second time.

    It ends with the block, so that the next run reads anew; other sessions run in threads of their own,
    which never see it.
    """
    token = _here.set(actor)
    try:
        yield
    finally:
        _here.reset(token)


def open_page(file: str) -> Actor:
    """Return the actor when they may see this page; otherwise say so and stop the run."""
    try:
        actor = _here.get() or current_actor()
    except SignedOut as error:
        show_signed_out(error)
        st.stop()
    if not actor.may(page(file).permission):
        st.error(_("This page was not found. Choose a page from the menu."))
        st.stop()
    conflicts.show_pending(actor)
    return actor
