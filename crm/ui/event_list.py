"""The parts of the list of events: filters kept in the address, and one line an event."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core.i18n import N_
from crm.events.queries import EventFilter, EventOrder, EventRow
from crm.events.rules import EventKind
from crm.ui import shell
from crm.ui.events import event_word
from crm.ui.lists import Columns, Orders, ask_kind, ask_only, ask_text
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, moment, n_, plain

COMING = "coming"
ORDERS = Orders(
    "bijeenkomstvolgorde",
    {
        EventOrder.LATEST: N_("Latest first"),
        EventOrder.EARLIEST: N_("Earliest first"),
        EventOrder.TITLE: N_("Title"),
    },
)
COLUMNS = Columns(
    "bijeenkomstkolommen",
    {
        "kind": N_("Kind of event"),
        "when": N_("Day"),
        "place": N_("Place"),
        "who": N_("Who comes"),
    },
)


def fields() -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "bijeenkomst": None,
        "bijeenkomstsoort": list(EventKind),
        "bijeenkomstalleen": [COMING],
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters() -> EventFilter:
    """Ask which events to show; the answers stand in the address."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        text = ask_text("bijeenkomst", _("Title or place"))
        kind = ask_kind("bijeenkomstsoort", _("Kind of event"), EventKind, event_word)
    with line.popover(_("More choices"), icon=":material/tune:", width="content"):
        order = ORDERS.ask()
        COLUMNS.ask()
    only = ask_only("bijeenkomstalleen", {COMING: N_("Still to come")})
    return EventFilter(text, kind, COMING in only, order)


def show_list(rows: Sequence[EventRow], wanted: EventFilter, may_plan: bool) -> None:
    """Show the events; a title leads to the event."""
    if not rows:
        _say_empty(wanted, may_plan)
        return
    walked = told(wanted)
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            title, about = st.columns([4, 7], vertical_alignment="center", gap="xxsmall")
            with title:
                shell.link("staff/event.py", f"**{plain(row.title)}**", id=row.id, **walked)
            about.caption(_about(row))


def _about(row: EventRow) -> str:
    employers = n_("{count} employer", "{count} employers", row.employers)
    candidates = n_("{count} candidate", "{count} candidates", row.candidates)
    line = COLUMNS.line(
        {
            "kind": event_word(row.kind),
            "when": moment(row.starts_at),
            "place": row.place,
            "who": f"{employers}, {candidates}",
        }
    )
    return f"{line} · {_('called off')}" if row.cancelled_on else line


def _say_empty(wanted: EventFilter, may_plan: bool) -> None:
    if wanted != EventFilter(order=wanted.order):
        st.info(_("No event fits. Search for a part of the title, or choose less."))
        return
    words = _("No events yet. Plan the first one: a speedmeet, an open day or a breakfast.")
    st.info(words if may_plan else _("No events yet."))
