from crm.ui import shell
from crm.ui.guard import open_page

actor = open_page("staff/review.py")
shell.heading("staff/review.py")
