"""Puts an actor's scope on every SELECT of a session, also on one that forgot to ask."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from crm.core.access import Scope
from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, TheEmployer


def apply_scope(session: Session, scope: Scope) -> None:
    """Bind the scope to a session for its whole life."""
    session.info["scope"] = scope
    session.info["criteria"] = _criteria(scope, len(tuple(Record._sa_registry.mappers)))


def scope_selects(state: ORMExecuteState) -> None:
    """Session event: add the criteria to the statement about to run."""
    criteria = state.session.info.get("criteria", ())
    if criteria and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(*criteria)


def tell_database(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Session event: tell PostgreSQL whose transaction this is, for its row-level security."""
    scope: Scope | None = session.info.get("scope")
    if connection.dialect.name != "postgresql" or scope is None:
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
    found = []
    for mapper in Record._sa_registry.mappers:
        if conditions := list(_conditions(mapper.class_, scope)):
            found.append(with_loader_criteria(mapper.class_, and_(*conditions), include_aliases=True))
    return tuple(found)


def _conditions(table: Any, scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.regions is not None and issubclass(table, InRegion):
        yield table.region_id.in_(sorted(scope.regions))
    if scope.authorities is not None and issubclass(table, OfAuthority):
        yield table.authority_id.in_(sorted(scope.authorities))
    if scope.employers is not None and issubclass(table, OfEmployer):
        yield table.employer_id.in_(sorted(scope.employers))
    if scope.employers is not None and issubclass(table, TheEmployer):
        yield table.id.in_(sorted(scope.employers))
    if not scope.internal and issubclass(table, Internal):
        yield false()
