from crm.ui import figures, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/figures.py")
shell.heading(_("Council figures"), _("What social return brought, to tell the council"))
figures.show(actor)
