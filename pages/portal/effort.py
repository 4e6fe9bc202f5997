import streamlit as st

from crm.ui import portal, portal_effort, portal_part, shell
from crm.ui.guard import open_page

actor = open_page("portal/effort.py")
with portal.page():
    if "id" in st.query_params:
        portal_effort.show_one(actor, shell.asked_id())
    elif part := portal_part.find(actor, shell.asked_id("contract")):
        portal_effort.show_new_on_part(actor, part)
    else:
        placement_id = shell.asked_id("placement") if "placement" in st.query_params else None
        portal_effort.show_new(actor, shell.asked_id("contract"), placement_id)
