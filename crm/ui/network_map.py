"""The map of the network: clusters to look at, and beside it the same as words that a keyboard reaches."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.network.charts import clusters_chart, clusters_frame
from crm.network.queries import NamedMap
from crm.ui.network import tie_words
from crm.ui.parties import open_party
from crm.ui.tables import show_table
from crm.ui.words import _, n_, plain

_MOST_BUTTONS = 25
_MOST_TIES = 60


def show(found: NamedMap) -> None:
    """Show the clusters as a picture, and one of them as a list with its ties."""
    if not found.map.clusters:
        st.info(_("There is nothing to draw yet. Add ties between employers and other parties."))
        return
    st.caption(_told(found))
    picture, words = st.columns([3, 2], gap="medium")
    numbers = range(len(found.map.clusters))
    labels = {number: _label(found, number) for number in numbers}
    with words:
        chosen = st.selectbox(_("Group on the map"), list(numbers), format_func=labels.__getitem__)
        _show_members(found, chosen)
    with picture:
        st.vega_lite_chart(
            spec=clusters_chart(
                clusters_frame(found.map, [_short(found, number) for number in numbers], chosen), _ink()
            ),
            alt=_("Map of the network in groups; the list beside it says the same"),
        )
    _show_ties(found, chosen)


def _told(found: NamedMap) -> str:
    shown, tied = found.map.shown, found.map.parties
    words = n_("{count} party with ties", "{count} parties with ties", tied)
    if shown < tied:
        words += " · " + _("on the map: the {count} with most ties", count=shown)
    return words


def _label(found: NamedMap, number: int) -> str:
    size = len(found.map.clusters[number].party_ids)
    return _("{number}. around {name} ({count})", number=number + 1, name=found.label(number), count=size)


def _short(found: NamedMap, number: int) -> str:
    return f"{number + 1}. {found.label(number)}"


def _show_members(found: NamedMap, number: int) -> None:
    members = [one for one in found.map.clusters[number].party_ids if one in found.names]
    with st.container(height=340, border=True, gap="xxsmall"):
        for one in members[:_MOST_BUTTONS]:
            if st.button(plain(found.names[one]), key=f"map_{one}", type="tertiary"):
                open_party(one)
        if len(members) > _MOST_BUTTONS:
            st.caption(_("and {count} more", count=len(members) - _MOST_BUTTONS))


def _show_ties(found: NamedMap, number: int) -> None:
    ties = found.ties_in(number)
    rows = [
        (plain(found.names[link.from_id]), tie_words(link.kind, True, plain(found.names[link.to_id])))
        for link in ties[:_MOST_TIES]
    ]
    with st.expander(_("The ties of this group as a table")):
        show_table(pd.DataFrame(rows, columns=(_("Party"), _("Tie"))), _("Ties in words"))
        if len(ties) > _MOST_TIES:
            st.caption(_("and {count} more", count=len(ties) - _MOST_TIES))


def _ink() -> str:
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))
