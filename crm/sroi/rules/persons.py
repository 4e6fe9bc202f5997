"""Whether one person's time counts twice: names as they are compared, shares of time, and what overlaps.

An hour of one person counts once, over all contracts and authorities (our reading; no publication was seen
that says how). Somebody is known by surname and date of birth, so twins look like one person: what is found
here is for a human to decide, and never refused by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import pairwise

from crm.sroi.rules.facts import HoursFrom
from crm.sroi.rules.kinds import Kind
from crm.sroi.rules.model import Block
from crm.sroi.rules.numbers import Number
from crm.sroi.rules.questions import is_about_a_person

DAY = timedelta(days=1)
WHOLE = Decimal(1)
_SMALLEST = Decimal("0.0001")
_NOT_A_LETTER = re.compile(r"[^\w]|[\d_]", re.UNICODE)
_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
_PREFIXES = re.compile(
    "aan|aen|al|am|auf|bij|da|dal|de|del|della|den|der|des|di|do|dos|du|el|en|het|im|in|la|las|le|les|lo|los|"
    "onder|op|over|te|ten|ter|thoe|tot|uit|uijt|van|vande|vanden|vander|vd|ver|vom|von|voor|zu|zum|zur"
)


@dataclass(frozen=True, slots=True)
class TimeClaim:
    """A stretch of a person's time that an effort claims; both days count, `share` runs from 0 to 1.

    `may_double` is whether the rule set of the effort's contract allows the same time elsewhere.
    """

    effort_id: int
    starts_on: date
    ends_on: date
    share: Decimal = WHOLE
    may_double: bool = False


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days, both counted, on which the claims of another effort and this one are too much together."""

    effort_id: int
    starts_on: date
    ends_on: date


def concerns_a_person(block: Block) -> bool:
    """Return whether an effort on a block is about one person, whose time then counts once."""
    return is_about_a_person(block) or block.kind in (Kind.WORK, Kind.LEARNING)


def names_of(surname: str) -> frozenset[str]:
    """Return the names in a surname as they are compared; empty when there are no letters in it.

    Capitals, accents, marks and prefixes ("van", "de", "el") make no difference, and neither does the order
    of a double name. Each name of a double name stands for itself: "De Vries-Jansen" is found again as
    "Jansen", as "De Vries" and as "Jansen - de Vries". A name of prefixes alone is kept as it is.
    """
    spread = unicodedata.normalize("NFKD", surname.casefold()).translate(_OTHER_LETTERS)
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    words = _NOT_A_LETTER.sub(" ", bare).split()
    names = [word for word in words if len(word) > 1 and not _PREFIXES.fullmatch(word)]
    return frozenset(names or ["".join(words)] if words else [])


def stretches(
    starts_on: date, ends_on: date, hours: Number | Sequence[HoursFrom] | None, full_time: Number | None
) -> list[tuple[date, date, Decimal]]:
    """Return from when to when which share of a person's time is claimed.

    The share is the hours a week in the full-time hours of the rule set, at most 1, cut off at four
    decimals so that parts that make up a whole never exceed it. It is 1 when either is not known (assumed:
    better a question too many than an hour counted twice). Weekly hours that change give several stretches.
    """
    if hours is None or full_time is None:
        return [(starts_on, ends_on, WHOLE)]
    if not isinstance(hours, Sequence):
        return [(starts_on, ends_on, _share(hours, full_time))]
    steps = sorted((max(step.start, starts_on), step.start, step.hours) for step in hours)
    held = {day: amount for day, _since, amount in steps if day <= ends_on}
    days = sorted(held)
    until = [*(day - DAY for day in days[1:]), ends_on]
    return [(day, last, _share(held[day], full_time)) for day, last in zip(days, until, strict=False)]


def overlaps(effort_id: int, claims: Iterable[TimeClaim]) -> list[Overlap]:
    """Return with which other efforts this one claims more than the whole of a person's time, and when.

    `claims` are all claims on one person's time, in any order. On each day the shares of all efforts are
    added up; more than 1 is too much, unless the rule sets of all of them allow it.
    """
    known = set(claims)
    too_much: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for first, last, running in _stretches_between(known):
        if effort_id in running and _exceeds(running.values()):
            for other in running.keys() - {effort_id}:
                too_much[other].append((first, last))
    found = [Overlap(other, *days) for other, parts in too_much.items() for days in _joined(parts)]
    return sorted(found, key=lambda one: (one.starts_on, one.effort_id))


def _share(hours: Number, full_time: Number) -> Decimal:
    part = min(Fraction(hours) / Fraction(full_time), Fraction(1))
    return (Decimal(part.numerator) / Decimal(part.denominator)).quantize(_SMALLEST, ROUND_DOWN)


def _stretches_between(claims: set[TimeClaim]) -> Iterator[tuple[date, date, dict[int, TimeClaim]]]:
    turns = sorted({day for one in claims for day in (one.starts_on, one.ends_on + DAY)})
    for first, following in pairwise(turns):
        running: dict[int, TimeClaim] = {}
        for one in claims:
            if one.starts_on <= first <= one.ends_on and one.share > 0:
                there = running.get(one.effort_id)
                running[one.effort_id] = one if there is None else max(there, one, key=_weight)
        yield first, following - DAY, running


def _weight(claim: TimeClaim) -> tuple[Decimal, bool]:
    return claim.share, not claim.may_double


def _exceeds(running: Iterable[TimeClaim]) -> bool:
    claims = list(running)
    allowed = all(one.may_double for one in claims)
    return len(claims) > 1 and not allowed and sum(one.share for one in claims) > WHOLE


def _joined(parts: list[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for first, last in parts:
        if joined and joined[-1][1] + DAY == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
