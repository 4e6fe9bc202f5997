"""The scope of a session is on every table of its kind, wherever in a statement the table stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Select, exists, literal, select
from sqlalchemy.orm import Mapper, aliased

from crm.core.access import Scope, system
from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, TheContract, TheEmployer
from crm.core.scoping import apply_scope
from crm.core.work import reading
from crm.schema import metadata
from tests.factories import World

SCOPE = Scope(
    regions=frozenset({71}),
    authorities=frozenset({72}),
    employers=frozenset({73}),
    internal=False,
    hidden=frozenset({74}),
)
PLACES: dict[str, Callable[[Any], Select[Any]]] = {
    "itself": lambda table: select(table),
    "under another name": lambda table: select(aliased(table)),
    "one column": lambda table: select(table.id),
    "in a condition": lambda table: select(literal(1)).where(exists().where(table.id == 1)),
    "in a subquery": lambda table: select(select(table.id).subquery()),
}


def wanted(mapper: Mapper[Any]) -> set[str]:
    """Return the ends of the conditions that have to stand on a table."""
    table = mapper.class_
    kinds = {
        InRegion: "region_id IN (71)",
        OfAuthority: "authority_id IN (72)",
        OfEmployer: "employer_id IN (73)",
        TheEmployer: "id IN (73)",
        TheContract: "id NOT IN (74)",
        Internal: "0 = 1",
    }
    found = {said for kind, said in kinds.items() if issubclass(table, kind)}
    if issubclass(table, OfEmployer) and "contract_id" in table.model_fields:
        found.add("contract_id NOT IN (74)")
    return found


@pytest.mark.parametrize("place", PLACES)
def test_every_table_is_held_to_the_scope(lite_world: World, place: str) -> None:
    metadata()
    open_to_all = []
    with reading(system("test")) as work:
        apply_scope(work.session, SCOPE)
        criteria = work.session.info["criteria"]
        for mapper in Record._sa_registry.mappers:
            asked = PLACES[place](mapper.class_).options(*criteria)
            said = str(asked.compile(work.session.connection(), compile_kwargs={"literal_binds": True}))
            open_to_all += [f"{mapper.class_.__name__}: {one}" for one in wanted(mapper) if one not in said]
    assert open_to_all == []


def test_a_statement_carries_few_conditions_however_many_tables_there_are(lite_world: World) -> None:
    with reading(system("test")) as work:
        apply_scope(work.session, SCOPE)
        assert len(work.session.info["criteria"]) == 7
