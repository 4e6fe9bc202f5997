"""Taking in lines of an employers file: employer, establishment and contact person together.

One KvK number is one employer, however many establishments it has. In one file the first line about a record
speaks; later lines about the same change nothing of it. So the same file twice changes nothing, also when
its lines contradict each other.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError

from crm.core.errors import AppError, Forbidden
from crm.core.records import key
from crm.core.work import Work
from crm.employers.likeness import Parties
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.exchange.intake.entry import Entry, Said
from crm.exchange.intake.lines import Like, Line, rejected, whole_or_not
from crm.exchange.queries.known import Account, known_to, parties_in
from crm.exchange.reach import reach_of
from crm.exchange.rules import EmployerRow, Place, Rejected, Verdict, refuse
from crm.exchange.rules.plans import NEW, Plan

_log = logging.getLogger(__name__)


@dataclass
class EmployerIntake:
    """Brings the employers of one file into one region; `said` lasts for the file."""

    region_id: int
    plan: Plan = field(default_factory=Plan)
    intention: str = "exchange.import_employers"
    said: Said = field(default_factory=Said)
    parties: Parties | None = None

    def take(self, work: Work, batch: Sequence[EmployerRow | Rejected]) -> list[Line]:
        """Write a batch of lines and return what became of each.

        All at once, as that is many times faster; one by one when something in the batch goes wrong.
        Raises `Forbidden` when the actor does not (any more) work in the region.
        """
        if not reach_of(work.actor).covers_region(self.region_id):
            raise Forbidden()
        self.said.fresh = {}
        if self.plan.asks and self.parties is None:
            self.parties = parties_in(work, self.region_id)
        try:
            with work.session.begin_nested():
                return _Desk(self, work, batch).all_at_once()
        except OperationalError:
            raise
        except Exception as fault:
            _log.warning("import: a batch is done line by line because of %s", type(fault).__name__)
        self.said.fresh = {}
        work.session.expire_all()
        return _Desk(self, work, batch).one_by_one()

    def settled(self) -> None:
        """Remember what the last batch said."""
        self.said.settle()

    def finish(self, run_id: int, work: Work) -> None:
        """Nothing is left to do for employers."""


class _Desk:
    """Takes in the lines of one batch, with what is known about them at hand."""

    def __init__(self, intake: EmployerIntake, work: Work, batch: Sequence[EmployerRow | Rejected]) -> None:
        self.region_id = intake.region_id
        self.said = intake.said
        self.plan = intake.plan
        self.parties = intake.parties
        self.likes: dict[int, Like] = {}
        self.work = work
        self.batch = batch
        self.reach = reach_of(work.actor)
        self.employers: list[Employer] = []
        self.parts: list[tuple[Account, Establishment | ContactPerson]] = []
        self._look_up()

    def all_at_once(self) -> list[Line]:
        """Take in the batch with a few statements; raises whatever goes wrong with any line."""
        lines = [self._line(row) for row in self.batch]
        self.write()
        return lines

    def one_by_one(self) -> list[Line]:
        """Take in the batch line by line, each within its own savepoint."""
        return [self._safe_line(row) for row in self.batch]

    def write(self) -> None:
        """Write what the lines changed: employers first, because the rest carries their id."""
        self.work.session.add_all(self.employers)
        self.work.flush()
        for account, part in self.parts:
            part.employer_id = key(account.employer)
        self.work.session.add_all([part for _, part in self.parts])
        self.work.flush()
        self.employers, self.parts = [], []

    def _line(self, row: EmployerRow | Rejected) -> Line:
        if isinstance(row, Rejected):
            return Line(refuse(row))
        try:
            # An entry is refused before it touches anything, so nothing has to be undone.
            verdict = Entry(self, row).take()
        except AppError as fault:
            verdict = rejected(Place(row.line), fault)
        return Line(verdict, row.name, row.kvk_number, like=self.likes.get(row.line))

    def _safe_line(self, row: EmployerRow | Rejected) -> Line:
        if isinstance(row, Rejected):
            return Line(refuse(row))
        before = dict(self.said.fresh)

        def take() -> Verdict:
            line = self._line(row)
            self.write()
            return line.verdict

        def forget() -> None:
            self.said.fresh = before.copy()
            self.employers, self.parts = [], []
            self.work.session.expire_all()
            self._look_up()

        verdict = whole_or_not(self.work, Place(row.line), take, forget)
        return Line(verdict, row.name, row.kvk_number, like=self.likes.get(row.line))

    def _look_up(self) -> None:
        rows = [row for row in self.batch if isinstance(row, EmployerRow)]
        asked = {self.plan.answers.get(row.line, NEW) for row in rows}
        self.known = known_to(self.work, rows, self.region_id, {answer for answer in asked if answer > NEW})
