from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/employer.py")
shell.heading("staff/employer.py")
