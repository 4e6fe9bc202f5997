"""Between which bounds hidden counts lie for whoever reckons with the counts that are shown beside them.

Bounds follow from sums alone: a total is at least what is known of its parts, and a part at most what the
others leave of the total. That is done until nothing changes any more; each bound that is found is certain.
A count is never less than nobody; a difference between two counts may be, and counts as signed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isinf
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
class Bound:
    """What a number is at least and at most."""

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
    return {name: bound.high for name, bound in bounds(sums, known).items()}


def bounds(
    sums: Sequence[Sum[Name]], known: Mapping[Name, int], signed: Collection[Name] = ()
) -> dict[Name, Bound]:
    """Return between which bounds each number lies, given those known; `signed` may be under zero."""
    names = {name for one in sums for name in (one.total, *one.parts)}
    found = {
        name: Bound(known.get(name, -inf if name in signed else 0), known.get(name, inf)) for name in names
    }
    touching = defaultdict[Name, list[Sum[Name]]](list)
    for one in sums:
        for name in {one.total, *one.parts}:
            touching[name].append(one)
    waiting = deque(sums)
    queued = set(map(id, sums))
    while waiting:
        one = waiting.popleft()
        queued.discard(id(one))
        for name in _narrowed(one, found, signed):
            for again in touching[name]:
                if id(again) not in queued:
                    queued.add(id(again))
                    waiting.append(again)
    return found


def _narrowed(one: Sum[Name], found: Mapping[Name, Bound], signed: Collection[Name]) -> Iterable[Name]:
    """Bring the bounds of a total and its parts closer, and return those that changed."""
    total, parts = found[one.total], [(name, found[name]) for name in one.parts]
    low, high = _together(parts)
    changed = [one.total] if total.narrow(low.all - one.more, high.all - one.more) else []
    for name, part in parts:
        least = total.low + one.more - high.without(part.high)
        most = total.high + one.more - low.without(part.low)
        # People in several parts are in the total once, so no part is more than that.
        capped = one.more > 0 and name not in signed
        if part.narrow(least, min(most, total.high) if capped else most):
            changed.append(name)
            low, high = _together(parts)
    return changed


def _together(parts: Sequence[tuple[Name, Bound]]) -> tuple[_Together, _Together]:
    return _Together(part.low for _name, part in parts), _Together(part.high for _name, part in parts)


class _Together:
    """Bounds on one side of all parts together, and without one of them; infinite when one of them is."""

    def __init__(self, bounds: Iterable[float]) -> None:
        found = list(bounds)
        self._finite = sum(bound for bound in found if not isinf(bound))
        self._open = [bound for bound in found if isinf(bound)]
        self.all = self._open[0] if self._open else self._finite

    def without(self, bound: float) -> float:
        if isinf(bound):
            return self._open[0] if len(self._open) > 1 else self._finite
        return self._open[0] if self._open else self._finite - bound
