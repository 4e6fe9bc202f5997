from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/employers.py")
shell.heading("staff/employers.py")
