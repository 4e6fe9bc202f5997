"""Vacancies through the door: in the words of VUM, for who may see contacts, and nobody else."""

from __future__ import annotations

import csv
import io
import json

from crm.core.access import Role
from crm.core.records import key
from tests.factories import World
from tests.needs.factories import make_need, make_vacancy
from tests.web.asking import get, signed_in


def test_one_vacancy_and_those_of_a_region_are_handed_over(lite_world: World) -> None:
    need = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    make_vacancy(need, title="=Hulpkok")
    manager, region = signed_in(lite_world.users[Role.MANAGER]), key(lite_world.region)
    one = json.loads(get(f"/vacancies/{key(need)}.json", manager).body)
    assert one["naamVacature"] == "=Hulpkok"
    assert json.loads(get(f"/regions/{region}/vacancies.json", manager).body) == {"vacatures": [one]}
    table = get(f"/regions/{region}/vacancies.csv", manager).body.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table), delimiter=";")
    assert row["naamVacature"] == "'=Hulpkok"
    assert row["werkgever.handelsnaamOrganisatie"] == lite_world.employer_a.name


def test_for_others_and_for_what_is_not_described_there_is_nothing(lite_world: World) -> None:
    bare = make_need(lite_world.employer_a, lite_world.users[Role.ADVISER])
    make_vacancy(make_need(lite_world.employer_a, lite_world.users[Role.ADVISER]))
    adviser = signed_in(lite_world.users[Role.ADVISER])
    assert get(f"/vacancies/{key(bare)}.json", adviser).status == 404
    assert get("/regions/999/vacancies.json", adviser).status == 404
    for role in (Role.EMPLOYER, Role.PARTNER, Role.ADMIN):
        cookie = signed_in(lite_world.users[role])
        for address in ("/vacancies/2.json", f"/regions/{key(lite_world.region)}/vacancies.csv"):
            assert get(address, cookie).status == 404
    assert get("/vacancies/2.json").status == 401
