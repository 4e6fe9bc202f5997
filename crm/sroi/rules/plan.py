"""The plan of action ("plan van aanpak"): its states, what it covers, and what of it has not started."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan is between the contractor and the officer."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


class HandoverStep(StrEnum):
    """The way of a promise: made in the bid, taken over by the contract manager, known on site."""

    PROMISE = "promise"
    CONTRACT_MANAGER = "contract_manager"
    SITE_CONTACT = "site_contact"


CHANGEABLE = (PlanState.DRAFT, PlanState.SENT_BACK)
STEPS = tuple(HandoverStep)


@dataclass(frozen=True, slots=True)
class Planned:
    """A line of a plan; `personal` when it is about people, each worth the same part of `value_cents`."""

    block: str
    people: int
    start: date | None
    end: date | None
    value_cents: int
    personal: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """An effort that was handed in or approved; `who` tells one person from another, None is not known."""

    block: str
    value_cents: int
    who: str | None


@dataclass(frozen=True, slots=True)
class OpenPlanLine:
    """The part of a plan line that nothing was handed in for yet.

    `people_left` is 0 for what is counted in money; `value_cents_left` is in whole cents and is what that
    part was planned to be worth over the whole period, also when some of the period has gone by.
    """

    block: str
    people_left: int
    start: date | None
    end: date | None
    value_cents_left: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Plan and result of one block side by side, in whole cents."""

    block: str
    planned_cents: int
    approved_cents: int
    running_cents: int

    @property
    def difference_cents(self) -> int:
        """What was handed in beyond the plan; below zero is what the plan still waits for."""
        return self.approved_cents + self.running_cents - self.planned_cents


def short_of(obligation_cents: int, planned_cents: int) -> int:
    """Return the cents of an obligation that a plan leaves uncovered; 0 when it covers all."""
    return max(obligation_cents - planned_cents, 0)


def share_of(obligation_cents: int, planned_cents: int) -> int:
    """Return the whole percentage of an obligation that a plan covers, cut off; 100 without an obligation."""
    return 100 * planned_cents // obligation_cents if obligation_cents else 100


def open_lines(lines: Sequence[Planned], begun: Iterable[Begun]) -> list[OpenPlanLine]:
    """Return what of a plan has not started: the lines with something left, in the order they start.

    Lines about people: each person with an effort on the block takes one place, on the line that starts
    first and has a place left; several efforts of one person (a period each) take one place together, and
    an effort of nobody known takes one of its own. The value left is the value of the places left. Other
    lines, such as purchases, are used up by the value of the efforts on their block. Efforts on blocks that
    are not in the plan take nothing from it.
    """
    efforts = list(begun)
    places = _people(efforts)
    money = _money(efforts)
    left = []
    for line in sorted(lines, key=_starts):
        pool = places if line.personal else money
        size = line.people if line.personal else line.value_cents
        used = min(pool[line.block], size)
        pool[line.block] -= used
        if used < size:
            left.append(_left(line, size - used))
    return left


def side_by_side(
    planned: Iterable[tuple[str, int]],
    approved: Iterable[tuple[str, int]],
    running: Iterable[tuple[str, int]],
) -> list[Beside]:
    """Return per block what was planned, approved and handed in; first the plan's blocks in its order."""
    columns = [_by_block(pairs) for pairs in (planned, approved, running)]
    blocks = dict.fromkeys(block for column in columns for block in column)
    return [Beside(block, *(column.get(block, 0) for column in columns)) for block in blocks]


def _left(line: Planned, size: int) -> OpenPlanLine:
    people = size if line.personal else 0
    value = line.value_cents * size // line.people if line.personal else size
    return OpenPlanLine(line.block, people, line.start, line.end, value)


def _starts(line: Planned) -> date:
    return line.start or date.max


def _people(efforts: Iterable[Begun]) -> defaultdict[str, int]:
    known = {(effort.block, effort.who) for effort in efforts if effort.who is not None}
    unknown = [effort.block for effort in efforts if effort.who is None]
    found: defaultdict[str, int] = defaultdict(int)
    for block in (*(block for block, _who in known), *unknown):
        found[block] += 1
    return found


def _money(efforts: Iterable[Begun]) -> defaultdict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for effort in efforts:
        found[effort.block] += effort.value_cents
    return found


def _by_block(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for block, amount in pairs:
        found[block] = found.get(block, 0) + amount
    return found
