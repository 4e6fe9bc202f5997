import streamlit as st

from crm.core.errors import NotFound
from crm.core.work import reading
from crm.finding.rules import OtherScreen
from crm.sroi import queries
from crm.sroi.queries.reviewing import ReviewFilter
from crm.ui import review_list, review_parts, shell
from crm.ui.export_links import show_export
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.views import open_with_default, show_views
from crm.ui.words import _, n_

actor = open_page("staff/review.py")
top = st.container()
with reading(actor) as work:
    authorities = queries.own_authorities(work)
    fields = review_list.fields(authorities)
    saved = open_with_default(work, OtherScreen.REVIEW, fields)
    row = st.container(horizontal=True, vertical_alignment="center")
    with row.popover(_("More choices"), icon=":material/tune:", type="tertiary"):
        wanted = review_list.filters(authorities)
    waiting = queries.to_review(work, wanted=wanted)
with row:
    show_views(actor, OtherScreen.REVIEW, fields, saved)

if not waiting:
    with top:
        shell.heading(_("Review"))
    if wanted != ReviewFilter(order=wanted.order):
        st.info(_("Nothing that waits fits these choices. Choose fewer."))
    else:
        st.info(_("Nothing waits for review. What contractors hand in appears here, the oldest first."))
    shell.link("staff/contracts.py", _("To the contracts"), icon=":material/gavel:")
    end_page()

with top, shell.title_row(_("Review"), n_("{count} effort waits", "{count} efforts wait", len(waiting))):
    chosen = review_parts.choose(waiting, wanted.order)
try:
    with reading(actor) as work:
        page = queries.review_page(work, chosen)
except NotFound as fault:
    show_fault(fault)
    end_page()
review_parts.side_by_side(actor, page)
review_parts.decide(actor, page)
show_export("review", wanted)
