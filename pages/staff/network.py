from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/network.py")
shell.heading("staff/network.py")
