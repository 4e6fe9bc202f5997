"""Making employers one and taking them apart: nothing is lost, and undoing brings everything back."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import JSON, inspect, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import select

from crm.accounts.records import Region
from crm.core import clock
from crm.core.access import Role, system
from crm.core.database import engine, is_sqlite
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import Record, key
from crm.core.work import perform, reading, work
from crm.employers import merging
from crm.employers.actions.merging import (
    KeepApart,
    MergeEmployers,
    UndoMerge,
    keep_apart,
    merge_employers,
    undo_merge,
)
from crm.employers.likeness import Alike, Parties, Party, bare_name
from crm.employers.queries.merging import became, likely_doubles, recent_merges
from crm.employers.queries.references import in_use, referring
from crm.employers.records import AccountTeamMember, ContactPerson, Employer
from crm.employers.records_merging import DifferentEmployers, EmployerMerge
from crm.employers.rules import TeamRole
from crm.network.records import Membership, Tie
from crm.network.rules import Motive, TieKind
from crm.schema import metadata
from crm.sroi.records import Contract
from crm.sroi.records.life import ObligationShare
from tests.factories import TODAY, World, make_employer, make_person, make_user, save
from tests.network.factories import make_member, make_tie

OWN = {"audit_entries", "audit_seals", "employer_merges", "network_changes"}
CHECKED: dict[str, dict[str, Any]] = {"proposals": {"need_id": 1, "package_id": 1}}
"""What the checks of a table ask for beside the columns that may not be empty."""


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table but the log and the merges, without the counters of changes."""
    found = {}
    with engine().connect() as connection:
        if not is_sqlite(connection):
            connection.execute(text("SELECT set_config('crm.scope', 'staff', true)"))
        for table in metadata().sorted_tables:
            if table.name not in OWN:
                rows = connection.execute(table.select().order_by(table.c.id)).mappings()
                found[table.name] = [{n: v for n, v in row.items() if n != "version"} for row in rows]
    return found


def fresh(employer: Employer) -> Employer:
    with reading(system("test")) as unit:
        return unit.get(Employer, key(employer))


def merge(world: World, kept: Employer, gone: Employer, *taken: str, role: Role = Role.ADVISER) -> int:
    return merging.run(world.actor(role), merge_employers, command(kept, gone, *taken))


def command(kept: Employer, gone: Employer, *taken: str) -> MergeEmployers:
    return MergeEmployers(
        kept_id=key(kept),
        kept_version=fresh(kept).version,
        gone_id=key(gone),
        gone_version=fresh(gone).version,
        taken=frozenset(taken),
    )


def undo(world: World, merge_id: int) -> EmployerMerge:
    merging.run(world.actor(Role.ADVISER), undo_merge, UndoMerge(merge_id=merge_id))
    with reading(system("test")) as unit:
        return unit.get(EmployerMerge, merge_id)


def test_the_tables_that_point_at_an_employer_are_those_of_the_database(lite_world: World) -> None:
    with engine().connect() as connection:
        named = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars()
        told = {
            (table, row[3])
            for table in list(named)
            for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})")
            if row[2] == "employers"
        }
    assert {(str(model.__tablename__), name) for model, name in referring("employers")} == told


@pytest.fixture
def unbound(lite_world: World) -> None:
    """Rows may point at what is not there: only who points at an employer matters."""
    raw = engine().raw_connection()
    raw.cursor().execute("PRAGMA foreign_keys = OFF")
    raw.close()


def test_a_row_in_every_table_moves_and_comes_back(lite_world: World, unbound: None) -> None:
    kept, gone = lite_world.employer_a, lite_world.employer_b
    numbers = itertools.count(500)
    with work(system("test")) as unit:
        for model, name in referring("employers"):
            unit.add(_invented(model, name, key(gone), numbers))
        unit.commit()
    before = everything()
    merge_id = merge(lite_world, kept, gone, "name", "kvk_number")
    with reading(system("test")) as unit:
        assert in_use(unit, "employers", {key(gone)}, {}) == set()
    assert len(everything()["employers"]) == len(before["employers"]) - 1
    assert fresh(kept).kvk_number == gone.kvk_number
    assert undo(lite_world, merge_id).left == []
    assert everything() == before


def _invented(model: type[Record], pointing: str, at: int, numbers: itertools.count[int]) -> Record:
    """A record of any table, with whatever its columns take; other employers in it are different ones."""
    values: dict[str, Any] = {}
    for column in inspect(model).local_table.columns:
        name = inspect(model).get_property_by_column(column).key
        if name == pointing:
            values[name] = at
        elif name != "id" and not column.nullable:
            values[name] = _some(column, next(numbers))
    return model(**values, **CHECKED.get(str(model.__tablename__), {}))


