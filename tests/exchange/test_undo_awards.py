"""Undoing an import of awards: what it made goes, what it changed goes back, what was confirmed stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crm.core.access import Role, system
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import perform
from crm.employers.records import Employer
from crm.exchange import undoing
from crm.exchange.actions import StartUndo, start_undo
from crm.exchange.records import ImportedAward
from crm.exchange.records_undo import ImportLeft, ImportUndo
from crm.exchange.rules.runs import RunState
from crm.exchange.rules.undoing import Left
from crm.sroi.actions.bulk import TagContract, tag_contract
from crm.sroi.records import Contract, MissingClause
from tests.exchange.factories import award, package
from tests.exchange.importing import Brought, awards, every, obliging
from tests.exchange.test_import_awards import confirm, euros, notice, the_contract
from tests.exchange.test_undo import counts, take_back
from tests.factories import World, make_person


def holdings() -> list[dict[str, Any]]:
    """Everything a file of awards can touch, without the counters of changes."""
    return [
        {"table": model.__tablename__, **record.model_dump(exclude={"version"})}
        for model in (Employer, Contract, ImportedAward, MissingClause)
        for record in every(model)
    ]


def undone(brought: Brought) -> tuple[RunState, int, int, int]:
    return counts(take_back(key(brought.run)))


def left() -> list[tuple[str, str, str]]:
    return [(found.object_type, found.name, found.reason) for found in every(ImportLeft)]


def test_what_it_made_is_gone_and_the_same_file_comes_in_again(world: World) -> None:
    buyer = obliging(world)
    before = holdings()
    data = package(
        notice(3, buyer, award(value=euros(250_000))),
        notice(4, buyer, award(value=None), ocid="ocds-1l04xe-0002"),
    )
    first = awards(data)
    assert len(every(Contract)) == len(every(MissingClause)) == 1
    made = holdings()
    state, removed, restored, stayed = undone(first)
    assert (state, restored, stayed) == (RunState.DONE, 0, 0)
    assert removed >= 4
    assert holdings() == before
    again = awards(data)
    assert again.outcomes == first.outcomes
    assert len(holdings()) == len(made)


def test_what_a_later_notice_changed_goes_back_with_its_obligation(lite_world: World) -> None:
    buyer = obliging(lite_world)
    awards(package(notice(3, buyer, award(value=euros(250_000)))))
    before = holdings()
    changed = awards(package(notice(4, buyer, award(value=euros(400_000), title="Groen, meer"))))
    assert the_contract().value_cents == 40_000_000
    assert undone(changed) == (RunState.DONE, 0, 2, 0)
    assert holdings() == before


def test_what_a_notice_withdrew_is_in_the_register_again(lite_world: World) -> None:
    buyer = obliging(lite_world)
    awards(package(notice(3, buyer)))
    before = holdings()
    cancelled = awards(package(notice(5, buyer, award(status="cancelled"))))
    assert the_contract().state == "withdrawn"
    assert undone(cancelled) == (RunState.DONE, 0, 2, 0)
    assert holdings() == before


def test_a_contract_that_was_confirmed_since_stays_with_its_employer(lite_world: World) -> None:
    brought = awards(package(notice(3, obliging(lite_world))))
    confirm(lite_world, the_contract())
    held = holdings()
    assert undone(brought) == (RunState.DONE, 0, 0, 2)
    assert holdings() == held
    assert left()[0] == ("contracts", "Groenonderhoud", Left.CONFIRMED)
    assert left()[1] == ("employers", "Zonnehof Groen B.V.", Left.IN_USE)
    again = awards(package(notice(3, {"id": "1", "name": lite_world.authority.name})))
    assert again.counts == {"same": 1}


def test_a_contract_that_somebody_uses_and_an_employer_that_somebody_knows_stay(lite_world: World) -> None:
    brought = awards(package(notice(3, obliging(lite_world))))
    command = TagContract(contract_id=key(the_contract()), tag="let op")
    perform(lite_world.actor(Role.SROI_OFFICER), tag_contract, command)
    assert undone(brought) == (RunState.DONE, 0, 0, 2)
    assert left()[0] == ("contracts", "Groenonderhoud", Left.IN_USE)


def test_an_employer_that_somebody_knows_stays_while_the_contract_goes(lite_world: World) -> None:
    brought = awards(package(notice(3, obliging(lite_world))))
    make_person(every(Employer)[-1])
    state, removed, restored, stayed = undone(brought)
    assert (state, removed, restored, stayed) == (RunState.DONE, 2, 0, 1)
    assert every(Contract) == []
    assert left() == [("employers", "Zonnehof Groen B.V.", Left.IN_USE)]


def test_an_award_that_a_later_file_told_more_of_waits_for_that_to_be_undone(lite_world: World) -> None:
    buyer = obliging(lite_world)
    before = holdings()
    first = awards(package(notice(3, buyer, award(value=euros(250_000)))))
    second = awards(package(notice(4, buyer, award(value=euros(400_000)))))
    assert undone(second)[3] == 0
    assert undone(first)[3] == 0
    assert holdings() == before


def test_the_first_of_two_files_takes_nothing_back_of_what_the_second_told(lite_world: World) -> None:
    buyer = obliging(lite_world)
    first = awards(package(notice(3, buyer, award(value=euros(250_000)))))
    awards(package(notice(4, buyer, award(value=euros(400_000)))))
    held = holdings()
    assert undone(first)[1:] == (0, 0, 2)
    assert holdings() == held
    assert left()[0][2] == Left.EDITED


def test_who_no_longer_works_for_the_authority_undoes_nothing(lite_world: World) -> None:
    officer = lite_world.actor(Role.SROI_OFFICER)
    brought = awards(package(notice(3, obliging(lite_world))), officer)
    perform(officer, start_undo, StartUndo(run_id=key(brought.run)))
    held = holdings()
    undoing.undo(key(brought.run), lambda: replace(officer, authorities=frozenset()))
    [found] = every(ImportUndo)
    assert found.state is RunState.FAILED
    assert holdings() == held


def test_what_was_undone_can_not_be_undone_again(lite_world: World) -> None:
    brought = awards(package(notice(3, obliging(lite_world))))
    take_back(key(brought.run))
    with pytest.raises(Invalid):
        perform(system("test"), start_undo, StartUndo(run_id=key(brought.run)))
