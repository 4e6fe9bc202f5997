from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("portal/effort.py")
shell.heading("portal/effort.py")
