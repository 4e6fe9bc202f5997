import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.employers import queries
from crm.employers.queries.bulk import last_bulk, tags_in_use, tags_of
from crm.finding.rules import Screen
from crm.ui import bulk, shell, views, walking
from crm.ui import employer_list as parts
from crm.ui.bulk_employers import many_employers
from crm.ui.export_links import show_export
from crm.ui.guard import open_page
from crm.ui.words import _

actor = open_page("staff/employers.py")
may_add = actor.may(Permission.EMPLOYER_EDIT)

place = shell.title_row(_("Employers"))
if may_add and place.button(_("Duplicates"), icon=":material/join_inner:"):
    shell.go("staff/doubles.py")
if may_add and place.button(_("Add an employer"), type="primary", icon=":material/add:"):
    shell.go("staff/employer_edit.py")

with reading(actor) as work:
    municipalities = queries.municipalities(work)
    tags = tags_in_use(work)
    fields = parts.fields(actor, municipalities, tags)
    saved = views.open_with_default(work, Screen.EMPLOYERS, fields)
    wanted = parts.filters(actor, municipalities, tags)
    found = queries.count_employers(work, wanted)
    rows = queries.list_employers(work, wanted, parts.PAGES.chosen())
    worn = tags_of(work, [row.id for row in rows])
    last = last_bulk(work) if may_add else None

walking.remember_list("staff/employers.py")
many = many_employers(actor, wanted, tags)
bulk.say_left_alone()
bulk.show_undo(many, last)
with place:
    if may_add and rows:
        bulk.show_button(actor, many)
    views.show_views(actor, Screen.EMPLOYERS, fields, saved)
if rows:
    st.caption(f"{parts.count_words(found)} · {parts.filter_words(wanted, municipalities)}")
    parts.show_rows(rows, wanted, worn)
    parts.PAGES.show(found)
    show_export("employers", wanted)
else:
    parts.say_empty(wanted, may_add)
