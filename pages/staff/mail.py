import streamlit as st

from crm.core.errors import NotFound
from crm.ui import forms, mails, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/mail.py")
with st.container(width=720):
    shell.heading(_("A mail into the file"))
    try:
        mails.bring_in(actor, shell.asked_id("employer") if "employer" in st.query_params else None)
    except NotFound as fault:
        forms.show_fault(fault)
        shell.link("staff/employers.py", _("To the employers"))