def _some(column: Any, number: int) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        return {}
    if getattr(kind, "enum_class", None) is not None:
        return next(iter(kind.enum_class))
    python = kind.impl.python_type if isinstance(kind, TypeDecorator) else kind.python_type
    told = {bool: True, datetime: clock.now(), date: TODAY, Decimal: Decimal(1), int: number, float: 1.0}
    if python in told:
        return told[python]
    assert not issubclass(python, Enum)
    return str(number).zfill(min(kind.length or 12, 12))[-(kind.length or 12) :]


class TestTwice:
    """What both have and what can be there only once."""

    def test_two_members_become_one_and_part_again(self, world: World) -> None:
        kept, gone = world.employer_a, world.employer_b
        third = make_employer(key(world.region), "Derde BV")
        for one in (kept, gone):
            save(
                Membership(
                    region_id=one.region_id,
                    employer_id=key(one),
                    joined_on=TODAY,
                    motive=Motive.NEEDS_STAFF,
                    introduced_by_employer_id=key(kept) if one is gone else None,
                )
            )
        for one, other in ((kept, third), (gone, third), (gone, kept), (third, gone)):
            save(
                Tie(
                    region_id=one.region_id,
                    employer_id=key(one),
                    other_employer_id=key(other),
                    kind=TieKind.SUPPLIER,
                    since=TODAY,
                )
            )
        person = make_person(gone)
        before = everything()
        merge_id = merge(world, kept, gone)
        with reading(system("test")) as unit:
            row = unit.get(EmployerMerge, merge_id)
            assert sorted(table for table, _ in row.removed) == ["memberships", "ties", "ties"]
            assert unit.get(ContactPerson, key(person)).employer_id == key(kept)
        after = everything()
        assert [(tie["employer_id"], tie["other_employer_id"]) for tie in after["ties"]] == [
            (key(kept), key(third)),
            (key(third), key(kept)),
        ]
        assert undo(world, merge_id).left == []
        assert everything() == before

    def test_one_of_two_account_holders_stays(self, lite_world: World) -> None:
        kept, gone = lite_world.employer_a, lite_world.employer_b
        adviser = key(lite_world.users[Role.ADVISER])
        other = key(lite_world.users[Role.ACCOUNT_MANAGER])
        for employer, user in ((kept, adviser), (gone, other)):
            save(
                AccountTeamMember(
                    region_id=employer.region_id,
                    employer_id=key(employer),
                    user_id=user,
                    team_role=TeamRole.HOLDER,
                    since=TODAY,
                )
            )
            with work(system("test")) as unit:
                unit.get(Employer, key(employer)).holder_id = user
                unit.commit()
        before = everything()
        merge_id = merge(lite_world, kept, gone)
        held = [row["user_id"] for row in everything()["account_team"] if row["until"] is None]
        assert held == [adviser]
        undo(lite_world, merge_id)
        assert everything() == before

    def test_both_sides_of_an_agreement_cannot_become_one(self, lite_world: World, unbound: None) -> None:
        kept, gone = lite_world.employer_a, lite_world.employer_b
        share = _invented(ObligationShare, "employer_id", key(gone), itertools.count(900))
        share.other_employer_id = key(kept)
        save(share)
        before = everything()
        with pytest.raises(Invalid, match="either side"):
            merge(lite_world, kept, gone)
        assert everything() == before


def test_a_contract_of_another_authority_and_region_moves_too(lite_world: World, unbound: None) -> None:
    kept, gone = lite_world.employer_a, lite_world.employer_b
    contract = save(_invented(Contract, "employer_id", key(gone), itertools.count(700)))
    merge(lite_world, kept, gone)
    with reading(system("test")) as unit:
        assert unit.get(Contract, key(contract)).employer_id == key(kept)


