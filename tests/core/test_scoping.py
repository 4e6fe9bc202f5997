"""Row-level security of PostgreSQL, behind the scope of the session: it holds for bare SQL too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from crm.core.access import Role, system
from crm.core.database import engine
from crm.core.records import OfEmployer, Record, TheEmployer, key
from crm.core.work import reading
from crm.employers.records import Employer
from crm.schema import metadata
from tests.factories import World, make_person

pytestmark = pytest.mark.postgres


@pytest.fixture
def pg_world(postgres_url: str, now: object) -> World:
    made = World.build()
    make_person(made.employer_a)
    make_person(made.employer_b)
    return made


@pytest.fixture
def bare(pg_world: World) -> Iterator[Connection]:
    """A connection that goes past the unit of work."""
    with engine().connect() as connection:
        yield connection


def owned_tables() -> dict[str, str]:
    """Return every table that hangs off an employer, with the column that says which."""
    metadata()
    tables = {}
    for mapper in Record._sa_registry.mappers:
        if issubclass(mapper.class_, OfEmployer):
            tables[str(mapper.class_.__tablename__)] = "employer_id"
        elif issubclass(mapper.class_, TheEmployer):
            tables[str(mapper.class_.__tablename__)] = "id"
    return tables


def act_as(connection: Connection, scope: str, employer_id: int | None = None) -> None:
    connection.execute(
        text("SELECT set_config('crm.scope', :scope, true), set_config('crm.employer_id', :own, true)"),
        {"scope": scope, "own": "" if employer_id is None else str(employer_id)},
    )


def count(connection: Connection, table: str) -> int:
    return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


# They belong to no employer: staff only.
FOR_STAFF = {
    "all_contracts",
    "bulk_changes",
    "calendar_feeds",
    "candidates",
    "clause_thresholds",
    "contract_bulk_steps",
    "contract_bulks",
    "contract_tags",
    "default_views",
    "different_employers",
    "digest_wishes",
    "employer_merges",
    "event_candidates",
    "figure_grounds",
    "figure_snapshots",
    "former_limits",
    "hidden_contracts",
    "import_left",
    "import_likenesses",
    "import_mappings",
    "import_plans",
    "import_steps",
    "import_undos",
    "list_defaults",
    "list_views",
    "mail_addresses",
    "missing_clauses",
    "network_changes",
    "network_events",
    "parties",
    "party_talks",
    "party_ties",
    "purchasing_volumes",
    "rule_set_drafts",
    "rule_set_hands",
    "saved_views",
    "tender_intakes",
    "volume_sources",
    "waiting_mails",
}


def test_every_table_of_an_employer_stands_behind_the_wall(bare: Connection) -> None:
    walled = set(
        bare.scalars(
            text(
                "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
                "WHERE c.relrowsecurity AND c.relforcerowsecurity"
            )
        )
    )
    assert walled == {*owned_tables(), *FOR_STAFF}


def test_bare_sql_without_a_scope_sees_nothing(bare: Connection) -> None:
    assert {table: count(bare, table) for table in owned_tables()} == dict.fromkeys(owned_tables(), 0)


def test_bare_sql_of_a_portal_user_sees_only_its_own(bare: Connection, pg_world: World) -> None:
    act_as(bare, "portal", key(pg_world.employer_a))
    assert bare.scalars(text("SELECT name FROM employers")).all() == ["De Linde Groen BV"]
    assert bare.scalars(text("SELECT employer_id FROM contact_persons")).all() == [key(pg_world.employer_a)]


def test_a_portal_user_without_an_employer_sees_nothing(bare: Connection) -> None:
    act_as(bare, "portal")
    assert count(bare, "employers") == 0


def test_a_portal_user_can_neither_change_nor_make_what_is_anothers(
    bare: Connection, pg_world: World
) -> None:
    act_as(bare, "portal", key(pg_world.employer_a))
    changed = bare.execute(
        text("UPDATE employers SET name = 'X' WHERE id = :id"), {"id": key(pg_world.employer_b)}
    )
    assert changed.rowcount == 0
    stolen = text("UPDATE contact_persons SET employer_id = :id")
    with pytest.raises(DBAPIError, match="row-level security"):
        bare.execute(stolen, {"id": key(pg_world.employer_b)})


def test_staff_see_everything_behind_the_wall(bare: Connection) -> None:
    act_as(bare, "staff")
    assert (count(bare, "employers"), count(bare, "contact_persons")) == (2, 2)


def test_the_scope_does_not_outlive_its_transaction(pg_world: World) -> None:
    with reading(system("test")) as unit:
        assert unit.get(Employer, key(pg_world.employer_a)).name == "De Linde Groen BV"
    for _ in range(3):
        with engine().connect() as connection:
            assert count(connection, "employers") == 0


def test_the_unit_of_work_of_a_portal_user_tells_the_database(pg_world: World) -> None:
    with reading(pg_world.actor(Role.EMPLOYER)) as unit:
        names = unit.session.connection().exec_driver_sql("SELECT name FROM employers").scalars().all()
    assert names == ["De Linde Groen BV"]
