"""What another rule set would do: example cases and contracts, valued under both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Explanation
from crm.sroi.rules.facts import Facts, ObligationFacts
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.obligation import compute_obligation
from crm.sroi.rules.valuation import value_effort

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Valued:
    """A case under one rule set: its explanation, or the fault that says why it has none."""

    explanation: Explanation | None
    fault: FactsError | None = None

    @property
    def amount(self) -> Decimal | None:
        """The amount in euro; None when the rule set cannot value the case."""
        return None if self.explanation is None else self.explanation.amount


@dataclass(frozen=True, slots=True)
class Effect:
    """One case under the rule set before and the one after."""

    case: Facts | ObligationFacts
    before: Valued
    after: Valued

    @property
    def change(self) -> Decimal | None:
        """How much more it is after, in euro; None when one of both cannot value it."""
        old, new = self.before.amount, self.after.amount
        return None if old is None or new is None else new - old


def effects(before: RuleSet, after: RuleSet, cases: Iterable[Facts | ObligationFacts]) -> list[Effect]:
    """Return each case, an effort or the clause of a contract, valued under both rule sets."""
    return [Effect(case, _valued(before, case), _valued(after, case)) for case in cases]


@dataclass(frozen=True, slots=True)
class RunningContract:
    """A contract as a what-if needs it: its clause, and the facts of its efforts."""

    name: str
    clause: ObligationFacts
    efforts: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A contract under both rule sets: obligation and efforts in euro.

    `left_out` counts the amounts that one of both cannot value; they are in neither total, so that the
    two can be compared.
    """

    name: str
    obligation_before: Decimal
    obligation_after: Decimal
    efforts_before: Decimal
    efforts_after: Decimal
    left_out: int = 0

    @property
    def short_before(self) -> Decimal:
        """What the efforts do not cover under the rule set before, in euro; never negative."""
        return max(self.obligation_before - self.efforts_before, ZERO)

    @property
    def short_after(self) -> Decimal:
        """What the efforts do not cover under the rule set after, in euro; never negative."""
        return max(self.obligation_after - self.efforts_after, ZERO)


def what_if(before: RuleSet, after: RuleSet, contracts: Iterable[RunningContract]) -> list[WhatIf]:
    """Return each contract as it would be under both rule sets."""
    return [_contract(before, after, contract) for contract in contracts]


def totals(rows: Sequence[WhatIf], name: str = "") -> WhatIf:
    """Return the sum of contracts; what is short is that of the sums and not the sum of what is short."""
    return WhatIf(
        name,
        sum((row.obligation_before for row in rows), ZERO),
        sum((row.obligation_after for row in rows), ZERO),
        sum((row.efforts_before for row in rows), ZERO),
        sum((row.efforts_after for row in rows), ZERO),
        sum(row.left_out for row in rows),
    )


def _contract(before: RuleSet, after: RuleSet, contract: RunningContract) -> WhatIf:
    [clause] = effects(before, after, [contract.clause])
    efforts = effects(before, after, contract.efforts)
    obligations, values = _comparable([clause]), _comparable(efforts)
    return WhatIf(
        contract.name,
        sum((old for old, _ in obligations), ZERO),
        sum((new for _, new in obligations), ZERO),
        sum((old for old, _ in values), ZERO),
        sum((new for _, new in values), ZERO),
        1 + len(efforts) - len(obligations) - len(values),
    )


def _comparable(found: Iterable[Effect]) -> list[tuple[Decimal, Decimal]]:
    pairs = ((one.before.amount, one.after.amount) for one in found)
    return [(old, new) for old, new in pairs if old is not None and new is not None]


def _valued(ruleset: RuleSet, case: Facts | ObligationFacts) -> Valued:
    try:
        if isinstance(case, Facts):
            return Valued(value_effort(ruleset, case))
        return Valued(compute_obligation(ruleset, case))
    except FactsError as fault:
        return Valued(None, fault)
