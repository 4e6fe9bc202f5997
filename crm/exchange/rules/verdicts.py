"""What became of one row or one award of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What can happen to a row ("regel") or an award ("gunning").

    Skipped is neither taken in nor wrong: an award that carries no obligation.
    """

    NEW = "new"
    SAME = "same"
    UPDATED = "updated"
    REJECTED = "rejected"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Notice:
    """The notice ("aankondiging") that says it: its number, when it came out and who buys."""

    release_id: str = ""
    published: datetime | None = None
    buyer_id: str = ""
    buyer_name: str = ""


@dataclass(frozen=True)
class Place:
    """Where in the file: a line of a table, or a notice (its number from 1, ocid and award)."""

    number: int
    ocid: str = ""
    award_id: str = ""
    lots: tuple[str, ...] = default(default=(), compare=False)
    notice: Notice = default(default=Notice(), compare=False)


@dataclass(frozen=True)
class Note:
    """A remark on an accepted row: `message` is a gettext id, `params` fill its places."""

    field: str
    message: str
    params: Mapping[str, object] = default(default_factory=dict)


@dataclass(frozen=True)
class Rejected:
    """A row or award that is not taken in, with the reason as a gettext id and its parameters."""

    place: Place
    field: str
    message: str
    params: Mapping[str, object] = default(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """The outcome for one row or award; `fields` names what changed when it is an update."""

    outcome: Outcome
    place: Place
    fields: tuple[str, ...] = ()
    rejected: Rejected | None = None
    notes: tuple[Note, ...] = ()


def changed_fields(incoming: Mapping[str, object], stored: Mapping[str, object]) -> tuple[str, ...]:
    """Name the fields that the incoming row would change, in the order of the row.

    An empty incoming field changes nothing: a list without telephone numbers must not wipe them out.
    """
    return tuple(
        name for name, value in incoming.items() if not _is_empty(value) and stored.get(name) != value
    )


def judge(
    place: Place,
    incoming: Mapping[str, object],
    stored: Mapping[str, object] | None,
    notes: tuple[Note, ...] = (),
) -> Verdict:
    """Compare an incoming row with what is stored (`None` = not known yet): new, same or updated."""
    if stored is None:
        return Verdict(Outcome.NEW, place, notes=notes)
    fields = changed_fields(incoming, stored)
    return Verdict(Outcome.UPDATED if fields else Outcome.SAME, place, fields, notes=notes)


def refuse(rejected: Rejected) -> Verdict:
    """Turn a rejected row into its verdict."""
    return Verdict(Outcome.REJECTED, rejected.place, rejected=rejected)


def _is_empty(value: object) -> bool:
    return value is None or value == "" or value == ()
