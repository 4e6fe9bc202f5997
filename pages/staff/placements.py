from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/placements.py")
shell.heading("staff/placements.py")
