import streamlit as st

from crm.core.errors import NotFound
from crm.ui import doubles, employer_form, forms, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/employer_edit.py")
with st.container(width=720):
    try:
        if "id" in st.query_params:
            employer_form.edit(actor, shell.asked_id())
        else:
            employer_form.add(actor)
    except NotFound as fault:
        doubles.follow_merge(actor, "id")
        forms.show_fault(fault)
        shell.link("staff/employers.py", _("To the employers"))
