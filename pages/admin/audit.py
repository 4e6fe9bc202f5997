from crm.accounts.queries import audit_log
from crm.core.work import reading
from crm.sroi.queries.audited import names_in_log
from crm.ui import audit_list, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("admin/audit.py")

shell.heading(_("Audit log"), _("Who did what, when and to which record. Nothing here can be changed."))
audit_list.show_chain(actor)
asked = audit_list.filters()
with reading(actor) as work:
    found = audit_log(work, asked, audit_list.PAGES.chosen())
    names = names_in_log(work, found.rows)
audit_list.show(found, names)
