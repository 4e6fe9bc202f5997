"""The obligation of a contract with everything that changed since it was confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from crm.core import clock
from crm.core.money import cents, euros
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import claims, tendering
from crm.sroi.queries.changes import ChangeRow, changes_of, in_force
from crm.sroi.queries.contract_hours import hours_of
from crm.sroi.queries.tenders import agreed_amount
from crm.sroi.records import Contract
from crm.sroi.rules import Explanation, RuleSet
from crm.sroi.rules.changing import (
    MOVES_THE_END,
    Before,
    Change,
    ChangeKind,
    contract_sum,
    invoiced,
    last_day,
    still_to_invoice,
    with_changes,
)
from crm.sroi.rules.kinds import Base


def obligation_now(
    work: Work, contract: Contract, ruleset: RuleSet, *, by_hand: bool, certificates: frozenset[str]
) -> Explanation:
    """Return the obligation in euro with a step for each change that holds; writes nothing.

    The contract's own sum is the changed one already. Raises `Invalid` for what is missing.
    """
    rows = changes_of(work, key(contract))
    changes = in_force(rows)
    start = before(contract, rows)
    return explained(
        contract,
        ruleset,
        start,
        changes,
        by_hand=by_hand,
        certificates=certificates,
        agreed_cents=agreed_amount(work, key(contract)),
        hours=hours_of(work, key(contract)),
    )


def explained(
    contract: Contract,
    ruleset: RuleSet,
    start: Before,
    changes: Sequence[Change],
    *,
    by_hand: bool,
    certificates: frozenset[str],
    agreed_cents: int | None = None,
    hours: Decimal | None = None,
) -> Explanation:
    """Return the obligation of a contract whose sum holds its changes, with a step for each of them.

    The threshold was tested on the sum of the tender: a small call-off does not undo the clause. An amount
    that the clause itself says (`agreed_cents`) stands in for what the rule set would make of the sum.
    """
    if agreed_cents is not None:
        base = tendering.agreed_obligation(contract, ruleset, agreed_cents, by_hand=by_hand)
        return with_changes(base, start, changes, ruleset.rounding.value)
    facts = replace(
        claims.clause_facts(contract, certificates, hours),
        tendered_eur=max(start.contract_sum, euros(contract.value_cents)) if changes else None,
    )
    billed = invoiced(changes)
    if billed is not None:
        rest = max(euros(contract.value_cents) - billed, euros(0))
        if not still_to_invoice(start, changes, clock.today()):
            rest = euros(0)
        facts = replace(facts, invoiced_eur=billed, invoiced_rest_eur=rest or None)
    base = claims.obligation_from(facts, contract, ruleset, by_hand=by_hand)
    return with_changes(base, start, changes, ruleset.rounding.value)


def before(contract: Contract, rows: Sequence[ChangeRow]) -> Before:
    """Return the contract as it was before the changes that hold.

    While none holds, its terms may be put right by hand; so it is what the first one found since then.
    """
    first: ChangeRow | None = None
    held: set[int] = set()
    for row in rows:
        if row.kind is ChangeKind.TAKEN_BACK:
            held.discard(row.takes_back_id or 0)
            first = first if held else None
        else:
            first = first or row
            held.add(row.id)
    if first is None:
        return Before(euros(contract.value_cents), contract.start_on, contract.end_on)
    return Before(euros(first.old_value_cents), contract.start_on, first.old_end_on)


def apply(
    contract: Contract,
    ruleset: RuleSet,
    rows: Sequence[ChangeRow],
    old: Sequence[Change],
    new: Sequence[Change],
    agreed_cents: int | None = None,
    hours: Decimal | None = None,
) -> Explanation:
    """Put the contract on the sum, last day and obligation that follow from other changes; return why.

    What was corrected by hand on the contract in between stays: only the difference is added.
    """
    start = before(contract, rows)
    contract.value_cents += cents(contract_sum(start, new)) - cents(contract_sum(start, old))
    if _ends(old) != _ends(new):
        contract.end_on = last_day(start, new)
    by_hand = claims.was_chosen_by_hand(contract.obligation_explanation)
    # A certificate that came or went since does not move what was confirmed.
    counted = claims.certificates_counted(Explanation.from_json(contract.obligation_explanation), ruleset)
    told = explained(
        contract,
        ruleset,
        start,
        new,
        by_hand=by_hand,
        certificates=counted,
        agreed_cents=agreed_cents,
        hours=hours,
    )
    contract.obligation_cents = cents(told.amount)
    contract.obligation_explanation = told.to_json()
    return told


def goes_by_invoices(ruleset: RuleSet) -> bool:
    """Tell whether a rule set takes its percentage of the invoiced turnover."""
    return ruleset.obligation is not None and ruleset.obligation.base.value is Base.INVOICED


def _ends(changes: Sequence[Change]) -> list[tuple[ChangeKind, object]]:
    return [(change.kind, change.ends_on) for change in changes if change.kind in MOVES_THE_END]