class TestUndo:
    def test_what_somebody_changed_since_stays(self, lite_world: World) -> None:
        kept, gone = lite_world.employer_a, lite_world.employer_b
        person, moved_on = make_person(gone), make_person(gone, "K. Weg")
        third = make_employer(key(lite_world.region), "Derde BV")
        merge_id = merge(lite_world, kept, gone, "name", "city")
        with work(system("test")) as unit:
            unit.get(Employer, key(kept)).name = "Nieuwe naam"
            unit.get(ContactPerson, key(moved_on)).employer_id = key(third)
            unit.commit()
        later = make_person(kept, "L. Later")
        undone = undo(lite_world, merge_id)
        assert undone.left == [
            ["employers", key(kept), "name"],
            ["contact_persons", key(moved_on), "employer_id"],
        ]
        assert fresh(kept).name == "Nieuwe naam"
        with reading(system("test")) as unit:
            at = {name: unit.get(ContactPerson, key(one)).employer_id for name, one in _named(person, later)}
        assert at == {"J. de Wit": key(gone), "L. Later": key(kept)}
        assert fresh(gone).kvk_number == gone.kvk_number

    def test_a_number_given_out_meanwhile_gets_another(self, lite_world: World) -> None:
        kept = lite_world.employer_a
        gone = make_employer(key(lite_world.region), "Laatste BV")
        person = make_person(gone)
        merge_id = merge(lite_world, kept, gone)
        newcomer = make_employer(key(lite_world.region), "Nieuwkomer BV")
        assert key(newcomer) == key(gone)
        back = merging.run(lite_world.actor(Role.ADVISER), undo_merge, UndoMerge(merge_id=merge_id))
        assert back not in (key(gone), key(kept))
        with reading(system("test")) as unit:
            assert unit.get(Employer, back).name == "Laatste BV"
            assert unit.get(ContactPerson, key(person)).employer_id == back

    def test_it_is_refused_while_something_contradicts_it(self, lite_world: World) -> None:
        kept, gone = lite_world.employer_a, lite_world.employer_b
        third = make_employer(key(lite_world.region), "Derde BV")
        first = merge(lite_world, kept, gone)
        with work(system("test")) as unit:
            unit.get(Employer, key(third)).kvk_number = gone.kvk_number
            unit.commit()
        with pytest.raises(Invalid, match="KvK number"):
            undo(lite_world, first)
        second = merge(lite_world, third, kept)
        with pytest.raises(Invalid, match="taken apart"):
            undo(lite_world, first)
        undo(lite_world, second)
        with work(system("test")) as unit:
            unit.get(Employer, key(third)).kvk_number = None
            unit.commit()
        undo(lite_world, first)
        with pytest.raises(Invalid, match="already"):
            undo(lite_world, first)

    def test_merges_are_listed_with_what_undoing_left(self, lite_world: World) -> None:
        merge_id = merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        with reading(lite_world.actor(Role.ADVISER)) as unit:
            [row] = recent_merges(unit)
        assert (row.id, row.kept_name, row.gone_name) == (
            merge_id,
            "De Linde Groen BV",
            "Van Dam Logistiek BV",
        )
        assert (row.merged_by, row.undone_at, row.left) == ("adviser een", None, 0)


def _named(*people: ContactPerson) -> list[tuple[str, ContactPerson]]:
    return [(person.name, person) for person in people]


class TestRefused:
    def test_an_employer_of_another_region_is_not_found(self, lite_world: World) -> None:
        elsewhere = make_employer(key(save(Region(code="AM01", name="Elders"))), "Ver weg BV")
        with pytest.raises(NotFound):
            merge(lite_world, lite_world.employer_a, elsewhere)
        merge_id = merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        other = lite_world.actor_for(make_user(Role.ADVISER, "Elders"))
        with pytest.raises(NotFound):
            merging.run(other, undo_merge, UndoMerge(merge_id=merge_id))

    def test_with_itself_or_with_a_field_that_is_no_choice(self, lite_world: World) -> None:
        one, other = lite_world.employer_a, lite_world.employer_b
        with pytest.raises(Invalid, match="two employers"):
            merge(lite_world, one, one)
        with pytest.raises(Invalid):
            merge(lite_world, one, other, "region_id")

    def test_after_somebody_changed_one_of_them(self, lite_world: World) -> None:
        asked = command(lite_world.employer_a, lite_world.employer_b)
        with work(system("test")) as unit:
            unit.get(Employer, asked.gone_id).phone = "0165 123 456"
            unit.commit()
        with pytest.raises(Conflict):
            merging.run(lite_world.actor(Role.ADVISER), merge_employers, asked)


def test_looking_at_what_it_would_do_does_nothing(lite_world: World) -> None:
    kept, gone = lite_world.employer_a, lite_world.employer_b
    make_person(gone)
    make_person(gone, "Ander")
    before = everything()
    found = merging.consequences(lite_world.actor(Role.ADVISER), key(kept), key(gone))
    assert found.moves["contact_persons"] == 2
    assert found.removed == {}
    assert everything() == before


