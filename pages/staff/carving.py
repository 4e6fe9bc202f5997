import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.employers.queries import municipalities
from crm.finding.rules import OtherScreen
from crm.jobcarving.queries import board_cards, stage_list, stage_sums
from crm.sroi.queries.serving import contracts_to_serve
from crm.ui import carving, carving_new, doubles, forms, shell, walking
from crm.ui.export_links import show_export
from crm.ui.guard import open_page
from crm.ui.views import open_with_default, show_views
from crm.ui.words import _

actor = open_page("staff/carving.py")
may_add = actor.may(Permission.CARVING_EDIT)
if may_add and "new" in st.query_params:
    shell.heading(_("Log an opportunity"))
    with st.container(width=720):
        try:
            carving_new.new_case(actor)
        except NotFound as fault:
            doubles.follow_merge(actor)
            forms.show_fault(fault)
        shell.link("staff/carving.py", _("Back to the opportunities"), icon=":material/arrow_back:")
    forms.end_page()

with reading(actor) as work:
    places = municipalities(work)
top = st.container()
with reading(actor) as work:
    fields = carving.fields(places)
    saved = open_with_default(work, OtherScreen.CASES, fields)
with st.container(horizontal=True, vertical_alignment="bottom"):
    wanted = carving.filters(actor, places)
    with reading(actor) as work:
        sums = stage_sums(work, wanted)
    stage = carving.chosen_stage(sums)
    with st.popover(_("More choices"), icon=":material/tune:", width="content"):
        carving.COLUMNS.ask()
walking.remember_list("staff/carving.py")

with top, shell.title_row(_("Opportunities for job carving"), carving.summary(sums)):
    if may_add and st.button(_("Log an opportunity"), type="primary", icon=":material/add:"):
        shell.go("staff/carving.py", new=1)
    show_views(actor, OtherScreen.CASES, fields, saved)

with reading(actor) as work:
    board = board_cards(work, wanted) if stage is None else {}
    cases = stage_list(work, wanted, stage, carving.PAGES.chosen()) if stage else []
    shown = {case.employer_id for case in [*cases, *(case for column in board.values() for case in column)]}
    serves = contracts_to_serve(work, shown) if actor.may(Permission.CONTRACT_VIEW) else {}

if board:
    carving.show_board(board, sums, serves, wanted)
    show_export("cases", wanted)
elif stage and cases:
    carving.show_list(cases, sums[stage].cases, serves, wanted, stage)
    show_export("cases", wanted, stage=stage)
elif stage and sums:
    st.info(_("No opportunity is in this stage now. Choose another stage."))
else:
    carving.say_empty(wanted, may_add)
