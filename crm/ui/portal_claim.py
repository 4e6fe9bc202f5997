"""From what was typed in the effort form to the fields of a command."""

from __future__ import annotations

from typing import Any

from crm.core.decimals import read_number
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.sroi.rules import Block, RuleSet
from crm.sroi.rules.persons import concerns_a_person
from crm.sroi.rules.questions import Question, is_about_a_person, questions
from crm.ui.effort_person import told_person
from crm.ui.portal_draft import EffortDraft

PERSON = "person"
LABELS = {
    "start": N_("First day"),
    "end": N_("Last day"),
    "hours_per_week": N_("Hours a week"),
    "hours_history": N_("Change of hours"),
    "worked_hours": N_("Hours worked in this period"),
    "quantity": N_("Number of hours"),
    "amount_cents": N_("Amount without VAT"),
    "labour_amount_cents": N_("Labour cost without VAT"),
    "age": N_("Age on the first day"),
    "supplier_certificate": N_("Certificate of the supplier"),
    "benefit_start": N_("Benefit since"),
    "subject": N_("Reference of the person"),
    "surname": N_("Surname of the person"),
    "birth_date": N_("Date of birth"),
    "description": N_("What was done"),
}


def claim_of(draft: EffortDraft, ruleset: RuleSet, block: Block) -> dict[str, Any]:
    """Return the fields of a claim that the block asks for; what was typed for another block stays out.

    Raises `Invalid` for what is no number.
    """
    fields, asked = draft.fields, questions(ruleset, block)
    values: dict[str, Any] = {"block": block.code, "description": fields["description"] or ""}
    if is_about_a_person(block):
        values["subject"] = fields["subject"] or ""
    if concerns_a_person(block):
        values |= told_person(draft.key(PERSON))
    values["start"] = fields["start"]
    values["end"] = fields["end"] if Question.PERIOD in asked else fields["start"]
    values |= _work(fields) if Question.HOURS in asked else {}
    values |= _numbers(fields, asked)
    if Question.BENEFIT_START in asked:
        values["benefit_start"] = fields["benefit_start"]
    if Question.AGE in asked:
        values["age"] = fields["age"]
    if Question.SUPPLIER_CERTIFICATE in asked:
        values["supplier_certificate"] = fields["supplier_certificate"]
    values["permanent"] = Question.PERMANENT in asked and bool(fields["permanent"])
    values["tags"] = tuple(fields["tags"])
    return values


def _work(fields: dict[str, Any]) -> dict[str, Any]:
    hours = read_number(fields["hours"], "hours_per_week")
    if not fields["changes"] or hours is None or fields["start"] is None:
        return {"hours_per_week": hours}
    history = [{"start": fields["start"], "hours": hours}]
    for place in range(fields["changes"]):
        changed = read_number(fields[f"hours_{place}"], "hours_history")
        if fields[f"from_{place}"] is not None and changed is not None:
            history.append({"start": fields[f"from_{place}"], "hours": changed})
    return {"hours_history": tuple(history)}


def _numbers(fields: dict[str, Any], asked: frozenset[Question]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if Question.WORKED_HOURS in asked:
        values["worked_hours"] = read_number(fields["worked_hours"], "worked_hours")
    if Question.QUANTITY in asked:
        values["quantity"] = read_number(fields["quantity"], "quantity")
    if Question.AMOUNT in asked:
        values["amount_cents"] = _cents(fields["amount"], "amount_cents")
    if Question.LABOUR_AMOUNT in asked:
        values["labour_amount_cents"] = _cents(fields["labour_amount"], "labour_amount_cents")
    return values


def _cents(typed: str, field: str) -> int | None:
    return parse_euros(typed, field) if typed.strip() else None
