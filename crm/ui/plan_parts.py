"""What a plan stands beside: its result, its way from the bid to the site, and its earlier versions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.plan_commands import ConfirmHandover, NameSiteContact, NotePromise
from crm.sroi.queries import ContractPage
from crm.sroi.queries.plans import HandoverRow, PlanPage, PlanRow, beside_efforts
from crm.sroi.rules.plan import Beside, HandoverStep
from crm.ui import plan_form, plan_words
from crm.ui.dates import ask_day
from crm.ui.opened import open_form, save
from crm.ui.tables import show_table
from crm.ui.words import _, day, plain, whole_euros

HANDOVER_LABELS = {
    "name": N_("Name"),
    "function": N_("Function"),
    "note": N_("What was promised?"),
    "handed_on": N_("On which day?"),
    "confirmed_on": N_("Taken over on"),
}


def show_beside(contract: ContractPage, plan: PlanRow, *, in_plain: bool = False) -> None:
    """Show per block what was planned, what was handed in so far, and the difference."""
    rows = beside_efforts(plan, contract.efforts)
    if not rows:
        return
    st.subheader(_("Plan and result"), anchor=False)
    total = Beside(
        "",
        sum(row.planned_cents for row in rows),
        sum(row.approved_cents for row in rows),
        sum(row.running_cents for row in rows),
    )
    told = [
        _beside(plan_words.block_words(contract.rule_set, row.block, in_plain=in_plain), row) for row in rows
    ]
    told.append(_beside(f"**{_('Together')}**", total))
    columns = [_("What"), _("Planned"), _("So far")]
    show_table(pd.DataFrame(told, columns=columns), _("Plan beside result"), right=columns[1:])


def show_handovers(actor: Actor, contract: ContractPage, page: PlanPage, *, may_decide: bool) -> None:
    """Show who holds the promise, from the bid to the site; who decides can confirm, and sees what misses."""
    if not page.handovers and not may_decide:
        return
    st.subheader(_("From bid to site"), anchor=False)
    for step in HandoverStep:
        found = [row for row in page.handovers if row.step is step]
        if not found and may_decide:
            st.markdown(f"**{_(plan_words.STEPS[step])}** · {_('not known yet')}")
        for row in found:
            _handover(actor, contract, row, may_confirm=may_decide)


def offer_site_contact(actor: Actor, contract: ContractPage) -> None:
    """Offer to name who sees to the plan on site."""
    with st.popover(_("Name who is on site"), icon=":material/person_add:", key="plan_site"):
        form = open_form(f"site_{contract.row.id}", 0, "name", plan_form.page_of(contract.row.id))
        with st.form(form.name, border=False):
            filled = ask_holder(form.key)
            sent = st.form_submit_button(_("Save"))
    if sent:
        save(
            form,
            actor,
            actions.name_site_contact,
            lambda: NameSiteContact(contract_id=contract.row.id, **filled),
            HANDOVER_LABELS,
            _("Saved."),
        )


def offer_promise(actor: Actor, contract: ContractPage) -> None:
    """Offer to note what was promised in the bid."""
    with st.popover(_("Note what the bid promised"), icon=":material/draw:", key="plan_promise"):
        form = open_form(f"promise_{contract.row.id}", 0, "name", plan_form.page_of(contract.row.id))
        with st.form(form.name, border=False):
            filled = ask_holder(form.key)
            note = st.text_input(_(HANDOVER_LABELS["note"]), key=form.key("note"), max_chars=400)
            sent = st.form_submit_button(_("Save"))
    if sent:
        save(
            form,
            actor,
            actions.note_promise,
            lambda: NotePromise(contract_id=contract.row.id, note=note, **filled),
            HANDOVER_LABELS,
            _("Saved."),
        )


def ask_holder(named: Callable[[str], str]) -> dict[str, Any]:
    """Ask who holds the promise and from which day; `named` gives the fields of the form their keys."""
    return {
        "name": st.text_input(_(HANDOVER_LABELS["name"]), key=named("name"), max_chars=120),
        "function": st.text_input(_(HANDOVER_LABELS["function"]), key=named("function"), max_chars=120),
        "handed_on": ask_day(_(HANDOVER_LABELS["handed_on"]), clock.today(), key=named("handed_on")),
    }


def show_versions(contract: ContractPage, plans: Iterable[PlanRow], *, in_plain: bool = False) -> None:
    """Show the earlier versions of a plan, each behind its own line."""
    for plan in plans:
        with st.expander(f"{plan_words.came_about(plan)} · {whole_euros(plan.total_cents)}"):
            lines(contract, plan, in_plain=in_plain)


def lines(contract: ContractPage, plan: PlanRow, *, in_plain: bool = False) -> None:
    """Show the lines of a plan as a table, with their total."""
    rows = []
    for line in plan.lines:
        what = plan_words.block_words(contract.rule_set, line.block, in_plain=in_plain)
        shown = "  \n".join(part for part in (what, plain(line.activity), plain(line.company)) if part)
        rows.append((shown, plan_words.details(contract.rule_set, line), whole_euros(line.value_cents)))
    if plan.unseen_cents:
        rows.append((_("Other companies, on their parts"), "", whole_euros(plan.unseen_cents)))
    rows.append((f"**{_('Together')}**", "", f"**{whole_euros(plan.total_cents)}**"))
    frame = pd.DataFrame(rows, columns=[_("Who or what"), _("How many and when"), _("Value")])
    show_table(frame, _("Lines of version {number} of the plan", number=plan.number), right=[_("Value")])


def _beside(what: str, row: Beside) -> tuple[str, str, str]:
    # Three columns and the rest in words: five would not fit a phone.
    told = [_difference(row.difference_cents)]
    if row.running_cents:
        told.append(_("{amount} of it is under review", amount=whole_euros(row.running_cents)))
    so_far = whole_euros(row.approved_cents + row.running_cents)
    # An amount is never broken in two.
    words = " · ".join(told).replace("€ ", "€\N{NO-BREAK SPACE}")
    return f"{what}  \n:small[{words}]", whole_euros(row.planned_cents), so_far


def _difference(amount_cents: int) -> str:
    if not amount_cents:
        return _("as planned")
    words = N_("{amount} more than planned") if amount_cents > 0 else N_("{amount} to go")
    return _(words, amount=whole_euros(abs(amount_cents)))


def _handover(actor: Actor, contract: ContractPage, row: HandoverRow, *, may_confirm: bool) -> None:
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    with line.container(width="content", gap="xxsmall"):
        who = " · ".join(plain(part) for part in (row.name, row.function) if part)
        st.markdown(f"**{_(plan_words.STEPS[row.step])}** · {who} · {day(row.handed_on)}")
        st.caption(" · ".join(_said(row)))
    if may_confirm and row.confirmed_on is None and row.step is not HandoverStep.PROMISE:
        with line.container(width="content"):
            _confirm(actor, contract, row)


def _said(row: HandoverRow) -> list[str]:
    told = [f"“{plain(row.note)}”"] if row.note else []
    if row.confirmed_on:
        told.append(_("taken over on {day}", day=day(row.confirmed_on)))
    elif row.step is not HandoverStep.PROMISE:
        told.append(_("not confirmed yet"))
    return [*told, _("noted by {who}", who=plain(row.noted_by or "Vliegwiel"))]


def _confirm(actor: Actor, contract: ContractPage, row: HandoverRow) -> None:
    with st.popover(_("Confirm"), icon=":material/check:", key=f"confirm_handover_{row.id}"):
        form = open_form(
            f"handover_{row.id}", row.version, "confirmed_on", plan_form.page_of(contract.row.id)
        )
        with st.form(form.name, border=False):
            st.caption(_("{name} says that the plan was taken over.", name=plain(row.name)))
            taken = ask_day(_(HANDOVER_LABELS["confirmed_on"]), clock.today(), key=form.key("confirmed_on"))
            sent = st.form_submit_button(_("Confirm"))
    if sent:
        save(
            form,
            actor,
            actions.confirm_handover,
            lambda: ConfirmHandover(handover_id=row.id, version=form.version, confirmed_on=taken),
            HANDOVER_LABELS,
            _("The handover is confirmed."),
        )
