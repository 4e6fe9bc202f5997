"""Parties that are no employers: the list, a form, and one party with its ties and talks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import municipalities
from crm.network import actions, queries
from crm.network.queries import PartyTieRow, PartyView, TalkRow
from crm.network.rules import PartyKind, PartyTieKind
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog
from crm.ui.employers import pick_employer, place_line
from crm.ui.forms import attempt, flash
from crm.ui.network import party_kind_word, party_tie_word, tie_words
from crm.ui.words import _, day, plain

LABELS = {
    "kind": N_("What it is"),
    "name": N_("Name"),
    "municipality_id": N_("Municipality"),
    "contact_name": N_("Contact person"),
    "email": N_("E-mail address"),
    "phone": N_("Phone"),
    "note": N_("Note"),
    "other": N_("Tied to"),
    "since": N_("Since"),
    "held_on": N_("Spoken on"),
    "summary": N_("What was said"),
}
EMPLOYER, PARTY = "employer", "party"
ENDS = {EMPLOYER: N_("an employer"), PARTY: N_("another party")}


def new_party(actor: Actor) -> None:
    """Ask what a party is and how to reach it, and keep it."""
    asked = _asked(actor, None)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        region_id = min(actor.regions, default=0)
        made = attempt(
            actor, actions.add_party, lambda: actions.AddParty(region_id=region_id, **asked), LABELS
        )
        if made is not None:
            flash(_("Saved."))
            shell.go("staff/party.py", id=made)


def edit_party(actor: Actor, party: PartyView) -> None:
    """Ask what should be different about a party, and keep it."""
    asked = _asked(actor, party)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        made = attempt(
            actor,
            actions.edit_party,
            lambda: actions.EditParty(party_id=party.id, version=party.version, **asked),
            LABELS,
        )
        _done(made)


def add_tie(actor: Actor, party: PartyView) -> None:
    """Ask how a party is tied, to whom and since when, and keep it."""
    st.markdown(f"**{plain(party.name)}**")
    kind = st.selectbox(_("Tie"), list(PartyTieKind), format_func=party_tie_word)
    end = st.segmented_control(
        _("Tied to"),
        list(ENDS),
        format_func=lambda name: _(ENDS[name]),
        default=EMPLOYER,
        required=True,
    )
    employer_id = pick_employer(actor, _("Employer"), "party_tie") if end == EMPLOYER else None
    other_id = _other_party(actor, party) if end == PARTY else None
    since = ask_day(_("Since"), clock.today())
    note = st.text_input(_("Note"), max_chars=400)
    if not st.button(_("Save"), type="primary"):
        return
    close_dialog()
    made = attempt(
        actor,
        actions.tie_party,
        lambda: actions.TieParty(
            party_id=party.id,
            employer_id=employer_id,
            other_party_id=other_id,
            kind=kind,
            since=since,
            note=note,
        ),
        LABELS,
    )
    _done(made)


def note_talk(actor: Actor, party: PartyView) -> None:
    """Ask when somebody spoke with a party and about what, and keep it."""
    held_on = ask_day(_("Spoken on"), clock.today())
    summary = st.text_area(_("What was said"), max_chars=400)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        made = attempt(
            actor,
            actions.note_talk,
            lambda: actions.NoteTalk(party_id=party.id, held_on=held_on, summary=summary),
            LABELS,
        )
        _done(made)


def show_facts(party: PartyView) -> None:
    """Show what a party is and how to reach it."""
    st.markdown(place_line(party.contact_name, party.phone, party.email) or _("No contact details yet."))
    if party.note:
        st.caption(plain(party.note))
    if party.ended_on:
        st.warning(_("We work together no more, since {day}.", day=day(party.ended_on)))


def show_ties(actor: Actor, party: PartyView, ties: Sequence[PartyTieRow], may_change: bool) -> None:
    """Show how a party is tied, each with a way to the other."""
    if not ties:
        st.caption(_("No ties are known yet. Add the employers and parties that it knows."))
    for tie in ties:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = tie_words(tie.kind, tie.forward, f"**{plain(tie.other)}**")
            note = f" · {plain(tie.note)}" if tie.note else ""
            st.markdown(f"{plain(party.name)} {words}{note}", width="content")
            if st.button(_("Open"), key=f"open_{tie.id}", type="tertiary"):
                open_party(tie.other_id)
            if may_change and st.button(_("Remove"), key=f"remove_{tie.id}", type="tertiary"):
                _remove_tie(actor, tie)


def _remove_tie(actor: Actor, tie: PartyTieRow) -> None:
    _done(attempt(actor, actions.untie_party, lambda: actions.UntieParty(tie_id=tie.id, version=tie.version)))


def show_talks(talks: Sequence[TalkRow]) -> None:
    """Show who spoke with a party, latest first."""
    if not talks:
        st.caption(_("Nobody noted a talk yet."))
    for talk in talks:
        said = f": {plain(talk.summary)}" if talk.summary else ""
        st.markdown(f"{day(talk.held_on)} · {plain(talk.user)}{said}")


def open_party(party_id: int) -> None:
    """Go to the page of an employer, or of another party when the id has a minus sign."""
    if party_id > 0:
        shell.go("staff/employer.py", id=party_id)
    shell.go("staff/party.py", id=-party_id)


def _other_party(actor: Actor, party: PartyView) -> int | None:
    with reading(actor) as work:
        choices = {found: name for found, name in queries.party_choices(work).items() if found != party.id}
    chosen: int | None = st.selectbox(
        _("Party"), list(choices), None, choices.__getitem__, placeholder=_("Choose a party")
    )
    return chosen


def _asked(actor: Actor, was: PartyView | None) -> dict[str, Any]:
    with reading(actor) as work:
        places = municipalities(work)
    kinds, ids = list(PartyKind), list(places)
    place = ids.index(was.municipality_id) if was and was.municipality_id in ids else None
    return {
        "kind": st.selectbox(
            _("What it is"), kinds, kinds.index(was.kind) if was else 0, format_func=party_kind_word
        ),
        "name": st.text_input(_("Name"), was.name if was else "", max_chars=160),
        "municipality_id": st.selectbox(
            _("Municipality"), ids, place, places.__getitem__, placeholder=_("All or unknown")
        ),
        "contact_name": st.text_input(_("Contact person"), (was and was.contact_name) or "", max_chars=120),
        "phone": st.text_input(_("Phone"), (was and was.phone) or "", max_chars=40),
        "email": st.text_input(_("E-mail address"), (was and was.email) or "", max_chars=200),
        "note": st.text_input(_("Note"), (was and was.note) or "", max_chars=400),
    }


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
