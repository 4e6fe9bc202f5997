import streamlit as st

from crm.core.errors import NotFound
from crm.ui import doubles, forms, need_form, needs_page, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/needs.py")
try:
    if "new" in st.query_params:
        shell.heading(_("A new need"))
        with st.container(width=720):
            need_form.new_form(actor, shell.asked_id("employer"))
    else:
        needs_page.show_list(actor)
except NotFound as fault:
    doubles.follow_merge(actor)
    forms.show_fault(fault)
    shell.link("staff/needs.py", _("To all needs"))
