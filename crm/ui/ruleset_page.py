"""A rule set in readable form: what it asks, what everything is worth, and where that was published."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi.rules import Base, Block, ByType, ContractType, ObligationRule, RuleSet, Unit, written
from crm.ui.explanation import spoken
from crm.ui.tables import show_table
from crm.ui.words import _, day, language, plain, unbroken, whole_euros

UNITS = {
    Unit.FULL_TIME_YEAR: N_("a full-time year"),
    Unit.MONTH: N_("a month"),
    Unit.LEARNING_YEAR: N_("a learning year"),
    Unit.HOUR: N_("an hour"),
    Unit.EMPLOYEE_HOUR: N_("an hour of an employee"),
    Unit.HOUR_DAY_MAXIMUM: N_("an hour, with a maximum a day"),
    Unit.INVOICE: N_("the invoice excl. VAT"),
    Unit.COST_EXCL_VAT: N_("the cost excl. VAT"),
    Unit.COST: N_("the cost"),
    Unit.LABOUR_COST: N_("the labour cost"),
    Unit.WAGE_COST: N_("the wage cost"),
    Unit.AGREEMENT: N_("by agreement"),
    Unit.BONUS: N_("bonus on a full-time year"),
}
BASES = {
    Base.CONTRACT_SUM: N_("the contract sum"),
    Base.BID_SUM: N_("the bid sum"),
    Base.WAGE_BILL: N_("the wage bill"),
    Base.INVOICED: N_("the invoiced turnover"),
    Base.HOURS: N_("the hours of work"),
    Base.FIXED: N_("a fixed amount"),
}
ENGINE_TYPES = {
    ContractType.WORKS: N_("works"),
    ContractType.SERVICES: N_("services"),
    ContractType.SUPPLIES: N_("supplies"),
}


def show(ruleset: RuleSet) -> None:
    """Show one rule set from top to bottom."""
    st.subheader(plain(ruleset.name), anchor=False)
    st.markdown(" · ".join(_heading(ruleset)))
    if ruleset.demo:
        st.info(_("Invented for the demo region; no municipality has published these rules."))
    if ruleset.note and not ruleset.demo:
        st.markdown(plain(_(ruleset.note)))
    if ruleset.obligation:
        _obligation(ruleset.obligation)
    _blocks(ruleset)
    _terms(ruleset)


def _heading(ruleset: RuleSet) -> list[str]:
    parts = [plain(ruleset.region), _("version {version}", version=plain(ruleset.version))]
    if ruleset.valid_from:
        parts.append(_("from {day}", day=day(ruleset.valid_from)))
    if ruleset.valid_until:
        parts.append(_("until {day}", day=day(ruleset.valid_until)))
    if link := _link(ruleset.source):
        parts.append(link)
    return parts


def _obligation(rule: ObligationRule) -> None:
    st.subheader(_("The obligation"), anchor=False)
    base = _(BASES[rule.base.value])
    lines = [
        _("{share} % of {base}", share=_number(one.value), base=base) + _for(one) for one in rule.percentages
    ]
    if rule.hour_value_eur:
        told = _("{amount} for each of those hours", amount=_euro(rule.hour_value_eur.value))
        lines.append(told + _mark(rule.hour_value_eur.assumed, rule.hour_value_eur.source))
    if rule.fixed_amount:
        lines.append(_euro(rule.fixed_amount.value) + _mark(rule.fixed_amount.assumed))
    lines += [
        _("from a contract of {amount}", amount=_euro(one.value)) + _for(one) for one in rule.thresholds
    ]
    if rule.labour_share:
        low = rule.labour_share
        told = _(
            "{share} % when labour is under {below} % of the contract",
            share=_number(low.percentage),
            below=_number(low.below_pct),
        )
        lines.append(told + _mark(low.assumed, low.source))
    if rule.maximum:
        told = _("at most {amount}", amount=_euro(rule.maximum.value))
        lines.append(told + _mark(rule.maximum.assumed, rule.maximum.source))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _blocks(ruleset: RuleSet) -> None:
    if not ruleset.blocks:
        st.info(_("This rule set only has an obligation; it says nothing about the value of efforts."))
        return
    st.subheader(_("What efforts are worth"), anchor=False)
    frame = pd.DataFrame(
        [_block(ruleset, block) for block in ruleset.blocks],
        columns=[_("What was done"), _("Value"), _("Limits and evidence")],
    )
    show_table(frame, _("What every kind of effort is worth"))


def _block(ruleset: RuleSet, block: Block) -> tuple[str, str, str]:
    unit = _(UNITS[block.unit])
    value = unit if block.value is None else f"{unbroken(_euro(block.value))} {unit}"
    limits = []
    if block.counting_max_months:
        limits.append(_("at most {months} months", months=block.counting_max_months))
    if block.unlimited:
        limits.append(_("no limit"))
    if block.or_unit:
        limits.append(_("or {unit}", unit=_(UNITS[block.or_unit])))
    if block.benefit_min_months:
        limits.append(_("benefit for {months} months or more", months=block.benefit_min_months))
    if block.benefit_max_months:
        limits.append(_("benefit for less than {months} months", months=block.benefit_max_months))
    kinds = [kind.name_nl if language() == "nl" else kind.name_en for kind in ruleset.evidence_for(block)]
    limits += [plain(kind) for kind in kinds]
    return plain(spoken(block.name)) + _mark(block.assumed, block.source), value, " · ".join(limits)


def _terms(ruleset: RuleSet) -> None:
    rules, deadlines, sanctions = ruleset.valuation, ruleset.deadlines, ruleset.sanctions
    told = [
        (N_("Full time is {value} hours a week"), rules.hours_basis),
        (N_("At least {value} hours a week"), rules.min_hours_per_week),
        (N_("First contact within {value} days of the award"), deadlines.first_contact_days),
        (N_("Plan within {value} days of the award"), deadlines.plan_days),
        (N_("A report every {value} months"), deadlines.report_interval_months),
        (N_("Repair period of {value} days"), sanctions.repair_days),
        (N_("Fine of {value} % of what was not done"), sanctions.fine_pct),
    ]
    lines = [
        _(text, value=_number(rule.value)) + _mark(rule.assumed, rule.source)
        for text, rule in told
        if rule is not None
    ]
    if lines:
        st.subheader(_("Terms"), anchor=False)
        st.markdown("\n".join(f"- {line}" for line in lines))


def _for(one: ByType) -> str:
    kind = "" if one.contract_type is None else f" ({_(ENGINE_TYPES[one.contract_type])})"
    return kind + _mark(one.assumed, one.source)


def _mark(assumed: bool, source: str = "") -> str:
    marks = [_link(source)] if source else []
    if assumed:
        marks.append(f":orange-badge[{_('assumed')}]")
    return "".join(f" {mark}" for mark in marks if mark)


def _link(source: str) -> str:
    return f"[{_('source')}]({source})" if source.startswith("https://") else ""


def _euro(amount: Decimal) -> str:
    return whole_euros(cents(amount))


def _number(value: Decimal | int) -> str:
    return written(value, language())
