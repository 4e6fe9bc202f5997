import streamlit as st

from crm.core.access import Permission
from crm.core.work import reading
from crm.events.queries import list_events
from crm.finding.rules import OtherScreen
from crm.network import queries
from crm.referrals.queries import harvest
from crm.ui import event_list, events, network_doors, network_map, parties, party_list, shell, walking
from crm.ui import network_list as parts
from crm.ui.dialogs import dialog_button
from crm.ui.export_links import show_export
from crm.ui.guard import open_page
from crm.ui.views import open_with_default, show_views
from crm.ui.words import _

actor = open_page("staff/network.py")
may_add = actor.may(Permission.NETWORK_EDIT)

with shell.title_row(_("Network")):
    if may_add:
        dialog_button(
            _("Add a member"),
            _("New member"),
            lambda: parts.new_member(actor),
            "new_member",
            icon=":material/group_add:",
            kind="primary",
        )

names = [_("Members"), _("Who brought whom"), _("Parties"), _("Doors"), _("Map"), _("Gatherings")]
members, introductions, others, doors, drawn, gatherings = st.tabs(names, key="netwerk", bind="query-params")
walking.remember_list("staff/network.py")
if members.open:
    with members, reading(actor) as work:
        fields = parts.fields()
        saved = open_with_default(work, OtherScreen.MEMBERS, fields)
        wanted = parts.filters()
        show_views(actor, OtherScreen.MEMBERS, fields, saved)
        found = queries.count_members(work, wanted)
        rows = queries.list_members(work, wanted, parts.PAGES.chosen())
        if rows:
            st.caption(parts.count_words(found))
            parts.show_members(rows, wanted)
            parts.PAGES.show(found)
            show_export("members", wanted)
        else:
            parts.say_empty(wanted, may_add)
if introductions.open:
    with introductions, reading(actor) as work:
        network_doors.show_harvest(harvest(work), actor.may(Permission.CONTRACT_VIEW))
        st.subheader(_("Who brought whom"), anchor=False)
        parts.show_introductions(queries.introductions(work))
if others.open:
    with others, reading(actor) as work:
        if may_add:
            dialog_button(
                _("Add a party"),
                _("New party"),
                lambda: parties.new_party(actor),
                "new_party",
                icon=":material/add:",
            )
        fields = party_list.fields()
        saved = open_with_default(work, OtherScreen.PARTIES, fields)
        asked = party_list.filters()
        show_views(actor, OtherScreen.PARTIES, fields, saved)
        known = queries.list_parties(work, asked)
        party_list.show_list(known, asked)
        if known:
            show_export("parties", asked)
if doors.open:
    with doors, reading(actor) as work:
        network_doors.show_brokers(queries.brokers(work))
        network_doors.show_reach(queries.reach(work))
if drawn.open:
    with drawn, reading(actor) as work:
        network_map.show(queries.named_map(work))
if gatherings.open:
    with gatherings, reading(actor) as work:
        if may_add:
            dialog_button(
                _("Plan an event"),
                _("New event"),
                lambda: events.plan(actor),
                "plan_event",
                icon=":material/add:",
            )
        fields = event_list.fields()
        saved = open_with_default(work, OtherScreen.EVENTS, fields)
        chosen = event_list.filters()
        show_views(actor, OtherScreen.EVENTS, fields, saved)
        planned = list_events(work, chosen)
        event_list.show_list(planned, chosen, may_add)
        if planned:
            show_export("events", chosen)
