"""The parts of the list of parties: filters kept in the address, and one line a party."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core.i18n import N_
from crm.network.queries import PartyFilter, PartyOrder, PartyRow
from crm.network.rules import PartyKind
from crm.ui import shell
from crm.ui.employers import spoken_words
from crm.ui.lists import Columns, Orders, ask_kind, ask_only, ask_text
from crm.ui.network import party_kind_word
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, n_, plain

ENDED = "ended"
ORDERS = Orders(
    "partijvolgorde",
    {
        PartyOrder.NAME: N_("By name"),
        PartyOrder.LONGEST_AGO: N_("Longest not spoken with"),
        PartyOrder.MOST_TIES: N_("Most ties"),
    },
)
COLUMNS = Columns(
    "partijkolommen",
    {"kind": N_("What it is"), "municipality": N_("Municipality"), "ties": N_("Ties")},
)


def fields() -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "partijnaam": None,
        "partij": list(PartyKind),
        "partijalleen": [ENDED],
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters() -> PartyFilter:
    """Ask which parties to show; the answers stand in the address."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        text = ask_text("partijnaam", _("Name"))
        kind = ask_kind("partij", _("What it is"), PartyKind, party_kind_word)
    with line.popover(_("More choices"), icon=":material/tune:", width="content"):
        order = ORDERS.ask()
        COLUMNS.ask()
    only = ask_only("partijalleen", {ENDED: N_("We work together no more")})
    return PartyFilter(text, kind, ENDED in only, order)


def show_list(rows: Sequence[PartyRow], wanted: PartyFilter) -> None:
    """Show the parties; a name leads to the party."""
    if not rows:
        _say_empty(wanted)
        return
    walked = told(wanted)
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            name, about, spoken = st.columns([4, 5, 2], vertical_alignment="center", gap="xxsmall")
            with name:
                shell.link("staff/party.py", f"**{plain(row.name)}**", id=row.id, **walked)
            facts = {
                "kind": party_kind_word(row.kind),
                "municipality": row.municipality,
                "ties": n_("{count} tie", "{count} ties", row.ties),
            }
            about.caption(COLUMNS.line(facts))
            spoken.caption(spoken_words(row.last_spoken_on))


def _say_empty(wanted: PartyFilter) -> None:
    if wanted == PartyFilter(order=wanted.order):
        words = _(
            "No party yet. Note a neighbourhood organisation, connector, school or agency that helps you."
        )
    else:
        words = _("No party fits. Search for a part of the name, or choose less.")
    st.info(words)
