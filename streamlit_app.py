"""The launcher: `streamlit run streamlit_app.py` starts Vliegwiel with its gate and its own routes."""

import streamlit as st

from crm.web.script_errors import show_error
from crm.web.server import MAIN_SCRIPT, MIDDLEWARE, ROUTES, lifespan
from crm.web.startup import start_or_explain

start_or_explain()
app = st.App(
    MAIN_SCRIPT,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=show_error,
)
