from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("portal/overview.py")
shell.heading("portal/overview.py")
