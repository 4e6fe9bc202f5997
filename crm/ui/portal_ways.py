"""How a contractor can fill what a contract still lacks: the mixes for it, and one into the plan."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.work import Work
from crm.sroi.queries import forecast_of
from crm.sroi.queries.planning import current_plan
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules.forecast import Forecast
from crm.sroi.rules.plan import PlanState
from crm.ui import gap, portal
from crm.ui.words import _


def show_ways(actor: Actor, contract: PortalContract) -> bool:
    """Show mixes that fill what is missing; return whether one was put in the plan."""
    forecast, waits = portal.found(actor, lambda work: _read(work, contract.page.row.id))
    st.header(_("How to fill what is missing"), anchor=False)
    if forecast is None:
        st.info(_("Nothing can be added to this contract any more."))
        return False
    if waits:
        st.info(_("We are looking at your plan. Once you have our answer, you can put one of these in it."))
    return gap.show(actor, contract.page, forecast, gap.PORTAL if not waits else gap.LOOKING) is not None


def _read(work: Work, contract_id: int) -> tuple[Forecast | None, bool]:
    plan = current_plan(work, contract_id)
    return forecast_of(work, contract_id), plan is not None and plan.state is PlanState.HANDED_IN
