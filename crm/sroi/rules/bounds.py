"""Between which bounds hidden counts lie for whoever reckons with the counts that are shown beside them.

Bounds follow from sums alone: a total is at least what is known of its parts, and a part at most what the
others leave of the total. That is done until nothing changes any more; each bound that is found is certain.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Name]):
    """Parts that together are the total and `more` beside it: the people who are in several parts.

    Without people in several parts `more` is 0, and the parts are the total exactly.
    """

    total: Name
    parts: tuple[Name, ...]
    more: int = 0


@dataclass
class _Bound:
    low: float = 0
    high: float = inf

    def narrow(self, low: float, high: float) -> bool:
        """Take over bounds that are closer, and return whether one of them was."""
        if low <= self.low and high >= self.high:
            return False
        self.low, self.high = max(low, self.low), min(high, self.high)
        return True


def highest(sums: Sequence[Sum[Name]], known: Mapping[Name, int]) -> dict[Name, float]:
    """Return the highest number that each count can be, given those that are known; infinite without one."""
    names = {name for one in sums for name in (one.total, *one.parts)}
    bounds = {name: _Bound(known.get(name, 0), known.get(name, inf)) for name in names}
    touching = defaultdict[Name, list[Sum[Name]]](list)
    for one in sums:
        for name in {one.total, *one.parts}:
            touching[name].append(one)
    waiting = deque(sums)
    queued = set(map(id, sums))
    while waiting:
        one = waiting.popleft()
        queued.discard(id(one))
        for name in _narrowed(one, bounds):
            for again in touching[name]:
                if id(again) not in queued:
                    queued.add(id(again))
                    waiting.append(again)
    return {name: bound.high for name, bound in bounds.items()}


def _narrowed(one: Sum[Name], bounds: Mapping[Name, _Bound]) -> Iterable[Name]:
    """Bring the bounds of a total and its parts closer, and return those that changed."""
    total, parts = bounds[one.total], [(name, bounds[name]) for name in one.parts]
    low, high = sum(part.low for _name, part in parts), _Together(part for _name, part in parts)
    changed = [one.total] if total.narrow(low - one.more, high.all - one.more) else []
    for name, part in parts:
        least = total.low + one.more - high.without(part)
        most = total.high + one.more - (low - part.low)
        # People in several parts are in the total once, so no part is more than that.
        if part.narrow(least, min(most, total.high)):
            changed.append(name)
            low = sum(found.low for _name, found in parts)
            high = _Together(found for _name, found in parts)
    return changed


class _Together:
    """The highest numbers of parts together, and without one of them."""

    def __init__(self, parts: Iterable[_Bound]) -> None:
        highs = [part.high for part in parts]
        self._finite = sum(high for high in highs if high < inf)
        self._open = highs.count(inf)
        self.all = inf if self._open else self._finite

    def without(self, part: _Bound) -> float:
        if self._open - (part.high == inf):
            return inf
        return self._finite - (0 if part.high == inf else part.high)
