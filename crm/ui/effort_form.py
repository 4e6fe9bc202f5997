"""The facts of an effort: which fields are asked follows from the block that is chosen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core.decimals import read_number
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.sroi.rules import Block, Kind, RuleSet, Unit
from crm.sroi.rules.questions import Question, questions
from crm.ui.certificate_words import ask_certificate
from crm.ui.dates import ask_day
from crm.ui.explanation import spoken
from crm.ui.words import _

LABELS = {
    "block": N_("What was done"),
    "start": N_("From"),
    "end": N_("Up to and including"),
    "hours_per_week": N_("Hours a week"),
    "worked_hours": N_("Hours worked in the period"),
    "quantity": N_("Hours"),
    "amount_cents": N_("Amount excl. VAT"),
    "labour_amount_cents": N_("Labour cost"),
    "age": N_("Age"),
    "benefit_start": N_("Benefit since"),
    "tags": N_("Features"),
    "supplier_certificate": N_("Certificate of the supplier"),
    "subject": N_("Reference"),
    "description": N_("Description"),
    "surname": N_("Surname of the person"),
    "birth_date": N_("Date of birth"),
}
TIMED = frozenset({Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR})
HOURLY = frozenset({Unit.HOUR, Unit.EMPLOYEE_HOUR, Unit.HOUR_DAY_MAXIMUM})
LABOUR = frozenset({Unit.LABOUR_COST, Unit.WAGE_COST})


def blocks_to_choose(ruleset: RuleSet) -> list[Block]:
    """Return the blocks that an effort can be of; bonuses come by themselves."""
    return [block for block in ruleset.blocks if block.unit is not Unit.BONUS]


def ask_block(ruleset: RuleSet, chosen: str | None, key: str) -> Block | None:
    """Ask what was done, in the rule set's own words."""
    blocks = {block.code: block for block in blocks_to_choose(ruleset)}
    codes = list(blocks)
    code = st.selectbox(
        _(LABELS["block"]),
        codes,
        codes.index(chosen) if chosen in blocks else None,
        lambda value: spoken(blocks[value].name),
        key=f"{key}_block",
        placeholder=_("Choose"),
    )
    return blocks[code] if code else None


def ask_facts(ruleset: RuleSet, block: Block, given: dict[str, Any], key: str) -> dict[str, Any]:
    """Ask the facts that this block is valued by; return them as the fields of a command.

    `given` holds facts as they are stored. Raises `Invalid` for what cannot be read as a number.
    """
    facts: dict[str, Any] = {"block": block.code}
    left, right = st.columns(2)
    facts["start"] = _day(left, "start", given, key)
    facts["end"] = _day(right, "end", given, key)
    ways = {block.unit, block.or_unit}
    if ways & TIMED:
        facts |= _person(ruleset, block, given, key)
    if ways & HOURLY:
        facts["quantity"] = _decimal("quantity", given.get("quantity"), key)
    if ways & LABOUR:
        facts["labour_amount_cents"] = _amount("labour_amount_cents", given.get("labour_amount_eur"), key)
    if ways - TIMED - HOURLY - LABOUR - {None}:
        facts["amount_cents"] = _amount("amount_cents", given.get("amount_eur"), key)
    if Question.SUPPLIER_CERTIFICATE in questions(ruleset, block):
        facts["supplier_certificate"] = ask_certificate(
            ruleset, given.get("supplier_certificate"), f"{key}_supplier"
        )
    return facts


def ask_words(subject: str, description: str, key: str, *, about_person: bool) -> dict[str, str]:
    """Ask for the reference and a description."""
    left, right = st.columns(2)
    return {
        "subject": left.text_input(
            _("Reference"),
            subject,
            key=f"{key}_subject",
            max_chars=120,
            placeholder="K-2041" if about_person else _("for example an invoice number"),
            help=_("A reference, never a name or a citizen service number"),
        ),
        "description": right.text_input(
            _("Description"), description, key=f"{key}_description", max_chars=400
        ),
    }


def about_person(block: Block) -> bool:
    """Return whether a block is about one person."""
    return block.kind in (Kind.WORK, Kind.LEARNING)


def _person(ruleset: RuleSet, block: Block, given: dict[str, Any], key: str) -> dict[str, Any]:
    left, right = st.columns(2)
    facts: dict[str, Any] = {}
    told = given.get("hours_per_week")
    if isinstance(told, list):
        facts["hours_history"] = tuple(
            {"start": date.fromisoformat(step["from"]), "hours": Decimal(step["hours"])} for step in told
        )
        left.caption(_("The weekly hours come from the placement."))
    else:
        facts["hours_per_week"] = _decimal("hours_per_week", told, key, left)
    facts["age"] = _whole(right, given.get("age"), key)
    if block.banded:
        facts["benefit_start"] = _day(left, "benefit_start", given, key)
    if any(bonus.bonus and bonus.bonus.permanent for bonus in ruleset.bonuses):
        facts["permanent"] = st.checkbox(
            _("Permanent contract"), bool(given.get("permanent")), key=f"{key}_permanent"
        )
    facts["tags"] = _tags(ruleset, given, key)
    return facts


def _tags(ruleset: RuleSet, given: dict[str, Any], key: str) -> tuple[str, ...]:
    named = {bonus.bonus.tags[0]: bonus.name for bonus in ruleset.bonuses if bonus.bonus and bonus.bonus.tags}
    chosen = set(given.get("tags", ()))
    picked = [
        tag for tag, name in named.items() if st.checkbox(spoken(name), tag in chosen, key=f"{key}_tag_{tag}")
    ]
    return tuple(sorted({*picked, *(chosen - set(named))}))


def _day(place: Any, field: str, given: dict[str, Any], key: str) -> date | None:
    stored = given.get(field)
    value = date.fromisoformat(stored) if stored else None
    return ask_day(_(LABELS[field]), value, key=f"{key}_{field}", place=place)


def _decimal(field: str, stored: str | None, key: str, place: Any = st) -> Decimal | None:
    shown = "" if stored is None else stored.replace(".", ",")
    typed = place.text_input(_(LABELS[field]), shown, key=f"{key}_{field}", max_chars=12)
    return read_number(typed, field)


def _amount(field: str, stored: str | None, key: str) -> int | None:
    shown = "" if stored is None else stored.replace(".", ",")
    typed = st.text_input(_(LABELS[field]), shown, key=f"{key}_{field}", max_chars=20)
    return parse_euros(typed, field) if typed.strip() else None


def _whole(place: Any, stored: str | int | None, key: str) -> int | None:
    typed = place.text_input(
        _("Age"),
        "" if stored is None else str(stored),
        key=f"{key}_age",
        max_chars=3,
        help=_("Only needed for an age bonus; no birth date is kept."),
    )
    if not typed.strip():
        return None
    if not typed.strip().isdecimal():
        raise Invalid("age", "Fill in a whole number of years.")
    return int(typed)
