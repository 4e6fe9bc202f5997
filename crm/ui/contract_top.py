"""The top of a contract's page: who and until when, the one large number, the sentence and the bar."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.sroi.charts import Part, progress_bar
from crm.sroi.queries import ContractPage, ContractRow
from crm.sroi.states import ContractState
from crm.ui import shell
from crm.ui.explanation import explanation_popover
from crm.ui.sroi import badge, forecast_sentence, look_of, standing_sentence
from crm.ui.tables import show_table
from crm.ui.words import _, day, whole_euros


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


def figures_and_bar(contract: ContractPage) -> None:
    """Show what was approved of the obligation, why it is that much, and the bar with its table."""
    row = contract.row
    large, why = st.columns([1, 2], vertical_alignment="top")
    if row.standing is None:
        large.metric(_("Obligation"), whole_euros(row.obligation_cents))
    else:
        of_obligation = _("Approved of {obligation}", obligation=whole_euros(row.obligation_cents))
        large.metric(of_obligation, whole_euros(row.approved_cents))
    with why:
        _sentences(contract)
        explanation_popover(
            _("Why {amount}?", amount=whole_euros(row.obligation_cents)),
            contract.obligation,
            _("the obligation"),
            key="why_obligation",
        )
    if row.standing is not None and row.obligation_cents:
        _bar(row)


def _sentences(contract: ContractPage) -> None:
    row = contract.row
    if row.state is ContractState.WITHDRAWN:
        st.markdown(_("Withdrawn: {reason}", reason=contract.withdrawn_reason or "–"))
        return
    st.markdown(standing_sentence(row))
    if forecast := forecast_sentence(row):
        st.caption(forecast)


def _bar(row: ContractRow) -> None:
    parts = [
        Part(_("Approved"), row.approved_cents, whole_euros(row.approved_cents)),
        Part(_("Under review"), row.submitted_cents, whole_euros(row.submitted_cents)),
        Part(_("Still needed"), row.needed_cents, whole_euros(row.needed_cents)),
    ]
    told = _("Bar of the obligation: ") + ", ".join(f"{part.name} {part.shown}" for part in parts)
    st.altair_chart(progress_bar(parts), alt=told)
    frame = pd.DataFrame([[part.shown for part in parts]], columns=[part.name for part in parts])
    show_table(frame, _("The amounts of the bar"), right=list(frame.columns))
