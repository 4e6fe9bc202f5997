"""Taking in awards: those of our authorities that carry an obligation become contracts to confirm.

An award is one contract, also when several suppliers won it together: its value obliges once. What all
notices about an award say together decides, so their order does not matter (`rules.notices`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crm.core.work import Work
from crm.exchange.intake.buyers import Authorities, Strangers
from crm.exchange.intake.clauses import Clauses
from crm.exchange.intake.grouping import Found
from crm.exchange.intake.lines import Line, whole_or_not
from crm.exchange.intake.register import take_award
from crm.exchange.queries.stored import awards_by_key
from crm.exchange.reach import Reach, reach_of
from crm.exchange.rules import AwardRow, Finding, Note, Outcome, Place, Rejected, Verdict, refuse
from crm.exchange.rules.notices import ENDED, Statement, statement_of, taken_back
from crm.sroi.records import Authority


@dataclass
class AwardIntake:
    """Brings in the awards of one file; with `region_id` only those of that region's authorities."""

    run_id: int
    region_id: int | None = None
    intention: str = "exchange.import_awards"
    strangers: Strangers = field(default_factory=Strangers)

    def take(self, work: Work, batch: Sequence[Found]) -> list[Line]:
        """Write a batch of awards and return what became of each of their rows."""
        desk = _Desk(self, work, batch)
        return [line for found in batch for line in desk.lines(found)]

    def settled(self) -> None:
        """Nothing to remember: counting an award twice counts it once."""

    def finish(self, run_id: int, work: Work) -> None:
        """Keep the list of buyers who are no authority here."""
        work.session.add_all(self.strangers.records(run_id))


class _Desk:
    """Takes in the awards of one batch, with what is known about them at hand."""

    def __init__(self, intake: AwardIntake, work: Work, batch: Sequence[Found]) -> None:
        self.intake = intake
        self.work = work
        self.batch = batch
        self.reach: Reach = reach_of(work.actor)
        self.authorities = Authorities.read(work)
        self._read_known()
        self.clauses = Clauses(work, self.known_keys)

    def lines(self, found: Found) -> list[Line]:
        """Return what became of an award: a line for each supplier."""
        notice = found.place.notice
        if found.rejected is not None and not (notice.buyer_id or notice.buyer_name):
            return [Line(refuse(found.rejected), reference=reference_of(found.place))]
        if not (notice.buyer_id or notice.buyer_name):
            return self._refused(found, Finding.NO_BUYER)
        authority = self.authorities.buyer_of(notice)
        if authority is None:
            return self._of_stranger(found)
        if not self._is_mine(authority):
            return self._refused(found, Finding.NOT_YOURS)
        if found.is_double:
            return self._refused(found, Finding.TWICE)
        return self._of_authority(found, authority)

    def _of_stranger(self, found: Found) -> list[Line]:
        if found.rows:
            self.intake.strangers.add(found)
        return self._refused(found, Finding.UNKNOWN_BUYER)

    def _refused(self, found: Found, why: Finding) -> list[Line]:
        field_name = "award" if why is Finding.TWICE else "buyer"
        verdict = refuse(Rejected(found.place, field_name, why))
        is_unknown = why is Finding.UNKNOWN_BUYER
        reference = reference_of(found.place)
        if not found.rows:
            return [Line(verdict, "", reference, is_unknown)]
        return [Line(verdict, subject_of(row), reference, is_unknown) for row in found.rows]

    def _is_mine(self, authority: Authority) -> bool:
        wanted = self.intake.region_id in (None, authority.region_id)
        near = self.reach.covers_region(authority.region_id)
        return wanted and near and self.reach.covers_authority(authority.id or 0)

    def _of_authority(self, found: Found, authority: Authority) -> list[Line]:
        reference = reference_of(found.place)
        statement = self._statement(found)
        if statement is None:
            self.clauses.unreadable(found, authority)
            return [Line(refuse(found.rejected), reference=reference)] if found.rejected else []
        verdict = self._take(found, authority, statement)
        self.clauses.follow(found, authority, statement, self.known.get(found.key), verdict)
        if not found.rows:
            return [Line(verdict, "", reference)]
        first, *others = found.rows
        with_others = (Note("suppliers", Finding.SHARED_WITH, {"first": first.supplier_name}),)
        skipped = Verdict(Outcome.SKIPPED, found.place, notes=with_others)
        return [
            Line(verdict, subject_of(first), reference),
            *(Line(skipped, subject_of(other), reference) for other in others),
        ]

    def _statement(self, found: Found) -> Statement | None:
        """Return what the notice says of the award; None when nothing of it can be read."""
        if found.rows:
            return statement_of(found.rows[0], self.intake.run_id)
        status = str(found.rejected.params.get("status", "")) if found.rejected else ""
        if status not in ENDED:
            return None
        notice = found.place.notice
        return taken_back(notice.published, notice.release_id, status, self.intake.run_id)

    def _take(self, found: Found, authority: Authority, statement: Statement) -> Verdict:
        def take() -> Verdict:
            self.work.intend(self.intake.intention)
            award = self.known.get(found.key)
            return take_award(self.work, found, authority, statement, award, self.known)

        return whole_or_not(self.work, found.place, take, self._forget)

    def _forget(self) -> None:
        self.work.session.expire_all()
        self._read_known()

    def _read_known(self) -> None:
        buyer_of = self.authorities.buyer_of
        self.known_keys = {found.key for found in self.batch if buyer_of(found.place.notice)}
        self.known = awards_by_key(self.work, self.known_keys)


def reference_of(place: Place) -> str:
    """Return the procedure and award by which a line of a file of awards is found."""
    return " ".join(part for part in (place.ocid, place.award_id) if part)


def subject_of(row: AwardRow) -> str:
    """Return what an award is about, and who won it."""
    return " · ".join(part for part in (row.title, row.supplier_name) if part)
