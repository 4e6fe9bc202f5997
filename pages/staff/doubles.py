import streamlit as st

from crm.ui import doubles, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/doubles.py")
shell.heading(_("Duplicates"), _("Employers that are here twice become one, with all they have"))
shell.link("staff/employers.py", _("All employers"), icon=":material/arrow_back:")

if "een" in st.query_params and "ander" in st.query_params:
    doubles.show_pair(actor)
else:
    doubles.show_likely(actor)
    doubles.show_merges(actor)
