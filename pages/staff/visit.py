import streamlit as st

from crm.core.errors import NotFound
from crm.ui import doubles, forms, shell
from crm.ui.guard import open_page
from crm.ui.visits import choose_employer
from crm.ui.visits_edit import edit_form
from crm.ui.visits_form import open_form
from crm.ui.visits_saved import show_saved
from crm.ui.words import _

actor = open_page("staff/visit.py")
with st.container(width=720):
    try:
        if "saved" in st.query_params:
            shell.heading(_("Contact saved"))
            show_saved(actor, shell.asked_id("saved"))
        elif "moment" in st.query_params:
            shell.heading(_("Put a contact right"))
            edit_form(actor, shell.asked_id("moment"))
        elif "employer" in st.query_params:
            shell.heading(_("Log a visit"))
            open_form(actor, shell.asked_id("employer"))
        else:
            shell.heading(_("Log a visit"))
            choose_employer(actor)
    except NotFound as fault:
        doubles.follow_merge(actor)
        forms.show_fault(fault)
        shell.link("staff/visit.py", _("Choose an employer"))
