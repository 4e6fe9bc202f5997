import streamlit as st

from crm.core.errors import NotFound
from crm.core.work import reading
from crm.sroi import queries
from crm.ui import review_parts, shell
from crm.ui.export_links import show_export
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _, n_

actor = open_page("staff/review.py")
with reading(actor) as work:
    waiting = queries.to_review(work)

if not waiting:
    shell.heading(_("Review"))
    st.info(_("Nothing waits for review. What contractors hand in appears here, the oldest first."))
    shell.link("staff/contracts.py", _("To the contracts"), icon=":material/gavel:")
    end_page()

with shell.title_row(_("Review"), n_("{count} effort waits", "{count} efforts wait", len(waiting))):
    chosen = review_parts.choose(waiting)
try:
    with reading(actor) as work:
        page = queries.review_page(work, chosen)
except NotFound as fault:
    show_fault(fault)
    end_page()
review_parts.side_by_side(actor, page)
review_parts.decide(actor, page)
show_export("review")
