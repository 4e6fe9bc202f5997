"""From a record to the next one of the list somebody came from; the list's filter stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

import streamlit as st

from crm.ui import shell
from crm.ui.words import _

# In the address of a record: the filter of the list it was chosen from.
LIST = "lijst"
WHOLE_LIST = "alles"


def in_list() -> Mapping[str, str] | None:
    """Return the filter of the list this record was chosen from, or None when it was reached otherwise."""
    told = st.query_params.get(LIST)
    return None if told is None else dict(parse_qsl(told if told != WHOLE_LIST else "")[:12])


def show_walk(list_file: str, ids: Sequence[int], here: int) -> None:
    """Show where this record stands in its list, with the way to the one before, the next, and the list."""
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
        shell.link(list_file, _("Back to the list"), icon=":material/list:", **_list_address(list_file))
    if before or after:
        # The page stays, and with it the tab somebody is on.
        st.query_params["id"] = str(ids[place + (1 if after else -1)])
        st.rerun()


def remember_list(list_file: str) -> None:
    """Keep how a list stands, so that the way back leads to it as it was."""
    st.session_state[f"list:{list_file}"] = st.query_params.to_dict()


def _list_address(list_file: str) -> dict[str, object]:
    return dict(st.session_state.get(f"list:{list_file}", {}))
