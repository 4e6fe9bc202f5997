"""A contract in the portal: how it stands and what to do, its efforts, and what counts."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import Work
from crm.sroi.next_steps import NextStep, next_steps
from crm.sroi.queries import ContractRow
from crm.sroi.queries.portal import (
    PortalContract,
    own_name,
    portal_contract,
    with_contact,
    with_placements,
    with_tasks,
)
from crm.sroi.standing import last_day
from crm.sroi.states import ContractState
from crm.ui import contract_shares, portal, shell
from crm.ui.portal_counts import show_counts
from crm.ui.portal_efforts import show_efforts
from crm.ui.portal_plan import show_plan
from crm.ui.portal_steps import has_first, show_steps
from crm.ui.portal_summary import explain_social_return, show_standing
from crm.ui.portal_ways import show_ways
from crm.ui.sroi import badge, look_of
from crm.ui.words import _, day, plain, whole_euros

PARTS = {
    "now": N_("How it stands"),
    "plan": N_("Plan"),
    "efforts": N_("What you did"),
    "counts": N_("What counts?"),
    "ways": N_("Fill the rest"),
    "shares": N_("Passed on"),
}


def show_contract(actor: Actor, contract_id: int) -> None:
    """Show one contract of the employer's own; says so when there is none with this id."""
    part = _part(contract_id)
    contract = portal.found(actor, lambda work: _read(work, contract_id, part))
    row = contract.page.row
    portal.head(actor, row.employer)
    under = " · ".join(plain(part) for part in (row.authority, row.reference) if part)
    steps = next_steps(contract) if part == "now" else []
    with portal.title(row.title, under, contract.contact):
        _offer_new(contract, steps, part)
    _choose_part(contract_id, contract)
    if part == "now":
        _show_now(contract, steps)
    elif part == "plan":
        show_plan(actor, contract)
    elif part == "efforts":
        show_efforts(actor, contract)
    elif part == "counts":
        show_counts(contract.page.rule_set)
    elif part == "shares":
        contract_shares.show(actor, contract.page)
    elif show_ways(actor, contract):
        _open(contract_id, "plan")


def _show_now(contract: PortalContract, steps: list[NextStep]) -> None:
    show_standing(contract)
    if contract.statement_id is not None:
        st.link_button(
            _("Final statement (PDF)"),
            f"/statements/{contract.statement_id}.pdf",
            icon=":material/picture_as_pdf:",
        )
    if (asked := show_steps(contract, steps)) is not None:
        _open(contract.page.row.id, asked)


def show_list(actor: Actor, rows: list[ContractRow]) -> None:
    """Show the contracts of the employer, one line of status each."""
    portal.head(actor, rows[0].employer)
    portal.title(_("My contracts"), _("What you agreed on for each contract, and how it stands"))
    explain_social_return()
    for row in sorted(rows, key=_is_settled):
        with st.container(border=True):
            line = st.container(
                horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
            )
            with line.container(width="content", gap="xxsmall"):
                shell.link(portal.CONTRACT, f"**{plain(row.title)}**", id=row.id)
                st.caption(_one_line(row))
            with line.container(width="content"):
                badge(look_of(row))


def show_none(actor: Actor) -> None:
    """Say that there is no contract yet, and what happens when there is."""
    portal.head(actor, portal.found(actor, own_name))
    portal.title(_("My contracts"))
    st.info(_("There is no contract here yet. As soon as we confirm one, you see here what you have to do."))
    explain_social_return()


def _one_line(row: ContractRow) -> str:
    if not row.needed_cents or _is_settled(row):
        return _(
            "{authority} · {counted} of {whole} counts",
            authority=plain(row.authority),
            counted=whole_euros(row.approved_cents),
            whole=whole_euros(row.obligation_cents),
        )
    return _(
        "{authority} · {counted} of {whole} counts · {needed} still needed by {day}",
        authority=plain(row.authority),
        counted=whole_euros(row.approved_cents),
        whole=whole_euros(row.obligation_cents),
        needed=whole_euros(row.needed_cents),
        day=day(last_day(row)),
    )


def _is_settled(row: ContractRow) -> bool:
    return row.state is ContractState.SETTLED


def _open(contract_id: int, part: str) -> None:
    st.session_state[f"portal_open_{contract_id}"] = part
    st.rerun()


def _read(work: Work, contract_id: int, part: str) -> PortalContract:
    contract = with_contact(portal_contract(work, contract_id))
    return with_tasks(work, with_placements(work, contract)) if part == "now" else contract


def _part(contract_id: int) -> str:
    """Return the part to show: asked for by a button, by the address, or chosen before."""
    key, seen = f"portal_part_{contract_id}", f"portal_seen_{contract_id}"
    asked = st.query_params.get("part", "")
    if key not in st.session_state or st.session_state.get(seen) != asked:
        st.session_state[key] = asked if asked in PARTS else "now"
    st.session_state[key] = st.session_state.pop(f"portal_open_{contract_id}", st.session_state[key])
    st.session_state[seen] = asked
    return str(st.session_state[key])


def _choose_part(contract_id: int, contract: PortalContract) -> None:
    st.segmented_control(
        _("Part of the contract"),
        [part for part in PARTS if part != "ways" or contract.is_open],
        format_func=lambda part: _(PARTS[part]),
        key=f"portal_part_{contract_id}",
        required=True,
        label_visibility="collapsed",
    )


def _offer_new(contract: PortalContract, steps: list[NextStep], part: str) -> None:
    # One primary button a screen: what waits for the employer, and its plan, go before something new.
    weight = "secondary" if part in ("plan", "ways") or has_first(steps) else "primary"
    if contract.is_open and st.button(_("New effort"), icon=":material/add:", type=weight):  # type: ignore[arg-type]
        shell.go(portal.EFFORT, contract=contract.page.row.id)
