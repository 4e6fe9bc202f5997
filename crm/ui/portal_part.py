"""In the portal: a part of another company's contract, with what this company did for it and nothing else."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries.parts import PartPage, part_page
from crm.ui import effort_sheet, portal, portal_part_plan, shell
from crm.ui.portal_counts import show_counts
from crm.ui.portal_efforts import by_effort, show_card
from crm.ui.portal_summary import needed_label
from crm.ui.words import _, money, plain, whole_euros

TABS = {"now": N_("How it stands"), "plan": N_("Plan"), "counts": N_("What counts?")}


def find(actor: Actor, contract_id: int) -> PartPage | None:
    """Return the part that this company took over of a contract; None for any other contract."""
    try:
        with reading(actor) as work:
            return part_page(work, contract_id)
    except NotFound:
        return None


def show(actor: Actor, page: PartPage) -> None:
    """Show how the part stands, its plan, what was done for it, and what counts."""
    part = page.part
    portal.head(actor, page.employer)
    with portal.title(part.title, _("Your part for {authority}", authority=plain(part.authority))):
        if page.is_open and st.button(_("New effort"), icon=":material/add:", type="primary"):
            shell.go(portal.EFFORT, contract=part.contract_id)
    shown = st.segmented_control(
        _("Part of the contract"),
        list(TABS),
        format_func=lambda tab: _(TABS[tab]),
        key=f"part_tab_{part.contract_id}",
        default="now",
        required=True,
        label_visibility="collapsed",
    )
    if shown == "plan":
        portal_part_plan.show(actor, page)
    elif shown == "counts":
        show_counts(page.rule_set)
    else:
        _standing(page)
        st.header(_("What you did"), anchor=False)
        _efforts(actor, page)
    shell.link(portal.OVERVIEW, _("To my contracts"), icon=":material/arrow_back:")


def _standing(page: PartPage) -> None:
    part = page.part
    if not part.holds:
        st.info(_("This part was taken back. What you handed in before stays to be read here."))
        return
    missing = max(part.amount_cents - page.approved_cents - page.submitted_cents, 0)
    with st.container(border=True):
        left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
        left.metric(needed_label(page.submitted_cents, page.last_day), whole_euros(missing))
        share = min(100 * page.approved_cents // part.amount_cents, 100)
        left.progress(share, text=_("{approved} % of your part counts", approved=share))
        right.markdown(
            "  \n".join(
                (
                    _("Your part: **{amount}**", amount=money(part.amount_cents)),
                    _("Counts so far: **{amount}**", amount=money(page.approved_cents)),
                    _("Under review: **{amount}**", amount=money(page.submitted_cents)),
                )
            )
        )
        right.caption(_("The main contractor sees these amounts together, and not who works with you."))


def _efforts(actor: Actor, page: PartPage) -> None:
    if page.is_open:
        effort_sheet.show(actor, page.part.contract_id, page.rule_set)
    if not page.efforts:
        st.info(_("There is nothing here yet. Tell us what you did with “New effort”; we then look at it."))
        return
    with reading(actor) as work:
        evidence = by_effort(queries.evidence_of_contract(work, page.part.contract_id, page.rule_set))
    for effort in page.efforts:
        show_card(effort, evidence[effort.id], page.rule_set, is_open=page.is_open)
