from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/placement.py")
shell.heading("staff/placement.py")
