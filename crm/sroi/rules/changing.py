"""What a change of a running contract does to its obligation: extension, extra work, call-offs, an early end.

No publication of the buyers that we know says how extra work, lots and call-offs count, so each step that
rests on such a reading is marked as assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from crm.sroi.rules.explanation import Bilingual, Explanation, Note, Params, Step
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.obligation import ESTIMATED, REST


class ChangeKind(StrEnum):
    """What changes a contract after its obligation was confirmed.

    "Verlenging", "meerwerk", "nadere opdracht" on a framework, "perceel", "gefactureerde omzet", and the
    exceptions "vrijstelling" and "voortijdig einde". A mistake is taken back by a change of its own.
    """

    EXTENSION = "extension"
    EXTRA_WORK = "extra_work"
    CALL_OFF = "call_off"
    LOT = "lot"
    INVOICED = "invoiced"
    WAIVED = "waived"
    TERMINATED = "terminated"
    TAKEN_BACK = "taken_back"


class EndingMethod(StrEnum):
    """What is left of the obligation after an early end: in proportion, all of it, or a set amount."""

    PRO_RATA = "pro_rata"
    KEPT = "kept"
    AMOUNT = "amount"


ADDED = frozenset({ChangeKind.EXTRA_WORK, ChangeKind.LOT})
MOVES_THE_END = frozenset({ChangeKind.EXTENSION, ChangeKind.TERMINATED})
ENDINGS = frozenset({ChangeKind.WAIVED, ChangeKind.TERMINATED})

CONFIRMED_SUM = "Contract sum as it was confirmed"
CREDITED = "Credit note up to {end}: {reason}"
LESS = "{before} − {amount}"
FRAMEWORK = "The call-offs together stand in for the estimate of the framework agreement"
LABELS: dict[ChangeKind, str] = {
    ChangeKind.EXTENSION: "Extended to {end}: {reason}",
    ChangeKind.EXTRA_WORK: "Extra work of {day}: {reason}",
    ChangeKind.CALL_OFF: "Call-off of {day}: {reason}",
    ChangeKind.LOT: "Lot added on {day}: {reason}",
    ChangeKind.INVOICED: "Invoiced up to {end}: {reason}",
}
SUM = "{before} + {amount}"
WAIVED = "Waived on {day}: {reason}"
PRO_RATA = "Ended early on {end}, in proportion to the term: {reason}"
PRO_RATA_FORMULA = "{amount} × {days} / {total} days"
KEPT = "Ended early on {end}, the obligation stays: {reason}"
SET = "Ended early on {end}, the obligation was set: {reason}"
NOT_PUBLISHED = "The publication does not say how extra work, lots and call-offs count; we add them up."
ENDING_ASSUMED = "The publication does not say what an early end does; the officer decided."


_DECIDED = frozenset({WAIVED, PRO_RATA, KEPT, SET})
_TOLD = _DECIDED | frozenset(LABELS.values()) | {CREDITED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a contract; `on` is the day on which it holds, `amount` in euro excl. VAT.

    `starts_on` and `ends_on` are the invoiced period, `ends_on` alone the new last day of the contract. Of
    invoiced turnover an amount below zero is a credit note.
    """

    kind: ChangeKind
    on: date
    reason: str
    amount: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    method: EndingMethod | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """A contract as it was before its changes: sum in euro excl. VAT, first and last day."""

    contract_sum: Decimal
    starts_on: date
    ends_on: date


def contract_sum(before: Before, changes: Iterable[Change]) -> Decimal:
    """Return the contract sum in euro: of a framework the call-offs, else the original; plus what was added.

    As soon as there is one call-off, the call-offs stand in for the estimate.
    """
    known = list(changes)
    called = [_amount(change) for change in known if change.kind is ChangeKind.CALL_OFF]
    added = sum((_amount(change) for change in known if change.kind in ADDED), Decimal(0))
    return (sum(called, Decimal(0)) if called else before.contract_sum) + added


def invoiced(changes: Iterable[Change]) -> Decimal | None:
    """Return what was invoiced so far in euro; None while no turnover was noted."""
    told = [_amount(change) for change in changes if change.kind is ChangeKind.INVOICED]
    return sum(told, Decimal(0)) if told else None


def overlapping(changes: Iterable[Change], starts_on: date, ends_on: date) -> Change | None:
    """Return the invoices that are noted for some of these days already; credit notes take no days."""
    return next(
        (
            change
            for change in changes
            if _is_invoice(change)
            and change.starts_on is not None
            and change.ends_on is not None
            and change.starts_on <= ends_on
            and change.ends_on >= starts_on
        ),
        None,
    )


def still_to_invoice(before: Before, changes: Sequence[Change], today: date) -> bool:
    """Tell whether turnover can still come, so that an estimate of the rest stands in for it.

    Not once the invoices reach the last day, nor when that day has passed: then only real invoices count
    (Oost-Nederland: "de daadwerkelijk gefactureerde omzet"). What an early end left was decided by then.
    """
    if any(change.kind in ENDINGS for change in changes):
        return True
    last = last_day(before, changes)
    told = [change.ends_on for change in changes if _is_invoice(change) and change.ends_on is not None]
    return today <= last and max(told, default=date.min) < last


