"""The fields of a tender that is taken in, and of its award."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.decimals import read_number
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.sroi.queries.tenders import TenderPage
from crm.sroi.rules.tendering import AwardCriterion
from crm.sroi.states import ContractType
from crm.ui.contract_form import ask_hours, percentage, shown_share
from crm.ui.dates import ask_day
from crm.ui.opened import OpenForm
from crm.ui.sroi import TYPES
from crm.ui.words import _, whole_euros

Filled = Callable[[], dict[str, Any]]
Key = Callable[[str], str]
LABELS = {
    "authority_id": N_("Authority"),
    "employer_id": N_("Contractor"),
    "title": N_("Title"),
    "reference": N_("Reference"),
    "cpv_code": N_("CPV code"),
    "contract_type": N_("Kind of contract"),
    "estimate_cents": N_("Estimate excl. VAT"),
    "value_cents": N_("Sum of the award excl. VAT"),
    "wage_bill_cents": N_("Wage bill"),
    "contract_hours": N_("Hours of work"),
    "labour_share": N_("Share of labour (%)"),
    "percentage": N_("Percentage in the clause"),
    "amount_cents": N_("Or an amount in the clause"),
    "criterion": N_("Award criterion"),
    "social_weight": N_("Weight of social return (% of the points)"),
    "published_on": N_("Tender published on"),
    "award_on": N_("Award expected"),
    "start_on": N_("Starts on"),
    "end_on": N_("Ends on"),
    "rule_set_code": N_("Rule set"),
    "reason": N_("Reason"),
}
CRITERIA = {
    AwardCriterion.BEST_VALUE: N_("Best value for money"),
    AwardCriterion.LOWEST_COST: N_("Lowest cost by cost-effectiveness"),
    AwardCriterion.LOWEST_PRICE: N_("Lowest price"),
}


def new_tender(authorities: Mapping[int, str], rulesets: Mapping[str, str]) -> Filled | None:
    """Ask for a new tender; return what was filled in once it is sent, else None."""
    with st.form("new_tender", border=False):
        authority_id = st.selectbox(
            _("Authority"), list(authorities), None, lambda value: authorities[value], placeholder=_("Choose")
        )
        terms = _terms(None, "new_tender:{}".format, rulesets)
        if not st.form_submit_button(_("Take in the tender"), type="primary", shortcut="Ctrl+S"):
            return None
    return lambda: {**terms(), "authority_id": authority_id}


def changed_tender(found: TenderPage, form: OpenForm, rulesets: Mapping[str, str]) -> Filled | None:
    """Ask for changes of a tender; return what was filled in once it is sent, else None."""
    with st.form(form.name, border=False):
        terms = _terms(found, form.key, rulesets)
        if not st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S"):
            return None
    return terms


def award(found: TenderPage, form: OpenForm) -> Filled | None:
    """Ask for the sum and the days of an award; return what was filled in once it is sent, else None."""
    with st.form(form.name, border=False):
        left, right = st.columns(2)
        value = left.text_input(
            _("Sum of the award excl. VAT"), whole_euros(found.row.estimate_cents), key=form.key("value")
        )
        wages = right.text_input(
            _("Wage bill"), key=form.key("wages"), help=_("Only when the rule set goes by the wage bill")
        )
        hours = ask_hours(form.key("contract_hours"))
        left, right = st.columns(2)
        award_on = ask_day(_("Awarded on"), clock.today(), key=form.key("award_on"), place=left)
        start_on = ask_day(_("Starts on"), found.start_on, key=form.key("start_on"), place=right)
        end_on = ask_day(_("Ends on"), found.end_on, key=form.key("end_on"), place=left)
        if not st.form_submit_button(_("Make the contract"), type="primary"):
            return None
    return lambda: {
        "value_cents": parse_euros(value, "value_cents"),
        "wage_bill_cents": parse_euros(wages, "wage_bill_cents") if wages.strip() else None,
        "contract_hours": read_number(hours, "contract_hours"),
        "award_on": award_on,
        "start_on": start_on,
        "end_on": end_on,
    }


def _terms(found: TenderPage | None, key: Key, rulesets: Mapping[str, str]) -> Filled:
    title = st.text_input(_("Title"), found.row.title if found else "", max_chars=400, key=key("title"))
    left, right = st.columns(2)
    reference = left.text_input(
        _("Reference"), (found.reference or "") if found else "", max_chars=80, key=key("reference")
    )
    cpv = right.text_input(
        _("CPV code"), (found.cpv_code or "") if found else "", key=key("cpv"), placeholder="77320000-9"
    )
    kind = st.segmented_control(
        _("Kind of contract"),
        list(ContractType),
        format_func=lambda value: _(TYPES[value]),
        default=found.contract_type if found else ContractType.SERVICES,
        required=True,
        key=key("contract_type"),
    )
    clause, criterion = _clause(found, key), _criterion(found, key)
    dates = _dates(found, key)
    code = _rule_set(found, key, rulesets)
    return lambda: {
        "title": title,
        "reference": reference or None,
        "cpv_code": cpv.strip() or None,
        "contract_type": kind,
        **clause(),
        **criterion(),
        **dates,
        "rule_set_code": code,
    }


def _clause(found: TenderPage | None, key: Key) -> Filled:
    left, right = st.columns(2)
    estimate = left.text_input(
        _("Estimate excl. VAT"),
        whole_euros(found.row.estimate_cents) if found else "",
        key=key("estimate"),
    )
    labour = right.text_input(
        _("Share of labour (%)"), shown_share(found.labour_share if found else None), key=key("labour")
    )
    share = left.text_input(
        _("Percentage in the clause"),
        shown_share(found.percentage if found else None),
        placeholder=_("empty: as the rule set says"),
        key=key("percentage"),
    )
    known = found.amount_cents if found else None
    amount = right.text_input(
        _("Or an amount in the clause"), "" if known is None else whole_euros(known), key=key("amount")
    )
    return lambda: {
        "estimate_cents": parse_euros(estimate, "estimate_cents"),
        "labour_share": percentage(labour, "labour_share"),
        "percentage": percentage(share, "percentage"),
        "amount_cents": parse_euros(amount, "amount_cents") if amount.strip() else None,
    }


def _criterion(found: TenderPage | None, key: Key) -> Filled:
    left, right = st.columns(2)
    kinds = list(AwardCriterion)
    criterion = left.selectbox(
        _("Award criterion"),
        kinds,
        kinds.index(found.criterion) if found else 0,
        lambda value: _(CRITERIA[value]),
        key=key("criterion"),
    )
    weight = right.text_input(
        _("Weight of social return (% of the points)"),
        shown_share(found.social_weight if found else None),
        key=key("weight"),
    )
    return lambda: {"criterion": criterion, "social_weight": percentage(weight, "social_weight")}


def _dates(found: TenderPage | None, key: Key) -> dict[str, Any]:
    left, right = st.columns(2)
    given = {
        "published_on": (left, N_("Tender published on"), found.published_on if found else None),
        "award_on": (right, N_("Award expected"), found.row.award_on if found else None),
        "start_on": (left, N_("Starts on"), found.start_on if found else None),
        "end_on": (right, N_("Ends on"), found.end_on if found else None),
    }
    return {
        name: ask_day(_(label), value, key=key(name), place=place)
        for name, (place, label, value) in given.items()
    }


def _rule_set(found: TenderPage | None, key: Key, names: Mapping[str, str]) -> str | None:
    codes = list(names)
    chosen = found.rule_set_code if found else None
    return st.selectbox(
        _("Rule set"),
        codes,
        codes.index(chosen) if chosen is not None and chosen in names else None,
        lambda code: names[code],
        placeholder=_("the authority's own, by date"),
        key=key("rule_set"),
    )
