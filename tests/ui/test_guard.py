"""Who is here: read once for a run of the script, anew for the next one, and never another's."""

from __future__ import annotations

from crm.accounts.records import User
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import work
from tests.counting import statements
from tests.factories import World
from tests.pages.walking import opened, text

ACCOUNT = "shared/account.py"


def test_one_run_asks_once_who_is_here(lite_world: World) -> None:
    at = opened(lite_world, ACCOUNT)
    with statements() as asked:
        at.run()
    assert sum("FROM sign_in_sessions JOIN users" in one for one in asked) == 1


def test_a_disabled_account_is_out_at_the_next_click(lite_world: World) -> None:
    at = opened(lite_world, ACCOUNT)
    assert [title.value for title in at.title] == ["Mijn account"]
    with work(system("test")) as unit:
        unit.get(User, key(lite_world.users[Role.ADVISER])).active = False
        unit.commit()
    at.run()
    assert not at.title
    assert "Mijn account" not in text(at)


def test_two_sessions_in_turn_are_each_themselves(lite_world: World) -> None:
    adviser = opened(lite_world, ACCOUNT, Role.ADVISER)
    manager = opened(lite_world, ACCOUNT, Role.MANAGER)
    shown = [[one.value for one in at.run().text_input if one.label == "Naam"] for at in (adviser, manager)]
    assert shown == [["adviser een"], ["manager een"]]


def test_a_new_role_holds_at_the_next_click(lite_world: World) -> None:
    at = opened(lite_world, "staff/imports.py", Role.ADVISER)
    assert [title.value for title in at.title] == ["Inlezen"]
    with work(system("test")) as unit:
        unit.get(User, key(lite_world.users[Role.ADVISER])).role = Role.MANAGER
        unit.commit()
    at.run()
    assert "Inlezen" not in [title.value for title in at.title]
