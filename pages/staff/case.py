from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/case.py")
shell.heading("staff/case.py")
