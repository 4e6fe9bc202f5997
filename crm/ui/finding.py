"""The screen that finds anything: its box, and what was found by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.finding.queries import MAY_FIND, PER_KIND, Found
from crm.finding.rules import SHORTEST, Kind
from crm.ui import shell
from crm.ui.carving import stage_word
from crm.ui.needs import kind_word
from crm.ui.network import PARTY_KINDS
from crm.ui.placements import group_word
from crm.ui.words import _, n_, plain

# What was typed may be somebody's name, so it stays out of the address.
BOX = "find_text"
KINDS = {
    Kind.EMPLOYER: (N_("Employers"), ":material/apartment:", "staff/employer.py"),
    Kind.PERSON: (N_("People at employers"), ":material/person:", "staff/employer.py"),
    Kind.CONTRACT: (N_("Contracts"), ":material/gavel:", "staff/contract.py"),
    Kind.CASE: (N_("Opportunities"), ":material/account_tree:", "staff/case.py"),
    Kind.CANDIDATE: (N_("Candidates by number"), ":material/badge:", "staff/placement.py"),
    Kind.PLACEMENT: (N_("Placements"), ":material/work:", "staff/placement.py"),
    Kind.PARTY: (N_("Parties in the network"), ":material/hub:", "staff/party.py"),
    Kind.NEED: (N_("Needs"), ":material/contact_support:", "staff/need.py"),
}


def ask_text(actor: Actor) -> str:
    """Ask what to look for, while somebody types; the label says what this actor can find."""
    kinds = ", ".join(_(KINDS[kind][0]).lower() for kind in Kind if actor.may(MAY_FIND[kind]))
    typed = st.text_input(
        _("Name, number or word"),
        key=BOX,
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=_("For example: bakker etten"),
        help=_("This looks in: {kinds}. A slip of the pen does no harm.", kinds=kinds),
        width=560,
    )
    return typed or ""


def count_words(found: Mapping[Kind, Sequence[Found]]) -> str:
    """Return how much is shown; whether there is more is said at each kind."""
    return n_("{count} found", "{count} found, the likeliest first", sum(map(len, found.values())))


def show_found(found: Mapping[Kind, Sequence[Found]]) -> None:
    """Show what was found, a part for each kind."""
    for kind, rows in found.items():
        name, icon, file = KINDS[kind]
        st.subheader(_(name), anchor=False)
        with st.container(border=True, gap="xxsmall", key=f"found_{kind.name.lower()}"):
            for row in rows:
                _show_row(row, icon, file)
            if len(rows) == PER_KIND:
                st.caption(_("There may be more. Type another word to choose from fewer."))


def say_nothing(typed: str) -> None:
    """Say what to do while nothing was found."""
    if len(typed.strip()) < SHORTEST:
        st.caption(_("Type at least three letters or digits."))
    else:
        st.info(_("Nothing was found. Try another word, or only the beginning of it."))


def _show_row(row: Found, icon: str, file: str) -> None:
    name, about = st.columns([4, 5], vertical_alignment="center", gap="xxsmall")
    with name:
        if row.opens is None:
            st.markdown(f"{icon} {plain(row.name)}")
        elif row.kind is Kind.PERSON:
            shell.link(file, plain(row.name), icon=icon, id=row.opens, tab=_("People"))
        else:
            shell.link(file, plain(row.name), icon=icon, id=row.opens)
    about.caption(" · ".join(part for part in (_of(row), _note(row), _ended(row)) if part))


def _of(row: Found) -> str:
    return plain(row.of) if row.of else ""


def _note(row: Found) -> str:
    if row.note is None:
        return ""
    match row.kind:
        case Kind.CASE:
            return stage_word(row.note)
        case Kind.CANDIDATE:
            placed = "" if row.opens else " · " + _("not placed yet")
            return group_word(row.note) + placed
        case Kind.PARTY:
            return _(PARTY_KINDS[row.note])
        case Kind.NEED:
            return kind_word(row.note)
        case _:
            return plain(str(row.note))


def _ended(row: Found) -> str:
    if not row.ended:
        return ""
    return _("ceased") if row.kind is Kind.EMPLOYER else _("ended")
