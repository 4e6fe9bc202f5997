from crm.accounts.queries import open_sessions, user_details
from crm.core.work import reading
from crm.ui import account, account_agenda, account_mail, shell
from crm.ui.guard import open_page
from crm.ui.roles import ROLE_NAMES
from crm.ui.words import _

actor = open_page("shared/account.py")
with reading(actor) as work:
    user = user_details(work, actor.user_id or 0)
    sessions = open_sessions(work, user.id)

row = shell.title_row(_("My account"), _(ROLE_NAMES[user.role]))
account.sign_out_button(actor, row)
account.profile(actor, user)
account.password(actor)
account_agenda.show(actor)
account_mail.show(actor)
account.sessions(actor, sessions)
