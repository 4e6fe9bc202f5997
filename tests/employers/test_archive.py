"""Putting away and taking back, and a field as it was before."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers import actions
from crm.employers.actions.archive import (
    ArchiveEmployer,
    PutBack,
    RestoreEmployer,
    archive_employer,
    put_back,
    restore_employer,
)
from crm.employers.queries import EmployerFilter, count_employers, find_employers, list_employers
from crm.employers.queries.archive import archive_note
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.employers.rules import Segment
from tests.employers.factories import elsewhere, make_establishment
from tests.factories import TODAY, World, make_employer, make_person


def names(world: World, **wanted: Any) -> list[str]:
    with reading(world.actor(Role.ADVISER)) as unit:
        rows = [row.name for row in list_employers(unit, EmployerFilter(**wanted))]
        assert count_employers(unit, EmployerFilter(**wanted)) == len(rows)
        return rows


def last_change(table: str) -> int:
    with reading(system("test")) as unit:
        found = select(AuditEntry.id).where(AuditEntry.object_type == table, AuditEntry.action == "update")
        return max(int(one or 0) for one in unit.session.exec(found))


def renamed(world: World, **values: Any) -> None:
    ours = world.employer_a
    with reading(world.actor(Role.ADVISER)) as unit:
        version = unit.get(Employer, key(ours)).version
    given = {"name": "Nieuwe naam", "city": "Breda", "segment": Segment.KEY, **values}
    command = actions.EditEmployer(employer_id=key(ours), version=version, **given)
    perform(world.actor(Role.ADVISER), actions.edit_employer, command)


def back(world: World, table: str, field: str, role: Role = Role.ADVISER) -> int:
    return perform(world.actor(role), put_back, PutBack(change_id=last_change(table), field=field))


def stored(model: type[Any], record_id: int) -> Any:
    with reading(system("test")) as unit:
        return unit.get(model, record_id)


def test_an_employer_that_was_put_away_leaves_the_lists_and_comes_back(world: World) -> None:
    ours, adviser = key(world.employer_a), world.actor(Role.ADVISER)
    for _ in range(2):
        perform(adviser, archive_employer, ArchiveEmployer(employer_id=ours, reason="Doet niet mee"))
    assert names(world) == ["Van Dam Logistiek BV"]
    assert names(world, ceased=True) == ["De Linde Groen BV"]
    with reading(adviser) as unit:
        assert find_employers(unit, "linde") == []
        note = archive_note(unit, ours)
    assert note is not None
    assert (note.on, note.reason) == (TODAY, "Doet niet mee")
    for _ in range(2):
        perform(adviser, restore_employer, RestoreEmployer(employer_id=ours))
    assert names(world, ceased=True) == []
    assert len(names(world)) == 2


def test_a_field_gets_its_former_value_and_the_others_stay(world: World) -> None:
    renamed(world)
    back(world, "employers", "name")
    ours = stored(Employer, key(world.employer_a))
    assert (ours.name, ours.city, ours.segment) == ("De Linde Groen BV", "Breda", Segment.KEY)
    with reading(world.actor(Role.ADVISER)) as unit:
        assert [found.id for found in find_employers(unit, "linde groen")] == [ours.id]
    with reading(system("test")) as unit:
        entry = unit.get(AuditEntry, last_change("employers"))
    assert entry.intention == "employers.put_back"


def test_a_segment_and_an_empty_field_come_back_too(lite_world: World) -> None:
    renamed(lite_world, phone="0165 123 456")
    changed = last_change("employers")
    for field in ("segment", "phone"):
        perform(lite_world.actor(Role.ADVISER), put_back, PutBack(change_id=changed, field=field))
    ours = stored(Employer, key(lite_world.employer_a))
    assert (ours.segment, ours.phone) == (Segment.LOCAL, None)


def test_a_number_that_is_taken_by_now_is_refused(lite_world: World) -> None:
    was = lite_world.employer_a.kvk_number
    renamed(lite_world, kvk_number="12345678")
    make_employer(key(lite_world.region), "Nieuwkomer", kvk_number=was)
    with pytest.raises(Invalid) as caught:
        back(lite_world, "employers", "kvk_number")
    assert "Nieuwkomer" in str(caught.value)


def test_people_and_places_come_back_too(lite_world: World) -> None:
    person = make_person(lite_world.employer_a, "J. de Wit", job_title="kok")
    place = make_establishment(lite_world.employer_a, "000012345678")
    adviser = lite_world.actor(Role.ADVISER)
    perform(
        adviser,
        actions.edit_contact_person,
        actions.EditContactPerson(contact_person_id=key(person), version=1, name="J. de Wit"),
    )
    perform(
        adviser,
        actions.edit_establishment,
        actions.EditEstablishment(
            establishment_id=key(place), version=1, number="000012345678", name="Kas", ceased_on=TODAY
        ),
    )
    back(lite_world, "contact_persons", "job_title")
    back(lite_world, "establishments", "ceased_on")
    assert stored(ContactPerson, key(person)).job_title == "kok"
    found = stored(Establishment, key(place))
    assert (found.name, found.ceased_on) == ("Kas", None)


def test_what_follows_from_other_things_is_not_put_back(lite_world: World) -> None:
    with work(system("test")) as unit:
        unit.get(Employer, key(lite_world.employer_a)).holder_id = key(lite_world.users[Role.ADVISER])
        unit.commit()
    with pytest.raises(Invalid):
        back(lite_world, "employers", "holder_id")
    with pytest.raises(NotFound):
        back(lite_world, "employers", "name")


def test_a_change_out_of_sight_is_not_found(lite_world: World) -> None:
    far = make_employer(key(elsewhere()), "Geheim BV")
    with work(system("test")) as unit:
        unit.get(Employer, key(far)).city = "Zundert"
        unit.commit()
    with pytest.raises(NotFound):
        back(lite_world, "employers", "city")


def test_a_manager_puts_nothing_back_or_away(lite_world: World) -> None:
    renamed(lite_world)
    with pytest.raises(Forbidden):
        back(lite_world, "employers", "name", Role.MANAGER)
    command = ArchiveEmployer(employer_id=key(lite_world.employer_a), reason="Zo maar")
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.MANAGER), archive_employer, command)
