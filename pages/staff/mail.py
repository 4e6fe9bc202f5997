import streamlit as st

from crm.core.errors import NotFound
from crm.ui import doubles, forms, mails, mails_waiting, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/mail.py")
with st.container(width=720):
    shell.heading(_("A mail into the file"))
    employer_id = shell.asked_id("employer") if "employer" in st.query_params else None
    try:
        if "waiting" in st.query_params:
            mails_waiting.show_one(actor, shell.asked_id("waiting"), employer_id)
        else:
            mails.bring_in(actor, employer_id)
            mails_waiting.show_list(actor)
    except NotFound as fault:
        doubles.follow_merge(actor)
        forms.show_fault(fault)
        shell.link("staff/employers.py", _("To the employers"))
