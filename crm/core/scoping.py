"""Puts an actor's scope on every SELECT of a session, also on one that forgot to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, column, false, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from crm.core.access import Scope
from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, TheContract, TheEmployer

Condition = Callable[[Any], ColumnElement[bool]]


def apply_scope(session: Session, scope: Scope) -> None:
    """Bind the scope to a session for its whole life."""
    session.info["scope"] = scope
    session.info["criteria"] = _criteria(scope)


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


@dataclass(frozen=True)
class _Every:
    """All tables of a kind as one, so that a statement carries few conditions however many tables there are.

    SQLAlchemy asks it for its subclasses, and tries the condition on its columns once.
    """

    kind: type
    column: str = ""

    def __subclasses__(self) -> list[type]:
        return [table for table in _below(self.kind) if not self.column or self.column in table.model_fields]

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return column(name)


def _below(kind: type) -> Iterator[type[Record]]:
    below: type
    for below in type.__subclasses__(kind):
        if issubclass(below, Record):
            yield below
        else:
            yield from _below(below)


@lru_cache(maxsize=512)
def _criteria(scope: Scope) -> tuple[LoaderCriteriaOption, ...]:
    return tuple(
        with_loader_criteria(every, condition, include_aliases=True)  # type: ignore[arg-type]
        for every, condition in _conditions(scope)
    )


# Functions and no expressions: only those follow the table when it is joined under another name.
def _conditions(scope: Scope) -> Iterator[tuple[_Every, Condition]]:
    regions, authorities, employers = map(_sorted, (scope.regions, scope.authorities, scope.employers))
    if scope.regions is not None:
        yield _Every(InRegion), lambda named: named.region_id.in_(regions)
    if scope.authorities is not None:
        yield _Every(OfAuthority), lambda named: named.authority_id.in_(authorities)
    if scope.employers is not None:
        yield _Every(OfEmployer), lambda named: named.employer_id.in_(employers)
        yield _Every(TheEmployer), lambda named: named.id.in_(employers)
    if scope.hidden:
        yield from _not_hidden(_sorted(scope.hidden))
    if not scope.internal:
        yield _Every(Internal), lambda _named: false()


def _not_hidden(hidden: list[int]) -> Iterator[tuple[_Every, Condition]]:
    """Yield what keeps hidden contracts, and everything of an employer that hangs on one, out of sight."""
    yield _Every(TheContract), lambda named: named.id.not_in(hidden)
    yield _Every(OfEmployer, "contract_id"), lambda named: named.contract_id.not_in(hidden)


def _sorted(ids: frozenset[int] | None) -> list[int]:
    return sorted(ids or ())
