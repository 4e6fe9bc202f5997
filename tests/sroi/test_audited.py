"""The audit log names contracts, employers, users and authorities to whom may see them."""

from __future__ import annotations

from crm.accounts.queries import AuditFilter, audit_log
from crm.accounts.records import Region
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading, work
from crm.employers.records import Employer
from crm.sroi.queries.audited import Names, names_in_log
from tests.counting import statements
from tests.factories import TODAY, World
from tests.sroi.factories import make_contract


def names(world: World, role: Role, **asked: str) -> Names:
    with reading(world.actor(role)) as unit:
        return names_in_log(unit, audit_log(unit, AuditFilter(TODAY, TODAY, **asked)).rows)


def test_records_and_what_they_refer_to_are_named(world: World) -> None:
    contract = make_contract(world, title="Groenonderhoud")
    found = names(world, Role.MANAGER, object_type="contracts")
    assert found["contracts", str(key(contract))] == "Groenonderhoud"
    assert found["employers", str(key(world.employer_a))] == "De Linde Groen BV"
    assert found["authorities", str(key(world.authority))] == "Gemeente Halderberge"
    of_users = names(world, Role.ADMIN, object_type="users")
    assert of_users["users", str(key(world.users[Role.MANAGER]))] == "manager een"


def test_what_the_reader_may_not_see_stays_a_number(world: World) -> None:
    make_contract(world)
    assert not any(table == "contracts" for table, _number in names(world, Role.ADMIN))
    with work(system("test")) as unit:
        elsewhere = unit.add(Region(code="AM98", name="Elders"))
        unit.get(Employer, key(world.employer_b)).region_id = key(elsewhere)
        unit.commit()
    found = names(world, Role.MANAGER, object_type="employers")
    assert ("employers", str(key(world.employer_a))) in found
    assert ("employers", str(key(world.employer_b))) not in found


def test_a_whole_page_is_named_in_four_queries(world: World) -> None:
    for _number in range(12):
        make_contract(world)
    with reading(world.actor(Role.MANAGER)) as unit:
        log = audit_log(unit, AuditFilter(TODAY, TODAY))
        with statements() as sent:
            names_in_log(unit, log.rows)
    assert len(sent) <= 4
