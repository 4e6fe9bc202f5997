"""Puts an actor's scope on every SELECT of a session, also on one that forgot to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, false, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from crm.core.access import Scope
from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, TheContract, TheEmployer

Condition = Callable[[Any], ColumnElement[bool]]


def apply_scope(session: Session, scope: Scope) -> None:
    """Bind the scope to a session for its whole life."""
    session.info["scope"] = scope
    session.info["criteria"] = _criteria(scope, len(tuple(Record._sa_registry.mappers)))


def change_scope(session: Session, scope: Scope) -> None:
    """Give a session another scope in the middle of its transaction, and tell the database."""
    apply_scope(session, scope)
    _tell(scope, session.connection())


def scope_selects(state: ORMExecuteState) -> None:
    """Session event: add the criteria to the statement about to run."""
    criteria = state.session.info.get("criteria", ())
    if criteria and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*criteria)


def tell_database(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Session event: tell PostgreSQL whose transaction this is, for its row-level security."""
    scope: Scope | None = session.info.get("scope")
    if scope is not None:
        _tell(scope, connection)


def _tell(scope: Scope, connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    portal = scope.employers is not None and not scope.internal
    own = next(iter(scope.employers or ()), "") if portal else ""
    connection.execute(
        text("SELECT set_config('crm.scope', :scope, true), set_config('crm.employer_id', :own, true)"),
        {"scope": "portal" if portal else "staff", "own": str(own)},
    )


# Kept for a scope until another noun's tables are imported.
@lru_cache(maxsize=512)
def _criteria(scope: Scope, _known_tables: int) -> tuple[LoaderCriteriaOption, ...]:
    return tuple(
        with_loader_criteria(mapper.class_, condition, include_aliases=True)
        for mapper in Record._sa_registry.mappers
        for condition in _conditions(mapper.class_, scope)
    )


# Functions and no expressions: only those follow the table when it is joined under another name.
def _conditions(table: type[Record], scope: Scope) -> Iterator[Condition]:
    regions, authorities, employers = map(_sorted, (scope.regions, scope.authorities, scope.employers))
    if scope.regions is not None and issubclass(table, InRegion):
        yield lambda named: named.region_id.in_(regions)
    if scope.authorities is not None and issubclass(table, OfAuthority):
        yield lambda named: named.authority_id.in_(authorities)
    if scope.employers is not None and issubclass(table, OfEmployer):
        yield lambda named: named.employer_id.in_(employers)
    if scope.employers is not None and issubclass(table, TheEmployer):
        yield lambda named: named.id.in_(employers)
    if scope.hidden:
        yield from _not_hidden(table, _sorted(scope.hidden))
    if not scope.internal and issubclass(table, Internal):
        yield lambda _named: false()


def _not_hidden(table: type[Record], hidden: list[int]) -> Iterator[Condition]:
    """Yield what keeps hidden contracts, and everything of an employer that hangs on one, out of sight."""
    if issubclass(table, TheContract):
        yield lambda named: named.id.not_in(hidden)
    elif issubclass(table, OfEmployer) and "contract_id" in table.model_fields:
        yield lambda named: named.contract_id.not_in(hidden)


def _sorted(ids: frozenset[int] | None) -> list[int]:
    return sorted(ids or ())
