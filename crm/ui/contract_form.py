"""The form for the terms of a contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.decimals import decimal_of, read_number
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.employers.queries import find_employers
from crm.sroi.queries import ContractPage
from crm.sroi.rules.changing import tells_of_changes
from crm.sroi.rules.kinds import Base
from crm.sroi.states import ContractState, ContractType
from crm.ui.dates import ask_day
from crm.ui.opened import OpenForm
from crm.ui.sroi import TYPES
from crm.ui.words import _, whole_euros

LABELS = {
    "authority_id": N_("Authority"),
    "employer_id": N_("Contractor"),
    "title": N_("Title"),
    "reference": N_("Reference"),
    "contract_type": N_("Kind of contract"),
    "value_cents": N_("Value excl. VAT"),
    "labour_share": N_("Share of labour (%)"),
    "percentage": N_("Percentage in the clause"),
    "wage_bill_cents": N_("Wage bill"),
    "contract_hours": N_("Hours of work"),
    "published_on": N_("Tender published on"),
    "award_on": N_("Awarded on"),
    "start_on": N_("Starts on"),
    "end_on": N_("Ends on"),
    "rule_set_code": N_("Rule set"),
    "until": N_("Last day of the repair period"),
    "reason": N_("Reason"),
}
Filled = Callable[[], dict[str, Any]]
Key = Callable[[str], str]


def new_contract(actor: Actor, authorities: Mapping[int, str], rulesets: Mapping[str, str]) -> Filled | None:
    """Ask for a new contract; return what was filled in once it is sent, else None."""
    employer_id = ask_contractor(actor)
    with st.form("new_contract", border=False):
        authority_id = st.selectbox(
            _("Authority"), list(authorities), None, lambda value: authorities[value], placeholder=_("Choose")
        )
        terms = _terms(None, "new_contract:{}".format, rulesets)
        if not st.form_submit_button(_("Add the contract"), type="primary"):
            return None
    return lambda: {**terms(), "authority_id": authority_id, "employer_id": employer_id}


def changed_terms(contract: ContractPage, form: OpenForm, rulesets: Mapping[str, str]) -> Filled | None:
    """Ask for changed terms of a contract; return what was filled in once it is sent, else None."""
    with st.form(form.name, border=False):
        terms = _terms(contract, form.key, rulesets)
        if not st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S"):
            return None
    return terms


def percentage(text: str, field: str) -> Decimal | None:
    """Return a percentage as typed (`5`, `2,5 %`), None when empty; raises `Invalid` for the field."""
    typed = text.replace("%", "").strip()
    share = decimal_of(typed)
    if share is None and typed:
        raise Invalid(field, "Fill in a percentage, for example 5 or 2,5.")
    return share


def ask_contractor(actor: Actor) -> int | None:
    """Ask which employer got the contract; return its id, None while nobody was chosen."""
    typed = st.text_input(
        _("Contractor"),
        key="contractor",
        type="search",
        placeholder=_("Name, place or KvK number"),
        live=True,
    )
    with reading(actor) as work:
        found = {row.id: row for row in find_employers(work, typed or "", 8)}
    if not found:
        st.caption(_("No employer was found. Add the employer first."))
    return st.pills(
        _("Found employers"),
        list(found),
        format_func=lambda key: " · ".join(part for part in (found[key].name, found[key].city) if part),
        default=next(iter(found)) if typed and len(found) == 1 else None,
    )


def ask_shares(contract: ContractPage | None, key: Key, *, moved: bool = False) -> tuple[str, str]:
    """Ask for the percentage of the clause and the share of labour; return them as typed.

    A percentage that dated changes rest on (`moved`) is only shown.
    """
    left, right = st.columns(2)
    share = left.text_input(
        _("Percentage in the clause"),
        shown_share(contract.percentage if contract else None),
        placeholder=_("empty: as the rule set says"),
        key=key("percentage"),
        disabled=moved,
    )
    labour = right.text_input(
        _("Share of labour (%)"),
        shown_share(contract.labour_share if contract else None),
        key=key("labour_share"),
    )
    return share, labour


def _terms(contract: ContractPage | None, key: Key, rulesets: Mapping[str, str]) -> Filled:
    row = contract.row if contract else None
    moved = _moved_by_changes(contract)
    title = st.text_input(_("Title"), row.title if row else "", max_chars=400, key=key("title"))
    left, right = st.columns(2)
    reference = left.text_input(
        _("Reference"), (row.reference or "") if row else "", max_chars=80, key=key("reference")
    )
    kinds = list(ContractType)
    kind = right.segmented_control(
        _("Kind of contract"),
        kinds,
        format_func=lambda value: _(TYPES[value]),
        default=contract.contract_type if contract else ContractType.SERVICES,
        required=True,
        key=key("contract_type"),
    )
    value = left.text_input(
        _("Value excl. VAT"),
        _euros(contract.value_cents if contract else None),
        key=key("value"),
        disabled=moved,
    )
    wages = right.text_input(
        _("Wage bill"),
        _euros(contract.wage_bill_cents if contract else None),
        help=_("Only when the rule set goes by the wage bill"),
        key=key("wage_bill"),
    )
    hours = _hours(contract, key)
    share, labour = ask_shares(contract, key, moved=moved)
    dates = _dates(contract, key, moved=moved)
    code = _rule_set(contract, key, rulesets)
    return lambda: {
        "title": title,
        "reference": reference or None,
        "contract_type": kind,
        "value_cents": parse_euros(value, "value_cents"),
        "percentage": percentage(share, "percentage"),
        "labour_share": percentage(labour, "labour_share"),
        "wage_bill_cents": parse_euros(wages, "wage_bill_cents") if wages.strip() else None,
        "contract_hours": read_number(hours, "contract_hours"),
        "rule_set_code": code,
        **dates,
    }


def _hours(contract: ContractPage | None, key: Key) -> str:
    """Ask for the hours of work where the rule set goes by them, or may still be chosen."""
    if contract is not None and contract.row.state is not ContractState.TO_CONFIRM:
        rule = contract.rule_set.obligation
        if contract.contract_hours is None and (rule is None or rule.base.value is not Base.HOURS):
            return ""
    return ask_hours(key("contract_hours"), contract.contract_hours if contract else None)


def ask_hours(key: str, known: Decimal | None = None) -> str:
    """Ask for the hours of work of a contract; return them as typed."""
    return st.text_input(
        _("Hours of work"),
        shown_share(known),
        help=_("Only when the rule set goes by the hours of work"),
        key=key,
    )


def _moved_by_changes(contract: ContractPage | None) -> bool:
    """Tell whether dated changes stand on a contract, and say what that means for its form."""
    if contract is None or not tells_of_changes(contract.obligation):
        return False
    st.info(
        _(
            "Changes with a date stand on this contract. The value, the end and the percentage move with "
            "those: use “Note a change” under “Course”."
        )
    )
    return True


def _dates(contract: ContractPage | None, key: Key, *, moved: bool) -> dict[str, date | None]:
    row = contract.row if contract else None
    today = clock.today()
    left, right = st.columns(2)
    given: dict[str, tuple[Any, str, date | None]] = {
        "award_on": (left, N_("Awarded on"), row.award_on if row else today),
        "published_on": (right, N_("Tender published on"), contract.published_on if contract else None),
        "start_on": (left, N_("Starts on"), row.start_on if row else today),
        "end_on": (right, N_("Ends on"), row.end_on if row else None),
    }
    return {
        name: ask_day(_(label), value, key=key(name), place=column, disabled=moved and name == "end_on")
        for name, (column, label, value) in given.items()
    }


def _rule_set(contract: ContractPage | None, key: Key, names: Mapping[str, str]) -> str | None:
    chosen = contract.rule_set.id if contract and contract.chosen_by_hand else None
    codes = list(names)
    return st.selectbox(
        _("Rule set"),
        codes,
        codes.index(chosen) if chosen is not None and chosen in names else None,
        lambda code: names[code],
        placeholder=_("the authority's own, by date"),
        key=key("rule_set"),
    )


def _euros(amount_cents: int | None) -> str:
    return "" if amount_cents is None else whole_euros(amount_cents)


def shown_share(value: Decimal | None) -> str:
    """Return a percentage as it is typed: `2,5`; empty when there is none."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
