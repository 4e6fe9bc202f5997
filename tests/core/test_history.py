"""The history of a record: who changed which field, newest first."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement
from sqlmodel import col

from crm.core.access import Role, system
from crm.core.errors import NotFound
from crm.core.history import FieldChange, history_of
from crm.core.records import Record, key
from crm.core.work import reading, work
from crm.employers.records import Employer
from tests.factories import World


def rename(world: World, name: str) -> None:
    with work(world.actor(Role.ADVISER)) as unit:
        unit.intend("employers.edit_employer")
        unit.get(Employer, key(world.employer_a)).name = name
        unit.commit()


def only(employer: Employer) -> dict[type[Record], ColumnElement[bool]]:
    return {Employer: col(Employer.id) == key(employer)}


def test_each_change_tells_who_and_which_field(world: World) -> None:
    rename(world, "Linde")
    with reading(system("test")) as unit:
        newest, *_older = history_of(unit, only(world.employer_a))
    assert newest.who == "adviser een"
    assert newest.intention == "employers.edit_employer"
    assert newest.fields == (FieldChange("name", "De Linde Groen BV", "Linde"),)


def test_a_new_record_tells_what_it_started_with(world: World) -> None:
    with reading(system("test")) as unit:
        (made,) = history_of(unit, only(world.employer_b))
    told = {change.field: (change.before, change.after) for change in made.fields}
    assert made.action == "insert"
    assert told["name"] == (None, "Van Dam Logistiek BV")
    assert "version" not in told
    assert "phone" not in told


def test_it_reads_on_from_the_last_change_shown(world: World) -> None:
    for name in ("Een", "Twee", "Drie"):
        rename(world, name)
    with reading(system("test")) as unit:
        first = history_of(unit, only(world.employer_a), limit=2)
        rest = history_of(unit, only(world.employer_a), limit=2, before=first[-1].id)
    assert [change.fields[0].after for change in first] == ["Drie", "Twee"]
    assert rest[0].fields[0].after == "Een"


def test_what_is_not_yours_has_no_history(world: World) -> None:
    with reading(world.actor(Role.EMPLOYER)) as unit:
        assert history_of(unit, only(world.employer_a))
        with pytest.raises(NotFound):
            history_of(unit, only(world.employer_b))
