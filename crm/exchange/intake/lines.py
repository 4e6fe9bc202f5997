"""One line of a file on its way in: whole or not at all, with a verdict in either case."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from crm.core.errors import AppError, Conflict
from crm.core.privacy import holds_bsn
from crm.core.work import Work
from crm.exchange.records_undo import ImportLikeness
from crm.exchange.rules import Finding, Note, NoteText, Outcome, Place, Rejected, Verdict, refuse

T_contra = TypeVar("T_contra", contravariant=True)

_log = logging.getLogger(__name__)
_CROSSED = (Conflict, IntegrityError)
_LONGEST_SUBJECT = 300
_LONGEST_REFERENCE = 200


@dataclass(frozen=True)
class Like:
    """Whom a line looks like: the employer's id, how much (percent), and what the line says of its own."""

    place: int
    employer_id: int
    score: int
    told: dict[str, str]

    def record(self, run_id: int) -> ImportLikeness:
        """Return the question as it is kept until it is answered."""
        return ImportLikeness(
            run_id=run_id, place=self.place, employer=self.employer_id, score=self.score, told=self.told
        )


@dataclass(frozen=True)
class Line:
    """A verdict with what it is about: a name or title, and the number to find it by.

    `is_unknown` marks an award of a buyer who is no authority here.
    """

    verdict: Verdict
    subject: str = ""
    reference: str = ""
    is_unknown: bool = False
    like: Like | None = None

    def values(self, run_id: int) -> dict[str, object]:
        """Return the line as it is kept."""
        reasons = () if self.verdict.rejected is None else (self.verdict.rejected,)
        remarks = [*map(remark, reasons), *map(remark, self.verdict.notes)]
        is_left_out = self.verdict.outcome in (Outcome.REJECTED, Outcome.SKIPPED)
        return {
            "run_id": run_id,
            "place": self.verdict.place.number,
            "verdict": self.verdict.outcome,
            "subject": "" if holds_bsn(self.subject) else self.subject[:_LONGEST_SUBJECT],
            "reference": self.reference[:_LONGEST_REFERENCE],
            "changed": list(self.verdict.fields),
            "reason": str(remarks[0]["message"]) if is_left_out and remarks else "",
            "remarks": remarks,
        }


class Intake(Protocol[T_contra]):
    """Takes batches of one file into the database; a batch may be tried again until it is `settled`."""

    intention: str

    def take(self, work: Work, batch: Sequence[T_contra]) -> list[Line]:
        """Write a batch and return its lines."""
        ...

    def settled(self) -> None:
        """Hear that the last batch lasts."""
        ...

    def finish(self, run_id: int, work: Work) -> None:
        """Write what is known once the whole file is read."""
        ...


def remark(found: Note | Rejected) -> dict[str, object]:
    """Return a remark as it is kept: without text from the file that could be about a person."""
    if found.message == NoteText.NOT_READ:
        return {"field": found.field, "message": str(Finding.NOT_READ), "params": {}}
    if found.message == NoteText.ZERO_ADDED and found.field.startswith("contact_"):
        return {"field": found.field, "message": str(Finding.ZERO_ADDED), "params": {}}
    return {"field": found.field, "message": str(found.message), "params": dict(found.params)}


def rejected(place: Place, fault: AppError) -> Verdict:
    """Return the verdict on a line that a rule refused."""
    return refuse(Rejected(place, getattr(fault, "field", ""), fault.message, fault.params))


def whole_or_not(
    work: Work, place: Place, take: Callable[[], Verdict], forget: Callable[[], None]
) -> Verdict:
    """Write one line within a savepoint; whatever goes wrong with it leaves nothing behind.

    `forget` lets go of what was remembered of the line. A line that crossed somebody else's change is tried
    once more. Raises what is wrong with the database itself.
    """
    for _attempt in range(2):
        try:
            with work.session.begin_nested():
                verdict = take()
                work.flush()
            return verdict
        except _CROSSED:
            forget()
        except AppError as fault:
            forget()
            return rejected(place, fault)
        except DataError:
            forget()
            break
        except OperationalError:
            raise
        except Exception as fault:
            # A fault of the program in one line must not cost the others; the type tells no personal data.
            _log.error("import: line %s failed with %s", place.number, type(fault).__name__)
            forget()
            break
    return refuse(Rejected(place, "", Finding.NOT_SAVED))


def same_or_updated(is_new: bool, place: Place, fields: Sequence[str], notes: Sequence[Note]) -> Verdict:
    """Return the verdict on a line that was taken in."""
    unique = tuple(dict.fromkeys(fields))
    outcome = Outcome.NEW if is_new else Outcome.UPDATED if unique else Outcome.SAME
    return Verdict(outcome, place, () if is_new else unique, notes=tuple(notes))
