import streamlit as st

from crm.accounts import queries
from crm.core.work import reading
from crm.ui import forms, shell, users_form, users_list, users_unlimited
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("admin/users.py")

if "user" in st.query_params:
    shell.link("admin/users.py", _("Back to the users"), icon=":material/arrow_back:")
    if st.query_params["user"] == "new":
        users_form.add(actor)
    else:
        user_id = shell.asked_id("user")
        with reading(actor) as work:
            details = queries.user_details(work, user_id)
        users_form.edit(actor, details)
    forms.end_page()

row = shell.title_row(_("Users"))
if row.button(_("Add a user"), type="primary", icon=":material/person_add:"):
    shell.go("admin/users.py", user="new")

users_unlimited.show(actor)
text, role = users_list.filters()
with reading(actor) as work:
    found = queries.users(work, text, role, users_list.PAGES.chosen())
users_list.show(found)
