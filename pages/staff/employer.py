from crm.core.errors import NotFound
from crm.core.work import reading
from crm.employers.queries import employer_view
from crm.ui import employer_tabs, employer_top, forms, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/employer.py")
employer_id = shell.asked_id()
try:
    with reading(actor) as work:
        employer = employer_view(work, employer_id)
        standing = employer_top.standing(work, employer_id)
except NotFound as fault:
    forms.show_fault(fault)
    shell.link("staff/employers.py", _("To the employers"))
else:
    employer_top.show_heading(actor, employer)
    employer_top.show_standing(actor, employer, standing)
    employer_tabs.show(actor, employer, standing)
