"""What the walks look up in the demo region: its names may change, what they stand for does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crm.core.i18n import whole_euros


@dataclass(frozen=True)
class Known:
    """An employer with somebody to speak with."""

    id: int
    name: str
    city: str
    person: str


@dataclass(frozen=True)
class Clause:
    """A contract of the employer of the portal that still needs efforts; `waiting` is an effort on it."""

    id: int
    title: str
    employer_id: int
    employer: str
    waiting: str


# Of those who have access to a portal only the demo's own can sign in.
PORTAL = (
    "JOIN user_employers u ON u.employer_id = c.employer_id "
    "JOIN users w ON w.id = u.user_id AND w.password_hash IS NOT NULL"
)


@dataclass(frozen=True)
class DemoRegion:
    """The database that the server works on."""

    path: Path

    def known(self) -> Known:
        """Return an employer whose name is like no other's."""
        return Known(
            *self._row(
                "SELECT e.id, e.name, e.city, p.name FROM employers e "
                "JOIN contact_persons p ON p.employer_id = e.id AND p.active "
                "WHERE e.ceased_on IS NULL AND e.id > 1 "
                "AND NOT EXISTS (SELECT 1 FROM employers o WHERE o.id <> e.id AND o.name LIKE e.name || '%') "
                "GROUP BY e.id HAVING count(*) = 1 ORDER BY e.id LIMIT 1"
            )
        )

    def clause(self) -> Clause:
        """Return the contract that needs most, with the largest effort that waits for review on it."""
        *found, cents = self._row(
            "SELECT c.id, c.title, e.id, e.name, max(f.value_cents) FROM contracts c "
            f"{PORTAL} JOIN employers e ON e.id = c.employer_id "
            "JOIN efforts f ON f.contract_id = c.id AND f.state = 'submitted' WHERE c.state = 'running' "
            "GROUP BY c.id ORDER BY c.obligation_cents - c.approved_cents DESC LIMIT 1"
        )
        return Clause(*found, whole_euros(cents, "nl"))

    def candidate(self) -> str:
        """Return the reference of a candidate with an unemployment benefit, which counts in one way."""
        [reference] = self._row(
            "SELECT max(reference) FROM candidates WHERE target_group = 'unemployment_benefit'"
        )
        return str(reference)

    def contract_in_the_portal(self) -> int:
        """Return a contract that the portal's employer and its officer both see."""
        return self._id(f"SELECT min(c.id) FROM contracts c {PORTAL}")

    def contract_of_another(self, employer_id: int) -> int:
        """Return a contract that is not of this employer."""
        return self._id("SELECT min(id) FROM contracts WHERE employer_id <> ?", employer_id)

    def file_of_another(self, employer_id: int) -> int:
        """Return a piece of evidence with a file that is not of this employer."""
        return self._id(
            "SELECT min(id) FROM evidence WHERE employer_id <> ? AND sha256 IS NOT NULL", employer_id
        )

    def _id(self, question: str, *values: int) -> int:
        return int(self._row(question, *values)[0])

    def _row(self, question: str, *values: int) -> tuple[object, ...]:
        with closing(sqlite3.connect(self.path)) as connection:
            row: tuple[object, ...] = connection.execute(question, values).fetchone()
            return row
