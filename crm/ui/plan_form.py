"""A line of a plan: the few facts that its block needs, and at once what it is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core import i18n
from crm.core.access import Actor
from crm.core.decimals import read_number
from crm.core.errors import AppError, Invalid
from crm.core.i18n import N_
from crm.core.money import cents, parse_euros
from crm.sroi import actions
from crm.sroi.plan_commands import AddPlanLines, EditPlanLine, PlanLineFacts, RemovePlanLine
from crm.sroi.queries.plans import PlanFor, PlanLineRow, preview_plan_line
from crm.sroi.rules import Block, Explanation, RuleSet
from crm.sroi.rules.questions import Question, features, is_about_a_person, plainly, questions
from crm.ui.dates import ask_day
from crm.ui.explanation import explanation_popover, spoken
from crm.ui.forms import show_fault
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.portal_counts import blocks_of
from crm.ui.words import _, language, plain, typed_number, whole_euros

LABELS = {
    "block": N_("What will be done?"),
    "people": N_("How many people?"),
    "start": N_("First day"),
    "end": N_("Last day"),
    "hours_per_week": N_("Hours a week"),
    "worked_hours": N_("Hours worked in this period"),
    "quantity": N_("Number of hours"),
    "amount_cents": N_("Amount without VAT"),
    "labour_amount_cents": N_("Labour cost without VAT"),
    "benefit_start": N_("Benefit since"),
    "activity": N_("Which work, or what else?"),
}
NUMBERS = {
    Question.HOURS: "hours_per_week",
    Question.WORKED_HOURS: "worked_hours",
    Question.QUANTITY: "quantity",
}
AMOUNTS = {Question.AMOUNT: "amount", Question.LABOUR_AMOUNT: "labour_amount"}
MOST_PEOPLE = 500


def add(actor: Actor, term: PlanFor, *, in_plain: bool = False, renew: bool = False) -> None:
    """Ask for a new line and add it to the plan; `in_plain` words are for the portal.

    With `renew` the line goes into a new version when the plan was accepted.
    """
    form = open_form(f"plan_add_{term.contract_id}", 0, "block", page_of(term.contract_id))
    filled = _ask(term, form, None, in_plain=in_plain)
    if filled is not None and st.button(_("Add to the plan"), key=form.key("add"), icon=":material/add:"):
        save(
            form,
            actor,
            actions.add_plan_lines,
            lambda: AddPlanLines(contract_id=term.contract_id, lines=(filled,), renew=renew),
            LABELS,
            _("The line is in the plan."),
        )


def change(actor: Actor, term: PlanFor, version: int, line: PlanLineRow, *, in_plain: bool = False) -> None:
    """Ask for a line again and save it, or take it out of the plan; `version` is the plan's."""
    form = open_form(f"plan_line_{line.id}", version, "block", page_of(term.contract_id))
    filled = _ask(term, form, line, in_plain=in_plain)
    with st.container(horizontal=True):
        if filled is not None and st.button(_("Save the line"), key=form.key("save")):
            save(
                form,
                actor,
                actions.edit_plan_line,
                lambda: EditPlanLine(line_id=line.id, version=form.version, **filled),
                LABELS,
                _("The line is saved."),
            )
        if st.button(_("Take out of the plan"), key=form.key("remove"), type="tertiary"):
            save(
                form,
                actor,
                actions.remove_plan_line,
                lambda: RemovePlanLine(line_id=line.id, version=form.version),
                LABELS,
                _("The line is taken out."),
            )


def page_of(contract_id: int) -> str:
    """Return the name that the forms on one plan share."""
    return f"plan_{contract_id}"


def _ask(term: PlanFor, form: OpenForm, line: PlanLineRow | None, *, in_plain: bool) -> dict[str, Any] | None:
    block = _ask_block(term.rule_set, form, line, in_plain=in_plain)
    if block is None:
        return None
    try:
        filled = _ask_facts(term.rule_set, block, form, line)
    except Invalid as fault:
        show_fault(fault, LABELS)
        return None
    filled["activity"] = st.text_input(
        _(LABELS["activity"]),
        line.activity if line else "",
        key=form.key("activity"),
        max_chars=400,
        placeholder=_("for example: keeping the green of three districts"),
    )
    _show_worth(term, form, filled)
    return filled


