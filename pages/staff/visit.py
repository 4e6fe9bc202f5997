from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/visit.py")
shell.heading("staff/visit.py")
