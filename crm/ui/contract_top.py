"""The top of a contract's page: who and until when, the one large number, the sentence and the bar."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.core.money import cents, euros
from crm.sroi.charts import Mark, Part, progress_bar
from crm.sroi.queries import ContractPage, ContractRow
from crm.sroi.rules import Status
from crm.sroi.rules.forecast import Forecast
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState
from crm.ui import shell
from crm.ui.explanation import explanation_popover
from crm.ui.sroi import badge, forecast_sentence, look_of, on_parts_sentence, standing_sentence
from crm.ui.tables import show_table
from crm.ui.words import _, day, money, whole_euros


def title(contract: ContractPage) -> DeltaGenerator:
    """Show which contract this is and how it stands; return the place for its actions."""
    row = contract.row
    under = " · ".join(
        part for part in (row.authority, row.reference, _("runs until {day}", day=day(row.end_on))) if part
    )
    place = shell.title_row(row.title, under)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(look_of(row))
        shell.link("staff/employer.py", row.employer, icon=":material/apartment:", id=row.employer_id)
    return place


def figures_and_bar(contract: ContractPage, forecast: Forecast | None) -> None:
    """Show what was approved of the obligation, why it is that much, and the bar with its table."""
    row = contract.row
    large, why = st.columns([1, 2], vertical_alignment="top")
    if row.standing is None:
        large.metric(_("Obligation"), whole_euros(row.obligation_cents))
    else:
        of_obligation = _("Approved of {obligation}", obligation=whole_euros(row.obligation_cents))
        large.metric(of_obligation, whole_euros(row.approved_cents))
    with why:
        _sentences(contract, forecast)
        explanation_popover(
            _("Why {amount}?", amount=whole_euros(row.obligation_cents)),
            contract.obligation,
            _("the obligation"),
            key="why_obligation",
        )
        _limits(contract)
    if row.standing is not None and row.obligation_cents:
        _bar(row, forecast or _settled(row))
    if forecast is not None and forecast.short:
        shell.link("staff/gap.py", _("Close the gap"), icon=":material/join_inner:", id=row.id)


def _limits(contract: ContractPage) -> None:
    cut_off = contract.cut_off_cents
    if contract.row.standing is None or cut_off <= 0:
        return
    st.markdown(
        _("{amount} of what was approved does not count: a limit is reached.", amount=whole_euros(cut_off))
    )
    explanation_popover(_("Which limit?"), contract.counting, _("what counts"), key="why_limits")


def _sentences(contract: ContractPage, forecast: Forecast | None) -> None:
    row = contract.row
    if row.state is ContractState.WITHDRAWN:
        st.markdown(_("Withdrawn: {reason}", reason=contract.withdrawn_reason or "–"))
        return
    st.markdown(standing_sentence(row))
    if forecast is None or row.standing is None:
        return
    st.markdown(forecast_sentence(forecast))
    if told := on_parts_sentence(forecast):
        st.caption(told)
    if row.standing.status is Status.ON_COURSE and row.behind_on is not None and row.needed_cents:
        st.caption(_("When nothing else is handed in it falls behind on {day}.", day=day(row.behind_on)))


def _settled(row: ContractRow) -> Forecast:
    """Return the amounts of a contract on which nothing is expected any more."""
    return Forecast(euros(row.obligation_cents), euros(row.approved_cents), euros(row.submitted_cents))


def _bar(row: ContractRow, forecast: Forecast) -> None:
    amounts = {
        _("Approved"): forecast.approved,
        _("Under review"): forecast.submitted,
        _("Goes on or was offered"): forecast.running,
        _("Planned, not started"): forecast.planned,
        _("Missing even then"): forecast.short_with_plan,
    }
    parts = [Part(name, cents(amount), money(cents(amount))) for name, amount in amounts.items()]
    used = int(forecast.share_of_term * 100)
    told = _("Bar of the obligation: ") + ", ".join(f"{part.name} {part.shown}" for part in parts)
    if row.state in OPEN:
        told += ". " + _("{used} % of the time has gone by.", used=used)
    bar, amounts_of_it = st.columns([2, 1], vertical_alignment="center")
    bar.altair_chart(progress_bar(parts, row.obligation_cents, _today(row, forecast)), alt=told)
    frame = pd.DataFrame([(part.name, part.shown) for part in parts], columns=[_("What"), _("Amount")])
    with amounts_of_it:
        show_table(frame, _("The amounts of the bar"), right=[_("Amount")])


def _today(row: ContractRow, forecast: Forecast) -> Mark | None:
    if row.state not in OPEN:
        return None
    return Mark(_("today"), int(row.obligation_cents * forecast.share_of_term))
