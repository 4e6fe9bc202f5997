import streamlit as st

from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.work import reading
from crm.network import actions, queries
from crm.ui import forms, parties, shell
from crm.ui.dialogs import dialog_button
from crm.ui.employers import place_line
from crm.ui.guard import open_page
from crm.ui.network import party_kind_word, way_in_sentence
from crm.ui.walking import show_walk, walk_of
from crm.ui.words import _

actor = open_page("staff/party.py")
may_change = actor.may(Permission.NETWORK_EDIT)
try:
    with reading(actor) as work:
        party = queries.party_view(work, shell.asked_id())
        ties = queries.ties_of_party(work, party.id)
        talks = queries.talks_with(work, party.id)
        ways, names = queries.ways_to(work, -party.id)
        walk = walk_of(work, "parties")
except NotFound as fault:
    forms.show_fault(fault)
    forms.end_page()

show_walk(walk, party.id)
under = place_line(party_kind_word(party.kind), party.municipality)
with shell.title_row(party.name, under):
    if may_change:
        dialog_button(
            _("Note a talk"),
            _("Talk"),
            lambda: parties.note_talk(actor, party),
            "note_talk",
            icon=":material/forum:",
            kind="primary",
        )
        dialog_button(_("Edit"), _("Party"), lambda: parties.edit_party(actor, party), "edit_party")

parties.show_facts(party)
st.subheader(_("Who can introduce me?"), anchor=False)
if not ways:
    st.info(_("We know no way in yet. Add a tie with an employer that we do know."))
for way in ways:
    st.markdown("- " + way_in_sentence(way, names, actor.user_id))
st.subheader(_("Ties"), anchor=False)
parties.show_ties(actor, party, ties, may_change)
if may_change:
    dialog_button(
        _("Add a tie"),
        _("New tie"),
        lambda: parties.add_tie(actor, party),
        "tie_party",
        icon=":material/add_link:",
    )
st.subheader(_("Talks"), anchor=False)
parties.show_talks(talks)
if may_change:
    again = party.ended_on is not None
    label = _("We work together again") if again else _("We work together no more")
    if st.button(label, type="tertiary"):
        ended = forms.attempt(
            actor,
            actions.end_party,
            lambda: actions.EndParty(party_id=party.id, version=party.version, again=again),
        )
        if ended is not None:
            forms.flash(_("Saved."))
            st.rerun()
shell.link("staff/network.py", _("Back to the network"), icon=":material/arrow_back:", netwerk=_("Parties"))
