"""A published council figure through the door: for who may see figures, and nobody else."""

from __future__ import annotations

from crm.core.access import Role
from tests.factories import World
from tests.sroi.test_figures import publish, with_people
from tests.web.asking import get, signed_in


def test_a_published_figure_is_a_table_for_who_may_see_it(lite_world: World) -> None:
    with_people(lite_world, 6)
    address = f"/figures/{publish(lite_world)}.csv"
    found = get(address, signed_in(lite_world.users[Role.MANAGER]))
    assert found.status == 200
    assert "50.000" in found.body.decode("utf-8-sig")


def test_for_others_there_is_no_figure(lite_world: World) -> None:
    with_people(lite_world, 6)
    address = f"/figures/{publish(lite_world)}.csv"
    for role in (Role.EMPLOYER, Role.ADVISER):
        assert get(address, signed_in(lite_world.users[role])).status == 404
    assert get(address).status == 401
    assert get("/figures/999.csv", signed_in(lite_world.users[Role.MANAGER])).status == 404
