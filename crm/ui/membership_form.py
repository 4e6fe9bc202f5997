"""Joining, changing and leaving the business network."""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import colleagues_in
from crm.network import actions
from crm.network.queries import MembershipView
from crm.network.rules import Motive
from crm.ui.dates import ask_day
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import pick_employer
from crm.ui.forms import attempt, flash
from crm.ui.network import motive_word
from crm.ui.words import _

LABELS = {
    "joined_on": N_("Joined on"),
    "motive": N_("Why they join"),
    "introduced_by_employer_id": N_("Brought by an employer"),
    "introduced_by_user_id": N_("Brought by a colleague"),
    "left_on": N_("Left on"),
}
BY_NOBODY, BY_EMPLOYER, BY_COLLEAGUE = "nobody", "employer", "colleague"
BROUGHT_BY = {
    BY_NOBODY: N_("came by themselves"),
    BY_EMPLOYER: N_("another employer"),
    BY_COLLEAGUE: N_("a colleague"),
}


def show_buttons(actor: Actor, employer_id: int, region_id: int, membership: MembershipView | None) -> None:
    """Show what can be done with the membership of an employer."""
    with st.container(horizontal=True):
        if membership is None or membership.left_on is not None:
            dialog_button(
                _("Make a member"),
                _("New member"),
                lambda: join(actor, employer_id, region_id),
                "join_network",
                icon=":material/group_add:",
            )
            return
        dialog_button(
            _("Change the membership"),
            _("Membership"),
            lambda: _edit(actor, employer_id, region_id, membership),
            "edit_membership",
        )
        dialog_button(
            _("Has left the network"),
            _("Leave the network"),
            lambda: _leave(actor, membership),
            "leave_network",
        )


def join(actor: Actor, employer_id: int, region_id: int) -> None:
    """Ask since when, why and through whom, and make the employer a member."""
    terms = _asked(actor, employer_id, region_id, None)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        _done(
            attempt(
                actor,
                actions.join_network,
                lambda: actions.JoinNetwork(employer_id=employer_id, **terms),
                LABELS,
            )
        )


def _edit(actor: Actor, employer_id: int, region_id: int, membership: MembershipView) -> None:
    terms = _asked(actor, employer_id, region_id, membership)
    if st.button(_("Save"), type="primary"):
        close_dialog()
        _done(
            attempt(
                actor,
                actions.edit_membership,
                lambda: actions.EditMembership(
                    membership_id=membership.id, version=membership.version, **terms
                ),
                LABELS,
            )
        )


def _leave(actor: Actor, membership: MembershipView) -> None:
    left_on = ask_day(_("Left on"), clock.today())
    if st.button(_("Save"), type="primary"):
        close_dialog()
        _done(
            attempt(
                actor,
                actions.leave_network,
                lambda: actions.LeaveNetwork(
                    membership_id=membership.id, version=membership.version, left_on=left_on
                ),
                LABELS,
            )
        )


def _asked(actor: Actor, employer_id: int, region_id: int, was: MembershipView | None) -> dict[str, Any]:
    joined_on = ask_day(_("Joined on"), was.joined_on if was else clock.today())
    motives = list(Motive)
    motive = st.selectbox(
        _("Why they join"), motives, motives.index(was.motive) if was else 0, format_func=motive_word
    )
    brought_by = st.segmented_control(
        _("Brought by"),
        list(BROUGHT_BY),
        format_func=lambda name: _(BROUGHT_BY[name]),
        default=_who_brought(was),
        required=True,
    )
    return {
        "joined_on": joined_on,
        "motive": motive,
        "introduced_by_employer_id": _employer(actor, employer_id, was)
        if brought_by == BY_EMPLOYER
        else None,
        "introduced_by_user_id": _colleague(actor, region_id, was) if brought_by == BY_COLLEAGUE else None,
    }


def _who_brought(was: MembershipView | None) -> str:
    if was is not None and was.introduced_by_employer_id is not None:
        return BY_EMPLOYER
    return BY_COLLEAGUE if was is not None and was.introduced_by_user_id is not None else BY_NOBODY


def _employer(actor: Actor, employer_id: int, was: MembershipView | None) -> int | None:
    if was is not None and was.introducing_employer:
        st.caption(_("Now: {name}. Search to choose another.", name=was.introducing_employer))
    chosen = pick_employer(actor, _("Brought by an employer"), "introducer", without=[employer_id])
    return chosen if chosen is not None or was is None else was.introduced_by_employer_id


def _colleague(actor: Actor, region_id: int, was: MembershipView | None) -> int | None:
    with reading(actor) as work:
        colleagues = colleagues_in(work, region_id)
    options = list(colleagues)
    now = was.introduced_by_user_id if was else actor.user_id
    return st.selectbox(
        _("Brought by a colleague"),
        options,
        options.index(now) if now in options else None,
        format_func=colleagues.__getitem__,
        placeholder=_("Choose a colleague"),
    )


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
