import streamlit as st

from crm.core.errors import NotFound
from crm.core.work import reading
from crm.sroi.queries.ruleset_drafts import draft_page
from crm.sroi.states import DraftState
from crm.ui import ruleset_change, ruleset_decide, ruleset_effects, ruleset_page, shell
from crm.ui.forms import end_page, show_fault
from crm.ui.guard import open_page
from crm.ui.words import _, plain

actor = open_page("admin/ruleset.py")
shell.link("staff/rulesets.py", _("Back to the rule sets"), icon=":material/arrow_back:")
try:
    with reading(actor) as work:
        draft = draft_page(work, shell.asked_id())
except NotFound as fault:
    show_fault(fault)
    end_page()

shell.heading(plain(draft.row.title), _("New version of a rule set"))
ruleset_decide.standing(draft)
ruleset_decide.next_step(actor, draft)

names = [_("Rules"), _("Whole text"), _("What changes"), _("Read")]
first = names[0] if draft.row.state is DraftState.DRAFT else names[2]
rules, text, effects, reader = st.tabs(names, default=first, on_change="rerun", key="ruleset_tab")
if rules.open:
    with rules:
        ruleset_change.change_lines(actor, draft)
if text.open:
    with text:
        ruleset_change.write_text(actor, draft)
if effects.open:
    with effects:
        ruleset_effects.show(actor, draft)
if reader.open and not draft.faults:
    with reader:
        ruleset_page.show(draft.rules())
