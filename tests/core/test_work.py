"""The unit of work: rollback by default, scope on every select, no lost update."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.core.access import Role, system
from crm.core.errors import Conflict, NotFound
from crm.core.records import key
from crm.core.work import reading, work
from crm.employers.records import Employer
from tests.factories import World, make_employer


def test_nothing_lasts_without_a_commit(world: World) -> None:
    with work(system("test")) as unit:
        unit.add(Employer(region_id=key(world.region), name="Vergeten"))
    with reading(system("test")) as unit:
        found = unit.session.exec(select(Employer).where(Employer.name == "Vergeten")).all()
    assert found == []


def test_a_portal_user_selects_only_their_own_employer(world: World) -> None:
    with reading(world.actor(Role.EMPLOYER)) as unit:
        names = unit.session.exec(select(Employer.name)).all()
        count = unit.session.exec(select(func.count()).select_from(Employer)).one()
    assert names == ["De Linde Groen BV"]
    assert count == 1


def test_another_employer_looks_like_not_found(world: World) -> None:
    with reading(world.actor(Role.EMPLOYER)) as unit, pytest.raises(NotFound):
        unit.get(Employer, key(world.employer_b))


def test_staff_see_their_regions_only(world: World) -> None:
    from crm.accounts.records import Region
    from tests.factories import save

    elsewhere = save(Region(code="AM01", name="Elders"))
    make_employer(key(elsewhere), "Ver weg BV")
    with reading(world.actor(Role.ADVISER)) as unit:
        assert "Ver weg BV" not in unit.session.exec(select(Employer.name)).all()


@pytest.mark.parametrize("outer", [False, True])
def test_a_table_under_another_name_keeps_to_the_scope(world: World, outer: bool) -> None:
    other = aliased(Employer)
    pairs = select(Employer.name, other.name).join(other, col(other.id) != Employer.id, isouter=outer)
    with reading(world.actor(Role.EMPLOYER)) as unit:
        assert [*unit.session.exec(pairs)] == ([("De Linde Groen BV", None)] if outer else [])
    with reading(world.actor(Role.ADVISER)) as unit:
        assert len(unit.session.exec(pairs).all()) == 2


def test_a_change_on_an_old_version_is_a_conflict(world: World) -> None:
    with work(system("test")) as unit:
        unit.get(Employer, key(world.employer_a)).name = "Eerst"
        unit.commit()
    with work(system("test")) as unit, pytest.raises(Conflict) as caught:
        unit.edit(Employer, key(world.employer_a), 1, {"name": "Later"})
    assert caught.value.stored == {"name": "Eerst"}
    assert caught.value.yours == {"name": "Later"}
    assert caught.value.version == 2


def test_sixteen_writers_lose_no_update(database: str) -> None:
    from crm.accounts.records import Region
    from tests.factories import save

    region = save(Region(code="AM01", name="Hier"))
    employer_id = key(make_employer(key(region), staff_size=0))

    def increment(_writer: int) -> None:
        done = 0
        while done < 50:
            try:
                with work(system("test")) as unit:
                    employer = unit.get(Employer, employer_id)
                    employer.staff_size = (employer.staff_size or 0) + 1
                    unit.commit()
                done += 1
            except Conflict:
                time.sleep(random.uniform(0, 0.05))  # as people do: who starts at once meets the same others

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(increment, range(16)))
    with reading(system("test")) as unit:
        assert unit.get(Employer, employer_id).staff_size == 800
