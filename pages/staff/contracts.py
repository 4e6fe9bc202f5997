import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.finding.rules import Screen
from crm.sroi import queries
from crm.sroi.queries.bulk import contract_tags_in_use, last_contract_bulk, tags_of_contracts
from crm.ui import bulk, certificates, forms, shell, sroi_register, sroi_risk, tenders, walking
from crm.ui.bulk_contracts import many_contracts
from crm.ui.export_links import show_export
from crm.ui.guard import open_page
from crm.ui.views import open_with_default, show_views
from crm.ui.words import _

actor = open_page("staff/contracts.py")
may_add = actor.may(Permission.CONTRACT_EDIT)
if may_add and "new" in st.query_params:
    sroi_register.add_contract(actor)
    shell.link("staff/contracts.py", _("Back to the contracts"), icon=":material/arrow_back:")
    forms.end_page()

if may_add and st.query_params.get("tender") == "new":
    tenders.show_new(actor)
    forms.end_page()
if "tender" in st.query_params:
    tenders.show_one(actor, shell.asked_id("tender"))
    forms.end_page()

with shell.title_row(_("Contracts"), _("Contracts with a social return clause")):
    if may_add and st.button(_("Add a contract"), type="primary", icon=":material/add:"):
        shell.go("staff/contracts.py", new=1)

views = {"all": _("All contracts"), "risk": _("At risk"), "tenders": _("Tenders")}
view = st.segmented_control(
    _("View"),
    list(views),
    format_func=views.__getitem__,
    default="all",
    key="beeld",
    bind="query-params",
    required=True,
    label_visibility="collapsed",
)
if view == "risk":
    certificates.show_lapsing(actor)
    sroi_risk.show(actor)
    forms.end_page()

if view == "tenders":
    tenders.show_list(actor)
    forms.end_page()

with reading(actor) as work:
    authorities = queries.own_authorities(work)
    tags = contract_tags_in_use(work)
    fields = sroi_register.fields(authorities, tags)
    saved = open_with_default(work, Screen.CONTRACTS, fields)
    asked = sroi_register.filters(actor, authorities, tags)
    found = queries.register(work, asked, sroi_register.PAGES.chosen())
    worn = tags_of_contracts(work, [row.id for row in found.rows])
    last = last_contract_bulk(work) if may_add else None

many = many_contracts(actor, asked, tags)
bulk.say_left_alone()
bulk.show_undo(many, last)
with st.container(horizontal=True):
    show_views(actor, Screen.CONTRACTS, fields, saved)
    if may_add and found.rows:
        bulk.show_button(actor, many)
walking.remember_list("staff/contracts.py")
sroi_register.show_totals(found)
sroi_register.show_rows(found, asked, worn, may_add=may_add)
if found.rows:
    show_export("contracts", asked)
