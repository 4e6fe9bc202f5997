"""What an undo may touch: records as the import left them, and fields that still hold what it wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from itertools import takewhile


class Left(StrEnum):
    """Why an undo leaves something as it is."""

    EDITED = "Somebody changed this after the import, so it stays as it is."
    IN_USE = "This is in use since the import, so it stays."
    GONE = "This is no longer here, or was merged."
    CONFIRMED = "The obligation was confirmed since, so this contract stays."


@dataclass
class Trail:
    """What one import did to one record: made it, or changed fields from `before` to `after`.

    `mark` tells what the record held when the import last wrote it; `award` is the award it is about, empty
    for what belongs to an employer.
    """

    table: str
    id: int
    employer: int
    mark: str
    made: bool
    before: dict[str, object] = field(default_factory=dict)
    after: dict[str, object] = field(default_factory=dict)
    award: str = ""


def trails(changes: Iterable[Mapping[str, object]]) -> list[Trail]:
    """Put the changes of all batches together, a trail a record, in the order of their first change."""
    found: dict[tuple[str, int], Trail] = {}
    for change in changes:
        where = (str(change["table"]), int(str(change["id"])))
        trail = found.get(where)
        if trail is None:
            made = change["before"] is None
            employer = int(str(change["employer"]))
            trail = found[where] = Trail(*where, employer, "", made, award=str(change.get("award", "")))
        trail.mark = str(change["mark"])
        for name, value in _values(change["before"]).items():
            trail.before.setdefault(name, value)
        trail.after |= _values(change["after"])
    return list(found.values())


def in_groups(found: Iterable[Trail]) -> list[list[Trail]]:
    """Put the trails of each award and of each employer together: those are undone as a whole.

    Awards come first: an employer that the import made can go once no contract is left there.
    """
    awards: defaultdict[str, list[Trail]] = defaultdict(list)
    employers: defaultdict[int, list[Trail]] = defaultdict(list)
    for trail in found:
        if trail.award:
            awards[trail.award].append(trail)
        else:
            employers[trail.employer].append(trail)
    return [*awards.values(), *employers.values()]


def next_groups(groups: Sequence[list[Trail]], done: int, most: int) -> list[list[Trail]]:
    """Return the groups to undo next, at most so many, awards and employers never together."""
    rest = groups[done : done + most]
    about_awards = bool(rest) and bool(rest[0][0].award)
    return list(takewhile(lambda group: bool(group[0].award) is about_awards, rest))


def still_ours(trail: Trail, now: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Return which fields still hold what the import wrote, and which somebody changed since.

    A field that holds its former value already counts as neither: it was put back before.
    """
    ours, theirs = [], []
    for name, wrote in trail.after.items():
        if plain(now[name]) == wrote:
            ours.append(name)
        elif plain(now[name]) != trail.before[name]:
            theirs.append(name)
    return ours, theirs


def plain(value: object) -> object:
    """Return a value as JSON keeps it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _values(found: object) -> dict[str, object]:
    return dict(found) if isinstance(found, Mapping) else {}
