"""What other companies did on their part, effort by effort, for the officer who settles."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.sroi.queries import ContractPage, EffortRow
from crm.sroi.states import EffortState
from crm.ui.explanation import show_explanation, spoken
from crm.ui.sroi import period_of, who_or_what
from crm.ui.tables import show_table
from crm.ui.words import _, money, plain


def show(contract: ContractPage) -> None:
    """Show the approved efforts of other companies with the name of each; the statement has their total."""
    approved = {one.id: one for one in contract.efforts if one.company and one.state is EffortState.APPROVED}
    if not approved:
        return
    st.subheader(_("What other companies did on their part"), anchor=False)
    st.caption(_("The statement shows one amount for each company. You see here what it is made of."))
    rows = [(plain(one.company), _what(one), money(one.approved_cents)) for one in approved.values()]
    frame = pd.DataFrame(rows, columns=[_("Company"), _("Effort"), _("Approved")])
    show_table(frame, _("What other companies did on their part"), right=[_("Approved")])
    chosen = st.selectbox(
        _("Why this amount?"), list(approved), 0, lambda one: _label(approved[one]), key="line_of_part"
    )
    if chosen in approved:
        show_explanation(approved[chosen].told, _label(approved[chosen]))


def _what(effort: EffortRow) -> str:
    parts = (who_or_what(effort, spoken(effort.block_name)), period_of(effort))
    return " · ".join(part for part in parts if part)


def _label(effort: EffortRow) -> str:
    about = effort.subject or effort.description or spoken(effort.block_name)
    return f"{effort.company} · {about}"
