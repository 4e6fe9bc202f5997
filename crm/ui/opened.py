"""Forms on a record, with the version they were opened on.

Every click runs the page again on the record as it is then. Without this a form would carry the newest
version, and save over a change that its user never saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from crm.core.access import Actor
from crm.core.actions import Command
from crm.core.work import Work
from crm.ui.forms import attempt, flash

C = TypeVar("C", bound=Command)


@dataclass
class OpenForm:
    """A form as its user opened it; a new `round` gives its fields new keys, so that they start anew.

    `page` is shared by the forms that show the same record and its parts: saving one renews the others.
    """

    name: str
    version: int
    page: str = ""
    round: int = 0
    outdated: bool = False

    def key(self, field: str) -> str:
        """Return the key of a field of this form."""
        return f"{self.name}:{self.round}:{field}"


def open_form(name: str, version: int, first_field: str, page: str = "") -> OpenForm:
    """Return the form with the version of its record when it came on screen.

    It starts anew on `version` when it was not on screen in the run before (Streamlit forgets a field that
    is no longer shown), when a form of the same page was saved, or when a conflict was settled.
    """
    form: OpenForm = st.session_state.setdefault(f"opened:{name}", OpenForm(name, version, page))
    if form.outdated:
        form.version, form.round, form.outdated = version, form.round + 1, False
    elif form.key(first_field) not in st.session_state:
        form.version = version
    return form


def save(
    form: OpenForm,
    actor: Actor,
    action: Callable[[Work, C], int],
    make: Callable[[], C],
    labels: Mapping[str, str],
    done: str,
) -> None:
    """Run the action of a form; once it is saved say `done`, and let the forms of its page start anew."""
    # A conflict leaves from within: then the form starts anew once that is settled.
    form.outdated = True
    saved = attempt(actor, action, make, labels)
    form.outdated = saved is not None
    if saved is not None:
        finish(form.page, done)


def finish(page: str, done: str) -> None:
    """Say what was done, and draw the page again with its forms anew."""
    for form in st.session_state.values():
        if isinstance(form, OpenForm) and page and form.page == page:
            form.outdated = True
    flash(done)
    st.rerun()
