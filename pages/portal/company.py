from crm.ui import colleagues, portal, portal_certificates
from crm.ui.guard import open_page

actor = open_page("portal/company.py")
with portal.page():
    portal_certificates.show(actor)
    colleagues.show_own(actor)
