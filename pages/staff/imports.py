from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/imports.py")
shell.heading("staff/imports.py")
