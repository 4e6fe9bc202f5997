import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.network import queries
from crm.ui import network_list as parts
from crm.ui import shell
from crm.ui.dialogs import dialog_button
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/network.py")
may_add = actor.may(Permission.NETWORK_EDIT)

with shell.title_row(_("Network")):
    if may_add:
        dialog_button(
            _("Add a member"),
            _("New member"),
            lambda: parts.new_member(actor),
            "new_member",
            icon=":material/group_add:",
            kind="primary",
        )

members, introductions = st.tabs([_("Members"), _("Who brought whom")], key="netwerk", bind="query-params")
if members.open:
    with members, reading(actor) as work:
        wanted = parts.filters()
        found = queries.count_members(work, wanted)
        rows = queries.list_members(work, wanted, parts.PAGES.chosen())
        if rows:
            st.caption(parts.count_words(found))
            parts.show_members(rows)
            parts.PAGES.show(found)
        else:
            parts.say_empty(wanted, may_add)
if introductions.open:
    with introductions, reading(actor) as work:
        parts.show_introductions(queries.introductions(work))
