"""What was assumed when an award notice became a contract: to check before it is confirmed."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.work import reading
from crm.exchange import queries
from crm.exchange.words import told
from crm.ui.words import _, plain


def show_award_notes(actor: Actor, contract_id: int) -> None:
    """Show what the notice left open, when the contract comes from one."""
    with reading(actor) as work:
        notes = queries.notes_of_contract(work, contract_id)
    if notes:
        lines = "\n".join(f"- {plain(told(_, note))}" for note in notes)
        st.info(f"{_('This contract comes from an award notice. Check before you confirm:')}\n\n{lines}")
