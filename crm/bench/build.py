"""Builds a benchmark database in bulk; the one place that writes without a unit of work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from crm.accounts.records import Region, User, UserAuthority, UserEmployer, UserRegion
from crm.bench import asked, clauses, gatherings, jobs, log, rows
from crm.bench.ground import BUSIEST, REGION, RULE_SET, Ground, Row, Size
from crm.candidates.records import Candidate
from crm.core import clock
from crm.core.access import Role
from crm.core.audit import AuditEntry
from crm.core.database import is_sqlite
from crm.core.records import Record
from crm.demo.words import PLACES
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment, Municipality
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.jobcarving.records import CarvingCase, CarvingPackage, CarvingTask, StageChange
from crm.needs.records import Need, Vacancy
from crm.network.records import Membership, Tie
from crm.network.records_parties import Party, PartyTalk, PartyTie
from crm.placements.records import Placement, WeeklyHours
from crm.sroi.records import (
    Authority,
    AuthorityRuleSet,
    Contract,
    ContractClock,
    Effort,
    Evidence,
    RuleSetVersion,
)
from crm.sroi.rulesets import load_ruleset, ruleset_document
from crm.visits.records import Attendance, ContactMoment, FollowUp

BATCH = 5_000


def build(engine: Engine, size: Size, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Fill a migrated, empty database with a region of this size, always the same."""
    roles = list(Role)
    officer, manager = (roles.index(role) + 1 for role in (Role.SROI_OFFICER, Role.ACCOUNT_MANAGER))
    ground = Ground(size, clock.today(), officer, manager, len(roles) + 1)
    with engine.execution_options(writes=True).begin() as connection:
        if not is_sqlite(connection):
            connection.execute(text("SELECT set_config('crm.scope', 'staff', true)"))
        _put(connection, Region, [{"id": REGION, "code": "BENCH", "name": "Meetregio"}])
        _put_users(connection, size, roles)
        _put_places(connection)
        for table, made in _tables(ground):
            tell(str(table.__tablename__))
            _put(connection, table, made)
        _put(connection, UserEmployer, [{"user_id": roles.index(Role.EMPLOYER) + 1, "employer_id": BUSIEST}])
        connection.execute(text("ANALYZE"))


def _tables(ground: Ground) -> list[tuple[type[Record], Iterable[Row]]]:
    return [
        (Employer, rows.employers(ground)),
        (Establishment, rows.establishments(ground)),
        (ContactPerson, rows.people(ground)),
        (AccountTeamMember, rows.team(ground)),
        (ContactMoment, rows.moments(ground)),
        (Attendance, rows.attendances(ground)),
        (FollowUp, rows.follow_ups(ground)),
        (Membership, rows.members(ground)),
        (Tie, rows.ties(ground)),
        (CarvingCase, jobs.cases(ground)),
        (StageChange, jobs.stage_changes(ground)),
        (CarvingPackage, jobs.packages(ground)),
        (CarvingTask, jobs.tasks(ground)),
        (Candidate, jobs.candidates(ground)),
        (Placement, jobs.placements(ground)),
        (WeeklyHours, jobs.hours(ground)),
        (Contract, clauses.contracts(ground)),
        (Effort, clauses.efforts(ground)),
        (Evidence, clauses.evidence(ground)),
        (ContractClock, clauses.clocks(ground)),
        (Need, asked.needs(ground)),
        (Vacancy, asked.vacancies(ground)),
        (Party, gatherings.parties(ground)),
        (PartyTie, gatherings.party_ties(ground)),
        (PartyTalk, gatherings.party_talks(ground)),
        (Event, gatherings.events(ground)),
        (EventEmployer, gatherings.event_employers(ground)),
        (EventCandidate, gatherings.event_candidates(ground)),
        (EventTalk, gatherings.event_talks(ground)),
        (AuditEntry, log.entries(ground)),
    ]


def _put_users(connection: Connection, size: Size, roles: list[Role]) -> None:
    holders = [Role.ACCOUNT_MANAGER] * (size.holders - 1)
    users = [
        {
            "id": number,
            "email": f"user{number}@bench.example",
            "name": f"Gebruiker {number}",
            "role": role,
            "active": True,
            "language": "nl",
            "created_at": clock.now(),
            "version": 1,
        }
        for number, role in enumerate([*roles, *holders], 1)
    ]
    _put(connection, User, users)
    _put(connection, UserRegion, [{"user_id": user["id"], "region_id": REGION} for user in users])


def _put_places(connection: Connection) -> None:
    numbered = list(enumerate(PLACES, 1))
    places = [{"id": n, "region_id": REGION, "code": p.code, "name": p.name} for n, p in numbered]
    _put(connection, Municipality, places)
    ruleset = load_ruleset(RULE_SET)
    stored = {
        "id": 1,
        "code": ruleset.id,
        "title": ruleset.name,
        "content_hash": ruleset.hash,
        "document": ruleset_document(ruleset),
        "stored_at": clock.now(),
    }
    _put(connection, RuleSetVersion, [stored])
    names = [{"id": n, "region_id": REGION, "name": f"Gemeente {p.name}", "version": 1} for n, p in numbered]
    _put(connection, Authority, names)
    used = [
        {
            "region_id": REGION,
            "authority_id": n,
            "rule_set_code": RULE_SET,
            "valid_from": clock.today().replace(2020, 1, 1),
        }
        for n, _place in numbered
    ]
    _put(connection, AuthorityRuleSet, used)
    officer = list(Role).index(Role.SROI_OFFICER) + 1
    _put(connection, UserAuthority, [{"user_id": officer, "authority_id": n} for n, _place in numbered])


def _put(connection: Connection, table: type[Record], made: Iterable[Row]) -> None:
    statement = insert(table.__table__)  # type: ignore[attr-defined]
    remaining = iter(made)
    while batch := list(islice(remaining, BATCH)):
        connection.execute(statement, _by_column(table, batch))


def _by_column(table: type[Record], batch: list[Row]) -> list[dict[str, Any]]:
    """Give each value the name of its column, which differs from the attribute where that is a keyword."""
    columns = {attribute.key: attribute.columns[0].key for attribute in table.__mapper__.column_attrs}  # type: ignore[attr-defined]
    return [{columns[name]: value for name, value in row.items()} for row in batch]
