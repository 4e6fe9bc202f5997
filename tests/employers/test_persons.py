"""Contact persons: roles, ways to reach them, wishes, moving to another employer, and two that are one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from crm.core.access import Role
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers import actions
from crm.employers.actions import one_person, wishes
from crm.employers.queries.people import PersonRow, left_alone, may_be_written_to, merges_at, people
from crm.employers.records import ContactPerson, Employer
from crm.employers.rules import Consent, ContactRole
from crm.timeline.queries import timeline_page
from tests.counting import statements
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer, make_person
from tests.visits.factories import make_moment


def at(world: World, employer: Employer | None = None) -> dict[str, PersonRow]:
    with reading(world.actor(Role.ADVISER)) as unit:
        return {row.name: row for row in people(unit, key(employer or world.employer_a))}


def writable(world: World) -> list[str]:
    with reading(world.actor(Role.ADVISER)) as unit:
        return list(unit.session.exec(select(ContactPerson.name).where(may_be_written_to())))


def wish(world: World, person: ContactPerson, **values: object) -> None:
    given = {"consent": Consent.GIVEN, **values}
    perform(
        world.actor(Role.ADVISER),
        wishes.note_wish,
        wishes.NoteWish(contact_person_id=key(person), **given),
    )


def merge(world: World, kept: ContactPerson, gone: ContactPerson) -> int:
    command = one_person.MergePersons(
        kept_id=key(kept),
        kept_version=at(world)[kept.name].version,
        gone_id=key(gone),
        gone_version=at(world)[gone.name].version,
    )
    return perform(world.actor(Role.ADVISER), one_person.merge_persons, command)


def undo(world: World, merge_id: int) -> int:
    command = one_person.PartPersons(merge_id=merge_id, version=1)
    return perform(world.actor(Role.ADVISER), one_person.part_persons, command)


def test_somebody_has_roles_and_more_than_one_address_and_number(world: World) -> None:
    made = perform(
        world.actor(Role.ADVISER),
        actions.add_contact_person,
        actions.AddContactPerson(
            employer_id=key(world.employer_a),
            name="J. de Wit",
            email="wit@example.nl",
            roles={ContactRole.DECIDES, ContactRole.COACH},
            more_emails=("jan@example.nl",),
            more_phones=("0165 123 456", "06 12345678"),
        ),
    )
    row = at(world)["J. de Wit"]
    assert set(row.roles) == {ContactRole.DECIDES, ContactRole.COACH}
    assert (row.email, row.more_emails) == ("wit@example.nl", ("jan@example.nl",))
    assert set(row.more_phones) == {"0165 123 456", "06 12345678"}
    edited = actions.EditContactPerson(
        contact_person_id=made, version=1, name="J. de Wit", roles={ContactRole.COACH}, more_phones=()
    )
    perform(world.actor(Role.ADVISER), actions.edit_contact_person, edited)
    row = at(world)["J. de Wit"]
    assert (row.roles, row.more_phones, row.more_emails) == ((ContactRole.COACH,), (), ("jan@example.nl",))


def test_an_address_that_cannot_be_is_refused(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        actions.AddContactPerson(
            employer_id=key(lite_world.employer_a), name="J. de Wit", more_emails=("geen adres",)
        )
    assert caught.value.field == "more_emails"


def test_who_wants_to_be_left_alone_is_named_and_never_written_to(world: World) -> None:
    make_person(world.employer_a, "Anna")
    bert, cees, dirk = (make_person(world.employer_a, name) for name in ("Bert", "Cees", "Dirk"))
    make_person(world.employer_a, "Els", active=False)
    wish(world, bert, do_not_contact=True, reason="Vroeg erom")
    wish(world, cees, consent=Consent.REFUSED)
    wish(world, dirk)
    assert sorted(writable(world)) == ["Anna", "Dirk"]
    with reading(world.actor(Role.ADVISER)) as unit:
        assert left_alone(unit, key(world.employer_a)) == ["Bert"]
    row = at(world)["Bert"]
    assert (row.do_not_contact, row.alone_because) == (True, "Vroeg erom")
    wish(world, bert)
    assert sorted(writable(world)) == ["Anna", "Bert", "Dirk"]


def test_somebody_goes_to_another_employer_and_the_old_one_remembers(world: World) -> None:
    person = make_person(world.employer_a, "J. de Wit", email="wit@example.nl")
    talk = make_moment(world.employer_a, world.users[Role.ADVISER], people=(person,))
    wish(world, person, consent=Consent.REFUSED)
    command = wishes.MovePerson(contact_person_id=key(person), version=1, employer_id=key(world.employer_b))
    perform(world.actor(Role.ADVISER), wishes.move_person, command)
    old, new = at(world)["J. de Wit"], at(world, world.employer_b)["J. de Wit"]
    assert (old.active, old.moved_to) == (False, "Van Dam Logistiek BV")
    assert (new.active, new.came_from, new.email) == (True, "De Linde Groen BV", "wit@example.nl")
    assert new.consent is Consent.REFUSED
    with reading(world.actor(Role.ADVISER)) as unit:
        (moment,) = timeline_page(unit, key(world.employer_a)).lines
    assert (moment.page_id, moment.people) == (key(talk), ("J. de Wit",))


def test_somebody_cannot_move_to_where_they_are_or_out_of_sight(lite_world: World) -> None:
    person = make_person(lite_world.employer_a)
    adviser = lite_world.actor(Role.ADVISER)
    for employer_id, fault in (
        (key(lite_world.employer_a), Invalid),
        (key(make_employer(key(elsewhere()))), NotFound),
    ):
        command = wishes.MovePerson(contact_person_id=key(person), version=1, employer_id=employer_id)
        with pytest.raises(fault):
            perform(adviser, wishes.move_person, command)
    assert at(lite_world)["J. de Wit"].active


def test_two_become_one_and_two_again(world: World) -> None:
    adviser = world.users[Role.ADVISER]
    kept = make_person(world.employer_a, "J. de Wit", email="wit@example.nl")
    gone = make_person(world.employer_a, "Jan de Wit", email="jan@example.nl", job_title="kok")
    alone = make_moment(world.employer_a, adviser, date(2026, 11, 2), people=(gone,))
    both = make_moment(world.employer_a, adviser, date(2026, 11, 1), people=(kept, gone))
    before = at(world)
    done = merge(world, kept, gone)
    after = at(world)
    assert list(after) == ["J. de Wit"]
    assert after["J. de Wit"].job_title == "kok"
    assert after["J. de Wit"].more_emails == ("jan@example.nl",)
    assert present(world) == {key(alone): ["J. de Wit"], key(both): ["J. de Wit", "Jan de Wit"]}
    with reading(world.actor(Role.ADVISER)) as unit:
        assert [(row.kept, row.gone) for row in merges_at(unit, key(world.employer_a))] == [
            ("J. de Wit", "Jan de Wit")
        ]
    undo(world, done)
    assert [known(row) for row in at(world).values()] == [known(row) for row in before.values()]
    assert present(world) == {key(alone): ["Jan de Wit"], key(both): ["J. de Wit", "Jan de Wit"]}
    with pytest.raises(Conflict):
        undo(world, done)


def known(row: PersonRow) -> tuple[object, ...]:
    return row.name, row.email, row.job_title, row.more_emails, row.active


def present(world: World) -> dict[int, list[str]]:
    with reading(world.actor(Role.ADVISER)) as unit:
        told = timeline_page(unit, key(world.employer_a)).lines
        return {line.page_id or 0: list(line.people) for line in told}


def test_the_stricter_wish_holds_until_the_merge_is_undone(lite_world: World) -> None:
    kept, gone = (make_person(lite_world.employer_a, name) for name in ("Anna", "An"))
    wish(lite_world, kept)
    wish(lite_world, gone, consent=Consent.REFUSED, do_not_contact=True)
    done = merge(lite_world, kept, gone)
    assert writable(lite_world) == []
    undo(lite_world, done)
    assert writable(lite_world) == ["Anna"]


def test_what_changed_since_stays_when_a_merge_is_undone(lite_world: World) -> None:
    kept = make_person(lite_world.employer_a, "Anna")
    done = merge(lite_world, kept, make_person(lite_world.employer_a, "An", job_title="kok"))
    edited = actions.EditContactPerson(
        contact_person_id=key(kept), version=at(lite_world)["Anna"].version, name="Anna", job_title="chef"
    )
    perform(lite_world.actor(Role.ADVISER), actions.edit_contact_person, edited)
    undo(lite_world, done)
    assert at(lite_world)["Anna"].job_title == "chef"


def test_the_later_of_two_merges_is_undone_first(lite_world: World) -> None:
    one, two, three = (make_person(lite_world.employer_a, name) for name in ("Een", "Twee", "Drie"))
    first = merge(lite_world, one, two)
    second = merge(lite_world, three, one)
    with pytest.raises(Invalid):
        undo(lite_world, first)
    undo(lite_world, second)
    undo(lite_world, first)
    assert set(at(lite_world)) == {"Een", "Twee", "Drie"}


def test_two_of_different_employers_are_not_one(lite_world: World) -> None:
    kept, gone = make_person(lite_world.employer_a, "Anna"), make_person(lite_world.employer_b, "Anna B")
    command = one_person.MergePersons(kept_id=key(kept), kept_version=1, gone_id=key(gone), gone_version=1)
    with pytest.raises(Invalid):
        perform(lite_world.actor(Role.ADVISER), one_person.merge_persons, command)


def test_a_manager_looks_and_changes_nothing(lite_world: World) -> None:
    person = make_person(lite_world.employer_a)
    command = wishes.NoteWish(contact_person_id=key(person), consent=Consent.GIVEN)
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.MANAGER), wishes.note_wish, command)


def test_the_people_of_an_employer_cost_two_questions(lite_world: World) -> None:
    for number in range(12):
        wish(lite_world, make_person(lite_world.employer_a, f"Persoon {number}"), do_not_contact=True)
    with statements() as sent, reading(lite_world.actor(Role.ADVISER)) as unit:
        sent.clear()
        assert len(people(unit, key(lite_world.employer_a))) == 12
    assert len(sent) == 2
