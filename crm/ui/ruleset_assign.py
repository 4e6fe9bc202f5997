"""Which authority uses which rule set, assigning one, and choosing one to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.sroi import actions
from crm.sroi.commands import AssignRuleSet
from crm.sroi.queries import Assignment
from crm.ui.contract_form import LABELS
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.tables import show_table
from crm.ui.words import _, day, plain


def show(assigned: list[Assignment], names: Mapping[str, str]) -> None:
    """Show which authority uses which rule set from which day on."""
    if not assigned:
        st.info(_("No authority has a rule set yet. Assign one, so that contracts find theirs by date."))
        return
    frame = pd.DataFrame(
        [
            (
                plain(row.authority),
                plain(names.get(row.rule_set_code, row.rule_set_code)),
                day(row.valid_from),
            )
            for row in assigned
        ],
        columns=[_("Authority"), _("Rule set"), _("From")],
    )
    show_table(frame, _("The rule set of each authority"))


def ask(actor: Actor, authorities: Mapping[int, str], names: Mapping[str, str]) -> None:
    """Ask which rule set an authority uses from a day on."""
    with (
        st.expander(_("Assign a rule set"), icon=":material/add:"),
        st.form("assign_rule_set", border=False),
    ):
        authority_id = st.selectbox(
            _("Authority"), list(authorities), None, lambda value: authorities[value], placeholder=_("Choose")
        )
        code = st.selectbox(
            _("Rule set"), list(names), None, lambda value: names[value], placeholder=_("Choose")
        )
        first_of_year = date(clock.today().year, 1, 1)
        valid_from = ask_day(_("Valid from"), first_of_year)
        sent = st.form_submit_button(_("Assign"), type="primary")
    if not sent:
        return
    made = attempt(
        actor,
        actions.assign_rule_set,
        lambda: AssignRuleSet.model_validate(
            {"authority_id": authority_id, "rule_set_code": code, "valid_from": valid_from}
        ),
        LABELS,
    )
    if made is not None:
        flash(_("The rule set is assigned."))
        st.rerun()


def choose(assigned: list[Assignment], names: Mapping[str, str]) -> str | None:
    """Ask which rule set to read and return its code; one that an authority uses stands in front."""
    used = next((row.rule_set_code for row in assigned if row.rule_set_code in names), None)
    codes = list(names)
    asked = st.query_params.get("regelset", used)
    return st.selectbox(
        _("Read a rule set"),
        codes,
        codes.index(asked) if asked in codes else 0,
        lambda code: names[code],
        key="ruleset",
    )
