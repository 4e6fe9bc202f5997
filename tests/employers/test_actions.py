"""What people do with employers: permission, rules and what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers import actions, queries
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment
from crm.employers.rules import Segment, TeamRole
from tests.employers.factories import elsewhere, make_colleague, make_establishment, make_member
from tests.factories import TODAY, World, make_employer, make_person, save

OPENED = 1


def stored(model: type[Any], record_id: int) -> Any:
    with reading(system("test")) as unit:
        return unit.get(model, record_id)


def team_of(employer: Employer) -> list[tuple[int, TeamRole, date, date | None]]:
    with reading(system("test")) as unit:
        rows = unit.session.exec(
            select(AccountTeamMember)
            .where(AccountTeamMember.employer_id == employer.id)
            .order_by(AccountTeamMember.id)  # type: ignore[arg-type]
        )
        return [(row.user_id, row.team_role, row.since, row.until) for row in rows]


def edited(world: World, **values: Any) -> actions.EditEmployer:
    given = {"employer_id": key(world.employer_a), "version": OPENED, "name": "De Linde", **values}
    return actions.EditEmployer(**given)


def test_a_new_employer_is_found_and_has_its_holder(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    command = actions.AddEmployer(
        name="  Hoveniersbedrijf Öst ",
        kvk_number="1234 5678",
        postcode="4701ab",
        website="ost.nl",
        municipality_id=key(world.municipality),
        holder_id=adviser.user_id,
    )
    made = perform(adviser, actions.add_employer, command)
    employer = stored(Employer, made)
    assert (employer.name, employer.kvk_number) == ("Hoveniersbedrijf Öst", "12345678")
    assert (employer.postcode, employer.website) == ("4701 AB", "https://ost.nl")
    assert employer.region_id == key(world.region)
    assert team_of(employer) == [(adviser.user_id, TeamRole.HOLDER, TODAY, None)]
    with reading(adviser) as unit:
        assert [found.id for found in queries.find_employers(unit, "ost")] == [made]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("name", "Jan 111222333"),
        ("kvk_number", "1234567"),
        ("sbi_code", "zorg"),
        ("staff_size", -1),
        ("postcode", "47"),
        ("website", "javascript:alert(1)"),
        ("phone", "bel me"),
        ("segment", "platinum"),
        ("city", "111222333"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field(field: str, value: object) -> None:
    with pytest.raises(Invalid) as caught:
        actions.AddEmployer(**{"name": "Bakkerij", field: value})
    assert caught.value.field == field


def test_empty_fields_are_kept_as_nothing(lite_world: World) -> None:
    perform(
        lite_world.actor(Role.ADVISER),
        actions.edit_employer,
        edited(lite_world, kvk_number=" ", sbi_code="", postcode="", phone="", website="", street=""),
    )
    employer = stored(Employer, key(lite_world.employer_a))
    assert (employer.kvk_number, employer.sbi_code, employer.phone, employer.website) == (None,) * 4


def test_a_taken_kvk_number_names_the_employer_that_has_it(world: World) -> None:
    taken = world.employer_b.kvk_number
    with pytest.raises(Invalid) as caught:
        perform(world.actor(Role.ADVISER), actions.edit_employer, edited(world, kvk_number=taken))
    assert caught.value.field == "kvk_number"
    assert "Van Dam Logistiek BV" in str(caught.value)


def test_a_taken_kvk_number_out_of_sight_names_nobody(world: World) -> None:
    make_employer(key(elsewhere()), "Geheim BV", kvk_number="87654321")
    with pytest.raises(Invalid) as caught:
        perform(
            world.actor(Role.ADVISER),
            actions.add_employer,
            actions.AddEmployer(name="Nieuw", kvk_number="87654321"),
        )
    assert caught.value.field == "kvk_number"
    assert "Geheim" not in str(caught.value)


def test_its_own_kvk_number_is_not_taken(lite_world: World) -> None:
    own = lite_world.employer_a.kvk_number
    perform(lite_world.actor(Role.ADVISER), actions.edit_employer, edited(lite_world, kvk_number=own))
    assert stored(Employer, key(lite_world.employer_a)).kvk_number == own


def test_a_change_on_an_old_version_is_a_conflict(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    perform(adviser, actions.edit_employer, edited(world, segment=Segment.KEY))
    with pytest.raises(Conflict) as caught:
        perform(adviser, actions.edit_employer, edited(world, name="Later"))
    assert caught.value.stored["segment"] is Segment.KEY
    assert caught.value.yours["name"] == "Later"
    assert stored(Employer, key(world.employer_a)).name == "De Linde"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.PARTNER, Role.EMPLOYER, Role.SROI_OFFICER, Role.ADMIN])
def test_only_relation_workers_change_employers(lite_world: World, role: Role) -> None:
    with pytest.raises(Forbidden):
        perform(lite_world.actor(role), actions.edit_employer, edited(lite_world))


def test_an_employer_of_another_region_is_not_found(world: World) -> None:
    hidden = make_employer(key(elsewhere()), "Geheim BV")
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER),
            actions.edit_employer,
            edited(world, employer_id=key(hidden)),
        )


def test_a_municipality_of_another_region_cannot_be_chosen(world: World) -> None:
    from crm.employers.records import Municipality

    other = elsewhere()
    place = save(Municipality(region_id=key(other), code="GM0001", name="Ver"))
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER),
            actions.edit_employer,
            edited(world, municipality_id=key(place)),
        )
    with pytest.raises(Invalid) as caught:
        perform(system("test"), actions.edit_employer, edited(world, municipality_id=key(place)))
    assert caught.value.field == "municipality_id"


def test_without_one_region_the_municipality_is_needed(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        perform(system("test"), actions.add_employer, actions.AddEmployer(name="Nieuw"))
    assert caught.value.field == "municipality_id"


def test_with_one_region_an_employer_lands_there(lite_world: World) -> None:
    made = perform(
        lite_world.actor(Role.ACCOUNT_MANAGER), actions.add_employer, actions.AddEmployer(name="Nieuw")
    )
    assert stored(Employer, made).region_id == key(lite_world.region)


def test_a_ceased_employer_is_kept_and_can_come_back(world: World) -> None:
    adviser, employer_id = world.actor(Role.ADVISER), key(world.employer_a)
    perform(
        adviser,
        actions.cease_employer,
        actions.CeaseEmployer(employer_id=employer_id, version=OPENED, ceased_on=date(2026, 11, 1)),
    )
    with reading(adviser) as unit:
        assert queries.find_employers(unit, "linde") == []
        assert queries.employer_view(unit, employer_id).ceased_on == date(2026, 11, 1)
    perform(
        adviser, actions.revive_employer, actions.ReviveEmployer(employer_id=employer_id, version=OPENED + 1)
    )
    with reading(adviser) as unit:
        assert [found.id for found in queries.find_employers(unit, "linde")] == [employer_id]


def test_an_employer_cannot_cease_tomorrow(lite_world: World) -> None:
    with pytest.raises(Invalid) as caught:
        perform(
            lite_world.actor(Role.ADVISER),
            actions.cease_employer,
            actions.CeaseEmployer(
                employer_id=key(lite_world.employer_a), version=OPENED, ceased_on=date(2026, 11, 25)
            ),
        )
    assert caught.value.field == "ceased_on"


def change_holder(world: World, holder_id: int, version: int = OPENED) -> None:
    perform(
        world.actor(Role.ADVISER),
        actions.change_holder,
        actions.ChangeHolder(employer_id=key(world.employer_a), version=version, holder_id=holder_id),
    )


def test_there_is_one_holder_at_a_time_and_the_history_is_kept(world: World) -> None:
    noor, sam = key(make_colleague(world, "Noor")), key(make_colleague(world, "Sam"))
    change_holder(world, noor)
    change_holder(world, sam, OPENED + 1)
    assert team_of(world.employer_a) == [
        (noor, TeamRole.HOLDER, TODAY, TODAY),
        (sam, TeamRole.HOLDER, TODAY, None),
    ]
    assert stored(Employer, key(world.employer_a)).holder_id == sam


def test_the_same_holder_again_changes_nothing(world: World) -> None:
    noor = key(make_colleague(world, "Noor"))
    change_holder(world, noor)
    change_holder(world, noor, OPENED + 1)
    assert team_of(world.employer_a) == [(noor, TeamRole.HOLDER, TODAY, None)]


def test_a_deputy_who_becomes_holder_is_no_deputy_any_more(world: World) -> None:
    sam = make_colleague(world, "Sam")
    make_member(world.employer_a, sam, TeamRole.DEPUTY)
    change_holder(world, key(sam))
    assert team_of(world.employer_a) == [
        (key(sam), TeamRole.DEPUTY, date(2026, 1, 1), TODAY),
        (key(sam), TeamRole.HOLDER, TODAY, None),
    ]


def test_two_people_who_hand_over_at_once_do_not_overwrite_each_other(world: World) -> None:
    noor, sam = key(make_colleague(world, "Noor")), key(make_colleague(world, "Sam"))
    change_holder(world, noor)
    with pytest.raises(Conflict):
        change_holder(world, sam, OPENED)


def test_only_a_colleague_of_the_region_can_hold_an_account(world: World) -> None:
    stranger = make_colleague(world, "Ver", region=elsewhere())
    gone = make_colleague(world, "Weg")
    from crm.core.work import work

    with work(system("test")) as unit:
        unit.get(type(gone), key(gone)).active = False
        unit.commit()
    for user_id in (key(stranger), key(gone), key(world.users[Role.EMPLOYER]), 999_999):
        with pytest.raises(Invalid) as caught:
            change_holder(world, user_id)
        assert caught.value.field == "holder_id"


def test_a_deputy_joins_once_and_ends(world: World) -> None:
    adviser, sam = world.actor(Role.ADVISER), key(make_colleague(world, "Sam"))
    command = actions.AddDeputy(employer_id=key(world.employer_a), user_id=sam)
    perform(adviser, actions.add_deputy, command)
    perform(adviser, actions.add_deputy, command)
    with reading(adviser) as unit:
        (member,) = queries.team(unit, key(world.employer_a))
        assert queries.employer_view(unit, key(world.employer_a)).deputies == "Sam"
    perform(adviser, actions.end_deputy, actions.EndDeputy(member_id=member.id))
    perform(adviser, actions.end_deputy, actions.EndDeputy(member_id=member.id))
    assert team_of(world.employer_a) == [(sam, TeamRole.DEPUTY, TODAY, TODAY)]


def test_the_holder_is_not_also_deputy_and_does_not_just_end(world: World) -> None:
    adviser, noor = world.actor(Role.ADVISER), key(make_colleague(world, "Noor"))
    change_holder(world, noor)
    with pytest.raises(Invalid):
        perform(
            adviser,
            actions.add_deputy,
            actions.AddDeputy(employer_id=key(world.employer_a), user_id=noor),
        )
    with reading(adviser) as unit:
        (member,) = queries.team(unit, key(world.employer_a))
    with pytest.raises(Invalid):
        perform(adviser, actions.end_deputy, actions.EndDeputy(member_id=member.id))


def test_a_contact_person_comes_changes_leaves_and_returns(world: World) -> None:
    officer, employer_id = world.actor(Role.SROI_OFFICER), key(world.employer_a)
    person_id = perform(
        officer,
        actions.add_contact_person,
        actions.AddContactPerson(employer_id=employer_id, name="J. de Wit", email="wit@linde.nl"),
    )
    perform(
        officer,
        actions.edit_contact_person,
        actions.EditContactPerson(
            contact_person_id=person_id, version=1, name="Jo de Wit", phone="0165 123 456"
        ),
    )
    perform(
        officer,
        actions.contact_person_left,
        actions.ContactPersonLeft(contact_person_id=person_id, version=2),
    )
    with reading(officer) as unit:
        (row,) = queries.people(unit, employer_id)
    assert (row.name, row.email, row.phone, row.active) == ("Jo de Wit", None, "0165 123 456", False)
    perform(
        officer,
        actions.contact_person_returned,
        actions.ContactPersonReturned(contact_person_id=person_id, version=3),
    )
    assert stored(ContactPerson, person_id).active is True


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "BSN 111222333"), ("job_title", "111 222 333"), ("email", "geen adres"), ("phone", "x")],
)
def test_a_contact_person_carries_no_bsn_and_no_nonsense(field: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.AddContactPerson(**{"employer_id": 1, "name": "J. de Wit", field: value})
    assert caught.value.field == field


def test_a_contact_person_of_another_region_is_not_found(world: World) -> None:
    hidden = make_person(make_employer(key(elsewhere())))
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER),
            actions.contact_person_left,
            actions.ContactPersonLeft(contact_person_id=key(hidden), version=1),
        )


def test_an_establishment_is_added_changed_and_closed(world: World) -> None:
    adviser, employer_id = world.actor(Role.ADVISER), key(world.employer_a)
    place_id = perform(
        adviser,
        actions.add_establishment,
        actions.AddEstablishment(employer_id=employer_id, number="0000 1234 5678", name="Kwekerij"),
    )
    perform(
        adviser,
        actions.edit_establishment,
        actions.EditEstablishment(
            establishment_id=place_id,
            version=1,
            number="000012345678",
            name="Kwekerij Zuid",
            municipality_id=key(world.municipality),
            ceased_on=TODAY,
        ),
    )
    with reading(adviser) as unit:
        (row,) = queries.establishments(unit, employer_id)
    assert (row.number, row.name, row.ceased_on) == ("000012345678", "Kwekerij Zuid", TODAY)


def test_an_establishment_does_not_close_tomorrow(world: World) -> None:
    place = make_establishment(world.employer_a, "000011112222")
    with pytest.raises(Invalid) as caught:
        perform(
            world.actor(Role.ADVISER),
            actions.edit_establishment,
            actions.EditEstablishment(
                establishment_id=key(place),
                version=place.version,
                number="000011112222",
                name="Kas",
                ceased_on=TODAY + timedelta(days=1),
            ),
        )
    assert caught.value.field == "ceased_on"
    assert stored(Establishment, key(place)).ceased_on is None


def test_an_establishment_number_is_used_once(world: World) -> None:
    make_establishment(world.employer_b, "000011112222")
    with pytest.raises(Invalid) as caught:
        perform(
            world.actor(Role.ADVISER),
            actions.add_establishment,
            actions.AddEstablishment(employer_id=key(world.employer_a), number="000011112222", name="Dubbel"),
        )
    assert caught.value.field == "number"


def test_an_establishment_number_has_twelve_digits() -> None:
    with pytest.raises(Invalid) as caught:
        actions.AddEstablishment(employer_id=1, number="12345678", name="Kort")
    assert caught.value.field == "number"


def test_an_establishment_of_another_region_is_not_found(world: World) -> None:
    hidden = make_establishment(make_employer(key(elsewhere())), "000099998888")
    with pytest.raises(NotFound):
        perform(
            world.actor(Role.ADVISER),
            actions.edit_establishment,
            actions.EditEstablishment(
                establishment_id=key(hidden), version=1, number="000099998888", name="Mijn"
            ),
        )
    assert stored(Establishment, key(hidden)).name == "Hoofdkantoor"
