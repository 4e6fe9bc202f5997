import streamlit as st

from crm.core import clock
from crm.core.access import Permission
from crm.ui import shell, today_due, today_parts
from crm.ui.guard import open_page
from crm.ui.missing_words import show_on_today
from crm.ui.today import planned_visit, todays_work
from crm.ui.today_news import show_news
from crm.ui.today_to_do import show_to_do
from crm.ui.visits import greeting, long_day
from crm.ui.words import _

actor = open_page("staff/today.py")
logs = actor.may(Permission.VISIT_LOG)

with shell.title_row(greeting(actor.name), long_day(clock.today())):
    logging = logs and st.button(_("Log a visit"), type="primary", icon=":material/edit_note:")
    if st.button(_("Search employers"), icon=":material/search:"):
        shell.go("staff/employers.py")

day = todays_work(actor)
if logging:
    shell.go("staff/visit.py", **planned_visit(day))
show_on_today(day.missing)
if actor.may(Permission.EFFORT_REVIEW):
    left, right = st.columns(2)
    with left.container(border=True):
        today_parts.show_review(day.review)
    with right.container(border=True):
        today_parts.show_confirm(day.confirm)
    with st.container(border=True):
        today_due.show(day)

cards = []
if logs:
    cards.append((5, [show_to_do, today_parts.show_drafts]))
if actor.may(Permission.CONTRACT_VIEW):
    cards.append((4, [today_parts.show_at_risk]))
if day.held.employers:
    cards.append((4, [today_parts.show_employers]))
if not actor.may(Permission.VISIT_VIEW):
    cards.append((4, [today_parts.show_shared]))
for column, (_width, parts) in zip(st.columns([width for width, _parts in cards]), cards, strict=True):
    with column.container(border=True):
        for show in parts:
            show(day)

with st.container(border=True):
    st.header(_("Just happened"), anchor=False)
    show_news(day.news)
