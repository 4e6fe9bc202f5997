import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.jobcarving.queries import case_of
from crm.placements.queries import hours_history, placement_row
from crm.proposals.queries import proposal_of_placement
from crm.sroi.queries import offerable_contracts
from crm.sroi.queries.serving import counted_on
from crm.ui import aftercare, candidate_profile, placement_contracts, placement_page, placement_steps, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.placements import who
from crm.ui.walking import show_walk, walk_of
from crm.ui.words import _, day, plain

actor = open_page("staff/placement.py")
may_edit = actor.may(Permission.PLACEMENT_EDIT)
may_offer = actor.may(Permission.EFFORT_OFFER)
try:
    with reading(actor) as work:
        row = placement_row(work, shell.asked_id())
        history = hours_history(work, row.id)
        walk = walk_of(work, "placements")
        case_id = case_of(work, row.package_id) if row.package_id else None
        proposal = proposal_of_placement(work, row.id) if actor.may(Permission.VISIT_VIEW) else None
        counted = counted_on(work, row.id) if actor.may(Permission.CONTRACT_VIEW) else []
        offers = offerable_contracts(work, row.employer_id, row.group) if may_offer else []
except NotFound as fault:
    show_fault(fault)
    shell.link("staff/placements.py", _("Back to the placements"), icon=":material/arrow_back:")
    end_page()

show_walk(walk, row.id)
with shell.title_row(f"{plain(who(row))} · {plain(row.job_title)}"):
    if may_edit:
        placement_steps.show_steps(actor, row)
with st.container(horizontal=True):
    shell.link("staff/employer.py", plain(row.employer), icon=":material/apartment:", id=row.employer_id)
    if case_id is not None:
        shell.link("staff/case.py", _("Carved job"), icon=":material/account_tree:", id=case_id)
    if proposal is not None:
        label = _("Put forward on {day}", day=day(proposal.proposed_on))
        shell.link("staff/proposal.py", label, icon=":material/person_add:", id=proposal.id)
placement_page.show_facts(row)
if actor.may(Permission.CONTRACT_VIEW):
    placement_contracts.show_contracts(counted)
    placement_contracts.offer(actor, row, offers, counted)
placement_page.show_hours(actor, row, history, may_edit)
if actor.may(Permission.VISIT_VIEW):
    aftercare.show(actor, row)
if actor.may(Permission.CANDIDATE_VIEW):
    candidate_profile.show_profile(actor, row.candidate_id)