def test_what_it_would_do_is_what_it_does(world: World) -> None:
    kept, gone, third = (
        world.employer_a,
        make_employer(key(world.region), "Linde Groen"),
        make_employer(key(world.region), "Derde"),
    )
    make_person(gone)
    make_person(gone, "Ander")
    for employer in (kept, gone):
        make_member(employer)
        make_tie(employer, third)
    make_tie(kept, gone)
    make_tie(third, gone)
    adviser = world.actor(Role.ADVISER)
    told = merging.consequences(adviser, key(kept), key(gone))
    merging.run(adviser, merge_employers, command(kept, gone))
    with reading(system("test")) as unit:
        [merge] = unit.session.exec(select(EmployerMerge)).all()
    assert told.removed == Counter(table for table, _ in merge.removed)
    assert told.removed == {"memberships": 1, "ties": 2}
    moved = {(table, record_id) for table, record_id, *_ in merge.moves}
    assert told.moves == Counter(table for table, _ in moved) == {"contact_persons": 2, "ties": 1}


def test_nobody_looks_what_would_become_of_the_employers_of_others(lite_world: World) -> None:
    away = make_employer(key(save(Region(code="AM01", name="Elders"))), "Ver weg BV")
    with pytest.raises(NotFound):
        merging.consequences(lite_world.actor(Role.ADVISER), key(lite_world.employer_a), key(away))


def test_an_employer_that_went_is_found_under_its_old_id_over_two_merges(lite_world: World) -> None:
    first = make_employer(key(lite_world.region), "Linde Groen")
    second = make_employer(key(lite_world.region), "Linde Groenvoorziening")
    adviser = lite_world.actor(Role.ADVISER)
    merging.run(adviser, merge_employers, command(second, first))
    with reading(adviser) as unit:
        again = unit.get(Employer, key(second))
    last = merging.run(adviser, merge_employers, command(lite_world.employer_a, again))
    for role in (Role.ADVISER, Role.PARTNER):
        with reading(lite_world.actor(role)) as unit:
            assert became(unit, key(first)).id == key(lite_world.employer_a)
    merging.run(adviser, undo_merge, UndoMerge(merge_id=last))
    with reading(adviser) as unit:
        assert became(unit, key(first)).id == key(second)
    with reading(lite_world.actor(Role.PARTNER)) as unit, pytest.raises(NotFound):
        became(unit, key(first))


def test_what_never_was_became_nothing(lite_world: World) -> None:
    with reading(lite_world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        became(unit, 4711)


class TestLikely:
    @pytest.mark.parametrize(
        ("name", "bare"),
        [
            ("De Linde Groen B.V.", "linde groen"),
            ("Stichting Café Zuid", "cafe zuid"),
            ("V.O.F. Jansen & Zn.", "jansen zn"),
            ("Holding", "holding"),
        ],
    )
    def test_a_name_is_compared_without_its_legal_form(self, name: str, bare: str) -> None:
        assert bare_name(name) == bare

    def test_near_names_at_one_place_are_proposed_until_told_apart(self, lite_world: World) -> None:
        region_id = key(lite_world.region)
        twin = make_employer(region_id, "Linde-Groen", city="Elders", postcode="4701 AB")
        with work(system("test")) as unit:
            unit.get(Employer, key(lite_world.employer_a)).postcode = "4701 AB"
            unit.commit()
        make_employer(region_id, "Linde Groen", city="Ver weg", postcode="9999 ZZ")
        actor = lite_world.actor(Role.ADVISER)
        with reading(actor) as unit:
            [pair] = likely_doubles(unit)
        assert (pair.one, pair.other, pair.score) == (key(lite_world.employer_a), key(twin), 100)
        told = KeepApart(one_id=pair.other, other_id=pair.one)
        assert perform(actor, keep_apart, told) == perform(actor, keep_apart, told)
        with reading(actor) as unit:
            assert likely_doubles(unit) == []
            assert unit.get(DifferentEmployers, 1).one == pair.one

    def test_in_a_big_place_words_in_another_order_are_found_and_others_are_not(self) -> None:
        kinds = ("Kapper", "Bakker", "Slager", "Fietsen", "Bloemen")
        streets = [first + last for first in "bcdfghjklmnprst" for last in "aeiou"]
        names = [f"Van {a}{b}rik {kind}" for a in streets for b in streets[:6] for kind in kinds]
        crowd = [Party(n, f"{name} {n}", "", "Breda") for n, name in enumerate(names, start=10)]
        twins = [Party(1, "Van Zweelst Timmerwerken B.V.", "", "Breda")]
        twins += [Party(2, "Van Timmerwerken Zweelst", "", "Breda")]
        assert len(crowd) > 2000
        found = list(Parties([*crowd, *twins]).pairs())
        assert Alike(1, 2, 100) in found
        assert not [pair for pair in found if pair.one < 3 < pair.other]
