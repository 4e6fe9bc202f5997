"""Which work of a person uses the counting limit first, when several efforts are about the same person.

No publication says in which order efforts use up the time that one person may count. It is read so (assumed):

* what starts earlier goes first, and of what starts on the same day what was handed in first (by its number);
* what was approved already goes first whatever its start, because an approved amount never changes, and of
  what gave way itself only the first part that counted, so that the order of approving costs no time;
* an effort never goes before itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from crm.sroi.rules.facts import Facts, HoursFrom, Spell
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.periods import DAY, add_months, calendar_months


@dataclass(frozen=True, slots=True)
class OtherWork:
    """Another effort about the same person: its number, first day and spells, and whether it is approved."""

    effort_id: int
    start: date
    spells: tuple[Spell, ...]
    approved: bool = False


class GoingFirst(NamedTuple):
    """The spells that start before an effort, and those that start no sooner and go first all the same."""

    earlier: tuple[Spell, ...] = ()
    counted_first: tuple[Spell, ...] = ()


def going_first(effort_id: int, start: date, others: Iterable[OtherWork]) -> GoingFirst:
    """Return which spells of other efforts use the limit before an effort that starts on a day."""
    ordered = sorted((one for one in others if one.effort_id != effort_id), key=_in_order)
    earlier = [spell for one in ordered if one.start < start for spell in one.spells]
    first = [
        spell
        for one in ordered
        if one.start >= start and (one.approved or _in_order(one) < (start, effort_id))
        for spell in one.spells
    ]
    return GoingFirst(tuple(earlier), tuple(first))


def spells_of(facts: Facts) -> tuple[Spell, ...]:
    """Return an effort as spells, one for each number of weekly hours; none without both its days."""
    if facts.start is None or facts.end is None:
        return ()
    if facts.worked_hours is not None:
        return (Spell(facts.start, facts.end, worked_hours=facts.worked_hours),)
    if isinstance(facts.hours_per_week, tuple):
        return tuple(_pieces(facts.hours_per_week, facts.start, facts.end))
    return (Spell(facts.start, facts.end, facts.hours_per_week),)


def that_counted(spells: tuple[Spell, ...], share: Fraction) -> tuple[Spell, ...]:
    """Return the spells of one effort of which the first part counted: a share of its months, above 0.

    A day of which a part counted has counted. The last spell runs on to the last day of the work.
    """
    if share >= 1 or not spells:
        return spells
    months = [calendar_months(spell.start, spell.end) for spell in spells]
    left, place = share * sum(months, Fraction(0)), 0
    while months[place] < left:
        left -= months[place]
        place += 1
    cut = spells[place]
    hours = cut.worked_hours
    if hours is not None:
        hours = rounded(share * Fraction(hours), Rounding.CENT_HALF_UP)
    last = _day_after(cut.start, left)
    return (*spells[:place], replace(cut, end=spells[-1].end, counted_until=last, worked_hours=hours))


def _day_after(start: date, months: Fraction) -> date:
    """Return the first day on which so many months have gone by since a day, that day counted too."""
    # A week before is surely too soon, also where a month has no such day.
    day = max(start, add_months(start, int(months)) - 7 * DAY)
    while calendar_months(start, day) < months:
        day += DAY
    return day


def _pieces(history: tuple[HoursFrom, ...], start: date, end: date) -> Iterator[Spell]:
    ordered = sorted(history, key=lambda step: step.start)
    until = [*(step.start - DAY for step in ordered[1:]), end]
    for step, last in zip(ordered, until, strict=True):
        first, last_day = max(step.start, start), min(last, end)
        if first <= last_day:
            yield Spell(first, last_day, step.hours)


def _in_order(one: OtherWork) -> tuple[date, int]:
    return one.start, one.effort_id
