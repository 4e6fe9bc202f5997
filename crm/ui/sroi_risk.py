"""The portfolio: open contracts by the euros that will be missing in the end."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.money import cents
from crm.core.work import reading
from crm.sroi import queries
from crm.sroi.queries import PAGE_SIZE, RiskRow
from crm.ui import shell
from crm.ui.paging import Paging
from crm.ui.sroi import figures
from crm.ui.words import _, day, n_, whole_euros

PAGES = Paging("risk_page", PAGE_SIZE)


def show(actor: Actor) -> None:
    """Show what is at risk over all contracts, and each contract with what its forecast is made of."""
    with reading(actor) as work:
        rows = queries.portfolio(work)
    if not rows:
        st.success(_("No contract ends short: what was handed in and what goes on fills them all."))
        return
    figures(
        [
            (_("Contracts that end short"), str(len(rows))),
            (_("Euros at risk"), whole_euros(sum(row.at_risk_cents for row in rows))),
            (_("Of which planned"), whole_euros(sum(_covered_by_plan(row) for row in rows))),
        ]
    )
    st.caption(
        n_("{count} contract", "{count} contracts", len(rows)) + " · " + _("Choose one to close its gap.")
    )
    first = PAGE_SIZE * (PAGES.chosen() - 1)
    shown = rows[first : first + PAGE_SIZE]
    chosen = st.dataframe(
        pd.DataFrame([_cells(row) for row in shown]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key="risks",
        alt=_("Contracts that end short, the most euros at risk first"),
        column_config={
            _("Contract"): st.column_config.TextColumn(width=190),
            **{
                name: st.column_config.TextColumn(alignment="right")
                for name in (
                    _("At risk"),
                    _("Ends at"),
                    _("Goes on or was offered"),
                    _("Planned, not started"),
                )
            },
        },
    )
    if cells := chosen.selection.cells:
        shell.go("staff/contract.py", id=shown[cells[0][0]].row.id)
    PAGES.show(len(rows))


def _covered_by_plan(row: RiskRow) -> int:
    return cents(row.forecast.short - row.forecast.short_with_plan)


def _cells(risk: RiskRow) -> dict[str, str]:
    row, forecast = risk.row, risk.forecast
    return {
        _("Contract"): row.title,
        _("At risk"): whole_euros(risk.at_risk_cents),
        _("Ends at"): f"{forecast.ends_at_pct} %",
        _("Goes on or was offered"): whole_euros(cents(forecast.running)),
        _("Planned, not started"): whole_euros(cents(forecast.planned)),
        _("Ends"): day(row.end_on),
        _("Contractor"): row.employer,
        _("Authority"): row.authority,
    }
