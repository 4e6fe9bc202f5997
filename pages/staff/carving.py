from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/carving.py")
shell.heading("staff/carving.py")
