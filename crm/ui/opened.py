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
    """A form as its user opened it; a new `round` gives its fields new keys, so that they start anew."""

    name: str
    version: int
    round: int = 0
    saving: bool = False

    def key(self, field: str) -> str:
        """Return the key of a field of this form."""
        return f"{self.name}:{self.round}:{field}"

    def start_anew(self, version: int) -> None:
        """Forget what was typed, and open on another version."""
        self.version = version
        self.round += 1
        self.saving = False


def open_form(name: str, version: int, first_field: str) -> OpenForm:
    """Return the form with the version of its record when it came on screen.

    It starts anew on `version` when it was not on screen in the run before (Streamlit forgets a field that
    is no longer shown), or when a change by somebody else came between saving and now.
    """
    form: OpenForm = st.session_state.setdefault(f"opened:{name}", OpenForm(name, version))
    if form.saving:
        form.start_anew(version)
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
    """Run the action of a form; once it is saved say `done` and start anew."""
    form.saving = True
    saved = attempt(actor, action, make, labels)
    form.saving = False
    if saved is not None:
        form.start_anew(form.version)
        flash(done)
        st.rerun()
