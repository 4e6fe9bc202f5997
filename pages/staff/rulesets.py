import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries import ruleset_drafts as versions_of
from crm.ui import ruleset_assign, ruleset_drafts, ruleset_page, shell
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/rulesets.py")
shell.heading(_("Rule sets"), _("What a contract must fill, and what efforts are worth"))

with reading(actor) as work:
    assigned = queries.assignments(work)
    authorities = queries.own_authorities(work)
    versions = versions_of.ruleset_versions(work)
    drafts = versions_of.drafts(work) if actor.may(Permission.RULESET_EDIT) else []

names = {row.code: ruleset_drafts.label_of(row) for row in versions}
if actor.may(Permission.CONTRACT_EDIT) or assigned:
    ruleset_assign.show(assigned, names)
if actor.may(Permission.CONTRACT_EDIT):
    ruleset_assign.ask(actor, authorities, names)
if actor.may(Permission.RULESET_EDIT):
    ruleset_drafts.show_drafts(drafts)
    ruleset_drafts.ask_new(actor, names)
with st.expander(_("All versions and their use"), icon=":material/history:"):
    ruleset_drafts.show_versions(versions)
if (code := ruleset_assign.choose(assigned, names)) is not None:
    st.divider()
    with reading(actor) as work:
        chosen = queries.ruleset(work, code)
    ruleset_page.show(chosen)
    made = next((row.published for row in versions if row.code == code and row.published), None)
    if made is not None:
        st.caption(ruleset_drafts.who(made))
    if actor.may(Permission.RULESET_EDIT):
        ruleset_drafts.show_text(chosen)
