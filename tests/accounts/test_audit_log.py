"""The audit log: who may read it, what it finds, and what it keeps from whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crm.accounts.queries import AuditFilter, audit_log, check_chain
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Forbidden, Invalid
from crm.core.records import key
from crm.core.sealing import seal
from crm.core.work import reading, work
from crm.employers.records import Employer
from tests.conftest import NOW
from tests.counting import statements
from tests.factories import TODAY, World, save

ALL_DAY = AuditFilter(since=TODAY, until=TODAY)


def _renamed(world: World) -> None:
    with work(system("test")) as unit:
        unit.get(Employer, key(world.employer_a)).name = "De Linde Zorg BV"
        unit.commit()


def test_a_change_is_there_with_before_and_after(world: World) -> None:
    _renamed(world)
    with reading(world.actor(Role.ADMIN)) as unit:
        newest = audit_log(unit, ALL_DAY).rows[0]
    assert (newest.who, newest.action, newest.object_type) == ("Vliegwiel", "update", "employers")
    (changed,) = newest.fields
    assert (changed.name, changed.before, changed.after) == ("name", "De Linde Groen BV", "De Linde Zorg BV")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (AuditFilter(TODAY, TODAY, object_type="employers", action="update"), 1),
        (AuditFilter(TODAY, TODAY, object_type="employers", object_id="1"), 2),
        (AuditFilter(TODAY, TODAY, who="VLIEG", action="update"), 1),
        (AuditFilter(TODAY, TODAY, who="%"), 0),
        (AuditFilter(TODAY, TODAY, action="delete"), 0),
        (AuditFilter(TODAY - timedelta(days=9), TODAY - timedelta(days=1)), 0),
    ],
)
def test_the_log_is_found_by_who_what_record_and_period(world: World, asked: AuditFilter, found: int) -> None:
    _renamed(world)
    with reading(world.actor(Role.ADMIN)) as unit:
        log = audit_log(unit, asked)
    assert (len(log.rows), log.total) == (found, found)


def test_a_day_is_a_day_on_the_dutch_clock(world: World) -> None:
    with clock.frozen_at(NOW.replace(hour=23, minute=30)):
        _renamed(world)
    with reading(world.actor(Role.ADMIN)) as unit:
        assert audit_log(unit, AuditFilter(TODAY, TODAY, action="update")).total == 0
        tomorrow = date(2026, 11, 25)
        assert audit_log(unit, AuditFilter(tomorrow, tomorrow, action="update")).total == 1


def test_a_manager_does_not_learn_which_candidate_it_was(world: World) -> None:
    candidate = save(
        Candidate(
            region_id=key(world.region),
            reference="K-2041",
            group=TargetGroup.PARTICIPATION_ACT,
            registered_on=TODAY,
        )
    )
    asked = AuditFilter(TODAY, TODAY, object_type="candidates")
    with reading(world.actor(Role.MANAGER)) as unit:
        (masked,) = audit_log(unit, asked).rows
    with reading(world.actor(Role.ADMIN)) as unit:
        (told,) = audit_log(unit, asked).rows
    assert "K-2041" in repr(told)
    assert told.object_id == str(candidate.id)
    assert "K-2041" not in repr(masked)
    assert masked.object_id == "•••"
    assert {field.after for field in masked.fields} == {"•••"}


def test_a_candidate_is_masked_in_other_records_too(world: World) -> None:
    with work(system("test")) as unit:
        unit.note("view", "placements", 1, {"candidate_reference": "K-2041", "job_title": "tuinman"})
        unit.commit()
    with reading(world.actor(Role.MANAGER)) as unit:
        (row,) = audit_log(unit, AuditFilter(TODAY, TODAY, object_type="placements")).rows
    assert [(field.name, field.after) for field in row.fields] == [
        ("candidate_reference", "•••"),
        ("job_title", "tuinman"),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.MANAGER}])
def test_nobody_else_reads_or_checks_the_log(lite_world: World, role: Role) -> None:
    with reading(lite_world.actor(role)) as unit:
        with pytest.raises(Forbidden):
            audit_log(unit, ALL_DAY)
        with pytest.raises(Forbidden):
            check_chain(unit)


def test_the_chain_is_whole_until_an_entry_is_changed(world: World) -> None:
    seal()
    _renamed(world)
    with reading(world.actor(Role.MANAGER)) as unit:
        report = check_chain(unit)
    assert (report.sealed > 0, report.waiting) == (True, 1)
    with work(system("test")) as unit:
        unit.get(AuditEntry, 1).actor_name = "Iemand anders"
        unit.commit()
    with reading(world.actor(Role.ADMIN)) as unit, pytest.raises(Invalid, match="link 1"):
        check_chain(unit)


def test_the_log_is_paged_in_two_queries(world: World) -> None:
    with work(system("test")) as unit:
        for number in range(120):
            unit.note("view", "employers", number)
        unit.commit()
    asked = AuditFilter(TODAY, TODAY, action="view")
    with reading(world.actor(Role.ADMIN)) as unit, statements() as sent:
        third = audit_log(unit, asked, page=3)
    assert (len(third.rows), third.total, len(sent)) == (20, 120, 2)
