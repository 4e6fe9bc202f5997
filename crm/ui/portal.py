"""The frame of the employer's portal: whose it is, the language, the way out, and whom to call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.accounts.actions import ChangeLanguage, change_language
from crm.core.access import Actor
from crm.core.errors import NotFound
from crm.core.i18n import LANGUAGES, N_
from crm.core.work import Work, perform, reading
from crm.sroi.queries.portal import Contact
from crm.sroi.rules import Block, Kind, Status
from crm.sroi.rules.questions import plainly
from crm.sroi.states import EffortState
from crm.ui import shell
from crm.ui.account import sign_out_button
from crm.ui.explanation import spoken
from crm.ui.forms import end_page, show_fault
from crm.ui.sroi import Look
from crm.ui.words import _, language, plain

T = TypeVar("T")

WIDTH = 960
OVERVIEW, CONTRACT, EFFORT = "portal/overview.py", "portal/contract.py", "portal/effort.py"
COMPANY = "portal/company.py"

STANDING = {
    Status.ON_COURSE: N_("You are on course"),
    Status.BEHIND: N_("You are behind"),
    Status.IN_REPAIR: N_("You have been given extra time"),
    Status.MET: N_("You have done what was agreed"),
    Status.SETTLED: N_("This contract is settled"),
}
STATES: dict[EffortState, Look] = {
    EffortState.DRAFT: (N_("not sent yet"), ":material/edit_note:", "gray"),
    EffortState.SUBMITTED: (N_("under review"), ":material/hourglass_top:", "blue"),
    EffortState.SENT_BACK: (N_("needs a correction"), ":material/undo:", "orange"),
    EffortState.APPROVED: (N_("counts"), ":material/check_circle:", "green"),
    EffortState.WITHDRAWN: (N_("withdrawn"), ":material/block:", "gray"),
}
WAYS: dict[str, tuple[Kind, ...]] = {
    N_("Someone works with us"): (Kind.WORK,),
    N_("A pupil or trainee learns with us"): (Kind.LEARNING,),
    N_("We bought from a social enterprise"): (Kind.PURCHASING,),
    N_("We did something else: an activity, training or help"): (
        Kind.ACTIVITY,
        Kind.TRAINING,
        Kind.BESPOKE,
    ),
}


def page() -> DeltaGenerator:
    """Return the column in which a page of the portal stands: in the middle, and not too wide to read."""
    return st.container(horizontal_alignment="center").container(width=WIDTH, gap="xsmall")


def way_of(block: Block) -> str:
    """Return in which of the four ways a block counts, as an English message id."""
    return next((way for way, kinds in WAYS.items() if block.kind in kinds), next(reversed(WAYS)))


def in_words(block: Block) -> str:
    """Return a block in a sentence that an employer understands."""
    return plain(spoken(plainly(block)))


def found(actor: Actor, query: Callable[[Work], T]) -> T:
    """Return what a query answers; says so and stops when there is none or it is not the actor's."""
    try:
        with reading(actor) as work:
            return query(work)
    except NotFound as fault:
        show_fault(fault)
        shell.link(OVERVIEW, _("To my contracts"), icon=":material/arrow_back:")
        end_page()


def head(actor: Actor, employer: str) -> None:
    """Show whose portal this is, with the language and the way out at the right."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    row.caption(f"{plain(employer)} · {plain(actor.name)}", width="content")
    with row.container(horizontal=True, width="content", vertical_alignment="center"):
        _choose_language(actor)
        sign_out_button(actor, st.container(width="content"))


def title(words: str, under: str = "", contact: Contact | Literal[False] | None = False) -> DeltaGenerator:
    """Show where the user is, close together; return the place at its right for what can be done there.

    With a `contact`, also one that is None, whom to call stands under it.
    """
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    with row.container(width="content", gap="xxsmall"):
        st.title(plain(words), anchor=False)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if under:
                st.caption(under, width="content")
            if contact is not False:
                _show_contact(contact)
    return row.container(horizontal=True, width="content")


def _show_contact(contact: Contact | None) -> None:
    """Show whom to call or mail about a contract."""
    if contact is None:
        st.caption(
            _("Questions? Nobody was named for this contract yet. Ask whoever gave you the contract."),
            width="content",
        )
        return
    parts = [f"**{plain(contact.name)}**"]
    if contact.phone:
        parts.append(f":material/call: {plain(contact.phone)}")
    parts.append(f":material/mail: [{plain(contact.email)}](mailto:{contact.email})")
    st.markdown(f":small[{_('Questions?')} {' · '.join(parts)}]", width="content")


def _choose_language(actor: Actor) -> None:
    st.session_state["portal_language"] = language()
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="portal_language",
        required=True,
        label_visibility="collapsed",
        on_change=_switch_language,
        args=(actor,),
    )


def _switch_language(actor: Actor) -> None:
    chosen = st.session_state["portal_language"]
    if chosen in LANGUAGES:
        perform(actor, change_language, ChangeLanguage(language=chosen))
        st.session_state["language"] = chosen
