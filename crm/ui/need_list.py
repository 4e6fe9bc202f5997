"""The parts of the list of needs: filters kept in the address, and one box a need."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.needs.queries import MOST_COUNTED, PAGE_SIZE, NeedFilter, NeedOrder, NeedRow
from crm.needs.rules import NeedKind
from crm.ui import needs
from crm.ui.lists import Columns, Orders, ask_text
from crm.ui.needs import kind_word
from crm.ui.paging import Paging
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _

MINE, ALL, ENDED = "mine", "all", "ended"
SEEN = {MINE: N_("With me"), ALL: N_("With everybody"), ENDED: N_("Ended")}
PAGES = Paging("needs_page", PAGE_SIZE, MOST_COUNTED)
ORDERS = Orders(
    "behoeftevolgorde",
    {
        NeedOrder.WAITING: N_("Who waits longest for us"),
        NeedOrder.URGENT: N_("Most haste"),
        NeedOrder.NEWEST: N_("Newest first"),
        NeedOrder.EMPLOYER: N_("By employer"),
    },
    PAGES,
)
COLUMNS = Columns(
    "behoeftekolommen",
    {
        "employer": N_("Employer"),
        "phase": N_("Phase"),
        "urgency": N_("Haste"),
        "owner": N_("Who takes care of it"),
        "raised_on": N_("Asked on"),
    },
)


def fields() -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "behoefte": None,
        "needs_seen": list(SEEN),
        "needs_kind": list(NeedKind),
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters(actor: Actor) -> NeedFilter:
    """Ask which needs to show; the answers stand in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = ask_text("behoefte", _("Employer: name, place or KvK number"), PAGES)
        with st.popover(_("More choices"), icon=":material/tune:", width="content"):
            order = ORDERS.ask()
            COLUMNS.ask()
    seen = st.segmented_control(
        _("Which"),
        list(SEEN),
        default=MINE if actor.may(Permission.VISIT_LOG) else ALL,
        format_func=lambda name: _(SEEN[name]),
        key="needs_seen",
        bind="query-params",
        on_change=PAGES.restart,
        required=True,
        label_visibility="collapsed",
    )
    kind = st.pills(
        _("Only"),
        list(NeedKind),
        format_func=kind_word,
        key="needs_kind",
        bind="query-params",
        on_change=PAGES.restart,
        label_visibility="collapsed",
    )
    return NeedFilter(actor.user_id if seen == MINE else None, kind, seen == ENDED, text, order)


def show_rows(actor: Actor, rows: Sequence[NeedRow], wanted: NeedFilter) -> None:
    """Show one page of the list; a need leads to its page, and from there to the next of the list."""
    walked = told(wanted)
    for need in rows:
        needs.show_line(actor, need, COLUMNS.line(needs.facts_of(need)), walked)
