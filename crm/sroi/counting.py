"""What counts of the efforts of one contract under the limits of its rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm.core.money import cents, euros
from crm.sroi.rules import Explanation, Kind, RuleSet
from crm.sroi.rules.caps import Item, count_under_caps


@dataclass(frozen=True)
class Amount:
    """An effort's amount in whole cents: approved, or what it was handed in for."""

    effort_id: int
    block: str
    amount_cents: int
    facts: Mapping[str, Any]


def items(ruleset: RuleSet, amounts: Iterable[Amount]) -> list[Item]:
    """Return efforts as the limits look at them."""
    return [
        item(ruleset, str(one.effort_id), one.block, euros(one.amount_cents), one.facts.get("tags", ()))
        for one in amounts
    ]


def explained(ruleset: RuleSet, obligation_cents: int, amounts: Iterable[Amount]) -> Explanation:
    """Return what counts of efforts together, with each limit and what it cut off."""
    counted = count_under_caps(ruleset, euros(obligation_cents), items(ruleset, amounts))
    return Explanation(counted.total, counted.steps, counted.assumptions, ruleset.id, ruleset.hash)


def counted_cents(
    ruleset: RuleSet, obligation_cents: int, approved: list[Amount], submitted: list[Amount]
) -> tuple[int, int]:
    """Return in whole cents what counts of the approved efforts, and what the submitted would add to that."""
    obligation = euros(obligation_cents)
    now = cents(count_under_caps(ruleset, obligation, items(ruleset, approved)).total)
    then = cents(count_under_caps(ruleset, obligation, items(ruleset, [*approved, *submitted])).total)
    return now, max(then - now, 0)


def added_by(ruleset: RuleSet, obligation: Decimal, sources: Iterable[Sequence[Item]]) -> list[Decimal]:
    """Return in euro what each source adds to those before it under the limits; never negative."""
    so_far, known, added = Decimal("0.00"), list[Item](), list[Decimal]()
    for source in sources:
        known += source
        total = count_under_caps(ruleset, obligation, known).total
        added.append(max(total - so_far, Decimal("0.00")))
        so_far = max(total, so_far)
    return added


def item(ruleset: RuleSet, key: str, block: str, amount: Decimal, tags: Iterable[str] = ()) -> Item:
    """Return something as the limits look at it; `key` tells it from everything else."""
    kind = next((one.kind for one in ruleset.blocks if one.code == block), Kind.BESPOKE)
    return Item(key, block, kind, amount, frozenset(tags))
