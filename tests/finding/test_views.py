"""Saved views: one's own, shared with the team, and the one a list opens with."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.work import perform, reading
from crm.finding.actions import (
    ChangeView,
    ChooseDefaultView,
    DeleteView,
    SaveView,
    change_view,
    choose_default_view,
    delete_view,
    save_view,
)
from crm.finding.queries import ViewRow, views_of
from crm.finding.rules import Screen
from tests.factories import World

HERE = Screen.EMPLOYERS


def keep(
    world: World, name: str, role: Role = Role.ADVISER, *, shared: bool = False, text: str = "linde"
) -> int:
    command = SaveView(screen=HERE, name=name, chosen={"zoek": text, "alleen": ["mine"]}, shared=shared)
    return perform(world.actor(role), save_view, command)


def seen(world: World, role: Role = Role.ADVISER) -> list[ViewRow]:
    with reading(world.actor(role)) as unit:
        return views_of(unit, HERE)


def test_a_view_is_ones_own_until_it_is_shared(lite_world: World) -> None:
    view = keep(lite_world, "Mijn linde")
    assert [(row.name, row.by, row.chosen["zoek"]) for row in seen(lite_world)] == [
        ("Mijn linde", None, "linde")
    ]
    assert seen(lite_world, Role.MANAGER) == []
    command = ChangeView(screen=HERE, view_id=view, version=1, name="Onze linde", shared=True)
    perform(lite_world.actor(Role.ADVISER), change_view, command)
    [shared] = seen(lite_world, Role.MANAGER)
    assert (shared.name, shared.by) == ("Onze linde", lite_world.users[Role.ADVISER].name)


def test_the_same_name_takes_the_place_of_the_view_before(lite_world: World) -> None:
    assert keep(lite_world, "Linde") == keep(lite_world, "Linde", text="eik")
    assert [row.chosen["zoek"] for row in seen(lite_world)] == ["eik"]
    other = keep(lite_world, "Eik")
    command = ChangeView(screen=HERE, view_id=other, version=1, name="Linde", shared=False)
    with pytest.raises(Invalid, match="already"):
        perform(lite_world.actor(Role.ADVISER), change_view, command)


def test_only_who_made_a_view_changes_it_or_throws_it_away(lite_world: World) -> None:
    view = keep(lite_world, "Linde", shared=True)
    manager = lite_world.actor(Role.MANAGER)
    with pytest.raises(NotFound):
        perform(manager, delete_view, DeleteView(screen=HERE, view_id=view))
    with pytest.raises(NotFound):
        perform(
            manager, change_view, ChangeView(screen=HERE, view_id=view, version=1, name="Eik", shared=False)
        )


def test_a_list_opens_with_the_view_that_was_chosen_until_it_is_gone(lite_world: World) -> None:
    view, manager = keep(lite_world, "Linde", shared=True), lite_world.actor(Role.MANAGER)
    for _again in range(2):
        perform(manager, choose_default_view, ChooseDefaultView(screen=HERE, view_id=view))
    assert [row.is_default for row in seen(lite_world, Role.MANAGER)] == [True]
    assert [row.is_default for row in seen(lite_world)] == [False]
    perform(manager, choose_default_view, ChooseDefaultView(screen=HERE, view_id=None))
    assert [row.is_default for row in seen(lite_world, Role.MANAGER)] == [False]
    perform(manager, choose_default_view, ChooseDefaultView(screen=HERE, view_id=view))
    perform(lite_world.actor(Role.ADVISER), delete_view, DeleteView(screen=HERE, view_id=view))
    assert seen(lite_world, Role.MANAGER) == []


def test_no_longer_shared_it_opens_nobody_elses_list(lite_world: World) -> None:
    view, manager = keep(lite_world, "Linde", shared=True), lite_world.actor(Role.MANAGER)
    perform(manager, choose_default_view, ChooseDefaultView(screen=HERE, view_id=view))
    command = ChangeView(screen=HERE, view_id=view, version=1, name="Linde", shared=False)
    perform(lite_world.actor(Role.ADVISER), change_view, command)
    assert seen(lite_world, Role.MANAGER) == []
    with pytest.raises(NotFound):
        perform(manager, choose_default_view, ChooseDefaultView(screen=HERE, view_id=view))


def test_a_view_holds_no_bsn(lite_world: World) -> None:
    with pytest.raises(Invalid):
        keep(lite_world, "Linde", text="123456782")
