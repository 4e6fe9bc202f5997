"""Putting a candidate or a carved job forward, on the page of a need and of an opportunity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.core.workdays import working_days_after
from crm.jobcarving.queries import CasePage, PackageRow
from crm.jobcarving.rules import FINISHED
from crm.needs.queries import NeedRow
from crm.proposals.actions import Propose, propose
from crm.proposals.queries import ProposalRow, proposals_on_case, proposals_on_need
from crm.proposals.rules import ANSWER_WITHIN
from crm.ui import proposals
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.placement_booking import pick_known
from crm.ui.proposals import LABELS
from crm.ui.words import _

_TURN = "proposal_turn"


def show_on_need(actor: Actor, need: NeedRow) -> None:
    """Show who was put forward for a need, and offer to put somebody forward while it is open."""
    with reading(actor) as work:
        found = proposals_on_need(work, need.id)
    _heading(found)
    if may_propose(actor) and need.closed_on is None:
        with st.expander(_("Put a candidate forward"), icon=":material/person_add:", key=_place("need")):
            candidate = pick_known(actor, offer_new=False)
            _ask_rest(actor, {"need_id": need.id, "candidate_id": candidate.id if candidate else None})
    elif not found:
        st.caption(_("Nobody was put forward for this."))


def show_on_case(actor: Actor, case: CasePage) -> None:
    """Show what was put forward of an opportunity, and offer a package or a candidate for an open job."""
    with reading(actor) as work:
        found = proposals_on_case(work, case.row.id)
    free = [package for package in case.packages if package.filled_on is None]
    offers = may_propose(actor) and case.row.stage not in FINISHED and bool(free)
    if not found and not offers:
        return
    _heading(found)
    if offers:
        with st.expander(
            _("Put a job or a candidate forward"), icon=":material/person_add:", key=_place("case")
        ):
            _ask_job(actor, free)


def may_propose(actor: Actor) -> bool:
    """Return whether somebody may put candidates forward."""
    return actor.may(Permission.PLACEMENT_EDIT) and actor.may(Permission.CANDIDATE_VIEW)


def _heading(found: Sequence[ProposalRow]) -> None:
    st.header(_("Proposals"), anchor=False)
    proposals.show_all(found)


def _ask_job(actor: Actor, free: Sequence[PackageRow]) -> None:
    names = {package.id: package.name for package in free}
    package_id = st.selectbox(_("Which job?"), list(names), format_func=names.__getitem__)
    is_open = next((one.opened_on for one in free if one.id == package_id), None) is not None
    candidate = pick_known(actor, offer_new=False) if is_open else None
    if not is_open:
        st.caption(_("You ask the employer whether this becomes a job. Candidates come after that."))
    _ask_rest(actor, {"package_id": package_id, "candidate_id": candidate.id if candidate else None})


def _ask_rest(actor: Actor, about: dict[str, Any]) -> None:
    first, last = st.columns(2)
    today = clock.today()
    proposed_on = ask_day(_(LABELS["proposed_on"]), today, place=first)
    answer_by = ask_day(_(LABELS["answer_by"]), working_days_after(today, ANSWER_WITHIN), place=last)
    note = st.text_input(
        _(LABELS["note"]), max_chars=400, placeholder=_("never a name, address or anything about health")
    )
    if not st.button(_("Put forward"), type="primary"):
        return
    given = {**about, "proposed_on": proposed_on, "answer_by": answer_by, "note": note}
    if attempt(actor, propose, lambda: Propose(**given), LABELS) is not None:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        flash(_("Put forward. The answer comes to stand on your list."))
        st.rerun()


def _place(about: str) -> str:
    """Return a key that is another after each proposal, so that the form closes and begins anew."""
    return f"propose_{about}_{st.session_state.get(_TURN, 0)}"
