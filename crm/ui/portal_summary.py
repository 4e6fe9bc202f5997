"""How a contract stands, in one box: what is owed, what counts, and what is missing by when."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.sroi.queries import ContractRow
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules import Status
from crm.sroi.standing import last_day
from crm.ui.explanation import explanation_popover
from crm.ui.portal import STANDING
from crm.ui.sroi import inline_badge, look_of, time_left
from crm.ui.words import _, day, whole_euros


def show_standing(contract: PortalContract) -> None:
    """Show how the contract stands: the sentence, the one large number, the bar and the sum."""
    row = contract.page.row
    with st.container(border=True):
        left, right = st.columns([5, 6], gap="medium", vertical_alignment="center")
        with left.container(gap="xsmall"):
            _large(row)
        with right:
            _sum(row)
            with st.container(horizontal=True):
                explanation_popover(
                    _("Why {amount}?", amount=whole_euros(row.obligation_cents)),
                    contract.page.obligation,
                    _("the obligation"),
                    key="why_obligation",
                )
                explain_social_return()


def explain_social_return() -> None:
    """Say in plain words what social return is, one tap away."""
    with st.popover(_("What is social return?"), icon=":material/help:", type="tertiary"):
        st.markdown(
            _(
                "The municipality gave you a contract. In return you help people who find it hard to get "
                "work. That is called social return."
            )
        )
        st.markdown(
            _(
                "You do not pay the amount. Everything you do has a value in euros: someone you hire, "
                "a trainee, something you buy from a social enterprise, or an activity. "
                "Together those values have to reach the amount."
            )
        )


def _large(row: ContractRow) -> None:
    standing = row.standing
    word = _(STANDING[standing.status]) if standing else ""
    st.markdown(f"**{word}** {inline_badge(look_of(row))}")
    if standing is None or standing.status is Status.SETTLED:
        st.metric(_("Counted"), whole_euros(row.approved_cents))
    else:
        st.metric(needed_label(row.submitted_cents, last_day(row)), whole_euros(row.needed_cents))
    approved, submitted = _shares(row)
    told = _("{approved} % counts, {submitted} % is under review", approved=approved, submitted=submitted)
    if standing is not None and standing.status is not Status.SETTLED and standing.days_left:
        told += " · " + _("{left} left", left=time_left(standing))
    st.progress(min(approved, 100), text=told)


def needed_label(submitted_cents: int, by: date) -> str:
    """Return what the missing amount is called: what waits for a decision has been taken off already."""
    if submitted_cents:
        return _("Still needed once all is approved, by {day}", day=day(by))
    return _("Still needed, by {day}", day=day(by))


def _shares(row: ContractRow) -> tuple[int, int]:
    whole = row.obligation_cents
    return (100 * row.approved_cents // whole, 100 * row.submitted_cents // whole) if whole else (100, 0)


def _sum(row: ContractRow) -> None:
    lines = {
        _("You have to reach"): row.obligation_cents,
        _("This counts already"): row.approved_cents,
        _("Under review"): row.submitted_cents,
    }
    with st.container(gap="xxsmall"):
        for what, amount in lines.items():
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                st.markdown(what, width="content")
                st.markdown(f"**{whole_euros(amount)}**", width="content")
