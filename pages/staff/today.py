from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/today.py")
shell.heading("staff/today.py")
