"""What of the efforts that wait comes on screen, and in which order; the answers stand in the address."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.core.i18n import N_
from crm.sroi.queries.reviewing import ReviewFilter, ReviewOrder
from crm.ui.lists import Orders, ask_text
from crm.ui.views import Fields
from crm.ui.words import _

ORDERS = Orders(
    "beoordeelvolgorde",
    {
        ReviewOrder.OLDEST: N_("Waits longest first"),
        ReviewOrder.MOST_WORTH: N_("Most worth first"),
        ReviewOrder.EMPLOYER: N_("By employer"),
    },
)


def fields(authorities: Mapping[int, str]) -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "beoordeelwerkgever": None,
        "beoordeelopdrachtgever": authorities,
        ORDERS.key: list(ORDERS.words),
    }


def filters(authorities: Mapping[int, str]) -> ReviewFilter:
    """Ask what to review first; call it within a popover, so that the decision stays in sight."""
    text = ask_text("beoordeelwerkgever", _("Employer: name, place or KvK number"))
    authority_id = st.selectbox(
        _("Authority"),
        list(authorities),
        None,
        lambda value: authorities[value],
        key="beoordeelopdrachtgever",
        placeholder=_("All"),
        bind="query-params",
    )
    return ReviewFilter(text, authority_id, ORDERS.ask())
