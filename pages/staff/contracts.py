from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/contracts.py")
shell.heading("staff/contracts.py")
