"""Tenders before their award on the register: the list with its filter, and one in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions, queries
from crm.sroi.queries.tenders import PAGE_SIZE, TenderFilter, TenderPage, TenderRow, tender, tenders
from crm.sroi.rules.tendering import IntakeState
from crm.sroi.tender_commands import AwardTender, EditTender, TakeInTender, WithdrawTender
from crm.ui import contract_form, shell, tender_form
from crm.ui.explanation import show_explanation
from crm.ui.forms import attempt, end_page, flash, show_fault
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.paging import Paging
from crm.ui.sroi import TYPES, Look, inline_badge, period_of_days
from crm.ui.tables import show_table
from crm.ui.tender_form import CRITERIA, LABELS
from crm.ui.words import _, day, n_, plain, whole_euros

PAGE = "staff/contracts.py"
PAGES = Paging("tenders_page", PAGE_SIZE)
STATES: dict[IntakeState, Look] = {
    IntakeState.OPEN: (N_("before the award"), ":material/pending:", "blue"),
    IntakeState.AWARDED: (N_("awarded"), ":material/check_circle:", "green"),
    IntakeState.WITHDRAWN: (N_("withdrawn"), ":material/block:", "gray"),
}
LATE: Look = (N_("the day of award has passed"), ":material/schedule:", "orange")


def show_list(actor: Actor) -> None:
    """Show the tenders that fit the filter; choosing one opens it."""
    with reading(actor) as work:
        asked = _filter(queries.own_authorities(work))
        found = tenders(work, asked, PAGES.chosen())
    if actor.may(Permission.CONTRACT_EDIT) and st.button(_("Take in a tender"), icon=":material/add:"):
        shell.go(PAGE, tender="new")
    if not found.rows:
        st.info(
            _(
                "No tender fits these choices. Take one in as soon as the buyer tells you about it, or "
                "choose another state."
            )
        )
        return
    st.caption(n_("{count} tender", "{count} tenders", found.found))
    frame = pd.DataFrame([_cells(row) for row in found.rows])
    show_table(frame, _("Tenders before their award"), right=[_("Estimate"), _("Would oblige to")])
    chosen = st.selectbox(
        _("Open a tender"),
        [row.id for row in found.rows],
        None,
        lambda number: next(row.title for row in found.rows if row.id == number),
        key="open_tender",
        placeholder=_("Choose"),
    )
    if chosen is not None:
        shell.go(PAGE, tender=chosen)
    PAGES.show(found.found)


def show_new(actor: Actor) -> None:
    """Ask for a tender that is taken in."""
    shell.heading(_("Take in a tender"), _("Before the award: what the clause will say, and what follows."))
    with reading(actor) as work:
        authorities, rulesets = queries.own_authorities(work), queries.ruleset_names(work)
    filled = tender_form.new_tender(authorities, rulesets)
    if filled is not None:
        made = attempt(actor, actions.take_in_tender, lambda: TakeInTender(**filled()), LABELS)
        if made is not None:
            flash(_("The tender is taken in."))
            shell.go(PAGE, tender=made)
    _back()


def show_one(actor: Actor, intake_id: int) -> None:
    """Show a tender in full, with what can be done with it."""
    try:
        with reading(actor) as work:
            found = tender(work, intake_id)
            rulesets = queries.ruleset_names(work)
    except NotFound as fault:
        show_fault(fault)
        _back()
        end_page()
    row = found.row
    shell.heading(row.title, f"{row.authority} {inline_badge(_look(row))}")
    _facts(found)
    st.subheader(_("What would follow"), anchor=False)
    show_explanation(found.expected, _("the obligation"))
    if row.contract_id is not None:
        shell.link("staff/contract.py", _("To the contract"), icon=":material/gavel:", id=row.contract_id)
    elif row.state is IntakeState.OPEN and actor.may(Permission.CONTRACT_EDIT):
        _award(actor, found)
        _edit(actor, found, rulesets)
        _withdraw(actor, found)
    _back()


def _filter(authorities: dict[int, str]) -> TenderFilter:
    text = st.text_input(
        _("Search"),
        key="tender_q",
        type="search",
        placeholder=_("Title, reference or authority"),
        icon=":material/search:",
        live=True,
        on_change=PAGES.restart,
    )
    left, right = st.columns(2)
    states: list[IntakeState | None] = [*IntakeState, None]
    state = left.selectbox(
        _("State"),
        states,
        0,
        lambda value: _("All states") if value is None else _(STATES[value][0]),
        key="tender_state",
        on_change=PAGES.restart,
    )
    authority_id = right.selectbox(
        _("Authority"),
        list(authorities),
        None,
        lambda value: authorities[value],
        key="tender_authority",
        placeholder=_("All authorities"),
        on_change=PAGES.restart,
    )
    return TenderFilter(text or "", state, authority_id)


def _look(row: TenderRow) -> Look:
    waits = row.state is IntakeState.OPEN and row.award_on < clock.today()
    return LATE if waits else STATES[row.state]


def _cells(row: TenderRow) -> dict[str, str]:
    return {
        _("Tender"): f"{plain(row.title)} {inline_badge(_look(row))}",
        _("Authority"): " · ".join(plain(who) for who in (row.authority, row.officer) if who),
        _("Award expected"): day(row.award_on),
        _("Estimate"): whole_euros(row.estimate_cents),
        _("Would oblige to"): whole_euros(row.expected_cents),
    }


def _facts(found: TenderPage) -> None:
    row = found.row
    weight = _("{share} % of the points", share=contract_form.shown_share(found.social_weight))
    facts = [
        (_("Reference"), found.reference),
        (_("CPV code"), found.cpv_code),
        (_("Kind of contract"), _(TYPES[found.contract_type])),
        (_("Estimate"), whole_euros(row.estimate_cents)),
        (_("Award criterion"), _(CRITERIA[found.criterion])),
        (_("Weight of social return"), weight if found.social_weight is not None else None),
        (_("Tender published on"), day(found.published_on) if found.published_on else None),
        (_("Award expected"), day(row.award_on)),
        (_("Term"), period_of_days(found.start_on, found.end_on)),
        (_("Owner"), row.officer),
        (_("Why it was withdrawn"), found.withdrawn_reason),
    ]
    rows = [(label, plain(value)) for label, value in facts if value]
    show_table(pd.DataFrame(rows, columns=[_("What"), _("Value")]), _("What is known of this tender"))


def _award(actor: Actor, found: TenderPage) -> None:
    with st.expander(_("It is awarded"), icon=":material/gavel:"):
        employer_id = contract_form.ask_contractor(actor)
        form = _opened("award_tender", found, "value")
        filled = tender_form.award(found, form)
        if filled is None:
            return
        made = attempt(actor, actions.award_tender, _award_command(found, form, filled, employer_id), LABELS)
        if made is not None:
            flash(_("The tender became a contract. Confirm its obligation."))
            shell.go("staff/contract.py", id=made)


def _award_command(
    found: TenderPage, form: OpenForm, filled: Callable[[], dict[str, Any]], employer_id: int | None
) -> Callable[[], AwardTender]:
    told = {"intake_id": found.row.id, "version": form.version, "employer_id": employer_id}
    return lambda: AwardTender(**told, **filled())


def _edit(actor: Actor, found: TenderPage, rulesets: dict[str, str]) -> None:
    with st.expander(_("Change the tender"), icon=":material/edit:"):
        form = _opened("edit_tender", found, "title")
        filled = tender_form.changed_tender(found, form, rulesets)
        if filled is not None:
            save(
                form,
                actor,
                actions.edit_tender,
                lambda: EditTender(intake_id=found.row.id, version=form.version, **filled()),
                LABELS,
                _("The tender is saved."),
            )


def _withdraw(actor: Actor, found: TenderPage) -> None:
    with st.expander(_("It will not be awarded"), icon=":material/block:"):
        form = _opened("withdraw_tender", found, "reason")
        with st.form(form.name, border=False):
            reason = st.text_input(_("Why?"), max_chars=400, key=form.key("reason"))
            sent = st.form_submit_button(_("Withdraw the tender"))
        if sent:
            save(
                form,
                actor,
                actions.withdraw_tender,
                lambda: WithdrawTender(intake_id=found.row.id, version=form.version, reason=reason),
                LABELS,
                _("The tender is withdrawn."),
            )


def _opened(name: str, found: TenderPage, first_field: str) -> OpenForm:
    return open_form(f"{name}_{found.row.id}", found.version, first_field, f"tender_{found.row.id}")


def _back() -> None:
    shell.link(PAGE, _("Back to the tenders"), icon=":material/arrow_back:", beeld=_("Tenders"))
