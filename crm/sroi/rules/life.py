"""The life of a contract: in which stage it is, what is due when, and which reminder comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.sroi.rules.terms import LadderStep


class Stage(StrEnum):
    """Where a contract is between award ("gunning") and final settlement ("eindafrekening")."""

    AWARD = "award"
    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    RUNNING = "running"
    BEHIND = "behind"
    REPAIR = "repair"
    CLOSING = "closing"
    SETTLED = "settled"
    WAIVED = "waived"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


class ClockKind(StrEnum):
    """What has to be done by a day; the first three are terms of the rule set."""

    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    REPORT = "report"
    REPAIR = "repair"
    CLOSING = "closing"


class EventKind(StrEnum):
    """What somebody notes as having happened on a day."""

    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    REPORT = "report"
    REMINDER = "reminder"
    TAKEN_BACK = "taken_back"


class Lateness(StrEnum):
    """How a clock stands on a day."""

    DONE = "done"
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Clock:
    """The last day for something, and the day on which it was done; `source` is where the term stands."""

    kind: ClockKind
    due_on: date
    done_on: date | None = None
    source: str = ""
    assumed: bool = False

    def lateness(self, today: date) -> Lateness:
        """Tell how the clock stands on a day; the last day itself is still in time."""
        if self.done_on is not None:
            return Lateness.DONE
        if self.due_on < today:
            return Lateness.OVERDUE
        return Lateness.SOON if self.due_on <= today + SOON else Lateness.LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """What the stage of a contract follows from; `terms` are the last days by its rule set.

    `reported_until` is the last report day that is covered: reports due up to the day on which the contract
    was first confirmed here are not asked for afterwards. `first_contact_on` and `plan_on` are the days on
    which that happened.
    """

    confirmed_on: date | None
    last_day: date
    first_confirmed_on: date | None = None
    terms: tuple[Clock, ...] = ()
    behind_on: date | None = None
    repair_until: date | None = None
    first_contact_on: date | None = None
    plan_on: date | None = None
    reported_until: date | None = None
    settled_on: date | None = None
    withdrawn: bool = False
    waived: bool = False
    terminated: bool = False

    @property
    def closed(self) -> bool:
        """Whether nothing is due any more."""
        return self.settled_on is not None or self.withdrawn


def stage_of(facts: LifeFacts, today: date) -> Stage:
    """Return the stage of a contract on a day; an exception or an end goes before what is due."""
    ended = _ended(facts)
    if ended is not None:
        return ended
    if facts.confirmed_on is None:
        return Stage.AWARD
    if facts.repair_until is not None:
        return Stage.REPAIR
    if facts.terminated:
        return Stage.TERMINATED
    if today > facts.last_day:
        return Stage.CLOSING
    if facts.behind_on is not None and facts.behind_on <= today:
        return Stage.BEHIND
    waiting = {clock.kind for clock in clocks_of(facts) if clock.done_on is None}
    if ClockKind.FIRST_CONTACT in waiting:
        return Stage.FIRST_CONTACT
    return Stage.PLAN if ClockKind.PLAN in waiting else Stage.RUNNING


def _ended(facts: LifeFacts) -> Stage | None:
    if facts.withdrawn:
        return Stage.WITHDRAWN
    if facts.settled_on is not None:
        return Stage.SETTLED
    return Stage.WAIVED if facts.waived else None


def clocks_of(facts: LifeFacts) -> tuple[Clock, ...]:
    """Return what was and is due, in order of day: the first contact, the plan, the next report, the end.

    A waived contract asks for nothing but its closing; a closed one for nothing at all.
    """
    if facts.closed:
        return tuple(clock for clock in _beginning(facts) if clock.done_on is not None)
    closing = Clock(ClockKind.CLOSING, facts.last_day, assumed=True)
    if facts.waived:
        return (closing,)
    found = [*_beginning(facts), *_next_report(facts), closing]
    if facts.repair_until is not None:
        found.append(Clock(ClockKind.REPAIR, facts.repair_until))
    return tuple(sorted(found, key=lambda clock: (clock.due_on, clock.kind is ClockKind.CLOSING)))


def _beginning(facts: LifeFacts) -> Iterable[Clock]:
    done = {ClockKind.FIRST_CONTACT: facts.first_contact_on, ClockKind.PLAN: facts.plan_on}
    for term in facts.terms:
        if term.kind in done:
            yield Clock(term.kind, term.due_on, done[term.kind], term.source, term.assumed)


def _next_report(facts: LifeFacts) -> Iterable[Clock]:
    # A confirmation that was taken back and given anew does not excuse what was overdue already.
    known_since = facts.first_confirmed_on or facts.confirmed_on
    covered = max((day for day in (facts.reported_until, known_since) if day), default=date.min)
    due = (term for term in facts.terms if term.kind is ClockKind.REPORT and term.due_on > covered)
    return sorted(due, key=lambda term: term.due_on)[:1]


def next_clock(clocks: Iterable[Clock]) -> Clock | None:
    """Return what is due first of all that was not done yet."""
    waiting = (clock for clock in clocks if clock.done_on is None)
    return min(waiting, key=lambda clock: clock.due_on, default=None)


def next_reminder(ladder: tuple[LadderStep, ...], noted: Collection[str]) -> LadderStep | None:
    """Return the first step of the sanction ladder that was not noted for a clock yet.

    A ladder is climbed step by step, in the order of its days: none is passed over.
    """
    steps = sorted(ladder, key=lambda step: step.after_days)
    return next((step for step in steps if step.code not in noted), None)


def reminder_day(clock: Clock, step: LadderStep) -> date:
    """Return from which day on a step may be taken: so many days after the deadline was missed."""
    return clock.due_on + timedelta(days=step.after_days)


def goes_by_itself(step: LadderStep) -> bool:
    """Tell whether a step may be sent without a click; a formal letter never is, whatever a rule set says."""
    return step.automatic and not step.letter


def automatic_day(
    clock: Clock, step: LadderStep, ladder: Iterable[LadderStep], taken: Mapping[str, date]
) -> date:
    """Return from which day on a step may go by itself; `taken` are the days of the steps before it.

    Steps keep the distance that the ladder gives them: who got the first late gets the second as much later.
    """
    apart = (
        taken[before.code] + timedelta(days=step.after_days - before.after_days)
        for before in ladder
        if before.code in taken
    )
    return max([reminder_day(clock, step), *apart])
