"""What a final statement ("eindafrekening") rests on: facts as canonical JSON, its hash and its check code.

Holds no personal data: efforts are told by number, block and period only, and what an officer wrote about
one of them is left out, and when the person worked before. What another company did on its part is one
amount: the contractor reads this, and sees those amounts together only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents, euros
from crm.sroi import counting
from crm.sroi.elsewhere import without_where
from crm.sroi.queries.rows import ContractPage, EffortRow, claimed
from crm.sroi.rules import Explanation, FactsError, RuleSet
from crm.sroi.rules.caps import Counted, count_under_caps
from crm.sroi.rules.shortfall import Outcome, explain_shortfall
from crm.sroi.states import EffortState

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
IN_PART = N_("The officer approved a part of this")
BENEFIT_FITS = N_("How long the benefit runs was checked")
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Decisions:
    """What the officer decides at the end; `not_to_blame` is the reason, empty when nothing excuses."""

    last_instalment_cents: int | None = None
    not_to_blame: str = ""


@dataclass(frozen=True)
class Frame:
    """What a statement says beside the contract itself; `reason` is why it corrects an earlier one.

    `settled_on` is the day on which the contract was settled, for a statement that corrects. `companies` are
    the names of those beside the contractor that did something, by id.
    """

    kvk_number: str
    document: str
    today: date
    number: int = 1
    reason: str = ""
    settled_on: date | None = None
    companies: Mapping[int, str] = field(default_factory=dict)


def gather(page: ContractPage, frame: Frame, decisions: Decisions) -> dict[str, Any]:
    """Return everything a statement is made from, as plain JSON values.

    Raises `Invalid` for `last_instalment_cents` when the rule set needs that amount.
    """
    approved = [effort for effort in page.efforts if effort.state is EffortState.APPROVED]
    own = [effort for effort in approved if effort.employer_id == page.row.employer_id]
    counted = count_under_caps(
        page.rule_set, euros(page.row.obligation_cents), counting.items(page.rule_set, claimed(approved))
    )
    return {
        "format": 2,
        "number": frame.number,
        "reason": frame.reason,
        **_days(frame),
        "check_at": settings().public_url,
        "contract": _contract(page),
        "authority": {"name": page.row.authority},
        "employer": {"name": page.row.employer, "kvk_number": frame.kvk_number},
        "rule_set": _rule_set(page.rule_set, frame.document),
        "obligation": page.obligation.to_json(),
        "efforts": [_effort(effort, counted) for effort in own],
        "parts": _parts(page, approved, counted, frame),
        "counted": _under_limits(page.rule_set, counted).to_json(),
        "totals": _totals(page, approved, counted),
        "decisions": {
            "last_instalment_cents": decisions.last_instalment_cents,
            "not_to_blame": decisions.not_to_blame,
            "repair_until": _day(page.row.repair_until),
        },
        "follows": _follows(page, frame, decisions, counted).to_json(),
    }


def canonical(inputs: dict[str, Any]) -> str:
    """Return JSON that is the same text for the same values, on every database and in every language."""
    return json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_code(sha256: str) -> str:
    """Return the code of a statement with this hash: 60 bits that only this installation can make."""
    made = hmac.new(settings().secret, f"statement:{sha256}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(made[:8], "big") >> 4
    signs = [ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(CODE_LENGTH))]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, CODE_LENGTH, 4))


def tidy_code(typed: str) -> str:
    """Return a code as it is stored, from what somebody typed; O is read as 0, I and L as 1."""
    signs = [sign for sign in typed.upper().translate(_MISREAD) if sign in ALPHABET][: CODE_LENGTH + 1]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, len(signs), 4))


def _days(frame: Frame) -> dict[str, str]:
    """Return when it was settled; a correction says its own day beside that."""
    if frame.settled_on is None:
        return {"settled_on": frame.today.isoformat()}
    return {"settled_on": frame.settled_on.isoformat(), "corrected_on": frame.today.isoformat()}


def _contract(page: ContractPage) -> dict[str, Any]:
    return {
        "id": page.row.id,
        "title": page.row.title,
        "reference": page.row.reference,
        "type": page.contract_type.value,
        "cpv_code": page.cpv_code,
        "value_cents": page.value_cents,
        "wage_bill_cents": page.wage_bill_cents,
        "contract_hours": _number(page.contract_hours),
        "percentage": _number(page.percentage),
        "labour_share": _number(page.labour_share),
        "published_on": _day(page.published_on),
        "award_on": _day(page.row.award_on),
        "start_on": _day(page.row.start_on),
        "end_on": _day(page.row.end_on),
        "confirmed_on": _day(page.confirmed_on),
    }


def _rule_set(ruleset: RuleSet, document: str) -> dict[str, str]:
    return {
        "code": ruleset.id,
        "name": ruleset.name,
        "version": ruleset.version,
        "hash": ruleset.hash,
        "document": document,
    }


def _effort(effort: EffortRow, counted: Counted) -> dict[str, Any]:
    return {
        "number": effort.id,
        "block": effort.block,
        "name": {"nl": effort.block_name.nl, "en": effort.block_name.en},
        "starts_on": _day(effort.starts_on),
        "ends_on": _day(effort.ends_on),
        **_amounts([effort], counted),
        "explanation": _without_words(without_where(effort.told).to_json()),
    }


def _parts(
    page: ContractPage, approved: Sequence[EffortRow], counted: Counted, frame: Frame
) -> list[dict[str, Any]]:
    """Return what each other company did on its part, as one amount and never by effort."""
    others = sorted({effort.employer_id for effort in approved} - {page.row.employer_id})
    return [
        {
            "company": frame.companies.get(company, "–"),
            **_amounts((effort for effort in approved if effort.employer_id == company), counted),
        }
        for company in others
    ]


def _amounts(efforts: Iterable[EffortRow], counted: Counted) -> dict[str, int]:
    some = list(efforts)
    return {
        "approved_cents": sum(effort.approved_cents for effort in some),
        "counted_cents": sum(cents(counted.amounts[str(effort.id)]) for effort in some),
    }


def _without_words(explanation: dict[str, Any]) -> dict[str, Any]:
    """Return an explanation without what an officer wrote when approving a part, without whose benefit it
    is, and without when the person worked elsewhere: those are theirs, and the paper says only that they
    were checked."""
    return {**explanation, "steps": [_impersonal(step) for step in explanation["steps"]]}


def _impersonal(step: dict[str, Any]) -> dict[str, Any]:
    if "reason" in step["params"]:
        return {**step, "label": IN_PART, "params": {}}
    if "since" in step["params"]:
        return {**step, "label": BENEFIT_FITS, "params": {}}
    return step


def _under_limits(ruleset: RuleSet, counted: Counted) -> Explanation:
    return Explanation(counted.total, counted.steps, counted.assumptions, ruleset.id, ruleset.hash)


def _totals(page: ContractPage, approved: Sequence[EffortRow], counted: Counted) -> dict[str, int]:
    obligation, total = page.row.obligation_cents, cents(counted.total)
    together = sum(effort.approved_cents for effort in approved)
    return {
        "obligation_cents": obligation,
        "approved_cents": together,
        "cut_cents": together - total,
        "counted_cents": total,
        "shortfall_cents": max(obligation - total, 0),
        "surplus_cents": max(total - obligation, 0),
    }


def _follows(page: ContractPage, frame: Frame, decisions: Decisions, counted: Counted) -> Explanation:
    last = decisions.last_instalment_cents
    outcome = Outcome(
        obligation=euros(page.row.obligation_cents),
        realised=counted.total,
        last_instalment=None if last is None else euros(last),
        repair_until=page.row.repair_until,
        not_to_blame=bool(decisions.not_to_blame),
    )
    try:
        return explain_shortfall(page.rule_set, outcome, frame.today)
    except FactsError as fault:
        raise Invalid("last_instalment_cents", fault.message, **fault.params) from None


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"
