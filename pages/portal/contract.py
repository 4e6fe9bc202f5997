from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("portal/contract.py")
shell.heading("portal/contract.py")
