"""What counts: the contract's own ways to reach the amount in plain words, with an instant calculation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from crm.core.decimals import read_number
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents, euros, parse_euros
from crm.sroi import claims
from crm.sroi.rules import Bilingual, Block, Explanation, RuleSet, Unit
from crm.sroi.rules.questions import Question, features, plainly, questions
from crm.ui.explanation import show_explanation, spoken
from crm.ui.forms import show_fault
from crm.ui.portal import WAYS, in_words, way_of
from crm.ui.words import _, money, n_, number, plain, whole_euros

UNITS = {
    Unit.FULL_TIME_YEAR: N_("{value} for a full year, full time"),
    Unit.MONTH: N_("{value} a month"),
    Unit.LEARNING_YEAR: N_("{value} for a learning year"),
    Unit.HOUR: N_("{value} an hour"),
    Unit.EMPLOYEE_HOUR: N_("{value} for each hour that an employee of yours spends on it"),
    Unit.HOUR_DAY_MAXIMUM: N_("{value} an hour, at most {most} hours a day"),
    Unit.INVOICE: N_("the amount of the invoice without VAT"),
    Unit.COST_EXCL_VAT: N_("what you paid, without VAT"),
    Unit.COST: N_("what you spent"),
    Unit.LABOUR_COST: N_("the labour cost in what you paid"),
    Unit.WAGE_COST: N_("the wage that you pay"),
    Unit.AGREEMENT: N_("the value that we agree on beforehand"),
}


HOURS_A_WEEK, HOURS = N_("Hours a week"), N_("Hours")


def show_counts(ruleset: RuleSet) -> None:
    """Show the calculation, and under it everything that counts."""
    blocks = blocks_of(ruleset)
    if not blocks:
        st.info(_("What counts on this contract is agreed with you in person. Ask us; we think along."))
        return
    st.header(_("What would it be worth?"), anchor=False)
    with st.container(border=True):
        _calculate(ruleset, blocks)
    st.header(_("Everything that counts"), anchor=False)
    for way in WAYS:
        _list(ruleset, way, [block for block in blocks if way_of(block) == way])


def blocks_of(ruleset: RuleSet) -> list[Block]:
    """Return the blocks that an effort can be of, those of one way together."""
    order = list(WAYS)
    blocks = [block for block in ruleset.blocks if block.unit is not Unit.BONUS]
    return sorted(blocks, key=lambda block: order.index(way_of(block)))


def worth_of(block: Block) -> str:
    """Return what a block is worth in words: `counts for € 40.000 for a full year, full time`."""
    value = whole_euros(cents(block.value)) if block.value is not None else ""
    most = number(block.day_max_hours) if block.day_max_hours is not None else ""
    return _("Counts for {worth}", worth=_(UNITS[block.unit], value=value, most=most))


def _calculate(ruleset: RuleSet, blocks: list[Block]) -> None:
    by_code = {block.code: block for block in blocks}
    left, right = st.columns([3, 2], gap="large")
    # Within a container of their own: else a long question for a checkbox is cut off.
    with left, st.container():
        code = st.selectbox(
            _("What do you want to do?"),
            list(by_code),
            format_func=lambda one: spoken(plainly(by_code[one])),
            key="counts_block",
        )
        facts = {"block": code, **_asked(ruleset, by_code[code])}
    worth = _answer(ruleset, facts, right)
    if worth is not None:
        what = _in_a_sentence(by_code[code], facts)
        st.markdown(_("{what} = **{amount}**, because:", what=what, amount=money(cents(worth.amount))))
        show_explanation(worth, _("the example"))


def _answer(ruleset: RuleSet, facts: dict[str, object], place: DeltaGenerator) -> Explanation | None:
    try:
        worth = claims.value_of(facts, ruleset)
    except Invalid as fault:
        place.info(_(fault.message, **fault.params))
        return None
    place.metric(_("This counts for"), money(cents(worth.amount)))
    return worth


def _in_a_sentence(block: Block, facts: Mapping[str, object]) -> str:
    """Return what was filled in: `You hire somebody …, 24 hours a week, 9 months`."""
    parts = [plain(spoken(plainly(block)).rstrip("."))]
    if isinstance(hours := facts.get("hours_per_week"), Decimal):
        parts.append(_("{hours} hours a week", hours=number(hours)))
    if isinstance(hours := facts.get("quantity"), Decimal):
        parts.append(_("{hours} hours", hours=number(hours)))
    if isinstance(months := facts.get("months"), int):
        parts.append(n_("{count} month", "{count} months", months))
    return ", ".join(parts)


def _asked(ruleset: RuleSet, block: Block) -> dict[str, object]:
    asked = questions(ruleset, block)
    facts: dict[str, object] = {}
    with st.container(horizontal=True):
        if Question.PERIOD in asked:
            facts["months"] = st.number_input(_("How many months?"), 1, 60, 6, width=140, key="counts_months")
        if Question.HOURS in asked:
            facts |= _number("hours_per_week", HOURS_A_WEEK, "24", "counts_hours")
        if Question.QUANTITY in asked:
            facts |= _number("quantity", HOURS, "8", "counts_quantity")
    if Question.QUANTITY not in asked and asked & {Question.AMOUNT, Question.LABOUR_AMOUNT}:
        facts |= _amount(asked)
    return facts | _extras(ruleset, block, asked)


def _number(name: str, label: str, start: str, key: str) -> dict[str, object]:
    typed = st.text_input(_(label), start, max_chars=8, width=140, key=key)
    try:
        return {name: read_number(typed, name)}
    except Invalid as fault:
        show_fault(fault, {name: label})
        return {}


def _amount(asked: frozenset[Question]) -> dict[str, object]:
    typed = st.text_input(_("Amount without VAT"), "1.000", key="counts_amount")
    name = "amount_eur" if Question.AMOUNT in asked else "labour_amount_eur"
    try:
        return {name: euros(parse_euros(typed, name))}
    except Invalid as fault:
        st.error(_(fault.message))
        return {}


def _extras(ruleset: RuleSet, block: Block, asked: frozenset[Question]) -> dict[str, object]:
    facts: dict[str, object] = {}
    if Question.AGE in asked:
        age = st.number_input(_("Age (only if you know it)"), 12, 100, None, width=200, key="counts_age")
        facts["age"] = age
    if Question.PERMANENT in asked:
        facts["permanent"] = st.checkbox(_("The person gets a permanent contract"), key="counts_permanent")
    facts["tags"] = [
        feature.tag
        for feature in features(ruleset, block)
        if st.checkbox(plain(spoken(feature.says)), key=f"counts_tag_{feature.tag}")
    ]
    return facts


def _list(ruleset: RuleSet, way: str, blocks: list[Block]) -> None:
    if not blocks:
        return
    with st.container(border=True, gap="small"):
        st.markdown(f"**{_(way)}**")
        for block in blocks:
            st.markdown(f"{in_words(block)}  \n" + " · ".join(_facts_of(ruleset, block)))


def _facts_of(ruleset: RuleSet, block: Block) -> Iterator[str]:
    yield f"**{worth_of(block)}**"
    if block.counting_max_months is not None:
        yield n_(
            "counts for at most {count} month",
            "counts for at most {count} months",
            block.counting_max_months,
        )
    if kinds := ruleset.evidence_for(block):
        names = ", ".join(spoken(Bilingual(kind.name_nl, kind.name_en)) for kind in kinds)
        yield _("evidence: {kinds}", kinds=plain(names))