def _ask_block(ruleset: RuleSet, form: OpenForm, line: PlanLineRow | None, *, in_plain: bool) -> Block | None:
    blocks = {block.code: block for block in blocks_of(ruleset)}
    codes = list(blocks)
    code = st.selectbox(
        _(LABELS["block"]),
        codes,
        codes.index(line.block) if line and line.block in blocks else None,
        lambda one: spoken(plainly(blocks[one]) if in_plain else blocks[one].name),
        key=form.key("block"),
        placeholder=_("Choose"),
    )
    return blocks[code] if code else None


def _ask_facts(ruleset: RuleSet, block: Block, form: OpenForm, line: PlanLineRow | None) -> dict[str, Any]:
    given = line.facts if line else {}
    asked = questions(ruleset, block)
    # What a plan does not ask, such as an age, stays what it was.
    facts: dict[str, Any] = {"block": block.code, "age": given.get("age")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if is_about_a_person(block):
            facts["people"] = st.number_input(
                _(LABELS["people"]),
                1,
                MOST_PEOPLE,
                line.people if line else 1,
                key=form.key("people"),
                width=200,
            )
        facts |= _ask_numbers(asked, given, form)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        facts |= _ask_days(asked, given, form)
    return facts | _ask_extras(ruleset, block, asked, given, form)


def _ask_numbers(asked: frozenset[Question], given: dict[str, Any], form: OpenForm) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for question, field in NUMBERS.items():
        if question in asked:
            facts[field] = read_number(_text(field, given.get(field), form), field)
    for question, name in AMOUNTS.items():
        if question in asked:
            typed = _text(f"{name}_cents", given.get(f"{name}_eur"), form)
            facts[f"{name}_cents"] = parse_euros(typed, f"{name}_cents") if typed.strip() else None
    return facts


def _text(field: str, stored: str | None, form: OpenForm) -> str:
    shown = typed_number(None if stored is None else Decimal(stored))
    return st.text_input(_(LABELS[field]), shown, key=form.key(field), max_chars=20, width=200)


def _ask_days(asked: frozenset[Question], given: dict[str, Any], form: OpenForm) -> dict[str, Any]:
    if Question.PERIOD not in asked:
        when = _day("start", _("When will it be?"), given, form)
        return {"start": when, "end": when}
    facts = {name: _day(name, _(LABELS[name]), given, form) for name in ("start", "end")}
    if Question.BENEFIT_START in asked:
        facts["benefit_start"] = _day("benefit_start", _(LABELS["benefit_start"]), given, form)
    return facts


def _day(field: str, label: str, given: dict[str, Any], form: OpenForm) -> date | None:
    stored = given.get(field)
    return ask_day(label, date.fromisoformat(stored) if stored else None, key=form.key(field), width=200)


def _ask_extras(
    ruleset: RuleSet, block: Block, asked: frozenset[Question], given: dict[str, Any], form: OpenForm
) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if Question.PERMANENT in asked:
        facts["permanent"] = st.checkbox(
            _("The person gets a permanent contract"), bool(given.get("permanent")), key=form.key("permanent")
        )
    chosen = set(given.get("tags", ()))
    facts["tags"] = tuple(
        feature.tag
        for feature in features(ruleset, block)
        if st.checkbox(plain(spoken(feature.says)), feature.tag in chosen, key=form.key(f"tag_{feature.tag}"))
    )
    return facts


def _show_worth(term: PlanFor, form: OpenForm, filled: dict[str, Any]) -> None:
    try:
        found = preview_plan_line(term, PlanLineFacts(**filled))
    except AppError as fault:
        show_fault(fault, LABELS)
        return
    if not found.amount:
        st.info(_last_words(found))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        amount = whole_euros(cents(found.amount))
        st.markdown(_("This counts for **{amount}**", amount=amount), width="content")
        explanation_popover(_("Why this amount?"), found, _("this line"), key=form.key("why"))


def _last_words(found: Explanation) -> str:
    return plain(found.readable_steps(language(), i18n.in_language(language()))[-1].label)
