"""The screen of employers that may be one: proposals, two side by side, what would move, and undoing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import AppError, NotFound
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import merging
from crm.employers.actions.merging import KeepApart, MergeEmployers, UndoMerge, keep_apart, merge_employers
from crm.employers.actions.merging import undo_merge as take_apart
from crm.employers.likeness import Alike
from crm.employers.queries import municipalities
from crm.employers.queries.merging import (
    MOST_PAIRS,
    MergeRow,
    Side,
    became,
    likely_doubles,
    recent_merges,
    sides,
)
from crm.employers.rules import Segment
from crm.ui import merge_words, shell
from crm.ui.employers import place_line, segment_word
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.words import _, day, moment, n_, plain

PAGE = "staff/doubles.py"
SHOWN = 20
LABELS = {
    "name": N_("Name"),
    "kvk_number": N_("KvK number"),
    "sbi_code": N_("SBI code"),
    "staff_size": N_("Number of staff"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "city": N_("Place"),
    "municipality_id": N_("Municipality"),
    "segment": N_("Segment"),
    "phone": N_("Phone"),
    "website": N_("Website"),
    "ceased_on": N_("Ceased on"),
}
_FOUND = "likely_doubles"


def show_likely(actor: Actor) -> None:
    """Look for employers that look alike, when asked, and list the pairs."""
    if st.button(_("Look for duplicates"), type="primary", icon=":material/search:"):
        with st.spinner(_("Comparing names, postcodes and places …")), reading(actor) as work:
            st.session_state[_FOUND] = likely_doubles(work)
    pairs: list[Alike] | None = st.session_state.get(_FOUND)
    if pairs is None:
        st.caption(_("Names are compared without legal form and capitals, at the same postcode or place."))
        return
    with reading(actor) as work:
        known = sides(work, [found for pair in pairs[:SHOWN] for found in (pair.one, pair.other)])
    shown = [pair for pair in pairs[:SHOWN] if pair.one in known and pair.other in known]
    if not shown:
        st.success(_("No employers look alike."), icon=":material/check:")
        return
    if len(pairs) < MOST_PAIRS:
        st.caption(n_("{count} pair looks alike.", "{count} pairs look alike.", len(pairs)))
    else:
        st.caption(_("At least {count} pairs look alike. These look alike most.", count=MOST_PAIRS))
    for pair in shown:
        _show_proposal(actor, pair, known[pair.one], known[pair.other])


def _show_proposal(actor: Actor, pair: Alike, one: Side, other: Side) -> None:
    with st.container(border=True, key=f"pair_{pair.one}_{pair.other}"):
        for side in (one, other):
            facts = (side.fields[name] for name in ("kvk_number", "street", "postcode", "city"))
            st.markdown(f"**{plain(side.name)}**  \n:gray[{place_line(*facts)}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("{percent} % the same name", percent=pair.score), width="content")
            if st.button(_("Compare"), icon=":material/compare_arrows:", key=f"see_{one.id}_{other.id}"):
                shell.go(PAGE, een=one.id, ander=other.id)
            if st.button(_("Not the same"), icon=":material/close:", key=f"no_{one.id}_{other.id}"):
                asked = KeepApart(one_id=one.id, other_id=other.id)
                if attempt(actor, keep_apart, lambda: asked) is not None:
                    st.session_state[_FOUND] = [found for found in st.session_state[_FOUND] if found != pair]
                    st.rerun()


def show_pair(actor: Actor) -> None:
    """Put two employers side by side, let somebody choose whose values stay, and make them one."""
    ids = [_number(st.query_params["een"]), _number(st.query_params["ander"])]
    with reading(actor) as work:
        known, places = sides(work, ids), municipalities(work)
    if len(known) < 2:
        st.info(_("These two are no longer both here. Look for duplicates again."))
        shell.link(PAGE, _("Duplicates"))
        return
    stays = st.radio(
        _("Which one stays?"), ids, format_func=lambda found: plain(known[found].name), horizontal=True
    )
    kept, gone = known[stays], known[ids[0] if stays == ids[1] else ids[1]]
    command = MergeEmployers(
        kept_id=kept.id,
        kept_version=kept.version,
        gone_id=gone.id,
        gone_version=gone.version,
        taken=frozenset(_ask_values(kept, gone, places)),
    )
    try:
        found = merging.consequences(actor, kept.id, gone.id)
    except AppError as fault:
        show_fault(fault)
        return
    merge_words.show(found, kept.name, gone.name)
    if st.button(_("Make them one"), type="primary", icon=":material/join_inner:"):
        _merge(actor, command)


def _ask_values(kept: Side, gone: Side, places: Mapping[int, str]) -> list[str]:
    """Ask of each field in which both differ whose value stays; return those of who goes."""
    taken = []
    different = [name for name in LABELS if kept.fields[name] != gone.fields[name]]
    if not different:
        st.caption(_("All their details are the same."))
    with st.grid(2, gap="small", min_column_width=260):
        for name in different:
            default = 1 if kept.fields[name] in (None, "") else 0
            known = places if name == "municipality_id" else {}
            choices = [_value(side.fields[name], known) for side in (kept, gone)]
            choice = st.radio(
                _(LABELS[name]), [0, 1], default, choices.__getitem__, key=f"value_{kept.id}_{name}"
            )
            if choice:
                taken.append(name)
    return taken


def _value(value: object, places: Mapping[int, str]) -> str:
    if value in (None, ""):
        return _("(nothing)")
    if isinstance(value, int) and value in places:
        return places[value]
    if isinstance(value, Segment):
        return segment_word(value)
    return day(value) if isinstance(value, date) else plain(str(value))


def _merge(actor: Actor, command: MergeEmployers) -> None:
    try:
        merging.run(actor, merge_employers, command)
    except AppError as fault:
        show_fault(fault)
        return
    st.session_state.pop(_FOUND, None)
    flash(_("They are one now. You can undo this under Duplicates."))
    shell.go("staff/employer.py", id=command.kept_id)


def follow_merge(actor: Actor, name: str = "employer") -> None:
    """Lead an old address to the employer that the one in it became; do nothing when there is none to see.

    `name` is what the employer is called in the address of the page.
    """
    given = st.query_params.get(name, "")
    if not given.isdigit():
        return
    try:
        with reading(actor) as work:
            found = became(work, int(given))
    except NotFound:
        return
    flash(_("{gone} went up in this employer.", gone=plain(found.gone_name)))
    st.query_params[name] = str(found.id)
    st.rerun()


def show_merges(actor: Actor) -> None:
    """List the last merges, each to be undone."""
    with reading(actor) as work:
        rows = recent_merges(work)
    if not rows:
        return
    st.subheader(_("Made one before"), anchor=False)
    for row in rows:
        _show_merge(actor, row)


def _show_merge(actor: Actor, row: MergeRow) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"merge_{row.id}"):
        with st.container(width="stretch", gap=None):
            told = _("{gone} went up in {kept}", gone=row.gone_name, kept=row.kept_name or "…")
            st.markdown(plain(told))
            st.caption(place_line(moment(row.merged_at), row.merged_by))
            if row.left:
                left = n_("{count} thing stayed as it was", "{count} things stayed as they were", row.left)
                st.caption(left)
        if row.undone_at is not None:
            st.caption(_("Undone"), width="content")
        elif st.button(_("Undo"), icon=":material/undo:", key=f"undo_{row.id}"):
            _undo(actor, row)


def _undo(actor: Actor, row: MergeRow) -> None:
    try:
        merging.run(actor, take_apart, UndoMerge(merge_id=row.id))
    except AppError as fault:
        show_fault(fault)
        return
    flash(
        _(
            "They are two again. What was added since and hangs on nothing that went back stays at {name}.",
            name=row.kept_name,
        )
    )
    st.rerun()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0
