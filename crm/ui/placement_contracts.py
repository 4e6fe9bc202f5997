"""The contracts on which a placement is counted, and those on which it could be."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.placements.queries import PlacementRow
from crm.sroi.actions import offer_placement, take_back_offer
from crm.sroi.commands import OfferPlacement, TakeBackOffer
from crm.sroi.queries import OfferableContract
from crm.sroi.queries.serving import CountedOn
from crm.sroi.states import EffortState
from crm.ui import shell
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash
from crm.ui.sroi import EFFORT, inline_badge
from crm.ui.words import _, day, money, plain, whole_euros

LABELS = {"contract_id": N_("Contract"), "block": N_("Block")}


def show_contracts(counted: Sequence[CountedOn]) -> None:
    """Show the contracts on which this placement is counted."""
    st.header(_("Counts for social return"), anchor=False)
    if not counted:
        st.caption(_("This placement is not counted on a contract yet."))
    for one in counted:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            shell.link("staff/contract.py", plain(one.title), icon=":material/gavel:", id=one.contract_id)
            amount = money(one.approved_cents or one.value_cents)
            st.markdown(f"{inline_badge(EFFORT[one.state])} {amount}", width="content")


def offer(
    actor: Actor, row: PlacementRow, offers: Sequence[OfferableContract], counted: Sequence[CountedOn]
) -> None:
    """Offer to count the placement on a contract of its employer; where it is a draft, show that instead."""
    single = len(offers) == 1 and len(offers[0].blocks) == 1
    drafts = {one.contract_id: one for one in counted if one.state is EffortState.DRAFT}
    for found in offers:
        with st.container(border=True):
            needed = _(
                "{amount} still needed by {day}",
                amount=whole_euros(found.needed_cents),
                day=day(found.end_on),
            )
            st.markdown(f"**{plain(found.title)}** · {plain(found.authority)}  \n{needed}")
            if draft := drafts.get(found.id):
                _show_draft(actor, found, draft)
            else:
                _ask_block(actor, row, found, single)


def _show_draft(actor: Actor, found: OfferableContract, draft: CountedOn) -> None:
    amount = whole_euros(draft.value_cents)
    st.markdown(_("The placement stands here as a draft of {amount}.", amount=amount))
    if draft.value_cents > found.needed_cents:
        needed = whole_euros(found.needed_cents)
        st.info(
            _(
                "The draft is worth {amount}, but the contract needs only {needed} more.",
                amount=amount,
                needed=needed,
            )
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        shell.link("staff/contract.py", _("Open the contract"), id=found.id)
        # A button of another version is another button: a tap meant for an older draft does nothing.
        if st.button(_("Take back the draft"), key=f"take_back_{draft.effort_id}_{draft.version}"):
            _take_back(actor, draft)


def _take_back(actor: Actor, draft: CountedOn) -> None:
    command = TakeBackOffer(effort_id=draft.effort_id, version=draft.version)
    if attempt(actor, take_back_offer, lambda: command) is not None:
        flash(_("The draft is taken back."))
        st.rerun()


def _ask_block(actor: Actor, row: PlacementRow, found: OfferableContract, single: bool) -> None:
    with st.container(horizontal=True):
        for block in found.blocks:
            label = _("Count on this contract") if len(found.blocks) == 1 else spoken(block.name)
            if st.button(
                label,
                type="primary" if single else "secondary",
                key=f"offer_{found.id}_{block.code}",
                help=_("Count this placement as: {block}", block=spoken(block.name)),
            ):
                _offer_on(actor, row, found.id, block.code)


def _offer_on(actor: Actor, row: PlacementRow, contract_id: int, block: str) -> None:
    command = OfferPlacement(placement_id=row.id, contract_id=contract_id, block=block)
    if attempt(actor, offer_placement, lambda: command, LABELS) is not None:
        flash(
            _("The placement stands on the contract as a draft. The employer completes it and hands it in.")
        )
        st.rerun()
