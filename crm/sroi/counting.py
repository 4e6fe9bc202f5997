"""What counts of the efforts of one contract under the limits of its rule set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    kinds = {block.code: block.kind for block in ruleset.blocks}
    return [
        Item(
            str(one.effort_id),
            one.block,
            kinds.get(one.block, Kind.BESPOKE),
            euros(one.amount_cents),
            frozenset(one.facts.get("tags", ())),
        )
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
