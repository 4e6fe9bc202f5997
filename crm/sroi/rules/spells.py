"""How much of a person's counting limit was used by earlier spells, on whatever contract.

Fryslân publishes: two (work) years from the first day on a social return place; gaps under half a year are
not counted; after that the person can no longer be placed
(https://www.harlingen.nl/duur-van-het-social-return-traject). Where that is silent, it is read so (assumed):

* the work in a spell uses the limit by its share of a normal year when worked or weekly hours are told and
  the rule set counts worked hours, and by calendar months otherwise; days in two spells are used once;
* a gap runs from the day after a spell to the day before the next; it is short when the next spell starts
  within `gap_months` months;
* "gaps under half a year are not counted" means that longer gaps are: they use the limit by calendar months
  (`long_gap = counts`), unless the rule set says that the counting starts anew (`starts_anew`);
* without `gap_months` no gap is counted;
* approved work of which only the first part counted uses the limit by that part alone; a gap after it still
  runs from the last day of the work;
* work that starts no sooner but goes first (see `going_first`) uses the limit by what was worked in it, days
  that this work shares with it are used once, and the gap before it is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from crm.sroi.rules.draft import Draft
from crm.sroi.rules.errors import FactsError
from crm.sroi.rules.explanation import Params
from crm.sroi.rules.facts import Facts, Spell
from crm.sroi.rules.kinds import LongGap, ProRata
from crm.sroi.rules.model import Valuation
from crm.sroi.rules.periods import DAY, add_months, calendar_months

USED = "Earlier work of this person used {used} of the {limit} months"
USED_BY = "Earlier work from {start} to {end} used {used} months"
USED_FIRST = "Work from {start} to {end} goes before this work and used {used} months"
USED_FORMULA = "{limit} − {used} = {room}"
GAP_SKIPPED = "The gap from {start} to {end} is shorter than {least} months and does not count"
GAP_COUNTED = "The gap from {start} to {end} is {least} months or longer and counts for {months} months"
GAP_ANEW = "The gap from {start} to {end} is {least} months or longer: the counting starts anew"
LONG_GAP_ASSUMED = (
    "What a gap of {least} months or longer does to the limit is our reading of the publication."
)
USE_ASSUMED = "How earlier work uses the limit is our reading of the publication."


@dataclass(frozen=True, slots=True)
class Gap:
    """The days between two spells, both counted; `long` when it is not shorter than the rule's gap."""

    start: date
    end: date
    long: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a spell that uses the limit; `until` is the last day of the work, counted or not."""

    start: date
    end: date
    until: date
    weekly: Fraction | None
    hours: Fraction | None


def room_left(rules: Valuation, limit: int, facts: Facts, draft: Draft) -> Fraction:
    """Return the months of a counting limit that other spells leave for this work; never negative.

    The draft is told what each spell and gap used. Raises `FactsError` for `start` when there are such spells
    and it is not known on which day this work starts.
    """
    if not facts.earlier and not facts.counted_first:
        return Fraction(limit)
    if facts.start is None:
        raise FactsError("start", "Give the start date: earlier work of the same person is told.")
    used = used_months(rules, facts.earlier, facts.start, draft)
    left = max(limit - used, Fraction(0))
    room = _after_what_goes_first(rules, left, facts, facts.start, draft)
    params: Params = {"used": used + left - room, "limit": limit, "room": room}
    draft.tell(USED, USED_FORMULA, params, source=_source(rules), assumed=True)
    draft.note(USE_ASSUMED)
    return room


def used_months(rules: Valuation, spells: Sequence[Spell], start: date, draft: Draft) -> Fraction:
    """Return the months of the limit that spells before `start` used, the gaps between them included."""
    stretches = [stretch for spell in spells if (stretch := _clipped(spell, start))]
    used, counted, last = Fraction(0), None, None
    for stretch in sorted(stretches, key=_in_time):
        used = _over_gap(rules, used, _gap(rules, last, stretch.start), draft)
        worked = _work(rules, stretch, counted)
        _tell_work(rules, USED_BY, stretch, worked, draft)
        used += worked
        counted, last = _later(counted, stretch.end), _later(last, stretch.until)
    return _over_gap(rules, used, _gap(rules, last, start), draft)


def _after_what_goes_first(
    rules: Valuation, left: Fraction, facts: Facts, start: date, draft: Draft
) -> Fraction:
    """Return the months that spells which go first leave of those that were left."""
    stretches = sorted((_whole(spell) for spell in facts.counted_first), key=_in_time)
    used, last = Fraction(0), None
    for stretch in stretches:
        worked = _work(rules, stretch, last)
        _tell_work(rules, USED_FIRST, stretch, worked, draft)
        used += worked
        last = _later(last, stretch.end)
    alone = max(left - used, Fraction(0))
    if _normal_year(rules) and facts.worked_hours is not None:
        return alone
    return min(left, _with_shared_days(alone, start, stretches))


def _with_shared_days(alone: Fraction, start: date, stretches: Sequence[Stretch]) -> Fraction:
    """Return the months from a day on until so many of them were used that no other stretch has."""
    room, day = Fraction(0), start
    for stretch in stretches:
        apart = calendar_months(day, stretch.start - DAY) if stretch.start > day else Fraction(0)
        if apart > alone:
            break
        alone -= apart
        room += apart
        if stretch.end >= day:
            room += calendar_months(max(day, stretch.start), stretch.end)
            day = stretch.end + DAY
    return room + alone


def _tell_work(rules: Valuation, label: str, stretch: Stretch, used: Fraction, draft: Draft) -> None:
    params: Params = {"start": stretch.start, "end": stretch.end, "used": used}
    draft.tell(label, "", params, source=_source(rules), assumed=True)


def _whole(spell: Spell) -> Stretch:
    hours = None if spell.worked_hours is None else Fraction(spell.worked_hours)
    weekly = None if spell.hours_per_week is None else Fraction(spell.hours_per_week)
    return Stretch(spell.start, spell.counted_until or spell.end, spell.end, weekly, hours)


def _later(last: date | None, day: date) -> date:
    return day if last is None else max(last, day)


def _clipped(spell: Spell, start: date) -> Stretch | None:
    """Return what of a spell lies before a day, its worked hours by the part of its months."""
    if spell.start >= start:
        return None
    whole, before = _whole(spell), start - DAY
    end = min(whole.end, before)
    part = calendar_months(whole.start, end) / calendar_months(whole.start, whole.end)
    hours = None if whole.hours is None else whole.hours * part
    return replace(whole, end=end, until=min(whole.until, before), hours=hours)


def _in_time(stretch: Stretch) -> tuple[date, date, bool, Fraction, Fraction]:
    # Of two on the same days the fuller comes first, so that the order of telling never matters.
    weekly, hours = stretch.weekly, stretch.hours
    return stretch.start, stretch.end, weekly is not None, -(weekly or Fraction(0)), -(hours or Fraction(0))


def _gap(rules: Valuation, last: date | None, following: date) -> Gap | None:
    if rules.gap_months is None or last is None or following <= last + DAY:
        return None
    long = add_months(last + DAY, rules.gap_months.value) <= following
    return Gap(last + DAY, following - DAY, long)


def _over_gap(rules: Valuation, used: Fraction, gap: Gap | None, draft: Draft) -> Fraction:
    least = rules.gap_months
    if gap is None or least is None:
        return used
    params: dict[str, date | int | Fraction] = {"start": gap.start, "end": gap.end, "least": least.value}
    if not gap.long:
        draft.tell(GAP_SKIPPED, "", params, source=least.source, assumed=least.assumed)
        return used
    anew = rules.long_gap.value is LongGap.STARTS_ANEW
    months = Fraction(0) if anew else calendar_months(gap.start, gap.end)
    assumed = rules.long_gap.assumed
    draft.tell(
        GAP_ANEW if anew else GAP_COUNTED,
        "",
        params | {"months": months},
        source=rules.long_gap.source or least.source,
        assumed=assumed,
    )
    if assumed:
        draft.note(LONG_GAP_ASSUMED, {"least": least.value})
    return Fraction(0) if anew else used + months


def _work(rules: Valuation, stretch: Stretch, last: date | None) -> Fraction:
    year = _normal_year(rules)
    if year and stretch.hours is not None:
        return 12 * stretch.hours / year
    first = stretch.start if last is None else max(stretch.start, last + DAY)
    months = calendar_months(first, stretch.end) if first <= stretch.end else Fraction(0)
    if year and stretch.weekly is not None:
        return months * min(stretch.weekly * 52 / year, Fraction(1))
    return months


def _normal_year(rules: Valuation) -> Fraction | None:
    """Return the hours of a normal year; None when the rule set counts by the calendar."""
    if rules.pro_rata.value is not ProRata.WORKED_HOURS:
        return None
    if rules.normal_year_hours is not None:
        return Fraction(rules.normal_year_hours.value)
    return None if rules.hours_basis is None else 52 * Fraction(rules.hours_basis.value)


def _source(rules: Valuation) -> str:
    return "" if rules.gap_months is None else rules.gap_months.source
