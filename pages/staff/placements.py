import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.finding.rules import Screen
from crm.placements import queries
from crm.ui import doubles, forms, placement_booking, shell, views, walking
from crm.ui import placements as parts
from crm.ui.export_links import show_export
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/placements.py")
may_book = actor.may(Permission.PLACEMENT_EDIT)
if may_book and "new" in st.query_params:
    shell.heading(_("Book a placement"))
    with st.container(width=720):
        try:
            placement_booking.book(actor)
        except NotFound as fault:
            doubles.follow_merge(actor)
            forms.show_fault(fault)
        shell.link("staff/placements.py", _("Back to the placements"), icon=":material/arrow_back:")
    forms.end_page()

row = shell.title_row(_("Placements"))
with row:
    if may_book and st.button(_("Book a placement"), type="primary", icon=":material/add:"):
        shell.go("staff/placements.py", new=1)

with reading(actor) as work:
    fields = parts.fields()
    saved = views.open_with_default(work, Screen.PLACEMENTS, fields)
    wanted = parts.filters()
    found = queries.count_placements(work, wanted)
    rows = queries.placements(work, wanted, parts.PAGES.chosen())

walking.remember_list("staff/placements.py")
with row:
    views.show_views(actor, Screen.PLACEMENTS, fields, saved)
if rows:
    st.caption(parts.count_words(found))
    parts.show_rows(rows, wanted)
    parts.PAGES.show(found)
    show_export("placements", wanted)
else:
    parts.say_empty(wanted, may_book)
