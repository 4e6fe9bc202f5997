from crm.accounts.queries import colleagues
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.jobcarving.queries import case_page
from crm.sroi.queries.serving import contracts_to_serve
from crm.ui import carving_case, carving_packages, carving_steps, carving_tasks, proposal_form, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.walking import show_walk, walk_of
from crm.ui.words import _, plain

actor = open_page("staff/case.py")
may_edit = actor.may(Permission.CARVING_EDIT)
try:
    with reading(actor) as work:
        case = case_page(work, shell.asked_id())
        employer_id = case.row.employer_id
        walk = walk_of(work, "cases")
        owners = {case.row.owner_id: case.row.owner} | colleagues(work)
        serves = contracts_to_serve(work, [employer_id]) if actor.may(Permission.CONTRACT_VIEW) else {}
except NotFound as fault:
    show_fault(fault)
    shell.link("staff/carving.py", _("Back to the opportunities"), icon=":material/arrow_back:")
    end_page()

show_walk(walk, case.row.id)
with shell.title_row(_("Opportunity: {department}", department=plain(case.row.department))):
    chosen = carving_steps.show_steps(actor, case, owners) if may_edit else None
if chosen is not None:
    carving_steps.move(actor, case, chosen)
shell.link("staff/employer.py", plain(case.row.employer), icon=":material/apartment:", id=employer_id)
carving_case.show_where_it_stands(case)
carving_case.show_signal(case, actor.may(Permission.VISIT_VIEW), serves.get(employer_id))
carving_tasks.show_tasks(actor, case, may_edit)
carving_packages.show_packages(actor, case, may_edit)
if actor.may(Permission.VISIT_VIEW):
    proposal_form.show_on_case(actor, case)
carving_case.show_effect(case)
carving_case.show_history(case)
