"""Parts of an obligation for other companies, on the officer's side and for the main contractor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.employers.queries import find_employers
from crm.sroi import actions
from crm.sroi.life_commands import AnswerShare, ProposeShare, SplitAgain, TakeBackShare
from crm.sroi.queries import ContractPage
from crm.sroi.queries.shares import PartResult, ShareRow, given_out, shares_of
from crm.sroi.rules.sharing import ShareKind, ShareState, Split, split_of
from crm.sroi.standing import OPEN
from crm.ui.contract_actions import page_of
from crm.ui.dates import ask_day
from crm.ui.forms import attempt
from crm.ui.life_words import SHARE, SHARE_KIND
from crm.ui.opened import OpenForm, finish, open_form, save
from crm.ui.sroi import inline_badge, period_of_days
from crm.ui.words import _, plain, whole_euros

LABELS = {
    "kvk_number": N_("KvK number of the other company"),
    "other_employer_id": N_("Other company"),
    "amount_cents": N_("Amount"),
    "percentage": N_("Percentage of the obligation"),
    "starts_on": N_("From which day"),
    "ends_on": N_("Up to and including"),
    "reason": N_("Why?"),
    "share_id": N_("Part"),
}
BY_NUMBER = N_("The company with this number finds this part in its own portal, once it has access there.")
UNKNOWN = N_(
    "No company with this number is in the register yet. Once it is, and has access to the portal, it finds "
    "this part there and can answer."
)
FOUND = 8
HOLDS = (ShareState.WAITS_FOR_MAIN, ShareState.WAITS_FOR_OTHER, ShareState.AGREED)


def show(actor: Actor, contract: ContractPage) -> None:
    """Show the parts of a contract with how far they are agreed, and offer to propose one."""
    with reading(actor) as work:
        rows = shares_of(work, contract.row.id)
    if rows:
        _split(actor, contract, split_of(contract.row.obligation_cents, given_out(rows)))
    else:
        st.caption(_("Nothing was passed on: the main contractor carries the whole obligation."))
    for row in rows:
        with st.container(border=True, gap="small"):
            _row(actor, contract, row)
    for name, done in {row.done.employer_id: (row.other, row.done) for row in rows if row.done}.values():
        _result(name, done)
    if contract.row.state in OPEN and actor.may(Permission.EFFORT_SUBMIT):
        with st.expander(_("Pass on a part to another company"), icon=":material/call_split:"):
            _propose(actor, contract)


def _split(actor: Actor, contract: ContractPage, split: Split) -> None:
    given, whole = whole_euros(split.given_cents), whole_euros(split.obligation_cents)
    if split.fits:
        left = whole_euros(split.left_cents)
        st.caption(
            _("{given} of {whole} was passed on; {left} is left to do.", given=given, whole=whole, left=left)
        )
        return
    if split.over_cents:
        told = _(
            "The parts are {given} together, and the obligation is now {whole}: {over} too much. Agree on a "
            "new split.",
            given=given,
            whole=whole,
            over=whole_euros(split.over_cents),
        )
        st.error(told, icon=":material/error:")
    else:
        st.warning(
            _("The obligation is now {whole}: parts of a percentage move with it.", whole=whole),
            icon=":material/sync:",
        )
    if contract.row.state in OPEN and actor.may(Permission.EFFORT_SUBMIT):
        _ask_split(actor, contract)


def _ask_split(actor: Actor, contract: ContractPage) -> None:
    form = open_form(f"split_{contract.row.id}", contract.version, "reason", page_of(contract.row.id))
    with st.form(form.name):
        st.caption(_("The parts that do not fit are proposed anew; both companies confirm them again."))
        reason = st.text_input(_("Why?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Propose a new split"))
    if sent:
        save(
            form,
            actor,
            actions.split_again,
            lambda: SplitAgain(contract_id=contract.row.id, reason=reason),
            LABELS,
            _("The new split is proposed. Each company finds it in its portal, once it has access there."),
        )


def _result(name: str, result: PartResult) -> None:
    if not result.approved_cents and not result.submitted_cents:
        return
    st.markdown(
        _(
            "**{company}** did on its part: {approved} counts, {submitted} is under review.",
            company=plain(name),
            approved=whole_euros(result.approved_cents),
            submitted=whole_euros(result.submitted_cents),
        )
    )


def _row(actor: Actor, contract: ContractPage, row: ShareRow) -> None:
    st.markdown(f"**{plain(row.other)}** · {whole_euros(row.amount_cents)} {inline_badge(SHARE[row.state])}")
    parts = (_(SHARE_KIND[row.kind]), period_of_days(row.starts_on, row.ends_on), plain(row.note))
    st.caption(" · ".join(part for part in (*parts, plain(row.reason)) if part))
    if row.by_number and row.state is ShareState.WAITS_FOR_OTHER:
        st.caption(_(UNKNOWN if actor.may(Permission.CONTRACT_VIEW) else BY_NUMBER))
    if row.state not in HOLDS or not actor.may(Permission.EFFORT_SUBMIT):
        return
    with st.container(horizontal=True):
        if row.state is ShareState.WAITS_FOR_MAIN and actor.employer_id == contract.row.employer_id:
            _answer(actor, contract, row)
        with st.popover(_("Take back"), icon=":material/undo:", type="tertiary", key=f"undo_share_{row.id}"):
            _take_back(actor, contract, row)


def _answer(actor: Actor, contract: ContractPage, row: ShareRow) -> None:
    for agrees, label in ((True, _("We agree")), (False, _("We do not agree"))):
        if st.button(label, key=f"own_{row.id}_{agrees}", type="primary" if agrees else "secondary"):
            _answered(actor, contract, AnswerShare(share_id=row.id, agrees=agrees))


def _answered(actor: Actor, contract: ContractPage, command: AnswerShare) -> None:
    if attempt(actor, actions.answer_own_share, lambda: command, LABELS) is not None:
        finish(page_of(contract.row.id), _("Your answer is kept."))


def _take_back(actor: Actor, contract: ContractPage, row: ShareRow) -> None:
    form = open_form(f"share_{row.id}", row.version, "reason", page_of(contract.row.id))
    with st.form(form.name, border=False):
        reason = st.text_input(_("Why?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("Take back"))
    if sent:
        save(
            form,
            actor,
            actions.take_back_share,
            lambda: TakeBackShare(share_id=row.id, version=form.version, reason=reason),
            LABELS,
            _("The part is taken back."),
        )


def _propose(actor: Actor, contract: ContractPage) -> None:
    st.caption(
        _(
            "Both companies have to say yes before it holds. The main contractor stays responsible for the "
            "whole. The other company sees only its own part."
        )
    )
    form = open_form(f"propose_{contract.row.id}", contract.version, "amount", page_of(contract.row.id))
    who = _ask_staff(actor, form) if actor.may(Permission.CONTRACT_VIEW) else _ask_kvk(form)
    with st.form(form.name, border=False):
        told = _fields(contract, form)
        sent = st.form_submit_button(_("Propose this part"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.propose_share,
            lambda: _command(contract, {**who(), **told}),
            LABELS,
            _("The proposal is made. Each company finds it in its portal, once it has access there."),
        )


def _ask_kvk(form: OpenForm) -> Callable[[], dict[str, Any]]:
    number = st.text_input(
        _("KvK number of the other company"), max_chars=8, key=form.key("kvk"), placeholder="12345678"
    )
    return lambda: {"kvk_number": number.strip() or None}


def _ask_staff(actor: Actor, form: OpenForm) -> Callable[[], dict[str, Any]]:
    typed = st.text_input(_("Find the other company by name or KvK number"), key=form.key("find"))
    if not typed.strip():
        return lambda: {}
    with reading(actor) as work:
        found = {one.id: one for one in find_employers(work, typed, FOUND)}
    chosen = st.selectbox(
        _("Other company"),
        list(found),
        format_func=lambda one: f"{found[one].name} · {found[one].city or '–'}",
        key=form.key("other"),
        placeholder=_("Nothing found"),
    )
    return lambda: {"other_employer_id": chosen}


def _fields(contract: ContractPage, form: OpenForm) -> dict[str, Any]:
    left, right = st.columns(2)
    kind: ShareKind = left.selectbox(
        _("What is this company?"),
        list(SHARE_KIND),
        format_func=lambda one: _(SHARE_KIND[one]),
        key=form.key("kind"),
    )
    amount = right.text_input(
        _("Amount, or a percentage with %"), key=form.key("amount"), placeholder="€ 10.000 / 20 %"
    )
    starts_on = ask_day(_("From which day"), key=form.key("starts_on"), place=left)
    ends_on = ask_day(_("Up to and including"), contract.row.end_on, key=form.key("ends_on"), place=right)
    return {"kind": kind, "typed": amount, "starts_on": starts_on, "ends_on": ends_on}


def _command(contract: ContractPage, told: dict[str, Any]) -> ProposeShare:
    typed = str(told.pop("typed")).strip()
    if typed.endswith("%"):
        told["percentage"] = typed.removesuffix("%").strip().replace(",", ".")
    elif typed:
        told["amount_cents"] = parse_euros(typed, "amount_cents")
    return ProposeShare(contract_id=contract.row.id, **told)
