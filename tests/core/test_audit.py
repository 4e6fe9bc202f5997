"""The audit log: every change is in it, nothing secret is, and no change to the log goes unseen."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from crm.accounts.records import Draft, User
from crm.core import clock
from crm.core.access import Role, system
from crm.core.audit import MASK, AuditEntry
from crm.core.database import engine
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.sealing import GENESIS, ChainReport, check_chain, seal
from crm.core.work import reading, work
from crm.employers.records import Employer
from tests.factories import World, make_employer, make_user, save
from tests.replay import unlogged


def entries(object_type: str, object_id: int) -> list[AuditEntry]:
    with reading(system("test")) as unit:
        found = (
            select(AuditEntry)
            .where(AuditEntry.object_type == object_type, AuditEntry.object_id == str(object_id))
            .order_by(col(AuditEntry.id))
        )
        return list(unit.session.exec(found))


def behind_its_back(statement: str, **values: Any) -> None:
    with engine().execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('crm.scope', 'staff', true)"))
        connection.execute(text(statement), values)


def test_a_new_changed_and_deleted_record_each_leave_one_entry(world: World) -> None:
    with work(world.actor(Role.ADVISER)) as unit:
        unit.intend("employers.try")
        employer = unit.add(Employer(region_id=key(world.region), name="Eerst BV", staff_size=10))
        employer.name = "Later BV"
        unit.flush()
        unit.session.delete(employer)
        unit.commit()
    made, changed, gone = entries("employers", key(employer))
    assert [made.action, changed.action, gone.action] == ["insert", "update", "delete"]
    assert json.loads(made.before) == {}
    assert json.loads(made.after)["staff_size"] == 10
    assert json.loads(changed.before) == {"name": "Eerst BV"}
    assert json.loads(changed.after) == {"name": "Later BV"}
    assert json.loads(gone.before)["name"] == "Later BV"
    assert json.loads(gone.after) == {}


def test_an_entry_tells_who_why_from_where_and_when(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    with work(adviser) as unit:
        unit.intend("employers.rename")
        unit.get(Employer, key(world.employer_a)).name = "Anders"
        unit.commit()
    last = entries("employers", key(world.employer_a))[-1]
    assert (last.actor_id, last.actor_name, last.intention, last.origin, last.at) == (
        adviser.user_id,
        "adviser een",
        "employers.rename",
        "web",
        clock.now(),
    )


def test_what_is_rolled_back_is_not_in_the_log(world: World) -> None:
    before = len(entries("employers", key(world.employer_a)))
    with work(world.actor(Role.ADVISER)) as unit:
        unit.get(Employer, key(world.employer_a)).name = "Nooit"
        unit.flush()
    assert len(entries("employers", key(world.employer_a))) == before


def test_a_save_that_changes_nothing_leaves_no_entry(world: World) -> None:
    before = len(entries("employers", key(world.employer_a)))
    with work(world.actor(Role.ADVISER)) as unit:
        employer = unit.get(Employer, key(world.employer_a))
        employer.name = str(employer.name)
        unit.commit()
    assert len(entries("employers", key(world.employer_a))) == before


def test_a_password_never_reaches_the_log(world: World) -> None:
    user = make_user(Role.ADVISER, "Nieuw", password_hash="$argon2id$first")
    with work(system("test")) as unit:
        unit.get(User, key(user)).password_hash = "$argon2id$second"
        unit.commit()
    made, changed = entries("users", key(user))
    assert json.loads(made.after)["password_hash"] == MASK
    assert json.loads(changed.after) == {"password_hash": MASK}
    with reading(system("test")) as unit:
        everything = unit.session.exec(select(AuditEntry.before, AuditEntry.after)).all()
    assert "argon2" not in str(everything)


def test_drafts_are_nobodys_business(world: World) -> None:
    draft = save(
        Draft(user_id=key(world.users[Role.ADVISER]), form="visit", body="{}", updated_at=clock.now())
    )
    assert entries("drafts", key(draft)) == []


def test_a_view_is_noted_without_a_change(world: World) -> None:
    with work(world.actor(Role.ADVISER)) as unit:
        unit.note("view", "candidates", 7, {"why": "proposal"})
        unit.commit()
    (noted,) = entries("candidates", 7)
    assert (noted.action, noted.before, noted.after) == ("view", "{}", '{"why":"proposal"}')


@pytest.mark.tampers
def test_the_check_after_every_test_sees_a_change_that_was_not_logged(world: World) -> None:
    assert unlogged(engine()) == []
    behind_its_back("UPDATE employers SET staff_size = 99 WHERE id = :id", id=key(world.employer_a))
    (line,) = unlogged(engine())
    assert line.startswith(f"('employers', '{key(world.employer_a)}')")


def test_sealing_links_every_entry_once(world: World) -> None:
    linked = seal()
    first = check_chain()
    make_employer(key(world.region))
    waiting = check_chain()
    assert seal() == 1
    assert first == ChainReport(sealed=linked, waiting=0, head=first.head)
    assert waiting == ChainReport(sealed=linked, waiting=1, head=first.head)
    assert check_chain().head not in {first.head, GENESIS}
    assert seal() == 0


def test_an_empty_log_has_an_empty_chain(database: str) -> None:
    assert check_chain() == ChainReport(sealed=0, waiting=0, head=GENESIS)


@pytest.mark.tampers
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entries SET after = '{}' WHERE id = :id",
        "UPDATE audit_entries SET actor_name = 'Somebody else' WHERE id = :id",
        "UPDATE audit_entries SET content_hash = '0' WHERE id = :id",
        "DELETE FROM audit_entries WHERE id = :id",
        "DELETE FROM audit_seals WHERE entry_id = :id",
        "UPDATE audit_seals SET chain_hash = '0' WHERE entry_id = :id",
        "UPDATE audit_seals SET entry_id = 999999 WHERE entry_id = :id",
    ],
)
def test_a_change_to_a_sealed_log_is_found(world: World, change: str) -> None:
    seal()
    with reading(system("test")) as unit:
        third = unit.session.exec(select(AuditEntry.id).order_by(col(AuditEntry.id)).offset(2).limit(1)).one()
    behind_its_back(change, id=third)
    with pytest.raises(Invalid, match=r"changed at link [34]\.") as caught:
        check_chain()
    assert caught.value.field == "audit"


def test_writers_and_sealers_do_not_stand_in_each_others_way(world: World) -> None:
    """Eight writers of twenty entries each, with three sealers in between: one whole chain."""

    def write(writer: int) -> None:
        for number in range(20):
            make_employer(key(world.region), f"Schrijver {writer} {number}")

    def seal_often(_sealer: int) -> int:
        return sum(seal() for _ in range(20))

    before = check_chain().waiting
    with ThreadPoolExecutor(11) as pool:
        writing = pool.map(write, range(8))
        sealing = pool.map(seal_often, range(3))
        list(writing)
        linked = sum(sealing)
    linked += seal()
    report = check_chain()
    assert (report.sealed, report.waiting) == (linked, 0)
    assert linked == before + 8 * 20
