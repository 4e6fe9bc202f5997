import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.network import queries
from crm.ui import network_list as parts
from crm.ui import shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/network.py")
may_add = actor.may(Permission.NETWORK_EDIT)

row = shell.title_row(_("Network"))
if may_add and row.button(_("Add a member"), type="primary", icon=":material/group_add:"):
    st.dialog(_("New member"))(parts.new_member)(actor)

members, introductions = st.tabs([_("Members"), _("Who brought whom")], key="netwerk", bind="query-params")
if members.open:
    with members, reading(actor) as work:
        wanted = parts.filters()
        found = queries.count_members(work, wanted)
        rows = queries.list_members(work, wanted, parts.chosen_page())
        if rows:
            st.caption(parts.count_words(found))
            parts.show_members(rows)
            parts.show_pages(found)
        else:
            parts.say_empty(wanted, may_add)
if introductions.open:
    with introductions, reading(actor) as work:
        parts.show_introductions(queries.introductions(work))
