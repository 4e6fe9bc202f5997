from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("shared/account.py")
shell.heading("shared/account.py")