def tells_of_changes(explanation: Explanation) -> bool:
    """Tell whether an obligation was explained with changes that hold."""
    return any(step.label in _TOLD for step in explanation.steps)


def rests_on_estimate(explanation: Explanation) -> bool:
    """Tell whether an obligation by invoiced turnover still holds an estimate of it.

    What an officer decided at an early end or a waiver is no estimate any more.
    """
    labels = {step.label for step in explanation.steps}
    return bool(labels & {ESTIMATED, REST}) and not labels & _DECIDED


def last_day(before: Before, changes: Iterable[Change]) -> date:
    """Return the last day of the contract: what was decided about it last."""
    ends = [change.ends_on for change in changes if change.kind in MOVES_THE_END and change.ends_on]
    return ends[-1] if ends else before.ends_on


def is_under_ending(changes: Iterable[Change], kind: ChangeKind) -> bool:
    """Return whether a contract was waived, or ended early."""
    return any(change.kind is kind for change in changes)


def with_changes(
    base: Explanation, before: Before, changes: Sequence[Change], rounding: Rounding
) -> Explanation:
    """Return the explanation of an obligation with a step for each change.

    `base` is the obligation for the changed sum, its first step how the rule set was chosen. What changes the
    sum comes before the percentage; a waiver or an early end comes last, and changes the amount itself.
    """
    if not changes:
        return base
    first, rest = base.steps[:1], base.steps[1:]
    told = replace(base, steps=(*first, *_sum_steps(before, changes), *rest))
    if any(change.kind in ADDED or change.kind is ChangeKind.CALL_OFF for change in changes):
        told = replace(told, assumptions=(*told.assumptions, Note(NOT_PUBLISHED)))
    for place, change in enumerate(changes):
        if change.kind in ENDINGS:
            planned = last_day(before, changes[:place])
            told = _ended(told, change, before, planned, rounding)
    return told


def _sum_steps(before: Before, changes: Sequence[Change]) -> Iterable[Step]:
    called = any(change.kind is ChangeKind.CALL_OFF for change in changes)
    running = Decimal(0) if called else before.contract_sum
    if called:
        yield Step(FRAMEWORK, amount=running, assumed=True)
    elif any(change.kind in ADDED for change in changes):
        yield Step(CONFIRMED_SUM, amount=running)
    billed = Decimal(0)
    for change in changes:
        if change.kind in ADDED or change.kind is ChangeKind.CALL_OFF:
            yield _sum_step(change, running, assumed=True)
            running += _amount(change)
        elif change.kind is ChangeKind.INVOICED:
            yield _sum_step(change, billed, assumed=False)
            billed += _amount(change)
        elif change.kind is ChangeKind.EXTENSION:
            yield Step(LABELS[change.kind], params=_told(change))


def _sum_step(change: Change, so_far: Decimal, *, assumed: bool) -> Step:
    amount = _amount(change)
    params: Params = {**_told(change), "before": so_far, "amount": abs(amount)}
    label, formula = (CREDITED, LESS) if amount < 0 else (LABELS[change.kind], SUM)
    return Step(label, formula, params, so_far + amount, assumed=assumed)


def _ended(
    told: Explanation, change: Change, before: Before, planned: date, rounding: Rounding
) -> Explanation:
    if change.kind is ChangeKind.WAIVED:
        step = Step(WAIVED, params=_told(change), amount=Decimal("0.00"))
        return replace(told, amount=Decimal("0.00"), steps=(*told.steps, step))
    step = _ending_step(told.amount, change, before, planned, rounding)
    amount = told.amount if step.amount is None else step.amount
    notes = (*told.assumptions, Note(ENDING_ASSUMED))
    return replace(told, amount=amount, steps=(*told.steps, step), assumptions=notes)


def _ending_step(amount: Decimal, change: Change, before: Before, planned: date, rounding: Rounding) -> Step:
    if change.method is EndingMethod.KEPT:
        return Step(KEPT, params=_told(change), amount=amount, assumed=True)
    if change.method is EndingMethod.AMOUNT:
        return Step(SET, params=_told(change), amount=_amount(change), assumed=True)
    end = change.ends_on or planned
    total = (planned - before.starts_on).days + 1
    days = min(max((end - before.starts_on).days + 1, 0), total)
    left = rounded(Fraction(amount) * days / total, rounding)
    params: Params = {**_told(change), "amount": amount, "days": days, "total": total}
    return Step(PRO_RATA, PRO_RATA_FORMULA, params, left, assumed=True)


def _told(change: Change) -> Params:
    return {
        "day": change.on,
        "end": change.ends_on or change.on,
        "reason": Bilingual(change.reason, change.reason),
    }


def _is_invoice(change: Change) -> bool:
    return change.kind is ChangeKind.INVOICED and _amount(change) >= 0


def _amount(change: Change) -> Decimal:
    return change.amount if change.amount is not None else Decimal(0)
