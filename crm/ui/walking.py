"""From a record to the next one of the list somebody came from; the list's filter stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from crm.core.work import Work
from crm.exchange.list_walks import WALKS
from crm.ui import shell
from crm.ui.export_links import filter_address
from crm.ui.words import _

# In the address of a record: the filter of the list it was chosen from.
LIST = "lijst"
WHOLE_LIST = "alles"
# Which list that was, where a record stands in more than one.
AMONG = "uit"
FILES = {
    "cases": "staff/carving.py",
    "contracts": "staff/contracts.py",
    "employers": "staff/employers.py",
    "events": "staff/network.py",
    "members": "staff/network.py",
    "needs": "staff/needs.py",
    "parties": "staff/network.py",
    "placements": "staff/placements.py",
}


@dataclass(frozen=True)
class Walk:
    """The list a record was chosen from: its page, and the ids in it in their order."""

    list_file: str
    ids: Sequence[int]


def told(wanted: Any, among: str | None = None, **more: object) -> dict[str, str]:
    """Return what the address of a record tells of the list it is chosen from.

    `among` names the list where that is not the record's own.
    """
    found = {LIST: filter_address(wanted, **more) or WHOLE_LIST}
    return found if among is None else {**found, AMONG: among}


def walk_of(work: Work, own: str) -> Walk:
    """Return the list this record was chosen from, `own` unless the address tells another; else no ids."""
    among = st.query_params.get(AMONG, own)
    name = among if among in WALKS else own
    asked = _asked()
    return Walk(FILES[name], [] if asked is None else WALKS[name](work, asked))


def _asked() -> Mapping[str, str] | None:
    """Return the filter of the list this record was chosen from, or None when it was reached otherwise."""
    found = st.query_params.get(LIST)
    return None if found is None else dict(parse_qsl(found if found != WHOLE_LIST else "")[:12])


def show_walk(walk: Walk, here: int) -> None:
    """Show where this record stands in its list, with the way to the one before, the next, and the list."""
    ids = walk.ids
    if here not in ids:
        return
    place = ids.index(here)
    with st.container(horizontal=True, vertical_alignment="center", key="walk", gap="small"):
        before = st.button(
            _("Previous"),
            icon=":material/arrow_upward:",
            shortcut="Alt+Up",
            type="tertiary",
            key="walk_before",
            disabled=place == 0,
        )
        after = st.button(
            _("Next"),
            icon=":material/arrow_downward:",
            shortcut="Alt+Down",
            type="tertiary",
            key="walk_after",
            disabled=place == len(ids) - 1,
        )
        st.caption(_("{place} of {count}", place=place + 1, count=len(ids)), width="content")
        shell.link(
            walk.list_file, _("Back to the list"), icon=":material/list:", **_list_address(walk.list_file)
        )
    if before or after:
        # The page stays, and with it the tab somebody is on.
        st.query_params["id"] = str(ids[place + (1 if after else -1)])
        st.rerun()


def remember_list(list_file: str) -> None:
    """Keep how a list stands, so that the way back leads to it as it was."""
    st.session_state[f"list:{list_file}"] = st.query_params.to_dict()


def _list_address(list_file: str) -> dict[str, object]:
    return dict(st.session_state.get(f"list:{list_file}", {}))
