"""Buyers in a file who are no authority here, and making one of them an authority."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange import queries
from crm.exchange.actions import AddAuthority, add_authority
from crm.exchange.queries import BuyerRow
from crm.sroi.queries import ruleset_names
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.tables import show_table
from crm.ui.words import _, plain, whole_euros

LABELS = {
    "name": N_("Authority"),
    "region_id": N_("Region"),
    "rule_set_code": N_("Rule set"),
    "valid_from": N_("Valid from"),
}


def show_buyers(actor: Actor, run_id: int) -> None:
    """Show who bought without being an authority here, those who awarded most first; one can be added."""
    with st.expander(_("Buyers who are no authority here"), icon=":material/account_balance:"):
        text = st.text_input(_("Search a buyer"), key="buyer_search", live=True)
        with reading(actor) as work:
            buyers = queries.buyers(work, run_id, text)
            regions = queries.regions_to_import(work)
            rulesets = ruleset_names(work)
        if not buyers:
            st.caption(_("No other buyer has this name."))
            return
        frame = pd.DataFrame(
            [(plain(one.name), str(one.awards), whole_euros(one.total_cents)) for one in buyers],
            columns=[_("Buyer"), _("Awards"), _("Together")],
        )
        _ask(actor, buyers, regions, rulesets)
        show_table(frame, _("Buyers who are no authority here"), right=(_("Awards"), _("Together")))


def _ask(actor: Actor, buyers: list[BuyerRow], regions: dict[int, str], names: dict[str, str]) -> None:
    with st.form("add_authority", border=False):
        buyer = st.selectbox(
            _("Add this buyer as an authority"),
            buyers,
            None,
            lambda one: one.name,
            placeholder=_("Choose"),
        )
        region_id = st.selectbox(
            _("Region"),
            list(regions),
            0 if len(regions) == 1 else None,
            lambda value: regions[value],
            placeholder=_("Choose"),
        )
        code = st.selectbox(
            _("Rule set"), list(names), None, lambda value: names[value], placeholder=_("Choose")
        )
        first_of_year = date(clock.today().year, 1, 1)
        valid_from = ask_day(_("Valid from"), first_of_year)
        sent = st.form_submit_button(_("Add the authority"))
    if sent and buyer is not None:
        _add(actor, buyer, {"region_id": region_id, "rule_set_code": code, "valid_from": valid_from})


def _add(actor: Actor, buyer: BuyerRow, filled: dict[str, object]) -> None:
    values = {**filled, "name": buyer.name, "tender_number": buyer.tender_number or None}
    if attempt(actor, add_authority, lambda: AddAuthority.model_validate(values), LABELS) is not None:
        flash(_("{name} is now an authority. Bring in the file again for its awards.", name=buyer.name))
        st.rerun()
