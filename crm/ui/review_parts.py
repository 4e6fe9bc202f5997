"""The review screen: claim, evidence and explanation side by side, and the decision under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import streamlit as st

from crm.core.access import Actor
from crm.core.actions import Command
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import Work
from crm.sroi import actions
from crm.sroi.commands import ApproveEffort, SendBack
from crm.sroi.queries import EffortRow, ReviewPage, ReviewRow
from crm.sroi.queries.checks import MISSING
from crm.sroi.queries.reviewing import ReviewOrder
from crm.ui import effort_checks, evidence, shell
from crm.ui.explanation import show_explanation, spoken
from crm.ui.forms import attempt, flash
from crm.ui.opened import open_form
from crm.ui.sroi import hours_of, period_of, standing_sentence
from crm.ui.words import _, day, moment, plain, whole_euros

C = TypeVar("C", bound=Command)

LABELS = {
    "approved_cents": N_("Amount to approve"),
    "reason": N_("Reason"),
    "double_reason": N_("Why both may count"),
}


def choose(waiting: Sequence[ReviewRow], order: ReviewOrder) -> int:
    """Return the effort to decide on: the one in the address, else the first that waits.

    The choice stands in the address; once decided it is gone from the list, and the next follows.
    """
    rows = {row.effort_id: row for row in waiting}
    asked = st.query_params.get("id", "")
    current = int(asked) if asked.isdigit() and int(asked) in rows else waiting[0].effort_id
    keys = list(rows)
    chosen = st.selectbox(
        _("Waiting, oldest first") if order is ReviewOrder.OLDEST else _("Waiting"),
        keys,
        keys.index(current),
        lambda key: f"{rows[key].employer} · {whole_euros(rows[key].value_cents)}",
        width=360,
    )
    if chosen != current:
        st.query_params["id"] = str(chosen)
        st.rerun()
    return current


def side_by_side(actor: Actor, page: ReviewPage) -> None:
    """Show claim, evidence and explanation beside each other."""
    claim, proof, why = st.columns([3, 3, 4], border=True)
    with claim:
        _claim(page)
    with proof:
        st.subheader(_("Evidence"), anchor=False)
        evidence.show(page.effort, page.evidence)
        with st.container(horizontal=True):
            with st.popover(_("I saw it"), icon=":material/visibility:", type="tertiary"):
                evidence.note_seen(actor, page.effort, page.contract.rule_set)
            with st.popover(_("Add a file"), icon=":material/upload_file:", type="tertiary"):
                evidence.add(actor, page.effort, page.contract.rule_set)
    with why:
        st.subheader(_("Value {amount}", amount=whole_euros(page.effort.value_cents)), anchor=False)
        with st.container(height=340, border=False):
            show_explanation(page.effort.told, spoken(page.effort.block_name))


def decide(actor: Actor, page: ReviewPage) -> None:
    """Show what to look at and take the decision."""
    # What is missing stands with the evidence already.
    others = [check for check in page.checks if check.message != MISSING]
    reason = _ask_why_both(page)
    st.markdown("  \n".join(effort_checks.told(check) for check in others))
    with st.container(horizontal=True, vertical_alignment="center"):
        blocked = any(check.blocks for check in page.checks)
        amount = whole_euros(page.effort.value_cents)
        # A button of another version is another button: a tap meant for an older claim does nothing.
        key = f"approve_{page.effort.id}_{page.effort.version}"
        if st.button(_("Approve {amount}", amount=amount), key, type="primary", disabled=blocked):
            _approve(actor, page.effort, reason)
        with st.popover(_("Approve a part"), disabled=blocked):
            _approve_part(actor, page.effort, reason)
        with st.popover(_("Send back")):
            _send_back(actor, page.effort)
        shell.link("staff/contract.py", _("To the contract"), id=page.contract.row.id)


def _claim(page: ReviewPage) -> None:
    effort, row = page.effort, page.contract.row
    st.subheader(plain(effort.subject or effort.description or spoken(effort.block_name)), anchor=False)
    lines = [
        plain(spoken(effort.block_name)),
        f"**{plain(row.employer)}**",
        f"{plain(row.title)} · {plain(row.authority)}",
        " · ".join(part for part in (period_of(effort), plain(hours_of(effort))) if part),
        plain(effort.description if effort.subject else ""),
        *_particulars(effort),
    ]
    st.markdown("  \n".join(line for line in lines if line))
    st.caption(standing_sentence(row))
    st.caption(_("Handed in {moment}", moment=moment(effort.submitted_at)))


def _particulars(effort: EffortRow) -> list[str]:
    facts = effort.facts
    told = []
    if "age" in facts:
        told.append(_("Age: {age}", age=facts["age"]))
    if "benefit_start" in facts:
        told.append(_("Benefit since {day}", day=day(date.fromisoformat(facts["benefit_start"]))))
    if facts.get("permanent"):
        told.append(_("Permanent contract"))
    return told


def _ask_why_both(page: ReviewPage) -> str | None:
    if not page.doubles:
        return None
    with st.container(border=True, gap="small"):
        title = _("The time of this person is claimed twice")
        st.subheader(f":orange[:material/group:] {title}", anchor=False)
        why = _("Together it is more than one full-time person. The other officer sees this too.")
        st.caption(why)
        effort_checks.show_doubles(page.doubles)
        return st.text_input(
            _(LABELS["double_reason"]),
            key=f"double_{page.effort.id}",
            max_chars=400,
            placeholder=_("for example: this is a twin"),
        )


def _approve(actor: Actor, effort: EffortRow, double_reason: str | None) -> None:
    def make() -> ApproveEffort:
        return ApproveEffort(effort_id=effort.id, version=effort.version, double_reason=double_reason)

    _run(actor, actions.approve_effort, make, _("Approved."))


def _approve_part(actor: Actor, effort: EffortRow, double_reason: str | None) -> None:
    form = open_form(f"part_{effort.id}", effort.version, "amount")
    with st.form(form.name, border=False):
        amount = st.text_input(
            _("Amount to approve"), placeholder=whole_euros(effort.value_cents), key=form.key("amount")
        )
        reason = st.text_area(
            _("Why a part? The contractor reads this."), max_chars=400, key=form.key("reason")
        )
        sent = st.form_submit_button(_("Approve this amount"), type="primary")
    if sent:
        _run(
            actor,
            actions.approve_effort,
            lambda: ApproveEffort(
                effort_id=effort.id,
                version=form.version,
                approved_cents=parse_euros(amount, "approved_cents"),
                reason=reason,
                double_reason=double_reason,
            ),
            _("Approved in part."),
        )


def _send_back(actor: Actor, effort: EffortRow) -> None:
    form = open_form(f"back_{effort.id}", effort.version, "reason")
    with st.form(form.name, border=False):
        reason = st.text_area(
            _("What has to change? The contractor reads this."), max_chars=400, key=form.key("reason")
        )
        sent = st.form_submit_button(_("Send back"), type="primary")
    if sent:
        _run(
            actor,
            actions.send_back,
            lambda: SendBack(effort_id=effort.id, version=form.version, reason=reason),
            _("Sent back to the contractor."),
        )


def _run(actor: Actor, action: Callable[[Work, C], int], make: Callable[[], C], done: str) -> None:
    if attempt(actor, action, make, LABELS) is not None:
        flash(done)
        shell.go("staff/review.py")
