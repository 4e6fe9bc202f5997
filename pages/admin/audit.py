from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("admin/audit.py")
shell.heading("admin/audit.py")
