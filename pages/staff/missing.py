import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.ui import missing, missing_form, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.missing_words import PAGE
from crm.ui.words import _

actor = open_page("staff/missing.py")
if "id" in st.query_params and actor.may(Permission.CONTRACT_EDIT):
    try:
        missing_form.show(actor, shell.asked_id())
    except NotFound as fault:
        show_fault(fault)
        shell.link(PAGE, _("Back to the missing clauses"), icon=":material/arrow_back:")
    end_page()

shell.heading(_("Missing clauses"), _("Awards above the threshold that are no contract in the register yet"))
missing.show(actor)
