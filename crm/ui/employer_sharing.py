"""With which partner organisations an employer is shared, and changing that."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from crm.accounts.queries import partners
from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions, queries
from crm.employers.queries import EmployerView
from crm.employers.queries.sharing import Shared
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, plain

LABELS = {"partner_id": N_("Partner organisation")}


def show(actor: Actor, employer: EmployerView, may_change: bool) -> None:
    """Show who else sees this employer."""
    st.subheader(_("Shared with partners"), anchor=False)
    with reading(actor) as work:
        told = queries.sharing_of(work, employer.id)
    if employer.partners is None:
        st.caption(_("No partner organisation sees this employer."))
    for one in told:
        _show_one(actor, employer, one, may_change)
    if may_change:
        dialog_button(
            _("Share with a partner"),
            _("Share with a partner"),
            lambda: _choose(actor, employer),
            "share_employer",
        )


def _show_one(actor: Actor, employer: EmployerView, one: Shared, may_change: bool) -> None:
    name = plain(one.partner)
    if one.until is not None and one.since is not None:
        since, until = _day(one.since), _day(one.until)
        st.markdown(_("{name}, from {day} until {until}", name=name, day=since, until=until))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        when = " " + _("since {day}", day=_day(one.since)) if one.since else ""
        st.markdown(f"**{name}**{when}", width="content")
        if may_change and st.button(_("Stop sharing"), key=f"unshare_{one.partner_id}", type="tertiary"):
            _stop(actor, employer, one.partner_id)


def _day(moment: datetime) -> str:
    return day(moment.astimezone(clock.LOCAL_ZONE).date())


def _choose(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        known, shared = partners(work), queries.partners_of(work, employer.id)
    others = {partner_id: name for partner_id, name in known.items() if partner_id not in shared}
    if not others:
        st.info(_("There is no other partner organisation. An administrator adds one with its first user."))
        return
    chosen = st.selectbox(
        _("Partner organisation"), list(others), None, others.__getitem__, placeholder=_("Choose")
    )
    st.caption(
        _("The partner then sees this employer with its opportunities and placements, no conversations.")
    )
    if st.button(_("Share"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        _done(
            attempt(
                actor,
                actions.share_employer,
                lambda: actions.ShareEmployer(employer_id=employer.id, partner_id=chosen),
                LABELS,
            )
        )


def _stop(actor: Actor, employer: EmployerView, partner_id: int) -> None:
    _done(
        attempt(
            actor,
            actions.stop_sharing,
            lambda: actions.StopSharing(employer_id=employer.id, partner_id=partner_id),
            LABELS,
        )
    )


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
