import streamlit as st

from crm.core.errors import NotFound
from crm.ui import forms, proposal_page, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/proposal.py")
try:
    with st.container(width=820):
        proposal_page.show_one(actor, shell.asked_id())
except NotFound as fault:
    forms.show_fault(fault)
    shell.link("staff/needs.py", _("To all needs"))
