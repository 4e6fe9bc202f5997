"""Changing many employers at once: what will change, and the one way back."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.actions.bulk import ChangeMany, UndoMany, change_many, undo_many
from crm.employers.actions.tags import TagEmployer, UntagEmployer, tag_employer, untag_employer
from crm.employers.queries.bulk import last_bulk, preview, tags_in_use, tags_of
from crm.employers.queries.details import team_now
from crm.employers.records import Employer
from crm.employers.rules import Segment
from crm.employers.rules_bulk import BulkKind, Undone
from tests.counting import statements
from tests.employers.factories import elsewhere
from tests.factories import World, make_employer


def change(world: World, kind: BulkKind, value: str, *ids: int, role: Role = Role.ADVISER) -> int:
    return perform(world.actor(role), change_many, ChangeMany(kind=kind, value=value, employer_ids=ids))


def undo(world: World, role: Role = Role.ADVISER) -> Undone:
    with reading(world.actor(role)) as unit:
        last = last_bulk(unit)
    assert last is not None
    return perform(world.actor(role), undo_many, UndoMany(bulk_id=last.id, version=last.version))


def stored(world: World, employer_id: int) -> Employer:
    with reading(world.actor(Role.ADVISER)) as unit:
        return unit.get(Employer, employer_id)


@pytest.fixture
def both(lite_world: World) -> tuple[int, int]:
    return key(lite_world.employer_a), key(lite_world.employer_b)


def test_a_preview_says_what_changes_and_for_whom_it_stays(lite_world: World, both: tuple[int, int]) -> None:
    change(lite_world, BulkKind.SEGMENT, "key", both[0])
    with reading(lite_world.actor(Role.ADVISER)) as unit, statements() as asked:
        rows = preview(unit, BulkKind.SEGMENT, "key", both)
    assert [(row.before, row.after, row.changes) for row in rows] == [
        ("key", "key", False),
        ("local", "key", True),
    ]
    assert len(asked) == 1


def test_an_undo_puts_back_what_is_still_as_the_change_left_it_and_names_the_rest(
    lite_world: World, both: tuple[int, int]
) -> None:
    assert change(lite_world, BulkKind.SEGMENT, "key", *both) == 2
    change(lite_world, BulkKind.SEGMENT, "regional", both[0], role=Role.ACCOUNT_MANAGER)
    assert undo(lite_world) == Undone(put_back=1, left=("De Linde Groen BV",))
    assert stored(lite_world, both[0]).segment is Segment.REGIONAL
    assert stored(lite_world, both[1]).segment is Segment.LOCAL
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert last_bulk(unit) is None


def test_who_holds_the_accounts_and_who_held_them_before(lite_world: World, both: tuple[int, int]) -> None:
    holder = key(lite_world.users[Role.ACCOUNT_MANAGER])
    assert change(lite_world, BulkKind.HOLDER, str(holder), *both) == 2
    assert stored(lite_world, both[0]).holder_id == holder
    assert undo(lite_world) == Undone(put_back=2, left=())
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert unit.get(Employer, both[0]).holder_id is None
        assert team_now(unit, both[0]) == []


def test_a_tag_goes_on_and_off(lite_world: World, both: tuple[int, int]) -> None:
    change(lite_world, BulkKind.TAG, "  Groene  Route ", *both)
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert tags_in_use(unit) == ["groene route"]
    change(lite_world, BulkKind.UNTAG, "groene route", both[0])
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert tags_of(unit, both) == {both[1]: ["groene route"]}
    assert undo(lite_world).put_back == 1
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        assert set(tags_of(unit, both)) == set(both)


def test_nothing_to_change_and_values_that_cannot_be_are_refused(
    lite_world: World, both: tuple[int, int]
) -> None:
    with pytest.raises(Invalid, match="nothing to change"):
        change(lite_world, BulkKind.SEGMENT, "local", *both)
    for kind, value in ((BulkKind.SEGMENT, "?"), (BulkKind.HOLDER, "²"), (BulkKind.TAG, "123456782")):
        with pytest.raises(Invalid):
            change(lite_world, kind, value, *both)
    with pytest.raises(Invalid):
        change(lite_world, BulkKind.HOLDER, str(key(lite_world.users[Role.EMPLOYER])), *both)
    assert stored(lite_world, both[0]).holder_id is None


def test_nobody_changes_what_is_not_theirs_nor_undoes_what_another_did(
    lite_world: World, both: tuple[int, int]
) -> None:
    far = key(make_employer(key(elsewhere()), "Ver Weg"))
    assert change(lite_world, BulkKind.TAG, "groen", *both, far) == 2
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        last = last_bulk(unit)
    assert last is not None
    command = UndoMany(bulk_id=last.id, version=last.version)
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ACCOUNT_MANAGER), undo_many, command)
    undo(lite_world)
    with pytest.raises(NotFound):
        perform(lite_world.actor(Role.ADVISER), undo_many, command)


def test_one_employer_gets_a_tag_once_and_loses_it(lite_world: World, both: tuple[int, int]) -> None:
    actor = lite_world.actor(Role.ADVISER)
    for _time in range(2):
        perform(actor, tag_employer, TagEmployer(employer_id=both[0], tag=" Let  Op "))
    with reading(actor) as unit:
        assert tags_of(unit, both) == {both[0]: ["let op"]}
    perform(actor, untag_employer, UntagEmployer(employer_id=both[0], tag="let op"))
    with reading(actor) as unit:
        assert tags_of(unit, both) == {}
    for text in ("123456782", " "):
        with pytest.raises(Invalid):
            perform(actor, tag_employer, TagEmployer(employer_id=both[0], tag=text))
