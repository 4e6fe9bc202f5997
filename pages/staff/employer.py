from crm.core.errors import NotFound
from crm.core.work import reading
from crm.employers.queries import employer_view
from crm.ui import doubles, employer_tabs, employer_top, forms, shell, walking
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/employer.py")
employer_id = shell.asked_id()
try:
    with reading(actor) as work:
        employer = employer_view(work, employer_id)
        standing = employer_top.standing(work, employer_id)
        walk = walking.walk_of(work, "employers")
except NotFound as fault:
    doubles.follow_merge(actor, "id")
    forms.show_fault(fault)
    shell.link("staff/employers.py", _("To the employers"))
else:
    walking.show_walk(walk, employer_id)
    employer_top.show_heading(actor, employer)
    employer_top.show_standing(actor, employer, standing)
    employer_tabs.show(actor, employer, standing)
