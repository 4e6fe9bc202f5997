from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/rulesets.py")
shell.heading("staff/rulesets.py")
