from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/contract.py")
shell.heading("staff/contract.py")
