"""What Streamlit runs: finds out who is here and gives them their own navigation."""

import streamlit as st

from crm.core.errors import SignedOut
from crm.ui import autosave, forms, shell
from crm.ui.guard import as_read, current_actor
from crm.ui.signed_out import show_signed_out
from crm.ui.timing import timed

st.set_page_config(page_title="Vliegwiel", page_icon=str(shell.ICON), layout="wide")
with timed():
    try:
        actor = current_actor()
    except SignedOut as error:
        show_signed_out(error)
        st.stop()

    shell.frame()
    autosave.forget_others(actor.user_id)
    chosen = st.navigation(shell.menu(actor), position="top")
    shell.quick_row(actor, chosen.url_path)
    with as_read(actor):
        chosen.run()
    forms.show_flash()
