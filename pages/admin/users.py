from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("admin/users.py")
shell.heading("admin/users.py")
