"""The plan of action ("plan van aanpak"): its states, what it covers, and what of it has not started."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.sroi.rules.periods import DAY


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
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Begun:
    """An effort that was handed in or approved; `who` tells one person from another, None is not known.

    `until` is its last day. `goes_on` is whether a placement on record tells how the work goes on: what of a
    plan line is still to come is then known from that.
    """

    block: str
    value_cents: int
    who: str | None
    until: date | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class OpenPlanLine:
    """The part of a plan line that nothing was handed in for yet.

    `people_left` is 0 for what is counted in money, and for the rest of somebody who began already;
    `value_cents_left` is in whole cents and is what that part was planned to be worth over the whole period,
    also when some of the period has gone by.
    """

    block: str
    people_left: int
    start: date | None
    end: date | None
    value_cents_left: int
    tags: frozenset[str] = frozenset()


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
    an effort of nobody known takes one of its own. Of that place the rest is left, from the day after what
    was handed in, unless a placement tells how the work goes on: never more than the days that are left are
    worth. The value left for nobody yet is the value of the places left. Other lines, such as purchases, are
    used up by the value of the efforts on their block. Efforts on blocks that are not in the plan take
    nothing from it.
    """
    efforts = list(begun)
    places = _people(efforts)
    money = _money(efforts)
    left: list[OpenPlanLine] = []
    for line in sorted(lines, key=_starts):
        if line.personal:
            began = places[line.block][: line.people]
            del places[line.block][: line.people]
            left += _places_left(line, began)
            continue
        used = min(money[line.block], line.value_cents)
        money[line.block] -= used
        if used < line.value_cents:
            left.append(_left(line, 0, line.start, line.value_cents - used))
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


@dataclass(frozen=True, slots=True)
class _Person:
    """What was handed in for one person on one block, until when, and whether a placement goes on."""

    value_cents: int
    until: date | None
    goes_on: bool


def _places_left(line: Planned, began: Sequence[_Person]) -> Iterator[OpenPlanLine]:
    places = line.people - len(began)
    if places:
        yield _left(line, places, line.start, line.value_cents * places // line.people)
    for person in began:
        start, value = _rest(line, person)
        if value > 0 and not person.goes_on:
            yield _left(line, 0, start, value)


def _rest(line: Planned, person: _Person) -> tuple[date | None, int]:
    """Return from which day a place of a line is left to somebody who began, and what that is worth."""
    each = line.value_cents // line.people
    left = each - person.value_cents
    if line.start is None or line.end is None or person.until is None:
        return line.start, left
    start = max(line.start, person.until + DAY)
    days, days_left = (line.end - line.start).days + 1, max((line.end - start).days + 1, 0)
    return start, min(left, each * days_left // days)


def _left(line: Planned, people: int, start: date | None, value_cents: int) -> OpenPlanLine:
    return OpenPlanLine(line.block, people, start, line.end, value_cents, line.tags)


def _starts(line: Planned) -> date:
    return line.start or date.max


def _people(efforts: Iterable[Begun]) -> defaultdict[str, list[_Person]]:
    by_person: defaultdict[tuple[str, str | int], list[Begun]] = defaultdict(list)
    for number, effort in enumerate(efforts):
        by_person[effort.block, number if effort.who is None else effort.who].append(effort)
    found: defaultdict[str, list[_Person]] = defaultdict(list)
    for (block, _who), told in by_person.items():
        days = [one.until for one in told if one.until is not None]
        value = sum(one.value_cents for one in told)
        found[block].append(_Person(value, max(days, default=None), any(one.goes_on for one in told)))
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
