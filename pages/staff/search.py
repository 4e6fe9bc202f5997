import streamlit as st

from crm.core.work import reading
from crm.finding.queries import find_everything
from crm.ui import finding as parts
from crm.ui import shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/search.py")
shell.heading(_("Search"))
typed = parts.ask_text(actor)
with reading(actor) as work:
    found = find_everything(work, typed)
if found:
    st.caption(parts.count_words(found))
    parts.show_found(found)
else:
    parts.say_nothing(typed)
