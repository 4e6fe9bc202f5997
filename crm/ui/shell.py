"""The frame around every page: logo, page language, heading and what the last change said."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit import Page
from streamlit.delta_generator import DeltaGenerator

from crm.core.access import Actor, Permission
from crm.ui.registry import home_of, page, pages_for
from crm.ui.words import _, language

STATIC = Path(__file__).parent / "static"
ICON = STATIC / "icon.svg"
LOGO = STATIC / "logo.svg"
SEARCH, VISIT = "staff/search.py", "staff/visit.py"
_SCRIPT = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("house.js", "dutch.js"))


def frame() -> None:
    """Draw what every page shares; the page language follows the user for screen readers."""
    st.logo(str(LOGO), size="large")
    st.html(STATIC / "house.css")
    st.html(
        f"<script>\ndocument.documentElement.lang = '{language()}'\n{_SCRIPT}</script>",
        unsafe_allow_javascript=True,
    )


def menu(actor: Actor) -> dict[str, list[Page]]:
    """Return this actor's pages by section; the pages by themselves come first."""
    sections: dict[str, list[Page]] = {}
    home = home_of(actor.permissions)
    for spec in pages_for(actor):
        shown = Page(
            spec.path,
            title=_(spec.title),
            url_path=spec.address,
            icon=spec.icon or None,
            default=spec == home,
            visibility="visible" if spec.menu else "hidden",
        )
        sections.setdefault(_(spec.section) if spec.section else "", []).append(shown)
    return sections


def quick_row(actor: Actor, here: str) -> None:
    """Show, above every page of the staff, the ways that are always open, each with its key."""
    if not actor.may(Permission.EMPLOYER_VIEW):
        return
    row = st.container(horizontal=True, horizontal_alignment="right", key="quick_row")
    if here != page(SEARCH).address and row.button(
        _("Search everything"), icon=":material/search:", shortcut="Ctrl+K", type="tertiary", key="to_search"
    ):
        go(SEARCH)
    if (
        here != page(VISIT).address
        and actor.may(Permission.VISIT_LOG)
        and row.button(
            _("New visit"), icon=":material/edit_note:", shortcut="Alt+N", type="tertiary", key="to_visit"
        )
    ):
        go(VISIT)
    with row.container(width="content", key="quick_keys").popover(
        _("Keys"), icon=":material/keyboard:", type="tertiary"
    ):
        st.markdown(_keys_in_words())


def _keys_in_words() -> str:
    keys = {
        "Ctrl+K": _("search everything"),
        "Alt+N": _("a new visit"),
        "Ctrl+S": _("save what you are filling in"),
        "Alt+↓": _("the next one of the list you came from"),
        "Alt+↑": _("the one before it"),
    }
    lines = [f"- `{pressed}` {what}" for pressed, what in keys.items()]
    return "\n".join([*lines, "", _("On a Mac: Cmd for Ctrl, Option for Alt.")])


def heading(title: str, under: str | None = None) -> None:
    """Show where the user is: one large title, and a quiet line under it."""
    st.title(title, anchor=False)
    if under:
        st.caption(under)


def title_row(title: str, under: str | None = None) -> DeltaGenerator:
    """Show where the user is, and return the place at its right where the page's actions go.

    On a phone the actions move under the title.
    """
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom")
    with row.container(width="content"):
        heading(title, under)
    return row.container(horizontal=True, width="content")


def go(file: str, **params: object) -> None:
    """Move to another page, with a record's id in the address."""
    st.switch_page(page(file).path, query_params={name: str(value) for name, value in params.items()})


def link(file: str, label: str, icon: str | None = None, **params: object) -> None:
    """Show a link to another page, with a record's id in the address, or with choices made in its list."""
    query = {
        name: [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in params.items()
    }
    st.page_link(page(file).path, label=label, icon=icon, query_params=query)


def asked_id(name: str = "id") -> int:
    """Return the record id in the address; says so and stops when there is none."""
    given = st.query_params.get(name, "")
    if not given.isdigit() or len(given) > 15:
        st.error(_("This was not found. It may have been moved or removed."))
        st.stop()
    return int(given)
