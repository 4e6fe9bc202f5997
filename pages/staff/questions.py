import streamlit as st

from crm.core.errors import NotFound
from crm.ui import doubles, forms, questions, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/questions.py")
with st.container(width=720):
    try:
        if "id" in st.query_params:
            questions.show(actor, shell.asked_id())
        else:
            moment_id = shell.asked_id("moment") if "moment" in st.query_params else None
            questions.ask(actor, shell.asked_id("employer"), st.query_params.get("list", ""), moment_id)
    except NotFound as fault:
        doubles.follow_merge(actor)
        forms.show_fault(fault)
        shell.link("staff/employers.py", _("To the employers"))
