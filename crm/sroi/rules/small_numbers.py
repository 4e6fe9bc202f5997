"""Which counts of people may be shown: none under five, and none from which such a count follows.

A count under five can point at somebody ("kleine aantallen"). Hiding that count alone is not enough: the
total minus the others tells it all the same. So as many others are hidden as that takes.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALL = 5
"""From this number of people a count is shown."""


def shown(count: int) -> int | None:
    """Return a total as it may be shown: None when it is under five; nobody at all is no secret."""
    return count if count == 0 or count >= SMALL else None


def hidden_rows(rows: Sequence[tuple[int, ...]], given: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return which rows of counts have to stay hidden when the total of each column is shown.

    A row hides when one of its counts is under five, unless nobody is in it. With one row hidden, or with
    hidden rows that together are under five in a column, the smallest of the other rows hide too. `given`
    are rows that hide for another reason.
    """
    hidden = given | {place for place, row in enumerate(rows) if any(row) and min(row) < SMALL}
    others = sorted((sum(row), place) for place, row in enumerate(rows) if any(row) and place not in hidden)
    while hidden and others and not _is_safe(rows, hidden):
        hidden |= {others.pop(0)[1]}
    return hidden


def _is_safe(rows: Sequence[tuple[int, ...]], hidden: frozenset[int]) -> bool:
    columns = zip(*(rows[place] for place in hidden), strict=True)
    return sum(any(rows[place]) for place in hidden) > 1 and all(sum(column) >= SMALL for column in columns)
