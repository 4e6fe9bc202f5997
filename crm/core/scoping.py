"""Puts an actor's scope on every SELECT of a session, also on one that forgot to ask."""

from __future__ import annotations

from typing import Any

from sqlalchemy import false, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption

from crm.core.access import Scope
from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, TheEmployer


def apply_scope(session: Session, scope: Scope) -> None:
    """Bind the scope to a session for its whole life."""
    session.info["scope"] = scope
    session.info["criteria"] = tuple(_criteria(scope))


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


def _criteria(scope: Scope) -> list[LoaderCriteriaOption]:
    found: list[LoaderCriteriaOption] = []
    if scope.regions is not None:
        regions = tuple(scope.regions)
        found.append(_only(InRegion, lambda cls: cls.region_id.in_(regions)))
    if scope.authorities is not None:
        authorities = tuple(scope.authorities)
        found.append(_only(OfAuthority, lambda cls: cls.authority_id.in_(authorities)))
    if scope.employers is not None:
        employers = tuple(scope.employers)
        found.append(_only(OfEmployer, lambda cls: cls.employer_id.in_(employers)))
        found.append(_only(TheEmployer, lambda cls: cls.id.in_(employers)))
    if not scope.internal:
        found.append(_only(Internal, lambda _cls: false()))
    return found


def _only(mixin: type[Any], condition: Any) -> LoaderCriteriaOption:
    return with_loader_criteria(mixin, condition, include_aliases=True)
