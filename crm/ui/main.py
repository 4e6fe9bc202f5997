"""What Streamlit runs: finds out who is here and gives them their own navigation."""

import streamlit as st

from crm.core.errors import SignedOut
from crm.ui import shell
from crm.ui.guard import current_actor
from crm.ui.registry import pages_for
from crm.ui.words import _

st.set_page_config(page_title="Vliegwiel", page_icon=str(shell.ICON), layout="wide")
try:
    actor = current_actor()
except SignedOut as error:
    st.error(_(error.message))
    st.link_button(_("Sign in"), "/auth/login", type="primary")
    st.stop()

shell.frame()
chosen = st.navigation(
    [
        st.Page(
            spec.path,
            title=_(spec.title),
            url_path=spec.address,
            icon=spec.icon or None,
            visibility="visible" if spec.menu else "hidden",
        )
        for spec in pages_for(actor)
    ],
    position="top",
)
chosen.run()
