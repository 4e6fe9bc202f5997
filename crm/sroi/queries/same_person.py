"""What other work of a person is on record, over all contracts and authorities of the installation.

The same person is known by a fingerprint, by a placement, or by the reference that one employer gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, union
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from crm.core.access import Permission
from crm.core.errors import Invalid
from crm.core.work import Work, beyond_scope
from crm.sroi.calculator import effort_facts
from crm.sroi.queries.deciding import COUNTING
from crm.sroi.records import Effort, KnownBy, PersonClaim
from crm.sroi.rules import Explanation, FactsError
from crm.sroi.rules.going_first import OtherWork, spells_of, that_counted
from crm.sroi.rules.worktime import share_that_counted
from crm.sroi.states import EffortState

Marks = frozenset[tuple[KnownBy, str]]
OF_EFFORT = ("id", "employer_id", "placement_id", "subject", "starts_on", "state", "facts", "explanation")
BLANKS = " \t\r\n"
BOUGHT = ("quantity", "amount_eur", "labour_amount_eur")


@dataclass(frozen=True)
class Who:
    """Whose work an effort is: fingerprints with what they were made of, placement, employer's reference.

    `effort_id` is that effort itself when it counts or asks to: its fingerprints on record hold as well.
    """

    employer_id: int
    marks: Marks = frozenset()
    placement_id: int | None = None
    subject: str = ""
    effort_id: int | None = None

    @property
    def reference(self) -> str:
        """The reference as it is compared."""
        return self.subject.strip().lower()


@dataclass(frozen=True)
class Seen:
    """An effort that counts or asks to, with whose work it is and how its value on record is explained."""

    effort_id: int
    who: Who
    state: EffortState
    starts_on: date
    facts: dict[str, Any] = field(repr=False)
    explanation: dict[str, Any] = field(default_factory=dict, repr=False)

    def is_of(self, who: Who) -> bool:
        """Whether placement or reference tell that it is the same person, where fingerprints say nothing.

        Two efforts that are both known by name, or both as a candidate, are told apart by that alone.
        """
        mine, other = self.who, who
        if mine.placement_id is not None and mine.placement_id == other.placement_id:
            return True
        if not mine.reference or (mine.employer_id, mine.reference) != (other.employer_id, other.reference):
            return False
        both = {kind for kind, _mark in mine.marks} & {kind for kind, _mark in other.marks}
        return not both and not any(self.facts.get(name) is not None for name in BOUGHT)


def counting_work(
    work: Work, people: Sequence[Who], *, everywhere: bool, writing: bool = False
) -> list[Seen]:
    """Return the efforts that can be of one of these people, in as many queries for many as for one.

    What the actor can see, or with `everywhere` what counts with whatever authority: that is for an effort
    that is handed in or decided on. When `writing`, what was written in this transaction is there as well.
    """
    if not people:
        return []
    found = _seen(work, people) if writing or not everywhere else {}
    if everywhere:
        with beyond_scope(work.actor, Permission.EFFORT_SUBMIT) as all_of_it:
            found = _seen(all_of_it, people) | found
    return [found[effort_id] for effort_id in sorted(found)]


def other_work(who: Who, seen: Iterable[Seen]) -> list[OtherWork]:
    """Return those of the efforts that are of a person, as the rules look at them.

    Somebody may be known by name here and as a candidate there: an effort that has both ties them together.
    """
    efforts = list(seen)
    own = (one.who.marks for one in efforts if one.effort_id == who.effort_id)
    known = replace(who, marks=who.marks.union(*own))
    marks = set(known.marks)
    for _hop in range(2):
        marks |= {mark for one in efforts if one.who.marks & marks for mark in one.who.marks}
    return [_other(one) for one in efforts if one.who.marks & marks or one.is_of(known)]


def _other(one: Seen) -> OtherWork:
    try:
        spells = spells_of(effort_facts(one.facts))
    except (FactsError, Invalid):
        spells = ()
    approved = one.state is EffortState.APPROVED
    if approved:
        spells = that_counted(spells, share_that_counted(Explanation.from_json(one.explanation)))
    return OtherWork(one.effort_id, one.starts_on, spells, approved)


def _seen(work: Work, people: Sequence[Who]) -> dict[int, Seen]:
    wanted: Any = (
        sa_select(
            *(col(getattr(Effort, name)) for name in OF_EFFORT),
            col(PersonClaim.known_by),
            col(PersonClaim.fingerprint),
        )
        .outerjoin(PersonClaim, col(PersonClaim.effort_id) == Effort.id)
        .where(
            col(Effort.id).in_(union(*_ways_to_know(people))),
            col(Effort.state).in_(COUNTING),
            col(Effort.starts_on).is_not(None),
        )
    )
    found: dict[int, Seen] = {}
    for (
        effort_id,
        employer_id,
        placement_id,
        subject,
        start,
        state,
        facts,
        explanation,
        known_by,
        mark,
    ) in work.session.execute(wanted):
        marks = frozenset() if mark is None else frozenset({(known_by, mark)})
        who = Who(employer_id, marks, placement_id, subject)
        before = found.get(effort_id)
        if before is not None:
            who = replace(who, marks=before.who.marks | marks)
        found[effort_id] = Seen(effort_id, who, state, start, facts, explanation)
    return found


def _ways_to_know(people: Sequence[Who]) -> list[Any]:
    linking, marks = aliased(PersonClaim), aliased(PersonClaim)
    fingerprints = sorted({mark for who in people for _kind, mark in who.marks})
    efforts = sorted({who.effort_id for who in people if who.effort_id is not None})
    linked = sa_select(col(linking.effort_id)).where(
        or_(col(linking.fingerprint).in_(fingerprints), col(linking.effort_id).in_(efforts))
    )
    same_person = sa_select(col(marks.fingerprint)).where(col(marks.effort_id).in_(linked))
    placements = sorted({who.placement_id for who in people if who.placement_id is not None})
    references = sorted({who.reference for who in people if who.reference})
    return [
        sa_select(col(PersonClaim.effort_id)).where(col(PersonClaim.fingerprint).in_(same_person)),
        sa_select(col(Effort.id)).where(col(Effort.placement_id).in_(placements)),
        sa_select(col(Effort.id)).where(
            col(Effort.employer_id).in_(sorted({who.employer_id for who in people})),
            _refers(references),
        ),
    ]


def _refers(references: Sequence[str]) -> ColumnElement[bool]:
    """Return what finds these references and perhaps some more: `Seen.is_of` compares them in full.

    Not every database knows the small letter of an É, so letters like that match any other here.
    """
    told = func.lower(func.trim(Effort.subject, BLANKS))
    plain = told.in_([one for one in references if one.isascii()])
    return or_(plain, *(told.like(_pattern(one), escape="\\") for one in references if not one.isascii()))


def _pattern(reference: str) -> str:
    return "".join(
        "%" if not letter.isascii() else f"\\{letter}" if letter in "\\%_" else letter for letter in reference
    )
