"""Granting a repair period, and the letter about it that is offered then."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.sroi import actions
from crm.sroi.commands import StartRepair
from crm.sroi.documents.letters import DEFAULT_REPAIR_DAYS
from crm.sroi.queries import ContractPage
from crm.ui.contract_form import LABELS
from crm.ui.dates import ask_day
from crm.ui.opened import open_form, save
from crm.ui.words import _


def ask(actor: Actor, contract: ContractPage) -> None:
    """Ask until which day the contractor may repair a shortfall, and grant it."""
    number = contract.row.id
    form = open_form(f"repair_{number}", contract.version, "until", f"contract_{number}")
    with st.form(form.name, border=False):
        told = contract.rule_set.sanctions.repair_days
        days = told.value if told else DEFAULT_REPAIR_DAYS
        granted = contract.row.repair_until or clock.today() + timedelta(days=days)
        until = ask_day(_("Last day of the repair period"), granted, key=form.key("until"))
        sent = st.form_submit_button(_("Grant a repair period"))
    if sent:
        save(
            form,
            actor,
            actions.start_repair,
            lambda: StartRepair(contract_id=number, version=form.version, until=until),
            LABELS,
            _("The repair period is granted. You can make the letter for it under Letters."),
        )
