import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.sroi import queries
from crm.ui import ruleset_assign, ruleset_page, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/rulesets.py")
shell.heading(_("Rule sets"), _("What a contract must fill, and what efforts are worth"))

with reading(actor) as work:
    assigned = queries.assignments(work)
    authorities = queries.own_authorities(work)

if actor.may(Permission.CONTRACT_EDIT) or assigned:
    ruleset_assign.show(assigned)
if actor.may(Permission.CONTRACT_EDIT):
    ruleset_assign.ask(actor, authorities)
if (chosen := ruleset_assign.choose(assigned)) is not None:
    st.divider()
    ruleset_page.show(chosen)
