"""The page of one effort: a new one, one that is changed, or one to look at with its evidence."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import NotFound
from crm.core.work import Work
from crm.sroi import actions
from crm.sroi.commands import CopyEffort, WithdrawEffort
from crm.sroi.queries.parts import PartPage
from crm.sroi.queries.portal import (
    PortalContract,
    PortalEffort,
    portal_contract,
    portal_effort,
    with_placements,
)
from crm.sroi.rules import Block, RuleSet
from crm.sroi.states import EffortState
from crm.ui import portal, portal_draft, portal_evidence, shell
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash
from crm.ui.portal_draft import EffortDraft
from crm.ui.portal_effort_send import FilledIn, ask_to_save, leave
from crm.ui.portal_efforts import show_amount
from crm.ui.portal_evidence import GivenFile
from crm.ui.portal_form import ask_block, ask_facts, show_worth
from crm.ui.sroi import hours_of, period_of
from crm.ui.visits import draft_line
from crm.ui.words import _, plain

UNSENT = (EffortState.DRAFT, EffortState.SENT_BACK)


def show_new(actor: Actor, contract_id: int, placement_id: int | None) -> None:
    """Ask for a new effort on a contract, filled with a placement when one is named."""
    contract = portal.found(actor, lambda work: _open_contract(work, contract_id, placement_id))
    row = contract.page.row
    placement = next((one for one in contract.placements if one.id == placement_id), None)
    portal.head(actor, row.employer)
    portal.title(_("New effort"), f"{plain(row.title)} · {plain(row.authority)}")
    _form(portal_draft.for_new(actor, contract_id, placement), contract.page.rule_set, None)
    _back(contract_id)


def show_new_on_part(actor: Actor, page: PartPage) -> None:
    """Ask for a new effort on a part of another company's contract."""
    part = page.part
    portal.head(actor, page.employer)
    portal.title(_("New effort"), f"{plain(part.title)} · {plain(part.authority)}")
    if page.is_open:
        _form(portal_draft.for_new(actor, part.contract_id, None), page.rule_set, None)
    else:
        st.info(_("This part takes no new efforts any more."))
    _back(part.contract_id)


def show_one(actor: Actor, effort_id: int) -> None:
    """Show one effort: to correct or finish, to add evidence to, or only to read."""
    effort = portal.found(actor, lambda work: portal_effort(work, effort_id))
    row = effort.row
    portal.head(actor, effort.employer)
    block = spoken(row.block_name)
    portal.title(row.subject or row.description or block, f"{plain(effort.contract_title)} · {plain(block)}")
    show_amount(row)
    if effort.contract_is_open and row.state in UNSENT:
        portal_evidence.show_own(actor, effort.evidence, may_remove=True)
        _form(portal_draft.for_change(actor, row), effort.rule_set, effort)
        _offer_to_withdraw(actor, effort)
    else:
        _read(actor, effort)
    _offer_to_copy(actor, effort)
    _back(row.contract_id)


def _open_contract(work: Work, contract_id: int, placement_id: int | None) -> PortalContract:
    contract = portal_contract(work, contract_id)
    if not contract.is_open:
        raise NotFound("This contract takes no new efforts any more.")
    return contract if placement_id is None else with_placements(work, contract)


def _form(draft: EffortDraft, ruleset: RuleSet, effort: PortalEffort | None) -> None:
    if draft.saved_id is not None:
        leave(draft, _("Saved."))
    block = ask_block(draft, ruleset)
    if block is None:
        return
    left, right = st.columns([3, 2], gap="large")
    with left, st.container():
        ask_facts(draft, ruleset, block)
    portal_draft.take_over(draft)
    with right:
        show_worth(draft, ruleset, block)
    given = _ask_for_evidence(draft, ruleset, block, effort)
    if draft.refused:
        st.error(draft.refused)
    elif draft.kept_at:
        st.caption(draft_line(draft.kept_at))
    there = effort.row.evidence_kinds if effort else frozenset()
    ask_to_save(FilledIn(draft, ruleset, block, given, there))


def _ask_for_evidence(
    draft: EffortDraft, ruleset: RuleSet, block: Block, effort: PortalEffort | None
) -> list[GivenFile]:
    if effort is not None and effort.row.state is EffortState.SUBMITTED:
        return []
    there = effort.row.evidence_kinds if effort else frozenset()
    return portal_evidence.ask_files(ruleset, block, there, draft.key("files"))


def _offer_to_copy(actor: Actor, effort: PortalEffort) -> None:
    row = effort.row
    if not effort.contract_is_open or row.ends_on is None or row.state is EffortState.DRAFT:
        return
    if st.button(_("Copy for the next period"), icon=":material/content_copy:", type="tertiary"):
        made = attempt(actor, actions.copy_effort, lambda: CopyEffort(effort_id=row.id))
        if made is not None:
            flash(_("Copied. Check the days and send it in."))
            shell.go(portal.EFFORT, id=made)


def _read(actor: Actor, effort: PortalEffort) -> None:
    row = effort.row
    st.caption(" · ".join(part for part in (period_of(row), plain(hours_of(row))) if part))
    if row.description:
        st.markdown(plain(row.description))
    waits = effort.contract_is_open and row.state is EffortState.SUBMITTED
    portal_evidence.show_own(actor, effort.evidence, may_remove=waits)
    if waits:
        _add_evidence(actor, effort)
        with st.expander(_("Change what you filled in"), icon=":material/edit:"):
            _form(portal_draft.for_change(actor, row), effort.rule_set, effort)
        _offer_to_withdraw(actor, effort)


def _add_evidence(actor: Actor, effort: PortalEffort) -> None:
    row = effort.row
    block = next((one for one in effort.rule_set.blocks if one.code == row.block), None)
    if block is None:
        return
    key = f"evidence_{row.id}_{len(effort.evidence)}"
    given = portal_evidence.ask_files(effort.rule_set, block, row.evidence_kinds, key)
    if st.button(_("Add the evidence"), type="primary" if given else "secondary", disabled=not given):
        _send_evidence(actor, row.id, given)


def _send_evidence(actor: Actor, effort_id: int, given: list[GivenFile]) -> None:
    if portal_evidence.all_usable(given) and portal_evidence.add_files(actor, effort_id, given):
        flash(_("The evidence is added."))
        st.rerun()


def _offer_to_withdraw(actor: Actor, effort: PortalEffort) -> None:
    row = effort.row
    with st.popover(_("Withdraw"), type="tertiary"):
        st.markdown(_("It then does not count and we do not look at it."))
        if not st.button(_("Yes, withdraw it"), key="withdraw"):
            return
        command = WithdrawEffort(effort_id=row.id, version=row.version)
        if attempt(actor, actions.withdraw_effort, lambda: command) is not None:
            flash(_("Withdrawn."))
            shell.go(portal.CONTRACT, id=row.contract_id, part="efforts")


def _back(contract_id: int) -> None:
    shell.link(portal.CONTRACT, _("Back to the contract"), icon=":material/arrow_back:", id=contract_id)
