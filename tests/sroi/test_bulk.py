"""Changing many contracts at once: what will change, for whom it cannot, and the one way back."""

from __future__ import annotations

import pytest

from crm.accounts.records import UserAuthority
from crm.core.access import Role, system
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.rules_bulk import LastBulk, Undone
from crm.sroi.actions.bulk import (
    ChangeContracts,
    TagContract,
    UndoContracts,
    UntagContract,
    change_contracts,
    tag_contract,
    undo_contracts,
    untag_contract,
)
from crm.sroi.queries.bulk import last_contract_bulk, preview, tags_of_contracts
from crm.sroi.queries.register import RegisterFilter, contract_ids
from crm.sroi.records import Contract
from crm.sroi.rules.bulk import ContractBulkKind
from tests.counting import statements
from tests.factories import World, make_user, save
from tests.sroi.factories import assign, make_contract

OFFICER = Role.SROI_OFFICER


@pytest.fixture
def both(lite_world: World) -> tuple[int, int]:
    assign(lite_world)
    return key(make_contract(lite_world, title="Asfalt")), key(make_contract(lite_world, title="Bomen"))


def change(world: World, kind: ContractBulkKind, value: str, *ids: int) -> int:
    command = ChangeContracts(kind=kind, value=value, contract_ids=ids)
    return perform(world.actor(OFFICER), change_contracts, command)


def last_of(world: World) -> LastBulk[ContractBulkKind]:
    with reading(world.actor(OFFICER)) as unit:
        last = last_contract_bulk(unit)
    assert last is not None
    return last


def undo(world: World) -> Undone:
    last = last_of(world)
    return perform(world.actor(OFFICER), undo_contracts, UndoContracts(bulk_id=last.id, version=last.version))


def owner(world: World, contract_id: int) -> int | None:
    with reading(world.actor(OFFICER)) as unit:
        return unit.get(Contract, contract_id).officer_id


def tags(world: World, *ids: int) -> dict[int, list[str]]:
    with reading(world.actor(OFFICER)) as unit:
        return dict(tags_of_contracts(unit, ids))


def test_another_officer_and_back_except_where_somebody_decided_since(
    lite_world: World, both: tuple[int, int]
) -> None:
    me = key(lite_world.users[OFFICER])
    other = make_user(OFFICER, "Tweede")
    save(UserAuthority(user_id=key(other), authority_id=key(lite_world.authority)))
    before = owner(lite_world, both[0])
    assert change(lite_world, ContractBulkKind.OWNER, str(key(other)), *both) == 2
    assert [owner(lite_world, one) for one in both] == [key(other)] * 2
    with reading(lite_world.actor(OFFICER)) as unit:
        assert set(contract_ids(unit, RegisterFilter(officer_id=key(other)))) == set(both)
    first = last_of(lite_world)
    change(lite_world, ContractBulkKind.OWNER, str(me), both[1])
    with pytest.raises(NotFound):
        perform(
            lite_world.actor(OFFICER), undo_contracts, UndoContracts(bulk_id=first.id, version=first.version)
        )
    assert undo(lite_world) == Undone(put_back=1, left=())
    assert owner(lite_world, both[0]) == key(other)
    assert before != key(other)


def test_undoing_gives_nothing_back_to_an_officer_who_left(lite_world: World, both: tuple[int, int]) -> None:
    left, me = make_user(OFFICER, "Weg"), key(lite_world.users[OFFICER])
    works_for = save(UserAuthority(user_id=key(left), authority_id=key(lite_world.authority)))
    change(lite_world, ContractBulkKind.OWNER, str(key(left)), both[0])
    change(lite_world, ContractBulkKind.OWNER, str(me), *both)
    with work(system("test")) as unit:
        unit.session.delete(unit.get(UserAuthority, key(works_for)))
        unit.commit()
    assert undo(lite_world) == Undone(put_back=1, left=("Asfalt",))
    assert owner(lite_world, both[0]) == me


def test_an_officer_of_another_authority_gets_none_of_it(lite_world: World, both: tuple[int, int]) -> None:
    stranger = make_user(OFFICER, "Vreemde")
    with reading(lite_world.actor(OFFICER)) as unit, statements() as asked:
        rows = preview(unit, ContractBulkKind.OWNER, str(key(stranger)), both)
    assert [(row.fits, row.changes) for row in rows] == [(False, False)] * 2
    assert len(asked) == 2
    with pytest.raises(Invalid, match="nothing to change"):
        change(lite_world, ContractBulkKind.OWNER, str(key(stranger)), *both)


def test_tags_go_on_and_off_and_what_changed_since_is_named(lite_world: World, both: tuple[int, int]) -> None:
    assert change(lite_world, ContractBulkKind.TAG, "  Groen  2027 ", *both) == 2
    assert tags(lite_world, *both) == {one: ["groen 2027"] for one in both}
    with reading(lite_world.actor(OFFICER)) as unit:
        assert contract_ids(unit, RegisterFilter(tag="weg")) == []
        assert set(contract_ids(unit, RegisterFilter(tag="groen 2027"))) == set(both)
    command = UntagContract(contract_id=both[0], tag="groen 2027")
    perform(lite_world.actor(OFFICER), untag_contract, command)
    assert undo(lite_world) == Undone(put_back=1, left=("Asfalt",))
    assert tags(lite_world, *both) == {}


def test_one_contract_gets_a_tag_once_and_never_a_citizen_number(
    lite_world: World, both: tuple[int, int]
) -> None:
    for _time in range(2):
        perform(lite_world.actor(OFFICER), tag_contract, TagContract(contract_id=both[0], tag="Let Op"))
    assert tags(lite_world, *both) == {both[0]: ["let op"]}
    for text in ("123456782", " "):
        with pytest.raises(Invalid):
            perform(lite_world.actor(OFFICER), tag_contract, TagContract(contract_id=both[0], tag=text))


def test_nobody_changes_contracts_that_are_not_theirs(lite_world: World, both: tuple[int, int]) -> None:
    far = key(make_contract(lite_world, title="Ver", authority_id=key(lite_world.other_authority)))
    assert change(lite_world, ContractBulkKind.TAG, "groen", *both, far) == 2
    command = TagContract(contract_id=far, tag="groen")
    with pytest.raises(NotFound):
        perform(lite_world.actor(OFFICER), tag_contract, command)
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.ADVISER), tag_contract, command)
    for kind, value in ((ContractBulkKind.OWNER, "²"), (ContractBulkKind.TAG, "123456782")):
        with pytest.raises(Invalid):
            change(lite_world, kind, value, *both)
