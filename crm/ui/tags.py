"""The tags of one record: shown as words, put on and taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from crm.core.i18n import N_
from crm.ui.forms import flash
from crm.ui.words import _, plain

LABELS = {"tag": N_("Tag")}
Done = Callable[[str], int | None]
Known = Callable[[], Sequence[str]]


def show_tags(tags: Sequence[str], known: Known, put: Done, take: Done, *, may_change: bool) -> None:
    """Show the tags of a record; `put` and `take` change them, `known` reads the tags in use."""
    if not tags and not may_change:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="tags", gap="xsmall"):
        for tag in tags:
            st.markdown(f":gray-badge[:material/label: {plain(tag)}]", width="content")
        if may_change:
            label = _("Tags") if tags else _("Put a tag on")
            with st.popover(
                label, icon=":material/new_label:", type="tertiary", key="change_tags", on_change="rerun"
            ) as place:
                if place.open:
                    _change(tags, known(), put, take)


def _change(tags: Sequence[str], known: Sequence[str], put: Done, take: Done) -> None:
    for tag in tags:
        label = _("Take off {tag}", tag=plain(tag))
        if st.button(label, key=f"untag_{tag}", icon=":material/close:", type="tertiary"):
            _finish(take(tag))
    others = [tag for tag in known if tag not in tags]
    with st.form("put_tag", clear_on_submit=True, border=False):
        typed = st.selectbox(
            _("Tag"), others, None, accept_new_options=True, placeholder=_("Choose or type a tag")
        )
        if st.form_submit_button(_("Put on")) and typed:
            _finish(put(str(typed)[:40]))


def _finish(done: int | None) -> None:
    if done is not None:
        flash(_("Saved."))
        st.rerun()
