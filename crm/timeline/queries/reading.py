"""A page of the timeline: the newest lines of every noun, in one question, from where somebody reads on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Integer, and_, literal, or_, tuple_, union_all
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.core.access import Actor, Permission
from crm.core.work import Work
from crm.employers.records import ContactPerson, Employer
from crm.placements.queries import shows_reference
from crm.timeline.queries.part import Part, text_of
from crm.timeline.queries.parts import PARTS
from crm.timeline.rules import RANKS, Happening, Place, Topic
from crm.visits.queries.agreed import NextStep, steps_from
from crm.visits.queries.outcomes import in_order
from crm.visits.records import Attendance
from crm.visits.records_files import MomentFile
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import TalkOutcome

PAGE_SIZE = 20
OF_A_PERSON = {Happening.PLACEMENT_STARTED, Happening.PLACEMENT_ENDED, Happening.AFTERCARE_HELD}
_PERSON, _OUTCOME = "person", "outcome"
_columns_of: Any = sa_select


@dataclass(frozen=True)
class TimelineLine:
    """One thing that happened; which of the words are there depends on what it was.

    `number` is an amount in cents, a year, a version, or the author of a contact moment; `files` are the ids
    and names of what came with a mail.
    """

    happening: Happening
    place: Place
    what: str | None
    more: str | None
    who: str | None
    state: str | None
    number: int | None
    page_id: int | None
    people: tuple[str, ...] = ()
    outcomes: tuple[TalkOutcome, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    files: tuple[tuple[int, str], ...] = ()

    @property
    def on(self) -> date:
        """The day on which it happened."""
        return self.place.on


@dataclass(frozen=True)
class TimelinePage:
    """Some lines of the timeline, newest first; `older` is where the next page begins, if there is one."""

    lines: tuple[TimelineLine, ...]
    older: Place | None


def topics_for(actor: Actor) -> list[Topic]:
    """Return what this actor may read about, in the order in which it is offered."""
    seen = {topic for part in PARTS if actor.may(part.seen_with) for topic in part.topics}
    return [topic for topic in Topic if topic in seen]


def timeline_page(
    work: Work,
    employer_id: int,
    wanted: Iterable[Topic] = (),
    after: Place | None = None,
    size: int = PAGE_SIZE,
) -> TimelinePage:
    """Return a page of an employer's timeline; nothing wanted stands for everything.

    `after` is the place of the last line that was shown. It takes as many questions with few as with many
    lines; raises `NotFound` for an employer that is not the actor's.
    """
    work.get(Employer, employer_id)
    topics = frozenset(wanted) or frozenset(Topic)
    parts = [part for part in PARTS if part.topics & topics and work.actor.may(part.seen_with)]
    if not parts:
        return TimelinePage((), None)
    rows = work.session.execute(_newest(parts, employer_id, topics, after, size + 1)).all()
    lines = _with_talk(work, [_line(work.actor, row) for row in rows[:size]])
    return TimelinePage(lines, lines[-1].place if len(rows) > size else None)


def _newest(
    parts: list[Part], employer_id: int, topics: frozenset[Topic], after: Place | None, limit: int
) -> Any:
    """Return the question: the newest of each part first, of those the newest together."""
    each: list[Any] = [_limited(part, employer_id, topics, after, limit) for part in parts]
    together: Any = union_all(*each)
    told = together.subquery("told")
    order = (told.c.on.desc(), told.c.rank.desc(), told.c.record_id.desc())
    return _columns_of(*told.c).order_by(*order).limit(limit)


def _limited(part: Part, employer_id: int, topics: frozenset[Topic], after: Place | None, limit: int) -> Any:
    rank = RANKS[part.happening]
    found = part.select(employer_id, topics).add_columns(literal(rank, Integer).label("rank"))
    if after is not None:
        found = found.where(_beyond(part, rank, after))
    inner = found.order_by(part.on.desc(), part.record_id.desc()).limit(limit).subquery()
    return _columns_of(*inner.c)


def _beyond(part: Part, rank: int, after: Place) -> Any:
    """Return the condition that a line of this part comes after a place: older, or lower on the same day."""
    if rank == after.rank:
        at_once = and_(part.on == after.on, part.record_id < after.record_id)
        if part.happening is Happening.MOMENT:
            return tuple_(part.on, part.record_id) < (after.on, after.record_id)
        return or_(part.on < after.on, at_once)
    return part.on <= after.on if rank < after.rank else part.on < after.on


def _line(actor: Actor, row: Any) -> TimelineLine:
    happening = Happening(row.happening)
    of_a_person = happening in OF_A_PERSON
    kept_back = happening is Happening.AFTERCARE_HELD and not actor.may(Permission.CANDIDATE_VIEW)
    return TimelineLine(
        happening=happening,
        place=Place(row.on, row.rank, row.record_id),
        what=None if kept_back else row.what,
        more=None if of_a_person and not shows_reference(actor) else row.more,
        who=row.who,
        state=row.state,
        number=row.number,
        page_id=row.page_id,
    )


def _with_talk(work: Work, lines: list[TimelineLine]) -> tuple[TimelineLine, ...]:
    """Return the lines with who was there, what came of it, what was agreed and what came along."""
    ids = [line.place.record_id for line in lines if line.happening is Happening.MOMENT]
    talks, steps, files = _talks(work, ids), steps_from(work, ids), _files_with(work, ids)
    return tuple(
        replace(
            line,
            people=tuple(talks[found, _PERSON]),
            outcomes=in_order(map(TalkOutcome, talks[found, _OUTCOME])),
            next_steps=tuple(steps[found]),
            files=tuple(files[found]),
        )
        if line.happening is Happening.MOMENT
        else line
        for line in lines
        for found in [line.place.record_id]
    )


def _talks(work: Work, moment_ids: Sequence[int]) -> defaultdict[tuple[int, str], list[str]]:
    """Return who was at contact moments and what came of them, in one question."""
    present = (
        sa_select(col(Attendance.moment_id), literal(_PERSON).label("sort"), col(ContactPerson.name))
        .join(ContactPerson, col(ContactPerson.id) == Attendance.contact_person_id)
        .where(col(Attendance.moment_id).in_(moment_ids))
    )
    came_of_it = sa_select(
        col(MomentOutcome.moment_id), literal(_OUTCOME).label("sort"), text_of(MomentOutcome.outcome)
    ).where(col(MomentOutcome.moment_id).in_(moment_ids))
    told = union_all(present, came_of_it).subquery("talks")
    talks: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for moment_id, sort, said in work.session.execute(_columns_of(*told.c).order_by(told.c.name)):
        talks[moment_id, sort].append(said)
    return talks


def _files_with(work: Work, moment_ids: Sequence[int]) -> defaultdict[int, list[tuple[int, str]]]:
    found = (
        sa_select(col(MomentFile.moment_id), col(MomentFile.id), col(MomentFile.file_name))
        .where(col(MomentFile.moment_id).in_(moment_ids))
        .order_by(col(MomentFile.id))
    )
    files: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for moment_id, file_id, name in work.session.execute(found):
        files[moment_id].append((file_id, name))
    return files
