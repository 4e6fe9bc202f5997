"""The parts of the list of users: search, one line a user."""

from __future__ import annotations

import streamlit as st

from crm.accounts.queries import PAGE_SIZE, UserList, UserRow
from crm.core.access import Role
from crm.ui import shell
from crm.ui.paging import Paging
from crm.ui.roles import ROLE_NAMES
from crm.ui.words import _, moment, n_, plain

PAGES = Paging("pagina", PAGE_SIZE)


def filters() -> tuple[str, Role | None]:
    """Ask which users to show; the answers stand in the address."""
    search, role = st.columns([2, 1])
    text = search.text_input(
        _("Search"),
        key="zoek",
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=_("Name or e-mail address"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    chosen = role.selectbox(
        _("Role"),
        list(Role),
        None,
        lambda found: _(ROLE_NAMES[found]),
        key="rol",
        placeholder=_("All roles"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    return text or "", chosen


def show(found: UserList) -> None:
    """Show one page of users, or what to do when nobody fits."""
    if not found.rows:
        st.info(_("Nobody fits. Search for a part of the name, or choose all roles."))
        return
    st.caption(n_("{count} user", "{count} users", found.total))
    with st.container(border=True, gap="xsmall"):
        for row in found.rows:
            _show_row(row)
    PAGES.show(found.total)


def _show_row(row: UserRow) -> None:
    name, about, state = st.columns([3, 4, 3], vertical_alignment="center", gap="xxsmall")
    if name.button(f"**{plain(row.name)}**", key=f"open_{row.id}", type="tertiary"):
        shell.go("admin/users.py", user=row.id)
    about.text(f"{_(ROLE_NAMES[row.role])} · {row.email}")
    if not row.active:
        state.badge(_("Disabled"), icon=":material/block:", color="gray")
    elif row.last_in is None:
        state.caption(_("Never signed in"))
    else:
        state.caption(_("Signed in {when}", when=moment(row.last_in)))
